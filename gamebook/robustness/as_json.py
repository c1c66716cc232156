"""Robustness as data."""

from __future__ import annotations

from gamebook.robustness.draws import DrawShare
from gamebook.robustness.first_line import FirstLine
from gamebook.texts import text


def share_json(found: DrawShare) -> dict[str, float]:
    """Share of the draws with its interval."""
    return {"share": found.share.share, "low": found.share.low, "high": found.share.high, "open": found.open}


def unsupported_json(code: str) -> dict[str, object]:
    """Say that nothing was drawn, and why."""
    return {"supported": False, "code": code, "reason": text(code, "en")}


def first_line_json(line: FirstLine) -> dict[str, object]:
    """Return what ``solve`` says of robustness."""
    if line.claim is None or line.holds is None:
        return unsupported_json(line.reason or "robust.open")
    return {
        "supported": True,
        "claim": line.claim.kind,
        "within": line.within,
        **share_json(line.holds),
        "clipped": line.clipped,
        "unknowns": list(line.symbols),
        "draws": line.draws,
        "sets": line.sets,
        "seed": line.seed,
        "method": line.method,
    }
