"""A game under a protocol in the form that kernels follow: scaled payoffs, rates, and one unit of time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solvers.arrays import Floats, Integers
from solvers.dynamics.population_game import PopulationGame
from solvers.dynamics.protocols import LOGIT, MAYNARD_SMITH, MUTATION, Protocol
from solvers.dynamics.velocity import payoff_shift

SHARPEST = 1e300
"""Largest scaled payoff difference over noise; a smaller noise makes no difference to any choice."""


class Motion(NamedTuple):
    """What the kernels of the protocols read; time runs in units in which no velocity exceeds about 1.

    Attributes
    ----------
    code : number of the protocol
    dependent : 1 where payoffs depend on shares (Bernstein form), else 0
    sizes : shape (n,), strategies
    offsets : shape (n + 1,), where each population begins in a flat profile
    lengths : shape (n, n), length of the axis of population j in the tables of population i
    strides : shape (n, n), distance in such a table between neighbours along the axis
    multi : shape (n,), 1 where every axis but the own, of length 1, has length 2
    places : shape (n + 1,), where each population's tables begin
    tables : all tables one after another: [strategy, axes] in C order, strategy 0 first (for Maynard Smith with the
        shift added), the others less strategy 0
    rates : shape (n,), what multiplies the scaled velocity
    drift : shape (n,), for mutation its rate, for logit one over the scaled noise, else 0
    pace : shape (n,), a velocity that none of the population's shares exceeds by much
    """

    code: int
    dependent: int
    sizes: Integers
    offsets: Integers
    lengths: Integers
    strides: Integers
    multi: Integers
    places: Integers
    tables: Floats
    rates: Floats
    drift: Floats
    pace: Floats


def motion(game: PopulationGame, protocol: Protocol) -> tuple[Motion, float]:
    """Bring a game and a protocol into the form that kernels follow.

    Returns
    -------
    The motion, and the number of its units of time in one of the caller's (a power of two).

    Examples
    --------
    >>> from solvers.dynamics.population_game import population_game
    >>> from solvers.dynamics.protocols import protocol
    >>> hunt = population_game([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]], speeds=[1, 4])
    >>> motion(hunt, protocol())[1], motion(hunt, protocol("best-response"))[1]
    (8.0, 4.0)
    """
    rows = list(game.rows)
    pace = game.speeds.copy()
    drift = np.zeros(game.players)
    if protocol.code == MAYNARD_SMITH:
        shifts = np.ldexp(payoff_shift(game), -game.exponents)
        rows = [np.concatenate([row[:1] + shift, row[1:]]) for row, shift in zip(rows, shifts, strict=True)]
    elif protocol.code == LOGIT:
        with np.errstate(over="ignore", divide="ignore"):
            drift = np.minimum(np.ldexp(1.0, game.exponents) / protocol.parameter, SHARPEST)
    elif protocol.code == MUTATION:
        drift = pace * protocol.parameter
    if protocol.properties.payoff_paced:
        pace = np.ldexp(pace, game.exponents)
    largest = np.array([np.abs(row[1:]).max(initial=0.0) for row in rows])
    if protocol.properties.payoff_paced:
        fastest = pace * largest + (drift if protocol.code == MUTATION else 0.0)
    elif protocol.code == MAYNARD_SMITH:
        fastest = pace * largest / np.array([min(row[0].min(), (row[0] + row[1:]).min(initial=np.inf)) for row in rows])
    else:
        fastest = pace
    unit = float(2.0 ** np.ceil(np.log2(fastest.max()))) if fastest.max() > 0.0 else 1.0
    if protocol.code == MUTATION:
        drift = drift / unit
    lengths = np.array([row.shape[1:] for row in rows], dtype=np.int64)
    return Motion(
        code=protocol.code,
        dependent=int(game.share_dependent),
        sizes=np.array(game.sizes, dtype=np.int64),
        offsets=game.offsets,
        lengths=lengths,
        strides=np.array([[np.prod(one[j + 1 :], dtype=np.int64) for j in range(game.players)] for one in lengths]),
        multi=(lengths == 2 - np.eye(game.players, dtype=np.int64)).all(axis=1).astype(np.int64),
        places=np.concatenate([[0], np.cumsum([row.size for row in rows])]).astype(np.int64),
        tables=np.concatenate([row.ravel() for row in rows]),
        rates=pace / unit,
        drift=drift,
        pace=fastest / unit,
    ), unit
