"""What the equilibrium solver returns: frozen records, arrays inside them read-only."""

from __future__ import annotations

from dataclasses import dataclass

from solvers.arrays import Complexes, Floats, PayoffTensor
from solvers.attractors import Profile
from solvers.stability import Stability


@dataclass(frozen=True, slots=True, eq=False)
class RestPoint:
    """An isolated rest point of the replicator dynamics.

    Attributes
    ----------
    shares : shape (n,), share of index 1
    mixing : players that mix; pure : the profile if nobody does, else None
    advantages : shape (n,), payoff of index 1 minus index 0, in payoff units
    payoffs : shape (n,), expected payoff of each player
    eigenvalues : shape (n,), in payoff units per unit of time; entry i belongs to player i if it is pure
    is_nash : no player gains by deviating (ties count as no gain)
    is_strict_nash : every player loses by deviating; only pure profiles can be
    is_evolutionarily_stable : the same as strict Nash across distinct populations; None where a tie leaves it open
    margin : smallest loss from deviating at a pure profile, in payoff units; None at mixed points
    residual : largest advantage of a mixing player, in payoff units; 0 would be exact
    regret : largest gain of any player from deviating, in payoff units
    radius : half-width of a box around ``shares`` that is proved to hold the rest point; 0 at pure profiles
    verified : existence is proved, and every sign that the other fields rest on is certain
    ties : players that are pure here and indifferent
    """

    shares: Floats
    mixing: tuple[int, ...]
    pure: Profile | None
    advantages: Floats
    payoffs: Floats
    eigenvalues: Complexes
    stability: Stability
    is_nash: bool
    is_strict_nash: bool
    is_evolutionarily_stable: bool | None
    margin: float | None
    residual: float
    regret: float
    radius: float
    verified: bool
    ties: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """A continuum of rest points: a whole face, a point times free shares, the zeros of an advantage, or a cluster.

    Attributes
    ----------
    face : 0, 1 (pure) or * (mixing) per player
    dimension : of the set; ``dimension_proved`` says whether it is proved or estimated from the rank at one point
    low, high : shape (n,), extent: the smallest box known to hold the component
    representative : shape (n,), a point of it
    residual : largest advantage of a mixing player at the representative, in payoff units
    is_nash : whether its points are Nash equilibria; None if only some are, or it is open
    boxes : boxes it was laid out in, for a curved set or a cluster; 0 if the extent is exact
    """

    face: str
    dimension: int
    dimension_proved: bool
    low: Floats
    high: Floats
    representative: Floats
    residual: float
    is_nash: bool | None
    boxes: int


@dataclass(frozen=True, slots=True, eq=False)
class Undecided:
    """A box of a face that may hold no, one or several rest points: a double root to working precision, or a budget.

    Attributes
    ----------
    face : 0, 1 or * per player
    low, high : shape (n,), ends of the box
    boxes : number of boxes it was put together from
    """

    face: str
    low: Floats
    high: Floats
    boxes: int


@dataclass(frozen=True, slots=True, eq=False)
class Equilibria:
    """All rest points of a two-strategy game with their certificates.

    ``complete`` is True if it is proved that every rest point is in ``rest_points`` or in a component of proved
    dimension. ``status`` says why not: ``complete``, ``undecided``, ``budget``, or ``near ties`` if differences of
    payoffs that are tiny but beyond rounding were taken for ties.
    """

    payoffs: PayoffTensor
    rest_points: tuple[RestPoint, ...]
    components: tuple[Component, ...]
    undecided: tuple[Undecided, ...]
    status: str
    complete: bool
    sink_components: tuple[tuple[Profile, ...], ...]
    closed_faces: tuple[str, ...]
    ties: tuple[tuple[int, Profile], ...]
    tie_tolerance: float
    boxes: int
    method: str = "certified subdivision with Krawczyk tests"

    @property
    def nash(self) -> tuple[RestPoint, ...]:
        """Isolated Nash equilibria, pure ones first."""
        return tuple(point for point in self.rest_points if point.is_nash)

    @property
    def ess(self) -> tuple[RestPoint, ...]:
        """Evolutionarily stable rest points: the strict Nash equilibria."""
        return tuple(point for point in self.rest_points if point.is_evolutionarily_stable)
