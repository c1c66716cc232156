"""In which share of joint draws of the unknowns a verdict holds.

What is unknown is drawn independently and uniformly within a part of its value, and set to the nearest bound of its
page where that lies nearer. The draws are independently scrambled Sobol sets; the spread of their means gives the
interval, as for basins. Every width uses the same points of the unit cube.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gamebook.book import Case
from gamebook.errors import InputError
from payoffs.game import Game
from payoffs.segments import matches
from solvers.arrays import Booleans, Floats
from solvers.basins import BasinShare, interval

SETS = 8
QUICK, THOROUGH = 512, 4096
"""Draws per set, for one line of ``solve`` and for ``robust``."""
WIDTH = 0.2
WIDTHS = (0.1, 0.2, 0.3)
METHOD = "independent uniform draws, 8 scrambled Sobol sets, t interval of 95 % over the sets"


@dataclass(frozen=True, slots=True, eq=False)
class DrawShare:
    """How often something holds.

    Attributes
    ----------
    share : of the draws, with a 95 % interval
    open : share of the draws where ties leave it open, or a derived quantity is out of range; it does not hold there
    """

    share: BasinShare
    open: float


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Joint draws of the unknowns.

    Attributes
    ----------
    symbols : of the unknowns
    centre : their values in the case
    within : part of its value that each may deviate
    sets : number of independent sets
    values : shape (sets * draws per set, unknowns)
    clipped : share of the draws in which a bound cut off at least one value
    """

    symbols: tuple[str, ...]
    centre: Floats
    within: float
    sets: int
    values: Floats
    clipped: float

    def share(self, holds: NDArray[np.int8]) -> DrawShare:
        """Share of the draws in which something holds, given as 1 yes, 0 no, -1 open for every draw."""
        return share_of(holds, self.sets)


def share_of(holds: NDArray[np.int8], sets: int) -> DrawShare:
    """How often something holds over independent sets of draws; 1 yes, 0 no, -1 open for every draw, set after set.

    Examples
    --------
    >>> share_of(np.array([1, 1, 0, 1], np.int8), 2).share.share
    0.75
    """
    per_set = (holds == 1).reshape(sets, -1).mean(axis=1)
    return DrawShare(interval(per_set, holds.size), float((holds < 0).mean()))


def unknowns(case: Case, settings: Mapping[str, float], instruments: Sequence[str]) -> tuple[str, ...]:
    """Symbols of the parameters that are drawn: uncertain, not zero, in a formula, of the base game or a tool in force.

    Parameters
    ----------
    settings : value of every parameter
    instruments : ids of those in force
    """
    found = matches(case.game) if case.scenario is None else matches(
        case.game, case.scenario.segments, case.scenario.regions
    )  # fmt: skip
    named = _named(case.game)
    everywhere = {symbol for symbol, row in found.values.items() if not np.isnan(row).any()}
    return tuple(
        symbol
        for symbol, parameter in case.game.parameters.items()
        if parameter.uncertain
        and settings[symbol] != 0.0
        and (parameter.instrument is None or parameter.instrument in instruments)
        and symbol not in everywhere
        and symbol in named
    )


def _named(game: Game) -> frozenset[str]:
    """Names in any formula of the game; a parameter that is in none cannot matter."""
    formulas = [entry.amount for entry in game.entries] + [entry.when for entry in game.entries]
    for quantity in game.derived.values():
        formulas += [quantity.base, *(formula for _, formula in (*quantity.terms, *quantity.factors))]
    formulas += [formula for cell in (game.cells or {}).values() for formula in cell]
    formulas += [formula for tool in game.instruments for formula in tool.share_factors.values()]
    return frozenset().union(*(formula.names for formula in formulas))


def unit_points(count: int, dimensions: int, *, sets: int = SETS, seed: int = 0) -> Floats:
    """Scrambled Sobol points, set after set; shape (sets * count, dimensions)."""
    from scipy.stats import qmc

    rng = np.random.default_rng(seed)
    engines = [qmc.Sobol(dimensions, scramble=True, rng=child) for child in rng.spawn(sets)]
    return np.concatenate([engine.random(count) for engine in engines])


def joint_draws(
    case: Case,
    settings: Mapping[str, float],
    symbols: Sequence[str],
    points: Floats,
    *,
    within: float,
    sets: int = SETS,
) -> Draws:
    """Turn points of the unit cube into values within a part of those in use, cut to the bounds.

    Raises
    ------
    InputError
        If the part is not in (0, 1].
    """
    if not 0.0 < within <= 1.0:
        raise InputError("robust.within", value=f"{within:g}")
    known = [case.game.parameters[symbol] for symbol in symbols]
    centre = np.array([settings[symbol] for symbol in symbols], dtype=np.float64)
    low, high = np.array([each.low for each in known]), np.array([each.high for each in known])
    free = centre * (1.0 + within * (2.0 * points - 1.0))
    values = np.clip(free, low, high)
    cut: Booleans = (values != free).any(axis=1)
    return Draws(tuple(symbols), centre, within, sets, values, float(cut.mean()))

