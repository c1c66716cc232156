"""First Lyapunov coefficient at a Hopf point: whether the cycle that is born there attracts or repels."""

from __future__ import annotations

import numpy as np

from solvers.arrays import Complexes, Floats
from solvers.share_dependent import bernstein
from solvers.share_dependent.advantages import ShareAdvantages


class _Forms:
    """Second and third derivatives of the velocities x_i (1 - x_i) D_i at a state, as multilinear forms.

    Exact: they come from the coefficients of the advantages, not from differences.
    """

    def __init__(self, advantages: ShareAdvantages, shares: Floats, mixing: tuple[int, ...]) -> None:
        k = len(mixing)
        x = shares[list(mixing)]
        self.weight, self.tilt = x * (1.0 - x), 1.0 - 2.0 * x
        self.value, self.first = np.empty(k), np.empty((k, k))
        self.second, self.third = np.empty((k, k, k)), np.empty((k, k, k, k))
        for i, player in enumerate(mixing):
            table = advantages.tables[player]
            self.value[i] = bernstein.value(table, shares)
            for a, one in enumerate(mixing):
                by_one = bernstein.derivative(table, one)
                self.first[i, a] = bernstein.value(by_one, shares)
                for b, two in enumerate(mixing):
                    by_two = bernstein.derivative(by_one, two)
                    self.second[i, a, b] = bernstein.value(by_two, shares)
                    for c, three in enumerate(mixing):
                        self.third[i, a, b, c] = bernstein.value(bernstein.derivative(by_two, three), shares)

    def bilinear(self, u: Complexes, v: Complexes) -> Complexes:
        """Second derivative along u and v."""
        by_u, by_v = self.first @ u, self.first @ v
        both = np.einsum("iab,a,b->i", self.second, u, v)
        result: Complexes = -2.0 * u * v * self.value + self.tilt * (u * by_v + v * by_u) + self.weight * both
        return result

    def trilinear(self, u: Complexes, v: Complexes, w: Complexes) -> Complexes:
        """Third derivative along u, v and w."""
        by_u, by_v, by_w = (self.first @ each for each in (u, v, w))
        uv, uw, vw = (np.einsum("iab,a,b->i", self.second, *pair) for pair in ((u, v), (u, w), (v, w)))
        all_three = np.einsum("iabc,a,b,c->i", self.third, u, v, w)
        result: Complexes = (
            -2.0 * (u * v * by_w + u * w * by_v + v * w * by_u)
            + self.tilt * (u * vw + v * uw + w * uv)
            + self.weight * all_three
        )
        return result


def first_lyapunov(
    advantages: ShareAdvantages, shares: Floats, mixing: tuple[int, ...], block: Floats, frequency: float
) -> tuple[float, float]:
    """Return the first Lyapunov coefficient, and the size of the terms that it is the sum of.

    Parameters
    ----------
    shares : shape (n,), of the rest point
    mixing : players that mix; the others stay on their face
    block : shape (k, k), their block of the Jacobian, with the eigenvalues +-i frequency

    Notes
    -----
    With A q = i w q, A^T p = -i w p, <q, q> = <p, q> = 1 and the derivatives B, C of the velocity it is
    Re(<p, C(q, q, q*)> - 2 <p, B(q, A^-1 B(q, q*))> + <p, B(q*, (2 i w - A)^-1 B(q, q))>) / (2 w): Kuznetsov (2004),
    Elements of Applied Bifurcation Theory, section 5.4. Negative: the cycle attracts.
    """
    q, p = _critical_vectors(block, frequency)
    forms, turn = _Forms(advantages, shares, mixing), 1j * frequency
    conjugate = q.conj()
    mean = np.linalg.solve(block, forms.bilinear(q, conjugate)).astype(np.complex128)
    double = np.linalg.solve(2.0 * turn * np.eye(len(q)) - block, forms.bilinear(q, q)).astype(np.complex128)
    terms = np.array(
        [
            (p.conj() * forms.trilinear(q, q, conjugate)).sum(),
            -2.0 * (p.conj() * forms.bilinear(q, mean)).sum(),
            (p.conj() * forms.bilinear(conjugate, double)).sum(),
        ]
    )
    scale = 2.0 * frequency
    return float(terms.sum().real / scale), float(np.abs(terms).sum() / scale)


def _critical_vectors(block: Floats, frequency: float) -> tuple[Complexes, Complexes]:
    """Right and left eigenvectors of the crossing pair, normalised to <q, q> = <p, q> = 1."""
    values, vectors = np.linalg.eig(block)
    q: Complexes = vectors[:, np.argmin(np.abs(values - 1j * frequency))].astype(np.complex128)
    q = q / np.linalg.norm(q)
    values, vectors = np.linalg.eig(block.T)
    p: Complexes = vectors[:, np.argmin(np.abs(values + 1j * frequency))].astype(np.complex128)
    p = p / (p.conj() * q).sum().conj()
    return q, p
