"""The one place that turns a plain function into a compiled kernel, and decides where compiled code is kept.

Numba's own cache has three faults for a project like this one: it serves the old machine code when a function
*called* from another file has changed, two processes that compile one kernel for different argument types can
overwrite each other's file, and a truncated file stops the run. Here the cache lies outside the package, in a folder
named after everything the machine code depends on (every source file of this package, the versions of numba,
llvmlite, numpy and Python, the processor), each compiled signature has a file of its own, and a file whose checksum
is wrong counts as absent. Where nothing can be written, kernels are compiled without a cache.

Files in the cache hold pickles, which run code when they are read. So the cache is used only if the folder is ours
and nobody else can write to it; a shared temporary folder never is.

Kernels are made by assignment, ``advance = kernel(_advance)``, so that ``_advance`` stays an ordinary function that
tests run as it is. A kernel never takes a function as an argument: it would be compiled again in every process.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import pickle
import platform
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Generic, Literal, ParamSpec, Protocol, TypeVar, cast

import llvmlite
import numba
import numpy as np
import platformdirs
from llvmlite import binding
from numba.core import event
from numba.core.caching import CompileResultCacheImpl, FunctionCache, UserProvidedCacheLocator

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)

CACHE_VARIABLE = "GAMEBOOK_CACHE"
"""Environment variable that names another cache folder than the user's own."""

_SOURCES = Path(__file__).resolve().parent
_MARKER = "gamebook-kernels"
_LAYOUT = "1"  # raise it when the format of the files below changes
_KEPT_FOR = 30 * 86400.0  # seconds; folders of other sources that nobody has used for this long are removed
_DIGEST = hashlib.sha256().digest_size
# Settings that change the machine code, and that numba itself leaves out of its keys.
_SETTINGS = ("BOUNDSCHECK", "CPU_NAME", "CPU_FEATURES", "DEBUGINFO_DEFAULT", "ENABLE_AVX", "LOOP_VECTORIZE", "OPT")

_parallel_section = threading.RLock()


class Kernel(Protocol[P, R_co]):
    """A function that runs compiled; ``py_func`` is the plain function it was made from."""

    @property
    def py_func(self) -> Callable[P, R_co]:
        """The function before compilation."""
        ...

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Run the compiled function."""
        ...


def kernel(
    function: Callable[P, R_co],
    *,
    parallel: bool = False,
    fastmath: bool | set[str] = False,
    inline: Literal["never", "always"] = "never",
    ieee: bool = False,
) -> Kernel[P, R_co]:
    """Compile a function of numbers and arrays; compilation happens at the first call for each type of arguments.

    Parameters
    ----------
    function : a plain function that numba can compile without Python objects. It may call other kernels.
    parallel : run its ``numba.prange`` loops on several threads. One thread at a time enters any parallel kernel,
        and it is entered from Python, not from another kernel.
    fastmath : let the compiler reorder sums, or ``{"contract"}``: only let it round a product and a sum together.
        Never for a kernel whose rounding is bounded or proved.
    inline : "always" copies the function into its callers before types are known.
    ieee : a division by zero gives infinity or NaN, as in arrays, instead of an exception. Only such divisions become
        vector instructions.

    Returns
    -------
    The kernel. The global interpreter lock is released while it runs. With ``NUMBA_DISABLE_JIT=1`` it is the plain
    function itself, and ``.py_func`` still works.

    Examples
    --------
    >>> def _twice(number: float) -> float:
    ...     return 2.0 * number
    >>> twice = kernel(_twice)
    >>> twice.py_func(1.5)
    3.0
    """
    if numba.config.DISABLE_JIT:
        function.py_func = function  # type: ignore[attr-defined]
        return cast("Kernel[P, R_co]", function)
    model = "numpy" if ieee else "python"
    dispatcher = numba.njit(
        parallel=parallel, fastmath=fastmath, inline=inline, error_model=model, nogil=True
    )(function)  # fmt: skip
    _take_literals_for_numbers(dispatcher)
    folder = cache_folder()
    if folder is not None:
        with _numba_cache_in(folder), contextlib.suppress(OSError, RuntimeError):
            # OSError, RuntimeError: the source is not a file (an interactive session, a doctest), so no cache.
            dispatcher._cache = _KernelCache(function)
    return cast("Kernel[P, R_co]", _OneThreadAtATime(dispatcher) if parallel else dispatcher)


def _take_literals_for_numbers(dispatcher: Any) -> None:  # noqa: ANN401  # numba has no types
    """Compile a kernel that others call with ``0`` and with a variable once, not once for each."""
    resolve = dispatcher.get_call_template

    def get_call_template(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:  # noqa: ANN401
        numbers = {name: numba.types.unliteral(kind) for name, kind in kws.items()}
        return resolve(tuple(numba.types.unliteral(kind) for kind in args), numbers)

    dispatcher.get_call_template = get_call_template


@functools.cache
def cache_folder() -> Path | None:
    """Folder that holds the compiled kernels of these very sources on this machine; None where none can be kept.

    The folder is ``kernels/KEY`` below ``$GAMEBOOK_CACHE`` or the user's cache folder. It is made at the first call;
    a process that asks again, and a worker process with the same environment, gets the same answer.
    """
    base = _cache_base()
    if base is None:
        return None
    folder = base / "kernels" / _cache_key()
    try:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = not folder.exists()
        for part in (folder.parent, folder):
            part.mkdir(mode=0o700, exist_ok=True)
        if not _is_safe(base, folder):
            return None
        tempfile.TemporaryFile(dir=folder).close()
        _mark_as_used(folder)
    except OSError:
        return None
    if new:
        _prune(folder)
    return folder


def cache_is_cold() -> bool:
    """Whether the next use of a kernel has to compile it: no kernel of these sources is kept yet, or none can be.

    Use it to say beforehand that the first run takes longer; `tell_when_compiling` says so at the very moment.
    """
    if numba.config.DISABLE_JIT:
        return False
    folder = cache_folder()
    return folder is None or next(folder.rglob("*" + _OverloadFiles.suffix), None) is None


def tell_when_compiling(tell: Callable[[], None]) -> None:
    """Call ``tell`` once, as soon as this process really has to compile something (and not when the cache serves)."""
    event.register("numba:compile", _FirstCompilation(tell))


class _FirstCompilation(event.Listener):  # type: ignore[misc]  # numba has no types
    """Passes the first compilation of this process on, then stays silent."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell: Callable[[], None] | None = tell

    def on_start(self, event: object) -> None:
        tell, self._tell = self._tell, None
        if tell is not None:
            tell()

    def on_end(self, event: object) -> None:
        pass


class _OneThreadAtATime(Generic[P, R_co]):
    """A parallel kernel behind a lock: numba's own thread pool stops the process when two threads enter it."""

    def __init__(self, dispatcher: Any) -> None:  # noqa: ANN401  # numba has no types
        self.dispatcher = dispatcher
        self.py_func: Callable[P, R_co] = dispatcher.py_func
        functools.update_wrapper(self, self.py_func)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        with _parallel_section:
            return cast("R_co", self.dispatcher(*args, **kwargs))


class _OurFolderOnly(CompileResultCacheImpl):  # type: ignore[misc]  # numba has no types
    """Numba would otherwise go on to ``__pycache__`` inside the package, and to a folder of its own."""

    _locator_classes = (UserProvidedCacheLocator,)


class _KernelCache(FunctionCache):  # type: ignore[misc]  # numba has no types
    """Numba's cache of one function, kept in checksummed files; a full or vanished disk costs time, not the run."""

    _impl_class = _OurFolderOnly

    def __init__(self, function: Callable[..., object]) -> None:
        super().__init__(function)
        self._cache_file = _OverloadFiles(Path(self.cache_path), self._impl.filename_base)

    def save_overload(self, signature: object, data: object) -> None:
        with contextlib.suppress(OSError):
            super().save_overload(signature, data)


class _OverloadFiles:
    """One file per compiled signature: a checksum, then the pickle. Takes the place of numba's index and data files.

    Two processes that compile the same signature write the same content, and a file appears under its name only when
    it is whole.
    """

    suffix = ".kernel"

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name

    def load(self, key: object) -> object:
        """Compiled code for ``key``, or None (numba then compiles) where it is missing or damaged."""
        try:
            content = self._path(key).read_bytes()
        except OSError:
            return None
        checksum, data = content[:_DIGEST], content[_DIGEST:]
        if hashlib.sha256(data).digest() != checksum:
            return None
        return cast("object", pickle.loads(data))

    def save(self, key: object, value: object) -> None:
        """Write compiled code under its own name, in one step."""
        data = numba.core.serialize.dumps(value)
        path = self._path(key)
        handle, unfinished = tempfile.mkstemp(dir=self._folder, prefix=self._name, suffix=".part")
        try:
            with open(handle, "wb") as file:
                file.write(hashlib.sha256(data).digest() + data)
            os.replace(unfinished, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(unfinished)
            raise

    def flush(self) -> None:
        """Forget every signature of this function."""
        for path in self._folder.glob(self._name + "-*" + self.suffix):
            path.unlink(missing_ok=True)

    def _path(self, key: object) -> Path:
        # The key holds the argument types, the processor and the byte code; the text of a numba type is its identity.
        digest = hashlib.sha256(repr(key).encode()).hexdigest()[:32]
        return self._folder / f"{self._name}-{digest}{self.suffix}"


@contextlib.contextmanager
def _numba_cache_in(folder: Path) -> Iterator[None]:
    """Point numba at our folder while one kernel is made; other users of numba in this process keep their setting."""
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder)
    try:
        yield
    finally:
        numba.config.CACHE_DIR = before


def _cache_base() -> Path | None:
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named).absolute()
    try:
        base = platformdirs.user_cache_path("gamebook", appauthor=False)
    except RuntimeError:  # a user without a home folder
        return None
    # Where "~" stays as it is, it would become a folder of that name wherever the user happens to be.
    return base if base.is_absolute() else None


def _cache_key() -> str:
    """Name of everything that the machine code depends on."""
    digest = hashlib.sha256()
    for path in sorted(_SOURCES.rglob("*.py")):
        digest.update(path.relative_to(_SOURCES).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    settings = [f"{name}={getattr(numba.config, name, None)}" for name in _SETTINGS]
    versions = [numba.__version__, llvmlite.__version__, np.__version__, sys.version]
    processor = [platform.machine(), binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()]
    digest.update("\0".join([_LAYOUT, *versions, *processor, *settings]).encode())
    return digest.hexdigest()[:32]


def _is_safe(base: Path, folder: Path) -> bool:
    """Whether nobody but this user (and the system's administrator) can put a file into the cache."""
    if not hasattr(os, "getuid"):
        return True  # Windows: folders below the user's profile are private by inheritance
    user = os.getuid()
    outer = base.stat()
    if outer.st_mode & stat.S_IWOTH or outer.st_uid not in {user, 0}:
        return False
    inner = [part.lstat() for part in (folder.parent, folder)]
    return all(
        stat.S_ISDIR(each.st_mode) and each.st_uid == user and not each.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        for each in inner
    )


def _mark_as_used(folder: Path) -> None:
    marker = folder / _MARKER
    marker.touch(exist_ok=True)
    if time.time() - marker.stat().st_mtime > 86400:
        os.utime(marker)


def _prune(current: Path) -> None:
    """Remove cache folders of other sources that nobody has used for a month; never fails the run."""
    with contextlib.suppress(OSError):
        for folder in current.parent.iterdir():
            marker = folder / _MARKER
            if folder == current or folder.is_symlink() or not marker.is_file():
                continue
            if time.time() - marker.stat().st_mtime > _KEPT_FOR:
                _remove_kernels(folder, marker)


def _remove_kernels(folder: Path, marker: Path) -> None:
    """Delete the kernels in one cache folder and then the folder; anything else in it is left, and keeps it."""
    for path in folder.glob("*/*"):
        if path.suffix in {_OverloadFiles.suffix, ".part"}:
            path.unlink(missing_ok=True)
    for inner in folder.iterdir():
        if inner != marker:
            inner.rmdir()
    marker.unlink()
    folder.rmdir()
