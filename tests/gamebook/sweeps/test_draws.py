"""Uncertain parameters: the moments and ranks that were asked for, within bounds, and the same for a seed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import gamebook
from gamebook.errors import InputError
from gamebook.sweeps.distributions import around, read_distributions
from gamebook.sweeps.draws import METHODS, draw


@pytest.fixture(scope="module")
def parameters():
    return gamebook.load("package").game.parameters


# Means and standard deviations by the textbook formula of each distribution (Johnson, Kotz and Balakrishnan 1994).
MOMENTS = [
    ("V=uniform:60:90", 75.0, 30.0 / np.sqrt(12.0)),
    ("V=triangular:60:75:90", 75.0, np.sqrt((60**2 + 75**2 + 90**2 - 60 * 75 - 60 * 90 - 75 * 90) / 18.0)),
    ("V=normal:75:5", 75.0, 5.0),
    ("V=lognormal:75:0.2", 75.0 * np.exp(0.02), 75.0 * np.exp(0.02) * np.sqrt(np.exp(0.04) - 1.0)),
    ("sigma=beta:2:3:0:1", 0.4, 0.2),
]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("written", "mean", "spread"), MOMENTS)
def test_draws_have_the_moments_of_their_distribution(parameters, method, written, mean, spread):
    drawn = draw(read_distributions([written], parameters), 2**14, method=method, seed=1)
    assert drawn.mean() == pytest.approx(mean, abs=4.0 * spread / 2**7)
    assert drawn.std() == pytest.approx(spread, rel=0.03)


def test_a_normal_distribution_is_cut_to_the_bounds_not_piled_up_there(parameters):
    (share,) = read_distributions(["sigma=normal:0.9:0.2"], parameters)
    drawn = draw([share], 2**14, method="sobol", seed=0)[:, 0]
    assert drawn.max() < 1.0
    assert np.mean(drawn > 0.999) < 0.01
    wanted = stats.truncnorm((0 - 0.9) / 0.2, (1 - 0.9) / 0.2, 0.9, 0.2).mean()
    assert drawn.mean() == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("rank", [-0.9, -0.3, 0.6])
def test_rank_correlations_are_those_asked_for(parameters, rank):
    laws = read_distributions(["V=lognormal:75:0.5", "sigma=beta:2:3:0:1", "C_F=uniform:1:9"], parameters)
    drawn = draw(laws, 2**13, method="sobol", seed=3, correlations={("V", "sigma"): rank})
    found = stats.spearmanr(drawn).statistic
    assert found[0, 1] == pytest.approx(rank, abs=0.02)
    assert found[0, 2] == pytest.approx(0.0, abs=0.02)


def test_the_same_seed_gives_the_same_bits_and_another_seed_others(parameters):
    laws = read_distributions(["V=normal:75:5"], parameters)
    for method in METHODS:
        one, same, other = (draw(laws, 1000, method=method, seed=seed) for seed in (5, 5, 6))
        assert one.tobytes() == same.tobytes()
        assert one.tobytes() != other.tobytes()


def test_a_band_around_values_leaves_zeros_alone(parameters):
    laws = around({"V": 75.0, "irr": 0.0, "sigma": 0.42}, 0.1, parameters)
    assert [(law.symbol, law.numbers) for law in laws] == [
        ("V", pytest.approx((67.5, 82.5))),
        ("sigma", pytest.approx((0.378, 0.462))),
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("v=uniform:1:2", "Did you mean V?"),
        ("V=unifrom:1:2", "Did you mean uniform?"),
        ("V=uniform:1", "takes 2 numbers, 1 are given"),
        ("V=uniform:2:1", "is no distribution; numbers must be finite, ends in ascending order"),
        ("V=normal:75:0", "is no distribution"),
        ("V=normal:nan:1", "is no distribution"),
        ("V=normal:a:1", "not a number"),
        ("sigma=normal:3:0.5", "only 0% of normal:3:0.5 lies within the bounds 0 to 1"),
        ("uniform", "write SYMBOL=KIND:NUMBERS"),
    ],
)
def test_a_bad_distribution_is_refused_in_words(parameters, written, words):
    with pytest.raises(InputError) as refused:
        read_distributions([written], parameters)
    assert words in refused.value.text("en")
    assert refused.value.text("zh") != refused.value.text("en")


def test_all_faults_are_said_at_once(parameters):
    with pytest.raises(InputError, match="3 things are wrong"):
        read_distributions(["V=uniform:2:1", "nix=uniform:0:1", "T_c=uniform:1:2", "T_c=uniform:1:3"], parameters)


def test_correlations_that_contradict_are_refused(parameters):
    laws = read_distributions(["V=uniform:60:90", "sigma=uniform:0:1", "C_F=uniform:1:9"], parameters)
    impossible = {("V", "sigma"): 0.95, ("V", "C_F"): 0.95, ("sigma", "C_F"): -0.95}
    with pytest.raises(InputError, match="contradict each other"):
        draw(laws, 100, method="sobol", seed=0, correlations=impossible)
    with pytest.raises(InputError, match="strictly between"):
        draw(laws, 100, method="sobol", seed=0, correlations={("V", "sigma"): 1.0})
    with pytest.raises(InputError, match="not among the uncertain"):
        draw(laws, 100, method="sobol", seed=0, correlations={("V", "L"): 0.5})


def test_too_many_draws_are_refused_before_any_work(parameters):
    with pytest.raises(InputError, match="out of range"):
        draw(read_distributions(["V=uniform:60:90"], parameters), 10**12, method="random", seed=0)
