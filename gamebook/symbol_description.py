"""What ``show`` tells of one symbol: its meaning, value, bounds and source, and where the game uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gamebook.book import Book
from gamebook.description import shown_formula
from gamebook.reports.layout import Page
from gamebook.texts import text, unit_text
from payoffs.derived import Derived
from payoffs.game import Game
from payoffs.parameters import Parameter
from payoffs.texts import Text


@dataclass(frozen=True, slots=True)
class Use:
    """A place that names the symbol: a derived quantity, a ledger entry, or an effect of a tool."""

    kind: str
    name: Text
    formula: str


@dataclass(frozen=True, eq=False)
class SymbolDescription:
    """One symbol in every game that declares it.

    Examples
    --------
    >>> found = describe_symbol(Book.open(), "s_F")
    >>> [game.id for game in found.games], found.games[0].parameters["s_F"].unit
    (['training-investment'], 'share')
    """

    symbol: str
    games: tuple[Game, ...]

    def text(self, lang: str) -> str:
        """The description for people, at most 80 columns."""
        page = Page(lang)
        for number, game in enumerate(self.games):
            if number:
                page.gap()
            declared = _declared(game, self.symbol)
            title = game.title.in_language(lang)
            page.line(text("symbol.title", lang, symbol=self.symbol, name=declared.name.in_language(lang)))
            page.line(text("symbol.game", lang, id=game.id, title=title))
            if isinstance(declared, Parameter):
                _add_parameter(page, game, declared)
            else:
                page.labelled(text("symbol.formula", lang), shown_formula(declared), width=14)
            uses = list(_uses(game, self.symbol))
            page.heading(text("symbol.uses", lang))
            if not uses:
                page.line(text("symbol.unused", lang), indent=2)
            for use in uses:
                page.line(text(f"symbol.{use.kind}", lang, name=use.name.in_language(lang)), indent=2)
                page.line(use.formula, indent=6, hang=2)
        return page.text()

    def data(self) -> dict[str, object]:
        """The description as plain data."""
        return {
            "schema": "gamebook/symbol/1",
            "symbol": self.symbol,
            "games": [_game_data(game, self.symbol) for game in self.games],
        }


def describe_symbol(book: Book, symbol: str) -> SymbolDescription | None:
    """Find the games that declare a parameter or a derived quantity of this name; None if there is none."""
    games = (book.game(name) for name in book.shelves)
    found = tuple(game for game in games if symbol in game.parameters or symbol in game.derived)
    return SymbolDescription(symbol, found) if found else None


def _declared(game: Game, symbol: str) -> Parameter | Derived:
    return game.parameters[symbol] if symbol in game.parameters else game.derived[symbol]


def _tool(game: Game, id_: str | None) -> Text | None:
    return next((tool.title for tool in game.instruments if tool.id == id_), None)


def _add_parameter(page: Page, game: Game, parameter: Parameter) -> None:
    lang = page.lang
    bounds = f"[{parameter.low:g}, {parameter.high:g}]"
    rows = [
        (text("show.default", lang), f"{parameter.default:g} {unit_text(parameter.unit, lang)}".rstrip()),
        (text("show.bounds", lang), bounds),
    ]
    tool = _tool(game, parameter.instrument)
    if tool is not None:
        rows.append((text("symbol.tool", lang), f"{tool.in_language(lang)} ({parameter.instrument})"))
    if parameter.confidence:
        rows.append((text("show.confidence", lang), text(f"confidence.{parameter.confidence}", lang)))
    if parameter.evidence is not None:
        low, high = (f"{end:g}" for end in parameter.evidence)
        rows.append((text("show.documented", lang), text("show.from_to", lang, low=low, high=high)))
    if parameter.source.in_language(lang):
        rows.append((text("show.source", lang), parameter.source.in_language(lang)))
    for label, words in rows:
        page.labelled(label, words, width=14)


def _uses(game: Game, symbol: str) -> Iterator[Use]:
    """Every formula of the game that names the symbol, the tools' included."""
    for quantity in game.derived.values():
        parts = [quantity.base, *(term for _, term in quantity.terms), *(factor for _, factor in quantity.factors)]
        if any(symbol in part.names for part in parts):
            yield Use("derived", quantity.name, f"{quantity.symbol} = {shown_formula(quantity)}")
    for entry in game.entries:
        if symbol in entry.amount.names or symbol in entry.when.names:
            yield Use("entry", entry.name, f"{entry.amount}, {entry.when}")
    for tool in game.instruments:
        for target, formula in tool.share_factors.items():
            if symbol == target or symbol in formula.names:
                yield Use("share_factor", tool.title, f"{target} * ({formula})")
    for profile, formulas in (game.cells or {}).items():
        for party, formula in zip(game.parties, formulas, strict=True):
            if symbol in formula.names:
                name = "".join(str(s) for s in profile)
                yield Use("cell", party.name, f"{name}: {formula}")


def _game_data(game: Game, symbol: str) -> dict[str, object]:
    declared = _declared(game, symbol)
    data: dict[str, object] = {
        "game": game.id,
        "kind": "parameter" if isinstance(declared, Parameter) else "derived",
        "name": {"en": declared.name.en, "zh": declared.name.zh},
        "unit": declared.unit,
        "instrument": declared.instrument,
    }
    if isinstance(declared, Parameter):
        finite = abs(declared.low) + abs(declared.high) != float("inf")
        data["default"] = declared.default
        data["bounds"] = [declared.low, declared.high] if finite else None
        data["source"] = {"en": declared.source.en, "zh": declared.source.zh}
        data["confidence"] = declared.confidence
        data["evidence"] = None if declared.evidence is None else list(declared.evidence)
        data["uncertain"] = declared.uncertain
    else:
        data["formula"] = shown_formula(declared)
    data["used_in"] = [
        {"kind": use.kind, "name": {"en": use.name.en, "zh": use.name.zh}, "formula": use.formula}
        for use in _uses(game, symbol)
    ]
    return data
