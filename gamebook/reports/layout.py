"""Plain text of at most 80 columns: headings, wrapped paragraphs and tables, with wide characters counted as two."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from gamebook.help_page import wrapped

WIDTH = 80
FOLDED_WIDTH = 14  # least width of a table column that may wrap


def number(value: float | None) -> str:
    """Three decimals for everyday sizes, four significant digits for others, a dash for what does not exist.

    Examples
    --------
    >>> number(2.82149), number(-0.0), number(1234567.0), number(1.5e-7), number(None)
    ('2.821', '0.000', '1.235e+06', '1.500e-07', '-')
    """
    if value is None or not math.isfinite(value):
        return "-"
    if value == 0.0:
        return "0.000"
    if 5e-4 <= abs(value) < 1e5:
        return f"{value:.3f}"
    return f"{value:.3e}"


def amount(value: float | None) -> str:
    """Return a sum of money: thousands separated, decimals only where they matter.

    Examples
    --------
    >>> amount(130250.04), amount(90.25), amount(-0.004), amount(None)
    ('130,250', '90.25', '-0.004', '-')
    """
    if value is None or not math.isfinite(value):
        return "-"
    if value == 0.0 or 1e4 <= abs(value) < 1e15:
        return f"{value + 0.0:,.0f}"
    if 1.0 <= abs(value) < 1e4:
        return f"{value:,.2f}"
    return f"{value:.4g}"


def percent(share: float, lang: str = "en") -> str:
    """Return a share as a percentage with one decimal; whole where it is exactly 0 or 1.

    Examples
    --------
    >>> percent(0.18994), percent(1.0, "zh"), percent(0.9996)
    ('19.0 %', '100%', '99.9 %')
    """
    sign = "%" if lang == "zh" else " %"
    if share in (0.0, 1.0):
        return f"{100 * share:.0f}{sign}"
    # Rounded towards the inside, so that neither 0 nor 100 is claimed by rounding.
    return f"{min(max(round(100 * share, 1), 0.1), 99.9):.1f}{sign}"


def small(value: float) -> str:
    """Return an error bound: one significant digit and the power of ten.

    Examples
    --------
    >>> small(3.2e-16), small(0.0)
    ('3e-16', '0')
    """
    return "0" if value == 0.0 else f"{value:.0e}"


class Page:
    """A text that grows downwards."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._lines: list[str] = []

    def heading(self, words: str) -> None:
        """Begin a section."""
        lines = wrapped(words, WIDTH)
        self._lines += ["", *lines, "-" * min(WIDTH, max(map(cell_len, lines)))]

    def line(self, words: str, *, indent: int = 0, hang: int = 0) -> None:
        """Add a paragraph; lines after the first are indented by ``hang`` more."""
        first, *others = wrapped(words, WIDTH - indent - hang)
        self._lines.append(" " * indent + first)
        self._lines += [" " * (indent + hang) + other for other in others]

    def labelled(self, label: str, words: str, *, width: int = 16) -> None:
        """Add a line with a label in a column of its own."""
        head = f"  {label}" + " " * max(1, width - cell_len(label))
        first, *others = wrapped(words, WIDTH - cell_len(head))
        self._lines.append(head + first)
        self._lines += [" " * cell_len(head) + other for other in others]

    def drawn(self, line: str) -> None:
        """Add a line of a picture in characters, as it is."""
        self._lines.append(line.rstrip())

    def gap(self) -> None:
        """Add an empty line."""
        self._lines.append("")

    def table(
        self, headers: Sequence[str], rows: Sequence[Sequence[str]], *, left: Sequence[int] = (0,), indent: int = 2,
        fold: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """Add a table; columns named in ``left`` are left-justified, the others right; those in ``fold`` may wrap."""
        table = Table(
            box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="", show_edge=False, show_header=any(headers)
        )
        for position, header in enumerate(headers):
            table.add_column(
                header,
                justify="left" if position in left else "right",
                no_wrap=position not in fold,
                overflow="fold",
                min_width=FOLDED_WIDTH if position in fold else None,
            )
        for row in rows:
            table.add_row(*row)
        stream = io.StringIO()
        console = Console(
            file=stream, width=WIDTH - indent, color_system=None, highlight=False, markup=False, legacy_windows=False
        )
        console.print(table)
        self._lines += [(" " * indent + line).rstrip() for line in stream.getvalue().splitlines()]

    def text(self) -> str:
        """Return the page."""
        return "\n".join(self._lines).strip("\n") + "\n"
