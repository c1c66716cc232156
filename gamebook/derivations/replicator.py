"""The replicator equations of a game in formulas: advantages as functions of the shares, and their derivatives.

With payoffs that do not depend on shares every advantage is affine in each share, so all of these are sums over pure
profiles, exact without a limit. With payoffs that do, the same sums have coefficients that contain shares, an advantage
may depend on the own share, and derivatives go through the coefficients too.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy

from gamebook.derivations.common_factors import grouped
from gamebook.derivations.field import Field
from gamebook.derivations.payoff_cells import PayoffCells, Profile
from gamebook.derivations.total_derivatives import Derivatives
from payoffs.errors import Fault, PageError
from payoffs.formula_symbols import symbol

Others = tuple[int, ...]  # strategies of the other parties, in order, the own one left out


@dataclass(frozen=True, eq=False)
class Replicator(Field):
    """dx_i/dt = x_i (1 - x_i) D_i(x), in formulas.

    Attributes
    ----------
    shares : symbols of the shares of index 1, one per party
    values : D_i at each pure profile of the others, in shares where payoffs depend on them
    coefficients : D_i as a sum of these, each times the product of the shares of its parties
    """

    shares: tuple[sympy.Symbol, ...]
    coefficients: tuple[Mapping[tuple[int, ...], sympy.Expr], ...]

    @cached_property
    def reach(self) -> tuple[tuple[int, ...], ...]:
        """For each party the parties on whose shares its advantage depends; the own one only if it truly does."""
        if not self.depends:
            return tuple(self.others(player) for player in range(self.n))
        return tuple(
            tuple(
                other for other in range(self.n)
                if other != player or sympy.expand(self.cells.in_shares(self.slope(player, player))) != 0
            )
            for player in range(self.n)
        )  # fmt: skip

    def on_own(self, player: int) -> bool:
        """Tell whether a party's advantage depends on its own share."""
        return player in self.reach[player]

    def loss(self, player: int, profile: Profile, other: int) -> sympy.Expr:
        """Return what a party loses at a pure profile by turning to the other strategy."""
        gain = self.at(player, profile)
        return gain if profile[player] else -gain

    def at(self, player: int, profile: Sequence[int]) -> sympy.Expr:
        """Return D_i at a pure point; the own strategy matters only where D_i depends on the own share."""
        if self.depends:
            return self.cells.vertices[player][tuple(profile)]
        return self.values[player][tuple(profile[other] for other in self.others(player))]

    def expected(self, player: int, own: int) -> sympy.Expr:
        """Return the expected payoff of a strategy as a polynomial in the others' shares."""
        others = self.others(player)

        def cell(chosen: Others) -> sympy.Expr:
            profile = list(chosen)
            profile.insert(player, own)
            return self.cells.cells[tuple(profile)][player]

        return _polynomial(multiaffine(cell, others), self.shares)

    def mean(self, player: int) -> sympy.Expr:
        """Return the mean payoff of a party."""
        x = self.shares[player]
        return x * self.expected(player, 1) + (1 - x) * self.expected(player, 0)

    def advantage(self, player: int) -> sympy.Expr:
        """Return D_i as a polynomial in the others' shares."""
        return _polynomial(self.coefficients[player], self.shares)

    def velocity(self, player: int) -> sympy.Expr:
        """Return dx_i/dt."""
        x = self.shares[player]
        return x * (1 - x) * self.advantage(player)

    def slope(self, player: int, other: int) -> sympy.Expr:
        """Return the derivative of D_i with respect to a share; with respect to the own one if payoffs depend on it."""
        parts = {
            tuple(party for party in parties if party != other): coefficient
            for parties, coefficient in self.coefficients[player].items()
            if other in parties
        }
        direct = _polynomial(parts, self.shares)
        return direct if not self.depends else direct + _polynomial(self.coefficient_slopes(player, other), self.shares)

    def coefficient_slopes(self, player: int, other: int) -> dict[tuple[int, ...], sympy.Expr]:
        """Return the derivatives of the coefficients of D_i with respect to a share, those that are not 0."""
        if not self.depends:
            return {}
        found = {
            parties: self._derivatives.of(coefficient, self.shares[other])
            for parties, coefficient in self.coefficients[player].items()
        }
        return {parties: slope for parties, slope in found.items() if slope != 0}

    @cached_property
    def _derivatives(self) -> Derivatives:
        return Derivatives(self.cells)

    def jacobian(self, player: int, other: int) -> sympy.Expr:
        """Return the derivative of dx_i/dt with respect to x_j."""
        x = self.shares[player]
        if player != other:
            return x * (1 - x) * self.slope(player, other)
        own = (1 - 2 * x) * self.advantage(player)
        return own + x * (1 - x) * self.slope(player, player) if self.on_own(player) else own

    def eigenvalue(self, player: int, profile: Profile) -> sympy.Expr:
        """Return the eigenvalue of a party at a pure point, where the Jacobian is diagonal.

        That holds with payoffs that depend on shares too: x_i (1 - x_i) is 0, so no derivative of D_i is left.
        """
        gain = self.at(player, profile)
        return -gain if profile[player] else gain


def replicator(cells: PayoffCells, shares: Sequence[str]) -> Replicator:
    """Derive the replicator equations.

    Parameters
    ----------
    shares : names of the shares, such as x, y, z, u; those of the cells where payoffs depend on shares

    Raises
    ------
    PageError
        a party that does not have two strategies

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.derivations.payoff_cells import payoff_cells
    >>> game = gamebook.load("inspection").game
    >>> field = replicator(payoff_cells(game, game.defaults(), ["c", "f", "k"]), ["x", "y"])
    >>> field.advantage(0), field.jacobian(1, 0)
    (-c - f*y + f, f*y*(1 - y))
    """
    for party in cells.game.parties:
        if len(party.strategies) != 2:
            raise PageError([Fault("game.advantage", {"name": party.id, "count": len(party.strategies)})])
    n = cells.game.n
    values, coefficients = [], []
    for player in range(n):
        others = [other for other in range(n) if other != player]
        gains = {}
        for chosen in itertools.product((0, 1), repeat=n - 1):
            profile = list(chosen)
            profile.insert(player, 0)
            gains[chosen] = grouped(cells.advantage(player, profile))
        values.append(gains)
        coefficients.append(multiaffine(gains.__getitem__, others))
    return Replicator(cells, tuple(values), tuple(symbol(name) for name in shares), tuple(coefficients))


def multiaffine(value: Callable[[Others], sympy.Expr], parties: Sequence[int]) -> dict[tuple[int, ...], sympy.Expr]:
    """Return the coefficients of the function that is affine in each share and has these values at pure profiles.

    Parameters
    ----------
    value : at each choice of strategies of the parties, in order

    Examples
    --------
    >>> multiaffine({(0,): sympy.Integer(2), (1,): sympy.Integer(5)}.__getitem__, [3])
    {(): 2, (3,): 3}
    """
    result = {}
    for size in range(len(parties) + 1):
        for chosen in itertools.combinations(range(len(parties)), size):
            total = []
            for below in itertools.product(*((0, 1) if place in chosen else (0,) for place in range(len(parties)))):
                sign = (-1) ** (size - sum(below))
                total.append(sign * value(below))
            coefficient = grouped(sympy.Add(*total))
            if coefficient != 0:
                result[tuple(parties[place] for place in chosen)] = coefficient
    return result


def _polynomial(coefficients: Mapping[tuple[int, ...], sympy.Expr], shares: Sequence[sympy.Symbol]) -> sympy.Expr:
    return sympy.Add(*(coefficient * sympy.Mul(*(shares[party] for party in parties))
                       for parties, coefficient in coefficients.items()))  # fmt: skip
