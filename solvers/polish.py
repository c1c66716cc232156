"""From a profile close to a Nash equilibrium to the equilibrium: read off the support, then Newton's method."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from solvers.arrays import Floats, PayoffTensor
from solvers.general.normal_form import MixedProfile
from solvers.mixed_profiles import payoff_scale, payoff_slopes, regrets

Places: TypeAlias = NDArray[np.intp]  # positions of strategies

THRESHOLDS = (1e-3, 1e-4, 1e-2, 3e-2)
"""A strategy belongs to the support if its probability exceeds one of these; they are tried in this order."""
REGRET = 1e-9
NEAR = 0.02
"""How far from the profile given the equilibrium may lie."""


def polished(payoffs: PayoffTensor, profile: MixedProfile) -> MixedProfile | None:
    """Return the Nash equilibrium next to a profile, or None if there is none with the support that it suggests.

    Examples
    --------
    >>> pennies = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])
    >>> polished(pennies, (np.array([0.501, 0.499]), np.array([0.5, 0.5])))
    (array([0.5, 0.5]), array([0.5, 0.5]))
    """
    scale = payoff_scale(payoffs)
    for threshold in THRESHOLDS:
        supports = tuple(np.flatnonzero(x > threshold) for x in profile)
        found = _indifferent(payoffs, profile, supports)
        if found is None or max(float(np.abs(a - b).max()) for a, b in zip(found, profile, strict=True)) > NEAR:
            continue
        if bool((regrets(payoffs, found) <= REGRET * scale).all()):
            return found
    return None


def _indifferent(payoffs: PayoffTensor, profile: MixedProfile, supports: tuple[Places, ...]) -> MixedProfile | None:
    """Make all strategies of the supports pay the same, from a profile on; least squares where ties leave freedom."""
    current = tuple(_on_support(x, support) for x, support in zip(profile, supports, strict=True))
    scale = np.where(payoff_scale(payoffs) > 0.0, payoff_scale(payoffs), 1.0)
    sizes = [len(support) - 1 for support in supports]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
    if starts[-1] == 0:
        return current
    for _ in range(30):
        slopes = payoff_slopes(payoffs, current)
        value, matrix = np.zeros(starts[-1]), np.zeros((starts[-1], starts[-1]))
        for i, own in enumerate(slopes):
            rows, kept = slice(starts[i], starts[i + 1]), supports[i]
            for j, table in own.items():
                part = table[kept]
                gain = (part[1:] - part[0]) / scale[i]
                value[rows] = gain @ current[j]
                columns = gain[:, supports[j]]
                matrix[rows, starts[j] : starts[j + 1]] = columns[:, 1:] - columns[:, :1]
        change = np.linalg.lstsq(matrix, -value, rcond=1e-10)[0]
        moved = []
        for i, x in enumerate(current):
            part = change[starts[i] : starts[i + 1]]
            full = x.copy()
            full[supports[i][1:]] += part
            full[supports[i][0]] -= part.sum()
            moved.append(full)
        current = tuple(moved)
        if not all(np.isfinite(x).all() for x in current) or min(float(x.min()) for x in current) < -NEAR:
            return None
        if float(np.abs(change).max()) <= 1e-15:
            break
    return None if min(float(x.min()) for x in current) < 0.0 else current


def _on_support(mixed: Floats, support: Places) -> Floats:
    kept = np.zeros_like(mixed)
    kept[support] = mixed[support] / mixed[support].sum()
    return kept
