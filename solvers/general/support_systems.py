"""The equations of rest points on one support: multi-affine, and reduced to what really matters on it.

Strategies of a player that pay the same on the whole support give one equation, not two; strategies of a population
that have the same effect on all equations are one class, of which only the total share is determined. What is left
is a system in the shares of classes, ready for subdivision; the freedom within classes is exact.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.general.normal_form import NormalForm, Support

Classes = tuple[tuple[int, ...], ...]  # positions within the support, grouped


@dataclass(frozen=True, slots=True, eq=False)
class SupportSystem:
    """Equations of one support in the shares of classes.

    Attributes
    ----------
    support : strategies in use per player
    classes : per player, its strategies in use grouped by effect (as strategy numbers)
    functions : shape (equations, c_1, ..., c_n), payoff differences by class, in units of each player's scale
    owners : shape (equations,), player whose strategies an equation compares
    """

    support: Support
    classes: tuple[Classes, ...]
    functions: Floats
    owners: Integers

    @property
    def variables(self) -> int:
        """Number of unknown shares."""
        return sum(len(groups) - 1 for groups in self.classes)

    @property
    def freedom(self) -> int:
        """Dimensions within classes: what the equations leave free whatever the shares of classes are."""
        return sum(len(used) - len(groups) for used, groups in zip(self.support, self.classes, strict=True))

    @property
    def populations(self) -> Integers:
        """Player to which each variable belongs; shape (variables,)."""
        counts = [len(groups) - 1 for groups in self.classes]
        return np.repeat(np.arange(len(counts)), counts).astype(np.int64)


def support_system(game: NormalForm, units: Floats, support: Support) -> SupportSystem | None:
    """Set up the equations of a support; None if one of them has a strict sign on all of it, so it has no rest point.

    Parameters
    ----------
    game : NormalForm
    units : shape (n,), by which each player's differences are divided; powers of two keep every digit
    support : strategies in use per player

    Examples
    --------
    >>> from solvers.general.normal_form import normal_form
    >>> pennies = normal_form([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], tie_tolerance=0.0)
    >>> system = support_system(pennies, np.ones(2), ((0, 1), (0, 1)))
    >>> system.variables, system.freedom, corner_values(system).tolist()
    (2, 0, [[-2.0, -2.0, 2.0, 2.0], [2.0, -2.0, 2.0, -2.0]])
    """
    cells = np.ix_(*support)
    tables: list[Floats] = []
    owners: list[int] = []
    for player, used in enumerate(support):
        if len(used) == 1:
            continue
        rows = np.moveaxis(game.tied[player][cells], player, 0)
        distinct = _distinct(rows.reshape(len(used), -1))
        leaders = [rows[group[0]] for group in distinct]
        for one, other in itertools.combinations(leaders, 2):
            if (one <= other).all() or (one >= other).all():
                return None  # not equal, or they would be one class: so strict where every strategy is in use
        for row in leaders[1:]:
            difference = np.expand_dims((row - leaders[0]) / units[player], player)
            tables.append(np.broadcast_to(difference, tuple(len(s) for s in support)))
            owners.append(player)
    functions = np.array(tables).reshape(len(tables), *(len(s) for s in support))
    groups: list[Classes] = []
    for player, used in enumerate(support):
        slices = np.moveaxis(functions, player + 1, 0).reshape(len(used), -1)
        same = _distinct(slices) if tables else (tuple(range(len(used))),)
        groups.append(tuple(tuple(used[k] for k in group) for group in same))
        functions = np.take(functions, [group[0] for group in same], axis=player + 1)
    return SupportSystem(support, tuple(groups), functions, np.array(owners, dtype=np.int64))


def _distinct(rows: Floats) -> Classes:
    """Positions of equal rows, grouped, in order of first appearance."""
    groups: dict[bytes, list[int]] = {}
    for k, row in enumerate(rows + 0.0):  # no negative zeros
        groups.setdefault(row.tobytes(), []).append(k)
    return tuple(tuple(group) for group in groups.values())


def corner_values(system: SupportSystem) -> Floats:
    """Values of the functions at the corners of the unit cube of class shares; shape (equations, 2**variables).

    Bit j of a corner is variable j; variables count the classes but the first of each player, in order. Where several
    shares of one population are 1 the first class has a negative share: outside the simplex, but the functions are
    affine there too.
    """
    table = system.functions
    for player, groups in enumerate(system.classes):
        corners = 1 << (len(groups) - 1)
        weights = np.zeros((corners, len(groups)))
        for corner in range(corners):
            for k in range(1, len(groups)):
                weights[corner, k] = corner >> (k - 1) & 1
            weights[corner, 0] = 1.0 - weights[corner, 1:].sum()
        table = np.moveaxis(np.tensordot(weights, table, axes=(1, player + 1)), 0, player + 1)
    backwards = (0, *range(table.ndim - 1, 0, -1))
    return np.ascontiguousarray(table.transpose(backwards).reshape(table.shape[0], -1))


def overdetermined(system: SupportSystem) -> SupportSystem | None:
    """Smallest part of the system with more equations than unknown shares in them; None if there is none.

    A part is all equations of some players; it has the same roots or more. Generic games have none of its roots.
    """
    owners = sorted(set(system.owners.tolist()))
    for size in range(1, len(owners) + 1):
        for chosen in itertools.combinations(owners, size):
            rows = np.isin(system.owners, chosen)
            part = _part(system, rows)
            if int(rows.sum()) > part.variables:
                return part
    return None


def _part(system: SupportSystem, rows: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> SupportSystem:
    """Equations in the given rows, with the populations they do not depend on taken out."""
    functions = system.functions[rows]
    groups = []
    for player, classes in enumerate(system.classes):
        first = np.take(functions, [0], axis=player + 1)
        if bool((functions == first).all()):
            functions = first
            classes = (tuple(k for group in classes for k in group),)
        groups.append(classes)
    return SupportSystem(system.support, tuple(groups), functions, system.owners[rows])
