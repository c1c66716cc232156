"""Linear stability of rest points under the replicator dynamics."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from solvers.arrays import Advantages, Complexes, Floats, Shares
from solvers.expected import advantage, advantage_slopes

ZERO_EIGENVALUE = 1e-9
"""Real parts below this part of the size of their block count as zero."""


class Stability(StrEnum):
    """Class of a rest point by the eigenvalues of the Jacobian."""

    SINK = "sink"  # all real parts negative: asymptotically stable
    SADDLE = "saddle"  # some positive, some negative, none zero
    SOURCE = "source"  # all positive
    UNSTABLE = "unstable"  # some positive, some zero
    NEUTRAL = "neutral"  # none positive; the zero ones belong to imaginary pairs: turns, to first order
    UNDECIDED = "undecided"  # none positive, an eigenvalue is zero: the linear part does not decide


def replicator_jacobian(advantages: Advantages, shares: Shares) -> Floats:
    """Jacobian of the replicator velocity field x (1 - x) D(x).

    Parameters
    ----------
    advantages : shape (n, 2, ..., 2), payoff of index 1 minus index 0 at the pure profiles
    shares : shape (..., n), share of index 1

    Returns
    -------
    shape (..., i, j), the derivative of the velocity of i with respect to the share of j. Exact: advantages are
    multi-affine, so there is no step size.

    Examples
    --------
    Matching pennies turns around its centre (Hofbauer and Sigmund 1998):

    >>> from solvers.expected import payoff_advantages
    >>> row = np.array([[1.0, -1.0], [-1.0, 1.0]])
    >>> replicator_jacobian(payoff_advantages(np.stack([row, -row])), np.array([0.5, 0.5]))
    array([[ 0.,  1.],
           [-1.,  0.]])
    """
    x = np.asarray(shares, dtype=np.float64)
    through_others = (x * (1 - x))[..., :, None] * advantage_slopes(advantages, x)
    through_self = ((1 - 2 * x) * advantage(advantages, x))[..., :, None]
    return through_others + through_self * np.eye(x.shape[-1])


def spectrum(advantages: Advantages, shares: Shares, mixing: tuple[int, ...]) -> Complexes:
    """Eigenvalues at a rest point, in the order of the populations that own them.

    A pure population i has the transversal eigenvalue (1 - 2 x_i) D_i: the growth rate of its absent strategy. The
    mixing populations share the eigenvalues of their own block, whose trace is zero; they are sorted by real part,
    largest first.
    """
    jacobian = replicator_jacobian(advantages, shares)
    eigenvalues = np.diagonal(jacobian).astype(np.complex128)
    if mixing:
        block = np.linalg.eigvals(jacobian[np.ix_(mixing, mixing)])
        eigenvalues[list(mixing)] = sorted(block, key=lambda v: (-v.real, -v.imag))
    return eigenvalues


def zero_level(advantages: Advantages, shares: Shares, mixing: tuple[int, ...]) -> float:
    """Real part below which an eigenvalue of the mixing block counts as zero.

    Relative to the spectral radius of the block's absolute values, which no player's unit of payoff can distort.
    """
    if not mixing:
        return 0.0
    block = np.abs(replicator_jacobian(advantages, shares)[np.ix_(mixing, mixing)])
    return ZERO_EIGENVALUE * float(np.abs(np.linalg.eigvals(block)).max())


def classify(eigenvalues: Complexes, tolerance: Floats) -> Stability:
    """Class of a rest point.

    Parameters
    ----------
    eigenvalues : shape (n,)
    tolerance : shape (n,)
        Size up to which a real or imaginary part counts as zero.

    Examples
    --------
    >>> classify(np.array([-1.0, 2.0 + 0j]), np.zeros(2)).value
    'saddle'
    >>> classify(np.array([1j, -1j]), np.full(2, 1e-9)).value
    'neutral'
    """
    positive = eigenvalues.real > tolerance
    negative = eigenvalues.real < -tolerance
    zero = ~positive & ~negative
    if positive.any():
        if positive.all():
            return Stability.SOURCE
        return Stability.UNSTABLE if zero.any() else Stability.SADDLE
    if not zero.any():
        return Stability.SINK
    turning = np.abs(eigenvalues.imag[zero]) > tolerance[zero]
    return Stability.NEUTRAL if turning.all() else Stability.UNDECIDED
