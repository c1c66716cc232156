"""Continua of rest points with three or more mixing players: what is exact, and what undecided boxes hold."""

from __future__ import annotations

import numpy as np
from scipy.sparse.csgraph import connected_components

from solvers.arrays import Floats
from solvers.general.effect_shares import all_vertices_tried, strategy_bounds, strategy_mixtures
from solvers.general.nonlinear_supports import EffectBoxes, EffectPoint
from solvers.general.normal_form import MixedProfile
from solvers.general.product_sets import is_nash_on
from solvers.general.rest_point_records import Judge
from solvers.general.results import GeneralComponent, GeneralUndecided
from solvers.general.support_systems import SupportSystem

SMALLEST_EXTENT = 1e-3
"""Clusters wider than this hold a continuum if a rest point is found in them."""
ZERO_RESIDUAL = 1e-10
"""Largest difference at a point that counts as a rest point, relative to the player's largest."""
POLISHING_STEPS = 25
MOST_BOXES_TO_SORT = 2000
"""More boxes than these are not sorted into clusters, but taken together."""


def family(judge: Judge, point: EffectPoint) -> GeneralComponent:
    """Component of a certified point in the shares of effects times the freedom to produce these effects."""
    game, system = judge.game, point.system
    vertices, low, high = [], [], []
    for effects, z, r, used, size in zip(
        system.effects, point.shares, point.radius, system.support, game.sizes, strict=True
    ):
        corners, errors = strategy_mixtures(effects, z, r)
        least, most = (corners - errors).min(axis=0), (corners + errors).max(axis=0)
        if not all_vertices_tried(effects):
            least, most = strategy_bounds(effects, z - r, z + r)
        vertices.append(_spread(corners, used, size))
        low.append(np.clip(_spread(least, used, size), 0.0, 1.0))
        high.append(np.clip(_spread(most, used, size), 0.0, 1.0))
    middle = tuple(v.mean(axis=0) for v in vertices)
    return GeneralComponent(
        support=system.support,
        dimension=system.freedom,
        dimension_proved=True,
        low=tuple(low),
        high=tuple(high),
        representative=middle,
        vertices=tuple(vertices),
        residual=judge.residual(middle, system.support),
        is_nash=is_nash_on(game, system.support, tuple(vertices)),
        boxes=0,
    )


def _spread(shares: Floats, used: tuple[int, ...], size: int) -> Floats:
    """Shares of the strategies in use, in the last axis, among all strategies."""
    whole = np.zeros((*shares.shape[:-1], size))
    whole[..., list(used)] = shares
    return whole


def profile_of(system: SupportSystem, shares: MixedProfile, sizes: tuple[int, ...]) -> MixedProfile:
    """A profile with the given shares of effects, inside its support."""
    return tuple(
        _spread(strategy_mixtures(effects, z, np.zeros_like(z))[0].mean(axis=0), used, size)
        for effects, z, used, size in zip(system.effects, shares, system.support, sizes, strict=True)
    )


def strategy_ends(
    system: SupportSystem, low: MixedProfile, high: MixedProfile, sizes: tuple[int, ...]
) -> tuple[MixedProfile, MixedProfile]:
    """Bounds on the shares of all strategies when the shares of effects lie between ``low`` and ``high``."""
    least, most = [], []
    for effects, a, b, used, size in zip(system.effects, low, high, system.support, sizes, strict=True):
        own, other = strategy_bounds(effects, a, b)
        least.append(_spread(own, used, size))
        most.append(_spread(other, used, size))
    return tuple(least), tuple(most)


def describe(judge: Judge, boxes: EffectBoxes) -> list[GeneralComponent | GeneralUndecided]:
    """Turn the undecided boxes of a support into components, where a continuum was found, or leave them undecided."""
    return [_describe_cluster(judge, cluster) for cluster in _clusters(boxes)]


def _clusters(boxes: EffectBoxes) -> list[EffectBoxes]:
    count = boxes.low.shape[0]
    if count > MOST_BOXES_TO_SORT:
        return [boxes]
    near = np.ones((count, count), dtype=bool)
    for j in range(boxes.low.shape[1]):
        reach = boxes.high[:, j] + 1e-12
        near &= (boxes.low[:, None, j] <= reach[None, :]) & (boxes.low[None, :, j] <= reach[:, None])
    found, label = connected_components(near, directed=False)
    return [EffectBoxes(boxes.system, boxes.low[label == c], boxes.high[label == c]) for c in range(found)]


def _describe_cluster(judge: Judge, cluster: EffectBoxes) -> GeneralComponent | GeneralUndecided:
    game, system = judge.game, cluster.system
    least, most = cluster.low.min(axis=0), cluster.high.max(axis=0)
    low, high = _extent(system, least, most, game.sizes)
    if float((most - least).max()) > SMALLEST_EXTENT:
        point, rank = _polish(system, cluster)
        shares = _all_effects(system, point)
        if rank < system.variables and min(float(z.min()) for z in shares) >= 0.0:
            representative = profile_of(system, shares, game.sizes)
            residual = judge.residual(representative, system.support)
            if residual > ZERO_RESIDUAL * float(game.scale.max()):
                return GeneralUndecided(support=system.support, low=low, high=high, boxes=len(cluster.low))
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


def _all_effects(system: SupportSystem, variables: Floats) -> MixedProfile:
    shares, position = [], 0
    for effects in system.effects:
        own = variables[position : position + effects.shape[1] - 1]
        position += effects.shape[1] - 1
        shares.append(np.concatenate([[1.0 - own.sum()], own]))
    return tuple(shares)


def _extent(
    system: SupportSystem, least: Floats, most: Floats, sizes: tuple[int, ...]
) -> tuple[MixedProfile, MixedProfile]:
    lows, highs, position = [], [], 0
    for effects in system.effects:
        count = effects.shape[1]
        a, b = least[position : position + count - 1], most[position : position + count - 1]
        position += count - 1
        lows.append(np.concatenate([[max(0.0, 1.0 - float(b.sum()))], a]))
        highs.append(np.concatenate([[max(0.0, 1.0 - float(a.sum()))], b]))
    return strategy_ends(system, tuple(lows), tuple(highs), sizes)


def _polish(system: SupportSystem, cluster: EffectBoxes) -> tuple[Floats, int]:
    """Nearest zero by Gauss-Newton from the middle box, and the rank of the slopes there."""
    low, high = cluster.low.min(axis=0), cluster.high.max(axis=0)
    centres = 0.5 * (cluster.low + cluster.high)
    point = centres[np.argmin(((centres - centres.mean(axis=0)) ** 2).sum(axis=1))].copy()
    rank = 0
    for _ in range(POLISHING_STEPS):
        values, slopes = _values_and_slopes(system.functions, _all_effects(system, point))
        step, _, found, _ = np.linalg.lstsq(slopes, values, rcond=1e-8)
        rank = int(found)
        moved = np.clip(point - step, low, high)
        still = float(np.abs(moved - point).max()) < 1e-15
        point = moved
        if still:
            break
    return point, rank


def _values_and_slopes(functions: Floats, shares: MixedProfile) -> tuple[Floats, Floats]:
    """Equations at the shares of effects, and derivatives in all of them but the first of each player."""
    parts = []
    for player in range(len(shares)):
        along = functions
        for other in range(len(shares) - 1, -1, -1):
            if other != player:
                along = np.tensordot(along, shares[other], axes=(other + 1, 0))
        parts.append(along[:, 1:] - along[:, :1])
    return along @ shares[-1], np.concatenate(parts, axis=1)


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
