"""Modes of the government side by side, in the report of ``solve``."""

from __future__ import annotations

from collections.abc import Mapping

from gamebook.modes import Mode
from gamebook.reports.layout import Page, number, percent
from gamebook.solution import Solution
from gamebook.texts import text

MOST_PROFILES = 3


def add_government(page: Page, solution: Solution) -> None:
    """Add the modes if it matters how the government behaves, else a line that says that it does not."""
    found = solution.government
    if found is None:
        return
    lang = page.lang
    names = text("report.and", lang).join(solution.parties[i].name.in_language(lang) for i in found.parties)
    page.heading(text("report.modes", lang, parties=names))
    if not found.differ:
        page.line(text("report.modes.same", lang, stable=_profiles(found.modes[0], lang)), indent=2)
        return
    headers = [text(f"report.modes.{column}", lang) for column in ("mode", "stable", "end", "payoff", "others")]
    page.table(headers, [_row(solution, mode, lang) for mode in found.modes], left=(0, 1, 2), fold=(0, 1))
    page.line(text("report.modes.note", lang), indent=2, hang=2)
    if found.open:
        held = "; ".join(_held(solution, each) for each in found.open)
        page.line(text("report.modes.open", lang, held=held), indent=2, hang=2)


def _row(solution: Solution, mode: Mode, lang: str) -> list[str]:
    name = text(f"report.mode.{mode.name}", lang)
    if mode.held:
        name += text("report.of_parties", lang, shares=_held(solution, mode.held))
    others = "-" if mode.others is None else percent(mode.others.share, lang)
    return [name, _profiles(mode, lang), mode.end or text("report.modes.nowhere", lang), number(mode.payoff), others]


def _held(solution: Solution, held: Mapping[int, float]) -> str:
    return ", ".join(f"{solution.populations[i].share} = {x:g}" for i, x in held.items())


def _profiles(mode: Mode, lang: str) -> str:
    shown = ", ".join(mode.stable[:MOST_PROFILES])
    return (shown + (", ..." if len(mode.stable) > MOST_PROFILES else "")) or text("none", lang)
