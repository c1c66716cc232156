"""Vertices of polytopes in exact integers, by the double description method.

A polytope is a list of vertices in homogeneous integer coordinates (any positive multiple is the same point), each
with the set of inequalities that hold there with equality, as bits of an integer. Cutting by one more inequality or
equality keeps the vertices on the right side and adds one on every edge that the hyperplane crosses. Two vertices
share an edge if and only if no third vertex satisfies all the equalities that both satisfy; this needs no rank and is
right for degenerate polytopes too.

References
----------
Motzkin, Raiffa, Thompson and Thrall (1953), The double description method; Fukuda and Prodon (1996), Double
description method revisited.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import TypeAlias

import numpy as np

from solvers.arrays import Integers

Vertex: TypeAlias = tuple[tuple[int, ...], int]  # homogeneous coordinates, bits of the tight inequalities
Polytope: TypeAlias = list[Vertex]

MANY = 48
"""From this many vertices on, edges are sought with arrays of bits rather than one pair at a time."""
LARGEST_BITS = 62
"""Inequalities that fit into the words of those arrays."""


def simplex(size: int) -> Polytope:
    """All mixed strategies over ``size`` pure ones; bit k says that strategy k is absent.

    Examples
    --------
    >>> simplex(2)
    [((1, 0), 2), ((0, 1), 1)]
    """
    everything = (1 << size) - 1
    return [(tuple(int(j == k) for j in range(size)), everything & ~(1 << k)) for k in range(size)]


def cut(polytope: Polytope, normal: Sequence[int], bit: int | None, *, on_edges: int = 0) -> Polytope:
    """Part of a polytope where ``normal . x >= 0``, or ``= 0`` if ``bit`` is None.

    Parameters
    ----------
    polytope : vertices with their tight inequalities
    normal : integers, one per coordinate
    bit : number of the new inequality, for the record of what is tight
    on_edges : inequalities known to be tight on every edge, at least (the dimension less one); saves time if given

    Examples
    --------
    Mixed strategies over three that use the first as often as the second:

    >>> sorted(point for point, _ in cut(simplex(3), (1, -1, 0), None))
    [(0, 0, 1), (1, 1, 0)]
    """
    values = [sum(c * x for c, x in zip(normal, point, strict=True) if c and x) for point, _ in polytope]
    above = [k for k, value in enumerate(values) if value > 0]
    below = [k for k, value in enumerate(values) if value < 0]
    mark = 0 if bit is None else 1 << bit
    if not above and not below:
        return [(point, tight | mark) for point, tight in polytope]
    kept = [(point, tight | mark) for (point, tight), value in zip(polytope, values, strict=True) if value == 0]
    if bit is not None:
        kept += [polytope[k] for k in above]
    for high, low in _crossed_edges(polytope, above, below, on_edges) if above and below else ():
        (first, tight), (second, other) = polytope[high], polytope[low]
        kept.append((_between(first, second, -values[low], values[high]), (tight & other) | mark))
    return kept


def _between(first: tuple[int, ...], second: tuple[int, ...], weight: int, other: int) -> tuple[int, ...]:
    point = [weight * a + other * b for a, b in zip(first, second, strict=True)]
    divisor = gcd(*point)
    return tuple(x // divisor for x in point) if divisor > 1 else tuple(point)


def _crossed_edges(polytope: Polytope, above: list[int], below: list[int], on_edges: int) -> list[tuple[int, int]]:
    """Pairs of adjacent vertices on the two sides."""
    tight = [bits for _, bits in polytope]
    if len(tight) == 2:
        return [(above[0], below[0])]
    if len(tight) >= MANY and max(tight) < 1 << LARGEST_BITS:
        return _crossed_edges_by_arrays(np.array(tight, dtype=np.int64), above, below, on_edges)
    found = []
    for high in above:
        for low in below:
            common = tight[high] & tight[low]
            sharing = 0
            for bits in tight:
                if bits & common == common:
                    sharing += 1
                    if sharing > 2:
                        break
            if sharing == 2:
                found.append((high, low))
    return found


def _crossed_edges_by_arrays(
    tight: Integers, above: list[int], below: list[int], on_edges: int
) -> list[tuple[int, int]]:
    found = []
    lows = np.array(below)
    for high in above:
        common = tight[high] & tight[lows]
        for position in np.flatnonzero(np.bitwise_count(common) >= on_edges):
            shared = common[position]
            if int(np.count_nonzero((tight & shared) == shared)) == 2:
                found.append((high, int(lows[position])))
    return found


def dimension(polytope: Polytope) -> int:
    """Dimension of the affine hull, exactly; -1 if the polytope is empty.

    Examples
    --------
    >>> dimension(simplex(4)), dimension(cut(simplex(4), (1, 1, -1, -1), None)), dimension([])
    (3, 2, -1)
    """
    return _rank([list(point) for point, _ in polytope]) - 1


def _rank(rows: list[list[int]]) -> int:
    """Rank of integer rows by fraction-free elimination (Bareiss 1968)."""
    if len(rows) <= 2:
        return len(rows)  # two vertices are different points
    rank, previous = 0, 1
    for column in range(len(rows[0])):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        head = rows[rank][column]
        for r in range(rank + 1, len(rows)):
            factor = rows[r][column]
            rows[r] = [(head * a - factor * b) // previous for a, b in zip(rows[r], rows[rank], strict=True)]
        previous = head
        rank += 1
        if rank == len(rows):
            break
    return rank


def support_of(polytope: Polytope) -> int:
    """Bits of the coordinates that are positive somewhere; hence all of them at the middle of the vertices."""
    used = 0
    for point, _ in polytope:
        for k, x in enumerate(point):
            if x:
                used |= 1 << k
    return used
