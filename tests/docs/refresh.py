"""Write the real outputs into the documents: what ``scripts/refresh-docs`` runs."""

import argparse
import sys
import tempfile

from gamebook import cli
from tests.docs.blocks import blocks_of, read_lines
from tests.docs.documents import ROOT, documents, outputs
from tests.docs.excerpts import updated

COMMAND_LINE = ROOT / "docs" / "reference" / "command-line.md"
AFTER_VERBS = "## Environment variables"


def refresh(path):
    """Bring the outputs in a document up to date.

    Returns
    -------
    How many outputs changed, and the lines (counted from 1) of commands that need a person: a part of their excerpt
    is no longer there, or they fail where the document shows a result.
    """
    lines = read_lines(path)
    with tempfile.TemporaryDirectory(prefix="gamebook-docs-") as folder:
        found = outputs(path, folder)
    changed, left = 0, []
    for output in reversed(found):
        if output.agrees:
            continue
        new = None if output.failed else updated(output.shown, output.real)
        if new is None:
            left.append(output.first)
            continue
        lines[output.first : output.last] = new
        changed += 1
    if changed:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return changed, sorted(left)


def with_every_verb(lines, verbs):
    """Lines of the command reference with a section for each verb that has none; its Chinese help ends the last block.

    The help itself is left out: refreshing fills it in.

    Examples
    --------
    >>> page = ["## Environment variables", "```console", "$ gamebook --help --lang zh", "```"]
    >>> for line in with_every_verb(page, ["solve"]):
    ...     print(line or "-")
    ## solve
    -
    ```console
    $ gamebook solve --help
    ```
    -
    ## Environment variables
    ```console
    $ gamebook --help --lang zh
    $ gamebook solve --help --lang zh
    ```
    """
    new = [verb for verb in verbs if f"$ gamebook {verb} --help" not in lines]
    sections = [f"## {verb}\n\n```console\n$ gamebook {verb} --help\n```\n\n".split("\n")[:-1] for verb in new]
    chinese = [f"$ gamebook {verb} --help --lang zh" for verb in new]
    last = blocks_of(lines)[-1]
    end, place = last.first + len(last.lines), lines.index(AFTER_VERBS)
    added = [line for section in sections for line in section]
    return [*lines[:place], *added, *lines[place:end], *chinese, *lines[end:]]


def main(arguments):
    """Refresh the named documents, or all; exit code 1 if a person has to look."""
    parser = argparse.ArgumentParser(
        prog="scripts/refresh-docs", description="Write the program's real outputs into the Markdown documents."
    )
    parser.add_argument("document", nargs="*", help="only these, by path from the project's folder")
    wanted = [(ROOT / name).resolve() for name in parser.parse_args(arguments).document]
    unknown = [path for path in wanted if path not in documents()]
    for path in unknown:
        sys.stderr.write(f"{path}: there is no such document\n")
    code = 1 if unknown else 0
    for path in documents():
        if wanted and path not in wanted:
            continue
        if path == COMMAND_LINE:
            lines = with_every_verb(read_lines(path), cli.VERBS)
            path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        changed, left = refresh(path)
        name = path.relative_to(ROOT)
        if changed:
            sys.stdout.write(f"{name}: {changed} outputs rewritten\n")
        for line in left:
            sys.stdout.write(f"{name}:{line}: this command fails now, or the lines shown are gone; mend it by hand\n")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
