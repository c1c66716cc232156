"""The store: what was not finished or was damaged is computed again, and nothing else is."""

from __future__ import annotations

import json

import numpy as np
import pytest

from gamebook.errors import InputError
from gamebook.sweeps.layout import Layout
from gamebook.sweeps.store import Column, Store, read_identity

IDENTITY = {"target": "package", "seed": 0, "axes": {"s_F": [0.0, 1.0]}}
COLUMNS = (Column("count", "int32"), Column("payoffs", "float64", (("party", 2),), (("unit", "kCNY"),)))
NAMES = [column.name for column in COLUMNS]


def content(layout, block):
    numbers = np.arange(block.start, block.stop)
    arrays = {"count": numbers.astype(np.int32), "payoffs": np.stack([numbers * 0.5, -numbers], axis=-1)}
    return arrays, {"shares": np.repeat(numbers, 2).astype(np.float64)}


@pytest.fixture
def store(tmp_path):
    layout = Layout((3, 4), most_points=4)
    made = Store.create(
        tmp_path / "s.zarr", layout, dimensions=("s_F", "t_S"), columns=COLUMNS, identity=IDENTITY
    )
    for block in layout.blocks():
        made.write(block, *content(layout, block))
    return made


@pytest.mark.parametrize("shape", [(7,), (3, 4), (2, 3, 5), (5, 1, 2), (1,)])
@pytest.mark.parametrize("most", [1, 2, 4, 7, 100])
def test_blocks_hold_every_point_once_and_in_order(shape, most):
    layout = Layout(shape, most_points=most)
    numbers = np.arange(layout.points).reshape(shape)
    blocks = list(layout.blocks())
    assert len(blocks) == layout.count
    assert [block.number for block in blocks] == list(range(len(blocks)))
    assert np.concatenate([numbers[block.place].ravel() for block in blocks]).tolist() == list(range(layout.points))
    for block in blocks:
        assert numbers[block.place].ravel().tolist() == list(range(block.start, block.stop))
        assert block.points <= most


def test_coordinates_follow_the_last_axis_fastest():
    layout = Layout((2, 3))
    axes = [np.array([10.0, 20.0]), np.array([1.0, 2.0, 3.0])]
    assert layout.coordinates(axes, 2, 5).tolist() == [[10.0, 3.0], [20.0, 1.0], [20.0, 2.0]]


def test_xarray_reads_the_grid_with_its_units(store):
    import xarray

    found = xarray.open_zarr(store.path / "grid.zarr", consolidated=False)
    assert found["count"].dims == ("s_F", "t_S")
    assert found["count"].values.ravel().tolist() == list(range(12))
    assert found["payoffs"].sel(party=1).values[2, 3] == -11
    assert found["payoffs"].attrs["unit"] == "kCNY"


def test_a_finished_store_is_all_done_and_reads_back(store):
    assert sorted(store.done(NAMES)) == [0, 1, 2]
    block = list(store.layout.blocks())[1]
    arrays, ragged = store.read(block, NAMES)
    assert arrays["count"].tolist() == [4, 5, 6, 7]
    assert ragged["shares"].tolist() == [4, 4, 5, 5, 6, 6, 7, 7]
    assert store.checksum() is not None


def test_a_block_without_its_marker_counts_as_not_done(store):
    (store.path / "done" / "00000001.json").unlink()
    assert sorted(store.done(NAMES)) == [0, 2]
    assert store.checksum() is None


@pytest.mark.parametrize("file", ["ragged/00000001.npz", "grid.zarr/count/c/1/0", "done/00000001.json"])
@pytest.mark.parametrize("damage", ["cut", "flip", "gone"])
def test_a_damaged_block_is_noticed_and_the_others_kept(store, file, damage):
    path = store.path / file
    raw = bytearray(path.read_bytes())
    if damage == "gone":
        path.unlink()
    else:
        raw[len(raw) // 2] ^= 0xFF
        path.write_bytes(raw if damage == "flip" else raw[: len(raw) // 2])
    assert sorted(store.done(NAMES)) == [0, 2]


def test_the_same_content_has_the_same_checksum_and_other_content_another(store, tmp_path):
    layout = store.layout
    again = Store.create(tmp_path / "t.zarr", layout, dimensions=("s_F", "t_S"), columns=COLUMNS, identity=IDENTITY)
    for block in reversed(list(layout.blocks())):
        again.write(block, *content(layout, block))
    assert again.checksum() == store.checksum()
    block = next(iter(layout.blocks()))
    arrays, ragged = content(layout, block)
    arrays["payoffs"][0, 0] = np.nextafter(0.0, 1.0)
    again.write(block, arrays, ragged)
    assert again.checksum() != store.checksum()


def test_another_sweep_is_refused_and_the_difference_named(store):
    other = {**IDENTITY, "seed": 1, "version": "9"}
    with pytest.raises(InputError) as refused:
        Store.open(store.path, store.layout, other)
    message = refused.value.text("en")
    assert "seed: stored 0, now 1" in message
    assert 'version: stored null, now "9"' in message
    assert "target" not in message
    assert Store.open(store.path, store.layout, IDENTITY).checksum() == store.checksum()


def test_a_folder_that_is_no_store_is_refused(tmp_path):
    with pytest.raises(InputError, match="is no store of a sweep"):
        read_identity(tmp_path)
    (tmp_path / "grid.zarr").mkdir()
    (tmp_path / "grid.zarr" / "zarr.json").write_text(json.dumps({"attributes": {"schema": "other/1", "sweep": {}}}))
    with pytest.raises(InputError, match="has the format other/1"):
        read_identity(tmp_path)


def test_two_runs_cannot_write_at_once(store):
    with store.writing(), pytest.raises(InputError, match="another run is writing"), store.writing():
        pass
    with store.writing():
        pass
