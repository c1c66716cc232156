"""`pip install .` gives the whole book: every page, and a command that runs from anywhere."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("gamebook", "payoffs", "solvers")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of a copy of the tree, made with the build tools of the environment and without a network."""
    source = tmp_path_factory.mktemp("source") / "copy"
    left_out = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist", "tests")
    shutil.copytree(ROOT, source, ignore=left_out)
    target = tmp_path_factory.mktemp("wheel")
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--disable-pip-version-check", "--quiet"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(target), str(source)]
    done = subprocess.run(command, cwd=target, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = target.glob("*.whl")
    return path


def test_every_file_of_the_three_packages_is_in_the_wheel_and_nothing_else(wheel):
    expected = {
        path.relative_to(ROOT).as_posix()
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected
    assert {f"{name}/py.typed" for name in PACKAGES} <= held
    assert any(name.endswith("/game.toml") for name in held)


def test_the_wheel_carries_the_licence_and_the_version_of_the_source(wheel):
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())
        text = archive.read(metadata).decode()
    source = (ROOT / "gamebook" / "version.py").read_text(encoding="utf-8")
    version = re.search(r'^__version__ = "([^"]+)"$', source, re.MULTILINE)
    assert f"Version: {version[1]}\n" in text


def test_the_installed_command_lists_the_pages_from_any_folder(wheel, tmp_path):
    target = tmp_path / "installed"
    options = ["--no-deps", "--no-index", "--disable-pip-version-check", "--quiet", "--target", str(target)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(wheel)], check=True, capture_output=True)
    environ = {**os.environ, "PYTHONPATH": str(target), "GAMEBOOK_LANG": "en"}
    where = "import gamebook; print(gamebook.__path__[0])"
    for program, expected in ((["-m", "gamebook", "list"], "training-investment"), (["-c", where], str(target))):
        command = [sys.executable, "-P", *program]
        done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        assert expected in done.stdout


def test_every_dependency_of_the_command_is_one_that_the_code_imports():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.match(r"[\w.-]+", each)[0].replace("-", "_") for each in project["dependencies"]}
    sources = (path.read_text(encoding="utf-8") for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
    imported = {name for text in sources for name in re.findall(r"^\s*(?:import|from) (\w+)", text, re.MULTILINE)}
    modules = {"python_flint": "flint"}  # where a package and its module have different names
    assert {modules.get(name, name) for name in asked} - imported == set()
