"""The line about robustness in the report of ``solve``."""

from __future__ import annotations

from gamebook.reports.layout import Page, percent
from gamebook.robustness.first_line import FirstLine
from gamebook.texts import text


def add_robustness_line(page: Page, line: FirstLine | None) -> None:
    """Say how often the verdict holds; nothing where that is not known."""
    if line is None or line.claim is None or line.holds is None:
        return
    lang, share = page.lang, line.holds.share
    words = text(
        "robust.line", lang, share=percent(share.share, lang), count=len(line.symbols), within=f"{100 * line.within:g}",
        kept=text(f"robust.kept.{line.claim.kind}", lang), low=percent(share.low, lang), high=percent(share.high, lang),
    )  # fmt: skip
    page.labelled(text("robust.label", lang), words)
