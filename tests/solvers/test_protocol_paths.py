"""Paths under every protocol against SciPy, against closed forms, and at the ends of what numbers can hold."""

from pathlib import Path

import numpy as np
import pytest

from payoffs.game import load_game
from solvers.dynamics.population_game import population_game
from solvers.dynamics.protocol_paths import PathStatus, protocol_paths
from solvers.dynamics.protocols import protocol, protocol_names
from solvers.dynamics.velocity import payoff_shift, strategy_payoffs
from solvers.errors import SolverInputError
from tests.oracles.revision_protocols import PARAMETERS, bernstein_payoffs_at, payoffs_at, scipy_path

PENNIES = [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]
ROCK = np.array([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]])


def protocol_of(name):
    return protocol(name, **PARAMETERS.get(name, {}))


def flat(paths):
    return np.concatenate(paths.profiles, axis=-1)


@pytest.mark.parametrize("name", protocol_names())
@pytest.mark.parametrize(("seed", "sizes"), [(0, (2, 2, 2)), (1, (3, 4)), (2, (2, 3, 2)), (4, "share-dependent")])
def test_paths_agree_with_scipy(name, seed, sizes):
    rng = np.random.default_rng(seed)
    at = payoffs_at
    if sizes == "share-dependent":
        sizes, at = (2, 2), bernstein_payoffs_at
        payoffs = rng.normal(size=(2, 2, 2, 3, 2))
    else:
        payoffs = rng.normal(size=(len(sizes), *sizes))
    speeds = rng.uniform(0.5, 2.0, len(sizes))
    game, chosen, times = population_game(payoffs, speeds), protocol_of(name), np.array([0.0, 0.7, 2.0])
    starts = [rng.dirichlet(np.ones(m), size=2) for m in sizes]
    found = protocol_paths(game, starts, times, chosen)
    rough = {"rtol": 1e-8, "atol": 1e-10} if name in ("best-response", "projection") else {}
    for path in range(2):
        assert found.status[path] is PathStatus.FOLLOWED
        if name == "best-response" and game.share_dependent:  # slides: SciPy gets choices that turn within 1e-6
            wanted = scipy_path(payoffs, [x[path] for x in starts], times, "logit", speeds=speeds, at=at,
                                shifts=payoff_shift(game), parameter=1e-6, method="Radau", rtol=1e-8)  # fmt: skip
            np.testing.assert_allclose(flat(found)[path], wanted, atol=2e-5)
            continue
        wanted = scipy_path(payoffs, [x[path] for x in starts], times, name, speeds=speeds, shifts=payoff_shift(game),
                            parameter=chosen.parameter, at=at, **rough)  # fmt: skip
        np.testing.assert_allclose(flat(found)[path], wanted, atol=1e-6)


def payoffs_by_contraction(payoffs, profile):
    """Expected payoffs as in the oracle, for four populations and fast enough for it."""
    subscripts = ("abcd,b,c,d->a", "abcd,a,c,d->b", "abcd,a,b,d->c", "abcd,a,b,c->d")
    return [
        np.einsum(subscripts[i], payoffs[i], *(profile[j] for j in range(4) if j != i)).tolist() for i in range(4)
    ]


@pytest.mark.parametrize("name", protocol_names())
def test_paths_of_the_shipped_four_party_game_agree_with_scipy(name):
    folder = Path(__file__).parents[2] / "gamebook" / "games" / "training-investment"
    shipped = load_game(folder / "game.toml", sorted((folder / "instruments").glob("*.toml")))
    payoffs = np.asarray(shipped.tensor(O_t=1.0), dtype=np.float64)
    noisy = {"logit": {"noise": 1.0}, "mutation": {"mutation": 0.05}}
    speeds, chosen = np.array([0.5, 1.0, 1.5, 1.0]), protocol(name, **noisy.get(name, {}))
    game, times = population_game(payoffs, speeds), np.array([0.1, 0.4, 1.0])
    starts = np.random.default_rng(2).uniform(0.1, 0.9, size=(2, 4))
    found = protocol_paths(game, starts, times, chosen)
    rough = {"rtol": 1e-8, "atol": 1e-10} if name in ("best-response", "projection") else {}
    for path in range(2):
        assert found.status[path] is PathStatus.FOLLOWED
        start = [np.array([1.0 - x, x]) for x in starts[path]]
        wanted = scipy_path(payoffs, start, times, name, speeds=speeds, shifts=payoff_shift(game),
                            parameter=chosen.parameter, at=payoffs_by_contraction, **rough)  # fmt: skip
        np.testing.assert_allclose(flat(found)[path], wanted, atol=1e-6)


def test_a_constant_lead_grows_logistically():
    game, times = population_game([[0.0, 0.25]]), np.linspace(0.0, 40.0, 5)
    x = protocol_paths(game, [[0.01]], times, protocol()).shares[0, :, 0]
    odds = 0.01 / 0.99 * np.exp(0.25 * times)
    np.testing.assert_allclose(x, odds / (1.0 + odds), atol=1e-9)


@pytest.mark.parametrize(
    ("name", "x"),
    [
        ("smith", lambda t: 1.0 - 0.9 * np.exp(-0.25 * t)),
        ("bnn", lambda t: 1.0 - 1.0 / (1.0 / 0.9 + 0.25 * t)),
        ("projection", lambda t: np.minimum(1.0, 0.1 + 0.125 * t)),
        ("best-response", lambda t: 1.0 - 0.9 * np.exp(-t)),
    ],
)
def test_a_constant_lead_has_the_closed_form_of_its_protocol(name, x):
    times = np.linspace(0.0, 20.0, 9)
    found = protocol_paths(population_game([[0.0, 0.25]]), [[0.1]], times, protocol(name)).shares[0, :, 0]
    np.testing.assert_allclose(found, x(times), atol=1e-8)


def test_mutation_without_payoffs_mixes_at_its_rate():
    times = np.array([0.0, 1.0, 5.0])
    for start in (0.0, 0.2, 1.0):
        found = protocol_paths(population_game([[0.0, 0.0]]), [[start]], times, protocol("mutation", mutation=0.3))
        np.testing.assert_allclose(found.shares[0, :, 0], 0.5 + (start - 0.5) * np.exp(-0.3 * times), atol=1e-9)


def test_the_replicator_conserves_its_constant_of_motion_in_rock_scissors_paper():
    # In the zero-sum game of two populations the product of all shares is constant (Hofbauer and Sigmund 1998).
    game = population_game([ROCK, -ROCK])
    starts = [np.array([[0.5, 0.3, 0.2]]), np.array([[0.1, 0.6, 0.3]])]
    paths = flat(protocol_paths(game, starts, np.array([0.0, 50.0, 200.0]), protocol(), tolerance=1e-11))[0]
    np.testing.assert_allclose(paths.prod(axis=-1), paths[0].prod(), rtol=1e-6)


def test_the_adjusted_replicator_approaches_the_centre_that_the_replicator_circles():
    game = population_game(PENNIES)
    times = np.array([0.0, 300.0])
    distance = {}
    for name in ("replicator", "maynard-smith", "smith", "bnn", "logit"):
        x = protocol_paths(game, [[0.8, 0.5]], times, protocol_of(name)).shares[0]
        distance[name] = np.abs(x - 0.5).max(axis=-1)
    assert distance["replicator"][1] > 0.2
    for name in ("maynard-smith", "smith", "bnn", "logit"):
        assert distance[name][1] < 0.5 * distance[name][0]


def test_best_response_loses_regret_at_the_rate_one_in_zero_sum_games():
    # The sum of the populations' gains from best replies is exp(-t) times its start (Hofbauer and Sandholm 2009).
    for payoffs, starts in (
        (PENNIES, [[0.9, 0.3]]),
        ([ROCK, -ROCK], [np.array([[0.5, 0.3, 0.2]]), np.array([[0.1, 0.6, 0.3]])]),
    ):
        game = population_game(payoffs)
        times = np.linspace(0.0, 5.0, 11)
        paths = protocol_paths(game, starts, times, protocol("best-response"))
        assert paths.status == (PathStatus.FOLLOWED,)
        pairs = zip(paths.profiles, strategy_payoffs(game, paths.profiles), strict=True)
        regret = sum((pi.max(axis=-1) - (x * pi).sum(axis=-1))[0] for x, pi in pairs)
        np.testing.assert_allclose(regret, regret[0] * np.exp(-times), rtol=1e-7)


def test_best_response_goes_straight_to_its_reply_at_each_population_s_own_speed():
    game = population_game([[[0.0, 0.0], [1.0, 1.0]], [[1.0, 0.0], [1.0, 0.0]]], [2.0, 0.5])
    x = protocol_paths(game, [[0.2, 0.9]], np.array([0.0, 1.5]), protocol("best-response")).shares[0, 1]
    np.testing.assert_allclose(x, [1.0 - 0.8 * np.exp(-3.0), 0.9 * np.exp(-0.75)], rtol=1e-13)


def test_projection_rests_on_the_border_and_leaves_it_when_payoffs_turn():
    # Population 2 grows at the constant rate 1/2; population 1 gains by strategy 1 once x_2 exceeds 1/2.
    game = population_game([[[0.0, 0.0], [-1.0, 1.0]], [[0.0, 1.0], [0.0, 1.0]]])
    times = np.array([0.0, 0.5, 0.9, 1.0, 1.4, 1.8])
    x = protocol_paths(game, [[0.05, 0.0]], times, protocol("projection")).shares[0]
    np.testing.assert_allclose(x[:, 1], 0.5 * times, atol=1e-9)
    gone = 1.0 - np.sqrt(1.0 - 0.2)  # where 0.05 = integral of (1 - t) / 2
    assert gone < 0.5
    wanted = np.where(times > 1.0, 0.25 * (times - 1.0) ** 2, np.where(times < gone, 0.05, 0.0))
    np.testing.assert_allclose(x[:, 0], wanted, atol=1e-8)


# Faces.


@pytest.mark.parametrize("name", ["replicator", "maynard-smith"])
def test_an_unused_strategy_stays_unused_to_the_last_bit(name):
    rng = np.random.default_rng(0)
    game = population_game(rng.normal(size=(3, 3, 2, 2)))
    starts = [np.array([[0.0, 0.3, 0.7]]), np.array([[1.0, 0.0]]), np.array([[0.4, 0.6]])]
    paths = protocol_paths(game, starts, np.linspace(0.0, 30.0, 7), protocol(name))
    assert (paths.profiles[0][0, :, 0] == 0.0).all()
    assert (paths.profiles[1][0] == [1.0, 0.0]).all()
    assert (np.diff(paths.profiles[2][0, :, 0]) != 0.0).any()


def test_paths_leave_a_face_at_once_where_the_protocol_says_so():
    game = population_game([[0.0, 1.0, 0.5]])
    for name in protocol_names():
        after = protocol_paths(game, [[[1.0, 0.0, 0.0]]], np.array([0.1]), protocol_of(name)).profiles[0][0, 0]
        assert (after[1] > 0.0) != protocol_of(name).properties.faces_invariant


# Extremes.

STARTS = np.array([[0.5, 0.5, 0.5], [1e-300, 1.0, 0.3], [1.0 - 1e-16, 0.0, 1e-12]])


@pytest.mark.parametrize("name", protocol_names())
def test_no_scale_of_payoffs_makes_a_share_leave_the_unit_interval(name):
    rng = np.random.default_rng(3)
    base = rng.normal(size=(3, 2, 2, 2))
    for scales in ([1.0] * 3, [1e12] * 3, [1e-12] * 3, [1e12, 1.0, 1e-12], [0.0, 1.0, 0.0]):
        game = population_game(base * np.array(scales)[:, None, None, None])
        paths = protocol_paths(game, STARTS, np.array([0.0, 1.0, 1e3]), protocol_of(name), most_steps=2_000)
        for path, status in enumerate(paths.status):
            known = paths.shares[path][paths.reached[path] >= np.array([0.0, 1.0, 1e3])]
            assert len(known)
            assert ((known >= 0.0) & (known <= 1.0)).all()
            assert (status is PathStatus.FOLLOWED) == (len(known) == 3)


@pytest.mark.parametrize("noise", [1e-3, 1e-9, 1e-300])
def test_stiff_logit_ends_with_a_status(noise):
    game = population_game(PENNIES)
    paths = protocol_paths(game, [[0.9, 0.2]], np.array([0.0, 20.0]), protocol("logit", noise=noise), most_steps=20_000)
    known = paths.shares[0][~np.isnan(paths.shares[0]).any(axis=-1)]
    assert ((known >= 0.0) & (known <= 1.0)).all()
    assert (paths.reached[0] == 20.0) == (paths.status[0] is PathStatus.FOLLOWED)


def test_little_noise_is_followed_like_best_response_until_play_comes_to_the_middle():
    game, times = population_game(PENNIES), np.array([0.0, 0.5, 1.0])
    exact = protocol_paths(game, [[0.9, 0.2]], times, protocol("best-response")).shares
    for noise in (1e-4, 1e-6):
        close = protocol_paths(game, [[0.9, 0.2]], times, protocol("logit", noise=noise)).shares
        np.testing.assert_allclose(close, exact, atol=20 * noise)


def test_payoff_units_are_only_units_of_time():
    rng = np.random.default_rng(5)
    payoffs, times = rng.normal(size=(2, 2, 3)), np.array([0.0, 3.0])
    starts = [rng.dirichlet(np.ones(m), size=1) for m in (2, 3)]
    for name in ("replicator", "smith", "bnn", "projection"):
        usual = flat(protocol_paths(population_game(payoffs), starts, times, protocol(name)))
        for scale in (2.0**-40, 2.0**40):
            other = flat(protocol_paths(population_game(scale * payoffs), starts, times / scale, protocol(name)))
            assert (other == usual).all()


def test_a_game_without_payoffs_moves_only_under_noise():
    game = population_game(np.zeros((2, 2, 3)))
    starts = [np.array([[0.2, 0.8]]), np.array([[0.1, 0.0, 0.9]])]
    for name in protocol_names():
        paths = flat(protocol_paths(game, starts, np.array([0.0, 7.0]), protocol_of(name)))[0]
        if name in PARAMETERS:
            assert np.abs(paths[1] - paths[0]).max() > 1e-3
        else:
            np.testing.assert_allclose(paths[1], paths[0], atol=1e-16)


def test_a_path_that_uses_up_its_steps_says_so_and_how_far_it_came():
    paths = protocol_paths(population_game(PENNIES), [[0.9, 0.2]], np.array([1.0, 500.0]), protocol(), most_steps=40)
    assert paths.status == (PathStatus.OUT_OF_BUDGET,)
    assert 1.0 < paths.reached[0] < 500.0
    assert np.isfinite(paths.shares[0, 0]).all()
    assert np.isnan(paths.shares[0, 1]).all()


def test_crowding_makes_best_response_slide_along_indifference():
    # One population, payoff of strategy 1 falls with its own share: indifferent at 1/2, from both sides drawn there.
    game = population_game(np.array([[[0.0, 0.0], [0.5, -0.5]]]))
    assert game.share_dependent
    times = np.array([0.3, 0.9 * np.log(1.8), 5.0])
    paths = protocol_paths(game, [[0.1], [0.9], [0.5]], times, protocol("best-response"))
    assert paths.status == (PathStatus.FOLLOWED,) * 3
    up = np.minimum(0.5, 1.0 - 0.9 * np.exp(-times))
    np.testing.assert_allclose(paths.shares[..., 0], [up, 1.0 - up, np.full(3, 0.5)], atol=1e-9)


@pytest.mark.parametrize("times", [[], [1.0, 1.0], [-1.0], [np.nan]])
def test_bad_times_are_refused(times):
    with pytest.raises(SolverInputError):
        protocol_paths(population_game(PENNIES), [[0.5, 0.5]], np.array(times), protocol())
