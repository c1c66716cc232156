"""What a rest point is, in numbers: Nash or not, regret, residual, stability.

The class of a mixed point follows from signs that are proved. The mixing populations' block of the Jacobian has
trace zero, and its determinant is not zero because the root is regular. With two populations its eigenvalues are
+-sqrt(b c): a saddle or a turning pair. With three they add up to zero and multiply to something else, so some real
part is positive, some negative, none zero. With four or five the same holds unless the characteristic polynomial has
a root on the imaginary axis, which its even and odd parts would share. What these tests leave open, and more than
five mixing populations, is left to the eigenvalues themselves.
"""

from __future__ import annotations

from solvers.arrays import Floats, Integers
from solvers.compiled import kernel
from solvers.rest_points.workspace import MIXING, Findings, Game, Tables

SINK, SADDLE, SOURCE, UNSTABLE, NEUTRAL, UNDECIDED, UNKNOWN = range(7)
"""Classes in the order of ``solvers.stability.Stability``; UNKNOWN asks for the eigenvalues."""

NASH, STRICT, VERIFIED, TIED, BORDERLINE, OUTSIDE = 1, 2, 4, 8, 16, 32
"""Flags of a point: the last two say that a mixing share is on, or beyond, the border of its face."""

STABILITY, FLAGS, MIXERS, TIES = range(4)
"""Columns of ``Findings.codes``; ties are bits of players."""

BORDER = 1e-11
"""A mixed rest point with a share this close to 0 or 1 is the rest point on the border, where it is named a tie."""
RESIDUAL = 1e-14
"""What Newton's method leaves of an advantage at a mixed point, relative to the player's largest."""
REGRET = 1e-9
"""Largest regret of a verified Nash equilibrium, relative to the player's largest advantage."""
CLEAR = 1e-6
"""A sum is surely not zero if it is this part of the sum of the sizes of its terms."""


def _value_and_slopes(
    values: Floats, player: int, spread: Integers, first: int, k: int, shares: Floats, work: Floats, slopes: Floats
) -> float:
    """Value of one row of ``values`` at a point of a face, and its slope in each mixing share."""
    if k == 2:
        v0, v1 = values[player, spread[first]], values[player, spread[first + 1]]
        v2, v3 = values[player, spread[first + 2]], values[player, spread[first + 3]]
        low, high = v0 + shares[1] * (v2 - v0), v1 + shares[1] * (v3 - v1)
        slopes[0] = high - low
        slopes[1] = (v2 - v0) + shares[0] * ((v3 - v1) - (v2 - v0))
        return float(low + shares[0] * slopes[0])
    value = 0.0
    for skip in range(k):
        for c in range(1 << k):
            work[c] = values[player, spread[first + c]]
        for a in range(k - 1, -1, -1):
            if a == skip:
                continue
            half, share = 1 << a, shares[a]
            for c in range(half):
                work[c] += share * (work[c + half] - work[c])
            if a < skip:
                for c in range(1 << skip, (1 << skip) + half):
                    work[c] += share * (work[c + half] - work[c])
        slopes[skip] = work[1 << skip] - work[0]
        if skip == 0:
            value = float(work[0] + shares[0] * slopes[0])
    return value


value_and_slopes = kernel(_value_and_slopes)


def _position(point: Floats) -> int:
    """Whether every mixing share is inside (0, 1): 0, or ``BORDERLINE``, or ``OUTSIDE``."""
    position = 0
    for i in range(point.shape[0]):
        share, radius = point[i, 0], point[i, 1]
        if radius == 0.0:
            continue
        reach = max(4.0 * radius, BORDER)
        if share + reach < 0.0 or share - reach > 1.0:
            return OUTSIDE
        if share <= reach or share >= 1.0 - reach:
            position = BORDERLINE
    return position


position_of = kernel(_position)


def _is_hyperbolic(m: Floats, k: int) -> int:
    """1 if the block surely has no eigenvalue on the imaginary axis, 0 if all lie on it, -1 if this is open.

    The characteristic polynomial t^k + p t^(k-2) + q t^(k-3) + ... comes from power sums by Newton's identities;
    sizes of the terms are carried along.
    """
    if k == 2:
        return 1 if m[0, 0, 1] * m[0, 1, 0] > 0.0 else 0
    if k == 3:
        return 1
    if k > 5:
        return -1
    # Power sums of the eigenvalues: traces of m^2 ... m^k, with the same for absolute values as their size.
    largest = 0.0
    for a in range(k):
        total = 0.0
        for b in range(k):
            total += abs(m[0, a, b])
        largest = max(largest, total)
    if largest == 0.0:
        return -1
    s2, s3, s4, s5 = power_sums(m, k, largest)
    z2, z3, z4, z5 = sizes_of_power_sums(m, k, largest)
    p, q = -s2 / 2.0, -s3 / 3.0
    p_size, q_size = z2 / 2.0, z3 / 3.0
    if k == 4:
        return 1 if abs(q) > CLEAR * q_size else -1
    r, r_size = (s2 * s2 / 8.0 - s4 / 4.0), (z2 * z2 / 8.0 + z4 / 4.0)
    s, s_size = (s2 * s3 / 6.0 - s5 / 5.0), (z2 * z3 / 6.0 + z5 / 5.0)
    # t^5 + p t^3 + q t^2 + r t + s with t = i w: w^4 - p w^2 + r = 0 and q w^2 = s.
    shared = s * s - p * q * s + r * q * q
    size = s_size * s_size + p_size * q_size * s_size + r_size * q_size * q_size
    return 1 if abs(shared) > CLEAR * size else -1


def _power_sums(m: Floats, k: int, largest: float) -> tuple[float, float, float, float]:
    """Traces of the second to fifth power of the block divided by ``largest``."""
    two, three, four, five = 0.0, 0.0, 0.0, 0.0
    for a in range(k):
        for b in range(k):
            total = 0.0
            for c in range(k):
                total += m[0, a, c] * m[0, c, b]
            m[1, a, b] = total
    for a in range(k):
        two += m[1, a, a]
        for b in range(k):
            three += m[1, a, b] * m[0, b, a]
            four += m[1, a, b] * m[1, b, a]
            for c in range(k):
                five += m[1, a, b] * m[1, b, c] * m[0, c, a]
    return two / largest**2, three / largest**3, four / largest**4, five / largest**5


power_sums = kernel(_power_sums)


def _sizes_of_power_sums(m: Floats, k: int, largest: float) -> tuple[float, float, float, float]:
    """The same for the absolute values of the block, which overwrites it."""
    for a in range(k):
        for b in range(k):
            m[0, a, b] = abs(m[0, a, b])
    return power_sums(m, k, largest)


sizes_of_power_sums = kernel(_sizes_of_power_sums)
is_hyperbolic = kernel(_is_hyperbolic)


def _mixed_class(hyperbolic: int, up: int, down: int, flat: int) -> int:
    """Class from the mixing block and the pure players' eigenvalues: how many rise, fall, or are zero."""
    if hyperbolic < 0:
        return UNKNOWN
    if hyperbolic == 1:
        return UNSTABLE if flat > 0 else SADDLE
    if up > 0:
        return UNSTABLE
    return UNDECIDED if flat > 0 else NEUTRAL


mixed_class = kernel(_mixed_class)


def _describe_point(t: Tables, g: Game, f: Findings, row: int, changed: bool) -> None:
    """Describe one mixed point.

    ``numbers[row]`` gets the advantages, then residual, regret and radius; ``codes[row]`` the class, the flags, how
    many mix, and the players that are pure and indifferent as bits.

    Parameters
    ----------
    changed : whether differences were changed to make ties exact; residual and regret are those of the payoffs given
    """
    rounding, tolerance = g.rounding, g.tolerance
    points, numbers, codes, block = f.points, f.numbers, f.codes, f.block
    work, slopes, shares = f.work, f.slopes, f.shares
    digits, mixing, spread = t.digits, t.mixing, t.spread
    differences, advantages, scales = g.given, g.advantages, g.scale
    number = f.faces[row]
    k, first, n = t.sizes[number], t.first[number], digits.shape[1]
    for a in range(k):
        shares[a] = points[row, mixing[number, a], 0]
    residual, regret, radius = 0.0, 0.0, 0.0
    nash, small, exact, ties = True, True, True, 0
    up, down, flat, own = 0, 0, 0, 0
    for i in range(n):
        given = value_and_slopes(differences, i, spread, first, k, shares, work, slopes) if changed else 0.0
        gain = value_and_slopes(advantages, i, spread, first, k, shares, work, slopes)
        given = given if changed else gain
        share, scale = points[row, i, 0], scales[i]
        numbers[row, i] = gain
        rest = max(given * (1.0 - share), -given * share)
        regret = max(regret, rest)
        small = small and rest <= REGRET * scale
        if digits[number, i] == MIXING:
            radius = max(radius, points[row, i, 1])
            residual = max(residual, abs(given))
            # Beyond rounding only if ties that were not exact moved the point: then its box holds no point.
            exact = exact and abs(given) <= 4.0 * rounding[i] + RESIDUAL * scale
            # Slopes in units of the player's largest advantage: the speeds do not change the class.
            speed = share * (1.0 - share) / scale
            for a in range(k):
                block[0, own, a] = speed * slopes[a]
            block[0, own, own] = 0.0
            own += 1
            continue
        # How far an advantage can move within the proved enclosure, beside the tolerance for ties.
        level = tolerance[i]
        for a in range(k):
            level += 2.0 * abs(slopes[a]) * points[row, mixing[number, a], 1]
        loss = gain if digits[number, i] == 1 else -gain
        if loss > level:
            down += 1
        elif loss < -level:
            up += 1
            nash = False
        else:
            flat += 1
            ties |= 1 << i
    numbers[row, n], numbers[row, n + 1], numbers[row, n + 2] = residual, regret, radius
    flags = position_of(points[row])
    if nash:
        flags |= NASH
    if ties:
        flags |= TIED
    elif exact and (small or not nash):
        flags |= VERIFIED
    # A root of split functions may be a multiple one.
    hyperbolic = -1 if f.split[row] else is_hyperbolic(block, k)
    codes[row, STABILITY] = mixed_class(hyperbolic, up, down, flat)
    codes[row, FLAGS], codes[row, MIXERS], codes[row, TIES] = flags, k, ties


describe_point = kernel(_describe_point)
