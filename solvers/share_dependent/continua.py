"""What is not isolated: boxes that stay undecided, put together; whole faces and points times free shares."""

from __future__ import annotations

import numpy as np

from solvers.arrays import Floats
from solvers.rest_points.components import POLISHING_STEPS, SMALLEST_EXTENT, ZERO_RESIDUAL, Boxes
from solvers.results import Component, Undecided
from solvers.share_dependent import bernstein
from solvers.share_dependent.advantages import ShareAdvantages


def is_nash_on(advantages: ShareAdvantages, boxes: Boxes) -> bool | None:
    """Whether no pure population gains by deviating anywhere on the boxes; None if only in places, or if it is open."""
    verdict: bool | None = True
    for player, digit in enumerate(boxes.face):
        if digit == "*":
            continue
        side, tolerance = (1.0 if digit == "1" else -1.0), advantages.tolerance[player]
        enclosed = [
            side * bernstein.restricted(advantages.tables[player], low, high)
            for low, high in zip(boxes.low, boxes.high, strict=True)
        ]
        if all(float(each.max()) < -tolerance for each in enclosed):
            return False
        if any(float(each.min()) < -tolerance for each in enclosed):
            verdict = None
    return verdict


def describe(advantages: ShareAdvantages, cluster: Boxes) -> Component | Undecided:
    """Turn a cluster of undecided boxes into a component, if a continuum was found in it, or leave it undecided."""
    low, high = cluster.low.min(axis=0), cluster.high.max(axis=0)
    count = cluster.low.shape[0]
    if float((high - low).max()) > SMALLEST_EXTENT:
        mixing = [i for i, digit in enumerate(cluster.face) if digit == "*"]
        point, rank = _polish(advantages, cluster, mixing)
        residual = np.abs(advantages.at(point)[mixing])
        if rank < len(mixing) and (residual <= ZERO_RESIDUAL * advantages.scale[mixing]).all():
            return Component(
                face=cluster.face,
                dimension=len(mixing) - rank,
                dimension_proved=False,
                low=low,
                high=high,
                representative=point,
                residual=float(residual.max()),
                is_nash=is_nash_on(advantages, cluster),
                boxes=count,
            )
    return Undecided(face=cluster.face, low=low, high=high, boxes=count)


def _polish(advantages: ShareAdvantages, boxes: Boxes, mixing: list[int]) -> tuple[Floats, int]:
    """Nearest zero of the mixing advantages by Gauss-Newton from the middle box, and the rank of the slopes there."""
    low, high = boxes.low.min(axis=0), boxes.high.max(axis=0)
    centres = 0.5 * (boxes.low + boxes.high)
    point = centres[np.argmin(((centres - centres.mean(axis=0)) ** 2).sum(axis=1))].copy()
    rank = 0
    for _ in range(POLISHING_STEPS):
        values = advantages.at(point)[mixing]
        slopes = advantages.slopes(point)[np.ix_(mixing, mixing)]
        step, _, found, _ = np.linalg.lstsq(slopes, values, rcond=1e-8)
        rank = int(found)
        moved = np.clip(point[mixing] - step, low[mixing], high[mixing])
        if np.abs(moved - point[mixing]).max() < 1e-16:
            break
        point[mixing] = moved
    return point, rank


def exact_component(advantages: ShareAdvantages, face: str, rows: Floats) -> Component:
    """Component whose dimension is proved: a whole face, or a certified point times free shares.

    Parameters
    ----------
    rows : shape (n, 4)
        Share, radius, low, high per population; radius -1 marks a free one.
    """
    free = rows[:, 1] < 0.0
    radius = np.where(free, 0.0, rows[:, 1])
    low = np.clip(np.where(free, 0.0, rows[:, 0] - radius), 0.0, 1.0)
    high = np.clip(np.where(free, 1.0, rows[:, 0] + radius), 0.0, 1.0)
    mixing = [i for i, digit in enumerate(face) if digit == "*"]
    residual = np.abs(advantages.at(rows[:, 0])[mixing])
    return Component(
        face=face,
        dimension=int(free.sum()),
        dimension_proved=True,
        low=low,
        high=high,
        representative=rows[:, 0].copy(),
        residual=float(residual.max()),
        is_nash=is_nash_on(advantages, Boxes(face, low[None], high[None])),
        boxes=0,
    )
