"""Small projects to set up: the real scripts with a lock that holds one tiny package, fetched from a local folder."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))

# What the small project does instead of solving games: it reports where it runs, or does what the test asks for.
PROGRAM = """
import json, os, sys
import tiny
if sys.argv[1:2] == ["exit"]:
    sys.exit(int(sys.argv[2]))
if sys.argv[1:2] == ["wait"]:
    import time
    print("waiting", flush=True)
    time.sleep(60)
print(json.dumps({
    "arguments": sys.argv[1:], "tiny": tiny.VERSION, "prefix": sys.prefix, "file": __file__,
    "input": sys.stdin.read() if "read" in sys.argv else None, "path": os.environ["PYTHONPATH"],
}))
"""


def write_wheel(folder, version="1.0"):
    """Write a wheel of one module; its lines in a lock."""
    name = f"tiny-{version}.dist-info"
    contents = {
        "tiny.py": f"VERSION = {version!r}\n",
        f"{name}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"{name}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = []
    for path, text in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        rows.append(f"{path},sha256={digest},{len(text)}\n")
    contents[f"{name}/RECORD"] = "".join(rows) + f"{name}/RECORD,,\n"
    folder.mkdir(exist_ok=True)
    wheel = folder / f"tiny-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in contents.items():
            archive.writestr(path, text)
    return f"tiny=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@dataclass
class Project:
    """A small project and the surroundings to call it in."""

    root: Path
    environ: dict

    @property
    def script(self):
        return self.root / "scripts" / "gamebook"

    @property
    def venv(self):
        return self.root / ".venv"

    def start(self, *arguments, before=(), **variables):
        """Start scripts/gamebook without waiting for it; ``before`` goes between Python and the script."""
        environ = {**self.environ, **variables}
        return subprocess.Popen(
            [sys.executable, *before, str(self.script), *arguments],
            env={name: value for name, value in environ.items() if value is not None},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def call(self, *arguments, **options):
        """Call scripts/gamebook; its exit code, standard output and standard error."""
        process = self.start(*arguments, **options)
        output, errors = process.communicate(timeout=120)
        return process.returncode, output, errors


@pytest.fixture(scope="session")
def wheels(tmp_path_factory):
    """Folder of the tiny package, and the lock that names it."""
    folder = tmp_path_factory.mktemp("wheels") / "index"
    return folder, write_wheel(folder)


@pytest.fixture
def make_wheel(tmp_path):
    """Makes another version of the tiny package: gives its folder and the lock that names it."""

    def make(version):
        return tmp_path / "index", write_wheel(tmp_path / "index", version)

    return make


def make_project(folder, wheels):
    root = folder / "project"
    root.mkdir(parents=True)
    shutil.copytree(SCRIPTS, root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "gamebook").mkdir()
    (root / "gamebook" / "__main__.py").write_text(PROGRAM)
    (root / "requirements.lock").write_text(wheels[1])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "GAMEBOOK_", "XDG_"))}
    environ = {
        **kept,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels[0]),
        "PIP_CONFIG_FILE": os.devnull,
        "HOME": str(folder / "home"),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": "",
    }
    (folder / "home").mkdir()
    return Project(root, environ)


@pytest.fixture
def project(tmp_path, wheels):
    """A project that has not been set up."""
    return make_project(tmp_path, wheels)


@pytest.fixture(scope="session")
def ready_project(tmp_path_factory, wheels):
    """A project that has been set up once, for tests that leave it as they find it."""
    project = make_project(tmp_path_factory.mktemp("ready"), wheels)
    code, _, errors = project.call()
    assert code == 0, errors
    return project
