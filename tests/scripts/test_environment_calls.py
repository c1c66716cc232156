"""scripts/gamebook: the first call makes the environment, the next ones find it and only run the program."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import environment
import folder_lock

from tests.scripts.platforms import SCRIPTS, posix_only


def test_the_first_call_sets_up_and_the_second_only_runs(project):
    code, output, errors = project.call("solve", "a package", "--x=1")
    assert code == 0
    answer = json.loads(output)
    assert answer["arguments"] == ["solve", "a package", "--x=1"]
    assert (answer["tiny"], Path(answer["prefix"])) == ("1.0", project.venv)
    assert Path(answer["file"]).parent == project.root / "gamebook"
    assert "Setting up gamebook" in errors
    assert "Ready after" in errors
    assert "Collecting" not in errors
    assert project.call()[2] == ""


def test_the_exit_code_of_the_program_comes_through(ready_project):
    assert ready_project.call("exit", "2") == (2, "", "")
    assert ready_project.call("exit", "0") == (0, "", "")


def test_files_in_the_current_folder_cannot_take_the_place_of_modules(ready_project, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('shadowed')")
    (tmp_path / "tiny.py").write_text("raise SystemExit('shadowed')")
    (tmp_path / "gamebook").mkdir()
    (tmp_path / "gamebook" / "__main__.py").write_text("raise SystemExit('shadowed')")
    command = [sys.executable, str(ready_project.script)]
    done = subprocess.run(command, env=ready_project.environ, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["tiny"] == "1.0"


def test_the_users_own_pythonpath_stays_behind_the_project(ready_project, tmp_path):
    answer = json.loads(ready_project.call(PYTHONPATH=str(tmp_path))[1])
    assert answer["path"] == f"{ready_project.root}{os.pathsep}{tmp_path}"


def test_a_link_to_the_script_runs_the_project_it_leads_to(ready_project, tmp_path):
    (tmp_path / "gamebook").symlink_to(ready_project.script)
    done = subprocess.run(
        [tmp_path / "gamebook"], env=ready_project.environ, capture_output=True, text=True, check=True
    )
    assert Path(json.loads(done.stdout)["prefix"]) == ready_project.venv


@posix_only
def test_the_program_takes_the_place_of_the_script_so_signals_reach_it(ready_project):
    process = ready_project.start("wait")
    assert process.stdout.readline() == "waiting\n"
    assert b"-m\0gamebook" in Path(f"/proc/{process.pid}/cmdline").read_bytes() if os.path.isdir("/proc") else True
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == -signal.SIGTERM


@posix_only
def test_set_up_and_program_work_with_all_standard_streams_closed(project, tmp_path):
    environ = {**project.environ, "HOME": "", "TMPDIR": str(tmp_path)}
    command = f'"{sys.executable}" "{project.script}" exit 7 <&- >&- 2>&-'
    assert subprocess.run(["sh", "-c", command], env=environ).returncode == 7
    # The lock must not have become the standard input of pip or of the program.
    command = f'"{sys.executable}" "{project.script}" read <&-'
    done = subprocess.run(["sh", "-c", command], env=environ, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["input"] == ""
    assert (project.venv / environment.MARKER).read_text() == folder_lock.MARKER_TEXT


def test_a_ready_environment_is_found_quickly_and_without_heavy_modules(ready_project):
    code = (
        "import sys, time\nbegan = time.perf_counter()\n"
        f"sys.path.insert(0, {str(SCRIPTS)!r})\n"
        "import interpreter\ninterpreter.require(sys.argv)\nimport environment\n"
        f"root = {str(ready_project.root)!r}\n"
        "assert environment.find_ready(root, root + '/requirements.lock')\n"
        "print(time.perf_counter() - began, *{'subprocess', 'venv', 'tempfile', 'pathlib', 're'} & set(sys.modules))\n"
    )
    runs = [
        subprocess.run([sys.executable, "-S", "-c", code], env=ready_project.environ, capture_output=True, text=True)
        for _ in range(5)
    ]
    answers = [run.stdout.split() for run in runs]
    assert min(float(seconds) for seconds, *_ in answers) < 0.06
    assert all(len(answer) == 1 for answer in answers), answers
