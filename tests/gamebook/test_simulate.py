"""``simulate`` from Python and as a user meets it: years, ends, mismatch, money, starts, files, refusals."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from rich.cells import cell_len
from scipy.integrate import solve_ivp

import gamebook
from gamebook.errors import InputError
from gamebook.interchange.faults import TableError
from payoffs.ledger import profile_weights

ROOT = Path(__file__).parents[2]


def run(*arguments, cwd=None, lang="en"):
    """Run the command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GAMEBOOK_LANG": lang}
    return subprocess.run(
        [sys.executable, "-P", "-m", "gamebook", *arguments],
        capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=environment, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def package():
    return gamebook.simulate(gamebook.load("package"))


def end_of(target, **options):
    return gamebook.simulate(gamebook.load(target), points=2, **options).ends[0]


# Where the status quo leads: the facts of the default calibration.


@pytest.mark.parametrize(
    ("target", "profile"),
    [
        ("no_tools", "1000"),
        ("subsidy_only", "1000"),
        ("tax_only", "1000"),
        ("package", "1111"),
        ("seeds_mix", "1111"),
        ("oversized", "0111"),
        ("poaching_package", "1010"),
    ],
)
def test_the_status_quo_leads_where_the_calibration_says(target, profile):
    end = end_of(target)
    assert (end.status, end.proved, end.profile) == ("settled", True, profile)
    assert end.shares.tolist() == [float(digit) for digit in profile]


def test_oversized_incentives_under_poaching_never_settle():
    end = end_of("poaching_oversized", start={"x_G": 0.525, "x_F": 0.55, "x_W": 0.426, "x_P": 0.599})
    assert (end.status, end.proved, end.profile, end.period) == ("heteroclinic", False, None, None)
    assert end.cycle == ("1111", "0111", "0011", "0010", "1010", "1110")
    assert end.ratio == pytest.approx(2.584, abs=0.01)


# Time in years.


def test_a_constant_gain_of_one_grows_the_odds_by_the_revision_rate_a_year():
    payoffs = np.zeros((2, 2, 2))
    payoffs[0, 1], payoffs[1, :, 1] = 1.0, -2.0
    simulation = gamebook.simulate(
        payoffs, start={"x_1": 0.2, "x_2": 0.6}, years=30.0, points=7, revision_rate=0.25, speeds={"x_2": 0.4}
    )
    years = np.linspace(0.0, 30.0, 7)
    np.testing.assert_allclose(simulation.times, years)
    odds = np.stack([0.25 * np.exp(0.25 * years), 1.5 * np.exp(-2.0 * 0.25 * 0.4 * years)], axis=-1)
    np.testing.assert_allclose(simulation.shares[0], odds / (1 + odds), rtol=1e-9)
    # Without a coordination profile arrival means everybody at index 1, which party 2 leaves.
    assert simulation.years_to_goal == (None,)


def test_years_to_coordination_are_the_first_in_which_all_shares_exceed_95_percent(package):
    year = package.years_to_goal[0]
    fine = gamebook.simulate(gamebook.load("package"), years=year, points=201)
    assert (fine.shares[0, -1] >= 0.95 - 1e-9).all()
    assert fine.shares[0, -1].min() == pytest.approx(0.95, abs=1e-7)
    assert (fine.shares[0, :-1].min(axis=-1) < 0.95).all()


def test_years_to_coordination_are_found_beyond_the_years_shown(package):
    short = gamebook.simulate(gamebook.load("package"), years=5.0)
    assert short.years_to_goal[0] == pytest.approx(package.years_to_goal[0], rel=1e-6)
    assert short.times[-1] == 5.0


def test_doubling_the_revision_rate_halves_all_times(package):
    quick = gamebook.simulate(gamebook.load("package"), revision_rate=0.2, years=25.0, delta=0.2)
    assert quick.years_to_goal[0] == pytest.approx(package.years_to_goal[0] / 2, rel=1e-6)
    np.testing.assert_allclose(quick.shares, package.shares, atol=1e-7)
    np.testing.assert_allclose(quick.dynamic_mismatch, package.dynamic_mismatch, atol=1e-6)


def test_without_revision_nothing_moves():
    simulation = gamebook.simulate(gamebook.load("package"), revision_rate=0.0, points=3)
    assert (simulation.shares == simulation.shares[:, :1]).all()
    assert simulation.ends[0].status == "at rest"
    assert simulation.mean_dynamic_mismatch[0] == pytest.approx(simulation.mismatch[0, 0])


def test_a_slow_government_takes_longer_to_come_round():
    usual = gamebook.simulate(gamebook.load("package"), points=2)
    slow = gamebook.simulate(gamebook.load("package"), points=2, speeds={"x_G": 0.05})
    assert slow.years_to_goal[0] > usual.years_to_goal[0] + 1.0


# What is reported along the path.


def test_payoffs_measures_and_money_are_expectations_over_pure_profiles(package):
    case = gamebook.load("package")
    ledger = case.game.ledger(**case.values)
    for k in (0, 37, 100):
        weights = profile_weights(package.shares[0, k])
        for name, values in package.measures.items():
            assert values[0, k] == pytest.approx(float(ledger.measure(name, weights)), rel=1e-12)
        money = ledger.money(weights)
        for name, values in package.money.items():
            assert values[0, k] == pytest.approx(float(getattr(money, name)), rel=1e-11, abs=1e-12)
        for i in range(4):
            wanted = float((ledger.tensor[i] * weights).sum())
            assert package.payoffs[0, k, i] == pytest.approx(wanted, rel=1e-12)
    np.testing.assert_allclose(package.mismatch, 1.0 - package.measures["matched"])
    parts = [package.measures[name] for name in ("under_skilled", "type_mismatch", "matched")]
    np.testing.assert_allclose(sum(parts), 1.0)


@pytest.mark.parametrize("delta", [0.1, 0.0, 10.0, 1e-9])
def test_dynamic_mismatch_solves_its_equation(delta):
    case = gamebook.load("package")
    simulation = gamebook.simulate(case, delta=delta, points=51)
    ledger = case.game.ledger(**case.values)
    fine = gamebook.simulate(case, points=5001)
    matched = np.array([float(ledger.measure("matched", profile_weights(x))) for x in fine.shares[0]])

    def field(t, y):
        m = np.interp(t, fine.times, matched)
        return [delta * (m - y[0]), y[0]]

    ran = solve_ivp(field, (0, 50), [matched[0], 0.0], t_eval=simulation.times, rtol=1e-9, atol=1e-11, max_step=0.5)
    np.testing.assert_allclose(1.0 - simulation.dynamic_mismatch[0], ran.y[0], atol=2e-6)
    assert simulation.mean_dynamic_mismatch[0] == pytest.approx(1.0 - ran.y[1, -1] / 50.0, abs=2e-6)


def test_few_points_do_not_change_dynamic_mismatch(package):
    coarse = gamebook.simulate(gamebook.load("package"), points=2)
    assert coarse.dynamic_mismatch[0, -1] == pytest.approx(package.dynamic_mismatch[0, -1], abs=1e-6)
    assert coarse.mean_dynamic_mismatch[0] == pytest.approx(package.mean_dynamic_mismatch[0], abs=1e-6)


def test_fixed_shares_stay_fixed_and_the_others_play_the_game_that_is_left():
    simulation = gamebook.simulate(gamebook.load("no_tools"), given={"x_G": 0.0})
    assert (simulation.shares[..., 0] == 0.0).all()
    assert simulation.free == (1, 2, 3)
    end = simulation.ends[0]
    assert end.profile[0] == "0"
    assert end.shares[0] == 0.0
    mixed = gamebook.simulate(gamebook.load("package"), given={"x_G": 0.5}, points=2)
    assert (mixed.shares[..., 0] == 0.5).all()
    assert mixed.ends[0].profile.startswith("~")


# Many starts.


def test_a_grid_has_the_middles_of_equal_parts_with_the_last_share_fastest():
    simulation = gamebook.simulate(gamebook.load("no_tools"), grid_count=2, points=2)
    assert simulation.shares.shape == (16, 2, 4)
    np.testing.assert_allclose(simulation.shares[0, 0], [0.25, 0.25, 0.25, 0.25], rtol=1e-15)
    np.testing.assert_allclose(simulation.shares[1, 0], [0.25, 0.25, 0.25, 0.75], rtol=1e-15)
    assert len({tuple(x) for x in simulation.shares[:, 0].round(6).tolist()}) == 16
    counts = {where: len(paths) for _, where, paths in simulation.outcomes()}
    assert set(counts) == {"1000", "1111"}
    assert sum(counts.values()) == 16


def test_paths_of_a_batch_are_those_of_single_runs():
    starts = np.random.default_rng(2).uniform(size=(5, 4))
    case = gamebook.load("no_tools")
    together = gamebook.simulate(case, starts=starts, points=5)
    for k in range(5):
        alone = gamebook.simulate(case, starts=starts[k : k + 1], points=5)
        assert (alone.shares[0] == together.shares[k]).all()
        assert alone.ends[0].profile == together.ends[k].profile
        assert alone.dynamic_mismatch[0, -1] == pytest.approx(together.dynamic_mismatch[k, -1], rel=1e-12)


def test_arrays_of_the_result_are_read_only(package):
    for array in (package.shares, package.payoffs, package.dynamic_mismatch, *package.measures.values()):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


# Refusals.


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"years": 0.0}, "--years 0.0: give a number of years above 0"),
        ({"years": float("nan")}, "--years nan"),
        ({"years": 1e9}, "up to 10,000"),
        ({"points": 1}, "--points 1: give a whole number from 2"),
        ({"revision_rate": -0.1}, "--revision-rate -0.1: give a rate from 0 to 10"),
        ({"revision_rate": 11.0}, "from 0 to 10"),
        ({"delta": 11.0}, "--delta 11.0"),
        ({"speeds": {"x_G": 0.0}}, r"--speed x_G=0.0: a speed must lie in \[0.001, 1000\]"),
        ({"speeds": {"x_g": 1.0}}, "Did you mean x_G"),
        ({"grid_count": 0}, "--grid 0"),
        ({"grid_count": 40}, r"2,560,000 paths at 101 times would take about 49\.\d GB"),
        ({"grid_count": 2, "start": {"x_G": 0.2}}, "exclude each other"),
        ({"starts": [[0.5, 0.5]]}, "a column for each of x_G, x_F, x_W, x_P"),
        ({"start": {"x_G": 1.0}}, "strictly between 0 and 1"),
    ],
)
def test_bad_requests_are_refused_in_words(options, words):
    with pytest.raises(InputError, match=words):
        gamebook.simulate(gamebook.load("package"), **options)


def starts_file(tmp_path, words, encoding="utf-8"):
    path = tmp_path / "starts.csv"
    path.write_bytes(words.encode(encoding))
    return path


def test_starts_from_a_file_may_leave_out_shares_and_come_from_a_spreadsheet(tmp_path):
    path = starts_file(tmp_path, "\ufeffx_W;x_G\r\n0.25;0.75\r\n0.5;0.125\r\n")
    simulation = gamebook.simulate(gamebook.load("no_tools"), starts=path, points=2)
    np.testing.assert_allclose(simulation.shares[:, 0], [[0.75, 0.2, 0.25, 0.2], [0.125, 0.2, 0.5, 0.2]], rtol=1e-14)
    assert simulation.source == "file"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("x_G,x_F\n0.5,1.5\n0.5,0.5\n", ["B2: x_F is 1.5; a path starts strictly between 0 and 1"]),
        ("x_G,x_F\n0.5,0.5\n0.5,\n,0.1\n", ["B3: the start of x_F is missing", "A4: the start of x_G is missing"]),
        ("x_G,x_F\n50%,abc\n", ["A2: ", "0.5", "B2: "]),
        ("x_G,x_Q\n0.5,0.5\n", ['B1: there is no share "x_Q"', "Did you mean x_"]),
        ("x_G,x_G\n0.5,0.5\n", ["B1: x_G has a column already"]),
        ("x_G,x_F\n0.5,0.5,0.7\n", ['C2: "0.7" stands beside the table']),
        ("x_G,x_F\n", ["there is no start below the first line"]),
        ("", ["the first line must hold share symbols"]),
        ("x_G\n0\n", ["A2: x_G is 0"]),
        ("x_G\n1e400\n", ["A2: "]),
    ],
)
def test_a_broken_file_of_starts_is_refused_cell_by_cell(tmp_path, words, said):
    with pytest.raises(TableError) as refusal:
        gamebook.simulate(gamebook.load("no_tools"), starts=starts_file(tmp_path, words))
    for part in said:
        assert part in refusal.value.text("en")
    assert refusal.value.text("zh") != refusal.value.text("en")


def test_a_start_for_a_fixed_share_is_refused(tmp_path):
    path = starts_file(tmp_path, "x_G,x_F\n0.5,0.5\n")
    with pytest.raises(TableError, match="A1: x_G is held fixed by --given"):
        gamebook.simulate(gamebook.load("no_tools"), starts=path, given={"x_G": 1.0})


# The command.


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["simulate", "package"],
        ["simulate", "poaching_oversized", "--speed", "x_G=0.5", "--given", "x_P=0.25"],
        ["simulate", "no_tools", "--grid", "3"],
        ["simulate", "matching-pennies"],
    ],
)
def test_reports_fit_80_columns_in_both_languages(arguments, lang):
    ran = run(*arguments, lang=lang)
    assert ran.returncode == 0, ran.stderr
    assert max(cell_len(line) for line in ran.stdout.splitlines()) <= 80
    assert ("Where" in ran.stdout) == (lang == "en")


def test_the_report_of_one_path_has_eleven_years_and_the_end_in_words():
    ran = run("simulate", "package")
    lines = ran.stdout.splitlines()
    first = next(k for k, line in enumerate(lines) if line.split()[:2] == ["year", "x_G"])
    table = [line.split() for line in lines[first + 1 : first + 12]]
    assert [row[0] for row in table] == ["0", "5", "10", "15", "20", "25", "30", "35", "40", "45", "50"]
    assert table[0][1:] == ["0.500", "0.200", "0.300", "0.200", "0.098", "0.902", "0.902", "1.758"]
    # Coordination costs 9.025 and matches .6167 of the workers.
    assert float(table[-1][-1]) == pytest.approx(9.025, abs=2e-3)
    assert float(table[-1][5]) == pytest.approx(0.617, abs=1e-3)
    words = " ".join(ran.stdout.split())
    assert "1111, a strict equilibrium. Proved" in words
    assert "in year 36.2 every share is for the first time beyond 95 %" in words


def test_json_follows_the_contract():
    ran = run("simulate", "poaching_oversized", "--points", "3", "--years", "10", "--speed", "x_G=2", "--json", "-")
    assert ran.returncode == 0
    data = json.loads(ran.stdout, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert data["schema"] == "gamebook/simulation/1"
    assert (data["target"], data["game"], data["source"]) == ("poaching_oversized", "training-investment", "status quo")
    assert data["speeds"] == {"x_G": 2.0, "x_F": 1.0, "x_W": 1.0, "x_P": 1.0}
    assert (data["revision_rate"], data["delta"], data["years"]) == (0.1, 0.1, [0.0, 5.0, 10.0])
    assert data["complete"] is True
    (path,) = data["paths"]
    assert path["start"] == {"x_G": 0.5, "x_F": 0.2, "x_W": 0.3, "x_P": 0.2}
    assert (path["end"]["status"], path["end"]["proved"], path["end"]["profile"]) == ("heteroclinic", False, None)
    assert path["end"]["ratio"] > 1.0
    assert path["end"]["period"] is None
    assert np.array(path["shares"]).shape == np.array(path["payoffs"]).shape == (3, 4)
    assert set(path["measures"]) >= {"matched", "under_skilled", "over_skilled", "type_mismatch"}
    assert set(path["money"]) >= {"outlay", "revenue", "burden", "net_cost", "welfare"}
    assert len(path["dynamic_mismatch"]) == 3
    assert data["outcomes"][0]["paths"] == 1
    assert data["provenance"]["scipy"]


def test_the_table_reads_back_to_the_same_bits(tmp_path):
    ran = run("simulate", "no_tools", "--grid", "2", "--points", "3", "--csv", "paths.csv", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "written: paths.csv" in ran.stderr
    simulation = gamebook.simulate(gamebook.load("no_tools"), grid_count=2, points=3)
    with open(tmp_path / "paths.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == simulation.columns()
    assert len(rows) == 16 * 3
    for row, wanted in zip(rows, simulation.rows(), strict=True):
        assert {name: float(value) if value else None for name, value in row.items()} == {
            name: None if value != value else value for name, value in wanted.items()
        }


def test_files_are_never_overwritten_and_nothing_is_computed_before_that_is_said(tmp_path):
    (tmp_path / "paths.csv").write_text("mine")
    ran = run("simulate", "no_tools", "--csv", "paths.csv", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "paths.csv exists already" in ran.stderr
    assert (tmp_path / "paths.csv").read_text() == "mine"


def test_a_figure_is_drawn(tmp_path):
    ran = run("simulate", "package", "--points", "21", "--figure", "paths.svg", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "paths.svg").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--grid", "2.5"], "--grid"),
        (["--grid", "40"], "would take about"),
        (["--speed", "x_G"], "--speed SYMBOL=VALUE"),
        (["--starts", "missing.csv"], "missing.csv cannot be read"),
        (["--start", "x_G=.2", "--grid", "2"], "exclude each other"),
        (["--figure", "paths.gif"], ".png, .svg, .pdf"),
    ],
)
def test_bad_options_end_with_code_2_and_one_line(arguments, words):
    ran = run("simulate", "package", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_undecided_end_is_said_and_sets_the_exit_code(tmp_path):
    # Two games of matching pennies side by side, whose rounds have no common multiple.
    cells = {}
    for s in np.ndindex(2, 2, 2, 2):
        first, second = (1 if s[0] == s[1] else -1), (1.4142135623730951 if s[2] == s[3] else -1.4142135623730951)
        cells["".join(map(str, s))] = [first, -first, second, -second]
    parties = "".join(
        f'[[parties]]\nid = "p{i}"\nsymbol = "P{i}"\nindicator = "i{i}"\nshare = "x_{i}"\n'
        'strategies = [{ id = "no" }, { id = "yes" }]\n'
        for i in range(4)
    )
    rows = "".join(f'"{key}" = [{", ".join(map(str, row))}]\n' for key, row in cells.items())
    page = f'[game]\nid = "torus"\n{parties}[start]\nx_0 = 0.6\nx_2 = 0.4\nx_3 = 0.7\n[cells]\n{rows}'
    (tmp_path / "torus.toml").write_text(page)
    ran = run("simulate", "torus.toml", "--points", "2", cwd=tmp_path)
    assert ran.returncode == 1, ran.stderr
    assert "undecided: within the budget" in ran.stdout
