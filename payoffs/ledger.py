"""The ledger of a game: who pays whom, and what follows from it.

Every number here comes from the same entries: payoffs, the decomposition of a payoff advantage, flows and money.
Arrays have the shape ``[..., s1..sn]``, the profile axes last; leading axes are those of array-valued parameters.
Amounts are in the game's unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from payoffs.errors import Fault, PageError, did_you_mean
from payoffs.expressions import Expression
from payoffs.formula_values import Floats
from payoffs.money_rules import money_rules
from payoffs.page_fields import FUND, OUTSIDE
from payoffs.parties import Party, read_profile
from payoffs.texts import Text

_SUM_TOLERANCE = 1e-9  # of weights and shares


@dataclass(frozen=True, slots=True)
class Entry:
    """One payment: `payer` pays `receiver` the `amount`, times `when` (a product of indicators).

    Attributes
    ----------
    cash : whether money moves; the rest is valued but not paid
    burden : counted as private burden even if it goes neither to a public party nor to the fund
    welfare : whether it counts in welfare
    instrument : id of the instrument it belongs to; None for the base game
    """

    id: str
    name: Text
    payer: str
    receiver: str
    amount: Expression
    when: Expression
    cash: bool = True
    burden: bool = False
    welfare: bool = True
    instrument: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """An entry and its expected amount."""

    entry: Entry
    amount: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """Expected cash figures, per worker and year in the game's unit.

    Attributes
    ----------
    outlay : cash paid by public parties and by the fund to anyone
    revenue : cash received by public parties and by the fund
    burden : cash paid by the other parties to a public party or into the fund, and every entry flagged so
    net_cost : outlay - revenue
    fund_balance : cash into the fund less cash out of it
    welfare : sum of all parties' payoffs without the entries marked ``welfare = false`` (not cash only)
    outlay_per_matched : outlay over the measure ``matched`` (NaN where that is 0); None if there is no such measure
    """

    outlay: Floats
    revenue: Floats
    burden: Floats
    net_cost: Floats
    fund_balance: Floats
    welfare: Floats
    outlay_per_matched: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """All entries of a game at every pure profile.

    Attributes
    ----------
    parties, entries : in the order of the axes `player` and `entry`
    amounts : shape (..., entry, s1, ..., sn), amount times when
    derived : name to shape (..., s1, ..., sn)
    measures : id to shape (..., s1, ..., sn)
    tensor : shape (..., player, s1, ..., sn), receipts less payments
    """

    parties: tuple[Party, ...]
    entries: tuple[Entry, ...]
    amounts: NDArray[np.float64]
    derived: Mapping[str, NDArray[np.float64]]
    measures: Mapping[str, NDArray[np.float64]]
    tensor: NDArray[np.float64]

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of strategies per party."""
        return tuple(len(party.strategies) for party in self.parties)

    def account(self, name: str) -> NDArray[np.float64]:
        """Return what an account gains: shape (..., s1, ..., sn).

        Receipts and payments are summed apart from the tensor, so that the two can be compared.

        Parameters
        ----------
        name : a party's id, ``fund`` or ``outside``
        """
        known = (*(party.id for party in self.parties), FUND, OUTSIDE)
        if name not in known:
            raise PageError([Fault("game.account", {"name": name, "hint": did_you_mean(name, known)})])
        receipts = self._total(lambda entry: entry.receiver == name)
        return receipts - self._total(lambda entry: entry.payer == name)

    def advantage_terms(self, party: str, profile: str) -> tuple[tuple[Entry, Floats], ...]:
        """Return what each entry adds to the party's payoff advantage at a profile.

        Parameters
        ----------
        party : id of a party with two strategies
        profile : the others' strategies; the party's own digit does not matter

        Returns
        -------
        (entry, contribution) with the largest absolute contribution first; zeros are left out. The contributions sum
        to the payoff of index 1 less that of index 0.
        """
        player = find_party(self.parties, party)
        others = read_profile(profile, self.shape)
        passive, active = own_strategies(self.parties[player])
        change = self._amounts_at(others, player, active) - self._amounts_at(others, player, passive)
        terms = []
        for i, entry in enumerate(self.entries):
            sign = (entry.receiver == party) - (entry.payer == party)
            if sign and np.any(change[..., i] != 0):
                terms.append((entry, sign * change[..., i]))
        return tuple(sorted(terms, key=lambda term: -float(np.max(np.abs(term[1])))))

    def _amounts_at(self, others: tuple[int, ...], player: int, own: int) -> NDArray[np.float64]:
        """Return the amounts, shape (..., entry), where the player's strategy is `own`."""
        profile = (*others[:player], own, *others[player + 1 :])
        flat = self.amounts.reshape(*self.amounts.shape[: -len(self.shape)], -1)
        return flat[..., np.ravel_multi_index(profile, self.shape)]

    def flows(self, weights: ArrayLike) -> tuple[Flow, ...]:
        """Return the expected amount of every entry, in the order of the entries.

        Parameters
        ----------
        weights : shape (..., s1, ..., sn), probability of each pure profile
        """
        expected = self._expected(self.amounts, self._weights(weights)[..., None, :])
        return tuple(
            Flow(entry, amount[()]) for entry, amount in zip(self.entries, np.moveaxis(expected, -1, 0), strict=True)
        )

    def measure(self, name: str, weights: ArrayLike) -> Floats:
        """Return the expected value of a measure under the weights of the pure profiles."""
        if name not in self.measures:
            fields = {"name": name, "hint": did_you_mean(name, self.measures)}
            raise PageError([Fault("game.measure", fields)])
        return self._expected(self.measures[name], self._weights(weights))[()]

    def money(self, weights: ArrayLike) -> Money:
        """Return the expected cash figures under the weights of the pure profiles."""
        flat = self._weights(weights)
        figures = {
            name: self._expected(self._total(more), flat) - self._expected(self._total(less), flat)
            for name, (more, less) in money_rules(self.parties).items()
        }
        per_matched = None
        if "matched" in self.measures:
            matched = self._expected(self.measures["matched"], flat)
            with np.errstate(divide="ignore", invalid="ignore"):
                per_matched = np.where(matched > 0, np.divide(figures["outlay"], matched), np.nan)[()]
        return Money(outlay_per_matched=per_matched, **{name: figure[()] for name, figure in figures.items()})

    def _total(self, chosen: Callable[[Entry], bool]) -> NDArray[np.float64]:
        """Return the sum over the chosen entries, one after the other: shape (..., s1, ..., sn)."""
        by_entry = np.moveaxis(self.amounts, -len(self.shape) - 1, 0)
        total = np.zeros(by_entry.shape[1:])
        for entry, amount in zip(self.entries, by_entry, strict=True):
            if chosen(entry):
                total += amount
        return total

    def _weights(self, weights: ArrayLike) -> NDArray[np.float64]:
        """Return checked weights with the profile axes in one."""
        array = np.asarray(weights, dtype=np.float64)
        n = len(self.shape)
        if array.ndim < n or array.shape[array.ndim - n :] != self.shape:
            raise PageError([Fault("weights.shape", {"shape": str(array.shape), "expected": str(self.shape)})])
        flat = array.reshape(*array.shape[: array.ndim - n], -1)
        total = flat.sum(axis=-1)
        if not (np.all(flat >= 0) and np.all(np.abs(total - 1) <= _SUM_TOLERANCE)):
            raise PageError([Fault("weights.sum")])
        return flat

    def _expected(self, values: NDArray[np.float64], flat_weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the weighted sum over the profiles."""
        flat = values.reshape(*values.shape[: values.ndim - len(self.shape)], -1)
        return np.asarray((flat * flat_weights).sum(axis=-1))


def find_party(parties: Sequence[Party], name: str) -> int:
    """Return the index of the party with an id, or raise PageError."""
    ids = [party.id for party in parties]
    if name not in ids:
        raise PageError([Fault("game.party", {"name": name, "hint": did_you_mean(name, ids)})])
    return ids.index(name)


def own_strategies(party: Party) -> tuple[int, int]:
    """Return (0, 1), or raise PageError if the party does not have just two strategies."""
    if len(party.strategies) != 2:
        raise PageError([Fault("game.advantage", {"name": party.id, "count": len(party.strategies)})])
    return 0, 1


def profile_weights(shares: ArrayLike) -> NDArray[np.float64]:
    """Return the probability of each pure profile when every party has two strategies.

    Parameters
    ----------
    shares : shape (..., player), the share of index 1 in [0, 1]

    Returns
    -------
    shape (..., s1, ..., sn), summing to 1

    Examples
    --------
    >>> profile_weights([0.25, 1.0]).tolist()
    [[0.0, 0.75], [0.0, 0.25]]
    """
    x = np.asarray(shares, dtype=np.float64)
    if x.ndim < 1 or not (np.all(x >= 0) and np.all(x <= 1)):
        raise PageError([Fault("weights.shares")])
    return mixed_weights([np.stack([1 - x[..., i], x[..., i]], axis=-1) for i in range(x.shape[-1])])


def mixed_weights(profile: Sequence[ArrayLike]) -> NDArray[np.float64]:
    """Return the probability of each pure profile under a mixed one, for any number of strategies.

    Parameters
    ----------
    profile : for each party an array (..., strategy) of probabilities summing to 1
    """
    weights = np.ones(())
    for i, mixed in enumerate(profile):
        probabilities = np.asarray(mixed, dtype=np.float64)
        after = (None,) * i
        weights = weights[..., None] * probabilities[(..., *after, slice(None))]
    return weights
