"""The report of ``tip``: where the outcome switches, the smallest push from the status quo, and years to the goal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gamebook.basin_result import Ending
from gamebook.reports.basins import ending_name
from gamebook.reports.head import add_head
from gamebook.reports.layout import Page, percent, small
from gamebook.revision import dynamics_words, is_standard, rate_words
from gamebook.texts import text
from gamebook.tipping_result import Border, Line, Switch, Tipping
from solvers.arrays import Floats

ROWS = 11
MOST_SWITCHES = 5
"""Of more switches than twice these only the first and the last are shown."""
MOST_SHARES = 5
"""More shares than these have no room in the table of years."""
NEAR_AN_END = 1e-3
"""Positions nearer than this to an end of a line are shown with more digits."""


def tipping_report(tipping: Tipping, *, lang: str = "en") -> str:
    """Return the report as plain text of at most 80 columns.

    Parameters
    ----------
    lang : "en" or "zh"
    """
    page = Page(lang)
    add_head(page, tipping, title="tip.title")
    if not is_standard(tipping.protocol):
        words = dynamics_words(tipping.protocol, tipping.unit, lang)
        page.line(text("basins.dynamics", lang, dynamics=words))
    page.line(text("tip.status_quo", lang, shares=_assigned(tipping, tipping.start, tipping.free)))
    ending = spoken(tipping.here, lang)
    if tipping.years is not None:
        page.line(text("tip.leads", lang, ending=ending, years=f"{tipping.years:.1f}"))
    elif tipping.here.leads_to(tipping.goal):
        page.line(text("tip.leads_there", lang, ending=ending))
    elif tipping.here.where is not None:
        page.line(text("tip.leads_elsewhere", lang, ending=ending, goal=tipping.goal))
    else:
        page.line(text("tip.wanders", lang, ending=ending, goal=tipping.goal))
    _add_switches(page, tipping)
    if tipping.border is not None:
        _add_border(page, tipping, tipping.border)
    _add_years(page, tipping)
    return page.text()


def short_name(ending: Ending, lang: str) -> str:
    """Profile of a strict equilibrium, or what happens instead."""
    if ending.rest is not None:
        return text("basins.ending.near", lang, where=ending.where)
    return ending.profile or ending_name(ending, lang)


def spoken(ending: Ending, lang: str) -> str:
    """Name an ending within a sentence."""
    if ending.rest is not None:
        return text("basins.ending.spoken", lang, where=ending.where)
    return short_name(ending, lang)


def line_name(tipping: Tipping, line: Line, lang: str) -> str:
    """Say who moves on a line."""
    if line.kind == "diagonal":
        return text("tip.line.diagonal", lang)
    if line.kind == "toward":
        is_goal = tipping.state_name(tipping.toward) == tipping.goal
        return text("tip.line.toward" if is_goal else "tip.line.shares", lang, goal=tipping.goal)
    if line.kind == "group":
        names = [tipping.populations[i].name.in_language(lang) for i in line.movers]
        return text("tip.line.group", lang, names=("、" if lang == "zh" else ", ").join(names))
    if line.is_share:
        mover = tipping.populations[line.movers[0]]
        return text("tip.line.party", lang, name=mover.name.in_language(lang), share=mover.share)
    party = tipping.parties[tipping.populations[line.movers[0]].party]
    return text("tip.line.party_way", lang, name=party.name.in_language(lang))


def _assigned(tipping: Tipping, shares: Floats, positions: tuple[int, ...]) -> str:
    digits = [4 if NEAR_AN_END <= shares[i] <= 1.0 - NEAR_AN_END else 6 for i in positions]
    pairs = zip(positions, digits, strict=True)
    return ", ".join(f"{tipping.populations[i].share} = {shares[i]:.{d}g}" for i, d in pairs)


def place(line: Line, position: float, lang: str) -> str:
    """Position on a line: a share, or a part of the way."""
    near_an_end = not NEAR_AN_END <= position <= 1.0 - NEAR_AN_END
    if line.is_share:
        return f"{position:.{6 if near_an_end else 4}f}"
    return text("tip.way", lang, part=f"{100.0 * position:.{4 if near_an_end else 2}f}")


def _add_switches(page: Page, tipping: Tipping) -> None:
    lang = page.lang
    page.heading(text("tip.switches", lang))
    rows: list[list[str]] = []
    for line in tipping.lines:
        name = line_name(tipping, line, lang)
        now = f"{line.here:.4g}" if line.is_share and line.here is not None else ""
        if not line.switches:
            ending = short_name(line.stretches[0].ending, lang)
            rows.append([name, now, text("tip.none", lang), ending, ending])
        for k, switch in enumerate(line.switches):
            hidden = len(line.switches) - 2 * MOST_SWITCHES
            if hidden > 1 and k == MOST_SWITCHES:
                rows.append(["", "", text("tip.more", lang, count=hidden), "", ""])
            if hidden > 1 and MOST_SWITCHES <= k < MOST_SWITCHES + hidden:
                continue
            ends = (short_name(switch.below, lang), short_name(switch.above, lang))
            rows.append([name if k == 0 else "", now if k == 0 else "", place(line, switch.position, lang), *ends])
    headers = [text(f"tip.{column}", lang) for column in ("who", "now", "at", "before", "after")]
    page.table(headers, rows, left=(0, 3, 4), fold=(0, 3, 4))
    page.line(text("tip.note_positions", lang, tolerance=small(tipping.lines[0].tolerance)), indent=2)
    for words in _remarks(tipping, lang):
        page.line(words, indent=2)


def _remarks(tipping: Tipping, lang: str) -> Iterator[str]:
    """What is proved about the lines and what is not, and the shares at a switch on the way."""
    if all(line.is_proved for line in tipping.lines):
        yield text("tip.proved", lang)
    open_: dict[tuple[str, str], list[str]] = {}
    if not is_standard(tipping.protocol):
        yield text("tip.unproved_protocol", lang, step=f"{max(line.step for line in tipping.lines):.2g}")
    for line in tipping.lines:
        if not line.is_proved and is_standard(tipping.protocol):
            key = (percent(min(1.0, round(line.unproved, 6)), lang), f"{line.step:.2g}")
            open_.setdefault(key, []).append(line_name(tipping, line, lang))
    for (length, step), names in open_.items():
        yield text("tip.unproved", lang, lines=("；" if lang == "zh" else "; ").join(names), length=length, step=step)
    for line in tipping.lines:
        name = line_name(tipping, line, lang)
        for part in line.undecided:
            low, high = (place(line, position, lang) for position in (part.low, part.high))
            yield text("tip.undecided", lang, line=name, low=low, high=high)
        if not line.complete:
            yield text("tip.budget", lang, line=name)
        if not line.is_share and len(line.switches) <= MOST_SWITCHES:
            for switch in line.switches:
                shares = _assigned(tipping, switch.shares, line.movers)
                yield text("tip.at_switch", lang, line=name, shares=shares)


def _add_border(page: Page, tipping: Tipping, border: Border) -> None:
    lang = page.lang
    page.heading(text("tip.border", lang))
    label = text("tip.distance", lang)
    fields = {"directions": border.directions, "at_least": f"{border.at_least:.4f}"}
    if border.distance is None or border.shares is None or border.beyond is None:
        code = "tip.no_strict" if not border.directions else "tip.everywhere" if border.everywhere else "tip.no_border"
        if not is_standard(tipping.protocol):
            code = "tip.no_border_seen" if border.directions else "tip.no_rest"
        page.labelled(label, text(code, lang, ending=spoken(tipping.here, lang), **fields))
        return
    ending = spoken(border.beyond, lang)
    code = "tip.distance_words" if is_standard(tipping.protocol) else "tip.distance_only"
    page.labelled(label, text(code, lang, distance=f"{border.distance:.4f}", ending=ending, **fields))
    change = 100.0 * (border.shares - tipping.start)
    changes = ", ".join(f"{tipping.populations[i].share} {_signed(change[i])}" for i in tipping.free)
    page.labelled(text("tip.direction", lang), text("tip.direction_words", lang, changes=changes))
    code = "tip.confirmed" if border.confirmed else "tip.not_confirmed"
    page.labelled(text("tip.check", lang), text(code, lang, check=small(border.check)))
    page.labelled(text("tip.alone", lang), _pushes(tipping, lang))


def _signed(points: float) -> str:
    """Percentage points with their sign.

    Examples
    --------
    >>> _signed(-0.004), _signed(67.41), _signed(-3.0)
    ('0.0', '+67.4', '-3.0')
    """
    rounded = round(points, 1)
    return f"{rounded:+.1f}" if rounded else "0.0"


def _pushes(tipping: Tipping, lang: str) -> str:
    """Smallest change of each party alone that changes the outcome, upwards and downwards."""
    found = []
    for line in tipping.lines:
        if line.kind != "party":
            continue
        for upwards in (True, False):
            switch = line.nearest(upwards=upwards)
            if switch is not None:
                found.append(_push(tipping, line, switch, upwards, lang))
    return ("；" if lang == "zh" else "; ").join(found) if found else text("tip.no_push", lang)


def _push(tipping: Tipping, line: Line, switch: Switch, upwards: bool, lang: str) -> str:
    ending = spoken(switch.above if upwards else switch.below, lang)
    if line.is_share:
        points = _signed(100.0 * (switch.position - (line.here or 0.0)))
        return text("tip.push", lang, share=tipping.populations[line.movers[0]].share, change=points, ending=ending)
    party = tipping.parties[tipping.populations[line.movers[0]].party]
    return text("tip.push", lang, share=party.share, change=place(line, switch.position, lang), ending=ending)


def _add_years(page: Page, tipping: Tipping) -> None:
    lang, way = page.lang, tipping.way
    if np.isnan(way.years).all():
        return
    page.heading(text("tip.years", lang, goal=tipping.goal))
    rows = []
    shown = np.unique(np.linspace(0, len(way.at) - 1, ROWS).round().astype(int))
    movers = list(way.movers) if len(way.movers) <= MOST_SHARES else []
    for k in shown:
        at = float(way.at[k])
        part = next((part for part in way.stretches if part.low <= at <= part.high), None)
        years = float(way.years[k])
        rows.append(
            [
                f"{100.0 * at:.0f} %" if lang == "en" else f"{100.0 * at:.0f}%",
                *(f"{x:.3f}" for x in way.shares(at)[movers]),
                "-" if part is None else short_name(part.ending, lang),
                "-" if np.isnan(years) else f"{years:.1f}",
            ]
        )
    shares = [tipping.populations[i].share for i in movers]
    page.table([text("tip.part_of_way", lang), *shares, text("tip.end", lang), text("tip.years_column", lang)], rows,
               left=(), fold=(len(shares) + 1,))  # fmt: skip
    speeds = ""
    if np.ptp(tipping.speeds) > 0.0:
        pairs = zip(tipping.populations, tipping.speeds, strict=True)
        words = ", ".join(f"{population.share} {speed:g}" for population, speed in pairs if speed != 1.0)
        speeds = text("simulation.speeds", lang, speeds=words)
    if is_standard(tipping.protocol):
        page.line(text("tip.span", lang, rate=f"{tipping.revision_rate:g}", speeds=speeds), indent=2)
    else:
        pace = rate_words(tipping.protocol, tipping.revision_rate, lang)
        page.line(text("tip.span_protocol", lang, rate=pace, speeds=speeds), indent=2)
