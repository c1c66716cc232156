"""All Nash equilibria of a two-player game, exactly: extreme equilibria and maximal Nash subsets.

The best-response polytope of a player holds its mixed strategies, scaled by the other's best payoff; a vertex is
labelled with the own strategies it leaves out and the other's strategies that are best replies to it. A pair of
vertices with all labels between them is an extreme equilibrium. A maximal Nash subset is a product of convex hulls
of sets of vertices all of whose pairs are equilibria; the Nash equilibria are the union of these products.

References
----------
von Stengel (2002), Computing equilibria for two-person games; Avis, Rosenberg, Savani and von Stengel (2010),
Enumeration of Nash equilibria for two-player games.
"""

from __future__ import annotations

from solvers.general.budget import Budget, BudgetSpent
from solvers.general.double_description import LARGEST_BITS, Polytope, cut, support_of
from solvers.general.support_polytopes import RationalSet, Table

MOST_SUBSETS = 20_000
"""Maximal Nash subsets to list; only games made of ties come near."""


def best_response_vertices(other: Table, size: int, *, own_first: bool, budget: Budget) -> Polytope:
    """Vertices of a player's best-response polytope but the origin, as mixed strategies with their labels.

    Parameters
    ----------
    other : payoffs of the other player, [other's strategy][own strategy]
    size : number of own strategies
    own_first : whether labels count the own strategies before the other's; the first player's do
    budget : one step is spent per vertex met

    Returns
    -------
    Homogeneous mixed strategies with labels as bits: an own strategy that is absent, the other's that is best.

    Examples
    --------
    >>> pennies = [[-1, 1], [1, -1]]
    >>> best_response_vertices(pennies, 2, own_first=True, budget=Budget(100))
    [((0, 1), 5), ((1, 0), 10), ((1, 1), 12)]
    """
    low = min(min(row) for row in other)
    positive = [[a - low + 1 for a in row] for row in other]
    own_bit, other_bit = (0, size) if own_first else (len(other), 0)
    everything = sum(1 << own_bit + k for k in range(size))
    # Start from the simplex bounded by the first of the other's strategies: coordinates (z, x), z - b.x >= 0.
    polytope: Polytope = [((1, *(0,) * size), everything)]
    for k in range(size):
        unit = tuple(int(j == k) for j in range(size))
        polytope.append(((positive[0][k], *unit), everything & ~(1 << own_bit + k) | 1 << other_bit))
    for t in range(1, len(other)):
        polytope = cut(polytope, (1, *(-b for b in positive[t])), other_bit + t, on_edges=size - 1)
        budget.spend(len(polytope))
    return [(point[1:], labels) for point, labels in polytope if any(point[1:])]


def maximal_nash_subsets(first: Table, second: Table, budget: Budget) -> list[RationalSet]:
    """List the maximal Nash subsets of a two-player game; a regular game's are its equilibria.

    Parameters
    ----------
    first, second : payoffs [own strategy][other's strategy] of the two players; note that ``second`` is transposed

    Raises
    ------
    BudgetSpent
        If it does not suffice.

    Examples
    --------
    The game of von Stengel with a segment of equilibria (QuantEcon, tests of vertex enumeration): the row player's
    first strategy against a share of the column player's first of at least 2/3, and an isolated equilibrium.

    >>> first = [[3, 3], [2, 5], [0, 6]]
    >>> second = [[3, 2, 3], [3, 6, 1]]
    >>> for subset in maximal_nash_subsets(first, second, Budget(1000)):
    ...     print([point for point, _ in subset.first], [point for point, _ in subset.second])
    [(1, 0, 0)] [(1, 0), (2, 1)]
    [(0, 1, 2)] [(1, 2)]
    """
    rows, columns = len(first), len(second)
    if rows + columns > LARGEST_BITS:
        raise BudgetSpent
    xs = best_response_vertices(second, rows, own_first=True, budget=budget)
    ys = best_response_vertices(first, columns, own_first=False, budget=budget)
    everything = (1 << rows + columns) - 1
    partners: list[int] = []
    for _, labels in xs:
        missing = everything & ~labels
        partners.append(sum(1 << k for k, (_, others) in enumerate(ys) if others & missing == missing))
    budget.spend(len(xs))
    subsets = []
    for common in _intersections([p for p in partners if p], budget):
        chosen = [x for x, p in zip(xs, partners, strict=True) if p & common == common]
        others = [y for k, y in enumerate(ys) if common >> k & 1]
        subsets.append(RationalSet((support_of(chosen), support_of(others)), chosen, others))
    return sorted(subsets, key=lambda item: ([x for x, _ in item.first], [y for y, _ in item.second]), reverse=True)


def _intersections(sets: list[int], budget: Budget) -> list[int]:
    """All non-empty intersections of the given sets of bits, each once."""
    closed: set[int] = set()
    for new in dict.fromkeys(sets):
        closed |= {new} | {new & old for old in closed}
        closed.discard(0)
        budget.spend(len(closed))
        if len(closed) > MOST_SUBSETS:
            raise BudgetSpent
    return list(closed)
