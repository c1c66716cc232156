"""A solution as data: the object that ``gamebook solve TARGET --json -`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gamebook.gains import Gains
from gamebook.modes import Mode
from gamebook.path_cost import PathCost
from gamebook.robustness.as_json import first_line_json
from gamebook.solution import SCHEMA, Solution, State, finite
from gamebook.solution_concepts.as_json import correlated_json
from gamebook.subject_json import party_shares_json, populations_json
from gamebook.verdict import Blocker, Part
from payoffs.ledger import Flow
from solvers.basins import BasinShare
from solvers.exact.certificate import Certificate
from solvers.results import Component, RestPoint, Undecided


def solution_json(solution: Solution) -> dict[str, object]:
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
        **populations_json(solution),
        "strategies": [list(party.strategies) for party in solution.parties],
        "given": {solution.populations[i].share: x for i, x in solution.given.items()},
        "parameters": solution.parameters,
        "set": solution.set_values,
        "instruments_in_force": list(solution.instruments),
        "payoffs": solution.payoffs.tolist(),
        **_share_dependence(solution),
        "rest_points": [_point(solution, point) for point in equilibria.rest_points],
        "components": [_component(solution, item) for item in equilibria.components],
        "sink_components": [list(sink) for sink in solution.sink_components],
        "closed_faces": [solution.full_name(face) for face in equilibria.closed_faces],
        "ties": [
            {"party": solution.populations[solution.free[i]].id, "profile": solution.full_name(p)}
            for i, p in equilibria.ties
        ],
        "coordination": _coordination(solution),
        "basins": {
            "outcomes": {solution.full_name(p): _share(share) for p, share in solution.basins.outcomes.items()},
            "unsettled": _share(solution.basins.unsettled),
            "at_rest": _share(solution.basins.at_rest),
            "cycling": _share(solution.basins.cycling),
            "heteroclinic": _share(solution.basins.heteroclinic),
            "undecided": _share(solution.basins.undecided),
            "cycles": [[solution.full_name(p) for p in cycle] for cycle in solution.basins.cycles],
            "samples": solution.basins.samples,
            "sets": solution.basins.sets,
            "method": solution.basins.method,
        },
        "status_quo": {
            "start": {party.share: x for party, x in zip(solution.populations, solution.start.tolist(), strict=True)},
            "end": None if solution.end is None else solution.full_name(solution.end),
            "fate": None if solution.path is None else solution.path.fate[0].name.lower(),
            "period": None if solution.path is None else finite(float(solution.path.period[0])),
            "cycle": [] if solution.path is None else [solution.full_name(p) for p in solution.path.cycle[0]],
            "ratio": None if solution.path is None else finite(float(solution.path.ratio[0])),
        },
        "robustness": None if solution.robustness is None else first_line_json(solution.robustness),
        "government": _government(solution),
        "blockers": [_blocker(solution, blocker) for blocker in solution.blockers],
        "states": [_state(solution, state) for state in solution.states],
        "policy_cost": finite(solution.policy_cost),
        "path_cost": None if solution.path_cost is None else _path_cost(solution.path_cost),
        "gains": None if solution.gains is None else _gains(solution, solution.gains),
        "cross_check": None
        if solution.cross_check is None
        else {
            "method": solution.cross_check.method,
            "equilibria": solution.cross_check.equilibria,
            "agrees": solution.cross_check.agrees,
        },
        "mediation": None
        if solution.mediation is None
        else {
            "instrument": solution.mediation.instrument,
            **correlated_json(solution.mediation.setting, solution.mediation.play),
        },
        "certificate": None if solution.certificate is None else _certificate(solution, solution.certificate),
    }


def _certificate(solution: Solution, proof: Certificate) -> dict[str, object]:
    return {
        "certified": proof.certified,
        "method": proof.method,
        "points": [
            {
                "low": solution.full_shares(point.low),
                "high": solution.full_shares(point.high),
                "exists": point.exists,
                "nash": point.is_nash,
                "agrees": point.agrees,
            }
            for point in proof.points
        ],
        "faces": [
            {"face": solution.full_name(face.face), "status": face.status, "boxes": face.boxes, "reach": face.reach}
            for face in proof.faces
        ],
        "extra": [solution.full_shares(shares) for shares in proof.extra],
    }


def _share_dependence(solution: Solution) -> dict[str, object]:
    """Add what is said only where payoffs depend on shares: then payoffs have axes b1, ..., bn last."""
    about = solution.share_dependence
    if about is None:
        return {}
    static = None
    if about.static is not None:
        found = about.static.equilibria
        static = {
            "status": found.status,
            "complete": found.complete,
            "rest_points": [
                {
                    "shares": solution.full_shares(point.shares),
                    "pure": None if point.pure is None else solution.full_name(point.pure),
                    "nash": point.is_nash,
                    "stability": point.stability.value,
                    "eigenvalues": [[float(v.real), float(v.imag)] for v in point.eigenvalues],
                    "verified": point.verified,
                }
                for point in found.rest_points
            ],
            "end": None if about.static.end is None else about.static.end.tolist(),
            "fate": None if about.static.path is None else about.static.path.fate[0].name.lower(),
        }
    return {
        "share_dependence": {
            "degrees": list(about.degrees),
            "dominant": None if about.dominant is None else solution.full_name(about.dominant),
            "mixed_sinks": [
                {"shares": solution.full_shares(point.shares), "basin": _share(basin)}
                for point, basin in zip(about.sinks, about.basins, strict=True)
            ],
            "end": None if about.end is None else about.end.tolist(),
            "static": static,
        }
    }


def _point(solution: Solution, point: RestPoint) -> dict[str, object]:
    shares = solution.full_shares(point.shares)
    return {
        "profile": [[1.0 - x, x] for x in shares],
        "shares": shares,
        **party_shares_json(solution, shares),
        "pure": None if point.pure is None else solution.full_name(point.pure),
        "nash": point.is_nash,
        "strict": point.is_strict_nash,
        "ess": point.is_evolutionarily_stable,
        "stability": point.stability.value,
        "eigenvalues": [[float(v.real), float(v.imag)] for v in point.eigenvalues],
        "payoffs": solution.payoffs_at(point.shares),
        "margin": finite(point.margin),
        "residual": point.residual,
        "regret": point.regret,
        "radius": point.radius,
        "ties": [solution.populations[solution.free[i]].id for i in point.ties],
        "verified": point.verified,
    }


def _component(solution: Solution, item: Component) -> dict[str, object]:
    return {
        "face": solution.full_name(item.face),
        "dimension": item.dimension,
        "dimension_proved": item.dimension_proved,
        "low": solution.full_shares(item.low),
        "high": solution.full_shares(item.high),
        "representative": solution.full_shares(item.representative),
        "residual": item.residual,
        "nash": item.is_nash,
    }


def _undecided(solution: Solution, item: Undecided) -> dict[str, object]:
    low, high = solution.full_shares(item.low), solution.full_shares(item.high)
    return {"face": solution.full_name(item.face), "box": [[a, b] for a, b in zip(low, high, strict=True)]}


def _share(share: BasinShare) -> dict[str, float]:
    return {"share": share.share, "low": share.low, "high": share.high}


def _coordination(solution: Solution) -> dict[str, object] | None:
    verdict = solution.coordination
    if verdict is None:
        return None
    basin = None
    if verdict.basin is not None:
        basin = {
            **_share(verdict.basin),
            "samples": solution.basins.samples,
            "method": solution.basins.method if verdict.basin.high > 0.0 else "proved: not a Nash equilibrium",
        }
    return {
        "profile": verdict.profile,
        "stable": verdict.stable,
        "likely": verdict.likely,
        "certain": verdict.certain,
        "survives_exit": verdict.survives_exit,
        "reached": verdict.reached,
        "margin": verdict.margin,
        "weakest": solution.populations[verdict.weakest].id,
        "basin": basin,
        **({"populations": [_part(solution, part) for part in solution.parts]} if solution.parts else {}),
    }


def _part(solution: Solution, part: Part) -> dict[str, object]:
    return {
        "population": solution.populations[part.population].id,
        "stable": part.stable,
        "loss_from_leaving": part.loss,
        "basin": _share(part.basin),
        "certain": part.certain,
        "reached": part.reached,
        "survives_exit": part.survives_exit,
    }


def _path_cost(cost: PathCost) -> dict[str, float]:
    return {
        "discounted": cost.total,
        "per_year": cost.mean,
        "discount": cost.discount,
        "years": cost.years,
        "revision_rate": cost.revision_rate,
    }


def _gains(solution: Solution, gains: Gains) -> dict[str, object]:
    by_party = None
    if gains.by_party is not None:
        by_party = {party.id: float(x) for party, x in zip(solution.parties, gains.by_party, strict=True)}
    return {
        "end": gains.ends[0],
        "end_without_instruments": gains.ends[1],
        "by_party": by_party,
        "least": gains.least,
        "party": None if gains.loser is None else solution.parties[gains.loser].id,
    }


def _government(solution: Solution) -> dict[str, object] | None:
    found = solution.government
    if found is None:
        return None
    return {
        "parties": [solution.parties[i].id for i in found.parties],
        "differ": found.differ,
        "modes": [_mode(solution, mode) for mode in found.modes],
        "open": [_held(solution, held) for held in found.open],
    }


def _mode(solution: Solution, mode: Mode) -> dict[str, object]:
    return {
        "mode": mode.name,
        "held": _held(solution, mode.held),
        "stable": list(mode.stable),
        "sink_components": [list(sink) for sink in mode.sinks],
        "end": mode.end,
        "payoff": finite(mode.payoff),
        "others_coordinate": None if mode.others is None else _share(mode.others),
    }


def _held(solution: Solution, held: Mapping[int, float]) -> dict[str, float]:
    return {solution.populations[i].share: x for i, x in held.items()}


def _blocker(solution: Solution, blocker: Blocker) -> dict[str, object]:
    return {
        "party": solution.populations[blocker.party].id,
        "profile": blocker.profile,
        "leaves_coordination": blocker.leaves,
        "gain_from_cooperating": blocker.gain,
        "terms": [{"entry": entry.id, "instrument": entry.instrument, "amount": a} for entry, a in blocker.terms],
    }


def _state(solution: Solution, state: State) -> dict[str, object]:
    money = None
    if state.money is not None:
        money = {
            name: finite(getattr(state.money, name))
            for name in ("outlay", "revenue", "net_cost", "burden", "fund_balance", "outlay_per_matched", "welfare")
        }
    return {
        "role": state.role,
        "profile": state.profile,
        "shares": state.shares.tolist(),
        **party_shares_json(solution, state.shares),
        "payoffs": state.payoffs.tolist(),
        "advantages": state.advantages.tolist(),
        **({} if state.gap is None else {"segment_gap": state.gap}),
        "mismatch": finite(state.mismatch),
        "money": money,
        "measures": {name: finite(value) for name, value in state.measures.items()},
        "flows": flows_json(state.flows),
    }


def flows_json(flows: Iterable[Flow]) -> list[dict[str, object]]:
    """Entries that are paid, with their expected amounts."""
    return [
        {
            "entry": flow.entry.id,
            "payer": flow.entry.payer,
            "receiver": flow.entry.receiver,
            "instrument": flow.entry.instrument,
            "cash": flow.entry.cash,
            "amount": float(flow.amount),
        }
        for flow in flows
        if float(flow.amount) != 0.0
    ]
