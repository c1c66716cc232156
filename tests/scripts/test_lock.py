"""requirements.lock: pinned by checksum, without download addresses, with every package the project asks for."""

import re
from pathlib import Path

import environment_build

from tests.scripts.platforms import SCRIPTS


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
