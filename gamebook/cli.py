"""The command line: finds the verb, keeps the promises about output, and turns errors into one line and a code.

Exit codes: 0 done; 1 done but something is unverified or undecided, or an unexpected error; 2 bad input; 130
interrupted; a closed pipe ends quietly. Results go to standard output, everything else to standard error. Nothing
heavy is imported here: a verb's module is loaded when the verb is called.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import TextIO

from cyclopts import App, CycloptsError

from gamebook.language import wanted_language
from gamebook.options import Common
from gamebook.texts import text
from gamebook.version import __version__

BAD_INPUT = 2
INTERRUPTED = 130
VERBS = (
    "list", "show", "new", "solve", "robust", "sensitivity", "simulate", "basins", "tip", "plot", "sweep", "derive",
    "diff", "compare", "convert", "audit", "rerun", "doctor",
)  # fmt: skip


def build(lang: str) -> App:
    """Return the command line with help pages in the given language."""
    from gamebook.help_page import HelpPage

    app = App(
        name="gamebook",
        help="cli.about",
        version=__version__,
        help_formatter=HelpPage(lang),
        help_format="plaintext",
        version_flags=["--version"],
        help_flags=["--help", "-h"],
        result_action="return_value",
        suppress_keyboard_interrupt=False,
    )
    app["--help"].help = "verb.help"
    app["--version"].help = "verb.version"
    for verb in VERBS:
        app.command(f"gamebook.commands.{verb}:{verb}_command", name=verb, help=f"verb.{verb}")
    return app


def say(message: str, lang: str) -> None:
    """Write an error to standard error, in as many lines as it has."""
    print(text("error.prefix", lang, message=message), file=sys.stderr)  # noqa: T201


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; never raises for anything a user can do."""
    lang = wanted_language(arguments)
    try:
        return _run(list(arguments), lang)
    except CycloptsError as error:
        from gamebook.command_errors import command_error

        say(command_error(error, list(VERBS), lang), lang)
        print(text("error.see_help", lang, command=_command(error)), file=sys.stderr)  # noqa: T201
        return BAD_INPUT
    except KeyboardInterrupt:
        say(text("notice.interrupted", lang), lang)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone; point standard output elsewhere so that the interpreter's last flush is quiet too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        spoken = getattr(error, "text", None)
        if isinstance(error, ValueError) and callable(spoken):
            say(str(spoken(lang)), lang)
            return BAD_INPUT
        if "--debug" in arguments:
            raise
        say(text("error.unexpected", lang, detail=f"{type(error).__name__}: {error}"), lang)
        return 1


def _run(arguments: list[str], lang: str) -> int:
    app = build(lang)
    if not arguments:
        app.help_print([])
        print(text("cli.start", lang))  # noqa: T201
        return 0
    with warnings.catch_warnings():
        warnings.showwarning = _notices(lang, quiet=bool({"--quiet", "-q"} & set(arguments)))
        command, bound, _ = app.parse_args(arguments, exit_on_error=False, print_error=False)
        common = bound.arguments.get("common")
        if isinstance(common, Common):
            common.check()
        code = command(*bound.args, **bound.kwargs)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _notices(lang: str, *, quiet: bool) -> Callable[..., None]:
    """Show the program's own warnings in the user's language; those of other packages as Python shows them."""
    others = warnings.showwarning

    def show(message: Warning | str, *place: object, **options: object) -> None:
        spoken = getattr(message, "text", None)
        if not callable(spoken):
            others(message, *place, **options)  # type: ignore[arg-type]
        elif not quiet:
            say(str(spoken(lang)), lang)

    return show


def _command(error: CycloptsError) -> str:
    return " ".join(["gamebook", *(error.command_chain or ())])


def _tolerant(stream: TextIO) -> None:
    """Let a stream show ``?`` for what its encoding lacks instead of failing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if callable(reconfigure):
        reconfigure(errors="replace")


def main() -> None:
    """Entry point of the ``gamebook`` command."""
    _tolerant(sys.stdout)
    _tolerant(sys.stderr)
    sys.exit(run(sys.argv[1:]))
