"""Write a scenario page that a person can read and change: each value with its name, unit and bounds beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import tomlkit
from tomlkit.items import AoT, InlineTable, Table

from payoffs.errors import PageError
from payoffs.game import Game
from payoffs.page_models import RegionTable, ScenarioPage, SegmentTable
from payoffs.pages import parse_page
from payoffs.parameters import Parameter, value_faults
from payoffs.scenario import Region, Segment
from payoffs.texts import Text


def write_scenario(
    game: Game,
    scenario_id: str,
    values: Mapping[str, float],
    *,
    title: Text | str | None = None,
    about: Text | str | None = None,
    extends: Sequence[str] = (),
    start: Mapping[str, float] | None = None,
    segments: Sequence[Segment] = (),
    regions: Sequence[Region] = (),
    lang: str = "en",
    unit_text: Callable[[str], str] = str,
) -> str:
    """Return the TOML text of a scenario page.

    Parameters
    ----------
    game : the game that the scenario belongs to
    scenario_id : its id
    values : the parameters that it sets, by symbol; written in the order of the game's parameters
    title, about : in both languages, or a text that counts for both; the title defaults to the id
    extends : ids of scenarios to build on
    start : initial shares by share symbol; the game's own where left out
    segments, regions : parts into which parties are split, with their weights and values
    lang : language of the comments, "en" or "zh"
    unit_text : how a unit of the pages, which is one text, is written in that language; as it stands by default

    Raises
    ------
    PageError
        a value, share or id that a page could not hold
    """
    faults = value_faults(game.parameters, values)
    if faults:
        raise PageError(faults)
    document = tomlkit.document()
    document["scenario"] = _head(game, scenario_id, title, about, extends)
    table = tomlkit.table()
    for symbol, parameter in game.parameters.items():
        if symbol in values:
            item = tomlkit.item(float(values[symbol]))
            table.add(symbol, item.comment(_one_line(comment_on(parameter, lang, unit_text))))
    document["values"] = table
    shares = tomlkit.table()
    for share, value in {**game.start, **(start or {})}.items():
        shares.add(share, float(value))
    document["start"] = shares
    if segments:
        document["segments"] = _groups(game, segments, lang, unit_text)
    if regions:
        document["regions"] = _groups(game, regions, lang, unit_text)
    text = tomlkit.dumps(document)
    return _checked(text, scenario_id, values, (*segments, *regions))


def _groups(
    game: Game, parts: Sequence[Segment | Region], lang: str, unit_text: Callable[[str], str]
) -> AoT:
    """Segments or regions, each with what it sets in a table of its own."""
    tables = tomlkit.aot()
    for part in parts:
        table = tomlkit.table()
        if isinstance(part, Segment):
            table.add("party", part.party)
        table.add("id", part.id)
        table.add("name", _text(part.name))
        table.add("weight", float(part.weight))
        own = tomlkit.table()
        for symbol, value in part.values.items():
            own.add(symbol, tomlkit.item(float(value)).comment(_one_line(comment_on(
                game.parameters[symbol], lang, unit_text))))  # fmt: skip
        table.add("values", own)
        tables.append(table)
    return tables


def comment_on(parameter: Parameter, lang: str = "en", unit_text: Callable[[str], str] = str) -> str:
    """Return the name, unit and bounds of a parameter on one line; arguments as for :func:`write_scenario`."""
    name, bounds = parameter.name.in_language(lang), f"[{parameter.low:g}, {parameter.high:g}]"
    separator = "；" if lang == "zh" else "; "
    return separator.join(part for part in (name, unit_text(parameter.unit), bounds) if part)


def _head(
    game: Game, scenario_id: str, title: Text | str | None, about: Text | str | None, extends: Sequence[str]
) -> Table:
    head = tomlkit.table()
    head.add("id", scenario_id)
    head.add("game", game.id)
    head.add("title", _text(title if title is not None else scenario_id))
    if about is not None:
        head.add("about", _text(about))
    if extends:
        head.add("extends", list(extends))
    return head


def _text(text: Text | str) -> InlineTable:
    table = tomlkit.inline_table()
    table.update({"en": str(text), "zh": text.zh if isinstance(text, Text) else text})
    return table


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _checked(
    text: str, scenario_id: str, values: Mapping[str, float], parts: Sequence[Segment | Region] = ()
) -> str:
    """Read the page back: what is written must be what was meant."""
    content = parse_page(text, f"{scenario_id}.toml").content
    if not isinstance(content, ScenarioPage) or content.values != {name: float(values[name]) for name in values}:
        raise AssertionError("a written page does not read back")
    rows: list[SegmentTable | RegionTable] = [*content.segments, *content.regions]
    read = [(row.id, row.weight, row.values) for row in rows]
    if read != [(part.id, part.weight, dict(part.values)) for part in parts]:
        raise AssertionError("the segments of a written page do not read back")
    return text
