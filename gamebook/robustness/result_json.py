"""A result of ``robust`` as data: the object that ``gamebook robust TARGET --json -`` prints."""

from __future__ import annotations

from gamebook.modes import Mode
from gamebook.robustness.as_json import share_json
from gamebook.robustness.draws import METHOD
from gamebook.robustness.instruments import Needs
from gamebook.robustness.one_factor import Factor, Flip
from gamebook.robustness.other_dynamics import OtherPath
from gamebook.robustness.political import Political
from gamebook.robustness.robustness import SCHEMA, Robustness
from gamebook.subject_json import populations_json
from gamebook.texts import text


def robustness_json(found: Robustness) -> dict[str, object]:
    """Return the result as nested dictionaries and lists of plain Python numbers and texts."""
    return {
        "schema": SCHEMA,
        "target": found.target,
        "game": found.game,
        "version": found.provenance["gamebook"],
        "seed": found.seed,
        "method": METHOD,
        "provenance": found.provenance,
        "unit": found.unit,
        "parties": [party.id for party in found.parties],
        **populations_json(found),
        "given": {found.populations[i].share: x for i, x in found.given.items()},
        "parameters": found.parameters,
        "set": found.set_values,
        "instruments_in_force": list(found.instruments),
        "coordination": found.goal,
        "claim": found.claim.kind,
        "unknowns": list(found.unknowns),
        "draws": {
            "count": found.draws,
            "sets": found.sets,
            "within": list(found.widths),
            "clipped": list(found.clipped),
            "rows": [{"what": row.kind, "shares": [share_json(each) for each in row.shares]} for row in found.rows],
        },
        "trap": {
            "profiles": list(found.trap.profiles),
            "coordination_too": found.trap.coordination_too,
            "reason": None if found.trap.reason is None else text(found.trap.reason, "en"),
        },
        "one_factor": [_factor(found, factor) for factor in found.factors],
        "instruments": None if found.needs is None else _needs(found, found.needs),
        "status_quo": {"end": found.end, "other": [_path(path) for path in found.other]},
        "political": [_political(found, each) for each in found.political],
        "government": None
        if found.government is None
        else {"differ": found.government.differ, "modes": [_mode(found, mode) for mode in found.government.modes]},
        "survives_exit": found.survives_exit,
    }


def _factor(found: Robustness, factor: Factor) -> dict[str, object]:
    return {
        "symbol": factor.symbol,
        "value": factor.value,
        "instrument": found.owners.get(factor.symbol),
        "looked_at": [factor.low, factor.high],
        "below": _flip(factor.down),
        "above": _flip(factor.up),
        "exact": factor.exact,
    }


def _flip(flip: Flip | None) -> dict[str, object] | None:
    if flip is None:
        return None
    return {"holds_at": flip.holds_at, "fails_at": flip.fails_at, "in_evidence": flip.in_evidence}


def _needs(found: Robustness, needs: Needs) -> dict[str, object]:
    return {
        "left_out": [
            {
                "instrument": each.instrument,
                "holds": each.holds,
                "sink_components": [[found.full_name(profile) for profile in sink] for sink in each.sinks],
                "alone_enough": each.alone,
            }
            for each in needs.left_out
        ],
        "enough": [list(each) for each in needs.enough],
        "sets_tried": needs.tried,
        "sets_sufficient": needs.sufficient,
        "all_tried": needs.all_tried,
        "largest_tried": needs.largest,
    }


def _path(path: OtherPath) -> dict[str, object]:
    return {
        "protocol": path.protocol,
        "noise": path.noise,
        "government_speed": path.speed,
        "end": path.profile,
        "shares": None if path.shares is None else path.shares.tolist(),
        "fate": None if path.fate is None else path.fate.name.lower(),
        "same": path.same,
    }


def _political(found: Robustness, each: Political) -> dict[str, object]:
    return {
        "population": found.populations[each.population].id,
        "gain": each.gain,
        "political": each.total,
        "without": each.without,
        "needed": each.needed,
        "terms": {entry.id: amount for entry, amount in each.terms},
    }


def _mode(found: Robustness, mode: Mode) -> dict[str, object]:
    others = mode.others
    return {
        "mode": mode.name,
        "held": {found.populations[i].share: x for i, x in mode.held.items()},
        "stable": list(mode.stable),
        "sink_components": [list(sink) for sink in mode.sinks],
        "end": mode.end,
        "payoff": mode.payoff,
        "others_coordinate": None
        if others is None
        else {"share": others.share, "low": others.low, "high": others.high},
    }
