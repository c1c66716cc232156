"""Money along one simulated path: at its first and last year, and summed over the years, per worker or in total."""

from __future__ import annotations

from gamebook.money import NOISE, PER_WORKER_ONLY, Scale
from gamebook.reports.layout import Page, amount, number, percent
from gamebook.reports.money import money_unit
from gamebook.simulation import Simulation
from gamebook.texts import text


def add_path_money(page: Page, simulation: Simulation, *, unit: str | None, headcount: float | None) -> None:
    """Add a table of the figures of money; nothing for games without a ledger.

    Parameters
    ----------
    unit : "yuan", "k", "wan" or "yi"; of money figures
    headcount : number of workers; the figures are then totals
    """
    if not simulation.money:
        return
    lang = page.lang
    years = f"{simulation.times[-1]:g}"
    if headcount is None:
        scale = Scale.per_worker(unit, headcount)
        words = money_unit(simulation, scale, lang)
    else:
        scale = Scale.total(unit, headcount)
        words = text("report.totals", lang, headcount=f"{headcount:,.0f}", unit=text(f"unit.{scale.unit}", lang))
    written = number if headcount is None else amount
    page.heading(text("simulation.money", lang, years=years, unit=words))
    rows = []
    for name, values in simulation.money.items():
        if headcount is not None and name in PER_WORKER_ONLY:
            continue
        floor = NOISE * float(simulation.money["outlay"][0].max())
        ends = [0.0 if abs(float(x)) < floor else float(x) * scale.factor for x in (values[0, 0], values[0, -1])]
        total = float(simulation.discounted[name][0]) * scale.factor if name in simulation.discounted else None
        rows.append([text(f"money.{name}", lang), *map(written, ends), written(total)])
    cost = float(simulation.discounted["cost"][0]) * scale.factor
    both = [float(simulation.money["outlay"][0, k] + simulation.money["burden"][0, k]) * scale.factor for k in (0, -1)]
    rows.append([text("simulation.cost", lang), *map(written, both), written(cost)])
    headers = [text(f"simulation.{part}", lang, year=years) for part in ("first_year", "last_year", "sum")]
    page.table(["", *headers], rows)
    page.line(text("simulation.money_note", lang, rate=percent(simulation.discount, lang)), indent=2)
