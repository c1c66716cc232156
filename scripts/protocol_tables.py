"""The table of the contest of revision protocols, in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from measuring import machine, table
from protocol_contest import (
    LOOP_TARGET,
    SCENARIO,
    SETTINGS,
    STACKED_TARGET,
    TOLERANCE,
    Result,
)

_HEADERS = {
    "en": (
        "protocol", "end time", "starts per second", "error", "faster than a loop", "than one stacked DOP853",
        "its error", "than one stacked RK45", "its error", "counts", "per processor", "reached",
    ),
    "zh": (
        "调整规则", "终止时间", "每秒初始点数", "误差", "快于逐个调用", "快于一次堆叠 DOP853", "其误差",
        "快于一次堆叠 RK45", "其误差", "计入的倍数", "按处理器时间", "达标",
    ),
}  # fmt: skip
_INTRO = {
    "en": "`scripts/benchmark-dynamics --protocol {which}`: {starts:,} starts of `{scenario}`, "
    "tolerance {tolerance:g}, medians of {rounds} rounds in one run. {machine}. Load average of the last minute "
    "{before} at the beginning, {after} at the end (this run included).",
    "zh": "`scripts/benchmark-dynamics --protocol {which}`：`{scenario}` 的 {starts:,} 个初始点，容差 {tolerance:g}，"
    "同一次运行中 {rounds} 轮的中位数。{machine}。"
    "开始时系统平均负载为 {before}，结束时为 {after}（最近一分钟，含本次运行自身）。",
}
_TARGET = {
    "en": "Promised: at least {loop:g} times a loop and {stacked:g} times one stacked call. {good} of {all} reached "
    "both.",
    "zh": "承诺：至少为逐个调用的 {loop:g} 倍、一次堆叠调用的 {stacked:g} 倍。{all} 种规则中 {good} 种两项都达到。",
}
_YES = {"en": ("yes", "no"), "zh": ("是", "否")}


def reached(result: Result) -> bool:
    """Whether a protocol is as fast as promised."""
    return result.loop >= LOOP_TARGET and result.judged.ratio >= STACKED_TARGET


def row(result: Result, lang: str) -> list[str]:
    """Cells of one protocol."""
    stacked = [cell for one in result.stacked for cell in (f"{one.ratio:.1f}", f"{one.error:.0e}")]
    end, judged = SETTINGS[result.name].until, result.judged
    return [
        f"`{result.name}`", f"{end:g}", f"{result.rate:,.0f}", f"{result.error:.0e}", f"{result.loop:,.0f}", *stacked,
        f"{judged.ratio:.1f}", f"{judged.per_processor:.1f}", _YES[lang][0 if reached(result) else 1],
    ]  # fmt: skip


def report(results: Sequence[Result], lang: str, *, starts: int, rounds: int, before: str, after: str) -> str:
    """The whole result as Markdown."""
    which = results[0].name if len(results) == 1 else "all"
    intro = _INTRO[lang].format(
        which=which, starts=starts, scenario=SCENARIO, tolerance=TOLERANCE, rounds=rounds, before=before, after=after,
        machine=machine("numpy", "scipy", "numba"),
    )  # fmt: skip
    target = _TARGET[lang].format(
        loop=LOOP_TARGET, stacked=STACKED_TARGET, good=sum(map(reached, results)), all=len(results)
    )
    return "\n".join([intro, "", *table(_HEADERS[lang], [row(one, lang) for one in results]), "", target])

