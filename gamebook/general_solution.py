"""The result of ``solve`` for games in which a party has more than two strategies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gamebook.general_names import face_name, pure_name
from gamebook.subject import Subject
from payoffs.ledger import Flow, Money
from payoffs.texts import Text
from solvers.arrays import Floats, PayoffTensor
from solvers.attractors import Profile
from solvers.general.mixed_payoffs import contracted
from solvers.general.normal_form import MixedProfile, Support
from solvers.general.results import GeneralComponent, GeneralEquilibria, GeneralRestPoint

NOT_COMPUTED = ("basins", "status_quo", "critical_mass")
"""What ``solve`` works out for two strategies per party and leaves out here."""


@dataclass(frozen=True, slots=True, eq=False)
class GeneralVerdict:
    """The verdict on the coordination profile, as far as it needs no paths.

    Attributes
    ----------
    profile : strategies of all parties
    stable : strict Nash equilibrium; None if a tie within rounding leaves it open
    certain : only sink component of the response graph; None if ties leave it open
    survives_exit : with the public parties at index 0 every other party still loses by leaving; None if no public
        party is free
    margin : smallest loss from deviating, in payoff units
    weakest : position of the party with that loss
    leave_for : strategy that costs it least
    """

    profile: str
    stable: bool | None
    certain: bool | None
    survives_exit: bool | None
    margin: float
    weakest: int
    leave_for: int


@dataclass(frozen=True, slots=True, eq=False)
class GeneralState:
    """A pure state and what it costs.

    Attributes
    ----------
    role : ``coordination`` or ``sink``
    profile : strategies of all parties
    payoffs : shape (n,), in the unit of the game
    money, measures, flows : from the ledger; None and empty for games given as a table
    """

    role: str
    profile: Profile
    payoffs: Floats
    money: Money | None
    measures: dict[str, float]
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class GeneralSolution(Subject):
    """All that ``solve`` finds where a party has more than two strategies, or one; see also ``Subject``.

    Attributes
    ----------
    sizes : number of strategies of each party; strategy_names : what they are called
    payoffs : shape (n, m_1, ..., m_n) of the whole game
    equilibria : of the game of the free parties, with certificates
    coordination : None if the game names no such profile
    states : coordination and the pure sinks, with their money
    seed : of no use here, as nothing is sampled; kept so that all results carry one
    most_boxes : budget of the search per support, or what it came to where a time ended it
    """

    sizes: tuple[int, ...]
    strategy_names: tuple[tuple[Text, ...], ...]
    payoffs: PayoffTensor
    equilibria: GeneralEquilibria
    coordination: GeneralVerdict | None
    states: tuple[GeneralState, ...]
    seed: int
    most_boxes: int

    @property
    def rest_points(self) -> tuple[GeneralRestPoint, ...]:
        """Isolated rest points of the free parties, pure ones first."""
        return self.equilibria.rest_points

    @property
    def nash(self) -> tuple[GeneralRestPoint, ...]:
        """Isolated Nash equilibria."""
        return self.equilibria.nash

    @property
    def ess(self) -> tuple[GeneralRestPoint, ...]:
        """Evolutionarily stable rest points: the strict Nash equilibria."""
        return self.equilibria.ess

    @property
    def components(self) -> tuple[GeneralComponent, ...]:
        """Continua of rest points."""
        return self.equilibria.components

    @property
    def sink_components(self) -> tuple[tuple[str, ...], ...]:
        """Sink components of the response graph, as profiles of all parties."""
        return tuple(tuple(self.pure_name(p) for p in sink) for sink in self.equilibria.sink_components)

    @property
    def all_verified(self) -> bool:
        """Whether every rest point is proved and nothing is left undecided."""
        return all(point.verified for point in self.rest_points) and self.equilibria.complete

    def full(self, profile: MixedProfile) -> MixedProfile:
        """Mixed profile of all parties from that of the free ones."""
        own = dict(zip(self.free, profile, strict=True))
        fixed = {i: np.array([1.0 - x, x]) for i, x in self.given.items()}
        return tuple({**fixed, **own}[i] for i in range(len(self.sizes)))

    def payoffs_at(self, profile: MixedProfile) -> list[float]:
        """Expected payoffs of all parties at a mixed profile of all."""
        return [float(contracted(own, profile, ())) for own in self.payoffs]

    def pure_name(self, profile: Profile) -> str:
        """Write a pure profile of the free parties as one of all; ``~`` marks one fixed at a mixed share."""
        return self.face_name(tuple((s,) for s in profile))

    def face_name(self, support: Support) -> str:
        """Write strategy sets of the free parties as those of all; ``~`` marks one fixed at a mixed share."""
        if not self.given:
            return face_name(support, self.sizes)
        own = dict(zip(self.free, support, strict=True))
        words = []
        for i, size in enumerate(self.sizes):
            x = self.given.get(i)
            sure = x is None or x in (0.0, 1.0)
            used = own[i] if x is None else (int(x),)
            words.append(face_name((used,), (size,)) if sure else "~")
        return ("," if max(self.sizes) > 10 else "").join(words)

    def state_words(self, profile: Profile) -> str:
        """Write a pure profile of all parties."""
        return pure_name(profile, self.sizes)

    def to_json(self) -> dict[str, object]:
        """Data of the result as in the published schema; numbers that are not finite become null."""
        from gamebook.general_json import general_json

        return general_json(self)

    def report(self, lang: str = "en", **options: object) -> str:
        """Report as plain text of at most 80 columns, in English (``en``) or Chinese (``zh``)."""
        from gamebook.reports.general import general_report

        return general_report(self, lang=lang, **options)  # type: ignore[arg-type]

    def rows(self) -> list[dict[str, object]]:
        """Rest points as rows, ready for ``pandas.DataFrame(solution.rows())``; a column per strategy."""
        rows: list[dict[str, object]] = []
        for point in self.rest_points:
            row: dict[str, object] = {}
            for party, shares in zip(self.parties, self.full(point.profile), strict=True):
                row |= {f"{party.id}.{s}": float(x) for s, x in zip(party.strategies, shares, strict=True)}
            row |= {
                "pure": None if point.pure is None else self.pure_name(point.pure),
                "stability": point.stability.value,
                "nash": point.is_nash,
                "ess": point.is_evolutionarily_stable,
                "margin": point.margin,
                "regret": point.regret,
                "residual": point.residual,
                "verified": point.verified,
            }
            rows.append(row)
        return rows

    def __str__(self) -> str:
        return self.report("en")

    def _repr_html_(self) -> str:
        import html

        return f"<pre>{html.escape(self.report('en'))}</pre>"
