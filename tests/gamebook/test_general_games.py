"""Games in which a party has more than two strategies: pages, arrays, reports, stored results and refusals."""

import json
from pathlib import Path

import numpy as np
import pytest
from rich.cells import cell_len

import gamebook
from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.general_solution import GeneralSolution
from gamebook.repeat import repeat
from payoffs.game import load_game
from payoffs.pages import parse_page
from payoffs.scenario import load_scenario

GAMES = ("minimum-effort", "rock-paper-scissors")
KNOWN = {
    game["id"]: game
    for game in json.loads(
        (Path(__file__).parents[1] / "data" / "known_general_games.json").read_text(encoding="utf-8")
    )["games"]
}
HAWKS = np.array([[[1.0, 4.0, 0.0], [2.0, 0.0, 3.0]], [[2.0, 1.0, 0.0], [0.0, 1.0, 3.0]]])  # 2 and 3 strategies


@pytest.fixture(scope="module")
def effort():
    return gamebook.solve(gamebook.load("minimum-effort"))


def test_pages_hold_the_published_payoffs():
    for page, known in (("minimum-effort", "minimum_effort_3"), ("rock-paper-scissors", "rock_paper_scissors")):
        assert np.array_equal(gamebook.load(page).tensor(), np.array(KNOWN[known]["payoffs"], dtype=float))


def test_minimum_effort_has_three_stable_states_and_an_equilibrium_for_each_pair_of_levels(effort):
    assert isinstance(effort, GeneralSolution)
    assert effort.all_verified
    assert effort.sink_components == (("000",), ("111",), ("222",))
    assert [effort.pure_name(point.pure) for point in effort.ess] == ["000", "111", "222"]
    mixed = [point for point in effort.nash if point.pure is None]
    # Two levels k apart: whoever mixes is indifferent where both others reach the higher one with 11 q**2 = 10.
    assert len(mixed) == 3
    for point in mixed:
        assert all(x.max() == pytest.approx(np.sqrt(10 / 11), abs=1e-12) for x in point.profile)


def test_verdict_on_coordination_names_the_deviation_that_costs_least(effort):
    verdict = effort.coordination
    assert (verdict.profile, verdict.stable, verdict.certain) == ("222", True, False)
    assert verdict.margin == 1.0  # one level less: 11 lost, 10 saved
    assert effort.parties[verdict.weakest].strategies[verdict.leave_for] == "middle"
    assert verdict.survives_exit is None
    free = gamebook.solve(gamebook.load("minimum-effort"), values={"c": 0.0})
    assert (free.coordination.stable, free.coordination.certain) == (True, None)  # ties among the lower levels
    dear = gamebook.solve(gamebook.load("minimum-effort"), values={"c": 12.0})
    assert (dear.coordination.stable, dear.coordination.certain) == (False, False)
    assert dear.sink_components == (("000",),)
    assert dear.coordination.margin == pytest.approx(2 * (11.0 - 12.0))  # down to the lowest level


def test_certain_means_the_only_sink_of_the_response_graph():
    solution = gamebook.solve(np.array([[[3.0, 2, 2], [0, 0, 1], [1, 1, 0]], [[3.0, 0, 1], [2, 0, 1], [2, 1, 0]]]))
    assert solution.sink_components == (("00",),)
    assert solution.coordination is None  # an array names none


PUBLIC = """
[game]
id = "levels"
coordination = "12"
[[parties]]
id = "government"
indicator = "g"
public = true
strategies = [{ id = "passive" }, { id = "guide" }]
[[parties]]
id = "firm"
strategies = [{ id = "none" }, { id = "some", indicator = "s" }, { id = "much", indicator = "h" }]
[parameters]
grant = 3
own = 1
[[entries]]
id = "grant"
payer = "government"
receiver = "firm"
amount = "grant"
when = "g*h"
[[entries]]
id = "output"
payer = "outside"
receiver = "firm"
amount = "own"
when = "h"
[[entries]]
id = "effort"
payer = "firm"
receiver = "outside"
amount = "s + 2*h"
[[entries]]
id = "credit"
payer = "outside"
receiver = "government"
amount = "5"
when = "g*h"
[measures.effort_level]
formula = "s + 2*h"
"""


def test_ledger_and_public_parties_count_with_many_strategies():
    game = load_game(parse_page(PUBLIC))
    solution = gamebook.solve(game)
    verdict = solution.coordination
    assert (verdict.stable, verdict.certain) == (True, None)  # without much effort the government does not care
    assert verdict.survives_exit is False  # without the grant much effort costs 2 and brings 1
    assert gamebook.solve(game, values={"own": 2.5}).coordination.survives_exit is True
    goal = solution.states[0]
    assert (goal.role, goal.profile) == ("coordination", (1, 2))
    assert float(goal.money.outlay) == 3.0
    assert goal.measures == {"effort_level": 2.0}
    assert {flow.entry.id: float(flow.amount) for flow in goal.flows if flow.amount}["credit"] == 5.0
    assert "3.000" in solution.report("en")


def test_parties_of_two_strategies_can_be_fixed_and_the_game_of_the_others_is_solved():
    for share in (0.0, 0.25, 1.0):
        solution = gamebook.solve(HAWKS, given={"x_1": share})
        expected = (1 - share) * HAWKS[1, 0] + share * HAWKS[1, 1]
        (nash,) = solution.nash
        assert nash.pure == (int(np.argmax(expected)),)
        assert solution.full(nash.profile)[0].tolist() == [1 - share, share]
        assert solution.payoffs_at(solution.full(nash.profile))[1] == pytest.approx(expected.max(), abs=1e-15)
        data = solution.to_json()
        assert data["given"] == {"x_1": share}
        own = "~" if share == 0.25 else str(int(share))
        assert data["sink_components"] == [[own + str(nash.pure[0])]]


@pytest.mark.parametrize("name", GAMES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reports_fit_eighty_columns_and_say_what_is_not_computed(name, lang):
    report = gamebook.solve(gamebook.load(name)).report(lang)
    assert max(map(cell_len, report.splitlines())) <= 80
    assert ("basins" if lang == "en" else "吸引域") in report
    assert ("低努力" in report or "石头" in report) == (lang == "zh")


def test_report_names_the_strategies_that_are_mixed():
    report = gamebook.solve(gamebook.load("rock-paper-scissors")).report("en")
    assert "rock 0.3333, paper 0.3333, scissors 0.3333" in report
    assert "neutral" in report
    assert "All 9 pure profiles" in report


def test_json_lists_profiles_per_party_and_no_shares(effort):
    data = json.loads(json.dumps(effort.to_json(), allow_nan=False))
    assert data["schema"] == "gamebook/solution/1"
    assert np.array_equal(np.array(data["payoffs"]), gamebook.load("minimum-effort").tensor())
    assert data["strategies"] == [["low", "middle", "high"]] * 3
    point = next(p for p in data["rest_points"] if p["pure"] == "222")
    assert point["profile"] == [[0.0, 0.0, 1.0]] * 3
    assert point["shares"] is None
    assert (point["nash"], point["ess"], point["margin"]) == (True, True, 1.0)
    assert len(point["eigenvalues"]) == 6
    for item in data["rest_points"]:
        assert all(sum(own) == pytest.approx(1.0, abs=1e-12) for own in item["profile"])
    assert data["coordination"]["leave_for"] == "middle"
    assert data["basins"] is None
    assert "basins" in data["not_computed"]
    assert {item["face"] for item in data["components"]} >= {"*{02}{02}"}


def test_stored_results_repeat_bit_for_bit_and_changed_ones_do_not(tmp_path, effort):
    path = tmp_path / "effort.json"
    data = json.loads(json.dumps(effort.to_json()))
    path.write_text(json.dumps(data), encoding="utf-8")
    assert repeat(path).verdict == "identical"
    point = next(p for p in data["rest_points"] if p["pure"] is None)
    point["profile"][0][0] += 0.01
    path.write_text(json.dumps(data), encoding="utf-8")
    assert repeat(path).verdict == "different"
    array = gamebook.solve(HAWKS, given={"x_1": 0.25}).to_json()
    path.write_text(json.dumps(array), encoding="utf-8")
    assert repeat(path).verdict == "identical"


def test_damaged_stored_results_are_refused_with_the_place(tmp_path, effort):
    path = tmp_path / "effort.json"
    for key, value in (("payoffs", [[1.0]] * 3), ("strategies", [["a"]] * 3)):
        path.write_text(json.dumps({**effort.to_json(), key: value}), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            repeat(path)
        assert "payoffs" in str(caught.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"start": {"x_1": 0.3}}, "follows no path"),
        ({"certify": True}, "--certify"),
        ({"given": {"x_2": 0.5}}, 'no share "x_2"'),
        ({"given": {"x_1": 1.5}}, "1.5"),
    ],
)
def test_what_makes_no_sense_for_many_strategies_is_refused(options, words):
    with pytest.raises(InputError) as caught:
        gamebook.solve(HAWKS, **options)
    assert words in str(caught.value)
    assert caught.value.text("zh") != caught.value.text("en")


def test_segments_of_games_with_many_strategies_are_refused():
    game = load_game(parse_page(PUBLIC))
    scenario = parse_page(
        '[scenario]\nid = "split"\ngame = "levels"\n'
        '[[segments]]\nparty = "firm"\nid = "small"\nweight = 0.5\n'
        '[[segments]]\nparty = "firm"\nid = "large"\nweight = 0.5\n'
    )
    case = Case.of(game, load_scenario(scenario, {game.id: game}))
    with pytest.raises(InputError) as caught:
        gamebook.solve(case)
    assert "segments" in str(caught.value)


def test_a_budget_too_small_says_so_and_is_not_called_verified():
    payoffs = np.random.default_rng(0).normal(size=(3, 3, 3, 3))
    short = gamebook.solve(payoffs, most_boxes=5)
    assert (short.equilibria.status, short.all_verified) == ("budget", False)
    assert "--budget" in short.report("en")
    data = short.to_json()
    assert data["undecided"]
    assert not data["complete"]


def test_rows_have_a_column_per_strategy(effort):
    rows = effort.rows()
    assert len(rows) == len(effort.rest_points)
    assert {"first.low", "second.high", "pure", "verified"} <= set(rows[0])
    assert sum(rows[-1][f"third.{s}"] for s in ("low", "middle", "high")) == pytest.approx(1.0)


def test_a_page_of_many_strategies_works_from_the_command_line(desk, capsys):
    from gamebook.cli import run

    assert run(["solve", "rock-paper-scissors", "--json", "result.json", "--quiet"]) == 0
    assert run(["rerun", "result.json"]) == 0
    assert run(["solve", "minimum-effort", "--budget", "3", "--quiet"]) == 1
    assert run(["solve", "minimum-effort", "--table", "rows.csv"]) == 2
    assert run(["simulate", "minimum-effort"]) == 2
    assert not (desk / "rows.csv").exists()
    assert "0 low effort, 1 middle effort" in capsys.readouterr().out


def test_a_gambit_file_of_any_size_is_solved_and_repeats(desk, capsys):
    from gamebook.cli import run

    # QuantEcon.py, tests of vertex enumeration: a segment of equilibria and an isolated one.
    payoffs = "3 3 2 2 0 3 3 3 5 6 6 1"  # the first player's strategy changes fastest
    (desk / "segment.nfg").write_text(f'NFG 1 R "segment" {{ "A" "B" }} {{ 3 2 }}\n\n{payoffs}\n', encoding="utf-8")
    assert run(["solve", "segment.nfg", "--json", "segment.json"]) == 0
    assert "Continua of Nash equilibria" in capsys.readouterr().out
    assert run(["rerun", "segment.json"]) == 0
    (subset,) = json.loads((desk / "segment.json").read_text(encoding="utf-8"))["nash_subsets"]
    corners = list(subset["vertices"].values())
    assert corners[0] == [[1.0, 0.0, 0.0]]
    assert sorted(map(tuple, corners[1])) == [(2 / 3, 1 / 3), (1.0, 0.0)]
