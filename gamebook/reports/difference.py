"""The report of ``diff``: parameters that differ, then the verdicts and the money side by side."""

from __future__ import annotations

from gamebook.difference import Difference, Pair, StatePair
from gamebook.money import SUMS, Scale, is_money
from gamebook.reports.head import add_setting
from gamebook.reports.layout import Page, amount, number, percent
from gamebook.reports.money import money_unit
from gamebook.solution import Solution
from gamebook.texts import text, unit_text

ANSWERS = {
    "stable": "report.stable",
    "likely": "report.likely",
    "certain": "report.certain",
    "reached": "report.reached",
    "survives_exit": "report.survives",
}


def difference_report(
    found: Difference, *, lang: str = "en", unit: str | None = None, headcount: float | None = None
) -> str:
    """Return the report as plain text of at most 80 columns.

    Parameters
    ----------
    lang : "en" or "zh"
    unit : "yuan", "k", "wan" or "yi"; of money figures
    headcount : number of workers for totals
    """
    page = Page(lang)
    for letter, side in (("A", found.a), ("B", found.b)):
        title = text("report.title", lang, target=side.target, title=side.title.in_language(lang))
        page.line(f"{letter}  {title}", hang=3)
    add_setting(page, found.a)
    _add_parameters(page, found)
    if not found.identical:
        _add_verdict(page, found)
        _add_money(page, found, Scale.per_worker(unit, headcount))
        if headcount is not None:
            _add_totals(page, found, Scale.total(unit, headcount), headcount)
    if not found.all_verified:
        page.gap()
        page.line(text("diff.unverified", lang))
    return page.text()


def _written(pair: Pair[float | None]) -> list[str]:
    """Write two values with as many digits as it takes to see the difference."""
    for digits in (6, 12, 17):
        said = ["-" if value is None else f"{value:.{digits}g}" for value in (pair.a, pair.b)]
        if said[0] != said[1]:
            return said
    return said


def _add_parameters(page: Page, found: Difference) -> None:
    lang = page.lang
    page.heading(text("diff.parameters", lang))
    if not found.same_pages:
        page.line(text("diff.pages", lang), indent=2, hang=2)
    if found.identical:
        page.line(text("diff.identical", lang, target=found.a.target), indent=2, hang=2)
        return
    rows = []
    for symbol, pair in found.parameters.items():
        known = found.a if symbol in found.a.parameters else found.b
        tool = known.owners.get(symbol)
        name = known.names[f"parameter.{symbol}" if tool is None else f"instrument.{tool}"].in_language(lang)
        rows.append([symbol, *_written(pair), unit_text(known.units[f"parameter.{symbol}"], lang), name])
    for share, both in found.start.items():
        said = _written(Pair(both.a, both.b))
        rows.append([share, *said, unit_text("share", lang), text("show.start", lang)])
    _add_groups(page, found)
    if rows:
        headers = [text("report.symbol", lang), "A", "B", text("report.unit", lang), text("diff.belongs", lang)]
        page.table(headers, rows, left=(0, 3, 4), fold=(3, 4))
    else:
        page.line(text("diff.same_otherwise" if found.groups else "diff.same_values", lang), indent=2, hang=2)


def _add_groups(page: Page, found: Difference) -> None:
    """Add the segments and regions of each where they differ."""
    lang = page.lang
    names = {party.id: party.name.in_language(lang) for party in found.a.parties}
    names["regions"] = text("show.everyone", lang)
    semicolon = "；" if lang == "zh" else "; "
    for party, pair in found.groups.items():
        for letter, parts in (("A", pair.a), ("B", pair.b)):
            words = semicolon.join(parts) or text("diff.whole", lang)
            page.line(text("diff.groups", lang, side=letter, party=names[party], parts=words), indent=2, hang=4)


Row = tuple[str, str, str, bool]
"""Label, A, B, and whether both are the same."""


def _add_verdict(page: Page, found: Difference) -> None:
    lang = page.lang
    sides = (found.a, found.b)
    judged = [side.coordination for side in sides if side.coordination is not None]
    if len(judged) == 2:
        profiles = " / ".join(dict.fromkeys(side.profile for side in judged))
        page.heading(text("report.verdict", lang, profile=profiles))
    else:
        page.heading(text("diff.verdict", lang))
    rows = _coordination_rows(found, lang) if len(judged) == 2 else []
    for name, label in (("ess", "report.ess"), ("sinks", "report.sinks"), ("end", "diff.end")):
        said = [_profiles(getattr(found.verdict[name], letter), lang) for letter in "ab"]
        rows.append((text(label, lang), said[0], said[1], found.verdict[name].same))
    table = [[label, a, b, "" if same else "*"] for label, a, b, same in rows]
    page.table(["", "A", "B", ""], table, left=(0, 1, 2, 3), fold=(0, 1, 2))
    same = all(row[3] for row in rows)
    page.line(text("diff.same_verdict" if same else "diff.star", lang), indent=2)


def _coordination_rows(found: Difference, lang: str) -> list[Row]:
    verdict = found.verdict
    rows: list[Row] = []
    for name, label in ANSWERS.items():
        pair = verdict[name]
        if name != "survives_exit" or not (pair.a is None and pair.b is None):
            rows.append((text(label, lang), _answer(pair.a, lang), _answer(pair.b, lang), pair.same))
        if name == "likely":
            shares = [_basin(side, lang) for side in (found.a, found.b)]
            for position, label in enumerate(("diff.basin", "diff.interval")):
                rows.append((text(label, lang), shares[0][position], shares[1][position], verdict["basin"].same))
    margins = [number(_number(value)) for value in (verdict["margin"].a, verdict["margin"].b)]
    rows.append((text("diff.margin", lang), margins[0], margins[1], verdict["margin"].same))
    names = {p.id: p.name.in_language(lang) for side in (found.a, found.b) for p in side.populations}
    weakest = verdict["weakest"]
    rows.append((text("diff.weakest", lang), names[str(weakest.a)], names[str(weakest.b)], weakest.same))
    return rows


def _number(value: object) -> float | None:
    return value if isinstance(value, float) else None


def _answer(value: object, lang: str) -> str:
    return text("open" if value is None else "yes" if value else "no", lang)


def _basin(solution: Solution, lang: str) -> tuple[str, str]:
    """Share of starts that reach coordination, and its interval."""
    basin = None if solution.coordination is None else solution.coordination.basin
    if basin is None:
        return text("open", lang), "-"
    if basin.high == 0.0:
        return percent(0.0, lang), text("diff.proved", lang)
    interval = text("diff.from_to", lang, low=percent(basin.low, lang), high=percent(basin.high, lang))
    return percent(basin.share, lang), interval


def _profiles(value: object, lang: str) -> str:
    """Write a profile, a list of profiles, or a list of sets of profiles."""
    if not isinstance(value, list):
        return str(value or text("none", lang))
    said = [
        each if isinstance(each, str) else each[0] if len(each) == 1 else text("report.cycle", lang, count=len(each))
        for each in value
    ]
    return ", ".join(said) or text("none", lang)


def _add_money(page: Page, found: Difference, scale: Scale) -> None:
    lang = page.lang
    states = found.states
    if not states:
        return
    page.heading(text("report.money", lang, unit=money_unit(found.a, scale, lang)))
    for pair in states:
        rows = []
        for name, both in pair.figures().items():
            rows.append([text(f"money.{name}", lang), *_numbers(both, scale.factor)])
        for measure, both in pair.measures().items():
            known = found.a if f"measure.{measure}" in found.a.names else found.b
            factor = scale.factor if is_money(known, measure) else 1.0
            rows.append([known.names[f"measure.{measure}"].in_language(lang), *_numbers(both, factor)])
        _add_state(page, pair, rows)
    rows = [
        [text(f"diff.{name}", lang), *_numbers(both, scale.factor)]
        for name, both in (
            ("policy_cost", found.policy_cost), ("path_cost", found.path_cost), ("least_gain", found.least_gain)
        )
        if both != Pair(None, None)
    ]  # fmt: skip
    if rows:
        page.table(["", "A", "B", "B - A"], rows, fold=(0,))


def _add_totals(page: Page, found: Difference, scale: Scale, headcount: float) -> None:
    lang = page.lang
    if not found.states:
        return
    words = text("report.totals", lang, headcount=f"{headcount:,.0f}", unit=text(f"unit.{scale.unit}", lang))
    page.heading(words)
    for pair in found.states:
        figures = pair.figures()
        rows = [[text(f"money.{name}", lang), *_numbers(figures[name], scale.factor, total=True)] for name in SUMS]
        _add_state(page, pair, rows)


def _add_state(page: Page, pair: StatePair, rows: list[list[str]]) -> None:
    """Add the figures of one state under its name."""
    lang = page.lang
    name = text(f"report.state.{pair.role}", lang, profile=pair.profile or "")
    if pair.states.a is not None and pair.states.b is not None:
        page.table([name, "A", "B", "B - A"], rows, fold=(0,))
    else:
        side, column = ("A", 1) if pair.states.b is None else ("B", 2)
        page.table([text("diff.only", lang, state=name, side=side), side], [[row[0], row[column]] for row in rows])
    page.gap()


def _numbers(pair: Pair[float | None], factor: float, *, total: bool = False) -> list[str]:
    """Both numbers and how much the second is larger."""
    written = amount if total else number
    if pair.a is None or pair.b is None:
        return [*(written(None if value is None else value * factor) for value in (pair.a, pair.b)), "-"]
    gap = (pair.b - pair.a) * factor
    noise = abs(gap) <= 1e-13 * max(abs(pair.a), abs(pair.b)) * factor
    said = written(0.0 if noise else gap)
    return [written(pair.a * factor), written(pair.b * factor), said if noise or gap < 0.0 else f"+{said}"]
