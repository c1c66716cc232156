"""``robust``: how much it takes to change a verdict, in one result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.flow import end_name, path_ends_at, sampled_basins, status_quo_path
from gamebook.modes import Government, government
from gamebook.problem import Problem, case_problem
from gamebook.robustness.claim import Claim, Kind, claim_of, conjunction
from gamebook.robustness.draws import THOROUGH, WIDTHS, Draws, DrawShare, joint_draws, unit_points, unknowns
from gamebook.robustness.first_line import unsupported
from gamebook.robustness.instruments import Needs, needs
from gamebook.robustness.one_factor import Factor, one_factor
from gamebook.robustness.other_dynamics import OtherPath, other_paths
from gamebook.robustness.political import Political, political
from gamebook.robustness.reason import Reason
from gamebook.robustness.trap import Trap, trap_of
from gamebook.subject import Subject, subject_of
from gamebook.sweeps.response_words import OPEN
from gamebook.sweeps.verdicts import PointJudge, PointVerdicts, point_judge
from payoffs.segments import matches

SCHEMA = "gamebook/robustness/1"
LEAST_DRAWS, MOST_DRAWS = 16, 2**20


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Something that holds or fails at every draw.

    Attributes
    ----------
    kind : ``verdict``; ``verdict_and_trap``: with the trap without instruments; ``both``: without instruments the
        trap and coordination are stable; ``all``: all of these
    shares : how often it holds, for every width of the draws
    """

    kind: str
    shares: tuple[DrawShare, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Robustness(Subject):
    """All that ``robust`` finds. ``print(robustness)`` gives the page, ``robustness.to_json()`` the data.

    Attributes
    ----------
    claim : what is looked at; ``goal`` the coordination profile, all populations, or None
    unknowns : symbols that are drawn
    widths, rows : part of its value that each unknown may deviate, and how often things hold then
    clipped : for every width the share of the draws in which a bound cut off a value
    draws, sets, seed : how it was sampled
    trap : what the game without instruments is stuck in, or why that is left out
    factors : nearest change of the verdict along every single parameter, nearest first
    needs : what the verdict needs of the instruments; None if none is in force
    end : where the path from the status quo ends under the replicator dynamics, or None
    other : where it ends otherwise
    political : what holds the public populations at coordination
    government : the modes of the government side by side; None unless a public party is free to move
    survives_exit : whether the others go on if the public parties withdraw; None if there is no such party
    """

    claim: Claim
    goal: str | None
    unknowns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    clipped: tuple[float, ...]
    draws: int
    sets: int
    seed: int
    trap: Trap
    factors: tuple[Factor, ...]
    needs: Needs | None
    end: str | None
    other: tuple[OtherPath, ...]
    political: tuple[Political, ...]
    government: Government | None
    survives_exit: bool | None

    def to_json(self) -> dict[str, object]:
        """Data of the result as in the published schema."""
        from gamebook.robustness.result_json import robustness_json

        return robustness_json(self)

    def report(self, lang: str = "en") -> str:
        """Page of at most 80 columns, in English (``en``) or Chinese (``zh``)."""
        from gamebook.reports.robustness import robustness_report

        return robustness_report(self, lang=lang)

    def __str__(self) -> str:
        return self.report("en")


def robust(
    case: Case,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    claim: Kind | None = None,
    within: Sequence[float] = WIDTHS,
    draws: int = 8 * THOROUGH,
    seed: int = 0,
    command: str | None = None,
) -> Robustness:
    """Find out how much it takes to change the verdict of a case.

    Parameters
    ----------
    case : what ``gamebook.load`` returns
    values, given, start : as for ``gamebook.solve``
    claim : what to look at instead of the verdict of the case
    within : parts of its value that each unknown may deviate, each above 0 and at most 1
    draws : joint draws for each of them, rounded up to eight times a power of two
    seed : of the draws

    Raises
    ------
    PageError, InputError
        Bad input; a case whose points cannot be judged, or whose verdict ties leave open.

    Examples
    --------
    >>> import gamebook
    >>> found = robust(gamebook.load("package"), draws=1024)
    >>> [round(share.share.share, 1) for share in found.rows[0].shares]
    [0.9, 0.7, 0.6]
    """
    if not LEAST_DRAWS <= draws <= MOST_DRAWS:
        raise InputError("robust.draws", value=draws, least=LEAST_DRAWS, most=f"{MOST_DRAWS:,}")
    if seed < 0:
        raise InputError("input.seed", value=seed)
    problem = case_problem(case, values, given, start)
    reason = unsupported(problem, case)
    symbols = unknowns(case, problem.settings, problem.instruments)
    if reason is None and not symbols:
        reason = "robust.no_unknowns"
    if reason is not None:
        raise InputError("robust.unsupported", target=case.target, reason=Reason(reason))
    judge = point_judge(case, _factors(case, problem), values=values, given=given)
    centre = judge.at([[problem.settings[symbol] for symbol in judge.varied]])
    looked_at = _claim(centre, claim, problem)
    trap = trap_of(case, problem, values, given, looked_at)
    points = unit_points(max(1, 2 ** int(np.ceil(np.log2(draws / 8)))), len(symbols), seed=seed)
    drawn = [joint_draws(case, problem.settings, symbols, points, within=width) for width in within]
    path = status_quo_path(problem)
    end = path_ends_at(problem, path)
    name = None if end is None else end_name(problem, end)
    sampled = sampled_basins(problem, seed)
    return Robustness(
        **subject_of(problem, case, values, command).identity(),
        claim=looked_at,
        goal=None if problem.coordination is None else problem.name(problem.full_shares(problem.coordination)),
        unknowns=symbols,
        widths=tuple(within),
        rows=_rows(point_judge(case, symbols, values=values, given=given), looked_at, trap, drawn),
        clipped=tuple(each.clipped for each in drawn),
        draws=len(points),
        sets=drawn[0].sets,
        seed=seed,
        trap=trap,
        factors=one_factor(judge, looked_at, problem.settings, case.game.parameters),
        needs=needs(
            case, looked_at, settings=problem.settings, in_force=problem.instruments, values=values, given=given
        ),
        end=name,
        other=other_paths(problem, name),
        political=political(problem),
        government=government(problem, sampled, path, seed=seed),
        survives_exit=_survives_exit(problem),
    )


def _claim(centre: PointVerdicts, kind: Kind | None, problem: Problem) -> Claim:
    if kind is not None and kind != "sinks" and problem.coordination is None:
        raise InputError("robust.no_coordination", game=problem.game, claim=kind)
    found = claim_of(centre, kind)
    if found is None or found.holds(centre)[0] == OPEN:
        raise InputError("robust.undecided")
    if found.holds(centre)[0] != 1:
        raise InputError("robust.does_not_hold", claim=found.kind)
    return found


def _factors(case: Case, problem: Problem) -> tuple[str, ...]:
    """Parameters that are varied one by one: those of the base game, and of the instruments in force."""
    found = matches(case.game) if case.scenario is None else matches(
        case.game, case.scenario.segments, case.scenario.regions
    )  # fmt: skip
    everywhere = {symbol for symbol, row in found.values.items() if not np.isnan(row).any()}
    return tuple(
        symbol
        for symbol, parameter in case.game.parameters.items()
        if symbol not in everywhere
        and (parameter.instrument is None or parameter.instrument in problem.instruments)
        and parameter.low < parameter.high
    )


def _rows(judge: PointJudge, claim: Claim, trap: Trap, drawn: Sequence[Draws]) -> tuple[Row, ...]:
    """How often the verdict holds at every width, alone and with what the trap says."""
    found: dict[str, list[DrawShare]] = {}
    for draws in drawn:
        here = claim.holds(judge.at(draws.values))
        holds = {"verdict": here}
        if trap.judge is not None:
            stuck, both = trap.holds(draws.symbols, draws.values)
            holds["verdict_and_trap"] = conjunction(here, stuck)
            if both is not None:
                holds["both"], holds["all"] = both, conjunction(here, both)
        for kind, each in holds.items():
            found.setdefault(kind, []).append(draws.share(each))
    return tuple(Row(kind, tuple(shares)) for kind, shares in found.items())


def _survives_exit(problem: Problem) -> bool | None:
    """Whether all others keep cooperating when the public parties, free to move, stop."""
    leaving = [own for own, i in enumerate(problem.free) if i in problem.public]
    if problem.coordination is None or not leaving or len(leaving) == len(problem.free):
        return None
    state = tuple(1 - digit if own in leaving else digit for own, digit in enumerate(problem.coordination))
    others = (own for own in range(len(problem.free)) if own not in leaving)
    return all(float(problem.pure.losses[(own, *state)]) > 0.0 for own in others)
