"""What differs between two policies: in their parameters first, then in the verdict and in money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from gamebook.analysis import solve_two_strategies
from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.money import FIGURES, figure, priced_states
from gamebook.solution import Solution, State, finite
from payoffs.scenario import Region, Segment
from solvers.equilibria import MOST_BOXES

SCHEMA = "gamebook/difference/1"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """The same thing in both."""

    a: T
    b: T

    @property
    def same(self) -> bool:
        """Whether both are equal."""
        return self.a == self.b


@dataclass(frozen=True, slots=True)
class StatePair:
    """A state of the game that both have, or only one has.

    Attributes
    ----------
    profile : as a string; None for the status quo
    role : ``start``, ``coordination`` or ``sink``
    states : the state in each, with its money; None where it is no state of interest
    """

    profile: str | None
    role: str
    states: Pair[State | None]

    def figures(self) -> dict[str, Pair[float | None]]:
        """Figures of money per worker in the game's unit."""
        return {name: Pair(*(_figure(state, name) for state in self._both())) for name in FIGURES}

    def measures(self) -> dict[str, Pair[float | None]]:
        """Measures of the match, such as the share of matched workers."""
        names = dict.fromkeys(name for state in self._both() if state is not None for name in state.measures)
        return {name: Pair(*(None if s is None else finite(s.measures[name]) for s in self._both())) for name in names}

    def _both(self) -> tuple[State | None, State | None]:
        return self.states.a, self.states.b


def _figure(state: State | None, name: str) -> float | None:
    return None if state is None else finite(figure(state, name))


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """Two solutions side by side. ``print(difference)`` gives the report, ``difference.to_json()`` the data.

    Attributes
    ----------
    a, b : what was found for each
    same_pages : whether both were read from the same pages of the game
    """

    a: Solution
    b: Solution
    same_pages: bool

    @property
    def parameters(self) -> dict[str, Pair[float | None]]:
        """Parameters that differ, in the order of the game; None where a game's page does not have the parameter."""
        symbols = dict.fromkeys([*self.a.parameters, *self.b.parameters])
        pairs = {s: Pair(self.a.parameters.get(s), self.b.parameters.get(s)) for s in symbols}
        return {symbol: pair for symbol, pair in pairs.items() if not pair.same}

    @property
    def start(self) -> dict[str, Pair[float]]:
        """Shares of the status quo that differ; those of whole parties if the two are split differently."""
        if self.same_populations:
            shares = [population.share for population in self.a.populations]
            a, b = self.a.start, self.b.start
        else:
            shares = [party.share for party in self.a.parties]
            a, b = (side.party_means(side.start) for side in (self.a, self.b))
        return {share: Pair(x, y) for share, x, y in zip(shares, a.tolist(), b.tolist(), strict=True) if x != y}

    @property
    def same_populations(self) -> bool:
        """Whether both split the parties alike, so that their profiles mean the same."""
        return [p.share for p in self.a.populations] == [p.share for p in self.b.populations]

    @property
    def groups(self) -> dict[str, Pair[list[str]]]:
        """Segments and regions that differ, by party (``regions`` for all): what each has, in words."""
        both = [_groups(side) for side in (self.a, self.b)]
        pairs = {name: Pair(*(each.get(name, []) for each in both)) for name in dict.fromkeys([*both[0], *both[1]])}
        return {name: pair for name, pair in pairs.items() if not pair.same}

    @property
    def identical(self) -> bool:
        """Whether nothing differs, so that the results are the same."""
        return self.same_pages and not self.parameters and not self.start and not self.groups

    @property
    def verdict(self) -> dict[str, Pair[object]]:
        """What is said about coordination and about where evolution can rest."""
        a, b = _verdict(self.a), _verdict(self.b)
        return {name: Pair(a.get(name), b.get(name)) for name in dict.fromkeys([*a, *b])}

    @property
    def states(self) -> list[StatePair]:
        """Status quo, coordination, and every other pure sink of either; empty without a ledger."""
        names = [side.coordination.profile for side in (self.a, self.b) if side.coordination is not None]
        goal = " / ".join(dict.fromkeys(names)) or None
        found: dict[str | None, list[State | None]] = {}
        for position, solution in enumerate((self.a, self.b)):
            for state in priced_states(solution):
                key = None if state.role == "start" else solution.state_name(state.shares)
                # Coordination is the same state however parties are split.
                key = goal if state.role == "coordination" else key
                found.setdefault(key, [None, None])[position] = state
        pairs = [
            StatePair(key, "start" if key is None else "coordination" if key == goal else "sink", Pair(*both))
            for key, both in found.items()
        ]
        return sorted(pairs, key=lambda pair: (("start", "coordination", "sink").index(pair.role), pair.profile or ""))

    @property
    def policy_cost(self) -> Pair[float | None]:
        """Outlay and burden, half over the status quo and half at coordination."""
        return Pair(finite(self.a.policy_cost), finite(self.b.policy_cost))

    @property
    def path_cost(self) -> Pair[float | None]:
        """Outlay and burden along the path from the status quo, discounted."""
        costs = (None if side.path_cost is None else finite(side.path_cost.total) for side in (self.a, self.b))
        return Pair(*costs)

    @property
    def least_gain(self) -> Pair[float | None]:
        """Smallest gain of any party over the game without instruments; 0 where none is in force, None if open."""
        return Pair(*(0.0 if side.gains is None else finite(side.gains.least) for side in (self.a, self.b)))

    @property
    def all_verified(self) -> bool:
        """Whether both results are proved throughout."""
        return self.a.all_verified and self.b.all_verified

    def to_json(self) -> dict[str, object]:
        """Data of the difference; numbers that are not finite become null."""
        return {
            "schema": SCHEMA,
            "game": self.a.game,
            "unit": self.a.unit,
            "version": self.a.provenance["gamebook"],
            "seed": self.a.seed,
            "provenance": self.a.provenance,
            "a": _side(self.a),
            "b": _side(self.b),
            "same_pages": self.same_pages,
            "identical": self.identical,
            "verified": self.all_verified,
            "parameters": [self._parameter(symbol, pair) for symbol, pair in self.parameters.items()],
            "start": [{"symbol": share, **_json(pair)} for share, pair in self.start.items()],
            **({"groups": {name: _json(pair) for name, pair in self.groups.items()}} if self.groups else {}),
            "verdict": {name: _json(pair) for name, pair in self.verdict.items()},
            "states": [
                {
                    "profile": pair.profile,
                    "role": pair.role,
                    "money": {name: _json(both) for name, both in pair.figures().items()},
                    "measures": {name: _json(both) for name, both in pair.measures().items()},
                }
                for pair in self.states
            ],
            "policy_cost": _json(self.policy_cost),
            "path_cost": _json(self.path_cost),
            "least_gain": _json(self.least_gain),
        }

    def _parameter(self, symbol: str, pair: Pair[float | None]) -> dict[str, object]:
        known = self.a if symbol in self.a.parameters else self.b
        name = known.names[f"parameter.{symbol}"]
        return {
            "symbol": symbol,
            **_json(pair),
            "unit": known.units[f"parameter.{symbol}"],
            "name": {"en": name.en, "zh": name.zh},
            "instrument": known.owners.get(symbol),
        }

    def report(self, lang: str = "en", *, unit: str | None = None, headcount: float | None = None) -> str:
        """Report as plain text of at most 80 columns, in English (``en``) or Chinese (``zh``)."""
        from gamebook.reports.difference import difference_report

        return difference_report(self, lang=lang, unit=unit, headcount=headcount)

    def __str__(self) -> str:
        return self.report("en")


def _json(pair: Pair[T]) -> dict[str, object]:
    return {"a": pair.a, "b": pair.b}


def _groups(solution: Solution) -> dict[str, list[str]]:
    """Segments by party, and regions, each with its weight and values."""
    found: dict[str, list[str]] = {}
    for part in solution.segments:
        found.setdefault(part.party, []).append(_group(part))
    for region in solution.regions:
        found.setdefault("regions", []).append(_group(region))
    return found


def _group(part: Segment | Region) -> str:
    values = ", ".join(f"{symbol} = {value:g}" for symbol, value in part.values.items())
    return f"{part.id} {part.weight:g}" + (f" ({values})" if values else "")


def _side(solution: Solution) -> dict[str, object]:
    return {
        "target": solution.target,
        "title": {"en": solution.title.en, "zh": solution.title.zh},
        "instruments_in_force": list(solution.instruments),
        "pages_sha256": solution.provenance["pages_sha256"],
        "status": solution.equilibria.status,
        "verified": solution.all_verified,
    }


def _verdict(solution: Solution) -> dict[str, object]:
    """The verdict as plain values, in the order of the report."""
    found = solution.coordination
    values: dict[str, object] = {}
    if found is not None:
        basin = found.basin
        values = {
            "coordination": found.profile,
            "stable": found.stable,
            "likely": found.likely,
            "basin": None if basin is None else [basin.share, basin.low, basin.high],
            "certain": found.certain,
            "reached": found.reached,
            "survives_exit": found.survives_exit,
            "margin": finite(found.margin),
            "weakest": solution.populations[found.weakest].id,
        }
    return {
        **values,
        "ess": [solution.full_name(point.pure) for point in solution.ess if point.pure is not None],
        "sinks": [list(sink) for sink in solution.sink_components],
        "end": None if solution.end is None else solution.full_name(solution.end),
    }


def difference(
    first: Case,
    second: Case,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    seed: int = 0,
    most_boxes: int = MOST_BOXES,
    most_seconds: float | None = None,
    command: str | None = None,
) -> Difference:
    """Solve two cases of one game and put them side by side.

    Parameters
    ----------
    first, second : what ``gamebook.load`` returns
    values, given, start, seed, most_boxes, most_seconds, command : as for ``gamebook.solve``, the same for both

    Raises
    ------
    InputError
        If the cases belong to different games.
    PageError, InputError
        As ``gamebook.solve`` does.

    Examples
    --------
    >>> import gamebook
    >>> found = difference(gamebook.load("no_tools"), gamebook.load("subsidy_only"))
    >>> {symbol: (pair.a, pair.b) for symbol, pair in found.parameters.items()}
    {'s_F': (0.0, 0.5)}
    >>> found.verdict["stable"]
    Pair(a=True, b=True)
    """
    parties = [[party.id for party in case.game.parties] for case in (first, second)]
    if first.game.id != second.game.id or parties[0] != parties[1]:
        raise InputError(
            "diff.games", first=first.target, second=second.target, game=first.game.id, other=second.game.id
        )
    options: dict[str, object] = {"values": values, "given": given, "start": start, "seed": seed}
    options |= {"most_boxes": most_boxes, "most_seconds": most_seconds}
    a = solve_two_strategies(first, **options, command=command)  # type: ignore[arg-type]
    b = solve_two_strategies(second, **options, command=command)  # type: ignore[arg-type]
    return Difference(a, b, same_pages=first.game.digest == second.game.digest)
