"""Segments and regions of the shipped scenarios: the facts that their pages promise, and how populations are named."""

import numpy as np
import pytest

import gamebook
from gamebook.errors import InputError
from gamebook.populations import party_means
from gamebook.problem import case_problem


@pytest.fixture(scope="module")
def problems():
    names = ("worker_tiers", "firm_size", "informal", "two_regions", "package")
    return {name: case_problem(gamebook.load(name), None, None, None) for name in names}


def strict(problem):
    return [problem.name(np.array(profile, dtype=float)) for profile in np.argwhere(problem.pure.strict)]


def test_the_stable_states_of_the_shipped_scenarios(problems):
    assert strict(problems["worker_tiers"]) == ["1|1|110|1"]
    assert strict(problems["firm_size"]) == ["1|11|1|1"]
    assert strict(problems["informal"]) == ["1|1|11|1"]
    assert strict(problems["two_regions"]) == ["1|111|000", "1|111|111"]
    assert strict(problems["package"]) == ["1111"]


def test_the_rust_belt_gains_little_at_full_coordination(problems):
    two = problems["two_regions"]
    place = [population.share for population in two.populations].index("x_F_rust_belt")
    assert two.pure.losses[(place, *two.coordination)] == pytest.approx(0.371, abs=1e-3)


def test_a_profile_is_read_as_it_is_written(problems):
    two, tiers = problems["two_regions"], problems["worker_tiers"]
    assert two.read_profile("1|111|000") == two.read_profile("1111000") == (1, 1, 1, 1, 0, 0, 0)
    assert tiers.read_profile("1|1|110|1") == (1, 1, 1, 1, 0, 1)
    # A digit per party stands for all of its populations.
    assert tiers.read_profile("1101") == (1, 1, 0, 0, 0, 1)
    for words in ("1|11", "11112", "1|1|110|x", ""):
        with pytest.raises(InputError, match=r"1\|1\|111\|1"):
            tiers.read_profile(words)


def test_the_symbol_of_a_party_stands_for_all_of_its_populations():
    case = gamebook.load("worker_tiers")
    problem = case_problem(case, None, {"x_W": 0.25, "x_W_not_retrainable": 0.0}, {"x_P": 0.6})
    assert problem.given == {2: 0.25, 3: 0.25, 4: 0.0}
    assert problem.start.tolist() == [0.5, 0.2, 0.25, 0.25, 0.0, 0.6]
    with pytest.raises(InputError, match="Did you mean x_W_transition"):
        case_problem(case, None, {"x_W_transitoin": 0.0}, None)


def test_party_shares_are_weighted_means(problems):
    shares = [1.0, 0.5, 1.0, 0.4, 0.0, 0.2]
    found = party_means(problems["worker_tiers"].populations, shares)
    assert found == pytest.approx([1.0, 0.5, 0.3 * 1.0 + 0.5 * 0.4, 0.2])


def test_paths_of_segments_reach_the_stable_state():
    paths = gamebook.simulate(gamebook.load("two_regions"))
    assert (paths.ends[0].status, paths.ends[0].profile, paths.goal) == ("settled", "1|111|000", "1|111|111")
    assert "x_F_rust_belt" in paths.columns()
