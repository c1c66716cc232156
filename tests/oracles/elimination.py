"""All isolated rest points of small two-strategy games, by elimination in exact arithmetic.

An oracle for the solvers: no subdivision, no floating-point decision and no code in common with them. Payoffs are
float64, hence exact rationals; each player's advantage is scaled by a power of two to integers. On a support the
advantages of the mixing players must vanish, and each is affine in every other player's share, so that

* two mixing players have one rational candidate;
* three (a, b, c): ``D_a`` gives ``x_b``, ``D_b`` gives ``x_a``, as Moebius functions of ``x_c``; put into ``D_c`` they
  leave a quadratic in ``x_c``;
* four (a, b, c, t): the same quadratic, now with coefficients in Z[t], and a cubic in ``x_c`` from the last advantage.
  Their resultant has degree 13 in ``t``; four of its roots are those where a Moebius function is 0/0, and dividing
  them out leaves degree 9, the derangement number of McKelvey and McLennan (1997).

All real roots are isolated in ball arithmetic, the other shares follow by substitution, and every comparison is made
between balls, at growing precision. What stays open at the highest precision raises `Degenerate`; so does any tie at a
pure profile, where rest points are not isolated. An answer is therefore complete and proved, or there is none.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from flint import arb, ctx, fmpz, fmpz_poly
from numpy.typing import NDArray

PRECISIONS = (192, 768, 3072)  # bits; random games settle at the first
Table = NDArray[np.object_]  # integers at the corners of a face, one axis of length 2 per player that the function sees
Candidate = tuple[list[arb], int]  # shares of the mixing players, multiplicity of the root


class Degenerate(ValueError):  # noqa: N818 - the name of the finding, not of a failure
    """The game has a tie, a multiple root or a whole set of rest points, and the oracle does not guess."""


class Unsettled(Exception):  # noqa: N818 - a request for more precision
    """A ball still contains the value that it is compared with."""


@dataclass(frozen=True)
class OraclePoint:
    """One rest point: shares of index 1, the players that mix, and which pure players would gain by deviating."""

    shares: tuple[float, ...]
    mixing: tuple[int, ...]
    invaders: tuple[int, ...]

    @property
    def is_nash(self) -> bool:
        return not self.invaders


def rest_points(payoffs: NDArray[np.float64]) -> list[OraclePoint]:
    """Every rest point with at least one mixing player; `payoffs` is [player, s1, ..., sn], n = 2, 3 or 4."""
    tables = integer_advantages(payoffs)
    if any(value == 0 for table in tables for value in table.flat):
        raise Degenerate("an advantage vanishes at a pure profile: an edge of rest points")
    n = len(tables)
    points: list[OraclePoint] = []
    for size in range(2, n + 1):  # a single mixing player would need an advantage that vanishes at a pure profile
        for mixing in itertools.combinations(range(n), size):
            pure = [player for player in range(n) if player not in mixing]
            for corner in itertools.product((0, 1), repeat=len(pure)):
                points += on_face(tables, mixing, dict(zip(pure, corner, strict=True)))
    return points


def pure_equilibria(payoffs: NDArray[np.float64]) -> list[tuple[int, ...]]:
    """Every pure profile where each player loses by deviating; a tie raises `Degenerate`."""
    tables = integer_advantages(payoffs)
    found = []
    for profile in itertools.product((0, 1), repeat=len(tables)):
        gains = [gain(table, profile, player) for player, table in enumerate(tables)]
        if 0 in gains:
            raise Degenerate(f"a player is indifferent at the pure profile {profile}")
        if max(gains) < 0:
            found.append(profile)
    return found


def gain(table: Table, profile: Sequence[int], player: int) -> fmpz:
    """What `player` gains by leaving `profile` (scaled by a power of two)."""
    own = tuple(0 if other == player else choice for other, choice in enumerate(profile))
    return table[own] * (1 - 2 * profile[player])


def integer_advantages(payoffs: NDArray[np.float64]) -> list[Table]:
    """D_i at all corners, exactly, times a power of two per player; the player's own axis has length 1."""
    tables = []
    for player, own in enumerate(np.asarray(payoffs, dtype=np.float64)):
        ratios = [float(value).as_integer_ratio() for value in own.flat]
        scale = max(denominator for _, denominator in ratios)  # all are powers of two
        whole = np.array([fmpz(top * (scale // bottom)) for top, bottom in ratios], dtype=object).reshape(own.shape)
        low, high = np.split(whole, 2, axis=player)
        table = high - low
        divisor = fmpz(0)
        for value in table.flat:
            divisor = divisor.gcd(value)
        tables.append(table // divisor if divisor > 1 else table)
    return tables


def on_face(tables: list[Table], mixing: tuple[int, ...], fixed: dict[int, int]) -> list[OraclePoint]:
    """The rest points of one support: at more precision, and in another order of elimination, if need be."""
    orders = [mixing[shift:] + mixing[:shift] for shift in range(len(mixing))]
    reason: Degenerate | None = None
    for order in orders if len(mixing) > 2 else orders[:1]:
        functions = [monomials(restrict(tables[player], player, order, fixed)) for player in order]
        if any(not any(function.flat[1:]) for function in functions):
            return []  # a constant, and not zero: ties were refused before
        try:
            find = ELIMINATIONS[len(mixing)](functions)
        except Degenerate as problem:
            reason = reason or problem
            continue
        for bits in PRECISIONS:
            with ctx.workprec(bits):
                try:
                    return [described(tables, order, fixed, shares) for shares in settled_inside(functions, find())]
                except Unsettled as problem:
                    reason = Degenerate(f"support {mixing}, pure {fixed}: {problem}")
    assert reason is not None
    raise reason


def restrict(table: Table, player: int, order: Sequence[int], fixed: dict[int, int]) -> Table:
    """The corners of a face as an array with one axis per mixing player other than `player`, in the given order."""
    index = tuple(0 if axis == player else fixed.get(axis, slice(None)) for axis in range(table.ndim))
    kept = [axis for axis in range(table.ndim) if axis != player and axis not in fixed]
    return np.transpose(table[index], [kept.index(axis) for axis in order if axis != player])


def monomials(corners: Table) -> Table:
    """Coefficients of the multi-affine function with these corner values; index 1 on an axis is the share itself."""
    coefficients = corners.copy()
    for axis in range(corners.ndim):
        first, second = np.split(coefficients, 2, axis=axis)
        coefficients = np.concatenate([first, second - first], axis=axis)
    return coefficients


def value_at(coefficients: Table, shares: Sequence[arb]) -> arb:
    """A multi-affine function at a point given by balls."""
    for share in shares:
        coefficients = coefficients[0] + coefficients[1] * share
    return arb(coefficients)


def settled_inside(functions: list[Table], candidates: Iterable[Candidate]) -> Iterator[list[arb]]:
    """The candidates strictly inside the face; raises `Unsettled` for one that may lie on a border or be a double."""
    for shares, multiplicity in candidates:
        if any(share < 0 or share > 1 for share in shares):
            continue
        if not all(share > 0 and share < 1 for share in shares):
            raise Unsettled("a share is not told apart from 0 or 1, or a denominator from 0")
        if multiplicity > 1:
            raise Unsettled("a multiple root")
        for own, function in enumerate(functions):
            residual = value_at(function, shares[:own] + shares[own + 1 :])
            largest = max(abs(int(value)) for value in function.flat)
            if not residual.contains(0):
                raise AssertionError("elimination produced a point that does not solve the system")
            if not residual.rad() < largest * arb(2) ** -40:
                raise Unsettled("the residual is not certified small")
        yield shares


def described(tables: list[Table], order: Sequence[int], fixed: dict[int, int], shares: Sequence[arb]) -> OraclePoint:
    """Attach the pure players and the sign of what each of them would gain by deviating."""
    place = {player: arb(choice) for player, choice in fixed.items()} | dict(zip(order, shares, strict=True))
    invaders = []
    for player, choice in fixed.items():
        others = [place[other] for other in range(len(tables)) if other != player]
        advantage = value_at(monomials(np.squeeze(tables[player], axis=player)), others) * (1 - 2 * choice)
        if advantage > 0:
            invaders.append(player)
        elif not advantage < 0:
            raise Unsettled(f"the advantage of pure player {player} is not told apart from 0")
    return OraclePoint(
        shares=tuple(float(place[player].mid()) for player in range(len(tables))),
        mixing=tuple(sorted(order)),
        invaders=tuple(invaders),
    )


# --- elimination -----------------------------------------------------------------------------------------------------
# Each function below is given the coefficients of its players' advantages, does the exact algebra once, and returns a
# function that lists the candidates at the working precision. It raises `Degenerate` where the algebra itself breaks
# down (a polynomial that vanishes identically).


def two_mixing(functions: list[Table]) -> Callable[[], list[Candidate]]:
    def find() -> list[Candidate]:
        (of_second, of_first) = functions
        return [([arb(-of_first[0]) / arb(of_first[1]), arb(-of_second[0]) / arb(of_second[1])], 1)]

    return find


def three_mixing(functions: list[Table]) -> Callable[[], list[Candidate]]:
    of_bc, of_ac, of_ab = functions
    top_b, bottom_b = fmpz_poly(list(of_bc[0])), fmpz_poly(list(of_bc[1]))  # x_b = -top_b/bottom_b, in x_c
    top_a, bottom_a = fmpz_poly(list(of_ac[0])), fmpz_poly(list(of_ac[1]))
    if any(table[0, 0] * table[1, 1] == table[0, 1] * table[1, 0] for table in (of_bc, of_ac)):
        raise Degenerate("an advantage is a product, so it does not determine a share")
    quadratic = (
        of_ab[0, 0] * bottom_a * bottom_b
        - of_ab[1, 0] * top_a * bottom_b
        - of_ab[0, 1] * bottom_a * top_b
        + of_ab[1, 1] * top_a * top_b
    )
    if quadratic.is_zero():
        raise Degenerate("a curve of solutions")

    def find() -> list[Candidate]:
        return [
            ([-top_a(c) / bottom_a(c), -top_b(c) / bottom_b(c), c], multiplicity)
            for c, multiplicity in real_roots(quadratic)
        ]

    return find


def four_mixing(functions: list[Table]) -> Callable[[], list[Candidate]]:
    of_bct, of_act, of_abt, of_abc = functions
    top_b, bottom_b = over_t(of_bct[0]), over_t(of_bct[1])  # x_b = -top_b/bottom_b, polynomials in x_c over Z[t]
    top_a, bottom_a = over_t(of_act[0]), over_t(of_act[1])
    lost_b = top_b[0] * bottom_b[1] - top_b[1] * bottom_b[0]  # zero where x_b is 0/0 for some x_c
    lost_a = top_a[0] * bottom_a[1] - top_a[1] * bottom_a[0]
    if lost_a.is_zero() or lost_b.is_zero():
        raise Degenerate("an advantage is a product, so it does not determine a share")
    products = [
        times(bottom_a, bottom_b),
        negative(times(bottom_a, top_b)),
        negative(times(top_a, bottom_b)),
        times(top_a, top_b),
    ]
    quadratic = total(times([fmpz_poly(list(of_abt[a, b]))], products[2 * a + b]) for a in (0, 1) for b in (0, 1))
    cubic = total(
        times([fmpz_poly([value]) for value in of_abc[a, b]], products[2 * a + b]) for a in (0, 1) for b in (0, 1)
    )
    univariate, slope, intercept = common_root(quadratic, cubic)
    univariate, remainder = divmod(univariate, lost_a * lost_b)
    assert remainder.is_zero(), "the resultant must contain both extraneous factors"
    if univariate.is_zero():
        raise Degenerate("a curve of solutions, or a common factor")

    def find() -> list[Candidate]:
        refuse_lost(functions, real_roots(lost_b), real_roots(lost_a))
        found: list[Candidate] = []
        for t, multiplicity in real_roots(univariate):
            c = -intercept(t) / slope(t)
            a, b = -at(top_a, c, t) / at(bottom_a, c, t), -at(top_b, c, t) / at(bottom_b, c, t)
            found.append(([a, b, c, t], multiplicity))
        return found

    return find


def refuse_lost(functions: list[Table], where_b: list[tuple[arb, int]], where_a: list[tuple[arb, int]]) -> None:
    """Check that no solution hides where a Moebius function is 0/0: those values of t were divided out."""
    of_bct, of_act, of_abt, of_abc = functions
    for own, roots in ((0, where_b), (1, where_a)):
        first, second = (of_bct, of_act) if own == 0 else (of_act, of_bct)
        linked = of_abt if own == 0 else np.swapaxes(of_abt, 0, 1)  # axes: the share known first, the other, t
        for t, _ in roots:
            if t < 0 or t > 1:
                continue
            c = -value_at(first[1, 0], [t]) / value_at(first[1, 1], [t])
            known = -value_at(second[0], [c, t]) / value_at(second[1], [c, t])
            other = -value_at(linked[:, 0], [known, t]) / value_at(linked[:, 1], [known, t])
            a, b = (known, other) if own == 0 else (other, known)
            outside = any(share < 0 or share > 1 for share in (a, b, c))
            if not outside and value_at(of_abc, [a, b, c]).contains(0):
                raise Unsettled("a solution may lie where a share is not determined")


def common_root(quadratic: list[fmpz_poly], cubic: list[fmpz_poly]) -> tuple[fmpz_poly, fmpz_poly, fmpz_poly]:
    """Resultant of a quadratic and a cubic, and (slope, intercept) of their linear pseudo-remainder."""
    q0, q1, q2 = quadratic
    r0, r1, r2, r3 = cubic
    if q2.is_zero():
        raise Degenerate("the quadratic has no square term")
    slope = r3 * (q1 * q1 - q0 * q2) - r2 * q1 * q2 + r1 * q2 * q2
    intercept = r3 * q1 * q0 - r2 * q0 * q2 + r0 * q2 * q2
    resultant, remainder = divmod(slope * slope * q0 - slope * intercept * q1 + intercept * intercept * q2, q2 * q2)
    assert remainder.is_zero(), "the resultant of two polynomials is a polynomial"
    return resultant, slope, intercept


def over_t(coefficients: Table) -> list[fmpz_poly]:
    """A function of (x_c, t) as a list over powers of x_c of polynomials in t."""
    return [fmpz_poly(list(row)) for row in coefficients]


def times(left: list[fmpz_poly], right: list[fmpz_poly]) -> list[fmpz_poly]:
    product = [fmpz_poly([0])] * (len(left) + len(right) - 1)
    for i, first in enumerate(left):
        for j, second in enumerate(right):
            product[i + j] = product[i + j] + first * second
    return product


def negative(polynomial: list[fmpz_poly]) -> list[fmpz_poly]:
    return [-coefficient for coefficient in polynomial]


def total(polynomials: Iterable[list[fmpz_poly]]) -> list[fmpz_poly]:
    return [sum(column[1:], column[0]) for column in zip(*polynomials, strict=True)]


def at(polynomial: list[fmpz_poly], c: arb, t: arb) -> arb:
    value = arb(0)
    for coefficient in reversed(polynomial):
        value = value * c + coefficient(t)
    return value


def real_roots(polynomial: fmpz_poly) -> list[tuple[arb, int]]:
    """All real roots that may lie in [0, 1], as certified isolating balls with their multiplicities."""
    if polynomial.degree() < 1:
        return []
    roots = []
    for root, multiplicity in polynomial.complex_roots():
        ball = root if isinstance(root, arb) else root.real
        if (isinstance(root, arb) or root.imag == 0) and not (ball < 0 or ball > 1):
            roots.append((ball, multiplicity))
    return roots


ELIMINATIONS = {2: two_mixing, 3: three_mixing, 4: four_mixing}
