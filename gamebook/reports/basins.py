"""The report of ``basins``: the parts of all starts by where they end, and the map in letters."""

from __future__ import annotations

import math
import string

import numpy as np
from rich.cells import cell_len

from gamebook.basin_result import BasinSurvey, Ending, RestPlace, ShareMap
from gamebook.reports.head import add_head
from gamebook.reports.layout import Page, percent
from gamebook.revision import dynamics_words, is_standard
from gamebook.texts import text

COLUMNS, ROWS = 60, 20
"""Most letters of a map across and upwards."""
LETTERS = string.ascii_uppercase
HERE = "@"
SPOKEN_DIGITS = 1


def ending_name(ending: Ending, lang: str) -> str:
    """Name an ending in words."""
    if ending.rest is not None:
        return text("basins.ending.rest_near", lang, where=ending.where)
    return text(f"basins.ending.{ending.status.replace(' ', '_')}", lang, profile=ending.profile)


def basins_report(survey: BasinSurvey, *, lang: str = "en") -> str:
    """Return the report as plain text of at most 80 columns.

    Parameters
    ----------
    lang : "en" or "zh"
    """
    page = Page(lang)
    add_head(page, survey, title="basins.title")
    sample = survey.sample
    code = "basins.starts_everywhere" if survey.around is None else "basins.starts_around"
    page.line(text(code, lang, count=f"{sample.samples:,}", sets=sample.sets, seed=survey.seed,
                   around=f"{survey.around or 0:g}"))  # fmt: skip
    if not is_standard(survey.protocol):
        words = dynamics_words(survey.protocol, survey.unit, lang)
        page.line(text("basins.dynamics", lang, dynamics=words))
    if np.ptp(survey.speeds) > 0.0:
        pairs = zip(survey.populations, survey.speeds, strict=True)
        speeds = ", ".join(f"{population.share} {speed:g}" for population, speed in pairs if speed != 1.0)
        page.line(text("basins.speeds", lang, speeds=speeds))
    _add_parts(page, survey)
    if survey.map is not None:
        _add_map(page, survey, survey.map)
    return page.text()


def _add_parts(page: Page, survey: BasinSurvey) -> None:
    lang, sample = page.lang, survey.sample
    page.heading(text("basins.where", lang))
    digits = max(SPOKEN_DIGITS, 1 - math.floor(math.log10(100.0 * max(sample.widest, 1e-6))))
    rows = [
        [
            ending_name(part.ending, lang),
            _percent(part.share.share, digits, lang),
            _range(part.share.low, part.share.high, digits),
            f"{part.count:,}",
        ]
        for part in survey.parts
    ]
    headers = [text(f"basins.{name}", lang) for name in ("end", "share", "interval", "count")]
    page.table(headers, rows, fold=(0,))
    for cycle in sample.cycles:
        names = [survey.full_name(profile) for profile in cycle]
        page.line(text("basins.cycle", lang, cycle=" > ".join([*names, names[0]])), indent=2, hang=2)
    if any(part.ending.status == "settled" for part in survey.parts):
        page.line(text("basins.note_settled", lang), indent=2)
    rests = [part.ending.rest for part in survey.parts if part.ending.rest is not None]
    for rest in (*rests, *survey.closing):
        page.line(_rest_words(survey, rest, closes=rest in survey.closing, lang=lang), indent=2, hang=2)
    if rests:
        page.line(text("basins.note_rests", lang, radius=f"{rests[0].radius:g}"), indent=2)
    for end in survey.mixed:
        pairs = zip(survey.populations, end.shares.tolist(), strict=True)
        state = ", ".join(f"{population.share} {x:.3f}" for population, x in pairs)
        words = text("basins.mixed", lang, state=state, share=percent(end.basin.share, lang),
                     low=percent(end.basin.low, lang), high=percent(end.basin.high, lang))  # fmt: skip
        page.line(words, indent=2, hang=2)
    if sample.unsettled.share > 0.0:
        count, share = f"{sum(sample.classified.values()):,}", _percent(sample.unsettled.share, digits, lang)
        page.line(text("basins.note_others", lang, count=count, share=share), indent=2)
    if sample.width is not None:
        code = "basins.reached" if sample.reached else "basins.not_reached"
        widest, wanted = (f"{100.0 * width:.2g}" for width in (sample.widest, sample.width))
        page.line(text(code, lang, widest=widest, wanted=wanted), indent=2)


def _rest_words(survey: BasinSurvey, rest: RestPlace, *, closes: bool, lang: str) -> str:
    """Say where a rest point is and how sure that is."""
    pairs = zip(survey.populations, rest.shares, strict=True)
    state = ", ".join(f"{population.share} {x:.3f}" for population, x in pairs)
    where = rest.near + (f" ({rest.number})" if rest.number > 1 else "")
    if closes:
        return text("basins.rest_closing", lang, where=where, state=state)
    code = "basins.rest_attracts" if rest.attracts else "basins.rest_unknown"
    return text("basins.rest", lang, where=where, state=state, check=text(code, lang))


def _percent(share: float, digits: int, lang: str) -> str:
    """Percentage with so many decimals; whole where it is exactly 0 or 1."""
    if share in (0.0, 1.0) or digits == SPOKEN_DIGITS:
        return percent(share, lang)
    sign = "%" if lang == "zh" else " %"
    return f"{100.0 * share:.{digits}f}{sign}"


def _range(low: float, high: float, digits: int) -> str:
    """Interval in per cent, rounded outwards."""
    scale = 10.0**digits
    ends = (math.floor(100.0 * low * scale + 1e-9) / scale, math.ceil(100.0 * high * scale - 1e-9) / scale)
    return " - ".join(f"{end:.{digits}f}" for end in ends)


def _add_map(page: Page, survey: BasinSurvey, found: ShareMap) -> None:
    lang = page.lang
    page.heading(text("basins.map", lang, across=found.axes[0], up=found.axes[1]))
    rows, columns = found.code.shape
    across = np.unique(np.linspace(0, columns - 1, min(columns, COLUMNS)).round().astype(int))
    up = np.unique(np.linspace(0, rows - 1, min(rows, ROWS)).round().astype(int))[::-1]
    here = status_quo_of(survey, found)
    nearest = (int(np.abs(found.up[up] - here[1]).argmin()), int(np.abs(found.across[across] - here[0]).argmin()))
    labels = {0: "1", len(up) - 1: "0", len(up) // 2: found.axes[1]}
    width = max(cell_len(label) for label in labels.values())
    for k, row in enumerate(up):
        letters = [LETTERS[code % len(LETTERS)] for code in found.code[row, across]]
        if k == nearest[0]:
            letters[nearest[1]] = HERE
        page.drawn(f"  {labels.get(k, ''):>{width}} {''.join(letters)}")
    middle = found.axes[0].center(len(across) - 2)
    page.drawn(f"  {'':>{width}} 0{middle}1")
    page.gap()
    for code, ending in enumerate(found.endings):
        years, spread = found.years[(found.code == code) & np.isfinite(found.years)], ""
        if years.size:
            ends = {"low": f"{years.min():.1f}", "high": f"{years.max():.1f}", "median": f"{np.median(years):.1f}"}
            spread = text("basins.map_years", lang, **ends)
        fields = {"letter": LETTERS[code % len(LETTERS)], "part": percent(found.share(ending), lang), "years": spread}
        page.line(text("basins.map_key", lang, ending=ending_name(ending, lang), **fields), indent=2, hang=3)
    page.line(text("basins.map_here", lang), indent=2)
    others = {survey.populations[i].share: survey.start[i] for i in survey.free if not _on_axis(survey, found, i)}
    shares = ", ".join(f"{symbol} = {x:g}" for symbol, x in others.items())
    page.line(text("basins.map_note" if others else "basins.map_alone", lang, shares=shares, cells=columns), indent=2)


def _on_axis(survey: BasinSurvey, found: ShareMap, position: int) -> bool:
    population = survey.populations[position]
    return bool({population.share, survey.parties[population.party].share} & set(found.axes))


def status_quo_of(survey: BasinSurvey, found: ShareMap) -> tuple[float, float]:
    """Status quo of the two shares of a map; the mean over the populations of a party."""
    means = []
    for symbol in found.axes:
        own = [i for i, each in enumerate(survey.populations) if each.share == symbol]
        own = own or [i for i, each in enumerate(survey.populations) if survey.parties[each.party].share == symbol]
        weights = np.array([survey.populations[i].weight for i in own])
        means.append(float(survey.start[own] @ weights / weights.sum()))
    return means[0], means[1]
