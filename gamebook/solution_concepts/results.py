"""What ``solve --concept`` finds: one frozen record per concept, and all that were asked for together."""

from __future__ import annotations

from dataclasses import dataclass

from gamebook.general_solution import GeneralSolution
from gamebook.solution import Solution
from gamebook.solution_concepts.setting import Setting
from solvers.correlated import CorrelatedEquilibrium
from solvers.mediation import BestNash
from solvers.nash_list import NashList
from solvers.quantal import QuantalBranch
from solvers.rationalizable import Rationalizable
from solvers.slices import Slice


@dataclass(frozen=True, slots=True, eq=False)
class CorrelatedPlay:
    """Best and worst correlated and coarse correlated equilibria, and what a mediator is worth.

    Attributes
    ----------
    objective : its name: ``welfare``, ``sum``, ``coordination`` or the id of a party
    best, worst : correlated equilibria
    coarse_best, coarse_worst : coarse correlated equilibria
    nash : best Nash equilibrium for the objective, bracketed
    pure_nash_only : only pure ones, and the one that quantal response leads to, were looked at: the game is large
    """

    objective: str
    best: CorrelatedEquilibrium
    worst: CorrelatedEquilibrium
    coarse_best: CorrelatedEquilibrium
    coarse_worst: CorrelatedEquilibrium
    nash: BestNash
    pure_nash_only: bool = False

    @property
    def value_of_mediation(self) -> tuple[float, float]:
        """Best correlated less best Nash equilibrium: least and most that it can be; never negative."""
        return max(0.0, self.best.value - self.nash.high), max(0.0, self.best.value - self.nash.low)

    @property
    def verified(self) -> bool:
        """Whether every linear programme is proved optimal and the best Nash equilibrium is known."""
        programmes = (self.best, self.worst, self.coarse_best, self.coarse_worst)
        return all(found.verified for found in programmes) and self.nash.exact


@dataclass(frozen=True, slots=True, eq=False)
class ConceptSolution:
    """Results of the concepts asked for; those not asked for are None. ``print`` gives the report.

    Attributes
    ----------
    setting : the game
    concepts : names, in the order of the report
    rest : all rest points with everything that ``solve`` says of them
    nash, correlated, quantal, rationalizable, slice : see their classes
    """

    setting: Setting
    concepts: tuple[str, ...]
    rest: Solution | GeneralSolution | None = None
    nash: NashList | None = None
    correlated: CorrelatedPlay | None = None
    quantal: QuantalBranch | None = None
    rationalizable: Rationalizable | None = None
    slice: Slice | None = None

    @property
    def all_verified(self) -> bool:
        """Whether everything asked for is found, checked and complete."""
        checks = [
            self.rest is None or self.rest.all_verified,
            self.nash is None or self.nash.all_verified,
            self.correlated is None or self.correlated.verified,
            self.quantal is None or self.quantal.verified,
            self.rationalizable is None or self.rationalizable.complete,
            self.slice is None or not self.slice.contradicted,
        ]
        return all(checks)

    def to_json(self) -> dict[str, object]:
        """Data of the results; numbers that are not finite become null."""
        from gamebook.solution_concepts.as_json import concepts_json

        return concepts_json(self)

    def report(self, lang: str = "en", **options: object) -> str:
        """Report as plain text of at most 80 columns; ``options`` as for ``Solution.report``."""
        from gamebook.reports.concepts import concepts_report

        return concepts_report(self, lang=lang, **options)

    def __str__(self) -> str:
        return self.report("en")

    def _repr_html_(self) -> str:
        import html

        return f"<pre>{html.escape(self.report('en'))}</pre>"
