"""Files that attack or break a reader of tables, as workbook or CSV: refused quickly and left alone."""

import contextlib
import io
import random
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gamebook
from gamebook.cli import run
from gamebook.interchange.faults import TableError
from tests.gamebook.table_files import GAME, done, refused
from tests.gamebook.workbooks import row, sheet, workbook

pytestmark = pytest.mark.usefixtures("desk")


def bomb():
    """A sheet that unpacks to 40 MB from 40 kB."""
    return workbook(sheet(tail=" " * 40_000_000))


ENTITIES = "<!DOCTYPE x [" + '<!ENTITY a "aaaaaaaaaa">' + "]>"
FILE_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "zip bomb": bomb,
    "entities": lambda: workbook(sheet(row(3, "s_F", ">&a;"), head=ENTITIES)),
    "file": lambda: workbook(sheet(row(3, "s_F", ">&a;"), head=FILE_ENTITY)),
    "entities in another encoding": lambda: workbook(sheet(row(3, "s_F", "><v>1</v>"), head=ENTITIES).encode("utf-16")),
    "ebcdic": lambda: workbook(sheet(head=ENTITIES).replace("UTF-8", "cp037").encode("cp037")),
    "many parts": lambda: workbook(sheet(), parts=[(f"p{i}", "") for i in range(3000)]),
    "many sheets": lambda: workbook(*[sheet()] * 60),
    "no sheets": lambda: workbook(),
    "not xml": lambda: workbook("hello"),
    "deep": lambda: workbook("<a>" * 100_000),
    "only a zip": lambda: workbook()[:0] + _zip({"a.txt": "hello"}),
    "points outside": lambda: _zip(
        {"_rels/.rels": '<R><R Id="r" Type="x/officeDocument" Target="../../../../etc/passwd"/></R>'}
    ),
    "old Excel": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "cut off": lambda: workbook(sheet(row(3, "s_F", "><v>1</v>")))[:-40],
    "random": lambda: random.Random(1).randbytes(5000),
    "zip with noise": lambda: b"PK\x03\x04" + random.Random(2).randbytes(5000),
    "empty": lambda: b"",
    "text": lambda: b"symbol,value\ns_F,0.3\n",
    "too large": lambda: b"PK\x03\x04" + bytes(3_000_000),
}  # fmt: skip


def _zip(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_workbooks_are_refused_quickly_and_left_alone(kind, capsys):
    content = HOSTILE[kind]()
    Path("bad.xlsx").write_bytes(content)
    err = refused(capsys, "bad.xlsx", "bad.xlsx")
    assert len(err) < 1000
    assert "root:" not in err
    refused(capsys, "bad.xlsx", lang="zh")
    assert Path("bad.xlsx").read_bytes() == content


def test_a_part_that_unpacks_to_more_than_a_table_is_refused_for_that(capsys):
    Path("bad.xlsx").write_bytes(bomb())
    refused(capsys, "bad.xlsx", "unpacks to more than 8 MB")
    refused(capsys, "bad.xlsx", "解压后超过 8 MB", lang="zh")


def test_merged_areas_and_links_of_any_size_cost_nothing(capsys):
    tail = (
        '<mergeCells><mergeCell ref="C1:XFD1048576"/></mergeCells>'
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'
    )
    Path("a.xlsx").write_bytes(workbook(sheet(row(3, "s_F", "><v>0.25</v>"), tail=tail)))
    began = time.perf_counter()
    assert gamebook.load("a.xlsx").values == {"s_F": 0.25}
    assert time.perf_counter() - began < 2.0
    tail = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    Path("b.xlsx").write_bytes(workbook(sheet(row(3, "s_F", "><v>0.25</v>"), tail=tail)))
    refused(capsys, "b.xlsx", "S1!A1:XFD1048576", "merged")


def test_a_workbook_with_any_byte_changed_is_read_or_refused_but_never_breaks_the_program(capsys):
    done("show", "feedback", "--table", "my.xlsx")
    content = bytearray(Path("my.xlsx").read_bytes())
    chance = random.Random(3)
    for _ in range(100):
        broken = bytearray(content)
        for _ in range(chance.choice((1, 1, 5, 50))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        Path("broken.xlsx").write_bytes(broken[: chance.choice((len(broken), len(broken), len(broken) // 2))])
        capsys.readouterr()
        code = run(["show", "broken.xlsx", "--quiet"])
        err = capsys.readouterr().err
        assert code in (0, 2), err


CSV_FILES = {
    "zero bytes": (b"game,training-investment\n\0\n", "zero bytes"),
    "quote": (b'game,training-investment\nsymbol,value\ns_F,"0.3\n', "quotation mark"),
    "workbook": (b"PK\x03\x04 and so on", ".xlsx"),
    "no encoding": (b"\xff\xff\x80game", "UTF-8"),
    "empty": (b"", "empty"),
    "only a mark": (b"\xef\xbb\xbf", "no table of parameters"),
    "large": (b"game,training-investment\n" * 100_000, "2 MB"),
    "one long cell": (b"game,training-investment\nsymbol,value\ns_F," + b"9" * 500_000, "quotation mark"),
    "many cells": (b"game,training-investment\nsymbol,value\n" + (b"1," * 999 + b"1\n") * 210, "200000 cells"),
}


@pytest.mark.parametrize("kind", CSV_FILES)
def test_hostile_csv_is_refused_quickly(kind, capsys):
    content, words = CSV_FILES[kind]
    Path("bad.csv").write_bytes(content)
    err = refused(capsys, "bad.csv", "bad.csv", words)
    assert len(err) < 1000
    refused(capsys, "bad.csv", lang="zh")


def test_other_files_are_refused_with_what_to_do(capsys, desk):
    refused(capsys, "none.xlsx", "none.xlsx", "does not exist")
    for name in ("my.ods", "my.xls", "my.tsv"):
        Path(name).write_bytes(b"hello")
        refused(capsys, name, ".csv and .xlsx")
    (desk / "folder.csv").mkdir()
    refused(capsys, "folder.csv", "folder")


@given(st.binary(max_size=300))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_no_bytes_break_the_reading_of_csv(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(b"game,training-investment\nsymbol,value\n" + content)
        with warnings.catch_warnings(), contextlib.suppress(TableError):
            warnings.simplefilter("ignore", UserWarning)
            assert set(gamebook.load(path).values) <= set(GAME.parameters)
