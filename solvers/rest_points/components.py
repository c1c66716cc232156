"""Put undecided boxes together: what is a continuum of rest points, what stays undecided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components

from solvers.arrays import Advantages, Floats
from solvers.expected import advantage, advantage_slopes
from solvers.results import Component, Undecided

SMALLEST_EXTENT = 1e-3
"""Clusters wider than this hold a continuum if a point with zero advantages is found in them."""

ZERO_RESIDUAL = 1e-10
"""Largest advantage at a point that counts as a rest point, relative to the player's largest advantage."""

POLISHING_STEPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """Boxes of one face: ends of shape (boxes, n), and its string of 0, 1 and *."""

    face: str
    low: Floats
    high: Floats


def by_face(boxes: Floats) -> list[Boxes]:
    """Group boxes of shape (count, n, 2) by the face they lie in; equal ends at 0 or 1 mean a pure population."""
    faces: dict[str, list[int]] = {}
    for number, box in enumerate(boxes):
        faces.setdefault(face_of(box), []).append(number)
    return [Boxes(face, boxes[rows, :, 0], boxes[rows, :, 1]) for face, rows in faces.items()]


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
    return [Boxes(boxes.face, boxes.low[label == c], boxes.high[label == c]) for c in range(found)]


def sign_on_boxes(advantages: Advantages, boxes: Boxes, player: int) -> tuple[Floats, Floats]:
    """Exact smallest and largest advantage of a player on each box: its values at the corners."""
    players = advantages.shape[0]
    corners = np.array(np.meshgrid(*[[0, 1]] * players, indexing="ij")).reshape(players, -1).T
    ends = np.where(corners[None] == 1, boxes.high[:, None, :], boxes.low[:, None, :])
    values = advantage(advantages, ends)[..., player]
    return values.min(axis=1), values.max(axis=1)


def is_nash_on(advantages: Advantages, boxes: Boxes, tolerance: Floats) -> bool | None:
    """Whether no pure population gains by deviating anywhere on the boxes; None if only in places."""
    verdict: bool | None = True
    for player, digit in enumerate(boxes.face):
        if digit == "*":
            continue
        lowest, highest = sign_on_boxes(advantages, boxes, player)
        worst, best = (lowest, highest) if digit == "1" else (-highest, -lowest)
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


def describe(advantages: Advantages, scale: Floats, tolerance: Floats, cluster: Boxes) -> Component | Undecided:
    """Turn a cluster of undecided boxes into a component, if a continuum was found in it, or leave it undecided."""
    low, high = cluster.low.min(axis=0), cluster.high.max(axis=0)
    count = cluster.low.shape[0]
    if float((high - low).max()) > SMALLEST_EXTENT:
        mixing = [i for i, digit in enumerate(cluster.face) if digit == "*"]
        point, rank = polish(advantages, cluster)
        residual = np.abs(advantage(advantages, point)[mixing])
        if rank < len(mixing) and (residual <= ZERO_RESIDUAL * scale[mixing]).all():
            return Component(
                face=cluster.face,
                dimension=len(mixing) - rank,
                dimension_proved=False,
                low=low,
                high=high,
                representative=point,
                residual=float(residual.max()),
                is_nash=is_nash_on(advantages, cluster, tolerance),
                boxes=count,
            )
    return Undecided(face=cluster.face, low=low, high=high, boxes=count)


def exact_component(advantages: Advantages, tolerance: Floats, face: str, rows: Floats) -> Component:
    """Component whose dimension is proved: a whole face, or a certified point times free shares.

    Parameters
    ----------
    rows : shape (n, 4)
        Share, radius, low, high per population; radius -1 marks a free one.
    """
    free = rows[:, 1] < 0.0
    radius = np.where(free, 0.0, rows[:, 1])
    low = np.where(free, 0.0, rows[:, 0] - radius)
    high = np.where(free, 1.0, rows[:, 0] + radius)
    mixing = [i for i, digit in enumerate(face) if digit == "*"]
    residual = np.abs(advantage(advantages, rows[:, 0])[mixing])
    return Component(
        face=face,
        dimension=int(free.sum()),
        dimension_proved=True,
        low=low,
        high=high,
        representative=rows[:, 0].copy(),
        residual=float(residual.max()),
        is_nash=is_nash_on(advantages, Boxes(face, low[None], high[None]), tolerance),
        boxes=0,
    )
