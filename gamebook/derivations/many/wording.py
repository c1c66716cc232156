"""Words and symbols of derivations with more than two strategies."""

from __future__ import annotations

from gamebook.derivations.formula_writer import width
from gamebook.derivations.many.derivation import ManyDerivation
from gamebook.derivations.many.field import Coordinate
from gamebook.derivations.payoff_cells import Profile
from gamebook.derivations.pure_points import PurePoint
from gamebook.derivations.sections.wording import BaseWording

WIDE_CELL = 40.0  # letters of a payoff above which cells of two parties get short names


class ManyWording(BaseWording):
    """Says things of a derivation with more than two strategies."""

    derivation: ManyDerivation

    def __init__(self, derivation: ManyDerivation, lang: str) -> None:
        super().__init__(derivation, lang)
        widest = max(
            width(self.writer.write(payoff)) for cell in derivation.cells.cells.values() for payoff in cell
        )
        self._short_payoffs = derivation.game.n > 2 or widest > WIDE_CELL

    @property
    def short_payoffs(self) -> bool:
        """Whether payoffs stand in a list under short names and not in a table of cells."""
        return self._short_payoffs

    def share(self, player: int, own: int) -> str:
        """Return the share of a strategy in LaTeX."""
        return self.writer.symbols[self.derivation.field.shares[player][own]]

    def margin(self, player: int, profile: Profile, other: int) -> str:
        """Return what a party loses at a pure profile by turning to another strategy, in LaTeX."""
        number = self.derivation.point(profile).number
        return f"$-\\lambda_{{{player + 1},{other + 1}}}(P_{{{number}}})$"

    def point(self, point: PurePoint, *, bare: bool = False) -> str:
        """Return a pure point: P_k with the numbers of the strategies."""
        played = "" if bare else f"({','.join(str(own + 1) for own in point.profile)})"
        return f"$P_{{{point.number}}}{played}$"

    def expected(self, player: int, own: int) -> str:
        """Return the name of the expected payoff of a strategy in LaTeX."""
        return f"E_{{{player + 1}{own + 1}}}"

    def advantage(self, coordinate: Coordinate) -> str:
        """Return the name of the payoff of a strategy less that of the first one in LaTeX."""
        return f"D_{{{coordinate[0] + 1}{coordinate[1] + 1}}}"

    def face(self, supports: dict[int, tuple[int, ...]], pure: tuple[int | None, ...]) -> str:
        """Return which strategies each party uses."""
        parts = []
        for party, own in enumerate(pure):
            used = supports[party] if own is None else (own,)
            parts.append(f"({','.join(str(strategy + 1) for strategy in used)})")
        return "$" + r"\times".join(parts) + "$"
