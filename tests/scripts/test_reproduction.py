"""One command makes the tables and figures of a published work again, the same bytes every time."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


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
    done = reproduce("digital-business", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def test_the_stable_points_are_those_of_the_four_printed_sets_and_one_that_is_not_printed(made):
    stable = [(row[0], row[1]) for row in rows(made / "points.csv") if row[-1] == "ESS"]
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
    found = {row[0]: row[2] for row in rows(made / "ends.csv") if row[1] == "(0.5, 0.5, 0.5)"}
    assert {name: found[name] for name in known} == known


def test_the_folder_lists_itself_in_chinese_and_is_never_overwritten(made):
    text = (made / "README.md").read_text(encoding="utf-8")
    for path in made.iterdir():
        if path.name != "README.md":
            assert f"`{path.name}`" in text
    assert "收益矩阵" in text
    again = reproduce("digital-business", str(made))
    assert again.returncode == 2
    assert "已存在" in again.stderr


@pytest.mark.slow
def test_the_same_run_gives_the_same_bytes(made, tmp_path):
    other = tmp_path / "again"
    assert reproduce("digital-business", str(other)).returncode == 0
    for path in sorted(made.iterdir()):
        assert path.read_bytes() == (other / path.name).read_bytes(), path.name
