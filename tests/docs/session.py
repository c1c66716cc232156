"""Run the commands of a document in this process, in a folder of its own, as a terminal would show them.

One process for all documents: starting Python for every command would take longer than the commands.
"""

import contextlib
import doctest
import io
import math
import os
import shlex
import shutil
import sys
from pathlib import Path
from unittest import mock

from gamebook import cli
from gamebook.texts import text

PROGRAMS = ("gamebook", "./scripts/gamebook")
FILES = (".toml", ".csv", ".xlsx", ".nfg", ".json")
PASSING_NOTICES = ("notice.compiling", "notice.no_cache")  # a matter of the machine, not of the document

_KNOWN = {}  # exit code and output of commands that only read: documents show the same ones again and again


class Session:
    """The state of one document's commands: the folder, the exit code of the last one, the Python names.

    Parameters
    ----------
    folder : where the files of the document are
    lang : language that the user's machine speaks
    """

    def __init__(self, folder, lang):
        self.folder = Path(folder)
        self.lang = lang
        self.code = 0
        self.names = {"__name__": "__main__"}

    def write(self, name, lines):
        """Write a file that the document shows."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def run(self, command):
        """Run one command; the lines that it writes to standard output and standard error."""
        words = shlex.split(command)
        if words == ["echo", "$?"]:
            return [str(self.code)]
        if words[0] in PROGRAMS:
            return self._gamebook(words[1:])
        if words[0] == "cat" and len(words) == 2:
            return (self.folder / words[1]).read_text(encoding="utf-8").splitlines()
        if words[0] == "cp" and len(words) == 3:
            shutil.copy(self.folder / words[1], self.folder / words[2])
            return []
        raise ValueError(f"documents cannot run this command: {command}")

    def _gamebook(self, arguments):
        reads_folder = any((self.folder / each).is_dir() for each in arguments)
        writes = arguments[:1] in (["new"], ["sweep"]) or {"--book", "--json", "--table"}.intersection(arguments)
        if writes or reads_folder:
            self.code, lines = self._called(arguments)
            return lines
        pages = [self.folder / each for each in arguments if Path(each).suffix in FILES]
        key = (self.lang, *arguments, *(page.read_bytes() for page in pages if page.is_file()))
        if key not in _KNOWN:
            _KNOWN[key] = self._called(arguments)
        self.code, lines = _KNOWN[key]
        return list(lines)

    def _called(self, arguments):
        """Exit code and output of the program."""
        written = io.StringIO()
        called = mock.patch.object(sys, "argv", ["gamebook", *arguments])
        output = contextlib.redirect_stdout(written)
        # Whether progress is reported depends on how busy the machine is.
        patient = mock.patch("gamebook.commands.progress.PLAIN_EVERY", math.inf)
        with self.surroundings(), called, patient, output, contextlib.redirect_stderr(written):
            code = cli.run(arguments)
        passing = {text(code, lang) for code in PASSING_NOTICES for lang in ("en", "zh")}
        lines = [line.rstrip() for line in written.getvalue().splitlines() if line not in passing]
        while lines and not lines[-1]:
            lines.pop()
        return code, lines

    @contextlib.contextmanager
    def surroundings(self):
        """Work in the document's folder with a machine of its language."""
        language = {"LC_ALL": "C.UTF-8", "GAMEBOOK_LANG": self.lang, "COLUMNS": "80"}
        before = os.getcwd()
        os.chdir(self.folder)
        try:
            with mock.patch.dict(os.environ, language):
                yield
        finally:
            os.chdir(before)

    def examples(self, block):
        """Run a Python block.

        Returns
        -------
        For each example what it printed, whether that is what the document shows, and whether it raised an error.
        """
        source = "\n".join(block.lines) + "\n"
        found = doctest.DocTestParser().get_doctest(source, self.names, "document", None, 0)
        results = []
        runner = _Recorder(results)
        with self.surroundings():
            runner.run(found, clear_globs=False)
        self.names = found.globs
        return results


class _Recorder(doctest.DocTestRunner):
    """Keeps what examples print instead of reporting it."""

    def __init__(self, results):
        super().__init__(verbose=False, optionflags=doctest.ELLIPSIS)
        self._results = results

    def report_start(self, out, test, example):
        pass

    def report_success(self, out, test, example, got):
        self._results.append((example, got, True, False))

    def report_failure(self, out, test, example, got):
        self._results.append((example, got, False, False))

    def report_unexpected_exception(self, out, test, example, exc_info):
        self._results.append((example, f"{exc_info[0].__name__}: {exc_info[1]}\n", False, True))
