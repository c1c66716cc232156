"""From parameter values to numbers at every pure profile, without a Python loop over points.

Inside, every array has the batch axes first and one axis per party last, of length 1 where the value does not depend
on that party's strategy; the full shape appears only in the results.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from payoffs.derived import Derived
from payoffs.errors import Fault, PageError
from payoffs.formula_values import Floats
from payoffs.ledger import Entry, Ledger
from payoffs.page_fields import FUND, FUND_INFLOW
from payoffs.parties import Party, profile_name

if TYPE_CHECKING:
    from payoffs.game import Game

Arrays = Mapping[str, NDArray[np.float64]]
Truths = NDArray[np.bool_] | np.bool_


class Evaluation:
    """The values of one call: names in formulas, and entries, evaluated in order and kept.

    Parameters
    ----------
    game : a game with a ledger
    values : a checked array for every parameter; shapes broadcast to `batch`
    keep : keep the amounts of all entries, not only of those into the fund: a million points need gigabytes
    """

    def __init__(self, game: Game, values: Arrays, batch: tuple[int, ...], *, keep: bool = False) -> None:
        self.game = game
        self.keep = keep
        self.shape = (*batch, *game.shape)
        ones = (1,) * game.n
        self.names: dict[str, Floats] = {name: array.reshape(*array.shape, *ones) for name, array in values.items()}
        self.names.update(indicators(game.parties))
        self.amounts: dict[str, Floats] = {}

    def amount(self, entry: Entry) -> Floats:
        """Return amount times when; NaN where it is not finite."""
        if entry.id in self.amounts:
            return self.amounts[entry.id]
        amount, when = entry.amount.evaluate_or_nan(self.names), entry.when.evaluate_or_nan(self.names)
        with np.errstate(all="ignore"):
            paid: Floats = np.multiply(amount, when)
        if self.keep or entry.receiver == FUND:
            self.amounts[entry.id] = paid
        return paid

    def derive(self) -> Iterator[tuple[Derived, Floats, Truths]]:
        """Evaluate derived quantities in order; yield each with its value and where that is not allowed."""
        for name in self.game.order:
            if name == FUND_INFLOW:
                self.names[name] = self._fund_inflow()
                continue
            quantity = self.game.derived[name]
            value = self._value(quantity)
            self.names[name] = value
            yield quantity, value, _outside(value, quantity)

    def _value(self, quantity: Derived) -> Floats:
        value = quantity.base.evaluate_or_nan(self.names)
        with np.errstate(all="ignore"):
            for _, term in quantity.terms:
                value = np.add(value, term.evaluate_or_nan(self.names))
            for _, factor in quantity.factors:
                value = np.multiply(value, factor.evaluate_or_nan(self.names))
        return value

    def _fund_inflow(self) -> Floats:
        inflow: Floats = np.zeros((1,) * self.game.n)
        with np.errstate(all="ignore"):
            for entry in self.game.entries:
                if entry.receiver == FUND:
                    inflow = np.add(inflow, self.amount(entry))
        return inflow

    def full(self, value: Floats) -> NDArray[np.float64]:
        """Return a value at every batch point and profile."""
        return np.broadcast_to(value, self.shape)


def indicators(parties: Sequence[Party]) -> dict[str, NDArray[np.float64]]:
    """Return for each indicator an array over the profiles: 1 where its strategy is played, else 0."""
    arrays = {}
    for axis, party in enumerate(parties):
        for index, strategy in enumerate(party.strategies):
            if strategy.indicator is not None:
                played = np.zeros(len(party.strategies))
                played[index] = 1.0
                arrays[strategy.indicator] = played.reshape(
                    [-1 if other == axis else 1 for other in range(len(parties))]
                )
    return arrays


def _outside(value: Floats, quantity: Derived) -> Truths:
    low, high = quantity.tolerated
    return np.logical_not(np.isfinite(value) & (value >= low) & (value <= high))


def evaluated(game: Game, values: Arrays, batch: tuple[int, ...], *, keep: bool = False) -> Evaluation:
    """Return an evaluation whose derived quantities are all finite and in range.

    Raises
    ------
    PageError
        one fault per quantity that is not, naming the value, the range, the profile and the first bad point
    """
    evaluation = Evaluation(game, values, batch, keep=keep)
    faults = []
    for quantity, value, bad in evaluation.derive():
        if np.any(bad):
            faults.append(_derived_fault(evaluation, quantity, value, bad))
            if not np.isfinite(value).all():  # what follows would only repeat it
                break
    if faults:
        raise PageError(faults)
    return evaluation


def _derived_fault(evaluation: Evaluation, quantity: Derived, value: Floats, bad: Truths) -> Fault:
    place = np.argwhere(np.broadcast_to(bad, evaluation.shape))[0]
    found = float(evaluation.full(value)[tuple(place)])
    where = _where(evaluation.game, place)
    if not np.isfinite(found):
        return Fault("value.derived_not_finite", {"name": quantity.symbol, "formula": quantity.base.text, **where})
    fields = {"name": quantity.symbol, "value": found, "low": quantity.low, "high": quantity.high}
    return Fault("value.range", {**fields, **where})


def _where(game: Game, place: NDArray[np.int64]) -> dict[str, object]:
    """Return profile and array index of a place in a full array, as fields of a message."""
    index = [int(i) for i in place[: len(place) - game.n]]
    profile = profile_name([int(i) for i in place[len(index) :]], game.shape)
    return {"profile": profile, "index": f" {index}" if index else ""}


def ledger_tensor(evaluation: Evaluation) -> NDArray[np.float64]:
    """Return receipts less payments of every party: shape (..., player, s1, ..., sn)."""
    game = evaluation.game
    batch_axes = len(evaluation.shape) - game.n
    tensor = np.zeros((*evaluation.shape[:batch_axes], game.n, *game.shape))
    by_player = np.moveaxis(tensor, batch_axes, 0)
    player = {party.id: i for i, party in enumerate(game.parties)}
    with np.errstate(all="ignore"):
        for entry in game.entries:
            amount = evaluation.amount(entry)
            if entry.receiver in player:
                by_player[player[entry.receiver]] += amount
            if entry.payer in player:
                by_player[player[entry.payer]] -= amount
    if not np.isfinite(tensor).all():
        raise PageError([_amount_fault(evaluation)])
    return tensor


def _amount_fault(evaluation: Evaluation) -> Fault:
    for entry in evaluation.game.entries:
        bad = ~np.isfinite(evaluation.amount(entry))
        if bad.any():
            where = _where(evaluation.game, np.argwhere(np.broadcast_to(bad, evaluation.shape))[0])
            formula = f"({entry.amount.text})*({entry.when.text})"
            return Fault("value.entry_not_finite", {"name": entry.id, "formula": formula, **where})
    return Fault("value.sum_not_finite")


def cell_tensor(game: Game, values: Arrays, batch: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the payoffs of a game given as a table: shape (..., player, s1, ..., sn)."""
    tensor = np.empty((*batch, game.n, *game.shape))
    by_cell = tensor.reshape(math.prod(batch), game.n, math.prod(game.shape))  # a view
    for profile, cell in (game.cells or {}).items():
        for player, formula in enumerate(cell):
            value = formula.evaluate_or_nan(values)
            if not np.isfinite(value).all():
                place = np.argwhere(np.broadcast_to(~np.isfinite(value), batch))[0]
                where = _where(game, np.array([*place, *profile]))
                party = game.parties[player].id
                raise PageError([Fault("value.cell_not_finite", {"party": party, "formula": formula.text, **where})])
            by_cell[:, player, np.ravel_multi_index(profile, game.shape)] = np.broadcast_to(value, batch).reshape(-1)
    tensor += 0.0  # -0.0 becomes 0.0
    return tensor


def violations(game: Game, values: Arrays, batch: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return at which points something is out of range or not finite at some profile: shape `batch`."""
    violated = np.zeros(batch, dtype=np.bool_)
    for cell in (game.cells or {}).values():
        for formula in cell:
            violated |= np.logical_not(np.isfinite(formula.evaluate_or_nan(values)))
    if game.has_ledger:
        evaluation = Evaluation(game, values, batch)
        profile_axes = tuple(range(-game.n, 0))
        for _, _, bad in evaluation.derive():
            violated |= np.any(bad, axis=profile_axes)
        for entry in game.entries:
            violated |= np.any(np.logical_not(np.isfinite(evaluation.amount(entry))), axis=profile_axes)
    return violated


def ledger(evaluation: Evaluation) -> Ledger:
    """Return all entries, derived quantities and measures at every profile, read-only."""
    game = evaluation.game
    tensor = ledger_tensor(evaluation)
    amounts = [evaluation.full(evaluation.amount(entry)) for entry in game.entries]
    if not all(np.isfinite(amount).all() for amount in amounts):
        raise PageError([_amount_fault(evaluation)])
    batch_axes = len(evaluation.shape) - game.n
    stacked = np.stack(amounts, axis=batch_axes)
    derived = {name: evaluation.full(evaluation.names[name]) for name in game.derived}
    measures = {}
    for name, measure in game.measures.items():
        value = evaluation.full(measure.formula.evaluate_or_nan(evaluation.names))
        if not np.isfinite(value).all():
            where = _where(game, np.argwhere(~np.isfinite(value))[0])
            raise PageError(
                [Fault("value.derived_not_finite", {"name": name, "formula": measure.formula.text, **where})]
            )
        measures[name] = value
    for array in (stacked, tensor):
        array.flags.writeable = False
    return Ledger(game.parties, game.entries, stacked, derived, measures, tensor)
