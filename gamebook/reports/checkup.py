"""What ``doctor`` prints: one line per part with its verdict, and what to do under those that need it."""

from __future__ import annotations

from collections.abc import Sequence

from gamebook.checkup import SCHEMA, Finding, Verdict
from gamebook.reports.layout import Page
from gamebook.texts import text
from gamebook.version import __version__

LABEL_WIDTH = 10


def checkup_report(findings: Sequence[Finding], lang: str) -> str:
    """Return the findings as plain text, the summary last."""
    page = Page(lang)
    page.line(text("doctor.title", lang, version=__version__))
    topic = None
    for finding in findings:
        if finding.topic != topic:
            topic = finding.topic
            page.heading(text(f"doctor.topic.{topic}", lang))
        label = text(f"doctor.verdict.{finding.verdict}", lang)
        page.labelled(label, finding.said.in_language(lang), width=LABEL_WIDTH)
        if finding.advice is not None:
            for line in finding.advice.in_language(lang).split("\n"):  # commands to copy stand on lines of their own
                page.line(line, indent=LABEL_WIDTH + 2)
    page.gap()
    problems, missing = _parts(findings, Verdict.PROBLEM), _parts(findings, Verdict.MISSING)
    if problems:
        page.line(text("doctor.ill", lang, names=problems))
    else:
        page.line(text("doctor.well_but", lang, names=missing) if missing else text("doctor.well", lang))
    return page.text()


def checkup_json(findings: Sequence[Finding]) -> dict[str, object]:
    """Return the findings as plain data."""
    return {
        "schema": SCHEMA,
        "version": __version__,
        "well": not _parts(findings, Verdict.PROBLEM),
        "findings": [
            {
                "topic": finding.topic,
                "part": finding.part,
                "verdict": finding.verdict.value,
                "text": {"en": finding.said.en, "zh": finding.said.zh},
                "advice": None if finding.advice is None else {"en": finding.advice.en, "zh": finding.advice.zh},
                "data": dict(finding.data),
            }
            for finding in findings
        ],
    }


def _parts(findings: Sequence[Finding], verdict: Verdict) -> str:
    return ", ".join(finding.part for finding in findings if finding.verdict is verdict)
