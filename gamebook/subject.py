"""What a result is about: the case that was worked on, its populations, and what was set and held fixed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from gamebook.book import Case
from gamebook.populations import PartyNames, Population, labels, party_means, profile_name, written
from gamebook.provenance import provenance_of
from payoffs.scenario import Region, Segment
from payoffs.texts import Text
from solvers.arrays import Floats
from solvers.attractors import Profile

ARRAY = Text("payoff array", "收益数组")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Subject:
    """What all results of the commands say first.

    Attributes
    ----------
    target, game, title, unit : what was worked on; "array" for a payoff array
    parties : of the game; ``populations`` are the axes of all arrays: the parties, or segments and regions of them
    free : positions of the populations that move; ``given`` the fixed shares by position
    start : shape (population,), the status quo
    parameters : symbol -> value in use; ``changed`` are those that differ from their defaults
    instruments : ids of the instruments in force
    has_instruments : whether the game has policy instruments at all
    names, owners, units : titles for reports, the instrument of each parameter that has one, and units
    set_values : values that were set beyond the page's, by symbol
    provenance : what the result was made with
    segments, regions : that split the parties, with their weights and values; empty if none does
    """

    target: str
    game: str
    title: Text
    unit: str
    parties: tuple[PartyNames, ...]
    populations: tuple[Population, ...]
    free: tuple[int, ...]
    given: Mapping[int, float]
    start: Floats
    parameters: Mapping[str, float]
    changed: Mapping[str, float]
    instruments: tuple[str, ...]
    provenance: Mapping[str, object]
    has_instruments: bool = False
    names: Mapping[str, Text] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    set_values: Mapping[str, float] = field(default_factory=dict)
    segments: tuple[Segment, ...] = ()
    regions: tuple[Region, ...] = ()

    @property
    def is_split(self) -> bool:
        """Whether a party is split into segments or regions."""
        return len(self.populations) > len(self.parties)

    @property
    def labels(self) -> list[str]:
        """Short names of the populations, for tables."""
        return labels(self.populations, self.parties)

    def party_means(self, values: Floats) -> Floats:
        """Shares, or payoffs, of whole parties, means over their populations; shape (..., party)."""
        return party_means(self.populations, values)

    def full_name(self, profile: Profile | str) -> str:
        """Write a profile of the free populations as one of all; ``~`` marks one fixed at a mixed share."""
        digits = dict(zip(self.free, (str(d) for d in profile), strict=True))
        fixed = {i: "0" if x == 0.0 else "1" if x == 1.0 else "~" for i, x in self.given.items()}
        return written(self.populations, [{**fixed, **digits}[i] for i in range(len(self.populations))])

    def full_shares(self, shares: Floats) -> list[float]:
        """Shares of all populations from those of the free ones."""
        values = dict(zip(self.free, (float(x) for x in shares), strict=True))
        return [{**self.given, **values}[i] for i in range(len(self.populations))]

    def state_name(self, shares: Floats) -> str:
        """Profile of all populations at their shares; ``~`` stands for one strictly between 0 and 1."""
        return profile_name(self.populations, shares)

    def identity(self) -> dict[str, Any]:
        """Fields of this record, for a result that is about the same."""
        return {each.name: getattr(self, each.name) for each in fields(Subject)}


class Stated(Protocol):
    """What a subject takes from the statement of a problem; see ``gamebook.problem.Problem``."""

    @property
    def parties(self) -> tuple[PartyNames, ...]:
        """Parties of the game."""
    @property
    def populations(self) -> tuple[Population, ...]:
        """Axes of all arrays."""
    @property
    def free(self) -> tuple[int, ...]:
        """Positions of the populations that move."""
    @property
    def given(self) -> Mapping[int, float]:
        """Fixed shares by position."""
    @property
    def start(self) -> Floats:
        """Status quo."""
    @property
    def settings(self) -> Mapping[str, float]:
        """Value of every parameter."""
    @property
    def instruments(self) -> tuple[str, ...]:
        """Ids of the instruments in force."""


def subject_of(
    problem: Stated, case: Case | None, values: Mapping[str, float] | None, command: str | None
) -> Subject:
    """Say what a problem is about; None stands for a payoff array.

    Parameters
    ----------
    values : changes to the case's values
    command : command line to record with the result
    """
    about: dict[str, Any] = {
        "parties": problem.parties,
        "populations": problem.populations,
        "free": problem.free,
        "given": problem.given,
        "start": problem.start,
        "provenance": provenance_of(case, command),
    }
    if case is None:
        return Subject(
            **about, target="array", game="array", title=ARRAY, unit="", parameters={}, changed={}, instruments=()
        )  # fmt: skip
    game = case.game
    defaults = game.defaults()
    return Subject(
        **about,
        target=case.target,
        game=game.id,
        title=case.title,
        unit=game.unit,
        parameters=problem.settings,
        changed={symbol: value for symbol, value in problem.settings.items() if value != defaults[symbol]},
        instruments=problem.instruments,
        has_instruments=bool(game.instruments),
        names=_names(case),
        owners={symbol: p.instrument for symbol, p in game.parameters.items() if p.instrument},
        units=_units(case),
        set_values={symbol: float(value) for symbol, value in (values or {}).items()},
        segments=() if case.scenario is None else case.scenario.segments,
        regions=() if case.scenario is None else case.scenario.regions,
    )


def _names(case: Case) -> dict[str, Text]:
    """Names of instruments, measures and parameters for reports."""
    named: dict[str, Text] = {f"parameter.{s}": p.name for s, p in case.game.parameters.items()}
    named.update({f"instrument.{tool.id}": tool.title for tool in case.game.instruments})
    named.update({f"measure.{m}": measure.name for m, measure in case.game.measures.items()})
    return named


def _units(case: Case) -> dict[str, str]:
    units = {f"parameter.{s}": p.unit for s, p in case.game.parameters.items()}
    units.update({f"measure.{m}": measure.unit for m, measure in case.game.measures.items()})
    return units
