"""What the tables of the three kinds of pages may hold.

Keys, types and lengths are checked here; what the parts mean together (names, accounts, duplicates) is checked in
:mod:`payoffs.game_checks` and :mod:`payoffs.scenario_checks`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from payoffs.page_fields import FormulaText, Id, Interval, Line, PageModel, PageText, Real, Symbol, refuse
from payoffs.texts import Text

UNBOUNDED = (float("-inf"), float("inf"))
MOST_PARTIES = 10
_EMPTY = Text("", "")

Confidence = Literal["datum", "policy document", "assumption"]


class StrategyTable(PageModel):
    """A strategy of a party."""

    id: Id
    name: PageText | None = None
    indicator: Symbol | None = None


class PartyTable(PageModel):
    """A party and its strategies, the one of index 0 first."""

    id: Id
    symbol: Symbol | None = None
    indicator: Symbol | None = None
    share: Symbol | None = None
    name: PageText | None = None
    public: bool = False
    strategies: list[StrategyTable] = Field(min_length=1, max_length=1000)


class ParameterTable(PageModel):
    """A parameter; ``V = 75`` is short for ``V = { default = 75 }``."""

    default: Real
    bounds: Interval = UNBOUNDED
    unit: Line = ""
    name: PageText | None = None
    latex: Line = ""
    source: PageText = _EMPTY
    confidence: Confidence = "assumption"
    evidence: Interval | None = None
    uncertain: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:  # noqa: ANN401 - whatever the page holds
        return value if isinstance(value, dict) else {"default": value}

    @model_validator(mode="after")
    def _default_within_bounds(self) -> ParameterTable:
        low, high = self.bounds
        if not low <= self.default <= high:
            refuse("page.default_outside", value=self.default, low=low, high=high)
        if self.evidence is not None and not (low <= self.evidence[0] and self.evidence[1] <= high):
            refuse("page.evidence_outside", first=self.evidence[0], last=self.evidence[1], low=low, high=high)
        return self


class DerivedTable(PageModel):
    """A derived quantity; ``m = "..."`` is short for ``m = { formula = "..." }``."""

    formula: FormulaText
    name: PageText | None = None
    latex: Line = ""
    unit: Line = ""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:  # noqa: ANN401 - whatever the page holds
        return value if isinstance(value, dict) else {"formula": value}


class MeasureTable(PageModel):
    """A function of the profile whose expected value is reported."""

    formula: FormulaText
    name: PageText | None = None
    unit: Line = ""


class EntryTable(PageModel):
    """One payment of the ledger."""

    id: Id
    payer: Id
    receiver: Id
    amount: FormulaText
    when: FormulaText = "1"
    cash: bool = True
    burden: bool = False
    welfare: bool = True
    name: PageText | None = None


class GameTable(PageModel):
    """The head of a game page."""

    id: Id
    title: PageText | None = None
    about: PageText = _EMPTY
    unit: Line = ""
    coordination: Line | None = None
    source: PageText = _EMPTY


class InstrumentTable(PageModel):
    """The head of an instrument page."""

    id: Id
    title: PageText | None = None
    about: PageText = _EMPTY
    seeds: list[Line] = Field(default_factory=list)
    switches: list[Symbol] | None = None


class ScenarioTable(PageModel):
    """The head of a scenario page."""

    id: Id
    game: Id
    title: PageText | None = None
    about: PageText = _EMPTY
    extends: list[Id] = Field(default_factory=list)


class DelayTable(PageModel):
    """Who sees which shares how late."""

    of: list[Symbol] = Field(min_length=1)
    seen_by: list[Id] = Field(min_length=1)
    lag: FormulaText


class MonitoringTable(PageModel):
    """A measure that switches the tools on above a trigger and off below a release."""

    measure: FormulaText
    trigger: FormulaText
    release: FormulaText
    keeps: list[Symbol] = Field(default_factory=list)


class CorrelationTable(PageModel):
    """A correlation device and what it is good for."""

    objective: Id = "welfare"


class SegmentTable(PageModel):
    """A part of a party with a weight and values of its own."""

    party: Id
    id: Id
    name: PageText | None = None
    weight: Real
    values: dict[str, Real] = Field(default_factory=dict)


class RegionTable(PageModel):
    """A block of the game with a weight and values of its own."""

    id: Id
    name: PageText | None = None
    weight: Real
    values: dict[str, Real] = Field(default_factory=dict)


Parameters = dict[Symbol, ParameterTable]
Derived = dict[Symbol, DerivedTable]
Ranges = dict[Symbol, Interval]
Entries = list[EntryTable]
Formulas = dict[Symbol, FormulaText]
Cells = dict[str, list[FormulaText]]


class GamePage(PageModel):
    """A game page: a ledger, or a table of cells."""

    game: GameTable
    parties: list[PartyTable] = Field(min_length=1, max_length=MOST_PARTIES)
    start: dict[Symbol, Real] = Field(default_factory=dict)
    parameters: Parameters = Field(default_factory=dict)
    derived: Derived = Field(default_factory=dict)
    ranges: Ranges = Field(default_factory=dict)
    entries: Entries = Field(default_factory=list)
    measures: dict[Id, MeasureTable] = Field(default_factory=dict)
    cells: Cells | None = None


class InstrumentPage(PageModel):
    """An instrument page: what it adds to a game."""

    instrument: InstrumentTable
    parameters: Parameters = Field(default_factory=dict)
    derived: Derived = Field(default_factory=dict)
    ranges: Ranges = Field(default_factory=dict)
    terms: Formulas = Field(default_factory=dict)
    factors: Formulas = Field(default_factory=dict)
    entries: Entries = Field(default_factory=list)
    share_factors: Formulas = Field(default_factory=dict)
    delays: list[DelayTable] = Field(default_factory=list)
    monitoring: MonitoringTable | None = None
    correlation: CorrelationTable | None = None


class RankTable(PageModel):
    """Rank correlation of two uncertain parameters."""

    of: list[Symbol] = Field(min_length=2, max_length=2)
    rank: Real


class SweepTable(PageModel):
    """What a sweep of the scenario varies and keeps, in the words of the command line."""

    over: list[Line] = Field(default_factory=list)
    measures: list[Line] | None = None
    sample: Real | None = None
    method: Literal["sobol", "lhs", "random"] | None = None


class ScenarioPage(PageModel):
    """A scenario page: a named set of values."""

    scenario: ScenarioTable
    values: dict[str, Real] = Field(default_factory=dict)
    start: dict[str, Real] = Field(default_factory=dict)
    segments: list[SegmentTable] = Field(default_factory=list)
    regions: list[RegionTable] = Field(default_factory=list)
    uncertainty: dict[str, Line] = Field(default_factory=dict)
    correlations: list[RankTable] = Field(default_factory=list)
    sweep: SweepTable | None = None
