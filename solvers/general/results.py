"""What the solver of general games returns: frozen records, arrays inside them read-only."""

from __future__ import annotations

from dataclasses import dataclass

from solvers.arrays import Complexes, Floats, PayoffTensor
from solvers.attractors import Profile
from solvers.general.normal_form import MixedProfile, Support
from solvers.stability import Stability


@dataclass(frozen=True, slots=True, eq=False)
class GeneralRestPoint:
    """A rest point of the multi-population replicator dynamics.

    Attributes
    ----------
    profile : one array per player, share of each strategy
    support : strategies in use, per player
    pure : the profile if every player uses one strategy, else None
    strategy_payoffs : one array per player, expected payoff of each strategy
    payoffs : shape (n,), expected payoff of each player
    eigenvalues : shape (sum of strategies - n,), of the dynamics on the mixed profiles, in payoff units per unit of
        time. Each player has one fewer than strategies: first those of its absent strategies, in their order (payoff
        of the strategy less the player's payoff), then its part of the eigenvalues of the mixing block
    is_nash : no player gains by deviating (ties count as no gain)
    is_strict_nash : every player loses by deviating; only pure profiles can be
    is_evolutionarily_stable : the same as strict Nash across distinct populations; None where a tie leaves it open
    margin : smallest loss from deviating at a pure profile, in payoff units (infinite if nobody can); None if mixed
    residual : largest difference between the payoffs of strategies that one player uses; 0 would be exact
    regret : largest gain of any player from deviating, in payoff units
    radius : half-width of a box around ``profile`` that is proved to hold the rest point; 0 at pure profiles
    verified : existence is proved, and every sign that the other fields rest on is certain
    ties : (player, absent strategy) that pay as much as what the player uses
    """

    profile: MixedProfile
    support: Support
    pure: Profile | None
    strategy_payoffs: tuple[Floats, ...]
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
    ties: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class GeneralComponent:
    """A continuum of rest points, or of Nash equilibria.

    Attributes
    ----------
    support : strategies in use inside it, per player
    dimension : of the set; ``dimension_proved`` says whether it is proved or estimated from the rank at one point
    low, high : one array per player, extent: the least and the greatest share of each strategy
    representative : a profile of it; in its interior if the dimension is proved
    vertices : where the set is a product of polytopes, their vertices, one array [vertex, strategy] per player;
        else None
    residual : largest payoff difference between strategies that one player uses, at the representative
    is_nash : whether its points are Nash equilibria; None if only some are, or it is open
    boxes : undecided boxes it was put together from; 0 if it is exact
    """

    support: Support
    dimension: int
    dimension_proved: bool
    low: MixedProfile
    high: MixedProfile
    representative: MixedProfile
    vertices: tuple[Floats, ...] | None
    residual: float
    is_nash: bool | None
    boxes: int


@dataclass(frozen=True, slots=True, eq=False)
class GeneralUndecided:
    """A part of the profiles that may hold no, one or several rest points.

    Attributes
    ----------
    support : strategies in use, per player; of several supports together, all that any of them uses
    low, high : one array per player, ends of the box
    boxes : number of boxes it was put together from, or of supports that the budget did not reach
    """

    support: Support
    low: MixedProfile
    high: MixedProfile
    boxes: int


@dataclass(frozen=True, slots=True, eq=False)
class GeneralEquilibria:
    """Rest points or Nash equilibria of a game with any number of strategies, with their certificates.

    Attributes
    ----------
    payoffs : shape (n, m_1, ..., m_n)
    what : ``rest`` if every rest point was looked for, ``nash`` if Nash equilibria only
    rest_points : isolated ones, pure ones first; with ``nash`` only those that are Nash equilibria
    components : continua of the same
    nash_subsets : maximal Nash subsets of a two-player game with continua, exact: together with the isolated
        equilibria they are all Nash equilibria. One of dimension 0 is a single equilibrium in a continuum of rest
        points. Empty for more players
    undecided : what could not be decided
    status : ``complete``, ``undecided``, ``budget``, or ``near ties`` if differences of payoffs that are tiny but
        beyond rounding were taken for ties
    complete : whether it is proved that everything looked for is in ``rest_points`` or in a component of proved
        dimension
    sink_components : strongly connected sets of pure profiles that no better reply leaves; ties lead both ways
    closed_faces : minimal sets of strategies closed under better replies, per player
    dominated : (player, strategy) removed by iterated strict dominance before Nash equilibria were looked for
    boxes : boxes that the search took, exact steps included
    """

    payoffs: PayoffTensor
    what: str
    rest_points: tuple[GeneralRestPoint, ...]
    components: tuple[GeneralComponent, ...]
    nash_subsets: tuple[GeneralComponent, ...]
    undecided: tuple[GeneralUndecided, ...]
    status: str
    complete: bool
    sink_components: tuple[tuple[Profile, ...], ...]
    closed_faces: tuple[Support, ...]
    dominated: tuple[tuple[int, int], ...]
    tie_tolerance: float
    boxes: int
    method: str

    @property
    def nash(self) -> tuple[GeneralRestPoint, ...]:
        """Isolated Nash equilibria, pure ones first."""
        return tuple(point for point in self.rest_points if point.is_nash)

    @property
    def ess(self) -> tuple[GeneralRestPoint, ...]:
        """Evolutionarily stable rest points: the strict Nash equilibria."""
        return tuple(point for point in self.rest_points if point.is_evolutionarily_stable)
