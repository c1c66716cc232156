"""Draws of uncertain parameters: Sobol, Latin hypercube or random, with rank correlations by a Gaussian copula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from gamebook.errors import InputError
from gamebook.sweeps.distributions import Distribution
from solvers.arrays import Floats

Method = Literal["sobol", "lhs", "random"]
METHODS: tuple[Method, ...] = ("sobol", "lhs", "random")
MOST_NUMBERS = 2**28
"""Draws times parameters: two gigabytes."""
SMALLEST = 2.0**-53
"""Probabilities of 0 and 1 have infinite quantiles under some distributions."""


def draw(
    distributions: Sequence[Distribution],
    count: int,
    *,
    method: Method,
    seed: int,
    correlations: Mapping[tuple[str, str], float] | None = None,
) -> Floats:
    """Draw joint values of uncertain parameters.

    Parameters
    ----------
    distributions : one per parameter
    count : number of draws
    method : scrambled Sobol points, a Latin hypercube, or independent draws
    seed : the same seed gives the same bits
    correlations : Spearman's rank correlation of pairs of symbols; others are independent

    Returns
    -------
    shape (count, parameters)

    Raises
    ------
    InputError
        If there are too many, or the correlations contradict each other.

    Examples
    --------
    >>> wage = Distribution("V", "uniform", (60.0, 90.0), 0.0, 500.0)
    >>> drawn = draw([wage], 4096, method="sobol", seed=0)
    >>> bool(abs(drawn.mean() - 75.0) < 0.01)
    True
    """
    if not distributions:
        raise InputError("draws.none")
    if not 1 <= count <= MOST_NUMBERS // len(distributions):
        raise InputError("draws.size", value=count, most=MOST_NUMBERS // len(distributions))
    uniform = _uniform(len(distributions), count, method, seed)
    if correlations:
        uniform = _correlated(uniform, [each.symbol for each in distributions], correlations)
    return np.stack([each.quantile(uniform[:, i]) for i, each in enumerate(distributions)], axis=-1)


def _uniform(dimensions: int, count: int, method: Method, seed: int) -> Floats:
    from scipy.stats import qmc

    rng = np.random.default_rng(seed)
    if method == "random":
        points: Floats = rng.random((count, dimensions))
    elif method == "lhs":
        points = qmc.LatinHypercube(dimensions, rng=rng).random(count)
    else:
        # Whole powers of two keep the balance of the points; what is more than asked for is left out.
        points = qmc.Sobol(dimensions, rng=rng).random_base2(max(0, (count - 1).bit_length()))[:count]
    return np.clip(points, SMALLEST, 1.0 - SMALLEST)


def _correlated(uniform: Floats, symbols: Sequence[str], correlations: Mapping[tuple[str, str], float]) -> Floats:
    """Give independent uniform columns the rank correlations that were asked for."""
    from scipy.special import ndtr, ndtri

    matrix = np.eye(len(symbols))
    for (one, other), rank in correlations.items():
        for symbol in (one, other):
            if symbol not in symbols:
                raise InputError("draws.correlation_symbol", near=(symbol, symbols), symbol=symbol)
        if one == other or not -1.0 < rank < 1.0:
            raise InputError("draws.correlation", one=one, other=other, value=rank)
        # Pearson's correlation of normal scores that have this rank correlation (Kruskal 1958).
        i, j = symbols.index(one), symbols.index(other)
        matrix[i, j] = matrix[j, i] = 2.0 * np.sin(np.pi * rank / 6.0)
    try:
        factor = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError as error:
        raise InputError("draws.correlations_contradict") from error
    mixed: Floats = ndtr(ndtri(uniform) @ factor.T)
    return np.clip(mixed, SMALLEST, 1.0 - SMALLEST)
