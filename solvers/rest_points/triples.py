"""Three mixing populations in closed form: two of the shares follow from the third, which solves a quadratic.

With f0(y, z), f1(x, z) and f2(x, y) bilinear, f1 gives x = p / (p - q) and f0 gives y = r / (r - s), where p and q
are f1 at x = 0 and x = 1 and r and s are f0 at y = 0 and y = 1, all affine in z. So 0 < x < 1 exactly where p and q
have opposite signs. Put into f2 and multiplied by (p - q)(r - s) this leaves

    Q(z) = q s f2(0, 0) - p s f2(1, 0) - q r f2(0, 1) + p r f2(1, 1),

a quadratic. Every decision below, how many roots Q has in (0, 1) and on which side of its face each share lies, is
made only where it is certain whatever rounding did; otherwise the caller searches by subdivision.
"""

from __future__ import annotations

import math

from solvers.arrays import Floats
from solvers.compiled import kernel
from solvers.rest_points.certificate import EPSILON

UNSURE = -1
"""Too close to call in closed form."""

ERROR = 24.0 * EPSILON
"""Bound on the rounding of a Bernstein coefficient of Q or its value, relative to the sum of the sizes of its terms.

A term is a product of three numbers, two of which are affine in z; four terms are added: below 12 epsilons.
"""

POINT_ERROR = 8.0 * EPSILON
"""Bound on the rounding of a function's value at a point, relative to its largest corner value."""

STEPS = 3


def _quadratic(c: Floats) -> tuple[float, float, float, float]:
    """Bernstein coefficients of Q, and a bound on the error of each and of a value.

    Corners of ``c[function, corner]``: bit 0 is x, bit 1 is y, bit 2 is z.
    """
    size, q0, q1, q2 = 0.0, 0.0, 0.0, 0.0
    for y in range(2):
        for x in range(2):
            weight = c[2, x | (y << 1)]
            # The factor of f2(x, y) holds f1 at the other x and f0 at the other y.
            u0, u1 = c[1, 1 - x], c[1, (1 - x) | 4]
            v0, v1 = c[0, (1 - y) << 1], c[0, ((1 - y) << 1) | 4]
            if x != y:
                weight = -weight
            q0 += weight * (u0 * v0)
            q1 += weight * (0.5 * (u0 * v1 + u1 * v0))
            q2 += weight * (u1 * v1)
            size += abs(weight) * max(abs(u0), abs(u1)) * max(abs(v0), abs(v1))
    return q0, q1, q2, ERROR * size


quadratic = kernel(_quadratic)


def _value(q0: float, q1: float, q2: float, z: float) -> float:
    low, high = q0 + z * (q1 - q0), q1 + z * (q2 - q1)
    return low + z * (high - low)


value = kernel(_value)


def _root(
    q0: float, q1: float, q2: float, error: float, spread: float, above: float, below: float
) -> tuple[float, float]:
    """Root of Q near above / (above + below), and a bound on its distance; the bound is negative if there is none.

    ``spread`` is the square root of the discriminant, so Q has slope +-2 spread at its roots.
    """
    if above + below == 0.0:
        return 0.0, -1.0
    z = above / (above + below)
    bend = (q2 - q1) - (q1 - q0)
    for _ in range(STEPS):
        slope = 2.0 * ((q1 - q0) + z * bend)
        if slope == 0.0:
            return 0.0, -1.0
        z -= value(q0, q1, q2, z) / slope
    # |Q(z)| = |bend| |z - z1| |z - z2| with |bend| |z1 - z2| = 2 spread: the nearer root is within |Q(z)| / spread.
    # Rounding changes the spread by less than an eighth.
    return z, 1.25 * (abs(value(q0, q1, q2, z)) + 2.0 * error) / spread + 2.0 * EPSILON


root = kernel(_root)


def _other_share(p0: float, p1: float, q0: float, q1: float, z: float, radius: float) -> tuple[int, float, float]:
    """Share at which an affine function vanishes, and its radius; p and q are its values at share 0 and 1, over z.

    The first number is 1 if the share is surely inside (0, 1), 0 if surely outside, else UNSURE.
    """
    p, q = p0 + z * (p1 - p0), q0 + z * (q1 - q0)
    p_error = 4.0 * EPSILON * max(abs(p0), abs(p1)) + radius * abs(p1 - p0)
    q_error = 4.0 * EPSILON * max(abs(q0), abs(q1)) + radius * abs(q1 - q0)
    if abs(p) <= 2.0 * p_error or abs(q) <= 2.0 * q_error:
        return UNSURE, 0.0, 0.0
    if (p > 0.0) == (q > 0.0):
        return 0, 0.0, 0.0
    # |d share| <= (|q| dp + |p| dq) / (p - q)**2, doubled because dp and dq are at most half of p and q.
    rise = p - q
    return 1, p / rise, 2.0 * (abs(q / rise) * p_error + abs(p / rise) * q_error) / abs(rise) + 2.0 * EPSILON


other_share = kernel(_other_share)


def _bilinear(c: Floats, f: int, step_u: int, step_v: int, u: float, v: float) -> tuple[float, float, float, float]:
    """Value, slopes in u and v, and twist of one function; its variables have the bits ``step_u`` and ``step_v``."""
    v00, v10, v01, v11 = c[f, 0], c[f, step_u], c[f, step_v], c[f, step_u | step_v]
    twist = (v11 - v01) - (v10 - v00)
    slope_u, slope_v = (v10 - v00) + v * twist, (v01 - v00) + u * twist
    low, high = v00 + u * (v10 - v00), v01 + u * (v11 - v01)
    return low + v * (high - low), slope_u, slope_v, twist


bilinear = kernel(_bilinear)


def _sharpen(c: Floats, roots: Floats, r: int) -> None:
    """Newton's method from a root that is enclosed already, and a smaller enclosure if it can be proved.

    With C the inverse of the slopes at the point, x - C f(x) contracts by less than half near it if the twists are
    small enough; then the root is no further than |C f| + max |C f|. It is the one enclosed before if its z is: Q has
    no other root within twice the old radius.
    """
    reach, z0 = 2.0 * roots[r, 2, 1], roots[r, 2, 0]
    if z0 - reach <= 0.0 or z0 + reach >= 1.0:
        return
    e0 = POINT_ERROR * max(abs(c[0, 0]), abs(c[0, 2]), abs(c[0, 4]), abs(c[0, 6]))
    e1 = POINT_ERROR * max(abs(c[1, 0]), abs(c[1, 1]), abs(c[1, 4]), abs(c[1, 5]))
    e2 = POINT_ERROR * max(abs(c[2, 0]), abs(c[2, 1]), abs(c[2, 2]), abs(c[2, 3]))
    x, y, z = roots[r, 0, 0], roots[r, 1, 0], z0
    for step in range(3):
        f0, a, b, twist0 = bilinear(c, 0, 2, 4, y, z)
        f1, d, e, twist1 = bilinear(c, 1, 1, 4, x, z)
        f2, g, h, twist2 = bilinear(c, 2, 1, 2, x, y)
        # Slopes [[0, a, b], [d, 0, e], [g, h, 0]].
        determinant = a * e * g + b * d * h
        if abs(determinant) <= 1e-6 * (abs(a * e * g) + abs(b * d * h)):
            return
        if step == 2:
            break
        x -= (b * h * f1 + a * e * f2 - e * h * f0) / determinant
        y -= (e * g * f0 - b * g * f1 + b * d * f2) / determinant
        z -= (d * h * f0 + a * g * f1 - a * d * f2) / determinant
    size, t0, t1, t2 = 1.0 / abs(determinant), 2.0 * abs(twist0), 2.0 * abs(twist1), 2.0 * abs(twist2)
    f0, f1, f2 = abs(f0) + e0, abs(f1) + e1, abs(f2) + e2
    a, b, d, e, g, h = abs(a), abs(b), abs(d), abs(e), abs(g), abs(h)
    of_x = size * (b * h * f1 + a * e * f2 + e * h * f0)
    of_y = size * (e * g * f0 + b * g * f1 + b * d * f2)
    of_z = size * (d * h * f0 + a * g * f1 + a * d * f2)
    bend = size * max(
        b * h * t1 + a * e * t2 + e * h * t0, e * g * t0 + b * g * t1 + b * d * t2, d * h * t0 + a * g * t1 + a * d * t2
    )
    largest = max(of_x, of_y, of_z)
    if not (bend * 2.0 * largest <= 0.4 and abs(z - z0) + of_z + largest <= reach):
        return
    roots[r, 0, 0], roots[r, 0, 1] = x, of_x + largest + 2.0 * EPSILON
    roots[r, 1, 0], roots[r, 1, 1] = y, of_y + largest + 2.0 * EPSILON
    roots[r, 2, 0], roots[r, 2, 1] = z, of_z + largest + 2.0 * EPSILON


sharpen = kernel(_sharpen)


def _settle(c: Floats, z: float, radius: float, roots: Floats, found: int) -> int:
    """Keep the root of Q if the other two shares lie inside; returns how many are kept now, or UNSURE."""
    inside_x, x, radius_x = other_share(c[1, 0], c[1, 4], c[1, 1], c[1, 5], z, radius)
    inside_y, y, radius_y = other_share(c[0, 0], c[0, 4], c[0, 2], c[0, 6], z, radius)
    if inside_x == 0 or inside_y == 0:
        return found
    if inside_x == UNSURE or inside_y == UNSURE:
        return UNSURE
    roots[found, 0, 0], roots[found, 0, 1] = x, radius_x
    roots[found, 1, 0], roots[found, 1, 1] = y, radius_y
    roots[found, 2, 0], roots[found, 2, 1] = z, radius
    for j in range(3):
        roots[found, j, 2], roots[found, j, 3] = 0.0, 1.0
    sharpen(c, roots, found)
    return found + 1


settle = kernel(_settle)


def _solve_triple(c: Floats, roots: Floats) -> int:
    """Find all roots of a triple in the open cube, proved, or return UNSURE.

    Parameters
    ----------
    c : shape (3, 8)
        Corner values; function i does not depend on variable i.
    roots : shape (at least 2, at least 3, 4), written
        Share, radius, and the cube in which the roots were counted.

    Returns
    -------
    number of roots, 0 to 2, or UNSURE
    """
    q0, q1, q2, error = quadratic(c)
    if abs(q0) <= error or abs(q2) <= error:
        return UNSURE
    crosses = (q0 > 0.0) != (q2 > 0.0)
    if not crosses:
        if abs(q1) <= error:
            return UNSURE
        if (q1 > 0.0) == (q0 > 0.0):
            return 0
    discriminant = q1 * q1 - q0 * q2
    doubt = 4.0 * error * (abs(q0) + 2.0 * abs(q1) + abs(q2)) + 4.0 * EPSILON * (q1 * q1 + abs(q0 * q2))
    if discriminant < -doubt:
        return 0
    if discriminant <= 4.0 * doubt:
        return UNSURE
    spread = math.sqrt(discriminant)
    # The roots t = z / (1 - z) of q2 t^2 + 2 q1 t + q0, without cancellation: total / q2 and q0 / total.
    total = -(q1 + spread) if q1 > 0.0 else spread - q1
    first, radius = root(q0, q1, q2, error, spread, total, q2)
    second, other_radius = root(q0, q1, q2, error, spread, q0, total)
    if crosses:  # one of the two has t > 0
        if (total > 0.0) != (q2 > 0.0):
            first, radius = second, other_radius
    elif other_radius < 0.0 or abs(first - second) <= 4.0 * (radius + other_radius):
        return UNSURE
    if radius < 0.0 or not radius < first < 1.0 - radius:
        return UNSURE
    found = settle(c, first, radius, roots, 0)
    if crosses or found == UNSURE:
        return found
    if not other_radius < second < 1.0 - other_radius:
        return UNSURE
    return settle(c, second, other_radius, roots, found)


solve_triple = kernel(_solve_triple)
