"""The policy of a result: instruments in force, and other parameters that were changed."""

from __future__ import annotations

from gamebook.reports.layout import Page
from gamebook.subject import Subject
from gamebook.texts import text, unit_text


def add_policy(page: Page, subject: Subject) -> None:
    """Add the parameters that differ from their defaults, those of instruments first."""
    lang = page.lang
    if not subject.changed and not subject.has_instruments:
        return
    page.heading(text("report.policy", lang))
    if not subject.instruments:
        page.line(text("report.no_policy", lang), indent=2)
    headers = [text(f"report.{column}", lang) for column in ("symbol", "value", "unit", "instrument")]
    tools: list[list[str]] = []
    others: list[list[str]] = []
    for symbol, value in subject.changed.items():
        tool = subject.owners.get(symbol)
        name = subject.names[f"parameter.{symbol}" if tool is None else f"instrument.{tool}"].in_language(lang)
        unit = unit_text(subject.units[f"parameter.{symbol}"], lang)
        (others if tool is None else tools).append([symbol, f"{value:g}", unit, name])
    if tools:
        page.table(headers, tools, left=(0, 2, 3), fold=(3,))
    if others:
        page.line(text("report.changed", lang), indent=2)
        page.table([*headers[:3], ""], others, left=(0, 2, 3), fold=(3,))
