"""One command makes the tables and figures of a published work again, the same bytes every time."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from reproduction import main
from reproduction_works import DIGITAL, FARM

ROOT = Path(__file__).parents[2]
SMALL = ("--widths", "84", "--formats", "svg")
SOME = (*SMALL, "--figures", "1", "6", "12")


def reproduce(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, str(ROOT / "scripts" / "reproduction.py"), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(program, capture_output=True, text=True, check=False, timeout=600, env=environment)


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("work") / "chen"
    done = reproduce("digital-business", str(folder), *SOME)
    assert done.returncode == 0, done.stderr
    assert "1/13 " in done.stderr
    assert "13/13 README.md" in done.stderr
    assert done.stdout == f"已在 {folder} 中写入 13 个文件\n"
    return folder


@pytest.fixture(scope="module")
def farm(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("work") / "su"
    done = reproduce("farm-quality", str(folder), *SMALL, "--figures", "2", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_the_stable_points_are_those_of_the_four_printed_sets_and_one_that_is_not_printed(made):
    stable = [(row[0], row[1]) for row in rows(made / "tables" / "points.csv") if row[-1] == "ESS"]
    assert stable == [
        ("digital_set_1", "(1, 1, 1)"),
        ("digital_set_2", "(1, 0, 0)"),
        ("digital_set_2", "(1, 1, 1)"),
        ("digital_set_3", "(1, 1, 0)"),
        ("digital_set_4", "(1, 0, 0)"),
    ]


def test_end_states_at_the_printed_horizon_agree_with_an_independent_integration(made):
    # From (0.5, 0.5, 0.5) at time 20, by an integration of another program.
    known = {"digital_set_1": "(0.9988, 0.9999, 0.9998)", "digital_set_3": "(0.9997, 1, 0.2117)"}
    found = {row[0]: row[2] for row in rows(made / "tables" / "ends.csv") if row[1] == "(0.5, 0.5, 0.5)"}
    assert {name: found[name] for name in known} == known


# Table 4 of the article: (1,1,1) in case one has three minus signs; case four leaves (1,0,0) open.
def test_signs_by_case_agree_with_the_printed_ones_where_those_follow(made):
    found = {(row[0], row[1]): (row[2], row[3]) for row in rows(made / "tables" / "signs.csv")}
    assert len(found) == 1 + 4 * 8
    assert found["情况一", "(1, 1, 1)"] == ("(−, −, −)", "ESS")
    assert found["情况三", "(0, 1, 0)"][0] == "(+, −, −)"
    assert found["情况四", "(1, 0, 0)"][0] == "(−, ×, −)"


def test_every_printed_figure_of_both_works_is_planned_in_its_place():
    for work, printed in ((DIGITAL, 13), (FARM, 6)):
        numbers = [plan.printed.en for plan in work.figures if plan.printed is not None]
        assert numbers == [f"figure {number}" for number in range(1, printed + 1)]
        kinds = {plan.kind for plan in work.figures}
        assert kinds == {"flows", "surface", "faces", "phase", "bundle", "series", "willingness", "sensitivity", "map"}


def test_the_folder_says_what_each_file_is_in_the_work_and_is_never_overwritten(made, capsys):
    text = (made / "README.md").read_text(encoding="utf-8")
    drawn = [path.name[:9] for path in sorted((made / "figures_84mm").iterdir())]
    assert drawn == ["figure_01", "figure_06", "figure_12"]
    for printed in ("图1", "图6", "图12", "表1、表2、表3", "表4", "表5"):
        assert f"| {printed}" in text
    for path in made.rglob("*"):
        if path.is_file() and path.name != "README.md" and path.parent.name != "figures_84mm":
            assert f"`{path.relative_to(made)}`" in text
    assert main(["digital-business", str(made)]) == 2
    assert "已存在" in capsys.readouterr().err


def test_determinants_and_traces_are_those_of_table_two_of_the_farm_work(farm):
    assert "| figure 2 |" in (farm / "README.md").read_text(encoding="utf-8")
    table = {row[0]: row for row in rows(farm / "tables" / "determinants.csv")}
    # Table 2 of the article: positive determinant and negative trace at (0, 0) and (1, 1), a saddle inside.
    for point in ("(0, 0)", "(1, 1)"):
        assert float(table[point][5]) > 0 > float(table[point][6])
        assert table[point][-1] == "ESS"
    assert float(table["(0.5556, 0.3924)"][5]) < 0.0
    assert float(table["(0.5556, 0.3924)"][6]) == 0.0


# The limits that the article states for its figures 3 to 6.
def test_paths_of_the_farm_work_go_where_the_article_says(farm):
    ideal = {"baseline", "x0_060", "y0_045", "spill_005", "inspect_06", "d_075", "lam_015"}
    found = {row[0].removeprefix("farm_"): row[3] for row in rows(farm / "tables" / "ends.csv")[1:]}
    assert {name for name, limit in found.items() if limit == "11"} == ideal
    assert {limit for name, limit in found.items() if name not in ideal} == {"00"}


@pytest.mark.parametrize("wrong", [("--widths", "85"), ("--figures", "99"), ("--figures", "0")])
def test_what_cannot_be_drawn_is_refused_before_anything_is_written(wrong, tmp_path):
    with pytest.raises(SystemExit) as refused:
        main(["farm-quality", str(tmp_path / "folder"), *wrong])
    assert refused.value.code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_could_not_be_finished_is_taken_away_again(tmp_path, monkeypatch):
    monkeypatch.setattr("reproduction.tables", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main(["farm-quality", str(tmp_path / "folder"), "--quiet"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_same_run_gives_the_same_bytes_and_all_figures(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        assert reproduce("digital-business", str(folder), *SMALL, "--quiet").returncode == 0
    names = [path.relative_to(one) for path in sorted(one.rglob("*")) if path.is_file()]
    assert names == [path.relative_to(other) for path in sorted(other.rglob("*")) if path.is_file()]
    assert sum(name.parts[0] == "figures_84mm" for name in names) == 19
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
