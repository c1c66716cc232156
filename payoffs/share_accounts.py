"""Payoffs and books of a game of populations where payments depend on the parties' shares.

A party's share is the mean over its populations, segments and regions, weighted by their sizes: a subsidy that tapers
with x_F looks at all firms. What depends on party shares so becomes a polynomial in the shares of the populations.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from payoffs import bernstein
from payoffs.accounts import Accounts
from payoffs.formula_values import Floats
from payoffs.ledger import Entry, Flow, Ledger, Money
from payoffs.segments import Matches
from payoffs.share_tensor import ShareLedger, ShareTensor

if TYPE_CHECKING:
    from payoffs.game import Game


def population_tensor(matches: Matches, tensor: ShareTensor) -> ShareTensor:
    """Return the payoffs of all populations from those of the parties.

    Parameters
    ----------
    tensor : shape (match, party, s1, ..., sn, b1, ..., bn), of every match, or without the first axis if the matches
        do not differ; degrees in the shares of the parties

    Returns
    -------
    shape (population, s1, ..., sN, b1, ..., bN); degrees in the shares of the populations
    """
    n, count = matches.members.shape[1], len(matches.populations)
    cells = tensor.coefficients if matches.values else tensor.coefficients[None]
    if not tensor.depends:
        return ShareTensor(matches.joined(cells.reshape(cells.shape[: cells.ndim - n])), (0,) * count)
    table = in_population_shares(matches, cells)
    ends = tuple(range(-count, 0))
    joined = matches.joined(np.moveaxis(table, ends, tuple(range(count))))
    degrees = tuple(tensor.degrees[population.party] for population in matches.populations)
    return ShareTensor(np.ascontiguousarray(np.moveaxis(joined, tuple(range(count)), ends)), degrees)


def in_population_shares(matches: Matches, table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn the last axes, coefficients in the parties' shares, into coefficients in those of the populations."""
    n = matches.members.shape[1]
    places = [[k for k, each in enumerate(matches.populations) if each.party == party] for party in range(n)]
    weights = [[matches.populations[k].weight for k in own] for own in places]
    found = bernstein.in_populations(table, weights)
    order = np.argsort([k for own in places for k in own])
    lead = found.ndim - len(order)
    return found.transpose((*range(lead), *(lead + int(i) for i in order)))


@dataclass(frozen=True, slots=True, eq=False)
class ShareAccounts:
    """The books of a game whose payments depend on shares, of every match; :class:`payoffs.accounts.Accounts` at any.

    Attributes
    ----------
    ledger : of every match, with the axis of the matches last of the leading ones; without it if they do not differ
    matches : who meets whom, and how often
    """

    ledger: ShareLedger
    matches: Matches

    @property
    def measures(self) -> tuple[str, ...]:
        """Ids of the measures."""
        return tuple(self.ledger.measures)

    @property
    def degrees(self) -> tuple[int, ...]:
        """Largest power of each population's share in any payment or measure."""
        of_parties = self.ledger.degrees
        return tuple(of_parties[population.party] for population in self.matches.populations)

    def at(self, shares: ArrayLike) -> Accounts:
        """Return the books with payments as they are at shares of shape (..., population)."""
        x = np.asarray(shares, dtype=np.float64)
        parties = np.zeros((*x.shape[:-1], self.matches.members.shape[1]))
        for k, population in enumerate(self.matches.populations):
            parties[..., population.party] += population.weight * x[..., k]
        # Weights may sum to a hair more than 1.
        return Accounts(self.ledger.at(np.clip(parties, 0.0, 1.0)[..., None, :]), self.matches)

    def money(self, shares: ArrayLike) -> Money:
        """Expected cash figures at shares of index 1, shape (..., population)."""
        return self.at(shares).money(shares)

    def measure(self, name: str, shares: ArrayLike) -> Floats:
        """Return the expected value of a measure."""
        return self.at(shares).measure(name, shares)

    def flows(self, shares: ArrayLike) -> tuple[Flow, ...]:
        """Return the expected amount of every entry."""
        return self.at(shares).flows(shares)

    def advantage_terms(self, population: int, shares: ArrayLike) -> tuple[tuple[Entry, float], ...]:
        """Return what each entry adds to a population's payoff advantage at shares (population,), largest first."""
        return self.at(shares).advantage_terms(population, shares)

    def coefficients(self) -> tuple[Mapping[str, NDArray[np.float64]], Mapping[str, NDArray[np.float64]]]:
        """Measures, and the linear figures of money, as Bernstein coefficients in the shares of the populations.

        Returns
        -------
        two mappings of name -> shape (s1, ..., sN, b1, ..., bN)
        """
        ledger, degrees = self.ledger.coefficients()
        found: list[tuple[Mapping[str, NDArray[np.float64]], ...]] = []
        for place in itertools.product(*(range(degree + 1) for degree in degrees)):
            found.append(Accounts(_at(ledger, place, self.matches), self.matches).at_profiles())
        lengths = [degree + 1 for degree in degrees]
        measures, money = (
            {name: self._stacked([each[kind][name] for each in found], lengths) for name in found[0][kind]}
            for kind in (0, 1)
        )
        return measures, money

    def _stacked(self, tables: list[NDArray[np.float64]], lengths: list[int]) -> NDArray[np.float64]:
        table = np.stack(tables, axis=-1)
        return in_population_shares(self.matches, table.reshape(*table.shape[:-1], *lengths))


def _at(ledger: Ledger, place: tuple[int, ...], matches: Matches) -> Ledger:
    """Return one coefficient of the ledger, with an axis for the matches."""
    index = place if matches.values else (*place, None)
    return replace(
        ledger,
        amounts=ledger.amounts[index],
        derived={},
        measures={name: value[index] for name, value in ledger.measures.items()},
        tensor=ledger.tensor[index],
    )


def share_books(matches: Matches, game: Game, **values: ArrayLike) -> ShareAccounts:
    """Return the books of a game; arguments and errors as for ``Game.share_ledger``."""
    found = {} if not matches.values else matches.parameters(game, values)
    return ShareAccounts(game.share_ledger(**(found or values)), matches)


def share_payoffs(matches: Matches, game: Game, **values: ArrayLike) -> ShareTensor:
    """Return the payoffs of all populations; arguments and errors as for ``Game.share_tensor``."""
    found = {} if not matches.values else matches.parameters(game, values)
    return population_tensor(matches, game.share_tensor(**(found or values)))
