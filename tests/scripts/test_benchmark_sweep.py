"""The sweep benchmark measures whole runs and names what it left out."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def benchmark(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("benchmark_sweep")


def test_a_run_is_measured_from_the_pages_to_a_complete_store(benchmark):
    found = benchmark.sweep_once(["s_F=0:1:3", "t_S=0:1:3"], "pure", 1)
    assert found["seconds"] > 0.0
    assert found["memory"] > 50.0
    assert found["bytes"] > 1000.0


def test_a_case_that_misses_its_target_fails_the_run_and_a_missing_peer_is_named(benchmark, monkeypatch, capsys):
    run = {"seconds": 50.0, "memory": 900.0, "bytes": 1e8}
    monkeypatch.setattr(benchmark, "separately", lambda script, *words, **more: run)
    monkeypatch.setattr(benchmark, "peer_seconds", lambda case, python: None)
    assert benchmark.main([]) == 1
    said = capsys.readouterr().out
    assert "| 1,000,000 | 50.0 | 40 | 20,000 | 900 | 100 | - |" in said
    assert "Gambit was not found" in said
    run["seconds"] = 30.0
    assert benchmark.main([]) == 0
    run["memory"] = 2100.0
    assert benchmark.main([]) == 1


def test_the_loop_is_timed_on_points_of_the_same_grid_and_called_multiplied_up(benchmark, monkeypatch, capsys):
    monkeypatch.setattr(benchmark, "separately", lambda *words, **more: {"seconds": 1.0, "memory": 1.0, "bytes": 1.0})
    monkeypatch.setattr(benchmark, "peer_seconds", lambda case, python: (0.036, "pygambit 0"))
    assert benchmark.main(["--quick"]) == 0
    said = capsys.readouterr().out
    assert "| 0.4 |" in said
    assert "0.036 s per point over 24 points with pygambit 0, multiplied up" in said


def test_without_gambit_the_peer_has_no_time(benchmark, monkeypatch):
    monkeypatch.setattr(benchmark, "separately", lambda *words, **more: {"version": None})
    assert benchmark.peer_seconds(benchmark.QUICK[0], sys.executable) is None
