"""What the replicator equations of two and of more strategies have in common: payoffs, and losses from deviating."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from gamebook.derivations.payoff_cells import PayoffCells, Profile


@dataclass(frozen=True, eq=False)
class Field(ABC):
    """The replicator equations of a game in formulas.

    Attributes
    ----------
    cells : the game's payoffs
    values : for each party formulas from which all its payoff differences at pure profiles of the others can be made
    """

    cells: PayoffCells
    values: tuple[Mapping[tuple[int, ...], sympy.Expr], ...]

    @property
    def n(self) -> int:
        """Number of parties."""
        return self.cells.game.n

    @property
    def depends(self) -> bool:
        """Whether some payoff depends on shares."""
        return self.cells.depends

    def others(self, player: int) -> tuple[int, ...]:
        """Return the other parties."""
        return tuple(other for other in range(self.n) if other != player)

    def on_own(self, player: int) -> bool:
        """Tell whether a party's payoff differences depend on its own shares."""
        return False

    @abstractmethod
    def loss(self, player: int, profile: Profile, other: int) -> sympy.Expr:
        """Return what a party loses at a pure profile by turning to another strategy: minus an eigenvalue there."""

    def directions(self, profile: Profile) -> tuple[tuple[int, int], ...]:
        """Return who can turn to what at a pure profile: the eigenvalues stand in this order.

        Examples
        --------
        >>> import gamebook
        >>> from gamebook.derivations.payoff_cells import payoff_cells
        >>> from gamebook.derivations.replicator import replicator
        >>> game = gamebook.load("inspection").game
        >>> replicator(payoff_cells(game, game.defaults(), []), ["x", "y"]).directions((1, 0))
        ((0, 0), (1, 1))
        """
        return tuple(
            (player, other)
            for player, count in enumerate(self.cells.game.shape)
            for other in range(count)
            if other != profile[player]
        )
