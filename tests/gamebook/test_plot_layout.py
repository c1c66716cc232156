"""Figures of a paper, every kind for two, three and four parties: nothing is cut, no words overlap, no boxes."""

import itertools
import warnings

import numpy as np
import pytest
from matplotlib.transforms import Bbox
from mpl_toolkits.mplot3d import proj3d
from mpl_toolkits.mplot3d.art3d import Text3D

from gamebook.figures import font, style
from tests.gamebook.plots import CASES, KINDS, drawn, head, scene, sheet
from tests.gamebook.test_figure_layout import words_of


def words_of_plane(figure):
    """Words with their boxes, but for those in space, whose boxes matplotlib only knows while it draws."""
    in_space = {words.get_text() for axes in figure.axes for words in axes.texts if isinstance(words, Text3D)}
    return [(words, box) for words, box in words_of(figure) if words not in in_space]


def words_in_space(figure):
    """Words of 3-D axes with their boxes, where they are projected to."""
    with style.drawing():
        for axes in figure.axes:
            for words in (words for words in axes.texts if isinstance(words, Text3D)):
                x, y, _ = proj3d.proj_transform(*words.get_position_3d(), axes.get_proj())
                at, size = axes.transData.transform((x, y)), words.get_window_extent()
                low = at - np.array([size.width, size.height]) / 2
                yield words.get_text(), Bbox.from_bounds(*low, size.width, size.height)


NUMBERED = {"number": 12, "bilingual": True}


@pytest.mark.parametrize(("lang", "width_mm"), [("en", 84.0), ("zh", 170.0)])
@pytest.mark.parametrize("target", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_cut_and_no_words_overlap(kind, target, lang, width_mm):
    made = sheet(kind, scene(target, lang, head=head(**NUMBERED)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = drawn(made, width_mm)
    page, found = figure.bbox, [*words_of_plane(figure), *words_in_space(figure)]
    assert len(found) >= 3
    for words, box in found:
        assert page.x0 <= box.x0 + 0.5, words
        assert box.x1 <= page.x1 + 0.5, words
        assert page.y0 <= box.y0 + 0.5, words
        assert box.y1 <= page.y1 + 0.5, words
    for (one, a), (other, b) in itertools.combinations(found, 2):
        # Numbers of arrows may stand on each other's white ground where many arrows meet.
        if one.startswith("(") and other.startswith("("):
            continue
        apart = a.x1 <= b.x0 + 1.5 or b.x1 <= a.x0 + 1.5 or a.y1 <= b.y0 + 1.5 or b.y1 <= a.y0 + 1.5
        assert apart, (one, other)
    assert not font.missing(font.FORMULA.sub("", words) for words, _ in found)


@pytest.mark.parametrize("target", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_caption_is_numbered_and_has_its_title_in_both_languages(kind, target):
    caption = sheet(kind, scene(target, "zh", head=head(**NUMBERED))).caption.split("\n")
    assert caption[0].startswith("图12 ")
    assert caption[1].startswith("Fig. 12 ")
    assert len(caption) == 3
