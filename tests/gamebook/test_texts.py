"""The catalogue: every text in both languages, every code that the program uses, no code that it does not."""

import pkgutil
import re
import string
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from gamebook import texts
from gamebook.texts import OWN, catalogue, text
from payoffs.units import UNITS

ROOT = Path(__file__).parents[2]
SOURCES = [p for package in ("gamebook", "payoffs", "solvers") for p in (ROOT / package).rglob("*.py")]
CODE = re.compile(r'"((?:[a-z_]+\.)+[a-z_]+(?: [a-z]+)?)"')
HAN = re.compile(r"[\u4e00-\u9fff]")


def fields(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_no_two_modules_of_texts_use_one_code():
    modules = [import_module(f"gamebook.texts.{module.name}") for module in pkgutil.iter_modules(texts.__path__)]
    parts = [value for module in modules for name, value in vars(module).items() if name.isupper() and value]
    codes = [code for part in parts if isinstance(part, dict) for code in part if code in OWN]
    assert set(codes) == set(OWN)
    assert sorted(code for code in set(codes) if codes.count(code) > 1) == []


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_both_languages_exist_and_name_the_same_fields(code):
    english, chinese = catalogue()[code]
    assert english.strip()
    assert chinese.strip()
    assert fields(english) == fields(chinese)
    assert not HAN.search(english)
    # A Chinese text has Chinese characters unless it is only fields, symbols or a term kept in Latin letters.
    assert HAN.search(chinese) or not re.sub(r"\{[^}]*\}|ESS|gamebook|[^A-Za-z]", "", chinese)


def test_every_code_in_the_sources_exists():
    families = {code.split(".")[0] for code in catalogue() if "." in code}
    missing = set()
    for path in SOURCES:
        if "texts" in path.parts or path.name.endswith("messages.py"):
            continue
        for code in CODE.findall(path.read_text(encoding="utf-8")):
            if code.split(".")[0] in families and code not in catalogue():
                missing.add((path.name, code))
    # Names of files, modules and keys of pages look alike; each stands here because it is no text.
    allowed = {("book.py", "game.toml"), ("game_checks.py", "game.coordination"), ("claims.py", "claims.game")}
    assert missing <= allowed


def test_no_text_is_left_that_nothing_uses():
    words = "\n".join(p.read_text(encoding="utf-8") for p in SOURCES if "texts" not in p.parts).replace("'", '"')
    unused = []
    for code in OWN:
        family, _, last = code.rpartition(".")
        # Some codes are put together from a family and a value, as in f"stability.{kind}".
        if f'"{code}"' not in words and f'f"{family}.{{' not in words and f'"{last}"' not in words:
            unused.append(code)
    assert unused == []


def test_units_of_all_shipped_pages_have_chinese_names():
    found = set()
    for path in (ROOT / "gamebook" / "games").rglob("*.toml"):
        page = tomllib.loads(path.read_text(encoding="utf-8"))
        for table in ("parameters", "measures", "derived"):
            for entry in page.get(table, {}).values():
                if isinstance(entry, dict) and entry.get("unit"):
                    found.add(entry["unit"])
        if "unit" in page.get("game", {}):
            found.add(page["game"]["unit"])
    assert found - set(UNITS) == set()
    assert len(found) > 10


def test_a_text_in_the_wrong_place_fails_loudly():
    with pytest.raises(KeyError):
        text("no.such.code", "en")
    with pytest.raises(KeyError):
        text("report.given", "en")
