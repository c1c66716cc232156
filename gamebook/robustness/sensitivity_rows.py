"""A result of ``sensitivity`` as one table: a row per unknown, measure and region."""

from __future__ import annotations

from collections.abc import Iterator

from gamebook.robustness.sensitivity import Sensitivity

COLUMNS = (
    "region", "measure", "symbol", "total", "total_low", "total_high", "first", "first_low", "first_high", "low",
    "high", "margin_at_low", "margin_at_high",
)  # fmt: skip


def rows(found: Sensitivity) -> Iterator[list[object]]:
    """Yield the rows, largest total effect first within a measure."""
    for part in found.parts:
        bars = {bar.symbol: bar for bar in part.bars}
        for measure in part.measures:
            for effect in measure.effects or ():
                bar = bars[effect.symbol]
                margins = (None, None) if bar.margins is None else bar.margins
                yield [
                    part.region, measure.name, effect.symbol, effect.total.value, effect.total.low, effect.total.high,
                    effect.first.value, effect.first.low, effect.first.high, bar.low, bar.high, *margins,
                ]  # fmt: skip
