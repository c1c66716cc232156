"""``rerun``: a stored result repeats from its own content; what was changed in it or around it is found and named."""

import copy
import json
import re
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

import gamebook
from gamebook import book, stored_result
from gamebook import repeat as repeating
from gamebook.cli import run
from gamebook.commands.output import as_json
from gamebook.comparison import NEAR, TOLERANCE, compare
from gamebook.errors import InputError
from gamebook.provenance import code_digest
from gamebook.repeat import repeat
from gamebook.reports.repetition import repetition_json, repetition_report

ROOT = Path(__file__).parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]")
PAGE = '[scenario]\nid = "mine"\ngame = "training-investment"\n[values]\ns_F = {}\n[start]\nx_F = 0.25\n'


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAMEBOOK_LANG", "en")


@pytest.fixture(scope="module")
def stored():
    """A result with everything in it: changes, mixed rest points, money, blockers."""
    solution = gamebook.solve(gamebook.load("no_tools"), values={"s_F": 0.1}, seed=3)
    return json.loads(json.dumps(solution.to_json()))


def write(path, data):
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def rerun(capsys, *arguments):
    """Exit code and the data of ``rerun ... --json -``."""
    code = run(["rerun", *map(str, arguments), "--json", "-"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "options",
    [
        ["package"],
        ["no_tools", "--set", "s_F=0.3", "--set", "V=80", "--seed", "17"],
        ["no_tools", "--start", "x_F=0.9", "--boxes", "5000"],
        ["oversized", "--given", "x_G=1"],
        ["package", "--given", "x_G=0.5", "--given", "x_P=0"],
        ["training-investment"],
        ["poaching_oversized"],
    ],
    ids=" ".join,
)
def test_a_result_repeats_bit_for_bit(options, capsys):
    assert run(["solve", *options, "--json", "result.json"]) in (0, 1)
    capsys.readouterr()
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["differences"]) == (0, "identical", [])
    assert (found["schema"], found["pages"], found["versions"]) == ("gamebook/rerun/1", "same", {})
    assert found["not_compared"] == []
    assert found["compared"] > 250


def test_the_reference_names_every_key_that_rerun_prints(stored, tmp_path, capsys):
    words = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    _, found = rerun(capsys, write(tmp_path / "result.json", changed(stored, ("coordination", "margin"), 1.0)))
    keys = {*found, *found["differences"][0]}
    assert sorted(key for key in keys if f"`{key}`" not in words) == []


@pytest.mark.parametrize("payoffs", [[[[2, 2], [0, 3]], [[2, 0], [2, 3]]], [[[0, 1], [1, 0]], [[1, 0], [0, 1]]]])
def test_a_payoff_array_repeats_from_the_stored_payoffs(payoffs, tmp_path, capsys):
    solution = gamebook.solve(payoffs, start={"x_1": 0.3}, seed=5)
    code, found = rerun(capsys, write(tmp_path / "array.json", solution.to_json()))
    assert (code, found["verdict"], found["pages"]) == (0, "identical", "array")


def test_what_solve_stores_is_enough_to_repeat_it(tmp_path):
    (tmp_path / "own" / "games" / "training-investment" / "scenarios").mkdir(parents=True)
    (tmp_path / "own" / "games" / "training-investment" / "scenarios" / "mine.toml").write_text(PAGE.format(0.2))
    case = gamebook.load("mine", book=["own"], replace=True)
    data = gamebook.solve(case, values={"V": 80}, most_boxes=9000).to_json()
    assert data["set"] == {"V": 80.0}
    assert data["boxes"] == 9000
    assert data["tie_tolerance"] > 0
    made = data["provenance"]
    assert (made["book"], made["replace"]) == (["own"], True)
    assert made["game_sha256"] == case.game.digest != made["pages_sha256"] == case.digest


@pytest.mark.parametrize(
    "options",
    [
        ["package", "--set", "V=80", "--points", "5"],
        ["no_tools", "--start", "x_F=0.7", "--years", "80", "--revision-rate", "0.2", "--delta", "0.3"],
        ["package", "--grid", "2", "--points", "6", "--speed", "x_G=0.5", "--given", "x_P=0.4"],
    ],
    ids=" ".join,
)
def test_a_simulation_repeats_bit_for_bit(options, capsys):
    assert run(["simulate", *options, "--json", "result.json"]) in (0, 1)
    capsys.readouterr()
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["differences"], found["not_compared"]) == (0, "identical", [], [])
    assert (found["of"], found["pages"], found["altered"]) == ("gamebook/simulation/1", "same", [])
    assert found["compared"] > 250


def test_a_simulation_states_the_very_start_of_each_path(tmp_path):
    (tmp_path / "starts.csv").write_text("x_F,x_W\n0.1,0.7\n0.3,0.9\n")
    assert run(["simulate", "package", "--starts", "starts.csv", "--points", "3", "--json", "result.json"]) == 0
    data = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert [(path["start"]["x_F"], path["start"]["x_W"]) for path in data["paths"]] == [(0.1, 0.7), (0.3, 0.9)]
    assert repeat(tmp_path / "result.json").verdict == "identical"


def test_what_was_changed_in_a_simulation_is_found_and_named(tmp_path, capsys):
    assert run(["simulate", "package", "--grid", "2", "--points", "4", "--json", "result.json"]) == 0
    capsys.readouterr()
    data = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    share = data["paths"][3]["shares"][2][1]
    path = write(tmp_path / "changed.json", changed(data, ("paths", 3, "shares", 2, 1), share + 1e-4))
    code, found = rerun(capsys, path)
    assert (code, [item["where"] for item in found["differences"]]) == (1, ["paths.3.shares.2.1"])
    assert found["differences"][0]["relative"] == pytest.approx(1e-4, rel=1e-3)
    assert run(["rerun", "changed.json", "--lang", "zh"]) == 1
    assert "路径\n----" in capsys.readouterr().out
    # What it was made with shows in everything that follows from it.
    code, found = rerun(capsys, write(tmp_path / "pace.json", {**data, "revision_rate": 0.2}))
    assert code == 1
    assert {item["where"].split(".")[0] for item in found["differences"]} == {"paths"}
    code, found = rerun(capsys, write(tmp_path / "value.json", changed(data, ("parameters", "V"), 76.0)))
    assert (code, found["altered"]) == (1, ["V"])


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


# ---- what was changed in the file


def leaves(value, place=()):
    """Every entry of a result with the keys that lead to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield place, value
    else:
        for key, below in inner:
            yield from leaves(below, (*place, key))


def changed(data, place, value):
    data = copy.deepcopy(data)
    at = data
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    return data


def _other(value):
    if isinstance(value, bool) or value is None:
        return not value
    return value + "x" if isinstance(value, str) else value * (1 + 1e-4) + 1e-4


def test_every_changed_entry_is_found_and_named(stored):
    ignored = {"schema", "target", "version", "provenance", "method"}
    places = [(place, value) for place, value in leaves(stored) if not ignored & set(place)]
    assert len(places) > 1000
    for place, value in places[::9]:
        found = compare(changed(stored, place, _other(value)), stored)
        assert found.different, place
        # Where an entry is a name, or a place in a list without names, it shows as one that is gone and one more.
        assert any(str(place[0]) in item.where for item in found.different), place
    assert compare(stored, stored).differences == ()


@pytest.mark.parametrize(
    ("place", "where", "group"),
    [
        (("coordination", "margin"), "coordination.margin", "coordination"),
        (("states", 0, "money", "outlay"), "states.start.money.outlay", "money"),
        (("payoffs", 1, 1, 0, 1, 1), "payoffs.firm.1011", "payoffs"),
        (("blockers", 0, "terms", 0, "amount"), "blockers.firm 1000.terms.substitution_gain.amount", "money"),
        (("status_quo", "end"), "status_quo.end", "other"),
    ],
)
def test_a_changed_entry_makes_rerun_fail_and_say_which(place, where, group, stored, tmp_path, capsys):
    value = dict(leaves(stored))[place]
    path = write(tmp_path / "result.json", changed(stored, place, _other(value)))
    code, found = rerun(capsys, path)
    assert (code, found["verdict"], found["different"]) == (1, "different", 1)
    (difference,) = found["differences"]
    assert (difference["where"], difference["then"], difference["now"]) == (where, _other(value), value)
    assert run(["rerun", str(path)]) == 1
    report = capsys.readouterr().out
    assert "It DIFFERS: of " in report
    assert where in re.sub(r"\s+", " ", report)


def test_a_difference_within_rounding_is_no_failure_and_its_size_is_told(stored, tmp_path, capsys):
    margin = stored["coordination"]["margin"]
    path = write(tmp_path / "result.json", changed(stored, ("coordination", "margin"), margin * (1 + 1e-11)))
    code, found = rerun(capsys, path)
    assert (code, found["verdict"], found["within_rounding"], found["different"]) == (0, "within rounding", 1, 0)
    assert found["largest_difference"]["where"] == "coordination.margin"
    assert 0 < found["largest_difference"]["relative"] < 1e-11
    assert run(["rerun", str(path)]) == 0
    assert "1 within rounding" in re.sub(r"\s+", " ", capsys.readouterr().out)


def test_rounding_ends_at_the_tolerance(stored):
    value = stored["payoffs"][1][1][1][1][1]
    for factor, same in ((1 + 0.5 * TOLERANCE, True), (1 + 50 * TOLERANCE, False)):
        found = compare(changed(stored, ("payoffs", 1, 1, 1, 1, 1), value * factor), stored)
        assert (not found.different) is same


def test_noise_around_zero_counts_against_the_size_of_payoffs(stored):
    noisy = changed(stored, ("states", 0, "money", "fund_balance"), 1e-14)
    assert stored["states"][0]["money"]["fund_balance"] == 0
    assert not compare(noisy, stored).different
    assert compare(changed(stored, ("parameters", "t_S"), 1e-14), stored).different


def test_rest_points_are_matched_by_position_whatever_their_order(stored):
    shuffled = {**stored, "rest_points": stored["rest_points"][::-1], "states": stored["states"][::-1]}
    assert compare(shuffled, stored).differences == ()
    place = next(i for i, point in enumerate(stored["rest_points"]) if point["pure"] is None)
    shares = stored["rest_points"][place]["shares"]
    firm = next(i for i, x in enumerate(shares) if 0 < x < 1)

    def moved(by):
        return changed(stored, ("rest_points", place, "shares", firm), shares[firm] + by)

    near = compare(moved(0.5 * NEAR), stored).different
    assert len(near) == 1
    assert near[0].where.endswith(f".shares.{stored['parties'][firm]}")
    far = compare(moved(10 * NEAR), stored).different
    assert len(far) == 2
    assert len({item.where for item in far}) == 2
    gone = {**stored, "rest_points": stored["rest_points"][:place] + stored["rest_points"][place + 1 :]}
    assert len(compare(gone, stored).different) == 1


def test_an_altered_parameter_is_noticed_even_though_the_result_was_repeated_with_it(stored, tmp_path, capsys):
    path = write(tmp_path / "result.json", changed(stored, ("parameters", "V"), 76.0))
    code, found = rerun(capsys, path)
    assert (code, found["altered"]) == (1, ["V"])
    assert found["differences"][0]["where"] == "parameters.V"
    assert (found["differences"][0]["then"], found["differences"][0]["now"]) == (76.0, 75.0)
    without = copy.deepcopy(stored)
    del without["parameters"]["V"]
    code, found = rerun(capsys, write(tmp_path / "without.json", without))
    assert (code, found["altered"], found["differences"][0]["missing"]) == (1, ["V"], "then")


def test_another_seed_in_the_file_moves_the_samples_only(stored, tmp_path, capsys):
    code, found = rerun(capsys, write(tmp_path / "result.json", {**stored, "seed": 4}))
    assert code == 1
    assert {item["where"].split(".")[0] for item in found["differences"]} <= {"coordination", "basins"}
    assert "coordination.basin.share" in {item["where"] for item in found["differences"]}


def test_a_result_of_an_older_version_repeats_without_the_keys_it_lacks(stored, tmp_path, capsys):
    older = {key: value for key, value in stored.items() if key not in ("set", "boxes", "tie_tolerance")}
    older["provenance"] = {**stored["provenance"], "numpy": "1.26.0"}
    for key in ("game_sha256", "book", "replace", "code_sha256"):
        del older["provenance"][key]
    code, found = rerun(capsys, write(tmp_path / "result.json", older))
    assert (code, found["verdict"], found["pages"]) == (0, "identical", "same")
    assert sorted(found["not_compared"]) == ["boxes", "set", "tie_tolerance"]
    assert found["versions"]["numpy"]["then"] == "1.26.0"
    assert run(["rerun", "result.json"]) == 0
    report = capsys.readouterr().out
    assert "numpy 1.26.0 then, " in report
    assert "code" not in report


def test_another_state_of_the_program_with_the_same_version_is_noticed(stored, tmp_path, capsys):
    assert stored["provenance"]["code_sha256"] == code_digest()
    write(tmp_path / "result.json", changed(stored, ("provenance", "code_sha256"), "0" * 64))
    assert run(["rerun", "result.json"]) == 0
    assert "the program's own code has changed" in capsys.readouterr().out


# ---- what was changed around the file


def test_a_page_that_changed_in_between_is_noticed_and_the_stored_values_are_used(tmp_path, capsys):
    page = tmp_path / "mine.toml"
    page.write_text(PAGE.format(0.2))
    assert run(["solve", "mine.toml", "--set", "V=80", "--json", "result.json"]) in (0, 1)
    page.write_text(PAGE.format(0.35))
    capsys.readouterr()
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["pages"]) == (0, "identical", "values changed")
    assert found["page_values"] == {"s_F": {"then": 0.2, "now": 0.35}}
    run(["rerun", "result.json"])
    report = capsys.readouterr().out
    assert "the page of mine.toml gives other values" in re.sub(r"\s+", " ", report)
    assert "s_F: 0.2 in the result, 0.35 by the page of now" in report
    page.unlink()
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["pages"]) == (0, "identical", "gone")
    run(["rerun", "result.json"])
    assert "mine.toml is not there any more" in re.sub(r"\s+", " ", capsys.readouterr().out)


def own_book(folder):
    game = folder / "games" / "training-investment"
    shutil.copytree(book.SHIPPED / "training-investment", game)
    return game / "game.toml"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_game_that_changed_in_between_is_noticed_and_what_it_changes_is_named(tmp_path, capsys):
    game = own_book(tmp_path / "own")
    assert run(["solve", "package", "--book", "own", "--replace", "--json", "result.json"]) == 0
    capsys.readouterr()
    assert rerun(capsys, "result.json")[1]["pages"] == "same"
    # A default that the result states itself: it is repeated with the value of then.
    edit(game, "default = 75\n", "default = 90\n")
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["pages"]) == (0, "identical", "game changed")
    assert found["page_values"] == {"V": {"then": 75.0, "now": 90.0}}
    # A formula: the numbers change.
    edit(game, 'formula = "1 - mismatch"', 'formula = "0.9*(1 - mismatch)"')
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["pages"]) == (1, "different", "game changed")
    assert "states.coordination.money.welfare" in {item["where"] for item in found["differences"]}
    # Without the folder there is the shipped game, and rerun says that the folder is gone.
    shutil.rmtree(tmp_path / "own")
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["pages"]) == (0, "identical", "same")
    assert found["missing_folders"] == ["own"]


def test_a_parameter_that_is_new_since_stays_at_its_default(tmp_path, capsys):
    game = own_book(tmp_path / "own")
    assert run(["solve", "package", "--book", "own", "--replace", "--json", "result.json"]) == 0
    capsys.readouterr()
    edit(game, "[parameters.V]\n", "[parameters.later]\ndefault = 3\n\n[parameters.V]\n")
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["added_parameters"]) == (0, "identical", ["later"])


def test_values_that_the_pages_of_now_refuse_cannot_be_repeated_and_that_is_said(tmp_path, capsys):
    game = own_book(tmp_path / "own")
    assert run(["solve", "package", "--book", "own", "--replace", "--json", "result.json"]) == 0
    capsys.readouterr()
    edit(game, "default = 75\nbounds = [0, 500]", "default = 20\nbounds = [0, 50]")
    code, found = rerun(capsys, "result.json")
    assert (code, found["verdict"], found["pages"], found["compared"]) == (1, "impossible", "game changed", None)
    assert "V is 75; it must lie in [0, 50]" in found["refusal"]["en"]
    assert run(["rerun", "result.json", "--lang", "zh"]) == 1
    assert "无法重新计算" in capsys.readouterr().out


def test_pages_and_folders_named_relatively_are_found_beside_the_result(tmp_path, monkeypatch, capsys):
    own_book(tmp_path / "own")
    (tmp_path / "mine.toml").write_text(PAGE.format(0.2))
    assert run(["solve", "package", "--book", "own", "--replace", "--json", "first.json"]) == 0
    assert run(["solve", "mine.toml", "--json", "second.json"]) in (0, 1)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    capsys.readouterr()
    for name in ("first.json", "second.json"):
        code, found = rerun(capsys, f"../{name}")
        assert (code, found["pages"], found["missing_folders"]) == (0, "same", [])


def test_a_game_that_is_in_no_book_is_asked_for(stored, tmp_path, capsys):
    path = write(tmp_path / "result.json", {**stored, "game": "training-investmen", "target": "nowhere"})
    assert run(["rerun", str(path)]) == 2
    message = capsys.readouterr().err
    assert "Did you mean training-investment?" in message
    assert "--book" in message


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_fits_80_columns_in_both_languages(lang, stored, tmp_path, capsys):
    worse = changed(stored, ("parameters", "V"), 76.0)
    worse["states"][0]["flows"][0]["entry"] = "x" * 100
    worse["target"] = "bad\x1b[31mname"
    path = write(tmp_path / "result.json", worse)
    assert run(["rerun", path.name, "--lang", lang]) == 1
    report = capsys.readouterr().out
    assert "\x1b" not in report
    assert [line for line in report.splitlines() if cell_len(line.rstrip("，。；：、）")) > 80] == []
    assert bool(HAN.search(report)) is (lang == "zh")


# ---- files that are no results

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


def refused(capsys, path):
    """Message of a refusal: exit code 2, one line, both languages, nothing on standard output."""
    lines = {}
    for lang in ("zh", "en"):
        assert run(["rerun", str(path), "--lang", lang]) == 2
        out, lines[lang] = capsys.readouterr()
        assert out == ""
        assert lines[lang].count("\n") == 1
    assert HAN.search(lines["zh"])
    return lines["en"]


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
    monkeypatch.setattr(stored_result, "LARGEST", 1000)
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
