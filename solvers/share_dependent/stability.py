"""Linear stability where payoffs depend on shares: the full Jacobian of x (1 - x) D(x).

Its diagonal is (1 - 2 x_i) D_i + x_i (1 - x_i) dD_i/dx_i: with the own share in the payoffs the block of mixing
populations has a trace, so a mixed rest point can attract, and eigenvalues can cross the imaginary axis.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import eig

from solvers.arrays import Complexes, Floats, Shares
from solvers.share_dependent.advantages import ShareAdvantages
from solvers.stability import ZERO_EIGENVALUE


def replicator_jacobian(advantages: ShareAdvantages, shares: Shares) -> Floats:
    """Jacobian of the replicator velocity field at one state.

    Parameters
    ----------
    shares : shape (n,)

    Returns
    -------
    shape (i, j), the derivative of the velocity of i with respect to the share of j; exact but for rounding

    Examples
    --------
    Congestion, D(x) = 1 - 2x, has its rest point at 1/2 attract:

    >>> congestion = ShareAdvantages((np.array([1.0, -1.0]),), np.ones(1), np.zeros(1), np.zeros(1), False)
    >>> replicator_jacobian(congestion, np.array([0.5]))
    array([[-0.5]])
    """
    x = np.asarray(shares, dtype=np.float64)
    through_shares = (x * (1 - x))[:, None] * advantages.slopes(x)
    return through_shares + np.diag((1 - 2 * x) * advantages.at(x))


def spectrum(
    advantages: ShareAdvantages, shares: Shares, mixing: tuple[int, ...], *, speeds: Floats | None = None
) -> tuple[Complexes, Floats]:
    """Eigenvalues at a rest point, in the order of the populations that own them, and what counts as zero for each.

    A pure population i has the transversal eigenvalue (1 - 2 x_i) D_i. The mixing populations share the eigenvalues
    of their own block, sorted by real part, largest first. An eigenvalue of the block counts as zero up to a part of
    the size of the block, and up to what rounding of a badly conditioned one can account for.

    Parameters
    ----------
    speeds : shape (n,), positive; default 1. Where several populations mix, the class can depend on them

    Returns
    -------
    eigenvalues, shape (n,); tolerances, shape (n,), those of pure populations 0
    """
    jacobian = replicator_jacobian(advantages, shares)
    if speeds is not None:
        jacobian = np.asarray(speeds)[:, None] * jacobian
    eigenvalues = np.diagonal(jacobian).astype(np.complex128)
    tolerance = np.zeros(len(eigenvalues))
    if mixing:
        block = jacobian[np.ix_(mixing, mixing)]
        found, left, right = eig(block, left=True)
        order = sorted(range(len(found)), key=lambda k: (-found[k].real, -found[k].imag))
        eigenvalues[list(mixing)] = found[order]
        # Condition of an eigenvalue: 1 / |y* x| for unit left and right eigenvectors (Wilkinson).
        overlap = np.abs(np.sum(left.conj() * right, axis=0))[order]
        radius = float(np.abs(np.linalg.eigvals(np.abs(block))).max())
        rounding = 64.0 * np.finfo(np.float64).eps * np.linalg.norm(block) / np.maximum(overlap, 1e-300)
        tolerance[list(mixing)] = np.maximum(ZERO_EIGENVALUE * radius, np.minimum(rounding, radius))
    return eigenvalues, tolerance
