"""What claims are held against: the game's field in formulas, and the judge of signs over its domain."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import sympy

from gamebook.audit.claims import Claims
from gamebook.audit.played import Played
from gamebook.derivations.assumptions import read_assumptions
from gamebook.derivations.domain import domain
from gamebook.derivations.payoff_cells import PayoffCells, exact, payoff_cells
from gamebook.derivations.replicator import Replicator, replicator
from gamebook.derivations.signs import Signs
from payoffs.formula_symbols import symbol
from payoffs.game import Game


@dataclass(frozen=True, eq=False)
class Audited:
    """A claims page and the game it belongs to, all parameters as symbols.

    The switches of tools that make payoffs depend on shares are numbers: with them the formulas are of another model.

    Parameters
    ----------
    claims : with a game
    changed : values that differ from those of the case
    constant : whether every share factor is taken as 1, as the rule for constant payoffs would have it
    """

    claims: Claims
    changed: Mapping[str, float] = dataclasses.field(default_factory=dict)
    constant: bool = False

    @property
    def game(self) -> Game:
        """The game."""
        if self.claims.case is None:
            raise ValueError("these claims have no game")
        game = self.claims.case.game
        return game.without_share_factors() if self.constant else game

    @cached_property
    def values(self) -> dict[str, float]:
        """Values of all parameters: the game's defaults with those of the case."""
        case = self.claims.case
        return self.game.check_values({**({} if case is None else case.values), **self.changed})

    @cached_property
    def switches(self) -> frozenset[str]:
        """Parameters that turn tools with share factors on."""
        case = self.claims.case
        tools = () if case is None else case.game.instruments
        return frozenset(name for tool in tools if tool.share_factors for name in tool.switches)

    @property
    def depends(self) -> bool:
        """Whether payoffs depend on shares."""
        return self.cells.depends

    @cached_property
    def by_constant_rule(self) -> Audited:
        """The same with every share factor at 1."""
        return replace(self, constant=True)

    def in_set(self, values: Mapping[str, float]) -> Audited:
        """Return what the formulas of a parameter set are held against: another model if it turns such tools on."""
        turned = {name: value for name, value in values.items() if name in self.switches and value != self.values[name]}
        return replace(self, changed={**self.changed, **turned}) if turned else self

    @cached_property
    def cells(self) -> PayoffCells:
        """Payoffs in formulas."""
        on = {tool.id for tool in self.game.in_force(self.values)}
        kept = [
            name
            for name, found in self.game.parameters.items()
            if (found.instrument is None or found.instrument in on) and name not in self.switches
        ]
        return payoff_cells(self.game, self.values, kept, self.claims.shares)

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

    def played(self, values: Mapping[str, float]) -> Played:
        """The game in a parameter set, in numbers."""
        return Played(self.game, {**self.values, **values})

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
