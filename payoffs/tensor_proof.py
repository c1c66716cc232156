"""What can be proved about a game's payoffs before any point is seen, and how they are therefore computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from payoffs.compiled_formulas import Program
from payoffs.enclosures import Enclosure, enclosures
from payoffs.errors import Fault
from payoffs.game import Game
from payoffs.game_graph import Condition, GameGraph, game_graph
from payoffs.parties import profile_name, profiles
from payoffs.polynomial_tensor import PolynomialTensor
from payoffs.polynomials import Limits, NoPolynomial, Polynomial, polynomials

# With more monomials in all, the matrix product takes longer than the expressions do (measured on the built-in game).
MOST_MONOMIALS = 64
MOST_PROVED = 1024  # monomials of one payoff: exact arithmetic on more takes seconds
ACCURACY = 1e-12  # of polynomial payoffs, relative to the party's largest payoff among the samples
SAMPLES = 64


@dataclass(frozen=True, slots=True, eq=False)
class Checks:
    """What is left to check at every point: each wanted node of `program` is finite and in its range."""

    program: Program
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """What is known before any point is seen.

    Attributes
    ----------
    payoffs : how many there are: players, and figures that were asked for, times profiles
    polynomials : of every payoff; None if one is not proved to be a polynomial
    matrix : the polynomials ready for evaluation; None if expressions are used
    reason : why expressions are used; None if they are not
    expressions : program whose wanted nodes are the payoffs, then the nodes of `checks`
    checks : what remains to be checked at every point
    ranges_proved, ranges_checked : derived quantities whose range holds everywhere within the bounds, and the others
    finite_checked : what else has to be finite and is not proved to be: derived quantities, entries, cells
    payoffs_finite : whether all payoffs are proved to be finite
    """

    payoffs: int
    polynomials: tuple[Polynomial, ...] | None
    matrix: PolynomialTensor | None
    reason: Fault | None
    expressions: Program
    checks: Checks
    ranges_proved: tuple[str, ...]
    ranges_checked: tuple[str, ...]
    finite_checked: tuple[str, ...]
    payoffs_finite: bool


def prove(game: Game, varied: Sequence[str], fixed: Mapping[str, float], figures: Sequence[str] = ()) -> Proof:
    """Return what is known about a game's payoffs, and figures after them, if some parameters vary in their bounds."""
    bounds = {symbol: (game.parameters[symbol].low, game.parameters[symbol].high) for symbol in varied}
    written = game_graph(game, varied, fixed, figures)
    graph, known = written.graph, enclosures(written.graph, bounds)
    open_conditions = [condition for condition in written.conditions if not _holds(condition, known)]
    checks = _checks(written, known, varied, open_conditions)
    expressions = Program(graph, known, varied, [*written.payoffs, *_open_nodes(open_conditions, known)])
    found = _polynomials(game, written, known, varied, figures)
    ends = np.array([bounds[symbol] for symbol in varied]).T
    finite = all(known[node].finite for node in written.payoffs)
    matrix: PolynomialTensor | Fault = (
        found if isinstance(found, Fault) else _matrix(game.n + len(figures), found, expressions, ends, finite)
    )
    proved_conditions = [condition for condition in written.conditions if condition not in open_conditions]
    return Proof(
        payoffs=len(written.payoffs),
        polynomials=None if isinstance(found, Fault) else found,
        matrix=None if isinstance(matrix, Fault) else matrix,
        reason=matrix if isinstance(matrix, Fault) else None,
        expressions=expressions,
        checks=checks,
        ranges_proved=tuple(condition.name for condition in proved_conditions if condition.ranged),
        ranges_checked=tuple(condition.name for condition in open_conditions if condition.ranged),
        finite_checked=tuple(condition.name for condition in open_conditions if not condition.ranged),
        payoffs_finite=finite,
    )


def _node_holds(condition: Condition, enclosure: Enclosure) -> bool:
    return enclosure.finite and enclosure.low >= condition.low and enclosure.high <= condition.high


def _holds(condition: Condition, known: Sequence[Enclosure]) -> bool:
    return all(_node_holds(condition, known[node]) for node in condition.nodes)


def _open_nodes(conditions: Sequence[Condition], known: Sequence[Enclosure]) -> list[int]:
    return [node for each in conditions for node in each.nodes if not _node_holds(each, known[node])]


def _checks(
    written: GameGraph, known: Sequence[Enclosure], varied: Sequence[str], conditions: Sequence[Condition]
) -> Checks:
    pairs = [(each, node) for each in conditions for node in _open_nodes([each], known)]
    program = Program(written.graph, known, varied, [node for _, node in pairs])
    return Checks(program, tuple(each.low for each, _ in pairs), tuple(each.high for each, _ in pairs))


def _polynomials(
    game: Game, written: GameGraph, known: Sequence[Enclosure], varied: Sequence[str], figures: Sequence[str]
) -> tuple[Polynomial, ...] | Fault:
    found = polynomials(written.graph, known, varied, written.payoffs, Limits(MOST_PROVED))
    accounts = [*(party.id for party in game.parties), *figures]
    cells = [(account, profile) for account in accounts for profile in profiles(game.shape)]
    proved = []
    for (party, profile), node in zip(cells, written.payoffs, strict=True):
        polynomial = found[node]
        if isinstance(polynomial, NoPolynomial):
            place = {"party": party, "profile": profile_name(profile, game.shape)}
            return Fault(polynomial.code, {**place, **polynomial.fields})
        proved.append(polynomial)
    return tuple(proved)


def _matrix(
    accounts: int, found: tuple[Polynomial, ...], expressions: Program, ends: NDArray[np.float64], finite: bool
) -> PolynomialTensor | Fault:
    """Return the polynomials ready for evaluation, or why they would not be accurate."""
    if not (finite and np.isfinite(ends).all()):
        return Fault("plan.unbounded")
    matrix = PolynomialTensor(found, ends.shape[1], _at_zero(expressions, len(found), ends))
    if len(matrix.exponents) > MOST_MONOMIALS:
        return Fault("plan.monomials_in_all", {"count": len(matrix.exponents), "most": MOST_MONOMIALS})
    samples = _samples(ends)
    reference = _run(expressions, samples)[: len(found)]
    by_account = np.abs(reference).reshape(accounts, -1)
    scale = np.repeat(by_account.max(axis=1), len(found) // accounts)
    bound = matrix.error_bound(np.abs(ends).max(axis=0)[:, np.newaxis])[0]
    computed = np.empty((samples.shape[1], len(found)))
    matrix.fill(samples, computed, matrix.memory(samples.shape[1]))
    difference = np.abs(computed.T - reference).max(axis=1)
    if np.all(bound <= ACCURACY * scale) and np.all(difference <= 2 * ACCURACY * scale):
        return matrix
    return Fault("plan.rounding", {"most": ACCURACY})


def _at_zero(expressions: Program, payoffs: int, ends: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the payoffs where all parameters that vary are zero, if that is within the bounds."""
    zero = np.zeros((ends.shape[1], 1))
    if np.any(ends[0] > 0) or np.any(ends[1] < 0):
        return None
    return _run(expressions, zero)[:payoffs, 0] + 0.0  # no -0.0


def _run(program: Program, points: NDArray[np.float64]) -> NDArray[np.float64]:
    values = program.run(points, program.memory(points.shape[1]))
    return np.stack([np.broadcast_to(value, points.shape[1:]) for value in values])


def violated(checks: Checks, points: NDArray[np.float64], memory: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return at which points something is out of range or not finite, the points being within the bounds."""
    return outside(checks, checks.program.run(points, memory), points.shape[1])


def outside(checks: Checks, values: Sequence[NDArray[np.float64]], count: int) -> NDArray[np.bool_]:
    """Return at which points one of the values to check is out of range, or NaN: a program's sign for not finite."""
    bad = np.zeros(count, dtype=np.bool_)
    with np.errstate(invalid="ignore"):
        for value, low, high in zip(values, checks.low, checks.high, strict=True):
            bad |= ~((value >= low) & (value <= high))
    return bad


def _samples(ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points within the bounds, the same every time: half of them corners."""
    rng = np.random.default_rng(0)
    places = rng.random((ends.shape[1], SAMPLES))
    places[:, : SAMPLES // 2] = np.round(places[:, : SAMPLES // 2])
    samples: NDArray[np.float64] = ends[0][:, np.newaxis] + places * (ends[1] - ends[0])[:, np.newaxis]
    return samples
