"""Tables as a user has them at hand: written by the program, edited in a spreadsheet or typed; read or refused."""

import json
import time
from pathlib import Path

import openpyxl

import gamebook
from gamebook.cli import run

GAME = gamebook.load("package").game
KINDS = ("csv", "xlsx")
LANGUAGES = ("en", "zh")


def done(*arguments):
    """Run a command that must succeed."""
    assert run([*arguments, "--quiet"]) == 0


def solved(capsys, *arguments):
    """JSON of a command that must succeed."""
    capsys.readouterr()
    done(*arguments, "--json", "-")
    return json.loads(capsys.readouterr().out)


def refused(capsys, name, *words, lang="en", command=("show",)):
    """Run a command on a file that must be refused; what it says."""
    capsys.readouterr()
    began = time.perf_counter()
    assert run([*command, name, "--lang", lang]) == 2
    assert time.perf_counter() - began < 10.0  # a guard against endless work, not a benchmark
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert "unexpected" not in err
    for word in words:
        assert word in err
    return err


def written(name, *lines, encoding="utf-8-sig", separator="\n"):
    """A CSV file of these lines."""
    Path(name).write_bytes(separator.join([*lines, ""]).encode(encoding))
    return name


def mine(*lines):
    """A CSV file with these rows below the head."""
    return written("mine.csv", "game,training-investment", "symbol,value", *lines)


def edited(name, edits, *, source="my.xlsx", kind="package"):
    """Write a table of parameters, change cells given by symbol as a user would, and save it under another name."""
    if not Path(source).exists():
        done("show", kind, "--table", source)
    book = openpyxl.load_workbook(source)
    page = book.worksheets[0]
    for line in page.iter_rows(min_row=3):
        if line[0].value in edits:
            line[1].value = edits[line[0].value]
    book.save(name)
    return name
