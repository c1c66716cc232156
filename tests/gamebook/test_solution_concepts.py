"""``solve --concept``: facts of the built-in game, options, reports in both languages, JSON, and the mediator."""

import json

import numpy as np
import pytest

import gamebook
from gamebook.solution_concepts.setting import setting_of

CHICKEN = [[[6, 2], [7, 0]], [[6, 7], [2, 0]]]


def data_of(run, *arguments):
    code = run(*arguments, "--json", "-", "--quiet")
    return code, json.loads(run.out)


def test_without_tools_a_mediator_is_worth_nothing_and_mistakes_lead_into_the_trap():
    found = gamebook.concepts(gamebook.load("no_tools"), "nash,correlated,qre,rationalizable")
    assert [point.pure for point in found.nash.points] == [(1, 0, 0, 0), (1, 1, 1, 1), None]
    assert found.correlated.value_of_mediation == (0.0, 0.0)
    assert [mixed.tolist() for mixed in found.quantal.limit] == [[0, 1], [1, 0], [1, 0], [1, 0]]
    (gone,) = found.rationalizable.eliminated  # the government always gains by guiding
    assert (gone.player, gone.strategy, round(float(gone.margin), 3)) == (0, 0, 7.867)
    assert found.all_verified


def test_where_nothing_comes_to_rest_a_mediator_is_worth_something():
    found = gamebook.concepts(gamebook.load("poaching_oversized"), "correlated")
    low, high = found.correlated.value_of_mediation
    assert low == high == pytest.approx(3.008, abs=1e-3)
    assert found.correlated.nash.profile is not None
    assert found.correlated.best.violation < 1e-9


def test_welfare_leaves_out_what_the_ledger_leaves_out():
    case = gamebook.load("no_tools")
    setting = setting_of(case)
    ledger = case.game.ledger(**case.values)
    weights = np.zeros((2,) * 4)
    weights[1, 1, 1, 1] = 1.0
    assert setting.objectives["welfare"][1, 1, 1, 1] == pytest.approx(float(ledger.money(weights).welfare))
    assert setting.objectives["sum"][1, 1, 1, 1] == pytest.approx(case.tensor()[:, 1, 1, 1, 1].sum())
    assert setting.objectives["welfare"][1, 1, 1, 1] != pytest.approx(setting.objectives["sum"][1, 1, 1, 1])
    assert setting.objectives["coordination"].sum() == setting.objectives["coordination"][1, 1, 1, 1] == 1.0
    assert (setting.objectives["firm"] == case.tensor()[1]).all()


def test_objectives_of_a_party_split_into_segments_are_means_by_weight():
    setting = setting_of(gamebook.load("worker_tiers"))
    rows = {population.id: k for k, population in enumerate(setting.populations)}
    weights = {"worker_foundation": 0.3, "worker_transition": 0.5, "worker_not_retrainable": 0.2}
    mean = sum(weight * setting.payoffs[rows[name]] for name, weight in weights.items())
    np.testing.assert_allclose(setting.objectives["worker"], mean, atol=1e-12)


def test_fixed_shares_are_averaged_out_of_payoffs_and_objectives():
    case = gamebook.load("package")
    setting = setting_of(case, given={"x_G": 1.0, "x_P": 0.25})
    tensor = case.tensor()
    expected = 0.75 * tensor[1:3, 1, :, :, 0] + 0.25 * tensor[1:3, 1, :, :, 1]
    np.testing.assert_allclose(setting.conditional, expected, atol=1e-12)
    assert setting.objectives["coordination"][1, 1] == pytest.approx(0.25)


def test_shares_of_many_strategies_are_fixed_by_strategy():
    game = np.arange(18.0).reshape(2, 3, 3)
    setting = setting_of(game, given={"x_2_1": 0.5})
    # What is not given is shared by the others.
    np.testing.assert_allclose(setting.fixed[1], [0.25, 0.5, 0.25])
    np.testing.assert_allclose(setting.conditional[0], game[0] @ [0.25, 0.5, 0.25])
    setting = setting_of(game, given={"x_2_0": 0.5, "x_2_1": 0.5})
    np.testing.assert_allclose(setting.fixed[1], [0.5, 0.5, 0.0])


def test_any_objective_can_be_asked_for():
    case = gamebook.load("poaching_oversized")
    tensor = case.tensor()
    for k, party in enumerate(("government", "firm", "worker", "provider")):
        found = gamebook.concepts(case, "correlated", objective=party).correlated
        best = found.best
        assert best.value == pytest.approx(float((tensor[k] * best.distribution).sum()))
        assert found.worst.value <= found.nash.low <= best.value + 1e-9


def test_a_slice_agrees_with_the_conditional_game():
    case = gamebook.load("no_tools")
    found = gamebook.concepts(case, "slice,nash", parties=["worker", "firm"], given={"x_G": 1, "x_P": 1})
    assert found.slice.players == (2, 1)
    assert found.slice.agrees
    in_slice = {(round(p.profile[1][1], 9), round(p.profile[0][1], 9)) for p in found.slice.ours.nash}
    assert in_slice == {(round(p.profile[0][1], 9), round(p.profile[1][1], 9)) for p in found.nash.points}
    np.testing.assert_array_equal(found.slice.payoffs, case.tensor()[[2, 1]][:, 1, :, :, 1].swapaxes(1, 2))


def test_rest_beside_other_concepts_keeps_its_report_and_data(run):
    code, data = data_of(run, "solve", "package", "--concept", "rest,nash")
    assert code == 0
    code, alone = data_of(run, "solve", "package")
    for key in ("rest_points", "coordination", "basins", "states"):
        assert data["solution"][key] == alone[key]
    assert data["schema"] == "gamebook/concepts/1"
    assert alone["schema"] == "gamebook/solution/1"
    code, same = data_of(run, "solve", "package", "--concept", "rest")
    assert {**same, "provenance": None} == {**alone, "provenance": None}


def test_the_mediator_in_force_stands_in_the_ordinary_report(run):
    code, data = data_of(run, "solve", "poaching_oversized", "--set", "mediate=1")
    assert code == 0
    assert data["mediation"]["instrument"] == "mediation"
    assert data["mediation"]["value_of_mediation"]["low"] == pytest.approx(3.008, abs=1e-3)
    code, without = data_of(run, "solve", "poaching_oversized")
    assert without["mediation"] is None
    # Advice changes neither payoffs nor what evolution does with them.
    assert data["payoffs"] == without["payoffs"]
    assert data["rest_points"] == without["rest_points"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("concept", ["nash", "rationalizable", "correlated", "qre"])
def test_reports_fit_eighty_columns_in_both_languages(concept, lang, run):
    from rich.cells import cell_len

    assert run("solve", "poaching_package", "--concept", concept, "--lang", lang) == 0
    assert max(map(cell_len, run.out.splitlines())) <= 80
    chinese = any("\u4e00" <= character <= "\u9fff" for character in run.out)
    assert chinese == (lang == "zh")


def test_json_has_a_key_for_every_concept_and_only_finite_numbers(run):
    names = "rest,nash,rationalizable,correlated,qre,slice"
    fixed = ("--given", "x_G=1", "--given", "x_P=0.5")
    code, data = data_of(run, "solve", "no_tools", "--concept", names, *fixed, "--lambda", "1,2")
    assert code == 0
    assert data["concepts"] == names.split(",")
    assert {"solution", "nash", "rationalizable", "correlated", "qre", "slice"} <= set(data)
    assert [entry["lambda"] for entry in data["qre"]["chosen"]] == [1.0, 2.0]
    assert sum(data["correlated"]["best"]["distribution"].values()) == pytest.approx(1.0)
    assert data["slice"]["parties"] == ["firm", "worker"]


def test_json_reference_names_every_key_of_concepts(run):
    import re
    from pathlib import Path

    words = (Path(__file__).parents[2] / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", words))
    every = "nash,rationalizable,correlated,qre,slice"
    _, data = data_of(run, "solve", "no_tools", "--concept", every, "--given", "x_G=1", "--given", "x_P=1")
    free = {"parameters", "distribution", "mixture", "survivors", "supported", "given"}

    def keys(value):
        if isinstance(value, dict):
            for key, below in value.items():
                yield key
                yield from () if key in free else keys(below)
        if isinstance(value, list):
            for below in value:
                yield from keys(below)

    assert sorted(set(keys(data)) - named) == []


def test_exit_code_1_says_that_something_is_open(tmp_path, run):
    game = np.random.default_rng(3).normal(size=(4, 4, 4, 4, 4)).round(3)
    from gamebook.interchange.gambit_file import gambit_text

    path = tmp_path / "large.nfg"
    names = [str(i) for i in range(4)]
    path.write_text(gambit_text(game, title="", comment="", players=names, strategies=[names] * 4), encoding="utf-8")
    code, data = data_of(run, "solve", path, "--concept", "correlated")
    assert code == 1
    assert data["correlated"]["best_nash"]["pure_only"]
    value = data["correlated"]["value_of_mediation"]
    assert value["low"] <= value["high"]
    assert data["correlated"]["best"]["verified"]


REFUSED = {
    ("--concept", "nahs"): ["no concept nahs", "Did you mean nash"],
    ("--concept", ""): ["no concept"],
    ("--concept", "nash", "--lambda", "1"): ["--lambda", "qre"],
    ("--concept", "qre", "--lambda", "1,x"): ["x is no value of lambda"],
    ("--concept", "qre", "--lambda", "-1"): ["-1 is no value of lambda"],
    ("--concept", "qre", "--lambda", "inf"): ["inf is no value"],
    ("--concept", "qre", "--lambda", ",".join(["1"] * 101)): ["at most 100"],
    ("--concept", "qre", "--objective", "firm"): ["--objective", "correlated"],
    ("--concept", "correlated", "--objective", "frim"): ["frim", "Did you mean firm"],
    ("--concept", "nash", "--parties", "firm,worker"): ["--parties", "slice"],
    ("--concept", "slice"): ["4 are free"],
    ("--concept", "slice", "--parties", "firm"): ["two different parties"],
    ("--concept", "slice", "--parties", "firm,firm"): ["two different parties"],
    ("--concept", "slice", "--parties", "firm,wroker"): ["wroker", "Did you mean worker"],
    ("--concept", "slice", "--parties", "firm,worker"): ["government", "--given x_G=1"],
    ("--concept", "slice", "--parties", "firm,worker", "--given", "x_F=1"): ["firm is fixed"],
    ("--concept", "nash", "--certify"): ["--certify", "rest"],
    ("--concept", "nash", "--unit", "k"): ["--unit", "rest"],
    ("--concept", "nash", "--start", "x_F=0.5"): ["--start", "rest"],
    ("--concept", "nash", "--set", "eps=0.3"): ["payoffs depend on population shares", "--concept rest"],
    ("--concept", "nash", "--given", "x_Q=1"): ["x_Q"],
}


@pytest.mark.parametrize("options", REFUSED, ids=" ".join)
def test_bad_use_is_refused_in_one_line(options, run):
    assert run("solve", "package", *options) == 2
    assert run.out == ""
    assert run.err.count("\n") == 1
    for words in REFUSED[options]:
        assert words in run.err
    assert run("solve", "package", *options, "--lang", "zh") == 2
    assert any("\u4e00" <= character <= "\u9fff" for character in run.err)


def test_shares_of_one_party_cannot_exceed_one(tmp_path, run):
    path = tmp_path / "g.nfg"
    path.write_text('NFG 1 R "" { "a" "b" } { 3 2 } 1 1 0 2 0 2 1 1 0 3 2 0', encoding="utf-8")
    assert run("solve", path, "--concept", "qre", "--given", "x_P1_1=0.7,x_P1_2=0.7") == 2
    assert "sum to 1.4" in run.err


def test_arrays_of_any_size_are_taken_from_python():
    found = gamebook.concepts(CHICKEN, ["correlated", "nash"])
    assert found.correlated.value_of_mediation[0] == pytest.approx(10.5 - 28 / 3)
    assert "value of mediation" in str(found)
    assert "<pre>" in found._repr_html_()
    three = gamebook.concepts(np.eye(3)[None].repeat(2, axis=0), "qre", precisions=[1.0])
    assert three.quantal.bifurcations[0].precision == pytest.approx(3.0, abs=1e-6)
