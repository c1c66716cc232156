"""The report of ``simulate``: one path year by year and where it goes, or many paths by where they go."""

from __future__ import annotations

import math

import numpy as np

from gamebook.money import Scale
from gamebook.reports.head import add_head
from gamebook.reports.layout import Page, number, percent, small
from gamebook.reports.money import money_unit
from gamebook.reports.path_money import add_path_money
from gamebook.revision import dynamics_words, is_standard, rate_words
from gamebook.simulation import PathEnd, Simulation
from gamebook.texts import text, unit_text
from solvers.arrays import Floats
from solvers.dynamics.protocols import BEST_RESPONSE

ROWS = 11
MOST_PARTIES_WITH_PAYOFFS = 4  # columns of payoffs beside those of shares


def simulation_report(
    simulation: Simulation, *, lang: str = "en", unit: str | None = None, headcount: float | None = None
) -> str:
    """Return the report as plain text of at most 80 columns.

    Parameters
    ----------
    lang : "en" or "zh"
    unit : "yuan", "k", "wan" or "yi"; of money figures
    headcount : number of workers for totals
    """
    page = Page(lang)
    add_head(page, simulation, title="simulation.title")
    page.line(_span(simulation, lang))
    if len(simulation.shares) == 1:
        _add_path(page, simulation)
        _add_end(page, simulation)
        add_path_money(page, simulation, unit=unit, headcount=headcount)
    else:
        _add_many(page, simulation, Scale.per_worker(unit, headcount))
    return page.text()


def _span(simulation: Simulation, lang: str) -> str:
    speeds = ""
    if (simulation.speeds != 1.0).any():
        each = zip(simulation.populations, simulation.speeds, strict=True)
        words = ", ".join(f"{party.share} {speed:g}" for party, speed in each if speed != 1.0)
        speeds = text("simulation.speeds", lang, speeds=words)
    years, rate = f"{simulation.times[-1]:g}", f"{simulation.revision_rate:g}"
    if not is_standard(simulation.protocol):
        words = dynamics_words(simulation.protocol, simulation.unit, lang)
        pace = rate_words(simulation.protocol, simulation.revision_rate, lang)
        return text("simulation.span_protocol", lang, years=years, dynamics=words, rate=pace, speeds=speeds)
    return text("simulation.span", lang, years=years, rate=rate, speeds=speeds)


def _share(x: float, *, fixed: bool = False) -> str:
    """Three decimals; a share that moves is never quite 0 or 1; a dash where it is not known."""
    if x != x:
        return "-"
    if fixed and x in (0.0, 1.0):
        return f"{x:.0f}"
    return "<.001" if x < 5e-4 else ">.999" if x > 1.0 - 5e-4 else f"{x:.3f}"


def _add_path(page: Page, simulation: Simulation) -> None:
    lang = page.lang
    page.heading(text(f"simulation.path_{'status_quo' if simulation.source == 'status quo' else 'start'}", lang))
    rows = np.unique(np.linspace(0, len(simulation.times) - 1, ROWS).round().astype(int))
    shares = simulation.labels if simulation.is_split else [party.share for party in simulation.populations]
    headers = [text("simulation.year", lang), *shares]
    columns = [[f"{simulation.times[k]:.4g}" for k in rows]]
    columns += [
        [_share(float(x), fixed=i in simulation.given) for x in simulation.shares[0, rows, i]]
        for i in range(len(simulation.populations))
    ]
    if simulation.mismatch is not None and simulation.dynamic_mismatch is not None:
        shown = [(text("simulation.mismatch", lang), simulation.mismatch)]
        shown.append((text("simulation.felt", lang), simulation.dynamic_mismatch))
        if not simulation.is_split:  # room for what is only the rest of mismatch
            shown.insert(0, (simulation.names["measure.matched"].in_language(lang), simulation.measures["matched"]))
        for header, values in shown:
            headers.append(header)
            columns.append([number(float(value)) for value in values[0, rows]])
    if "outlay" in simulation.money:
        headers.append(text("money.outlay", lang))
        columns.append([number(float(value)) for value in simulation.money["outlay"][0, rows]])
    elif len(simulation.populations) <= MOST_PARTIES_WITH_PAYOFFS:
        headers += [text("report.payoff_of", lang, party=party.symbol) for party in simulation.populations]
        columns += [list(map(number, payoffs.tolist())) for payoffs in simulation.payoffs[0, rows].T]
    page.table(headers, list(zip(*columns, strict=True)), left=())
    if not simulation.is_whole and simulation.known_until is not None:
        page.line(text("simulation.known_until", lang, year=f"{simulation.known_until[0]:.1f}"), indent=2)
    if simulation.mismatch is not None and "outlay" in simulation.money:
        unit = unit_text(simulation.unit, lang)
        code = "simulation.note_split" if simulation.is_split else "simulation.note"
        page.line(text(code, lang, delta=f"{simulation.delta:g}", unit=unit), indent=2)


def _add_end(page: Page, simulation: Simulation) -> None:
    lang = page.lang
    page.heading(text("simulation.end", lang))
    page.labelled(text("simulation.goes", lang), _end_words(simulation, simulation.ends[0], lang))
    if simulation.goal is not None:
        year = simulation.years_to_goal[0]
        code = "simulation.goal_never" if year is None else "simulation.goal_reached"
        words = text(code, lang, goal=simulation.goal, **({} if year is None else {"year": f"{year:.1f}"}))
        page.labelled(text("simulation.goal", lang), words)
    if simulation.mean_dynamic_mismatch is not None and simulation.is_whole:
        mean, years = number(float(simulation.mean_dynamic_mismatch[0])), f"{simulation.times[-1]:g}"
        page.labelled(text("simulation.mean", lang), text("simulation.mean_felt", lang, mean=mean, years=years))


def _end_words(simulation: Simulation, end: PathEnd, lang: str) -> str:
    year = f"{end.year:.1f}"
    if end.status == "settled" and simulation.protocol.code == BEST_RESPONSE:
        return text("simulation.settled_replies", lang, profile=end.profile, year=year)
    if end.status == "settled":
        return text("simulation.settled", lang, profile=end.profile, year=year)
    shares = _state(simulation, end)
    if end.status == "at rest" and end.near is not None:
        return text("simulation.quantal", lang, shares=shares, near=end.near, check=rest_words(end, lang))
    if end.status == "at rest":
        code = "simulation.rests" if end.attracts else "simulation.at_rest"
        return text(code, lang, shares=shares, velocity=small(end.velocity))
    if end.status == "cycling":
        return text("simulation.cycling", lang, period=number(end.period))
    if end.status == "heteroclinic":
        cycle = " > ".join((*end.cycle, end.cycle[0]))
        return text("simulation.heteroclinic", lang, cycle=cycle, ratio=number(end.ratio))
    if end.status == "undecided":
        return text("simulation.undecided", lang, year=year)
    code = f"simulation.{end.status.replace(' ', '_')}"  # closing in, sliding, out of budget
    return text(code, lang, year=year, shares=shares, near=end.near)


def _state(simulation: Simulation, end: PathEnd) -> str:
    parts = enumerate(zip(simulation.populations, end.shares, strict=True))
    return ", ".join(f"{party.share} = {_share(float(x), fixed=i in simulation.given)}" for i, (party, x) in parts)


def rest_words(end: PathEnd, lang: str) -> str:
    """What was checked of a rest point under a protocol with noise, or of a mixed one."""
    moves = text("rest.moves", lang, velocity=_bound(end.velocity))
    if end.distance is None:
        parts = [moves, text("rest.unchecked", lang)]
    else:
        code = "rest.attracts" if end.attracts else "rest.repels" if end.repels else "rest.neutral"
        parts = [moves, text("rest.near", lang, distance=_bound(end.distance)) + text(code, lang)]
    return ("" if lang == "zh" else " ").join(parts)


def _add_many(page: Page, simulation: Simulation, scale: Scale) -> None:
    lang = page.lang
    page.line(text(f"simulation.source_{simulation.source}", lang))
    count = len(simulation.ends)
    page.heading(text("simulation.many", lang, count=f"{count:,}"))
    felt = simulation.mean_dynamic_mismatch
    headers = [text(f"simulation.{name}", lang) for name in ("goes", "paths", "part")]
    if simulation.goal is not None:
        headers.append(text("simulation.years_to_goal", lang))
    if felt is not None:
        headers.append(text("simulation.felt", lang))
    if simulation.discounted:
        headers.append(text("simulation.cost", lang))
    rows = []
    for status, where, paths in simulation.outcomes():
        years = [year for year in (simulation.years_to_goal[p] for p in paths) if year is not None]
        code = "rest_near" if status == "at rest" and where else status.replace(" ", "_")
        name = text(f"simulation.outcome.{code}", lang, where=where)
        row = [name, f"{len(paths):,}", percent(len(paths) / count, lang)]
        if simulation.goal is not None:
            row.append(f"{np.median(years):.1f}" if years else "-")
        if felt is not None:
            row.append(number(_mean(felt[list(paths)])))
        if simulation.discounted:
            row.append(number(_mean(simulation.discounted["cost"][list(paths)]) * scale.factor))
        rows.append(row)
    page.table(headers, rows, fold=(0,))
    if not simulation.is_whole and simulation.known_until is not None:
        short = int((simulation.known_until < simulation.times[-1]).sum())
        page.line(text("simulation.known_until_some", lang, count=f"{short:,}"), indent=2)
    if simulation.goal is not None:
        page.line(text("simulation.note_many", lang, goal=simulation.goal), indent=2)
    if felt is not None:
        page.line(text("simulation.note_felt", lang), indent=2)
    if simulation.discounted:
        rate, words = percent(simulation.discount, lang), money_unit(simulation, scale, lang)
        page.line(text("simulation.note_cost", lang, rate=rate, unit=words), indent=2)


def _bound(value: float) -> str:
    """Power of ten that a small number does not exceed; what lies below 1e-8 is rounding.

    Examples
    --------
    >>> _bound(3e-11), _bound(2e-5)
    ('1e-08', '1e-04')
    """
    return small(10.0 ** max(-8, math.ceil(math.log10(max(value, 1e-300)))))


def _mean(values: Floats) -> float:
    """Mean of the numbers that are known; NaN if none is."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")
