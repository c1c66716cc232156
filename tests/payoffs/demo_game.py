"""The demo game's pages as texts to vary, tables of cells, and what is said when pages or values are refused."""

import itertools
import tempfile
from pathlib import Path

import pytest

from payoffs.errors import PageError
from payoffs.game import load_game
from payoffs.pages import parse_page

DEMO, SUBSIDY, LEVY = (
    (Path(__file__).parent / "pages" / f"{name}.toml").read_text(encoding="utf-8")
    for name in ("demo", "subsidy", "levy")
)


def load(game, *instruments):
    """A game from the texts of its pages."""
    tools = [parse_page(text, f"tool{i}.toml") for i, text in enumerate(instruments)]
    return load_game(parse_page(game, "game.toml"), tools)


def refusal_of(*texts):
    """What is said when the files of a game page and its instruments are loaded, folders left out."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / ("game.toml" if i == 0 else f"tool{i - 1}.toml") for i in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        with pytest.raises(PageError) as refusal:
            load_game(paths[0], paths[1:])
    return str(refusal.value).replace(f"{folder}/", "")


def refused(game, lang="en", /, **values):
    with pytest.raises(PageError) as refusal:
        game.tensor(**values)
    return refusal.value.text(lang)


def cells_page(shape, cell):
    page = '[game]\nid = "cells"\n'
    for i, count in enumerate(shape):
        strategies = ", ".join(f'{{ id = "s{k}" }}' for k in range(count))
        page += f'[[parties]]\nid = "p{i}"\nstrategies = [{strategies}]\n'
    page += "[parameters]\na = 2\n[cells]\n"
    separator = "" if max(shape) <= 10 else ","
    for profile in itertools.product(*map(range, shape)):
        formulas = ", ".join(f'"{formula}"' for formula in cell(profile))
        page += f'"{separator.join(map(str, profile))}" = [{formulas}]\n'
    return page
