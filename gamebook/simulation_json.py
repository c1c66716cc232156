"""A simulation as data: the object that ``gamebook simulate TARGET --json -`` prints."""

from __future__ import annotations

import numpy as np

from gamebook.revision import is_standard, protocol_json
from gamebook.simulation import SCHEMA, PathEnd, Simulation
from gamebook.solution import finite
from gamebook.subject_json import party_shares_json, populations_json
from solvers.arrays import Floats

METHOD = (
    "replicator dynamics in log-odds, explicit Runge-Kutta of order 8 with error control per path, relative error "
    "1e-9 per step; ends by proved capture, else recognised numerically"
)
METHOD_OF_PROTOCOLS = (
    "{name} dynamics, explicit Runge-Kutta of order 8 with error control per path, relative error 1e-9 per step; ends "
    "at strict equilibria by proved capture, else recognised numerically"
)
METHODS = {
    "best-response": "best-response dynamics, in closed form from switch to switch; ends by proof that no other reply "
    "catches up, else recognised numerically",
}
"""Methods of protocols that are followed in another way."""


def simulation_json(simulation: Simulation) -> dict[str, object]:
    """Return the result as nested dictionaries and lists of plain Python numbers and texts."""
    shares = [party.share for party in simulation.populations]
    return {
        "schema": SCHEMA,
        "target": simulation.target,
        "game": simulation.game,
        "version": simulation.provenance["gamebook"],
        "method": _method(simulation),
        "provenance": dict(simulation.provenance),
        "complete": simulation.complete,
        "unit": simulation.unit,
        "parties": [party.id for party in simulation.parties],
        **populations_json(simulation),
        "shares": shares,
        "given": {shares[i]: x for i, x in simulation.given.items()},
        "parameters": dict(simulation.parameters),
        "set": dict(simulation.set_values),
        "instruments_in_force": list(simulation.instruments),
        **protocol_json(simulation.protocol),
        "revision_rate": simulation.revision_rate,
        "speeds": dict(zip(shares, simulation.speeds.tolist(), strict=True)),
        "delta": simulation.delta,
        "discount": simulation.discount,
        "source": simulation.source,
        "goal": simulation.goal,
        "outcomes": [
            {"status": status, "where": where or None, "paths": len(paths), "part": len(paths) / len(simulation.ends)}
            for status, where, paths in simulation.outcomes()
        ],
        "years": simulation.times.tolist(),
        "paths": [_path(simulation, path) for path in range(len(simulation.shares))],
    }


def _path(simulation: Simulation, path: int) -> dict[str, object]:
    end = simulation.ends[path]
    names = [party.share for party in simulation.populations]
    felt, mean = simulation.dynamic_mismatch, simulation.mean_dynamic_mismatch
    return {
        "start": dict(zip(names, simulation.shares[path, 0].tolist(), strict=True)),
        "end": {
            "status": end.status,
            "proved": end.proved,
            "profile": end.profile,
            "shares": dict(zip(names, end.shares.tolist(), strict=True)),
            "year": finite(end.year),
            "velocity": finite(end.velocity),
            "period": finite(end.period),
            "cycle": list(end.cycle),
            "ratio": finite(end.ratio),
            **({"attracts": True} if end.attracts else {}),
            **_near(end),
        },
        "years_to_goal": finite(simulation.years_to_goal[path]),
        "mean_dynamic_mismatch": None if mean is None else finite(mean[path]),
        **_known_until(simulation, path),
        **known(
            {
                "shares": simulation.shares[path].tolist(),
                **party_shares_json(simulation, simulation.shares[path]),
                "payoffs": simulation.payoffs[path].tolist(),
            },
            whole=simulation.is_whole,
        ),
        "measures": {name: _numbers(values[path]) for name, values in simulation.measures.items()},
        "dynamic_mismatch": None if felt is None else _numbers(felt[path]),
        "money": {name: _numbers(values[path]) for name, values in simulation.money.items()},
        "discounted": {name: finite(values[path]) for name, values in simulation.discounted.items()},
        **({} if simulation.segment_gap is None else {"segment_gap": _numbers(simulation.segment_gap[path])}),
    }


def _method(simulation: Simulation) -> str:
    if is_standard(simulation.protocol):
        return METHOD
    name = simulation.protocol.name
    return METHODS.get(name, METHOD_OF_PROTOCOLS.format(name=name))


def _near(end: PathEnd) -> dict[str, object]:
    """What is known of a rest point that is no strict equilibrium, under other protocols than the replicator."""
    if end.near is None:
        return {}
    return {"near": end.near, "distance": finite(end.distance), "repels": end.repels}


def _known_until(simulation: Simulation, path: int) -> dict[str, object]:
    if simulation.is_whole or simulation.known_until is None:
        return {}
    return {"known_until": min(float(simulation.known_until[path]), float(simulation.times[-1]))}


def known(fields: dict[str, object], *, whole: bool) -> dict[str, object]:
    """Turn numbers that are not known, in nested lists, into null."""

    def each(value: object) -> object:
        if isinstance(value, list):
            return [each(inner) for inner in value]
        return finite(value) if isinstance(value, float) else value

    return fields if whole else {name: each(value) for name, value in fields.items()}


def _numbers(values: Floats) -> list[float | None]:
    """Numbers of a row; those that are not finite become null, since JSON has none."""
    if np.isfinite(values).all():
        return list(values.tolist())
    return [finite(value) for value in values.tolist()]
