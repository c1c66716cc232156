"""The first call makes the environment, the next ones find it, and whatever happened in between is repaired."""

import ast
import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import string
import subprocess
import sys
import time
from pathlib import Path

import checks
import environment
import environment_build
import folder_lock
import interpreter
import pytest

SCRIPTS = Path(environment.__file__).parent

posix_only = pytest.mark.skipif(os.name == "nt", reason="signals and closed streams of this kind exist on POSIX only")


def wait_until(condition, seconds=60.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


# What a call does -----------------------------------------------------------------------------------------------


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


# Where it goes --------------------------------------------------------------------------------------------------


def test_a_venv_of_somebody_else_is_left_alone(project):
    project.venv.mkdir()
    (project.venv / "pyvenv.cfg").write_text("mine")
    code, output, _ = project.call()
    assert (code, Path(json.loads(output)["prefix"])) == (0, project.root / ".venv-gamebook")
    assert [path.name for path in project.venv.iterdir()] == ["pyvenv.cfg"]
    assert project.call()[2] == ""


def read_only(root):
    """Arguments for Python that make a folder read-only even for the administrator: writing below it fails."""
    code = f"""
import builtins, errno, os, runpy, sys
root = {str(root)!r} + os.sep
def refusing(function, writes):
    def refuse(path, *arguments, **options):
        if isinstance(path, (str, os.PathLike)) and os.path.abspath(path).startswith(root) and writes(*arguments):
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return function(path, *arguments, **options)
    return refuse
os.mkdir = refusing(os.mkdir, lambda *_: True)
builtins.open = refusing(open, lambda mode="r", *_: mode.strip("bt") != "r")
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
    return ["-c", code]


def cache_folder_of(project):
    key = hashlib.sha256(os.path.realpath(project.root).encode()).hexdigest()[:16]
    return Path(project.environ["HOME"], ".cache", "gamebook", "environments", key)


@posix_only
def test_in_a_read_only_project_the_environment_goes_to_the_users_cache(project):
    code, output, errors = project.call(before=read_only(project.root))
    assert (code, Path(json.loads(output)["prefix"])) == (0, cache_folder_of(project))
    assert "cannot be written to" in errors
    assert not project.venv.exists()
    assert cache_folder_of(project).parent.stat().st_mode & 0o077 == 0
    assert project.call(before=read_only(project.root))[2] == ""


@posix_only
def test_without_project_and_home_the_environment_is_temporary_and_deleted_afterwards(project, tmp_path):
    (tmp_path / "temporary").mkdir()
    options = {"before": read_only(project.root), "HOME": os.devnull, "TMPDIR": str(tmp_path / "temporary")}
    code, output, errors = project.call(**options)
    assert code == 0
    assert Path(json.loads(output)["prefix"]).parent == tmp_path / "temporary"
    assert "for this call only" in errors
    assert list((tmp_path / "temporary").iterdir()) == []


def test_where_nothing_can_be_written_one_line_says_so(project, monkeypatch):
    def refuse(*_, **__):
        raise OSError(30, "Read-only file system")

    monkeypatch.setenv("GAMEBOOK_CACHE", os.path.join(os.devnull, "cache"))
    monkeypatch.setattr(os, "mkdir", refuse)
    monkeypatch.setattr(environment_build.tempfile, "mkdtemp", refuse)
    with pytest.raises(environment.SetupError, match=r"neither .*\.venv nor .* \(Read-only file system\)"):
        environment_build.prepare(str(project.root), str(project.root / "requirements.lock"))


@posix_only
def test_an_environment_that_others_could_have_written_is_not_run(project, monkeypatch, tmp_path):
    monkeypatch.setenv("GAMEBOOK_CACHE", str(tmp_path / "cache"))
    root = str(project.root)
    assert len(environment.places(root)) == 3
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    assert len(environment.places(root)) == 2


# What is said when it fails -------------------------------------------------------------------------------------


def test_a_failing_pip_shows_its_last_lines_and_the_next_call_repairs_it(project, wheels):
    code, output, errors = project.call(PIP_FIND_LINKS=os.devnull)
    assert (code, output) == (1, "")
    assert "tiny==1.0" in errors
    assert "no ready-made package" in errors
    assert "Traceback" not in errors
    assert project.call()[0] == 0


def test_a_package_with_another_checksum_is_refused(project):
    lock = project.root / "requirements.lock"
    lock.write_text(lock.read_text().split("sha256:")[0] + "sha256:" + "0" * 64 + "\n")
    code, _, errors = project.call()
    assert code == 1
    assert "not the one that requirements.lock names" in errors


@pytest.mark.parametrize(
    ("output", "kind", "shown"),
    [
        (["Collecting x", "ERROR: [Errno 28] No space left on device"], "disk", 1),
        (["WARNING: Retrying (Retry(total=4, ...))", "ERROR: No matching distribution found for numpy"], "network", 0),
        (["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "tiny"], "hashes", 0),
        (["Collecting llvmlite", "ERROR: No matching distribution found for llvmlite==0.50.0"], "unavailable", 1),
    ],
)
def test_each_kind_of_failure_is_told_from_one_line(output, kind, shown):
    assert environment_build.diagnosis(output) == (kind, [output[shown]])


def test_an_unknown_failure_shows_the_end_of_the_output():
    output = [f"line {number}" for number in range(40)]
    assert environment_build.diagnosis(output) == ("failed", output[-15:])


def test_a_full_disk_is_named_and_not_taken_for_a_missing_permission(project, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "mkdir", full)
    with pytest.raises(environment.SetupError, match="disk is full"):
        environment_build.prepare(str(project.root), str(project.root / "requirements.lock"))


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_that_cannot_make_environments_gets_the_remedy(project, monkeypatch, module):
    found = environment_build.find_spec
    monkeypatch.setattr(environment_build, "find_spec", lambda name: None if name == module else found(name))
    with pytest.raises(environment.SetupError, match=f"{module} is missing.*apt install python3-venv"):
        environment_build.prepare(str(project.root), str(project.root / "requirements.lock"))


def test_an_incomplete_copy_says_which_file_is_missing(project):
    (project.root / "requirements.lock").unlink()
    code, _, errors = project.call()
    assert code == 1
    assert errors.count("\n") == 1
    assert "requirements.lock is missing" in errors


# Languages and old Pythons --------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [environment, interpreter, checks])
def test_every_message_exists_in_both_languages_with_the_same_fields(module):
    def fields(template):
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    for code, (english, chinese) in module.TEXTS.items():
        assert fields(english) == fields(chinese), code
        assert english.isascii(), code
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese), code


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"GAMEBOOK_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ({"GAMEBOOK_LANG": "zh", "LC_ALL": "C"}, "zh"),
        ({"GAMEBOOK_LANG": "", "LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
@posix_only
def test_the_language_is_the_one_asked_for_then_the_locales(environ, expected):
    assert interpreter.language(environ) == expected


@pytest.mark.parametrize("name", ["gamebook", "test", "interpreter.py"])
def test_what_an_old_python_reads_is_within_its_grammar(name):
    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 15, 0)])
def test_a_python_of_the_wrong_version_stops_with_one_line(monkeypatch, capsys, version):
    monkeypatch.setattr(interpreter, "find", lambda: None)
    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    with pytest.raises(SystemExit) as stop:
        interpreter.require(["scripts/gamebook", "list"], version)
    assert stop.value.code == 1
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "needs Python 3.11 to 3.14; this is Python {}.{}".format(*version) in line


@posix_only
def test_a_suitable_python_on_the_path_is_used_and_a_stand_in_is_not(monkeypatch, tmp_path):
    ours = f"python3.{sys.version_info.minor}"
    for name in ("python3.13", "python3.12", "python3.14", "python3.11"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 127\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin", prepend=None)
    assert interpreter.find() is None
    (tmp_path / ours).write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    gone_on = []
    monkeypatch.setattr(os, "execv", lambda path, arguments: gone_on.extend([path, *arguments]))
    interpreter.require(["scripts/gamebook", "list"], (3, 8, 0))
    assert gone_on == [str(tmp_path / ours)] * 2 + ["scripts/gamebook", "list"]


# The lock -------------------------------------------------------------------------------------------------------


def test_the_lock_names_no_download_address_and_pins_every_package_by_checksum():
    lines = (SCRIPTS.parent / "requirements.lock").read_text().splitlines()
    text = "\n".join(lines)
    for word in ("http", "file:", "--find-links", "--index-url", "--extra-index-url", " @ ", str(Path.home())):
        assert word not in text
    pinned = [index for index, line in enumerate(lines) if "==" in line and not line.startswith(("#", " "))]
    assert len(pinned) > 30
    assert all(lines[index].endswith("\\") and "--hash=sha256:" in lines[index + 1] for index in pinned)


def test_the_lock_holds_every_package_that_the_project_asks_for():
    import tomllib

    project = tomllib.loads((SCRIPTS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    asked = [*project["project"]["dependencies"], *extras["dev"], *project["build-system"]["requires"]]
    for extra in re.findall(r"gamebook\[(\w+)\]", " ".join(extras["dev"])):
        asked += extras[extra]
    names = {environment_build.spelled(re.match(r"[\w.-]+", each)[0]) for each in asked} - {"gamebook"}
    assert names - set(environment_build.packages_in(str(SCRIPTS.parent / "requirements.lock"))) == set()


def test_the_arguments_of_the_check_script_reach_pytest():
    assert checks.split(["--all", "-k", "basin"]) == (True, ["-k", "basin"])
    assert checks.split(["tests/solvers", "--", "--all", "-x"]) == (False, ["tests/solvers", "--all", "-x"])


def test_checks_of_a_read_only_project_keep_their_caches_elsewhere_and_tidy_up(tmp_path, monkeypatch):
    with checks.somewhere_to_write(str(tmp_path)) as folder:
        assert folder is None

    def refuse(**_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(checks.tempfile, "TemporaryFile", refuse)
    with checks.somewhere_to_write(str(tmp_path)) as folder:
        variables, for_imports, for_pytest = checks.caches_in(folder)
        assert " ".join([*variables.values(), *for_imports, *for_pytest]).count(folder) == 5
        assert os.path.isdir(folder)
    assert not os.path.exists(folder)


def test_checks_run_to_the_end_and_pytest_has_the_last_word(tmp_path, monkeypatch):
    shutil.copytree(SCRIPTS, tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "pyproject.toml").write_text(
        "[tool.ruff.lint]\nselect = ['F']\n[tool.mypy]\nfiles = ['good.py']\n[tool.pytest.ini_options]\n"
        "markers = ['slow: s']\n[tool.importlinter]\nroot_packages = ['alone']\n"
    )
    (tmp_path / "good.py").write_text("x: int = 1\n")
    (tmp_path / "bad.py").write_text("import os\n")
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "__init__.py").touch()
    slow = "import pytest\n@pytest.mark.slow\ndef test_slow():\n    pass\ndef test_quick():\n    pass\n"
    (tmp_path / "test_it.py").write_text(slow)
    command = [sys.executable, str(tmp_path / "scripts" / "checks.py"), "-p", "no:cacheprovider"]
    environ = {**os.environ, "GAMEBOOK_LANG": "en"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True)
    assert done.returncode == 1
    assert "F401" in done.stdout
    ending = done.stdout.split("checks before the tests")[1].splitlines()
    assert "lint (ruff): FAILED" in ending[1]
    assert "types (mypy): passed" in ending[2]
    assert "1 passed" in ending[-1]
