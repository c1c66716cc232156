"""A result of ``sensitivity`` as data: the object that ``gamebook sensitivity TARGET --json -`` prints."""

from __future__ import annotations

from gamebook.robustness.as_json import share_json
from gamebook.robustness.indices import METHOD, Effect, Index
from gamebook.robustness.sensitivity import SCHEMA, Part, Sensitivity
from gamebook.subject_json import populations_json


def sensitivity_json(found: Sensitivity) -> dict[str, object]:
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
        "uncertainty": {
            "declared": found.declared,
            "within": None if found.declared else found.within,
            "distributions": {
                law.symbol: {"kind": law.kind, "numbers": list(law.numbers)} for law in found.distributions
            },
        },
        "samples": found.samples,
        "draws": found.draws,
        "parts": [_part(part) for part in found.parts],
    }


def _part(part: Part) -> dict[str, object]:
    return {
        "region": part.region,
        "claim": part.claim.kind,
        "margin": part.margin,
        "probabilities": {name: share_json(each) for name, each in part.probabilities.items()},
        "correlated": part.correlated,
        "measures": [
            {
                "measure": each.name,
                "mean": each.mean,
                "standard_deviation": each.spread,
                "indices": None if each.effects is None else [_effect(effect) for effect in each.effects],
            }
            for each in part.measures
        ],
        "tornado": [
            {
                "symbol": bar.symbol,
                "values": [bar.low, bar.high],
                "margins": None if bar.margins is None else list(bar.margins),
                "holds": list(bar.holds),
            }
            for bar in part.bars
        ],
    }


def _effect(effect: Effect) -> dict[str, object]:
    return {"symbol": effect.symbol, "first": _index(effect.first), "total": _index(effect.total)}


def _index(index: Index) -> dict[str, float]:
    return {"value": index.value, "low": index.low, "high": index.high}
