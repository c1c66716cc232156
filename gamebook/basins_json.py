"""A survey of basins as data: the object that ``gamebook basins TARGET --json -`` prints."""

from __future__ import annotations

from gamebook.basin_result import SCHEMA, BasinSurvey, Ending, RestPlace, ShareMap
from gamebook.revision import protocol_json
from gamebook.solution import finite
from gamebook.subject import Subject
from gamebook.subject_json import populations_json


def basins_json(survey: BasinSurvey) -> dict[str, object]:
    """Return the result as nested dictionaries and lists of plain Python numbers and texts."""
    shares = [population.share for population in survey.populations]
    sample = survey.sample
    return {
        "schema": SCHEMA,
        **subject_json(survey),
        "seed": survey.seed,
        "method": sample.method,
        "complete": survey.complete,
        "payoffs": survey.payoffs.tolist(),
        **protocol_json(survey.protocol),
        "revision_rate": survey.revision_rate,
        "speeds": dict(zip(shares, survey.speeds.tolist(), strict=True)),
        "around": survey.around,
        "box": {
            symbol: [low, high]
            for symbol, low, high in zip(shares, survey.low.tolist(), survey.high.tolist(), strict=True)
        },
        "width": sample.width,
        "widest": sample.widest,
        "reached": sample.reached,
        "sets": sample.sets,
        "samples": sample.samples,
        "first_samples": survey.first_samples,
        "most_starts": survey.most_starts,
        "outcomes": [
            {
                **ending_json(part.ending),
                "share": part.share.share,
                "low": part.share.low,
                "high": part.share.high,
                "starts": part.count,
            }
            for part in survey.parts
        ],
        **_mixed(survey),
        **({"closing_in": [rest_json(rest) for rest in survey.closing]} if survey.closing else {}),
        "unsettled": {"share": sample.unsettled.share, "low": sample.unsettled.low, "high": sample.unsettled.high},
        "cycles": [[survey.full_name(profile) for profile in cycle] for cycle in sample.cycles],
        "map": None if survey.map is None else _map(survey.map),
    }


def _mixed(survey: BasinSurvey) -> dict[str, object]:
    """Mixed rest points that attract, where there are any."""
    rows = [
        {"shares": end.shares.tolist(), "share": end.basin.share, "low": end.basin.low, "high": end.basin.high}
        for end in survey.mixed
    ]
    return {"mixed_sinks": rows} if rows else {}


def subject_json(subject: Subject) -> dict[str, object]:
    """Return what every result says of the case it is about."""
    shares = [population.share for population in subject.populations]
    return {
        "target": subject.target,
        "game": subject.game,
        "version": subject.provenance["gamebook"],
        "provenance": dict(subject.provenance),
        "unit": subject.unit,
        "parties": [party.id for party in subject.parties],
        **populations_json(subject),
        "shares": shares,
        "given": {shares[i]: x for i, x in subject.given.items()},
        "status_quo": {"start": dict(zip(shares, subject.start.tolist(), strict=True))},
        "parameters": dict(subject.parameters),
        "set": dict(subject.set_values),
        "instruments_in_force": list(subject.instruments),
    }


def ending_json(ending: Ending) -> dict[str, object]:
    """Return the keys of an ending: two, and what is known of its rest point if it has one."""
    rest = {} if ending.rest is None else {"rest": rest_json(ending.rest)}
    return {"status": ending.status, "profile": ending.profile, **rest}


def rest_json(rest: RestPlace) -> dict[str, object]:
    """Return what is known of a rest point under a protocol."""
    return {
        "near": rest.near,
        "number": rest.number,
        "shares": list(rest.shares),
        "attracts": rest.attracts,
        "radius": rest.radius,
        "distance": rest.distance,
    }


def _map(found: ShareMap) -> dict[str, object]:
    return {
        "axes": list(found.axes),
        "across": found.across.tolist(),
        "up": found.up.tolist(),
        "endings": [{**ending_json(ending), "part": found.share(ending)} for ending in found.endings],
        "codes": found.code.tolist(),
        "years": [[finite(value) for value in row] for row in found.years.tolist()],
    }
