"""Every command in the documents prints what the documents show."""

import difflib

import pytest

from tests.docs.blocks import blocks_of, read_lines, steps_of
from tests.docs.documents import REFUSALS, ROOT, documents, outputs
from tests.docs.excerpts import updated

DOCUMENTS = [path.relative_to(ROOT).as_posix() for path in documents()]
WIDEST = 80
MAY_HANG = "，。；：、）”？！"  # Chinese punctuation that stands beyond the edge rather than begin a line


def _has_commands(name):
    return any(block.language == "console" or block.is_session for block in blocks_of(read_lines(ROOT / name)))


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if _has_commands(name)])
def test_document_shows_what_its_commands_print(name, tmp_path):
    wrong = [output for output in outputs(ROOT / name, tmp_path) if not output.agrees]
    report = []
    for output in wrong:
        report.append(f"{name}:{output.first}: {output.source}")
        real = updated(output.shown, output.real) or output.real  # where possible without what is left out
        report += difflib.unified_diff(output.shown, real, "shown", "real", lineterm="", n=1)
    advice = f"If what the program prints is right, run: scripts/refresh-docs {name}"
    assert not wrong, "\n".join([*report, "", advice])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_output_in_document_fits_eighty_columns(name):
    from rich.cells import cell_len

    outputs_shown = [
        line
        for block in blocks_of(read_lines(ROOT / name))
        if block.language == "console"
        for step in steps_of(block)
        if not step.shown or not step.shown[0].startswith(REFUSALS)  # one line each, which the terminal wraps
        for line in (step.command, *step.shown)
    ]
    assert [line for line in outputs_shown if cell_len(line.rstrip(MAY_HANG)) > WIDEST] == []
