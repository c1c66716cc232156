"""An environment that is unfinished, moved or made for something else is noticed, and the next call repairs it."""

import contextlib
import json
import shutil
import signal
import sys
import time
from pathlib import Path

import environment
import pytest

from tests.scripts.platforms import posix_only


def wait_until(condition, seconds=60.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


# What is noticed ------------------------------------------------------------------------------------------------


@pytest.fixture
def stamped(ready_project):
    """The ready project's environment with its stamp, put back afterwards, and the fault found in it."""
    lock = str(ready_project.root / "requirements.lock")
    stamp = ready_project.venv / environment.STAMP
    before = stamp.read_text()
    yield stamp, lambda: environment.fault(str(ready_project.venv), environment.identity(lock))
    stamp.write_text(before)


def test_a_complete_environment_has_no_fault(stamped):
    _, fault = stamped
    assert fault() is None


def test_an_environment_without_a_stamp_is_unfinished(stamped):
    stamp, fault = stamped
    stamp.unlink()
    assert fault() == "unfinished"
    stamp.write_bytes(b"\xff\xfe")
    assert fault() == "unfinished"


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("lock", "0" * 64, "lock"),
        ("python", "cpython-399 x86_64", "python"),
        ("folder", "/elsewhere/.venv", "moved"),
        ("interpreter", "/usr/bin/python3.99", "interpreter"),
        ("packages", "/nowhere", "package"),
    ],
)
def test_a_stamp_made_for_something_else_is_noticed(stamped, key, value, reason):
    stamp, fault = stamped
    lines = [f"{key} {value}" if line.startswith(key + " ") else line for line in stamp.read_text().splitlines()]
    stamp.write_text("\n".join(lines) + "\n")
    assert fault() == reason


def test_another_version_of_this_python_is_noticed(stamped, monkeypatch):
    _, fault = stamped
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert fault() == "python"


def test_a_copied_environment_is_noticed(ready_project, tmp_path):
    shutil.copytree(ready_project.venv, tmp_path / ".venv", symlinks=True)
    lock = str(ready_project.root / "requirements.lock")
    assert environment.fault(str(tmp_path / ".venv"), environment.identity(lock)) == "moved"


def test_a_deleted_package_is_noticed(stamped, ready_project):
    _, fault = stamped
    module = next(ready_project.venv.rglob("tiny.py"))
    module.rename(module.with_name("hidden"))
    assert fault() == "package"
    module.with_name("hidden").rename(module)


@posix_only
def test_a_python_that_leads_elsewhere_or_nowhere_is_noticed(stamped, ready_project, tmp_path):
    _, fault = stamped
    python = ready_project.venv / "bin" / "python"
    kept = python.rename(python.with_name("kept"))
    (tmp_path / "python").touch()
    for target in (tmp_path / "python", tmp_path / "gone"):
        python.symlink_to(target)
        assert fault() == "interpreter"
        python.unlink()
    kept.rename(python)
    assert fault() is None


# What is repaired -----------------------------------------------------------------------------------------------


@posix_only
def test_a_set_up_that_was_killed_is_started_again_by_the_next_call(project):
    process = project.start()
    wait_until((project.venv / "pyvenv.cfg").exists)
    process.kill()
    process.communicate()
    assert not (project.venv / environment.STAMP).exists()
    code, output, errors = project.call()
    assert (code, json.loads(output)["tiny"]) == (0, "1.0")
    assert "an earlier set-up did not finish" in errors


@posix_only
@pytest.mark.parametrize(("number", "expected"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopping_a_set_up_ends_pip_too_and_shows_no_traceback(project, number, expected):
    process = project.start()
    wait_until((project.venv / "lib").exists)
    time.sleep(0.5)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == expected
    assert "Traceback" not in errors
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it ended while we looked
            assert str(project.root).encode() not in path.read_bytes()


def test_a_changed_lock_is_installed_by_the_next_call_and_quiet_means_quiet(project, make_wheel):
    assert project.call("-q")[::2] == (0, "")
    index, lock = make_wheel("2.0")
    (project.root / "requirements.lock").write_text(lock)
    code, output, errors = project.call(PIP_FIND_LINKS=str(index))
    assert (code, json.loads(output)["tiny"]) == (0, "2.0")
    assert "requirements.lock has changed" in errors


@pytest.mark.slow
@posix_only
def test_a_python_that_went_away_is_replaced(project):
    assert project.call()[0] == 0
    python = project.venv / "bin" / "python"
    for link in python.parent.glob("python*"):
        link.unlink()
    python.symlink_to("/nowhere/python")
    code, output, errors = project.call()
    assert (code, json.loads(output)["tiny"]) == (0, "1.0")
    assert "its Python is gone" in errors


def test_two_first_calls_at_once_set_up_once_and_both_succeed(project):
    processes = [project.start("exit", "0"), project.start("exit", "0")]
    errors = [process.communicate(timeout=120)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sum("Setting up gamebook" in each for each in errors) == 1
    assert sum("waiting for it" in each for each in errors) == 1
