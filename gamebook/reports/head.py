"""The first lines of every report on one game: what it is about, in which unit, and what is held fixed."""

from __future__ import annotations

from gamebook.populations import written
from gamebook.reports.layout import Page
from gamebook.subject import Subject
from gamebook.texts import text, unit_text


def add_head(page: Page, subject: Subject, *, title: str) -> None:
    """Add the title, by its code in the catalogue, then the game with its unit and the fixed shares."""
    lang = page.lang
    page.line(text(title, lang, target=subject.target, title=subject.title.in_language(lang)))
    add_setting(page, subject)
    add_populations(page, subject)


def add_populations(page: Page, subject: Subject) -> None:
    """Add a table of the populations in the order of a profile, where a party is split."""
    if not subject.is_split:
        return
    lang = page.lang
    page.heading(text("report.populations", lang))
    headers = [text(f"report.{column}", lang) for column in ("label", "share_symbol", "weight", "population")]
    rows = [
        [label, p.share, f"{p.weight:g}" if p.is_part else "", p.name.in_language(lang)]
        for label, p in zip(subject.labels, subject.populations, strict=True)
    ]
    page.table(headers, rows, left=(0, 1, 3), fold=(3,))
    example = written(subject.populations, "1" * len(subject.populations))
    page.line(text("report.note.blocks", lang, example=example), indent=2)


def add_setting(page: Page, subject: Subject) -> None:
    """Add the game with its unit, and the shares that are held fixed."""
    lang = page.lang
    if subject.unit:
        page.line(text("report.game", lang, game=subject.game, unit=unit_text(subject.unit, lang)))
    else:
        page.line(text("report.game_array", lang))
    if subject.given:
        given = ", ".join(f"{subject.populations[i].share} = {x:g}" for i, x in subject.given.items())
        page.line(text("report.given", lang, given=given))
