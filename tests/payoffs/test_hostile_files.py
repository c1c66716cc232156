"""Files that are no pages, or try to exhaust time or memory, are refused at once with a clear message."""

import errno
import os
import sys
import time

import pytest

from payoffs.errors import PageError
from payoffs.pages import parse_page, read_page

SCENARIO = '[scenario]\nid = "a"\ngame = "b"\n'
GAME = """
[game]
id = "a"
[[parties]]
id = "p"
indicator = "i"
strategies = [{ id = "x" }, { id = "y" }]
[[parties]]
id = "q"
indicator = "j"
strategies = [{ id = "x" }, { id = "y" }]
[[entries]]
id = "e"
payer = "p"
receiver = "q"
amount = "1"
"""


def derived(count, formula):
    return GAME + "[derived]\n" + "\n".join(f'd{i} = "{formula(i)}"' for i in range(count))


def party(name, count):
    strategies = ",".join(f'{{id="s{i}"}}' for i in range(count))
    return f'[[parties]]\nid="{name}"\nstrategies=[{strategies}]\n'


TEXTS = {
    "nested lists": (SCENARIO + "[values]\na=" + "[" * 3000 + "]" * 3000, "nested too deeply"),
    "unclosed lists": (SCENARIO + "[values]\na=" + "[" * 3000, "nested too deeply"),
    "nested tables": (SCENARIO + "[values]\na=" + "{a=" * 3000 + "1" + "}" * 3000, "nested too deeply"),
    "30 nested lists": (SCENARIO + "[values]\na=" + "[" * 30 + "]" * 30, "nested too deeply"),
    "dotted key": (SCENARIO + "a." * 900_000 + "b=1", "more than 4 dots"),
    "quoted dotted key": (SCENARIO + '"a" . ' * 300_000 + "b=1", "more than 4 dots"),
    "dotted key after a text": (SCENARIO + 'x = { y = "", ' + "a." * 800_000 + "b=1}", "more than 4 dots"),
    "dotted header": (SCENARIO + "[" + "a." * 900_000 + "b]", "more than 4 dots"),
    "many dotted keys": (SCENARIO + "\n".join(f"k{i}." + "a." * 3 + "b=1" for i in range(60_000)), "2000 items"),
    "many tables": (SCENARIO + "[[x]]\n" * 200_000, "more than 2000 items"),
    "many values": (SCENARIO + "[values]\n" + "\n".join(f"k{i}=1" for i in range(150_000)), "more than 2000 items"),
    "long integer": (SCENARIO + "[values]\nx=" + "9" * 4000, "integer of about 4001 digits"),
    "longer integer": (SCENARIO + "[values]\nx=" + "9" * 40_000, "a number is too long"),
    "hexadecimal": (SCENARIO + "[values]\nx=0x" + "f" * 1_900_000, "integer of about"),
    "over 2 MB": (SCENARIO + "#" * 2_000_001, "larger than 2 MB"),
    "quotes": (SCENARIO + '"' * 1_900_000, "not valid TOML"),
    "escapes": (SCENARIO + 'x="' + '\\"' * 900_000, "not closed"),
    "long text": (SCENARIO + 'title="' + "x" * 1_900_000 + '"', "20000"),
    "long formulas": (derived(900, lambda i: "i+j*" * 490 + str(i)), "at most 150000"),
    "deep formulas": (derived(1900, lambda i: f"{i}/" + "1/(1+" * 40 + "i" + ")" * 40), "at most 150000"),
    "undeclared names": (derived(1900, lambda i: f"x{i}*y{i}"), "more faults"),
    "long circle": (derived(1900, lambda i: f"d{(i + 1) % 1900}"), "in a circle"),
    "long chain, wrong at its end": (derived(1900, lambda i: f"d{i + 1}"), '"d1900" is not declared'),
    "many profiles": ('[game]\nid="a"\n' + "".join(party(f"p{i}", 900) for i in range(10)), "pure profiles"),
    "formula of 1.9 MB": (derived(1, lambda i: "i+" * 950_000 + "i"), "at most 150000"),
    "formula of 100 kB": (derived(1, lambda i: "i+" * 50_000 + "i"), "at most 10000"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_page_that_would_exhaust_the_reader_is_refused_at_once(name):
    text, words = TEXTS[name]
    start = time.process_time()
    with pytest.raises(PageError) as refusal:
        parse_page(text, "hostile.toml")
    message = str(refusal.value)
    assert time.process_time() - start < 2
    assert words in message
    assert len(message) < 20_000
    assert refusal.value.text("zh") != message


def test_refusals_of_huge_numbers_write_nothing_to_standard_error(capfd):
    with pytest.raises(PageError):
        parse_page(TEXTS["hexadecimal"][0])
    assert capfd.readouterr().err == ""


FILES = {
    b"": "the page is empty",
    b"\xef\xbb\xbf": "the page is empty",
    b"\n \n": "the page is empty",
    b"\x7fELF\x00\x01": "zero bytes",
    b"[scenario]\nid = \x00": "zero bytes",
    b"[scenario]\nid = '\xff\xfe'": "not UTF-8 (line 2)",
    "[scenario]\nid = 'é'".encode("utf-16-le"): "zero bytes",
    "[scenario]\ntitle = '政策'".encode("gb18030"): "not UTF-8 (line 2)",
    b"#" * 2_000_001: "larger than 2 MB",
}


@pytest.mark.parametrize("content", FILES, ids=range(len(FILES)))
def test_file_that_is_no_page_is_refused(tmp_path, content):
    path = tmp_path / "page.toml"
    path.write_bytes(content)
    with pytest.raises(PageError) as refusal:
        read_page(path)
    assert FILES[content] in str(refusal.value)
    assert str(refusal.value).startswith(str(path))


def test_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path):
    path = tmp_path / "page.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (SCENARIO + "[values]\ns = 0.5\n").replace("\n", "\r\n").encode())
    assert read_page(path).content.values == {"s": 0.5}


def test_missing_file_and_folder_are_refused(tmp_path):
    with pytest.raises(PageError, match="does not exist"):
        read_page(tmp_path / "none.toml")
    with pytest.raises(PageError, match="no ordinary file"):
        read_page(tmp_path)
    with pytest.raises(PageError, match="cannot be read"):
        read_page(tmp_path / ("x" * 5000))
    with pytest.raises(PageError, match="cannot be read"):
        read_page("a\0b")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_devices_and_pipes_are_refused_without_waiting(tmp_path):
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.toml")
    for name in ("zero.toml", "pipe.toml"):
        with pytest.raises(PageError, match="no ordinary file"):
            read_page(tmp_path / name)


def test_file_without_permission_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "page.toml"
    path.write_text(SCENARIO)
    path.chmod(0)
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        # Nothing is unreadable for this user, so the system's answer to others is given in its place.
        def denied(name, *flags):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)

        monkeypatch.setattr(os, "open", denied)
    with pytest.raises(PageError, match="cannot be read"):
        read_page(path)
