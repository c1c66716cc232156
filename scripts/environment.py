"""Make the Python environment that the project runs in, once, and run programs in it.

The first call builds a virtual environment from requirements.lock with pip; every later call only checks that it is
still the right one, which has to be quick: what the check does not need is imported where it is used.

The environment is built where it stays. Building it under another name and renaming it when it is done would look
safer, but the programs in its bin folder carry the folder's full path in their first line: after a rename `bin/pip`
ends with "required file not found" (tried with venv of Python 3.11). Instead a stamp is written last, and an
environment without the right stamp is built again. Only a folder with our marker in it is ever emptied.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys

import interpreter

TYPE_CHECKING = False  # the typing module would slow down every start
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MARKER = "made-by-gamebook"  # in the environment from its first moment: it is ours, and the lock is taken on it
STAMP = "gamebook-stamp"  # in the environment from its last moment: it is complete, and what it was made for
OWN_CACHE = "GAMEBOOK_CACHE"

TEXTS = {
    "start": (
        "Setting up gamebook in {folder}: {count} packages, about 260 MB to fetch and 1.1 GB of disk, a minute or two.",
        "正在 {folder} 中安装 gamebook 所需的 {count} 个软件包：约下载 260 MB，占用磁盘 1.1 GB，需一两分钟。",
    ),
    "changed": (
        "The environment in {folder} no longer fits ({reason}); making it anew.",
        "{folder} 中的运行环境已不适用（{reason}），正在重建。",
    ),
    "unfinished": ("an earlier set-up did not finish", "上次安装未完成"),
    "lock": ("requirements.lock has changed", "requirements.lock 已更改"),
    "python": ("it was made for another Python", "它是为另一个 Python 建立的"),
    "moved": ("it was copied or moved from elsewhere", "它是从别处复制或移动来的"),
    "interpreter": ("its Python is gone", "它所用的 Python 已不存在"),
    "package": ("packages are missing in it", "其中缺少软件包"),
    "waiting": (
        "Another call is setting up {folder}; waiting for it.",
        "另一个进程正在安装 {folder}，请等待其完成。",
    ),
    "environment": ("making the environment", "建立运行环境"),
    "fetching": ("fetching {name} ({number} of {count})", "下载 {name}（第 {number} 个，共 {count} 个）"),
    "installing": ("unpacking {count} packages", "安装 {count} 个软件包"),
    "compiling": ("preparing them for a quick start", "预编译，以便日后快速启动"),
    "retrying": ("the package index does not answer, trying again", "软件包索引没有响应，正在重试"),
    "ready": ("Ready after {seconds:.0f} s.", "安装完成，用时 {seconds:.0f} 秒。"),
    "elapsed": ("  {seconds:3.0f} s  {what}", "  {seconds:3.0f} 秒  {what}"),
    "elsewhere": (
        "{folder} cannot be written to, so the environment goes to {place}.",
        "{folder} 不可写，运行环境将建在 {place}。",
    ),
    "temporary": (
        "No folder to keep the environment in was found; it goes to {place} for this call only and is deleted "
        "afterwards. Set GAMEBOOK_CACHE to a folder of yours to keep it.",
        "找不到可以保存运行环境的文件夹，本次临时建在 {place}，用后删除。"
        "如需保留，请把 GAMEBOOK_CACHE 设为您自己的文件夹。",
    ),
    "nowhere": (
        "No folder for the environment: neither {folder} nor a cache or temporary folder can be written to ({reason}). "
        "Set GAMEBOOK_CACHE to a folder of yours that has 1.5 GB free.",
        "没有可供建立运行环境的文件夹：{folder}、缓存文件夹和临时文件夹均不可写（{reason}）。"
        "请把 GAMEBOOK_CACHE 设为您自己的、有 1.5 GB 可用空间的文件夹。",
    ),
    "no venv": (
        "This Python ({path}) cannot make environments: its module {module} is missing. "
        "On Debian or Ubuntu: apt install python3-venv. Elsewhere: install Python from its own site.",
        "此 Python（{path}）无法建立运行环境：缺少 {module} 模块。"
        "Debian 或 Ubuntu 请运行：apt install python3-venv；其他系统请安装官方 Python。",
    ),
    "failed": (
        "The set-up failed. The last lines of pip are above; when the cause is gone, the same call goes on.",
        "安装失败，上面是 pip 的最后几行输出。排除原因后，重新运行同一命令即可。",
    ),
    "network": (
        "The set-up failed: the package index could not be reached. Check the network. Behind a proxy set HTTPS_PROXY; "
        "for an index, mirror or certificate of your own set PIP_INDEX_URL and PIP_CERT. Then call this again.",
        "安装失败：无法连接软件包索引。请检查网络；使用代理时请设置 HTTPS_PROXY；"
        "使用镜像、自有索引或证书时请设置 PIP_INDEX_URL 和 PIP_CERT，然后重新运行。",
    ),
    "disk": (
        "The set-up failed: the disk is full. It needs 1.5 GB for {folder}, and 300 MB for files ({temporary}). "
        "Free some space, or set TMPDIR to a roomier place for the temporary files; then call this again.",
        "安装失败：磁盘已满。{folder} 需要 1.5 GB，临时文件（{temporary}）需要 300 MB。"
        "请腾出空间，或把 TMPDIR 指向空间更大的位置以存放临时文件，然后重新运行。",
    ),
    "hashes": (
        "The set-up failed: a package is not the one that requirements.lock names. The download was damaged or "
        "replaced on its way; nothing of it was kept. Try again, and tell whoever runs your package index if it stays.",
        "安装失败：下载的软件包与 requirements.lock 中的校验值不符，可能在传输中损坏或被替换，未保留任何内容。"
        "请重试；如仍出现，请告知软件包索引的管理者。",
    ),
    "unavailable": (
        "The set-up failed: the package index has no ready-made package for this computer and Python {version}, "
        "see above. They exist for Python 3.11 to 3.14 on Windows, Linux with glibc, and Macs with Apple processors.",
        "安装失败：软件包索引中没有适用于本机和 Python {version} 的预编译软件包（见上）。"
        "Windows、使用 glibc 的 Linux 以及 Apple 处理器的 Mac 在 Python 3.11 至 3.14 下均有预编译软件包。",
    ),
    "not there": (
        "pip reported success, but {names} is not in {folder}. A setting of pip sends packages elsewhere: see "
        "'target', 'prefix' or 'root' in 'pip config list'.",
        "pip 报告成功，但 {folder} 中没有 {names}。某项 pip 设置把软件包装到了别处："
        "请查看 pip config list 中的 target、prefix 或 root。",
    ),
    "folder": (
        "The environment {folder} cannot be made: {reason}. Close programs that use it, or delete the folder.",
        "无法建立运行环境 {folder}：{reason}。请关闭正在使用它的程序，或删除该文件夹。",
    ),
    "incomplete": (
        "This copy of gamebook is incomplete: {path} is missing. Get it again.",
        "gamebook 文件不完整：缺少 {path}。请重新获取。",
    ),
    "stopped": ("Stopped. The next call starts the set-up again.", "已中断。下次运行时将重新安装。"),
}


class SetupError(Exception):
    """The environment cannot be made; the text says why and what to do."""


def text(code: str, **fields: object) -> str:
    """A message in the user's language."""
    return TEXTS[code][interpreter.language() == "zh"].format(**fields)


def say(line: str) -> None:
    """Write a line to standard error, where there is one."""
    if sys.stderr is not None:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def main(root: str, program: Sequence[str], *, quiet: bool = False) -> int:
    """Run ``python PROGRAM`` in the project's environment, which is made first where needed.

    Parameters
    ----------
    root : the project's folder, put in front of PYTHONPATH: the project is not installed into the environment
    program : arguments for Python
    quiet : make the environment without a word, unless that fails

    Returns
    -------
    An exit code. Where possible the program replaces this process instead, so signals and pipes are its own.
    """
    open_standard_streams()
    lock = os.path.join(root, "requirements.lock")
    try:
        folder = find_ready(root, lock)
        if folder is None:
            import environment_build

            with environment_build.interruptible():
                folder, kept = environment_build.prepare(root, lock, quiet=quiet)
            if not kept:
                return environment_build.run_and_delete(folder, root, program)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say(text("stopped"))
        return 130
    return run(folder, root, program)


def open_standard_streams() -> None:
    """Open what the caller closed: the next file would otherwise become its standard input or output."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def run(folder: str, root: str, program: Sequence[str]) -> int:
    """Go on as ``python PROGRAM`` in the environment."""
    arguments, environ = [python_of(folder), *program], surroundings(root)
    try:
        if sys.platform != "win32":
            os.execve(arguments[0], arguments, environ)
        return wait_for(arguments, environ)
    except OSError as error:  # a disk from which nothing may be run, for example
        say(text("folder", folder=folder, reason=error))
        return 1


def wait_for(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run a program to its end and return its exit code; Ctrl-C is for the program to answer, not for us."""
    import subprocess

    process = subprocess.Popen(arguments, env=environ)
    while True:
        try:
            code = process.wait()
            return code if code >= 0 else 128 - code
        except KeyboardInterrupt:
            continue


def surroundings(root: str) -> dict[str, str]:
    """Environment variables for the program: ours with the project in front of PYTHONPATH."""
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": root + os.pathsep + before if before else root}


def find_ready(root: str, lock: str) -> str | None:
    """Folder of a complete environment for this project, this lock and this Python, or None."""
    wanted = identity(lock)
    for folder in places(root):
        if fault(folder, wanted) is None:
            return folder
    return None


def places(root: str) -> list[str]:
    """Folders for the environment, best first: in the project, beside a .venv that is not ours, in the user's cache."""
    found = [os.path.join(root, ".venv"), os.path.join(root, ".venv-gamebook")]
    base = cache_base()
    if base is not None:
        shelf = os.path.join(base, "environments")
        folder = os.path.join(shelf, hashlib.sha256(os.path.realpath(root).encode()).hexdigest()[:16])
        if all(is_private(each) for each in (base, shelf, folder)):
            found.append(folder)
    return found


def cache_base() -> str | None:
    """The user's cache folder for gamebook, or None; the same one that compiled kernels are kept in."""
    home = os.path.expanduser("~")
    if os.environ.get(OWN_CACHE):
        base = os.path.abspath(os.environ[OWN_CACHE])
    elif os.name == "nt":
        local = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
        base = os.path.join(local, "gamebook", "Cache")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches", "gamebook")
    else:
        base = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "gamebook")
    return base if os.path.isabs(base) else None


def is_private(folder: str) -> bool:
    """Whether programs in that folder are safe to run: it does not exist yet, or it is ours and closed to others."""
    if sys.platform == "win32":
        return True
    try:
        status = os.stat(folder)
    except OSError:
        return True
    return status.st_uid in (os.getuid(), 0) and not status.st_mode & 0o002


def identity(lock: str) -> dict[str, str]:
    """What an environment has to be made for: this list of packages, this Python, this kind of processor."""
    try:
        with open(lock, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError as error:
        raise SetupError(text("incomplete", path=lock)) from error
    if sys.platform == "win32":
        machine = os.environ.get("PROCESSOR_ARCHITECTURE", "")
    else:
        machine = os.uname().machine
    return {"lock": digest, "python": f"{sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')} {machine}"}


def fault(folder: str, wanted: Mapping[str, str]) -> str | None:
    """Why the environment in that folder cannot be used (a key of TEXTS), or None if it can."""
    try:
        with open(os.path.join(folder, STAMP), encoding="utf-8") as file:
            stamp = dict(line.rstrip("\n").split(" ", 1) for line in file if " " in line)
    except (OSError, UnicodeDecodeError):
        return "unfinished"
    for key in ("lock", "python"):
        if stamp.get(key) != wanted[key]:
            return key
    if stamp.get("folder") != os.path.realpath(folder):
        return "moved"
    # A link to the system's Python may by now lead to another version, or nowhere.
    if not os.path.exists(python_of(folder)) or stamp.get("interpreter") != base_interpreter(folder):
        return "interpreter"
    try:
        present = set(os.listdir(stamp.get("packages", "")))
    except OSError:
        return "package"
    return None if present.issuperset(stamp.get("contents", "?").split("/")) else "package"


def python_of(folder: str) -> str:
    """The environment's Python."""
    return os.path.join(folder, "Scripts", "python.exe") if os.name == "nt" else os.path.join(folder, "bin", "python")


def base_interpreter(folder: str) -> str | None:
    """The Python that the environment is made from, or None where it is gone."""
    if os.name != "nt":
        path = os.path.realpath(python_of(folder))
    else:
        path = ""
        with contextlib.suppress(OSError), open(os.path.join(folder, "pyvenv.cfg"), encoding="utf-8") as file:
            settings = dict(line.rstrip().split(" = ", 1) for line in file if " = " in line)
            path = os.path.join(settings.get("home", ""), "python.exe")
    return path if os.path.isfile(path) else None


def is_full(error: OSError) -> bool:
    """Whether an operating system error says that there is no space left."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else None)
