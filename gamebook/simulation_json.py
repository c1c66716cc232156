"""A simulation as data: the object that ``gamebook simulate TARGET --json -`` prints."""

from __future__ import annotations

import numpy as np

from gamebook.simulation import SCHEMA, Simulation
from gamebook.solution import finite
from gamebook.subject_json import party_shares_json, populations_json
from solvers.arrays import Floats

METHOD = (
    "replicator dynamics in log-odds, explicit Runge-Kutta of order 8 with error control per path, relative error "
    "1e-9 per step; ends by proved capture, else recognised numerically"
)


def simulation_json(simulation: Simulation) -> dict[str, object]:
    """Return the result as nested dictionaries and lists of plain Python numbers and texts."""
    shares = [party.share for party in simulation.populations]
    return {
        "schema": SCHEMA,
        "target": simulation.target,
        "game": simulation.game,
        "version": simulation.provenance["gamebook"],
        "method": METHOD,
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
        },
        "years_to_goal": finite(simulation.years_to_goal[path]),
        "mean_dynamic_mismatch": None if mean is None else float(mean[path]),
        "shares": simulation.shares[path].tolist(),
        **party_shares_json(simulation, simulation.shares[path]),
        "payoffs": simulation.payoffs[path].tolist(),
        "measures": {name: _numbers(values[path]) for name, values in simulation.measures.items()},
        "dynamic_mismatch": None if felt is None else felt[path].tolist(),
        "money": {name: _numbers(values[path]) for name, values in simulation.money.items()},
        "discounted": {name: float(values[path]) for name, values in simulation.discounted.items()},
        **({} if simulation.segment_gap is None else {"segment_gap": simulation.segment_gap[path].tolist()}),
    }


def _numbers(values: Floats) -> list[float | None]:
    """Numbers of a row; those that are not finite become null, since JSON has none."""
    if np.isfinite(values).all():
        return list(values.tolist())
    return [finite(value) for value in values.tolist()]
