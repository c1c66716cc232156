"""The volume of the shares at which an advantage that depends on shares is positive, enclosed from both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from solvers.share_dependent.advantages import advantage_table, share_payoffs

if TYPE_CHECKING:
    from gamebook.derivations.replicator import Replicator

MOST_CELLS = 40_000  # looked at on one level of the subdivision


def share_volume(field: Replicator, player: int) -> tuple[float, float]:
    """Enclose the volume where D_i > 0 among the shares that D_i may depend on, at the values in use.

    The bounds hold up to rounding: Bernstein coefficients enclose a polynomial on a cell.
    """
    payoffs = field.cells.game.share_tensor(**dict(field.cells.values)).payoffs
    table = advantage_table(share_payoffs(payoffs, most_players=field.n), player)
    return enclosed_positive(table.reshape([length for length in table.shape if length > 1]))


def enclosed_positive(table: NDArray[np.float64]) -> tuple[float, float]:
    """Enclose the volume of the part of the unit cube where a polynomial is positive.

    Parameters
    ----------
    table : Bernstein coefficients, one axis per variable

    Examples
    --------
    >>> low, high = enclosed_positive(np.array([-1.0, -1.0, 1.0]))      # 2 x**2 - 1
    >>> low <= 1 - 0.5**0.5 <= high, high - low < 1e-4
    (True, True)
    """
    cells, size, sure = table[None], 1.0, 0.0
    while True:
        axes = tuple(range(1, cells.ndim))
        low, high = cells.min(axis=axes), cells.max(axis=axes)
        sure += size * float((low > 0).sum())
        open_ = (low <= 0) & (high > 0)
        count = int(open_.sum())
        if not axes or count == 0 or count * 2 ** (cells.ndim - 1) > MOST_CELLS or size < 1e-12:
            return sure, sure + size * count
        cells = cells[open_]
        for axis in axes:
            cells = np.concatenate(_halves(cells, axis))
            size /= 2


def _halves(cells: NDArray[np.float64], axis: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the coefficients on either half of one variable, by de Casteljau's rule."""
    rows = np.moveaxis(cells, axis, 0)
    left, right = [rows[0]], [rows[-1]]
    while len(rows) > 1:
        rows = (rows[:-1] + rows[1:]) / 2
        left.append(rows[0])
        right.append(rows[-1])
    return np.moveaxis(np.stack(left), 0, axis), np.moveaxis(np.stack(right[::-1]), 0, axis)
