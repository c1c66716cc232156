"""For how long and how fast the paths of a figure run, and what the caption says of it."""

from __future__ import annotations

from dataclasses import dataclass

from gamebook.errors import InputError
from gamebook.figures.scene import Scene
from gamebook.outcome_finder import MOST_REVISION_RATE
from gamebook.path_simulation import MOST_YEARS, simulate
from gamebook.simulation import Simulation
from gamebook.texts import text
from solvers.arrays import Floats

YEARLY_RATE = 0.1
POINTS = 401


@dataclass(frozen=True, slots=True)
class Timing:
    """Horizon in the game's time, revision rate per unit of payoff, and number of recorded times.

    A rate left out is that of ``simulate`` where payoffs are per year, and 1 elsewhere, as articles have it.
    """

    horizon: float = 50.0
    rate: float | None = None
    points: int = POINTS

    def rate_of(self, scene: Scene) -> float:
        """Revision rate for a case."""
        return self.rate if self.rate is not None else YEARLY_RATE if scene.is_yearly else 1.0

    def words(self, scene: Scene) -> list[str]:
        """Part of a caption."""
        step = f"{self.horizon / (self.points - 1):g}"
        code = "plot.horizon_years" if scene.is_yearly else "plot.horizon"
        return [text(code, scene.lang, horizon=f"{self.horizon:g}", step=step, rate=f"{self.rate_of(scene):g}")]


def check_timing(timing: Timing) -> None:
    """Refuse a horizon or rate at which nothing moves, or that no path is followed for.

    Raises
    ------
    InputError
        With what is allowed.
    """
    if not 0.0 < timing.horizon <= MOST_YEARS:
        raise InputError("plot.horizon_range", value=f"{timing.horizon:g}", most=f"{MOST_YEARS:g}")
    if timing.rate is not None and not 0.0 < timing.rate <= MOST_REVISION_RATE:
        raise InputError("plot.rate_range", value=f"{timing.rate:g}", most=f"{MOST_REVISION_RATE:g}")


def simulated(
    scene: Scene,
    timing: Timing,
    *,
    values: dict[str, float] | None = None,
    start: dict[str, float] | None = None,
    starts: Floats | None = None,
    grid: int | None = None,
) -> Simulation:
    """Follow the paths of a figure, with further changes to what the scene sets."""
    begin = None if starts is not None or grid is not None else {**scene.start, **(start or {})}
    return simulate(
        scene.case,
        values={**scene.values, **(values or {})},
        given=scene.given,
        start=begin,
        starts=starts,
        grid_count=grid,
        years=timing.horizon,
        points=timing.points,
        revision_rate=timing.rate_of(scene),
    )
