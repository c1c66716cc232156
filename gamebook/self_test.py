"""A game and a scenario whose answers are known beforehand, solved and compared: the heart of ``doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gamebook.checkup import Finding, Verdict, both

if TYPE_CHECKING:
    from gamebook.solution import Solution

# Three parties; the safe strategy 0 pays 1, going alone pays 2, going in company nothing. The k parties that mix keep
# to the safe strategy with probability 2**(-1/(k-1)): McLennan and Tourky's anti-coordination game.
ALONE = 2.0
MIXED = 1.0 - 2.0**-0.5
KNOWN: tuple[tuple[float, ...], ...] = (
    (0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0),
    (0.5, 0.5, 0.0), (0.5, 0.0, 0.5), (0.0, 0.5, 0.5), (MIXED, MIXED, MIXED),
)  # fmt: skip
CLOSE = 1e-12  # on shares; what is proved is proved to about 1e-15

# The model's account of the scenario `package`, computed independently; each to the digits given there.
FACTS: dict[str, object] = {
    "stable": "1111",
    "sinks": "1111",
    "end": "1111",
    "share": 1.0,
    "margin": 2.821,
    "outlay": 9.025,
    "revenue": 1.6,
    "burden": 1.76,
    "policy_cost": 6.981,
    "matched": 0.6167,
}
DIGITS = {"matched": 4, "share": 2}  # decimals that count; 3 for the others


def known_game() -> Finding:
    """Solve the game of `KNOWN` and compare its equilibria."""
    import numpy as np

    from gamebook.analysis import solve_two_strategies

    payoffs = np.ones((3, 2, 2, 2))
    for profile in np.ndindex(2, 2, 2):
        for player in (i for i in range(3) if profile[i] == 1):
            payoffs[(player, *profile)] = ALONE if sum(profile) == 1 else 0.0
    solution = solve_two_strategies(payoffs)
    found = np.array([point.shares for point in solution.nash]).reshape(-1, 3)
    if len(found) != len(KNOWN) or not solution.all_verified:
        return _wrong("known_game", "nash", len(KNOWN), len(found))
    distances = np.abs(np.array(KNOWN)[:, None] - found[None]).max(axis=-1)
    error = float(distances.min(axis=1).max())
    if not error <= CLOSE:
        return _wrong("known_game", "error", f"<= {CLOSE:g}", f"{error:g}")
    said = both("doctor.known", count=len(KNOWN), error="0" if error == 0.0 else f"{error:.0e}")
    return Finding("self_test", "known_game", Verdict.OK, said, data={"equilibria": len(found), "error": error})


def package() -> Finding:
    """Solve the scenario ``package`` and compare it with `FACTS`."""
    from gamebook.analysis import solve_two_strategies
    from gamebook.book import Book

    found = facts_of(solve_two_strategies(Book.open().case("training-investment/package")))
    for name, expected in FACTS.items():
        value = found[name]
        same = value == expected
        if isinstance(expected, float) and isinstance(value, float):
            same = abs(value - expected) <= 0.5000001 * 10.0 ** -DIGITS.get(name, 3)
        if not same:
            return _wrong("package", name, expected, value)
    said = both("doctor.facts", count=len(FACTS))
    return Finding("self_test", "package", Verdict.OK, said, data={"facts": len(FACTS)})


def facts_of(solution: Solution) -> dict[str, object]:
    """Return of a solution what `FACTS` states; None where there is no such thing."""
    judged = solution.coordination
    goal = next((state for state in solution.states if state.profile == "1111"), None)
    money = None if goal is None else goal.money
    return {
        "stable": " ".join(solution.full_name(point.pure or ()) for point in solution.ess),
        "sinks": " ".join(profile for sink in solution.sink_components for profile in sink),
        "end": None if solution.end is None else solution.full_name(solution.end),
        "share": None if judged is None or judged.basin is None else judged.basin.share,
        "margin": None if judged is None else judged.margin,
        "outlay": None if money is None else float(money.outlay),
        "revenue": None if money is None else float(money.revenue),
        "burden": None if money is None else float(money.burden),
        "policy_cost": solution.policy_cost,
        "matched": None if goal is None else goal.measures.get("matched"),
    }


def _wrong(part: str, name: str, expected: object, found: object) -> Finding:
    said = both("doctor.wrong", name=f"{part}.{name}", expected=expected, found=found)
    data = {"name": name, "expected": expected, "found": found}
    return Finding("self_test", part, Verdict.PROBLEM, said, both("doctor.wrong.advice"), data)
