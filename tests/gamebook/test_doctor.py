"""``doctor``: whole installations pass, and every broken part is named with what to do, whatever else is broken."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import namedtuple
from importlib import metadata
from pathlib import Path

import pytest
from rich.cells import cell_len

from gamebook import book, checkup, self_test
from gamebook.checkup import NEEDED, OPTIONAL, Verdict
from gamebook.cli import run
from solvers import compiled

ROOT = Path(__file__).parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")
MACHINE = {"cache", "disk"}  # what depends on where the tests run


def findings(**options):
    return {finding.part: finding for finding in checkup.checkup(**options)}


@pytest.fixture
def quick(monkeypatch):
    """Leave the self-tests out: for tests of the other parts."""
    for name in ("known_game", "package"):
        whole = checkup.Finding("self_test", name, Verdict.OK, checkup.Text("as known", "与已知相符"))
        monkeypatch.setattr(self_test, name, lambda whole=whole: whole)


def test_a_whole_installation_is_well():
    found = findings()
    ill = {part: finding.said.en for part, finding in found.items() if finding.verdict is not Verdict.OK}
    assert {part: said for part, said in ill.items() if part not in MACHINE} == {}
    assert set(NEEDED) | set(OPTIONAL) | {"gamebook", "python", "font", "pages", "known_game", "package"} < set(found)
    assert found["numpy"].data["version"] == metadata.version("numpy")
    assert found["known_game"].data == {"equilibria": 7, "error": pytest.approx(0.0, abs=1e-13)}
    assert found["pages"].data["scenarios"] >= 18


def test_the_command_says_it_in_both_languages_and_as_json(capsys, quick, monkeypatch):
    monkeypatch.setattr(checkup, "_cache", checkup._gamebook)  # the machine of the tests may have none
    assert run(["doctor", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert english.endswith("\nAll is well.\n")
    assert english.count("\n  ok  ") == len(list(checkup.checkup()))
    assert run(["doctor", "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert chinese.endswith("\n一切正常。\n")
    assert run(["doctor", "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["schema"], data["well"]) == ("gamebook/checkup/1", True)
    assert {row["verdict"] for row in data["findings"]} == {"ok"}
    words = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    assert sorted(key for key in {*data, *data["findings"][0]} if f"`{key}`" not in words) == []
    for page in (english, chinese):
        wide = [line for line in page.splitlines() if cell_len(line.rstrip("，。；：、）")) > 80 and "/" not in line]
        assert wide == []


def test_the_versions_asked_for_are_those_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    known = [*NEEDED.items(), *OPTIONAL.items()]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["export"], *extras["cluster"]]
    assert sorted(f"{name}>={low},<{high}" for name, (low, high) in known) == sorted(asked)
    assert project["requires-python"] == f">={'.'.join(map(str, checkup.OLDEST_PYTHON))}"
    assert checkup.CACHE_VARIABLE == compiled.CACHE_VARIABLE


def _versions(monkeypatch, **changed):
    """Let some packages be absent (None) or have another version."""
    real = metadata.version

    def version(name):
        if name in changed and changed[name] is None:
            raise metadata.PackageNotFoundError(name)
        return changed.get(name) or real(name)

    monkeypatch.setattr(metadata, "version", version)


def test_a_missing_package_is_a_problem_and_a_missing_optional_one_is_not(capsys, quick, monkeypatch):
    monkeypatch.setattr(checkup, "_cache", checkup._gamebook)
    _versions(monkeypatch, openpyxl=None)
    assert run(["doctor", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "  missing   openpyxl is not installed\n" in out
    assert '\n            pip install "openpyxl>=3.1,<4"\n' in out
    assert out.endswith("Parts that only some tasks need are missing: openpyxl.\n")
    _versions(monkeypatch, openpyxl=None, scipy=None)
    assert run(["doctor", "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert "  有问题    未安装 scipy\n" in out
    assert out.endswith("以下部分需要处理：scipy。\n")


@pytest.mark.parametrize(
    ("version", "well"),
    [("1.17", True), ("1.17.0", True), ("1.99.1", True), ("1.16.9", False), ("2.0", False), ("2.0.0rc1", False)],
)
def test_a_version_outside_the_range_is_a_problem(version, well, quick, monkeypatch):
    _versions(monkeypatch, scipy=version)
    finding = findings()["scipy"]
    assert (finding.verdict is Verdict.OK) is well
    if not well:
        assert finding.said.en == f"scipy {version} is installed; gamebook needs >=1.17,<2"


def test_a_package_that_is_there_but_does_not_load_is_named_with_the_reason(quick, monkeypatch):
    monkeypatch.setitem(sys.modules, "tomlkit", None)
    finding = findings()["tomlkit"]
    assert finding.verdict is Verdict.PROBLEM
    assert "cannot be loaded: ModuleNotFoundError" in finding.said.en
    assert "pip install" in finding.advice.en


def test_without_numba_the_rest_is_still_examined(tmp_path):
    (tmp_path / "numba.py").write_text("raise ImportError('libLLVM is damaged')")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "gamebook", "doctor", "--json", "-"],
        capture_output=True, text=True, encoding="utf-8", env=environment, check=False, timeout=120,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (1, "")
    verdicts = {row["part"]: row["verdict"] for row in json.loads(ran.stdout)["findings"]}
    ill = {part for part, verdict in verdicts.items() if verdict == "problem"}
    assert ill == {"numba", "cache", "known_game", "package"}
    texts = [row["text"]["en"] for row in json.loads(ran.stdout)["findings"] if row["part"] == "package"]
    assert texts == ["package could not be examined: ImportError: libLLVM is damaged"]


@pytest.fixture
def cache_at(monkeypatch):
    """Choose another cache folder for a while; kernels that are compiled already stay."""

    def choose(folder):
        monkeypatch.setenv("GAMEBOOK_CACHE", str(folder))
        compiled.cache_folder.cache_clear()

    yield choose
    monkeypatch.undo()
    compiled.cache_folder.cache_clear()


def test_a_cache_that_cannot_be_written_is_a_problem_and_all_else_goes_on(cache_at, capsys, quick):
    cache_at("/dev/null/cache")
    assert run(["doctor", "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "  problem   /dev/null/cache cannot be written to; every run compiles" in out
    assert "GAMEBOOK_CACHE" in out
    assert out.endswith("Something needs attention: cache.\n")


def test_a_cache_that_others_can_write_to_is_a_problem(cache_at, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    cache_at(shared)
    finding = checkup._cache()
    assert finding.verdict is Verdict.PROBLEM
    assert finding.said.en.startswith(f"{shared} is not yours alone")


def test_an_empty_cache_is_cold_and_a_filled_one_warm(cache_at, tmp_path):
    cache_at(tmp_path / "own")
    cold = checkup._cache()
    assert (cold.verdict, cold.data["warm"], cold.data["kernels"]) == (Verdict.OK, False, 0)
    folder = Path(cold.data["folder"]) / "solvers"
    folder.mkdir()
    (folder / "advance.kernel").write_bytes(b"x" * 250_000)
    warm = checkup._cache()
    assert (warm.data["warm"], warm.data["kernels"]) == (True, 1)
    assert warm.said.en.startswith(("kernels kept: 1 (0.2 MB), in ", "kernels kept: 1 (0.3 MB), in "))


def test_switched_off_compilation_is_a_problem(monkeypatch):
    import numba

    monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
    assert checkup._cache().verdict is Verdict.PROBLEM
    assert "NUMBA_DISABLE_JIT" in checkup._cache().advice.en


def test_a_full_disk_is_a_problem(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage(10**12, 10**12 - 99_000_000, 99_000_000))
    assert checkup._disk().verdict is Verdict.PROBLEM
    assert checkup._disk().said.en.startswith("only 99 MB free at ")


def test_a_result_that_is_not_the_recorded_one_is_a_problem_that_names_it(capsys, monkeypatch):
    monkeypatch.setitem(self_test.FACTS, "margin", 2.822)
    assert run(["doctor", "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "problem   package.margin should be 2.822 and is 2.8209784" in out
    assert "Do not rely on results of this installation." in out
    assert "  ok        a three-party game whose equilibria are known: all 7 found" in out


@pytest.mark.parametrize("name", list(self_test.FACTS))
def test_every_recorded_fact_is_compared(name, monkeypatch):
    right = self_test.FACTS[name]
    monkeypatch.setitem(self_test.FACTS, name, "0000" if isinstance(right, str) else right + 0.02)
    finding = self_test.package()
    assert finding.verdict is Verdict.PROBLEM
    assert finding.data["name"] == name


def test_a_wrong_or_missing_equilibrium_of_the_known_game_is_a_problem(monkeypatch):
    right = self_test.KNOWN
    monkeypatch.setattr(self_test, "KNOWN", (*right[:-1], (0.3, 0.3, 0.3)))
    assert self_test.known_game().said.en.startswith("known_game.error should be <= 1e-12 and is 0.007")
    monkeypatch.setattr(self_test, "KNOWN", right[:-1])
    assert self_test.known_game().said.en == "known_game.nash should be 6 and is 7"


def test_a_solver_that_stops_is_reported_and_debug_lets_the_error_through(monkeypatch):
    def broken(*arguments, **options):
        raise RuntimeError("out of paper")

    monkeypatch.setattr("gamebook.analysis.equilibria", broken)
    found = findings()
    for part in ("known_game", "package"):
        assert found[part].said.en == f"{part} could not be examined: RuntimeError: out of paper"
        assert HAN.search(found[part].said.zh)
    assert found["terminal"]
    with pytest.raises(RuntimeError):
        findings(debug=True)


def test_a_damaged_shipped_page_is_named(tmp_path, monkeypatch, quick):
    games = tmp_path / "games"
    shutil.copytree(book.SHIPPED / "training-investment", games / "training-investment")
    page = games / "training-investment" / "scenarios" / "package.toml"
    page.write_text(page.read_text(encoding="utf-8").replace("s_F = 0.2", "s_F = 2"), encoding="utf-8")
    monkeypatch.setattr(book, "SHIPPED", games)
    finding = findings()["pages"]
    assert finding.verdict is Verdict.PROBLEM
    assert "package.toml: values.s_F: s_F is 2" in finding.data["faults"][0]["en"]
    assert HAN.search(finding.data["faults"][0]["zh"])
    monkeypatch.setattr(book, "SHIPPED", tmp_path / "nowhere")
    assert "FileNotFoundError" in findings()["pages"].said.en


def test_pages_of_ones_own_are_examined_too(tmp_path, quick):
    folder = tmp_path / "games" / "training-investment" / "scenarios"
    folder.mkdir(parents=True)
    page = '[scenario]\nid = "mine"\ngame = "training-investment"\n[values]\ns_F = {}\n'
    (folder / "mine.toml").write_text(page.format(0.1))
    well = findings(folders=[tmp_path])["pages"]
    assert well.verdict is Verdict.OK
    assert well.data["scenarios"] == findings()["pages"].data["scenarios"] + 1
    (folder / "mine.toml").write_text(page.format(3))
    assert "mine.toml" in findings(folders=[tmp_path])["pages"].said.en
    gone = findings(folders=[tmp_path / "nowhere"])["pages"]
    assert gone.verdict is Verdict.PROBLEM
    assert gone.data["scenarios"] == well.data["scenarios"] - 1  # the shipped pages are examined all the same


def test_a_terminal_without_chinese_matters_to_who_reads_chinese(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp1252"))
    assert checkup._terminal("zh").verdict is Verdict.PROBLEM
    english = checkup._terminal("en")
    assert english.verdict is Verdict.MISSING
    assert "cp1252 cannot show Chinese" in english.said.en
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="gbk"))
    assert checkup._terminal("zh").verdict is Verdict.OK
    monkeypatch.setenv("GAMEBOOK_LANG", "zh_CN")
    assert checkup._terminal(None).data["by"] == "GAMEBOOK_LANG=zh_CN"


def test_a_font_that_is_absent_or_has_no_chinese_is_noticed(tmp_path, monkeypatch):
    import matplotlib

    monkeypatch.setattr(checkup, "_ROOT", tmp_path)
    assert checkup._font().verdict is Verdict.MISSING
    fonts = tmp_path / "figures" / "fonts"
    fonts.mkdir(parents=True)
    shutil.copy(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", fonts / "some.ttf")
    assert checkup._font().said.en == "the font some.ttf has no Chinese characters"
