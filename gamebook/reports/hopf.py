"""Report and data of Hopf points along a parameter."""

from __future__ import annotations

from gamebook.basins_json import subject_json
from gamebook.hopf import SCHEMA, HopfState, HopfSurvey
from gamebook.outcome_finder import REVISION_RATE
from gamebook.reports.head import add_head
from gamebook.reports.layout import Page, number
from gamebook.texts import text


def hopf_report(survey: HopfSurvey, *, lang: str = "en") -> str:
    """Return the report as plain text of at most 80 columns.

    Parameters
    ----------
    lang : "en" or "zh"
    """
    page = Page(lang)
    add_head(page, survey, title="hopf.title")
    page.line(text("hopf.range_words", lang, symbol=survey.symbol, low=f"{survey.low:g}", high=f"{survey.high:g}",
                   count=len(survey.values)))  # fmt: skip
    page.heading(text("hopf.points", lang))
    if not survey.points:
        page.line(text("hopf.none", lang), indent=2)
    for point in survey.points:
        _add_point(page, survey, point)
    code = "hopf.complete" if survey.complete else "hopf.incomplete"
    page.line(text(code, lang, branches=survey.branches, lost=survey.lost), indent=2)
    if survey.points:
        page.line(text("hopf.note", lang), indent=2)
    return page.text()


def _add_point(page: Page, survey: HopfSurvey, point: HopfState) -> None:
    lang = page.lang
    pairs = zip(survey.populations, point.shares.tolist(), strict=True)
    state = ", ".join(f"{p.share} {x:.0f}" if x in (0.0, 1.0) else f"{p.share} {x:.3f}" for p, x in pairs)
    page.labelled(f"{survey.symbol} = {point.value:.6g}", text("hopf.at", lang, state=state))
    side = "below" if point.attracts_below else "above"
    page.labelled("", text(f"hopf.attracts_{side}" if point.others_stay else f"hopf.within_{side}", lang))
    page.labelled("", text(f"hopf.{point.criticality or 'open'}", lang))
    years = number(point.years(REVISION_RATE))
    page.labelled("", text("hopf.round", lang, years=years, rate=f"{REVISION_RATE:g}"))
    if not point.refined:
        page.labelled("", text("hopf.not_refined", lang))


def hopf_json(survey: HopfSurvey) -> dict[str, object]:
    """Return the result as nested dictionaries and lists of plain Python numbers and texts."""
    shares = [population.share for population in survey.populations]
    return {
        "schema": SCHEMA,
        **subject_json(survey),
        "method": "mixed rest points followed between games by Newton's method, payoffs interpolated; crossings of "
        "complex pairs bisected, then sought again between games close by",
        "symbol": survey.symbol,
        "range": [survey.low, survey.high],
        "values": survey.values.tolist(),
        "complete": survey.complete,
        "branches": survey.branches,
        "lost": survey.lost,
        "points": [
            {
                "value": point.value,
                "shares": dict(zip(shares, point.shares.tolist(), strict=True)),
                "mixing": [shares[i] for i in point.mixing],
                "frequency": point.frequency,
                "eigenvalues": [[value.real, value.imag] for value in point.eigenvalues.tolist()],
                "attracts": "below" if point.attracts_below else "above",
                "others_stay": point.others_stay,
                "criticality": point.criticality,
                "lyapunov": point.lyapunov,
                "refined": point.refined,
            }
            for point in survey.points
        ],
    }
