"""The book: shipped pages, folders of one's own, names and their collisions."""

import re
from pathlib import Path

import numpy as np
import pytest

import gamebook
from gamebook.book import SHIPPED, Book
from gamebook.errors import InputError
from payoffs.errors import PageError
from payoffs.pages import read_page

TOOL = """
[instrument]
id = "{id}"
title = {{ en = "Bus tickets", zh = "交通补贴" }}
[parameters.z_B]
default = 0
bounds = [0, 5]
unit = "kCNY per worker and year"
[[entries]]
id = "bus_tickets"
payer = "government"
receiver = "worker"
amount = "z_B"
when = "g*w"
"""


def overlay(tmp_path, *, tool="bus_tickets", scenario=None):
    """A book folder that extends the built-in game by one instrument, and maybe a scenario."""
    game = tmp_path / "book" / "games" / "training-investment"
    (game / "instruments").mkdir(parents=True)
    (game / "instruments" / f"{tool}.toml").write_text(TOOL.format(id=tool), encoding="utf-8")
    if scenario:
        (game / "scenarios").mkdir()
        (game / "scenarios" / f"{scenario}.toml").write_text(
            f'[scenario]\nid = "{scenario}"\ngame = "training-investment"\nextends = ["package"]\n[values]\nz_B = 2\n'
        )
    return tmp_path / "book"


def test_an_instrument_of_ones_own_pays_what_its_page_says(tmp_path):
    book = overlay(tmp_path, scenario="with_buses")
    case = gamebook.load("with_buses", book=[book])
    change = case.tensor() - gamebook.load("package").tensor()
    expected = np.zeros((4, 2, 2, 2, 2))
    expected[0, 1, :, 1] = -2.0
    expected[2, 1, :, 1] = 2.0
    np.testing.assert_allclose(change, expected, atol=1e-12)


def test_without_its_rate_the_added_page_changes_no_bit(tmp_path):
    plain = gamebook.load("package").tensor()
    assert (gamebook.load("package", book=[overlay(tmp_path)]).tensor() == plain).all()


def test_the_folder_of_a_game_is_a_book_too(tmp_path):
    book = overlay(tmp_path)
    case = gamebook.load("package", book=[book / "games" / "training-investment"])
    assert "z_B" in case.game.parameters


@pytest.mark.parametrize(("tool", "scenario"), [("information_platform", None), ("bus_tickets", "package")])
def test_the_same_id_twice_is_refused_and_replace_allows_it(tmp_path, tool, scenario):
    book = overlay(tmp_path, tool=tool, scenario=scenario)
    with pytest.raises(InputError, match="exists already in") as refusal:
        Book.open([book])
    assert "--replace" in refusal.value.text("en")
    replaced = Book.open([book], replace=True)
    if scenario is None:
        assert "I_p" not in replaced.game("training-investment").parameters
        assert "z_B" in replaced.game("training-investment").parameters


def test_a_folder_that_extends_an_unknown_game_is_refused(tmp_path):
    book = overlay(tmp_path)
    (book / "games" / "training-investment").rename(book / "games" / "traning-investment")
    with pytest.raises(InputError, match="traning-investment, which is in no book"):
        Book.open([book])


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no game"):
        Book.open([tmp_path])


def test_a_name_in_two_games_must_be_written_in_full(tmp_path):
    game = tmp_path / "games" / "other"
    (game / "scenarios").mkdir(parents=True)
    (game / "game.toml").write_text(
        '[game]\nid = "other"\n[[parties]]\nid = "a"\nsymbol = "A"\nshare = "x_A"\n'
        'strategies = [{ id = "no" }, { id = "yes" }]\n[parameters.k]\ndefault = 1\nbounds = [0, 9]\n'
        '[cells]\n"0" = ["0"]\n"1" = ["k"]\n'
    )
    (game / "scenarios" / "package.toml").write_text(
        '[scenario]\nid = "package"\ngame = "other"\n[values]\nk = 3\n'
    )
    book = Book.open([tmp_path])
    with pytest.raises(InputError, match="other/package"):
        book.case("package")
    np.testing.assert_array_equal(book.case("other/package").tensor(), [[0.0, 3.0]])
    assert book.case("training-investment/package").game.id == "training-investment"


def test_a_broken_instrument_is_named_with_its_file_and_key(tmp_path):
    book = overlay(tmp_path)
    page = book / "games" / "training-investment" / "instruments" / "bus_tickets.toml"
    page.write_text(page.read_text(encoding="utf-8").replace('"z_B"\n', '"z_b * nosuch"\n'), encoding="utf-8")
    with pytest.raises(PageError) as refusal:
        gamebook.load("package", book=[book])
    message = refusal.value.text("en")
    assert "bus_tickets.toml" in message
    assert "entries" in message
    assert 'Did you mean "z_B"' in message
    assert "nosuch" in message


def test_shipped_pages_are_named_after_their_ids():
    for path in SHIPPED.rglob("*.toml"):
        page = read_page(path)
        assert page.id == (path.parent.name if page.kind == "game" else path.stem)


def test_a_page_by_its_path_and_by_its_name_give_the_same_case():
    path = SHIPPED / "training-investment" / "scenarios" / "seeds_mix.toml"
    by_path, by_name = gamebook.load(path), gamebook.load("seeds_mix")
    assert (by_path.tensor() == by_name.tensor()).all()
    assert by_path.digest == by_name.digest


def test_payoffs_broadcast_over_arrays_of_values():
    case = gamebook.load("package")
    rates = np.linspace(0.0, 1.0, 5)
    together = case.tensor(s_F=rates[:, None], t_S=[0.0, 0.3, 1.0])
    assert together.shape == (5, 3, 4, 2, 2, 2, 2)
    for i, rate in enumerate(rates):
        assert (together[i, 1] == case.tensor(s_F=float(rate), t_S=0.3)).all()


def test_only_one_file_knows_where_the_book_is():
    package = Path(gamebook.__file__).parent
    knows = re.compile(r"SHIPPED|/ ?[\"']games[\"']")
    assert [p.name for p in package.rglob("*.py") if knows.search(p.read_text(encoding="utf-8"))] == ["book.py"]
