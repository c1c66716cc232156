"""The measures that the program brings: equilibria, the verdict on coordination, payoffs and money."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gamebook.populations import labels
from gamebook.problem import Problem
from gamebook.sweeps.blocks import Depth, PointBlock
from gamebook.sweeps.costly_measures import COSTLY
from gamebook.sweeps.measures import Array, Compute, Inner, Measure, no_inner, per_state
from gamebook.texts.sweep_measures import MEASURES, UNITS_OF_MEASURES
from payoffs.texts import Text
from solvers.arrays import Booleans, Floats

MONEY = ("welfare", "outlay", "revenue", "burden", "net_cost", "fund_balance")
MATCHED = "matched"
OPEN = -1
"""Stands for an answer that ties leave open."""


def _inner_population(problem: Problem) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (*per_state(problem), ("population", tuple(labels(problem.populations, problem.parties))))


def _inner_profile(problem: Problem) -> tuple[tuple[str, tuple[str, ...]], ...]:
    players = len(problem.free)
    return (("profile", tuple(f"{s:0{players}b}" for s in range(1 << players))),)


def _profiles(words: NDArray[np.uint64], players: int) -> Array:
    return words.astype(f"u{max(8, 1 << players) // 8}")


def _ess(block: PointBlock) -> Array:
    return _profiles(block.sets.strict, len(block.problem.free))


def _pure_nash(block: PointBlock) -> Array:
    return _profiles(block.sets.nash, len(block.problem.free))


def _count(block: PointBlock, rows: Booleans) -> Array:
    return np.bincount(block.found.game[rows], minlength=len(block)).astype(np.uint16)


def _rest_points(block: PointBlock) -> Array:
    return np.diff(block.found.offsets).astype(np.uint16)


def _nash(block: PointBlock) -> Array:
    return _count(block, block.found.nash)


def _continua(block: PointBlock) -> Array:
    return np.minimum(block.found.component_counts, 255).astype(np.uint8)


STABILITY_BITS, NASH, STRICT, VERIFIED, TIED = 7, 8, 16, 32, 64
NOT_ISOLATED = 255


def _codes(block: PointBlock) -> NDArray[np.uint8]:
    found = block.found
    marks = found.stability.astype(np.uint8)
    for bit, flags in ((NASH, found.nash), (STRICT, found.strict), (VERIFIED, found.verified), (TIED, found.ties)):
        marks |= np.uint8(bit) * flags.astype(np.uint8)
    return marks


def _vertices(block: PointBlock) -> Array:
    """Code of every pure profile as a rest point, and the mixed rest points as rows of their own."""
    found = block.found
    codes = np.full((len(block), 1 << found.players), NOT_ISOLATED, np.uint8)
    pure = found.mixing == 0
    place = np.zeros(int(pure.sum()), np.int64)
    for player in range(found.players):
        place += found.shares[pure, player].astype(np.int64) << (found.players - 1 - player)
    codes[found.game[pure], place] = _codes(block)[pure]
    return codes


def _mixed(block: PointBlock) -> Array:
    return _count(block, block.found.mixing > 0)


def _mixed_rows(block: PointBlock) -> dict[str, Array]:
    """Mixed rest points, point after point: shares, face, code, and how far the shares can be off."""
    found = block.found
    rows = found.mixing > 0
    return {
        "mixed_shares": found.shares[rows],
        "mixed_face": found.face[rows],
        "mixed_code": _codes(block)[rows],
        "mixed_radius": found.radius[rows].astype(np.float32),
    }


def _sink_count(block: PointBlock) -> Array:
    return np.diff(block.sets.sink_offsets).astype(np.uint8)


def _sink_profiles(block: PointBlock) -> Array:
    """All profiles of all sink components."""
    total = np.zeros(len(block), np.uint64)
    np.bitwise_or.at(total, np.repeat(np.arange(len(block)), np.diff(block.sets.sink_offsets)), block.sets.sinks)
    return _profiles(total, len(block.problem.free))


def _sink_rows(block: PointBlock) -> dict[str, Array]:
    return {"sinks": _profiles(block.sets.sinks, len(block.problem.free))}


def _goal(block: PointBlock) -> tuple[int, ...]:
    goal = block.problem.coordination
    assert goal is not None  # the measures of coordination are only offered where there is one
    return goal


def _stable(block: PointBlock) -> Array:
    return block.sets.stable


def _margin(block: PointBlock) -> Array:
    losses: Floats = block.losses(_goal(block)).min(axis=1)
    return losses


def _survives_exit(block: PointBlock) -> Array:
    """Whether all others would go on with the public parties passive; -1 if none of these is free."""
    problem, goal = block.problem, _goal(block)
    leaving = [own for own, i in enumerate(problem.free) if i in problem.public]
    staying = [own for own in range(len(goal)) if own not in leaving]
    if not leaving or not staying:
        return np.full(len(block), OPEN, np.int8)
    losses = block.losses(tuple(0 if own in leaving else digit for own, digit in enumerate(goal)))
    return np.where((losses[:, staying] > 0.0).all(axis=1), 1, 0).astype(np.int8)


def _certain(block: PointBlock) -> Array:
    return block.sets.certain


def _payoffs(block: PointBlock) -> Array:
    return block.state_payoffs


def _figure(name: str) -> Callable[[PointBlock], Array]:
    return lambda block: block.figures[name]


def _per_matched(block: PointBlock) -> Array:
    matched = block.figures[MATCHED]
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(matched > 0.0, block.figures["outlay"] / matched, np.nan)
    return found


def _mismatch(block: PointBlock) -> Array:
    found: Floats = 1.0 - block.figures[MATCHED]
    return found


def _measure(name: str, depth: Depth, dtype: str, compute: Compute, inner: Inner = no_inner) -> Measure:
    title, meaning = MEASURES[name]
    return Measure(
        name, Text(*title), Text(*meaning), UNITS_OF_MEASURES[name], depth, dtype, compute, inner, group=depth
    )


_EQUILIBRIA = (
    _measure("ess", "pure", "profiles", _ess),
    _measure("pure_nash", "pure", "profiles", _pure_nash),
    replace(_measure("sink_components", "pure", "uint8", _sink_count), ragged=_sink_rows),
    _measure("sink_profiles", "pure", "profiles", _sink_profiles),
    _measure("rest_points", "rest", "uint16", _rest_points),
    _measure("nash", "rest", "uint16", _nash),
    _measure("continua", "rest", "uint8", _continua),
    replace(_measure("vertices", "rest", "uint8", _vertices, _inner_profile), blank=NOT_ISOLATED),
    replace(_measure("mixed", "rest", "uint16", _mixed), ragged=_mixed_rows),
)
_VERDICT = (
    _measure("coordination_stable", "pure", "int8", _stable),
    _measure("coordination_certain", "pure", "int8", _certain),
    _measure("survives_exit", "pure", "int8", _survives_exit),
    _measure("margin", "pure", "float64", _margin),
)
_PAYOFFS = _measure("payoffs", "payoffs", "float64", _payoffs, _inner_population)
_MONEY = tuple(
    replace(_measure(name, "payoffs", "float64", _figure(name), per_state), figures=(name,)) for name in MONEY
)
_PER_MATCHED = replace(
    _measure("outlay_per_matched", "payoffs", "float64", _per_matched, per_state), figures=("outlay", MATCHED)
)
_MISMATCH = replace(_measure("mismatch", "payoffs", "float64", _mismatch, per_state), figures=(MATCHED,))
_ALL = (*_EQUILIBRIA, *_VERDICT, _PAYOFFS, *_MONEY, _PER_MATCHED, _MISMATCH, *COSTLY.values())
BUILT_IN = frozenset({"status", *(each.name for each in _ALL)})
MONEY_GROUP = "money"


def measures_for(problem: Problem, unit: str, of_game: Mapping[str, tuple[Text, str]]) -> dict[str, Measure]:
    """Measures of the program that exist for a problem, by name.

    Parameters
    ----------
    unit : in which the game counts payoffs
    of_game : title and unit of the measures of the game's page, by id
    """
    found = [*_EQUILIBRIA, *(_VERDICT if problem.coordination is not None else ())]
    money = [_PAYOFFS]
    if problem.accounts is not None:
        money += [*_MONEY, *((_PER_MATCHED, _MISMATCH) if MATCHED in of_game else ())]
        money += [_of_game(name, title, own) for name, (title, own) in of_game.items()]
    found += [replace(each, group=MONEY_GROUP) for each in money]
    if problem.coordination is not None:
        found += COSTLY.values()
    return {each.name: replace(each, unit=unit) if each.unit == "payoff" else each for each in found}


def _of_game(name: str, title: Text, unit: str) -> Measure:
    """A measure of the game's page, expected at the states."""
    return Measure(name, title, title, unit, "payoffs", "float64", _figure(name), per_state, figures=(name,))
