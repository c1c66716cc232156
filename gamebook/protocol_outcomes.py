"""What becomes of starts under a revision protocol, for basins, maps and tipping points.

Strict equilibria capture with proof under all protocols but logit and mutation. Beside them, and under those two
instead of them, paths come to rest: a survey of starts finds the rest points, each is checked by Newton's method and
its eigenvalues, and a path that comes to rest within ``RADIUS`` of one counts as ending there. That is seen, not
proved. Paths that close in on a rest point in ever smaller rounds are too slow to be followed for all starts; like
cycles they are told from a sample of the starts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from gamebook.problem import Problem
from gamebook.protocol_run import ProtocolRun, near_name
from solvers.arrays import Floats, Integers, Shares
from solvers.attractors import Profile
from solvers.dynamics.fate import Fate
from solvers.dynamics.integrate import UNSETTLED
from solvers.dynamics.protocol_ends import protocol_ends
from solvers.dynamics.protocol_fate import ARRIVED, ProtocolFates, protocol_fates
from solvers.dynamics.protocols import BEST_RESPONSE, MAYNARD_SMITH
from solvers.dynamics.strict_boxes import strict_boxes
from solvers.errors import SolverInputError
from solvers.outcomes import OTHERS, Outcome

RADIUS = 1e-3
"""A path that comes to rest no farther from a rest point than this, in any share, ends there."""
CLOSING_RADIUS = 0.02
"""Middles of closing rounds no farther apart than this are one rest point."""
SURVEYED, SURVEYED_BY_SWITCHES = 1024, 256
"""Starts of the survey, fewer under best response; one near every corner of the cube is added."""
LOOKED_AT = 32
"""How many paths of the survey that neither settle nor rest are looked at for rounds that close in."""
MOST_PLACES = 12
FEWEST = 2
"""Paths of the survey that must end at a rest point of which eigenvalues do not tell whether it attracts."""
CORNER = 0.02
QUICK_SWITCHES = 40
"""Switches of best replies after which a path is left to be classified."""
STEPS, STEPS_OF_SLOW_ROUNDS = 5_000, 20_000
"""Steps per path that is classified; rounds of Maynard Smith's dynamics take longest to tell."""
NOWHERE = 2
"""Stands for a share without a nearest pure strategy in the key of a rest point."""
SLIDING = Outcome(Fate.SLIDING, (-1,))


@dataclass(frozen=True, slots=True)
class RestOutcome(Outcome):
    """A rest point where paths end that is no strict equilibrium, or none that captures.

    ``profile`` only tells it from others: the nearest pure profile of the free populations, then its number.

    Attributes
    ----------
    shares : of the free populations
    near : nearest pure profile of all populations
    number : 1, or 2 and more if other rest points have the same nearest profile
    attracts : by its eigenvalues; None where they do not tell
    distance : by Newton's method from where paths were given up; None if that does not apply
    """

    shares: tuple[float, ...] = ()
    near: str = ""
    number: int = 1
    attracts: bool | None = None
    distance: float | None = None


class ProtocolOutcomes:
    """A finder of outcomes (``solvers.outcomes.OutcomeFinder``) under a protocol; times are in years.

    Outcomes are the strict equilibria that capture, the rest points of the survey, sliding if the survey saw any, and
    then ``OTHERS``, of which ``AT_REST`` stands for other rest points, among them those in ``closing``, on which paths
    close in.
    """

    def __init__(self, problem: Problem, run: ProtocolRun) -> None:
        self.problem, self.run = problem, run
        self.boxes = strict_boxes(run.game)
        parameter = run.protocol.properties.parameter
        self.dynamics = run.protocol.name + (f" with {parameter} {run.protocol.parameter:g}" if parameter else "")
        strict = self.boxes.profiles.tolist() if run.protocol.properties.monotone else []
        self._strict = [tuple(int(s) for s in profile) for profile in strict]
        self._rests: list[RestOutcome] = []
        self.closing: list[RestOutcome] = []
        slides = self._survey()
        first = [*(Outcome(Fate.SETTLED, profile) for profile in self._strict), *self._rests]
        self._first = (*first, SLIDING) if slides else tuple(first)

    @property
    def players(self) -> int:
        """Number of free populations."""
        return self.run.game.players

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Strict equilibria, rest points, sliding, and ``OTHERS``."""
        return (*self._first, *(Outcome(fate) for fate in OTHERS))

    def captured(self, starts: Shares) -> Integers:
        """See ``OutcomeFinder``; here also the code of the rest point at which a path comes to rest."""
        code = self._quick(np.asarray(starts), most_steps=1_000, tolerance=1e-8)
        return np.where(code < len(self._first), code, UNSETTLED)

    def classified(self, starts: Shares) -> tuple[Integers, tuple[tuple[Profile, ...], ...]]:
        """See ``OutcomeFinder``."""
        found = self._fates(np.asarray(starts))
        return self._codes(found), tuple(sorted({cycle for cycle in found.cycle if cycle}, reverse=True))

    def settle(self, starts: Shares) -> Integers:
        """See ``OutcomeFinder``."""
        x = np.asarray(starts)
        code = self._quick(x, most_steps=2_000, tolerance=1e-11)
        left = np.flatnonzero(code == UNSETTLED)
        if left.size:
            code[left] = self._codes(self._fates(x[left], tolerance=1e-10))
        return code

    def arrival(self, starts: Shares, goal: Profile) -> Floats:
        """See ``OutcomeFinder``; the goal of a rest point is its nearest pure profile.

        NaN throughout if shares rest next to the goal but not all within 0.05 of it: a path that passes by on its way
        does not arrive.
        """
        own = goal[: self.players]
        rests = [rest for rest in self._rests if rest.profile is not None and rest.profile[: self.players] == own]
        if rests and not any(np.abs(np.subtract(rest.shares, own)).max() <= 1.0 - ARRIVED for rest in rests):
            return np.full(len(starts), np.nan)
        if goal == SLIDING.profile or NOWHERE in own:
            return np.full(len(starts), np.nan)
        if len(own) != self.players:
            raise SolverInputError("shares.shape", shape=(len(goal),), players=self.players)
        return self._fates(np.asarray(starts), goal=own).arrival / self.run.rate

    def enclosed(self, low: Shares, high: Shares) -> Integers:
        """See ``OutcomeFinder``; under protocols nothing is shown of whole boxes."""
        return np.full(len(low), UNSETTLED)

    def _fates(self, starts: Shares, *, goal: Profile | None = None, tolerance: float = 1e-9) -> ProtocolFates:
        steps = STEPS_OF_SLOW_ROUNDS if self.run.protocol.code == MAYNARD_SMITH else STEPS
        return protocol_fates(
            self.run.game, starts, self.run.protocol, goal=goal, level=ARRIVED, boxes=self.boxes, most_steps=steps,
            tolerance=tolerance,
        )  # fmt: skip

    def _quick(self, starts: Shares, *, most_steps: int, tolerance: float) -> Integers:
        """Codes of paths that settle or come to rest within a small budget, ``UNSETTLED`` for the others."""
        if self.run.protocol.code == BEST_RESPONSE:
            found = protocol_fates(
                self.run.game, starts, self.run.protocol, boxes=self.boxes, most_steps=QUICK_SWITCHES
            )
            code = self._codes(found)
            return np.where(code < len(self._first), code, UNSETTLED)
        ends = protocol_ends(
            self.run.game, starts, self.run.protocol, classified=0, most_steps=most_steps, tolerance=tolerance
        )
        code = np.full(len(starts), UNSETTLED)
        for k, place in enumerate(ends.places):
            if place.pure in self._strict:
                code[ends.outcome == k] = self._strict.index(place.pure)
        rests = np.flatnonzero([fate is Fate.AT_REST for fate in ends.fate])
        shares = _index_one(ends.profiles)
        code[rests] = self._rest_codes(shares[rests])
        return code

    def _codes(self, found: ProtocolFates) -> Integers:
        code = np.empty(len(found.fate), np.int64)
        shares = _index_one(found.profiles)
        for p, (fate, target) in enumerate(zip(found.fate, found.target, strict=True)):
            if target in self._strict:
                code[p] = self._strict.index(target)
            elif fate in (Fate.AT_REST, Fate.SETTLED):  # settled where it is strict by too little to capture
                code[p] = self._rest_codes(shares[p : p + 1])[0]
            elif fate is Fate.SLIDING and SLIDING in self._first:
                code[p] = self._first.index(SLIDING)
            else:
                known = Fate.AT_REST if fate is Fate.CLOSING_IN else fate if fate in OTHERS else Fate.UNDECIDED
                code[p] = len(self._first) + OTHERS.index(known)
        return code

    def _rest_codes(self, shares: Shares) -> Integers:
        """Codes of paths that have come to rest at shares: the rest point within ``RADIUS``, else ``AT_REST``."""
        code = np.full(len(shares), len(self._first) + OTHERS.index(Fate.AT_REST))
        for k, rest in reversed(list(enumerate(self._rests, start=len(self._strict)))):
            code[np.abs(shares - rest.shares).max(axis=1) <= RADIUS] = k
        return code

    def _survey(self) -> bool:
        """Find rest points at which paths end and which may attract; whether any path slides."""
        n = self.players
        count = SURVEYED_BY_SWITCHES if self.run.protocol.code == BEST_RESPONSE else SURVEYED
        spread = qmc.Sobol(n, scramble=True, rng=np.random.default_rng(0)).random(count)
        corners = (np.arange(2**n)[:, None] >> np.arange(n) & 1).astype(np.float64)
        starts = np.concatenate([CORNER + (1.0 - 2.0 * CORNER) * corners, np.clip(spread, 1e-6, 1.0 - 1e-6)])
        if self.run.protocol.code == BEST_RESPONSE:
            found = protocol_fates(
                self.run.game, starts, self.run.protocol, boxes=self.boxes, most_steps=QUICK_SWITCHES
            )
            fates, profiles = np.array(found.fate, dtype=object), found.profiles
            left = np.flatnonzero(fates == Fate.OUT_OF_BUDGET)
        else:
            ends = protocol_ends(self.run.game, starts, self.run.protocol, classified=0)
            fates, profiles = np.array(ends.fate, dtype=object), ends.profiles
            left = np.flatnonzero(ends.outcome == UNSETTLED)
        self._rests = self._places(Fate.AT_REST, _index_one(profiles)[fates == Fate.AT_REST], RADIUS)
        if left.size:
            slow = self._fates(starts[left[:LOOKED_AT]])
            closing = np.array([fate is Fate.CLOSING_IN for fate in slow.fate], dtype=bool)
            self.closing = self._places(Fate.CLOSING_IN, _index_one(slow.profiles)[closing], CLOSING_RADIUS)
            fates[left[:LOOKED_AT]] = slow.fate
        return bool((fates == Fate.SLIDING).any())

    def _places(self, fate: Fate, ends: Shares, radius: float) -> list[RestOutcome]:
        found: list[RestOutcome] = []
        for group in sorted(_groups(ends, radius), key=len, reverse=True):
            rest = self._described(fate, ends[group], found, radius)
            if rest is not None and len(found) < MOST_PLACES:
                found.append(rest)
        return found

    def _described(self, fate: Fate, ends: Shares, known: list[RestOutcome], radius: float) -> RestOutcome | None:
        """Describe where some paths end; None if it is known already, repels, or too few paths end there."""
        check = self.run.check(ends[0]) if fate is Fate.AT_REST else None
        shares = ends.mean(axis=0) if check is None else check.shares
        attracts = None if check is None else check.attracts
        if attracts is False or (attracts is None and len(ends) < FEWEST):
            return None
        if any(np.abs(shares - rest.shares).max() <= radius for rest in known):
            return None
        near = near_name(self.problem, shares)
        number = 1 + sum(rest.near == near for rest in known)
        digits = [NOWHERE if digit == "~" else int(digit) for digit in near if digit in "01~"]
        return RestOutcome(
            fate=fate,
            profile=(*(digits[i] for i in self.problem.free), number),
            shares=tuple(shares.tolist()),
            near=near,
            number=number,
            attracts=attracts,
            distance=None if check is None else check.distance,
        )


def _index_one(profiles: tuple[Floats, ...]) -> Shares:
    """Shares of index 1 of two-strategy populations, shape (paths, n)."""
    return np.stack([part[:, 1] for part in profiles], axis=-1)


def _groups(ends: Shares, radius: float) -> list[Integers]:
    """Put points together that lie within a radius of the first of their group."""
    left = np.arange(len(ends))
    found: list[Integers] = []
    while left.size and len(found) < 8 * MOST_PLACES:
        near = np.asarray(np.abs(ends[left] - ends[left[0]]).max(axis=1) <= radius)
        found.append(left[near])
        left = left[~near]
    return found
