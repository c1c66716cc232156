"""The section on logit quantal response."""

from __future__ import annotations

from gamebook.reports.concept_profiles import chance, profile_text
from gamebook.reports.layout import Page, number, small
from gamebook.solution_concepts.setting import Setting
from gamebook.texts import text, unit_text
from solvers.quantal import QuantalBranch, QuantalResponse, Special

MOST_COLUMNS = 8
MOST_EVENTS = 20


def add_quantal(page: Page, setting: Setting, branch: QuantalBranch) -> None:
    """Add the points at the chosen lambdas, what happens on the way, and the limit."""
    lang = page.lang
    page.heading(text("concept.qre", lang))
    unit = unit_text(setting.subject.unit, lang) or text("concept.qre.unit", lang)
    page.line(text("concept.qre.about", lang, unit=unit, scale=f"{branch.unit:.4g}"), indent=2)
    points = [point for _, found in branch.chosen for point in found]
    if setting.two_strategies and len(setting.free) <= MOST_COLUMNS:
        _add_table(page, setting, points)
    else:
        for point in points:
            page.labelled(f"{point.precision:.4g}", profile_text(setting, point.profile, lang), width=10)
    for event in branch.special[:MOST_EVENTS]:
        code = "turning" if event.kind is Special.TURNING else "bifurcation"
        words = text(f"concept.qre.{code}", lang, precision=f"{event.precision:.6g}", count=event.rank_drop)
        page.line(words, indent=2, hang=2)
    if len(branch.special) > MOST_EVENTS:
        page.line(text("concept.nash.more", lang, count=len(branch.special) - MOST_EVENTS), indent=2)
    if not branch.special and branch.status == "complete":
        page.line(text("concept.qre.smooth", lang), indent=2)
    _add_limit(page, setting, branch)
    if points:
        page.line(text("concept.qre.check", lang, residual=small(max(p.residual for p in points))), indent=2)


def _add_table(page: Page, setting: Setting, points: list[QuantalResponse]) -> None:
    lang = page.lang
    headers = [text("concept.lambda_head", lang), *(setting.populations[i].share for i in setting.free)]
    headers.append(text("concept.regret", lang))
    rows = [
        [f"{point.precision:.4g}", *(chance(float(mixed[1])) for mixed in point.profile), number(point.regret)]
        for point in points
    ]
    page.table(headers, rows, left=())


def _add_limit(page: Page, setting: Setting, branch: QuantalBranch) -> None:
    lang = page.lang
    precision = f"{branch.end.precision:.3g}"
    if branch.status != "complete":
        page.line(text(f"concept.qre.{branch.status}", lang), indent=2)
    if branch.limit is None or branch.limit_regret is None or branch.limit_distance is None or not branch.verified:
        words = text("concept.qre.no_limit", lang, precision=precision, regret=number(branch.end.regret))
        page.labelled(text("concept.limit", lang), words, width=10)
        return
    page.labelled(text("concept.limit", lang), profile_text(setting, branch.limit, lang), width=10)
    regret, distance = small(branch.limit_regret), small(branch.limit_distance)
    words = text("concept.qre.limit", lang, regret=regret, precision=precision, distance=distance)
    page.labelled("", words, width=10)
