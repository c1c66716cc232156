"""A sweep as an xarray dataset: from a store on disk, where arrays are read when they are used, or from memory."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gamebook.errors import InputError
from gamebook.sweeps.builtin_measures import NASH, NOT_ISOLATED, STABILITY_BITS, STRICT, TIED, VERIFIED
from gamebook.sweeps.definition import Sweep
from gamebook.sweeps.layout import Block
from gamebook.sweeps.measures import Array
from gamebook.sweeps.store import GRID, Store, read_identity
from solvers.arrays import Booleans, Floats, Integers
from solvers.rest_points.records import CLASSES

if TYPE_CHECKING:
    import xarray


class Memory:
    """Keeps the blocks of a sweep in memory.

    Parameters
    ----------
    sweep : whose arrays are kept
    """

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        shape = sweep.layout.shape
        self.arrays: dict[str, Array] = {
            column.name: np.empty((*shape, *(size for _, size in column.inner)), column.dtype)
            for column in sweep.columns
        }
        self.ragged: dict[int, Mapping[str, Array]] = {}

    def write(self, block: Block, arrays: dict[str, Array], ragged: dict[str, Array]) -> None:
        """Keep a block."""
        for name, values in arrays.items():
            self.arrays[name][block.place] = values.reshape(*block.shape, *values.shape[1:])
        self.ragged[block.number] = ragged

    def dataset(self) -> xarray.Dataset:
        """Return everything as a dataset."""
        import xarray

        sweep, dimensions = self.sweep, self.sweep.points.dimensions
        variables = {
            column.name: xarray.Variable(
                (*dimensions, *(name for name, _ in column.inner)), self.arrays[column.name], dict(column.attributes)
            )
            for column in sweep.columns
        }
        coordinates = {name: xarray.Variable((along,), values) for name, (along, values) in sweep.coordinates.items()}
        found = xarray.Dataset(variables, coordinates, {"sweep": json.dumps(sweep.identity, ensure_ascii=False)})
        return _labelled(found)


def need_xarray() -> None:
    """Refuse to make datasets without the package that holds them.

    Raises
    ------
    InputError
        It is not installed.
    """
    if importlib.util.find_spec("xarray") is None:
        raise InputError("sweep.no_xarray")


def open_sweep(path: str | Path) -> xarray.Dataset:
    """Open the store of a sweep as a dataset; its arrays are read when they are used.

    Parameters
    ----------
    path : folder that ``gamebook sweep --out`` or ``gamebook.sweep(..., out=...)`` wrote

    Raises
    ------
    InputError
        If it is no store of this version.
    """
    need_xarray()
    import xarray

    identity = read_identity(Path(path))
    found = xarray.open_zarr(Path(path) / GRID, consolidated=False, chunks=None, mask_and_scale=False)
    found = found.set_coords(list(Store.reading(Path(path)).drawn()))
    found.attrs = {"sweep": json.dumps(identity, ensure_ascii=False)}
    return _labelled(found)


def _labelled(found: xarray.Dataset) -> xarray.Dataset:
    """Give inner dimensions their labels."""
    labels: dict[str, list[str]] = {}
    for variable in found.variables.values():
        labels.update(variable.attrs.pop("labels", {}))
    return found.assign_coords({name: list(words) for name, words in labels.items() if name in found.dims})


@dataclass(frozen=True, slots=True, eq=False)
class RestPoints:
    """All isolated rest points of the points of a block, point after point, pure profiles first.

    Attributes
    ----------
    point : shape (rows,), number of the policy point in the sweep
    shares : shape (rows, m), of the populations that are not fixed
    stability : shape (rows,), class of each
    nash, strict, verified, ties : shape (rows,), as in ``solvers.results.RestPoint``
    """

    point: Integers
    shares: Floats
    stability: tuple[str, ...]
    nash: Booleans
    strict: Booleans
    verified: Booleans
    ties: Booleans


def rest_points(path: str | Path) -> Iterator[RestPoints]:
    """Yield the rest points of a store, block by block."""
    store = Store.reading(Path(path))
    for block in store.layout.blocks():
        arrays, ragged = store.read(block, ["vertices", "mixed"])
        yield joined_rest_points(block, arrays["vertices"], arrays["mixed"], ragged)


def joined_rest_points(block: Block, vertices: Array, mixed: Array, ragged: Mapping[str, Any]) -> RestPoints:
    """Put the pure profiles and the mixed rest points of a block together."""
    players = int(np.log2(vertices.shape[1]))
    isolated = np.argwhere(vertices != NOT_ISOLATED)
    corners = (isolated[:, 1:] >> np.arange(players)[::-1]) & 1
    point = np.concatenate([isolated[:, 0], np.repeat(np.arange(block.points), mixed)])
    order = np.argsort(point, kind="stable")
    codes = np.concatenate([vertices[tuple(isolated.T)], ragged["mixed_code"]])[order]
    return RestPoints(
        point=block.start + point[order],
        shares=np.concatenate([corners.astype(np.float64), ragged["mixed_shares"]])[order],
        stability=tuple(CLASSES[code] for code in (codes & STABILITY_BITS).tolist()),
        nash=codes & NASH != 0,
        strict=codes & STRICT != 0,
        verified=codes & VERIFIED != 0,
        ties=codes & TIED != 0,
    )
