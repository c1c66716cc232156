"""``rerun``: pages, games and folders that changed or went away since a result was made are noticed and named."""

import re
import shutil

import pytest

from gamebook import book
from gamebook.cli import run
from tests.gamebook.repeated_results import PAGE, rerun, write

pytestmark = pytest.mark.usefixtures("desk")


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
