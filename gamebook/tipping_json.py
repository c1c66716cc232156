"""Tipping points as data: the object that ``gamebook tip TARGET --json -`` prints."""

from __future__ import annotations

from gamebook.basins_json import ending_json, subject_json
from gamebook.revision import is_standard, protocol_json
from gamebook.solution import finite
from gamebook.tipping_result import SCHEMA, Border, Line, Tipping
from solvers.arrays import Floats

METHOD = (
    "replicator dynamics in log-odds; switches by a scan of each line and subdivision; between switches, boxes of "
    "starts enclosed by bounding paths; nearest border by search along directions and towards its normal"
)
METHOD_OF_PROTOCOLS = (
    "{name} dynamics; switches by a scan of each line and subdivision; nothing is enclosed between them; nearest "
    "border by search along directions and towards its normal"
)


def tipping_json(tipping: Tipping) -> dict[str, object]:
    """Return the result as nested dictionaries and lists of plain Python numbers and texts."""
    shares = [population.share for population in tipping.populations]
    subject = subject_json(tipping)
    start = dict(zip(shares, tipping.start.tolist(), strict=True))
    return {
        "schema": SCHEMA,
        **subject,
        "method": METHOD if is_standard(tipping.protocol) else METHOD_OF_PROTOCOLS.format(name=tipping.protocol.name),
        "complete": tipping.complete,
        "payoffs": tipping.payoffs.tolist(),
        **protocol_json(tipping.protocol),
        "revision_rate": tipping.revision_rate,
        "speeds": dict(zip(shares, tipping.speeds.tolist(), strict=True)),
        "goal": tipping.goal,
        "toward": dict(zip(shares, tipping.toward.tolist(), strict=True)),
        "status_quo": {"start": start, **ending_json(tipping.here), "years_to_goal": finite(tipping.years)},
        "scanned": tipping.scanned,
        "lines": [_line(tipping, line) for line in tipping.lines],
        "border": None if tipping.border is None else _border(tipping, tipping.border),
    }


def _line(tipping: Tipping, line: Line) -> dict[str, object]:
    return {
        "kind": line.kind,
        "movers": [tipping.populations[i].share for i in line.movers],
        "position_is": "share" if line.is_share else "part of the way",
        "status_quo_at": line.here,
        "begin": _shares(tipping, line.begin),
        "end": _shares(tipping, line.end),
        "switches": [
            {
                "position": switch.position,
                "low": switch.low,
                "high": switch.high,
                "shares": _shares(tipping, switch.shares),
                "below": ending_json(switch.below),
                "above": ending_json(switch.above),
            }
            for switch in line.switches
        ],
        "stretches": [
            {"low": part.low, "high": part.high, **ending_json(part.ending), "enclosed": part.enclosed}
            for part in line.stretches
        ],
        "unproved": line.unproved,
        "step": line.step,
        "tolerance": line.tolerance,
        "complete": line.complete,
        "positions": line.at.tolist(),
        "years_to_goal": [finite(value) for value in line.years.tolist()],
    }


def _border(tipping: Tipping, border: Border) -> dict[str, object]:
    change = None if border.shares is None else _shares(tipping, border.shares - tipping.start)
    return {
        "distance": border.distance,
        "at_least": border.at_least,
        "everywhere": border.everywhere,
        "shares": None if border.shares is None else _shares(tipping, border.shares),
        "change": change,
        "beyond": None if border.beyond is None else ending_json(border.beyond),
        "confirmed": border.confirmed,
        "check": border.check,
        "directions": border.directions,
    }


def _shares(tipping: Tipping, values: Floats) -> dict[str, float]:
    """Shares, or changes of them, by symbol."""
    return dict(zip((population.share for population in tipping.populations), values.tolist(), strict=True))
