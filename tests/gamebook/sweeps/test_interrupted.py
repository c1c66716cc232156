"""A run that is killed, interrupted, out of disk or damaged goes on where it was and ends with the very same bits."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import gamebook
from gamebook.commands.sweep import again
from gamebook.errors import InputError
from gamebook.sweeps import store as stores
from gamebook.sweeps.store import Store

ROOT = Path(__file__).parents[3]
OVER = ["s_F=0:1:30", "t_S=0:1:20"]
OPTIONS = [*(word for axis in OVER for word in ("--over", axis)), "--measures", "rest,margin", "--block", "20"]
BLOCKS = 30


def sweep(path, **options):
    return gamebook.sweep(gamebook.load("no_tools"), OVER, measures=["rest", "margin"], block=20, out=path, **options)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Checksum of a run that nothing disturbs."""
    path = tmp_path_factory.mktemp("whole") / "s"
    sweep(path)
    return Store.reading(path).checksum()


def start(path, *more):
    program = [sys.executable, "-m", "gamebook", "sweep", "no_tools"]
    command = [*program, *OPTIONS, "--out", str(path), *more, "--lang", "en"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def wait_for_blocks(run, path, count):
    """Return once so many blocks are done, or the run has ended by itself."""
    while run.poll() is None and len(list((path / "done").glob("*.json"))) < count:
        time.sleep(0.002)


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
def test_a_sweep_interrupted_and_killed_says_how_to_go_on_and_ends_with_the_same_bits(tmp_path, whole):
    path = tmp_path / "s"
    run = start(path)
    wait_for_blocks(run, path, 3)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate()
    assert run.returncode == 130
    assert f"--out {path} --lang en --resume" in said.decode()
    assert "of 600 points are stored" in said.decode()
    run = start(path, "--resume")
    wait_for_blocks(run, path, 14)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    assert Store.reading(path).checksum() is None
    sweep(path, resume=True)
    assert Store.reading(path).checksum() == whole


@pytest.mark.slow
def test_a_sweep_killed_at_ten_random_moments_ends_with_the_bits_of_one_that_was_not(tmp_path, whole):
    moments = sorted(random.Random(6).choices(range(BLOCKS), k=10))
    for moment in moments:
        run = start(tmp_path / "s", "--resume")
        wait_for_blocks(run, tmp_path / "s", moment)
        run.send_signal(signal.SIGKILL)
        run.communicate()
    sweep(tmp_path / "s", resume=True)
    assert Store.reading(tmp_path / "s").checksum() == whole


def test_the_command_that_goes_on_never_overwrites(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["gamebook", "sweep", "package", "--out", "my store", "--overwrite"])
    assert again() == "gamebook sweep package --out 'my store' --resume"


def test_a_full_disk_keeps_what_is_stored(tmp_path, monkeypatch, whole):
    path, kept, moved = tmp_path / "s", os.replace, []

    def full(source, target):
        moved.append(target)
        if len(moved) == 15:
            raise OSError(errno.ENOSPC, "No space left on device")
        kept(source, target)

    monkeypatch.setattr(stores.os, "replace", full)
    with pytest.raises(InputError, match=r"No space left on device.*of 600 points.*--resume"):
        sweep(path)
    monkeypatch.undo()
    sweep(path, resume=True)
    assert Store.reading(path).checksum() == whole


def damage(path):
    """Turn a bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("victim", ["grid.zarr/margin/c/3/0", "ragged/00000004.npz", "done/00000005.json"])
def test_a_damaged_block_is_noticed_and_done_again(tmp_path, whole, victim):
    path = tmp_path / "s"
    sweep(path)
    damage(path / victim)
    names = [column for column in Store.reading(path).names() if column != "vertices"] + ["vertices"]
    assert len(Store.reading(path).done(names)) == BLOCKS - 1
    done = []
    sweep(path, resume=True, progress=lambda what, count, total: done.append(count))
    assert done == [580, 600]  # one block was computed, all others were kept
    assert Store.reading(path).checksum() == whole


def test_a_store_of_another_version_of_the_program_is_refused_with_what_differs(tmp_path, monkeypatch):
    path = tmp_path / "s"
    sweep(path)
    monkeypatch.setattr("gamebook.provenance.code_digest", lambda: "0" * 64)
    with pytest.raises(InputError, match=r"code_sha256: stored .* now .0000"):
        sweep(path, resume=True)


def test_a_store_of_another_scenario_is_refused_with_what_differs(tmp_path):
    path = tmp_path / "s"
    sweep(path)
    with pytest.raises(InputError, match=r"target: stored .no_tools., now .poaching."):
        gamebook.sweep(
            gamebook.load("poaching"), OVER, measures=["rest", "margin"], block=20, out=path, resume=True
        )
