"""A sweep on a Dask cluster: real scheduler and workers on loopback, one of which is killed, and the same bits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import gamebook
from gamebook.errors import InputError
from gamebook.sweeps.cluster import Cluster
from gamebook.sweeps.engine import run
from gamebook.sweeps.store import Store
from gamebook.sweeps.sweeping import run_into, state

distributed = pytest.importorskip("distributed")

ROOT = Path(__file__).parents[3]
OVER = ["s_F=0:1:30", "t_S=0:1:20"]


def sweep(case):
    return state(case, OVER, measures=["rest", "margin", "outlay"], block=20)


@pytest.fixture(scope="module")
def inside():
    """Address of a scheduler with two workers, all in this process."""
    quiet = {"processes": False, "dashboard_address": None, "scheduler_port": 0, "worker_dashboard_address": None}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, protocol="tcp://", **quiet) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def processes(tmp_path):
    """A scheduler and two workers as processes of their own: address, and the workers."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment |= {"DASK_TEMPORARY_DIRECTORY": str(tmp_path), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
    quiet = {"cwd": tmp_path, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    told = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter", "--scheduler-file", str(told)]
    started = [subprocess.Popen([*dask, *options], **quiet)]
    while not told.exists() and started[0].poll() is None:
        time.sleep(0.02)
    address = json.loads(told.read_text(encoding="utf-8"))["address"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
    workers = [subprocess.Popen([*worker, "--no-dashboard"], **quiet) for _ in range(2)]
    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    yield address, workers
    for each in [*workers, *started]:
        each.kill()
        each.wait()


def test_a_cluster_gives_the_bits_of_this_machine(tmp_path, no_tools, inside):
    measures = ["rest", "margin", "outlay"]
    gamebook.sweep(no_tools, OVER, measures=measures, block=90, out=tmp_path / "here")
    gamebook.sweep(no_tools, OVER, measures=measures, block=90, out=tmp_path / "there", cluster=inside)
    assert Store.reading(tmp_path / "there").checksum() == Store.reading(tmp_path / "here").checksum() is not None


def test_a_worker_with_another_version_is_refused(no_tools, inside):
    stated = sweep(no_tools)
    stated.identity["code_sha256"] = "0" * 64
    with closing(Cluster(inside)) as cluster, pytest.raises(InputError, match="code_sha256"):
        run(stated, None, cluster)


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_bits_of_this_machine(tmp_path, no_tools, processes, monkeypatch):
    monkeypatch.setattr("gamebook.sweeps.cluster.SECONDS_TO_FETCH", 4.0)
    address, workers = processes
    gamebook.sweep(no_tools, OVER, measures=["rest", "margin", "outlay"], block=20, out=tmp_path / "here")
    seen = []

    def kill_one(what, done, total):
        seen.append(done)
        if len(seen) == 6:
            workers[0].send_signal(signal.SIGKILL)

    cluster = Cluster(address)
    run_into(sweep(no_tools), tmp_path / "there", cluster, resume=False, overwrite=False, progress=kill_one)
    cluster.close()
    assert workers[0].wait() == -signal.SIGKILL
    assert workers[1].poll() is None
    assert seen[-1] == 600
    assert Store.reading(tmp_path / "there").checksum() == Store.reading(tmp_path / "here").checksum() is not None


def test_an_address_where_nobody_answers_is_refused_in_one_line(monkeypatch):
    monkeypatch.setattr("gamebook.sweeps.cluster.SECONDS_TO_CONNECT", 1)
    with pytest.raises(InputError, match="no Dask scheduler answers") as refused:
        Cluster("tcp://127.0.0.1:9")
    assert "\n" not in refused.value.text("zh")
