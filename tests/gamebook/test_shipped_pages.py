"""Guards over the shipped pages: nothing left out, both languages, sources and units for every number.

The pages are read as plain TOML, so these rules hold whatever defaults the reader would fill in.
"""

import re
import tomllib
from pathlib import Path

import pytest

GAMES = Path(__file__).parents[2] / "gamebook" / "games"
BUILT_IN = GAMES / "training-investment"
PAGES = sorted(GAMES.rglob("*.toml"))
INSTRUMENTS = sorted(GAMES.glob("*/instruments/*.toml"))
SCENARIOS = sorted(GAMES.glob("*/scenarios/*.toml"))

HEAD = {
    "game": {"id", "title", "about", "unit", "source"},
    "instrument": {"id", "title", "about", "seeds", "switches"},
    "scenario": {"id", "game", "title", "about"},
}
PARAMETER = {"default", "bounds", "unit", "name", "latex", "source", "confidence"}
DERIVED = {"formula", "unit", "name", "latex"}
MEASURE = {"formula", "unit", "name"}
ENTRY = {"id", "payer", "receiver", "amount", "when", "cash", "burden", "welfare", "name"}
PARTY = {"id", "symbol", "indicator", "share", "name", "public", "strategies"}
SEGMENT = {"party", "id", "name", "weight", "values"}
REGION = SEGMENT - {"party"}
CONFIDENCE = {"datum", "policy document", "assumption"}
HAN = re.compile(r"[\u4e00-\u9fff]")
SEEDS = {"A", "B", "C", "D", "E"}


def page_name(path):
    return str(path.relative_to(GAMES))


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def head(page):
    return next((kind, page[kind]) for kind in HEAD if kind in page)


def texts(value, key=()):
    """Every table of texts in a page, with its key path."""
    if isinstance(value, dict):
        if value.keys() <= {"en", "zh"} and value:
            yield key, value
            return
        for name, inner in value.items():
            yield from texts(inner, (*key, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from texts(inner, (*key, place))


def tables(page):
    """Every table that carries optional keys: its kind, its keys, the keys it must have."""
    for symbol, parameter in page.get("parameters", {}).items():
        yield f"parameters.{symbol}", parameter, PARAMETER
    for symbol, quantity in page.get("derived", {}).items():
        yield f"derived.{symbol}", quantity, DERIVED
    for name, measure in page.get("measures", {}).items():
        yield f"measures.{name}", measure, MEASURE
    for kind, keys in (("entries", ENTRY), ("parties", PARTY), ("segments", SEGMENT), ("regions", REGION)):
        for place, table in enumerate(page.get(kind, [])):
            # With more than two strategies there is no share, and each strategy but the first has its own indicator.
            few = len(table.get("strategies", "01")) == 2
            yield f"{kind}[{place}]", table, keys if few else keys - {"indicator", "share"}


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_page_gives_every_optional_key(path):
    page = read(path)
    kind, table = head(page)
    missing = {kind: HEAD[kind] - table.keys()} | {key: keys - table.keys() for key, table, keys in tables(page)}
    assert {key: names for key, names in missing.items() if names} == {}


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_page_speaks_both_languages(path):
    for key, text in texts(read(path)):
        assert text.keys() == {"en", "zh"}, key
        assert text["en"].strip(), key
        assert not HAN.search(text["en"]), key
        assert HAN.search(text["zh"]), key


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_every_text_for_readers_is_a_text_in_both_languages(path):
    # A plain text would count for both languages: right for a user's page, English for a Chinese reader of ours.
    page = read(path)
    kind, table = head(page)
    named = {kind: (table, HEAD[kind] & {"title", "about", "source"})}
    named |= {key: (inner, keys & {"name", "source"}) for key, inner, keys in tables(page)}
    plain = [
        f"{place}.{key}"
        for place, (inner, keys) in named.items()
        for key in sorted(keys)
        if not isinstance(inner[key], dict) or inner[key].keys() != {"en", "zh"}
    ]
    assert plain == []


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_a_source_gives_the_same_figures_in_both_languages(path):
    page = read(path)
    sources = {symbol: parameter["source"] for symbol, parameter in page.get("parameters", {}).items()}
    sources |= {"game": page["game"]["source"]} if "game" in page else {}
    for name, source in sources.items():
        # One digit may be a word in English ("section three"), and months are.
        english, chinese = (
            set(re.findall(r"\d[\d,.]*\d", re.sub(r"\d+ ?月", "", source[lang]))) for lang in ("en", "zh")
        )
        assert english == chinese, name


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_about_says_enough(path):
    kind, table = head(read(path))
    about = table["about"]
    assert len(about["en"]) >= 80, kind
    assert len(about["zh"]) >= 40, kind


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_chinese_text_joins_its_lines_without_gaps(path):
    # A missing backslash at the end of a line would leave a line break, which shows as a blank between two characters.
    for key, text in texts(read(path)):
        assert "\n" not in text["zh"] + text["en"], key
        assert not re.search(r"[\u4e00-\u9fff，。；：、] +[\u4e00-\u9fff，。；：、]", text["zh"]), key


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_every_number_has_unit_source_and_a_known_confidence(path):
    for symbol, parameter in read(path).get("parameters", {}).items():
        assert parameter["unit"].strip(), symbol
        assert len(parameter["source"]["en"]) >= 20, symbol
        assert len(parameter["source"]["zh"]) >= 10, symbol
        assert parameter["latex"].strip(), symbol
        assert parameter["confidence"] in CONFIDENCE, symbol
        low, high = parameter["bounds"]
        assert low <= parameter["default"] <= high, symbol


@pytest.mark.parametrize("path", INSTRUMENTS, ids=page_name)
def test_instrument_is_off_by_default(path):
    page = read(path)
    switches = page["instrument"]["switches"]
    assert switches
    assert {symbol: page["parameters"][symbol]["default"] for symbol in switches} == dict.fromkeys(switches, 0)


@pytest.mark.parametrize("path", INSTRUMENTS, ids=page_name)
def test_parameter_that_is_zero_by_default_switches_its_instrument_on(path):
    page = read(path)
    zero = {symbol for symbol, parameter in page["parameters"].items() if parameter["default"] == 0}
    assert zero == set(page["instrument"]["switches"])


@pytest.mark.parametrize("path", INSTRUMENTS, ids=page_name)
def test_instrument_uses_every_parameter_it_declares(path):
    page = read(path)
    rest = {key: value for key, value in page.items() if key not in ("parameters", "instrument")}
    used = set(re.findall(r"[A-Za-z_]\w*", " ".join(strings(rest))))
    if "monitoring" in page or "correlation" in page:  # a switch of the dynamics stands in no formula
        used |= set(page["instrument"]["switches"])
    assert set(page["parameters"]) <= used


def strings(value):
    """Every text in the values of nested tables."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("instruments/*.toml")), ids=page_name)
def test_instrument_names_its_seed_documents(path):
    seeds = read(path)["instrument"]["seeds"]
    assert seeds == sorted(set(seeds) & SEEDS)
    assert seeds


@pytest.mark.parametrize("path", [*INSTRUMENTS, *SCENARIOS], ids=page_name)
def test_page_is_named_after_its_id(path):
    _, table = head(read(path))
    assert table["id"] == path.stem


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("scenarios/*.toml")), ids=page_name)
def test_scenario_states_the_status_quo(path):
    assert read(path)["start"] == {"x_G": 0.5, "x_F": 0.2, "x_W": 0.3, "x_P": 0.2}


def test_two_pages_never_declare_the_same_name():
    for game in sorted(GAMES.iterdir()):
        pages = [read(path) for path in sorted(game.rglob("*.toml"))]
        for kind in ("parameters", "derived"):
            names = [name for page in pages for name in page.get(kind, {})]
            assert len(names) == len(set(names)), kind
        entries = [entry["id"] for page in pages for entry in page.get("entries", [])]
        assert len(entries) == len(set(entries))


def test_values_quoted_from_memory_say_so():
    # These values were quoted without reading the document again, which the reader of a table must see.
    page = read(BUILT_IN / "instruments" / "training_tax_credit.toml")
    for symbol in ("cap", "c_F"):
        assert "from memory, not re-read" in page["parameters"][symbol]["source"]["en"]
        assert "凭记忆引用，未重新查阅" in page["parameters"][symbol]["source"]["zh"]
