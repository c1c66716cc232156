"""All rest points of a game of two strategies each whose payoffs depend on the populations' shares.

The path of one game: ``share_advantages`` makes polynomials of the payoffs and ties exact, ``solve_faces`` finds every
mixed rest point by certified subdivision, ``continua`` describes what is not isolated, ``stability`` classifies by the
full Jacobian, ``dominance`` proves what can be proved about all paths.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from solvers.arrays import Floats
from solvers.attractors import sink_components
from solvers.errors import SolverInputError
from solvers.rest_points.components import by_face, clusters, face_of
from solvers.results import Component, RestPoint, Undecided
from solvers.share_dependent.advantages import ShareAdvantages, expected_payoffs, share_advantages, share_payoffs
from solvers.share_dependent.continua import describe, exact_component
from solvers.share_dependent.dominance import attracting_faces, dominance_solution
from solvers.share_dependent.faces import FaceRoots, solve_faces
from solvers.share_dependent.results import ShareEquilibria
from solvers.share_dependent.stability import spectrum
from solvers.stability import classify

MOST_PLAYERS = 10
MOST_BOXES = 200_000
TIE_TOLERANCE = 1e-12
"""Coefficients of an advantage below this part of the largest are taken for ties, and said to be."""
BORDER = 1e-11
"""A mixed rest point with a share this close to 0 or 1 is the rest point on the border, where it is named a tie."""
RESIDUAL = 1e-13
"""What Newton's method leaves of an advantage at a mixed point, relative to the player's largest coefficient."""
REGRET = 1e-9
"""Largest regret of a verified Nash equilibrium, relative to the player's largest coefficient."""


def share_equilibria(
    payoffs: ArrayLike,
    *,
    tie_tolerance: float = TIE_TOLERANCE,
    most_boxes: int = MOST_BOXES,
    most_seconds: float | None = None,
) -> ShareEquilibria:
    """Find every rest point of the replicator dynamics of a game whose payoffs depend on shares.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2, b1, ..., bn), 1 to 10 players
        Per player and pure profile the Bernstein coefficients in the shares of index 1, b_j of length degree_j + 1;
        without axes b payoffs do not depend on shares.
    tie_tolerance : float, in [0, 0.01]
        A coefficient of an advantage of at most this part of the player's largest counts as zero.
    most_boxes : int
        Budget of the whole search: boxes to examine, smaller faces first, before the rest is listed as undecided.
    most_seconds : float, optional
        Budget of the whole search in seconds, looked at between faces.

    Raises
    ------
    SolverInputError
        If the payoffs cannot be worked with; the message says why.

    Notes
    -----
    A rest point fixes some populations at 0 or 1 and makes the others indifferent at its own shares. An edge can hold
    several. Continua (ties) are components; boxes that could not be decided are listed and ``complete`` is then False.

    References
    ----------
    Andreozzi, L. (2002): Oscillations in the enforcement of law: an evolutionary analysis. Homo Oeconomicus 18.

    Examples
    --------
    Inspection: with the fine 25 (1 - y) on violators, y being the share of those who comply, paths spiral into the
    mixed state around which they circle for ever under a constant fine of 5.

    >>> fine = np.array([25.0, 0.0])
    >>> payoffs = np.zeros((2, 2, 2, 1, 2))
    >>> payoffs[0, 1] = -1.0
    >>> payoffs[0, 1, 0, 0] += fine
    >>> payoffs[1, 1, 0, 0] -= fine
    >>> payoffs[1, :, 1] = -2.0
    >>> (mixed,) = [point for point in share_equilibria(payoffs).rest_points if len(point.mixing) == 2]
    >>> mixed.shares.round(12).tolist(), mixed.stability.value, mixed.eigenvalues.round(6).tolist()
    ([0.4, 0.8], 'sink', [(-0.8+1.131371j), (-0.8-1.131371j)])
    """
    if not 0.0 <= tie_tolerance <= 0.01:
        raise SolverInputError("tolerance.range", name="tie_tolerance", value=tie_tolerance)
    if isinstance(most_boxes, bool) or not isinstance(most_boxes, int | np.integer) or most_boxes < 1:
        raise SolverInputError("budget.range", value=most_boxes)
    if most_seconds is not None and not most_seconds > 0.0:
        raise SolverInputError("budget.seconds", value=most_seconds)
    tensor = share_payoffs(payoffs, most_players=MOST_PLAYERS)
    advantages = share_advantages(tensor, tie_tolerance=tie_tolerance)
    raw = solve_faces(_scaled(advantages), most_boxes=most_boxes, most_seconds=most_seconds)
    components, undecided = _continua(advantages, raw)
    losses = advantages.losses()
    exact = share_advantages(tensor, tie_tolerance=0.0)
    points = [_pure_point(tensor, advantages, exact, profile) for profile in np.ndindex(losses.shape[1:])]
    inside, border = _sort_points(raw.points)
    points += [_mixed_point(tensor, advantages, exact, row) for row in inside]
    undecided += [_left_open(row) for row in border if not _known(row, points, components)]
    decided = not undecided and all(item.dimension_proved for item in components)
    complete = decided and not advantages.near_ties
    return ShareEquilibria(
        payoffs=tensor,
        rest_points=tuple(points),
        components=tuple(components),
        undecided=tuple(undecided),
        status="complete" if complete else "near ties" if decided else "budget" if len(raw.cut) else "undecided",
        complete=complete,
        sink_components=sink_components(losses),
        closed_faces=attracting_faces(advantages),
        ties=_ties(losses),
        tie_tolerance=tie_tolerance,
        boxes=raw.examined,
        degrees=tuple(length - 1 for length in tensor.shape[1 + len(tensor) :]),
        dominant=dominance_solution(advantages),
    )


def _scaled(advantages: ShareAdvantages) -> list[Floats]:
    """Scale by powers of two, which changes no bit of the digits."""
    return [np.ldexp(table, -int(np.frexp(np.abs(table).max())[1])) for table in advantages.tables]


def _continua(advantages: ShareAdvantages, raw: FaceRoots) -> tuple[list[Component], list[Undecided]]:
    """Whole faces, largest first and without those inside a larger one, points times free shares, and clusters."""
    components: list[Component] = []
    faces: list[str] = []
    for face in sorted(raw.whole, key=lambda f: (-f.count("*"), f)):
        if not any(all(k in ("*", d) for k, d in zip(known, face, strict=True)) for known in faces):
            faces.append(face)
            rows = [(0.5, -1.0, 0.0, 1.0) if d == "*" else (float(d), 0.0, float(d), float(d)) for d in face]
            components.append(exact_component(advantages, face, np.array(rows)))
    for row in raw.families:
        face = "".join("*" if radius != 0.0 else str(int(share)) for share, radius in row[:, :2])
        mixing = row[:, 1] > 0.0
        if ((row[mixing, 0] > BORDER) & (row[mixing, 0] < 1.0 - BORDER)).all():
            components.append(exact_component(advantages, face, row))
    undecided = [Undecided(face_of(box), box[:, 0], box[:, 1], 1) for box in raw.cut]
    for boxes in by_face(raw.boxes):
        for cluster in clusters(boxes):
            item = describe(advantages, cluster)
            if isinstance(item, Component):
                components.append(item)
            else:
                undecided.append(item)
    return components, undecided


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


def _left_open(row: Floats) -> Undecided:
    face = "".join("*" if radius > 0.0 else str(int(share)) for share, radius in row[:, :2])
    low, high = np.clip(row[:, 0] - row[:, 1], 0.0, 1.0), np.clip(row[:, 0] + row[:, 1], 0.0, 1.0)
    return Undecided(face=face, low=low, high=high, boxes=1)


def _ties(losses: Floats) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """(player, profile) where the player is indifferent at the profile's own shares."""
    found = []
    for cell in np.argwhere(losses == 0.0):
        found.append((int(cell[0]), tuple(int(s) for s in cell[1:])))
    return tuple(found)


def _pure_point(
    payoffs: Floats, advantages: ShareAdvantages, exact: ShareAdvantages, profile: tuple[int, ...]
) -> RestPoint:
    shares = np.array(profile, dtype=np.float64)
    side = np.where(shares > 0.0, 1.0, -1.0)
    losses, raw = side * advantages.at(shares), side * exact.at(shares)
    ties = tuple(int(i) for i in np.flatnonzero(losses == 0.0))
    strict = bool((losses > 0.0).all())
    eigenvalues = (-losses + 0.0).astype(np.complex128)
    return RestPoint(
        shares=_frozen(shares),
        mixing=(),
        pure=profile,
        advantages=_frozen(side * losses),
        payoffs=_frozen(expected_payoffs(payoffs, shares)),
        eigenvalues=eigenvalues,
        stability=classify(eigenvalues, np.zeros(shares.size)),
        is_nash=bool((losses >= 0.0).all()),
        is_strict_nash=strict,
        # With a tie the own share decides how things go on from here: never guessed.
        is_evolutionarily_stable=None if ties and bool((losses >= 0.0).all()) else strict,
        margin=float(losses.min()),
        residual=0.0,
        regret=float(max(0.0, -raw.min())),
        radius=0.0,
        verified=bool((raw[list(ties)] == 0.0).all()),
        ties=ties,
    )


def _mixed_point(payoffs: Floats, advantages: ShareAdvantages, exact: ShareAdvantages, row: Floats) -> RestPoint:
    shares, radius = row[:, 0].copy(), row[:, 1]
    mixes = radius > 0.0
    mixing = tuple(int(i) for i in np.flatnonzero(mixes))
    gains = advantages.at(shares)
    # How far an advantage can move within the proved enclosure, beside the tolerance for ties.
    level = advantages.tolerance + 2.0 * np.abs(advantages.slopes(shares)) @ radius
    losses = np.where(shares == 1.0, gains, -gains)
    ties = tuple(int(i) for i in np.flatnonzero(~mixes & (np.abs(losses) <= level)))
    is_nash = bool((losses[~mixes] >= -level[~mixes]).all())
    raw = exact.at(shares)
    regrets = np.maximum(raw * (1.0 - shares), -raw * shares)
    small = bool((regrets <= REGRET * advantages.scale).all()) if is_nash else True
    # Beyond rounding only if ties that were not exact moved the point: then its box holds no point of this game.
    exactly = np.abs(raw[mixes]) <= 4.0 * advantages.rounding[mixes] + RESIDUAL * advantages.scale[mixes]
    eigenvalues, tolerance = spectrum(advantages, shares, mixing)
    return RestPoint(
        shares=_frozen(shares),
        mixing=mixing,
        pure=None,
        advantages=_frozen(gains),
        payoffs=_frozen(expected_payoffs(payoffs, shares)),
        eigenvalues=eigenvalues,
        stability=classify(eigenvalues, np.where(mixes, tolerance, level)),
        is_nash=is_nash,
        is_strict_nash=False,
        is_evolutionarily_stable=None,
        margin=None,
        residual=float(np.abs(raw[mixes]).max()),
        regret=float(max(0.0, regrets.max())),
        radius=float(radius.max()),
        verified=not ties and small and bool(exactly.all()),
        ties=ties,
    )


def _frozen(array: Floats) -> Floats:
    copy = np.array(array, dtype=np.float64) + 0.0
    copy.flags.writeable = False
    return copy
