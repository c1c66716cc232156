"""What the equilibrium benchmark says, in English and Chinese: two tables, the machine, and the targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring import table

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

Phrase = tuple[str, Mapping[str, object]]
"""Code of a text and its fields."""

TEXTS: dict[str, tuple[str, str]] = {
    "made": (
        "`scripts/benchmark`, one run on one machine; medians of {rounds} rounds. {machine}. {peers} "
        "Other processes wanted {before} processors when it began and {after} when it ended (load average of the last "
        "minute, this run included).",
        "`scripts/benchmark` 在同一台机器上一次运行所得，取 {rounds} 轮的中位数。{machine}。{peers}"
        "开始时系统平均负载为 {before}，结束时为 {after}（最近一分钟，含本次运行自身）。",
    ),
    "quick": (
        "A short run (`--quick`): too few games to quote.",
        "此为简短运行（`--quick`）：博弈数太少，不宜引用。",
    ),
    "peer.found": ("Peers: {versions}.", "对比程序：{versions}。"),
    "peer.absent": (
        'Not installed and so not measured: {names} (`pip install ".[peers]"`, or `--peer-python PATH` for a Python '
        "that has it).",
        '未安装、故未测：{names}（`pip install ".[peers]"`，或用 `--peer-python PATH` 指定装有它的 Python）。',
    ),
    "complete.title": ("Completeness", "完备性"),
    "complete.header": (
        "games | program | listed | missed | in games | no equilibria",
        "博弈 | 程序 | 列出 | 遗漏 | 涉及博弈数 | 误报",
    ),
    "complete.note": (
        "Normally distributed payoffs. An equilibrium is missed if another program lists it (at the same place within "
        "1e-6) and it has no regret; a listed point with a regret above 1e-6 of the player's range of payoffs is no "
        "equilibrium. lcp_solve promises some equilibria, not all.",
        "收益服从正态分布。若另一程序列出某点（位置相差不超过 1e-6）且其遗憾值为零，而本程序未列出，即为遗漏；"
        "遗憾值超过该参与方收益极差 1e-6 的点为误报。lcp_solve 只承诺给出部分均衡。",
    ),
    "speed.title": ("Speed and memory", "速度与内存"),
    "speed.header": (
        "what | program | threads | games | median, s | spread, s | games/s | processor time per game | ratio "
        "| memory added, MiB",
        "内容 | 程序 | 线程 | 博弈数 | 中位数（秒） | 范围（秒） | 每秒博弈数 | 每个博弈的处理器时间 | 倍数 "
        "| 新增内存（MiB）",
    ),
    "speed.note": (
        "Ratio: how many times as many games per second as the program in the line that says 1. Memory added: peak "
        "beyond what the process held with the games in memory. Peers are timed on the solving alone, not on making "
        "their game objects; they use one thread.",
        "倍数：每秒博弈数相当于标为 1 的那一行的多少倍。新增内存：求解时的峰值减去求解前（博弈已在内存中）的占用。"
        "对比程序只计求解时间，不计构造博弈对象的时间；它们只用一个线程。",
    ),
    "targets.title": ("Targets", "目标"),
    "targets.header": (
        "target | by the clock | held | by processor time | held",
        "目标 | 按时钟 | 是否达到 | 按处理器时间 | 是否达到",
    ),
    "targets.note": (
        "By the clock is what this run took beside whatever else ran on the machine. By processor time is what the "
        "clock would show if the threads had their processors to themselves and shared the work evenly: threads "
        "divided by processor time per game.",
        "“按时钟”是本次运行的实际用时，其间机器上还有其他进程。“按处理器时间”是各线程独占处理器、平均分担时时钟应显示的数字，"
        "即线程数除以每个博弈的处理器时间。",
    ),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "not measured": ("not measured", "未测"),
    "games.random": ("{count} random 2x2x2x2", "{count} 个随机 2x2x2x2 博弈"),
    "games.pairs": ("{count} random {size}x{size}", "{count} 个随机 {size}x{size} 博弈"),
    "nash": ("all Nash equilibria, random 2x2x2x2", "全部纳什均衡，随机 2x2x2x2"),
    "rest": (
        "all rest points with stability, random 2x2x2x2",
        "全部均衡点及其稳定性，随机 2x2x2x2",
    ),
    "policies": (
        "all rest points with stability, built-in game at random policies",
        "全部均衡点及其稳定性，内置博弈、随机政策",
    ),
    "policies, half the rates off": (
        "the same, every rate off half the time",
        "同上，各比率以一半概率为零",
    ),
    "ties": (
        "all rest points with stability, a game with ties at every policy (green-retrofit)",
        "全部均衡点及其稳定性，在任何政策下都有收益相等的博弈（green-retrofit）",
    ),
    "pure": ("pure Nash equilibria, random 2x2x2x2", "纯策略纳什均衡，随机 2x2x2x2"),
    "single": (
        "all rest points of one random 2x2x2x2 from Python (slowest game {slowest} ms)",
        "在 Python 中求一个随机 2x2x2x2 博弈的全部均衡点（最慢 {slowest} 毫秒）",
    ),
    "pairs": ("all Nash equilibria, random {size}x{size}", "全部纳什均衡，随机 {size}x{size}"),
    "bandwidth": (
        "Memory bandwidth on {threads} threads, in the manner of STREAM: read {read}, copy {copy}, add {add} GB/s. "
        "Pure equilibria read {bytes} bytes a game: {rate} GB/s, {share} of the largest of these.",
        "内存带宽（仿 STREAM，{threads} 个线程）：读 {read}、复制 {copy}、相加 {add} GB/s。求纯策略均衡每个博弈读取 "
        "{bytes} 字节，合 {rate} GB/s，为其中最大值的 {share}。",
    ),
    "target.complete": (
        "no equilibrium missed and none false on the random 2x2x2x2 games",
        "随机 2x2x2x2 博弈中无遗漏、无误报",
    ),
    "target.complete.measured": ("{missed} missed, {false} false", "遗漏 {missed}，误报 {false}"),
    "target.ratio": (
        "100 times the games per second of enumpoly_solve",
        "每秒博弈数为 enumpoly_solve 的 100 倍",
    ),
    "target.policies": (
        "100,000 games/s, all rest points of the built-in game at random policies",
        "内置博弈、随机政策，全部均衡点：每秒 100,000 个博弈",
    ),
    "target.pure": ("2,000,000 games/s, pure equilibria", "纯策略均衡：每秒 2,000,000 个博弈"),
    "target.single": ("one 2x2x2x2 game from Python in 2 ms", "在 Python 中求一个 2x2x2x2 博弈不超过 2 毫秒"),
}
"""English and Chinese."""


def text(code: str, lang: str, /, **fields: object) -> str:
    """A text in one of the languages."""
    return TEXTS[code][lang == "zh"].format(**fields)


def said(phrase: Phrase, lang: str) -> str:
    """A phrase in one of the languages."""
    return text(phrase[0], lang, **phrase[1])


@dataclass(frozen=True)
class Listed:
    """How a program did on some games: points listed, equilibria it missed, in how many games, and false ones."""

    games: Phrase
    program: str
    listed: int
    missed: int
    in_games: int
    false: int


@dataclass(frozen=True)
class Speed:
    """How fast a program was."""

    what: Phrase
    program: str
    threads: int
    games: int
    wall: Sequence[float]
    median: float
    processor: float
    ratio: float | None
    memory: float | None

    @property
    def rate(self) -> float:
        """Games per second by the clock."""
        return self.games / self.median

    @property
    def rate_by_work(self) -> float:
        """Games per second if every thread had a processor of its own."""
        return self.games * self.threads / self.processor


@dataclass(frozen=True)
class Target:
    """What was to be reached, and what was; None where it was not measured or has no such measure.

    ``measured`` and ``worked`` are numbers by the clock and by processor time, ``unit`` how to write them.
    """

    code: str
    measured: float | None
    worked: float | None
    least: float
    unit: Callable[[float], str]

    def held(self, number: float | None) -> bool | None:
        """Whether a number reaches the target; times, written negative, must stay below it."""
        return None if number is None else number >= self.least


def document(
    lang: str,
    *,
    made: Mapping[str, object],
    versions: Sequence[str],
    absent: Sequence[str],
    quick: bool,
    listed: Sequence[Listed],
    speeds: Sequence[Speed],
    bandwidth: Mapping[str, object],
    complete: tuple[int, int],
    targets: Sequence[Target],
) -> str:
    """All that a run found, as Markdown."""
    peers = text("peer.found", lang, versions=", ".join(versions)) if versions else ""
    if absent:
        peers += ("" if lang == "zh" else " ") + text("peer.absent", lang, names=", ".join(absent))
    lines = [text("made", lang, peers=peers.strip(), **made)]
    lines += ["", text("quick", lang)] if quick else []
    lines += ["", f"### {text('complete.title', lang)}", "", text("complete.note", lang), ""]
    lines += table(_header("complete.header", lang), [_listed_row(one, lang) for one in listed], texts=2)
    lines += ["", f"### {text('speed.title', lang)}", "", text("speed.note", lang), ""]
    lines += table(_header("speed.header", lang), [_speed_row(one, lang) for one in speeds], texts=2)
    lines += ["", text("bandwidth", lang, **bandwidth)]
    lines += ["", f"### {text('targets.title', lang)}", "", text("targets.note", lang), ""]
    missed, false = complete
    found = text("target.complete.measured", lang, missed=missed, false=false)
    rows = [[text("target.complete", lang), found, text("no" if missed or false else "yes", lang), "", ""]]
    rows += [_target_row(one, lang) for one in targets]
    lines += table(_header("targets.header", lang), rows, texts=5)
    return "\n".join(lines)


def _header(code: str, lang: str) -> list[str]:
    return [title.strip() for title in text(code, lang).split("|")]


def _listed_row(one: Listed, lang: str) -> list[str]:
    return [said(one.games, lang), one.program, str(one.listed), str(one.missed), str(one.in_games), str(one.false)]


def _speed_row(one: Speed, lang: str) -> list[str]:
    return [
        said(one.what, lang),
        one.program,
        str(one.threads),
        f"{one.games:,}",
        f"{one.median:.4g}",
        f"{min(one.wall):.4g}-{max(one.wall):.4g}",
        f"{one.rate:,.0f}",
        microseconds(one.processor / one.games),
        "" if one.ratio is None else f"{one.ratio:,.3g}",
        "" if one.memory is None else f"{one.memory:,.0f}",
    ]


def _target_row(one: Target, lang: str) -> list[str]:
    row = [text(one.code, lang)]
    for number in (one.measured, one.worked):
        held = one.held(number)
        row += [text("not measured", lang) if number is None else one.unit(number)]
        row += ["" if held is None else text("yes" if held else "no", lang)]
    return row


def microseconds(seconds: float) -> str:
    """Seconds as µs or ms.

    Examples
    --------
    >>> microseconds(2.5e-7), microseconds(0.0056)
    ('0.25 µs', '5.6 ms')
    """
    return f"{seconds * 1e6:.3g} µs" if seconds < 1e-3 else f"{seconds * 1e3:.3g} ms"


def write_into(file: Path, measured: str) -> None:
    """Put the results between the two marks of a document."""
    content = file.read_text(encoding="utf-8")
    before, begin, rest = content.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{file} has no place for the results: a line {BEGIN} and a line {END}")
    file.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", encoding="utf-8")
