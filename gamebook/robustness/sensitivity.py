"""``sensitivity``: which unknown matters most to the verdict, and how probable coordination is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.outcome_finder import status_quo
from gamebook.problem import Problem, case_problem
from gamebook.robustness.claim import Claim, claim_of
from gamebook.robustness.draws import SETS, WIDTH, DrawShare, share_of, unit_points, unknowns
from gamebook.robustness.first_line import unsupported
from gamebook.robustness.indices import Effect, sobol_effects
from gamebook.robustness.path_measures import STARTS, parts_that_coordinate
from gamebook.robustness.reason import Reason
from gamebook.subject import Subject, subject_of
from gamebook.sweeps.distributions import Distribution, around
from gamebook.sweeps.draws import draw
from gamebook.sweeps.sampling import uncertainty_of
from gamebook.sweeps.verdicts import PointJudge, PointVerdicts, point_judge
from payoffs.parameters import Parameter
from payoffs.scenario import Region
from payoffs.texts import Text
from solvers.arrays import Floats

SCHEMA = "gamebook/sensitivity/1"
SAMPLES = 2048
PER_SET = 2048
LEAST_SAMPLES, MOST_SAMPLES = 16, 2**16
INSIDE = 2.0**-53
TAILS = (0.05, 0.95)
"""Quantiles between which a tornado moves an unknown; the ends themselves where it is uniform."""
MEASURES = ("verdict", "certain", "stable", "margin", "basin", "reached")
COSTLY = ("basin", "reached")
"""Measures that take following paths, so that fewer samples are taken unless said otherwise."""
FEW_SAMPLES = 128


@dataclass(frozen=True, slots=True, eq=False)
class Bar:
    """What one unknown does to the margin while all others stay as they are.

    Attributes
    ----------
    symbol : of the unknown
    low, high : its values
    margins : of coordination at the two; None without a coordination profile
    holds : whether the verdict holds at the two; None if open
    """

    symbol: str
    low: float
    high: float
    margins: tuple[float, float] | None
    holds: tuple[bool | None, bool | None]

    @property
    def swing(self) -> float:
        """Difference of the margins."""
        return 0.0 if self.margins is None else abs(self.margins[1] - self.margins[0])


@dataclass(frozen=True, slots=True, eq=False)
class MeasureIndices:
    """What explains the variance of one measure.

    Attributes
    ----------
    name : one of ``MEASURES``
    mean, spread : over the sample; spread is the standard deviation
    effects : of the unknowns, largest total effect first; None where the measure does not vary
    """

    name: str
    mean: float
    spread: float
    effects: tuple[Effect, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What is found of the case, or of one of its regions by itself.

    Attributes
    ----------
    region, name : id and name of the region; None for the whole case
    claim : verdict at the values in use
    margin : of coordination there; None without a coordination profile
    probabilities : of the verdict, and of coordination being stable and certain, by name
    measures : indices
    correlated : whether the probabilities take declared rank correlations into account, which indices cannot
    bars : what single unknowns do, largest swing first
    """

    region: str | None
    name: Text | None
    claim: Claim
    margin: float | None
    probabilities: Mapping[str, DrawShare]
    measures: tuple[MeasureIndices, ...]
    correlated: bool
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sensitivity(Subject):
    """All that ``sensitivity`` finds. ``print(sensitivity)`` gives the page, ``sensitivity.to_json()`` the data.

    Attributes
    ----------
    unknowns : parameters that are drawn
    distributions : of the unknowns; declared, or uniform around their values
    declared : whether the scenario, or the caller, declared them
    within : part of its value that each may deviate where nothing is declared
    samples, draws, seed : of the indices, and of the probabilities
    goal : coordination profile, all populations of the first part; None if the game names none
    parts : the case, or its regions one by one
    """

    unknowns: tuple[Parameter, ...]
    distributions: tuple[Distribution, ...]
    declared: bool
    within: float
    samples: int
    draws: int
    seed: int
    goal: str | None
    parts: tuple[Part, ...]

    def to_json(self) -> dict[str, object]:
        """Data of the result as in the published schema."""
        from gamebook.robustness.sensitivity_json import sensitivity_json

        return sensitivity_json(self)

    def report(self, lang: str = "en") -> str:
        """Page of at most 80 columns, in English (``en``) or Chinese (``zh``)."""
        from gamebook.reports.sensitivity import sensitivity_report

        return sensitivity_report(self, lang=lang)

    def __str__(self) -> str:
        return self.report("en")


def sensitivity(
    case: Case,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    of: Sequence[str] = ("verdict", "margin"),
    uncertain: Sequence[str] = (),
    within: float = WIDTH,
    samples: int | None = None,
    seed: int = 0,
    progress: Callable[[str, int, int], None] | None = None,
    command: str | None = None,
) -> Sensitivity:
    """Find out which unknown matters most to the verdict.

    Parameters
    ----------
    case : what ``gamebook.load`` returns; a scenario with regions is looked at region by region, each a game by itself
    values, given : as for ``gamebook.solve``
    of : measures whose variance is explained, out of ``MEASURES``
    uncertain : distributions such as ``"V=uniform:60:90"``; they take the place of the page's for the same symbol
    within : where nothing is declared, the part of its value that each unknown may deviate
    samples : rows of the sample, a power of two; each costs as many solutions as there are unknowns, and two. Default
        2048, and 128 where paths are followed
    seed : of everything that is drawn
    progress : told what is done, how many steps of it, and how many there are

    Raises
    ------
    PageError, InputError
        Bad input; a case whose points cannot be judged, or whose verdict ties leave open.

    Examples
    --------
    >>> import gamebook
    >>> found = sensitivity(gamebook.load("package"), samples=256)
    >>> found.parts[0].measures[1].effects[0].symbol
    'A_G'
    """
    if samples is None:
        samples = FEW_SAMPLES if set(of) & set(COSTLY) else SAMPLES
    _check(of, within, samples, seed)
    whole = case_problem(case, values, given, None)
    laws = uncertainty_of(case, uncertain).distributions
    parts = []
    regions = case.scenario.regions if case.scenario is not None else ()
    used: tuple[Distribution, ...] = laws
    for region in regions or (None,):
        here = case if region is None else region_by_itself(case, region)
        problem = case_problem(here, values, given, None)
        own = laws or _usual(here, problem, within)
        used = used or own
        parts.append(_part(here, problem, own, region, values, given, of, samples, seed, progress))
    goal = problem.coordination
    return Sensitivity(
        **subject_of(whole, case, values, command).identity(),
        unknowns=tuple(case.game.parameters[law.symbol] for law in used),
        distributions=used,
        declared=bool(laws),
        within=within,
        samples=samples,
        draws=SETS * PER_SET,
        seed=seed,
        goal=None if goal is None else problem.name(problem.full_shares(goal)),
        parts=tuple(parts),
    )


def region_by_itself(case: Case, region: Region) -> Case:
    """Return the case as if its region were the whole country."""
    if case.scenario is None:
        return case
    values = {**case.values, **region.values}
    return replace(case, values=values, scenario=replace(case.scenario, values=values, regions=()))


def _check(of: Sequence[str], within: float, samples: int, seed: int) -> None:
    for name in of:
        if name not in MEASURES:
            raise InputError("sensitivity.measure", near=(name, MEASURES), name=name, known=", ".join(MEASURES))
    if not 0.0 < within <= 1.0:
        raise InputError("robust.within", value=f"{within:g}")
    if not LEAST_SAMPLES <= samples <= MOST_SAMPLES or samples & (samples - 1):
        raise InputError("sensitivity.samples", value=samples, least=LEAST_SAMPLES, most=f"{MOST_SAMPLES:,}")
    if seed < 0:
        raise InputError("input.seed", value=seed)


def _usual(case: Case, problem: Problem, within: float) -> tuple[Distribution, ...]:
    """Uniform distributions around the values in use."""
    symbols = unknowns(case, problem.settings, problem.instruments)
    return around({symbol: problem.settings[symbol] for symbol in symbols}, within, case.game.parameters)


def _part(
    case: Case,
    problem: Problem,
    laws: tuple[Distribution, ...],
    region: Region | None,
    values: Mapping[str, float] | None,
    given: Mapping[str, float] | None,
    of: Sequence[str],
    samples: int,
    seed: int,
    progress: Callable[[str, int, int], None] | None,
) -> Part:
    reason = unsupported(problem, case) or (None if laws else "robust.no_unknowns")
    if reason is not None:
        raise InputError("robust.unsupported", target=case.target, reason=Reason(reason))
    symbols = [law.symbol for law in laws]
    judge = point_judge(case, symbols, values=values, given=given)
    centre = judge.at([[problem.settings[symbol] for symbol in symbols]])
    claim = claim_of(centre)
    if claim is None:
        raise InputError("robust.undecided")
    drawn = {law.symbol for law in laws}
    declared = () if case.scenario is None else case.scenario.correlations
    ranks = {(one, other): rank for one, other, rank in declared if {one, other} <= drawn}
    asked = [name for name in of if claim.kind != "sinks" or name == "verdict"]
    measures = {name: _measure(name, claim, judge, problem, seed, progress) for name in asked}
    return Part(
        region=None if region is None else region.id,
        name=None if region is None else region.name,
        claim=claim,
        margin=None if centre.coordination is None else float(centre.margin[0]),
        probabilities=_probabilities(judge, laws, claim, seed, ranks),
        measures=_indices(judge, laws, measures, samples, seed),
        correlated=bool(ranks),
        bars=_tornado(judge, laws, claim, np.array([problem.settings[symbol] for symbol in symbols])),
    )


def _measure(
    name: str,
    claim: Claim,
    judge: PointJudge,
    problem: Problem,
    seed: int,
    progress: Callable[[str, int, int], None] | None,
) -> Callable[[Floats, PointVerdicts], Floats]:
    """Numbers whose variance is explained: 1 where something is proved to hold and 0 elsewhere, margins, or shares."""
    if name == "margin":
        return lambda points, found: found.margin
    if name == "verdict":
        return lambda points, found: (claim.holds(found) == 1).astype(np.float64)
    if name not in COSTLY:
        return lambda points, found: (getattr(found, name) == 1).astype(np.float64)
    goal = problem.coordination
    assert goal is not None  # else only the verdict is asked for
    starts = status_quo(problem)[None]
    if name == "basin":
        starts = np.clip(unit_points(STARTS, len(goal), sets=1, seed=seed), INSIDE, 1.0 - INSIDE)
    told = None if progress is None else lambda done, total: progress(name, done, total)
    return lambda points, found: parts_that_coordinate(judge.payoffs(points), goal, starts, progress=told)


def _probabilities(
    judge: PointJudge, laws: Sequence[Distribution], claim: Claim, seed: int, ranks: Mapping[tuple[str, str], float]
) -> dict[str, DrawShare]:
    """Probabilities over joint draws, with the rank correlations that the page declares."""
    values = np.concatenate(
        [draw(laws, PER_SET, method="sobol", seed=seed * SETS + k, correlations=ranks) for k in range(SETS)]
    )
    found = judge.at(values)
    answers = {"verdict": claim.holds(found)}
    if found.coordination is not None:
        answers |= {"stable": found.stable, "certain": found.certain}
    return {name: share_of(holds, SETS) for name, holds in answers.items()}


def _indices(
    judge: PointJudge,
    laws: Sequence[Distribution],
    measures: Mapping[str, Callable[[Floats, PointVerdicts], Floats]],
    samples: int,
    seed: int,
) -> tuple[MeasureIndices, ...]:
    kept: list[Floats] = []

    def work_out(points: Floats) -> Floats:
        found = judge.at(points)
        if found.outside.any():
            raise InputError("sensitivity.outside", part=f"{100 * float(found.outside.mean()):.2g}")
        kept.append(np.stack([measure(points, found) for measure in measures.values()]))
        return kept[-1]

    effects = sobol_effects(work_out, laws, samples=samples, seed=seed)
    # The first two calls work out the independent samples; the third recombines them.
    own = np.concatenate(kept, axis=1)[:, : 2 * samples]
    return tuple(
        MeasureIndices(name, float(row.mean()), float(row.std()), each)
        for name, row, each in zip(measures, own, effects, strict=True)
    )


def _tornado(judge: PointJudge, laws: Sequence[Distribution], claim: Claim, centre: Floats) -> tuple[Bar, ...]:
    """Move one unknown at a time to the ends of its range, or to two quantiles."""
    ends = np.array(
        [law.quantile(np.array([0.0, 1.0] if law.kind == "uniform" else TAILS)) for law in laws], dtype=np.float64
    )
    points = np.repeat(centre[None], 2 * len(laws), axis=0)
    for k in range(len(laws)):
        points[2 * k : 2 * k + 2, k] = ends[k]
    found = judge.at(points)
    holds = [None if answer < 0 else bool(answer) for answer in claim.holds(found).tolist()]
    margins = found.margin.tolist()
    bars = [
        Bar(
            law.symbol,
            float(ends[k, 0]),
            float(ends[k, 1]),
            None if found.coordination is None else (margins[2 * k], margins[2 * k + 1]),
            (holds[2 * k], holds[2 * k + 1]),
        )
        for k, law in enumerate(laws)
    ]
    return tuple(sorted(bars, key=lambda bar: -bar.swing))
