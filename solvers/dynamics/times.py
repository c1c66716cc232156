"""The times at which paths are recorded."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Floats
from solvers.errors import SolverInputError


def checked_times(times: ArrayLike) -> Floats:
    """Check that times are finite, begin at 0 or later and increase.

    Raises
    ------
    SolverInputError
        If they do not, or there are none.

    Examples
    --------
    >>> checked_times(2.0)
    array([2.])
    """
    moments = np.atleast_1d(np.asarray(times, dtype=np.float64))
    if moments.ndim != 1 or moments.size == 0:
        raise SolverInputError("times.order", value=moments.shape)
    bad = ~np.isfinite(moments) | (np.diff(moments, prepend=-1.0) <= 0.0) | (moments < 0.0)
    if bad.any():
        raise SolverInputError("times.order", value=float(moments[bad][0]))
    return moments
