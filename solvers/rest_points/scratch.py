"""Arrays that the search of one face writes into, cut from two long ones so that nothing is allocated on the way."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solvers.arrays import Floats
from solvers.compiled import kernel


class Scratch(NamedTuple):
    """Working arrays for a system of ``functions`` in ``variables``.

    Attributes
    ----------
    values : shape (functions, 2**variables), values at the corners of the box looked at
    errors : shape (functions,), bound on their rounding
    matrix : shape (functions, variables), slopes at the centre
    inverse, newton_inverse : shape (variables, variables)
    image, own_image : shape (variables, 2), range of the Krawczyk map, in half-widths and in shares
    work : shape (2**variables,)
    box, wide : shape (variables, 2), the box looked at and the same widened
    root : shape (variables, 4), point, radius, and ends of the box where it is the only root
    point, at_point : shape (variables,), of Newton's method
    """

    values: Floats
    errors: Floats
    matrix: Floats
    inverse: Floats
    newton_inverse: Floats
    image: Floats
    own_image: Floats
    work: Floats
    box: Floats
    wide: Floats
    root: Floats
    point: Floats
    at_point: Floats


def _scratch_size(functions: int, variables: int) -> int:
    """Floats that ``scratch_in`` needs."""
    corners = 1 << variables
    return (functions + 1) * corners + functions * (1 + variables) + variables * (2 * variables + 14)


scratch_size = kernel(_scratch_size)


def _scratch_in(memory: Floats, functions: int, variables: int) -> Scratch:
    """Cut the working arrays of a system from the front of ``memory``."""
    corners = 1 << variables
    square = variables * variables
    a = functions * corners
    b = a + functions
    c = b + functions * variables
    d = c + square
    e = d + square
    f = e + 2 * variables
    g = f + corners
    h = g + 2 * variables
    i = h + 2 * variables
    j = i + 4 * variables
    k = j + variables
    m = k + variables
    return Scratch(
        memory[:a].reshape((functions, corners)),
        memory[a:b],
        memory[b:c].reshape((functions, variables)),
        memory[c:d].reshape((variables, variables)),
        memory[d:e].reshape((variables, variables)),
        memory[e:f].reshape((variables, 2)),
        memory[m : m + 2 * variables].reshape((variables, 2)),
        memory[f:g],
        memory[g:h].reshape((variables, 2)),
        memory[h:i].reshape((variables, 2)),
        memory[i:j].reshape((variables, 4)),
        memory[j:k],
        memory[k:m],
    )


scratch_in = kernel(_scratch_in)


def _new_scratch(functions: int, variables: int) -> Scratch:
    """Return working arrays of their own memory."""
    return scratch_in(np.empty(scratch_size(functions, variables)), functions, variables)


new_scratch = kernel(_new_scratch)
