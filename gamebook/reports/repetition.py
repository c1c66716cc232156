"""What ``rerun`` prints: the pages and versions of then and now, and whether the result came out again."""

from __future__ import annotations

import json

from gamebook.comparison import ABSENT, GROUPS, TOLERANCE, Comparison, Difference
from gamebook.repeat import CODE, SCHEMA, Repetition
from gamebook.reports.layout import Page
from gamebook.texts import text

MOST_SHOWN = 8  # per group
MOST_LISTED = 10_000  # as JSON; a simulation can hold millions
LONGEST_VALUE = 24
LABEL_WIDTH = 12


def repetition_report(found: Repetition, lang: str) -> str:
    """Return the report as plain text."""
    page = Page(lang)
    page.line(text("rerun.title", lang, path=found.path, target=_shown(found.target, lang)))
    page.gap()
    code = f"rerun.pages.{found.pages.replace(' ', '_')}"
    target, game = _shown(found.target, lang), _shown(found.game, lang)
    page.labelled(text("rerun.pages", lang), text(code, lang, target=target, game=game), width=LABEL_WIDTH)
    for symbol, (then, now) in found.page_values.items():
        _note(page, text("rerun.page_value", lang, symbol=symbol, then=_shown(then, lang), now=_shown(now, lang)))
    if found.added_parameters:
        _note(page, text("rerun.added", lang, names=", ".join(found.added_parameters)))
    if found.missing_folders:
        _note(page, text("rerun.missing_folders", lang, names=", ".join(map(str, found.missing_folders))))
    versions = [
        text("rerun.code", lang)
        if name == CODE
        else text("rerun.version", lang, name=name, then=_version(then, lang), now=now)
        for name, (then, now) in found.versions.items()
    ]
    same = text("rerun.versions.same", lang)
    page.labelled(
        text("rerun.versions", lang), ("；" if lang == "zh" else "; ").join(versions) or same, width=LABEL_WIDTH
    )
    if found.comparison is not None:
        for group in GROUPS:
            _add_group(page, group, [item for item in found.comparison.different if item.group == group])
    page.gap()
    page.line(_summary(found, lang))
    if found.altered:
        page.line(text("rerun.altered", lang, names=_shown(", ".join(found.altered), lang, 200)))
    if found.comparison is not None and found.comparison.not_compared:
        names = _shown(", ".join(found.comparison.not_compared), lang, 200)
        page.line(text("rerun.not_compared", lang, names=names))
    return page.text()


def repetition_json(found: Repetition) -> dict[str, object]:
    """Return the same as plain data of schema ``gamebook/rerun/1``."""
    comparison = found.comparison
    return {
        "schema": SCHEMA,
        "result": str(found.path),
        "of": found.schema,
        "target": found.target,
        "game": found.game,
        "verdict": found.verdict,
        "repeats": found.repeats,
        "tolerance": TOLERANCE,
        "pages": found.pages,
        "page_values": {symbol: {"then": a, "now": b} for symbol, (a, b) in found.page_values.items()},
        "added_parameters": list(found.added_parameters),
        "missing_folders": list(found.missing_folders),
        "altered": list(found.altered),
        "versions": {name: {"then": then, "now": now} for name, (then, now) in found.versions.items()},
        "refusal": None if found.refusal is None else {"en": found.refusal.en, "zh": found.refusal.zh},
        "compared": None if comparison is None else comparison.compared,
        "within_rounding": None if comparison is None else len(comparison.rounding),
        "different": None if comparison is None else len(comparison.different),
        "largest_difference": None if comparison is None else _largest(comparison),
        "differences": []
        if comparison is None
        else [_difference(item) for item in comparison.differences[:MOST_LISTED]],
        "not_compared": [] if comparison is None else list(comparison.not_compared),
    }


def _note(page: Page, words: str) -> None:
    page.line(words, indent=LABEL_WIDTH + 2, hang=2)


def _version(then: object, lang: str) -> str:
    return text("rerun.unknown", lang) if then is None else _shown(then, lang)


def _add_group(page: Page, group: str, items: list[Difference]) -> None:
    lang = page.lang
    if not items:
        return
    page.heading(text(f"rerun.group.{group}", lang))
    headers = [text(f"rerun.{column}", lang) for column in ("where", "then", "now", "relative")]
    rows = []
    for item in items[:MOST_SHOWN]:
        then, now = _pair(item, lang)
        relative = "" if item.relative is None else f"{item.relative:.1e}"
        rows.append([_shown(item.where, lang, 200), then, now, relative])
    page.table(headers, rows, left=(0,), fold=(0,))
    if len(items) > MOST_SHOWN:
        page.line(text("rerun.more", lang, count=len(items) - MOST_SHOWN), indent=2)


def _pair(item: Difference, lang: str) -> tuple[str, str]:
    """Return both values with as many digits as it takes to tell them apart."""
    if item.relative is None or not isinstance(item.then, int | float) or not isinstance(item.now, int | float):
        return _shown(item.then, lang), _shown(item.now, lang)
    for digits in range(6, 17):
        then, now = f"{item.then:.{digits}g}", f"{item.now:.{digits}g}"
        if then != now:
            return then, now
    return repr(item.then), repr(item.now)


def _shown(value: object, lang: str, longest: int = LONGEST_VALUE) -> str:
    """Return a value on one line, cut to length, without characters that could move a terminal's cursor."""
    if value is ABSENT or isinstance(value, dict):
        return text("rerun.absent" if value is ABSENT else "rerun.there", lang)
    if isinstance(value, float):
        words = f"{value:.10g}"
    else:
        words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    words = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in words[: longest + 1])
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _summary(found: Repetition, lang: str) -> str:
    comparison = found.comparison
    if comparison is None:
        reason = "" if found.refusal is None else found.refusal.in_language(lang)
        return text("rerun.impossible", lang, reason=reason)
    close, different = len(comparison.rounding), len(comparison.different)
    counts = {"count": comparison.compared, "same": comparison.compared - close - different, "close": close}
    if found.verdict == "identical":
        return text("rerun.identical", lang, count=comparison.compared)
    largest = comparison.largest
    size = "" if largest is None or largest.relative is None else f"{largest.relative:.1e}"
    where = "" if largest is None else _shown(largest.where, lang, 200)
    if found.verdict == "within rounding":
        return text("rerun.within_rounding", lang, **counts, largest=size, where=where, tolerance=f"{TOLERANCE:g}")
    words = text("rerun.different", lang, **counts, different=different)
    if largest is not None:
        words += ("" if lang == "zh" else " ") + text("rerun.largest", lang, largest=size, where=where)
    return words


def _largest(comparison: Comparison) -> dict[str, object] | None:
    return None if comparison.largest is None else _difference(comparison.largest)


def _difference(item: Difference) -> dict[str, object]:
    then, now = (None if value is ABSENT else value for value in (item.then, item.now))
    return {
        "where": item.where,
        "then": then,
        "now": now,
        "missing": "then" if item.then is ABSENT else "now" if item.now is ABSENT else None,
        "relative": item.relative,
        "rounding": item.is_rounding,
    }
