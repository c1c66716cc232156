"""Exports of a store: the same numbers in every format, units beside them, and clear limits."""

from __future__ import annotations

import csv

import numpy as np
import pytest

import gamebook
from gamebook.errors import InputError
from gamebook.sweeps import exports
from gamebook.sweeps.exports import export
from gamebook.sweeps.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory, package):
    """A sweep with points outside the ranges, a share on an axis, and draws."""
    path = tmp_path_factory.mktemp("sweep") / "s"
    over = {"e_F": [0.2, 0.9], "x_F": [0.2, 0.5]}
    gamebook.sweep(package, over, sample=3, uncertain=["V=uniform:70:80"], out=path, block=4)
    return path


def table_of(path, store):
    export(store, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        units, names, *rows = csv.reader(file)
    return dict(zip(names, units, strict=True)), [dict(zip(names, row, strict=True)) for row in rows]


def test_csv_has_every_point_with_all_digits_and_units(tmp_path, store):
    units, rows = table_of(tmp_path / "s.csv", store)
    found = gamebook.open_sweep(store)
    assert len(rows) == 12
    for number, row in enumerate(rows):
        place = np.unravel_index(number, (2, 2, 3))
        at = found.isel(e_F=place[0], x_F=place[1], draw=place[2])
        assert float(row["V"]) == float(at["V"])
        assert row["status"] == ("complete" if row["e_F"] == "0.2" else "outside")
        if row["status"] == "outside":
            assert row["margin"] == row["ess"] == ""
            continue
        assert float(row["margin"]) == float(at["margin"])
        assert float(row["payoffs[status_quo,W]"]) == float(at["payoffs"].sel(state="status_quo", population="W"))
        bits = sum(1 << int(name, 2) for name in row["ess"].split()[1:])
        assert bits == int(at["ess"])
    assert units["margin"] == "kCNY per worker and year"
    assert units["outlay[coordination]"] == "kCNY per worker and year"


def test_units_are_in_the_language_asked_for(tmp_path, store):
    export(store, tmp_path / "s.csv", lang="zh")
    assert "千元/人·年" in (tmp_path / "s.csv").read_text(encoding="utf-8-sig").splitlines()[0]


def test_parquet_and_xlsx_hold_the_numbers_of_the_csv(tmp_path, store):
    openpyxl, parquet = pytest.importorskip("openpyxl"), pytest.importorskip("pyarrow.parquet")
    _, rows = table_of(tmp_path / "s.csv", store)
    export(store, tmp_path / "s.parquet")
    export(store, tmp_path / "s.xlsx")
    frame = parquet.read_table(tmp_path / "s.parquet")
    assert frame.schema.field("margin").metadata[b"unit"] == b"kCNY per worker and year"
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx").active
    names = [cell.value for cell in sheet[2]]
    for number, row in enumerate(rows):
        for name in ("margin", "V", "outlay[status_quo]"):
            wanted = float(row[name]) if row[name] else None
            value = frame[name][number].as_py()
            assert value == wanted or (wanted is None and value != value)
            cell = sheet.cell(number + 3, names.index(name) + 1).value
            assert cell == pytest.approx(wanted, rel=1e-14) if wanted is not None else cell is None


def test_netcdf_reads_back_as_the_dataset(tmp_path, store):
    xarray = pytest.importorskip("xarray")
    pytest.importorskip("h5netcdf")
    export(store, tmp_path / "s.nc")
    with xarray.open_dataset(tmp_path / "s.nc", engine="h5netcdf", mask_and_scale=False) as found:
        wanted = gamebook.open_sweep(store)
        for name in wanted.data_vars:
            assert found[name].values.tobytes() == wanted[name].values.tobytes()
        assert found["margin"].attrs["units"] == "kCNY per worker and year"


def test_what_cannot_be_exported_is_refused_and_nothing_is_written(tmp_path, store, monkeypatch):
    with pytest.raises(InputError, match="parquet"):
        export(store, tmp_path / "s.ods")
    monkeypatch.setattr(exports, "MOST_CELLS", 100)
    with pytest.raises(InputError, match=r"12 points of .* columns do not fit"):
        export(store, tmp_path / "s.xlsx")
    (tmp_path / "s.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="exists"):
        export(store, tmp_path / "s.csv")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["s.csv"]
    monkeypatch.setattr(exports.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="needs the package pyarrow"):
        export(store, tmp_path / "s.parquet")


def test_a_store_with_blocks_missing_is_not_exported(tmp_path, no_tools):
    gamebook.sweep(no_tools, {"s_F": [0.0, 0.5]}, block=1, out=tmp_path / "s", measures=["pure"])
    (tmp_path / "s" / "done" / "00000001.json").unlink()
    with pytest.raises(InputError, match="1 of 2 blocks"):
        export(tmp_path / "s", tmp_path / "s.csv")
    assert len(Store.reading(tmp_path / "s").marked()) == 1
