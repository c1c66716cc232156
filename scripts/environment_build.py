"""Build the project's environment: choose a folder, take its lock, empty it, fill it with pip, stamp it.

`environment.py` says when; nothing here is imported on a call that finds the environment ready.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from types import FrameType
from typing import IO, TextIO

from environment import (
    MARKER,
    STAMP,
    SetupError,
    base_interpreter,
    fault,
    identity,
    is_full,
    places,
    python_of,
    say,
    surroundings,
    text,
    wait_for,
)
from folder_lock import claim
from setup_progress import Progress

TAIL = 15  # lines of pip's output shown when it fails for an unknown reason
LONGEST = 400  # characters of the one line shown when the reason is known

# What pip writes, and the advice that goes with it; the first that is found counts.
SIGNS = (
    ("disk", "No space left on device|Disk quota exceeded|not enough space on the disk|Errno 28|Errno 122"),
    ("hashes", "DO NOT MATCH THE HASHES"),
    (
        "network",
        "Retrying \\(|NewConnectionError|Failed to establish a new connection|getaddrinfo failed|name resolution"
        "|Network is unreachable|ProxyError|SSLError|CERTIFICATE_VERIFY_FAILED|[Tt]imed out|Connection reset",
    ),
    ("unavailable", "No matching distribution found"),
)


def prepare(root: str, lock: str, *, quiet: bool = False) -> tuple[str, bool]:
    """Make the environment in the best folder that can be written to.

    Returns
    -------
    Its folder, and whether it is kept for the next call.

    Raises
    ------
    SetupError
        With the reason and the remedy.
    """
    for module in ("venv", "ensurepip"):
        if find_spec(module) is None:
            raise SetupError(text("no venv", path=sys.executable, module=module))
    wanted = identity(lock)
    inside = os.path.join(root, ".venv")
    for folder in places(root):
        # The project's own folders follow the user's habits; one in the cache is nobody else's business.
        made = os.path.dirname(folder) == root or is_made_private(os.path.dirname(folder))
        with contextlib.ExitStack() as stack:
            try:
                marker = stack.enter_context(claim(folder, quiet=quiet)) if made else None
            except OSError as error:
                if is_full(error):
                    raise SetupError(text("disk", folder=folder, temporary=tempfile.gettempdir())) from error
                continue
            if marker is None:
                continue
            if os.path.dirname(folder) != root and not quiet:
                say(text("elsewhere", folder=inside, place=folder))
            if fault(folder, wanted) is not None:  # else somebody else made it while we waited
                build(folder, lock, wanted, marker, quiet=quiet)
            return folder, True
    return prepare_for_one_call(inside, lock, wanted, quiet=quiet), False


def is_made_private(folder: str) -> bool:
    """Make the shelf in the cache; whether it is there afterwards."""
    try:
        os.makedirs(os.path.dirname(folder), mode=0o700, exist_ok=True)
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        if is_full(error):
            raise SetupError(text("disk", folder=folder, temporary=tempfile.gettempdir())) from error
        return False
    return True


def prepare_for_one_call(inside: str, lock: str, wanted: Mapping[str, str], *, quiet: bool) -> str:
    """Make the environment in a fresh temporary folder, which nobody else can open."""
    try:
        folder = tempfile.mkdtemp(prefix="gamebook-")
    except OSError as error:
        raise SetupError(text("nowhere", folder=inside, reason=error.strerror)) from error
    say(text("temporary", place=folder))
    try:
        with claim(folder, quiet=quiet) as marker:
            if marker is not None:  # it is new, and only we can open it
                build(folder, lock, wanted, marker, quiet=quiet)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def run_and_delete(folder: str, root: str, program: Sequence[str]) -> int:
    """Run a program in an environment that is not kept."""
    try:
        return wait_for([python_of(folder), *program], surroundings(root))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let a request to stop end the set-up in good order: pip is stopped too, and the lock is let go."""

    def stop(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {}
    with contextlib.suppress(ValueError):  # only the main thread may answer signals
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                before[name] = signal.signal(getattr(signal, name), stop)
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def build(folder: str, lock: str, wanted: Mapping[str, str], marker: TextIO, *, quiet: bool) -> None:
    """Fill the folder whose lock we hold."""
    names = packages_in(lock)
    if not quiet:
        if set(os.listdir(folder)) <= {MARKER}:
            say(text("start", folder=folder, count=len(names)))
        else:
            say(text("changed", folder=folder, reason=text(fault(folder, wanted) or "unfinished")))
    progress = Progress(quiet=quiet)
    try:
        empty(folder)
        progress.show(text("environment"))
        make_environment(folder, marker, progress)
        install(folder, lock, len(names), marker, progress)
        missing = [name for name, always in names.items() if always and name not in distributions(folder)]
        if missing:
            raise SetupError(text("not there", names=", ".join(missing[:3]), folder=folder))
        write_stamp(folder, wanted)
    except OSError as error:
        if is_full(error):
            raise SetupError(text("disk", folder=folder, temporary=tempfile.gettempdir())) from error
        raise SetupError(text("folder", folder=folder, reason=error)) from error
    finally:
        progress.clear()
    if not quiet:
        say(text("ready", seconds=progress.elapsed()))


def packages_in(lock: str) -> dict[str, bool]:
    """Names in the lock, as pip's folders spell them, and whether each is wanted on every computer."""
    with open(lock, encoding="utf-8") as file:
        pinned = re.findall(r"^([A-Za-z0-9][\w.-]*)==\S+([^\n]*)", file.read(), re.MULTILINE)
    return {spelled(name): ";" not in rest for name, rest in pinned}


def spelled(name: str) -> str:
    """A package's name in one spelling."""
    return re.sub("[-_.]+", "_", name).lower()


def empty(folder: str) -> None:
    """Delete everything in the folder but the marker, the stamp first: a half-emptied folder is still ours."""
    for name in sorted(os.listdir(folder), key=lambda name: name != STAMP):
        path = os.path.join(folder, name)
        if name == MARKER:
            continue
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)


def make_environment(folder: str, marker: TextIO, progress: Progress) -> None:
    """Make a virtual environment with pip in it."""
    import venv

    venv.EnvBuilder(symlinks=os.name != "nt").create(folder)
    run_or_explain(folder, [python_of(folder), "-I", "-m", "ensurepip", "--default-pip"], marker, progress)


def install(folder: str, lock: str, count: int, marker: TextIO, progress: Progress) -> None:
    """Install the lock with pip.

    The user's own pip settings (index, mirror, proxy, certificate, cache) hold. Packages are never built from source:
    the lock has no hashes for the tools that this would fetch.
    """
    options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile", "--no-user", "--no-input"]
    display = ["--disable-pip-version-check", "--progress-bar=off"]
    command = [python_of(folder), "-I", "-m", "pip", "install", *options, *display, "-r", lock]
    seen: list[str] = []

    def follow(line: str) -> None:
        if re.match("(Collecting|Processing) ", line):
            seen.append(line)
            progress.show(text("fetching", name=name_in(line), number=len(seen), count=count))
        elif line.startswith("Installing collected packages"):
            progress.show(text("installing", count=len(seen)))
        elif "Retrying (" in line:
            progress.show(text("retrying"))

    run_or_explain(folder, command, marker, progress, follow)
    compile_packages(folder, marker, progress)


def name_in(line: str) -> str:
    """The package in pip's "Collecting numpy==2.4.6 (from ...)" or "Processing /folder/numpy-2.4.6-cp311.whl"."""
    return re.split("[=<>~! ]|-[0-9]", os.path.basename(line.split(" ", 2)[1].rstrip()))[0]


def compile_packages(folder: str, marker: TextIO, progress: Progress) -> None:
    """Turn the packages into byte code now: whoever may not write there later would wait for it at every start.

    pip would do the same one file after the other, and for the tests of every package as well. A file that does not
    compile (some packages carry templates) is none of our business.
    """
    progress.show(text("compiling"))
    skipped = r"[\\/]tests?[\\/]"
    command = [python_of(folder), "-I", "-m", "compileall", "-q", "-q", "-j", "0", "-x", skipped]
    run_hidden([*command, packages_folder(folder)], marker, progress)


def run_or_explain(
    folder: str, command: list[str], marker: TextIO, progress: Progress, follow: Callable[[str], None] | None = None
) -> None:
    """Run a command without showing it; if it fails, show what matters of its output and raise with advice."""
    code, output = run_hidden(command, marker, progress, follow)
    if code != 0:
        progress.clear()
        kind, shown = diagnosis(output)
        say("\n".join(shown))
        version = "{}.{}".format(*sys.version_info)
        raise SetupError(text(kind, folder=folder, temporary=tempfile.gettempdir(), version=version))


def run_hidden(
    command: list[str], marker: TextIO, progress: Progress, follow: Callable[[str], None] | None = None
) -> tuple[int, list[str]]:
    """Run a command, passing its output to ``follow`` instead of the user; its exit code and its output.

    The command holds our lock too: if we are killed, the next call waits until it has noticed and ended. It has a
    process group of its own, so that whatever it starts can be stopped with it.
    """
    on_posix = sys.platform != "win32"
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        pass_fds=[marker.fileno()] if on_posix else [],
        process_group=0 if on_posix else None,
    )
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=pass_on, args=(process.stdout, lines), daemon=True).start()
    output = []
    try:
        while True:
            try:
                line = lines.get(timeout=1.0)
            except queue.Empty:
                progress.tick()
                continue
            if line is None:
                break
            output.append(line.rstrip())
            if follow is not None:
                follow(line)
        code = process.wait()
    finally:
        end(process)
    return code, output


def pass_on(stream: IO[str], lines: queue.SimpleQueue[str | None]) -> None:
    """Put each line of a stream into a queue as it comes, and None at the end."""
    with contextlib.suppress(ValueError):  # closed while being read: nobody waits for more
        for line in stream:
            lines.put(line)
    lines.put(None)


def end(process: subprocess.Popen[str]) -> None:
    """Stop a process that is still running, with all that it started, and wait for it."""
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # what it has written is of no use: the next call starts afresh
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def diagnosis(output: list[str]) -> tuple[str, list[str]]:
    """What went wrong by pip's output (a key of TEXTS), and the lines of it to show: the telling one if it is known."""
    for kind, pattern in SIGNS:
        telling = [line for line in output if re.search(pattern, line)]
        if telling:
            return kind, [telling[-1][:LONGEST]]
    return "failed", output[-TAIL:]


def packages_folder(folder: str) -> str:
    """The environment's site-packages."""
    names = ("base", "platbase", "installed_base", "installed_platbase")
    return sysconfig.get_path("purelib", scheme="venv", vars=dict.fromkeys(names, folder))


def distributions(folder: str) -> set[str]:
    """Names of the packages in the environment."""
    return {spelled(name.split("-")[0]) for name in os.listdir(packages_folder(folder)) if name.endswith(".dist-info")}


def write_stamp(folder: str, wanted: Mapping[str, str]) -> None:
    """Say that the environment is complete, and what for."""
    packages = packages_folder(folder)
    # Without pip: whoever brings pip up to date in the environment need not see it made anew.
    contents = sorted(name for name in os.listdir(packages) if name != "__pycache__" and not name.startswith("pip"))
    stamp = {
        **wanted,
        "folder": os.path.realpath(folder),
        "interpreter": base_interpreter(folder),
        "packages": packages,
        "contents": "/".join(contents),
    }
    unfinished = os.path.join(folder, STAMP + ".part")
    with open(unfinished, "w", encoding="utf-8") as file:
        file.writelines(f"{key} {value}\n" for key, value in stamp.items())
    os.replace(unfinished, os.path.join(folder, STAMP))
