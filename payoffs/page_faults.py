"""What pydantic finds in a page, said with our own codes in both languages."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from payoffs.errors import Fault, did_you_mean
from payoffs.page_fields import PageModel
from payoffs.texts import Text

_CODES = {
    "string_type": "page.type_text",
    "bool_type": "page.type_truth",
    "list_type": "page.type_list",
    "dict_type": "page.type_table",
    "model_type": "page.type_table",
    "model_attributes_type": "page.type_table",
    "too_long": "page.too_many",
    "too_short": "page.too_few",
    "literal_error": "page.choice",
}


def faults_of(model: type[PageModel], raw: Mapping[str, object]) -> tuple[PageModel | None, list[Fault]]:
    """Check the tables of a page against a model.

    Returns
    -------
    the model (None if anything is wrong) and every fault with its key path
    """
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        found = error.errors(include_url=False)
    return None, [_fault(model, raw, details["loc"], details) for details in found]


def _fault(
    model: type[PageModel], raw: Mapping[str, object], place: tuple[int | str, ...], details: Mapping[str, typing.Any]
) -> Fault:
    kind = details["type"]
    steps = [step for step in place if step != "[key]"]
    key = key_path(raw, steps)
    if kind == "fault":
        return Fault(details["ctx"]["code"], details["ctx"]["fields"], key=key)
    if kind == "missing":
        return Fault("page.missing_key", {"name": str(steps[-1])}, key=key_path(raw, steps[:-1]) or None)
    if kind == "extra_forbidden":
        known = _known_keys(model, steps[:-1])
        fields = {"name": str(steps[-1]), "hint": did_you_mean(str(steps[-1]), known)}
        return Fault("page.unknown_key", fields, key=key_path(raw, steps[:-1]) or None)
    limits = details.get("ctx", {})
    expected = str(limits.get("expected", ""))
    allowed = Text(expected, expected.replace(", ", "、").replace(" or ", "、"))
    fields = {"value": details.get("input"), "allowed": allowed}
    limit = limits.get("max_length", limits.get("min_length", ""))
    return Fault(_CODES.get(kind, "page.invalid"), {**fields, "limit": limit}, key=key)


def key_path(raw: object, steps: Iterable[int | str]) -> str:
    """Return a readable path such as ``entries.platform_cost.amount``; list items go by id where they have one.

    Examples
    --------
    >>> key_path({"entries": [{"id": "levy", "when": 3}]}, ("entries", 0, "when"))
    'entries.levy.when'
    >>> key_path({"delays": [{"lag": 1}]}, ("delays", 0, "lag"))
    'delays#1.lag'
    """
    path = ""
    for step in steps:
        below: object = None
        if isinstance(raw, dict):
            below = raw.get(step)
        elif isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            below = raw[step]
        name = below.get("id") if isinstance(step, int) and isinstance(below, dict) else None
        if isinstance(step, int) and not isinstance(name, str):
            path += f"#{step + 1}"  # counted from one, as people count
        else:
            path += f".{name if isinstance(step, int) else step}"
        raw = below
    return path.removeprefix(".")


def _known_keys(model: type[PageModel], steps: Iterable[int | str]) -> list[str]:
    """Return the keys that the table at a place may have."""
    table: type[PageModel] = model
    for step in steps:
        # A step that is no key of the table is an index or a free key: stay at the same table.
        if isinstance(step, str) and step in table.model_fields:
            table = _model_in(table.model_fields[step].annotation) or table
    return list(table.model_fields)


def _model_in(annotation: object) -> type[PageModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, PageModel):
        return annotation
    for part in typing.get_args(annotation):
        inner = _model_in(part)
        if inner is not None:
            return inner
    return None
