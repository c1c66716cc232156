"""Checks of a scenario page on its own: weights, segments that can meet, values of shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from payoffs.errors import Fault
from payoffs.page_outline import Outline

WEIGHT_TOLERANCE = 1e-9


def scenario_faults(page: Outline) -> list[Fault]:
    """Return everything that is wrong with the segments, regions and initial shares of a scenario page."""
    found = [*_start_faults(page), *_weight_faults(page), *_duplicate_faults(page), *_meeting_faults(page)]
    return [fault.at(file=page.file) for fault in found]


def _start_faults(page: Outline) -> Iterator[Fault]:
    for name, value in page.table("start").items():
        if isinstance(value, int | float) and not isinstance(value, bool) and not 0 <= value <= 1:
            yield Fault("page.start_value", {"name": name, "value": value}, key=f"start.{name}")


def _weight_faults(page: Outline) -> Iterator[Fault]:
    totals: dict[str, float] = {}
    for group, key, row in _groups(page):
        weight = row.get("weight")
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            return  # the structure's check says so
        if not 0 < weight <= 1:
            yield Fault("scenario.weight", {"value": weight}, key=f"{key}.weight")
            return
        totals[group] = totals.get(group, 0.0) + weight
    for group, total in totals.items():
        if abs(total - 1) > WEIGHT_TOLERANCE:
            key = "segments" if group else "regions"
            yield Fault("scenario.weights", {"group": group or key, "total": total}, key=key)


def _groups(page: Outline) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield (party, key, row) for segments and ("", key, row) for regions."""
    for key, row in page.rows("segments"):
        yield str(row.get("party")), key, row
    for key, row in page.rows("regions"):
        yield "", key, row


def _duplicate_faults(page: Outline) -> Iterator[Fault]:
    seen: set[tuple[str, object]] = set()
    for group, key, row in _groups(page):
        if (group, row.get("id")) in seen:
            yield Fault("page.twice", {"name": row.get("id")}, key=key)
        seen.add((group, row.get("id")))


def _meeting_faults(page: Outline) -> Iterator[Fault]:
    """Refuse one symbol overridden by two that can meet: segments of two parties, or a segment and its region."""
    first: dict[str, str] = {}
    for group, key, row in _groups(page):
        values = row.get("values")
        for symbol in values if isinstance(values, dict) else ():
            other = first.setdefault(symbol, group)
            if other != group:
                yield Fault("scenario.override_twice", {"symbol": symbol}, key=f"{key}.values.{symbol}")
