"""Sensitivity: indices as another program finds them, known ones, declared distributions, regions, and the verb."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import gamebook
from gamebook.errors import InputError
from gamebook.problem import case_problem
from gamebook.robustness.indices import sobol_effects
from gamebook.robustness.sensitivity import sensitivity
from gamebook.sweeps.distributions import Distribution
from solvers.attractors import is_only_sink

DATA = Path(__file__).parents[1] / "data" / "salib_indices.json"


@pytest.fixture(scope="module")
def package():
    return sensitivity(gamebook.load("package"), of=["certain", "margin"], samples=1024, seed=1)


@pytest.mark.parametrize("measure", ["certain", "margin"])
def test_indices_agree_with_salib_within_the_intervals_of_both(package, measure):
    """SALib drew a sample of its own (Saltelli, 4096 rows) and analysed it by its own code."""
    theirs = json.loads(DATA.read_text(encoding="utf-8"))["measures"][measure]
    (ours,) = (each for each in package.parts[0].measures if each.name == measure)
    assert {effect.symbol for effect in ours.effects} == set(theirs)
    apart = 0
    for effect in ours.effects:
        first, first_half, total, total_half = theirs[effect.symbol]
        for index, value, half in ((effect.first, first, first_half), (effect.total, total, total_half)):
            reach = half + 0.5 * (index.high - index.low)
            apart += abs(index.value - value) > reach
            assert abs(index.value - value) <= 2.0 * reach + 1e-3, effect.symbol
    assert apart <= 0.05 * 2 * len(theirs)  # intervals of 95 % may miss as often as that


def test_indices_of_a_function_that_is_known_in_closed_form():
    """Ishigami and Homma (1990) with a = 7, b = 0.1: S = 0.314, 0.442, 0; ST = 0.558, 0.442, 0.244."""
    laws = [Distribution(name, "uniform", (-np.pi, np.pi), -4.0, 4.0) for name in ("x", "y", "z")]

    def ishigami(points):
        x, y, z = points.T
        return (np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))[None]

    (effects,) = sobol_effects(ishigami, laws, samples=2048, seed=0)
    exact = {"x": (0.314, 0.558), "y": (0.442, 0.442), "z": (0.0, 0.244)}
    for effect in effects:
        first, total = exact[effect.symbol]
        assert effect.first.value == pytest.approx(first, abs=0.02)
        assert effect.total.value == pytest.approx(total, abs=0.02)
        assert effect.total.low - 0.01 <= total <= effect.total.high + 0.01


def test_what_does_not_vary_has_no_indices_and_an_unknown_without_effect_the_point_0():
    laws = [Distribution(name, "uniform", (0.0, 1.0), 0.0, 1.0) for name in ("a", "b")]
    constant, one = sobol_effects(lambda x: np.stack([np.ones(len(x)), x[:, 0]]), laws, samples=64, seed=0)
    assert constant is None
    (idle,) = (effect for effect in one if effect.symbol == "b")
    assert (idle.total.low, idle.total.value, idle.total.high) == (0.0, 0.0, 0.0)


def test_the_same_seed_gives_the_same_bits_intervals_included():
    one, same, other = (sensitivity(gamebook.load("package"), samples=64, seed=seed).to_json() for seed in (1, 1, 2))
    assert one["parts"] == same["parts"]
    assert one["parts"] != other["parts"]


def test_one_measure_of_one_unknown_has_indices():
    laws = [Distribution("a", "uniform", (0.0, 1.0), 0.0, 1.0)]
    ((effect,),) = sobol_effects(lambda x: x.T, laws, samples=64, seed=0)
    assert effect.total.value == pytest.approx(1.0, abs=0.1)


def test_a_verdict_that_no_draw_changes_has_a_page_and_no_figure(run, tmp_path):
    assert run("sensitivity", "matching-pennies", "--samples", "64") == 0
    assert "the same at every draw" in run.out
    assert run("sensitivity", "matching-pennies", "--samples", "64", "--figure", tmp_path / "a.png") == 2
    assert "nothing to draw" in run.err


def test_means_and_probabilities_are_those_of_the_draws_not_of_centred_numbers(package):
    certain, margin = package.parts[0].measures
    share = package.parts[0].probabilities["certain"].share
    assert share.low <= 0.739 <= share.high  # of 131,072 draws
    assert certain.mean == pytest.approx(share.share, abs=0.02)
    assert 1.5 < margin.mean < 2.821


def test_the_basin_and_the_way_of_the_status_quo_are_explained_too():
    unknown = ["phi=uniform:0.2:0.45"]
    told = []
    found = sensitivity(
        gamebook.load("no_tools"), of=["basin", "reached"], uncertain=unknown, samples=16,
        progress=lambda *step: told.append(step),
    )  # fmt: skip
    basin, reached = found.parts[0].measures
    assert 0.05 < basin.mean < 0.4
    assert basin.effects[0].total.value == pytest.approx(1.0, abs=0.2)  # a single unknown explains all
    assert reached.mean == 0.0  # 1000 is where the status quo leads without instruments
    assert reached.effects is None
    assert {what for what, _, _ in told} == {"basin", "reached"}


def test_the_basin_of_a_draw_is_that_which_solve_samples():
    from gamebook.robustness.draws import unit_points
    from gamebook.robustness.path_measures import parts_that_coordinate

    problem = case_problem(gamebook.load("no_tools"), None, None, None)
    share = parts_that_coordinate(problem.conditional[None], problem.coordination, unit_points(1024, 4, sets=1))[0]
    assert share == pytest.approx(0.187, abs=0.01)


def test_the_tornado_moves_one_unknown_at_a_time_to_the_ends_of_its_range(package):
    bars = {bar.symbol: bar for bar in package.parts[0].bars}
    assert bars["A_G"].low == pytest.approx(5.2)
    assert bars["A_G"].margins[0] == pytest.approx(2.8209784 - 1.3)
    failing = {bar.symbol for bar in package.parts[0].bars if False in bar.holds}
    for symbol, bar in bars.items():
        for end, holds in zip((bar.low, bar.high), bar.holds, strict=True):
            if symbol in failing:
                problem = case_problem(gamebook.load("package"), {symbol: end}, None, None)
                assert is_only_sink(problem.pure.losses, problem.coordination) is holds
    assert failing == {"V", "sigma", "mu_0"}


def test_declared_distributions_are_drawn_and_nothing_else(tmp_path):
    page = tmp_path / "declared.toml"
    page.write_text(
        '[scenario]\nid = "declared"\ngame = "training-investment"\nextends = ["package"]\n'
        '[uncertainty]\nV = "triangular:50:75:90"\nphi = "beta:2:3:0.1:0.6"\n',
        encoding="utf-8",
    )
    found = sensitivity(gamebook.load(page), samples=64)
    assert found.declared
    assert [law.symbol for law in found.distributions] == ["V", "phi"]
    other = sensitivity(gamebook.load(page), samples=64, uncertain=["C_W=lognormal:5:0.2", "V=uniform:70:80"])
    assert {law.symbol: law.kind for law in other.distributions} == {
        "phi": "beta", "C_W": "lognormal", "V": "uniform",
    }  # fmt: skip


def test_uncertainty_on_a_page_is_inherited_and_an_unknown_symbol_is_refused(tmp_path):
    from gamebook.book import Book

    folder = tmp_path / "games" / "training-investment" / "scenarios"
    folder.mkdir(parents=True)
    head = '[scenario]\nid = "{}"\ngame = "training-investment"\nextends = ["{}"]\n'
    (folder / "up.toml").write_text(head.format("up", "package") + '[uncertainty]\nV = "uniform:60:90"\n')
    (folder / "down.toml").write_text(head.format("down", "up") + '[uncertainty]\nphi = "uniform:0.2:0.4"\n')
    case = Book.open([tmp_path]).case("down")
    assert dict(case.scenario.uncertainty) == {"V": "uniform:60:90", "phi": "uniform:0.2:0.4"}
    assert case.digest != gamebook.load("package").digest
    (folder / "bad.toml").write_text(head.format("bad", "package") + '[uncertainty]\nv = "uniform:60:90"\n')
    with pytest.raises(ValueError, match="Did you mean"):
        Book.open([tmp_path]).case("bad")


def test_regions_are_set_side_by_side_each_as_a_game_of_its_own():
    found = sensitivity(gamebook.load("two_regions"), samples=64)
    assert [part.region for part in found.parts] == ["hub", "rust_belt"]
    hub, rust = (part.probabilities["certain"].share.share for part in found.parts)
    assert hub > 0.8
    assert rust < 0.4
    assert [part.claim.kind for part in found.parts] == ["certain", "stable_only"]


def test_page_json_table_and_figure_in_both_languages(run, tmp_path):
    table, figure = tmp_path / "indices.csv", tmp_path / "tornado.svg"
    options = ["--samples", "64", "--csv", table, "--figure", figure]
    assert run("sensitivity", "package", *options) == 0
    assert "It hangs most on" in run.out
    assert all(len(line) <= 80 for line in run.out.splitlines())
    assert figure.read_text(encoding="utf-8").startswith("<?xml")
    assert len(table.read_text(encoding="utf-8").splitlines()) == 1 + 2 * 32
    assert run("sensitivity", "package", "--samples", "64", "--lang", "zh", "--json", tmp_path / "out.json") == 0
    assert "影响最大的是" in run.out
    data = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert data["schema"] == "gamebook/sensitivity/1"
    assert len(data["parts"][0]["tornado"]) == 32
    assert data["uncertainty"]["within"] == 0.2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["package", "--of", "margins"], "Did you mean margin"),
        (["package", "--samples", "1000"], "power of two"),
        (["package", "--within", "0"], "above 0"),
        (["package", "--uncertain", "V=uniform:90:60"], "V"),
        (["rock-paper-scissors"], "two strategies"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_message(run, arguments, words):
    assert run("sensitivity", *arguments) == 2
    assert words in " ".join(run.err.split())


def test_draws_that_leave_the_ranges_of_the_game_are_refused_not_averaged_over():
    with pytest.raises(InputError, match="leaves its range"):
        sensitivity(gamebook.load("package"), samples=64, uncertain=["e_F=uniform:0:1"])
