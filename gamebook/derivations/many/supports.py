"""Mixed rest points of games with more than two strategies: closed forms, and how many there can be.

Where just two parties mix over equally many strategies each, indifference of either is a system of linear equations in
the shares of the other: one point at most, by Cramer's rule. For any other sets of strategies in use the number of
isolated points is bounded by that of block derangements (McKelvey and McLennan 1997).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from gamebook.derivations.common_factors import grouped
from gamebook.derivations.many.field import ManyField
from gamebook.derivations.signs import Signs

Here = Mapping[sympy.Symbol, Fraction]
MOST_STRATEGIES = 3  # in use by either of two parties for a closed form
MOST_FACES = 600  # sets of strategies of two parties that are looked at


@dataclass(frozen=True, slots=True, eq=False)
class SupportPoint:
    """The rest point at which just two parties mix, over equally many strategies each.

    Attributes
    ----------
    mixing : the two parties
    supports : the strategies that each of them uses
    pure : strategy of each other party; None for those that mix
    shares : of the strategies in use, per mixing party, in formulas; None where the equations have no single solution
    here : the shares at the values in use, if all are strictly between 0 and 1
    possible : whether the signs of payoff differences leave room for such a point
    """

    mixing: tuple[int, int]
    supports: tuple[tuple[int, ...], tuple[int, ...]]
    pure: tuple[int | None, ...]
    shares: tuple[tuple[sympy.Expr, ...], tuple[sympy.Expr, ...]] | None
    here: tuple[tuple[Fraction, ...], tuple[Fraction, ...]] | None
    possible: bool


def block_derangements(sizes: Sequence[int]) -> int:
    """Return the greatest number of isolated points at which parties mix over so many strategies each.

    It is the coefficient of ``t_1**(k_1 - 1) ... t_n**(k_n - 1)`` in the product over parties of the sum of the others'
    variables, each to the power ``k_i - 1``.

    Examples
    --------
    >>> [block_derangements(sizes) for sizes in ([2, 2], [3, 3], [3, 2], [2, 2, 2], [3, 3, 3], [2, 2, 2, 2])]
    [1, 1, 0, 2, 10, 9]
    """
    wanted = tuple(size - 1 for size in sizes)
    ways = {tuple(0 for _ in sizes): 1}
    for place, power in enumerate(wanted):
        for _ in range(power):
            grown: dict[tuple[int, ...], int] = {}
            for used, count in ways.items():
                for other in range(len(sizes)):
                    if other != place and used[other] < wanted[other]:
                        key = tuple(number + (spot == other) for spot, number in enumerate(used))
                        grown[key] = grown.get(key, 0) + count
            ways = grown
    return ways.get(wanted, 0)


def support_points(field: ManyField, signs: Signs, here: Here) -> tuple[SupportPoint, ...]:
    """Return the points at which two parties mix over two or three strategies each, if there are not too many sets."""
    sets = list(_sets(field.shape))
    return tuple(_point(field, signs, here, *each) for each in sets) if len(sets) <= MOST_FACES else ()


_Set = tuple[tuple[int, int], tuple[tuple[int, ...], tuple[int, ...]], tuple[int | None, ...]]


def _sets(shape: Sequence[int]) -> list[_Set]:
    found: list[_Set] = []
    for first, second in itertools.combinations(range(len(shape)), 2):
        rest = [range(count) if party not in (first, second) else (None,) for party, count in enumerate(shape)]
        for size in range(2, MOST_STRATEGIES + 1):
            pairs = itertools.product(*(itertools.combinations(range(shape[party]), size) for party in (first, second)))
            for one, other in pairs:
                found += [((first, second), (one, other), pure) for pure in itertools.product(*rest)]
    return found


def _point(
    field: ManyField,
    signs: Signs,
    here: Here,
    mixing: tuple[int, int],
    supports: tuple[tuple[int, ...], tuple[int, ...]],
    pure: tuple[int | None, ...],
) -> SupportPoint:
    solved, possible = [], True
    for place in (0, 1):
        # The shares of one party make the other one indifferent.
        table = _differences(field, mixing[1 - place], supports[1 - place], mixing[place], supports[place], pure)
        possible &= all(_changes(signs, row) for row in table)
        solved.append(_solution(table))
    shares = None if solved[0] is None or solved[1] is None else (solved[0], solved[1])
    found = None if shares is None else tuple(_here(signs, here, of) for of in shares)
    inside = found is not None and all(of is not None and all(0 < value < 1 for value in of) for of in found)
    inner = possible and shares is not None and not any(share == 0 for of in shares for share in of)
    return SupportPoint(mixing, supports, pure, shares, found if inside else None, inner)  # type: ignore[arg-type]


def _differences(
    field: ManyField,
    player: int,
    own: Sequence[int],
    other: int,
    played: Sequence[int],
    pure: Sequence[int | None],
) -> list[list[sympy.Expr]]:
    """Return a party's payoffs from each strategy in use but the first less that from the first, against each other."""
    rows = []
    for chosen in own[1:]:
        row = []
        for against in played:
            profile = [0 if strategy is None else strategy for strategy in pure]
            profile[player], profile[other] = own[0], against
            row.append(grouped(field.cells.gain(player, profile, chosen, own[0])))
        rows.append(row)
    return rows


def _changes(signs: Signs, row: Sequence[sympy.Expr]) -> bool:
    """Tell whether a row of differences can vanish in the mean: not if all have one strict sign."""
    marks = {signs.of(value).mark for value in row}
    return marks not in ({"+"}, {"-"}, {"+", "0"}, {"-", "0"})


def _solution(table: Sequence[Sequence[sympy.Expr]]) -> tuple[sympy.Expr, ...] | None:
    """Return the weights that add up to 1 and make every row vanish in the mean."""
    count = len(table[0])
    minors = [
        (-1) ** place * sympy.Matrix([[row[spot] for spot in range(count) if spot != place] for row in table]).det()
        for place in range(count)
    ]
    total = sympy.expand(sympy.Add(*minors))
    if total == 0:
        return None
    return tuple(sympy.factor(sympy.cancel(minor / total)) for minor in minors)


def _here(signs: Signs, here: Here, formulas: Sequence[sympy.Expr]) -> tuple[Fraction, ...] | None:
    values = []
    for formula in formulas:
        above, below = sympy.fraction(formula)
        ends = [signs.value_here(part, here) for part in (above, below)]
        if ends[0] is None or not ends[1]:
            return None
        values.append(ends[0] / ends[1])
    return tuple(values)


def support_bounds(shape: Sequence[int]) -> list[tuple[tuple[int, ...], int, int]]:
    """Return how many strategies the mixing parties use, on how many faces, and how many isolated points each can have.

    Faces with a closed form are left out: two parties, equally many strategies, at most three.

    Examples
    --------
    >>> support_bounds([3, 3])
    [((2, 3), 6, 0)]
    """
    found: dict[tuple[int, ...], int] = {}
    for sizes in itertools.product(*(range(1, count + 1) for count in shape)):
        used = tuple(sorted(size for size in sizes if size > 1))
        if len(used) < 2 or (len(used) == 2 and used[0] == used[1] <= MOST_STRATEGIES):
            continue
        faces = 1
        for size, count in zip(sizes, shape, strict=True):
            faces *= int(sympy.binomial(count, size))
        found[used] = found.get(used, 0) + faces
    return [(used, faces, block_derangements(used)) for used, faces in sorted(found.items())]
