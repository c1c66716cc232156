"""Plain definitions for games with any number of strategies, each a sum or a search over pure profiles."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Profile = tuple[int, ...]
Face = tuple[tuple[int, ...], ...]


def profiles(sizes: Sequence[int]) -> list[Profile]:
    return list(itertools.product(*(range(m) for m in sizes)))


def strategy_payoffs(payoffs: Floats, profile: Sequence[Floats]) -> list[Floats]:
    """Expected payoff of each own strategy against the others' mixtures, summed over their pure profiles."""
    found = []
    for player, m in enumerate(payoffs.shape[1:]):
        table = np.zeros(m)
        for pure in profiles(payoffs.shape[1:]):
            weight = float(np.prod([profile[j][s] for j, s in enumerate(pure) if j != player]))
            table[pure[player]] += weight * payoffs[(player, *pure)]
        found.append(table)
    return found


def regret(payoffs: Floats, profile: Sequence[Floats]) -> float:
    """Largest gain of any player from its best reply: zero at a Nash equilibrium and nowhere else."""
    return max(float(u.max() - x @ u) for u, x in zip(strategy_payoffs(payoffs, profile), profile, strict=True))


def velocity(payoffs: Floats, profile: Sequence[Floats]) -> Floats:
    """Replicator dynamics of all shares, players in order."""
    return np.concatenate([x * (u - x @ u) for u, x in zip(strategy_payoffs(payoffs, profile), profile, strict=True)])


def tangent_jacobian(payoffs: Floats, profile: Sequence[Floats], step: float = 1e-5) -> Floats:
    """Central differences of `velocity` along all shares but one of each player, which gives way.

    The share that gives way is the largest: differences then never need a negative share of it.
    """
    base = [int(np.argmax(x)) for x in profile]
    moves = [(i, s) for i, x in enumerate(profile) for s in range(len(x)) if s != base[i]]
    starts = np.concatenate([[0], np.cumsum([len(x) for x in profile])])
    rows = [int(starts[i]) + s for i, s in moves]
    columns = []
    for i, s in moves:
        ends = []
        for side in (step, -step):
            moved = [np.array(x, dtype=float) for x in profile]
            moved[i][s] += side
            moved[i][base[i]] -= side
            ends.append(velocity(payoffs, moved))
        columns.append((ends[0] - ends[1])[rows] / (2 * step))
    return np.stack(columns, axis=1) if columns else np.zeros((0, 0))


def gains(payoffs: Floats, profile: Profile, player: int) -> Floats:
    """What `player` gets from each of its strategies, less what it has."""
    row = payoffs[(player, *profile[:player], slice(None), *profile[player + 1 :])]
    return row - row[profile[player]]


def pure_equilibria(payoffs: Floats) -> set[Profile]:
    """Pure profiles that nobody gains by leaving; weak ones included."""
    everyone = range(len(payoffs))
    return {p for p in profiles(payoffs.shape[1:]) if all(gains(payoffs, p, i).max() <= 0 for i in everyone)}


def sink_components(payoffs: Floats) -> set[frozenset[Profile]]:
    """Sets of pure profiles that better and equal replies never leave, each reachable from each other."""
    nodes = profiles(payoffs.shape[1:])
    forward: dict[Profile, set[Profile]] = {}
    for start in nodes:
        reached, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            for player in range(len(payoffs)):
                for s, gain in enumerate(gains(payoffs, here, player)):
                    there = (*here[:player], s, *here[player + 1 :])
                    if gain >= 0 and there not in reached:
                        reached.add(there)
                        waiting.append(there)
        forward[start] = reached
    return {frozenset(forward[p]) for p in nodes if all(p in forward[other] for other in forward[p])}


def closed_faces(payoffs: Floats) -> set[Face]:
    """Minimal products of strategy sets where every strategy outside loses strictly against every one inside."""
    sizes = payoffs.shape[1:]
    sets = [[c for k in range(1, m + 1) for c in itertools.combinations(range(m), k)] for m in sizes]
    closed = [face for face in itertools.product(*sets) if is_closed(payoffs, face)]

    def contains(outer: Face, inner: Face) -> bool:
        return outer != inner and all(set(b) <= set(a) for a, b in zip(outer, inner, strict=True))

    return {face for face in closed if not any(contains(face, other) for other in closed)}


def is_closed(payoffs: Floats, face: Face) -> bool:
    for profile in itertools.product(*face):
        for player, inside in enumerate(face):
            gain = gains(payoffs, profile, player)
            if any(gain[s] >= 0 for s in range(len(gain)) if s not in inside):
                return False
    return True
