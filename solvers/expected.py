"""Expected payoffs and payoff advantages at mixed profiles: the only file that contracts a payoff tensor."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from solvers.arrays import Advantages, Floats, PayoffTensor, Shares


def payoff_advantages(payoffs: PayoffTensor) -> Advantages:
    """Payoff of index 1 minus that of index 0 at every pure profile of the others.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2), payoff per player and pure profile

    Returns
    -------
    shape (n, 2, ..., 2), constant along each player's own axis. One subtraction each, so every sign is exact.

    Examples
    --------
    >>> pennies = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])
    >>> payoff_advantages(pennies)[0, 0]
    array([-2.,  2.])
    """
    result = np.empty_like(payoffs, dtype=np.float64)
    for player in range(payoffs.shape[0]):
        cells = payoffs[player]
        gain = np.take(cells, [1], axis=player) - np.take(cells, [0], axis=player)
        result[player] = np.broadcast_to(gain, cells.shape)
    return result


def expected(values: Floats, shares: Shares) -> Floats:
    """Expectation of a table over pure profiles when populations mix independently.

    Parameters
    ----------
    values : shape (k, 2, ..., 2), any k quantities on n two-strategy populations
    shares : shape (..., n), share of index 1

    Returns
    -------
    shape (..., k)

    Examples
    --------
    >>> float(expected(np.array([[[0.0, 1.0], [2.0, 5.0]]]), np.array([0.5, 0.5]))[0])
    2.0
    """
    x = np.asarray(shares, dtype=np.float64)
    lead = x.shape[:-1]
    table = np.broadcast_to(values, (*lead, *values.shape))
    for player in range(x.shape[-1]):
        axis = len(lead) + 1
        share = x[..., player].reshape(lead + (1,) * (table.ndim - len(lead) - 1))
        low, high = np.take(table, 0, axis=axis), np.take(table, 1, axis=axis)
        table = low + share * (high - low)
    return table


def advantage(advantages: Advantages, shares: Shares) -> Floats:
    """Payoff advantage of index 1 per player at mixed profiles; shape (..., n)."""
    return expected(advantages, shares)


def advantage_slopes(advantages: Advantages, shares: Shares) -> Floats:
    """Derivative of each advantage with respect to each share; shape (..., i, j), exact since multi-affine.

    Examples
    --------
    >>> pennies = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])
    >>> advantage_slopes(payoff_advantages(pennies), np.array([0.5, 0.5]))
    array([[ 0.,  4.],
           [-4.,  0.]])
    """
    x = np.asarray(shares, dtype=np.float64)
    columns = []
    for j in range(x.shape[-1]):
        at_zero, at_one = x.copy(), x.copy()
        at_zero[..., j], at_one[..., j] = 0.0, 1.0
        columns.append(expected(advantages, at_one) - expected(advantages, at_zero))
    return np.stack(columns, axis=-1)


def conditional_payoffs(payoffs: PayoffTensor, fixed: Mapping[int, float]) -> PayoffTensor:
    """Game of the other players when some populations' shares are held fixed.

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2)
    fixed : player -> share of index 1, in [0, 1]

    Returns
    -------
    shape (m, 2, ..., 2) for the m players left, in their order. A share of exactly 0 or 1 takes the cells as they
    are, to the last bit.

    Examples
    --------
    >>> hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    >>> conditional_payoffs(hunt, {0: 0.5})
    array([[2. , 1.5]])
    """
    free = [player for player in range(payoffs.shape[0]) if player not in fixed]
    table = payoffs[free]
    for player in sorted(fixed, reverse=True):
        share = fixed[player]
        low, high = np.take(table, 0, axis=player + 1), np.take(table, 1, axis=player + 1)
        table = low if share == 0.0 else high if share == 1.0 else low + share * (high - low)
    return np.ascontiguousarray(table)
