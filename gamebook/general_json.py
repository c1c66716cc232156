"""A solution of a game with many strategies as data; the same schema as that of two strategies per party.

What makes no sense for more than two strategies is null (``shares``), what is not computed is null too and named in
``not_computed``.
"""

from __future__ import annotations

from collections.abc import Sequence

from gamebook.general_solution import NOT_COMPUTED, GeneralSolution, GeneralState
from gamebook.robustness.as_json import unsupported_json
from gamebook.solution import SCHEMA, finite
from gamebook.solution_json import flows_json
from solvers.general.normal_form import MixedProfile
from solvers.general.results import GeneralComponent, GeneralRestPoint, GeneralUndecided

FIGURES = ("outlay", "revenue", "net_cost", "burden", "fund_balance", "outlay_per_matched", "welfare")


def general_json(solution: GeneralSolution) -> dict[str, object]:
    """Return the result as nested dictionaries and lists of plain Python numbers and texts."""
    equilibria = solution.equilibria
    return {
        "schema": SCHEMA,
        "target": solution.target,
        "game": solution.game,
        "version": solution.provenance["gamebook"],
        "seed": solution.seed,
        "method": equilibria.method,
        "boxes": solution.most_boxes,
        "tie_tolerance": equilibria.tie_tolerance,
        "provenance": solution.provenance,
        "status": equilibria.status,
        "complete": equilibria.complete,
        "verified": solution.all_verified,
        "undecided": [_undecided(solution, item) for item in equilibria.undecided],
        "unit": solution.unit,
        "parties": [party.id for party in solution.parties],
        "strategies": [list(party.strategies) for party in solution.parties],
        "given": {solution.parties[i].share: x for i, x in solution.given.items()},
        "parameters": solution.parameters,
        "set": solution.set_values,
        "instruments_in_force": list(solution.instruments),
        "payoffs": solution.payoffs.tolist(),
        "rest_points": [_point(solution, point) for point in equilibria.rest_points],
        "components": [_component(solution, item) for item in equilibria.components],
        "nash_subsets": [_component(solution, item) for item in equilibria.nash_subsets],
        "sink_components": [list(sink) for sink in solution.sink_components],
        "closed_faces": [solution.face_name(face) for face in equilibria.closed_faces],
        "coordination": _coordination(solution),
        "robustness": unsupported_json("robust.strategies"),
        "basins": None,
        "status_quo": None,
        "blockers": [],
        "states": [_state(solution, state) for state in solution.states],
        "policy_cost": None,
        "cross_check": None,
        "certificate": None,
        "not_computed": list(NOT_COMPUTED),
    }


def _lists(profile: MixedProfile | Sequence[object]) -> list[list[float]]:
    return [[float(x) for x in own] for own in profile]  # type: ignore[attr-defined]


def _point(solution: GeneralSolution, point: GeneralRestPoint) -> dict[str, object]:
    full = solution.full(point.profile)
    payoffs = solution.payoffs_at(full)
    free = [solution.parties[i] for i in solution.free]
    return {
        "profile": _lists(full),
        "shares": None,
        "pure": None if point.pure is None else solution.pure_name(point.pure),
        "nash": point.is_nash,
        "strict": point.is_strict_nash,
        "ess": point.is_evolutionarily_stable,
        "stability": point.stability.value,
        "eigenvalues": [[float(v.real), float(v.imag)] for v in point.eigenvalues],
        "payoffs": payoffs,
        "strategy_payoffs": {party.id: own.tolist() for party, own in zip(free, point.strategy_payoffs, strict=True)},
        "margin": finite(point.margin),
        "residual": point.residual,
        "regret": point.regret,
        "radius": point.radius,
        "ties": [
            {
                "party": solution.parties[solution.free[i]].id,
                "strategy": solution.parties[solution.free[i]].strategies[s],
            }
            for i, s in point.ties
        ],
        "verified": point.verified,
    }


def _component(solution: GeneralSolution, item: GeneralComponent) -> dict[str, object]:
    return {
        "face": solution.face_name(item.support),
        "dimension": item.dimension,
        "dimension_proved": item.dimension_proved,
        "low": _lists(solution.full(item.low)),
        "high": _lists(solution.full(item.high)),
        "representative": _lists(solution.full(item.representative)),
        "vertices": None
        if item.vertices is None
        else {
            solution.parties[i].id: corners.tolist() for i, corners in zip(solution.free, item.vertices, strict=True)
        },
        "residual": item.residual,
        "nash": item.is_nash,
    }


def _undecided(solution: GeneralSolution, item: GeneralUndecided) -> dict[str, object]:
    low, high = solution.full(item.low), solution.full(item.high)
    box = [[[float(a), float(b)] for a, b in zip(x, y, strict=True)] for x, y in zip(low, high, strict=True)]
    return {"face": solution.face_name(item.support), "box": box}


def _coordination(solution: GeneralSolution) -> dict[str, object] | None:
    verdict = solution.coordination
    if verdict is None:
        return None
    return {
        "profile": verdict.profile,
        "stable": verdict.stable,
        "likely": None,
        "certain": verdict.certain,
        "survives_exit": verdict.survives_exit,
        "reached": None,
        "margin": finite(verdict.margin),
        "weakest": solution.parties[verdict.weakest].id,
        "leave_for": solution.parties[verdict.weakest].strategies[verdict.leave_for],
        "basin": None,
    }


def _state(solution: GeneralSolution, state: GeneralState) -> dict[str, object]:
    money = None
    if state.money is not None:
        money = {name: finite(getattr(state.money, name)) for name in FIGURES}
    return {
        "role": state.role,
        "profile": solution.state_words(state.profile),
        "shares": None,
        "payoffs": state.payoffs.tolist(),
        "money": money,
        "measures": {name: finite(value) for name, value in state.measures.items()},
        "flows": flows_json(state.flows),
    }
