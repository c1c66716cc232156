"""Sweeps from Python: state one, run it into memory or a store, and get a dataset."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from numpy.typing import ArrayLike

from gamebook.book import Case
from gamebook.errors import InputError
from gamebook.sweeps.axes import Axis, AxisSpace, make_axes, read_axes
from gamebook.sweeps.dataset import Memory, need_xarray, open_sweep
from gamebook.sweeps.definition import Sweep, define
from gamebook.sweeps.engine import Engine, Progress, Threads, run
from gamebook.sweeps.estimate import check_memory, size_fault
from gamebook.sweeps.sampling import sampled, uncertainty_of
from gamebook.sweeps.store import Store, read_identity

if TYPE_CHECKING:
    import xarray

Over = Mapping[str, ArrayLike] | Sequence[str]


def sweep(
    case: Case,
    over: Over | None = None,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    measures: Sequence[str] | None = None,
    sample: int | None = None,
    method: str | None = None,
    uncertain: Sequence[str] = (),
    correlations: Mapping[tuple[str, str], float] | None = None,
    seed: int = 0,
    out: str | Path | None = None,
    resume: bool = False,
    overwrite: bool = False,
    workers: int | None = None,
    cluster: str | None = None,
    device: str = "cpu",
    block: int | None = None,
    progress: Progress | None = None,
) -> xarray.Dataset:
    """Solve a case at every point of a grid of policies, and for joint draws of what is uncertain.

    Parameters
    ----------
    case : what ``gamebook.load`` returns
    over : axes as on the command line, ``["s_F=0:1:101"]``, or their values by name, ``{"s_F": [0.0, 0.5]}``; those
        of the scenario's page if None
    values, given, start : as for ``gamebook.solve``
    measures : names or groups of measures; all that cost little if None
    sample : joint draws of the uncertain parameters, at every point of the axes
    method : "sobol" (the default), "lhs" or "random"
    uncertain : distributions such as ``"V=normal:75:5"`` beside those that the scenario's page declares
    correlations : rank correlations of pairs of uncertain parameters, likewise
    seed : of whatever is sampled
    out : folder of the store; the result stays in memory if None
    resume, overwrite : go on with a store that exists, or replace it
    workers : threads; as many as there are processors if None. The numbers do not depend on it
    cluster : address of a Dask scheduler whose workers compute instead
    device : "cuda" for measures that need no more than pure equilibria, where there is such a device
    block : points computed and stored together; the numbers do not depend on it
    progress : called with "sweep", the points that are done and how many there are

    Returns
    -------
    a dataset with a dimension per axis and a variable per measure, and ``status`` of every point

    Raises
    ------
    PageError, InputError
        Whatever is wrong, all ``ValueError``, before anything is computed.

    Examples
    --------
    >>> import gamebook
    >>> found = gamebook.sweep(gamebook.load("no_tools"), {"s_F": [0.0, 0.5], "t_S": [0.0, 1.0]})
    >>> found["coordination_certain"].values.tolist()
    [[0, 0], [0, 0]]
    >>> round(float(found["margin"].sel(s_F=0.5, t_S=0.0)), 3)
    1.7
    """
    need_xarray()
    stated = state(
        case, over, values=values, given=given, start=start, measures=measures, sample=sample, method=method,
        uncertain=uncertain, correlations=correlations, seed=seed, block=block, device=device,
    )  # fmt: skip
    with closing(_engine(workers, cluster)) as engine:
        if out is not None:
            run_into(stated, Path(out), engine, resume=resume, overwrite=overwrite, progress=progress)
            return open_sweep(out)
        check_memory(stated)
        memory = Memory(stated)
        run(stated, memory, engine, progress=progress)
        return memory.dataset()


def _engine(workers: int | None, cluster: str | None) -> Engine:
    if cluster is None:
        return Threads(workers)
    from gamebook.sweeps.cluster import Cluster

    return Cluster(cluster)


def state(
    case: Case,
    over: Over | None,
    *,
    values: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    measures: Sequence[str] | None = None,
    sample: int | None = None,
    method: str | None = None,
    uncertain: Sequence[str] = (),
    correlations: Mapping[tuple[str, str], float] | None = None,
    seed: int = 0,
    block: int | None = None,
    device: str = "cpu",
) -> Sweep:
    """State a sweep from what is asked for and, where that says nothing, the scenario's page; see :func:`sweep`."""
    if seed < 0:
        raise InputError("input.seed", value=seed)
    page = None if case.scenario is None else case.scenario.sweep
    if page is not None:
        if not over and sample is None:
            over, sample = page.over, page.sample if page.sample is None else whole(page.sample)
        measures, method = measures or page.measures, method or page.method
    draws, said = None, None
    if sample is not None:
        uncertainty = uncertainty_of(case, uncertain, correlations)
        draws, said = sampled(uncertainty, sample, method=method, seed=seed)
    elif uncertain or correlations:
        raise InputError("sweep.no_sample")
    return define(
        case, _reader(over, sample), values=values, given=given, start=start,
        measures=measures, draws=draws, sampling=said, seed=seed, block=block, device=device,
    )  # fmt: skip


def whole(value: float) -> int:
    """Return a number of draws as a whole number.

    Raises
    ------
    InputError
        If it is none, or below 1.
    """
    if value != int(value) or value < 1:
        raise InputError("sweep.sample", value=f"{value:g}")
    return int(value)


def _reader(over: Over | None, draws: int | None) -> Callable[[AxisSpace], tuple[Axis, ...]]:
    """Return what makes axes of texts or arrays; there need be none where parameters are drawn."""

    def size(points: int) -> InputError | None:
        return size_fault(points * (draws or 1))

    if not over and draws is not None:
        return lambda space: ()
    if isinstance(over, Mapping):
        return lambda space: make_axes(over, space, size=size)
    texts = [over] if isinstance(over, str) else over or []
    return lambda space: read_axes(texts, space, size=size)


def run_into(
    stated: Sweep, path: Path, engine: Engine, *, resume: bool, overwrite: bool, progress: Progress | None = None
) -> int:
    """Run a sweep into a store, or what is missing of it.

    Returns
    -------
    how many blocks were computed

    Raises
    ------
    InputError
        If the store exists and neither is asked for, or holds another sweep; see also ``engine.run``.
    """
    store = _store(stated, path, resume=resume, overwrite=overwrite)
    with store.writing():
        done = store.done([column.name for column in stated.columns]) if resume else {}
        return run(stated, store, engine, done=done, progress=progress)


def _store(stated: Sweep, path: Path, *, resume: bool, overwrite: bool) -> Store:
    if path.exists() and overwrite and not resume:
        with Store.reading(path).writing():
            pass  # only a store of this program is ever removed, and none that another run writes to
        shutil.rmtree(path)
    if path.exists():
        if not resume:
            read_identity(path)
            raise InputError("sweep.exists", path=path)
        return Store.open(path, stated.layout, stated.identity)
    return Store.create(
        path,
        stated.layout,
        dimensions=stated.points.dimensions,
        columns=stated.columns,
        identity=stated.identity,
        coordinates=stated.coordinates,
    )
