"""Where the environment goes: beside the project, into the user's cache, or into a temporary folder."""

import hashlib
import json
import os
from pathlib import Path

import environment
import environment_build
import pytest

from tests.scripts.platforms import posix_only


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
