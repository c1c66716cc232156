"""The report of ``audit``: as plain text, Markdown or HTML, in English or Chinese."""

from __future__ import annotations

import html

from gamebook.audit.audit import Audit
from gamebook.audit.findings import SEVERITIES
from gamebook.reports.layout import Page
from gamebook.texts import text

STYLE = (
    "body{font:16px/1.6 'Noto Sans SC',system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h2{border-bottom:1px solid #999}li{margin:.4rem 0;overflow-wrap:anywhere}.place{color:#666}"
)


def audit_report(audit: Audit, *, lang: str = "en") -> str:
    """Return the report as plain text of at most 80 columns."""
    page = Page(lang)
    for line in _head(audit, lang):
        page.line(line)
    for heading, items in _sections(audit, lang):
        page.heading(heading)
        for place, words in items:
            page.line(f"- {_placed(place, words, lang)}", indent=2, hang=2)
    return page.text()


def audit_markdown(audit: Audit, *, lang: str = "en") -> str:
    """Return the report as Markdown; formulas stand as code."""
    title, *rest = _head(audit, lang)
    parts = [f"# {title}", *rest]
    for heading, items in _sections(audit, lang):
        parts.append(f"## {heading}")
        parts.append("\n".join(f"- {_escaped(_placed(place, words, lang))}" for place, words in items))
    return "\n\n".join(parts) + "\n"


def audit_html(audit: Audit, *, lang: str = "en") -> str:
    """Return the report as one HTML file that needs nothing else."""
    title, *rest = _head(audit, lang)
    body = [f"<h1>{html.escape(title)}</h1>", *(f"<p>{html.escape(line)}</p>" for line in rest)]
    for heading, items in _sections(audit, lang):
        rows = "".join(
            f"<li>{f'<span class=place>{html.escape(place)}</span> ' if place else ''}{html.escape(words)}</li>"
            for place, words in items
        )
        body.append(f"<h2>{html.escape(heading)}</h2><ul>{rows}</ul>")
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title><style>{STYLE}</style>{''.join(body)}</html>\n"
    )


def _head(audit: Audit, lang: str) -> list[str]:
    table, case = audit.claims.table, audit.claims.case
    counts = {severity: len(audit.of(severity)) for severity in SEVERITIES}
    against = text("audit.without_game", lang) if case is None else text("audit.game", lang, game=case.target)
    return [
        text("audit.title", lang, title=table.title.in_language(lang)),
        text("audit.source", lang, source=table.source.in_language(lang)),
        against,
        text("audit.summary", lang, **counts),
    ]


def _sections(audit: Audit, lang: str) -> list[tuple[str, list[tuple[str, str]]]]:
    found = []
    for severity in SEVERITIES:
        items = [(each.place.in_language(lang), each.text(lang)) for each in audit.of(severity)]
        found.append((text(f"audit.{severity}", lang), items))
    return [(heading, items) for heading, items in found if items]


def _placed(place: str, words: str, lang: str) -> str:
    colon = "：" if lang == "zh" else ": "
    return f"{place}{colon}{words}" if place else words


def _escaped(words: str) -> str:
    """Stars and underscores of formulas must not become emphasis."""
    return words.replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_")
