"""Compiled kernels: what is kept follows its sources, damage and missing folders cost time only, nothing leaks.

Most tests run a tiny package of their own, called ``solvers`` and made of ``compiled.py`` and two kernels, in a
process of its own: that is the only way to see what the next process finds.
"""

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import numba
import numpy as np
import pytest

from solvers import compiled

CALLEE = """
from solvers.compiled import kernel

def _step(number):
    return number + {step}

step = kernel(_step)
"""

CALLER = """
from solvers.callee import step
from solvers.compiled import kernel

def _walk(number):
    for _ in range(10):
        number = step(number)
    return number

walk = kernel(_walk)
"""

PROBE = """
import json
from solvers import compiled
told = []
compiled.tell_when_compiling(lambda: told.append("compiling"))
cold = compiled.cache_is_cold()
from solvers.caller import walk
number = walk({start})
stats = getattr(walk, "stats", None)
print(json.dumps({{
    "number": number, "plain": walk.py_func({start}), "cold": cold, "told": told,
    "hits": sum(stats.cache_hits.values()) if stats else None,
    "folder": str(compiled.cache_folder()) if compiled.cache_folder() else None,
}}))
"""


def make_tree(folder, step=1):
    package = folder / "solvers"
    package.mkdir(parents=True)
    shutil.copy(compiled.__file__, package / "compiled.py")
    (package / "__init__.py").touch()
    (package / "callee.py").write_text(CALLEE.format(step=step))
    (package / "caller.py").write_text(CALLER)
    return folder


def start_python(tree, code, **variables):
    environment = {**os.environ, "PYTHONPATH": str(tree), "NUMBA_DISABLE_JIT": None, **variables}
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env={name: value for name, value in environment.items() if value is not None},
        cwd=tree,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def result_of(process):
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert errors == ""
    return json.loads(output)


def probe(tree, start=0, **variables):
    variables.setdefault("GAMEBOOK_CACHE", str(tree / "cache"))
    return result_of(start_python(tree, PROBE.format(start=start), **variables))


@pytest.fixture
def tree(tmp_path):
    return make_tree(tmp_path / "tree")


@pytest.fixture
def cache_base(tmp_path, monkeypatch):
    """A cache folder for calls in this process, which has long decided on its own."""
    base = tmp_path / "base"
    monkeypatch.setattr(numba.config, "DISABLE_JIT", 0)
    monkeypatch.setenv("GAMEBOOK_CACHE", str(base))
    return base


decide = compiled.cache_folder.__wrapped__


def test_a_change_in_a_called_kernel_of_another_file_changes_the_result_of_the_next_run(tree):
    assert probe(tree)["number"] == 10
    (tree / "solvers" / "callee.py").write_text(CALLEE.format(step=2))
    changed = probe(tree)
    assert changed["number"] == 20
    assert changed["cold"]


def test_the_first_process_says_once_that_it_compiles_and_the_second_compiles_nothing(tree):
    first, second = probe(tree), probe(tree)
    assert (first["cold"], first["told"], first["hits"]) == (True, ["compiling"], 0)
    assert (second["cold"], second["told"], second["hits"]) == (False, [], 1)
    assert first["number"] == second["number"] == 10
    assert first["folder"] == second["folder"]


def test_a_damaged_cache_is_compiled_again_and_repaired(tree):
    files = list(Path(probe(tree)["folder"]).rglob("*.kernel"))
    assert len(files) == 2
    for path in files:
        path.write_bytes(path.read_bytes()[:-1000] + bytes(1000))
    damaged = probe(tree)
    assert (damaged["number"], damaged["hits"], damaged["told"]) == (10, 0, ["compiling"])
    assert probe(tree)["hits"] == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[: len(content) // 2] + bytes(len(content) - len(content) // 2),
        lambda content: b"\x80\x04garbage",
        lambda content: content[:-20] + bytes([content[-20] ^ 1]) + content[-19:],
    ],
    ids=["empty", "truncated", "zeros after a power cut", "garbage", "one bit flipped"],
)
def test_a_damaged_file_counts_as_absent(tmp_path, damage):
    files = compiled._OverloadFiles(tmp_path, "kernel")
    files.save(("types",), b"machine code" * 100)
    assert files.load(("types",)) == b"machine code" * 100
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert files.load(("types",)) is None


def test_without_any_writable_folder_kernels_run_uncached_and_leave_nothing_behind(tree):
    # A file where a folder would have to be made stops the administrator as well as anybody else.
    (tree / "solvers" / "__pycache__").touch()
    before = sorted(tree.rglob("*"))
    for nowhere in ({"GAMEBOOK_CACHE": "/dev/null/cache"}, {"GAMEBOOK_CACHE": None, "HOME": "/dev/null"}):
        answer = probe(tree, XDG_CACHE_HOME=None, **nowhere)
        assert (answer["number"], answer["folder"], answer["cold"]) == (10, None, True)
    assert sorted(tree.rglob("*")) == before


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows always knows the user's profile")
def test_without_a_home_folder_no_folder_named_tilde_appears(tree):
    unknown_user = "import pwd\ndef unknown(user):\n    raise KeyError(user)\npwd.getpwuid = unknown\n"
    code = unknown_user + PROBE.format(start=0)
    missing = {"HOME": None, "XDG_CACHE_HOME": None, "GAMEBOOK_CACHE": None}
    answer = result_of(start_python(tree, code, **missing))
    assert (answer["number"], answer["folder"]) == (10, None)
    assert not (tree / "~").exists()


def test_kernels_run_as_plain_python_when_compilation_is_switched_off(tree):
    answer = probe(tree, NUMBA_DISABLE_JIT="1")
    assert (answer["number"], answer["plain"], answer["hits"]) == (10, 10, None)
    assert (answer["told"], answer["cold"]) == ([], False)


def test_a_spawned_worker_finds_the_kernels_that_its_parent_compiled(tree):
    (tree / "worker.py").write_text(
        "from solvers.caller import walk\n"
        "def work(start):\n"
        "    return walk(start), sum(walk.stats.cache_hits.values())\n"
    )
    (tree / "parent.py").write_text(
        "import json, multiprocessing\n"
        "from worker import work\n"
        "if __name__ == '__main__':\n"
        "    work(0)\n"
        "    with multiprocessing.get_context('spawn').Pool(1) as pool:\n"
        "        print(json.dumps(pool.map(work, [5])))\n"
    )
    code = "import runpy; runpy.run_path('parent.py', run_name='__main__')"
    assert result_of(start_python(tree, code, GAMEBOOK_CACHE=str(tree / "cache"))) == [[15, 1]]


def test_processes_that_compile_different_types_at_once_do_not_swap_their_kernels(tree):
    variables = {"GAMEBOOK_CACHE": str(tree / "cache")}
    together = [start_python(tree, PROBE.format(start=start), **variables) for start in (0, 0.5)]
    assert [result_of(process)["number"] for process in together] == [10, 10.5]
    again = [probe(tree, start) for start in (0, 0.5)]
    assert [(each["number"], each["hits"]) for each in again] == [(10, 1), (10.5, 1)]


def test_two_threads_may_call_a_parallel_kernel_at_the_same_time(tree):
    code = (
        "import json, threading\nimport numpy as np, numba\nfrom solvers.loops import total\n"
        "data = np.ones(2_000_000)\nsums = []\ntotal(data)\n"
        "threads = [threading.Thread(target=lambda: sums.extend(total(data) for _ in range(20))) for _ in range(4)]\n"
        "[each.start() for each in threads]\n[each.join() for each in threads]\n"
        "print(json.dumps([len(sums), min(sums), max(sums), total.py_func(np.ones(3))]))\n"
    )
    (tree / "solvers" / "loops.py").write_text(
        "import numba\nfrom solvers.compiled import kernel\n"
        "def _total(data):\n    result = 0.0\n    for k in numba.prange(data.size):\n        result += data[k]\n"
        "    return result\ntotal = kernel(_total, parallel=True)\n"
    )
    variables = {"GAMEBOOK_CACHE": str(tree / "cache"), "NUMBA_NUM_THREADS": "2"}
    # The one thread pool that every installation has, and the one that stops the process on a second entry.
    process = start_python(tree, code, NUMBA_THREADING_LAYER="workqueue", **variables)
    assert result_of(process) == [80, 2e6, 2e6, 3.0]


def test_a_full_disk_costs_the_cache_and_not_the_result(tmp_path, cache_base, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = decide()
    monkeypatch.setattr(compiled, "cache_folder", lambda: folder)
    cube = compiled.kernel(_cube)
    with monkeypatch.context() as full:
        full.setattr(os, "replace", refuse)
        assert cube(3) == 27
    assert list(folder.rglob("*.part")) == list(folder.rglob("*.kernel")) == []
    assert cube(2.0) == 8.0
    assert len(list(folder.rglob("*.kernel"))) == 1


def _cube(number):
    return number**3


def test_numbas_own_setting_is_as_before_after_a_kernel_is_made(cache_base, monkeypatch):
    folder = decide()
    monkeypatch.setattr(compiled, "cache_folder", lambda: folder)
    monkeypatch.setattr(numba.config, "CACHE_DIR", "somebody else's")
    assert str(compiled.kernel(_cube).stats.cache_path).startswith(str(folder))
    assert numba.config.CACHE_DIR == "somebody else's"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="permissions of this kind exist on POSIX only")
@pytest.mark.parametrize("part", ["base", "kernels", "key"])
def test_a_folder_that_others_can_write_to_is_never_used(cache_base, part):
    folder = decide()
    assert folder is not None
    {"base": cache_base, "kernels": folder.parent, "key": folder}[part].chmod(0o777)
    assert decide() is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="permissions of this kind exist on POSIX only")
def test_a_link_in_place_of_the_cache_folder_is_not_followed(cache_base, tmp_path):
    folder = decide()
    shutil.rmtree(folder)
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    assert decide() is None


@pytest.mark.parametrize(
    ("owner", "name", "value"),
    [
        (compiled.binding, "get_host_cpu_name", lambda: "another processor"),
        (compiled.numba, "__version__", "0.0"),
        (compiled.np, "__version__", "0.0"),
        (compiled.sys, "version", "3.99.0"),
        (compiled.numba.config, "BOUNDSCHECK", 1),
    ],
    ids=["processor", "numba", "numpy", "python", "bounds check"],
)
def test_machine_code_is_not_shared_across(cache_base, monkeypatch, owner, name, value):
    before = decide()
    monkeypatch.setattr(owner, name, value)
    assert decide() not in (before, None)


def test_only_our_own_month_old_caches_are_removed(cache_base):
    current = decide()
    old, recent, foreign = (current.parent / name for name in ("old", "recent", "foreign"))
    for folder in (old, recent, foreign):
        (folder / "part").mkdir(parents=True)
        (folder / "part" / "code.kernel").touch()
    for folder, days in ((old, 31), (recent, 29)):
        marker = folder / "gamebook-kernels"
        marker.touch()
        os.utime(marker, (time.time() - days * 86400,) * 2)
    shutil.rmtree(current)
    assert decide() == current
    assert {path.name for path in current.parent.iterdir()} == {current.name, "recent", "foreign"}


def test_an_old_cache_with_something_of_the_users_in_it_keeps_that_and_the_run_goes_on(cache_base):
    current = decide()
    old = current.parent / "old"
    (old / "part").mkdir(parents=True)
    (old / "part" / "notes.txt").write_text("mine")
    marker = old / "gamebook-kernels"
    marker.touch()
    os.utime(marker, (0, 0))
    shutil.rmtree(current)
    assert decide() == current
    assert (old / "part" / "notes.txt").read_text() == "mine"


def test_a_cache_folder_that_vanishes_does_not_move_the_cache_into_the_package(cache_base, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(compiled, "cache_folder", lambda: tmp_path / "file" / "kernels")
    cube = compiled.kernel(_cube)
    assert cube(2) == 8
    assert cube.stats.cache_path is None


def test_a_kernel_lets_other_threads_run(monkeypatch):
    monkeypatch.setattr(numba.config, "DISABLE_JIT", 0)
    spin = compiled.kernel(_spin)
    spin(np.ones(1), 1)
    worker = threading.Thread(target=spin, args=(np.ones(1000), 300_000))
    begun = time.perf_counter()
    worker.start()
    time.sleep(0.001)
    here = time.perf_counter() - begun
    worker.join()
    assert here < 0.5 * (time.perf_counter() - begun)


def _spin(data, rounds):
    total = 0.0
    for _ in range(rounds):
        for k in range(data.size):
            total = total * 0.999 + data[k]
    return total
