"""Rest points at which some parties mix: closed forms where there are any, their greatest number where there are none.

One party alone never mixes at an isolated rest point. Two parties i and j mix where ``D_i = 0`` fixes x_j and
``D_j = 0`` fixes x_i: one point. Three parties give one quadratic equation, so at most two points. More have no closed
form; the greatest number of isolated points is that of derangements (McKelvey and McLennan 1997). None of them is
asymptotically stable while payoffs do not depend on the own share: the mixing parties' block of the Jacobian has a zero
diagonal, hence a zero trace.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from gamebook.derivations.common_factors import grouped
from gamebook.derivations.replicator import Replicator
from gamebook.derivations.signs import Signs

Here = Mapping[sympy.Symbol, Fraction]


@dataclass(frozen=True, slots=True, eq=False)
class FacePoint:
    """The rest point of a face of two dimensions.

    Attributes
    ----------
    mixing : the two parties that mix
    pure : strategy of each other party; None for those that mix
    shares : the two shares in formulas, or None where a denominator is 0 everywhere
    product : the two eigenvalues within the face are plus and minus its square root
    ends : for each of the two, the other party's advantage at share 0 and 1: opposite signs put the point inside
    here : the two shares at the values in use, where they lie strictly between 0 and 1
    product_here : the product there: its square root is an eigenvalue, the negative root the other one
    possible : whether the signs of the ends leave room for the point inside the face
    """

    mixing: tuple[int, int]
    pure: tuple[int | None, ...]
    shares: tuple[sympy.Expr, sympy.Expr] | None
    product: sympy.Expr | None
    ends: tuple[tuple[sympy.Expr, sympy.Expr], tuple[sympy.Expr, sympy.Expr]]
    here: tuple[Fraction, Fraction] | None
    product_here: Fraction | None
    possible: bool


@dataclass(frozen=True, slots=True, eq=False)
class FaceQuadratic:
    """The rest points of a face of three dimensions: the third share solves ``a s^2 + b s + c = 0``.

    Attributes
    ----------
    mixing, pure : as for :class:`FacePoint`
    terms : the coefficients of the three advantages on the face: constant, and one for each set of other parties
    here : the solutions at the values in use with all three shares strictly between 0 and 1
    """

    mixing: tuple[int, int, int]
    pure: tuple[int | None, ...]
    terms: tuple[Mapping[tuple[int, ...], sympy.Expr], ...]
    here: tuple[tuple[float, float, float], ...]


def derangements(count: int) -> int:
    """Return the greatest number of isolated points at which so many parties of two strategies all mix.

    Examples
    --------
    >>> [derangements(count) for count in range(1, 6)]
    [0, 1, 2, 9, 44]
    """
    return sum((-1) ** k * math.perm(count, count - k) for k in range(count + 1))


def faces(n: int, size: int) -> list[tuple[tuple[int, ...], tuple[int | None, ...]]]:
    """Return the parties that mix and the strategies of the others, for every face with so many mixing parties."""
    found = []
    for mixing in itertools.combinations(range(n), size):
        rest = [party for party in range(n) if party not in mixing]
        for chosen in itertools.product((1, 0), repeat=len(rest)):
            pure: list[int | None] = [None] * n
            for party, own in zip(rest, chosen, strict=True):
                pure[party] = own
            found.append((mixing, tuple(pure)))
    return found


def face_points(field: Replicator, signs: Signs, here: Here) -> tuple[FacePoint, ...]:
    """Return the rest point of every face of two dimensions."""
    return tuple(
        _face_point(field, signs, here, (mixing[0], mixing[1]), pure) for mixing, pure in faces(field.n, 2)
    )


def _face_point(
    field: Replicator, signs: Signs, here: Here, mixing: tuple[int, int], pure: tuple[int | None, ...]
) -> FacePoint:
    ends: list[tuple[sympy.Expr, sympy.Expr]] = []
    shares: list[sympy.Expr | None] = []
    numbers: list[Fraction | None] = []
    for own, other in (mixing, mixing[::-1]):
        low, high = (field.at(own, _filled(pure, {own: 0, other: side})) for side in (0, 1))
        ends.append((low, high))
        slope = grouped(high - low)
        # D_own = low + slope * (share of the other) vanishes at this share of the other party.
        shares.append(None if slope == 0 else -low / slope)
        numbers.append(_crossing(signs, here, low, high))
    first, second = shares[1], shares[0]  # D_j fixes x_i and D_i fixes x_j
    exists = first is not None and second is not None
    product = None
    if exists:
        x, y = field.shares[mixing[0]], field.shares[mixing[1]]
        product = x * (1 - x) * y * (1 - y) * grouped(ends[0][1] - ends[0][0]) * grouped(ends[1][1] - ends[1][0])
    found = (numbers[1], numbers[0])
    inside = None if None in found else found
    same = [{signs.of(low).mark, signs.of(high).mark} in ({"+"}, {"-"}) for low, high in ends]
    return FacePoint(
        mixing=mixing,
        pure=pure,
        shares=(first, second) if exists else None,
        product=product,
        ends=(ends[0], ends[1]),
        here=inside,  # type: ignore[arg-type]
        product_here=None if inside is None else _product_here(signs, here, ends, inside),  # type: ignore[arg-type]
        possible=exists and not any(same),
    )


def _product_here(
    signs: Signs,
    here: Here,
    ends: Sequence[tuple[sympy.Expr, sympy.Expr]],
    shares: tuple[Fraction, Fraction],
) -> Fraction | None:
    """Return the product of the two off-diagonal entries of the Jacobian at the values in use."""
    total = Fraction(1)
    for share, (low, high) in zip(shares, ends, strict=True):
        values = [signs.value_here(end, here) for end in (low, high)]
        if values[0] is None or values[1] is None:
            return None
        total *= share * (1 - share) * (values[1] - values[0])
    return total


def _filled(pure: Sequence[int | None], chosen: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(chosen.get(party, 0) if own is None else own for party, own in enumerate(pure))


def _crossing(signs: Signs, here: Here, low: sympy.Expr, high: sympy.Expr) -> Fraction | None:
    """Return where the line from one value to the other crosses 0, if that is strictly between."""
    start, end = signs.value_here(low, here), signs.value_here(high, here)
    if start is None or end is None or start * end >= 0:
        return None
    return start / (start - end)


def face_quadratics(field: Replicator, signs: Signs, here: Here) -> tuple[FaceQuadratic, ...]:
    """Return the rest points of every face of three dimensions."""
    found = []
    for mixing, pure in faces(field.n, 3):
        terms = tuple(_restricted(field, player, mixing, pure) for player in mixing)
        numbers = [
            {parties: value for parties, part in of.items() if (value := signs.value_here(part, here)) is not None}
            for of in terms
        ]
        found.append(
            FaceQuadratic((mixing[0], mixing[1], mixing[2]), pure, terms, _solutions(numbers, mixing))
        )
    return tuple(found)


def _restricted(
    field: Replicator, player: int, mixing: Sequence[int], pure: Sequence[int | None]
) -> dict[tuple[int, ...], sympy.Expr]:
    """Return the coefficients of an advantage on a face: constant, linear and bilinear in the shares that mix."""
    from gamebook.derivations.replicator import multiaffine

    others = [party for party in mixing if party != player]

    def value(chosen: tuple[int, ...]) -> sympy.Expr:
        return field.at(player, _filled(pure, dict(zip(others, chosen, strict=True))))

    return multiaffine(value, others)


def _solutions(
    terms: Sequence[Mapping[tuple[int, ...], Fraction]], mixing: Sequence[int]
) -> tuple[tuple[float, float, float], ...]:
    """Solve the three equations: two give the first two shares by the third, the last becomes quadratic."""
    i, j, k = mixing
    nothing = Fraction(0)
    # D_i = p + q s + (r + t s) y, D_j = a + b s + (c + d s) x and D_k = e + f x + g y + h x y.
    p, q, r, t = (terms[0].get(key, nothing) for key in ((), (k,), (j,), (j, k)))
    a, b, c, d = (terms[1].get(key, nothing) for key in ((), (k,), (i,), (i, k)))
    e, f, g, h = (terms[2].get(key, nothing) for key in ((), (i,), (j,), (i, j)))
    # D_k with x = -(a + b s)/(c + d s) and y = -(p + q s)/(r + t s), the denominators multiplied out.
    parts = (
        (e, _product((c, d), (r, t))),
        (-f, _product((a, b), (r, t))),
        (-g, _product((c, d), (p, q))),
        (h, _product((a, b), (p, q))),
    )
    quadratic = [sum((factor * part[power] for factor, part in parts), nothing) for power in range(3)]
    found = []
    for s in _roots(*quadratic):
        x, y = _quotient(-(a + b * s), c + d * s), _quotient(-(p + q * s), r + t * s)
        # Where one of them is free at this s, the third equation fixes it.
        if x is None and y is not None and a + b * s == 0:
            x = _quotient(-(e + g * y), f + h * y)
        elif y is None and x is not None and p + q * s == 0:
            y = _quotient(-(e + f * x), g + h * x)
        if x is not None and y is not None and all(0 < share < 1 for share in (x, y, s)):
            found.append((float(x), float(y), float(s)))
    return tuple(found)


Pair = tuple[Fraction, Fraction]


def _product(one: Pair, other: Pair) -> tuple[Fraction, Fraction, Fraction]:
    """Return the coefficients of (one0 + one1 s)(other0 + other1 s), that of the square first."""
    return one[1] * other[1], one[0] * other[1] + one[1] * other[0], one[0] * other[0]


def _quotient(above: Fraction, below: Fraction) -> Fraction | None:
    return above / below if below else None


def _roots(a: Fraction, b: Fraction, c: Fraction) -> list[Fraction]:
    """Return the real roots of a quadratic or linear equation in order: exact if rational, else to 17 digits."""
    if a == 0:
        return [] if b == 0 else [-c / b]
    inside = b * b - 4 * a * c
    if inside < 0:
        return []
    root = Fraction(math.isqrt(inside.numerator), math.isqrt(inside.denominator))
    if root * root != inside:
        root = Fraction(math.sqrt(inside))
    # The sum of two numbers of one sign loses no digits; the other root follows from the product of both.
    far = -(b + (root if b >= 0 else -root)) / 2
    return sorted({far / a, c / far} if far else {Fraction(0)})
