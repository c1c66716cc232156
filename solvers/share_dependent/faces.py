"""Run over the faces of the cube of shares; solve each one that can hold rest points with mixing populations.

A face fixes some populations at 0 or 1, and so takes the first or the last coefficient of every advantage along their
axes. Exact tests come first: an advantage with one sign empties the face, one that vanishes identically drops out,
and a factor x or 1 - x, zero only on the border of the face, is divided out. Populations that no remaining advantage
depends on are free.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from solvers.arrays import Floats
from solvers.share_dependent import bernstein
from solvers.share_dependent.boxes import grid
from solvers.share_dependent.subdivision import solve_face

ROOTS_PER_FACE = 512
"""More isolated roots than any game of policy has on a face; if there are more, the rest is listed as undecided."""
BOXES_THAT_WAIT = 512
"""A face with more boxes waiting has no isolated roots, in all experience."""


@dataclass(frozen=True, slots=True, eq=False)
class FaceRoots:
    """What was found on all faces with at least one mixing population.

    Attributes
    ----------
    points : shape (count, n, 4), isolated rest points: share, radius, uniqueness box; a pure population has radius 0
    families : shape (count, n, 4), the same times free shares, marked by radius -1
    boxes : shape (count, n, 2), boxes left at the resolution of the search; a pure population has equal ends
    cut : shape (count, n, 2), boxes that the budget left
    whole : faces that consist of rest points, as strings of 0, 1 and *
    examined : boxes examined
    """

    points: Floats
    families: Floats
    boxes: Floats
    cut: Floats
    whole: tuple[str, ...]
    examined: int


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """The equations of a face: functions of the bound variables, by coefficients in C order."""

    coefficients: Floats
    degrees: tuple[int, ...]
    bound: tuple[int, ...]


def face_system(tables: Sequence[Floats], face: str) -> System | None:
    """Equations for rest points with the mixing populations of a face; None if it has none.

    Parameters
    ----------
    tables : per player the coefficients of its advantage
    face : 0, 1 or * per population
    """
    mixing = [i for i, digit in enumerate(face) if digit == "*"]
    active = []
    for player in mixing:
        table = bernstein.without_constant_axes(_on_face(tables[player], face))
        lowest, highest = float(table.min()), float(table.max())
        if lowest == 0.0 and highest == 0.0:
            continue
        if lowest >= 0.0 or highest <= 0.0:
            return None  # nowhere of the other sign and not zero everywhere: of one sign in the open face
        active.append(bernstein.without_constant_axes(_without_borders(table)))
    degrees = [max((table.shape[j] - 1 for table in active), default=0) for j in range(len(mixing))]
    bound = [j for j, degree in enumerate(degrees) if degree > 0]
    rows = [bernstein.raised(table, degrees).reshape(-1) for table in active]
    coefficients = np.ascontiguousarray(rows) if rows else np.empty((0, 1))
    return System(coefficients, tuple(degrees[j] for j in bound), tuple(mixing[j] for j in bound))


def _on_face(table: Floats, face: str) -> Floats:
    return table[tuple(slice(None) if digit == "*" else -int(digit) for digit in face)]


def _without_borders(table: Floats) -> Floats:
    """Divide out x_j and 1 - x_j as often as all coefficients at that end are exactly zero."""
    for axis in range(table.ndim):
        for _ in range(table.shape[axis] - 1):
            lines = np.moveaxis(table, axis, 0)
            degree = len(lines) - 1
            column = np.arange(degree).reshape(-1, *(1,) * (table.ndim - 1))
            if not lines[0].any():
                lines = lines[1:] * (degree / (column + 1))
            elif not lines[-1].any():
                lines = lines[:-1] * (degree / (degree - column))
            else:
                break
            table = np.moveaxis(lines, 0, axis)
    return table


def solve_faces(tables: Sequence[Floats], *, most_boxes: int, most_seconds: float | None = None) -> FaceRoots:
    """Find the rest points with mixing populations on every face of the cube.

    Parameters
    ----------
    tables : per player the coefficients of its advantage, scaled to about 1
    most_boxes : int
        Boxes to examine on all faces together, smaller faces first; what is left then is listed.
    most_seconds : float, optional
        Time for all faces together; it is looked at between faces.
    """
    n = len(tables)
    end = None if most_seconds is None else time.monotonic() + most_seconds
    points: list[Floats] = []
    families: list[Floats] = []
    boxes: list[Floats] = []
    cut: list[Floats] = []
    whole: list[str] = []
    examined = 0
    for digits in sorted(itertools.product("01*", repeat=n), key=lambda each: each.count("*")):
        face = "".join(digits)
        system = face_system(tables, face) if "*" in face else None
        if system is None:
            continue
        if not system.bound:
            whole.append(face)
            continue
        if examined >= most_boxes or (end is not None and time.monotonic() > end):
            cut.append(_full(face, system.bound, np.array([[0.0, 1.0]] * len(system.bound)), free=(0.0, 1.0)))
            continue
        roots, left, unseen, seen = _solve(system, most_boxes - examined)
        examined += seen
        free = face.count("*") > len(system.bound)
        for root in roots:
            (families if free else points).append(_full(face, system.bound, root, free=(0.5, -1.0, 0.0, 1.0)))
        boxes += [_full(face, system.bound, box, free=(0.0, 1.0)) for box in left]
        cut += [_full(face, system.bound, box, free=(0.0, 1.0)) for box in unseen]
    return FaceRoots(
        points=np.array(points).reshape(-1, n, 4),
        families=np.array(families).reshape(-1, n, 4),
        boxes=np.array(boxes).reshape(-1, n, 2),
        cut=np.array(cut).reshape(-1, n, 2),
        whole=tuple(whole),
        examined=examined,
    )


def _solve(system: System, most_boxes: int) -> tuple[Floats, Floats, Floats, int]:
    variables = len(system.degrees)
    roots = np.empty((ROOTS_PER_FACE, variables, 4))
    leftovers = np.empty((BOXES_THAT_WAIT + most_boxes // 16, variables, 2))
    found, left, before, examined = solve_face(system.coefficients, *grid(system.degrees), most_boxes, roots, leftovers)
    return roots[:found], leftovers[:before], leftovers[before:left], examined


def _full(face: str, bound: Sequence[int], part: Floats, *, free: tuple[float, ...]) -> Floats:
    """Write a root or box of the bound populations as one of all populations."""
    row = np.empty((len(face), len(free)))
    for i, digit in enumerate(face):
        row[i] = free if digit == "*" else float(digit)
        if digit != "*" and len(free) == 4:
            row[i, 1] = 0.0
    row[list(bound)] = part
    return row
