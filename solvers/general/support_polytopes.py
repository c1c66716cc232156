"""Rest points of two players by pairs of supports, exactly: each pair gives a product of two polytopes.

On a pair of supports (S, T) the row player's strategies in S are equally good against y, which is a set of linear
conditions on y alone, and the same for T and x. So the rest points with these supports are a product X x Y: the
mixed strategies over S that make T indifferent, times those over T that make S indifferent. Either may be empty, a
point or larger; payoffs are taken as the exact rational numbers that they are, so each of these is proved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from solvers.arrays import Floats
from solvers.general.budget import Budget
from solvers.general.double_description import Polytope, cut, simplex, support_of

Table: TypeAlias = list[list[int]]  # payoffs of one player as integers, [own strategy][other's strategy]


@dataclass(frozen=True, slots=True, eq=False)
class RationalSet:
    """Rest points with one pair of supports: all of ``first`` times all of ``second``.

    Attributes
    ----------
    supports : bits of the strategies in use, of the first and the second player
    first, second : closed polytopes in the coordinates of all strategies; the rest points with exactly these supports
        are their relative interiors
    """

    supports: tuple[int, int]
    first: Polytope
    second: Polytope

    @property
    def is_point(self) -> bool:
        """Whether the set is a single profile."""
        return len(self.first) == 1 and len(self.second) == 1


def integer_table(payoffs: Floats, denominator: int | None = None) -> Table:
    """Payoffs as integers: exact, times one positive factor for the whole table.

    Parameters
    ----------
    payoffs : shape (own strategies, other's strategies)
    denominator : if payoffs are simple fractions up to rounding, what turns them into whole numbers

    Examples
    --------
    >>> import numpy as np
    >>> integer_table(np.array([[0.5, -1.0], [0.25, 3.0]]))
    [[2, -4], [1, 12]]
    >>> integer_table(np.array([[0.1 + 0.2, 0.3]]), 10)
    [[3, 3]]
    """
    if denominator is not None:
        return [[round(float(value) * denominator) for value in row] for row in payoffs]
    ratios = [[float(value).as_integer_ratio() for value in row] for row in payoffs]
    scale = max(bottom for row in ratios for _, bottom in row)  # all are powers of two
    return [[top * (scale // bottom) for top, bottom in row] for row in ratios]


def indifference_polytopes(other: Table, size: int, budget: Budget) -> dict[tuple[int, int], Polytope]:
    """For every support S of a player and T of the other: mixed strategies over S that leave T indifferent.

    Parameters
    ----------
    other : payoffs of the other player, [other's strategy][own strategy]
    size : number of own strategies
    budget : one step is spent per pair of supports examined

    Returns
    -------
    ``(S, T)`` as bits -> closed polytope in the coordinates of all own strategies; pairs where no mixed strategy with
    all of S in use exists are left out. A polytope that shrinks below S is not searched for larger T.
    """
    found: dict[tuple[int, int], Polytope] = {}
    whole = simplex(size)
    differences = [[[a - b for a, b in zip(row, base, strict=True)] for row in other] for base in other]
    for own in range(1, 1 << size):
        face = [vertex for k, vertex in enumerate(whole) if own >> k & 1]
        stack = [(1 << t, t, face) for t in range(len(other))]
        while stack:
            members, last, polytope = stack.pop()
            budget.spend()
            found[own, members] = polytope
            base = differences[(members & -members).bit_length() - 1]
            for t in range(last + 1, len(other)):
                smaller = cut(polytope, base[t], None)
                if smaller and support_of(smaller) == own:
                    stack.append((members | 1 << t, t, smaller))
    return found


def rest_sets(first: Table, second: Table, budget: Budget) -> list[RationalSet]:
    """List every non-empty set of rest points of a two-player game, one per pair of supports, large supports first.

    Parameters
    ----------
    first, second : payoffs [own strategy][other's strategy] of the two players; note that ``second`` is transposed
    budget : see `indifference_polytopes`

    Examples
    --------
    Matching pennies: four pure profiles and the mixed one.

    >>> pennies = [[1, -1], [-1, 1]]
    >>> sets = rest_sets(pennies, [[-1, 1], [1, -1]], Budget(100))
    >>> [(s.supports, s.first[0][0], s.second[0][0]) for s in sets if s.is_point][0]
    ((3, 3), (1, 1), (1, 1))
    """
    of_first = indifference_polytopes(second, len(first), budget)
    of_second = indifference_polytopes(first, len(second), budget)
    sets = [
        RationalSet((own, other), polytope, of_second[other, own])
        for (own, other), polytope in of_first.items()
        if (other, own) in of_second
    ]
    return sorted(sets, key=lambda item: (-item.supports[0].bit_count() - item.supports[1].bit_count(), item.supports))
