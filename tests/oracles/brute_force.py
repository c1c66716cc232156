"""Plain definitions, each written out as a sum or a search over pure profiles, to check solvers against."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Profile = tuple[int, ...]


def profiles(n: int) -> list[Profile]:
    return list(itertools.product((0, 1), repeat=n))


def strategy_payoffs(payoffs: Floats, shares: ArrayLike) -> Floats:
    """[player, strategy]: expected payoff of each own strategy against the others' shares."""
    x = np.asarray(shares, dtype=np.float64)
    n = len(payoffs)
    table = np.zeros((n, 2))
    for player in range(n):
        for profile in profiles(n):
            weight = 1.0
            for other in range(n):
                if other != player:
                    weight *= x[other] if profile[other] else 1.0 - x[other]
            table[player, profile[player]] += weight * payoffs[(player, *profile)]
    return table


def regret(payoffs: Floats, shares: ArrayLike) -> float:
    """Largest gain of any player from its best reply: zero at a Nash equilibrium and nowhere else."""
    x = np.asarray(shares, dtype=np.float64)
    table = strategy_payoffs(payoffs, x)
    mean = (1.0 - x) * table[:, 0] + x * table[:, 1]
    return float((table.max(axis=1) - mean).max())


def scales(payoffs: Floats) -> Floats:
    """Largest absolute payoff difference between a player's own two strategies, per player."""
    return np.array([np.abs(np.diff(own, axis=player)).max() for player, own in enumerate(payoffs)])


def velocity(payoffs: Floats, shares: ArrayLike) -> Floats:
    """Replicator dynamics: growth of index 1 is its payoff less the mean payoff of its population."""
    x = np.asarray(shares, dtype=np.float64)
    table = strategy_payoffs(payoffs, x)
    mean = (1.0 - x) * table[:, 0] + x * table[:, 1]
    return x * (table[:, 1] - mean)


def difference_jacobian(payoffs: Floats, shares: ArrayLike, step: float = 1e-5) -> Floats:
    """Central differences of `velocity`: row is the equation, column the variable."""
    x = np.asarray(shares, dtype=np.float64)
    columns = []
    for j in range(len(x)):
        ahead, behind = x.copy(), x.copy()
        ahead[j] += step
        behind[j] -= step
        columns.append((velocity(payoffs, ahead) - velocity(payoffs, behind)) / (2 * step))
    return np.stack(columns, axis=1)


def deviation_gain(payoffs: Floats, profile: Profile, player: int) -> float:
    """What `player` gains by leaving a pure profile."""
    other = list(profile)
    other[player] = 1 - profile[player]
    return float(payoffs[(player, *other)] - payoffs[(player, *profile)])


def pure_equilibria(payoffs: Floats) -> list[Profile]:
    """Pure profiles that nobody gains by leaving; weak ones included."""
    n = len(payoffs)
    return [
        profile for profile in profiles(n) if all(deviation_gain(payoffs, profile, player) <= 0 for player in range(n))
    ]


def sink_components(payoffs: Floats) -> set[frozenset[str]]:
    """Sets of pure profiles that better and equal replies never leave, each profile reachable from each other."""
    n = len(payoffs)
    nodes = profiles(n)
    number = {profile: position for position, profile in enumerate(nodes)}
    reach = np.eye(len(nodes), dtype=bool)
    for profile in nodes:
        for player in range(n):
            if deviation_gain(payoffs, profile, player) >= 0:
                other = list(profile)
                other[player] = 1 - profile[player]
                reach[number[profile], number[tuple(other)]] = True
    for middle in range(len(nodes)):
        reach |= reach[:, middle : middle + 1] & reach[middle : middle + 1, :]
    sinks = set()
    for profile in nodes:
        forward = {other for other in nodes if reach[number[profile], number[other]]}
        if all(reach[number[other], number[profile]] for other in forward):
            sinks.add(frozenset("".join(map(str, other)) for other in forward))
    return sinks


def closed_faces(payoffs: Floats) -> set[str]:
    """Minimal faces where every strategy outside loses strictly at every pure profile inside; '*' is both."""
    n = len(payoffs)
    closed = []
    for face in itertools.product("01*", repeat=n):
        inside = [
            profile
            for profile in profiles(n)
            if all(kind in ("*", str(choice)) for kind, choice in zip(face, profile, strict=True))
        ]
        fixed = [player for player in range(n) if face[player] != "*"]
        if all(deviation_gain(payoffs, profile, player) < 0 for profile in inside for player in fixed):
            closed.append(face)

    def contains(outer: tuple[str, ...], inner: tuple[str, ...]) -> bool:
        return outer != inner and all(a in ("*", b) for a, b in zip(outer, inner, strict=True))

    return {"".join(face) for face in closed if not any(contains(face, other) for other in closed)}
