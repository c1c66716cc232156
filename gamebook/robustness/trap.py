"""What the game is stuck in without its instruments: strict equilibria other than coordination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gamebook.book import Case
from gamebook.gains import without_tools
from gamebook.problem import Problem, case_problem
from gamebook.robustness.claim import Answers, Claim, conjunction
from gamebook.robustness.draws import unknowns
from gamebook.sweeps.response_words import OPEN, YES, position
from gamebook.sweeps.verdicts import PointJudge, point_judge
from solvers.arrays import Floats
from solvers.batches.results import profiles_of


@dataclass(frozen=True, slots=True, eq=False)
class Trap:
    """Strict equilibria of the game without instruments, other than coordination.

    Attributes
    ----------
    reason : code of the text that says why there is nothing to look at; None if there is
    profiles : as strings over all populations
    coordination_too : whether coordination is stable without instruments as well
    judge : of the game without instruments
    word : the profiles as a set
    """

    reason: str | None
    profiles: tuple[str, ...] = ()
    coordination_too: bool = False
    judge: PointJudge | None = None
    word: int = 0

    def holds(self, symbols: Sequence[str], points: Floats) -> tuple[Answers, Answers | None]:
        """Whether the trap is there at every point, and whether it and coordination are; 1 yes, 0 no, -1 open.

        The second is None if coordination is not stable without instruments anyway.
        """
        if self.judge is None:
            raise ValueError("there is no trap to look for")
        columns = [symbols.index(symbol) for symbol in self.judge.varied]
        found = self.judge.at(points[:, columns])
        word = np.uint64(self.word)
        stuck = np.where(found.strict & word == word, 1, np.where(found.nash & word == word, OPEN, 0))
        stuck = np.where(found.outside, OPEN, stuck).astype(np.int8)
        return stuck, conjunction(stuck, found.stable) if self.coordination_too else None


def trap_of(
    case: Case,
    problem: Problem,
    values: Mapping[str, float] | None,
    given: Mapping[str, float] | None,
    claim: Claim,
) -> Trap:
    """Look for a trap that the instruments are there to remove."""
    if problem.coordination is None:
        return Trap("robust.trap.no_goal")
    if not problem.instruments:
        return Trap("robust.trap.no_instruments")
    if claim.kind != "certain":
        return Trap("robust.trap.not_removed")
    base = without_tools(case, {**case.values, **(values or {})})
    bare = case_problem(base, None, given, None)
    varied = unknowns(base, bare.settings, ())
    if not varied:
        return Trap("robust.no_unknowns")
    judge = point_judge(base, varied, given=given)
    found = judge.at([[bare.settings[symbol] for symbol in varied]])
    word = int(found.strict[0]) & ~(1 << position(problem.coordination))
    if not word:
        return Trap("robust.trap.none")
    names = tuple(bare.name(bare.full_shares(profile)) for profile in profiles_of(word, found.players))
    return Trap(None, names, bool(found.stable[0] == YES), judge, word)
