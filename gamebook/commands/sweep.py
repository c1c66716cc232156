"""``gamebook sweep``: solve a case at every point of a grid of policies, and keep the answers in a store."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from gamebook.commands.assignments import assignments
from gamebook.commands.output import emit, language, notice
from gamebook.commands.progress import Progress
from gamebook.commands.solving import tell_about_kernels
from gamebook.errors import InputError
from gamebook.options import Common, Given, Settings, Start, Target, whole_number

if TYPE_CHECKING:
    from gamebook.sweeps.definition import Sweep
    from gamebook.sweeps.engine import Engine

COMMON = Common()
INTERRUPTED = 130

Over = Annotated[list[str] | None, Parameter(name="--over", help="option.over", negative="", metavar="s_F=0:1:101")]
Out = Annotated[Path | None, Parameter(name="--out", help="option.out", metavar="STORE")]
Measures = Annotated[str | None, Parameter(name="--measures", help="option.measures", metavar="NAME,...")]
Workers = Annotated[int | None, Parameter(name="--workers", help="option.workers", converter=whole_number)]
Sample = Annotated[int | None, Parameter(name="--sample", help="option.sample", converter=whole_number, metavar="N")]
Way = Annotated[Literal["sobol", "lhs", "random"] | None, Parameter(name="--method", help="option.method")]
Uncertain = Annotated[
    list[str] | None, Parameter(name="--uncertain", help="option.uncertain", negative="", metavar="V=normal:75:5")
]
Correlate = Annotated[
    list[str] | None, Parameter(name="--correlate", help="option.correlate", negative="", metavar="V,T_c=0.4")
]
BlockPoints = Annotated[int | None, Parameter(name="--block", help="option.block", converter=whole_number)]


def sweep_command(
    target: Target,
    /,
    *,
    over: Over = None,
    out: Out = None,
    settings: Settings = None,
    given: Given = None,
    start: Start = None,
    measures: Measures = None,
    workers: Workers = None,
    cluster: Annotated[str | None, Parameter(name="--cluster", help="option.cluster", metavar="ADDRESS")] = None,
    device: Annotated[Literal["cpu", "cuda"], Parameter(name="--device", help="option.device")] = "cpu",
    sample: Sample = None,
    method: Way = None,
    uncertain: Uncertain = None,
    correlate: Correlate = None,
    block: BlockPoints = None,
    resume: Annotated[bool, Parameter(name="--resume", help="option.resume", negative="")] = False,
    overwrite: Annotated[bool, Parameter(name="--overwrite", help="option.overwrite", negative="")] = False,
    dry_run: Annotated[bool, Parameter(name="--dry-run", help="option.dry_run", negative="")] = False,
    seed: Annotated[int, Parameter(name="--seed", help="option.sweep_seed", converter=whole_number)] = 0,
    common: Common = COMMON,
) -> int:
    """Run a sweep into its store and summarise it; 1 if a point is left undecided."""
    from gamebook.book import Book

    values = assignments(settings, "--set", "s_F=0.3")
    fixed = assignments(given, "--given", "x_G=1")
    begin = assignments(start, "--start", "x_F=0.3")
    check_store_options(out, block, resume=resume, overwrite=overwrite, dry_run=dry_run)
    case = Book.open(common.book or (), replace=common.replace).case(target)
    tell_about_kernels(common)

    from gamebook.sweeps.engine import Threads
    from gamebook.sweeps.sampling import read_correlations
    from gamebook.sweeps.sweeping import state, whole

    engine = Threads(workers)
    if cluster is not None and workers is not None:
        raise InputError("cluster.with_workers")
    stated = state(
        case, over, values=values, given=fixed, start=begin,
        measures=None if measures is None else [name.strip() for name in measures.split(",") if name.strip()],
        sample=None if sample is None else whole(sample), method=method, uncertain=uncertain or (),
        correlations=read_correlations(correlate or ()), seed=seed, block=block, device=device,
    )  # fmt: skip
    if dry_run or out is None:
        return _estimate(stated, engine.workers, common)
    if cluster is not None:
        from gamebook.sweeps.cluster import Cluster

        with closing(Cluster(cluster)) as engine_there:
            return _run(stated, out, engine_there, resume=resume, overwrite=overwrite, common=common)
    return _run(stated, out, engine, resume=resume, overwrite=overwrite, common=common)


def check_store_options(
    out: Path | None, block: int | None, *, resume: bool, overwrite: bool, dry_run: bool
) -> None:
    """Refuse options that contradict each other.

    Raises
    ------
    InputError
        What is missing, or what excludes what.
    """
    if out is None and not dry_run:
        raise InputError("sweep.no_out")
    if resume and overwrite:
        raise InputError("sweep.resume_overwrite")
    if block is not None and block < 1:
        raise InputError("sweep.block", value=block)


def _estimate(stated: Sweep, workers: int, common: Common) -> int:
    from gamebook.reports.sweep import estimate_report
    from gamebook.sweeps.estimate import estimate
    from gamebook.sweeps.summary import estimate_json

    found = estimate(stated, workers)
    emit(lambda: estimate_report(found, stated, workers, language(common)), lambda: estimate_json(found), common)
    return 0


def _run(stated: Sweep, out: Path, engine: Engine, *, resume: bool, overwrite: bool, common: Common) -> int:
    from gamebook.reports.sweep import summary_report
    from gamebook.sweeps.engine import Interrupted
    from gamebook.sweeps.summary import summarise
    from gamebook.sweeps.sweeping import run_into

    try:
        with Progress(common, counted=frozenset({"sweep"})) as progress:
            run_into(stated, out, engine, resume=resume, overwrite=overwrite, progress=progress)
    except Interrupted as stopped:
        notice("sweep.interrupted", common, done=f"{stopped.done:,}", total=f"{stopped.total:,}", command=again())
        return INTERRUPTED
    found = summarise(out)
    emit(lambda: summary_report(found, language(common)), found.to_json, common)
    notice("notice.written", common, path=out)
    return 0 if found.all_decided else 1


def again() -> str:
    """Return the command line that goes on with an interrupted run."""
    import shlex

    words = [word for word in sys.argv[1:] if word not in ("--overwrite", "--resume")]
    return " ".join(["gamebook", *map(shlex.quote, words), "--resume"])
