"""Mistakes on the command line, said in the user's language with the nearest thing that exists."""

from __future__ import annotations

from typing import get_args

from cyclopts import exceptions as faults

from gamebook.errors import hint
from gamebook.texts import OWN, text


def _allowed(hint_type: object, lang: str) -> str:
    choices = [str(choice) for choice in get_args(hint_type) if isinstance(choice, str)]
    for part in get_args(hint_type):
        choices += [str(choice) for choice in get_args(part) if isinstance(choice, str)]
    if choices:
        return ", ".join(choices)
    for kind, code in ((int, "int"), (float, "float")):
        if hint_type is kind or kind in get_args(hint_type):
            return text(f"error.kind.{code}", lang)
    return text("error.kind.str", lang)


def _name(error: faults.CycloptsError) -> str:
    argument = error.argument
    if argument is None:
        return ""
    return str(argument.names[0] if argument.names else argument.name)


def command_error(error: faults.CycloptsError, verbs: list[str], lang: str) -> str:
    """One line for a command line that cannot be understood."""
    command = " ".join(["gamebook", *(error.command_chain or ())])
    if isinstance(error, faults.UnknownCommandError):
        value = (error.unused_tokens or [""])[0]
        return text(
            "error.unknown_command", lang, value=value, hint=hint(value, verbs, lang), known=", ".join(sorted(verbs))
        )
    if isinstance(error, faults.UnknownOptionError):
        value = (error.token.keyword or error.token.value).partition("=")[0]
        known = [name for argument in error.argument_collection for name in argument.names if name.startswith("-")]
        return text("error.unknown_option", lang, command=command, value=value, hint=hint(value, known, lang))
    if isinstance(error, faults.MissingArgumentError):
        helped = str(error.argument.parameter.help) if error.argument is not None else ""
        what = text(helped, lang) if helped in OWN else ""
        return text("error.missing", lang, name=_name(error), what=what)
    if isinstance(error, faults.CoercionError):
        value = error.token.value if error.token is not None else ""
        allowed = _allowed(error.argument.hint if error.argument is not None else str, lang)
        return text("error.value", lang, value=value, name=_name(error), allowed=allowed)
    if isinstance(error, faults.UnusedCliTokensError):
        return text("error.extra", lang, value=(error.unused_tokens or [""])[0])
    if isinstance(error, faults.RepeatArgumentError):
        return text("error.repeated", lang, name=_name(error))
    return text("error.command_line", lang, detail=str(error).splitlines()[-1] if str(error) else type(error).__name__)
