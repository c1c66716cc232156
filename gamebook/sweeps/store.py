"""The store of a sweep: zarr arrays, one done-marker with a checksum per block, and what the sweep is, word for word.

A block counts only when its marker stands, and its marker is written last and in one piece. Whatever a killed run or a
full disk left half written is therefore computed again, and a block that was damaged later is noticed by its checksum.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from gamebook.errors import InputError
from gamebook.sweeps.layout import Block, Layout
from solvers.arrays import Floats

if TYPE_CHECKING:
    import zarr

SCHEMA = "gamebook/sweep/1"
IDENTITY, LOCK = "sweep", "writing.lock"
GRID, MARKERS, RAGGED = "grid.zarr", "done", "ragged"

DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, BadZipFile, zlib.error)
"""What reading a damaged block can raise, in the libraries that decode it."""

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """An array of the store.

    Attributes
    ----------
    name, dtype : of the array
    inner : names and lengths of dimensions after those of the grid, such as one entry per party
    attributes : unit and meaning, kept beside the numbers
    """

    name: str
    dtype: str
    inner: tuple[tuple[str, int], ...] = ()
    attributes: tuple[tuple[str, object], ...] = ()


class Store:
    """A sweep on disk.

    Parameters
    ----------
    path : folder of the store; its part grid.zarr opens with xarray
    layout : its grid
    """

    def __init__(self, path: Path, layout: Layout, root: zarr.Group) -> None:
        self.path, self.layout, self._root = path, layout, root

    @classmethod
    def create(
        cls,
        path: Path,
        layout: Layout,
        *,
        dimensions: Sequence[str],
        columns: Sequence[Column],
        identity: Mapping[str, object],
        coordinates: Mapping[str, tuple[str, NDArray[np.float64]]] | None = None,
    ) -> Store:
        """Make an empty store in a folder that does not exist yet; it is there whole or not at all.

        Parameters
        ----------
        dimensions : names of the axes of the grid
        columns : arrays to keep
        identity : what the sweep is, as JSON; a store is only continued by a run with the same
        coordinates : name -> dimension and values along it
        """
        import zarr

        part = path.with_name(f"{path.name}.part")
        if part.exists():
            shutil.rmtree(part)  # left by a run that was killed here
        part.mkdir(parents=True)
        root = zarr.create_group(part / GRID, zarr_format=3, attributes={IDENTITY: dict(identity), "schema": SCHEMA})
        for name, (along, values) in (coordinates or {}).items():
            held = root.create_array(
                name, shape=values.shape, chunks=values.shape, dtype=values.dtype, dimension_names=(along,)
            )
            held[:] = values
        for column in columns:
            names, sizes = [name for name, _ in column.inner], [size for _, size in column.inner]
            root.create_array(
                column.name,
                shape=(*layout.shape, *sizes),
                chunks=(*layout.chunks, *sizes),
                dtype=column.dtype,
                fill_value=_nothing(column.dtype),
                dimension_names=(*dimensions, *names),
                attributes=dict(column.attributes),  # type: ignore[arg-type]
            )
        (part / MARKERS).mkdir()
        (part / RAGGED).mkdir()
        os.rename(part, path)
        return cls(path, layout, zarr.open_group(path / GRID, mode="r+"))

    @classmethod
    def open(cls, path: Path, layout: Layout, identity: Mapping[str, object]) -> Store:
        """Open a store to go on with it.

        Raises
        ------
        InputError
            If it is no store, or one of another sweep; the message says what differs.
        """
        found = read_identity(path)
        differing = sorted(key for key in {*found, *identity} if found.get(key) != _as_json(identity.get(key)))
        if differing:
            raise InputError("sweep.other", path=path, differences=Differences(found, identity, differing))
        import zarr

        return cls(path, layout, zarr.open_group(path / GRID, mode="r+"))

    @classmethod
    def reading(cls, path: Path) -> Store:
        """Open a store to read it.

        Raises
        ------
        InputError
            If it is no store of this version.
        """
        identity = read_identity(path)
        import zarr

        root = zarr.open_group(path / GRID, mode="r")
        status = root["status"]
        if not isinstance(status, zarr.Array):
            raise InputError("sweep.no_store", path=path)
        return cls(path, Layout(status.shape, int(str(identity["block"]))), root)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store alone: two runs in one folder would mix.

        Raises
        ------
        InputError
            If another run holds it.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.path / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise InputError("sweep.held", path=self.path) from error
        try:
            yield
        finally:
            lock.release()

    def write(self, block: Block, arrays: Arrays, ragged: Arrays) -> None:
        """Write a block: arrays (points, ...), then ragged ones of any length, then its marker."""
        for name, values in arrays.items():
            self._array(name)[block.place] = values.reshape(*block.shape, *values.shape[1:])
        _replace(self._ragged(block.number), lambda path: _save(path, ragged))
        marker = {"points": block.points, "sha256": checksum(arrays, ragged)}
        _replace(self._marker(block.number), lambda path: path.write_text(json.dumps(marker), encoding="utf-8"))

    def read(self, block: Block, names: Sequence[str]) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]:
        """Read a block back: arrays (points, ...), and the ragged ones."""
        with np.load(self._ragged(block.number), allow_pickle=False) as kept:
            return self.grid(block, names), {name: kept[name] for name in kept.files}

    def grid(self, block: Block, names: Sequence[str]) -> dict[str, NDArray[Any]]:
        """Read arrays of a block, (points, ...), without its ragged ones."""
        arrays = {}
        for name in names:
            values = np.asarray(self._array(name)[block.place])
            arrays[name] = values.reshape(block.points, *values.shape[len(block.place) :])
        return arrays

    def names(self) -> list[str]:
        """Names of the arrays over the grid, as they were made."""
        return [name for name, each in self._grids() if not self._is_coordinate(name, each)]

    def titles(self) -> dict[str, tuple[str, str, str]]:
        """Title in English and Chinese, and unit, of every array that has them."""
        held = {name: self._array(name).attrs.asdict() for name in self.names()}
        return {
            name: (str(said["long_name"]), str(said["long_name_zh"]), str(said["units"]))
            for name, said in held.items()
            if "long_name" in said
        }

    def axes(self) -> list[tuple[str, Floats]]:
        """Names of the dimensions of the grid and the values along them; those of draws are numbers from 0."""
        names = self._array("status").metadata.dimension_names  # type: ignore[union-attr]
        found = []
        for name, size in zip(names or (), self.layout.shape, strict=True):
            held = self._root.get(str(name))
            values = np.arange(size, dtype=np.float64) if held is None else np.asarray(held[:], dtype=np.float64)  # type: ignore[index]
            found.append((str(name), values))
        return found

    def drawn(self) -> dict[str, Floats]:
        """Values of the drawn parameters along the draws, by symbol."""
        names = {name for name, _ in self.axes()}
        return {
            name: np.asarray(each[:], dtype=np.float64)
            for name, each in self._grids()
            if self._is_coordinate(name, each) and name not in names
        }

    def labels(self, name: str) -> list[str]:
        """Labels of the numbers of an array at one point, those of several inner dimensions joined; empty for one."""
        said = self._array(name).attrs.asdict().get("labels") or {}
        parts = [list(map(str, each)) for each in said.values()] if isinstance(said, dict) else []
        return [",".join(each) for each in itertools.product(*parts)] if parts else []

    def marked(self) -> frozenset[int]:
        """Numbers of the blocks that have a marker; ``done`` says which of them are undamaged."""
        return frozenset(int(path.stem) for path in (self.path / MARKERS).glob("*.json"))

    def _grids(self) -> list[tuple[str, zarr.Array[Any]]]:
        return sorted(self._root.arrays())

    def _is_coordinate(self, name: str, array: zarr.Array[Any]) -> bool:
        return array.ndim == 1 and "long_name" not in array.attrs and name != "status"

    def done(self, names: Sequence[str]) -> dict[int, str]:
        """Return the checksum of every block that stands complete and undamaged, by number."""
        kept = {}
        for block in self.layout.blocks():
            try:
                marker = json.loads(self._marker(block.number).read_text(encoding="utf-8"))
                arrays, ragged = self.read(block, names)
                intact = checksum(arrays, ragged) == marker["sha256"]
            except DAMAGE:
                continue
            if intact:
                kept[block.number] = str(marker["sha256"])
        return kept

    def checksum(self) -> str | None:
        """One checksum of all blocks, from their markers; None if one is missing."""
        digest = hashlib.sha256()
        for number in range(self.layout.count):
            try:
                digest.update(json.loads(self._marker(number).read_text(encoding="utf-8"))["sha256"].encode())
            except (OSError, ValueError, KeyError):
                return None
        return digest.hexdigest()

    def _array(self, name: str) -> zarr.Array[Any]:
        import zarr

        found = self._root[name]
        if not isinstance(found, zarr.Array):
            raise KeyError(name)
        return found

    def _marker(self, number: int) -> Path:
        return self.path / MARKERS / f"{number:08d}.json"

    def _ragged(self, number: int) -> Path:
        return self.path / RAGGED / f"{number:08d}.npz"


class Differences:
    """What differs between a store and the sweep that was asked for, as a text."""

    def __init__(self, found: Mapping[str, object], asked: Mapping[str, object], keys: Sequence[str]) -> None:
        self.found, self.asked, self.keys = found, asked, keys

    def in_language(self, lang: str) -> str:
        """One line per difference."""
        from gamebook.texts import text

        pairs = [pair for key in self.keys for pair in _apart(key, self.found.get(key), _as_json(self.asked.get(key)))]
        return "\n  ".join(
            text("sweep.difference", lang, key=key, stored=_short(stored), now=_short(now))
            for key, stored, now in pairs
        )


def read_identity(path: Path) -> dict[str, object]:
    """Return what the sweep in a folder is.

    Raises
    ------
    InputError
        If the folder holds no sweep of this program.
    """
    try:
        attributes = json.loads((path / GRID / "zarr.json").read_text(encoding="utf-8"))["attributes"]
        schema, identity = attributes["schema"], attributes[IDENTITY]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError("sweep.no_store", path=path) from error
    if schema != SCHEMA or not isinstance(identity, dict):
        raise InputError("sweep.schema", path=path, schema=schema, expected=SCHEMA)
    return identity


def checksum(arrays: Arrays, ragged: Arrays) -> str:
    """SHA-256 of the names, types, shapes and bytes of arrays, in the order of their names."""
    digest = hashlib.sha256()
    for kind, group in (("array", arrays), ("ragged", ragged)):
        for name in sorted(group):
            values = np.ascontiguousarray(group[name])
            digest.update(f"{kind} {name} {values.dtype.str} {values.shape}\0".encode())
            digest.update(values.data)
    return digest.hexdigest()


def _nothing(dtype: str) -> float | int | bool:
    """What an array holds where no block was written; the markers say which these are."""
    kind = np.dtype(dtype).kind
    return np.nan if kind == "f" else False if kind == "b" else 0 if kind == "u" else -1


def _save(path: Path, ragged: Arrays) -> None:
    with path.open("wb") as file:
        np.savez(file, **ragged)  # type: ignore[arg-type]


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside the place and rename, so that a file is there whole or not at all."""
    beside = path.with_name(path.name + ".part")
    write(beside)
    os.replace(beside, path)


def _as_json(value: object) -> object:
    return json.loads(json.dumps(value))


def _apart(key: str, stored: object, now: object) -> list[tuple[str, object, object]]:
    """What differs between two values: of tables, the entries that do."""
    if not isinstance(stored, dict) or not isinstance(now, dict):
        return [(key, stored, now)]
    names = [name for name in {**stored, **now} if stored.get(name) != now.get(name)]
    return [pair for name in names for pair in _apart(f"{key}.{name}", stored.get(name), now.get(name))]


def _short(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 60 else written[:57] + "..."
