"""What scripts/make-font runs: a part of Noto Sans SC, with slanted letters for variables, as the font of the figures.

It needs the package pylopdf-fonts-zh-cn 0.1.1, which carries the font and its licence, as a wheel or unpacked:

    pip download --no-deps pylopdf-fonts-zh-cn==0.1.1
    scripts/make-font pylopdf_fonts_zh_cn-0.1.1-py3-none-any.whl

The same source and the same fontTools give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import math
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

FOLDER = Path(__file__).resolve().parents[1] / "gamebook" / "figures" / "fonts"
FONT = "NotoSansSC-Regular.otf"
SOURCE_SHA256 = "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9"
FAMILY = "Gamebook Sans SC"
POSTSCRIPT = "GamebookSansSC-Regular"
SLANT = math.tan(math.radians(11))
SLANTED = (1, 0, SLANT, 1, -250 * SLANT, 0)  # about half the height of a small letter, so that it stays in place
FARTHEST = 1.0  # of the new outlines from the old, in thousandths of the size

# Blocks beside GB 2312 that names, formulas and numbers need; what the source lacks of them is left out.
BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin letters with marks
    (0x02B0, 0x036F),  # modifiers and combining marks
    (0x0370, 0x03FF),  # Greek
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # letterlike
    (0x2190, 0x22FF),  # arrows and mathematical operators
    (0x25A0, 0x25FF),  # geometric shapes
    (0x3000, 0x303F),  # Chinese punctuation
    (0xFF00, 0xFFEF),  # full-width forms
)
MORE = "✓"
LETTERS = (
    (0x1D434, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
    (0x1D6FC, "αβγδεζηθικλμνξοπρςστυφχψω"),
)
PLANCK = (0x1D455, 0x210E)  # where the italic h would be in Unicode, and where it is


def gb2312() -> Iterator[str]:
    """All 7,445 characters of GB 2312-80, of which 6,763 are Chinese."""
    for first in range(0xA1, 0xF8):
        for second in range(0xA1, 0xFF):
            try:
                yield bytes([first, second]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def wanted() -> set[int]:
    """Code points to keep."""
    points = {ord(character) for character in (*gb2312(), *MORE)}
    for first, last in BLOCKS:
        points.update(range(first, last + 1))
    return points


def italics() -> Iterator[tuple[int, str]]:
    """Code points of the mathematical italic letters, and the letters that they slant."""
    for base, letters in LETTERS:
        for offset, letter in enumerate(letters):
            point = base + offset
            yield (PLANCK[1] if point == PLANCK[0] else point), letter


def true_type(font: TTFont) -> None:
    """Replace the cubic outlines by quadratic ones: PDF files embed those as TrueType, which journals ask for."""
    glyphs, advances, characters = outlines(font)
    order = list(glyphs)
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"
    font.setGlyphOrder(order)
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    for name, glyph in glyphs.items():
        glyph.recalcBounds(font["glyf"])
        font["hmtx"].metrics[name] = (advances[name], getattr(glyph, "xMin", 0))
    font["maxp"] = limits = newTable("maxp")
    limits.tableVersion, limits.numGlyphs, limits.maxZones = 0x00010000, len(order), 1
    for field in ("maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxTwilightPoints",
                  "maxSizeOfInstructions", "maxComponentElements"):  # fmt: skip
        setattr(limits, field, 0)
    font["post"].formatType = 3.0
    font["cmap"].tables = [character_table(4, 1, characters), character_table(12, 10, characters)]


def outlines(font: TTFont) -> tuple[dict[str, Any], dict[str, int], dict[int, str]]:
    """Quadratic outlines and advances by glyph, and glyphs by character; slanted letters come last."""
    drawn, characters = font.getGlyphSet(), dict(font.getBestCmap())
    advances = {name: advance for name, (advance, _) in font["hmtx"].metrics.items()}
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, FARTHEST, reverse_direction=True))
        glyphs[name] = pen.glyph()
    for point, letter in italics():
        source, name = characters[ord(letter)], f"u{point:X}"
        pen = TTGlyphPen(None)
        drawn[source].draw(TransformPen(Cu2QuPen(pen, FARTHEST, reverse_direction=True), SLANTED))
        glyphs[name], advances[name], characters[point] = pen.glyph(), advances[source], name
    return glyphs, advances, characters


def character_table(form: int, encoding: int, mapping: dict[int, str]) -> CmapSubtable:
    """Make a table of characters for all platforms' readers; form 4 ends at U+FFFF, form 12 holds all."""
    table = CmapSubtable.newSubtable(form)
    table.platformID, table.platEncID, table.language = 3, encoding, 0
    table.cmap = {point: name for point, name in mapping.items() if form == 12 or point <= 0xFFFF}
    return table


def subset(source: bytes) -> bytes:
    """Make the font of the figures from that of the package."""
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = ["kern", "ccmp", "mark", "mkmk"]
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "DSIG"]
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    true_type(font)
    rename(font)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def rename(font: TTFont) -> None:
    """Give the modified font a name of its own; copyright, authors and licence stay."""
    table: Any = font["name"]
    changed = {
        1: FAMILY,
        3: f"{POSTSCRIPT};from;{table.getDebugName(3)}",
        4: FAMILY,
        6: POSTSCRIPT,
        10: f"Characters of GB 2312, Latin, Greek and mathematical signs of {table.getDebugName(4)}, with slanted "
        f"letters for variables. {table.getDebugName(10)}",
    }
    for number, words in changed.items():
        table.setName(words, number, 3, 1, 0x409)


def read(path: Path) -> tuple[bytes, bytes]:
    """Font and licence from the package's wheel, or from a folder where it is unpacked.

    Raises
    ------
    FileNotFoundError
        If they are not there.
    """
    if path.is_dir():
        files = {file.as_posix(): file.read_bytes() for file in path.rglob("*") if file.name in (FONT, "LICENSE")}
    else:
        with zipfile.ZipFile(path) as wheel:
            files = {name: wheel.read(name) for name in wheel.namelist() if name.endswith((FONT, "/LICENSE"))}
    fonts = [content for name, content in files.items() if name.endswith(FONT)]
    licences = [content for name, content in files.items() if not name.endswith(FONT)]
    if len(fonts) != 1 or len(licences) != 1:
        raise FileNotFoundError(f"{path} should hold one {FONT} and one LICENSE; pylopdf-fonts-zh-cn 0.1.1 does.")
    return fonts[0], licences[0]


def main() -> int:
    """Write the font and its licence where the figures look for them."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("source", type=Path, help="the wheel, or the folder where it is unpacked")
    words.add_argument("--to", type=Path, default=FOLDER, help="folder to write to")
    asked = words.parse_args()
    try:
        font, licence = read(asked.source)
    except (OSError, zipfile.BadZipFile) as error:
        words.error(str(error))
    found = hashlib.sha256(font).hexdigest()
    if found != SOURCE_SHA256:
        words.error(f"{FONT} has the SHA-256 {found}, but {SOURCE_SHA256} is expected; take version 0.1.1.")
    made = subset(font)
    table = TTFont(io.BytesIO(font))["name"]
    notice = (
        f"{FAMILY} is a modified version of {table.getDebugName(4)}.\n{table.getDebugName(0)}\n"
        f"{table.getDebugName(7)}\n\n"
    )
    asked.to.mkdir(parents=True, exist_ok=True)
    (asked.to / f"{POSTSCRIPT}.ttf").write_bytes(made)
    (asked.to / "OFL.txt").write_bytes(notice.encode() + licence.replace(b"\r\n", b"\n"))
    characters = TTFont(io.BytesIO(made)).getBestCmap()
    han = sum(unicodedata.name(chr(point), "").startswith("CJK UNIFIED") for point in characters)
    print(f"{POSTSCRIPT}.ttf: {len(made):,} bytes, {len(characters):,} characters, {han:,} of them Chinese")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
