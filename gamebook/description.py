"""What ``show`` tells of a game, a scenario or an instrument: as data and as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from gamebook.book import Book, Case
from gamebook.errors import InputError
from gamebook.reports.layout import Page, number
from gamebook.subject_json import groups_json
from gamebook.texts import text, unit_text
from payoffs.derived import Derived
from payoffs.game import Game
from payoffs.instruments import Instrument
from payoffs.ledger import Entry
from payoffs.numeric_game import NumericGame
from payoffs.parameters import Parameter
from payoffs.parties import profile_name
from payoffs.scenario import Region, Segment
from payoffs.texts import Text

MOST_CELLS = 256
"""Profiles of a table that are shown."""


@dataclass(frozen=True, eq=False)
class Description:
    """A game with a scenario's values, or one instrument of it."""

    case: Case
    values: Mapping[str, float]
    instrument: Instrument | None

    def parameters(self) -> list[Parameter]:
        """Parameters to show: those of the instrument, or all of the base game and those the case sets."""
        known = self.case.game.parameters
        if self.instrument is not None:
            return [known[symbol] for symbol in self.instrument.parameters]
        return [p for p in known.values() if p.instrument is None or p.symbol in self.values]

    def entries(self) -> list[Entry]:
        """Ledger entries to show."""
        if self.instrument is not None:
            return [entry for entry in self.case.game.entries if entry.instrument == self.instrument.id]
        in_force = {tool.id for tool in self.case.game.in_force(self.values)}
        return [e for e in self.case.game.entries if e.instrument is None or e.instrument in in_force]

    def value(self, parameter: Parameter) -> float:
        """Value in use."""
        return self.values.get(parameter.symbol, parameter.default)

    def data(self) -> dict[str, object]:
        """The description as plain data."""
        game, tool = self.case.game, self.instrument
        title, about, file = _head(self.case, tool)
        return {
            "schema": "gamebook/description/1",
            "target": self.case.target if tool is None else tool.id,
            "game": game.id,
            "title": {"en": title.en, "zh": title.zh},
            "about": {"en": about.en, "zh": about.zh},
            "file": file,
            "parties": [party.id for party in game.parties],
            "start": dict(self.case.start),
            **groups_json(*self._groups()),
            "parameters": [
                {
                    "symbol": p.symbol,
                    "value": self.value(p),
                    "default": p.default,
                    "bounds": [p.low, p.high] if abs(p.low) + abs(p.high) != float("inf") else None,
                    "unit": p.unit,
                    "name": {"en": p.name.en, "zh": p.name.zh},
                    "instrument": p.instrument,
                    "source": {"en": p.source.en, "zh": p.source.zh},
                    "confidence": p.confidence,
                    "evidence": None if p.evidence is None else list(p.evidence),
                    "uncertain": p.uncertain,
                }
                for p in self.parameters()
            ],
            "entries": [
                {
                    "id": e.id,
                    "payer": e.payer,
                    "receiver": e.receiver,
                    "amount": str(e.amount),
                    "when": str(e.when),
                    "cash": e.cash,
                    "instrument": e.instrument,
                }
                for e in self.entries()
            ],
        }

    def text(self, lang: str) -> str:
        """The description for people, at most 80 columns."""
        page = Page(lang)
        title, about, file = _head(self.case, self.instrument)
        name = self.case.target if self.instrument is None else self.instrument.id
        page.line(text("report.title", lang, target=name, title=title.in_language(lang)))
        page.line(text("show.file", lang, file=file))
        if about.in_language(lang):
            page.gap()
            page.line(" ".join(about.in_language(lang).split()))
        source = self.case.game.source.in_language(lang)
        if self.instrument is None and source:
            page.gap()
            page.line(f"{text('show.source', lang)}{'：' if lang == 'zh' else ': '}{source}")
        if self.instrument is None:
            _add_parties(page, self.case.game)
            _add_values(page, "show.start", self.case.start)
            self._add_groups(page)
        elif self.instrument.unsolved:
            page.gap()
            mediates = self.instrument.needs_dynamics == "correlation"
            page.line(text("show.mediation" if mediates else "show.dynamics", lang))
        self._add_parameters(page)
        if self.instrument is None:
            _add_derived(page, self.case.game, self.values)
            _add_cells(page, self.case.game)
        else:
            _add_effects(page, self.instrument)
        _add_ledger(page, self.case.game, self.entries())
        if self.instrument is None:
            page.gap()
            page.line(text("show.instruments", lang, count=len(self.case.game.instruments)))
        return page.text()

    def _groups(self) -> tuple[tuple[Segment, ...], tuple[Region, ...]]:
        scenario = self.case.scenario
        return ((), ()) if scenario is None or self.instrument is not None else (scenario.segments, scenario.regions)

    def _add_groups(self, page: Page) -> None:
        """Segments and regions with their weights and what they set."""
        segments, regions = self._groups()
        if not segments and not regions:
            return
        lang = page.lang
        names = {party.id: party.name.in_language(lang) for party in self.case.game.parties}
        rows = [[names[part.party], *_group_cells(part, lang)] for part in segments]
        rows += [[text("show.everyone", lang), *_group_cells(part, lang)] for part in regions]
        page.heading(text("show.segments", lang))
        headers = [text(f"report.{column}", lang) for column in ("party", "id", "weight", "values", "population")]
        page.table(headers, rows, left=(0, 1, 3, 4), fold=(0, 3, 4))

    def _add_parameters(self, page: Page) -> None:
        lang = page.lang
        if not self.parameters():
            return
        page.heading(text("show.parameters", lang))
        for p in self.parameters():
            unit = unit_text(p.unit, lang)
            value = f"{p.symbol} = {self.value(p):g}"
            if self.value(p) != p.default:
                value += f" ({text('show.default', lang)} {p.default:g})"
            page.line(f"{value}  [{p.low:g}, {p.high:g}]  {unit}", indent=2)
            confidence = text(f"confidence.{p.confidence}", lang) if p.confidence else ""
            documented = ""
            if p.evidence is not None:
                documented = text("show.evidence", lang, low=f"{p.evidence[0]:g}", high=f"{p.evidence[1]:g}")
            words = [p.name.in_language(lang), confidence, documented, p.source.in_language(lang)]
            page.line(("；" if lang == "zh" else "; ").join(word for word in words if word), indent=6)


def _group_cells(part: Segment | Region, lang: str) -> list[str]:
    values = ", ".join(f"{symbol} = {value:g}" for symbol, value in part.values.items())
    return [part.id, f"{part.weight:g}", values, part.name.in_language(lang)]


def _head(case: Case, tool: Instrument | None) -> tuple[Text, Text, str]:
    """Title, explanation and file of what is shown."""
    if tool is not None:
        return tool.title, tool.about, tool.file
    if case.scenario is not None:
        return case.scenario.title, case.scenario.about, case.scenario.file
    file = case.game.file if isinstance(case.game, NumericGame) else case.game.pages[0].file
    return case.game.title, case.game.about, file


def _add_parties(page: Page, game: Game) -> None:
    lang = page.lang
    page.heading(text("show.parties", lang))
    for party in game.parties:
        names = [strategy.name.in_language(lang) for strategy in party.strategies]
        if len(names) == 2 and party.indicator:
            words = text(
                "show.party", lang, name=party.name.in_language(lang), symbol=party.symbol,
                indicator=party.indicator or "", one=names[1], zero=names[0], share=party.share,
            )  # fmt: skip
        else:
            listed = ("，" if lang == "zh" else ", ").join(f"{s} {name}" for s, name in enumerate(names))
            words = text("show.party_many", lang, name=party.name.in_language(lang), symbol=party.symbol, names=listed)
        page.line(words, indent=2, hang=2)


def _add_values(page: Page, title: str, values: Mapping[str, float]) -> None:
    if not values:  # shares belong to parties of two strategies
        return
    words = ", ".join(f"{symbol} = {value:g}" for symbol, value in values.items())
    page.labelled(text(title, page.lang), words, width=18)


def _add_derived(page: Page, game: Game, values: Mapping[str, float]) -> None:
    """Derived quantities with their formulas and the range of their values over the pure profiles."""
    lang = page.lang
    if not game.derived:
        return
    page.heading(text("show.derived", lang))
    # Payoffs that depend on shares have no values at pure profiles of their own; their formulas still stand.
    depends = any(tool.share_factors for tool in game.in_force(values))
    known = {} if depends else game.ledger(**values).derived
    for symbol, quantity in game.derived.items():
        page.line(f"{symbol} = {shown_formula(quantity)}", indent=2, hang=4)
        words = quantity.name.in_language(lang)
        if symbol in known:
            low, high = number(float(known[symbol].min())), number(float(known[symbol].max()))
            words += f"; {text('show.range', lang, low=low, high=high)}"
        page.line(words, indent=6)


def shown_formula(quantity: Derived) -> str:
    """Base, terms and factors in one formula; a base of 0 that terms replace is left out."""
    terms = [str(term) for _, term in quantity.terms]
    base = str(quantity.base)
    total = " + ".join(terms if base == "0" and terms else [base, *terms])
    factors = [f"({factor})" for _, factor in quantity.factors]
    compound = any(sign in total for sign in "+-")
    return " * ".join([f"({total})" if factors and compound else total, *factors])


def _add_cells(page: Page, game: Game) -> None:
    """Payoff formulas of a game given as a table."""
    if game.cells is None:
        return
    order = ", ".join(party.symbol for party in game.parties)
    page.heading(text("show.cells", page.lang, order=order))
    for profile in islice(game.cells, MOST_CELLS):
        formulas, name = game.cells[profile], profile_name(profile, game.shape)
        page.labelled(name, "; ".join(str(formula) for formula in formulas), width=len(name) + 2)
    if len(game.cells) > MOST_CELLS:
        page.line(text("show.more_cells", page.lang, count=f"{len(game.cells) - MOST_CELLS:,}"), indent=2)


def _add_effects(page: Page, tool: Instrument) -> None:
    """What an instrument adds to derived quantities."""
    lang = page.lang
    if tool.terms or tool.factors:
        page.heading(text("show.effects", lang))
    for code, effects in (("show.term", tool.terms), ("show.factor", tool.factors)):
        for target, formula in effects.items():
            page.line(text(code, lang, target=target, formula=formula), indent=2, hang=4)
    if tool.share_factors:
        page.heading(text("show.share_effects", lang))
    for target, formula in tool.share_factors.items():
        page.line(text("show.share_factor", lang, target=target, formula=formula), indent=2, hang=4)


def _add_ledger(page: Page, game: Game, entries: Iterable[Entry]) -> None:
    lang = page.lang
    names = {party.id: party.name.in_language(lang) for party in game.parties}
    names.update({account: text(f"account.{account}", lang) for account in ("fund", "outside")})
    first = True
    for entry in entries:
        if first:
            page.heading(text("show.ledger", lang))
            first = False
        note = "" if entry.cash else f" ({text('show.non_cash', lang)})"
        page.line(entry.name.in_language(lang) + note, indent=2)
        words = text(
            "show.entry", lang, payer=names[entry.payer], receiver=names[entry.receiver], amount=entry.amount,
            when=entry.when,
        )  # fmt: skip
        page.line(words, indent=6, hang=2)


def describe(book: Book, target: str, values: Mapping[str, float]) -> Description:
    """Find what a target names, an instrument included.

    Raises
    ------
    InputError, PageError
        If there is no such thing, or its page or a value is wrong.
    """
    for shelf in book.shelves.values():
        if target in shelf.pages["instrument"] and target not in shelf.pages["scenario"]:
            game = book.game(shelf.id)
            tool = next(tool for tool in game.instruments if tool.id == target)
            return Description(Case.of(game), game.check_values(values), tool)
    try:
        case = book.case(target)
    except InputError as error:
        if error.code != "input.target":
            raise
        tools = [name for shelf in book.shelves.values() for name in shelf.pages["instrument"]]
        symbols = [symbol for name in book.shelves for symbol in book.game(name).parameters]
        raise InputError("input.any_target", near=(target, [*book.names(), *tools, *symbols]), target=target) from error
    settings = {**case.values, **values}
    case.game.check_values(settings)
    return Description(case, case.game.check_values(settings) if not settings else dict(settings), None)
