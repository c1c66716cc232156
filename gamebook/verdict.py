"""Does coordination emerge? Three strengths, the basin share beside them, and who stands in the way.

*Stable*: coordination is a strict Nash equilibrium. *Likely*: the share of all starts that end there. *Certain*: it
is the only sink component of the response graph, which is proved or refuted and never sampled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from payoffs.accounts import Accounts
from payoffs.ledger import Entry
from solvers.arrays import Floats
from solvers.attractors import Profile, is_only_sink
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
    certain : only sink component; None if ties leave it open
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
    exit_losses: Floats | None,
    free: tuple[int, ...],
) -> Coordination:
    """Judge the coordination profile of the (conditional) game.

    Parameters
    ----------
    profile, full_profile : coordination among the free parties, and with the fixed ones as a string
    pure : classification of the pure profiles of the free parties
    basins : sampled basins of the same game
    path : what became of the path from the status quo; None if it cannot move
    exit_losses : what each private party loses by leaving coordination once the public ones have left; None if open
    free : positions of the free parties among all
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
        certain=is_only_sink(pure.losses, profile),
        survives_exit=None if exit_losses is None else bool((exit_losses > 0.0).all()),
        reached=_reached(profile, path, nash=nash),
        margin=float(losses[weakest]),
        weakest=free[weakest],
    )


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
    accounts: Accounts | None,
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
