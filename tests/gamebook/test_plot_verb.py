"""The verb plot: writes the figure that was asked for, and says what is wrong before anything is computed."""

import json

import pytest

from gamebook import cli
from gamebook.texts import catalogue

FARM = ("plot", "farm_baseline", "--quiet")


def run(*arguments):
    return cli.run([*map(str, arguments)])


@pytest.mark.parametrize("kind", ["flows", "surface", "faces", "phase", "bundle", "series", "willingness"])
def test_every_kind_is_written_in_both_languages(kind, tmp_path):
    for lang in ("en", "zh"):
        path = tmp_path / f"{lang}.svg"
        assert run(*FARM, "--kind", kind, "--out", path, "--lang", lang, "--width", 84) == 0
        assert path.read_text(encoding="utf-8").lstrip().startswith("<?xml")


def test_parameters_are_varied_together_and_mapped(tmp_path):
    together = ("--vary", "eta=0.05,0.15", "--vary", "theta=0.05,0.15", "--shares", "y")
    assert run(*FARM, "--kind", "sensitivity", "--out", tmp_path / "a.svg", *together) == 0
    ranges = ("--across", "d=0.5:1.5", "--up", "mu=0.05:0.2", "--cells", 3)
    assert run(*FARM, "--kind", "map", "--out", tmp_path / "b.svg", *ranges) == 0


def test_json_says_what_was_written(tmp_path, capsys):
    path = tmp_path / "a.png"
    assert run(*FARM, "--kind", "flows", "--out", path, "--json", "-") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["schema"], data["kind"], data["file"]) == ("gamebook/plot/1", "flows", str(path))


WRONG = [
    (("--kind", "map"), "two parameters with their ranges"),
    (("--kind", "sensitivity"), "needs the values of a parameter"),
    (("--kind", "sensitivity", "--vary", "d"), "write each symbol once"),
    (("--kind", "sensitivity", "--vary", "d=1,b"), "b in d=1,b is not a number"),
    (("--kind", "sensitivity", "--vary", "d=1,2", "--vary", "mu=0.1"), "equally many values"),
    (("--kind", "sensitivity", "--vary", "d=1"), "1 curves; a panel takes 2 to 8"),
    (("--kind", "sensitivity", "--vary", "rB=1,2"), "rB"),
    (("--kind", "sensitivity", "--vary", "piA=1,2"), "changes no payoff advantage"),
    (("--kind", "map", "--across", "d=1", "--up", "mu=0:1"), "lowest and highest value"),
    (("--kind", "map", "--across", "d=2:1", "--up", "mu=0:1"), "the first value must be the smaller one"),
    (("--kind", "map", "--across", "d=0:1", "--up", "d=0:2"), "both axes are d"),
    (("--kind", "map", "--across", "d=0:1", "--up", "mu=0:1", "--cells", "1"), "1 cells per axis"),
    (("--kind", "bundle", "--grid", "100"), "10,000 starts"),
    (("--kind", "bundle", "--horizon", "0"), "must lie in (0, 10000]"),
    (("--kind", "flows", "--at", "11"), "has no payments"),
    (("--kind", "surface", "--width", "5"), "the width of a figure is 5 mm"),
    (("--kind", "surface", "--given", "x=0.5"), "needs 2 to 4 parties"),
]


@pytest.mark.parametrize(("options", "words"), WRONG, ids=[words[:30] for _, words in WRONG])
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(options, words, tmp_path, capsys):
    assert run(*FARM, "--out", tmp_path / "a.svg", "--lang", "en", *options) == 2
    assert words in capsys.readouterr().err
    assert run(*FARM, "--out", tmp_path / "a.svg", "--lang", "zh", *options) == 2
    assert any("\u4e00" <= sign <= "\u9fff" for sign in capsys.readouterr().err)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_is_kept(tmp_path, capsys):
    (tmp_path / "a.svg").write_text("mine")
    assert run(*FARM, "--kind", "flows", "--out", tmp_path / "a.svg") == 2
    assert (tmp_path / "a.svg").read_text() == "mine"


def test_every_kind_has_a_title_in_the_catalogue():
    kinds = ("flows", "influences", "surface", "faces", "square", "phase", "bundle", "series", "willingness",
             "sensitivity", "map")  # fmt: skip
    assert {f"plot.title.{kind}" for kind in kinds} == {c for c in catalogue() if c.startswith("plot.title.")}
