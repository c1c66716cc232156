"""Two parties of a game, the others fixed: three methods of nashpy beside our own, and where they disagree.

Fixing all players but two, each pure or mixed, leaves a two-player game. nashpy solves it by support enumeration, by
vertex enumeration and by the Lemke-Howson algorithm from every label; we solve it exactly (``solvers.general``). Where
our list is complete and no equilibrium has a tie, the first two must list exactly ours and the third a part of them.
With ties there may be whole segments of equilibria and no list of points is all; then it only counts whether what they
list lies in ours.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Floats, PayoffTensor
from solvers.errors import SolverInputError
from solvers.general.equilibria import general_equilibria
from solvers.general.normal_form import MixedProfile
from solvers.general.results import GeneralEquilibria
from solvers.mixed_profiles import conditional_tables, payoff_array, payoff_scale, regrets

Pair: TypeAlias = tuple[Floats, Floats]

SAME = 1e-7
"""Profiles closer than this are one."""
REGRET = 1e-8
"""Largest regret, relative to the largest payoff difference, of what passes for an equilibrium."""
MOST_SUPPORTS = 14
"""Strategies of both together up to which supports are enumerated: 2**14 pairs take seconds."""
MOST_VERTICES = 16
NOT_PLAYED = 1e-12
"""Probability up to which support enumeration takes a strategy for unplayed; its own 1e-16 is below rounding."""
MOST_PIVOTS = 1_000
SUPPORTS, VERTICES, LABELS = "support enumeration", "vertex enumeration", "Lemke-Howson"


@dataclass(frozen=True, slots=True, eq=False)
class MethodResult:
    """What one method of nashpy says.

    Attributes
    ----------
    method : ``SUPPORTS``, ``VERTICES`` or ``LABELS``
    equilibria : those that pass the check by regret, each once
    wrong : profiles it gives that are no equilibria
    failures : starts from which it gave nothing usable, with the reason
    missing : equilibria of ours that it should have listed and did not
    extra : equilibria it lists that ours lacks
    skipped : the game is too large for it
    """

    method: str
    equilibria: tuple[Pair, ...]
    wrong: tuple[Pair, ...]
    failures: tuple[str, ...]
    missing: tuple[Pair, ...]
    extra: tuple[Pair, ...]
    skipped: bool = False

    @property
    def agrees(self) -> bool | None:
        """Whether it says what we say; None if it was not run."""
        return None if self.skipped else not (self.wrong or self.missing or self.extra)


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """The game of two players with the others fixed, and its equilibria.

    Attributes
    ----------
    players : the two, in the order of the axes of ``payoffs``
    payoffs : shape (2, m1, m2)
    ours : our own solution, with certificates; ``ours.nash`` and ``ours.nash_subsets`` are all Nash equilibria
    degenerate : an equilibrium has a tie or is not isolated; nashpy promises nothing then
    methods : the three of nashpy
    """

    players: tuple[int, int]
    payoffs: PayoffTensor
    ours: GeneralEquilibria
    degenerate: bool
    methods: tuple[MethodResult, ...]

    @property
    def agrees(self) -> bool:
        """Whether every method that ran says what we say."""
        return all(method.agrees is not False for method in self.methods)

    @property
    def contradicted(self) -> bool:
        """Whether a method found an equilibrium that ours, said to be complete, lacks."""
        return any(method.extra for method in self.methods)


def slice_payoffs(payoffs: ArrayLike, players: tuple[int, int], others: Mapping[int, ArrayLike]) -> PayoffTensor:
    """Payoffs of two players when all others play fixed, pure or mixed, strategies.

    Parameters
    ----------
    payoffs : shape (n, m1, ..., mn)
    players : the two that stay free, in the order wanted
    others : player -> probabilities of its strategies, for each of the others

    Returns
    -------
    shape (2, m_first, m_second). Where a probability is exactly 1 the cells are taken as they are.

    Examples
    --------
    >>> cube = np.arange(24.0).reshape(3, 2, 2, 2)
    >>> slice_payoffs(cube, (2, 0), {1: [0, 1]})
    array([[[18., 22.],
            [19., 23.]],
    <BLANKLINE>
           [[ 2.,  6.],
            [ 3.,  7.]]])
    """
    tensor = payoff_array(payoffs)
    n = len(tensor)
    if len(set(players)) != 2 or not all(0 <= i < n for i in players) or set(others) != set(range(n)) - set(players):
        raise SolverInputError("slices.players", players=players, others=sorted(others), count=n)
    for player, mixed in others.items():
        weights = np.asarray(mixed, dtype=np.float64)
        fits = weights.shape == (tensor.shape[player + 1],) and bool((weights >= 0.0).all())
        if not fits or abs(weights.sum() - 1.0) > 1e-9:
            raise SolverInputError("profile.probabilities", player=player, values=weights.tolist())
    fixed = {player: np.asarray(mixed, dtype=np.float64) for player, mixed in others.items()}
    table = conditional_tables(tensor[list(players)], fixed)
    return np.ascontiguousarray(table if players[0] < players[1] else table.swapaxes(1, 2))


def solve_slice(
    payoffs: ArrayLike, players: tuple[int, int] = (0, 1), others: Mapping[int, ArrayLike] | None = None
) -> Slice:
    """Solve the game of two players, the others fixed, by three methods of nashpy and by our own.

    Parameters
    ----------
    payoffs, players, others : see :func:`slice_payoffs`

    Examples
    --------
    >>> hunt = solve_slice([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    >>> len(hunt.ours.nash), hunt.degenerate, [method.agrees for method in hunt.methods]
    (3, False, [True, True, True])
    """
    pair = slice_payoffs(payoffs, players, others or {})
    ours = general_equilibria(pair, what="nash")
    degenerate = bool(ours.nash_subsets or ours.components) or any(point.ties for point in ours.nash)
    return Slice(players, pair, ours, degenerate, _methods(pair, ours, degenerate))


def _methods(pair: PayoffTensor, ours: GeneralEquilibria, degenerate: bool) -> tuple[MethodResult, ...]:
    import nashpy

    scale = np.where(payoff_scale(pair) > 0.0, payoff_scale(pair), 1.0)
    # The same game in units of 1 and from 1 upwards: nashpy's tolerances are absolute.
    units = [1.0 + (cells - cells.min()) / unit for cells, unit in zip(pair, scale, strict=True)]
    game = nashpy.Game(*units)
    size = sum(pair.shape[1:])
    own = [(point.profile[0], point.profile[1]) for point in ours.nash]
    runs: list[tuple[str, list[Callable[[], Iterable[object]]], bool]] = [
        (SUPPORTS, [partial(game.support_enumeration, tol=NOT_PLAYED)], size <= MOST_SUPPORTS),
        (VERTICES, [game.vertex_enumeration], size <= MOST_VERTICES),
        (LABELS, [partial(_one_label, units[0], units[1], label) for label in range(size)], True),
    ]
    results = []
    for name, calls, possible in runs:
        if not possible:
            results.append(MethodResult(name, (), (), (), (), (), skipped=True))
            continue
        given, failures = _collected(calls)
        good, wrong, odd = _sorted(pair, given, scale)
        listed = ours.complete and not degenerate and name != LABELS
        missing = [e for e in own if not _in(e, good)] if listed else []
        extra = [e for e in good if not (_in(e, own) or _in_subset(e, ours))] if ours.complete else []
        results.append(MethodResult(name, tuple(good), tuple(wrong), (*failures, *odd), tuple(missing), tuple(extra)))
    return tuple(results)


def _one_label(row: Floats, column: Floats, label: int) -> list[object]:
    """Lemke-Howson from one label on nashpy's tableaux, with an end: rounding can send its own loop round for ever."""
    from nashpy.linalg import create_col_tableau, create_row_tableau

    tableaux = (create_row_tableau(column, True), create_col_tableau(row, True))
    first, second = tableaux if label in tableaux[0].non_basic_variables else tableaux[::-1]
    entering = label
    for pivots in range(MOST_PIVOTS):
        entering = (second if pivots % 2 else first).pivot_and_drop_label(entering)
        outside = [tableau.non_basic_variables for tableau in tableaux]
        if outside[0] | outside[1] == tableaux[1].labels:
            return [(tableaux[0].to_strategy(outside[1]), tableaux[1].to_strategy(outside[0]))]
    raise ArithmeticError(f"no end within {MOST_PIVOTS} pivots")


def _collected(calls: list[Callable[[], Iterable[object]]]) -> tuple[list[object], tuple[str, ...]]:
    """All that a method yields; what it raises on the way is kept as a failure, since nashpy is not ours to repair.

    Overflow is made an error: Lemke-Howson's tableaux grow with every pivot, and after one they mean nothing.
    """
    given: list[object] = []
    failures = []
    for call in calls:
        with warnings.catch_warnings(), np.errstate(over="raise"):
            warnings.simplefilter("ignore")
            try:
                given.extend(call())
            except (ArithmeticError, LookupError, ValueError, RuntimeError) as error:
                failures.append(f"{type(error).__name__}: {error}".splitlines()[0])
    return given, tuple(failures)


def _sorted(pair: PayoffTensor, given: list[object], scale: Floats) -> tuple[list[Pair], list[Pair], list[str]]:
    """Equilibria, each once; profiles that are none; and answers that are no profiles."""
    good: list[Pair] = []
    wrong: list[Pair] = []
    odd: list[str] = []
    for item in given:
        profile = _profile(item, pair.shape[1:])
        if profile is None:
            odd.append("no mixed strategies")
        elif bool((regrets(pair, profile) <= REGRET * scale).all()):
            if not _in((profile[0], profile[1]), good):
                good.append((profile[0], profile[1]))
        else:
            wrong.append((profile[0], profile[1]))
    return good, wrong, odd


def _profile(item: object, shape: tuple[int, ...]) -> MixedProfile | None:
    try:
        arrays = tuple(np.asarray(part, dtype=np.float64) for part in item)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    if len(arrays) != 2 or any(a.shape != (m,) for a, m in zip(arrays, shape, strict=True)):
        return None
    fits = all(np.isfinite(a).all() and a.min() >= -1e-9 and abs(a.sum() - 1.0) <= 1e-9 for a in arrays)
    return tuple(np.clip(a, 0.0, 1.0) for a in arrays) if fits else None


def _in(profile: Pair, known: list[Pair]) -> bool:
    return any(max(float(np.abs(a - b).max()) for a, b in zip(profile, other, strict=True)) <= SAME for other in known)


def _in_subset(profile: Pair, ours: GeneralEquilibria) -> bool:
    """Whether a profile lies in a product of polytopes of equilibria."""
    from scipy.optimize import nnls

    for subset in ours.nash_subsets:
        if subset.vertices is None:
            continue
        distances = [
            float(nnls(np.vstack([corners.T, np.ones(len(corners))]), np.append(mixed, 1.0))[1])
            for mixed, corners in zip(profile, subset.vertices, strict=True)
        ]
        if max(distances) <= SAME:
            return True
    return False
