"""Names and titles of everything in a book, as data and as a table."""

from __future__ import annotations

from collections.abc import Iterator

from gamebook.book import Book
from gamebook.reports.layout import Page
from gamebook.subject_json import groups_json
from gamebook.texts import text

Row = dict[str, object]


def listing(book: Book, *, only: str | None = None) -> dict[str, list[Row]]:
    """Games, scenarios and instruments of a book, or of one game, with their titles in both languages.

    Raises
    ------
    PageError
        If a page is wrong, with all its faults.
    """
    found: dict[str, list[Row]] = {"games": [], "scenarios": [], "instruments": []}
    # The games with policy instruments first: they are what most people come for.
    for name in sorted(book.shelves, key=lambda name: (not book.shelves[name].pages["instrument"], name)):
        if only not in (None, name):
            continue
        game = book.game(name)
        parties = [party.id for party in game.parties]
        found["games"].append({"name": name, "title": _both(game.title), "parties": parties})
        for scenario in book.scenarios(name):
            row: Row = {"name": scenario.id, "game": name, "title": _both(scenario.title)}
            groups = groups_json(scenario.segments, scenario.regions)
            found["scenarios"].append({**row, "values": dict(scenario.values), **groups})
        for tool in game.instruments:
            switches = list(tool.switches)
            found["instruments"].append(
                {"name": tool.id, "game": name, "title": _both(tool.title), "switches": switches}
            )  # fmt: skip
    return found


def _both(words: object) -> dict[str, str]:
    return {lang: str(words.in_language(lang)) for lang in ("en", "zh")}  # type: ignore[attr-defined]


def _groups(found: dict[str, list[Row]], lang: str) -> Iterator[tuple[str, str, list[Row]]]:
    """Kind, heading and rows of each table; what belongs to several games is listed game by game."""
    for kind, rows in found.items():
        title = text(f"list.{kind}", lang)
        games = list(dict.fromkeys(str(row["game"]) for row in rows)) if kind != "games" else []
        if len(games) < 2 and rows:
            yield kind, title, rows
        for game in games if len(games) > 1 else ():
            yield kind, text("list.of", lang, kind=title, game=game), [row for row in rows if row["game"] == game]


def listing_text(found: dict[str, list[Row]], lang: str) -> str:
    """Return the listing as tables."""
    page = Page(lang)
    for kind, heading, rows in _groups(found, lang):
        page.heading(heading)
        headers = [text("list.name", lang), text("list.title", lang)]
        if kind == "instruments":
            headers.append(text("list.switches", lang))
        table = []
        for row in rows:
            title = row["title"]
            cells = [str(row["name"]), title[lang] if isinstance(title, dict) else ""]
            if kind == "instruments":
                switches = row["switches"]
                cells.append(" ".join(switches) if isinstance(switches, list) else "")
            table.append(cells)
        page.table(headers, table, left=(0, 1, 2), fold=(1, 2))
    page.gap()
    page.line(text("list.hint", lang))
    return page.text()
