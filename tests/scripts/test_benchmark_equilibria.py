"""The equilibrium benchmark counts what is missed and what is false, and writes what it found into both documents."""

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def benchmark():
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        yield importlib.import_module("benchmark_equilibria")
    finally:
        sys.path.remove(str(ROOT / "scripts"))


HUNT = np.array([[[2.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [2.0, 3.0]]])
STAY, GO, MIXED = [[1.0, 0.0]] * 2, [[0.0, 1.0]] * 2, [[1 / 3, 2 / 3]] * 2


def test_an_equilibrium_that_another_program_lists_is_missed_and_a_point_with_regret_is_false(benchmark):
    answers = {"all": [[STAY, GO, MIXED], [STAY, GO, MIXED]], "some": [[STAY, [[0.5, 0.5]] * 2], [STAY, GO, MIXED]]}
    all_of_them, some = benchmark.differences(("games.random", {"count": 2}), np.stack([HUNT, HUNT]), answers)
    assert (all_of_them.listed, all_of_them.missed, all_of_them.in_games, all_of_them.false) == (6, 0, 0, 0)
    assert (some.listed, some.missed, some.in_games, some.false) == (5, 2, 1, 1)


def test_regret_is_the_gain_of_the_best_deviation_in_parts_of_the_range(benchmark):
    assert benchmark.regret(HUNT, MIXED) == pytest.approx(0.0, abs=1e-15)
    # Against an even mixture hunting pays 1.5 and staying 2, out of a range of 3.
    assert benchmark.regret(HUNT, [[0.0, 1.0], [0.5, 0.5]]) == pytest.approx(0.5 / 3)


def test_a_quick_run_finds_nothing_missed_or_false_and_writes_both_documents(tmp_path):
    for name in ("benchmarks.md", "benchmarks.zh.md"):
        shutil.copy(REFERENCE / name, tmp_path)
    script = ROOT / "scripts" / "benchmark_equilibria.py"
    ran = subprocess.run(
        [sys.executable, "-P", str(script), "--quick", "--write", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "[11/11]" in ran.stderr
    assert "| 0 missed, 0 false | yes |  |  |" in ran.stdout
    for name, word in (("benchmarks.md", "Completeness"), ("benchmarks.zh.md", "完备性")):
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert f"### {word}" in written
        assert "nashpy" in written
        assert written.endswith("<!-- measured: end -->\n")
        assert written.startswith((REFERENCE / name).read_text(encoding="utf-8").partition("<!--")[0])


def test_a_peer_python_that_is_not_there_is_refused_before_the_work(benchmark, capsys):
    with pytest.raises(SystemExit) as caught:
        benchmark.main(["--quick", "--peer-python", "/no/such/python"])
    assert caught.value.code == 2
    assert "--peer-python /no/such/python: no such program" in capsys.readouterr().err


def test_a_document_without_a_place_for_the_results_is_refused(benchmark, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("nothing here\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="no place for the results"):
        benchmark.write_into(page, "numbers")
    assert page.read_text(encoding="utf-8") == "nothing here\n"


def test_without_the_peer_the_run_says_how_to_get_it(benchmark):
    tables = importlib.import_module("equilibria_tables")
    for lang, words in (("en", "Not installed"), ("zh", "未安装")):
        said = tables.text("peer.absent", lang, names="pygambit")
        assert words in said
        assert "pygambit" in said
        assert "--peer-python" in said
    assert all(len(pair) == 2 and all(pair) for pair in tables.TEXTS.values())
