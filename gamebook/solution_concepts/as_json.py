"""Results of solution concepts as plain data, schema ``gamebook/concepts/1``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from gamebook.solution import finite
from gamebook.solution_concepts.results import ConceptSolution, CorrelatedPlay
from gamebook.solution_concepts.setting import Setting
from solvers.arrays import Floats
from solvers.correlated import CorrelatedEquilibrium
from solvers.nash_list import NashList, NashSet
from solvers.quantal import QuantalBranch, QuantalResponse
from solvers.rationalizable import Rationalizable
from solvers.slices import MethodResult, Slice

SCHEMA = "gamebook/concepts/1"


def concepts_json(found: ConceptSolution) -> dict[str, object]:
    """Data of all concepts asked for."""
    setting, subject = found.setting, found.setting.subject
    data: dict[str, object] = {
        "schema": SCHEMA,
        "target": subject.target,
        "game": subject.game,
        "version": subject.provenance["gamebook"],
        "provenance": dict(subject.provenance),
        "concepts": list(found.concepts),
        "verified": found.all_verified,
        "parties": [population.id for population in setting.populations],
        "strategies": [list(population.strategies) for population in setting.populations],
        "given": {setting.populations[i].id: _numbers(mixed) for i, mixed in setting.fixed.items()},
        "free": [setting.populations[i].id for i in setting.free],
        "parameters": {symbol: finite(value) for symbol, value in subject.parameters.items()},
        "payoffs": setting.payoffs.tolist(),
    }
    if found.rest is not None:
        data["solution"] = found.rest.to_json()
    if found.nash is not None:
        data["nash"] = _nash(setting, found.nash)
    if found.rationalizable is not None:
        data["rationalizable"] = _rationalizable(setting, found.rationalizable)
    if found.correlated is not None:
        data["correlated"] = correlated_json(setting, found.correlated)
    if found.quantal is not None:
        data["qre"] = _quantal(found.quantal)
    if found.slice is not None:
        data["slice"] = _slice(setting, found.slice)
    return data


def _numbers(array: Floats) -> list[float | None]:
    return [finite(float(value)) for value in array]


def _profile(profile: Sequence[Floats] | None) -> list[list[float | None]] | None:
    return None if profile is None else [_numbers(mixed) for mixed in profile]


def _nash(setting: Setting, nash: NashList) -> dict[str, object]:
    return {
        "status": nash.status,
        "complete": nash.complete,
        "method": nash.method,
        "equilibria": [
            {
                "profile": _profile(point.profile),
                "pure": None if point.pure is None else setting.name(point.pure),
                "payoffs": _numbers(point.payoffs),
                "strict": point.strict,
                "tied": point.tied,
                "regret": point.regret,
                "verified": point.verified,
            }
            for point in nash.points
        ],
        "sets": [_set(item) for item in nash.sets],
        "undecided": [{"low": _profile(item.low), "high": _profile(item.high)} for item in nash.undecided],
    }


def _set(item: NashSet) -> dict[str, object]:
    return {
        "dimension": item.dimension,
        "proved": item.proved,
        "nash": item.is_nash,
        "low": _profile(item.low),
        "high": _profile(item.high),
        "representative": _profile(item.representative),
        "vertices": None if item.vertices is None else [corners.tolist() for corners in item.vertices],
    }


def correlated_json(setting: Setting, found: CorrelatedPlay) -> dict[str, object]:
    """Data of correlated play."""
    low, high = found.value_of_mediation
    return {
        "objective": found.objective,
        "value_of_mediation": {"low": finite(low), "high": finite(high)},
        "best_nash": {
            "low": finite(found.nash.low),
            "high": finite(found.nash.high),
            "profile": _profile(found.nash.profile),
            "pure_only": found.pure_nash_only,
        },
        "best": _programme(setting, found.best),
        "worst": _programme(setting, found.worst),
        "coarse_best": _programme(setting, found.coarse_best),
        "coarse_worst": _programme(setting, found.coarse_worst),
    }


def _programme(setting: Setting, found: CorrelatedEquilibrium) -> dict[str, object]:
    used = np.argwhere(found.distribution > 0.0)
    return {
        "value": finite(found.value),
        "bound": finite(found.bound),
        "gap": finite(found.gap),
        "violation": finite(found.violation),
        "verified": found.verified,
        "payoffs": _numbers(found.payoffs),
        "distribution": {
            setting.name(tuple(int(s) for s in profile)): float(found.distribution[tuple(profile)]) for profile in used
        },
    }


def _quantal(branch: QuantalBranch) -> dict[str, object]:
    return {
        "status": branch.status,
        "verified": branch.verified,
        "method": branch.method,
        "unit": branch.unit,
        "chosen": [{"lambda": value, "points": [_response(p) for p in points]} for value, points in branch.chosen],
        "special": [
            {
                "kind": event.kind.value,
                "lambda": finite(event.precision),
                "profile": _profile(event.profile),
                "directions": event.rank_drop,
            }
            for event in branch.special
        ],
        "end": _response(branch.end),
        "limit": _profile(branch.limit),
        "limit_regret": finite(branch.limit_regret),
        "limit_distance": finite(branch.limit_distance),
        "branch": [_response(point) for point in branch.points],
    }


def _response(point: QuantalResponse) -> dict[str, object]:
    return {
        "lambda": finite(point.precision),
        "profile": _profile(point.profile),
        "residual": finite(point.residual),
        "regret": finite(point.regret),
    }


def _rationalizable(setting: Setting, found: Rationalizable) -> dict[str, object]:
    ids = [setting.populations[i].id for i in setting.free]
    names = [setting.populations[i].strategies for i in setting.free]

    def chosen(sets: Sequence[Sequence[int]]) -> dict[str, list[str]]:
        return {ids[i]: [names[i][s] for s in own] for i, own in enumerate(sets)}

    def mixture(player: int, weights: Sequence[Fraction]) -> dict[str, str]:
        return {names[player][s]: str(weight) for s, weight in enumerate(weights) if weight}

    return {
        "method": found.method,
        "complete": found.complete,
        "rounds": found.rounds,
        "eliminated": [
            {
                "party": ids[gone.player],
                "strategy": names[gone.player][gone.strategy],
                "round": gone.round,
                "mixture": mixture(gone.player, gone.mixture),
                "margin": float(gone.margin),
            }
            for gone in found.eliminated
        ],
        "survivors": chosen(found.survivors),
        "ties": [
            {
                "party": ids[tie.player],
                "strategy": names[tie.player][tie.strategy],
                "mixture": mixture(tie.player, tie.mixture),
                "decided": tie.decided,
            }
            for tie in found.ties
        ],
        "independent_beliefs": {
            "supported": chosen(found.independent),
            "undecided": [{"party": ids[i], "strategy": names[i][s]} for i, s in found.undecided],
        },
    }


def _slice(setting: Setting, found: Slice) -> dict[str, object]:
    return {
        "parties": [setting.populations[i].id for i in found.players],
        "payoffs": found.payoffs.tolist(),
        "degenerate": found.degenerate,
        "agrees": found.agrees,
        "contradicted": found.contradicted,
        "complete": found.ours.complete,
        "equilibria": [
            {"profile": _profile(point.profile), "regret": point.regret, "verified": point.verified}
            for point in found.ours.nash
        ],
        "sets": [
            {"vertices": [corners.tolist() for corners in subset.vertices or ()], "dimension": subset.dimension}
            for subset in found.ours.nash_subsets
        ],
        "methods": [_method(method) for method in found.methods],
    }


def _method(method: MethodResult) -> dict[str, object]:
    return {
        "method": f"nashpy {method.method}",
        "run": not method.skipped,
        "agrees": method.agrees,
        "equilibria": [_profile(pair) for pair in method.equilibria],
        "missing": [_profile(pair) for pair in method.missing],
        "extra": [_profile(pair) for pair in method.extra],
        "wrong": [_profile(pair) for pair in method.wrong],
        "failures": list(method.failures),
    }
