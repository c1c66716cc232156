"""Stored results to repeat: written to a file, changed in one entry, run again or refused."""

import copy
import json
import re

from gamebook.cli import run

HAN = re.compile(r"[\u4e00-\u9fff]")
PAGE = '[scenario]\nid = "mine"\ngame = "training-investment"\n[values]\ns_F = {}\n[start]\nx_F = 0.25\n'


def write(path, data):
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def rerun(capsys, *arguments):
    """Exit code and the data of ``rerun ... --json -``."""
    code = run(["rerun", *map(str, arguments), "--json", "-"])
    return code, json.loads(capsys.readouterr().out)


def leaves(value, place=()):
    """Every entry of a result with the keys that lead to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield place, value
    else:
        for key, below in inner:
            yield from leaves(below, (*place, key))


def changed(data, place, value):
    data = copy.deepcopy(data)
    at = data
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    return data


def refused(capsys, path):
    """Message of a refusal: exit code 2, one line, both languages, nothing on standard output."""
    lines = {}
    capsys.readouterr()  # what making the file has said, such as that kernels are compiled
    for lang in ("zh", "en"):
        assert run(["rerun", str(path), "--lang", lang]) == 2
        out, lines[lang] = capsys.readouterr()
        assert out == ""
        assert lines[lang].count("\n") == 1
    assert HAN.search(lines["zh"])
    return lines["en"]
