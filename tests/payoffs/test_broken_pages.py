"""Broken pages: each file in pages/broken says in `# expects:` lines what its refusal must say."""

from pathlib import Path

import pytest

from payoffs.errors import PageError
from payoffs.pages import parse_page

BROKEN = sorted((Path(__file__).parent / "pages" / "broken").glob("*.toml"))


def is_chinese(line):
    return any("\u4e00" <= letter <= "\u9fff" for letter in line)


def expectations(path):
    """The announced words, and the page without them."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    expected = [line.removeprefix("# expects: ").rstrip() for line in lines if line.startswith("# expects: ")]
    return expected, "".join(line for line in lines if not line.startswith("# expects: "))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_page_is_refused_with_messages_that_help(path):
    expected, content = expectations(path)
    assert expected, "the file says nothing about its message"
    with pytest.raises(PageError) as refusal:
        parse_page(content, path.name)
    english, chinese = refusal.value.text("en"), refusal.value.text("zh")
    for words in expected:
        assert words in (chinese if is_chinese(words) else english), english + "\n" + chinese
    for line in [*english.splitlines(), *chinese.splitlines()]:
        assert line.startswith(path.name)
        assert len(line) < 500


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_mistake_does_not_set_off_messages_about_what_is_right(path):
    expected, content = expectations(path)
    with pytest.raises(PageError) as refusal:
        parse_page(content, path.name)
    found = [fault.text() for fault in refusal.value.faults]
    assert [text for text in found if not any(words in text for words in expected)] == []
