"""The reference names everything there is, links lead somewhere, and both languages of a document agree."""

import json
import re

import pytest

from gamebook import cli
from payoffs import page_models
from payoffs.page_fields import PageModel
from tests.docs.blocks import blocks_of, read_lines, steps_of
from tests.docs.documents import ROOT, documents
from tests.docs.session import Session

REFERENCE = ROOT / "docs" / "reference"
LINK = re.compile(r"\]\(([^)\s]+)\)")


def _commands(path):
    blocks = [block for block in blocks_of(read_lines(path)) if block.language == "console"]
    return [step.command for block in blocks for step in steps_of(block)]


def _plain(name):
    return [path for path in documents() if path.name == name and path.with_name(_translated(name)).exists()]


def _translated(name):
    return name.removesuffix(".md") + ".zh.md"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("verb", ["", *cli.VERBS])
def test_command_reference_shows_the_help_of_every_verb_whole(verb, lang):
    wanted = " ".join(["gamebook", verb, "--help", "--lang zh" if lang == "zh" else ""]).split()
    blocks = [block for block in blocks_of(read_lines(REFERENCE / "command-line.md")) if block.language == "console"]
    shown = [step.shown for block in blocks for step in steps_of(block) if step.command.split() == wanted]
    assert shown, "run: scripts/refresh-docs docs/reference/command-line.md"
    assert all("..." not in lines for lines in shown)


@pytest.mark.parametrize("verb", cli.VERBS)
def test_command_reference_explains_every_option_of_solve_and_names_all_others(verb, tmp_path):
    words = (REFERENCE / "command-line.md").read_text(encoding="utf-8")
    offered = re.findall(r"^  (--[a-z]+)", "\n".join(Session(tmp_path, "en").run(f"gamebook {verb} --help")), re.M)
    assert offered
    assert [option for option in offered if option not in words] == []
    if verb == "solve":
        tables = "\n".join(line for line in words.splitlines() if line.startswith("|"))
        assert [option for option in offered if f"`{option}" not in tables] == []


def test_pages_reference_names_every_key_of_every_table():
    words = (REFERENCE / "pages.md").read_text(encoding="utf-8")
    models = [each for each in vars(page_models).values() if isinstance(each, type) and issubclass(each, PageModel)]
    keys = {key for model in models for key in model.model_fields}
    assert len(keys) > 40
    assert sorted(key for key in keys if not re.search(rf"`\[*{key}[\].`]|`{key}\b", words)) == []


def test_json_reference_names_every_key_of_a_solution(tmp_path):
    words = (REFERENCE / "json.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", words))
    printed = "\n".join(Session(tmp_path, "en").run("gamebook solve poaching_package --json -"))
    named_by_the_game = ("parameters", "given", "outcomes", "measures", "start", "by_party", "held")

    def keys(value):
        if isinstance(value, dict):
            for key, below in value.items():
                yield key
                yield from () if key in named_by_the_game else keys(below)
        if isinstance(value, list):
            for below in value:
                yield from keys(below)

    assert sorted(set(keys(json.loads(printed))) - named) == []


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_of_document_lead_to_files_and_headings_that_exist(path):
    broken = []
    for target in LINK.findall(_prose(path)):
        file, _, heading = target.partition("#")
        if file.startswith(("https://", "http://", "mailto:")):
            continue
        other = (path.parent / file).resolve() if file else path
        if not other.exists() or (heading and heading not in _anchors(other)):
            broken.append(target)
    assert broken == []


def _prose(path):
    """A document without its blocks."""
    lines = read_lines(path)
    inside = {i for block in blocks_of(lines) for i in range(block.first, block.first + len(block.lines))}
    return "\n".join(line for i, line in enumerate(lines) if i not in inside)


def _anchors(path):
    """Names that GitHub gives to the headings of a document."""
    headings = [line.lstrip("#").strip() for line in _prose(path).splitlines() if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_names_the_sizes_that_the_set_up_announces(name):
    announced = re.findall(r"\d+ MB", (ROOT / "scripts" / "environment.py").read_text(encoding="utf-8"))[:2]
    words = (ROOT / name).read_text(encoding="utf-8")
    assert len(announced) == 2
    assert [size for size in announced if size not in words] == []


@pytest.mark.parametrize("name", ["README.md", "first-policy.md", "solving.md"])
def test_translation_runs_the_same_commands(name):
    found = _plain(name)
    assert found
    for path in found:
        chinese = _commands(path.with_name(_translated(name)))
        assert [command.replace(" --lang zh", "") for command in chinese] == _commands(path)
