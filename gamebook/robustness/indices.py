"""Sobol indices: which part of the variance of a measure each unknown explains, alone and with the others.

They are estimated by ``scipy.stats.sobol_indices`` (Saltelli and others 2010) from a quasi-random sample, with
intervals by bootstrap over its rows, as wide as 1.96 standard deviations to either side.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gamebook.errors import InputError
from gamebook.sweeps.distributions import Distribution
from solvers.arrays import Floats

Z = 1.96
RESAMPLES = 200
METHOD = "scipy.stats.sobol_indices (Saltelli and others 2010), normal intervals of 95 % by bootstrap over the rows"


@dataclass(frozen=True, slots=True)
class Index:
    """An estimate with the limits of its interval, not cut to [0, 1]."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Effect:
    """Part of the variance that an unknown explains.

    Attributes
    ----------
    symbol : of the unknown
    first : alone
    total : with all that it does together with others
    """

    symbol: str
    first: Index
    total: Index


class _Marginal:
    """A distribution in the form that scipy asks for."""

    def __init__(self, distribution: Distribution) -> None:
        self.distribution = distribution

    def ppf(self, probability: Floats) -> Floats:
        """Values below which it lies with the given probabilities."""
        return self.distribution.quantile(np.asarray(probability, dtype=np.float64))


def sobol_effects(
    work_out: Callable[[Floats], Floats], distributions: Sequence[Distribution], *, samples: int, seed: int
) -> list[tuple[Effect, ...] | None]:
    """Estimate the indices of several measures at once, largest total effect first.

    Parameters
    ----------
    work_out : points (count, unknowns) -> measures (measures, count), finite numbers
    samples : a power of two; the measures are worked out at ``samples * (unknowns + 2)`` points

    Returns
    -------
    one entry per measure; None where it does not vary at all

    Examples
    --------
    A sum of two uniform unknowns of which one varies three times as much:

    >>> laws = [Distribution(name, "uniform", (0.0, high), -9.0, 9.0) for name, high in (("a", 1.0), ("b", 3.0))]
    >>> (effects,) = sobol_effects(lambda x: x.sum(axis=1)[None], laws, samples=1024, seed=0)
    >>> [(effect.symbol, round(effect.total.value, 1)) for effect in effects]
    [('b', 0.9), ('a', 0.1)]
    """
    from scipy.stats import sobol_indices

    if samples < 2 or samples & (samples - 1):
        raise InputError("sensitivity.samples", value=samples)
    seen: list[Floats] = []

    def function(columns: Floats) -> Floats:
        values = work_out(np.ascontiguousarray(columns.T))
        # A second copy of the last measure, since scipy fails with one measure of one unknown.
        seen.append(np.concatenate([values, values[-1:]]))
        return seen[-1].copy()  # scipy takes the mean off in place

    marginals = [_Marginal(each) for each in distributions]
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("ignore")  # of measures that do not vary at all: they are left out below
        found = sobol_indices(func=function, n=samples, dists=marginals, rng=np.random.default_rng(seed))
        first, total = np.array([found.first_order, found.total_order]).reshape(2, len(seen[0]), len(distributions))
        own, other, mixed = seen
        # The third call holds, row by row, the sample with one column after the other taken from the second.
        mixed = np.moveaxis(mixed.reshape(len(own), samples, -1), -1, 0)
        half = Z * _spread(own, other, mixed, np.random.default_rng([seed, 1]))
    result: list[tuple[Effect, ...] | None] = []
    for k in range(len(own) - 1):
        effects = [
            Effect(law.symbol, _index(first[k, i], half[0, k, i]), _index(total[k, i], half[1, k, i]))
            for i, law in enumerate(distributions)
        ]
        varies = np.ptp(np.concatenate([own[k], other[k]])) > 0.0
        result.append(tuple(sorted(effects, key=lambda effect: -effect.total.value)) if varies else None)
    return result


def _spread(own: Floats, other: Floats, mixed: Floats, rng: np.random.Generator) -> Floats:
    """Standard deviation of the indices when rows are drawn again; shape (first and total, measures, unknowns).

    scipy's own bootstrap takes no generator and differs from run to run.

    Parameters
    ----------
    own, other : shape (measures, rows)
    mixed : shape (unknowns, measures, rows)
    """
    from scipy.stats import sobol_indices

    samples = own.shape[1]
    found = []
    for _ in range(RESAMPLES):
        rows = rng.integers(0, samples, samples)
        again = sobol_indices(
            func={"f_A": own[:, rows], "f_B": other[:, rows], "f_AB": mixed[:, :, rows]}, n=samples, rng=rng
        )
        found.append(np.array([again.first_order, again.total_order]).reshape(2, len(own), len(mixed)))
    spread: Floats = np.std(found, axis=0, ddof=1)
    return spread


def _index(value: float, half: float) -> Index:
    """An estimate with its interval."""
    return Index(float(value), float(value - half), float(value + half))
