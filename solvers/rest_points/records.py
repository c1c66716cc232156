"""From the numbers of the search to records: pure and mixed rest points."""

from __future__ import annotations

import numpy as np

from solvers.arrays import Booleans, Complexes, Floats, Integers, PayoffTensor
from solvers.expected import advantage_slopes, expected
from solvers.rest_points.description import FLAGS, NASH, STABILITY, TIES, UNKNOWN, VERIFIED
from solvers.rest_points.workspace import MIXING, Game, Tables, Workspace
from solvers.results import RestPoint
from solvers.stability import Stability, classify, spectrum, zero_level

CLASSES = tuple(Stability)
"""Classes by the numbers that the kernels use."""


def losses_of(game: Game, tables: Tables) -> Floats:
    """What each player loses by leaving each pure profile; shape (n, 2, ..., 2), exactly 0 at a tie."""
    players = game.scale.size
    at = np.indices((2,) * players)
    table = game.advantages[:, tables.order].reshape((players,) + (2,) * players)
    losses: Floats = np.where(at == 1, table, -table) + 0.0  # no negative zeros
    return losses


def pure_points(payoffs: PayoffTensor, tables: Tables, game: Game) -> list[RestPoint]:
    """Describe every pure profile, in C order."""
    players = game.scale.size
    profiles = np.indices((2,) * players).reshape(players, -1).T
    advantages = _read_only(game.advantages[:, tables.order].T + 0.0)
    sides = np.where(profiles == 1, 1.0, -1.0)
    losses = sides * advantages + 0.0
    given = sides * game.given[:, tables.order].T
    shares = _read_only(profiles.astype(np.float64))
    at_profile = _read_only(payoffs.reshape(players, -1).T.copy())
    eigenvalues = (0.0 - losses).astype(np.complex128)
    tied = losses == 0.0
    # A difference that is exactly zero is an exact tie; one that is merely tiny was called a tie, not proved one.
    only_near = (tied & (given != 0.0)).any(axis=1).tolist()
    up, down = (losses < 0.0).sum(axis=1).tolist(), (losses > 0.0).sum(axis=1).tolist()
    margins, regrets = losses.min(axis=1).tolist(), (np.maximum(0.0, -given.min(axis=1)) + 0.0).tolist()
    found = []
    for row, profile in enumerate(map(tuple, profiles.tolist())):
        ties = tuple(i for i, flag in enumerate(tied[row].tolist()) if flag) if up[row] + down[row] < players else ()
        strict, nash = down[row] == players, up[row] == 0
        found.append(
            RestPoint(
                shares=shares[row],
                mixing=(),
                pure=profile,
                advantages=advantages[row],
                payoffs=at_profile[row],
                eigenvalues=eigenvalues[row],
                stability=_pure_class(up[row], len(ties), players),
                is_nash=nash,
                is_strict_nash=strict,
                is_evolutionarily_stable=None if ties and nash and only_near[row] else strict,
                margin=margins[row],
                residual=0.0,
                regret=regrets[row],
                radius=0.0,
                verified=not only_near[row],
                ties=ties,
            )
        )
    return found


def _pure_class(up: int, flat: int, players: int) -> Stability:
    if up == 0:
        return Stability.SINK if flat == 0 else Stability.UNDECIDED
    if up == players:
        return Stability.SOURCE
    return Stability.UNSTABLE if flat else Stability.SADDLE


def mixed_points(payoffs: PayoffTensor, tables: Tables, memory: Workspace, rows: Integers) -> list[RestPoint]:
    """Make records of mixed points of the search, in its order."""
    if rows.size == 0:
        return []
    found = memory.findings
    players = payoffs.shape[0]
    shares = _read_only(found.points[rows, :, 0] + 0.0)
    gains = _read_only(found.numbers[rows, :players] + 0.0)
    at_point = _read_only(expected(payoffs, shares) + 0.0)
    residuals, regrets, radii = found.numbers[rows, players:].T.tolist()
    mixes = tables.digits[found.faces[rows]] == MIXING
    table = memory.game.advantages[:, tables.order].reshape(payoffs.shape)
    eigenvalues = _eigenvalues(table, shares, gains, mixes)
    records = []
    for at, row in enumerate(rows.tolist()):
        code = found.codes[row].tolist()
        mixing = tuple(np.flatnonzero(mixes[at]).tolist())
        if code[STABILITY] == UNKNOWN:
            stability = _class_by_eigenvalues(memory.game, table, found.points[row], mixing)
        else:
            stability = CLASSES[code[STABILITY]]
        records.append(
            RestPoint(
                shares=shares[at],
                mixing=mixing,
                pure=None,
                advantages=gains[at],
                payoffs=at_point[at],
                eigenvalues=eigenvalues[at],
                stability=stability,
                is_nash=bool(code[FLAGS] & NASH),
                is_strict_nash=False,
                is_evolutionarily_stable=False,
                margin=None,
                residual=residuals[at],
                regret=regrets[at],
                radius=radii[at],
                verified=bool(code[FLAGS] & VERIFIED),
                ties=tuple(i for i in range(players) if code[TIES] >> i & 1),
            )
        )
    return records


def _eigenvalues(table: Floats, shares: Floats, gains: Floats, mixes: Booleans) -> Complexes:
    """Eigenvalues of all points, as ``stability.spectrum`` gives those of one."""
    slopes = advantage_slopes(table, shares)
    through_others = (shares * (1.0 - shares))[:, :, None] * slopes
    result = ((1.0 - 2.0 * shares) * gains).astype(np.complex128)
    jacobians = through_others + result.real[:, :, None] * np.eye(shares.shape[1])
    sizes = mixes.sum(axis=1)
    for size in np.unique(sizes).tolist():
        rows = np.flatnonzero(sizes == size)
        places = np.nonzero(mixes[rows])[1].reshape(rows.size, size)
        at = rows[:, None]
        blocks = jacobians[rows[:, None, None], places[:, :, None], places[:, None, :]]
        values = np.linalg.eigvals(blocks).astype(np.complex128)
        # By real part, then by imaginary part, both falling.
        order = np.lexsort((-values.imag, -values.real), axis=-1)
        result[at, places] = np.take_along_axis(values, order, axis=-1)
    result.flags.writeable = False
    return result


def _class_by_eigenvalues(game: Game, table: Floats, point: Floats, mixing: tuple[int, ...]) -> Stability:
    """Class of a mixed point, judged in units in which every player's largest advantage is 1.

    Rescaling a player's payoffs only changes its speed. Where two or more populations mix, their block has trace
    zero at any speeds, so the class does not depend on them; in common units no eigenvalue drowns in another.
    """
    shares, radius = point[:, 0], point[:, 1]
    scale = np.where(game.scale > 0.0, game.scale, 1.0)
    common = table / scale.reshape((-1,) + (1,) * shares.size)
    level = game.tolerance / scale + 2.0 * np.abs(advantage_slopes(common, shares)) @ radius
    zero = np.where(np.isin(np.arange(shares.size), mixing), zero_level(common, shares, mixing), level)
    return classify(spectrum(common, shares, mixing), zero)


def _read_only(array: Floats) -> Floats:
    array.flags.writeable = False
    return array
