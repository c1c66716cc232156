"""What is said about Gambit's game files."""

from __future__ import annotations

GAMBIT: dict[str, tuple[str, str]] = {
    "verb.convert": (
        "Write a game as a Gambit file or as a page with a payoff table.",
        "将博弈写成 Gambit 文件，或写成带收益表的页面。",
    ),
    "option.output": (
        "File to write: game.nfg or page.toml; it must not exist.",
        "要写入的文件：game.nfg 或 page.toml；该文件不得已存在。",
    ),
    "show.more_cells": (
        "... and {count} more profiles; gamebook convert writes them all",
        "……另有 {count} 个组合；可用 gamebook convert 全部写出",
    ),
    "convert.type": (
        "{path}: the type of the file says what to write; end its name with .nfg (Gambit) or .toml (page).",
        "{path}：文件类型决定写出的内容；文件名请以 .nfg（Gambit）或 .toml（页面）结尾。",
    ),
    "convert.written": (
        "Wrote {path}: {players} players, {profiles} profiles.",
        "已写入 {path}：{players} 个参与方，{profiles} 个组合。",
    ),
    "convert.size": (
        "the game has {count} payoffs; at most {most} are written.",
        "博弈有 {count} 个收益；最多写出 {most} 个。",
    ),
    "convert.page_size": (
        "the game has {count} payoffs; a page holds at most {most}, for at most {parties} parties. Write an .nfg file.",
        "博弈有 {count} 个收益；一页最多容纳 {most} 个，且至多 {parties} 方。请改写为 .nfg 文件。",
    ),
    "nfg.encoding": (
        "{file}: the file is not in UTF-8 (byte {byte}); save it as UTF-8.",
        "{file}：文件不是 UTF-8 编码（第 {byte} 字节）；请另存为 UTF-8。",
    ),
    "nfg.not_a_file": ("{file}: this is not a regular file.", "{file}：这不是普通文件。"),
    "nfg.unreadable": ("{file}: the file cannot be read ({reason}).", "{file}：无法读取该文件（{reason}）。"),
    "nfg.too_large": (
        "{file}: the file is larger than {most} MB, the most that is read.",
        "{file}：文件超过 {most} MB，这是读取的上限。",
    ),
    "nfg.head": (
        '{file}: line {line}: a strategic game file begins with NFG 1 R "title", but here stands {found}. Extensive '
        "games (EFG) and other formats are not read; save the game as .nfg in Gambit.",
        "{file}：第 {line} 行：策略式博弈文件应以 NFG 1 R \"标题\" 开头，此处却是 {found}。"
        "不读取扩展式博弈（EFG）及其他格式；请在 Gambit 中另存为 .nfg。",
    ),
    "nfg.quote": (
        "{file}: line {line}: a quotation mark is opened here and never closed.",
        "{file}：第 {line} 行：此处的引号没有闭合。",
    ),
    "nfg.expected": (
        "{file}: line {line}: expected the {expected} here, found {found}.",
        "{file}：第 {line} 行：此处应为 {expected}，实际为 {found}。",
    ),
    "nfg.ends": (
        "{file}: line {line}: the file ends too early; a part of it is missing.",
        "{file}：第 {line} 行：文件过早结束，内容不全。",
    ),
    "nfg.players": (
        "{file}: line {line}: the file names {count} players; games of 1 to {most} players are read.",
        "{file}：第 {line} 行：文件列出 {count} 个参与方；可读取 1 至 {most} 方的博弈。",
    ),
    "nfg.no_strategies": (
        "{file}: line {line}: player {player} has no strategies; every player needs at least one.",
        "{file}：第 {line} 行：第 {player} 个参与方没有策略；每方至少需要一种策略。",
    ),
    "nfg.strategies": (
        "{file}: line {line}: strategies are given for {count} players, but the file names {players}.",
        "{file}：第 {line} 行：给出了 {count} 个参与方的策略，但文件列出的参与方为 {players} 个。",
    ),
    "nfg.size": (
        "{file}: line {line}: the game has {count} payoffs; at most {most} are read.",
        "{file}：第 {line} 行：博弈有 {count} 个收益；最多读取 {most} 个。",
    ),
    "nfg.whole": (
        "{file}: line {line}: expected a whole number here, found {found}.",
        "{file}：第 {line} 行：此处应为整数，实际为 {found}。",
    ),
    "nfg.number": (
        "{file}: line {line}: {found} is no payoff; write an integer, a decimal or a fraction such as 1/3.",
        "{file}：第 {line} 行：{found} 不是收益；请写整数、小数或 1/3 这样的分数。",
    ),
    "nfg.more": (
        "{file}: line {line}: the table of {expected} profiles is full, but {found} follows; check the numbers of "
        "strategies and payoffs.",
        "{file}：第 {line} 行：{expected} 个组合的表已满，其后还有 {found}；请核对策略数与收益数。",
    ),
    "nfg.outcome_payoffs": (
        "{file}: line {line}: outcome {number} has {count} payoffs for {players} players.",
        "{file}：第 {line} 行：第 {number} 个结果有 {count} 个收益，而参与方为 {players} 个。",
    ),
    "nfg.outcome": (
        "{file}: line {line}: there is no outcome {found}; the file lists 1 to {most}, and 0 stands for no payoffs.",
        "{file}：第 {line} 行：没有编号为 {found} 的结果；文件列出 1 至 {most}，0 表示收益全为零。",
    ),
}
