"""All rest points and Nash equilibria of a game of two strategies each, with certificates: the entry to the solvers.

The path of one game: ``pure_profiles`` makes ties exact, ``solve_faces`` finds every mixed rest point by certified
subdivision, ``components`` groups what is not isolated, ``stability`` classifies, ``attractors`` reads the response
graph. Promised complete for regular games of up to five populations of two strategies; up to ten are taken, and what
could not be decided within the budget is listed.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Advantages, Booleans, Floats, Integers, PayoffTensor, two_strategy_payoffs
from solvers.attractors import closed_faces, sink_components
from solvers.errors import SolverInputError
from solvers.expected import advantage, advantage_slopes, expected, payoff_advantages
from solvers.pure import PureProfiles, corner_values, pure_profiles
from solvers.rest_points.components import by_face, clusters, describe, exact_component, face_of
from solvers.rest_points.faces import MIXING, solve_faces
from solvers.results import Component, Equilibria, RestPoint, Undecided
from solvers.stability import Stability, classify, spectrum, zero_level

T = TypeVar("T")

MOST_PLAYERS = 10
PROMISED_PLAYERS = 5
"""Up to this many populations the default budget suffices for every regular game."""
MOST_BOXES = 200_000
POINTS, FAMILIES, LEFTOVERS = 256, 64, 1024  # first sizes of the buffers; repeated with what is needed
TIE_TOLERANCE = 1e-12
"""Differences of payoffs below this part of a player's largest advantage are taken for ties, and said to be."""
BORDER = 1e-11
"""A mixed rest point with a share this close to 0 or 1 is the rest point on the border, where it is named a tie."""
WIDE = 1e-3
"""An undecided cluster wider than this was left by the budget, not by a double root."""
RESIDUAL = 1e-14
"""What Newton's method leaves of an advantage at a mixed point, relative to the player's largest."""
REGRET = 1e-9
"""Largest regret of a verified Nash equilibrium, relative to the player's largest advantage."""


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """Output of the kernel, cut to length, in shares."""

    points: Floats
    families: Floats
    boxes: Floats
    cut: Booleans
    whole: Floats
    examined: int


def equilibria(
    payoffs: ArrayLike,
    *,
    tie_tolerance: float = TIE_TOLERANCE,
    most_boxes: int = MOST_BOXES,
    most_seconds: float | None = None,
) -> Equilibria:
    """Find every rest point of the replicator dynamics of a game, and which of them are Nash equilibria.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2), 1 to 10 players of two strategies, payoff per player and pure profile
    tie_tolerance : float, in [0, 0.01]
        An advantage of at most this part of the player's largest advantage counts as a tie. If one beyond rounding
        does, the result is not complete and says ``near ties``.
    most_boxes : int
        Budget of the whole search: boxes to examine before the rest is listed as undecided. The same budget gives
        the same result to the last bit.
    most_seconds : float, optional
        Budget of the whole search in seconds. ``boxes`` of the result says how far it came; given as ``most_boxes``
        it repeats the result on any machine.

    Raises
    ------
    SolverInputError
        If the payoffs cannot be worked with; the message says why.

    Notes
    -----
    A rest point fixes some populations at 0 or 1 and makes the others indifferent. Continua of rest points (ties)
    are components; boxes that could not be decided are listed and ``complete`` is then False. Up to 2**n pure plus
    the mixed points are returned, pure ones first.

    Examples
    --------
    Stag hunt: two strict equilibria and the mixed one between their basins.

    >>> hunt = [[[2, 2], [0, 3]], [[2, 0], [2, 3]]]
    >>> result = equilibria(hunt)
    >>> [(point.shares.round(3).tolist(), point.stability.value) for point in result.nash]
    [([0.0, 0.0], 'sink'), ([1.0, 1.0], 'sink'), ([0.667, 0.667], 'saddle')]
    >>> result.complete
    True
    """
    if not 0.0 <= tie_tolerance <= 0.01:
        raise SolverInputError("tolerance.range", name="tie_tolerance", value=tie_tolerance)
    if isinstance(most_boxes, bool) or not isinstance(most_boxes, int | np.integer) or most_boxes < 1:
        raise SolverInputError("budget.range", value=most_boxes)
    if most_seconds is not None and not most_seconds > 0.0:
        raise SolverInputError("budget.seconds", value=most_seconds)
    tensor = two_strategy_payoffs(payoffs, most_players=MOST_PLAYERS)
    pure = pure_profiles(tensor, tie_tolerance=tie_tolerance)
    raw = _kernel_output(pure, int(most_boxes), most_seconds)
    components = _exact_components(pure, raw)
    undecided = [_open_box(box) for box in raw.boxes[raw.cut]]
    for boxes in by_face(raw.boxes[~raw.cut]):
        for cluster in clusters(boxes):
            item = describe(pure.advantages, pure.scale, pure.tolerance, cluster)
            (components if isinstance(item, Component) else undecided).append(item)  # type: ignore[arg-type]
    given = payoff_advantages(tensor)
    points = [_pure_point(tensor, given, pure, profile) for profile in np.ndindex(pure.nash.shape)]
    inside, border = _sort_points(raw.points)
    points += [_mixed_point(tensor, pure, row) for row in inside]
    undecided += [_left_open(row) for row in border if not _known(row, points, components)]
    decided = not undecided and all(item.dimension_proved for item in components)
    complete = decided and not pure.near_ties
    return Equilibria(
        payoffs=tensor,
        rest_points=tuple(points),
        components=tuple(components),
        undecided=tuple(undecided),
        status="complete" if complete else "near ties" if decided else "budget" if raw.cut.any() else "undecided",
        complete=complete,
        sink_components=sink_components(pure.losses),
        closed_faces=closed_faces(pure.losses),
        ties=pure.ties(),
        tie_tolerance=tie_tolerance,
        boxes=raw.examined,
    )


def _kernel_output(pure: PureProfiles, most_boxes: int, most_seconds: float | None) -> Raw:
    """Run the subdivision on advantages scaled by powers of two, which changes no bit of their digits."""
    players = pure.scale.size
    exponents = np.frexp(pure.scale)[1].reshape((players,) + (1,) * players)
    scaled = corner_values(np.ldexp(pure.advantages, -exponents))
    faces = faces_by_size(players)
    room = 4 ** max(0, players - PROMISED_PLAYERS)
    sizes = (POINTS * room, FAMILIES * room, LEFTOVERS * room)
    while True:
        points, families = np.empty((sizes[0], players, 4)), np.empty((sizes[1], players, 4))
        boxes, cut = np.empty((sizes[2], players, 2)), np.empty(sizes[2], np.bool_)
        whole = np.empty((3**players, players), np.int64)
        stop = np.zeros(1, np.int64)

        def search() -> tuple[int, int, int, int, int]:
            return solve_faces(scaled, faces, most_boxes, stop, points, families, boxes, cut, whole)  # noqa: B023

        interruptible = most_seconds is not None or players > PROMISED_PLAYERS
        found = _in_time(search, stop, most_seconds) if interruptible else search()
        if found[0] <= sizes[0] and found[1] <= sizes[1] and found[2] <= sizes[2]:
            return Raw(
                points=points[: found[0]],
                families=families[: found[1]],
                boxes=boxes[: found[2]],
                cut=cut[: found[2]],
                whole=whole[: found[3]].astype(np.float64),
                examined=found[4],
            )
        sizes = (max(sizes[0], found[0]), max(sizes[1], found[1]), max(sizes[2], found[2]))
        most_boxes, most_seconds = (found[4] if stop[0] else most_boxes), None


@functools.cache
def faces_by_size(players: int) -> Integers:
    """Codes of all faces with a mixing population, those with the fewest first: they are cheap and tell the most."""
    codes = np.arange(3**players)
    mixing = sum((codes // 3**i) % 3 == MIXING for i in range(players))
    order = np.argsort(mixing, kind="stable")
    return np.ascontiguousarray(codes[order][mixing[order] > 0])


def _in_time(search: Callable[[], T], stop: Integers, most_seconds: float | None) -> T:
    """Run a search on a thread of its own, so that the clock and an interrupt from the keyboard can end it."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(search)
        try:
            return running.result(timeout=most_seconds)
        except TimeoutError:
            stop[0] = 1
            return running.result()
        except BaseException:
            stop[0] = 1
            raise


def _exact_components(pure: PureProfiles, raw: Raw) -> list[Component]:
    """Whole faces, largest first and without those inside a larger one, then points times free shares."""
    faces = sorted(("".join("01*"[int(d)] for d in row) for row in raw.whole), key=lambda f: (-f.count("*"), f))
    kept: list[str] = []
    for face in faces:
        if not any(all(o in ("*", d) for o, d in zip(other, face, strict=True)) for other in kept):
            kept.append(face)
    found = []
    for face in kept:
        rows = np.array([[0.5, -1.0, 0.0, 1.0] if d == "*" else [float(d), 0.0, float(d), float(d)] for d in face])
        found.append(exact_component(pure.advantages, pure.tolerance, face, rows))
    inside, _ = _sort_points(raw.families)
    for row in inside:
        face = "".join("*" if radius != 0.0 else str(int(share)) for share, radius in row[:, :2])
        found.append(exact_component(pure.advantages, pure.tolerance, face, row))
    return found


def _sort_points(rows: Floats) -> tuple[Floats, Floats]:
    """Split certified points into those inside their face and those on its border; drop those outside it."""
    share, radius = rows[:, :, 0], rows[:, :, 1]
    mixing = radius > 0.0
    reach = np.maximum(4.0 * radius, BORDER)
    outside = (mixing & ((share + reach < 0.0) | (share - reach > 1.0))).any(axis=1)
    border = (mixing & ((share <= reach) | (share >= 1.0 - reach))).any(axis=1)
    return rows[~outside & ~border], rows[border & ~outside]


def _known(row: Floats, points: list[RestPoint], components: list[Component]) -> bool:
    """Whether a point on the border of its face is already listed in the smaller face, with its tie."""
    share, slack = np.clip(row[:, 0], 0.0, 1.0), 10.0 * BORDER + 4.0 * np.abs(row[:, 1])
    for point in points:
        if (np.abs(point.shares - share) <= slack).all() and point.ties:
            return True
    return any(((item.low - slack <= share) & (share <= item.high + slack)).all() for item in components)


def _open_box(box: Floats) -> Undecided:
    """Box that the budget left."""
    return Undecided(face=face_of(box), low=box[:, 0].copy(), high=box[:, 1].copy(), boxes=1)


def _left_open(row: Floats) -> Undecided:
    face = "".join("*" if radius > 0.0 else str(int(share)) for share, radius in row[:, :2])
    low, high = np.clip(row[:, 0] - row[:, 1], 0.0, 1.0), np.clip(row[:, 0] + row[:, 1], 0.0, 1.0)
    return Undecided(face=face, low=low, high=high, boxes=1)


def _at(table: Floats, profile: tuple[int, ...]) -> Floats:
    """Column of a table [player, s1, ..., sn] at one pure profile."""
    return np.array([cells[profile] for cells in table])


def _pure_point(payoffs: PayoffTensor, given: Advantages, pure: PureProfiles, profile: tuple[int, ...]) -> RestPoint:
    shares = np.array(profile, dtype=np.float64)
    losses = _at(pure.losses, profile)
    raw = _at(given, profile) * np.where(shares > 0.0, 1.0, -1.0)
    ties = tuple(int(i) for i in np.flatnonzero(losses == 0.0))
    strict = bool((losses > 0.0).all())
    eigenvalues = (-losses + 0.0).astype(np.complex128)
    stable: bool | None = strict
    if ties and (losses >= 0.0).all():
        stable = None if bool((raw[list(ties)] != 0.0).any()) else False
    return RestPoint(
        shares=_frozen(shares),
        mixing=(),
        pure=profile,
        advantages=_frozen(_at(pure.advantages, profile)),
        payoffs=_frozen(_at(payoffs, profile)),
        eigenvalues=eigenvalues,
        stability=classify(eigenvalues, np.zeros(shares.size)),
        is_nash=bool((losses >= 0.0).all()),
        is_strict_nash=strict,
        is_evolutionarily_stable=stable,
        margin=float(losses.min()),
        residual=0.0,
        regret=float(max(0.0, -raw.min())),
        radius=0.0,
        # A difference that is exactly zero is an exact tie; one that is merely tiny was called a tie, not proved one.
        verified=bool((raw[list(ties)] == 0.0).all()),
        ties=ties,
    )


def _mixed_point(payoffs: PayoffTensor, pure: PureProfiles, row: Floats) -> RestPoint:
    shares, radius = row[:, 0].copy(), row[:, 1]
    mixes = radius > 0.0
    mixing = tuple(int(i) for i in np.flatnonzero(mixes))
    gains = advantage(pure.advantages, shares)
    # How far an advantage can move within the proved enclosure, beside the tolerance for ties.
    level = pure.tolerance + 2.0 * np.abs(advantage_slopes(pure.advantages, shares)) @ radius
    losses = np.where(shares == 1.0, gains, -gains)
    ties = tuple(int(i) for i in np.flatnonzero(~mixes & (np.abs(losses) <= level)))
    is_nash = bool((losses[~mixes] >= -level[~mixes]).all())
    raw = advantage(payoff_advantages(payoffs), shares)
    regrets = np.maximum(raw * (1.0 - shares), -raw * shares)
    residual = float(np.abs(raw[mixes]).max())
    small = bool((regrets <= REGRET * pure.scale).all()) if is_nash else True
    # Beyond rounding only if ties that were not exact moved the point: then its box holds no point of this game.
    exact = bool((np.abs(raw[mixes]) <= 4.0 * pure.rounding[mixes] + RESIDUAL * pure.scale[mixes]).all())
    return RestPoint(
        shares=_frozen(shares),
        mixing=mixing,
        pure=None,
        advantages=_frozen(gains),
        payoffs=_frozen(expected(payoffs, shares)),
        eigenvalues=spectrum(pure.advantages, shares, mixing),
        stability=_mixed_stability(pure, shares, mixing, level),
        is_nash=is_nash,
        is_strict_nash=False,
        is_evolutionarily_stable=False,
        margin=None,
        residual=residual,
        regret=float(max(0.0, regrets.max())),
        radius=float(radius.max()),
        verified=not ties and small and exact,
        ties=ties,
    )


def _mixed_stability(pure: PureProfiles, shares: Floats, mixing: tuple[int, ...], level: Floats) -> Stability:
    """Class of a mixed point, judged in units in which every player's largest advantage is 1.

    Rescaling a player's payoffs only changes its speed. Where two or more populations mix, their block has trace
    zero at any speeds, so the class does not depend on them; in common units no eigenvalue drowns in another.
    """
    scale = np.where(pure.scale > 0.0, pure.scale, 1.0)
    common = pure.advantages / scale.reshape((-1,) + (1,) * shares.size)
    zero = np.where(np.isin(np.arange(shares.size), mixing), zero_level(common, shares, mixing), level / scale)
    return classify(spectrum(common, shares, mixing), zero)


def _frozen(array: Floats) -> Floats:
    copy = np.array(array, dtype=np.float64) + 0.0
    copy.flags.writeable = False
    return copy
