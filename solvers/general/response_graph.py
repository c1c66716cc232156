"""Where evolution can rest in a general game, read off the pure profiles: sinks and closed sets of strategies.

An edge of the response graph leads along each deviation of one player that gains, and both ways along a tie. A set of
strategies per player is closed under better replies if, whatever the others choose within it, every strategy outside
loses strictly against every one inside; the face it spans is then asymptotically stable under the replicator dynamics
(Ritzberger and Weibull 1995).

References
----------
Ritzberger and Weibull (1995), Evolutionary selection in normal-form games, Econometrica 63.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from solvers.arrays import Integers, PayoffTensor
from solvers.attractors import Profile
from solvers.general.normal_form import Support


def _moves(tied: PayoffTensor, *, with_ties: bool) -> tuple[Integers, Integers]:
    """Edges of the response graph over profiles numbered in C order: where from, where to."""
    numbers = np.arange(tied[0].size).reshape(tied.shape[1:])
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for player, size in enumerate(tied.shape[1:]):
        for shift in range(1, size):
            better = np.roll(tied[player], -shift, axis=player)
            gains = better >= tied[player] if with_ties else better > tied[player]
            rows.append(numbers[gains])
            columns.append(np.roll(numbers, -shift, axis=player)[gains])
    return np.concatenate(rows), np.concatenate(columns)


def sink_components(tied: PayoffTensor) -> tuple[tuple[Profile, ...], ...]:
    """Strongly connected components of the response graph that no better reply leaves.

    Parameters
    ----------
    tied : shape (n, m_1, ..., m_n), payoffs with exact ties

    Returns
    -------
    One tuple of profiles per sink component, both sorted.

    Examples
    --------
    Rock, paper, scissors goes round through all nine profiles.

    >>> wins = np.array([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]])
    >>> [len(sink) for sink in sink_components(np.stack([wins, wins.T]))]
    [9]
    """
    sizes = tied.shape[1:]
    row, column = _moves(tied, with_ties=True)
    profiles = tied[0].size
    graph = coo_array((np.ones(row.size, np.int8), (row, column)), shape=(profiles, profiles))
    count, label = connected_components(graph, directed=True, connection="strong")
    leaving = np.zeros(count, dtype=bool)
    leaving[label[row][label[row] != label[column]]] = True
    members: dict[int, list[Profile]] = {int(c): [] for c in np.flatnonzero(~leaving)}
    for number in np.flatnonzero(~leaving[label]):
        place = np.unravel_index(int(number), sizes)
        members[int(label[number])].append(tuple(int(s) for s in place))
    return tuple(sorted(tuple(profiles) for profiles in members.values()))


def is_only_sink(tied: PayoffTensor, profile: Profile) -> bool | None:
    """Whether the profile is the only sink component, however ties are resolved.

    True is proved if every deviation from it loses and moves that gain strictly lead to it from everywhere; False if
    a deviation gains, or some profile cannot reach it even when ties count as moves. None: ties leave it open.

    Examples
    --------
    >>> dilemma = np.array([[[1.0, -2.0], [3.0, 0.0]], [[1.0, 3.0], [-2.0, 0.0]]])
    >>> is_only_sink(dilemma, (1, 1)), is_only_sink(dilemma, (0, 0))
    (True, False)
    """
    number = int(np.ravel_multi_index(profile, tied.shape[1:]))
    losses = [
        np.delete(own[profile] - own[(*profile[:i], slice(None), *profile[i + 1 :])], profile[i])
        for i, own in enumerate(tied)
    ]
    if any(bool((loss < 0.0).any()) for loss in losses):
        return False
    if all(bool((loss > 0.0).all()) for loss in losses) and _reach(tied, number, with_ties=False) == tied[0].size:
        return True
    return None if _reach(tied, number, with_ties=True) == tied[0].size else False


def _reach(tied: PayoffTensor, number: int, *, with_ties: bool) -> int:
    """Number of profiles from which moves lead to the given one, itself included."""
    row, column = _moves(tied, with_ties=with_ties)
    backwards = coo_array((np.ones(row.size, np.int8), (column, row)), shape=(tied[0].size,) * 2)
    return int(breadth_first_order(backwards.tocsr(), number, return_predecessors=False).size)


def closure(tied: PayoffTensor, profile: Profile) -> Support:
    """Smallest set of strategies per player that holds the profile and is closed under better replies.

    Examples
    --------
    >>> hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    >>> closure(hunt, (1, 1)), closure(hunt, (0, 1))
    (((1,), (1,)), ((0, 1), (0, 1)))
    """
    chosen = [{s} for s in profile]
    grew = True
    while grew:
        grew = False
        for player, inside in enumerate(chosen):
            outside = [s for s in range(tied.shape[player + 1]) if s not in inside]
            if not outside:
                continue
            others = [sorted(used) for used in chosen]
            others[player] = list(range(tied.shape[player + 1]))
            rows = np.moveaxis(tied[player][np.ix_(*others)], player, 0).reshape(tied.shape[player + 1], -1)
            least = rows[sorted(inside)].min(axis=0)
            better = {s for s in outside if bool((rows[s] >= least).any())}
            if better:
                inside |= better
                grew = True
    return tuple(tuple(sorted(used)) for used in chosen)


def closed_faces(tied: PayoffTensor, sinks: tuple[tuple[Profile, ...], ...]) -> tuple[Support, ...]:
    """Minimal sets of strategies closed under better replies, sorted.

    Every closed set holds a whole sink component of the response graph, so those of the sinks' profiles suffice.

    Examples
    --------
    >>> hunt = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    >>> closed_faces(hunt, sink_components(hunt))
    (((0,), (0,)), ((1,), (1,)))
    """
    found = {closure(tied, sink[0]) for sink in sinks}
    return tuple(sorted(face for face in found if not any(other != face and _within(other, face) for other in found)))


def _within(inner: Support, outer: Support) -> bool:
    return all(set(a) <= set(b) for a, b in zip(inner, outer, strict=True))
