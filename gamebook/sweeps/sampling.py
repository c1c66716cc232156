"""Joint draws of the uncertain parameters of a case: what its page declares, what was asked for instead, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.sweeps.distributions import Distribution, read_distributions
from gamebook.sweeps.draws import METHODS, Method, draw
from gamebook.sweeps.points import Draws

DEFAULT_METHOD: Method = "sobol"


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What is uncertain about a case.

    Attributes
    ----------
    distributions : one per parameter
    correlations : Spearman's rank correlation of pairs of symbols
    """

    distributions: tuple[Distribution, ...]
    correlations: Mapping[tuple[str, str], float]


def uncertainty_of(
    case: Case, uncertain: Sequence[str] = (), correlations: Mapping[tuple[str, str], float] | None = None
) -> Uncertainty:
    """Read what a scenario's page declares, and what is stated beside it.

    Parameters
    ----------
    uncertain : distributions such as ``"V=normal:75:5"``; they take the place of the page's for the same symbol
    correlations : of pairs of symbols, likewise

    Raises
    ------
    InputError
        Everything that is wrong with the distributions; a correlation of a parameter that is not uncertain.
    """
    declared = {} if case.scenario is None else dict(case.scenario.uncertainty)
    stated = {words.partition("=")[0].strip() for words in uncertain}
    texts = [f"{symbol}={words}" for symbol, words in declared.items() if symbol not in stated]
    distributions = read_distributions([*texts, *uncertain], case.game.parameters)
    ranks = {} if case.scenario is None else {(one, other): rank for one, other, rank in case.scenario.correlations}
    for (one, other), rank in (correlations or {}).items():
        ranks.pop((other, one), None)
        ranks[one, other] = rank
    return Uncertainty(distributions, ranks)


def sampled(
    uncertainty: Uncertainty, count: int, *, method: str | None, seed: int
) -> tuple[Draws, dict[str, object]]:
    """Draw jointly, and say how.

    Returns
    -------
    the draws, and what a store keeps about them

    Raises
    ------
    InputError
        If nothing is uncertain, the method is unknown, or there are too many draws.
    """
    chosen = method or DEFAULT_METHOD
    if chosen not in METHODS:
        raise InputError("draws.method", near=(chosen, METHODS), method=chosen, known=", ".join(METHODS))
    values = draw(uncertainty.distributions, count, method=chosen, seed=seed, correlations=uncertainty.correlations)
    symbols = tuple(each.symbol for each in uncertainty.distributions)
    said: dict[str, object] = {
        "count": count,
        "method": chosen,
        "uncertain": {each.symbol: _words(each) for each in uncertainty.distributions},
        "correlations": [[*pair, rank] for pair, rank in sorted(uncertainty.correlations.items())],
    }
    return Draws(symbols, np.ascontiguousarray(values)), said


def read_correlations(texts: Sequence[str]) -> dict[tuple[str, str], float]:
    """Read rank correlations as written on the command line.

    Examples
    --------
    >>> read_correlations(["V,T_c=0.4"])
    {('V', 'T_c'): 0.4}
    """
    found = {}
    for words in texts:
        pair, _, rank = words.partition("=")
        symbols = [part.strip() for part in pair.split(",")]
        try:
            value = float(rank)
        except ValueError as error:
            raise InputError("draws.correlation_form", value=words) from error
        if len(symbols) != 2 or not all(symbols):
            raise InputError("draws.correlation_form", value=words)
        found[symbols[0], symbols[1]] = value
    return found


def _words(distribution: Distribution) -> str:
    return ":".join([distribution.kind, *(repr(number) for number in distribution.numbers)])
