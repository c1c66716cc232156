"""What a store holds, in short: how many points have which verdict, and where along each axis the verdict changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gamebook.sweeps.definition import OUTSIDE, POINT_STATUSES, STATUS
from gamebook.sweeps.estimate import Estimate
from gamebook.sweeps.layout import Block
from gamebook.sweeps.measures import Array
from gamebook.sweeps.points import DRAW
from gamebook.sweeps.store import Store, read_identity
from solvers.arrays import Floats
from solvers.batches.results import profiles_of

OPEN, NO, STABLE, CERTAIN = -1, 0, 1, 2
CLASSES = {CERTAIN: "certain", STABLE: "stable", NO: "no", OPEN: "open"}
"""Coordination at a point: the strongest that holds; ``open`` where ties decide whether it is stable."""
ABSENT = -2
NUMBERS = ("margin", "outlay", "burden", "basin", "years", "critical_mass")
"""Measures whose means stand along the axes, as far as they are stored: one number each, at coordination."""
MOST_LOOKED_AT = 2**28
"""Points beyond which changes along the axes are not looked for: the verdicts would fill the memory."""


@dataclass(frozen=True, slots=True)
class Regime:
    """Points that share their evolutionarily stable profiles and their sink components.

    Attributes
    ----------
    ess : evolutionarily stable pure profiles
    sinks : number of sink components; None if they were not asked for
    cycling : pure profiles in sink components of more than one
    points : how many
    """

    ess: tuple[str, ...]
    sinks: int | None
    cycling: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True, eq=False)
class AlongAxis:
    """What happens along one axis.

    Attributes
    ----------
    name : of the dimension
    values : shape (count,)
    changes : shape (count - 1,), on how many lines along the axis the verdict changes from one value to the next
    lines : how many lines there are
    classes : class of coordination -> shape (count,), part of the points with that value that have it
    means : measure -> shape (count,), mean over the points with that value; NaN where none has a number
    """

    name: str
    values: Floats
    changes: NDArray[np.int64]
    lines: int
    classes: Mapping[str, Floats]
    means: Mapping[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Cheapest:
    """The point with the smallest public outlay at coordination among those where coordination is the only sink.

    Attributes
    ----------
    place : value on every dimension
    outlay : there, in the game's unit
    """

    place: Mapping[str, float]
    outlay: float


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """A store in short.

    Attributes
    ----------
    path, identity : of the store
    points, stored : how many there are, and how many of them are in blocks that are done
    statuses : points by status
    regimes : most frequent first
    coordination : points by class; empty if the game names no such profile or it was not asked for
    along : one record per dimension; empty for very large stores
    cheapest : None where no point has coordination as its only sink, or outlays are not stored
    measures : name -> title in both languages and unit
    checksum : of all blocks; None while some are missing
    """

    path: Path
    identity: Mapping[str, Any]
    points: int
    stored: int
    statuses: Mapping[str, int]
    regimes: tuple[Regime, ...]
    coordination: Mapping[str, int]
    along: tuple[AlongAxis, ...]
    cheapest: Cheapest | None
    measures: Mapping[str, tuple[str, str, str]]
    checksum: str | None

    @property
    def all_decided(self) -> bool:
        """Whether every point is stored and was solved completely, or refused by the pages."""
        return self.stored == sum(self.statuses.get(name, 0) for name in ("complete", OUTSIDE)) == self.points

    def to_json(self) -> dict[str, object]:
        """Return the summary as data."""
        return {
            "schema": "gamebook/sweep-summary/1",
            "store": str(self.path),
            **{key: self.identity[key] for key in ("target", "game", "values", "given", "start", "axes", "sampling")},
            "points": self.points,
            "stored": self.stored,
            "statuses": dict(self.statuses),
            "coordination": dict(self.coordination),
            "regimes": [
                {"ess": each.ess, "sink_components": each.sinks, "cycling": each.cycling, "points": each.points}
                for each in self.regimes
            ],
            "along": [
                {
                    "axis": each.name,
                    "lines": each.lines,
                    "changes": [
                        {"from": float(each.values[i]), "to": float(each.values[i + 1]), "lines": int(count)}
                        for i, count in enumerate(each.changes.tolist())
                        if count
                    ],
                    "means": {name: _plain(values) for name, values in each.means.items()},
                    "values": each.values.tolist(),
                }
                for each in self.along
            ],
            "cheapest": None
            if self.cheapest is None
            else {"at": dict(self.cheapest.place), "outlay": self.cheapest.outlay},
            "measures": list(self.measures),
            "checksum": self.checksum,
            "made_with": {key: self.identity[key] for key in ("gamebook", "code_sha256", "numpy", "numba", "platform")},
        }


def _plain(values: Floats) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]


class _Counts:
    """What is counted block by block."""

    def __init__(self, store: Store) -> None:
        self.store, self.layout = store, store.layout
        self.names = store.names()
        self.kinds = [name for name in ("ess", "sink_components", "sink_profiles") if name in self.names]
        self.goals = [name for name in ("coordination_stable", "coordination_certain") if name in self.names]
        self.numbers = [name for name in NUMBERS if name in self.names]
        self.statuses: Counter[str] = Counter()
        self.regimes: Counter[tuple[int, ...]] = Counter()
        self.classes: Counter[str] = Counter()
        self.stored = 0
        self.verdicts = np.full(self.layout.points if self.layout.points <= MOST_LOOKED_AT else 0, ABSENT, np.int16)
        self.numbered: dict[tuple[int, ...], int] = {}
        self.sums = {name: [np.zeros((2, size)) for size in self.layout.shape] for name in self.numbers}
        self.least: tuple[float, int] | None = None

    def add(self, block: Block) -> None:
        """Count a block."""
        arrays = self.store.grid(block, [STATUS, *self.kinds, *self.goals, *self.numbers])
        self.stored += block.points
        good = arrays[STATUS] != POINT_STATUSES.index(OUTSIDE)
        self.statuses.update(_counted(arrays[STATUS], POINT_STATUSES))
        if self.kinds:
            _count_rows(self.regimes, [arrays[name][good] for name in self.kinds])
        if self.goals:
            judged = _class_of({name: arrays[name] for name in self.goals})
            self.classes.update({CLASSES[k]: int((judged[good] == k).sum()) for k in CLASSES})
            if len(self.verdicts):
                self.verdicts[block.start : block.stop] = np.where(good, judged, ABSENT)
        elif self.kinds and len(self.verdicts):
            self.verdicts[block.start : block.stop] = np.where(good, self._regime_numbers(arrays), ABSENT)
        # Several numbers per point begin with the one at coordination, or with the share itself.
        numbers = {name: arrays[name].reshape(block.points, -1)[:, 0] for name in self.numbers}
        self._add_means(block, numbers)
        if "coordination_certain" in self.goals and "outlay" in numbers:
            self._look_for_less(block, np.where(arrays["coordination_certain"] == 1, numbers["outlay"], np.inf))

    def _regime_numbers(self, arrays: Mapping[str, Array]) -> NDArray[np.int16]:
        """Number of the regime of every point, for games that name no coordination."""
        table = np.stack([arrays[name].astype(np.uint64) for name in self.kinds], axis=-1)
        rows, which = np.unique(table, axis=0, return_inverse=True)
        numbers = [self.numbered.setdefault(tuple(row), len(self.numbered)) for row in rows.tolist()]
        return np.array(numbers, dtype=np.int16)[which.reshape(-1)]

    def _add_means(self, block: Block, numbers: Mapping[str, Floats]) -> None:
        where = np.unravel_index(np.arange(block.start, block.stop), self.layout.shape)
        for name, values in numbers.items():
            known = np.isfinite(values)
            for sums, index in zip(self.sums[name], where, strict=True):
                sums[0] += np.bincount(index[known], values[known], minlength=sums.shape[1])
                sums[1] += np.bincount(index[known], minlength=sums.shape[1])

    def _look_for_less(self, block: Block, outlays: Floats) -> None:
        place = int(np.argmin(outlays))
        found = float(outlays[place])
        if np.isfinite(found) and (self.least is None or found < self.least[0]):
            self.least = found, block.start + place

    def cheapest(self) -> Cheapest | None:
        """The point with the smallest outlay among those that count."""
        if self.least is None:
            return None
        where = np.unravel_index(self.least[1], self.layout.shape)
        place = {name: float(values[i]) for (name, values), i in zip(self.store.axes(), where, strict=True)}
        for symbol, values in self.store.drawn().items():
            place[symbol] = float(values[where[-1]])
        return Cheapest(place, self.least[0])

    def along(self) -> tuple[AlongAxis, ...]:
        """What happens along each axis."""
        if not (self.goals or self.kinds) or not len(self.verdicts):
            return ()
        found = []
        verdicts = self.verdicts.reshape(self.layout.shape)
        for k, (name, values) in enumerate(self.store.axes()):
            if name == DRAW:
                continue
            moved = np.moveaxis(verdicts, k, 0).reshape(len(values), -1)
            here, there = moved[:-1], moved[1:]
            changes = ((here != there) & (here != ABSENT) & (there != ABSENT)).sum(axis=1)
            known = np.maximum(1, (moved != ABSENT).sum(axis=1))
            named = CLASSES if self.goals else {}
            parts = {word: (moved == code).sum(axis=1) / known for code, word in named.items()}
            with np.errstate(invalid="ignore"):
                means = {number: sums[k][0] / sums[k][1] for number, sums in self.sums.items()}
            found.append(AlongAxis(name, values, changes, moved.shape[1], parts, means))
        return tuple(found)


def summarise(path: str | Path) -> Summary:
    """Read a store and count.

    Raises
    ------
    InputError
        If it is no store of this version.
    """
    path = Path(path)
    identity, store = read_identity(path), Store.reading(path)
    counts, marked = _Counts(store), store.marked()
    for block in store.layout.blocks():
        if block.number in marked:
            counts.add(block)
    players = len(identity["players"]) if isinstance(identity["players"], list) else 0
    return Summary(
        path=path,
        identity=identity,
        points=store.layout.points,
        stored=counts.stored,
        statuses=dict(counts.statuses),
        regimes=_regimes(counts.regimes, counts.kinds, players),
        coordination={name: count for name, count in counts.classes.items() if count},
        along=counts.along(),
        cheapest=counts.cheapest(),
        measures=store.titles(),
        checksum=store.checksum(),
    )


def _class_of(arrays: Mapping[str, Array]) -> NDArray[np.int8]:
    stable = arrays.get("coordination_stable")
    certain = arrays.get("coordination_certain")
    found = np.zeros(len(next(iter(arrays.values()))), np.int8) if stable is None else stable.astype(np.int8)
    if certain is not None:
        found[certain == 1] = CERTAIN
    return found


def _counted(codes: Array, names: Sequence[str]) -> dict[str, int]:
    numbers, counts = np.unique(codes, return_counts=True)
    return {names[number]: count for number, count in zip(numbers.tolist(), counts.tolist(), strict=True)}


def _count_rows(counter: Counter[tuple[int, ...]], columns: Sequence[Array]) -> None:
    table = np.stack([column.astype(np.uint64) for column in columns], axis=-1)
    order = np.lexsort(table.T)
    table = table[order]
    if not len(table):
        return
    first = np.concatenate([[True], (table[1:] != table[:-1]).any(axis=1)])
    starts = np.flatnonzero(first)
    lengths = np.diff([*starts.tolist(), len(table)])
    counter.update({tuple(row): n for row, n in zip(table[starts].tolist(), lengths.tolist(), strict=True)})


def _regimes(counts: Counter[tuple[int, ...]], kinds: Sequence[str], players: int) -> tuple[Regime, ...]:
    found = []
    for row, points in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        own = dict(zip(kinds, row, strict=True))
        ess, sinks = own.get("ess", 0), own.get("sink_profiles", 0)
        cycling = sinks & ~ess if "ess" in own else 0
        found.append(Regime(_names(ess, players), own.get("sink_components"), _names(cycling, players), points))
    return tuple(found)


def _names(word: int, players: int) -> tuple[str, ...]:
    return tuple("".join(map(str, profile)) for profile in profiles_of(word, players))


def estimate_json(found: Estimate) -> dict[str, object]:
    """Return an estimate as data."""
    return {
        "schema": "gamebook/sweep-estimate/1",
        "points": found.points,
        "blocks": found.blocks,
        "bytes": found.bytes,
        "seconds": found.seconds,
        "points_tried": found.tried,
    }
