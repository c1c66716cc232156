"""Revision protocols: the rules by which people change their strategy, and what is known of each (Sandholm 2010).

A protocol turns payoffs and shares into a velocity for the shares, its *mean dynamic*. With pi_k the payoff of
strategy k of one population, m the mean payoff, x_k the shares and [a]+ the larger of a and 0:

================ ======================================================= ============================================
name             velocity of x_k                                         who revises
================ ======================================================= ============================================
replicator       x_k (pi_k - m)                                          people who imitate those who earn more
maynard-smith    x_k (pi_k - m) / m                                      the same, in proportion to the mean payoff
logit            exp(pi_k / eta) / sum_j exp(pi_j / eta) - x_k           people who choose well, with errors
smith            sum_j x_j [pi_k - pi_j]+ - x_k sum_j [pi_j - pi_k]+     people who compare with one other strategy
bnn              [pi_k - m]+ - x_k sum_j [pi_j - m]+                     people who compare with the mean
best-response    b_k - x_k with b a best reply                           people who choose the best there is
projection       the payoffs, projected onto the directions that keep    the nearest feasible change of shares
                 shares non-negative with sum 1
mutation         x_k (pi_k - m) + mu (1 / strategies - x_k)              imitation, and now and then a choice at random
================ ======================================================= ============================================

Each velocity is multiplied by the speed of its population. For replicator, smith, bnn, projection and mutation the
velocity is in units of payoff; for the others it is a rate of revision.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from solvers.errors import SolverInputError

REPLICATOR, MAYNARD_SMITH, LOGIT, SMITH, BNN, BEST_RESPONSE, PROJECTION, MUTATION = range(8)


@dataclass(frozen=True, slots=True)
class Properties:
    """What is known of a protocol in every game (Sandholm 2010, chapters 5 and 6; Lahkar and Sandholm 2008).

    Attributes
    ----------
    nash_stationary : its rest points are exactly the Nash equilibria
    positive_correlation : away from rest, every population that moves moves towards better payoffs on average
    faces_invariant : a strategy that nobody uses stays unused
    innovative : an unused strategy that is a best reply is taken up
    smooth : the velocity has a derivative everywhere
    payoff_paced : twice the payoffs, twice the velocity; otherwise payoffs only tell where to go
    monotone : in a population of two strategies the share of the better one, and in any population the share of a
        strategy that is far better than all others, never falls: this is what the proof of capture needs
    parameter : name of the parameter it needs, or None
    """

    nash_stationary: bool
    positive_correlation: bool
    faces_invariant: bool
    innovative: bool
    smooth: bool
    payoff_paced: bool
    monotone: bool
    parameter: str | None


def _known(flags: str, parameter: str | None = None) -> Properties:
    nash, correlated, faces, innovative, smooth, paced, monotone = (flag == "+" for flag in flags)
    return Properties(nash, correlated, faces, innovative, smooth, paced, monotone, parameter)


_NAMES = ("replicator", "maynard-smith", "logit", "smith", "bnn", "best-response", "projection", "mutation")
# In the order of the attributes: Nash stationary, positively correlated, faces, innovative, smooth, paced, monotone.
_KNOWN = (
    _known("-++-+++"),
    _known("-++-+-+"),
    _known("---++--", "noise"),
    _known("++-+-++"),
    _known("++-+-++"),
    _known("++-+--+"),
    _known("++-+-++"),
    _known("---+++-", "mutation"),
)
_ALIASES = {"adjusted": "maynard-smith", "adjusted-replicator": "maynard-smith", "br": "best-response"}


@dataclass(frozen=True, slots=True)
class Protocol:
    """A revision protocol with its parameter.

    Attributes
    ----------
    name : as in the table above
    code : the number by which kernels know it
    parameter : eta of logit in units of payoff, mu of mutation in the unit of the velocity, else 0
    properties : what is known of it
    """

    name: str
    code: int
    parameter: float
    properties: Properties


def protocol_names() -> tuple[str, ...]:
    """Names of all protocols.

    Examples
    --------
    >>> protocol_names()[:3]
    ('replicator', 'maynard-smith', 'logit')
    """
    return _NAMES


def protocol(name: str = "replicator", *, noise: float | None = None, mutation: float | None = None) -> Protocol:
    """Choose a protocol by name.

    Parameters
    ----------
    name : one of ``protocol_names()``; ``_`` and capitals count as ``-`` and small letters
    noise : eta > 0, for logit only: the payoff difference that makes a choice e times as frequent
    mutation : mu > 0, for mutation only: rate at which people choose a strategy at random

    Raises
    ------
    SolverInputError
        If the name is unknown, a parameter is missing, out of range, or not one of this protocol.

    Examples
    --------
    >>> protocol("logit", noise=0.1).parameter, protocol("smith").properties.nash_stationary
    (0.1, True)
    >>> protocol("logit")
    Traceback (most recent call last):
        ...
    solvers.errors.SolverInputError: the protocol logit needs a noise; give a positive number
    """
    plain = name.strip().lower().replace("_", "-")
    plain = _ALIASES.get(plain, plain)
    if plain not in _NAMES:
        raise SolverInputError("protocol.unknown", name=name, known=", ".join(_NAMES))
    code = _NAMES.index(plain)
    known = _KNOWN[code]
    given = {"noise": noise, "mutation": mutation}
    for parameter, value in given.items():
        if value is not None and known.parameter != parameter:
            raise SolverInputError("protocol.superfluous", name=plain, parameter=parameter)
    if known.parameter is None:
        return Protocol(plain, code, 0.0, known)
    value = given[known.parameter]
    if value is None:
        raise SolverInputError("protocol.missing", name=plain, parameter=known.parameter)
    if not (value > 0.0 and math.isfinite(value)):
        raise SolverInputError("protocol.range", name=plain, parameter=known.parameter, value=value)
    return Protocol(plain, code, float(value), known)
