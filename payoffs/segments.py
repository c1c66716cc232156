"""Segments and regions: a game of parties becomes a game of populations.

A party may be split into segments that decide for themselves, and the whole game may be played in several regions
under one public party. Then not parties play, but *populations*: a party, a segment of it, its part in a region, or a
segment of that part. In every *match* one member of each party meets the others: the region is drawn by its weight,
and in it a segment of each party by its weight. What a region and the matched segments set is in force in that match.
A population's payoff is the mean over the matches in which it takes part, weighted by how often it finds itself there.

    found = matches(game, scenario.segments, scenario.regions)
    payoffs = found.payoffs(game, **values)             # [..., population, s1, ..., sN]

A public party is one population for all regions; the others exist once per region and meet only within it. Payoffs
stay multi-affine in the shares of the populations, because no match holds two populations of one party.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from payoffs.errors import Fault, PageError
from payoffs.ledger import Ledger, find_party
from payoffs.parameters import value_faults
from payoffs.scenario import Region, Segment
from payoffs.scenario_checks import WEIGHT_TOLERANCE

if TYPE_CHECKING:
    from payoffs.game import Game

MOST_POPULATIONS = 10


@dataclass(frozen=True, slots=True)
class Population:
    """Members of one party that decide alike.

    Attributes
    ----------
    party : position of the party in the game
    segment, region : ids; None where the party is not split that way
    weight : share of the party's members that belong to it
    """

    party: int
    segment: str | None
    region: str | None
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Who meets whom, how often, and what is in force there.

    Attributes
    ----------
    populations : in the order of the axes s1, ..., sN; those of all regions first, then region by region; within,
        in the order of the parties and of their segments
    members : shape (match, party), position of the population that stands for each party
    weights : shape (match,), summing to 1
    values : symbol -> shape (match,), what regions and segments set; NaN where they leave it alone
    """

    populations: tuple[Population, ...]
    members: NDArray[np.int64]
    weights: NDArray[np.float64]
    values: Mapping[str, NDArray[np.float64]]

    @property
    def trivial(self) -> bool:
        """Whether no party is split, so that populations are parties."""
        return len(self.weights) == 1

    def chances(self, population: int) -> NDArray[np.float64]:
        """How often a member of the population finds itself in each match; shape (match,), summing to 1."""
        taken = np.where((self.members == population).any(axis=1), self.weights, 0.0)
        found: NDArray[np.float64] = taken / taken.sum()
        return found

    def parameters(self, game: Game, values: Mapping[str, ArrayLike]) -> dict[str, NDArray[np.float64]]:
        """Values of parameters, with an axis for the matches added last if these differ in any.

        Parameters
        ----------
        values : numbers or arrays by symbol, for everybody whom no region or segment sets otherwise

        Returns
        -------
        symbol -> shape (..., match) or (..., 1), for all symbols in ``values`` or set by a region or segment
        """
        if not self.values:
            return {symbol: np.asarray(value, dtype=np.float64) for symbol, value in values.items()}
        found = {symbol: np.asarray(value, dtype=np.float64)[..., None] for symbol, value in values.items()}
        for symbol, own in self.values.items():
            common = found.get(symbol, np.asarray(game.parameters[symbol].default)[..., None])
            found[symbol] = np.where(np.isnan(own), common, own)
        return found

    def payoffs(self, game: Game, /, **values: ArrayLike) -> NDArray[np.float64]:
        """Return the payoffs of all populations; arguments and errors as for ``Game.tensor``.

        Returns
        -------
        shape (..., population, s1, ..., sN)

        Examples
        --------
        See ``docs/how-to/segments-and-regions.md`` for a game worked out by hand.
        """
        with self._named():
            cells = game.tensor(**self.parameters(game, values))
        return self.joined(cells if self.values else np.expand_dims(cells, cells.ndim - game.n - 1))

    def ledger(self, game: Game, /, **values: ArrayLike) -> Ledger:
        """Return the ledger of every match, (..., match) in front; arguments and errors as for ``Game.ledger``."""
        with self._named():
            found = game.ledger(**self.parameters(game, values))
        if self.values:
            return found
        table = -game.n - 1  # before the axes of the profile
        return replace(
            found,
            amounts=np.expand_dims(found.amounts, table - 1),
            derived={name: np.expand_dims(value, table) for name, value in found.derived.items()},
            measures={name: np.expand_dims(value, table) for name, value in found.measures.items()},
            tensor=np.expand_dims(found.tensor, table - 1),
        )

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Say in which match something is wrong, by the ids of its region and segments instead of a number."""
        try:
            yield
        except PageError as error:
            raise PageError([self._with_match(fault) for fault in error.faults]) from error

    def _with_match(self, fault: Fault) -> Fault:
        index = str(fault.fields.get("index", ""))
        if not self.values or not index:
            return fault
        *lead, match = index.strip(" []").split(", ")
        parts = [self.populations[k] for k in self.members[int(match)]]
        ids = dict.fromkeys(each for part in parts for each in (part.region, part.segment) if each is not None)
        place = f" [{', '.join(lead)}]" if lead else ""
        return replace(fault, fields={**fault.fields, "index": f"{place} ({', '.join(ids)})"})

    def joined(self, cells: NDArray[np.float64]) -> NDArray[np.float64]:
        """Payoffs of populations from those of the parties in every match.

        Parameters
        ----------
        cells : shape (..., match, party, s1, ..., sn), or (..., 1, party, s1, ..., sn) if the matches do not differ

        Returns
        -------
        shape (..., population, s1, ..., sN)
        """
        n = self.members.shape[1]
        axis = cells.ndim - n - 2
        of_match = np.moveaxis(cells, (axis, axis + 1), (0, 1))
        rows = []
        for k, population in enumerate(self.populations):
            row = np.zeros(self._full(of_match.shape[2:]))
            # Where the matches do not differ there is one table for all of them.
            for match, chance in enumerate(self.chances(k)):
                if chance > 0.0:
                    row += chance * self.placed(of_match[match % len(of_match), population.party], match)
            rows.append(row)
        return np.stack(rows, axis=axis)

    def mean(self, tables: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean over the matches of a table over the profiles of those who meet, as a table over all populations.

        Parameters
        ----------
        tables : shape (..., match, s1, ..., sn), or (..., 1, s1, ..., sn) if the matches do not differ

        Returns
        -------
        shape (..., s1, ..., sN)
        """
        of_match = np.moveaxis(tables, -self.members.shape[1] - 1, 0)
        total = np.zeros(self._full(of_match.shape[1:]))
        for match, weight in enumerate(self.weights):
            total += weight * self.placed(of_match[match % len(of_match)], match)
        return total

    def placed(self, table: NDArray[np.float64], match: int) -> NDArray[np.float64]:
        """Put a table over the profiles of a match (..., s1, ..., sn) on the axes of all populations.

        Axes of populations that do not take part have length 1.
        """
        n = self.members.shape[1]
        lead = table.ndim - n
        here = self.members[match]
        order = np.argsort(here)
        moved = table.transpose((*range(lead), *(lead + int(i) for i in order)))
        lengths = np.ones(len(self.populations), dtype=np.int64)
        lengths[here[order]] = moved.shape[lead:]
        return moved.reshape(*moved.shape[:lead], *lengths)

    def _full(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return the shape (..., s1, ..., sN) of a table over all populations from that of one over the parties."""
        lead = len(shape) - self.members.shape[1]
        return (*shape[:lead], *(shape[lead + population.party] for population in self.populations))


def matches(game: Game, segments: Sequence[Segment] = (), regions: Sequence[Region] = ()) -> Matches:
    """Return the populations of a game and the matches between them.

    Parameters
    ----------
    segments, regions : of a scenario that was checked against the game; none for a game of whole parties

    Raises
    ------
    PageError
        If a segment's party or a symbol is unknown, a value out of bounds, the weights of a party's segments or of
        the regions do not sum to 1, there are more than ``MOST_POPULATIONS`` populations, or two that can meet set the
        same symbol.

    Examples
    --------
    Half of the firms are small, and training costs them more:

    >>> from payoffs.game import load_game
    >>> from payoffs.pages import parse_page
    >>> from payoffs.scenario import Segment
    >>> from payoffs.texts import Text
    >>> game = load_game(parse_page('''
    ... [game]
    ... id = "training"
    ... [[parties]]
    ... id = "firm"
    ... indicator = "f"
    ... strategies = [{ id = "no" }, { id = "train" }]
    ... [parameters]
    ... cost = 4
    ... [[entries]]
    ... id = "net"
    ... payer = "outside"
    ... receiver = "firm"
    ... amount = "6 - cost"
    ... when = "f"
    ... '''))
    >>> small = Segment("firm", "small", Text("small", "小"), 0.5, {"cost": 7.0})
    >>> large = Segment("firm", "large", Text("large", "大"), 0.5, {})
    >>> found = matches(game, [small, large])
    >>> found.payoffs(game)[:, 1, 1]
    array([-1.,  2.])
    """
    faults = list(_faults(game, segments, regions))
    if faults:
        raise PageError(faults)
    split = {party.id: [part for part in segments if part.party == party.id] for party in game.parties}
    places: list[tuple[int, Segment | None, Region | None]] = []
    for region in (None, *regions):
        for i, party in enumerate(game.parties):
            everywhere = party.public or not regions
            if everywhere == (region is None):
                places += [(i, part, region) for part in split[party.id] or (None,)]
    if len(places) > MOST_POPULATIONS:
        fields = {"count": len(places), "most": MOST_POPULATIONS}
        raise PageError([Fault("segments.populations", fields)])
    populations = tuple(
        Population(
            party=i,
            segment=None if part is None else part.id,
            region=None if region is None else region.id,
            weight=(1.0 if part is None else part.weight) * (1.0 if region is None else region.weight),
        )
        for i, part, region in places
    )
    met = list(_meetings(places, tuple(regions) or (None,), len(game.parties)))
    weights = np.array([_weight(places, meeting, region) for meeting, region in met])
    values: dict[str, NDArray[np.float64]] = {}
    for match, (meeting, region) in enumerate(met):
        for part in (region, *(places[k][1] for k in meeting)):
            for symbol, value in ({} if part is None else part.values).items():
                own = values.setdefault(symbol, np.full(len(met), np.nan))
                if not np.isnan(own[match]):
                    raise PageError([Fault("scenario.override_twice", {"symbol": symbol})])
                own[match] = value
    return Matches(
        populations=populations,
        members=np.array([meeting for meeting, _ in met], dtype=np.int64),
        weights=weights / weights.sum() if len(met) > 1 else np.ones(1),
        values={symbol: values[symbol] for symbol in game.parameters if symbol in values},
    )


def _faults(game: Game, segments: Sequence[Segment], regions: Sequence[Region]) -> Iterator[Fault]:
    """Yield what a checked page cannot have, but a caller of this package may give."""
    totals: dict[str, float] = {}
    parts: tuple[Segment | Region, ...] = (*segments, *regions)
    for part in parts:
        group = "regions"
        if isinstance(part, Segment):
            group = game.parties[find_party(game.parties, part.party)].id
        if not 0.0 < part.weight <= 1.0:
            yield Fault("scenario.weight", {"value": part.weight}, key=part.id)
        totals[group] = totals.get(group, 0.0) + part.weight
        for fault in value_faults(game.parameters, part.values):
            yield fault.at(key=part.id)
    for group, total in totals.items():
        if abs(total - 1.0) > WEIGHT_TOLERANCE:
            yield Fault("scenario.weights", {"group": group, "total": total})


Place = tuple[int, Segment | None, Region | None]


def _meetings(
    places: Sequence[Place], regions: Sequence[Region | None], parties: int
) -> Iterator[tuple[tuple[int, ...], Region | None]]:
    """Every choice of one population per party that can meet, with the region where it does."""
    for region in regions:
        choices = [
            [k for k, (party, _, home) in enumerate(places) if party == i and (home is None or home is region)]
            for i in range(parties)
        ]
        for meeting in itertools.product(*choices):
            yield meeting, region


def _weight(places: Sequence[Place], meeting: Sequence[int], region: Region | None) -> float:
    weight = 1.0 if region is None else region.weight
    for k in meeting:
        part = places[k][1]
        weight *= 1.0 if part is None else part.weight
    return weight
