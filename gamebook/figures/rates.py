"""What a caption says of the dynamics and its rate."""

from __future__ import annotations

from gamebook.figures import font
from gamebook.revision import dynamics_words, is_standard, rate_words
from gamebook.texts import text
from solvers.dynamics.protocols import Protocol


def rate_sentence(chosen: Protocol, rate: float, unit: str, lang: str) -> str:
    """Name the dynamics and the revision rate in a sentence."""
    if is_standard(chosen):
        return text("figure.rate", lang, rate=f"{rate:g}")
    words = font.plain(dynamics_words(chosen, unit, lang))
    return text("figure.rate_protocol", lang, dynamics=words, rate=rate_words(chosen, rate, lang))
