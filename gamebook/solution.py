"""The result of ``solve``: everything found, with the checks, ready to print or to write as JSON."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gamebook.gains import Gains
from gamebook.modes import Government
from gamebook.path_cost import PathCost
from gamebook.robustness.first_line import FirstLine
from gamebook.share_dependence import ShareDependence
from gamebook.subject import Subject
from gamebook.verdict import Blocker, Coordination, Part
from payoffs.accounts import MATCHED
from payoffs.ledger import Flow, Money
from solvers.arrays import Floats, PayoffTensor
from solvers.attractors import Profile
from solvers.basins import Basins
from solvers.dynamics.fate import Fates
from solvers.equilibria import MOST_BOXES
from solvers.exact.certificate import Certificate
from solvers.expected import expected
from solvers.results import Equilibria, RestPoint
from solvers.share_dependent.advantages import expected_payoffs

if TYPE_CHECKING:
    from gamebook.mediation import Mediation

SCHEMA = "gamebook/solution/1"


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """A state of the game and what it costs.

    Attributes
    ----------
    role : ``start``, ``coordination``, ``end`` (of the status-quo path), ``asked`` or ``sink``
    profile : pure profile as a string, or None for mixed shares
    shares : shape (n,)
    payoffs : shape (n,), expected, per period in the unit of the game
    advantages : shape (n,), payoff of index 1 less that of index 0
    gap : largest difference of payoff between the segments or regions of one party; None if none is split
    money, measures, flows : from the ledger; None and empty for games given as a table
    number : of a state that was asked for, from 1
    """

    role: str
    profile: str | None
    shares: Floats
    payoffs: Floats
    advantages: Floats
    gap: float | None
    money: Money | None
    measures: dict[str, float]
    flows: tuple[Flow, ...]
    number: int | None = None

    @property
    def mismatch(self) -> float | None:
        """Share of workers whose skills are not used; None if the game does not measure who is matched."""
        return None if MATCHED not in self.measures else 1.0 - self.measures[MATCHED]


@dataclass(frozen=True, slots=True, eq=False)
class CrossCheck:
    """A second opinion by another program on a two-party game: nashpy's support enumeration.

    ``agrees`` is None if the game is degenerate, where support enumeration promises nothing.
    """

    method: str
    equilibria: int
    agrees: bool | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Solution(Subject):
    """All that ``solve`` finds. ``print(solution)`` gives the report, ``solution.to_json()`` the data.

    What was solved, with names and settings, is described in ``Subject``.

    Attributes
    ----------
    payoffs : shape (n, 2, ..., 2) of the whole game of n populations
    equilibria : of the game of the free populations, with certificates
    end, path : where the path from the status quo settles, if it does, and all that is known of it
    basins, coordination, blockers, states : see their classes; coordination is None if the game names no profile
    parts : the verdict population by population; empty unless a party is split
    government : its modes side by side; None unless a public party is free to move
    policy_cost : outlay and burden, half over the status quo and half at coordination; None without a ledger
    path_cost : the same along the path from the status quo, discounted
    gains : of the parties over the game without instruments; None if none is in force
    seed, most_boxes : of the sampled starts; budget of the search, or what it came to where a time ended it
    certificate : the proof in exact arithmetic, if it was asked for
    mediation : best correlated beside best Nash equilibrium, where a mediator is in force
    share_dependence : what is said only where payoffs depend on shares; None elsewhere
    robustness : how often the verdict holds when the unknowns are drawn, or why that is not said
    """

    payoffs: PayoffTensor
    equilibria: Equilibria
    basins: Basins
    end: Profile | None
    path: Fates | None
    coordination: Coordination | None
    parts: tuple[Part, ...]
    government: Government | None
    blockers: tuple[Blocker, ...]
    states: tuple[State, ...]
    policy_cost: float | None
    path_cost: PathCost | None
    gains: Gains | None
    cross_check: CrossCheck | None
    seed: int
    most_boxes: int = MOST_BOXES
    certificate: Certificate | None = None
    mediation: Mediation | None = None
    share_dependence: ShareDependence | None = None
    robustness: FirstLine | None = None

    @property
    def rest_points(self) -> tuple[RestPoint, ...]:
        """Isolated rest points of the free populations, pure ones first."""
        return self.equilibria.rest_points

    @property
    def nash(self) -> tuple[RestPoint, ...]:
        """Isolated Nash equilibria."""
        return self.equilibria.nash

    @property
    def ess(self) -> tuple[RestPoint, ...]:
        """Evolutionarily stable rest points: the strict Nash equilibria."""
        return self.equilibria.ess

    @property
    def components(self) -> tuple[object, ...]:
        """Continua of rest points."""
        return self.equilibria.components

    @property
    def sink_components(self) -> tuple[tuple[str, ...], ...]:
        """Sink components of the response graph, as profiles of all populations."""
        return tuple(tuple(self.full_name(p) for p in sink) for sink in self.equilibria.sink_components)

    @property
    def all_verified(self) -> bool:
        """Whether every rest point is proved and nothing is left undecided."""
        points = all(point.verified for point in self.rest_points)
        contradicted = self.cross_check is not None and self.cross_check.agrees is False
        proved = self.certificate is None or self.certificate.certified
        return points and self.equilibria.complete and proved and not contradicted

    def payoffs_at(self, shares: Floats) -> list[float]:
        """Expected payoffs of all populations at shares of the free ones."""
        state = np.array(self.full_shares(shares))
        work_out = expected if self.share_dependence is None else expected_payoffs
        return [float(u) for u in work_out(self.payoffs, state)]

    def to_json(self) -> dict[str, object]:
        """Data of the result as in the published schema; numbers that are not finite become null."""
        from gamebook.solution_json import solution_json

        return solution_json(self)

    def report(self, lang: str = "en", **options: object) -> str:
        """Report as plain text of at most 80 columns, in English (``en``) or Chinese (``zh``)."""
        from gamebook.reports.solution import solution_report

        return solution_report(self, lang=lang, **options)  # type: ignore[arg-type]

    def rows(self) -> list[dict[str, object]]:
        """Rest points as rows, ready for ``pandas.DataFrame(solution.rows())``."""
        rows: list[dict[str, object]] = []
        for point in self.rest_points:
            shares = zip(self.populations, self.full_shares(point.shares), strict=True)
            rows.append(
                {
                    **{population.share: x for population, x in shares},
                    "pure": self.full_name(point.pure) if point.pure is not None else None,
                    "stability": point.stability.value,
                    "nash": point.is_nash,
                    "ess": point.is_evolutionarily_stable,
                    "margin": point.margin,
                    "regret": point.regret,
                    "residual": point.residual,
                    "verified": point.verified,
                }
            )
        return rows

    def __str__(self) -> str:
        return self.report("en")

    def _repr_html_(self) -> str:
        import html

        return f"<pre>{html.escape(self.report('en'))}</pre>"


def finite(value: float | None) -> float | None:
    """Return the number, or None if it is not finite: JSON has no infinity."""
    return float(value) if value is not None and math.isfinite(value) else None
