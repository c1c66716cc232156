"""The reference of published cases says what the audits say, and names every claims page."""

import pytest

from gamebook.book import Book
from tests.docs.published_cases import PAGES, page


@pytest.mark.parametrize("lang", PAGES)
def test_reference_is_what_the_audits_say(lang):
    assert PAGES[lang].read_text(encoding="utf-8") == page(lang), "run: python -m tests.docs.published_cases"


@pytest.mark.parametrize("lang", PAGES)
def test_reference_names_every_claims_page_with_its_source(lang):
    words = PAGES[lang].read_text(encoding="utf-8")
    for name in Book.open().claims():
        assert f"\n## {name}\n" in words
        assert f"](#{name})" in words
