"""Writing a figure: the type by the ending of the name, never over a file that exists, the same bytes every time."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gamebook.errors import InputError
from gamebook.version import __version__

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MAKER = f"gamebook {__version__}"
# What matplotlib would add by itself is left out: the time, and its own version.
PLACES = 6
"""Digits of the places of axes, as parts of the figure; a hair is wider."""
METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": MAKER},
    "svg": {"Creator": MAKER, "Date": None},
    "pdf": {"Creator": MAKER, "Producer": None, "CreationDate": None},
}


def checked_path(path: str | Path) -> Path:
    """Return where a figure can go; worth asking before long computations.

    Raises
    ------
    InputError
        If the type is none of png, svg and pdf, the folder is missing, or the file exists already.
    """
    target = Path(path)
    if target.suffix.lower().removeprefix(".") not in METADATA:
        raise InputError("figure.type", path=target, known=", ".join(f".{kind}" for kind in METADATA))
    if not target.parent.is_dir():
        raise InputError("figure.folder", path=target, folder=target.parent)
    if os.path.lexists(target):
        raise InputError("input.exists", path=target)
    return target


def settle(figure: Figure) -> None:
    """Lay a figure out once, if it is not yet, and round the places of its axes.

    The solver behind matplotlib's layout sums in an order that changes from run to run, so that the last digits do too;
    they would end up in the names of clip paths in SVG files.
    """
    from matplotlib.layout_engine import PlaceHolderLayoutEngine

    engine = figure.get_layout_engine()
    if engine is None or isinstance(engine, PlaceHolderLayoutEngine):
        return  # laid out by hand, or already
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        left, bottom, width, height = (round(float(x), PLACES) for x in axes.get_position(original=True).bounds)
        axes.set_position((left, bottom, width, height))


def write_figure(figure: Figure, path: str | Path) -> None:
    """Write a figure to a file that must not exist yet, whole or not at all; call it inside ``style.drawing``.

    Raises
    ------
    InputError
        As for :func:`checked_path`, or if the file cannot be written.
    """
    from gamebook.figures.style import DOTS_PER_INCH

    target = checked_path(path)
    kind = target.suffix.lower().removeprefix(".")
    made = io.BytesIO()
    settle(figure)
    figure.savefig(made, format=kind, dpi=DOTS_PER_INCH, metadata=METADATA[kind])
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(made.getvalue())
        # A link fails if the name has been taken meanwhile; a rename would overwrite.
        os.link(part, target)
    except FileExistsError as error:
        raise InputError("input.exists", path=target) from error
    except OSError as error:
        raise InputError("input.write", path=target, reason=error.strerror or type(error).__name__) from error
    finally:
        part.unlink(missing_ok=True)
