"""All rest points or all Nash equilibria of a game with any number of players and strategies: the entry.

The path of one game: ``normal_form`` makes ties exact; sets with at most two mixing players are linear and solved in
exact rational arithmetic; supports with three or more go to certified subdivision; what is not isolated is described
as components; every point returned is checked again. Promised complete up to about six mixing dimensions per
support, in practice often beyond; what could not be decided is listed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from solvers.equilibria import BORDER, MOST_BOXES, TIE_TOLERANCE, WIDE
from solvers.errors import SolverInputError
from solvers.general.budget import Budget, BudgetSpent
from solvers.general.continua import describe, family, profile_of, strategy_ends
from solvers.general.dominance import undominated
from solvers.general.nash_subsets import maximal_nash_subsets
from solvers.general.nonlinear_supports import EffectPoint, NonlinearSets, solve_nonlinear_supports
from solvers.general.normal_form import MixedProfile, NormalForm, Support, normal_form
from solvers.general.product_sets import (
    ProductSet,
    embedded_subset,
    is_nash_on,
    maximal,
    nash_part_is_empty,
    spread,
    tied_faces,
    two_mixing_sets,
    two_player_tables,
    whole_face,
)
from solvers.general.response_graph import closed_faces, sink_components
from solvers.general.rest_point_records import Judge
from solvers.general.results import GeneralComponent, GeneralEquilibria, GeneralRestPoint, GeneralUndecided

NASH_BOXES = 2_000
"""Budget for the Nash equilibria of a two-player game whose other rest points are too many for the budget given."""
MOST_LISTED = 200
"""More supports than these that the budget did not reach are listed as one."""


def general_equilibria(
    payoffs: ArrayLike,
    *,
    what: str = "rest",
    tie_tolerance: float = TIE_TOLERANCE,
    most_boxes: int = MOST_BOXES,
    most_seconds: float | None = None,
) -> GeneralEquilibria:
    """Find every rest point of the multi-population replicator dynamics of a game, or every Nash equilibrium.

    Parameters
    ----------
    payoffs : shape (n, m_1, ..., m_n), any number of players with any number of strategies
    what : ``"rest"`` or ``"nash"``
        Nash equilibria alone need less work: dominated strategies go first, and a two-player game is solved by
        the vertices of its best-response polytopes.
    tie_tolerance : float, in [0, 0.01]
        Own strategies whose payoffs differ by at most this part of the player's largest difference are tied. If a
        difference beyond rounding is, the result is not complete and says ``near ties``.
    most_boxes : int
        Boxes to examine in all; exact linear work counts too, 25 pairs of supports or vertices as a box. What is not
        reached is listed as undecided. A single support gets at most 100,000.
    most_seconds : float, optional
        The same as a time. ``boxes`` of the result says how far it came; given as ``most_boxes`` it comes as far
        again.

    Raises
    ------
    SolverInputError
        If the arguments cannot be worked with; the message says why.

    Notes
    -----
    A rest point makes every player indifferent among the strategies it uses. With at most two mixing players these
    sets are products of polytopes, found exactly: for payoffs that are simple fractions up to rounding (0.1, 2/3) for
    these, else for the rational numbers that floats are. With more, rest points are isolated by subdivision with
    Krawczyk tests. Continua are components.

    Examples
    --------
    Rock, paper, scissors between two populations: one equilibrium, around which play turns.

    >>> wins = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    >>> result = general_equilibria([wins, wins.T])
    >>> [(point.profile[0].round(3).tolist(), point.stability.value) for point in result.nash]
    [([0.333, 0.333, 0.333], 'neutral')]
    >>> result.complete, len(result.rest_points)
    (True, 16)
    """
    if what not in ("rest", "nash"):
        raise SolverInputError("general.what", value=what)
    if isinstance(most_boxes, bool) or not isinstance(most_boxes, int | np.integer) or most_boxes < 1:
        raise SolverInputError("budget.range", value=most_boxes)
    if most_seconds is not None and not most_seconds > 0.0:
        raise SolverInputError("budget.seconds", value=most_seconds)
    game = normal_form(payoffs, tie_tolerance=tie_tolerance)
    return _Search(game, what, Budget(int(most_boxes), most_seconds)).result(tie_tolerance)


class _Search:
    """One game on its way: what has been found so far."""

    def __init__(self, game: NormalForm, what: str, budget: Budget) -> None:
        self.game = game
        self.judge = Judge.of(game)
        self.what = what
        self.budget = budget
        self.strategies: Support = tuple(tuple(range(size)) for size in game.sizes)
        if what == "nash":
            self.strategies = undominated(game)
        self.points: list[GeneralRestPoint] = []
        self.components: list[GeneralComponent] = []
        self.nash_subsets: list[GeneralComponent] = []
        self.undecided: list[GeneralUndecided] = []
        self.spent = False

    def result(self, tie_tolerance: float) -> GeneralEquilibria:
        """Run the search and put the answer together."""
        self._pure()
        sets = self._linear_sets()
        nonlinear = self._nonlinear()
        self._take_sets(sets + [whole_face(self.game.sizes, face) for face in nonlinear.whole])
        self._take_nonlinear(nonlinear)
        sinks = sink_components(self.game.tied)
        decided = not self.undecided and all(item.dimension_proved for item in self.components)
        complete = decided and not self.game.near_ties
        return GeneralEquilibria(
            payoffs=self.game.payoffs,
            what=self.what,
            rest_points=tuple(self.points),
            components=tuple(self.components),
            nash_subsets=tuple(self.nash_subsets),
            undecided=tuple(self.undecided),
            status="complete" if complete else "near ties" if decided else "budget" if self.spent else "undecided",
            complete=complete,
            sink_components=sinks,
            closed_faces=closed_faces(self.game.tied, sinks),
            dominated=tuple(
                (i, s) for i, m in enumerate(self.game.sizes) for s in range(m) if s not in self.strategies[i]
            ),
            tie_tolerance=tie_tolerance,
            boxes=self.budget.boxes,
            method="exact polytopes of supports"
            if self.game.players < 3
            else "exact polytopes of supports, certified subdivision with Krawczyk tests",
        )

    def _pure(self) -> None:
        profiles = np.ndindex(*self.game.sizes)
        if self.what == "nash":
            best = np.ones(self.game.sizes, dtype=bool)
            for player, own in enumerate(self.game.tied):
                best &= own == own.max(axis=player, keepdims=True)
            self.points += [self.judge.pure(tuple(int(s) for s in place)) for place in np.argwhere(best)]
        else:
            self.points += [self.judge.pure(profile) for profile in profiles]

    def _linear_sets(self) -> list[ProductSet]:
        """Sets with at most two mixing players; what the budget does not reach is noted."""
        game = self.game
        if game.players == 2 and self.what == "nash":
            return self._maximal_nash_subsets(self.budget)
        sets = tied_faces(game) if game.players != 2 else []
        try:
            sets += two_mixing_sets(game, self.budget)
        except BudgetSpent:
            self._leave_open([self.strategies])
            if game.players == 2:
                sets += tied_faces(game) + self._maximal_nash_subsets(Budget(NASH_BOXES))
        return sets

    def _maximal_nash_subsets(self, budget: Budget) -> list[ProductSet]:
        """Nash equilibria of a two-player game, from the game without its dominated strategies."""
        game = self.game
        first, second = two_player_tables(game, (0, 1), {})
        rows, columns = undominated(game)
        try:
            found = maximal_nash_subsets(
                [[first[s][t] for t in columns] for s in rows],
                [[second[t][s] for s in rows] for t in columns],
                budget,
            )
        except BudgetSpent:
            self._leave_open([self.strategies])
            return []
        return [embedded_subset(game.sizes, item, (rows, columns)) for item in found]

    def _nonlinear(self) -> NonlinearSets:
        if self.game.players < 3:
            return NonlinearSets()
        return solve_nonlinear_supports(
            self.game, self.strategies, self.budget, nash_only=self.what == "nash", border=BORDER
        )

    def _take_sets(self, sets: list[ProductSet]) -> None:
        """Sort exact sets into isolated points and components."""
        order = sorted((item for item in sets), key=lambda item: -sum(map(len, item.support)))
        for item in maximal(order):
            if not item.is_point:
                component = self._component(item)
                if self.what == "rest" or component.is_nash is not False:
                    self.components.append(component)
            elif any(len(used) > 1 for used in item.support):
                exact = tuple(polytope[0][0] for polytope in item.polytopes)
                profile = tuple(v[0] for v in item.vertices())
                radius = tuple(np.where((x > 0.0) & (x < 1.0), 1.2e-16, 0.0) for x in profile)
                self._add(self.judge.mixed(profile, item.support, radius, exact))
        degenerate = any(item.is_nash is not False for item in self.components)
        if self.game.players == 2 and self.what == "nash":
            self.nash_subsets = list(self.components)
        elif self.game.players == 2 and degenerate:
            subsets = [item for item in self._maximal_nash_subsets(self.budget) if not self._is_listed(item)]
            self.nash_subsets = [self._component(item) for item in subsets]

    def _is_listed(self, item: ProductSet) -> bool:
        """Whether a set is a single point that is among the isolated rest points."""
        if not item.is_point:
            return False
        profile = np.concatenate([v[0] for v in item.vertices()])
        return any(bool((np.abs(np.concatenate(point.profile) - profile) < 1e-12).all()) for point in self.points)

    def _component(self, item: ProductSet) -> GeneralComponent:
        low, high, middle = spread(item)
        vertices = item.vertices()
        is_nash = is_nash_on(self.game, item.support, vertices)
        if is_nash is None and self.game.players == 2 and nash_part_is_empty(self.game, item):
            is_nash = False
        return GeneralComponent(
            support=item.support,
            dimension=item.dimension,
            dimension_proved=True,
            low=low,
            high=high,
            representative=middle,
            vertices=vertices,
            residual=self.judge.residual(middle, item.support),
            is_nash=is_nash,
            boxes=0,
        )

    def _add(self, point: GeneralRestPoint) -> None:
        if self.what == "rest" or point.is_nash:
            self.points.append(point)

    def _take_nonlinear(self, found: NonlinearSets) -> None:
        for point in found.points:
            if point.system.freedom:
                component = family(self.judge, point)
                if self.what == "rest" or component.is_nash is not False:
                    self.components.append(component)
            else:
                profile = profile_of(point.system, point.shares, self.game.sizes)
                radius = profile_of(point.system, point.radius, self.game.sizes)
                self._add(self.judge.mixed(profile, point.system.support, radius, None))
        for boxes in found.boxes:
            for item in describe(self.judge, boxes):
                if isinstance(item, GeneralComponent):
                    if self.what == "rest" or item.is_nash is not False:
                        self.components.append(item)
                else:
                    wide = max(float((b - a).max()) for a, b in zip(item.low, item.high, strict=True)) > WIDE
                    self.spent |= wide
                    self.undecided.append(item)
        self.undecided += [self._open_point(point) for point in found.border if not self._known(point)]
        if found.unreached:
            self._leave_open(found.unreached)

    def _known(self, point: EffectPoint) -> bool:
        """Whether a point on the border of its support is already listed in the smaller one, with its tie."""
        low, high = self._ends(point, 10.0 * BORDER)
        for other in self.points:
            inside = (((a <= x) & (x <= b)).all() for a, x, b in zip(low, other.profile, high, strict=True))
            if other.ties and all(inside):
                return True
        for item in self.components:
            bounds = zip(low, high, item.low, item.high, strict=True)
            if all(((a <= d) & (c <= b)).all() for a, b, c, d in bounds):
                return True
        return False

    def _ends(self, point: EffectPoint, slack: float) -> tuple[MixedProfile, MixedProfile]:
        reach = [slack + 4.0 * r for r in point.radius]
        low = tuple(z - r for z, r in zip(point.shares, reach, strict=True))
        high = tuple(z + r for z, r in zip(point.shares, reach, strict=True))
        return strategy_ends(point.system, low, high, self.game.sizes)

    def _open_point(self, point: EffectPoint) -> GeneralUndecided:
        low, high = self._ends(point, 0.0)
        return GeneralUndecided(support=point.system.support, low=low, high=high, boxes=1)

    def _leave_open(self, supports: list[Support]) -> None:
        """List supports that the budget did not reach."""
        self.spent = True
        if len(supports) > MOST_LISTED:
            everything = [sorted({s for support in supports for s in support[i]}) for i in range(self.game.players)]
            supports = [tuple(tuple(used) for used in everything)]
        for support in supports:
            high = tuple(
                np.isin(np.arange(m), used).astype(float) for m, used in zip(self.game.sizes, support, strict=True)
            )
            low = tuple(x * (x.sum() == 1.0) for x in high)
            self.undecided.append(GeneralUndecided(support=support, low=low, high=high, boxes=1))
