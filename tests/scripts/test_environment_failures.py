"""What a set-up that fails says: one line on what went wrong and what to do."""

import os

import environment
import environment_build
import pytest


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
