"""One command makes the tables and figures of a published work again, the same bytes every time."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALL = ("--widths", "84", "--formats", "svg")


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
    done = reproduce("digital-business", str(folder), *SMALL)
    assert done.returncode == 0, done.stderr
    assert "1/29 " in done.stderr
    assert "29/29 README.md" in done.stderr
    assert done.stdout == f"已在 {folder} 中写入 29 个文件\n"
    return folder


@pytest.fixture(scope="module")
def farm(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("work") / "su"
    done = reproduce("farm-quality", str(folder), *SMALL, "--quiet")
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


def test_every_printed_figure_and_table_is_there_and_named_in_chinese(made):
    text = (made / "README.md").read_text(encoding="utf-8")
    figures = sorted((made / "figures_84mm").iterdir())
    assert [path.name[:9] for path in figures] == [f"figure_{number:02}" for number in range(1, 20)]
    for number in range(1, 14):
        assert f"| 图{number} |" in text
    for table in ("表1、表2、表3", "表4", "表5"):
        assert f"| {table}" in text
    for path in made.rglob("*"):
        if path.is_file() and path.name != "README.md" and path.parent.name != "figures_84mm":
            assert f"`{path.relative_to(made)}`" in text
    again = reproduce("digital-business", str(made))
    assert again.returncode == 2
    assert "已存在" in again.stderr


def test_the_farm_work_has_its_six_figures_and_its_determinants(farm):
    text = (farm / "README.md").read_text(encoding="utf-8")
    for number in range(1, 7):
        assert f"| figure {number} |" in text
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


def test_a_folder_that_cannot_be_finished_is_not_left_half_made(tmp_path):
    done = reproduce("farm-quality", str(tmp_path / "file" / "folder"), "--widths", "85")
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_same_run_gives_the_same_bytes(made, tmp_path):
    other = tmp_path / "again"
    assert reproduce("digital-business", str(other), *SMALL).returncode == 0
    names = [path.relative_to(made) for path in sorted(made.rglob("*")) if path.is_file()]
    assert names == [path.relative_to(other) for path in sorted(other.rglob("*")) if path.is_file()]
    for name in names:
        assert (made / name).read_bytes() == (other / name).read_bytes(), name
