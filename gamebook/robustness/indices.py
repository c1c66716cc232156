"""Sobol indices: which part of the variance of a measure each unknown explains, alone and with the others.

They are estimated by ``scipy.stats.sobol_indices`` (Saltelli and others 2010) from a quasi-random sample, with
intervals by bootstrap over its rows.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gamebook.errors import InputError
from gamebook.sweeps.distributions import Distribution
from solvers.arrays import Floats

LEVEL = 0.95
RESAMPLES = 200
METHOD = "scipy.stats.sobol_indices (Saltelli and others 2010), bootstrap intervals of 95 % over the rows"


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
        seen.append(work_out(np.ascontiguousarray(columns.T)))
        return seen[-1].copy()  # scipy takes the mean off in place

    marginals = [_Marginal(each) for each in distributions]
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        # An unknown without any effect has no spread to estimate; its interval is the point 0.
        warnings.simplefilter("ignore")
        found = sobol_indices(func=function, n=samples, dists=marginals, rng=np.random.default_rng(seed))
        spread = found.bootstrap(confidence_level=LEVEL, n_resamples=RESAMPLES)
    # The first two calls work out the two independent samples, of which the variance is taken.
    own = np.concatenate(seen[:2], axis=1)
    shape = (len(own), len(distributions))  # scipy leaves out axes of length 1
    first = [np.reshape(each, shape) for each in (found.first_order, *_limits(spread.first_order))]
    total = [np.reshape(each, shape) for each in (found.total_order, *_limits(spread.total_order))]
    result: list[tuple[Effect, ...] | None] = []
    for k, row in enumerate(own):
        effects = [
            Effect(law.symbol, _index(*(float(part[k, i]) for part in first)), _index(*(float(p[k, i]) for p in total)))
            for i, law in enumerate(distributions)
        ]
        result.append(tuple(sorted(effects, key=lambda effect: -effect.total.value)) if np.ptp(row) > 0.0 else None)
    return result


def _index(value: float, low: float, high: float) -> Index:
    """An estimate; without spread its interval is itself."""
    return Index(value, value if np.isnan(low) else low, value if np.isnan(high) else high)


def _limits(spread: object) -> tuple[Floats, Floats]:
    interval = spread.confidence_interval  # type: ignore[attr-defined]
    return interval.low, interval.high
