"""Which starts end at which mixed rest point, where payoffs depend on shares and mixed rest points can attract."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import qmc

from solvers.arrays import Floats, Integers
from solvers.basins import INSIDE, BasinShare, interval
from solvers.dynamics.fate import Fate
from solvers.share_dependent.copies import Copies, share_fates

NEAR = 1e-4
"""Largest distance, per share, at which a path at rest is taken for a path to a rest point."""
NOWHERE = -1


def nearest(shares: Floats, points: Sequence[Floats]) -> Integers:
    """Number of the point that each state is near to, else ``NOWHERE``.

    Parameters
    ----------
    shares : shape (states, n)
    points : each of shape (n,)
    """
    if not len(points):
        return np.full(len(shares), NOWHERE)
    distance = np.abs(shares[:, None] - np.array(points)[None]).max(axis=-1)
    best = distance.argmin(axis=1)
    return np.where(distance[np.arange(len(shares)), best] <= NEAR, best, NOWHERE)


def mixed_basins(
    large: Copies,
    points: Sequence[Floats],
    *,
    rng: np.random.Generator,
    sets: int = 8,
    samples: int = 64,
    speeds: Floats | None = None,
    low: Floats | float = 0.0,
    high: Floats | float = 1.0,
) -> tuple[BasinShare, ...]:
    """Estimate the share of starts whose paths come to rest at each of some mixed rest points.

    Parameters
    ----------
    points : their shares, each of shape (n,)
    rng : source of the scrambling of the Sobol sets
    sets, samples : number of sets, and starts per set
    speeds : shape (n,), positive; default 1
    low, high : box from which the starts are drawn uniformly; default the whole cube

    Returns
    -------
    One share with its 95 % interval per point. That a path ends there is seen, not proved.

    Examples
    --------
    >>> from solvers.share_dependent.advantages import ShareAdvantages
    >>> from solvers.share_dependent.copies import copies
    >>> congestion = ShareAdvantages((np.array([1.0, -1.0]),), np.ones(1), np.zeros(1), np.zeros(1), False)
    >>> (basin,) = mixed_basins(copies(congestion), [np.array([0.5])], rng=np.random.default_rng(0))
    >>> basin.share
    1.0
    """
    n = len(large.first)
    engines = [qmc.Sobol(n, scramble=True, rng=child) for child in rng.spawn(sets)]
    drawn = low + np.stack([engine.random(samples) for engine in engines]) * (np.asarray(high) - low)
    found = share_fates(large, np.clip(drawn, INSIDE, 1.0 - INSIDE).reshape(-1, n), speeds=speeds)
    at_rest = np.array([fate is Fate.AT_REST for fate in found.fate])
    where = np.where(at_rest, nearest(found.shares, points), NOWHERE).reshape(sets, samples)
    return tuple(interval((where == k).mean(axis=1), where.size) for k in range(len(points)))
