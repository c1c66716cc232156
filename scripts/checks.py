"""What scripts/test runs, in the project's environment: lint, types, import contract, tests.

Everything runs even if something fails before it. The tests come last and print the other results in their own
summary, so that the very last line is pytest's; for that this file is also a pytest plugin.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

SCRIPTS = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, SCRIPTS)

import interpreter  # noqa: E402

RESULTS = "GAMEBOOK_CHECKS"  # environment variable that carries the earlier results to the plugin

TEXTS = {
    "usage": (
        "Usage: scripts/test [--all] [pytest arguments]\n\n"
        "Runs ruff, mypy, the import contract and the tests. Without --all, tests marked slow are left out.\n"
        "Anything else goes to pytest: scripts/test tests/solvers -k basin. After -- everything does.",
        "用法：scripts/test [--all] [pytest 参数]\n\n"
        "依次运行 ruff、mypy、导入约束检查和测试。不加 --all 时跳过标记为 slow 的测试。\n"
        "其余参数传给 pytest，例如 scripts/test tests/solvers -k basin；-- 之后的参数全部传给 pytest。",
    ),
    "lint": ("lint (ruff)", "代码规范（ruff）"),
    "types": ("types (mypy)", "类型（mypy）"),
    "imports": ("import contract (import-linter)", "导入约束（import-linter）"),
    "passed": ("passed", "通过"),
    "failed": ("FAILED", "未通过"),
    "line": ("{name}: {result} ({seconds:.1f} s)", "{name}：{result}（{seconds:.1f} 秒）"),
    "title": ("checks before the tests", "测试之前的检查"),
}

# import-linter has no module to run with -m.
STEPS = (
    ("lint", ["-m", "ruff", "check", "."]),
    ("types", ["-m", "mypy"]),
    (
        "imports",
        ["-c", "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"],
    ),
)


def text(code: str, **fields: object) -> str:
    """A message in the user's language."""
    return TEXTS[code][interpreter.language() == "zh"].format(**fields)


def split(arguments: Sequence[str]) -> tuple[bool, list[str]]:
    """Whether all tests are asked for, and the arguments for pytest."""
    ours, theirs = list(arguments), []
    if "--" in ours:
        cut = ours.index("--")
        ours, theirs = ours[:cut], ours[cut + 1 :]
    return "--all" in ours, [each for each in ours if each != "--all"] + theirs


@contextlib.contextmanager
def somewhere_to_write(root: str) -> Iterator[str | None]:
    """A temporary folder for the tools' caches if the project cannot be written to, else None: their usual places."""
    try:
        tempfile.TemporaryFile(dir=root).close()
    except OSError:
        with tempfile.TemporaryDirectory(prefix="gamebook-checks-") as folder:
            yield folder
    else:
        yield None


def caches_in(folder: str) -> tuple[dict[str, str], list[str], list[str]]:
    """Environment variables, arguments for import-linter and for pytest that keep their caches in a folder."""
    names = {"RUFF_CACHE_DIR": "ruff", "MYPY_CACHE_DIR": "mypy", "HYPOTHESIS_STORAGE_DIRECTORY": "hypothesis"}
    variables = {variable: os.path.join(folder, name) for variable, name in names.items()}
    pytest_cache = os.path.join(folder, "pytest")
    return variables, ["--cache-dir", os.path.join(folder, "imports")], ["-o", f"cache_dir={pytest_cache}"]


def run_step(name: str, command: list[str]) -> tuple[str, bool]:
    """Run one check; its result as a line, and whether it passed. Its own words are shown only if it did not."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    passed = done.returncode == 0
    if not passed:
        write(done.stdout.decode(errors="replace").rstrip())
    result = text("passed" if passed else "failed")
    line = text("line", name=text(name), result=result, seconds=time.monotonic() - began)
    write(line)
    return line, passed


def write(line: str) -> None:
    """Write to standard output at once: the next lines come from another process."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Run all checks; exit code 0 if everything passed, pytest's own code if that failed, else 1."""
    if "--help" in arguments or "-h" in arguments:
        write(text("usage"))
        return 0
    root = os.path.dirname(SCRIPTS)
    os.chdir(root)
    with somewhere_to_write(root) as folder:
        variables, for_imports, for_pytest = caches_in(folder) if folder else ({}, [], [])
        os.environ.update(variables)
        results = [run_step(name, command + (for_imports if name == "imports" else [])) for name, command in STEPS]
        code = run_tests(arguments, for_pytest, [line for line, _ in results])
    return code or (0 if all(passed for _, passed in results) else 1)


def run_tests(arguments: Sequence[str], caches: list[str], results: list[str]) -> int:
    """Run pytest, which shows the results so far at its end."""
    everything, given = split(arguments)
    selection = [] if everything else ["-m", "not slow"]
    environ = {
        **os.environ,
        RESULTS: "\n".join(results),
        "PYTHONPATH": os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), SCRIPTS])),
    }
    command = [sys.executable, "-P", "-m", "pytest", "-p", "checks", "-q", "-n", "2", *caches, *selection, *given]
    return subprocess.run(command, env=environ, stdin=subprocess.DEVNULL).returncode


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the results of the other checks above pytest's last line."""
    terminalreporter.write_sep("=", text("title"))
    for line in os.environ.get(RESULTS, "").splitlines():
        terminalreporter.write_line(line)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
