"""What the solver of games with share-dependent payoffs returns."""

from __future__ import annotations

from dataclasses import dataclass

from solvers.attractors import Profile
from solvers.results import Equilibria, RestPoint
from solvers.stability import Stability


@dataclass(frozen=True, slots=True, eq=False)
class ShareEquilibria(Equilibria):
    """All rest points of a game whose payoffs depend on shares.

    The fields are those of :class:`solvers.results.Equilibria`, with these differences:

    - ``payoffs`` has the axes b of Bernstein coefficients.
    - A rest point's ``is_evolutionarily_stable`` is that of a pure profile: strict Nash at its own shares. By
      continuity everyone else then does worse at all nearby states too, so the profile is asymptotically stable under
      the replicator dynamics. The converse does not hold here: mixed rest points can attract (``stability``), and for
      them the field is None.
    - ``sink_components`` is read off the pure profiles as always, each with the payoffs at its own shares, but proves
      nothing about mixed states; ``dominant`` and ``closed_faces`` are proved.
    - ``closed_faces`` are faces that attract; others may, without being found.

    Attributes
    ----------
    degrees : largest power of each population's share in the payoffs
    dominant : the profile that every path from inside approaches, if iterated dominance proves it
    """

    degrees: tuple[int, ...] = ()
    dominant: Profile | None = None
    method: str = "certified subdivision of Bernstein coefficients with Krawczyk tests"

    @property
    def sinks(self) -> tuple[RestPoint, ...]:
        """Rest points that attract all paths nearby, pure or mixed."""
        return tuple(point for point in self.rest_points if point.stability is Stability.SINK)
