"""Compare two results entry by entry: what is the same bit for bit, what only within rounding, what differs.

Lists are compared by what their items are, not by their order: rest points by position, states by role, payments by
their entry. Every entry keeps a name that a person can follow, such as ``states.coordination 1111.money.outlay``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TOLERANCE = 1e-9
"""Largest relative difference that counts as rounding."""
NEAR = 1e-3
"""Mixed rest points closer than this, in every share, are taken for the same one."""

# What is said of the run, not found by it; methods are described in words wherever they stand.
NOT_RESULTS = frozenset({"schema", "target", "version", "provenance", "method"})
_WORDS = "method"
# Numbers between 0 and 1, or bounds on them: a difference counts against 1, not against a number that is nearly 0.
_SHARES = frozenset({"shares", "share", "low", "high", "radius", "representative", "box", "profile", "measures",
                     "status_quo", "velocity", "dynamic_mismatch", "mean_dynamic_mismatch", "position", "distance",
                     "at_least", "change", "enclosed", "unproved"})  # fmt: skip
# Numbers in the unit of payoffs: a difference counts against the largest payoff.
_PAYOFFS = frozenset({"eigenvalues", "payoffs", "margin", "residual", "regret", "gain_from_cooperating", "amount",
                      "money", "policy_cost"})  # fmt: skip
GROUPS = ("parameters", "coordination", "rest_points", "outcomes", "money", "payoffs", "paths", "other")
_MONEY = frozenset({"states", "blockers", "policy_cost"})


class _Absent:
    """Stands for an entry that one side lacks."""

    def __repr__(self) -> str:
        return "-"


ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that is not the same bit for bit.

    Attributes
    ----------
    where : name of the entry
    then, now : its value as stored and as found again; ``ABSENT`` where one side has none
    relative : relative difference of two numbers, else None
    """

    where: str
    then: object
    now: object
    relative: float | None

    @property
    def is_rounding(self) -> bool:
        """Whether it is within ``TOLERANCE``."""
        return self.relative is not None and self.relative <= TOLERANCE

    @property
    def group(self) -> str:
        """One of ``GROUPS``, the most telling first."""
        first = self.where.partition(".")[0]
        return "money" if first in _MONEY else first if first in GROUPS else "other"


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What came of comparing two results.

    Attributes
    ----------
    compared : number of entries that were compared
    differences : entries that are not the same bit for bit, the most telling first
    not_compared : top-level keys that only one side knows: a version adds keys
    """

    compared: int
    differences: tuple[Difference, ...]
    not_compared: tuple[str, ...]

    @property
    def rounding(self) -> tuple[Difference, ...]:
        """Entries that differ within the tolerance."""
        return tuple(item for item in self.differences if item.is_rounding)

    @property
    def different(self) -> tuple[Difference, ...]:
        """Entries that differ beyond it."""
        return tuple(item for item in self.differences if not item.is_rounding)

    @property
    def largest(self) -> Difference | None:
        """The number that differs most, relatively; None if all are the same."""
        numbers = [item for item in self.differences if item.relative is not None]
        return max(numbers, key=lambda item: item.relative or 0.0, default=None)


def compare(then: Mapping[str, Any], now: Mapping[str, Any]) -> Comparison:
    """Compare a stored result with a new one of the same schema, both as plain data.

    Examples
    --------
    >>> empty = dict(parties=["a"], payoffs=[[1.0, 2.0]], rest_points=[], components=[], undecided=[], states=[],
    ...     blockers=[], seed=0)
    >>> found = compare(empty, {**empty, "payoffs": [[1.0, 3.0]]})
    >>> found.compared, [(item.where, item.then, item.now) for item in found.different]
    (4, [('payoffs.a.1', 2.0, 3.0)])
    """
    keys = [key for key in (*then, *(key for key in now if key not in then)) if key not in NOT_RESULTS]
    common = [key for key in keys if key in then and key in now]
    scale = _scale([then["payoffs"]] if "payoffs" in then else [path["payoffs"] for path in then["paths"]])
    before, after = _named({key: then[key] for key in common}, {key: now[key] for key in common})
    count = 0
    differences: list[Difference] = []
    for where, old, new in _leaves("", before, after):
        count += 1
        if not _same(old, new):
            differences.append(Difference(where, old, new, _relative(where, old, new, scale)))
    differences.sort(key=lambda item: (item.is_rounding, GROUPS.index(item.group)))
    return Comparison(count, tuple(differences), tuple(key for key in keys if key not in common))


def _same(old: object, new: object) -> bool:
    """Whether two entries are the same; a truth value is no number, but 75 and 75.0 are the same."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    return old == new


def _relative(where: str, old: object, new: object, scale: float) -> float | None:
    if not (_is_number(old) and _is_number(new)):
        return None
    words = set(where.split("."))
    floor = 1.0 if words & _SHARES else 0.0
    if words & _PAYOFFS:
        floor = scale
    a, b = float(old), float(new)  # type: ignore[arg-type]
    size = max(abs(a), abs(b), floor)
    # Divided first: the difference of two huge numbers must not overflow.
    return abs(a / size - b / size) if size > 0.0 else 0.0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _scale(payoffs: object) -> float:
    """Largest payoff."""
    if isinstance(payoffs, list):
        return max((_scale(inner) for inner in payoffs), default=0.0)
    return abs(float(payoffs))  # type: ignore[arg-type]


def _leaves(where: str, old: object, new: object) -> Iterator[tuple[str, object, object]]:
    """Walk two trees side by side; what one side lacks altogether is one entry."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in (*old, *(key for key in new if key not in old)):
            if key == _WORDS:
                continue
            below = f"{where}.{key}" if where else str(key)
            yield from _leaves(below, old.get(key, ABSENT), new.get(key, ABSENT))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (a, b) in enumerate(zip(old, new, strict=True)):
            yield from _leaves(f"{where}.{place}", a, b)
    elif isinstance(old, dict | list) and old == new:
        yield where, None, None  # both empty
    else:
        yield where, old, new


def _named(then: dict[str, Any], now: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Turn lists of things that have names into tables by name, on both sides alike."""
    pair = (dict(then), dict(now))
    if "rest_points" in then:
        pair[0]["rest_points"], pair[1]["rest_points"] = _matched(then["rest_points"], now["rest_points"])
    for result in pair:
        if "rest_points" in result:
            points = result["rest_points"].items()
            result["rest_points"] = {name: _by_party(point, result["parties"]) for name, point in points}
        if "payoffs" in result:
            result["payoffs"] = _by_profile(result["payoffs"], result["parties"])
        for key in ("components", "undecided"):
            if key in result:
                result[key] = _table(result[key], lambda item: str(item["face"]))
        if "states" in result:
            states = [
                {**_by_party(state, result["parties"]), "flows": _by_entry(state["flows"])}
                for state in result["states"]
            ]
            result["states"] = _table(states, _name_of_state)
        if "blockers" in result:
            blockers = [{**blocker, "terms": _by_entry(blocker["terms"])} for blocker in result["blockers"]]
            result["blockers"] = _table(blockers, lambda item: f"{item['party']} {item['profile']}")
        for key in ("sink_components", "closed_faces", "instruments_in_force"):
            # Their order says nothing, so they are compared as sets, each entry under its own name.
            if isinstance(result.get(key), list):
                result[key] = _table(result[key], _name_of_set, value=True)
    return pair


def _by_party(item: dict[str, Any], parties: list[str]) -> dict[str, Any]:
    """Return a point or a state with its shares and payoffs by party."""
    named = dict(item)
    for key in ("shares", "payoffs"):
        if isinstance(item.get(key), list) and len(item[key]) == len(parties):
            named[key] = dict(zip(parties, item[key], strict=True))
    return named


def _name_of_state(state: Mapping[str, Any]) -> str:
    return f"sink {state['profile']}" if state["role"] == "sink" else str(state["role"])


def _name_of_set(item: object) -> str:
    return "+".join(str(part) for part in item) if isinstance(item, list) else str(item)


def _by_entry(items: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return _table(items, lambda item: str(item["entry"]))


def _table(items: Iterable[Any], name: Callable[[Any], str], *, value: object = None) -> dict[str, Any]:
    """Return items by name; those that share a name get a number."""
    table: dict[str, Any] = {}
    for item in items:
        own = base = name(item)[:80]
        count = 1
        while own in table:
            count += 1
            own = f"{base} ({count})"
        table[own] = item if value is None else value
    return table


def _by_profile(payoffs: list[Any], parties: list[str]) -> dict[str, dict[str, Any]]:
    """Return nested payoffs by party and profile."""

    def flat(value: object, digits: str) -> Iterator[tuple[str, object]]:
        if isinstance(value, list):
            for index, inner in enumerate(value):
                comma = "," if digits and len(value) > 10 else ""
                yield from flat(inner, f"{digits}{comma}{index}")
        else:
            yield digits, value

    return {party: dict(flat(part, "")) for party, part in zip(parties, payoffs, strict=False)}


def _place(point: Mapping[str, Any]) -> list[float]:
    """Shares of index 1; where a party does not have two strategies, those of all strategies."""
    if point["shares"] is not None:
        return list(point["shares"])
    return [x for own in point["profile"] for x in own]


def _position(shares: Iterable[float]) -> str:
    return "(" + ", ".join(f"{x:.4g}" for x in shares) + ")"


def _matched(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both lists of rest points by name: pure ones by profile, mixed ones by position, the closest first."""
    tables: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    mixed: list[list[dict[str, Any]]] = [[], []]
    for side, points in enumerate((then, now)):
        pure = [point for point in points if point["pure"] is not None]
        tables[side].update(_table(pure, lambda point: str(point["pure"])))
        mixed[side] = [point for point in points if point["pure"] is None]
    distances = sorted(
        (distance, i, j)
        for i, a in enumerate(mixed[0])
        for j, b in enumerate(mixed[1])
        if (distance := _distance(_place(a), _place(b))) <= NEAR
    )
    partner: dict[int, int] = {}
    for _, i, j in distances:
        if i not in partner and j not in partner.values():
            partner[i] = j
    for i, point in enumerate(mixed[0]):
        name = _free_name(_position(_place(point)), tables)
        tables[0][name] = point
        if i in partner:
            tables[1][name] = mixed[1][partner[i]]
    for j, point in enumerate(mixed[1]):
        if j not in partner.values():
            tables[1][_free_name(_position(_place(point)), tables)] = point
    return tables


def _free_name(name: str, tables: tuple[dict[str, Any], dict[str, Any]]) -> str:
    own, count = name, 1
    while own in tables[0] or own in tables[1]:
        count += 1
        own = f"{name} ({count})"
    return own


def _distance(a: list[float], b: list[float]) -> float:
    if len(a) != len(b):
        return float("inf")
    return max((abs(x - y) for x, y in zip(a, b, strict=True)), default=0.0)
