"""What figures show and say: lines are the data, legends, scales and captions name them."""

import re

import numpy as np
import pytest
from matplotlib.collections import LineCollection

from gamebook.figures import font
from tests.gamebook.made_up_simulations import CASES, GAME, drawn, fork, simulation


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
