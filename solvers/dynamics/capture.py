"""Proved neighbourhoods of strict equilibria: a path that enters one converges to it.

Take a box with a strict equilibrium s as a corner and without points on the opposite faces. If every advantage has
the strict sign that favours s on the whole closed box, then inside it every share moves towards s and never back:
the path stays in the box and converges to s. Advantages are multi-affine, so their signs at the corners of the box
decide. Valid for the standard replicator dynamics at any speeds; not under delay, noise or mutation.
"""

from __future__ import annotations

import itertools

import numpy as np

from solvers.arrays import Advantages, Floats
from solvers.attractors import Profile
from solvers.expected import advantage

WIDEST = 0.999
BISECTIONS = 40


def capture_width(advantages: Advantages, profile: Profile) -> float:
    """Largest w such that the box of points within w of the profile in every share is proved to be captured.

    Returns 0 if the profile is not strict.

    Examples
    --------
    In the stag hunt with indifference at 2/3, (1, 1) captures every share above 2/3:

    >>> from solvers.expected import payoff_advantages
    >>> hunt = payoff_advantages(np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]]))
    >>> round(capture_width(hunt, (1, 1)), 3)
    0.333
    """
    corner = np.array(profile, dtype=np.float64)
    inward = np.where(corner == 1.0, -1.0, 1.0)
    away = np.array(list(itertools.product([0.0, 1.0], repeat=corner.size)))
    floor = 1e-12 * np.abs(advantages).max()

    def proved(width: float) -> bool:
        values: Floats = advantage(advantages, corner + inward * width * away)
        return bool((-inward * values > floor).all())

    if not proved(0.0):
        return 0.0
    if proved(WIDEST):
        return WIDEST
    low, high = 0.0, WIDEST
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if proved(middle) else (low, middle)
    return low
