"""What the scripts say in both languages, and how a Python of the wrong version is met or replaced."""

import ast
import os
import string
import sys

import checks
import environment
import interpreter
import pytest

from tests.scripts.platforms import SCRIPTS, posix_only


@pytest.mark.parametrize("module", [environment, interpreter, checks])
def test_every_message_exists_in_both_languages_with_the_same_fields(module):
    def fields(template):
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    for code, (english, chinese) in module.TEXTS.items():
        assert fields(english) == fields(chinese), code
        assert english.isascii(), code
        assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese), code


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"GAMEBOOK_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ({"GAMEBOOK_LANG": "zh", "LC_ALL": "C"}, "zh"),
        ({"GAMEBOOK_LANG": "", "LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
@posix_only
def test_the_language_is_the_one_asked_for_then_the_locales(environ, expected):
    assert interpreter.language(environ) == expected


@pytest.mark.parametrize("name", ["gamebook", "test", "interpreter.py"])
def test_what_an_old_python_reads_is_within_its_grammar(name):
    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 15, 0)])
def test_a_python_of_the_wrong_version_stops_with_one_line(monkeypatch, capsys, version):
    monkeypatch.setattr(interpreter, "find", lambda: None)
    monkeypatch.setenv("GAMEBOOK_LANG", "en")
    with pytest.raises(SystemExit) as stop:
        interpreter.require(["scripts/gamebook", "list"], version)
    assert stop.value.code == 1
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "needs Python 3.11 to 3.14; this is Python {}.{}".format(*version) in line


@posix_only
def test_a_suitable_python_on_the_path_is_used_and_a_stand_in_is_not(monkeypatch, tmp_path):
    ours = f"python3.{sys.version_info.minor}"
    for name in ("python3.13", "python3.12", "python3.14", "python3.11"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 127\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin", prepend=None)
    assert interpreter.find() is None
    (tmp_path / ours).write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    gone_on = []
    monkeypatch.setattr(os, "execv", lambda path, arguments: gone_on.extend([path, *arguments]))
    interpreter.require(["scripts/gamebook", "list"], (3, 8, 0))
    assert gone_on == [str(tmp_path / ours)] * 2 + ["scripts/gamebook", "list"]
