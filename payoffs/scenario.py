"""Scenarios: named sets of values for the parameters of a game, with initial shares, segments and regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from payoffs.errors import Fault, PageError, did_you_mean
from payoffs.frozen import Frozen
from payoffs.game import Game
from payoffs.game_checks import start_faults
from payoffs.page_models import RankTable, RegionTable, ScenarioPage, SegmentTable, SweepTable
from payoffs.pages import Page
from payoffs.parameters import unknown, value_faults
from payoffs.texts import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a party that decides for itself, with a weight and values of its own."""

    party: str
    id: str
    name: Text
    weight: float
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Region:
    """A block of the game: every party but the government exists once per region and meets only within it."""

    id: str
    name: Text
    weight: float
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """What a sweep of the scenario varies and keeps, in the words of the command line; nothing here is read further.

    Attributes
    ----------
    over : axes
    measures : names or groups; None for the usual ones
    sample, method : how many draws of the uncertain parameters, and how they are made; None if the page leaves it
    """

    over: tuple[str, ...]
    measures: tuple[str, ...] | None
    sample: float | None
    method: str | None


@dataclass(frozen=True, eq=False)
class Scenario:
    """A scenario with everything that it inherits.

    Attributes
    ----------
    id, title, about, file : what it is and where it comes from
    game : id of the game it belongs to
    extends : ids of the scenarios it builds on
    values : the parameters that it sets, own and inherited; the others keep the game's defaults
    start : initial share of index 1 by share symbol: of every party, and of those segments and regions of it for which
        a page says otherwise, such as ``x_F_small``
    segments, regions : empty unless the page, or one it extends, has them
    uncertainty : distribution of each uncertain parameter, as written
    correlations : pairs of their symbols with the rank correlation
    sweep : None unless the page, or the first one it extends that has it, states a sweep
    """

    id: str
    game: str
    title: Text
    about: Text
    extends: tuple[str, ...]
    values: Mapping[str, float]
    start: Mapping[str, float]
    segments: tuple[Segment, ...]
    regions: tuple[Region, ...]
    file: str
    uncertainty: Mapping[str, str] = field(default_factory=dict)
    correlations: tuple[tuple[str, str, float], ...] = ()
    sweep: SweepPlan | None = None

    @property
    def needs_dynamics(self) -> str | None:
        """The part that a single payoff table cannot hold: "segments", "regions", or None."""
        return "segments" if self.segments else "regions" if self.regions else None

    def __repr__(self) -> str:
        settings = ", ".join(f"{symbol}={value:g}" for symbol, value in self.values.items())
        return f"Scenario({self.game}/{self.id}: {settings or 'defaults'})"


@dataclass
class _Merged:
    """What a page and those it extends say, each item with the page that it comes from."""

    values: dict[str, tuple[float, Page]] = field(default_factory=dict)
    start: dict[str, tuple[float, Page]] = field(default_factory=dict)
    segments: tuple[tuple[SegmentTable, ...], Page] | None = None
    regions: tuple[tuple[RegionTable, ...], Page] | None = None
    uncertainty: dict[str, tuple[str, Page]] = field(default_factory=dict)
    correlations: tuple[tuple[RankTable, ...], Page] | None = None
    sweep: SweepTable | None = None


def load_scenario(page: Page, games: Mapping[str, Game], others: Mapping[str, Page] | None = None) -> Scenario:
    """Return the scenario of a page, checked against its game and merged with the scenarios it extends.

    Parameters
    ----------
    page : a scenario page
    games : the games there are, by id
    others : the scenario pages that may be extended, by id or by ``game/id``

    Raises
    ------
    PageError
        for everything that is wrong, all at once: an unknown game, parent, symbol or share; values out of bounds;
        two parents that set one symbol differently while the page leaves it to them
    """
    content = _content(page)
    game = games.get(content.scenario.game)
    if game is None:
        fields = {"name": content.scenario.game, "hint": did_you_mean(content.scenario.game, games)}
        raise PageError([Fault("scenario.game", fields, page.file, "scenario.game")])
    merged, faults = _merge(page, others or {}, (page.id,))
    faults += _faults(merged, game)
    if faults:
        raise PageError(faults)
    head = content.scenario
    return Scenario(
        id=head.id,
        game=head.game,
        title=head.title or Text(head.id, head.id),
        about=head.about,
        extends=tuple(head.extends),
        values=Frozen({symbol: merged.values[symbol][0] for symbol in game.parameters if symbol in merged.values}),
        start=Frozen({**game.start, **{name: value for name, (value, _) in _ordered_start(merged, game)}}),
        segments=tuple(_segment(row) for row in merged.segments[0]) if merged.segments else (),
        regions=tuple(_region(row) for row in merged.regions[0]) if merged.regions else (),
        file=page.file,
        uncertainty=Frozen({symbol: words for symbol, (words, _) in merged.uncertainty.items()}),
        correlations=tuple((row.of[0], row.of[1], row.rank) for row in (merged.correlations or ((), page))[0]),
        sweep=None if merged.sweep is None else _sweep(merged.sweep),
    )


def _sweep(table: SweepTable) -> SweepPlan:
    measures = None if table.measures is None else tuple(table.measures)
    return SweepPlan(tuple(table.over), measures, table.sample, table.method)


def _content(page: Page) -> ScenarioPage:
    if not isinstance(page.content, ScenarioPage):
        raise PageError([Fault("page.wrong_kind", {"kind": page.kind, "expected": "scenario"}, page.file)])
    return page.content


def _segment(row: SegmentTable) -> Segment:
    return Segment(row.party, row.id, row.name or Text(row.id, row.id), row.weight, Frozen(row.values))


def _region(row: RegionTable) -> Region:
    return Region(row.id, row.name or Text(row.id, row.id), row.weight, Frozen(row.values))


def _merge(page: Page, others: Mapping[str, Page], line: tuple[str, ...]) -> tuple[_Merged, list[Fault]]:
    """Merge a page with those it extends; `line` is the way here from the first page, to notice circles."""
    content = _content(page)
    merged, faults = _Merged(), list[Fault]()
    for name in content.scenario.extends:
        try:
            parent = _parent(page, name, others, line)
        except PageError as error:
            faults += error.faults
            continue
        above, found = _merge(parent, others, (*line, name))
        faults += found
        faults += _join(merged, above, page, content)
    merged.values.update({symbol: (value, page) for symbol, value in content.values.items()})
    merged.start.update({name: (value, page) for name, value in content.start.items()})
    if content.segments:
        merged.segments = (tuple(content.segments), page)
    if content.regions:
        merged.regions = (tuple(content.regions), page)
    merged.uncertainty.update({symbol: (words, page) for symbol, words in content.uncertainty.items()})
    if content.correlations:
        merged.correlations = (tuple(content.correlations), page)
    merged.sweep = content.sweep or merged.sweep
    return merged, faults


def _parent(page: Page, name: str, others: Mapping[str, Page], line: tuple[str, ...]) -> Page:
    place = {"file": page.file, "key": "scenario.extends"}
    game = _content(page).scenario.game
    parent = others.get(f"{game}/{name}", others.get(name))
    if name in line:
        circle = [*line[line.index(name) :], name]
        fields: dict[str, object] = {"cycle": Text(" -> ".join(circle), " → ".join(circle))}
        raise PageError([Fault("scenario.circle", fields, **place)])
    if parent is None:
        known = {other.rpartition("/")[2] for other in others}
        raise PageError([Fault("scenario.extends", {"name": name, "hint": did_you_mean(name, known)}, **place)])
    if _content(parent).scenario.game != game:
        fields = {"name": name, "game": _content(parent).scenario.game}
        raise PageError([Fault("scenario.extends_game", fields, **place)])
    return parent


def _join(merged: _Merged, above: _Merged, page: Page, content: ScenarioPage) -> Iterator[Fault]:
    """Add what a parent says; where an earlier parent says otherwise, the page itself must decide."""
    yield from _entries("values", merged.values, above.values, content.values, page)
    yield from _entries("start", merged.start, above.start, content.start, page)
    yield from _entries("uncertainty", merged.uncertainty, above.uncertainty, content.uncertainty, page)
    merged.correlations = merged.correlations or above.correlations
    merged.sweep = merged.sweep or above.sweep
    if above.segments:
        yield from _conflict(merged.segments, above.segments, bool(content.segments), page, "segments")
        merged.segments = merged.segments or above.segments
    if above.regions:
        yield from _conflict(merged.regions, above.regions, bool(content.regions), page, "regions")
        merged.regions = merged.regions or above.regions


def _entries(
    table: str, known: dict[str, tuple[T, Page]], more: Mapping[str, tuple[T, Page]], own: Mapping[str, T], page: Page
) -> Iterator[Fault]:
    """Add a parent's entries of a table to those of the parents before it."""
    for name, (value, origin) in more.items():
        first, first_origin = known.setdefault(name, (value, origin))
        if first != value and name not in own:
            ids = {"first": first_origin.id, "second": origin.id, "symbol": name}
            fields = {**ids, "first_value": first, "second_value": value}
            yield Fault("scenario.conflict", fields, page.file, f"{table}.{name}")


def _conflict(
    first: tuple[object, Page] | None, second: tuple[object, Page], decided: bool, page: Page, table: str
) -> Iterator[Fault]:
    if first and first[1] is not second[1] and not decided:
        fields = {"first": first[1].id, "second": second[1].id, "table": table}
        yield Fault("scenario.conflict_groups", fields, page.file, table)


def _ordered_start(merged: _Merged, game: Game) -> list[tuple[str, tuple[float, Page]]]:
    """Shares that pages set, those of whole parties first, so that what is said of a part of one counts."""
    return sorted(merged.start.items(), key=lambda item: item[0] not in game.start)


def _share_names(merged: _Merged, game: Game) -> frozenset[str]:
    """Shares of the parties, and of their parts where there are segments or regions."""
    from payoffs.segments import matches

    segments = tuple(_segment(row) for row in merged.segments[0]) if merged.segments else ()
    regions = tuple(_region(row) for row in merged.regions[0]) if merged.regions else ()
    if not segments and not regions:
        return frozenset(game.start)
    try:
        parts = matches(game, segments, regions).populations
    except PageError:  # what is wrong with them is said elsewhere; the names of the parts do not depend on it
        own = {party.id: party.share for party in game.parties}
        named = {f"{own.get(row.party)}_{row.id}" for row in segments}
        named |= {f"{share}_{region.id}" for share in game.start for region in regions}
        return frozenset(game.start) | named
    shares = [game.parties[part.party].share for part in parts]
    ids = [[piece for piece in (part.region, part.segment) if piece is not None] for part in parts]
    return frozenset(game.start) | {
        "_".join([share, *each]) for share, each in zip(shares, ids, strict=True) if share is not None
    }


def _faults(merged: _Merged, game: Game) -> Iterator[Fault]:
    """Yield what the game knows to be wrong, at the page where it stands."""
    for symbol, (value, page) in merged.values.items():
        for fault in value_faults(game.parameters, {symbol: value}):
            yield fault.at(file=page.file, key=f"values.{symbol}")
    shares = _share_names(merged, game)
    for name, (value, page) in merged.start.items():
        yield from start_faults(name, value, shares, page.file)
    yield from _uncertainty_faults(merged, game)
    parties = [party.id for party in game.parties]
    for row in merged.segments[0] if merged.segments else ():
        place = merged.segments[1].file if merged.segments else None
        if row.party not in parties:
            fields = {"name": row.party, "hint": did_you_mean(row.party, parties)}
            yield Fault("game.party", fields, place, f"segments.{row.id}.party")
        for fault in value_faults(game.parameters, row.values):
            yield fault.at(file=place, key=f"segments.{row.id}.values")
    for region in merged.regions[0] if merged.regions else ():
        for fault in value_faults(game.parameters, region.values):
            yield fault.at(file=merged.regions[1].file if merged.regions else None, key=f"regions.{region.id}.values")


def _uncertainty_faults(merged: _Merged, game: Game) -> Iterator[Fault]:
    """Yield symbols that are unknown, and correlations of parameters that are not uncertain."""
    known = True
    for symbol, (_, page) in merged.uncertainty.items():
        if symbol not in game.parameters:
            known = False
            yield unknown(symbol, game.parameters).at(file=page.file, key=f"uncertainty.{symbol}")
    if merged.correlations is None or not known:
        return
    rows, origin = merged.correlations
    for place, row in enumerate(rows, start=1):
        for symbol in row.of:
            if symbol not in merged.uncertainty:
                fields = {"symbol": symbol, "hint": did_you_mean(symbol, merged.uncertainty)}
                yield Fault("scenario.not_uncertain", fields, origin.file, f"correlations#{place}.of")
