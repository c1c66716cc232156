"""Put undecided boxes together: what is a continuum of rest points, what stays undecided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components

from solvers.arrays import Advantages, Booleans, Floats, Integers
from solvers.expected import advantage, advantage_slopes
from solvers.pure import PureProfiles
from solvers.rest_points.curves import is_curve
from solvers.rest_points.description import BORDER
from solvers.results import Component, Undecided

SMALLEST_EXTENT = 1e-3
"""Clusters wider than this hold a continuum if a point with zero advantages is found in them."""

ZERO_RESIDUAL = 1e-10
"""Largest advantage at a point that counts as a rest point, relative to the player's largest advantage."""

POLISHING_STEPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """What the search found by exact tests.

    Attributes
    ----------
    pure : advantages with their tolerances
    whole : shape (count, n), digits of faces that consist of rest points
    families : shape (count, n, 2), share and radius of certified points; radius -1 marks a free population
    """

    pure: PureProfiles
    whole: Integers
    families: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """Boxes of one face: ends of shape (boxes, n), and its string of 0, 1 and *.

    ``crossed`` of shape (boxes,) says of boxes near a surface whether they surely hold a piece of it.
    """

    face: str
    low: Floats
    high: Floats
    crossed: Booleans | None = None


def by_face(boxes: Floats, crossed: Booleans | None = None) -> list[Boxes]:
    """Group boxes of shape (count, n, 2) by the face they lie in; equal ends at 0 or 1 mean a pure population."""
    faces: dict[str, list[int]] = {}
    for number, box in enumerate(boxes):
        faces.setdefault(face_of(box), []).append(number)
    return [
        Boxes(face, boxes[rows, :, 0], boxes[rows, :, 1], None if crossed is None else crossed[rows])
        for face, rows in faces.items()
    ]


def face_of(box: Floats) -> str:
    """Face of a box of shape (n, 2), as a string of 0, 1 and *."""
    return "".join("0" if high == 0.0 else "1" if low == 1.0 else "*" for low, high in box)


def clusters(boxes: Boxes) -> list[Boxes]:
    """Split the boxes of a face into groups that touch."""
    count = boxes.low.shape[0]
    near = np.ones((count, count), dtype=bool)
    for j in range(boxes.low.shape[1]):
        reach = boxes.high[:, j] + 1e-12
        near &= (boxes.low[:, None, j] <= reach[None, :]) & (boxes.low[None, :, j] <= reach[:, None])
    found, label = connected_components(near, directed=False)
    return [
        Boxes(
            boxes.face,
            boxes.low[label == c],
            boxes.high[label == c],
            None if boxes.crossed is None else boxes.crossed[label == c],
        )
        for c in range(found)
    ]


def ranges_on_boxes(advantages: Advantages, boxes: Boxes) -> tuple[Floats, Floats]:
    """Exact smallest and largest advantage on each box, from its corners; each of shape (boxes, n)."""
    players = advantages.shape[0]
    # The corners of a box differ only where its ends do.
    sides = [[0, 1] if digit == "*" else [0] for digit in boxes.face]
    corners = np.array(np.meshgrid(*sides, indexing="ij")).reshape(players, -1).T
    ends = np.where(corners[None] == 1, boxes.high[:, None, :], boxes.low[:, None, :])
    values = advantage(advantages, ends)
    return values.min(axis=1), values.max(axis=1)


def is_nash_on(advantages: Advantages, boxes: Boxes, tolerance: Floats) -> bool | None:
    """Whether no pure population gains by deviating anywhere on the boxes; None if only in places."""
    verdict: bool | None = True
    lowest, highest = ranges_on_boxes(advantages, boxes)
    for player, digit in enumerate(boxes.face):
        if digit == "*":
            continue
        low, high = lowest[:, player], highest[:, player]
        worst, best = (low, high) if digit == "1" else (-high, -low)
        if (best < -tolerance[player]).all():
            return False
        if (worst < -tolerance[player]).any():
            verdict = None
    return verdict


def polish(advantages: Advantages, boxes: Boxes) -> tuple[Floats, int]:
    """Nearest zero of the mixing advantages by Gauss-Newton from the middle box, and the rank of the slopes there."""
    mixing = [i for i, digit in enumerate(boxes.face) if digit == "*"]
    low, high = boxes.low.min(axis=0), boxes.high.max(axis=0)
    centres = 0.5 * (boxes.low + boxes.high)
    point = centres[np.argmin(((centres - centres.mean(axis=0)) ** 2).sum(axis=1))].copy()
    rank = 0
    for _ in range(POLISHING_STEPS):
        values = advantage(advantages, point)[mixing]
        slopes = advantage_slopes(advantages, point)[np.ix_(mixing, mixing)]
        step, _, found, _ = np.linalg.lstsq(slopes, values, rcond=1e-8)
        rank = int(found)
        moved = np.clip(point[mixing] - step, low[mixing], high[mixing])
        if np.abs(moved - point[mixing]).max() < 1e-16:
            break
        point[mixing] = moved
    return point, rank


def describe_boxes(pure: PureProfiles, boxes: Floats, surface: Integers) -> tuple[list[Component], list[Undecided]]:
    """Group undecided boxes of shape (count, n, 2) and say of each group what it is.

    Parameters
    ----------
    surface : shape (count,)
        For boxes near zero sets of functions that share no variables, twice the dimensions these take away, plus 1 if
        each surely has zeros in the box; negative for all others.
    """
    components: list[Component] = []
    undecided: list[Undecided] = []
    taken = surface // 2
    for codimension in np.unique(taken)[::-1].tolist():
        chosen = taken == codimension
        for face in by_face(boxes[chosen], surface[chosen] % 2 == 1):
            for cluster in clusters(face):
                surely = codimension > 0
                item = _describe_surface(pure, cluster, codimension) if surely else _describe(pure, cluster)
                (components if isinstance(item, Component) else undecided).append(item)  # type: ignore[arg-type]
    return components, undecided


def _describe(pure: PureProfiles, cluster: Boxes) -> Component | Undecided:
    """Turn a cluster of undecided boxes into a component, if a continuum was found in it, or leave it undecided."""
    advantages, scale = pure.advantages, pure.scale
    low, high = cluster.low.min(axis=0), cluster.high.max(axis=0)
    count = cluster.low.shape[0]
    if float((high - low).max()) > SMALLEST_EXTENT:
        mixing = [i for i, digit in enumerate(cluster.face) if digit == "*"]
        point, rank = polish(advantages, cluster)
        residual = np.abs(advantage(advantages, point)[mixing])
        if rank < len(mixing) and (residual <= ZERO_RESIDUAL * scale[mixing]).all():
            curve = len(mixing) == 3 and is_curve(
                advantages, cluster.face, _samples(point, cluster), cluster.low, cluster.high
            )
            return Component(
                face=cluster.face,
                dimension=1 if curve else len(mixing) - rank,
                dimension_proved=curve,
                low=low,
                high=high,
                representative=point,
                residual=float(residual.max()),
                is_nash=is_nash_on(advantages, cluster, pure.tolerance),
                boxes=count,
            )
    return Undecided(face=cluster.face, low=low, high=high, boxes=count)


def _samples(point: Floats, cluster: Boxes) -> Floats:
    """Points near which a curve may be met: the one found, and the centres of some boxes."""
    centres = 0.5 * (cluster.low + cluster.high)
    return np.vstack([point[None], centres[:: max(1, len(centres) // 8)]])


def _describe_surface(pure: PureProfiles, cluster: Boxes, codimension: int) -> Component | Undecided:
    """Describe the zero set of functions of which each has variables of its own.

    A box on which such a function has both signs at its corners holds a piece of its zero set: that separates the
    parts of the two signs, so it has one dimension less than the box, and as the zero set of a polynomial no more.
    """
    mixing = [i for i, digit in enumerate(cluster.face) if digit == "*"]
    point, _ = polish(pure.advantages, cluster)
    residual = np.abs(advantage(pure.advantages, point)[mixing])
    low, high = cluster.low.min(axis=0), cluster.high.max(axis=0)
    if cluster.crossed is None or not cluster.crossed.any() or (residual > ZERO_RESIDUAL * pure.scale[mixing]).any():
        return Undecided(face=cluster.face, low=low, high=high, boxes=cluster.low.shape[0])
    return Component(
        face=cluster.face,
        dimension=len(mixing) - codimension,
        dimension_proved=True,
        low=low,
        high=high,
        representative=point,
        residual=float(residual.max()),
        is_nash=is_nash_on(pure.advantages, cluster, pure.tolerance),
        boxes=cluster.low.shape[0],
    )


def exact_components(exact: Exact) -> list[Component]:
    """Whole faces, largest first, then points times free shares; none that lies in another."""
    names = sorted(("".join("01*"[int(d)] for d in row) for row in exact.whole), key=lambda f: (-f.count("*"), f))
    kept: list[str] = []
    for face in names:
        if not any(all(o in ("*", d) for o, d in zip(other, face, strict=True)) for other in kept):
            kept.append(face)
    found = [whole_face(face, _is_nash_on_face(exact.pure, face)) for face in kept]
    freest_first = sorted(range(len(exact.families)), key=lambda row: -int((exact.families[row, :, 1] < 0.0).sum()))
    for row in freest_first:
        point = exact.families[row]
        if _is_outside(point) or any(_holds(item, point) for item in found):
            continue
        face = "".join("*" if radius != 0.0 else str(int(share)) for share, radius in point)
        found.append(_exact_component(exact.pure, face, point))
    return found


def whole_face(face: str, is_nash: bool | None) -> Component:
    """Component that is a whole face, on which the advantages of its mixing players vanish exactly.

    Examples
    --------
    >>> item = whole_face("*01", True)
    >>> item.low.tolist(), item.high.tolist(), item.representative.tolist()
    ([0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [0.5, 0.0, 1.0])
    """
    return Component(
        face=face,
        dimension=face.count("*"),
        dimension_proved=True,
        low=np.array([0.0 if digit == "*" else float(digit) for digit in face]),
        high=np.array([1.0 if digit == "*" else float(digit) for digit in face]),
        representative=np.array([0.5 if digit == "*" else float(digit) for digit in face]),
        residual=0.0,
        is_nash=is_nash,
        boxes=0,
    )


def _is_nash_on_face(pure: PureProfiles, face: str) -> bool | None:
    """Whether no pure player gains by deviating anywhere on a whole face; None if only in places. Corners decide."""
    verdict: bool | None = True
    corners = tuple(slice(None) if digit == "*" else int(digit) for digit in face)
    for player, digit in enumerate(face):
        if digit == "*":
            continue
        gains = pure.losses[player][corners] < 0.0
        if gains.all():
            return False
        if gains.any():
            verdict = None
    return verdict


def _is_outside(point: Floats) -> bool:
    """Whether a mixing share lies on the border of its face, where it belongs to a smaller face, or beyond it."""
    share, radius = point[:, 0], point[:, 1]
    reach = np.maximum(4.0 * radius, BORDER)
    return bool(((radius > 0.0) & ((share <= reach) | (share >= 1.0 - reach))).any())


def _holds(item: Component, point: Floats) -> bool:
    """Whether a component of proved dimension holds a certified point, and the shares that are free with it."""
    share, radius = point[:, 0], point[:, 1]
    free = (item.low == 0.0) & (item.high == 1.0)
    same = (item.low - radius <= share) & (share <= item.high + radius) & (radius >= 0.0)
    return item.boxes == 0 and bool((free | same).all())


def without_repetitions(points: Floats, rows: Integers, components: list[Component]) -> Integers:
    """Rows of points that are neither repeated nor part of a component.

    Where functions were split into factors one root can be found more than once, or on a continuum of another factor.
    """
    kept: list[int] = []
    for row in rows.tolist():
        point = points[row]
        if any(_holds(item, point) for item in components):
            continue
        if not any(_same_point(points[other], point) for other in kept):
            kept.append(row)
    return np.array(kept, dtype=np.int64)


def _same_point(one: Floats, other: Floats) -> bool:
    together = np.abs(one[:, 0] - other[:, 0]) <= one[:, 1] + other[:, 1]
    return bool((together & ((one[:, 1] > 0.0) == (other[:, 1] > 0.0))).all())


def _exact_component(pure: PureProfiles, face: str, rows: Floats) -> Component:
    """Component whose dimension is proved: a whole face, or a certified point times free shares.

    Parameters
    ----------
    rows : shape (n, 2), share and radius per population; radius -1 marks a free one
    """
    free = rows[:, 1] < 0.0
    radius = np.where(free, 0.0, rows[:, 1])
    low = np.where(free, 0.0, rows[:, 0] - radius)
    high = np.where(free, 1.0, rows[:, 0] + radius)
    mixing = [i for i, digit in enumerate(face) if digit == "*"]
    residual = np.abs(advantage(pure.advantages, rows[:, 0])[mixing])
    return Component(
        face=face,
        dimension=int(free.sum()),
        dimension_proved=True,
        low=low,
        high=high,
        representative=rows[:, 0].copy(),
        residual=float(residual.max()),
        is_nash=is_nash_on(pure.advantages, Boxes(face, low[None], high[None]), pure.tolerance),
        boxes=0,
    )
