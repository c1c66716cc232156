"""Proof of one open face: its rest points are those listed, or what was found instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from flint import fmpq

from solvers.arrays import Floats
from solvers.exact.functions import ZERO, Table, as_float, face_functions
from solvers.exact.roots import Enclosure, prove
from solvers.exact.search import Box, Search, search
from solvers.results import Component, Equilibria

FEW_BOXES = 400
"""The same where the functions depend on each other: points cannot be isolated there, only their absence shown."""
MOST_STARTS = 64
"""Boxes left open from which a zero is sought."""
NEAR = 1e-9
"""Distance within which a proved point and a listed one, or the extent of a component, are the same."""
CLOSED = ("proved", "continuum", "covered")
"""Statuses of a face of which it is proved that the list is complete."""


@dataclass(frozen=True, slots=True, eq=False)
class FaceProof:
    """What is proved of one open face (0, 1 or * per player).

    Attributes
    ----------
    face : 0, 1 (pure) or * (mixing) per player
    status : ``proved`` (its isolated rest points are exactly those listed), ``continuum`` (beside them, only whole
        continua that are listed), ``covered`` (no rest point lies farther than ``reach`` from the extent of a listed
        component), ``resolved`` (rest points were proved where the list said undecided), ``missed`` (a rest point was
        proved that is not listed) or ``open``
    points : listed rest points in the face
    boxes : boxes examined
    reach : largest width of a box that was left open; 0 if none was
    """

    face: str
    status: str
    points: int
    boxes: int
    reach: float


def prove_face(
    tables: Sequence[Table], face: str, known: Sequence[Enclosure], result: Equilibria, most_boxes: int
) -> tuple[FaceProof, list[Floats]]:
    """Proof of one open face, and rest points found there that are not listed."""
    functions = face_functions(tables, face)
    variables = face.count("*")
    used = [j for j in range(variables) if any(_depends(table, j) for table in functions)]
    if not functions or (len(used) == len(functions) < variables):
        return _families([_reduced(table, used) for table in functions], used, face, result, most_boxes), []
    if len(functions) != variables:
        found = search(functions, variables, (), most_boxes=min(most_boxes, FEW_BOXES))
        return _judged(found, face, 0, result), []
    extra, found = _closed(functions, variables, known, most_boxes)
    if not extra:
        return _judged(found, face, len(known), result), []
    points = [_shares(face, enclosure) for enclosure in extra]
    listed = all(any(_inside(point, item.low, item.high) for item in result.undecided) for point in points)
    return FaceProof(face, "resolved" if listed else "missed", len(known), found.examined, _reach(found)), points


def _families(
    functions: Sequence[Table], used: Sequence[int], face: str, result: Equilibria, most_boxes: int
) -> FaceProof:
    """Proof where some shares do not matter: each zero in the others is a whole continuum, which must be listed."""
    points, found = _closed(functions, len(used), (), most_boxes)
    stars = [i for i, digit in enumerate(face) if digit == "*"]
    for enclosure in points:
        fixed = {stars[j]: as_float(c) for j, c in zip(used, enclosure.centre, strict=True)}
        if not any(_spans(item, face, fixed) for item in result.components):
            return FaceProof(face, "missed", 0, found.examined, _reach(found))
    judged = _judged(found, face, 0, result)
    return replace(judged, status="continuum") if points and judged.status == "proved" else judged


def _spans(component: Component, face: str, fixed: dict[int, float]) -> bool:
    """Whether a listed component holds the points of a face with some shares fixed and all others free."""
    for i, digit in enumerate(face):
        if digit == "*" and i not in fixed:
            if component.low[i] > 0.0 or component.high[i] < 1.0:
                return False
        else:
            share = fixed[i] if i in fixed else float(digit)
            if not component.low[i] - NEAR <= share <= component.high[i] + NEAR:
                return False
    return True


def _depends(table: Table, variable: int) -> bool:
    step = 1 << variable
    return any(table[c] != table[c ^ step] for c in range(len(table)))


def _reduced(table: Table, used: Sequence[int]) -> Table:
    """The same function of the variables on which it depends."""
    return [table[sum(1 << j for bit, j in enumerate(used) if (corner >> bit) & 1)] for corner in range(1 << len(used))]


def _closed(
    functions: Sequence[Table], variables: int, known: Sequence[Enclosure], most_boxes: int
) -> tuple[list[Enclosure], Search]:
    """Search a face; where boxes are left, prove the zeros in them and search again beside these."""
    if variables == 0:
        return [Enclosure((), fmpq(0), fmpq(0))], Search((), 0)
    found = search(functions, variables, known, most_boxes=most_boxes)
    extra: list[Enclosure] = []
    for box in found.left[:MOST_STARTS]:
        middle = [as_float((low + high) / 2) for low, high in zip(box.low, box.high, strict=True)]
        enclosure = prove(functions, middle)
        if enclosure is None or not enclosure.in_open_face:
            continue
        if not any(_same(enclosure, other) for other in (*known, *extra)):
            extra.append(enclosure)
    if extra:
        found = search(functions, variables, (*known, *extra), most_boxes=most_boxes)
    return extra, found


def _judged(found: Search, face: str, points: int, result: Equilibria) -> FaceProof:
    """Status of a face without surprises."""
    if not found.left:
        status = "proved"
    elif all(any(_touches(box, face, item) for item in result.components) for box in found.left):
        status = "covered"
    else:
        status = "open"
    return FaceProof(face, status, points, found.examined, _reach(found))


def _reach(found: Search) -> float:
    widths = (high - low for box in found.left for low, high in zip(box.low, box.high, strict=True))
    return as_float(max(widths, default=ZERO))


def _shares(face: str, enclosure: Enclosure) -> Floats:
    centre = iter(enclosure.centre)
    return np.array([as_float(next(centre)) if digit == "*" else float(digit) for digit in face])


def _inside(point: Floats, low: Floats, high: Floats) -> bool:
    return bool(((low - NEAR <= point) & (point <= high + NEAR)).all())


def _same(one: Enclosure, other: Enclosure) -> bool:
    return all(abs(a - b) <= one.radius + other.radius for a, b in zip(one.centre, other.centre, strict=True))


def _touches(box: Box, face: str, component: Component) -> bool:
    ends = iter(zip(box.low, box.high, strict=True))
    for i, digit in enumerate(face):
        low, high = (as_float(end) for end in next(ends)) if digit == "*" else (float(digit), float(digit))
        if high < component.low[i] or low > component.high[i]:
            return False
    return True
