"""The figure of ``simulate``: shares over the years, with mismatch and money underneath; or many paths, by party."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from gamebook.figures import font
from gamebook.figures.files import checked_path, write_figure
from gamebook.figures.panels import Curve, Panel, PanelSheet
from gamebook.figures.paths import PathSheet, drawn_paths, path_sheet
from gamebook.figures.style import PAGE_MM, checked_width, drawing
from gamebook.revision import dynamics_words, is_standard, rate_words
from gamebook.simulation import Simulation
from gamebook.texts import text, unit_text

SHARES_MM, LOWER_MM = 45.0, 27.0
MEASURES = ("under_skilled", "type_mismatch", "matched")
MONEY = ("outlay", "burden", "fund_balance")
ARRIVED = 0.01
"""A share this near to its end at the last year shown counts as there."""


def draw(
    simulation: Simulation,
    path: str | Path,
    *,
    lang: str = "en",
    width_mm: float = PAGE_MM,
    title: str | None = None,
) -> None:
    """Draw a simulation and write it to a new file; the same simulation gives the same bytes.

    Parameters
    ----------
    simulation : with one path: its shares, mismatch and money; with several: their shares, a panel for each party
    path : ends in .png (300 dots per inch), .svg or .pdf
    lang : ``en`` or ``zh``
    width_mm : of the figure, from 60 to 400; journals ask for 84 or 170
    title : first words of the caption instead of the title of the case; "" for none

    Raises
    ------
    InputError
        If the file cannot be written there, the width is out of range, or no font has all characters.
    """
    checked_path(path)
    width = checked_width(width_mm)
    sheet = simulation_sheet(simulation, lang=lang, title=title)
    with drawing(sheet.family):
        write_figure(sheet.figure(width), path)


def simulation_sheet(simulation: Simulation, *, lang: str = "en", title: str | None = None) -> PanelSheet | PathSheet:
    """Put together what the figure of a simulation shows, before it is drawn at some width."""
    time = text("figure.time", lang, t=font.variable("t"))
    parts = [*_title(simulation, lang, title), *_settings(simulation, lang), *_end(simulation, lang)]
    caption = ("" if lang == "zh" else " ").join(parts)
    if len(simulation.shares) > 1:
        return path_sheet(simulation, time=time, caption=caption, lang=lang)
    panels = (_shares(simulation, lang), *_mismatch(simulation, lang), *_money(simulation, lang))
    return PanelSheet(panels, simulation.times, time, caption)


def _shares(simulation: Simulation, lang: str) -> Panel:
    curves = tuple(
        Curve(f"{font.plain(party.name.in_language(lang))} {font.variable(party.share)}", simulation.shares[0, :, i])
        for i, party in enumerate(simulation.populations)
    )
    return Panel(text("figure.share", lang), curves, SHARES_MM, is_share=True, first=0)


def _mismatch(simulation: Simulation, lang: str) -> Iterator[Panel]:
    """Mismatch by kind; nothing for games that do not measure it."""
    curves = [
        Curve(font.plain(simulation.names[f"measure.{name}"].in_language(lang)), simulation.measures[name][0])
        for name in MEASURES
        if name in simulation.measures
    ]
    if simulation.dynamic_mismatch is None or not curves:
        return
    curves.append(Curve(text("figure.dynamic_mismatch", lang), simulation.dynamic_mismatch[0]))
    unit = unit_text(simulation.units[f"measure.{MEASURES[-1]}"], lang)
    yield Panel(font.plain(unit), tuple(curves), LOWER_MM, is_share=True, first=4)


def _money(simulation: Simulation, lang: str) -> Iterator[Panel]:
    """Money in the game's unit; nothing for games without a ledger."""
    curves = tuple(
        Curve(text(f"money.{name}", lang), simulation.money[name][0]) for name in MONEY if name in simulation.money
    )
    if curves:
        unit = font.plain(unit_text(simulation.unit, lang))
        yield Panel(unit or text("figure.money", lang), curves, LOWER_MM, is_share=False, first=8)


def _title(simulation: Simulation, lang: str, title: str | None) -> Iterator[str]:
    words = simulation.title.in_language(lang) if title is None else title
    if words.strip():
        shown = font.plain(words)
        yield shown if shown.endswith((".", "。", "?", "!", "？", "！")) else text("figure.title", lang, title=shown)


def _settings(simulation: Simulation, lang: str) -> Iterator[str]:
    """Where paths start, what is held fixed, how long and how fast they run: what a figure must carry."""
    if len(simulation.shares) == 1:
        start = {simulation.populations[i].share: simulation.shares[0, 0, i] for i in simulation.free}
        yield text("figure.start", lang, shares=assigned(start, lang))
    else:
        count = len(simulation.shares)
        drawn = len(drawn_paths(count))
        code = "figure.starts" if drawn == count else "figure.starts_drawn"
        yield text(code, lang, count=f"{count:,}", drawn=drawn)
    if simulation.given:
        fixed = {simulation.populations[i].share: x for i, x in simulation.given.items()}
        yield text("figure.fixed", lang, shares=assigned(fixed, lang))
    span = float(simulation.times[-1] - simulation.times[0])
    if is_standard(simulation.protocol):
        yield text("figure.horizon", lang, years=f"{span:g}", rate=f"{simulation.revision_rate:g}")
    else:
        words = font.plain(dynamics_words(simulation.protocol, simulation.unit, lang))
        pace = rate_words(simulation.protocol, simulation.revision_rate, lang)
        yield text("figure.horizon_protocol", lang, years=f"{span:g}", dynamics=words, rate=pace)
    if not np.all(simulation.speeds == 1.0):
        speeds = zip(simulation.populations, simulation.speeds, strict=True)
        listed = comma(lang).join(f"{party.symbol} {speed:g}" for party, speed in speeds)
        yield text("figure.speeds", lang, speeds=font.plain(listed))


def _end(simulation: Simulation, lang: str) -> Iterator[str]:
    """Where the path goes, and whether the figure shows it arriving; the legend says that of many paths."""
    if len(simulation.ends) > 1:
        return
    end = simulation.ends[0]
    distance = float(np.abs(simulation.shares[0, -1] - end.shares).max())
    if end.near is not None and end.status == "at rest":
        yield text("figure.end.rest_near", lang, profile=end.near)
    elif end.profile is None:
        yield text(f"figure.end.{end.status.replace(' ', '_')}", lang)
    elif distance <= ARRIVED:
        yield text("figure.end.arrived", lang, profile=end.profile)
    else:
        yield text("figure.end.on_the_way", lang, profile=end.profile, distance=f"{distance:.2g}")


def assigned(values: dict[str, float], lang: str) -> str:
    """Symbols with their values, as formulas that are not broken between lines."""
    return comma(lang).join(f"{font.variable(symbol)[:-1]} = {x:g}$" for symbol, x in values.items())


def comma(lang: str) -> str:
    """Return what stands between the members of a list."""
    return "，" if lang == "zh" else ", "
