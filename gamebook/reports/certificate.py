"""The part of the report that says what was proved again in exact arithmetic."""

from __future__ import annotations

from gamebook.reports.layout import Page, small
from gamebook.solution import Solution
from gamebook.texts import text

NAMED = 8
"""Faces named before the rest is only counted."""


def add_certificate(page: Page, solution: Solution) -> None:
    """Add what ``--certify`` proved; nothing if it was not asked for."""
    proof, lang = solution.certificate, page.lang
    if proof is None:
        return
    page.heading(text("certificate.title", lang))
    page.line(text(f"certificate.{'yes' if proof.certified else 'no'}", lang), indent=2)
    proved = sum(point.exists and point.agrees for point in proof.points)
    widest = max((float((point.high - point.low).max()) for point in proof.points), default=0.0)
    page.line(
        text("certificate.points", lang, proved=proved, count=len(proof.points), width=small(widest)), indent=2, hang=2
    )
    boxes = sum(face.boxes for face in proof.faces)
    page.line(text("certificate.faces", lang, count=len(proof.faces), boxes=f"{boxes:,}"), indent=2, hang=2)
    for status in ("continuum", "covered", "resolved", "missed", "open"):
        faces = [solution.full_name(face.face) for face in proof.faces if face.status == status]
        if faces:
            more = text("certificate.more", lang, count=len(faces) - NAMED) if len(faces) > NAMED else ""
            names = (", " if lang == "en" else "、").join(faces[:NAMED])
            page.line(text(f"certificate.{status}", lang, count=len(faces), faces=names + more), indent=2, hang=2)
    page.line(text("certificate.method", lang), indent=2, hang=2)
