"""What becomes of paths under every protocol: in games whose fate theory knows, and where a claim is a proof."""

import numpy as np
import pytest

from solvers.dynamics.fate import Fate
from solvers.dynamics.population_game import population_game
from solvers.dynamics.protocol_ends import protocol_ends
from solvers.dynamics.protocol_fate import protocol_fates
from solvers.dynamics.protocol_paths import protocol_paths
from solvers.dynamics.protocols import protocol, protocol_names
from solvers.dynamics.strict_boxes import strict_boxes
from solvers.dynamics.turns_in_lanes import between_ends, border_part
from tests.oracles.revision_protocols import PARAMETERS

PENNIES = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])
HUNT = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])


def protocol_of(name):
    return protocol(name, **PARAMETERS.get(name, {}))


def rock_scissors_paper(win, lose):
    """Two populations; both win against what they beat."""
    table = np.array([[0.0, -lose, win], [win, 0.0, -lose], [-lose, win, 0.0]])
    return population_game([table, table.T])


def starts_in(game, count, seed=1):
    rng = np.random.default_rng(seed)
    return [rng.dirichlet(np.ones(m), size=count) for m in game.sizes]


@pytest.mark.parametrize(
    ("name", "fate"),
    [
        ("replicator", Fate.CYCLING),
        ("maynard-smith", Fate.CLOSING_IN),
        ("logit", Fate.AT_REST),
        ("smith", Fate.CLOSING_IN),
        ("bnn", Fate.CLOSING_IN),
        ("best-response", Fate.CLOSING_IN),
        ("projection", Fate.CYCLING),
        ("mutation", Fate.AT_REST),
    ],
)
def test_matching_pennies(name, fate):
    # Closed orbits under replicator and projection; the middle attracts under all others (Sandholm 2010, chapter 7).
    found = protocol_fates(population_game(PENNIES), [[0.8, 0.4]], protocol_of(name))
    assert found.fate == (fate,)
    assert found.target == (None,)
    if fate is not Fate.CYCLING:
        np.testing.assert_allclose(np.concatenate(found.profiles, axis=-1), 0.5, atol=1e-3)


def test_small_orbits_of_matching_pennies_have_the_period_of_their_linearisation():
    found = protocol_fates(population_game(PENNIES), [[0.501, 0.5]], protocol())
    assert found.period[0] == pytest.approx(2.0 * np.pi, rel=1e-5)
    # Under projection circles in the shares themselves, of radius that does not matter as long as they fit in.
    for radius in (0.1, 0.4):
        found = protocol_fates(population_game(PENNIES), [[0.5 + radius, 0.5]], protocol("projection"))
        assert found.period[0] == pytest.approx(np.pi, rel=1e-7)


def alike(count):
    """Starts at which both populations are in the same state: in a symmetric game they stay so, as one would."""
    x = np.random.default_rng(1).dirichlet(np.ones(3), size=count)
    return [x, x.copy()]


@pytest.mark.parametrize("name", protocol_names())
def test_zero_sum_rock_scissors_paper_circles_or_comes_to_the_middle(name):
    found = protocol_fates(rock_scissors_paper(1.0, 1.0), alike(2), protocol_of(name))
    if name in ("replicator", "maynard-smith", "projection"):  # x_1 x_2 x_3, or the distance to the middle, is constant
        assert found.fate == (Fate.CYCLING,) * 2
    else:
        assert set(found.fate) <= {Fate.AT_REST, Fate.CLOSING_IN}
        np.testing.assert_allclose(np.concatenate(found.profiles, axis=-1), 1 / 3, atol=1e-3)


@pytest.mark.parametrize("name", protocol_names())
def test_good_rock_scissors_paper_comes_to_the_middle_and_bad_never_rests(name):
    good = protocol_fates(rock_scissors_paper(3.0, 1.0), alike(2), protocol_of(name))
    assert set(good.fate) == {Fate.AT_REST}
    np.testing.assert_allclose(np.concatenate(good.profiles, axis=-1), 1 / 3, atol=1e-6)
    bad = protocol_fates(rock_scissors_paper(1.0, 3.0), alike(2), protocol_of(name))
    assert not {Fate.AT_REST, Fate.CLOSING_IN, Fate.SETTLED} & set(bad.fate)


def test_bad_rock_scissors_paper_has_one_attracting_triangle_under_best_response():
    # The Shapley triangle (Gaunersdorfer and Hofbauer 1995).
    found = protocol_fates(rock_scissors_paper(1.0, 3.0), alike(4), protocol("best-response"))
    assert found.fate == (Fate.CYCLING,) * 4
    np.testing.assert_allclose(found.period, found.period[0], rtol=1e-4)


def test_logit_rests_at_the_quantal_response_equilibrium():
    noise = 0.25
    found = protocol_fates(population_game(HUNT), [[0.3, 0.4], [0.95, 0.9]], protocol("logit", noise=noise))
    assert set(found.fate) == {Fate.AT_REST}
    x = np.stack([part[:, 1] for part in found.profiles], axis=-1)
    np.testing.assert_allclose(x, 1.0 / (1.0 + np.exp(-(3.0 * x[:, ::-1] - 2.0) / noise)), atol=1e-8)
    assert x[0].max() < 0.5 < x[1].min()


def test_mutation_rests_where_growth_and_experiments_balance():
    rate = 0.02
    found = protocol_fates(population_game([[0.0, 1.0]]), [[0.0]], protocol("mutation", mutation=rate))
    x = found.profiles[0][0, 1]
    assert x * (1.0 - x) + rate * (0.5 - x) == pytest.approx(0.0, abs=1e-8)
    assert x > 0.98


def test_only_capture_counts_as_settled_and_never_under_noise_or_mutation():
    game = population_game(HUNT)
    starts = [[0.99, 0.98], [0.01, 0.02], [0.9, 0.3]]
    for name in protocol_names():
        found = protocol_fates(game, starts, protocol_of(name))
        if name in PARAMETERS:
            assert set(found.fate) == {Fate.AT_REST}
        else:
            assert set(found.fate) == {Fate.SETTLED}
            assert found.target[:2] == ((1, 1), (0, 0))


@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 3), (2, 3, 2), "share-dependent"])
def test_every_path_from_a_proved_neighbourhood_ends_in_its_equilibrium(sizes):
    for seed in range(3):
        rng = np.random.default_rng(seed)
        if sizes == "share-dependent":
            payoffs = rng.normal(size=(2, 2, 2, 3, 2))
        else:
            payoffs = rng.normal(size=(len(sizes), *sizes))
        game = population_game(payoffs)
        boxes = strict_boxes(game)
        for pure, width in zip(boxes.profiles, boxes.widths, strict=True):
            for _ in range(2):
                start = []
                for m, s in zip(game.sizes, pure, strict=True):
                    others = rng.dirichlet(np.ones(m - 1)) * width * rng.uniform(0.2, 0.98)
                    start.append(np.insert(others, s, 1.0 - others.sum())[None])
                for name in protocol_names():
                    if name in PARAMETERS:
                        continue
                    end = protocol_paths(game, start, np.array([0.0, 30.0, 3000.0]), protocol(name)).profiles
                    own = np.array([part[0, :, s] for part, s in zip(end, pure, strict=True)])
                    assert (np.diff(own, axis=-1) >= -1e-12).all()  # shares of the equilibrium only grow
                    assert own[:, -1].min() > 0.95


def test_strict_boxes_are_the_pure_strict_equilibria():
    for seed in range(5):
        payoffs = np.random.default_rng(seed).normal(size=(3, 2, 3, 2))
        strict = [
            list(s)
            for s in np.ndindex(2, 3, 2)
            if all(
                payoffs[(i, *s)] > payoffs[(i, *s[:i], k, *s[i + 1 :])]
                for i in range(3)
                for k in range(payoffs.shape[1 + i])
                if k != s[i]
            )
        ]
        assert strict_boxes(population_game(payoffs)).profiles.tolist() == strict


def test_a_weak_equilibrium_captures_nothing_but_paths_rest_in_it():
    weak = population_game([[[1.0, 1.0], [0.0, 1.0]], [[1.0, 0.0], [1.0, 1.0]]])
    assert strict_boxes(weak).profiles.tolist() == [[0, 0]]
    for name in ("replicator", "smith", "projection", "best-response"):
        found = protocol_fates(weak, [[1.0, 1.0]], protocol(name))
        assert found.fate == (Fate.AT_REST,)


def test_arrival_at_the_goal_is_when_the_last_share_exceeds_the_level():
    # Constant leads of 1/2 and 1/4 under best response and Smith: both shares of others fall like exp(-rate t).
    game = population_game([[[0.0, 0.0], [0.5, 0.5]], [[0.0, 0.25], [0.0, 0.25]]])
    late = protocol_fates(game, [[0.1, 0.2]], protocol("smith"), goal=(1, 1))
    assert late.arrival[0] == pytest.approx(np.log(0.8 / 0.05) / 0.25, rel=1e-7)
    straight = protocol_fates(game, [[0.1, 0.2]], protocol("best-response"), goal=(1, 1))
    assert straight.arrival[0] == pytest.approx(np.log(0.9 / 0.05), rel=1e-12)
    assert np.isnan(protocol_fates(game, [[0.1, 0.2]], protocol("smith"), goal=(0, 1)).arrival[0])
    assert protocol_fates(game, [[0.99, 0.97]], protocol("smith"), goal=(1, 1)).arrival[0] == 0.0


# Ends of many starts.


@pytest.mark.parametrize("name", protocol_names())
def test_ends_of_many_starts_are_those_of_each_path(name):
    rng = np.random.default_rng(6)
    game = population_game(rng.normal(size=(3, 2, 2, 2)), [1.0, 0.5, 2.0])
    starts = rng.uniform(size=(40, 3))
    ends = protocol_ends(game, starts, protocol_of(name))
    for path in range(0, 40, 5):
        alone = protocol_fates(game, starts[path : path + 1], protocol_of(name))
        assert alone.fate[0] is ends.fate[path]
        if ends.outcome[path] >= 0:
            place = np.concatenate(ends.places[ends.outcome[path]].profile)
            if alone.target[0] is not None:
                assert ends.places[ends.outcome[path]].pure == alone.target[0]
            else:
                np.testing.assert_allclose(place, np.concatenate([part[0] for part in alone.profiles]), atol=1e-4)


@pytest.mark.parametrize("name", protocol_names())
def test_one_start_more_or_less_changes_no_bit_of_the_others(name):
    rng = np.random.default_rng(7)
    game = population_game(rng.normal(size=(4, 2, 2, 2, 2)))
    starts = rng.uniform(size=(300, 4))
    together = protocol_ends(game, starts, protocol_of(name), classified=0)
    alone = protocol_ends(game, starts[120:170], protocol_of(name), classified=0)
    for one, all_of_them in zip(alone.profiles, together.profiles, strict=True):
        assert (one == all_of_them[120:170]).all()
    assert (alone.time == together.time[120:170]).all()


@pytest.mark.parametrize("name", protocol_names())
def test_paths_in_lockstep_need_few_steps(name):
    # A method that has lost its order still ends, by ever shorter steps.
    starts = np.random.default_rng(10).uniform(size=(64, 2))
    ends = protocol_ends(population_game(HUNT), starts, protocol_of(name), most_steps=150, classified=0)
    assert sum(fate is None for fate in ends.fate) < (65 if name == "best-response" else 16)


def test_a_short_stay_at_the_border_within_a_step_is_not_missed():
    # Under projection a share that comes to the border and leaves it at once is on another path from then on.
    x, new, v, w = 0.01, 0.02, -0.21, 0.23  # a cubic that is negative only around the middle of the step
    part = border_part(x, new, v, w)
    assert 0.05 < part < 0.5
    assert between_ends(x, new, v, w, part) == pytest.approx(0.0, abs=1e-10)
    assert border_part(0.01, 0.02, -0.02, 0.03) == 2.0


def test_the_stag_hunt_splits_the_starts_by_the_diagonal_under_symmetric_protocols():
    payoffs = np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]])
    game, starts = population_game(payoffs), np.random.default_rng(0).uniform(size=(500, 2))
    for name in ("replicator", "smith", "bnn", "projection", "best-response"):
        ends = protocol_ends(game, starts, protocol(name))
        assert [place.pure for place in ends.places] == [(0, 0), (1, 1)]
        assert (ends.outcome == (starts.sum(axis=-1) > 1.0)).all()


def test_ends_with_many_strategies_and_with_payoffs_that_depend_on_shares():
    rng = np.random.default_rng(8)
    general = population_game(rng.normal(size=(2, 3, 4)))
    crowded = population_game(np.array([[[0.0, 0.0], [0.5, -0.5]]]))
    for name in ("replicator", "smith", "logit"):
        ends = protocol_ends(general, starts_in(general, 12), protocol_of(name))
        assert (ends.outcome >= 0).all()
        rest = protocol_ends(crowded, [[0.2], [0.9]], protocol_of(name))
        np.testing.assert_allclose(rest.places[0].profile[0], 0.5, atol=1e-6)
        assert rest.outcome.tolist() == [0, 0]


@pytest.mark.parametrize("name", protocol_names())
def test_extreme_games_in_lockstep_stay_inside_and_end(name):
    rng = np.random.default_rng(9)
    base = rng.normal(size=(3, 2, 2, 2))
    starts = np.array([[0.5, 0.5, 0.5], [1e-300, 1.0, 0.3], [1.0 - 1e-16, 0.0, 1e-12]])
    for scales in ([1e12] * 3, [1e-12] * 3, [1e12, 1.0, 1e-12], [0.0, 1.0, 0.0], [0.0] * 3):
        game = population_game(base * np.array(scales)[:, None, None, None])
        ends = protocol_ends(game, starts, protocol_of(name), most_steps=500, classified=0)
        shares = np.concatenate(ends.profiles, axis=-1)
        assert ((shares >= 0.0) & (shares <= 1.0)).all()
        assert np.isfinite(ends.time).all()
