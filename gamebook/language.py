"""Which language a user reads: asked for, else that of the machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

LANGUAGES = ("en", "zh")
VARIABLE = "GAMEBOOK_LANG"


def machine_language(environment: dict[str, str] | None = None) -> str:
    """Language by ``GAMEBOOK_LANG``, else by the locale; English if neither says Chinese.

    Examples
    --------
    >>> machine_language({"LANG": "zh_CN.UTF-8"}), machine_language({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    values = os.environ if environment is None else environment
    for name in (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        value = values.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh" if environment is None and _windows_speaks_chinese() else "en"


def _windows_speaks_chinese() -> bool:
    """Windows keeps its language elsewhere than in the environment; the low ten bits 4 are Chinese."""
    if sys.platform != "win32":
        return False
    import ctypes

    return bool(ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 4)


def wanted_language(arguments: Sequence[str]) -> str:
    """Language of a command line before it is parsed, so that even its errors are said in it.

    Examples
    --------
    >>> wanted_language(["solve", "package", "--lang", "zh"])
    'zh'
    >>> wanted_language(["solve", "package", "--lang=en"])
    'en'
    """
    for position, argument in enumerate(arguments):
        value = ""
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        elif argument.startswith("--lang="):
            value = argument.partition("=")[2]
        if value in LANGUAGES:
            return value
    return machine_language()
