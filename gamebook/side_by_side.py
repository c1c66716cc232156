"""``compare``: scenarios of one game side by side, in everything that is measured of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gamebook.analysis import solve_two_strategies
from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.money import FIGURES, figure
from gamebook.outcome_finder import REVISION_RATE, finder_of
from gamebook.problem import Problem, case_problem
from gamebook.solution import Solution, State, finite
from payoffs.texts import Text
from solvers.basins import BasinShare
from solvers.critical_mass import switches_along
from solvers.equilibria import MOST_BOXES

SCHEMA = "gamebook/side-by-side/1"
FEWEST, MOST = 2, 24
STATES = ("start", "end", "coordination")

Value = bool | float | str | BasinShare | tuple[str, ...] | tuple[float, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One measure of all scenarios.

    Attributes
    ----------
    key : name in data, such as ``end.outlay``
    group : ``verdict``, one of ``STATES``, or ``cost``
    label : what a reader calls it; None: the catalogue says it, under ``compare.`` and the key
    unit : of numbers; empty for others
    values : one per scenario; None where it does not apply or is not known
    """

    key: str
    group: str
    label: Text | None
    unit: str
    values: tuple[Value, ...]

    @property
    def differs(self) -> bool:
        """Whether the scenarios differ in it."""
        return any(_plain(value) != _plain(self.values[0]) for value in self.values)


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """Scenarios side by side. ``print(found)`` gives the report, ``found.to_json()`` the data.

    Attributes
    ----------
    solutions : of the scenarios
    rows : measures, group after group
    """

    solutions: tuple[Solution, ...]
    rows: tuple[Row, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """What was compared, as it was asked for."""
        return tuple(solution.target for solution in self.solutions)

    @property
    def all_verified(self) -> bool:
        """Whether nothing of any scenario is left unverified."""
        return all(solution.all_verified for solution in self.solutions)

    def to_json(self) -> dict[str, object]:
        """Data of the result as in the published schema."""
        first = self.solutions[0]
        return {
            "schema": SCHEMA,
            "game": first.game,
            "unit": first.unit,
            "version": first.provenance["gamebook"],
            "seed": first.seed,
            "scenarios": [
                {
                    "target": solution.target,
                    "title": {"en": solution.title.en, "zh": solution.title.zh},
                    "parameters": solution.parameters,
                    "instruments_in_force": list(solution.instruments),
                    "verified": solution.all_verified,
                    "provenance": solution.provenance,
                }
                for solution in self.solutions
            ],
            "measures": [
                {
                    "measure": row.key,
                    "group": row.group,
                    "unit": row.unit,
                    "differs": row.differs,
                    "values": [_as_json(value) for value in row.values],
                }
                for row in self.rows
            ],
        }

    def report(self, lang: str = "en") -> str:
        """Report as plain text of at most 80 columns, in English (``en``) or Chinese (``zh``)."""
        from gamebook.reports.side_by_side import side_by_side_report

        return side_by_side_report(self, lang=lang)

    def __str__(self) -> str:
        return self.report("en")


def compare(
    cases: Sequence[Case],
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    seed: int = 0,
    most_boxes: int = MOST_BOXES,
    most_seconds: float | None = None,
    command: str | None = None,
) -> SideBySide:
    """Solve scenarios of one game and set all their measures side by side.

    Parameters
    ----------
    cases : what ``gamebook.load`` returns, 2 to 24 of one game
    values, given, start : changes to all of them, as for ``gamebook.solve``
    seed, most_boxes, most_seconds, command : as for ``gamebook.solve``

    Raises
    ------
    PageError, InputError, SolverInputError
        Bad input, all ``ValueError``.

    Examples
    --------
    >>> import gamebook
    >>> found = compare([gamebook.load(name) for name in ("no_tools", "package")])
    >>> [row.values for row in found.rows if row.key == "certain"]
    [(False, True)]
    """
    if not FEWEST <= len(cases) <= MOST:
        raise InputError("compare.count", count=len(cases), least=FEWEST, most=MOST)
    for case in cases[1:]:
        if case.game.id != cases[0].game.id:
            raise InputError(
                "compare.games", first=cases[0].target, second=case.target, game=cases[0].game.id, other=case.game.id
            )
    solutions, extras = [], []
    for case in cases:
        solutions.append(
            solve_two_strategies(
                case, values=values, given=given, start=start, seed=seed, most_boxes=most_boxes,
                most_seconds=most_seconds, command=command,
            )
        )  # fmt: skip
        extras.append(_paths(case_problem(case, values, given, start, mediation=True)))
    return SideBySide(tuple(solutions), tuple(_rows(solutions, extras)))


@dataclass(frozen=True, slots=True)
class _Paths:
    """Years from the status quo to coordination, and where on the diagonal the outcome switches."""

    years: float | None
    switches: tuple[float, ...] | None


def _paths(problem: Problem) -> _Paths:
    free = list(problem.free)
    finder = finder_of(problem, REVISION_RATE, np.ones(len(problem.populations)))
    line = switches_along(finder, np.zeros(len(free)), np.ones(len(free)))
    years = None
    here = problem.start[free]
    if problem.coordination is not None and ((here > 0.0) & (here < 1.0)).all():
        outcome = finder.outcomes[int(finder.classified(here[None])[0][0])]
        if outcome.profile == problem.coordination:
            years = finite(float(finder.arrival(here[None], problem.coordination)[0]))
    complete = line.status == "complete"
    return _Paths(years, tuple(switch.position for switch in line.switches) if complete else None)


def _rows(solutions: Sequence[Solution], extras: Sequence[_Paths]) -> Iterator[Row]:
    yield from _verdict_rows(solutions, extras)
    for role in STATES:
        yield from _state_rows(role, [_state(solution, role) for solution in solutions], solutions)
    unit = solutions[0].unit
    costs: dict[str, tuple[Value, ...]] = {
        "policy_cost": tuple(finite(each.policy_cost) for each in solutions),
        "path_cost": tuple(None if each.path_cost is None else each.path_cost.total for each in solutions),
        "least_gain": tuple(None if each.gains is None else finite(each.gains.least) for each in solutions),
    }
    for key, values in costs.items():
        if any(value is not None for value in values):
            yield Row(f"cost.{key}", "cost", None, unit, values)


def _verdict_rows(solutions: Sequence[Solution], extras: Sequence[_Paths]) -> Iterator[Row]:
    judged = [each.coordination for each in solutions]

    def row(key: str, values: Iterator[Value], unit: str = "") -> Row:
        return Row(key, "verdict", None, unit, tuple(values))

    yield row("ess", (tuple(each.full_name(p.pure or ()) for p in reversed(each.ess)) for each in solutions))
    yield row("sinks", (_sinks(each) for each in solutions))
    yield row("regime", iter(_regimes(solutions)))
    if any(each is not None for each in judged):
        for name in ("stable", "likely", "certain"):
            yield row(name, (None if each is None else getattr(each, name) for each in judged))
        yield row("basin", (None if each is None else each.basin for each in judged), "share")
        for name in ("reached", "survives_exit"):
            yield row(name, (None if each is None else getattr(each, name) for each in judged))
        yield row("margin", (None if each is None else finite(each.margin) for each in judged), solutions[0].unit)
        pairs = zip(solutions, judged, strict=True)
        yield row("weakest", (None if c is None else each.populations[c.weakest].id for each, c in pairs))
    yield row("end", (None if each.end is None else each.full_name(each.end) for each in solutions))
    yield row("years", (extra.years for extra in extras), "years")
    yield row("critical_mass", (extra.switches for extra in extras), "share")
    yield row("robust", (_robust(each) for each in solutions), "share")


def _sinks(solution: Solution) -> tuple[str, ...]:
    return tuple("+".join(sink) for sink in reversed(solution.sink_components))


def _regimes(solutions: Sequence[Solution]) -> list[Value]:
    """A letter per different set of sink components."""
    known: dict[tuple[str, ...], str] = {}
    return [known.setdefault(_sinks(each), chr(ord("a") + len(known))) for each in solutions]


def _robust(solution: Solution) -> BasinShare | None:
    line = solution.robustness
    return None if line is None or line.holds is None else line.holds.share


def _state(solution: Solution, role: str) -> State | None:
    return next((state for state in solution.states if state.role == role), None)


def _state_rows(role: str, states: Sequence[State | None], solutions: Sequence[Solution]) -> Iterator[Row]:
    """Payoffs, money and measures at one kind of state; nothing where no scenario has it."""
    if all(state is None for state in states):
        return
    unit = solutions[0].unit
    yield Row(f"{role}.profile", role, None, "", tuple(None if s is None else s.profile for s in states))
    means = [
        None if state is None else each.party_means(state.payoffs)
        for state, each in zip(states, solutions, strict=True)
    ]
    for i, party in enumerate(solutions[0].parties):
        values = tuple(None if own is None else float(own[i]) for own in means)
        yield Row(f"{role}.payoff.{party.id}", role, party.name, unit, values)
    if any(state is not None and state.money is not None for state in states):
        for name in FIGURES:
            values = tuple(None if s is None else finite(figure(s, name)) for s in states)
            yield Row(f"{role}.{name}", role, None, unit, values)
    if any(state is not None and state.mismatch is not None for state in states):
        mismatch = tuple(None if s is None else finite(s.mismatch) for s in states)
        yield Row(f"{role}.mismatch", role, None, "share", mismatch)
    measures = dict.fromkeys(name for state in states if state is not None for name in state.measures)
    for name in measures:
        known = next(each for each in solutions if f"measure.{name}" in each.names)
        values = tuple(None if s is None else finite(s.measures.get(name)) for s in states)
        yield Row(f"{role}.{name}", role, known.names[f"measure.{name}"], known.units[f"measure.{name}"], values)


def _plain(value: Value) -> object:
    return (value.share, value.low, value.high) if isinstance(value, BasinShare) else value


def _as_json(value: Value) -> object:
    if isinstance(value, BasinShare):
        return {"share": value.share, "low": value.low, "high": value.high}
    return list(value) if isinstance(value, tuple) else value
