"""scripts/test: its arguments, its caches in a read-only project, and what it reports in the end."""

import os
import shutil
import subprocess
import sys

import checks

from tests.scripts.platforms import SCRIPTS


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
