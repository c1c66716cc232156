"""Find a Python that this project runs with, and the language of the user.

Unlike the rest of the project this file is read by whatever `python3` happens to be, so its syntax stays within
Python 3.6: no walrus, no match, no newer annotations.
"""

import os
import sys

TYPE_CHECKING = False  # the typing module would slow down every start
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import List, Optional

OLDEST = (3, 11)
NEWEST = (3, 14)  # numba and scipy have no ready-made packages in requirements.lock for anything newer

TEXTS = {
    "python": (
        "gamebook needs Python 3.11 to 3.14; this is Python {version} ({path}), and no other was found. "
        "Install one of them, for example Python 3.13, and call this again with it: python3.13 {script}",
        "gamebook 需要 Python 3.11 至 3.14；当前为 Python {version}（{path}），且未找到其他版本。"
        "请安装其中之一（例如 Python 3.13），再用它运行：python3.13 {script}",
    ),
}


def language(environ: "Optional[Mapping[str, str]]" = None) -> str:
    """Language of messages: "zh" or "en", from GAMEBOOK_LANG, then the locale."""
    environ = os.environ if environ is None else environ
    for name in ("GAMEBOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "zh" if environ[name].lower().startswith("zh") else "en"
    return "zh" if _windows_speaks_chinese() else "en"


def _windows_speaks_chinese() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    # The low ten bits of a Windows language identifier name the language; 4 is Chinese.
    return bool(ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 4)


def require(arguments: "List[str]", version: "Optional[Sequence[int]]" = None) -> None:
    """Return if this Python will do; otherwise go on under one that does, or stop with one line.

    Parameters
    ----------
    arguments : the script and its arguments, as in `sys.argv`
    version : what to take for this Python's version
    """
    this = tuple((version or sys.version_info)[:2])
    if OLDEST <= this <= NEWEST:
        return
    other = find()
    if other is None:
        fields = {"version": "%d.%d" % (this[0], this[1]), "path": sys.executable, "script": arguments[0]}
        text = TEXTS["python"][language() == "zh"].format(**fields)
        if sys.stderr is not None:
            sys.stderr.write(text + "\n")
        sys.exit(1)
    if os.name == "nt":  # there, exec returns to the prompt at once
        import subprocess

        sys.exit(subprocess.call([other] + arguments))
    os.execv(other, [other] + arguments)


def find() -> "Optional[str]":
    """Path of a suitable Python on PATH, or None. The version with the longest record here comes first."""
    import shutil

    for minor in (13, 12, 14, 11):
        path = shutil.which("python3.%d" % minor)
        if path and _works(path, minor):
            return path
    return None


def _works(path: str, minor: int) -> bool:
    """Whether that program is what its name says (a version manager leaves stand-ins), able to make environments."""
    import subprocess

    code = "import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != (3, %d))" % minor
    try:
        return subprocess.call([path, "-I", "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False
