"""What claims are held against: the game's field in formulas, and the judge of signs over its domain."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import sympy

from gamebook.audit.claims import Claims
from gamebook.derivations.assumptions import read_assumptions
from gamebook.derivations.domain import domain
from gamebook.derivations.payoff_cells import PayoffCells, exact, payoff_cells
from gamebook.derivations.replicator import Replicator, replicator
from gamebook.derivations.signs import Signs
from payoffs.formula_symbols import symbol
from payoffs.game import Game
from solvers.arrays import Floats


@dataclass(frozen=True, eq=False)
class Audited:
    """A claims page and the game it belongs to, all parameters as symbols.

    Parameters
    ----------
    claims : with a game
    """

    claims: Claims

    @property
    def game(self) -> Game:
        """The game."""
        if self.claims.case is None:
            raise ValueError("these claims have no game")
        return self.claims.case.game

    @cached_property
    def values(self) -> dict[str, float]:
        """Values of all parameters: the game's defaults with those of the case."""
        case = self.claims.case
        return self.game.check_values({} if case is None else dict(case.values))

    @cached_property
    def cells(self) -> PayoffCells:
        """Payoffs in formulas."""
        on = {tool.id for tool in self.game.in_force(self.values)}
        kept = [
            name for name, found in self.game.parameters.items() if found.instrument is None or found.instrument in on
        ]
        return payoff_cells(self.game, self.values, kept)

    @cached_property
    def field(self) -> Replicator:
        """Replicator equations."""
        return replicator(self.cells, self.claims.shares)

    @cached_property
    def always_zero(self) -> frozenset[tuple[int, str]]:
        """Parties and pure points at which the eigenvalue is zero whatever the parameters are."""
        return frozenset(
            (player, "".join(map(str, profile)))
            for profile in itertools.product((0, 1), repeat=self.field.n)
            for player, eigenvalue in enumerate(self.eigenvalues(profile))
            if sympy.expand(self.complete(eigenvalue)) == 0
        )

    def signs(self, conditions: Sequence[str] = ()) -> Signs:
        """Judge of signs where the conditions hold, within the bounds of the parameters."""
        assumed = read_assumptions(conditions, self.cells.symbolic, self.values)
        return Signs(domain(self.cells, assumed))

    def complete(self, expression: sympy.Expr) -> sympy.Expr:
        """Write a formula out in parameters."""
        return self.cells.complete(expression)

    def numbers(self, values: Mapping[str, float]) -> dict[sympy.Symbol, Fraction]:
        """Exact values of the symbolic parameters in a parameter set."""
        return {symbol(name): exact(values.get(name, self.values[name])) for name in self.cells.symbolic}

    def tensor(self, values: Mapping[str, float]) -> Floats:
        """Payoffs in a parameter set; shape (player, s1, ..., sn)."""
        return self.game.tensor(**{**self.values, **values})

    def eigenvalues(self, profile: Sequence[int]) -> tuple[sympy.Expr, ...]:
        """Eigenvalues at a pure point, one per party."""
        return tuple(self.field.eigenvalue(player, tuple(profile)) for player in range(self.field.n))


def remainder(printed: sympy.Expr, derived: sympy.Expr) -> sympy.Expr:
    """What is printed less what follows, as a sum; 0 exactly where they agree.

    Examples
    --------
    >>> a, b = sympy.symbols("a b")
    >>> remainder(a * (a - b), a**2)
    -a*b
    """
    difference = sympy.expand(printed - derived)
    if difference == 0:
        return sympy.Integer(0)
    together = sympy.cancel(sympy.together(difference))
    return sympy.expand(together) if together.is_polynomial() else together
