"""The report of a sweep: what was swept, how many points have which verdict, and where along each axis it changes."""

from __future__ import annotations

import math

import numpy as np

from gamebook.reports.layout import Page, number, percent
from gamebook.sweeps.definition import Sweep
from gamebook.sweeps.estimate import Estimate, size_text, time_text
from gamebook.sweeps.points import DRAW
from gamebook.sweeps.summary import AlongAxis, Regime, Summary
from gamebook.texts import text, unit_text

MOST_REGIMES = 12
MOST_VALUES = 9
MOST_MEANS = 4
MOST_CHANGES = 4
SHOWN = ("certain", "stable", "no", "open")


def summary_report(found: Summary, lang: str, *, measures: bool = False) -> str:
    """Return the report as plain text of at most 80 columns, with a table of the measures if wanted."""
    page = Page(lang)
    page.line(text("sweep.title", lang, target=found.identity["target"], points=f"{found.points:,}"))
    _about(page, found)
    if found.coordination:
        _coordination(page, found)
        _cheapest(page, found)
    if found.regimes:
        _regimes(page, found)
    for each in found.along:
        if len(each.values) > 1:
            _axis(page, each, found)
    if measures:
        _measures(page, found)
    return page.text()


def _about(page: Page, found: Summary) -> None:
    lang, identity = page.lang, found.identity
    page.gap()
    for name, said in identity["axes"].items():
        page.labelled(name, _values(said, lang))
    if identity["sampling"] is not None:
        page.labelled(text("sweep.sampling", lang), text("sweep.sampled", lang, **identity["sampling"]))
    if identity["values"]:
        page.labelled(text("sweep.set", lang), _settings(identity["values"]))
    if identity["given"]:
        page.labelled(text("sweep.given", lang), _settings(identity["given"]))
    if found.stored < found.points:
        part = percent(found.stored / found.points, lang)
        page.line(text("sweep.partial", lang, stored=f"{found.stored:,}", points=f"{found.points:,}", part=part))
    others = {name: count for name, count in found.statuses.items() if name != "complete" and count}
    for name, count in others.items():
        word = name.replace(" ", "_")
        page.line(text(f"sweep.status.{word}", lang, count=f"{count:,}"))


def _values(said: object, lang: str) -> str:
    """How the identity writes an axis: all its values, or its ends and how many there are."""
    if isinstance(said, list) and len(said) == 4 and isinstance(said[3], str):
        return text("sweep.axis_ends", lang, low=f"{said[0]:g}", high=f"{said[1]:g}", count=f"{said[2]:,}")
    return ", ".join(f"{value:g}" for value in said) if isinstance(said, list) else str(said)


def _settings(values: dict[str, float]) -> str:
    return " ".join(f"{symbol}={value:g}" for symbol, value in values.items())


def _coordination(page: Page, found: Summary) -> None:
    lang = page.lang
    page.heading(text("sweep.coordination", lang, profile=found.identity["coordination"]))
    total = sum(found.coordination.values())
    rows = [
        [text(f"sweep.class.{name}", lang), f"{count:,}", percent(count / total, lang)]
        for name in SHOWN
        if (count := found.coordination.get(name, 0))
    ]
    page.table([text("sweep.verdict", lang), text("sweep.points", lang), text("sweep.part", lang)], rows)


def _cheapest(page: Page, found: Summary) -> None:
    if found.cheapest is None:
        return
    place = ", ".join(f"{name} = {value:g}" for name, value in found.cheapest.place.items() if name != DRAW)
    unit = unit_text(found.measures["outlay"][2], page.lang)
    outlay = number(found.cheapest.outlay)
    page.line(text("sweep.cheapest", page.lang, outlay=outlay, unit=unit, place=place), indent=2)


def _regimes(page: Page, found: Summary) -> None:
    lang = page.lang
    page.heading(text("sweep.regimes", lang))
    total = sum(each.points for each in found.regimes)
    rows = [
        [_profiles(each.ess), _sinks(each, lang), f"{each.points:,}", percent(each.points / total, lang)]
        for each in found.regimes[:MOST_REGIMES]
    ]
    headers = [text(f"sweep.{name}", lang) for name in ("ess", "sinks", "points", "part")]
    page.table(headers, rows, left=(0, 1), fold=(0, 1))
    left = found.regimes[MOST_REGIMES:]
    if left:
        page.line(text("sweep.more", lang, count=len(left), points=f"{sum(each.points for each in left):,}"), indent=2)
    page.line(text("sweep.order", lang, players=" ".join(found.identity["players"])), indent=2)


def _profiles(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "-"


def _sinks(regime: Regime, lang: str) -> str:
    if regime.sinks is None:
        return "-"
    if not regime.cycling:
        return str(regime.sinks)
    return text("sweep.cycling", lang, sinks=regime.sinks, count=len(regime.cycling))


def _axis(page: Page, along: AlongAxis, found: Summary) -> None:
    lang = page.lang
    page.heading(text("sweep.along", lang, axis=along.name))
    chosen = np.unique(np.linspace(0, len(along.values) - 1, min(MOST_VALUES, len(along.values))).round().astype(int))
    shown = [name for name in SHOWN if name in along.classes and along.classes[name].any()]
    means = [name for name, values in along.means.items() if np.isfinite(values).any()][:MOST_MEANS]
    # English titles are too long for the head of a column; the names are English words.
    titles = [found.measures[name][1] if lang == "zh" else name for name in means]
    rows = [
        [
            f"{along.values[i]:g}",
            *(percent(float(along.classes[name][i]), lang) for name in shown),
            *(number(float(along.means[name][i])) for name in means),
        ]
        for i in chosen.tolist()
    ]
    if shown or means:
        page.table([along.name, *(text(f"sweep.class.{name}", lang) for name in shown), *titles], rows)
    if means:
        said = text("sweep.comma", lang).join(titles)
        page.line(text("sweep.mean" if along.lines > 1 else "sweep.single", lang, names=said), indent=2)
    changed = np.flatnonzero(along.changes)
    if not len(changed):
        page.line(text("sweep.no_change", lang), indent=2)
        return
    if len(changed) > MOST_CHANGES:
        most = int(np.argmax(along.changes))
        page.line(
            text(
                "sweep.many_changes", lang, count=len(changed), low=f"{along.values[changed[0]]:g}",
                high=f"{along.values[changed[-1] + 1]:g}", most=_change(along, most, lang), lines=f"{along.lines:,}",
            ),
            indent=2,
        )  # fmt: skip
        return
    places = text("sweep.and", lang).join(_change(along, i, lang) for i in changed.tolist())
    code = "sweep.changes" if along.lines > 1 else "sweep.changes_alone"
    page.line(text(code, lang, lines=f"{along.lines:,}", places=places), indent=2)


def _change(along: AlongAxis, i: int, lang: str) -> str:
    low, high = f"{along.values[i]:g}", f"{along.values[i + 1]:g}"
    if along.lines == 1:
        return text("sweep.change_alone", lang, low=low, high=high)
    return text("sweep.change", lang, low=low, high=high, lines=f"{int(along.changes[i]):,}")


def _measures(page: Page, found: Summary) -> None:
    lang = page.lang
    page.heading(text("sweep.measures", lang))
    rows = [
        [name, zh if lang == "zh" else en, unit_text(unit, lang)]
        for name, (en, zh, unit) in found.measures.items()
    ]
    page.table([text(f"sweep.{name}", lang) for name in ("name", "meaning", "unit")], rows, left=(0, 1, 2), fold=(1, 2))


def estimate_report(found: Estimate, stated: Sweep, workers: int, lang: str) -> str:
    """Return what a sweep would take, as plain text."""
    page = Page(lang)
    page.line(text("sweep.title", lang, target=stated.case.target, points=f"{found.points:,}"))
    page.gap()
    page.labelled(text("sweep.blocks", lang), f"{found.blocks:,}")
    page.labelled(text("sweep.size", lang), text("sweep.before_compression", lang, size=size_text(found.bytes)))
    seconds = math.ceil(found.seconds)
    page.labelled(
        text("sweep.time", lang),
        text("sweep.estimated", lang, time=time_text(seconds).in_language(lang), workers=workers, tried=found.tried),
    )
    page.labelled(text("sweep.kept", lang), ", ".join(each.name for each in stated.measures))
    return page.text()
