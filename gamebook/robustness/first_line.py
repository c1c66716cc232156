"""The line about robustness in every ``solve``: in which share of joint draws its verdict holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.problem import Problem
from gamebook.robustness.claim import Claim, claim_of
from gamebook.robustness.draws import METHOD, QUICK, SETS, WIDTH, DrawShare, joint_draws, unit_points, unknowns
from gamebook.sweeps.response_words import MOST_PLAYERS
from gamebook.sweeps.verdicts import point_judge
from payoffs.errors import PageError


@dataclass(frozen=True, slots=True, eq=False)
class FirstLine:
    """How often the verdict holds, or why that is not said.

    Attributes
    ----------
    reason : code of the text that says why nothing was drawn; None if something was
    claim : what was looked at
    holds : how often it holds
    within : part of its value that each unknown may deviate
    symbols : of the unknowns
    clipped : share of the draws in which a bound cut off a value
    draws, sets, seed, method : how it was sampled
    """

    reason: str | None
    claim: Claim | None = None
    holds: DrawShare | None = None
    within: float = WIDTH
    symbols: tuple[str, ...] = ()
    clipped: float = 0.0
    draws: int = 0
    sets: int = SETS
    seed: int = 0
    method: str = METHOD


def first_line(
    problem: Problem,
    case: Case | None,
    values: Mapping[str, float] | None,
    given: Mapping[str, float] | None,
    *,
    seed: int = 0,
) -> FirstLine:
    """Draw the unknowns of a case and count how often its verdict holds.

    Parameters
    ----------
    problem, case, values, given : what is solved, and what it was stated with
    """
    reason = unsupported(problem, case)
    if reason is not None or case is None:
        return FirstLine(reason)
    symbols = unknowns(case, problem.settings, problem.instruments)
    if not symbols:
        return FirstLine("robust.no_unknowns")
    try:
        judge = point_judge(case, symbols, values=values, given=given)
    except (PageError, InputError):  # the case itself was solved, so it is what varies that is out of reach
        return FirstLine("robust.shares")
    points = unit_points(QUICK, len(symbols), seed=seed)
    drawn = joint_draws(case, problem.settings, symbols, points, within=WIDTH)
    found = judge.at(np.concatenate([drawn.centre[None], drawn.values]))
    claim = claim_of(found)
    if claim is None:
        return FirstLine("robust.open")
    holds = drawn.share(claim.holds(found)[1:])
    return FirstLine(None, claim, holds, WIDTH, symbols, drawn.clipped, len(drawn.values), SETS, seed)


def unsupported(problem: Problem, case: Case | None) -> str | None:
    """Code of the text that says why the points of a case cannot be judged; None if they can."""
    if case is None:
        return "robust.array"
    if problem.depends:
        return "robust.shares"
    return "robust.populations" if len(problem.free) > MOST_PLAYERS else None
