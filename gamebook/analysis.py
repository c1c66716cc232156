"""``solve``: from a case of the book, or a plain payoff array, to a solution with its checks and its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.provenance import provenance
from gamebook.refusals import refuse_unsolvable
from gamebook.solution import CrossCheck, PartyNames, Solution, State
from gamebook.verdict import Blocker, Coordination, blockers, verdict
from payoffs.game import Game
from payoffs.ledger import Ledger, profile_weights
from payoffs.texts import Text
from solvers.arrays import Floats, PayoffTensor, two_strategy_payoffs
from solvers.attractors import Profile
from solvers.basins import Basins, basins
from solvers.bimatrix import support_enumeration
from solvers.dynamics.integrate import UNSETTLED, follow_to_capture
from solvers.equilibria import MOST_PLAYERS, TIE_TOLERANCE, equilibria
from solvers.expected import conditional_payoffs, expected
from solvers.pure import PureProfiles, pure_profiles
from solvers.results import Equilibria

MIDDLE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """What is solved: the whole game, the fixed shares, and the game of the free parties."""

    parties: tuple[PartyNames, ...]
    payoffs: PayoffTensor
    given: dict[int, float]
    free: tuple[int, ...]
    conditional: PayoffTensor
    pure: PureProfiles
    start: Floats
    coordination: Profile | None
    public: tuple[int, ...]
    ledger: Ledger | None


def solve(
    game: Case | Game | ArrayLike,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    seed: int = 0,
    most_boxes: int = 20_000,
    command: str | None = None,
) -> Solution:
    """Solve a game of two strategies per party: all rest points, their stability, and the verdict on coordination.

    Parameters
    ----------
    game : Case, Game or array
        What ``gamebook.load`` returns, a game of the ``payoffs`` package, or payoffs of shape (n, 2, ..., 2).
    values : mapping of parameter symbol to number
        Changes to the case's values.
    given : mapping of share symbol to a share in [0, 1]
        Shares that are held fixed; the game of the others is solved. For an array the symbols are x_1, x_2, ...
    start : mapping of share symbol to a share in (0, 1)
        Changes to the status quo, from which one path is followed.
    seed : int
        Seed of the sampled starts of the basins; the same seed gives the same bits.
    most_boxes : int
        Budget of the search per face of the cube of shares.
    command : str, optional
        Command line to record with the result.

    Raises
    ------
    PageError, InputError, SolverInputError
        Bad input, all ``ValueError``; each has ``text(lang)``.

    Examples
    --------
    >>> solution = solve([[[2, 2], [0, 3]], [[2, 0], [2, 3]]])
    >>> solution.sink_components
    (('00',), ('11',))
    >>> len(solution.nash), solution.all_verified
    (3, True)
    """
    if seed < 0:
        raise InputError("input.seed", value=seed)
    case = game if isinstance(game, Case) else Case.of(game) if isinstance(game, Game) else None
    problem = _array_problem(game, given, start) if case is None else _case_problem(case, values, given, start)
    found = equilibria(problem.conditional, tie_tolerance=TIE_TOLERANCE, most_boxes=most_boxes)
    sampled = basins(problem.pure.advantages, rng=np.random.default_rng(seed))
    end, settled = _end_of_status_quo(problem)
    judged = _verdict(problem, sampled, end, settled)
    states = _states(problem, found, end)
    settings = {} if case is None else case.game.check_values({**case.values, **(values or {})})
    defaults = {} if case is None else case.game.defaults()
    return Solution(
        target="array" if case is None else case.target,
        game="array" if case is None else case.game.id,
        title=Text("payoff array", "收益数组") if case is None else case.title,
        unit="" if case is None else case.game.unit,
        parties=problem.parties,
        free=problem.free,
        given=problem.given,
        start=problem.start,
        parameters=settings,
        changed={symbol: value for symbol, value in settings.items() if value != defaults[symbol]},
        instruments=() if case is None else tuple(tool.id for tool in case.game.in_force(settings)),
        payoffs=problem.payoffs,
        equilibria=found,
        basins=sampled,
        end=end,
        coordination=judged,
        blockers=_blockers(problem, found),
        states=states,
        policy_cost=_policy_cost(states),
        cross_check=_cross_check(problem.conditional, found),
        seed=seed,
        provenance=provenance(digest=None if case is None else case.digest, command=command),
        names={} if case is None else _names(case),
        owners={} if case is None else {s: p.instrument for s, p in case.game.parameters.items() if p.instrument},
        units={} if case is None else _units(case),
    )


def _case_problem(
    case: Case,
    values: Mapping[str, float] | None,
    given: Mapping[str, float] | None,
    start: Mapping[str, float] | None,
) -> _Problem:
    game = case.game
    settings = game.check_values({**case.values, **(values or {})})
    refuse_unsolvable(case, settings)
    shares = [party.share or "" for party in game.parties]
    fixed = _fixed(given or {}, shares, game.id)
    if len(game.parties) - len(fixed) > MOST_PLAYERS:
        raise InputError("input.parties", game=game.id, parties=len(game.parties) - len(fixed), most=MOST_PLAYERS)
    ledger = game.ledger(**settings) if game.has_ledger else None
    return _problem(
        parties=tuple(
            PartyNames(p.id, p.symbol, p.name, p.share or "", tuple(s.id for s in p.strategies)) for p in game.parties
        ),
        payoffs=ledger.tensor if ledger is not None else game.tensor(**settings),
        given=fixed,
        start=_start({**game.start, **case.start}, start or {}, shares, game.id),
        coordination=None if game.coordination is None else tuple(int(d) for d in game.coordination),
        public=tuple(i for i, party in enumerate(game.parties) if party.public),
        ledger=ledger,
    )


def _array_problem(payoffs: object, given: Mapping[str, float] | None, start: Mapping[str, float] | None) -> _Problem:
    tensor = two_strategy_payoffs(payoffs, most_players=10)  # type: ignore[arg-type]
    n = tensor.shape[0]
    shares = [f"x_{i + 1}" for i in range(n)]
    fixed = _fixed(given or {}, shares, "array")
    if n - len(fixed) > MOST_PLAYERS:
        raise InputError("input.parties", game="array", parties=n - len(fixed), most=MOST_PLAYERS)
    return _problem(
        parties=tuple(
            PartyNames(f"player_{i + 1}", str(i + 1), Text(f"player {i + 1}", f"参与方 {i + 1}"), shares[i], ("0", "1"))
            for i in range(n)
        ),
        payoffs=tensor,
        given=fixed,
        start=_start({}, start or {}, shares, "array"),
        coordination=None,
        public=(),
        ledger=None,
    )


def _problem(
    *,
    parties: tuple[PartyNames, ...],
    payoffs: PayoffTensor,
    given: dict[int, float],
    start: Floats,
    coordination: Profile | None,
    public: tuple[int, ...],
    ledger: Ledger | None,
) -> _Problem:
    free = tuple(i for i in range(len(parties)) if i not in given)
    conditional = two_strategy_payoffs(conditional_payoffs(payoffs, given), most_players=MOST_PLAYERS)
    start = np.array([given.get(i, x) for i, x in enumerate(start)])
    start.flags.writeable = False
    return _Problem(
        parties=parties,
        payoffs=payoffs,
        given=given,
        free=free,
        conditional=conditional,
        pure=pure_profiles(conditional, tie_tolerance=TIE_TOLERANCE),
        start=start,
        coordination=None if coordination is None else tuple(coordination[i] for i in free),
        public=public,
        ledger=ledger,
    )


def _position(symbol: str, shares: list[str], game: str, option: str) -> int:
    if symbol not in shares:
        known = ", ".join(shares)
        raise InputError(
            "input.share_symbol", near=(symbol, shares), option=option, symbol=symbol, game=game, known=known
        )
    return shares.index(symbol)


def _fixed(given: Mapping[str, float], shares: list[str], game: str) -> dict[int, float]:
    """Fixed shares by position."""
    fixed = {}
    for symbol, value in given.items():
        if not 0.0 <= value <= 1.0:
            raise InputError("input.share_range", option="--given", symbol=symbol, value=value)
        fixed[_position(symbol, shares, game, "--given")] = float(value)
    if len(fixed) == len(shares):
        raise InputError("input.given_all")
    return dict(sorted(fixed.items()))


def _start(usual: Mapping[str, float], changes: Mapping[str, float], shares: list[str], game: str) -> Floats:
    for symbol, value in changes.items():
        _position(symbol, shares, game, "--start")
        if not 0.0 <= value <= 1.0:
            raise InputError("input.share_range", option="--start", symbol=symbol, value=value)
        if not 0.0 < value < 1.0:
            raise InputError("input.start_inside", option="--start", symbol=symbol, value=value)
    joined = {**usual, **changes}
    return np.array([joined.get(symbol, MIDDLE) for symbol in shares])


def _end_of_status_quo(problem: _Problem) -> tuple[Profile | None, bool]:
    """Where the path from the status quo is captured, and whether it is."""
    here = problem.start[list(problem.free)]
    inside = bool(((here > 0.0) & (here < 1.0)).all())
    if not inside or not problem.pure.strict.any():
        return None, False
    ends = follow_to_capture(problem.pure.advantages, here[None], most_steps=20_000)
    outcome = int(ends.outcome[0])
    return (None, False) if outcome == UNSETTLED else (ends.targets[outcome], True)


def _full(problem: _Problem, profile: Profile) -> Floats:
    shares = np.zeros(len(problem.parties))
    for i, x in problem.given.items():
        shares[i] = x
    shares[list(problem.free)] = profile
    return shares


def _name(problem: _Problem, shares: Floats) -> str:
    return "".join("0" if x == 0.0 else "1" if x == 1.0 else "~" for x in shares)


def _verdict(problem: _Problem, sampled: Basins, end: Profile | None, settled: bool) -> Coordination | None:
    if problem.coordination is None:
        return None
    return verdict(
        profile=problem.coordination,
        full_profile=_name(problem, _full(problem, problem.coordination)),
        pure=problem.pure,
        basins=sampled,
        end=end,
        settled=settled,
        exit_losses=_exit_losses(problem),
        free=problem.free,
    )


def _exit_losses(problem: _Problem) -> Floats | None:
    """What each private party loses by leaving coordination when the public parties, free to move, stay passive."""
    leaving = [own for own, i in enumerate(problem.free) if i in problem.public]
    if problem.coordination is None or not leaving:
        return None
    state = tuple(0 if own in leaving else digit for own, digit in enumerate(problem.coordination))
    return np.array([problem.pure.losses[(own, *state)] for own in range(len(problem.free)) if own not in leaving])


def _blockers(problem: _Problem, found: Equilibria) -> tuple[Blocker, ...]:
    if problem.coordination is None:
        return ()
    return blockers(
        coordination=problem.coordination,
        sinks=found.sink_components,
        losses=problem.pure.losses,
        free=problem.free,
        full={i: int(x) for i, x in problem.given.items() if x in (0.0, 1.0)},
        ledger=problem.ledger,
        party_ids=tuple(party.id for party in problem.parties),
    )


def _states(problem: _Problem, found: Equilibria, end: Profile | None) -> tuple[State, ...]:
    """States worth pricing: the status quo, where it leads, coordination, and every other pure sink."""
    roles: list[tuple[str, Floats]] = [("start", problem.start)]
    if end is not None:
        roles.append(("end", _full(problem, end)))
    if problem.coordination is not None:
        roles.append(("coordination", _full(problem, problem.coordination)))
    roles += [("sink", _full(problem, sink[0])) for sink in found.sink_components if len(sink) == 1]
    states: list[State] = []
    for role, shares in roles:
        if role != "sink" or not any((shares == state.shares).all() for state in states):
            states.append(_state(problem, role, shares))
    return tuple(states)


def _state(problem: _Problem, role: str, shares: Floats) -> State:
    ledger = problem.ledger
    weights = profile_weights(shares)
    name = _name(problem, shares)
    return State(
        role=role,
        profile=None if "~" in name else name,
        shares=shares,
        payoffs=expected(problem.payoffs, shares),
        money=None if ledger is None else ledger.money(weights),
        measures={} if ledger is None else {m: float(ledger.measure(m, weights)) for m in ledger.measures},
        flows=() if ledger is None else ledger.flows(weights),
    )


def _policy_cost(states: tuple[State, ...]) -> float | None:
    """Outlay and burden, averaged half over the status quo and half at coordination."""
    parts = {state.role: state.money for state in states}
    start, goal = parts.get("start"), parts.get("coordination")
    if start is None or goal is None:
        return None
    return 0.5 * float(start.outlay + start.burden) + 0.5 * float(goal.outlay + goal.burden)


def _cross_check(payoffs: PayoffTensor, found: Equilibria) -> CrossCheck | None:
    """Compare the Nash equilibria of a two-party game with nashpy's; None for other games."""
    if payoffs.shape[0] != 2:
        return None
    other = support_enumeration(payoffs)
    agrees: bool | None = None
    if not other.degenerate and not found.components and not found.undecided and not found.ties:
        ours = np.array([point.shares for point in found.nash]).reshape(-1, 2)
        distances = np.abs(ours[:, None, :] - other.profiles[None]).max(axis=-1)
        agrees = len(ours) == len(other.profiles) and bool((distances.min(axis=1) < 1e-8).all())
    return CrossCheck("nashpy support enumeration", len(other.profiles), agrees)


def _names(case: Case) -> dict[str, Text]:
    """Names of instruments, measures and parameters for reports."""
    named: dict[str, Text] = {f"parameter.{s}": p.name for s, p in case.game.parameters.items()}
    named.update({f"instrument.{tool.id}": tool.title for tool in case.game.instruments})
    named.update({f"measure.{m}": measure.name for m, measure in case.game.measures.items()})
    return named


def _units(case: Case) -> dict[str, str]:
    units = {f"parameter.{s}": p.unit for s, p in case.game.parameters.items()}
    units.update({f"measure.{m}": measure.unit for m, measure in case.game.measures.items()})
    return units
