"""Accounts: money, measures and flows of a game of populations at any shares, whole parties or split ones.

A ledger speaks of one match, in which one member of each party meets the others. The accounts know all matches and how
often they happen, so that every figure is a mean per worker whether or not parties are split into segments or regions.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from payoffs.errors import Fault, PageError
from payoffs.formula_values import Floats
from payoffs.ledger import Entry, Flow, Ledger, Money, profile_weights
from payoffs.segments import Matches

MATCHED = "matched"
LINEAR_MONEY = ("outlay", "revenue", "net_cost", "burden", "fund_balance", "welfare")
"""Figures of money that are means over the matches; outlay per matched worker is a ratio of two."""


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """The books of a game in which every population has two strategies.

    Attributes
    ----------
    ledger : of every match, shape (..., match) in front
    matches : who meets whom, and how often
    """

    ledger: Ledger
    matches: Matches

    @property
    def measures(self) -> tuple[str, ...]:
        """Ids of the measures."""
        return tuple(self.ledger.measures)

    def money(self, shares: ArrayLike) -> Money:
        """Expected cash figures at shares of index 1, shape (..., population)."""
        weights = self._weights(shares)
        money = self.ledger.money(weights)
        means = {name: self._mean(getattr(money, name)) for name in LINEAR_MONEY}
        per_matched = None
        if money.outlay_per_matched is not None:
            matched = self._mean(self.ledger.measure(MATCHED, weights))
            with np.errstate(divide="ignore", invalid="ignore"):
                per_matched = np.where(matched > 0, np.divide(means["outlay"], matched), np.nan)[()]
        return replace(money, **means, outlay_per_matched=per_matched)

    def measure(self, name: str, shares: ArrayLike) -> Floats:
        """Return the expected value of a measure."""
        return self._mean(self.ledger.measure(name, self._weights(shares)))

    def flows(self, shares: ArrayLike) -> tuple[Flow, ...]:
        """Return the expected amount of every entry."""
        flows = self.ledger.flows(self._weights(shares))
        return tuple(Flow(flow.entry, self._mean(flow.amount)) for flow in flows)

    def advantage_terms(self, population: int, shares: ArrayLike) -> tuple[tuple[Entry, float], ...]:
        """Return what each entry adds to a population's payoff advantage, largest first.

        Parameters
        ----------
        population : its position
        shares : shape (population,), of index 1; its own does not matter
        """
        x = np.asarray(shares, dtype=np.float64)
        party = self.matches.populations[population].party
        found = self.matches.chances(population)
        met = x[self.matches.members]
        totals: dict[str, tuple[Entry, float]] = {}
        for profile in itertools.product((0, 1), repeat=met.shape[1]):
            chance = found * np.prod(np.where(np.array(profile) == 1, met, 1.0 - met), axis=1)
            if not chance.any():
                continue
            for entry, amount in self.ledger.advantage_terms(self.ledger.parties[party].id, "".join(map(str, profile))):
                _, before = totals.get(entry.id, (entry, 0.0))
                totals[entry.id] = (entry, before + float((chance * amount).sum()))
        return tuple(sorted(totals.values(), key=lambda term: -abs(term[1])))

    def at_profiles(self) -> tuple[Mapping[str, NDArray[np.float64]], Mapping[str, NDArray[np.float64]]]:
        """Measures, and the linear figures of money, at every pure profile of the populations.

        Returns
        -------
        two mappings of name -> shape (s1, ..., sN); expectations of them at mixed shares are exact
        """
        n = len(self.ledger.parties)
        pure = np.eye(2**n).reshape((2**n, 1) + (2,) * n)  # the profile, then the match
        money = self.ledger.money(pure)
        measures = {name: self._table(self.ledger.measure(name, pure)) for name in self.measures}
        return measures, {name: self._table(getattr(money, name)) for name in LINEAR_MONEY}

    def _table(self, values: Floats) -> NDArray[np.float64]:
        """Values (profile, match) of the parties as a table over the profiles of the populations."""
        n = len(self.ledger.parties)
        return self.matches.mean(np.moveaxis(np.asarray(values), -1, 0).reshape((-1,) + (2,) * n))

    def _weights(self, shares: ArrayLike) -> NDArray[np.float64]:
        """Probability of each pure profile in every match; shape (..., match, s1, ..., sn)."""
        x = np.asarray(shares, dtype=np.float64)
        expected = len(self.matches.populations)
        if x.ndim < 1 or x.shape[-1] != expected:
            raise PageError([Fault("weights.shape", {"shape": str(x.shape), "expected": f"(..., {expected})"})])
        return profile_weights(x[..., self.matches.members])

    def _mean(self, values: Floats) -> Floats:
        """Mean over the matches, the last axis."""
        return np.asarray((np.asarray(values) * self.matches.weights).sum(axis=-1))[()]
