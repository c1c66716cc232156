"""Where many starts end under a protocol: the index of a rest point per start, or what the path does instead.

Two-strategy games are followed in lockstep by ``protocol_lanes``, the others path by path. Strict equilibria capture
paths with proof under every protocol but logit and mutation; under those, and in weak or mixed equilibria, paths come
to rest, and ends that lie together are one rest point. What neither settles nor comes to rest is classified by
``protocol_fate``, path by path.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

from solvers.arrays import Booleans, Floats, Integers
from solvers.attractors import Profile
from solvers.dynamics.fate import Fate
from solvers.dynamics.field_in_lanes import uses_log_odds
from solvers.dynamics.motion import motion
from solvers.dynamics.population_game import PopulationGame
from solvers.dynamics.problem import from_log_odds
from solvers.dynamics.profiles import MixedProfile, by_population, flat_profiles, index_one
from solvers.dynamics.protocol_fate import protocol_fates
from solvers.dynamics.protocol_lanes import RESTING, follow_protocol_all
from solvers.dynamics.protocols import BEST_RESPONSE, MUTATION, Protocol
from solvers.dynamics.sigmoid_in_lanes import LANES
from solvers.dynamics.steps import UNSETTLED
from solvers.dynamics.strict_boxes import StrictBoxes, strict_boxes
from solvers.errors import SolverInputError

TOGETHER = 1e-4
"""Ends at rest no farther apart than this in any share are one rest point."""
CHUNKS_PER_THREAD = 2
_FARTHEST = 700.0  # log-odds from which mutation starts at the border


@dataclass(frozen=True, slots=True, eq=False)
class RestingPlace:
    """A point where paths end.

    Attributes
    ----------
    profile : one array of shares per population
    pure : strategy per population if it is a strict equilibrium that captures with proof, else None
    """

    profile: tuple[Floats, ...]
    pure: Profile | None


@dataclass(frozen=True, slots=True, eq=False)
class ProtocolEnds:
    """Ends of paths.

    Attributes
    ----------
    places : strict equilibria first, in lexical order, then the rest points that paths came to
    outcome : shape (paths,), index into ``places``, or -1 where the path does something else
    fate : one per path: settled (proved), at rest, cycling, heteroclinic, closing in, sliding, undecided, out of
        budget; None where the path was not classified
    time : shape (paths,), when it was known, in the unit of payoffs and speeds
    profiles : per population an array [path, strategy], the last point followed
    """

    places: tuple[RestingPlace, ...]
    outcome: Integers
    fate: tuple[Fate | None, ...]
    time: Floats
    profiles: tuple[Floats, ...]


def protocol_ends(
    game: PopulationGame,
    starts: MixedProfile,
    protocol: Protocol,
    *,
    horizon: float = 1e6,
    most_steps: int = 1_000,
    tolerance: float = 1e-8,
    classified: int | None = None,
) -> ProtocolEnds:
    """Follow many paths to their ends.

    Parameters
    ----------
    starts : mixed profiles with one leading axis for the paths, see ``profiles.flat_profiles``
    horizon : longest time, in units of about 1 over the largest velocity
    most_steps : steps per path before it is classified
    tolerance : error per step
    classified : how many of the paths that neither settle nor rest are classified (the first ones); default all

    Examples
    --------
    In the stag hunt with indifference at 2/3 logit choice with little noise stays near one of the equilibria:

    >>> from solvers.dynamics.population_game import population_game
    >>> from solvers.dynamics.protocols import protocol
    >>> hunt = population_game([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
    >>> ends = protocol_ends(hunt, [[0.6, 0.6], [0.7, 0.8], [0.2, 0.1]], protocol("logit", noise=0.1))
    >>> ends.outcome.tolist(), [place.profile[0].round(3).tolist() for place in ends.places]
    ([0, 1, 0], [[1.0, 0.0], [0.0, 1.0]])
    """
    flat = flat_profiles(game, starts)
    if flat.ndim != 2:
        raise SolverInputError("profile.paths", shape=flat.shape)
    boxes = strict_boxes(game)
    if not protocol.properties.monotone:
        boxes = StrictBoxes(boxes.profiles[:0], boxes.widths[:0])
    outcome, time, ends = np.full(len(flat), UNSETTLED), np.zeros(len(flat)), flat
    if game.two_strategies and protocol.code != BEST_RESPONSE:
        outcome, time, ends = _in_lanes(
            game, flat, protocol, boxes, horizon=horizon, most_steps=most_steps, tolerance=tolerance
        )
    fate: list[Fate | None] = [
        Fate.SETTLED if k >= 0 else Fate.AT_REST if k == RESTING else None for k in outcome.tolist()
    ]
    left = np.flatnonzero((outcome != RESTING) & (outcome < 0))[:classified]
    if left.size:
        found = protocol_fates(game, by_population(game, flat[left]), protocol, boxes=boxes, tolerance=tolerance)
        ends = ends.copy()
        ends[left], time[left] = np.concatenate(found.profiles, axis=-1), found.time
        numbers = {tuple(profile): k for k, profile in enumerate(boxes.profiles.tolist())}
        for place, what, target in zip(left.tolist(), found.fate, found.target, strict=True):
            fate[place] = what
            # Best response may settle in a strict equilibrium that is strict by too little to have a box.
            outcome[place] = numbers.get(target, RESTING) if target is not None else UNSETTLED
    rests = np.array([what is Fate.AT_REST for what in fate]) | (outcome == RESTING)
    places = [RestingPlace(_vertex(game, pure), tuple(pure)) for pure in boxes.profiles.tolist()]
    outcome = np.where(outcome >= 0, outcome, UNSETTLED)
    points, label = together(ends[rests])
    outcome[rests] = np.where(label >= 0, label + len(places), UNSETTLED)
    places += [RestingPlace(by_population(game, point), None) for point in points]
    return ProtocolEnds(tuple(places), outcome, tuple(fate), time, by_population(game, ends))


def _in_lanes(
    game: PopulationGame,
    flat: Floats,
    protocol: Protocol,
    boxes: StrictBoxes,
    *,
    horizon: float,
    most_steps: int,
    tolerance: float,
) -> tuple[Integers, Floats, Floats]:
    """Outcome, time and last flat profile of paths of a two-strategy game."""
    prepared, unit = motion(game, protocol)
    in_log_odds = uses_log_odds(protocol.code)
    states = lane_states(game, flat, protocol)
    outcome, time = np.empty(len(flat), np.int64), np.empty(len(flat))
    reach = np.log1p(-boxes.widths) - np.log(boxes.widths) if in_log_odds else 0.5 - boxes.widths
    chunk = max(4 * LANES, -(-len(flat) // (CHUNKS_PER_THREAD * numba.get_num_threads())))
    follow_protocol_all(
        prepared, states, boxes.profiles, reach, horizon, most_steps, tolerance, chunk, outcome, time
    )  # fmt: skip
    share = from_log_odds(states) if in_log_odds else states
    other = from_log_odds(-states) if in_log_odds else 1.0 - states
    return outcome, time / unit, np.stack([other, share], axis=-1).reshape(flat.shape)


def lane_states(game: PopulationGame, flat: Floats, protocol: Protocol) -> Floats:
    """States of ``field_in_lanes`` at flat profiles: log-odds or shares of index 1; shape (paths, n)."""
    if not uses_log_odds(protocol.code):
        return index_one(game, flat)
    with np.errstate(divide="ignore"):
        states: Floats = np.log(flat[:, 1::2]) - np.log(flat[:, 0::2])
    if protocol.code == MUTATION:
        states = np.clip(states, -_FARTHEST, _FARTHEST)
    return np.ascontiguousarray(states)


def _vertex(game: PopulationGame, pure: list[int]) -> tuple[Floats, ...]:
    return tuple(np.eye(size)[s] for size, s in zip(game.sizes, pure, strict=True))


def together(points: Floats) -> tuple[list[Floats], Integers]:
    """Group points that lie within ``TOGETHER`` of one another.

    Returns
    -------
    One point per group, the largest group first, and each point's group.

    Examples
    --------
    >>> found, label = together(np.array([[0.5], [0.2], [0.500001]]))
    >>> [point.tolist() for point in found], label.tolist()
    ([[0.5], [0.2]], [0, 1, 0])
    """
    label = np.full(len(points), -1)
    found: list[Floats] = []
    while (label < 0).any():
        first = points[int(np.argmax(label < 0))]
        near: Booleans = (label < 0) & (np.abs(points - first).max(axis=-1) <= TOGETHER)
        label[near] = len(found)
        found.append(first)
    order = sorted(range(len(found)), key=lambda k: (-int((label == k).sum()), k))
    rank = np.empty(len(found), dtype=np.int64)
    rank[order] = np.arange(len(found))
    return [found[k] for k in order], rank[label] if len(found) else label
