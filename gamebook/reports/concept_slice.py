"""The section on a slice: two parties, the others fixed."""

from __future__ import annotations

from gamebook.reports.concept_profiles import chance, strategies_text
from gamebook.reports.layout import Page, number, small
from gamebook.solution_concepts.setting import Setting
from gamebook.texts import text
from solvers.slices import LABELS, MethodResult, Pair, Slice

MOST_CELLS = 25
MOST_POINTS = 20


def add_slice(page: Page, setting: Setting, found: Slice) -> None:
    """Add the payoffs, our equilibria, what nashpy's methods say, and where they disagree."""
    lang = page.lang
    first, second = (setting.populations[i].name.in_language(lang) for i in found.players)
    page.heading(text("concept.slice", lang, first=first, second=second))
    if found.payoffs[0].size <= MOST_CELLS:
        page.line(text("concept.slice.rows", lang, first=first, second=second), indent=2)
        _add_payoffs(page, setting, found)
    label = text("concept.slice.ours", lang)
    for point in found.ours.nash[:MOST_POINTS]:
        page.labelled(label, _point(setting, found, (point.profile[0], point.profile[1]), lang), width=16)
        label = ""
    if len(found.ours.nash) > MOST_POINTS:
        page.line(text("concept.nash.more", lang, count=len(found.ours.nash) - MOST_POINTS), indent=2)
    for subset in found.ours.nash_subsets:
        point_text = _point(setting, found, (subset.representative[0], subset.representative[1]), lang)
        words = text(
            "concept.nash.set", lang, dimension=subset.dimension, proof=text("report.proved", lang), point=point_text,
            nash=text("yes", lang),
        )  # fmt: skip
        page.line(words, indent=2, hang=2)
    if found.degenerate:
        page.line(text("concept.slice.degenerate", lang), indent=2)
    headers = [text(f"concept.{column}", lang) for column in ("method", "found", "verdict")]
    rows = [
        [_method(method, lang), "-" if method.skipped else str(len(method.equilibria)), _verdict(method, found, lang)]
        for method in found.methods
    ]
    page.table(headers, rows, left=(0, 2), fold=(2,))
    _add_disagreements(page, setting, found)
    largest = max((point.regret for point in found.ours.nash), default=0.0)
    page.line(text("concept.slice.check", lang, regret=small(largest)), indent=2)
    if found.contradicted:
        page.line(text("concept.slice.contradicted", lang), indent=2)


def _add_payoffs(page: Page, setting: Setting, found: Slice) -> None:
    lang = page.lang
    rows_of, columns_of = (setting.strategies[i] for i in found.players)
    rows = [
        [name.in_language(lang), *(f"{number(a)}, {number(b)}" for a, b in zip(*found.payoffs[:, k], strict=True))]
        for k, name in enumerate(rows_of)
    ]
    page.table(["", *(name.in_language(lang) for name in columns_of)], rows, fold=range(len(columns_of) + 1))


def _point(setting: Setting, found: Slice, pair: Pair, lang: str) -> str:
    """Write an equilibrium of the slice: shares of index 1, or every strategy played."""
    parts = []
    for position, mixed in zip(found.players, pair, strict=True):
        population = setting.populations[position]
        if len(mixed) == 2:
            parts.append(f"{population.share} = {chance(float(mixed[1]))}")
        else:
            names = setting.strategies[position]
            parts.append(strategies_text(population.symbol, names, mixed, lang))
    return ", ".join(parts)


def _method(method: MethodResult, lang: str) -> str:
    return text(f"concept.method.{method.method}", lang)


def _verdict(method: MethodResult, found: Slice, lang: str) -> str:
    if method.skipped:
        return text("concept.method.skipped", lang)
    parts = [
        text(f"concept.method.{kind}", lang, count=len(items))
        for kind, items in (
            ("missing", method.missing),
            ("extra", method.extra),
            ("wrong", method.wrong),
            ("failures", method.failures),
        )
        if items
    ]
    fewer = method.method == LABELS and len(method.equilibria) < len(found.ours.nash)
    if method.agrees:
        parts.insert(0, text("concept.method.part" if fewer else "concept.method.agrees", lang))
    return ("；" if lang == "zh" else "; ").join(parts)


def _add_disagreements(page: Page, setting: Setting, found: Slice) -> None:
    lang = page.lang
    for method in found.methods:
        for code, points in (("missed", method.missing), ("found_extra", method.extra)):
            for point in points[:MOST_POINTS]:
                where = _point(setting, found, point, lang)
                words = text(f"concept.slice.{code}", lang, method=_method(method, lang), point=where)
                page.line(words, indent=2, hang=2)
