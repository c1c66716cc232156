"""Populations and their names: a party, or a segment or region of one, and how a profile of all of them is written.

A profile has one digit per population. Where parties are split, ``|`` stands between blocks: with segments a block is
a party (``1|1|110|1``: all but the third segment of the third party play index 1); with regions the first block is
what all regions share, usually the government, and then each region has one (``1|111|000``).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gamebook.errors import InputError
from payoffs.parties import Party
from payoffs.scenario import Scenario
from payoffs.segments import Matches
from payoffs.texts import Text
from solvers.arrays import Floats

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class PartyNames:
    """How a party is called."""

    id: str
    symbol: str
    name: Text
    share: str
    strategies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Population(PartyNames):
    """Members of a party that decide alike, on one axis of the arrays; its names are those of the party unless split.

    Attributes
    ----------
    id, symbol, name, share : of the population, such as ``worker_foundation``, ``W_foundation``, ``x_W_foundation``
    party : position of its party
    segment, region : ids; None where the party is not split that way
    weight : share of the party's members that belong to it
    block : in profiles, populations of one block stand together
    """

    party: int
    segment: str | None = None
    region: str | None = None
    weight: float = 1.0
    block: int = 0

    @property
    def is_part(self) -> bool:
        """Whether it is only a part of its party."""
        return self.segment is not None or self.region is not None


def labels(populations: Sequence[Population], parties: Sequence[PartyNames]) -> list[str]:
    """Short names for tables: the symbol of the party, with a number where it is split.

    Examples
    --------
    >>> names = [PartyNames(s, s, Text(s, s), s, ()) for s in "GF"]
    >>> people = [*whole(names)[:1], *(Population(s, s, Text(s, s), s, (), 1, region=s) for s in "ab")]
    >>> labels(people, names)
    ['G', 'F1', 'F2']
    """
    count: dict[int, int] = {}
    found = []
    for population in populations:
        number = count[population.party] = count.get(population.party, 0) + 1
        symbol = parties[population.party].symbol
        found.append(f"{symbol}{number}" if population.is_part else symbol)
    return found


def party_names(parties: Sequence[Party]) -> tuple[PartyNames, ...]:
    """Names of the parties of a game."""
    return tuple(PartyNames(p.id, p.symbol, p.name, p.share or "", tuple(s.id for s in p.strategies)) for p in parties)


def whole(parties: Sequence[PartyNames]) -> tuple[Population, ...]:
    """Populations of a game whose parties are not split."""
    return tuple(
        Population(party.id, party.symbol, party.name, party.share, party.strategies, i)
        for i, party in enumerate(parties)
    )


def split(parties: Sequence[PartyNames], matches: Matches, scenario: Scenario | None) -> tuple[Population, ...]:
    """Populations of a game, named after party, region and segment."""
    if scenario is None or matches.trivial:
        return whole(parties)
    titles = {(part.party, part.id): part.name for part in scenario.segments}
    places = {region.id: region.name for region in scenario.regions}
    found = []
    for part in matches.populations:
        party = parties[part.party]
        ids = [piece for piece in (part.region, part.segment) if piece is not None]
        names = [] if part.region is None else [places[part.region]]
        names += [] if part.segment is None else [titles[(party.id, part.segment)]]
        block = part.party if not places else 0 if part.region is None else 1 + list(places).index(part.region)
        found.append(
            Population(
                id="_".join([party.id, *ids]),
                symbol="_".join([party.symbol, *ids]),
                name=_joined(party.name, names),
                share="_".join([party.share, *ids]),
                strategies=party.strategies,
                party=part.party,
                segment=part.segment,
                region=part.region,
                weight=part.weight,
                block=block,
            )
        )
    return tuple(found)


def _joined(party: Text, names: Sequence[Text]) -> Text:
    if not names:
        return party
    return Text(f"{party.en} ({', '.join(n.en for n in names)})", f"{party.zh}（{'，'.join(n.zh for n in names)}）")


def written(populations: Sequence[Population], digits: Sequence[str]) -> str:
    """Write one digit (or ``*``, ``~``) per population, with blocks set apart.

    Examples
    --------
    >>> people = [Population("g", "G", Text("g", "g"), "x", (), 0)]
    >>> people += [Population("f", "F", Text("f", "f"), "x", (), 1, region=r, block=b) for b, r in ((1, "a"), (2, "b"))]
    >>> written(people, "110")
    '1|1|0'
    """
    pairs = zip((population.block for population in populations), digits, strict=True)
    blocks = itertools.groupby(pairs, key=lambda pair: pair[0])
    together = ["".join(digit for _, digit in block) for _, block in blocks]
    is_split = any(population.is_part for population in populations)
    return (SEPARATOR if is_split else "").join(together)


def profile_name(populations: Sequence[Population], shares: Floats) -> str:
    """Write the profile at shares of all populations; ``~`` stands for a share strictly between 0 and 1."""
    return written(populations, ["0" if x == 0.0 else "1" if x == 1.0 else "~" for x in shares])


def read_profile(populations: Sequence[Population], words: str) -> tuple[int, ...]:
    """Read a profile: a digit per population, with or without separators, or a digit per party for all of its members.

    Raises
    ------
    InputError
        If it is neither.

    Examples
    --------
    >>> people = whole([PartyNames(s, s, Text(s, s), s, ("0", "1")) for s in "FW"])
    >>> read_profile(people, "10")
    (1, 0)
    """
    digits = [digit for digit in words if digit not in f"{SEPARATOR} "]
    parties = 1 + max(population.party for population in populations)
    if len(digits) == parties < len(populations) and SEPARATOR not in words:
        digits = [digits[population.party] for population in populations]
    if len(digits) != len(populations) or not set(digits) <= {"0", "1"}:
        first = written(populations, "1" * len(populations))
        raise InputError("input.profile", profile=words, example=first, count=len(populations))
    return tuple(int(digit) for digit in digits)


def party_means(populations: Sequence[Population], values: ArrayLike) -> Floats:
    """Shares, or payoffs, of whole parties: means over their populations by weight; shape (..., party)."""
    x = np.asarray(values, dtype=np.float64)
    parties = 1 + max(population.party for population in populations)
    if parties == len(populations):
        return x
    weights = np.zeros((len(populations), parties))
    for k, population in enumerate(populations):
        weights[k, population.party] = population.weight
    found: Floats = x @ (weights / weights.sum(axis=0))
    return found


def positions(populations: Sequence[Population], parties: Sequence[PartyNames], symbol: str) -> tuple[int, ...]:
    """Positions that the symbol of a share stands for: one population's own, or all of a party's; empty if unknown."""
    own = tuple(k for k, population in enumerate(populations) if population.share == symbol)
    return own or tuple(k for k, p in enumerate(populations) if parties[p.party].share == symbol)


def known_shares(populations: Sequence[Population], parties: Sequence[PartyNames]) -> list[str]:
    """All symbols of shares that can be asked for."""
    return list(dict.fromkeys([*(party.share for party in parties), *(p.share for p in populations)]))
