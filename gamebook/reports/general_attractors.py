"""Sinks, closed sets of strategies and the money of pure states, for games with many strategies."""

from __future__ import annotations

from gamebook.general_solution import GeneralSolution
from gamebook.money import FIGURES, SUMS, Scale
from gamebook.reports.layout import Page, amount, number
from gamebook.texts import text, unit_text

MOST_PROFILES = 30
"""Profiles of one sink component to name."""
MOST_STATES = 4


def add_attractors(page: Page, solution: GeneralSolution) -> None:
    """Add the evolutionarily stable states, the sink components and the closed faces."""
    lang = page.lang
    page.heading(text("report.attractors", lang))
    ess = ", ".join(solution.pure_name(point.pure or ()) for point in solution.ess) or text("none", lang)
    page.labelled(text("report.ess", lang), ess)
    for place, sink in enumerate(solution.sink_components):
        names = ", ".join(sink[:MOST_PROFILES]) + (" ..." if len(sink) > MOST_PROFILES else "")
        words = sink[0] if len(sink) == 1 else text("report.sink_of", lang, count=len(sink), profiles=names)
        page.labelled(text("report.sinks", lang) if place == 0 else "", words)
    faces = ", ".join(solution.face_name(face) for face in solution.equilibria.closed_faces)
    page.labelled(text("report.faces", lang), faces)


def add_states(page: Page, solution: GeneralSolution, *, unit: str | None, headcount: float | None) -> None:
    """Add money and measures, a column per pure state; with a headcount, totals below. Nothing without a ledger."""
    lang = page.lang
    states = [state for state in solution.states if state.money is not None][:MOST_STATES]
    if not states:
        return
    headers = [""]
    headers += [
        text(f"report.state.{state.role}", lang, profile=solution.state_words(state.profile)) for state in states
    ]
    for total in (False, True):
        if total and headcount is None:
            return
        in_money = solution.unit.startswith("kCNY")
        scale = Scale.total(unit, headcount or 0.0) if total else Scale.per_worker(unit, headcount)
        factor = scale.factor if in_money or total else 1.0
        written = amount if total else number
        names = SUMS if total else FIGURES
        rows = []
        for name in names:
            values = [getattr(state.money, name) for state in states]
            if any(value is not None and float(value) != 0.0 for value in values):
                cells = [written(None if value is None else float(value) * factor) for value in values]
                rows.append([text(f"money.{name}", lang), *cells])
        if total:
            shown = text(f"unit.{scale.unit}", lang)
            page.heading(text("report.totals", lang, headcount=f"{headcount:,.0f}", unit=shown))
        else:
            shown = text("report.per_worker", lang, unit=text(f"unit.{scale.unit}", lang))
            page.heading(text("report.money", lang, unit=shown if in_money else unit_text(solution.unit, lang)))
            for measure in states[0].measures:
                title = solution.names[f"measure.{measure}"].in_language(lang)
                rows.append([title, *(number(state.measures[measure]) for state in states)])
        page.table(headers, rows, fold=(0,))
