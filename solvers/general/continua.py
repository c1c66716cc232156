"""Continua of rest points with three or more mixing players: what is exact, and what undecided boxes hold."""

from __future__ import annotations

import itertools

import numpy as np
from scipy.sparse.csgraph import connected_components

from solvers.arrays import Floats
from solvers.general.mixed_payoffs import contracted
from solvers.general.nonlinear_supports import ClassBoxes, ClassPoint, split_evenly, strategy_ends
from solvers.general.normal_form import MixedProfile
from solvers.general.product_sets import MOST_COMBINATIONS, is_nash_on
from solvers.general.rest_point_records import Judge
from solvers.general.results import GeneralComponent, GeneralUndecided
from solvers.general.support_systems import SupportSystem

SMALLEST_EXTENT = 1e-3
"""Clusters wider than this hold a continuum if a rest point is found in them."""
ZERO_RESIDUAL = 1e-10
"""Largest difference at a point that counts as a rest point, relative to the player's largest."""
POLISHING_STEPS = 60
MOST_BOXES_TO_SORT = 2000
"""More boxes than these are not sorted into clusters, but taken together."""


def family(judge: Judge, point: ClassPoint) -> GeneralComponent:
    """Component of a certified point in the shares of classes times the freedom within classes."""
    game, system = judge.game, point.system
    ends = [
        strategy_ends(system, z - r, z + r, size, player)
        for player, (z, r, size) in enumerate(zip(point.shares, point.radius, game.sizes, strict=True))
    ]
    middle = split_evenly(system, point.shares, game.sizes)
    vertices = tuple(_choices(system, point, player, size) for player, size in enumerate(game.sizes))
    return GeneralComponent(
        support=system.support,
        dimension=system.freedom,
        dimension_proved=True,
        low=tuple(low for low, _ in ends),
        high=tuple(high for _, high in ends),
        representative=middle,
        vertices=vertices,
        residual=judge.residual(middle, system.support),
        is_nash=is_nash_on(game, system.support, vertices),
        boxes=0,
    )


def _choices(system: SupportSystem, point: ClassPoint, player: int, size: int) -> Floats:
    """All mixed strategies that give the share of each class to one of its strategies."""
    groups = system.classes[player]
    if np.prod([len(group) for group in groups]) > MOST_COMBINATIONS:
        groups = tuple(group[:1] for group in groups)
    rows = []
    for chosen in itertools.product(*groups):
        x = np.zeros(size)
        x[list(chosen)] = point.shares[player]
        rows.append(x)
    return np.array(rows)


def describe(judge: Judge, boxes: ClassBoxes) -> list[GeneralComponent | GeneralUndecided]:
    """Turn the undecided boxes of a support into components, where a continuum was found, or leave them undecided."""
    return [_describe_cluster(judge, cluster) for cluster in _clusters(boxes)]


def _clusters(boxes: ClassBoxes) -> list[ClassBoxes]:
    count = boxes.low.shape[0]
    if count > MOST_BOXES_TO_SORT:
        return [boxes]
    near = np.ones((count, count), dtype=bool)
    for j in range(boxes.low.shape[1]):
        reach = boxes.high[:, j] + 1e-12
        near &= (boxes.low[:, None, j] <= reach[None, :]) & (boxes.low[None, :, j] <= reach[:, None])
    found, label = connected_components(near, directed=False)
    return [ClassBoxes(boxes.system, boxes.low[label == c], boxes.high[label == c]) for c in range(found)]


def _describe_cluster(judge: Judge, cluster: ClassBoxes) -> GeneralComponent | GeneralUndecided:
    game, system = judge.game, cluster.system
    least, most = cluster.low.min(axis=0), cluster.high.max(axis=0)
    low, high = _extent(system, least, most, game.sizes)
    if float((most - least).max()) > SMALLEST_EXTENT:
        point, rank = _polish(system, cluster)
        representative = split_evenly(system, _all_classes(system, point), game.sizes)
        residual = judge.residual(representative, system.support)
        small = residual <= ZERO_RESIDUAL * float(game.scale.max())
        if rank < system.variables and small and min(float(x.min()) for x in representative) >= 0.0:
            return GeneralComponent(
                support=system.support,
                dimension=system.variables - rank + system.freedom,
                dimension_proved=False,
                low=low,
                high=high,
                representative=representative,
                vertices=None,
                residual=residual,
                is_nash=_is_nash_within(judge, system, low, high),
                boxes=len(cluster.low),
            )
    return GeneralUndecided(support=system.support, low=low, high=high, boxes=len(cluster.low))


def _all_classes(system: SupportSystem, variables: Floats) -> MixedProfile:
    shares, position = [], 0
    for groups in system.classes:
        own = variables[position : position + len(groups) - 1]
        position += len(groups) - 1
        shares.append(np.concatenate([[1.0 - own.sum()], own]))
    return tuple(shares)


def _extent(
    system: SupportSystem, least: Floats, most: Floats, sizes: tuple[int, ...]
) -> tuple[MixedProfile, MixedProfile]:
    lows, highs, position = [], [], 0
    for player, groups in enumerate(system.classes):
        a, b = least[position : position + len(groups) - 1], most[position : position + len(groups) - 1]
        position += len(groups) - 1
        first = (max(0.0, 1.0 - float(b.sum())), max(0.0, 1.0 - float(a.sum())))
        low, high = strategy_ends(
            system, np.concatenate([[first[0]], a]), np.concatenate([[first[1]], b]), sizes[player], player
        )
        lows.append(low)
        highs.append(high)
    return tuple(lows), tuple(highs)


def _polish(system: SupportSystem, cluster: ClassBoxes) -> tuple[Floats, int]:
    """Nearest zero by Gauss-Newton from the middle box, and the rank of the slopes there."""
    low, high = cluster.low.min(axis=0), cluster.high.max(axis=0)
    centres = 0.5 * (cluster.low + cluster.high)
    point = centres[np.argmin(((centres - centres.mean(axis=0)) ** 2).sum(axis=1))].copy()
    rank = 0
    for _ in range(POLISHING_STEPS):
        shares = _all_classes(system, point)
        values = np.array([contracted(row, shares, ()) for row in system.functions])
        slopes = np.array([_slopes(row, shares) for row in system.functions])
        step, _, found, _ = np.linalg.lstsq(slopes, values, rcond=1e-8)
        rank = int(found)
        moved = np.clip(point - step, low, high)
        if np.abs(moved - point).max() < 1e-16:
            break
        point = moved
    return point, rank


def _slopes(row: Floats, shares: MixedProfile) -> Floats:
    """Derivatives of one equation with respect to all class shares but the first of each player."""
    parts = []
    for player in range(len(shares)):
        along = contracted(row, shares, (player,))
        parts.append(along[1:] - along[0])
    return np.concatenate(parts)


def _is_nash_within(judge: Judge, system: SupportSystem, low: MixedProfile, high: MixedProfile) -> bool | None:
    """Whether no absent strategy gains anywhere within the extent; None if the bounds do not tell."""
    game, verdict = judge.game, True
    for player, used in enumerate(system.support):
        table = np.moveaxis(judge.tied[player], player, 0)
        for s in range(game.sizes[player]):
            if s in used:
                continue
            gains = [_bounds(table[s] - table[u], low, high, player) for u in used]
            if any(least > game.tolerance[player] for least, _ in gains):
                return False
            if all(most > game.tolerance[player] for _, most in gains):
                verdict = False
    return True if verdict else None


def _bounds(table: Floats, low: MixedProfile, high: MixedProfile, player: int) -> tuple[float, float]:
    """Bounds on an expectation over the other players, each strategy's share between its ends, all summing to 1."""
    least = most = table
    for i in range(len(low) - 1, -1, -1):
        if i != player:
            least = _extreme(least, low[i], high[i])
            most = -_extreme(-most, low[i], high[i])
    return float(least), float(most)


def _extreme(table: Floats, low: Floats, high: Floats) -> Floats:
    """Least mean of the last axis under weights between ``low`` and ``high`` that sum to 1: the cheapest first."""
    order = np.argsort(table, axis=-1)
    values = np.take_along_axis(table, order, axis=-1)
    spare = (high - low)[order]
    room = max(0.0, 1.0 - float(low.sum()))
    before = np.cumsum(spare, axis=-1) - spare
    extra = np.clip(room - before, 0.0, spare)
    return np.asarray((values * (low[order] + extra)).sum(axis=-1))
