"""The layout of figures: nothing is cut or overlaps, data keep most of the room, lines can be told apart."""

import itertools
import re
import warnings

import pytest
from matplotlib.text import Text as Words

from gamebook.figures import style
from gamebook.figures.simulation import draw
from tests.gamebook.made_up_simulations import CASES, drawn, simulation


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
