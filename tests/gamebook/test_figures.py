"""Figures: what is drawn is the data, every character has a glyph, nothing is cut or overlaps, equal runs are equal."""

import itertools
import logging
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text as Words

from gamebook.errors import InputError
from gamebook.figures import font, style
from gamebook.figures.files import write_figure
from gamebook.figures.simulation import draw, simulation_sheet
from gamebook.simulation import PathEnd, Simulation
from gamebook.solution import PartyNames
from gamebook.texts import catalogue
from gamebook.texts.units import UNITS
from payoffs.texts import Text

ROOT = Path(__file__).parents[2]
GAME = (
    ("government", "G", "政府"),
    ("firm", "F", "企业"),
    ("worker", "W", "劳动者"),
    ("training provider", "P", "培训机构"),
)
WORDS = ("政策（一）。初：$x = 1$，$y$。", r"“Étude” \$5, “a$b$” 、\ue123 end", "x" * 90, "")
TEN = tuple((f"player {k}", str(k), f"参与方 {k}") for k in range(10))
LONG = ("association of small and medium enterprises", "A", "中小企业协会及其会员单位联合体")
NAMES = {
    "measure.under_skilled": Text("under-skilled", "技能不足"),
    "measure.type_mismatch": Text("type mismatch", "类型错配"),
    "measure.matched": Text("matched", "技能匹配"),
}


def simulation(*, parties=GAME, paths=1, ledger=True, status="settled", years=50.0, speeds=None, given=None):
    """A simulation of made-up paths, each different from the others."""
    times, n = np.linspace(0.0, years, 201), len(parties)
    starts = np.linspace(0.1, 0.9, paths * n).reshape(paths, n)
    odds = np.log(starts / (1.0 - starts))[:, None, :] + times[:, None] * np.linspace(-0.3, 0.4, n)
    shares = 1.0 / (1.0 + np.exp(-odds))
    for i, x in (given or {}).items():
        shares[:, :, i] = x
    corner = np.where(np.linspace(-0.3, 0.4, n) < 0.0, 0.0, 1.0)
    profile = "".join(f"{x:.0f}" for x in corner) if status == "settled" else None
    ends = [PathEnd(status, False, profile, corner, 90.0, 0.0, None, (), None) for _ in range(paths)]
    matched = shares[:, :, 0] * shares[:, :, -1]
    return Simulation(
        target="made-up",
        game="training-investment",
        title=Text("Policy package", "政策组合"),
        unit="kCNY per worker and year",
        parties=tuple(PartyNames(name, s, Text(name, zh), f"x_{s}", ("no", "yes")) for name, s, zh in parties),
        free=tuple(i for i in range(n) if i not in (given or {})),
        given=given or {},
        parameters={},
        changed={},
        instruments=(),
        revision_rate=0.1,
        speeds=np.ones(n) if speeds is None else np.array(speeds),
        delta=0.1,
        source="status quo",
        times=times,
        shares=shares,
        ends=tuple(ends),
        goal="1" * n,
        years_to_goal=(None,) * paths,
        payoffs=np.zeros_like(shares),
        measures={"under_skilled": 1 - shares[:, :, 0], "type_mismatch": shares[:, :, 0] - matched, "matched": matched}
        if ledger
        else {},
        mismatch=1 - matched if ledger else None,
        dynamic_mismatch=1 - matched**2 if ledger else None,
        mean_dynamic_mismatch=None,
        money={"outlay": 9 * matched, "burden": 3 - matched, "fund_balance": 2 * matched - 1} if ledger else {},
        provenance={},
        names=NAMES,
        units=dict.fromkeys(NAMES, "share of workers"),
    )


def fork(status="settled"):
    """Forty paths with three kinds of end."""
    whole = simulation(paths=40)
    ends = list(whole.ends)
    for k in range(40):
        if k % 4 == 0:
            ends[k] = PathEnd("settled", True, "1111", np.ones(4), 60.0, 0.0, None, (), None)
        if k % 5 == 0:
            ends[k] = PathEnd("heteroclinic", False, None, whole.shares[k, -1], 60.0, 0.0, None, ("0000",), 2.5)
    return changed(whole, ends=tuple(ends))


def changed(whole, **fields):
    values = {name: getattr(whole, name) for name in whole.__dataclass_fields__}
    return Simulation(**{**values, **fields})


CASES = {
    "ledger": lambda: simulation(),
    "on the way": lambda: simulation(years=5.0, speeds=[1, 2, 0.5, 1], given={0: 1.0}),
    "cells": lambda: simulation(parties=GAME[:2], ledger=False, status="cycling"),
    "long names": lambda: simulation(parties=(LONG, *GAME[1:], ("y" * 70, "Y", "很" * 50)), status="heteroclinic"),
    "ten parties": lambda: simulation(parties=TEN, ledger=False),
    "paths": fork,
    "three parties, paths": lambda: simulation(parties=GAME[:3], paths=12),
}  # fmt: skip


def drawn(case, *, lang="en", width_mm=170, title=None):
    """The figure with everything in its place, and a renderer that measures it."""
    sheet = simulation_sheet(case, lang=lang, title=title)
    with style.drawing(sheet.family):
        figure = sheet.figure(width_mm)
        FigureCanvasAgg(figure)
        figure.draw_without_rendering()
    return figure


def words_of(figure):
    """All texts that are seen, with their boxes in pixels."""
    with style.drawing():
        unseen = {id(t) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for t in hidden_labels(axis)}
        seen = [t for t in figure.findobj(Words) if t.get_visible() and t.get_text() and id(t) not in unseen]
        return [(t.get_text(), t.get_window_extent()) for t in seen]


def hidden_labels(axis):
    """Labels of ticks that lie beyond the limits or are switched off: matplotlib keeps but does not draw them."""
    low, high = sorted(axis.get_view_interval())
    for tick in axis.get_major_ticks():
        for label, on in ((tick.label1, tick.label1.get_visible()), (tick.label2, tick.label2.get_visible())):
            if not on or not low - 1e-9 <= tick.get_loc() <= high + 1e-9 or not axis.axes.axison:
                yield label
    if not axis.axes.axison:
        yield axis.label


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


class TestLayout:
    @pytest.mark.parametrize("width_mm", [84, 170])
    @pytest.mark.parametrize("lang", ["en", "zh"])
    @pytest.mark.parametrize("name", CASES)
    def test_nothing_is_cut_or_overlaps(self, name, lang, width_mm):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            figure = drawn(CASES[name](), lang=lang, width_mm=width_mm)
        page, found = figure.bbox, words_of(figure)
        assert len(found) > 10
        for words, box in found:
            assert page.x0 <= box.x0 < box.x1 <= page.x1, words
            assert page.y0 <= box.y0 < box.y1 <= page.y1, words
        for (one, a), (other, b) in itertools.combinations(found, 2):
            apart = a.x1 <= b.x0 + 0.5 or b.x1 <= a.x0 + 0.5 or a.y1 <= b.y0 + 0.5 or b.y1 <= a.y0 + 0.5
            assert apart, (one, other)
        legends = [axes.get_legend() for axes in figure.axes if axes.get_legend()] + figure.legends
        assert legends
        for legend, axes in itertools.product(legends, figure.axes):
            box = legend.get_window_extent()
            assert box.x0 >= axes.bbox.x1 or box.y0 >= axes.bbox.y1 or box.y1 <= axes.bbox.y0
            assert page.x0 <= box.x0 < box.x1 <= page.x1

    @pytest.mark.parametrize("width_mm", [84, 170])
    def test_the_figure_is_as_wide_as_asked(self, width_mm, tmp_path):
        draw(simulation(), tmp_path / "a.svg", width_mm=width_mm)
        points = float(re.search(r'width="([\d.]+)pt"', (tmp_path / "a.svg").read_text(encoding="utf-8"))[1])
        assert points == pytest.approx(width_mm / 25.4 * 72, abs=0.01)

    def test_data_keep_most_of_the_height(self):
        figure = drawn(simulation(), width_mm=84)
        assert [round(axes.bbox.height / figure.dpi * 25.4) for axes in figure.axes] >= [40, 24, 24]

    @pytest.mark.parametrize("width_mm", [84, 170])
    def test_data_keep_most_of_the_width_even_beside_long_names(self, width_mm):
        figure = drawn(CASES["long names"](), lang="zh", width_mm=width_mm)
        assert all(axes.bbox.width > 0.6 * figure.bbox.width for axes in figure.axes)

    def test_lines_of_a_panel_differ_in_dashes_and_marker_as_well_as_in_colour(self):
        for panel in drawn(CASES["ten parties"]()).axes + drawn(simulation()).axes:
            lines = [line for line in panel.lines if not line.get_label().startswith("_")]
            looks = {(line.get_marker(), line.get_color()) for line in lines}
            assert len({marker for marker, _ in looks}) == len({color for _, color in looks}) == len(lines)
            assert len({str(line._unscaled_dash_pattern) for line in lines}) >= len(lines) - 1


class TestContent:
    def test_lines_are_the_data(self):
        case = simulation()
        shares, mismatch, money = drawn(case).axes
        for i, line in enumerate(shares.lines):
            assert np.array_equal(line.get_ydata(), case.shares[0, :, i])
            assert np.array_equal(line.get_xdata(), case.times)
        kinds = [case.measures[m][0] for m in ("under_skilled", "type_mismatch", "matched")]
        kinds.append(case.dynamic_mismatch[0])
        assert all(np.array_equal(line.get_ydata(), kind) for line, kind in zip(mismatch.lines, kinds, strict=True))
        amounts = [case.money[m][0] for m in ("outlay", "burden", "fund_balance")]
        lines = [line for line in money.lines if not line.get_label().startswith("_")]
        assert all(np.array_equal(line.get_ydata(), a) for line, a in zip(lines, amounts, strict=True))

    def test_legends_name_the_lines_in_their_order(self):
        labels = [[t.get_text() for t in axes.get_legend().get_texts()] for axes in drawn(simulation(), lang="zh").axes]
        assert labels == [
            [f"{zh} {font.variable(f'x_{s}')}" for _, s, zh in GAME],
            ["技能不足", "类型错配", "技能匹配", "动态错配"],
            ["公共支出", "私人部门负担", "基金结余"],
        ]

    def test_scales_name_their_units(self):
        labels = {lang: [axes.get_ylabel().replace("\n", " ") for axes in drawn(simulation(), lang=lang).axes]
                  for lang in ("en", "zh")}  # fmt: skip
        assert labels["en"][1:] == ["share of workers", "kCNY per worker and year"]
        assert labels["zh"][1:] == ["占劳动者的比例", "千元/人·年"]
        assert drawn(simulation()).axes[-1].get_xlabel() == r"time $\mathit{𝑡}$ (years)"

    def test_a_game_without_a_ledger_has_one_panel(self):
        assert len(drawn(CASES["cells"]()).axes) == 1

    def test_caption_says_start_horizon_speeds_and_end(self):
        words = caption(drawn(CASES["on the way"]()))
        assert words.startswith("Policy package. Initial shares: ")
        start = simulation(years=5.0).shares[0, 0, 1]
        assert rf"$\mathit{{𝑥}}_{{\mathrm{{F}}}} = {start:g}$" in words
        assert r"Held fixed: $\mathit{𝑥}_{\mathrm{G}} = 1$." in words
        assert "Horizon 5 years" in words
        assert "revision rate 0.1" in words
        assert "Speeds: G 1, F 2, W 0.5, P 1." in words
        assert "The path settles at 0011, but at the end of the years shown" in words

    def test_caption_says_that_the_path_has_arrived_only_if_it_is_seen(self):
        assert "settles at 0011." in caption(drawn(simulation(years=500.0)))
        assert "settles at 0011, but" in caption(drawn(simulation(years=20.0)))

    def test_title_is_that_of_the_case_or_the_one_asked_for_and_dollars_are_no_mathematics(self):
        assert caption(drawn(simulation(), lang="zh")).startswith("政策组合。初始比例：")
        assert caption(drawn(simulation(), title="")).startswith("Initial shares")
        figure = drawn(simulation(), title="Costs $5 to $9 a day?")
        assert caption(figure).startswith(r"Costs \$5 to \$9 a day? Initial")

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_many_paths_are_told_apart_by_where_they_end(self, lang):
        case = fork()
        figure = drawn(case, lang=lang)
        kinds = {"1111": [], "0011": [], None: []}
        for k, end in enumerate(case.ends):
            kinds[end.profile].append(k)
        order = sorted(kinds.values(), key=len, reverse=True)
        assert sorted(map(len, order)) == [8, 8, 24]
        labels = [t.get_text() for t in figure.legends[0].get_texts()]
        assert [re.search(r"(\d+)( 条)?$", label)[1] for label in labels] == ["24", "8", "8"]
        for i, axes in enumerate(figure.axes):
            bundles = [c for c in axes.collections if isinstance(c, LineCollection)]
            assert len({(tuple(b.get_color()[0]), str(b.get_linestyle())) for b in bundles}) == 3
            paths = {frozenset(k for k in range(40) for line in b.get_segments()
                               if np.array_equal(line[:, 1], case.shares[k, :, i])) for b in bundles}  # fmt: skip
            assert paths == {frozenset(kind) for kind in kinds.values()}

    def test_more_paths_than_can_be_seen_are_thinned_out_and_counted_in_full(self):
        figure = drawn(simulation(paths=1000))
        assert sum(len(c.get_segments()) for c in figure.axes[0].collections) == 300
        assert figure.legends[0].get_texts()[0].get_text() == "settled at 0011: 1,000"
        assert "1,000 starts, of which 300, evenly chosen, are drawn." in caption(figure)


def caption(figure):
    (words,) = figure.texts
    return words.get_text().replace("\n", " ") if "。" not in words.get_text() else words.get_text().replace("\n", "")


class TestFiles:
    @pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
    @pytest.mark.parametrize("make", [simulation, fork])
    def test_equal_runs_give_equal_bytes_whatever_the_settings_of_matplotlib(self, kind, make, tmp_path):
        draw(make(), tmp_path / f"one.{kind}", lang="zh")
        with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "axes.unicode_minus": False, "text.color": "red"}):
            before = dict(mpl.rcParams)
            draw(make(), tmp_path / f"two.{kind}", lang="zh")
            assert dict(mpl.rcParams) == before
        one, two = ((tmp_path / f"{name}.{kind}").read_bytes() for name in ("one", "two"))
        assert one == two
        assert len(one) > 10_000
        assert [path.name for path in sorted(tmp_path.iterdir())] == [f"one.{kind}", f"two.{kind}"]

    def test_bytes_do_not_depend_on_the_process(self, tmp_path):
        program = (
            "import sys; sys.path[:0] = sys.argv[1:3]; import test_figures as t; from pathlib import Path; "
            "[t.draw(t.fork(), Path(sys.argv[3]) / f'{sys.argv[4]}.{kind}') for kind in ('svg', 'pdf')]"
        )
        for seed in ("1", "2"):
            command = [sys.executable, "-c", program, str(ROOT), str(Path(__file__).parent), str(tmp_path), seed]
            subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        for kind in ("svg", "pdf"):
            assert (tmp_path / f"1.{kind}").read_bytes() == (tmp_path / f"2.{kind}").read_bytes()

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_pdf_embeds_the_shipped_font_and_no_other_as_truetype(self, lang, tmp_path, caplog):
        draw(simulation(), tmp_path / "a.pdf", lang=lang)
        data = (tmp_path / "a.pdf").read_bytes()
        fonts = set(re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([\w-]+)", data))
        assert fonts == {b"GamebookSansSC-Regular"}
        assert b"/Type3" not in data
        assert b"/CreationDate" not in data
        assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []

    @pytest.mark.parametrize("name", ["a.PNG", "a.Svg"])
    def test_the_ending_counts_in_capitals_too(self, name, tmp_path):
        draw(simulation(ledger=False), tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000

    @pytest.mark.parametrize("name", ["a.jpg", "a", "a.svgz", ".png"])
    def test_other_types_are_refused(self, name, tmp_path):
        with pytest.raises(InputError) as refusal:
            draw(simulation(), tmp_path / name)
        assert ".png, .svg, .pdf" in refusal.value.text("en")
        assert ".png, .svg, .pdf" in refusal.value.text("zh")
        assert list(tmp_path.iterdir()) == []

    def test_a_missing_folder_is_named(self, tmp_path):
        with pytest.raises(InputError) as refusal:
            draw(simulation(), tmp_path / "no" / "a.png")
        assert f"no folder {tmp_path / 'no'}" in refusal.value.text("en")

    def test_an_existing_file_stays_as_it_is(self, tmp_path):
        path = tmp_path / "a.png"
        path.write_text("mine")
        with pytest.raises(InputError, match="exists already"):
            draw(simulation(), path)
        assert path.read_text() == "mine"
        (tmp_path / "b.png").symlink_to(tmp_path / "nowhere.png")
        with pytest.raises(InputError, match="exists already"):
            draw(simulation(), tmp_path / "b.png")
        assert len(list(tmp_path.iterdir())) == 2

    def test_a_file_made_while_the_figure_is_drawn_is_not_overwritten(self, tmp_path):
        class Slow(Figure):
            def savefig(self, *arguments, **options):
                (tmp_path / "a.png").write_text("theirs")
                super().savefig(*arguments, **options)

        with pytest.raises(InputError, match="exists already"), style.drawing():
            write_figure(Slow(), tmp_path / "a.png")
        assert [path.read_text() for path in tmp_path.iterdir()] == ["theirs"]

    @pytest.mark.parametrize("width_mm", [59.9, 401, float("nan"), float("inf"), -84])
    def test_a_width_out_of_range_is_refused(self, width_mm, tmp_path):
        with pytest.raises(InputError, match=r"\[60, 400\]"):
            draw(simulation(), tmp_path / "a.png", width_mm=width_mm)

    def test_characters_that_no_font_has_are_refused_by_name(self, tmp_path):
        with pytest.raises(InputError) as refusal:
            draw(simulation(), tmp_path / "a.png", title="政策\U0010fffd组合")
        assert "\U0010fffd" in refusal.value.text("zh")
        assert "Noto Sans CJK SC" in refusal.value.text("en")
        assert list(tmp_path.iterdir()) == []

    def test_a_font_of_the_machine_steps_in_for_characters_that_the_shipped_one_lacks(self, tmp_path, caplog):
        # DejaVu Sans comes with matplotlib and has Armenian letters, which the shipped font has not.
        armenian = changed(simulation(), title=Text("Հայաստան", "Հայաստան"))
        assert simulation_sheet(armenian, lang="en").family == "DejaVu Sans"
        with caplog.at_level(logging.INFO, logger="matplotlib.mathtext"):
            draw(armenian, tmp_path / "a.png")
        assert [r.getMessage() for r in caplog.records if "ubstitut" in r.getMessage()] == []


def gamebook(*arguments, cwd):
    """Run the command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GAMEBOOK_LANG": "zh"}
    command = [sys.executable, "-P", "-m", "gamebook", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=environment)


class TestCommand:
    def test_simulate_draws_what_the_same_simulation_draws_in_python(self, tmp_path):
        from gamebook.book import Book
        from gamebook.path_simulation import simulate

        ran = gamebook("simulate", "matching-pennies", "--start", "x=0.7", "--figure", "a.svg", cwd=tmp_path)
        assert ran.returncode == 0, ran.stderr
        assert "a.svg" in ran.stderr
        draw(simulate(Book.open().case("matching-pennies"), start={"x": 0.7}), tmp_path / "b.svg", lang="zh")
        assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()

    def test_a_figure_that_cannot_be_written_is_refused_before_anything_is_computed(self, tmp_path):
        ran = gamebook("simulate", "package", "--figure", "a.jpg", cwd=tmp_path)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ".png, .svg, .pdf" in ran.stderr
        assert list(tmp_path.iterdir()) == []
