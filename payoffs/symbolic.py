"""Payoffs as exact formulas: the symbolic twin of :mod:`payoffs.tensor`.

The two share the pages' trees and nothing else: this path never touches a float array.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from numbers import Rational
from typing import TYPE_CHECKING

import sympy

from payoffs.errors import Fault, PageError
from payoffs.expressions import Expression
from payoffs.formula_symbols import exact_number, symbol
from payoffs.formula_tree import walk
from payoffs.ledger import own_strategies
from payoffs.page_fields import FUND, FUND_INFLOW
from payoffs.parameters import value_faults
from payoffs.parties import profile_name, read_profile

if TYPE_CHECKING:
    from payoffs.game import Game

MOST_SIZE = 200_000  # nodes of the formula with all derived quantities written out; the built-in game needs about 5,000
MOST_DEGREE = 2_000


def payoff(game: Game, party: str, profile: str | None, fixed: Mapping[str, object]) -> sympy.Expr:
    """Return a party's payoff at a pure profile; see :meth:`payoffs.game.Game.payoff`."""
    player = game.player(party)
    indices = read_profile(_profile_text(game, profile), game.shape)
    return _payoff(game, player, indices, _numbers(game, fixed))


def advantage(game: Game, party: str, profile: str | None, fixed: Mapping[str, object]) -> sympy.Expr:
    """Return a party's payoff at index 1 less that at index 0; see :meth:`payoffs.game.Game.advantage`."""
    player = game.player(party)
    others = read_profile(_profile_text(game, profile), game.shape)
    numbers = _numbers(game, fixed)
    passive, active = (
        _payoff(game, player, (*others[:player], own, *others[player + 1 :]), numbers)
        for own in own_strategies(game.parties[player])
    )
    return active - passive


def exact(value: object) -> sympy.Rational:
    """Return a number exactly: a float by its shortest decimal form, so 0.1 is 1/10."""
    if isinstance(value, Rational):
        return sympy.Rational(int(value.numerator), int(value.denominator))
    return exact_number(Fraction(repr(float(value))))  # type: ignore[arg-type]


def _profile_text(game: Game, profile: str | None) -> str:
    text = game.coordination if profile is None else profile
    if text is None:
        raise PageError([Fault("game.no_coordination", {"example": profile_name([0] * game.n, game.shape)})])
    return text


def _numbers(game: Game, fixed: Mapping[str, object]) -> dict[str, sympy.Expr]:
    faults = value_faults(game.parameters, fixed)
    numbers = {symbol: exact(value) for symbol, value in fixed.items() if symbol in game.parameters and not faults}
    if faults:
        raise PageError(faults)
    return numbers


def _payoff(game: Game, player: int, profile: tuple[int, ...], numbers: Mapping[str, sympy.Expr]) -> sympy.Expr:
    if game.cells is not None:
        result = game.cells[profile][player].symbolic(environment(game, profile, numbers))
    else:
        result = _ledger_payoff(game, player, profile, numbers)
    if result.has(sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        fields = {"party": game.parties[player].id, "profile": profile_name(profile, game.shape)}
        raise PageError([Fault("symbolic.not_finite", fields)])
    return result


def _ledger_payoff(game: Game, player: int, profile: tuple[int, ...], numbers: Mapping[str, sympy.Expr]) -> sympy.Expr:
    names = environment(game, profile, numbers)
    party = game.parties[player].id
    total = sympy.Integer(0)
    for entry in game.entries:
        sign = (entry.receiver == party) - (entry.payer == party)
        if sign:
            when = entry.when.symbolic(names)
            total += sign * when * entry.amount.symbolic(names) if when != 0 else 0
    return total


def environment(game: Game, profile: tuple[int, ...], numbers: Mapping[str, sympy.Expr]) -> dict[str, sympy.Expr]:
    """Return what stands for each name at a pure profile: numbers, indicators, derived quantities written out.

    Share factors stand in it if a switch of theirs is among the numbers and not 0; shares are symbols.
    """
    factors = _share_factors(game, numbers)
    _check_size(game, factors)
    names: dict[str, sympy.Expr] = dict(numbers)
    for party, index in zip(game.parties, profile, strict=True):
        for own, strategy in enumerate(party.strategies):
            if strategy.indicator is not None:
                names[strategy.indicator] = sympy.Integer(int(own == index))
    waiting = {symbol for symbol in factors if symbol in game.parameters}

    def read(formula: Expression) -> sympy.Expr:
        for name in sorted(waiting & formula.names):
            waiting.discard(name)
            names[name] = sympy.Mul(names.get(name, symbol(name)), *(read(factor) for factor in factors[name]))
        return formula.symbolic(names)

    for name in game.order:
        if name == FUND_INFLOW:
            into_fund = [entry for entry in game.entries if entry.receiver == FUND]
            names[name] = sympy.Add(*(read(entry.when) * read(entry.amount) for entry in into_fund))
            continue
        quantity = game.derived[name]
        total = sympy.Add(read(quantity.base), *(read(term) for _, term in quantity.terms))
        multiplied = [factor for _, factor in quantity.factors] + factors.get(name, [])
        names[name] = sympy.Mul(total, *(read(factor) for factor in multiplied))
    for name in sorted(waiting):
        names[name] = sympy.Mul(names.get(name, symbol(name)), *(read(factor) for factor in factors[name]))
    return names


def _share_factors(game: Game, numbers: Mapping[str, sympy.Expr]) -> dict[str, list[Expression]]:
    """Return what multiplies parameters and derived quantities, of the instruments that the numbers turn on."""
    factors: dict[str, list[Expression]] = {}
    for tool in game.instruments:
        if not tool.switches or any(numbers.get(name, 0) != 0 for name in tool.switches):
            for target, formula in tool.share_factors.items():
                factors.setdefault(target, []).append(formula)
    return factors


def _check_size(game: Game, factors: Mapping[str, list[Expression]]) -> None:
    """Refuse a game whose derived quantities explode when each is written out inside the next."""
    sizes: dict[str, float] = {}
    degrees: dict[str, float] = {}

    def measure(formula: Expression) -> tuple[float, float]:
        for name in sorted(formula.names & factors.keys() & game.parameters.keys()):
            if name not in sizes:
                parts = [measure(factor) for factor in factors[name]]
                sizes[name], degrees[name] = sum(size for size, _ in parts) + 1, sum(each for _, each in parts) + 1
        inner = max((degrees.get(name, 1.0) for name in formula.names), default=0.0)
        nodes = sum(sizes.get(getattr(node, "name", ""), 1.0) for node in walk(formula.tree))
        return nodes, formula.degree * inner

    for name in game.order:
        formulas = [entry.amount for entry in game.entries if entry.receiver == FUND]
        if name != FUND_INFLOW:
            quantity = game.derived[name]
            formulas = [quantity.base, *(formula for _, formula in (*quantity.terms, *quantity.factors))]
            formulas += factors.get(name, [])
        found = [measure(formula) for formula in formulas]
        sizes[name] = sum(size for size, _ in found) + 1
        degrees[name] = sum(degree for _, degree in found)
        if sizes[name] > MOST_SIZE or degrees[name] > MOST_DEGREE:
            raise PageError([Fault("symbolic.too_large", {"size": sizes[name], "most": MOST_SIZE})])
