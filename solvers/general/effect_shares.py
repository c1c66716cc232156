"""From shares of effects back to shares of strategies: all the mixtures that have a given mixture of effects."""

from __future__ import annotations

import itertools
import math

import numpy as np

from solvers.arrays import Floats

MOST_BASES = 4096
"""Choices of strategies to try; beyond, one mixture is given and the extent is bounded more loosely."""


def strategy_mixtures(effects: Floats, shares: Floats, radius: Floats) -> tuple[Floats, Floats]:
    """Vertices of the mixtures of strategies that have the given mixture of effects.

    Parameters
    ----------
    effects : shape (strategies, effects), rows sum to 1
    shares, radius : shape (effects,), positive shares and how far they may be off

    Returns
    -------
    Vertices and how far each of their entries may be off, both of shape (vertices, strategies)

    Examples
    --------
    A middle effort has half the effect of none and half that of full effort:

    >>> vertices, _ = strategy_mixtures(np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]]), np.full(2, 0.5), np.zeros(2))
    >>> vertices.tolist()
    [[0.0, 1.0, 0.0], [0.5, 0.0, 0.5]]
    """
    strategies, count = effects.shape
    if strategies == count:
        return shares[None], radius[None]
    found: list[Floats] = []
    errors: list[Floats] = []
    bases = itertools.combinations(range(strategies), count)
    for base in itertools.islice(bases, MOST_BASES):
        matrix = effects[list(base)].T
        if np.linalg.cond(matrix) > 1e9:
            continue
        inverse = np.linalg.inv(matrix)
        weights = inverse @ shares
        error = np.abs(inverse) @ radius + 1e-15
        if (weights < -error).any():
            continue
        x, off = np.zeros(strategies), np.zeros(strategies)
        x[list(base)], off[list(base)] = np.where(weights > error, weights, 0.0), error
        if not any(np.abs(x - other).max() <= error.max() for other in found):
            found.append(x)
            errors.append(off)
    return np.array(found), np.array(errors)


def all_vertices_tried(effects: Floats) -> bool:
    """Whether `strategy_mixtures` lists all vertices."""
    return math.comb(*effects.shape) <= MOST_BASES


def strategy_bounds(effects: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Bounds on the shares of strategies when those of effects lie between ``low`` and ``high``.

    Examples
    --------
    >>> least, most = strategy_bounds(np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]]), np.full(2, 0.4), np.full(2, 0.6))
    >>> least.tolist(), most.tolist()
    ([0.0, 0.0, 0.0], [0.6, 1.0, 0.6])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        most = np.where(effects > 0.0, np.maximum(high, 0.0) / effects, np.inf).min(axis=1)
    # A strategy that alone has an effect, and no other, has its share.
    alone = (effects == 1.0) & ((effects > 0.0).sum(axis=0) == 1)
    least = np.where(alone, low, 0.0).max(axis=1)
    return np.clip(least, 0.0, 1.0), np.clip(most, 0.0, 1.0)
