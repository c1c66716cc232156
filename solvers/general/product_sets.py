"""Exact sets of rest points: a polytope of mixed strategies for each player, and any choice of one from each.

With at most two players mixing the conditions are linear, whatever the number of players: ties of a single player at
pure profiles of the others, and the two-player games that are left when all others play pure strategies.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from solvers.arrays import Floats
from solvers.general.budget import Budget
from solvers.general.double_description import Polytope, cut, dimension, simplex
from solvers.general.normal_form import MixedProfile, NormalForm, Support
from solvers.general.support_polytopes import RationalSet, Table, integer_table, rest_sets

MOST_COMBINATIONS = 4096
"""Products of vertices to look at when it is asked whether a whole set consists of Nash equilibria."""


@dataclass(frozen=True, slots=True, eq=False)
class ProductSet:
    """A closed product of polytopes, all of whose profiles are rest points.

    Attributes
    ----------
    support : strategies in use in its relative interior
    polytopes : per player, in the coordinates of all its strategies
    conditions : per player, integer linear forms that are zero on its polytope; with the support they define it.
        None if it is known by its vertices only
    """

    support: Support
    polytopes: tuple[Polytope, ...]
    conditions: tuple[Table, ...] | None

    @property
    def is_point(self) -> bool:
        """Whether the set is a single profile."""
        return all(len(polytope) == 1 for polytope in self.polytopes)

    @property
    def dimension(self) -> int:
        """Dimension, exactly."""
        return sum(dimension(polytope) for polytope in self.polytopes)

    def vertices(self) -> tuple[Floats, ...]:
        """Vertices as mixed strategies, one array [vertex, strategy] per player, each share rounded once."""
        return tuple(np.array([mixed(point) for point, _ in polytope]) for polytope in self.polytopes)

    def contains(self, other: ProductSet) -> bool:
        """Whether the other set lies in this one; False also where the conditions of this one are not known."""
        if self.conditions is None:
            return False
        for used, forms, inner in zip(self.support, self.conditions, other.polytopes, strict=True):
            for point, _ in inner:
                if any(x and k not in used for k, x in enumerate(point)):
                    return False
                if any(sum(a * x for a, x in zip(form, point, strict=True)) for form in forms):
                    return False
        return True


def mixed(point: tuple[int, ...]) -> list[float]:
    """Mixed strategy from homogeneous integers; each share is the exact one, rounded once.

    Examples
    --------
    >>> mixed((1, 2, 0))
    [0.3333333333333333, 0.6666666666666666, 0.0]
    """
    total = sum(point)
    return [x / total for x in point]


def members(bits: int) -> tuple[int, ...]:
    """Strategies whose bits are set."""
    return tuple(k for k in range(bits.bit_length()) if bits >> k & 1)


def whole_face(sizes: tuple[int, ...], support: Support) -> ProductSet:
    """All profiles over a support, where nothing that a player in it chooses changes its own payoff."""
    faces = tuple([simplex(size)[s] for s in used] for size, used in zip(sizes, support, strict=True))
    return ProductSet(support, faces, tuple([] for _ in sizes))


def tied_faces(game: NormalForm) -> list[ProductSet]:
    """Sets with one mixing player: all its strategies that pay the same at a pure profile of the others."""
    found = []
    for player, size in enumerate(game.sizes):
        others = [range(m) for i, m in enumerate(game.sizes) if i != player]
        rows = game.rows(player)
        for column, profile in enumerate(itertools.product(*others)):
            equal: dict[float, list[int]] = {}
            for s in range(size):
                equal.setdefault(float(rows[s, column]) + 0.0, []).append(s)
            for group in equal.values():
                if len(group) > 1:
                    place: list[tuple[int, ...]] = [(s,) for s in profile]
                    place.insert(player, tuple(group))
                    found.append(whole_face(game.sizes, tuple(place)))
    return found


def two_player_tables(game: NormalForm, pair: tuple[int, int], others: dict[int, int]) -> tuple[Table, Table]:
    """Payoffs [own][other's] as exact integers of the two players of a pair when all others play as given."""
    index = tuple(others.get(i, slice(None)) for i in range(game.players))
    first, second = game.tied[(pair[0], *index)], game.tied[(pair[1], *index)]
    own = game.denominators
    return integer_table(first, own[pair[0]]), integer_table(second.T, own[pair[1]])


def two_mixing_sets(game: NormalForm, budget: Budget) -> list[ProductSet]:
    """Sets with exactly two mixing players; with two players in all, every set of rest points, pure ones too."""
    found = []
    for pair in itertools.combinations(range(game.players), 2):
        others = [i for i in range(game.players) if i not in pair]
        for choice in itertools.product(*(range(game.sizes[i]) for i in others)):
            fixed = dict(zip(others, choice, strict=True))
            first, second = two_player_tables(game, pair, fixed)
            for item in rest_sets(first, second, budget):
                if game.players == 2 or all(bits.bit_count() > 1 for bits in item.supports):
                    found.append(_embedded(game.sizes, pair, fixed, item, (first, second)))
    return found


def embedded_subset(sizes: tuple[int, ...], item: RationalSet, strategies: Support) -> ProductSet:
    """A maximal Nash subset of the game of some strategies, as a set of the whole two-player game."""
    support: list[tuple[int, ...]] = []
    polytopes: list[Polytope] = []
    for size, own, bits, polytope in zip(sizes, strategies, item.supports, (item.first, item.second), strict=True):
        points = []
        for point, _ in polytope:
            whole = [0] * size
            for s, x in zip(own, point, strict=True):
                whole[s] = x
            points.append((tuple(whole), 0))
        support.append(tuple(own[k] for k in members(bits)))
        polytopes.append(points)
    return ProductSet(tuple(support), tuple(polytopes), None)


def _embedded(
    sizes: tuple[int, ...],
    pair: tuple[int, int],
    fixed: dict[int, int],
    item: RationalSet,
    tables: tuple[Table, Table],
) -> ProductSet:
    support: list[tuple[int, ...]] = []
    polytopes: list[Polytope] = []
    conditions: list[Table] = []
    for player, size in enumerate(sizes):
        if player in fixed:
            support.append((fixed[player],))
            polytopes.append([simplex(size)[fixed[player]]])
            conditions.append([])
            continue
        own = pair.index(player)
        support.append(members(item.supports[own]))
        polytopes.append((item.first, item.second)[own])
        # This player's mixture makes the other's strategies in use equally good.
        base, *rest = members(item.supports[1 - own])
        other = tables[1 - own]
        conditions.append([[a - b for a, b in zip(other[t], other[base], strict=True)] for t in rest])
    return ProductSet(tuple(support), tuple(polytopes), tuple(conditions))


def maximal(sets: list[ProductSet]) -> list[ProductSet]:
    """Sets that lie in no other one, in the given order; the largest supports must come first."""
    kept: list[ProductSet] = []
    for item in sets:
        if not any(other.contains(item) for other in kept):
            kept.append(item)
    return kept


def is_nash_on(game: NormalForm, support: Support, vertices: tuple[Floats, ...]) -> bool | None:
    """Whether no player gains by deviating anywhere on a product of polytopes of rest points; None if only in places.

    A gain is affine in each other player's mixture, so vertices decide.
    """
    verdict: bool | None = True
    for player, used in enumerate(support):
        others = [v for i, v in enumerate(vertices) if i != player]
        absent = [s for s in range(game.sizes[player]) if s not in used]
        if not absent:
            continue
        if np.prod([len(v) for v in others]) > MOST_COMBINATIONS:
            return None
        table = np.moveaxis(game.tied[player], player, 0)
        gains = table[absent] - table[used[0]]
        for v in others:
            gains = np.tensordot(gains, v, axes=(1, 1))
        gains = gains.reshape(len(absent), -1)
        if (gains > game.tolerance[player]).all(axis=1).any():
            return False
        if (gains > game.tolerance[player]).any():
            verdict = None
    return verdict


def nash_part_is_empty(game: NormalForm, item: ProductSet) -> bool:
    """Whether no profile of a two-player game's set is a Nash equilibrium, exactly."""
    tables = two_player_tables(game, (0, 1), {})
    for own, polytope in enumerate(item.polytopes):
        other = tables[1 - own]
        base = item.support[1 - own][0]
        part = polytope
        for t in range(len(other)):
            if t not in item.support[1 - own]:
                part = cut(part, [a - b for a, b in zip(other[base], other[t], strict=True)], game.sizes[own] + t)
        if not part:
            return True
    return False


def spread(item: ProductSet) -> tuple[MixedProfile, MixedProfile, MixedProfile]:
    """Least and greatest share of each strategy on a set, and the mean of its vertices."""
    vertices = item.vertices()
    return (
        tuple(v.min(axis=0) for v in vertices),
        tuple(v.max(axis=0) for v in vertices),
        tuple(v.mean(axis=0) for v in vertices),
    )
