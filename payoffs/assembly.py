"""From checked pages to the parts of a game.

The base page comes first, then the instruments in the order given: :func:`payoffs.game.load_game` sorts them by id,
so the order in which they were loaded cannot matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from payoffs.derived import Derived, Measure
from payoffs.expressions import Expression, parse
from payoffs.frozen import Frozen
from payoffs.game_checks import GameOutline, dependencies, evaluation_order
from payoffs.instruments import Correlation, Delay, Instrument, Monitoring
from payoffs.ledger import Entry
from payoffs.page_models import UNBOUNDED, GamePage, InstrumentPage, MeasureTable, MonitoringTable, PartyTable
from payoffs.pages import Page
from payoffs.parameters import Parameter
from payoffs.parties import Party, Strategy, default_share, default_symbol, profile_name, read_profile
from payoffs.texts import Text


@dataclass(frozen=True)
class Parts:
    """What a game is made of, in the order of evaluation where one is needed."""

    parties: tuple[Party, ...]
    parameters: Mapping[str, Parameter]
    derived: Mapping[str, Derived]
    entries: tuple[Entry, ...]
    measures: Mapping[str, Measure]
    instruments: tuple[Instrument, ...]
    cells: Mapping[tuple[int, ...], tuple[Expression, ...]] | None
    start: Mapping[str, float]
    order: tuple[str, ...]
    digest: str


def parts_of(game_page: Page, pages: Sequence[Page]) -> Parts:
    """Return the parts of a game whose pages have passed all checks; instruments come sorted by id."""
    base, tools = _game_page(game_page), [(page, _instrument_page(page)) for page in pages]
    outline = GameOutline(game_page.outline, tuple(page.outline for page in pages))
    contents: list[tuple[str | None, GamePage | InstrumentPage]] = [(None, base)]
    contents += [(page.id, content) for page, content in tools]
    parties = tuple(_party(table) for table in base.parties)
    shape = tuple(len(party.strategies) for party in parties)
    parameters = Frozen(_parameters(contents))
    return Parts(
        parties=parties,
        parameters=parameters,
        derived=Frozen(_derived(contents, [content for _, content in tools])),
        entries=tuple(_entries(contents)),
        measures=Frozen({id: _measure(id, table) for id, table in base.measures.items()}),
        instruments=tuple(_instrument(page, content) for page, content in tools),
        cells=None if base.cells is None else Frozen(_cells(base.cells, shape)),
        start=Frozen({party.share: base.start.get(party.share, 0.5) for party in parties if party.share}),
        # Parameters with share factors have a place in the order, but are no derived quantities.
        order=tuple(name for name in evaluation_order(dependencies(outline)) if name not in parameters),
        digest=digest_of([game_page, *pages]),
    )


def digest_of(pages: Sequence[Page]) -> str:
    """Return the sha256 of the pages' texts, whatever their order."""
    hashes = sorted(hashlib.sha256(page.text.encode()).hexdigest() for page in pages)
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def _game_page(page: Page) -> GamePage:
    if not isinstance(page.content, GamePage):
        raise TypeError(f"{page.file} is no game page")
    return page.content


def _instrument_page(page: Page) -> InstrumentPage:
    if not isinstance(page.content, InstrumentPage):
        raise TypeError(f"{page.file} is no instrument page")
    return page.content


def _named(name: Text | None, fallback: str) -> Text:
    return name or Text(fallback, fallback)


def _party(table: PartyTable) -> Party:
    two = len(table.strategies) == 2
    raw = table.model_dump(include={"id", "symbol"}, exclude_none=True)
    strategies = []
    for index, strategy in enumerate(table.strategies):
        indicator = table.indicator if two and index == 1 and table.indicator else strategy.indicator
        strategies.append(Strategy(strategy.id, _named(strategy.name, strategy.id), indicator))
    share = (table.share or default_share(raw)) if two else None
    return Party(table.id, default_symbol(raw), _named(table.name, table.id), share, table.public, tuple(strategies))


def _parameters(contents: Sequence[tuple[str | None, GamePage | InstrumentPage]]) -> Iterator[tuple[str, Parameter]]:
    for owner, content in contents:
        for symbol, table in content.parameters.items():
            yield (
                symbol,
                Parameter(
                    symbol=symbol,
                    default=table.default,
                    low=table.bounds[0],
                    high=table.bounds[1],
                    unit=table.unit,
                    name=_named(table.name, symbol),
                    latex=table.latex or symbol,
                    source=table.source,
                    confidence=table.confidence,
                    instrument=owner,
                    evidence=table.evidence,
                    uncertain=owner is None if table.uncertain is None else table.uncertain,
                ),
            )


def _derived(
    contents: Sequence[tuple[str | None, GamePage | InstrumentPage]], tools: Sequence[InstrumentPage]
) -> Iterator[tuple[str, Derived]]:
    for owner, content in contents:
        for symbol, table in content.derived.items():
            low, high = content.ranges.get(symbol, UNBOUNDED)
            yield (
                symbol,
                Derived(
                    symbol=symbol,
                    name=_named(table.name, symbol),
                    unit=table.unit,
                    latex=table.latex or symbol,
                    base=parse(table.formula),
                    terms=tuple(
                        (tool.instrument.id, parse(tool.terms[symbol])) for tool in tools if symbol in tool.terms
                    ),
                    factors=tuple(
                        (tool.instrument.id, parse(tool.factors[symbol])) for tool in tools if symbol in tool.factors
                    ),
                    low=low,
                    high=high,
                    instrument=owner,
                ),
            )


def _entries(contents: Sequence[tuple[str | None, GamePage | InstrumentPage]]) -> Iterator[Entry]:
    for owner, content in contents:
        for table in content.entries:
            yield Entry(
                id=table.id,
                name=_named(table.name, table.id),
                payer=table.payer,
                receiver=table.receiver,
                amount=parse(table.amount),
                when=parse(table.when),
                cash=table.cash,
                burden=table.burden,
                welfare=table.welfare,
                instrument=owner,
            )


def _measure(id: str, table: MeasureTable) -> Measure:
    return Measure(id, _named(table.name, id), table.unit, parse(table.formula))


def _cells(
    cells: Mapping[str, list[str]], shape: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], tuple[Expression, ...]]]:
    for name, formulas in cells.items():
        yield read_profile(name, shape), tuple(parse(formula) for formula in formulas)


def coordination_of(text: str | None, shape: tuple[int, ...]) -> str | None:
    """Return the coordination profile in the form that names have everywhere."""
    return None if text is None else profile_name(read_profile(text, shape), shape)


def _monitoring(table: MonitoringTable) -> Monitoring:
    return Monitoring(parse(table.measure), parse(table.trigger), parse(table.release), tuple(table.keeps))


def _instrument(page: Page, content: InstrumentPage) -> Instrument:
    head = content.instrument
    by_default = [symbol for symbol, table in content.parameters.items() if table.default == 0]
    return Instrument(
        id=head.id,
        title=_named(head.title, head.id),
        about=head.about,
        seeds=tuple(head.seeds),
        switches=tuple(by_default if head.switches is None else head.switches),
        parameters=tuple(content.parameters),
        derived=tuple(content.derived),
        terms=Frozen({name: parse(text) for name, text in content.terms.items()}),
        factors=Frozen({name: parse(text) for name, text in content.factors.items()}),
        entries=tuple(entry.id for entry in content.entries),
        share_factors=Frozen({name: parse(text) for name, text in content.share_factors.items()}),
        delays=tuple(Delay(tuple(row.of), tuple(row.seen_by), parse(row.lag)) for row in content.delays),
        monitoring=None if content.monitoring is None else _monitoring(content.monitoring),
        correlation=None if content.correlation is None else Correlation(content.correlation.objective),
        file=page.file,
    )
