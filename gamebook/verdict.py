"""Does coordination emerge? Three strengths, the basin share beside them, and who stands in the way.

*Stable*: coordination is a strict Nash equilibrium. *Likely*: the share of all starts that end there. *Certain*: it
is the only sink component of the response graph, which is proved or refuted and never sampled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from payoffs.accounts import Accounts
from payoffs.ledger import Entry
from payoffs.share_accounts import ShareAccounts
from solvers.arrays import Floats
from solvers.attractors import Profile
from solvers.basins import Basins, BasinShare
from solvers.dynamics.fate import Fate, Fates
from solvers.pure import PureProfiles

LIKELY = 0.9
"""Coordination is called likely if the lower limit of its basin share is at least this."""


@dataclass(frozen=True, slots=True, eq=False)
class Coordination:
    """The verdict on the coordination profile.

    Attributes
    ----------
    profile : indices of all parties, as a string
    stable : strict Nash equilibrium; None if a tie within rounding leaves it open
    basin : share of starts that end there with a 95 % interval; None if a tie leaves it open
    likely : whether the lower limit of the share is at least ``LIKELY``; None if open
    certain : only sink component, or where payoffs depend on shares, proved by dominance; None if that is open
    survives_exit : with the public parties at index 0 every other party still gains by cooperating; None if there is
        no public party that is free
    reached : whether the path from the status quo ends there: proved if it settled somewhere, not proved if it goes
        round; None if it is at rest elsewhere or undecided
    margin : smallest loss from deviating, in payoff units
    weakest : position of the party with that loss
    """

    profile: str
    stable: bool | None
    basin: BasinShare | None
    likely: bool | None
    certain: bool | None
    survives_exit: bool | None
    reached: bool | None
    margin: float
    weakest: int


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The verdict on one population where parties are split: whether it does its part.

    Attributes
    ----------
    population : its position
    loss : from leaving when all coordinate, in payoff units; negative: what it gains
    stable : it loses by leaving when all coordinate; None if it is indifferent
    basin : starts from which it ends up coordinating, with an interval that is at most too wide
    certain : it coordinates in every sink component; None if ties, or payoffs that depend on shares, leave it open
    reached : it coordinates where the path from the status quo ends; None if that settles nowhere
    survives_exit : it would still gain by coordinating if the public parties stopped; None for these
    """

    population: int
    loss: float
    stable: bool | None
    basin: BasinShare
    certain: bool | None
    reached: bool | None
    survives_exit: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class Blocker:
    """A party that would not cooperate, and the ledger entries behind its payoff advantage.

    Attributes
    ----------
    party : position of the party
    profile : where it stands, all parties; its own digit is the one it plays there
    gain : what it would gain by turning to its coordination strategy; not positive
    leaves : True if it would leave coordination itself, False if it stays away in another stable state
    terms : entry and contribution to ``gain``, largest first; empty for games without a ledger
    """

    party: int
    profile: str
    gain: float
    leaves: bool
    terms: tuple[tuple[Entry, float], ...]


def verdict(
    *,
    profile: Profile,
    full_profile: str,
    pure: PureProfiles,
    basins: Basins,
    path: Fates | None,
    exit_losses: Mapping[int, float],
    free: tuple[int, ...],
    certain: bool | None,
) -> Coordination:
    """Judge the coordination profile of the (conditional) game.

    Parameters
    ----------
    profile, full_profile : coordination among the free parties, and with the fixed ones as a string
    pure : classification of the pure profiles of the free parties
    basins : sampled basins of the same game
    path : what became of the path from the status quo; None if it cannot move
    exit_losses : what private populations lose by leaving coordination once the public ones have left; empty if none
        of these is free
    free : positions of the free parties among all
    certain : whether every attractor is this profile: proved, refuted, or open
    """
    losses = np.array([cells[profile] for cells in pure.losses])
    nash, strict = bool((losses >= 0.0).all()), bool((losses > 0.0).all())
    share: BasinShare | None = basins.outcomes.get(profile)
    if share is None and not nash:
        # The limit of an interior replicator path is a Nash equilibrium, so no start leads here: proved, not sampled.
        share = BasinShare(0.0, 0.0, 0.0)
    weakest = int(np.argmin(losses))
    return Coordination(
        profile=full_profile,
        stable=None if nash and not strict else strict,
        basin=share,
        likely=None if share is None else share.low >= LIKELY,
        certain=certain,
        survives_exit=all(loss > 0.0 for loss in exit_losses.values()) if exit_losses else None,
        reached=_reached(profile, path, nash=nash),
        margin=float(losses[weakest]),
        weakest=free[weakest],
    )


def parts(
    *,
    profile: Profile,
    pure: PureProfiles,
    sinks: tuple[tuple[Profile, ...], ...],
    basins: Basins,
    path: Fates | None,
    exit_losses: Mapping[int, float],
    free: tuple[int, ...],
    proves: bool = True,
) -> tuple[Part, ...]:
    """Judge every free population of the (conditional) game by itself.

    Parameters
    ----------
    profile : coordination among the free populations
    sinks : sink components of the response graph
    exit_losses : what private populations lose by leaving coordination once the public ones have left, by position
    proves : whether the sinks are all there are; not where payoffs depend on shares, where only a sink in which the
        population does not coordinate settles it
    """
    end = path.target[0] if path is not None and path.fate[0] is Fate.SETTLED else None
    tied = bool((pure.advantages == 0.0).any())
    found = []
    for own, player in enumerate(free):
        loss = float(pure.losses[(own, *profile)])
        always = all(state[own] == profile[own] for sink in sinks for state in sink)
        after = exit_losses.get(own)
        found.append(
            Part(
                population=player,
                loss=loss,
                stable=None if loss == 0.0 else loss > 0.0,
                basin=joint_share(basins, lambda state, own=own: state[own] == profile[own]),  # type: ignore[misc]
                certain=_part_certain(always, tied=tied, proves=proves),
                reached=None if end is None else end[own] == profile[own],
                survives_exit=None if after is None else after > 0.0,
            )
        )
    return tuple(found)


def _part_certain(always: bool, *, tied: bool, proves: bool) -> bool | None:
    """Whether a population coordinates for certain, if it does in all sinks that are known."""
    if proves:
        return always or (None if tied else False)
    return None if always else False


def joint_share(basins: Basins, wanted: Callable[[Profile], bool]) -> BasinShare:
    """Share of starts with an outcome of some kind, by adding up outcomes: the interval holds if all of theirs do."""
    inside = [share for state, share in basins.outcomes.items() if wanted(state)]
    outside = [share for state, share in basins.outcomes.items() if not wanted(state)] + [basins.unsettled]
    share = min(sum(item.share for item in inside), 1.0)
    low = max(sum(item.low for item in inside), 1.0 - sum(item.high for item in outside))
    most = sum(item.high for item in inside) if inside else basins.unsettled.high
    high = min(most, 1.0 - sum(item.low for item in outside))
    return BasinShare(share, min(max(low, 0.0), share), max(min(high, 1.0), share))


def _reached(profile: Profile, path: Fates | None, *, nash: bool) -> bool | None:
    """Whether the path ends at the profile; open only where nothing tells and the profile could attract it."""
    fate = None if path is None else path.fate[0]
    if path is not None and fate is Fate.SETTLED:
        return path.target[0] == profile
    if fate in (Fate.CYCLING, Fate.HETEROCLINIC) or not nash:
        return False
    return None


def blockers(
    *,
    coordination: Profile,
    sinks: tuple[tuple[Profile, ...], ...],
    losses: Floats,
    free: tuple[int, ...],
    full_shares: Callable[[Profile], Floats],
    name: Callable[[Floats], str],
    accounts: Accounts | ShareAccounts | None,
) -> tuple[Blocker, ...]:
    """List the parties that leave coordination, or stay away from it in another sink, worst first within each.

    Parameters
    ----------
    coordination, sinks, losses : of the game of the free parties
    free : positions of the free parties
    full_shares, name : shares of all populations from a profile of the free ones, and how they are written
    accounts : of the whole game, if it has any
    """
    found: list[Blocker] = []
    states: list[tuple[Profile, bool]] = []
    if any(cells[coordination] <= 0.0 for cells in losses):
        states.append((coordination, True))
    states += [(sink[0], False) for sink in sinks if len(sink) == 1 and sink[0] != coordination]
    for state, leaves in states:
        here = []
        for own, player in enumerate(free):
            stays_away = state[own] != coordination[own]
            loss = float(losses[(own, *state)])
            # At coordination a party gains -loss by leaving; in another sink it loses `loss` by turning.
            if (leaves and loss <= 0.0) or (not leaves and stays_away):
                here.append((loss if leaves else -loss, player))
        for gain, player in sorted(here):
            shares = full_shares(state)
            terms: tuple[tuple[Entry, float], ...] = ()
            if accounts is not None:
                towards = 1.0 if coordination[free.index(player)] == 1 else -1.0
                terms = tuple((entry, towards * x) for entry, x in accounts.advantage_terms(player, shares))
            found.append(Blocker(party=player, profile=name(shares), gain=gain, leaves=leaves, terms=terms))
    return tuple(found)
