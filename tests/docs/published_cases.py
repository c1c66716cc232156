"""The reference of published cases, written from the audits themselves: ``python -m tests.docs.published_cases``."""

import sys
from functools import cache

from gamebook.audit.audit import audit
from gamebook.audit.claims import find_claims
from gamebook.audit.findings import SEVERITIES
from gamebook.book import Book
from gamebook.texts import text
from tests.docs.documents import ROOT

PAGES = {"en": ROOT / "docs/reference/published-cases.md", "zh": ROOT / "docs/reference/published-cases.zh.md"}
LISTED = ("error", "warning", "untested")
PARTS = {
    "payoffs": ("payoff cells", "收益单元格"),
    "advantages": ("replicator equations or their brackets", "复制动态方程或其括号内的表达式"),
    "velocities": ("right-hand sides", "方程右端"),
    "eigenvalues": ("rows of eigenvalues", "特征值行"),
    "signs": ("rows of signs", "符号行"),
    "ess": ("conditions of stability", "稳定条件"),
    "sets": ("parameter sets", "参数组"),
    "ends": ("end states of paths", "路径终态"),
    "mixed": ("mixed points", "混合均衡点"),
    "figures": ("figures of a parameter's effect", "参数影响图"),
    "symbols": ("meanings of symbols", "符号含义"),
}
INTRO = {
    "en": """# Published cases

[中文](published-cases.zh.md)

What the claims pages of the book hold, and what `gamebook audit` says of it. A claims page states what a source prints
or, for scripts and textbook examples, computes; the audit derives the same from the payoffs and compares.

How to read it. *False* means that what is printed does not follow from the payoffs of the source, with the derived
value beside it; most such slips leave the argument of the source as it is. A *warning* means that a test does not
decide, that a figure ends before its paths do, or that a parameter cannot matter. Nothing here is said about data,
motives or usefulness of a work, and payoffs that a source does not print had to be rebuilt, as its entry says. If a
finding is wrong, the claims page (`gamebook/claims/`) is the place to correct it: this page is written from the audits
and a test holds it to them.

```console
$ gamebook audit farm_quality_2015 --lang en
Audit: Farm product quality: firm and farmer
...
```
""",
    "zh": """# 已发表案例

[English](published-cases.md)

本页列出本书各论断页所载内容，以及 `gamebook audit` 对其核对的结果。\
论断页记录文献所印（脚本与教科书例子则为其所算）的内容，核对程序由收益重新推导并逐项比较。

阅读说明：“错误”指所印内容不能由该文献自身的收益推出，并附推导值；此类笔误大多不影响文献的论证。\
“提醒”指检验不能判定、图的时间跨度早于路径收敛，或某参数不可能起作用。\
本页不评价任何工作的数据、动机或价值；文献未印出的收益只能还原，各条目均有说明。\
若某项发现有误，请修改相应的论断页（`gamebook/claims/`）：本页由核对结果生成，并有测试保证二者一致。

```console
$ gamebook audit farm_quality_2015 --lang zh
审查：农产品质量安全：企业与农户博弈
...
```
""",
}
WORDS = {
    "source": ("Source: {source}.", "出处：{source}。"),
    "printed": ("On the page: {parts}.", "所载内容：{parts}。"),
    "head": ("| case | claims page | false | warnings | right | not tested |",
             "| 案例 | 论断页 | 错误 | 提醒 | 一致 | 未检验 |"),
    "held": ("Held against the game `{game}`.", "与博弈 `{game}` 核对。"),
    "alone": ("Without a game: only what the page says is held against itself.",
              "无对应博弈，仅检验所载内容自身是否一致。"),
    "right": ("Tested and right: {count}.", "检验一致：{count} 项。"),
    "none": ("Nothing false was found.", "未发现错误。"),
}  # fmt: skip


@cache
def audits():
    """All audits of the book, by the name of their page; those with something false first."""
    book = Book.open()
    found = {name: audit(find_claims(name, book)) for name in sorted(book.claims())}
    return dict(sorted(found.items(), key=lambda item: (-len(item[1].errors), item[0])))


def page(lang):
    """The reference in a language."""
    parts = [INTRO[lang], _overview(lang), *(_entry(name, found, lang) for name, found in audits().items())]
    return "\n".join(parts)


def _say(code, lang, **fields):
    return WORDS[code][lang == "zh"].format(**fields)


def _overview(lang):
    rows = [_say("head", lang), "|---|---|---|---|---|---|"]
    for name, found in audits().items():
        counts = [str(len(found.of(severity))) for severity in SEVERITIES]
        title = found.title.in_language(lang)
        rows.append(f"| [{title}](#{name}) | `{name}` | {' | '.join(counts)} |")
    return "\n".join(rows) + "\n"


def _entry(name, found, lang):
    table, case = found.claims.table, found.claims.case
    listed = [f"{words[lang == 'zh']} {len(getattr(table, part))}" for part, words in PARTS.items()
              if getattr(table, part)]  # fmt: skip
    lines = [f"## {name}\n", f"**{found.title.in_language(lang)}**\n"]
    lines.append(_say("source", lang, source=table.source.in_language(lang).rstrip(".。")) + "\n")
    lines.append(_say("printed", lang, parts=("、" if lang == "zh" else ", ").join(listed)))
    lines.append(_say("alone", lang) if case is None else _say("held", lang, game=case.game.id))
    lines.append(_say("right", lang, count=len(found.of("note"))))
    if not found.errors:
        lines.append(_say("none", lang))
    for severity in LISTED:
        items = found.of(severity)
        if items:
            lines.append(f"\n**{text(f'audit.{severity}', lang)}**\n")
            lines += [f"- {_item(each, lang)}" for each in items]
    return "\n".join(lines) + "\n"


def _item(finding, lang):
    place = finding.place.in_language(lang)
    words = finding.text(lang)
    shown = f"{place}{'：' if lang == 'zh' else ': '}{words}" if place else words
    for sign in "\\*_<":
        shown = shown.replace(sign, f"\\{sign}")
    return shown


if __name__ == "__main__":
    for lang, path in PAGES.items():
        path.write_text(page(lang), encoding="utf-8", newline="\n")
        sys.stderr.write(f"{path}\n")
