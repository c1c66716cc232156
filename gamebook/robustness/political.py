"""How much of a public party's wish to coordinate rests on being judged, not on what coordination is worth."""

from __future__ import annotations

from dataclasses import dataclass

from gamebook.problem import Problem
from payoffs.ledger import Entry


@dataclass(frozen=True, slots=True, eq=False)
class Political:
    """What a public population gains by cooperating at coordination, split by what counts as welfare.

    Attributes
    ----------
    population : its position
    gain : what it loses by leaving coordination, in payoff units
    terms : entries that welfare leaves out, such as rewards and blame by a higher level, with what they add
    """

    population: int
    gain: float
    terms: tuple[tuple[Entry, float], ...]

    @property
    def total(self) -> float:
        """What the political terms add up to."""
        return sum(amount for _, amount in self.terms)

    @property
    def without(self) -> float:
        """What it would gain without them."""
        return self.gain - self.total

    @property
    def needed(self) -> float | None:
        """Part of the political terms below which it would leave; None if they do not hold it there."""
        return -self.without / self.total if self.total > 0.0 > self.without and self.gain > 0.0 else None


def political(problem: Problem) -> tuple[Political, ...]:
    """Split what every free public population gains; empty without a ledger or a coordination profile."""
    if problem.accounts is None or problem.coordination is None:
        return ()
    shares = problem.full_shares(problem.coordination)
    found = []
    for own, population in enumerate(problem.free):
        if population not in problem.public:
            continue
        towards = 1.0 if problem.coordination[own] == 1 else -1.0
        terms = [(e, towards * x) for e, x in problem.accounts.advantage_terms(population, shares)]
        outside = tuple((entry, amount) for entry, amount in terms if not entry.welfare)
        if outside:
            loss = float(problem.pure.losses[(own, *problem.coordination)])
            found.append(Political(population, loss, outside))
    return tuple(found)
