"""Games whose payoffs depend on shares, by routes of their own: plain sums, many starts, exact elimination.

Payoffs are ``payoffs[player, s1..sn, b1..bn]``, Bernstein coefficients along the last axes. Nothing here is shared with
the solvers: the basis is written out, roots of two polynomials come from their resultants.
"""

from __future__ import annotations

import itertools
from math import comb

import flint
import numpy as np
import sympy
from numpy.typing import NDArray
from scipy.optimize import fsolve

Floats = NDArray[np.float64]


def basis(degree: int, x: float) -> Floats:
    """Bernstein polynomials of a degree at x."""
    return np.array([comb(degree, k) * x**k * (1.0 - x) ** (degree - k) for k in range(degree + 1)])


def payoffs_at(payoffs: Floats, shares: Floats) -> Floats:
    """[player, s1..sn]: payoffs with the shares in them held."""
    n = len(payoffs)
    table = payoffs
    for j in reversed(range(n)):
        table = table @ basis(table.shape[-1] - 1, shares[j])
    return table


def advantages(payoffs: Floats, shares: Floats) -> Floats:
    """D_i at the shares, by a sum over all pure profiles of the others."""
    n = len(payoffs)
    table = payoffs_at(payoffs, shares)
    result = np.zeros(n)
    for player in range(n):
        for profile in itertools.product((0, 1), repeat=n):
            others = [j for j in range(n) if j != player]
            weight = np.prod([shares[j] if profile[j] else 1.0 - shares[j] for j in others])
            result[player] += (1 if profile[player] else -1) * weight * table[(player, *profile)]
    return result


def velocity(payoffs: Floats, shares: Floats) -> Floats:
    """Replicator velocity."""
    return shares * (1.0 - shares) * advantages(payoffs, shares)


def random_game(rng: np.random.Generator, degrees: tuple[int, ...]) -> Floats:
    """Normal coefficients."""
    n = len(degrees)
    return rng.normal(size=(n, *(2,) * n, *(degree + 1 for degree in degrees)))


def rest_points_from_starts(payoffs: Floats, rng: np.random.Generator, starts: int) -> list[Floats]:
    """Some mixed rest points: SciPy's root finder from random starts on every face."""
    n = len(payoffs)
    found = []
    for face in itertools.product((0.0, 1.0, None), repeat=n):
        mixing = [i for i, x in enumerate(face) if x is None]
        if not mixing:
            continue

        def gap(part: Floats, face: tuple[float | None, ...] = face, mixing: list[int] = mixing) -> Floats:
            shares = np.array([0.0 if x is None else x for x in face])
            shares[mixing] = part
            return advantages(payoffs, shares)[mixing]

        for _ in range(starts):
            part, info, ended, _ = fsolve(gap, rng.random(len(mixing)), full_output=True, xtol=1e-13)
            inside = ((part > 1e-9) & (part < 1.0 - 1e-9)).all()
            if ended == 1 and inside and np.abs(info["fvec"]).max() < 1e-10:
                shares = np.array([0.0 if x is None else x for x in face])
                shares[mixing] = part
                found.append(shares)
    return found


def eliminated(payoffs: Floats) -> list[tuple[float, float]]:
    """All rest points of a two-population game with integer coefficients at which both mix, by resultants.

    The resultants in each share are solved in ball arithmetic; a pair of candidates is a rest point if both
    advantages contain 0 in a ball of 1e-60, which no other pair does.
    """
    x, y = sympy.symbols("x y")
    first, second = (_advantage(payoffs, player, x, y) for player in (0, 1))
    candidates = []
    for gone, kept in ((y, x), (x, y)):
        resultant = sympy.Poly(sympy.resultant(first, second, gone), kept)
        if resultant.is_zero:
            raise ValueError("a continuum of rest points")
        numerators = sympy.Poly(resultant.clear_denoms(convert=True)[1], kept).all_coeffs()
        flint.ctx.prec = 400
        roots = flint.fmpz_poly([int(c) for c in reversed(numerators)]).complex_roots()
        candidates.append([ball.real for ball, _ in roots if ball.imag.contains(0) and 0 < ball.real < 1])
    terms = [[(power, flint.fmpq(int(c.p), int(c.q))) for power, c in sympy.Poly(each, x, y).terms()]
             for each in (first, second)]  # fmt: skip
    found = []
    for a, b in itertools.product(*candidates):
        values = [sum((flint.arb(c) * a**p * b**q for (p, q), c in each), flint.arb(0)) for each in terms]
        if all(value.contains(0) for value in values):
            found.append((float(a), float(b)))
    return found


def _advantage(payoffs: Floats, player: int, x: sympy.Symbol, y: sympy.Symbol) -> sympy.Expr:
    shares, total = (x, y), sympy.Integer(0)
    for s in itertools.product((0, 1), repeat=2):
        other = 1 - player
        weight = shares[other] if s[other] else 1 - shares[other]
        for b in itertools.product(*(range(length) for length in payoffs.shape[3:])):
            term = sympy.Rational(payoffs[(player, *s, *b)]) * weight * (1 if s[player] else -1)
            for share, k, length in zip(shares, b, payoffs.shape[3:], strict=True):
                term *= comb(length - 1, k) * share**k * (1 - share) ** (length - 1 - k)
            total += term
    return sympy.expand(total)
