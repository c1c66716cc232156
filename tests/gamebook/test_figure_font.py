"""The font of figures has a glyph for every character, and lines break without loss."""

import itertools
import logging
import re
import warnings
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from gamebook.figures import font, style
from gamebook.texts import catalogue
from payoffs.units import UNITS

ROOT = Path(__file__).parents[2]
WORDS = ("政策（一）。初：$x = 1$，$y$。", r"“Étude” \$5, “a$b$” 、\ue123 end", "x" * 90, "")


def reported(caplog, family, lines):
    """What matplotlib says, in its log or as warnings, while it draws lines of text."""
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="matplotlib"), warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with style.drawing(family):
            figure = Figure(figsize=(10, 10))
            for k, line in enumerate(lines):
                figure.text(0.01, k / max(len(lines), 1), line, size=5)
            FigureCanvasAgg(figure).draw()
    log = [record.getMessage() for record in caplog.records if record.name.startswith("matplotlib")]
    return [line for line in log if "ubstitut" in line or "glyph" in line] + [str(w.message) for w in said]


def all_characters():
    """Characters of the whole catalogue, of every shipped page and of all units."""
    texts = [words for pair in catalogue().values() for words in pair]
    texts += [*UNITS, *UNITS.values()]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "gamebook" / "games").rglob("*.toml")]
    return "".join(texts)


class TestFont:
    def test_has_every_character_of_gb_2312(self):
        han = set()
        for first, second in itertools.product(range(0xB0, 0xF8), range(0xA1, 0xFF)):
            han.update(bytes([first, second]).decode("gb2312", errors="ignore"))
        assert len(han) == 6763
        assert font.missing(han) == ""

    def test_has_every_character_of_the_catalogue_the_pages_and_the_units(self):
        assert font.missing([all_characters()]) == ""

    def test_draws_every_character_in_text_and_in_mathematics_without_a_report(self, caplog):
        characters = "".join(sorted({c for c in all_characters() if c not in "\n\\$#%&_^{}~'" and not c.isspace()}))
        parts = [characters[k : k + 60] for k in range(0, len(characters), 60)]
        formulas = [re.sub(r"[!-~]", "", part) for part in parts]
        lines = [rf"{part} $x_{{\mathrm{{{f}}}}} = \mathit{{{f}}}$" for part, f in zip(parts, formulas, strict=True)]
        assert reported(caplog, font.FAMILY, [*parts, *lines]) == []

    @pytest.mark.parametrize("line", ["演化博弈", r"演化博弈 $x$", r"$\mathrm{博弈}$"])
    def test_a_font_without_chinese_is_reported_by_the_same_check(self, caplog, line):
        assert reported(caplog, "DejaVu Sans", [line]) != []

    def test_licence_lies_beside_the_font_and_names_its_owner(self):
        licence = (font.FILE.parent / "OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert "© 2014-2021 Adobe" in licence
        assert FT2Font(str(font.FILE)).family_name == font.FAMILY

    def test_variables_are_slanted_letters_of_the_font_with_upright_indices(self, caplog):
        assert font.variable("x_G") == r"$\mathit{𝑥}_{\mathrm{G}}$"
        assert font.variable("h") == r"$\mathit{ℎ}$"
        assert font.variable("tau_1_b") == r"$\mathit{𝑡𝑎𝑢}_{\mathrm{1\_b}}$"
        letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        assert reported(caplog, font.FAMILY, [font.variable(letters)]) == []


class TestLines:
    @pytest.mark.parametrize("words", WORDS)
    @pytest.mark.parametrize("points", [5.0, 40.0, 100.0])
    @pytest.mark.filterwarnings("ignore:Glyph")
    def test_breaking_a_text_loses_nothing_and_keeps_formulas_whole(self, words, points):
        lines = font.wrapped(words, points, 8.0, font.register()).split("\n")
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")
        assert all(line.replace(r"\$", "").count("$") % 2 == 0 for line in lines)

    def test_lines_are_as_wide_as_asked_and_no_line_begins_with_a_comma(self):
        words = "调整速率为每单位收益每年，路径收敛于，此处。" * 6 + " a policy package of words" * 6
        for points in range(60, 200, 7):
            lines = font.wrapped(words, points, 8.0, font.register()).split("\n")
            assert max(font.width_of(line, 8.0, font.FAMILY) for line in lines) <= points + 1e-6
            assert not [line for line in lines if line[:1] in "，。"]
