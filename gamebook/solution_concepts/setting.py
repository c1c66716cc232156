"""The game that solution concepts work on: any number of strategies, some populations fixed, and what to aim at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.populations import PartyNames, Population, party_names, whole, written
from gamebook.problem import MIDDLE, Problem, array_problem, case_problem
from gamebook.problem_payoffs import MOST_POPULATIONS
from gamebook.provenance import provenance_of
from gamebook.refusals import refuse_dynamics
from gamebook.subject import ARRAY, Subject, subject_of
from payoffs.game import Game
from payoffs.numeric_game import NumericGame
from payoffs.share_accounts import ShareAccounts
from payoffs.texts import Text
from solvers.arrays import Floats, PayoffTensor
from solvers.mixed_profiles import conditional_tables, payoff_array

WELFARE, SUM, COORDINATION = "welfare", "sum", "coordination"


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A game with some populations fixed.

    Attributes
    ----------
    subject : what it is about, with the populations that are the axes of all arrays
    strategies : names of the strategies of every population
    payoffs : shape (n, m1, ..., mn) of the whole game
    free : positions of the populations that choose
    fixed : probabilities of the strategies of the others, by position
    conditional : payoffs of the game of the free populations, others' choices averaged
    exact : the same as ``Fraction`` objects where the game was given in exact numbers and nobody is fixed at a mixture
    objectives : name -> value of each pure profile of the free populations: ``welfare``, ``sum`` of all payoffs,
        ``coordination`` where the game names a profile (its probability), and the payoff of every party by its id
    """

    subject: Subject
    strategies: tuple[tuple[Text, ...], ...]
    payoffs: PayoffTensor
    free: tuple[int, ...]
    fixed: Mapping[int, Floats]
    conditional: PayoffTensor
    exact: NDArray[np.object_] | None = None
    objectives: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def populations(self) -> tuple[Population, ...]:
        """All populations, fixed ones included."""
        return self.subject.populations

    @property
    def two_strategies(self) -> bool:
        """Whether every population has two strategies, so that a share of index 1 says what it does."""
        return all(len(own) == 2 for own in self.strategies)

    def name(self, profile: tuple[int, ...]) -> str:
        """Write a pure profile of the free populations as one of all; ``~`` marks one fixed at a mixture."""
        digits = dict(zip(self.free, map(str, profile), strict=True))
        for position, mixed in self.fixed.items():
            pure = np.flatnonzero(mixed == 1.0)
            digits[position] = str(int(pure[0])) if pure.size else "~"
        ordered = [digits[i] for i in range(len(self.populations))]
        if max(len(own) for own in self.strategies) > 10:
            return ",".join(ordered)
        return written(self.populations, ordered)


def setting_of(
    game: Case | Game | ArrayLike,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    command: str | None = None,
) -> Setting:
    """State the game that solution concepts work on.

    Parameters
    ----------
    game : Case, Game or array
        What ``gamebook.load`` returns, a game of the ``payoffs`` package, or payoffs of shape (n, m1, ..., mn).
    values : mapping of parameter symbol to number
    given : mapping of share symbol to a share in [0, 1]
        Shares held fixed. A population with more than two strategies has one share per strategy,
        ``x_SYMBOL_STRATEGY``; those not given are 0, or share what is left if the given ones do not sum to 1.
    command : str, optional
        Command line to record.

    Raises
    ------
    PageError, InputError, SolverInputError
        Bad input, all ``ValueError``; each has ``text(lang)``.
    """
    case = game if isinstance(game, Case) else Case.of(game) if isinstance(game, Game) else None
    if _fits_problem(case, game):
        if case is None:
            problem = array_problem(game, given, None)
        else:
            problem = case_problem(case, values, given, None, mediation=True)
        return setting_of_problem(problem, case, subject_of(problem, case, values, command))
    subject, payoffs, welfare = _of_many_strategies(case, game, values, command)
    fixed = _fixed(subject, given or {})
    coordination = None if case is None else case.game.coordination
    return _setting(subject, case, payoffs, fixed, welfare, [1.0] * len(payoffs), coordination)


def setting_of_problem(problem: Problem, case: Case | None, subject: Subject) -> Setting:
    """State the game of a problem, in which every population has two strategies.

    Raises
    ------
    InputError
        If payoffs depend on shares: the concepts are defined for finite games.
    """
    if problem.depends or isinstance(problem.accounts, ShareAccounts):
        raise InputError("concept.shares", game=subject.game)
    fixed = {i: np.array([1.0 - x, x]) for i, x in problem.given.items()}
    welfare = None if problem.accounts is None else problem.accounts.at_profiles()[1][WELFARE]
    weights = [population.weight for population in problem.populations]
    coordination = None if case is None else case.game.coordination
    return _setting(subject, case, problem.payoffs, fixed, welfare, weights, coordination)


def _fits_problem(case: Case | None, game: object) -> bool:
    """Whether the game has two strategies each and few enough populations for ``gamebook.problem``."""
    if case is not None:
        return all(len(party.strategies) == 2 for party in case.game.parties) and case.game.n <= MOST_POPULATIONS
    shape = payoff_array(game).shape  # type: ignore[arg-type]
    return set(shape[1:]) == {2} and len(shape) - 1 <= MOST_POPULATIONS


def _of_many_strategies(
    case: Case | None, game: object, values: Mapping[str, float] | None, command: str | None
) -> tuple[Subject, PayoffTensor, Floats | None]:
    """Subject, payoffs and welfare of a game in which somebody has more, or fewer, than two strategies."""
    about: dict[str, Any] = {"given": {}, "provenance": provenance_of(case, command)}
    if case is None:
        tensor = payoff_array(game)  # type: ignore[arg-type]
        parties = _array_parties(tensor.shape[1:])
        about |= {"target": "array", "game": "array", "title": ARRAY, "unit": "", "parameters": {}, "changed": {}}
        about |= {"instruments": ()}
        welfare = None
    else:
        settings = case.game.check_values({**case.values, **(values or {})})
        refuse_dynamics(case.game, settings, mediation=True)
        if case.segments:
            raise InputError("concept.segments", scenario=case.target)
        tensor = payoff_array(case.game.tensor(**settings))
        parties = party_names(case.game.parties)
        defaults = case.game.defaults()
        about |= {"target": case.target, "game": case.game.id, "title": case.title, "unit": case.game.unit}
        about |= {"parameters": settings, "changed": {s: v for s, v in settings.items() if v != defaults[s]}}
        about |= {"instruments": tuple(tool.id for tool in case.game.in_force(settings))}
        about |= {"set_values": {s: float(v) for s, v in (values or {}).items()}}
        welfare = None
        if case.game.has_ledger:
            size = int(np.prod(case.game.shape))
            each = np.eye(size).reshape((size, *case.game.shape))
            welfare = np.asarray(case.game.ledger(**settings).money(each).welfare).reshape(case.game.shape)
    n = len(tensor)
    subject = Subject(
        parties=parties, populations=whole(parties), free=tuple(range(n)), start=np.full(n, MIDDLE), **about
    )
    return subject, tensor, welfare


def _array_parties(shape: tuple[int, ...]) -> tuple[PartyNames, ...]:
    return tuple(
        PartyNames(
            f"player_{i}", str(i), Text(f"player {i}", f"参与方 {i}"), f"x_{i}", tuple(str(s) for s in range(size))
        )
        for i, size in enumerate(shape, start=1)
    )


def strategy_shares(population: Population) -> tuple[str, ...]:
    """Symbols by which the strategies of a population are fixed; of two strategies the second alone has one.

    Examples
    --------
    >>> strategy_shares(Population("p", "P", Text("p", "p"), "", ("low", "mid", "high"), 0))
    ('x_P_low', 'x_P_mid', 'x_P_high')
    """
    if len(population.strategies) == 2:
        return ("", population.share)
    prefix = population.share or f"x_{population.symbol}"
    return tuple(f"{prefix}_{own}" for own in population.strategies)


def _fixed(subject: Subject, given: Mapping[str, float]) -> dict[int, Floats]:
    """Mixed strategies of the populations of which a share is given."""
    places = {
        symbol: (i, s)
        for i, population in enumerate(subject.populations)
        for s, symbol in enumerate(strategy_shares(population))
        if symbol
    }
    shares: dict[int, dict[int, float]] = {}
    for symbol, value in given.items():
        if symbol not in places:
            known = ", ".join(places)
            fields = {"option": "--given", "symbol": symbol, "game": subject.game, "known": known}
            raise InputError("input.share_symbol", near=(symbol, places), **fields)
        if not 0.0 <= value <= 1.0:
            raise InputError("input.share_range", option="--given", symbol=symbol, value=value)
        i, s = places[symbol]
        shares.setdefault(i, {})[s] = float(value)
    if len(shares) == len(subject.populations):
        raise InputError("input.given_all")
    return {i: _spread_out(subject.populations[i], own) for i, own in sorted(shares.items())}


def _spread_out(population: Population, own: Mapping[int, float]) -> Floats:
    """Probabilities of all strategies when some are given: what is left is shared by those that are not."""
    total = sum(own.values())
    others = [s for s in range(len(population.strategies)) if s not in own]
    if total > 1.0 + 1e-9 or (not others and total < 1.0 - 1e-9):
        raise InputError("concept.given_sum", party=population.name, total=f"{total:g}")
    mixed = np.array([own.get(s, 0.0) for s in range(len(population.strategies))])
    left = max(0.0, 1.0 - total)
    mixed[others] = left / len(others) if others else 0.0
    return mixed if left else mixed / mixed.sum()


def _setting(
    subject: Subject,
    case: Case | None,
    payoffs: PayoffTensor,
    fixed: dict[int, Floats],
    welfare: Floats | None,
    weights: list[float],
    coordination: str | None,
) -> Setting:
    populations = subject.populations
    free = tuple(i for i in range(len(populations)) if i not in fixed)
    tables: dict[str, Floats] = {}
    for k, party in enumerate(subject.parties):
        members = [i for i, population in enumerate(populations) if population.party == k]
        share = np.array([weights[i] for i in members])
        tables[party.id] = np.tensordot(share / share.sum(), payoffs[members], axes=1)
    total = sum(tables.values())
    objectives = {WELFARE: total if welfare is None else welfare, SUM: total}
    if coordination is not None:
        goal = np.zeros(payoffs.shape[1:])
        goal[tuple(int(digit) for digit in _digits(coordination, populations))] = 1.0
        objectives[COORDINATION] = goal
    # An id such as "sum" of a party's own would hide the sum; the party's payoff is what it means then.
    objectives |= tables
    names = list(objectives)
    conditioned = conditional_tables(np.stack([np.asarray(objectives[name]) for name in names]), fixed)
    strategies = tuple(_strategy_names(case, population) for population in populations)
    return Setting(
        subject=subject,
        strategies=strategies,
        payoffs=payoffs,
        free=free,
        fixed=fixed,
        conditional=payoff_array(conditional_tables(payoffs[list(free)], fixed)),
        exact=_exact(case, free, fixed),
        objectives=dict(zip(names, conditioned, strict=True)),
    )


def _digits(coordination: str, populations: tuple[Population, ...]) -> list[str]:
    """Strategy of every population at coordination, which a page states by party."""
    parts = coordination.split(",") if "," in coordination else list(coordination)
    return [parts[population.party] for population in populations]


def _strategy_names(case: Case | None, population: Population) -> tuple[Text, ...]:
    if case is None:
        return tuple(Text(own, own) for own in population.strategies)
    return tuple(strategy.name for strategy in case.game.parties[population.party].strategies)


def _exact(case: Case | None, free: tuple[int, ...], fixed: dict[int, Floats]) -> NDArray[np.object_] | None:
    if case is None or not isinstance(case.game, NumericGame):
        return None
    if any(not (mixed == 1.0).any() for mixed in fixed.values()):
        return None
    pure = {i: int(np.flatnonzero(mixed == 1.0)[0]) for i, mixed in fixed.items()}
    exact = case.game.exact[list(free)]
    for position in sorted(pure, reverse=True):
        exact = np.take(exact, pure[position], axis=position + 1)
    return exact
