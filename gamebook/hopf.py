"""Hopf points of a case along one of its parameters: where a mixed state stops attracting and a cycle is born."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.problem import Problem, case_problem
from gamebook.subject import Subject, subject_of
from solvers.arrays import Complexes, Floats
from solvers.share_dependent.bernstein import raised
from solvers.share_dependent.hopf import Criticality, HopfPoint, hopf_points

SCHEMA = "gamebook/hopf/1"
GAMES, MOST_GAMES = 9, 1001
"""Values of the parameter at which all rest points are found."""
CLOSER = 1e-3
"""A point is looked for again between games this part of the distance between two values away from it."""


@dataclass(frozen=True, slots=True, eq=False)
class HopfState:
    """A Hopf point.

    Attributes
    ----------
    value : of the parameter
    shares : shape (population,), of the rest point there
    mixing : positions of the populations that mix
    frequency : paths nearby turn once in 2 pi / (frequency * revision rate) years
    eigenvalues : of the block of mixing populations
    attracts_below : whether it attracts (within its face) at smaller values and repels at larger ones; else the reverse
    criticality : ``supercritical``: an attracting cycle on the side where the state repels; ``subcritical``: a
        repelling one on the other side; None where it is not determined
    lyapunov : first Lyapunov coefficient, negative if supercritical
    others_stay : whether the populations that do not mix lose by deviating, and no other eigenvalue is positive
    refined : found again with payoffs at values close by, so that it does not rest on interpolation
    """

    value: float
    shares: Floats
    mixing: tuple[int, ...]
    frequency: float
    eigenvalues: Complexes
    attracts_below: bool
    criticality: Criticality | None
    lyapunov: float
    others_stay: bool
    refined: bool

    def years(self, revision_rate: float) -> float:
        """Length of a round at a revision rate per unit of payoff and year."""
        return float(2.0 * np.pi / (self.frequency * revision_rate))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class HopfSurvey(Subject):
    """Hopf points along a parameter. ``print(survey)`` gives the report, ``survey.to_json()`` the data.

    Attributes
    ----------
    symbol, low, high : the parameter, and between which values
    values : shape (games,), at which all rest points were found
    points : by value
    branches, lost : pieces of branches of mixed rest points that were followed, and how many ended on the way
    complete : all rest points at these values are known, and no branch was lost
    """

    symbol: str
    low: float
    high: float
    values: Floats
    points: tuple[HopfState, ...]
    branches: int
    lost: int
    complete: bool

    def to_json(self) -> dict[str, object]:
        """Data of the result as in the published schema."""
        from gamebook.reports.hopf import hopf_json

        return hopf_json(self)

    def report(self, lang: str = "en") -> str:
        """Report as plain text of at most 80 columns, in English (``en``) or Chinese (``zh``)."""
        from gamebook.reports.hopf import hopf_report

        return hopf_report(self, lang=lang)

    def __str__(self) -> str:
        return self.report("en")


def hopf(
    case: Case,
    symbol: str,
    low: float,
    high: float,
    *,
    games: int = GAMES,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    command: str | None = None,
) -> HopfSurvey:
    """Find the Hopf points of the replicator dynamics at equal speeds while one parameter runs through a range.

    Parameters
    ----------
    case : what ``gamebook.load`` returns
    symbol, low, high : the parameter and its range
    games : values of it at which all rest points are found; between them payoffs are interpolated, and every point
        that is found is looked for again close by
    values, given : as in ``solve``
    command : command line to record with the result

    Raises
    ------
    PageError, InputError, SolverInputError
        Bad input; also if payoffs depend on no shares anywhere in the range, since then there is no Hopf point.

    Examples
    --------
    >>> import gamebook
    >>> found = hopf(gamebook.load("poaching_oversized"), "theta_F", 0.8, 1.0, games=3)
    >>> [(round(point.value, 4), point.criticality) for point in found.points]
    [(0.9885, 'supercritical')]
    """
    if not (np.isfinite([low, high]).all() and low < high):
        raise InputError("hopf.range", symbol=symbol, low=low, high=high)
    if not 2 <= games <= MOST_GAMES:
        raise InputError("hopf.games", value=games, most=MOST_GAMES)
    at = np.linspace(low, high, games)
    problems = [_problem(case, symbol, float(value), values, given) for value in at]
    if not any(problem.depends for problem in problems):
        raise InputError("hopf.constant", target=case.target, symbol=symbol, low=f"{low:g}", high=f"{high:g}")
    found = hopf_points(at, _tables(problems))
    step = float(at[1] - at[0]) * CLOSER
    points = tuple(_state(case, symbol, point, step, (low, high), values, given) for point in found.points)
    middle = problems[len(problems) // 2]
    return HopfSurvey(
        **subject_of(middle, case, {**(values or {}), symbol: float(at[len(at) // 2])}, command).identity(),
        symbol=symbol,
        low=float(low),
        high=float(high),
        values=at,
        points=points,
        branches=found.branches,
        lost=found.lost,
        complete=found.complete,
    )


def _problem(
    case: Case, symbol: str, value: float, values: Mapping[str, float] | None, given: Mapping[str, float] | None
) -> Problem:
    return case_problem(case, {**(values or {}), symbol: value}, given, None)


def _tables(problems: list[Problem]) -> Floats:
    """Payoffs of all games as Bernstein coefficients of the same degrees; shape (games, n, 2, ..., 2, b1, ..., bn)."""
    n = len(problems[0].free)
    full = [p.conditional.reshape(*p.conditional.shape, *(1,) * (2 * n + 1 - p.conditional.ndim)) for p in problems]
    degrees = np.max([table.shape[n + 1 :] for table in full], axis=0) - 1
    cells = [length - 1 for length in full[0].shape[: n + 1]]  # the axes of players and profiles stay as they are
    return np.stack([raised(table, [*cells, *degrees.tolist()]) for table in full])


def _state(
    case: Case, symbol: str, point: HopfPoint, step: float, ends: tuple[float, float],
    values: Mapping[str, float] | None, given: Mapping[str, float] | None,
) -> HopfState:  # fmt: skip
    """Look for a point again with the payoffs at values close by, and describe it in terms of all populations."""
    around = np.clip([point.parameter - step, point.parameter + step], *ends)
    again = hopf_points(around, _tables([_problem(case, symbol, float(value), values, given) for value in around]))
    same = [each for each in again.points if each.mixing == point.mixing]
    near = [each for each in same if np.abs(each.shares - point.shares).max() < 0.05]
    best = near[0] if near else point
    problem = _problem(case, symbol, best.parameter, values, given)
    shares = problem.full_shares((0,) * len(problem.free))
    shares[list(problem.free)] = best.shares
    gains = problem.advantages_at(shares)
    still = [i for k, i in enumerate(problem.free) if k not in best.mixing]
    shares.flags.writeable = False
    return HopfState(
        value=best.parameter,
        shares=shares,
        mixing=tuple(problem.free[k] for k in best.mixing),
        frequency=best.frequency,
        eigenvalues=best.eigenvalues,
        attracts_below=best.speed > 0.0,
        criticality=best.criticality,
        lyapunov=best.lyapunov,
        others_stay=best.attracts_in_face and all((1.0 - 2.0 * shares[i]) * gains[i] < 0.0 for i in still),
        refined=bool(near),
    )
