"""Population by population: the report of ``solve`` where parties are split, or are too many for wide tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gamebook.reports.layout import Page, number, percent
from gamebook.reports.money import state_name
from gamebook.solution import Solution
from gamebook.texts import text
from solvers.results import RestPoint

WIDEST = 5
"""Populations up to which tables have a column for each."""
PROFILES_AT_ONCE = 3
MOST_PROFILES = 9
STATES_AT_ONCE = 2


def is_wide(solution: Solution) -> bool:
    """Whether tables with columns for every population would not fit."""
    return solution.is_split or len(solution.populations) > WIDEST


def add_parts(page: Page, solution: Solution) -> None:
    """Add the verdict population by population."""
    if not solution.parts or solution.coordination is None:
        return
    lang = page.lang
    page.heading(text("report.parts", lang))
    columns = (
        "report.label", "report.part.loss", "report.stable", "report.part.basin", "report.certain",
        "report.part.reached", "report.survives", "report.population",
    )  # fmt: skip
    rows = []
    for part in solution.parts:
        after = "" if part.survives_exit is None else _answer(part.survives_exit, lang)
        rows.append([
            solution.labels[part.population], number(part.loss), _answer(part.stable, lang),
            percent(part.basin.share, lang), _answer(part.certain, lang), _answer(part.reached, lang), after,
            solution.populations[part.population].name.in_language(lang),
        ])  # fmt: skip
    page.table([text(column, lang) for column in columns], rows, left=(0, 7), fold=(7,))
    page.line(text("report.note.parts", lang, profile=solution.coordination.profile), indent=2, hang=2)


def _answer(value: bool | None, lang: str) -> str:
    return text("open" if value is None else "yes" if value else "no", lang)


def add_profiles(page: Page, solution: Solution) -> None:
    """Add payoffs and gains from deviating at the pure profiles that matter, a row per population."""
    lang = page.lang
    page.heading(text("report.profiles", lang))
    chosen = _profiles(solution)
    for first in range(0, len(chosen), PROFILES_AT_ONCE):
        some = chosen[first : first + PROFILES_AT_ONCE]
        names = [solution.full_name(point.pure or ()) for point in some]
        headers = [text("report.label", lang)]
        for name in names:
            headers += [text("report.payoff_at", lang, profile=name), text("report.gain_at", lang)]
        columns: list[list[str]] = [list(solution.labels)]
        for point in some:
            gains = dict(zip(solution.free, (float(value.real) for value in point.eigenvalues), strict=True))
            columns.append([number(u) for u in solution.payoffs_at(point.shares)])
            columns.append([number(gains.get(i)) for i in range(len(solution.populations))])
        page.table(headers, list(zip(*columns, strict=True)), left=(0,))
    count = 2 ** len(solution.free)
    stable = sum(point.is_strict_nash for point in solution.rest_points)
    page.line(text("report.note.profiles", lang, count=count, shown=len(chosen), stable=stable), indent=2)
    page.line(text("report.note.gains", lang), indent=2)


def _profiles(solution: Solution) -> list[RestPoint]:
    """Coordination, every Nash equilibrium, and the end of the path from the status quo."""
    pure = {point.pure: point for point in solution.rest_points if point.pure is not None}
    wanted = [profile for profile, point in reversed(pure.items()) if point.is_nash]
    if solution.end is not None:
        wanted.append(solution.end)
    goal = solution.coordination
    found = [pure[profile] for profile in dict.fromkeys(wanted)]
    if goal is not None:
        at_goal = [point for point in pure.values() if solution.full_name(point.pure or ()) == goal.profile]
        found = [*at_goal, *(point for point in found if point not in at_goal)]
    return found[:MOST_PROFILES]


def add_asked(page: Page, solution: Solution) -> None:
    """Add shares, payoffs and advantages at the states that were asked for."""
    asked = [state for state in solution.states if state.role == "asked"]
    if not asked:
        return
    lang = page.lang
    page.heading(text("report.asked", lang))
    columns = ("payoff", "gain")
    for first in range(0, len(asked), STATES_AT_ONCE):
        headers, cells = [text("report.label", lang)], [list(solution.labels)]
        for state in asked[first : first + STATES_AT_ONCE]:
            headers += [state_name(state, lang), *(text(f"report.asked.{column}", lang) for column in columns)]
            cells.append([f"{x:.4g}" for x in state.shares])
            cells += [[number(float(value)) for value in values] for values in (state.payoffs, state.advantages)]
        page.table(headers, list(zip(*cells, strict=True)), left=(0,))
    page.line(text("report.asked.note", lang), indent=2)


def party_note(solution: Solution, shares: Sequence[float], lang: str) -> str:
    """Shares of parties of which only a part plays index 1, in brackets; nothing if no party is split."""
    if not solution.is_split:
        return ""
    means = solution.party_means(np.array(shares))
    halves = [f"{party.share} = {x:.3g}" for party, x in zip(solution.parties, means, strict=True) if 0.0 < x < 1.0]
    return text("report.of_parties", lang, shares=("，" if lang == "zh" else ", ").join(halves)) if halves else ""
