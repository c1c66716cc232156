"""A read-only mapping that can be pickled (``types.MappingProxyType`` cannot, and worker processes need it)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Frozen(Mapping[K, V]):
    """A copy of a mapping that nobody can change; it keeps the order.

    Examples
    --------
    >>> values = Frozen({"V": 75.0})
    >>> values["V"]
    75.0
    >>> values["V"] = 80.0
    Traceback (most recent call last):
        ...
    TypeError: 'Frozen' object does not support item assignment
    """

    __slots__ = ("_items",)
    _items: dict[K, V]

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        object.__setattr__(self, "_items", dict(items))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a read-only mapping has no settable attribute {name!r}")

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"Frozen({self._items!r})"

    def __reduce__(self) -> tuple[type[Frozen[K, V]], tuple[dict[K, V]]]:
        return (Frozen, (self._items,))
