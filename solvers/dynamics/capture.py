"""Proved neighbourhoods of strict equilibria: a path that enters one converges to it.

Take a box with a strict equilibrium s as a corner and without points on the opposite faces. If every advantage has
the strict sign that favours s on the whole closed box, then inside it every share moves towards s and never back:
the path stays in the box and converges to s. Advantages are multi-affine, so their signs at the corners of the box
decide. Valid for the standard replicator dynamics at any speeds; not under delay, noise or mutation.
"""

from __future__ import annotations

import numpy as np

from solvers.arrays import Advantages, Floats
from solvers.attractors import Profile

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
    floor = 1e-12 * np.abs(advantages).max()
    favour = [1.0 if digit == 1 else -1.0 for digit in profile]
    if not all(sign * advantages[(i, *profile)] > floor for i, sign in enumerate(favour)):
        return 0.0

    def proved(width: float) -> bool:
        return all(
            (sign * cells > floor).all()
            for sign, cells in zip(favour, _at_box(advantages, profile, width), strict=True)
        )

    if proved(WIDEST):
        return WIDEST
    low, high = 0.0, WIDEST
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if proved(middle) else (low, middle)
    return low


def _at_box(advantages: Advantages, profile: Profile, width: float) -> Floats:
    """Advantages at the corners of the box of points within ``width`` of the profile, in the place of the cube's."""
    values: Floats = advantages
    for axis, digit in enumerate(profile, start=1):
        here, there = np.take(values, [digit], axis=axis), np.take(values, [1 - digit], axis=axis)
        values = np.concatenate([here, (1.0 - width) * here + width * there], axis=axis)
    return values
