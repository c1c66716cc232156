"""Where evolution can rest, read off the pure profiles: the response graph, its sinks, and closed faces.

An edge of the response graph leads from a pure profile to the one that differs by one population's better reply;
a tie gives an edge both ways. Under the standard replicator dynamics with payoffs that do not depend on the own
share every asymptotically stable set contains a sink component (a strongly connected component without a way out),
so a profile that is the only sink is the only place where evolution can settle. A face is closed if every strategy
outside it loses strictly at every pure profile of the others inside it; then, and only then, the face is
asymptotically stable (Ritzberger and Weibull 1995). Closed faces alone do not settle it: a game can have {1111} as
its only closed face while another sink component attracts most starts.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from solvers.arrays import Booleans, Floats

Profile = tuple[int, ...]


def _moves(losses: Floats, *, with_ties: bool) -> coo_array:
    """Response graph as a sparse matrix over profiles in C order: row is the profile left."""
    players = losses.ndim - 1
    numbers = np.arange(2**players).reshape((2,) * players)
    rows, columns = [], []
    for player in range(players):
        leaves = losses[player] <= 0.0 if with_ties else losses[player] < 0.0
        rows.append(numbers[leaves])
        columns.append(np.flip(numbers, axis=player)[leaves])
    row, column = np.concatenate(rows), np.concatenate(columns)
    return coo_array((np.ones(row.size), (row, column)), shape=(numbers.size, numbers.size))


def _profile(number: int, players: int) -> Profile:
    return tuple((number >> (players - 1 - i)) & 1 for i in range(players))


def sink_components(losses: Floats) -> tuple[tuple[Profile, ...], ...]:
    """Strongly connected components of the response graph that no better reply leaves.

    Parameters
    ----------
    losses : shape (n, 2, ..., 2)
        What each player loses by deviating from each pure profile; exactly 0 at a tie.

    Returns
    -------
    One tuple of profiles per sink component, both sorted.

    Examples
    --------
    Matching pennies has one sink, the cycle through all four profiles:

    >>> losses = np.array([[[-2.0, 2.0], [2.0, -2.0]], [[2.0, -2.0], [-2.0, 2.0]]])
    >>> sink_components(losses)
    (((0, 0), (0, 1), (1, 0), (1, 1)),)
    """
    players = losses.ndim - 1
    graph = _moves(losses, with_ties=True)
    count, label = connected_components(graph, directed=True, connection="strong")
    leaving = np.zeros(count, dtype=bool)
    leaving[label[graph.row][label[graph.row] != label[graph.col]]] = True
    sinks = [
        tuple(_profile(int(v), players) for v in np.flatnonzero(label == c)) for c in range(count) if not leaving[c]
    ]
    return tuple(sorted(sinks))


def is_only_sink(losses: Floats, profile: Profile) -> bool | None:
    """Whether the profile is the only sink component, however ties are resolved.

    True is proved if the profile is strict and better replies that gain strictly lead to it from everywhere; False
    if it is not strict without a tie being involved, or if some profile cannot reach it even when ties count as
    moves. None: ties leave it open.
    """
    players = losses.ndim - 1
    here = np.array([losses[(i, *profile)] for i in range(players)])
    if (here < 0.0).any():
        return False
    number = int(sum(s << (players - 1 - i) for i, s in enumerate(profile)))
    if (here > 0.0).all():
        reached = breadth_first_order(_moves(losses, with_ties=False).T.tocsr(), number, return_predecessors=False)
        if reached.size == 2**players:
            return True
    reached = breadth_first_order(_moves(losses, with_ties=True).T.tocsr(), number, return_predecessors=False)
    if reached.size < 2**players:
        return False
    return None


def closed_faces(losses: Floats) -> tuple[str, ...]:
    """Minimal closed faces, as strings of 0, 1 and * (free), e.g. ``1*1*``; sorted.

    Examples
    --------
    >>> hunt = np.array([[[2.0, -1.0], [-2.0, 1.0]], [[2.0, -2.0], [-1.0, 1.0]]])
    >>> closed_faces(hunt)
    ('00', '11')
    """
    closures = sorted({_closure(losses > 0.0, profile) for profile in np.ndindex(losses.shape[1:])}, key=_freedom)
    found: list[str] = []
    for face in closures:  # fewer free populations first, so that a face is minimal unless it contains one found
        if not any(all(f in ("*", g) for f, g in zip(face, known, strict=True)) for known in found):
            found.append(face)
    return tuple(sorted(found))


def _closure(strict: Booleans, profile: Profile) -> str:
    """Smallest closed face that holds a profile; there is one, since closed faces that meet do so in a closed face."""
    cells: list[int | slice] = list(profile)
    growing = True
    while growing:
        growing = False
        for player, cell in enumerate(cells):
            if not isinstance(cell, slice) and not strict[(player, *cells)].all():
                cells[player] = slice(None)
                growing = True
    return "".join("*" if isinstance(cell, slice) else str(cell) for cell in cells)


def _freedom(face: str) -> tuple[int, str]:
    return face.count("*"), face
