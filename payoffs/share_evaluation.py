"""From parameter values to payoffs that depend on shares: the counterpart of :mod:`payoffs.tensor`.

Every quantity is a polynomial in the shares, or an array if no share reaches it. Sums and products run in the order of
:mod:`payoffs.tensor`. A share factor multiplies its target wherever that is used, after all terms and factors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from payoffs.bernstein import coefficients_of
from payoffs.derived import Derived, with_slack
from payoffs.errors import Fault, PageError
from payoffs.expressions import Expression
from payoffs.instruments import Instrument
from payoffs.ledger import Entry
from payoffs.page_fields import FUND, FUND_INFLOW
from payoffs.parties import profile_name
from payoffs.share_formulas import checked_degree, evaluate
from payoffs.share_polynomials import (
    Monomial,
    SharePolynomial,
    ShareValue,
    add,
    is_finite,
    multiply,
    subtract,
    terms_of,
    without_zeros,
)
from payoffs.share_ranges import Outside, outside
from payoffs.share_tensor import ShareLedger, ShareTensor
from payoffs.tensor import Arrays, indicators
from payoffs.texts import Text

if TYPE_CHECKING:
    from payoffs.game import Game


class ShareEvaluation:
    """The values of one call: parameters, derived quantities and entries as polynomials in the shares.

    Parameters
    ----------
    game : its parties have two strategies each
    values : a checked array for every parameter; shapes broadcast to `batch`
    tools : the instruments in force that have share factors

    Raises
    ------
    PageError
        a formula is not a polynomial in the shares; a quantity is not finite, or leaves its range at some shares
    """

    def __init__(self, game: Game, values: Arrays, batch: tuple[int, ...], tools: Iterable[Instrument]) -> None:
        self.game = game
        self.shape = (*batch, *game.shape)
        ones = (1,) * game.n
        self.names: dict[str, ShareValue] = {name: array.reshape(*array.shape, *ones) for name, array in values.items()}
        self.names.update(indicators(game.parties))
        for position, party in enumerate(game.parties):
            if party.share is not None:
                self.names[party.share] = SharePolynomial({(position,): np.float64(1.0)})
        self.factors: dict[str, list[tuple[str, Expression]]] = {}
        for tool in tools:
            for target, formula in tool.share_factors.items():
                self.factors.setdefault(target, []).append((tool.id, formula))
        self.waiting = [symbol for symbol in game.parameters if symbol in self.factors]
        self.amounts: dict[str, ShareValue] = {}
        self._derive()

    def value(self, formula: Expression, what: str) -> ShareValue:
        """Return the value of a formula; parameters in it are first multiplied by their share factors."""
        for symbol in sorted(formula.names):
            if symbol in self.waiting:
                self._multiply_parameter(symbol)
        return evaluate(formula, self.names, what)

    def amount(self, entry: Entry) -> ShareValue:
        """Return amount times when."""
        if entry.id not in self.amounts:
            amount, when = (self.value(formula, entry.id) for formula in (entry.amount, entry.when))
            paid = self._product(amount, when, entry.id)
            if not is_finite(paid).all():
                formula = f"({entry.amount.text})*({entry.when.text})"
                raise PageError([self._not_finite("value.entry_not_finite", entry.id, formula, paid)])
            self.amounts[entry.id] = paid
        return self.amounts[entry.id]

    def _multiply_parameter(self, symbol: str) -> None:
        self.waiting.remove(symbol)
        parameter, value = self.game.parameters[symbol], self.names[symbol]
        value = self._multiplied(symbol, value)
        self.names[symbol] = value
        if not is_finite(value).all():
            raise PageError([self._not_finite("value.derived_not_finite", symbol, self._factors_text(symbol), value)])
        self._check_range(symbol, value, parameter.low, parameter.high)

    def _multiplied(self, target: str, value: ShareValue) -> ShareValue:
        for tool, formula in self.factors.get(target, ()):
            value = self._product(value, self.value(formula, f"{tool}: {target}"), target)
        return value

    @staticmethod
    def _product(one: ShareValue, other: ShareValue, what: str) -> ShareValue:
        with np.errstate(all="ignore"):
            product = without_zeros(multiply(one, other))
        checked_degree(product, what)
        return product

    def _derive(self) -> None:
        for name in self.game.order:
            if name == FUND_INFLOW:
                self.names[name] = self._fund_inflow()
                continue
            quantity = self.game.derived[name]
            value = self._derived_value(quantity)
            self.names[name] = value
            if not is_finite(value).all():
                raise PageError([self._not_finite("value.derived_not_finite", name, quantity.base.text, value)])
            self._check_range(name, value, quantity.low, quantity.high)
        while self.waiting:  # parameters that only entries use: their ranges are checked all the same
            self._multiply_parameter(self.waiting[0])

    def _derived_value(self, quantity: Derived) -> ShareValue:
        name = quantity.symbol
        value = self.value(quantity.base, name)
        with np.errstate(all="ignore"):
            for _, term in quantity.terms:
                value = add(value, self.value(term, name))
        for _, factor in quantity.factors:
            value = self._product(value, self.value(factor, name), name)
        return without_zeros(self._multiplied(name, value))

    def _fund_inflow(self) -> ShareValue:
        inflow: ShareValue = np.zeros((1,) * self.game.n)
        for entry in self.game.entries:
            if entry.receiver == FUND:
                inflow = add(inflow, self.amount(entry))
        return inflow

    def _factors_text(self, target: str) -> str:
        return " * ".join(formula.text for _, formula in self.factors[target])

    def _check_range(self, name: str, value: ShareValue, low: float, high: float) -> None:
        least, most = with_slack(low, high)
        if isinstance(value, SharePolynomial):
            found = outside(value, least, most)
        else:
            bad = np.argwhere((np.asarray(value) < least) | (np.asarray(value) > most))
            place = tuple(int(each) for each in bad[0]) if len(bad) else None
            found = None if place is None else Outside(place, {}, float(np.asarray(value)[place]))
        if found is not None:
            raise PageError([self._range_fault(name, found, low, high)])

    def _range_fault(self, name: str, found: Outside, low: float, high: float) -> Fault:
        fields = {"name": name, "value": found.value, "low": low, "high": high, **self._where(found.place)}
        if found.shares is None:
            return Fault("share_payoffs.range_open", fields)
        if not found.shares:
            return Fault("value.range", fields)
        at = ", ".join(f"{self.game.parties[i].share} = {x:g}" for i, x in found.shares.items())
        return Fault("share_payoffs.range", {**fields, "shares": Text(at, at)})

    def _not_finite(self, code: str, name: str, formula: str, value: ShareValue) -> Fault:
        place = tuple(int(each) for each in np.argwhere(~is_finite(value))[0])
        return Fault(code, {"name": name, "formula": formula, **self._where(place)})

    def _where(self, place: tuple[int, ...]) -> dict[str, object]:
        """Return profile and array index of a place; where the value has one entry for all strategies, the first."""
        n = self.game.n
        padded = (0,) * (len(self.shape) - len(place)) + place
        index = list(padded[: len(padded) - n])
        profile = profile_name(padded[len(padded) - n :], self.game.shape)
        return {"profile": profile, "index": f" {index}" if index else ""}

    def payoffs(self) -> list[ShareValue]:
        """Return receipts less payments, or the formulas of the cells, of every party."""
        if self.game.cells is not None:
            return list(self._cells())
        totals: list[ShareValue] = [np.zeros(self.shape) for _ in self.game.parties]
        player = {party.id: i for i, party in enumerate(self.game.parties)}
        with np.errstate(all="ignore"):
            for entry in self.game.entries:
                amount = self.amount(entry)
                if entry.receiver in player:
                    totals[player[entry.receiver]] = add(totals[player[entry.receiver]], amount)
                if entry.payer in player:
                    totals[player[entry.payer]] = subtract(totals[player[entry.payer]], amount)
        return totals

    def _cells(self) -> Iterator[ShareValue]:
        batch = self.shape[: len(self.shape) - self.game.n]
        for player, party in enumerate(self.game.parties):
            tables: dict[Monomial, NDArray[np.float64]] = {}
            for profile, cell in (self.game.cells or {}).items():
                value = self.value(cell[player], f"{party.id} {profile_name(profile, self.game.shape)}")
                if not is_finite(value).all():
                    where = self._where((*(0,) * len(batch), *profile))
                    fields = {"party": party.id, "formula": cell[player].text, **where}
                    raise PageError([Fault("value.cell_not_finite", fields)])
                for monomial, each in terms_of(value).items():
                    table = tables.setdefault(monomial, np.zeros(self.shape))
                    place = (slice(None),) * len(batch) + profile
                    table[place] = np.broadcast_to(each, self.shape)[place]
            yield SharePolynomial({monomial: table + 0.0 for monomial, table in tables.items()})

    def tensor(self) -> ShareTensor:
        """Return the payoffs as Bernstein coefficients."""
        totals = [without_zeros(total) for total in self.payoffs()]
        polynomials = [total for total in totals if isinstance(total, SharePolynomial)]
        degrees = tuple(
            max((total.degree(position) for total in polynomials), default=0) for position in range(self.game.n)
        )
        axis = len(self.shape) - self.game.n
        lengths = tuple(degree + 1 for degree in degrees)
        tables = [np.broadcast_to(coefficients_of(total, degrees), (*self.shape, *lengths)) for total in totals]
        payoffs = np.stack(tables, axis=axis)
        if not np.isfinite(payoffs).all():
            raise PageError([Fault("value.sum_not_finite")])
        if not any(degrees):
            payoffs = payoffs.reshape(payoffs.shape[: payoffs.ndim - self.game.n])
        payoffs.flags.writeable = False
        return ShareTensor(payoffs, degrees)

    def ledger(self) -> ShareLedger:
        """Return all entries and derived quantities as polynomials."""
        game = self.game
        return ShareLedger(
            parties=game.parties,
            entries=game.entries,
            derived=tuple(game.derived),
            measures=game.measures,
            tensor=self.tensor(),
            amounts=tuple(self.amount(entry) for entry in game.entries),
            names=self.names,
            shape=self.shape,
        )


def share_factors_in_force(game: Game, values: Mapping[str, NDArray[np.float64]]) -> tuple[Instrument, ...]:
    """Return the instruments that multiply something by a function of shares at some of the points."""
    return tuple(
        tool
        for tool in game.instruments
        if tool.share_factors and (not tool.switches or any(np.any(values[symbol] != 0) for symbol in tool.switches))
    )


def require_two_strategies(game: Game) -> None:
    """Refuse a game in which a party has more or fewer than two strategies: its share is not one number."""
    for party in game.parties:
        if len(party.strategies) != 2:
            fields = {"name": party.id, "count": len(party.strategies)}
            raise PageError([Fault("share_payoffs.strategies", fields)])
