"""The equations of rest points on one support: multi-affine, and reduced to what really matters on it.

Strategies of a player that pay the same on the whole support give one equation, not two, and so does any strategy
whose payoff is a combination of others'. Where a population's strategy has the effect of a mixture of its other ones
(the same effect as one of them; a middle effort between a low and a high one), it drops out too: what matters is the
mixture of *effects*, and the freedom to produce it in several ways is exact. What is left is a system in the shares
of effects, ready for subdivision.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from solvers.arrays import Booleans, Floats, Integers
from solvers.general.normal_form import NormalForm, Support

INDEPENDENT = 1e-7
"""Rows whose smallest singular value is above this part of the largest are independent, whatever the rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class SupportSystem:
    """Equations of one support in the shares of effects.

    Attributes
    ----------
    support : strategies in use per player
    effects : one array [strategy in use, effect] per player, rows sum to 1: the mixture of effects that a strategy
        has. The identity where all of them matter
    functions : shape (equations, e_1, ..., e_n), payoff differences by effect, in units of each player's scale
    owners : shape (equations,), player whose strategies an equation compares
    """

    support: Support
    effects: tuple[Floats, ...]
    functions: Floats
    owners: Integers

    @property
    def variables(self) -> int:
        """Number of unknown shares."""
        return sum(own.shape[1] - 1 for own in self.effects)

    @property
    def freedom(self) -> int:
        """Dimension of the profiles that produce one mixture of effects."""
        return sum(own.shape[0] - own.shape[1] for own in self.effects)

    @property
    def populations(self) -> Integers:
        """Player to which each variable belongs; shape (variables,)."""
        counts = [own.shape[1] - 1 for own in self.effects]
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
    sizes = tuple(len(used) for used in support)
    cells = np.ix_(*support)
    tables: list[Floats] = []
    owners: list[int] = []
    for player, used in enumerate(support):
        if len(used) == 1:
            continue
        rows = np.moveaxis(game.tied[player][cells], player, 0)
        leaders = _distinct(rows)
        for one, other in itertools.combinations(leaders, 2):
            if (one <= other).all() or (one >= other).all():
                return None  # they differ somewhere, so strictly wherever every strategy is in use
        differences = [(row - leaders[0]) / units[player] for row in leaders[1:]]
        for difference in _independent(differences, _rounding(game, units, player)):
            tables.append(np.broadcast_to(np.expand_dims(difference, player), sizes))
            owners.append(player)
    functions = np.array(tables).reshape(len(tables), *sizes)
    noise = max(_rounding(game, units, player) for player in range(game.players))
    effects = []
    for player, size in enumerate(sizes):
        slices = np.moveaxis(functions, player + 1, 0).reshape(size, -1)
        weights, base = _effects(slices, noise)
        effects.append(weights)
        functions = np.take(functions, base, axis=player + 1)
    return SupportSystem(support, tuple(effects), functions, np.array(owners, dtype=np.int64))


def _rounding(game: NormalForm, units: Floats, player: int) -> float:
    """What rounding can leave of a combination of payoffs that is zero."""
    return 1e-14 + 4.0 * float(game.rounding[player] / units[player])


def _distinct(rows: Floats) -> list[Floats]:
    """The different ones among rows, in order of first appearance."""
    found: dict[bytes, Floats] = {}
    for row in rows + 0.0:  # no negative zeros
        found.setdefault(row.tobytes(), row)
    return list(found.values())


def _independent(rows: list[Floats], noise: float) -> list[Floats]:
    """Rows of which none is a combination of the ones before it, up to rounding."""
    if len(rows) < 2 or _is_independent(np.array([row.ravel() for row in rows])):
        return rows
    kept: list[Floats] = []
    directions: list[Floats] = []
    for row in rows:
        rest = row.ravel().copy()
        for _ in range(2):  # once more, for what rounding left
            for direction in directions:
                rest -= (direction @ rest) * direction
        if np.abs(rest).max() > noise:
            kept.append(row)
            directions.append(rest / np.linalg.norm(rest))
    return kept


def _is_independent(rows: Floats) -> bool:
    if rows.shape[0] > rows.shape[1]:
        return False
    values = np.linalg.svd(rows, compute_uv=False)
    return bool(values[-1] > INDEPENDENT * values[0])


def _effects(slices: Floats, noise: float) -> tuple[Floats, list[int]]:
    """Effects of a population's strategies, and strategies that have each of them alone.

    A strategy whose slice of the equations is a mixture of others' has their mixture of effects. If the others left
    are the corners of a simplex the reduction is exact; if not, all strategies stay.
    """
    size = len(slices)
    if size == 1 or _is_independent(slices[1:] - slices[0]):
        return np.eye(size), list(range(size))
    kept = list(range(size))
    for s in range(size - 1, -1, -1):
        if len(kept) > 1:
            others = [k for k in kept if k != s]
            if _mixture(slices[others], slices[s], noise) is not None:
                kept = others
    if len(kept) > 2 and not _is_independent(slices[kept[1:]] - slices[kept[0]]):
        return np.eye(size), list(range(size))
    weights = np.zeros((size, len(kept)))
    for s in range(size):
        mixture = np.eye(len(kept))[kept.index(s)] if s in kept else _mixture(slices[kept], slices[s], noise)
        if mixture is None:
            return np.eye(size), list(range(size))
        weights[s] = mixture
    return weights, kept


def _mixture(corners: Floats, point: Floats, noise: float) -> Floats | None:
    """Weights that make the point a mixture of the corners, up to rounding; None if it is none."""
    equal = np.flatnonzero((corners == point).all(axis=1))
    if equal.size:
        return np.asarray(np.eye(len(corners))[equal[0]])
    centred = np.vstack([(corners - point).T, np.full(len(corners), max(1.0, float(np.abs(corners - point).max())))])
    target = np.zeros(len(centred))
    target[-1] = centred[-1, 0]
    weights, off = nnls(centred, target)
    if off > noise * len(centred):
        return None
    weights[weights < 1e-12] = 0.0
    return np.asarray(weights / weights.sum())


def corner_values(system: SupportSystem) -> Floats:
    """Values of the functions at the corners of the unit cube of effect shares; shape (equations, 2**variables).

    Bit j of a corner is variable j; variables count the effects but the first of each player, in order. Where several
    shares of one population are 1 the first effect has a negative share: outside the simplex, but the functions are
    affine there too.
    """
    table = system.functions
    for player, own in enumerate(system.effects):
        effects = own.shape[1]
        corners = 1 << (effects - 1)
        weights = np.zeros((corners, effects))
        for corner in range(corners):
            for k in range(1, effects):
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
    equations = {player: int((system.owners == player).sum()) for player in owners}
    unknowns = [own.shape[1] - 1 for own in system.effects]
    depends = {player: _dependence(system.functions[system.owners == player]) for player in owners}
    for size in range(1, len(owners) + 1):
        for chosen in itertools.combinations(owners, size):
            on = [any(depends[player][j] for player in chosen) for j in range(len(unknowns))]
            if sum(equations[player] for player in chosen) > sum(itertools.compress(unknowns, on)):
                return _part(system, np.isin(system.owners, chosen))
    return None


def _dependence(functions: Floats) -> list[bool]:
    """Whether the functions depend on each population's mixture of effects."""
    axes = range(1, functions.ndim)
    return [bool((functions != np.take(functions, [0], axis=axis)).any()) for axis in axes]


def _part(system: SupportSystem, rows: Booleans) -> SupportSystem:
    """Equations in the given rows, with the populations they do not depend on taken out."""
    functions = system.functions[rows]
    effects = []
    for player, (own, matters) in enumerate(zip(system.effects, _dependence(functions), strict=True)):
        if not matters:
            functions = np.take(functions, [0], axis=player + 1)
        effects.append(own if matters else np.ones((own.shape[0], 1)))
    return SupportSystem(system.support, tuple(effects), functions, system.owners[rows])
