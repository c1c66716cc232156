"""What ``doctor`` examines: each part by itself, so that a broken one is reported and the others still are.

Nothing of the program or its packages is imported before the check that needs it.
"""

from __future__ import annotations

import importlib
import os
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from gamebook.language import VARIABLE, machine_language
from gamebook.texts import text
from gamebook.version import __version__
from payoffs.texts import Text

SCHEMA = "gamebook/checkup/1"
OLDEST_PYTHON = (3, 11)
# What the program needs and what some of it can use, as pyproject.toml states it: (at least, below).
NEEDED = {
    "cyclopts": ("5.4", "6"),
    "filelock": ("4.2", "5"),
    "latex2mathml": ("3.81", "4"),
    "matplotlib": ("3.11", "4"),
    "nashpy": ("0.0.43", "0.1"),
    "numba": ("0.68", "1"),
    "numpy": ("2.4", "3"),
    "platformdirs": ("4.14", "5"),
    "pydantic": ("2.14", "3"),
    "python-flint": ("0.9", "1"),
    "rich": ("15", "16"),
    "scipy": ("1.17", "2"),
    "sympy": ("1.14", "2"),
    "tomlkit": ("0.15", "1"),
    "xarray": ("2026.9", "2028"),
    "zarr": ("3.1.6", "4"),
}
OPTIONAL = {
    "distributed": ("2026.8", "2028"),
    "h5netcdf": ("1.8", "2"),
    "h5py": ("3.16", "4"),
    "mathml-to-omml": ("1.1", "2"),
    "openpyxl": ("3.1", "4"),
    "pyarrow": ("26", "27"),
    "python-docx": ("1.2", "2"),
}
MODULES = {"mathml-to-omml": "mathml_to_omml", "python-docx": "docx", "python-flint": "flint"}  # where names differ
USED_FOR = {  # the rest of what is optional is for spreadsheets
    "distributed": "cluster",
    "h5netcdf": "netcdf",
    "h5py": "netcdf",
    "mathml-to-omml": "word",
    "pyarrow": "parquet",
    "python-docx": "word",
}
LEAST_FREE = 100  # MB; the kernels take a few, a half-written result is worse than none
CACHE_VARIABLE = "GAMEBOOK_CACHE"  # as in solvers.compiled, which needs numba to be read
_MEGABYTE = 1_000_000
_ROOT = Path(__file__).resolve().parent


class Verdict(StrEnum):
    """Plain verdict on a part."""

    OK = "ok"
    MISSING = "missing"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one part.

    Attributes
    ----------
    topic : heading it stands under: "versions", "optional", "kernels", "pages", "self_test" or "terminal"
    part : what was examined, such as "numpy"
    verdict : ``MISSING`` is a part that only some tasks need; only ``PROBLEM`` makes the checkup fail
    said : what was found
    advice : what to do; None if there is nothing to do
    data : the same in numbers and words for programs
    """

    topic: str
    part: str
    verdict: Verdict
    said: Text
    advice: Text | None = None
    data: Mapping[str, object] = field(default_factory=dict)


def checkup(
    folders: Iterable[Path] = (), *, replace: bool = False, lang: str | None = None, debug: bool = False
) -> Iterator[Finding]:
    """Examine everything and yield the findings one by one, the slow self-test last but one.

    Parameters
    ----------
    folders, replace : the user's book folders, whose pages are examined too
    lang : language asked for on the command line, if any
    debug : let an unexpected error through instead of reporting it

    Examples
    --------
    >>> findings = checkup()
    >>> first = next(findings)
    >>> first.part, first.verdict.value
    ('gamebook', 'ok')
    """
    from gamebook import self_test

    folders = list(folders)
    checks: list[tuple[str, str, Callable[[], Finding]]] = [
        ("versions", "gamebook", _gamebook),
        ("versions", "python", _python),
        *(("versions", name, _module(name)) for name in NEEDED),
        *(("optional", name, _module(name)) for name in OPTIONAL),
        ("optional", "font", _font),
        ("kernels", "cache", _cache),
        ("kernels", "disk", _disk),
        ("pages", "pages", lambda: _pages(folders, replace)),
        ("self_test", "known_game", self_test.known_game),
        ("self_test", "package", self_test.package),
        ("terminal", "terminal", lambda: _terminal(lang)),
    ]
    for topic, part, check in checks:
        try:
            yield check()
        except Exception as error:
            if debug:
                raise
            reason = _one_line(f"{type(error).__name__}: {error}")
            advice = both("doctor.broken.advice")
            yield Finding(topic, part, Verdict.PROBLEM, both("doctor.broken", part=part, reason=reason), advice)


def both(code: str, **fields: object) -> Text:
    """Return a text of the catalogue in both languages; fields may be texts themselves."""

    def said(lang: str) -> str:
        own = {name: value.in_language(lang) if isinstance(value, Text) else value for name, value in fields.items()}
        return text(code, lang, **own)

    return Text(said("en"), said("zh"))


def _one_line(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 200 else line[:199] + "…"


def _gamebook() -> Finding:
    said = both("doctor.gamebook", version=__version__, folder=_ROOT)
    return Finding("versions", "gamebook", Verdict.OK, said, data={"version": __version__, "folder": str(_ROOT)})


def _python() -> Finding:
    version = platform.python_version()
    system = f"{platform.system()} {platform.machine()}"
    data = {"version": version, "system": system, "executable": sys.executable, "processors": os.cpu_count()}
    if sys.version_info < OLDEST_PYTHON:
        said = both("doctor.python.old", version=version)
        return Finding("versions", "python", Verdict.PROBLEM, said, both("doctor.python.advice"), data)
    return Finding("versions", "python", Verdict.OK, both("doctor.python", **data), data=data)


def _advice_code(name: str) -> str:
    return f"doctor.{USED_FOR.get(name, 'openpyxl')}.advice" if name in OPTIONAL else "doctor.module.advice"


def _module(name: str) -> Callable[[], Finding]:
    """Return the check of a package: installed, in the range of versions that is needed, and really loading."""

    def check() -> Finding:
        optional = name in OPTIONAL
        low, high = (OPTIONAL if optional else NEEDED)[name]
        wanted = f">={low},<{high}"
        advice = both(_advice_code(name), name=name, range=wanted)
        topic = "optional" if optional else "versions"
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            verdict = Verdict.MISSING if optional else Verdict.PROBLEM
            return Finding(topic, name, verdict, both("doctor.module.absent", name=name), advice, {"version": None})
        data = {"version": version}
        if not _release(low) <= _release(version) < _release(high):
            said = both("doctor.module.range", name=name, version=version, range=wanted)
            return Finding(topic, name, Verdict.PROBLEM, said, advice, data)
        try:
            importlib.import_module(MODULES.get(name, name))
        except Exception as error:  # noqa: BLE001 - a damaged package can raise anything
            reason = _one_line(f"{type(error).__name__}: {error}")
            said = both("doctor.module.broken", name=name, version=version, reason=reason)
            return Finding(topic, name, Verdict.PROBLEM, said, advice, data)
        return Finding(topic, name, Verdict.OK, both("doctor.module", name=name, version=version), data=data)

    return check


def _release(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, such as (2, 4, 1) for "2.4.1rc1", without zeros at the end.

    Examples
    --------
    >>> _release("2.4.1rc1"), _release("3.0") == _release("3"), _release("2.10") > _release("2.9")
    ((2, 4, 1), True, True)
    """
    numbers = [int(part) for part in re.findall(r"\d+", re.split(r"[a-zA-Z+-]", version.lstrip("vV"))[0])]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _font() -> Finding:
    folder = _ROOT / "figures" / "fonts"
    files = sorted(path for path in folder.glob("*") if path.suffix in {".ttf", ".otf", ".ttc"})
    advice = both("doctor.font.advice")
    if not files:
        return Finding("optional", "font", Verdict.MISSING, both("doctor.font.absent"), advice)
    from matplotlib.ft2font import FT2Font

    font = files[0]
    data = {"file": str(font)}
    if not {ord(character) for character in "协同"} <= FT2Font(str(font)).get_charmap().keys():
        return Finding("optional", "font", Verdict.PROBLEM, both("doctor.font.broken", file=font.name), advice, data)
    return Finding("optional", "font", Verdict.OK, both("doctor.font", file=font.name), data=data)


def _cache() -> Finding:
    import numba

    from solvers import compiled

    if numba.config.DISABLE_JIT:
        said, advice = both("doctor.cache.interpreted"), both("doctor.cache.interpreted.advice")
        return Finding("kernels", "cache", Verdict.PROBLEM, said, advice)
    folder = compiled.cache_folder()
    if folder is None:
        place = _cache_place()
        open_to_us = _nearest(place).is_dir() and os.access(_nearest(place), os.W_OK | os.X_OK)
        said = both("doctor.cache.unsafe" if open_to_us else "doctor.cache.unwritable", folder=place)
        data = {"folder": str(place), "kept": False}
        return Finding("kernels", "cache", Verdict.PROBLEM, said, both("doctor.cache.advice"), data)
    kernels = [path.stat().st_size for path in folder.glob("*/*") if path.is_file()]
    data = {"folder": str(folder), "kept": True, "warm": not compiled.cache_is_cold(), "kernels": len(kernels)}
    if compiled.cache_is_cold():
        return Finding("kernels", "cache", Verdict.OK, both("doctor.cache.cold", folder=folder), data=data)
    size = f"{sum(kernels) / _MEGABYTE:.1f}"
    said = both("doctor.cache.warm", count=len(kernels), size=size, folder=folder)
    return Finding("kernels", "cache", Verdict.OK, said, data=data)


def _cache_place() -> Path:
    """Where kernels would be kept if they could."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named).absolute()
    import platformdirs

    return platformdirs.user_cache_path("gamebook", appauthor=False)


def _nearest(place: Path) -> Path:
    """Return the place, or the closest folder above it that exists."""
    return next(path for path in (place, *place.parents, Path()) if path.exists())


def _disk() -> Finding:
    place = _nearest(_cache_place())
    free = shutil.disk_usage(place).free // _MEGABYTE
    data = {"folder": str(place), "free_megabytes": free}
    fields = {"free": f"{free:,}", "folder": place}
    if free < LEAST_FREE:
        advice = both("doctor.disk.advice", least=LEAST_FREE)
        return Finding("kernels", "disk", Verdict.PROBLEM, both("doctor.disk.full", **fields), advice, data)
    return Finding("kernels", "disk", Verdict.OK, both("doctor.disk", **fields), data=data)


def _pages(folders: list[Path], replace: bool) -> Finding:
    """Load every game with its instruments and every scenario, and say the first fault if there is one."""
    from gamebook.book import Book
    from gamebook.errors import InputError
    from payoffs.errors import PageError

    faults: list[Text] = []

    def loads(load: Callable[[], object]) -> bool:
        try:
            load()
        except (InputError, PageError) as error:
            first = [_one_line(error.text(lang).partition("\n")[0]) for lang in ("en", "zh")]
            faults.append(Text(*first))
            return False
        return True

    book = Book.open()
    if folders and loads(lambda: Book.open(folders, replace=replace)):
        book = Book.open(folders, replace=replace)
    shelves = book.shelves.values()
    for shelf in shelves:
        # Scenarios need their game: without it, all would repeat its fault.
        if loads(lambda name=shelf.id: book.game(name)):  # type: ignore[misc]
            for scenario in shelf.pages["scenario"]:
                loads(lambda target=f"{shelf.id}/{scenario}": book.case(target))  # type: ignore[misc]
    counts = {kind: sum(len(shelf.pages[kind]) for shelf in shelves) for kind in ("scenario", "instrument")}
    data = {
        "games": len(book.shelves),
        "scenarios": counts["scenario"],
        "instruments": counts["instrument"],
        "faults": [{"en": fault.en, "zh": fault.zh} for fault in faults],
    }
    if faults:
        said = both("doctor.pages.faults", count=len(faults), first=faults[0])
        return Finding("pages", "pages", Verdict.PROBLEM, said, both("doctor.pages.advice"), data)
    said = both("doctor.pages", games=len(book.shelves), scenarios=counts["scenario"], instruments=counts["instrument"])
    return Finding("pages", "pages", Verdict.OK, said, data=data)


def _terminal(lang: str | None) -> Finding:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    language = lang or machine_language()
    names = (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
    setting = next((f"{name}={os.environ[name]}" for name in names if os.environ.get(name)), None)
    by = "--lang" if lang else setting
    data = {"encoding": encoding, "file_names": sys.getfilesystemencoding(), "language": language, "by": by}
    try:
        "协同".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        verdict = Verdict.PROBLEM if language == "zh" else Verdict.MISSING
        said = both("doctor.terminal.no_chinese", encoding=encoding)
        return Finding("terminal", "terminal", verdict, said, both("doctor.terminal.advice"), data)
    source = by or both("doctor.terminal.by_default")
    said = both("doctor.terminal", encoding=encoding, files=data["file_names"], language=language, by=source)
    return Finding("terminal", "terminal", Verdict.OK, said, data=data)
