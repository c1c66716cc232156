"""The tables of a claims page: what a paper prints, as data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from payoffs.page_fields import FormulaText, Id, Line, PageModel, PageText, Real, Symbol
from payoffs.texts import Text

Values = dict[Symbol, Real]
Row = list[FormulaText]
Profile = Annotated[str, Field(pattern=r"^[01]+$", max_length=6)]
Point = dict[Symbol, Real]
MOST_CLAIMS = 200
NOWHERE = Text("", "")


class EssClaim(PageModel):
    """A pure point that is said to be evolutionarily stable under conditions."""

    point: Profile
    conditions: list[Line] = Field(default_factory=list, max_length=MOST_CLAIMS)
    place: PageText = NOWHERE


class SetClaim(PageModel):
    """A parameter set, and the evolutionarily stable points that the paper gives for it."""

    id: Id
    values: Values
    ess: list[Profile] | None = None
    place: PageText = NOWHERE


class EndClaim(PageModel):
    """Where a path is said or drawn to end."""

    set: Id
    start: Point
    horizon: Annotated[Real, Field(gt=0)]
    end: Profile | Point
    tolerance: Annotated[Real, Field(gt=0, le=0.5)] = 0.01
    place: PageText = NOWHERE


class MixedClaim(PageModel):
    """A mixed rest point by its formulas, and what it is said to be."""

    point: dict[Symbol, FormulaText]
    sets: list[Id] = Field(default_factory=list)
    kind: Literal["saddle", "centre", "sink", "source", "unstable"] | None = None
    place: PageText = NOWHERE


class CurveClaim(PageModel):
    """One curve of a figure: the values used for it, and what its legend says."""

    values: Values
    start: Point = Field(default_factory=dict)
    legend: Values = Field(default_factory=dict)


class FigureClaim(PageModel):
    """A figure that shows the effect of one parameter."""

    id: Id
    set: Id
    varies: list[Symbol] = Field(min_length=1)
    curves: list[CurveClaim] = Field(min_length=1, max_length=MOST_CLAIMS)
    start: Point = Field(default_factory=dict)
    horizon: Annotated[Real, Field(gt=0)] | None = None
    place: PageText = NOWHERE


class SymbolClaim(PageModel):
    """What the paper says that a symbol stands for."""

    symbol: Symbol
    meaning: PageText
    place: PageText = NOWHERE


class ClaimsTable(PageModel):
    """All that a paper prints."""

    id: Id
    title: PageText
    source: PageText
    game: Id | None = None
    shares: list[Symbol] = Field(default_factory=list, max_length=6)
    parameters: list[Symbol] = Field(default_factory=list, max_length=MOST_CLAIMS)
    places: dict[Symbol, PageText] = Field(default_factory=dict)
    payoffs: dict[Profile, Row] = Field(default_factory=dict)
    advantages: dict[Symbol, FormulaText] = Field(default_factory=dict)
    velocities: dict[Symbol, FormulaText] = Field(default_factory=dict)
    eigenvalues: dict[Profile, Row] = Field(default_factory=dict)
    signs: dict[Profile, list[Literal["+", "-", "0", "x"]]] = Field(default_factory=dict)
    ess: list[EssClaim] = Field(default_factory=list, max_length=MOST_CLAIMS)
    sets: list[SetClaim] = Field(default_factory=list, max_length=MOST_CLAIMS)
    ends: list[EndClaim] = Field(default_factory=list, max_length=MOST_CLAIMS)
    mixed: list[MixedClaim] = Field(default_factory=list, max_length=MOST_CLAIMS)
    no_mixed: PageText | None = None
    figures: list[FigureClaim] = Field(default_factory=list, max_length=MOST_CLAIMS)
    symbols: list[SymbolClaim] = Field(default_factory=list, max_length=MOST_CLAIMS)


class ClaimsPage(PageModel):
    """A claims page."""

    claims: ClaimsTable
