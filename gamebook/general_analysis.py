"""``solve`` for games in which a party has more than two strategies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.general_names import pure_name
from gamebook.general_solution import GeneralSolution, GeneralState, GeneralVerdict
from gamebook.populations import PartyNames, Population, party_names, whole
from gamebook.refusals import refuse_dynamics
from gamebook.subject import subject_of
from payoffs.ledger import Ledger
from payoffs.parties import read_profile
from payoffs.texts import Text
from solvers.arrays import Floats, PayoffTensor
from solvers.attractors import Profile
from solvers.equilibria import TIE_TOLERANCE
from solvers.general.equilibria import general_equilibria
from solvers.general.mixed_payoffs import contracted
from solvers.general.normal_form import NormalForm, checked_payoffs, normal_form
from solvers.general.response_graph import is_only_sink
from solvers.general.results import GeneralEquilibria


@dataclass(frozen=True, slots=True, eq=False)
class GeneralProblem:
    """What is solved.

    Attributes
    ----------
    parties : names
    payoffs : shape (n, m_1, ..., m_n) of the whole game
    given : share of index 1 of every party that is fixed, by position; free : positions of the others
    conditional : payoffs of the game of the free parties
    coordination : profile of all parties, or None
    public : positions of the public parties
    ledger : None for a game given as a table
    settings : value of every parameter; instruments : ids of those in force
    """

    parties: tuple[PartyNames, ...]
    payoffs: PayoffTensor
    given: dict[int, float]
    free: tuple[int, ...]
    conditional: PayoffTensor
    coordination: Profile | None
    public: tuple[int, ...]
    ledger: Ledger | None
    settings: dict[str, float]
    instruments: tuple[str, ...]

    @property
    def populations(self) -> tuple[Population, ...]:
        """One per party: segments and regions take two strategies."""
        return whole(self.parties)

    @property
    def start(self) -> Floats:
        """Empty: no path is followed."""
        return np.zeros(0)


def has_many_strategies(game: Case | ArrayLike) -> bool:
    """Whether some party of a case, or player of a payoff array, does not have exactly two strategies.

    Examples
    --------
    >>> has_many_strategies(np.zeros((2, 2, 3))), has_many_strategies(np.zeros((2, 2, 2)))
    (True, False)
    """
    if isinstance(game, Case):
        return any(len(party.strategies) != 2 for party in game.game.parties)
    try:
        shape = np.asarray(game).shape
    except ValueError:  # no rectangular array: the other path says so
        return False
    return len(shape) >= 2 and shape[0] == len(shape) - 1 and 0 not in shape and any(m != 2 for m in shape[1:])


def solve_general(
    game: Case | ArrayLike,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    seed: int = 0,
    most_boxes: int,
    most_seconds: float | None = None,
    certify: bool = False,
    command: str | None = None,
) -> GeneralSolution:
    """Solve a game with any number of strategies per party; parameters as for ``gamebook.solve``.

    Shares can be fixed for parties of two strategies only. Nothing is sampled and no path is followed, so a status
    quo is refused rather than ignored.

    Examples
    --------
    >>> wins = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    >>> solution = solve_general([wins, wins.T], most_boxes=20_000)
    >>> len(solution.nash), solution.all_verified
    (1, True)
    """
    if start:
        raise InputError("general.start")
    if certify:
        raise InputError("general.certify")
    case = game if isinstance(game, Case) else None
    if isinstance(game, Case):
        problem = _case_problem(game, values or {}, given or {})
    else:
        problem = _array_problem(game, given or {})
    found = general_equilibria(
        problem.conditional, tie_tolerance=TIE_TOLERANCE, most_boxes=most_boxes, most_seconds=most_seconds
    )
    timed_out = most_seconds is not None and found.status == "budget"
    return GeneralSolution(
        **subject_of(problem, case, values, command).identity(),
        sizes=problem.payoffs.shape[1:],
        strategy_names=_strategy_names(problem, case),
        payoffs=problem.payoffs,
        equilibria=found,
        coordination=_verdict(problem),
        states=_states(problem, found),
        seed=seed,
        most_boxes=max(1, found.boxes) if timed_out else most_boxes,
    )


def _case_problem(case: Case, values: Mapping[str, float], given: Mapping[str, float]) -> GeneralProblem:
    game = case.game
    settings = game.check_values({**case.values, **values})
    refuse_dynamics(game, settings)
    if case.segments:
        raise InputError("general.segments", game=game.id)
    ledger = game.ledger(**settings) if game.has_ledger else None
    return _problem(
        parties=party_names(game.parties),
        payoffs=game.tensor(**settings) if ledger is None else ledger.tensor,
        given=given,
        game=game.id,
        coordination=None if game.coordination is None else read_profile(game.coordination, game.shape),
        public=tuple(i for i, party in enumerate(game.parties) if party.public),
        ledger=ledger,
        settings=settings,
        instruments=tuple(tool.id for tool in game.in_force(settings)),
    )


def _array_problem(payoffs: ArrayLike, given: Mapping[str, float]) -> GeneralProblem:
    tensor = checked_payoffs(payoffs)
    parties = tuple(
        PartyNames(
            f"player_{i}",
            str(i),
            Text(f"player {i}", f"参与方 {i}"),
            f"x_{i}" if m == 2 else "",
            tuple(str(s) for s in range(m)),
        )
        for i, m in enumerate(tensor.shape[1:], start=1)
    )
    return _problem(
        parties=parties,
        payoffs=tensor,
        given=given,
        game="array",
        coordination=None,
        public=(),
        ledger=None,
        settings={},
        instruments=(),
    )


def _problem(
    *,
    parties: tuple[PartyNames, ...],
    payoffs: PayoffTensor,
    given: Mapping[str, float],
    game: str,
    coordination: Profile | None,
    public: tuple[int, ...],
    ledger: Ledger | None,
    settings: dict[str, float],
    instruments: tuple[str, ...],
) -> GeneralProblem:
    fixed = _fixed(given, parties, game)
    free = tuple(i for i in range(len(parties)) if i not in fixed)
    mixtures = tuple(
        np.array([1.0 - fixed[i], fixed[i]]) if i in fixed else np.ones(m) for i, m in enumerate(payoffs.shape[1:])
    )
    conditional = np.stack([contracted(payoffs[i], mixtures, free) for i in free]) if fixed else payoffs
    return GeneralProblem(
        parties=parties,
        payoffs=payoffs,
        given=fixed,
        free=free,
        conditional=conditional,
        coordination=coordination,
        public=public,
        ledger=ledger,
        settings=settings,
        instruments=instruments,
    )


def _fixed(given: Mapping[str, float], parties: tuple[PartyNames, ...], game: str) -> dict[int, float]:
    shares = {party.share: i for i, party in enumerate(parties) if len(party.strategies) == 2}
    for symbol, value in given.items():
        if symbol not in shares:
            known = Text(", ".join(shares) or "none", "，".join(shares) or "无")
            raise InputError("general.share_symbol", near=(symbol, list(shares)), symbol=symbol, game=game, known=known)
        if not 0.0 <= value <= 1.0:
            raise InputError("input.share_range", option="--given", symbol=symbol, value=value)
    if len(given) == len(parties):
        raise InputError("input.given_all")
    return dict(sorted((shares[symbol], float(value)) for symbol, value in given.items()))


def _strategy_names(problem: GeneralProblem, case: Case | None) -> tuple[tuple[Text, ...], ...]:
    if case is None:
        return tuple(tuple(Text(s, s) for s in party.strategies) for party in problem.parties)
    return tuple(tuple(strategy.name for strategy in party.strategies) for party in case.game.parties)


def _verdict(problem: GeneralProblem) -> GeneralVerdict | None:
    """Judge the coordination profile in the game of the free parties."""
    if problem.coordination is None:
        return None
    game = normal_form(problem.conditional, tie_tolerance=TIE_TOLERANCE)
    profile = tuple(problem.coordination[i] for i in problem.free)
    margins = [_cheapest_deviation(game, profile, own) for own in range(len(profile))]
    weakest = min(range(len(profile)), key=lambda own: margins[own][0])
    margin, leave_for = margins[weakest]
    return GeneralVerdict(
        profile=pure_name(problem.coordination, problem.payoffs.shape[1:]),
        stable=None if margin == 0.0 else margin > 0.0,
        certain=is_only_sink(game.tied, profile),
        survives_exit=_survives_exit(problem, game, profile),
        margin=margin,
        weakest=problem.free[weakest],
        leave_for=leave_for,
    )


def _cheapest_deviation(game: NormalForm, profile: Profile, player: int) -> tuple[float, int]:
    """Smallest loss of a player from leaving its strategy (infinite if it has no other), and for which."""
    row = np.moveaxis(game.tied[player], player, -1)[(*profile[:player], *profile[player + 1 :])]
    losses = row[profile[player]] - row
    others = [s for s in range(len(row)) if s != profile[player]]
    if not others:
        return float("inf"), profile[player]
    best = min(others, key=lambda s: float(losses[s]))
    return float(losses[best]), best


def _survives_exit(problem: GeneralProblem, game: NormalForm, profile: Profile) -> bool | None:
    leaving = [own for own, i in enumerate(problem.free) if i in problem.public]
    if not leaving:
        return None
    state = tuple(0 if own in leaving else s for own, s in enumerate(profile))
    staying = [own for own in range(len(profile)) if own not in leaving]
    return all(_cheapest_deviation(game, state, own)[0] > 0.0 for own in staying)


def _states(problem: GeneralProblem, found: GeneralEquilibria) -> tuple[GeneralState, ...]:
    """Price coordination and every pure sink; none where a party is fixed at a mixed share."""
    if any(x not in (0.0, 1.0) for x in problem.given.values()):
        return ()
    fixed = {i: int(x) for i, x in problem.given.items()}
    roles: list[tuple[str, Profile]] = []
    if problem.coordination is not None:
        roles.append(("coordination", tuple(fixed.get(i, s) for i, s in enumerate(problem.coordination))))
    for sink in found.sink_components:
        own = dict(zip(problem.free, sink[0], strict=True))
        profile = tuple(fixed[i] if i in fixed else own[i] for i in range(len(problem.parties)))
        if len(sink) == 1 and profile not in [known for _, known in roles]:
            roles.append(("sink", profile))
    return tuple(_state(problem, role, profile) for role, profile in roles)


def _state(problem: GeneralProblem, role: str, profile: Profile) -> GeneralState:
    ledger = problem.ledger
    weights = np.zeros(problem.payoffs.shape[1:])
    weights[profile] = 1.0
    return GeneralState(
        role=role,
        profile=profile,
        payoffs=np.array([own[profile] for own in problem.payoffs]),
        money=None if ledger is None else ledger.money(weights),
        measures={} if ledger is None else {m: float(ledger.measure(m, weights)) for m in ledger.measures},
        flows=() if ledger is None else ledger.flows(weights),
    )
