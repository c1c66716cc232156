"""All isolated rest points of games of three players with up to three strategies, by elimination in exact arithmetic.

One player k is hidden: its mixture is a vector of polynomials in one or two unknowns, chosen so that the other two
use equally many strategies. Then the conditions of i determine the mixture of j as the kernel of a matrix of
polynomials (its signed minors), those of j the mixture of i, and the conditions of k become one polynomial in one
unknown, or two in two; resultants give every value that each unknown can take. Everything is done in integers, real
roots are isolated in ball arithmetic, and what balls do not settle is refused. Points where a kernel is not unique
are shown to be no solutions, or refused. No code in common with the solvers.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from flint import Ordering, arb, ctx, fmpz, fmpz_mpoly, fmpz_mpoly_ctx, fmpz_poly
from numpy.typing import NDArray

from tests.oracles import bimatrix
from tests.oracles.bimatrix import Degenerate, subsets
from tests.oracles.elimination import real_roots

BITS = 1024
RING = fmpz_mpoly_ctx.get(("u", "v"), Ordering.lex)
Matrix = list[list[fmpz_mpoly]]
Support = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class OraclePoint:
    """A rest point with at least one mixing player: shares, support, and who would gain with which strategy."""

    profile: tuple[tuple[float, ...], ...]
    support: Support
    invaders: tuple[tuple[int, int], ...]


def rest_points(payoffs: NDArray[np.float64]) -> list[OraclePoint]:
    """Every rest point that is not pure; raises `Degenerate` unless all are isolated and clearly inside."""
    whole = integers(payoffs)
    found = []
    with ctx.workprec(BITS):
        for pair in itertools.combinations(range(3), 2):
            (third,) = set(range(3)) - set(pair)
            for choice in range(payoffs.shape[third + 1]):
                game = np.take(payoffs[list(pair)], choice, axis=third + 1)
                for x, y in bimatrix.rest_points(game):
                    place = {pair[0]: [ball(v) for v in x], pair[1]: [ball(v) for v in y]}
                    place[third] = [arb(int(s == choice)) for s in range(payoffs.shape[third + 1])]
                    found.append(described(whole, [place[i] for i in range(3)]))
        choices = [[s for s in subsets(size) if len(s) > 1] for size in payoffs.shape[1:]]
        for support in itertools.product(*choices):
            found += [described(whole, point) for point in all_mixing(whole, support)]
    return found


def ball(value: object) -> arb:
    return arb(value.p) / arb(value.q)  # type: ignore[attr-defined]


def integers(payoffs: NDArray[np.float64]) -> NDArray[np.object_]:
    tables = []
    for own in payoffs:
        ratios = [float(value).as_integer_ratio() for value in own.flat]
        scale = max(bottom for _, bottom in ratios)
        tables.append(np.array([fmpz(t * (scale // b)) for t, b in ratios], dtype=object).reshape(own.shape))
    return np.stack(tables)


def conditions(whole: NDArray[np.object_], support: Support, player: int) -> list[NDArray[np.object_]]:
    """Payoff differences of a player on the support, one matrix over the other two players per condition."""
    table = np.moveaxis(whole[player][np.ix_(*support)], player, 0)
    return [row - table[0] for row in table[1:]]


def all_mixing(whole: NDArray[np.object_], support: Support) -> list[list[list[arb]]]:
    """Rest points with exactly this support, in which all three players mix."""
    sizes = [len(used) for used in support]
    k = next(k for k in range(3) if len({sizes[i] for i in range(3) if i != k}) == 1)
    i, j = (p for p in range(3) if p != k)
    u, v = RING.gens()
    one = RING.constant(1)
    hidden = [one - u, u] if sizes[k] == 2 else [one - u - v, u, v]
    of_i = [matrix if j < k else matrix.T for matrix in conditions(whole, support, i)]  # [j, k]
    of_j = [matrix if i < k else matrix.T for matrix in conditions(whole, support, j)]  # [i, k]
    of_k = conditions(whole, support, k)  # [i, j]
    rows_j = [[dot(row, hidden) for row in matrix] for matrix in of_i]  # conditions on x_j
    rows_i = [[dot(row, hidden) for row in matrix] for matrix in of_j]
    x_j, x_i = kernel(rows_j), kernel(rows_i)
    polynomials = [dot([dot(row, x_j) for row in matrix], x_i) for matrix in of_k]
    if any(p.is_zero() for p in polynomials):
        raise Degenerate("a condition holds everywhere")
    found = []
    for values in common_roots(polynomials):
        mixtures = {player: [at(p, values) for p in x] for player, x in ((i, x_i), (j, x_j), (k, hidden))}
        if not is_positive(mixtures[k]):
            continue
        if any(all(x.contains(0) for x in mixtures[p]) for p in (i, j)):
            refuse_hidden_solution(rows_i, rows_j, of_k, mixtures, (i, j), values)
            continue
        if is_positive(mixtures[i]) and is_positive(mixtures[j]):
            point = []
            for p in range(3):
                total = sum(mixtures[p], arb(0))
                shares = dict(zip(support[p], (x / total for x in mixtures[p]), strict=True))
                point.append([shares.get(s, arb(0)) for s in range(whole.shape[p + 1])])
            found.append(point)
    return found


def dot(first: Sequence[fmpz_mpoly], second: Sequence[fmpz_mpoly]) -> fmpz_mpoly:
    return sum((a * b for a, b in zip(first, second, strict=True)), RING.constant(0))


def kernel(rows: Matrix) -> list[fmpz_mpoly]:
    """Signed minors of a matrix with one row fewer than columns: what spans its kernel where its rank is full."""
    if len(rows) == 1:
        return [rows[0][1], -rows[0][0]]
    (a, b, c), (d, e, f) = rows
    return [b * f - c * e, c * d - a * f, a * e - b * d]


def common_roots(polynomials: list[fmpz_mpoly]) -> list[tuple[arb, ...]]:
    """Balls around every common real root with coordinates in [0, 1]; others may be among them."""
    if len(polynomials) == 1:
        return [(u, arb(0)) for u in roots(polynomials[0], 0)]
    p, q = polynomials
    over_u, over_v = p.resultant(q, "v"), p.resultant(q, "u")
    if over_u.is_zero() or over_v.is_zero():
        raise Degenerate("a curve of solutions")
    pairs = itertools.product(roots(over_u, 0), roots(over_v, 1))
    return [pair for pair in pairs if at(p, pair).contains(0) and at(q, pair).contains(0)]


def roots(polynomial: fmpz_mpoly, variable: int) -> list[arb]:
    coefficients: dict[int, fmpz] = {}
    for exponents, value in polynomial.to_dict().items():
        assert exponents[1 - variable] == 0
        coefficients[int(exponents[variable])] = value
    dense = fmpz_poly([coefficients.get(d, 0) for d in range(max(coefficients) + 1)])
    return [root for root, _ in real_roots(dense)]


def at(polynomial: fmpz_mpoly, values: Sequence[arb]) -> arb:
    total = arb(0)
    for (d, e), value in polynomial.to_dict().items():
        total += arb(value) * values[0] ** int(d) * values[1] ** int(e)
    return total


def is_positive(mixture: list[arb]) -> bool:
    """Whether all entries have one strict sign; raises `Degenerate` if that is not clear."""
    if all(x > 0 for x in mixture) or all(x < 0 for x in mixture):
        return True
    if any(x > 0 for x in mixture) and any(x < 0 for x in mixture):
        return False
    if all(x.contains(0) for x in mixture):
        return False
    raise Degenerate("a share is not told apart from 0")


def refuse_hidden_solution(
    rows_i: Matrix,
    rows_j: Matrix,
    of_k: list[NDArray[np.object_]],
    mixtures: dict[int, list[arb]],
    pair: tuple[int, int],
    values: Sequence[arb],
) -> None:
    """Where a kernel is not unique, show that all conditions on that mixture together leave none."""
    i, j = pair
    loose, known = (j, i) if all(x.contains(0) for x in mixtures[j]) else (i, j)
    if all(x.contains(0) for x in mixtures[known]):
        raise Degenerate("both kernels are not unique")
    rows = [[at(p, values) for p in row] for row in (rows_j if loose == j else rows_i)]
    for matrix in of_k:
        oriented = matrix.T if loose == j else matrix  # [loose, known]
        rows.append([sum((arb(a) * x for a, x in zip(row, mixtures[known], strict=True)), arb(0)) for row in oriented])
    size = len(mixtures[loose])
    for chosen in itertools.combinations(rows, size):
        if not determinant(list(chosen)).contains(0):
            return
    raise Degenerate("a solution may lie where a mixture is not determined")


def determinant(rows: list[list[arb]]) -> arb:
    if len(rows) == 2:
        return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]
    (a, b, c), (d, e, f), (g, h, k) = rows
    return a * (e * k - f * h) - b * (d * k - f * g) + c * (d * h - e * g)


def described(whole: NDArray[np.object_], point: list[list[arb]]) -> OraclePoint:
    """Attach the support and the absent strategies that would gain."""
    support = tuple(tuple(s for s, x in enumerate(shares) if x != 0) for shares in point)
    invaders = []
    for player in range(3):
        first, second = (point[p] for p in range(3) if p != player)
        table = np.moveaxis(whole[player], player, 0)
        payoffs = [
            sum((arb(row[a, b]) * x * y for a, x in enumerate(first) for b, y in enumerate(second)), arb(0))
            for row in table
        ]
        for s, value in enumerate(payoffs):
            if s in support[player]:
                continue
            gain = value - payoffs[support[player][0]]
            if gain > 0:
                invaders.append((player, s))
            elif not gain < 0:
                raise Degenerate("an absent strategy is indifferent")
    return OraclePoint(
        profile=tuple(tuple(float(x.mid()) for x in shares) for shares in point),
        support=support,
        invaders=tuple(invaders),
    )
