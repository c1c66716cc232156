"""Rest points with three or more mixing players: support by support, by certified subdivision."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from solvers.arrays import Floats
from solvers.general.budget import Budget, BudgetSpent
from solvers.general.dominance import never_best_together
from solvers.general.normal_form import MixedProfile, NormalForm, Support
from solvers.general.simplex_subdivision import rounding_bound, solve_simplices
from solvers.general.support_systems import SupportSystem, corner_values, overdetermined, support_system
from solvers.rest_points.certificate import EPSILON

MOST_VARIABLES = 14
"""Mixing dimensions of the largest support that is tried; corner values double with each."""
ROOTS = 256
"""Isolated roots that a support may have: more than any regular one that fits the budget."""
BOXES_PER_SUPPORT = 100_000
"""More boxes than any regular support of six mixing dimensions needs; a few dozen to a few hundred are usual."""
WORK_PER_SUPPORT = 1e9
"""The same as corner values, so that supports of many dimensions get fewer boxes."""


@dataclass(frozen=True, slots=True, eq=False)
class EffectPoint:
    """A certified solution in the shares of effects: a rest point, or one times the freedom to produce the effects.

    Attributes
    ----------
    system : the equations it solves
    shares, radius : one array per player, share of each effect and proved distance
    """

    system: SupportSystem
    shares: MixedProfile
    radius: MixedProfile


@dataclass(frozen=True, slots=True, eq=False)
class EffectBoxes:
    """Undecided boxes in the shares of effects; low and high have shape (boxes, variables)."""

    system: SupportSystem
    low: Floats
    high: Floats


@dataclass(slots=True, eq=False)
class NonlinearSets:
    """What was found in all supports.

    Attributes
    ----------
    whole : supports all of whose profiles are rest points
    points : inside their support; ``border`` : within tolerance of its border, so named in a smaller support
    boxes : undecided
    unreached : supports that the budget did not reach
    """

    whole: list[Support] = field(default_factory=list)
    points: list[EffectPoint] = field(default_factory=list)
    border: list[EffectPoint] = field(default_factory=list)
    boxes: list[EffectBoxes] = field(default_factory=list)
    unreached: list[Support] = field(default_factory=list)


def supports(strategies: Support, fewest: int) -> Iterator[Support]:
    """Supports in which at least ``fewest`` players use two strategies or more; small ones, which are cheap, first.

    Examples
    --------
    >>> list(supports(((0, 1), (0, 1)), 2))
    [((0, 1), (0, 1))]
    """
    subsets = [
        [chosen for size in range(1, len(own) + 1) for chosen in itertools.combinations(own, size)]
        for own in strategies
    ]
    found = [s for s in itertools.product(*subsets) if sum(len(used) > 1 for used in s) >= fewest]
    return iter(sorted(found, key=lambda s: sum(map(len, s))))


def solve_nonlinear_supports(
    game: NormalForm, strategies: Support, budget: Budget, *, nash_only: bool, border: float
) -> NonlinearSets:
    """Solve every support with three or more mixing players.

    Parameters
    ----------
    strategies : per player, those that may be in use
    budget : of boxes; each support counts as one step more
    nash_only : leave out supports that no Nash equilibrium can have
    border : distance from the border of a support within which a point is not counted as inside
    """
    found = NonlinearSets()
    units = np.ldexp(1.0, np.frexp(np.where(game.scale > 0.0, game.scale, 1.0))[1])
    if support_is_whole(game, strategies):
        found.whole.append(strategies)
        return found
    for support in supports(strategies, 3):
        try:
            budget.spend()
        except BudgetSpent:
            found.unreached.append(support)
            continue
        if nash_only and never_best_together(game, support, strategies):
            continue
        system = support_system(game, units, support)
        if system is None:
            continue
        if not len(system.owners):
            found.whole.append(support)
        elif not 0 < system.variables <= MOST_VARIABLES or not budget.boxes_left:  # 0: differences of mere rounding
            found.unreached.append(support)
        else:
            _solve(system, found, budget, border)
    return found


def support_is_whole(game: NormalForm, support: Support) -> bool:
    """Whether nothing that a player chooses within the support changes its own payoff."""
    for player in range(game.players):
        rows = np.moveaxis(game.tied[player][np.ix_(*support)], player, 0)
        if bool((rows != rows[:1]).any()):
            return False
    return True


def _solve(system: SupportSystem, found: NonlinearSets, budget: Budget, border: float) -> None:
    part = overdetermined(system)
    if part is not None and part.variables:
        # More equations than unknowns: in general they have no common root, and this shows it with less work.
        _, boxes, examined = _subdivide(part, budget)
        if examined and not len(boxes):
            return
    roots, boxes, examined = _subdivide(system, budget)
    if not examined:
        found.unreached.append(system.support)
        return
    if len(boxes):
        found.boxes.append(EffectBoxes(system, boxes[:, :, 0], boxes[:, :, 1]))
    for root in roots:
        point = _effect_point(system, root)
        reach = [np.maximum(4.0 * r, border) for r in point.radius]
        if any(bool((z + r < 0.0).any()) for z, r in zip(point.shares, reach, strict=True)):
            continue
        inside = all(len(z) == 1 or bool((z > r).all()) for z, r in zip(point.shares, reach, strict=True))
        (found.points if inside else found.border).append(point)


def _subdivide(system: SupportSystem, budget: Budget) -> tuple[Floats, Floats, int]:
    """Roots [root, variable, (point, radius, low, high)], undecided boxes [box, variable, end], boxes examined."""
    variables = system.variables
    waiting = max(512, min(32 << variables, 1 << 15))
    roots, boxes = np.empty((ROOTS, variables, 4)), np.empty((waiting, variables, 2))
    most = min(BOXES_PER_SUPPORT, int(WORK_PER_SUPPORT / (max(1, variables) << variables)), budget.boxes_left)
    with budget.stop() as stop:
        count, undecided, examined = solve_simplices(
            corner_values(system), system.populations, rounding_bound(variables), most, stop, roots, boxes
        )
    budget.spend_boxes(examined)
    return roots[:count], boxes[:undecided].copy(), examined


def _effect_point(system: SupportSystem, root: Floats) -> EffectPoint:
    """Shares of all effects; the first of each player takes what the others leave, and their uncertainty."""
    shares, radius, position = [], [], 0
    for effects in system.effects:
        count = effects.shape[1]
        own = root[position : position + count - 1]
        position += count - 1
        shares.append(np.concatenate([[1.0 - own[:, 0].sum()], own[:, 0]]))
        rounding = EPSILON * count
        radius.append(np.concatenate([[own[:, 1].sum() + rounding], own[:, 1]]) if len(own) else np.zeros(1))
    return EffectPoint(system, tuple(shares), tuple(radius))
