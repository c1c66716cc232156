"""``rerun``: files that are no results, or results with parts of the wrong kind, are refused with one clear line."""

import copy
import json

import pytest

import gamebook
from gamebook import repeat as repeating
from gamebook import result_file
from gamebook.commands.output import as_json
from gamebook.errors import InputError
from gamebook.repeat import repeat
from gamebook.reports.repetition import repetition_json, repetition_report
from tests.gamebook.repeated_results import HAN, changed, leaves, refused, write

pytestmark = pytest.mark.usefixtures("desk")


def test_a_simulation_that_cannot_be_repeated_is_refused_with_one_line(tmp_path, capsys):
    from gamebook.path_simulation import simulate

    data = simulate([[[2, 2], [0, 3]], [[2, 0], [2, 3]]], points=3).to_json()
    assert "do not tell its payoffs" in refused(capsys, write(tmp_path / "result.json", data))
    data = simulate(gamebook.load("package"), points=3).to_json()
    for key, value, named in (
        ("years", [0.0], "years is missing or is not"),
        ("paths", [], "paths is missing or is not"),
        ("paths", [{"start": {"x_G": 0.5}, "payoffs": [[1.0]]}], "paths.0.start is missing or is not"),
        ("delta", "fast", "delta is missing or is not"),
        ("speeds", {"x_G": 1e9}, "its values are impossible: --speed x_G"),
        ("years", [0.0, 1e9], "its values are impossible: --years 1000000000"),
        ("years", [0.0, -1.0], "its values are impossible: --years -1"),
        ("years", [0.0] * 200_000, "its values are impossible: --"),
    ):
        message = refused(capsys, write(tmp_path / "result.json", {**data, key: value}))
        assert named in message, (key, value)


KIND = '{"schema": "gamebook/solution/1"'
HOSTILE = {
    "empty": ("", "is no JSON (1:1)"),
    "no JSON": ("{", "is no JSON (1:2)"),
    "no table": ("[1, 2]", "is no result of gamebook"),
    "a number": ("3", "is no result of gamebook"),
    "no schema": ('{"a": 1}', "is no result of gamebook"),
    "another program's": ('{"schema": "other/1"}', "is no result of gamebook"),
    "schema no text": ('{"schema": ["gamebook/solution/1"]}', "is no result of gamebook"),
    "another kind": ('{"schema": "gamebook/description/1"}', "holds gamebook/description/1, which this version cannot"),
    "later schema": ('{"schema": "gamebook/solution/99"}', "holds gamebook/solution/99, which this version cannot"),
    "hardly anything": (KIND + "}", "target is missing"),
    "NaN": (KIND + ', "seed": NaN}', "holds the number NaN"),
    "infinity": (KIND + ', "seed": -Infinity}', "holds the number -Infinity"),
    "too large a number": (KIND + ', "seed": 1e999}', "holds the number 1e999"),
    "a number of many digits": (KIND + ', "seed": ' + "9" * 5000 + "}", "holds the number 9999"),
    "a key twice": (KIND + ', "seed": 1, "seed": 2}', "gives a key twice"),
    "deep": (KIND + ', "a": ' + "[" * 60 + "]" * 60 + "}", "is nested deeper than 40 levels"),
    "bottomless": ("[" * 200_000 + "]" * 200_000, "is nested deeper than 40 levels"),
    "text after": (KIND + "} more", "is no JSON"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_one_clear_line(name, tmp_path, capsys):
    path = tmp_path / "result.json"
    content, words = HOSTILE[name]
    path.write_text(content)
    assert f"result.json{':' if 'missing' in words else ''} {words}" in refused(capsys, path)


def test_what_is_no_file_or_no_text_or_too_large_is_refused(tmp_path, monkeypatch, capsys):
    assert "cannot be read: No such file" in refused(capsys, tmp_path / "nowhere.json")
    assert "is no file" in refused(capsys, tmp_path)
    assert "is no file" in refused(capsys, "/dev/zero")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    assert "is no JSON" in refused(capsys, tmp_path / "binary.json")
    monkeypatch.setattr(result_file, "LARGEST", 1000)
    (tmp_path / "large.json").write_text(" " * 1001)
    assert "is larger than" in refused(capsys, tmp_path / "large.json")


def test_an_unknown_schema_names_those_that_can_be_repeated(tmp_path, capsys):
    path = tmp_path / "result.json"
    path.write_text(HOSTILE["later schema"][0])
    assert "cannot repeat. It can repeat: gamebook/solution/1" in refused(capsys, path)


def test_a_byte_order_mark_does_no_harm(stored, tmp_path):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(stored), encoding="utf-8-sig")
    assert repeat(path).verdict == "identical"


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("seed", -1, "seed"),
        ("seed", True, "seed"),
        ("seed", 1.5, "seed"),
        ("boxes", 0, "boxes"),
        ("boxes", 10**12, "boxes"),
        ("given", {"x_G": 1.5}, "given.x_G"),
        ("given", [], "given"),
        ("parameters", {"V": "75"}, "parameters.V"),
        ("parameters", None, "parameters"),
        ("payoffs", [[1, 2]], "payoffs"),
        ("parties", [], "parties"),
        ("rest_points", [{"shares": [1, 0], "pure": None}], "rest_points.0.shares"),
        ("rest_points", [{"shares": "1011"}], "rest_points.0.shares"),
        ("status_quo", {"start": {"x_G": "half"}}, "status_quo.start.x_G"),
        ("provenance", {"book": "own"}, "provenance.book"),
        ("states", {"start": {}}, "states"),
        ("blockers", [None], "blockers.0"),
        ("target", 3, "target"),
    ],
)
def test_a_part_of_the_wrong_kind_is_named(key, value, named, stored, tmp_path, capsys):
    path = write(tmp_path / "result.json", {**stored, key: value})
    assert f"result.json: {named} is missing or is not" in refused(capsys, path)


def test_a_missing_part_is_named(stored, tmp_path, capsys):
    for key in ("target", "game", "seed", "provenance", "parties", "given", "parameters", "payoffs", "rest_points"):
        path = write(tmp_path / "result.json", {name: value for name, value in stored.items() if name != key})
        assert f"{key} is missing" in refused(capsys, path)


@pytest.mark.parametrize("values", [{"s_F": 5.0}, {"e_F": 0.9, "e_W": 0.9}])
def test_impossible_values_in_a_file_whose_pages_are_unchanged_are_the_files_fault(values, stored, tmp_path, capsys):
    path = write(tmp_path / "result.json", {**stored, "parameters": {**stored["parameters"], **values}})
    assert "result.json cannot be repeated, its values are impossible" in refused(capsys, path)


@pytest.mark.parametrize("target", ["\x00", "a" * 5000, "../" * 3000 + "x.toml", "/dev/zero", "~/x.toml", "", "*"])
def test_a_strange_target_is_only_a_page_that_is_gone(target, stored, tmp_path):
    found = repeat(write(tmp_path / "result.json", {**stored, "target": target}))
    assert (found.verdict, found.pages) == ("identical", "gone")


def test_no_change_of_a_file_makes_rerun_stumble(tmp_path, monkeypatch):
    array = gamebook.solve([[[2, 2], [0, 3]], [[2, 0], [2, 3]]]).to_json()
    data = json.loads(json.dumps(array))
    asked = {"seed", "boxes", "given", "status_quo", "payoffs"}
    again = repeating._solved
    places = [place for place, _ in leaves(data)] + [(key,) for key in data]
    values = (None, "x", -1, [], {}, True, 1e308, [None], 10**200, "shares", [[[]]], 0)
    messages: list[InputError] = []
    counts = {"refused": 0, "identical": 0, "within rounding": 0, "different": 0}
    for number, place in enumerate(places):
        # What solving depends on is really solved; the rest is compared with the result that is known.
        known = again if place[0] in asked else lambda stored, game: copy.deepcopy(data)
        monkeypatch.setattr(repeating, "_solved", known)
        for value in values[number % 4 :: 4]:
            path = write(tmp_path / "result.json", changed(data, place, value))
            try:
                found = repeat(path)
            except InputError as error:
                messages.append(error)
                counts["refused"] += 1
                continue
            counts[found.verdict] += 1
            assert repetition_report(found, "zh")
            assert as_json(repetition_json(found))
    assert all(HAN.search(message.text("zh")) and not HAN.search(message.text("en")) for message in messages)
    assert counts["refused"] > 60
    assert counts["different"] > 200
