"""The replicator equations of parties with any number of strategies, in formulas.

A party's shares add up to 1. Two ways of writing them are in use: expected payoffs contain the shares of all
strategies; the Jacobian is that in the coordinates without the shares of the first strategies, in which the dynamics
has as many dimensions as equations.
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
from payoffs.formula_symbols import symbol

Coordinate = tuple[int, int]  # a party and a strategy of it that is not its first


@dataclass(frozen=True, eq=False)
class ManyField(Field):
    """dx_ik/dt = x_ik (E_ik - mean_i), in formulas.

    Attributes
    ----------
    shares : symbols of the shares of all strategies of every party
    coefficients : D_ik = E_ik - E_i1 for every strategy k but the first as a polynomial in the coordinates: what
        stands before the product of the shares of each set of coordinates
    """

    shares: tuple[tuple[sympy.Symbol, ...], ...]
    coefficients: Mapping[Coordinate, Mapping[tuple[Coordinate, ...], sympy.Expr]]

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of strategies per party."""
        return self.cells.game.shape

    @cached_property
    def coordinates(self) -> tuple[Coordinate, ...]:
        """Every strategy but the first of every party: the order of the equations."""
        return tuple((player, own) for player, count in enumerate(self.shape) for own in range(1, count))

    def share(self, coordinate: Coordinate) -> sympy.Symbol:
        """Return the share of a coordinate."""
        return self.shares[coordinate[0]][coordinate[1]]

    def loss(self, player: int, profile: Profile, other: int) -> sympy.Expr:
        """Return what a party loses at a pure profile by turning to another strategy."""
        return grouped(self.cells.gain(player, profile, profile[player], other))

    def expected(self, player: int, own: int) -> sympy.Expr:
        """Return the expected payoff of a strategy: over all strategies of the others, or shorter where that is."""
        others = self.others(player)
        terms: dict[sympy.Expr, list[sympy.Expr]] = {}
        for chosen in itertools.product(*(range(self.shape[other]) for other in others)):
            payoff = self._payoff(player, own, chosen)
            weight = sympy.Mul(*(self.shares[other][played] for other, played in zip(others, chosen, strict=True)))
            terms.setdefault(payoff, []).append(weight)
        whole = sympy.Add(*(payoff * sympy.Add(*weights) for payoff, weights in terms.items()))
        sizes = [(other, self.shape[other]) for other in others]
        short = _polynomial(reduced(lambda chosen: self._payoff(player, own, chosen), sizes), self)
        return min((whole, short), key=sympy.count_ops)

    def _payoff(self, player: int, own: int, chosen: Sequence[int]) -> sympy.Expr:
        profile = list(chosen)
        profile.insert(player, own)
        return self.cells.cells[tuple(profile)][player]

    def advantage(self, coordinate: Coordinate) -> sympy.Expr:
        """Return D_ik, the payoff of a strategy less that of the first one, in the coordinates."""
        return _polynomial(self.coefficients[coordinate], self)

    def slope(self, coordinate: Coordinate, other: Coordinate) -> sympy.Expr:
        """Return the derivative of D_ik with respect to another party's share in the coordinates."""
        parts = {
            tuple(each for each in places if each != other): coefficient
            for places, coefficient in self.coefficients[coordinate].items()
            if other in places
        }
        return _polynomial(parts, self)

    def velocity(self, coordinate: Coordinate) -> sympy.Expr:
        """Return dx_ik/dt in the coordinates: x_ik (D_ik - sum of x_il D_il)."""
        return self.share(coordinate) * self._excess(coordinate)

    def _excess(self, coordinate: Coordinate) -> sympy.Expr:
        own = [each for each in self.coordinates if each[0] == coordinate[0]]
        mean = sympy.Add(*(self.share(each) * self.advantage(each) for each in own))
        return self.advantage(coordinate) - mean

    def jacobian(self, row: Coordinate, column: Coordinate) -> sympy.Expr:
        """Return the derivative of dx_ik/dt with respect to x_jl in the coordinates."""
        x = self.share(row)
        if row[0] == column[0]:
            own = -x * self.advantage(column)
            return self._excess(row) + own if row == column else own
        own_row = [each for each in self.coordinates if each[0] == row[0]]
        mean = sympy.Add(*(self.share(each) * self.slope(each, column) for each in own_row))
        return x * (self.slope(row, column) - mean)


def reduced(
    value: Callable[[Sequence[int]], sympy.Expr], parties: Sequence[tuple[int, int]]
) -> dict[tuple[Coordinate, ...], sympy.Expr]:
    """Return the coefficients, in the coordinates, of the expectation of a value over the parties' strategies.

    Parameters
    ----------
    value : function of one strategy of each party, in order
    parties : positions of the parties, each with its number of strategies

    Examples
    --------
    >>> reduced(lambda chosen: sympy.Integer(10 * chosen[0]), [(1, 3)])
    {((1, 1),): 10, ((1, 2),): 20}
    """
    found = {}
    for chosen in itertools.product(*(range(count) for _, count in parties)):
        used = [place for place, own in enumerate(chosen) if own]
        total = []
        for below in itertools.product(*((0, own) if own else (0,) for own in chosen)):
            sign = (-1) ** sum(below[place] == 0 for place in used)
            total.append(sign * value(below))
        coefficient = grouped(sympy.Add(*total))
        if coefficient != 0:
            found[tuple((parties[place][0], chosen[place]) for place in used)] = coefficient
    return found


def _polynomial(coefficients: Mapping[tuple[Coordinate, ...], sympy.Expr], field: ManyField) -> sympy.Expr:
    return sympy.Add(
        *(coefficient * sympy.Mul(*(field.share(each) for each in places))
          for places, coefficient in coefficients.items())
    )  # fmt: skip


def many_field(cells: PayoffCells, shares: Sequence[Sequence[str]]) -> ManyField:
    """Derive the replicator equations.

    Parameters
    ----------
    shares : names of the shares of all strategies of every party

    Examples
    --------
    >>> import gamebook
    >>> from gamebook.derivations.payoff_cells import payoff_cells
    >>> game = gamebook.load("rock-paper-scissors").game
    >>> cells = payoff_cells(game, game.defaults(), ["w", "l"])
    >>> field = many_field(cells, [["x_1", "x_2", "x_3"], ["y_1", "y_2", "y_3"]])
    >>> field.expected(0, 0)
    -l*y_2 + w*y_3
    >>> field.loss(0, (0, 0), 1)
    -w
    """
    game = cells.game
    coefficients, values = {}, []
    for player, count in enumerate(game.shape):
        others = [(other, game.shape[other]) for other in range(game.n) if other != player]
        gains = {}
        for own in range(1, count):

            def gain(chosen: Sequence[int], player: int = player, own: int = own) -> sympy.Expr:
                profile = list(chosen)
                profile.insert(player, 0)
                return cells.gain(player, profile, own, 0)

            coefficients[player, own] = reduced(gain, others)
            for chosen in itertools.product(*(range(size) for _, size in others)):
                gains[(*chosen, own)] = grouped(gain(chosen))
        values.append(gains)
    names = tuple(tuple(symbol(name) for name in of) for of in shares)
    return ManyField(cells, tuple(values), names, coefficients)
