"""The report of ``solve --concept``: a head, then one section per concept."""

from __future__ import annotations

import numpy as np

from gamebook.reports.concept_correlated import add_correlated
from gamebook.reports.concept_profiles import payoff_text, profile_text
from gamebook.reports.concept_quantal import add_quantal
from gamebook.reports.concept_rationalizable import add_rationalizable
from gamebook.reports.concept_slice import add_slice
from gamebook.reports.head import add_head
from gamebook.reports.layout import Page
from gamebook.solution_concepts.results import ConceptSolution
from gamebook.solution_concepts.setting import Setting
from gamebook.texts import text
from solvers.nash_list import NashList, NashPoint

MOST_LISTED = 40


def concepts_report(found: ConceptSolution, *, lang: str = "en", **options: object) -> str:
    """Return the report as plain text of at most 80 columns.

    Parameters
    ----------
    lang : "en" or "zh"
    options : of the report on rest points, where they were asked for
    """
    page = Page(lang)
    setting = found.setting
    if found.rest is None:
        add_head(page, setting.subject, title="report.title")
        _add_mixed_given(page, setting)
    if found.nash is not None:
        add_nash(page, setting, found.nash)
    if found.rationalizable is not None:
        add_rationalizable(page, setting, found.rationalizable)
    if found.correlated is not None:
        add_correlated(page, setting, found.correlated)
        if found.correlated.pure_nash_only:
            page.line(text("concept.pure_only", lang), indent=2)
    if found.quantal is not None:
        add_quantal(page, setting, found.quantal)
    if found.slice is not None:
        add_slice(page, setting, found.slice)
    if found.rest is not None:
        return found.rest.report(lang, **options) + ("\n" + page.text() if len(found.concepts) > 1 else "")
    page.gap()
    provenance = setting.subject.provenance
    digest = str(provenance.get("pages_sha256") or "-")[:12]
    page.line(text("concept.made_with", lang, version=provenance["gamebook"], digest=digest))
    return page.text()


def _add_mixed_given(page: Page, setting: Setting) -> None:
    """Say who is fixed where the head could not: populations with more than two strategies."""
    if setting.subject.given or not setting.fixed:
        return
    profile = [setting.fixed[i] for i in setting.fixed]
    words = profile_text(setting, profile, page.lang, positions=tuple(setting.fixed))
    page.line(text("concept.given_mixed", page.lang, given=words))


def add_nash(page: Page, setting: Setting, nash: NashList) -> None:
    """Add the list of Nash equilibria."""
    lang = page.lang
    page.heading(text("concept.nash", lang, count=len(nash.points)))
    if not nash.points:
        page.line(text("concept.nash.none", lang), indent=2)
    for number, point in enumerate(nash.points[:MOST_LISTED], start=1):
        name = text("concept.nash.mixed", lang) if point.pure is None else setting.name(point.pure)
        kind = "strict" if point.strict else "tied" if point.tied else "regular"
        proof = "proved" if point.verified else "unproved"
        words = [name, text(f"concept.nash.{kind}", lang), text(f"concept.{proof}", lang)]
        page.labelled(f"{number}", ("，" if lang == "zh" else ", ").join(words), width=4)
        if point.pure is None:
            page.line(profile_text(setting, point.profile, lang), indent=6, hang=2)
        page.line(_payoffs(setting, point, lang), indent=6, hang=2)
    if len(nash.points) > MOST_LISTED:
        page.line(text("concept.nash.more", lang, count=len(nash.points) - MOST_LISTED), indent=2)
    for item in nash.sets:
        point_text = "-" if item.representative is None else profile_text(setting, item.representative, lang)
        proof = text("report.proved" if item.proved else "report.estimated", lang)
        answer = text("report.in_places" if item.is_nash is None else "yes", lang)
        fields = {"dimension": item.dimension, "proof": proof, "point": point_text, "nash": answer}
        page.line(text("concept.nash.set", lang, **fields), indent=2, hang=2)
    if nash.undecided:
        page.line(text("concept.nash.undecided", lang, count=len(nash.undecided)), indent=2)
    if nash.complete:
        page.line(text("concept.nash.complete", lang), indent=2)
    else:
        page.line(text(f"report.status.{nash.status.replace(' ', '_')}", lang), indent=2)


def _payoffs(setting: Setting, point: NashPoint, lang: str) -> str:
    colon = "：" if lang == "zh" else ": "
    return f"{text('concept.payoffs', lang)}{colon}{payoff_text(setting, np.asarray(point.payoffs))}"
