"""What is solved: payoffs of the populations of a case or an array, shares held fixed, and the game of those left free.

A population is a party, or a segment or region of one (``gamebook.populations``). Every array has one axis, or one
place, per population; the parties themselves only matter for names and for weighted means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.populations import (
    PartyNames,
    Population,
    known_shares,
    party_names,
    positions,
    profile_name,
    read_profile,
    split,
    whole,
)
from gamebook.problem_payoffs import analysed, array_tensor, payoffs_and_books
from gamebook.refusals import refuse_unsolvable
from payoffs.accounts import Accounts
from payoffs.segments import Matches, matches
from payoffs.share_accounts import ShareAccounts
from payoffs.share_tensor import ShareTensor
from payoffs.texts import Text
from solvers.arrays import Floats, PayoffTensor
from solvers.attractors import Profile
from solvers.equilibria import MOST_PLAYERS
from solvers.expected import advantage, expected, payoff_advantages
from solvers.pure import PureProfiles
from solvers.share_dependent.advantages import (
    ShareAdvantages,
    expected_payoffs,
    share_advantages,
)
from solvers.share_dependent.copies import Copies

MIDDLE = 0.5
"""Status quo of a share that nobody states."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What is solved: the whole game, the fixed shares, and the game of the free populations.

    Attributes
    ----------
    game : id of the game
    parties, populations : names; a population knows its party
    payoffs : shape (n, 2, ..., 2) of the whole game, n populations; where payoffs depend on shares, with axes
        b1, ..., bn of Bernstein coefficients in the shares
    degrees : shape (n,), degree of the payoffs in each population's share; 0 throughout where they do not depend on it
    given : share of every fixed population by position
    free : positions of the others
    conditional : payoffs of the game of the free populations
    pure : its advantages, with what they say of the pure profiles, each at its own shares
    shares, copies : where payoffs depend on shares, its advantages as polynomials, and the larger game in which its
        paths are followed; None elsewhere
    start : shape (n,), the status quo
    coordination : profile of the free populations, or None if the game names none
    public : positions of the populations of public parties
    accounts : money, measures and flows at any shares; None for a game given as a table
    settings : value of every parameter; instruments : ids of those in force for somebody
    """

    game: str
    parties: tuple[PartyNames, ...]
    populations: tuple[Population, ...]
    payoffs: PayoffTensor
    degrees: tuple[int, ...]
    given: dict[int, float]
    free: tuple[int, ...]
    conditional: PayoffTensor
    pure: PureProfiles
    shares: ShareAdvantages | None
    copies: Copies | None
    start: Floats
    coordination: Profile | None
    public: tuple[int, ...]
    accounts: Accounts | ShareAccounts | None
    settings: dict[str, float]
    instruments: tuple[str, ...]

    @property
    def depends(self) -> bool:
        """Whether payoffs depend on shares."""
        return any(self.degrees)

    @property
    def powers(self) -> tuple[int, ...] | None:
        """Degree in each population's share of payoffs and payments alike; None where nothing depends on shares."""
        if not isinstance(self.accounts, ShareAccounts):
            return self.degrees if self.depends else None
        return tuple(max(pair) for pair in zip(self.degrees, self.accounts.degrees, strict=True))

    def spread(self, shares: Floats) -> Floats:
        """Give every copy that stands for a population in expectations its share; shape (..., copies)."""
        if self.powers is None:
            return shares
        return np.repeat(shares, [power + 1 for power in self.powers], axis=-1)

    def full_shares(self, profile: Profile) -> Floats:
        """Shares of all populations, shape (n,), when the free ones play a pure profile."""
        shares = np.zeros(len(self.populations))
        for i, x in self.given.items():
            shares[i] = x
        shares[list(self.free)] = profile
        return shares

    def fix(self, shares: Mapping[int, float]) -> Problem:
        """Return the problem with the shares of further populations held fixed, by position."""
        given = dict(sorted({**self.given, **shares}.items()))
        goal = None if self.coordination is None else dict(zip(self.free, self.coordination, strict=True))
        free = tuple(i for i in self.free if i not in given)
        start = np.array([given.get(i, x) for i, x in enumerate(self.start)])
        start.flags.writeable = False
        return replace(
            self,
            given=given,
            free=free,
            **analysed(self.payoffs, self.depends, given),
            start=start,
            coordination=None if goal is None else tuple(goal[i] for i in free),
        )

    def payoffs_at(self, shares: Floats) -> Floats:
        """Expected payoffs of all populations at their shares; shape (..., n)."""
        return expected(self.payoffs, shares) if not self.depends else expected_payoffs(self.payoffs, shares)

    def advantages_at(self, shares: Floats) -> Floats:
        """Payoff of index 1 less that of index 0 of all populations at mixed shares; shape (..., n)."""
        if self.depends:
            return share_advantages(self.payoffs, tie_tolerance=0.0).at(shares)
        return advantage(payoff_advantages(self.payoffs), shares)

    def shares_of(self, asked: Mapping[str, float] | str) -> Floats:
        """Shares of all populations, shape (n,), at a state given as a profile, or as changes to the status quo.

        Raises
        ------
        InputError
            If there is no such share, or it is not in [0, 1].
        """
        if isinstance(asked, str):
            return np.array(read_profile(self.populations, asked), dtype=np.float64)
        for symbol, value in asked.items():
            if not 0.0 <= value <= 1.0:
                raise InputError("input.share_range", option="--at", symbol=symbol, value=value)
        shares = np.array(self.start)
        for i, x in _spread(asked, self.populations, self.parties, "--at", self.game).items():
            shares[i] = x
        return shares

    def name(self, shares: Floats) -> str:
        """Write the profile of all populations at their shares; ``~`` stands for one strictly between 0 and 1."""
        return profile_name(self.populations, shares)

    def read_profile(self, words: str) -> Profile:
        """Read a profile of all populations, or of all parties, as one of the free populations."""
        digits = read_profile(self.populations, words)
        return tuple(digits[i] for i in self.free)

    def positions(self, symbol: str, *, option: str, game: str) -> tuple[int, ...]:
        """Positions that the symbol of a share stands for: one population, or all of a party's.

        Raises
        ------
        InputError
            If there is no such share; ``option`` and ``game`` are for the message.
        """
        return _positions(self.populations, self.parties, symbol, option, game)


def case_problem(
    case: Case,
    values: Mapping[str, float] | None,
    given: Mapping[str, float] | None,
    start: Mapping[str, float] | None,
    *,
    mediation: bool = False,
    border: bool = False,
) -> Problem:
    """State the problem of a case with changed values, fixed shares and a changed status quo.

    ``mediation`` says that the caller takes a mediator into account; else one in force is refused. ``border`` says
    that a share may start at 0 or 1, because it can leave there.

    Raises
    ------
    PageError, InputError, SolverInputError
        Whatever is wrong with them, or what solving cannot take into account.
    """
    game = case.game
    settings = game.check_values({**case.values, **(values or {})})
    found = matches(game) if case.scenario is None else matches(game, case.scenario.segments, case.scenario.regions)
    each = settings_of_matches(found, settings)
    for own in each:
        refuse_unsolvable(case, own, mediation=mediation)
    check_effect(found, values or {})
    parties = party_names(game.parties)
    populations = split(parties, found, case.scenario)
    payoffs, accounts = payoffs_and_books(found, game, settings, each)
    in_force = {tool.id for own in each for tool in game.in_force(own)}
    return _problem(
        parties=parties,
        populations=populations,
        payoffs=payoffs,
        given=given or {},
        usual={**game.start, **case.start},
        start=start or {},
        border=border,
        game=game.id,
        coordination=None
        if game.coordination is None
        else tuple(int(game.coordination[population.party]) for population in populations),
        public=tuple(k for k, population in enumerate(populations) if game.parties[population.party].public),
        accounts=accounts,
        settings=settings,
        instruments=tuple(tool.id for tool in game.instruments if tool.id in in_force),
    )


def check_effect(found: Matches, values: Mapping[str, float]) -> None:
    """Refuse to set a parameter that the segments or regions of every match set otherwise.

    Raises
    ------
    InputError
        Since it would have no effect, and nobody would notice.
    """
    for symbol in values:
        own = found.values.get(symbol)
        if own is not None and not np.isnan(own).any():
            raise InputError("input.no_effect", symbol=symbol, value=f"{values[symbol]:g}")


def settings_of_matches(found: Matches, settings: Mapping[str, float]) -> list[dict[str, float]]:
    """Value of every parameter in each match, that is with what its region and segments set."""
    own = [
        {symbol: float(row[match]) for symbol, row in found.values.items() if not np.isnan(row[match])}
        for match in range(len(found.weights))
    ]
    return [{**settings, **changes} for changes in own]


def array_problem(
    payoffs: object, given: Mapping[str, float] | None, start: Mapping[str, float] | None, *, border: bool = False
) -> Problem:
    """State the problem of a payoff array; its shares are called x_1, x_2, ...

    Parameters
    ----------
    payoffs : shape (n, 2, ..., 2), or with axes b1, ..., bn of Bernstein coefficients where payoffs depend on shares
    """
    tensor = array_tensor(payoffs)
    n = len(tensor.degrees)
    parties = tuple(
        PartyNames(f"player_{i}", str(i), Text(f"player {i}", f"参与方 {i}"), f"x_{i}", ("0", "1"))
        for i in range(1, n + 1)
    )
    return _problem(
        parties=parties,
        populations=whole(parties),
        payoffs=tensor,
        given=given or {},
        usual={},
        start=start or {},
        border=border,
        game="array",
        coordination=None,
        public=(),
        accounts=None,
        settings={},
        instruments=(),
    )


def _problem(
    *,
    parties: tuple[PartyNames, ...],
    populations: tuple[Population, ...],
    payoffs: ShareTensor,
    given: Mapping[str, float],
    usual: Mapping[str, float],
    start: Mapping[str, float],
    border: bool,
    game: str,
    coordination: Profile | None,
    public: tuple[int, ...],
    accounts: Accounts | ShareAccounts | None,
    settings: dict[str, float],
    instruments: tuple[str, ...],
) -> Problem:
    begin = np.array(_start(usual, start, populations, parties, game, border=border))
    problem = Problem(
        game=game,
        parties=parties,
        populations=populations,
        payoffs=payoffs.payoffs,
        degrees=payoffs.degrees,
        given={},
        free=tuple(range(len(populations))),
        **analysed(payoffs.payoffs, payoffs.depends, {}),
        start=begin,
        coordination=coordination,
        public=public,
        accounts=accounts,
        settings=settings,
        instruments=instruments,
    )
    return problem.fix(_fixed(given, populations, parties, game))


def check_players(problem: Problem) -> None:
    """Refuse more free populations than the search for rest points can take.

    Raises
    ------
    InputError
        With the number of shares to fix.
    """
    if len(problem.free) > MOST_PLAYERS:
        raise InputError("input.parties", game=problem.game, parties=len(problem.free), most=MOST_PLAYERS)


def _positions(
    populations: Sequence[Population], parties: Sequence[PartyNames], symbol: str, option: str, game: str
) -> tuple[int, ...]:
    found = positions(populations, parties, symbol)
    if not found:
        shares = known_shares(populations, parties)
        known = ", ".join(shares)
        raise InputError(
            "input.share_symbol", near=(symbol, shares), option=option, symbol=symbol, game=game, known=known
        )
    return found


def _spread(
    values: Mapping[str, float],
    populations: Sequence[Population],
    parties: Sequence[PartyNames],
    option: str,
    game: str,
) -> dict[int, float]:
    """Shares by position; what is said of one population goes before what is said of its party."""
    found: dict[int, float] = {}
    own = {population.share for population in populations}
    for symbol, value in sorted(values.items(), key=lambda item: item[0] in own):
        found.update(dict.fromkeys(_positions(populations, parties, symbol, option, game), float(value)))
    return found


def _fixed(
    given: Mapping[str, float], populations: Sequence[Population], parties: Sequence[PartyNames], game: str
) -> dict[int, float]:
    """Fixed shares by position."""
    for symbol, value in given.items():
        if not 0.0 <= value <= 1.0:
            raise InputError("input.share_range", option="--given", symbol=symbol, value=value)
    fixed = _spread(given, populations, parties, "--given", game)
    if len(fixed) == len(populations):
        raise InputError("input.given_all")
    return dict(sorted(fixed.items()))


def _start(
    usual: Mapping[str, float],
    changes: Mapping[str, float],
    populations: Sequence[Population],
    parties: Sequence[PartyNames],
    game: str,
    *,
    border: bool,
) -> list[float]:
    for symbol, value in changes.items():
        _positions(populations, parties, symbol, "--start", game)
        if not 0.0 <= value <= 1.0:
            raise InputError("input.share_range", option="--start", symbol=symbol, value=value)
        if not (border or 0.0 < value < 1.0):
            raise InputError("input.start_inside", option="--start", symbol=symbol, value=value)
    joined = {
        **_spread(usual, populations, parties, "--start", game),
        **_spread(changes, populations, parties, "--start", game),
    }
    return [joined.get(i, MIDDLE) for i in range(len(populations))]
