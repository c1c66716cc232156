"""A sweep as it is computed: points, measures, what it is word for word, and the arrays of any of its blocks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.populations import labels
from gamebook.problem import Problem, case_problem, check_effect
from gamebook.provenance import provenance
from gamebook.refusals import refuse_unsolvable
from gamebook.sweeps.array_verdicts import array_library
from gamebook.sweeps.axes import Axis, AxisSpace
from gamebook.sweeps.blocks import Depth, point_block
from gamebook.sweeps.layout import BLOCK_POINTS, Block, Layout
from gamebook.sweeps.measures import Array, Measure, available, chosen, depth_of, missing
from gamebook.sweeps.payoffs import PayoffSource, matches_of, weighted_parts
from gamebook.sweeps.points import DRAW, Draws, Points, dimension
from gamebook.sweeps.store import Column
from solvers.arrays import Floats
from solvers.batches.equilibria import MOST_PLAYERS
from solvers.batches.results import STATUSES

STATUS = "status"
OUTSIDE = "outside"
POINT_STATUSES = (*STATUSES, OUTSIDE)
"""What ``status`` holds, by number: of the solution, or that the pages refuse the point."""
PATH_POINTS = 256
"""Points per block where paths are followed: a block takes a minute at most."""
SHOWN_VALUES = 16
"""Longer axes stand in the identity by their ends and a fingerprint."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """A sweep of a case.

    Attributes
    ----------
    case, problem : what is swept, without what varies
    set_values : values that were set beside the case's
    points : where
    measures : what is kept
    layout : how the points are cut into blocks
    seed : of whatever is sampled
    sampling : how the draws were made, word for word; None without draws
    device : where pure equilibria are worked out; no part of what the sweep is, since the bits are the same
    """

    case: Case
    problem: Problem
    set_values: Mapping[str, float]
    points: Points
    measures: tuple[Measure, ...]
    layout: Layout
    seed: int
    sampling: Mapping[str, object] | None = None
    device: str = "cpu"

    @property
    def depth(self) -> Depth:
        """How much is solved."""
        return depth_of(self.measures)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Arrays of the store."""
        attributes = (("units", "code"), ("flag_values", list(range(len(POINT_STATUSES)))))
        named = ("flag_meanings", " ".join(status.replace(" ", "_") for status in POINT_STATUSES))
        status = Column(STATUS, "uint8", (), (*attributes, named))
        return (status, *(each.column(self.problem) for each in self.measures))

    @cached_property
    def coordinates(self) -> dict[str, tuple[str, Floats]]:
        """Values along the dimensions of the store; those of drawn parameters lie along the draws."""
        names = self.points.dimensions
        found = {name: (name, axis.values) for name, axis in zip(names, self.points.axes, strict=False)}
        if self.points.draws is not None:
            drawn = self.points.draws
            found |= {
                dimension(symbol, self.points.taken): (names[-1], np.ascontiguousarray(drawn.values[:, k]))
                for k, symbol in enumerate(drawn.symbols)
            }
        return found

    @cached_property
    def identity(self) -> dict[str, object]:
        """What the sweep is: two sweeps with the same give the same bits."""
        problem = self.problem
        made_with = provenance(digest=None)
        names = labels(problem.populations, problem.parties)
        return {
            "target": self.case.target,
            "game": self.case.game.id,
            "pages": self.case.digest,
            "values": dict(sorted(self.set_values.items())),
            "given": {problem.populations[i].share: x for i, x in problem.given.items()},
            "players": [names[i] for i in problem.free],
            "coordination": None if problem.coordination is None else "".join(map(str, problem.coordination)),
            "start": {each.share: float(x) for each, x in zip(problem.populations, problem.start, strict=True)},
            "axes": {axis.name: _axis_identity(axis) for axis in self.points.axes},
            "sampling": None if self.sampling is None else dict(self.sampling),
            "measures": [each.name if each.own is None else f"{each.name} {each.own}" for each in self.measures],
            "seed": self.seed,
            "block": self.layout.most_points,
            **{key: made_with[key] for key in ("gamebook", "code_sha256", "numpy", "scipy", "numba", "platform")},
        }

    @cached_property
    def source(self) -> PayoffSource:
        """Where payoffs come from."""
        varied = self.points.varied
        settings = {symbol: value for symbol, value in self.problem.settings.items() if symbol not in varied}
        wanted = dict.fromkeys(figure for each in self.measures for figure in each.figures)
        every = {**{symbol: self.problem.settings[symbol] for symbol in varied}, **settings}
        return PayoffSource(self.case, self.problem, self.points, every, tuple(wanted))

    def compute(self, block: Block) -> tuple[dict[str, Array], dict[str, Array]]:
        """Compute all arrays of a block, shape (points, ...), and its ragged ones."""
        found, good = point_block(
            self.source, block.start, block.stop, self.points.starts(block), depth=self.depth, seed=self.seed,
            device=self.device,
        )  # fmt: skip
        status = np.full(block.points, POINT_STATUSES.index(OUTSIDE), np.uint8)
        status[good] = found.status
        arrays, ragged = {STATUS: status}, dict[str, Array]()
        for each, column in zip(self.measures, self.columns[1:], strict=True):
            own = _checked(each, np.asarray(each.compute(found)), column, len(found))
            arrays[each.name] = own if good.all() else _scattered(own, good, column.dtype, each.blank)
            if each.ragged is not None:
                ragged.update(each.ragged(found))
        return arrays, ragged


def _checked(measure: Measure, values: Array, column: Column, points: int) -> Array:
    """Refuse what a measure of a user's own returns in a shape that is not its column's."""
    shape = (points, *(size for _, size in column.inner))
    if values.shape != shape:
        raise InputError("sweep.measure_shape", name=measure.name, shape=values.shape, expected=shape)
    return values.astype(column.dtype, copy=False)


def _scattered(values: Array, good: Array, dtype: str, blank: int | None) -> Array:
    every: Array = np.full((len(good), *values.shape[1:]), missing(dtype) if blank is None else blank, dtype)
    every[good] = values
    return every


def _axis_identity(axis: Axis) -> object:
    if len(axis.values) <= SHOWN_VALUES:
        return axis.values.tolist()
    digest = hashlib.sha256(axis.values.tobytes()).hexdigest()
    return [float(axis.values[0]), float(axis.values[-1]), len(axis.values), digest]


def space_of(case: Case, problem: Problem) -> AxisSpace:
    """What may vary."""
    parties = [party.share for party in problem.parties if party.share]
    shares = (*(each.share for each in problem.populations), *parties)
    return AxisSpace(case.game.parameters, tuple(dict.fromkeys(shares)), problem.settings, weighted_parts(case))


def define(
    case: Case,
    axes: Callable[[AxisSpace], Sequence[Axis]],
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    measures: Sequence[str] | None = None,
    draws: Draws | None = None,
    sampling: Mapping[str, object] | None = None,
    seed: int = 0,
    block: int | None = None,
    device: str = "cpu",
) -> Sweep:
    """State a sweep and check everything about it.

    Parameters
    ----------
    axes : reads them, given what may vary
    values, given, start : as for ``gamebook.solve``
    measures : names or groups; all that cost little if None
    draws, sampling : of uncertain parameters, and how they were made
    block : points per block, if not as many as is usual
    device : "cpu" or "cuda"; the latter for measures that need no more than pure equilibria

    Raises
    ------
    PageError, InputError
        Whatever is wrong.
    """
    problem = case_problem(case, values, given, start)
    if not 1 <= len(problem.free) <= MOST_PLAYERS:
        raise InputError("sweep.populations", count=len(problem.free), most=MOST_PLAYERS)
    read = tuple(axes(space_of(case, problem)))
    _check_once(read, draws, values or {}, problem)
    check_effect(matches_of(case), dict.fromkeys(_varied(read, draws), 0.0))
    # What is off in the case may be switched on by an axis.
    switched_on = {**problem.settings, **_largest(read, draws)}
    refuse_unsolvable(case, switched_on)
    if problem.depends or case.game.depends_on_shares(switched_on):
        raise InputError("sweep.depends", target=case.target)
    of_game = {name: (each.name, each.unit) for name, each in case.game.measures.items()}
    kept = chosen(measures, available(problem, case.game.unit, of_game))
    if array_library(device) is not None and depth_of(kept) not in ("payoffs", "pure"):
        raise InputError("sweep.device_depth", device=device)
    taken = frozenset({STATUS, DRAW, *(name for each in kept for name in (each.name, *dict(each.inner(problem))))})
    points = Points(read, draws, problem.settings, problem.start, _positions(read, problem, case), taken)
    return Sweep(
        case, problem, dict(values or {}), points, kept, Layout(points.shape, block or _usual_block(problem, kept)),
        seed, sampling, device,
    )  # fmt: skip


def _varied(axes: Sequence[Axis], draws: Draws | None) -> list[str]:
    on_axes = [symbol for axis in axes if axis.kind in ("parameter", "bundle") for symbol in axis.symbols]
    return [*on_axes, *(() if draws is None else draws.symbols)]


def _largest(axes: Sequence[Axis], draws: Draws | None) -> dict[str, float]:
    """A value that switches on whatever a parameter that varies can switch on."""
    found = {axis.symbols[0]: float(np.abs(axis.values).max()) for axis in axes if axis.kind == "parameter"}
    if draws is not None:
        found |= {symbol: float(np.abs(draws.values[:, k]).max()) for k, symbol in enumerate(draws.symbols)}
    return found


def _positions(axes: Sequence[Axis], problem: Problem, case: Case) -> dict[str, tuple[int, ...]]:
    return {
        axis.name: problem.positions(axis.name, option="--over", game=case.game.id)
        for axis in axes
        if axis.kind == "start"
    }


def _check_once(axes: Sequence[Axis], draws: Draws | None, values: Mapping[str, float], problem: Problem) -> None:
    """Refuse what is stated twice: on an axis and as a value, a draw or a fixed share."""
    fixed = {problem.populations[i].share for i in problem.given}
    for axis in axes:
        for symbol in axis.symbols:
            if axis.kind != "bundle" and symbol in values:
                raise InputError("sweep.set_and_varied", symbol=symbol, axis=axis.name)
            if symbol in fixed:
                raise InputError("sweep.given_and_varied", symbol=symbol)
            if draws is not None and symbol in draws.symbols:
                raise InputError("sweep.drawn_and_varied", symbol=symbol, axis=axis.name)


def _usual_block(problem: Problem, measures: Sequence[Measure]) -> int:
    if depth_of(measures) == "paths":
        return PATH_POINTS
    players = len(problem.populations)
    cells = players << players
    return BLOCK_POINTS if cells <= 64 else 1 << (BLOCK_POINTS * 64 // cells).bit_length() - 1
