"""What ``rerun`` says about a result that is repeated."""

from __future__ import annotations

RERUN: dict[str, tuple[str, str]] = {
    "verb.rerun": (
        "Repeat a stored result from its own content and compare every number.",
        "按保存的结果自身的内容重新计算，并逐项比较。",
    ),
    "option.result": (
        "A file written with --json by solve, simulate, basins or tip.",
        "由 solve、simulate、basins 或 tip 的 --json 写出的文件。",
    ),
    # the file
    "rerun.no_file": (
        "{path} is no file. Give a file written with --json.",
        "{path} 不是文件。请给出由 --json 写出的文件。",
    ),
    "rerun.unreadable": (
        "{path} cannot be read: {reason}. Give a file written with --json.",
        "无法读取 {path}：{reason}。请给出由 --json 写出的文件。",
    ),
    "rerun.large": (
        "{path} is larger than {most} MB; no result of gamebook is.",
        "{path} 超过 {most} MB；gamebook 的结果不会这样大。",
    ),
    "rerun.no_json": (
        "{path} is no JSON ({place}). Give a file written with --json.",
        "{path} 不是 JSON（{place}）。请给出由 --json 写出的文件。",
    ),
    "rerun.deep": (
        "{path} is nested deeper than {most} levels; no result of gamebook is.",
        "{path} 的嵌套超过 {most} 层；gamebook 的结果不会这样深。",
    ),
    "rerun.twice": (
        "{path} gives a key twice; no result of gamebook does.",
        "{path} 中有重复的键；gamebook 的结果不会如此。",
    ),
    "rerun.not_finite": (
        "{path} holds the number {value}; results of gamebook hold finite numbers only.",
        "{path} 中有数值 {value}；gamebook 的结果只含有限数值。",
    ),
    "rerun.foreign": (
        "{path} is no result of gamebook. Give a file written with --json.",
        "{path} 不是 gamebook 的结果。请给出由 --json 写出的文件。",
    ),
    "rerun.schema": (
        "{path} holds {schema}, which this version cannot repeat. It can repeat: {known}.",
        "{path} 的内容为 {schema}，本版本无法重新计算。可以重新计算的有：{known}。",
    ),
    "rerun.key": (
        "{path}: {key} is missing or is not what a result holds there. The file is damaged or was edited.",
        "{path}：{key} 缺失，或不是结果中应有的内容。文件已损坏或被改动。",
    ),
    "rerun.values": (
        "{path} cannot be repeated, its values are impossible: {reason}",
        "{path} 无法重新计算，其取值不成立：{reason}",
    ),
    "rerun.array": (
        "{path} holds paths of a payoff array, and they do not tell its payoffs; only solutions of arrays can be "
        "repeated.",
        "{path} 是收益数组的路径，其中没有收益表；数组只有求解结果可以重新计算。",
    ),
    "rerun.no_game": (
        'the game "{game}" of {path} is in no book.{hint} Give its folder with --book.',
        "{path} 所用的博弈“{game}”不在任何书中。{hint}请用 --book 给出其所在文件夹。",
    ),
    # the report
    "rerun.title": ("{path}: a result of {target}", "{path}：{target} 的结果"),
    "rerun.pages": ("Pages", "页面"),
    "rerun.pages.same": ("the same as then", "与当时相同"),
    "rerun.pages.values_changed": (
        "the page of {target} gives other values or another status quo now; the stored ones are used",
        "{target} 的页面如今给出不同的取值或现状；采用保存的取值",
    ),
    "rerun.pages.game_changed": (
        "the pages of the game {game} have changed; the stored values are used with the pages of now",
        "博弈 {game} 的页面已有改动；以现有页面配合保存的取值",
    ),
    "rerun.pages.changed": (
        "the pages of {target} or of its game have changed; the stored values are used with the pages of now",
        "{target} 或其博弈的页面已有改动；以现有页面配合保存的取值",
    ),
    "rerun.pages.gone": (
        "{target} is not there any more; the stored values are used with the page of the game {game}",
        "{target} 已不存在；以博弈 {game} 的页面配合保存的取值",
    ),
    "rerun.pages.array": ("none: the payoffs are those stored", "无：收益取自保存的结果"),
    "rerun.pages.unknown": (
        "the result does not say which; the stored values are used with the pages of now",
        "结果中没有页面指纹；以现有页面配合保存的取值",
    ),
    "rerun.page_value": (
        "{symbol}: {then} in the result, {now} by the page of now",
        "{symbol}：结果中为 {then}，现有页面为 {now}",
    ),
    "rerun.added": (
        "parameters that are new since, at their defaults: {names}",
        "此后新增的参数，取默认值：{names}",
    ),
    "rerun.altered": (
        "The file was altered: it gives {names} otherwise than its own page with its own changes.",
        "文件被改动过：其中 {names} 与自身所用页面及设定不符。",
    ),
    "rerun.missing_folders": ("book folders that are not there: {names}", "已不存在的书文件夹：{names}"),
    "rerun.versions": ("Versions", "版本"),
    "rerun.versions.same": ("the same as then", "与当时相同"),
    "rerun.version": ("{name} {then} then, {now} now", "{name} 当时为 {then}，现为 {now}"),
    "rerun.code": ("the program's own code has changed", "程序自身代码已有改动"),
    "rerun.unknown": ("unknown", "未知"),
    "rerun.result": ("Result", "结果"),
    "rerun.identical": (
        "It repeats: all {count} entries are the same bit for bit.",
        "可以重现：全部 {count} 项逐位相同。",
    ),
    "rerun.within_rounding": (
        "It repeats: of {count} entries {same} are the same bit for bit and {close} within rounding; the largest "
        "relative difference is {largest}, at {where} (up to {tolerance} counts as rounding).",
        "可以重现：共 {count} 项，其中 {same} 项逐位相同，{close} 项在舍入范围内；"
        "最大相对差为 {largest}，位于 {where}（不超过 {tolerance} 视为舍入）。",
    ),
    "rerun.different": (
        "It DIFFERS: of {count} entries {same} are the same bit for bit, {close} within rounding and {different} "
        "different.",
        "不能重现：共 {count} 项，其中 {same} 项逐位相同，{close} 项在舍入范围内，{different} 项不同。",
    ),
    "rerun.largest": (
        "The largest relative difference of two numbers is {largest}, at {where}.",
        "数值间的最大相对差为 {largest}，位于 {where}。",
    ),
    "rerun.impossible": (
        "It cannot be repeated: the pages of now refuse the stored values. {reason}",
        "无法重新计算：现有页面不接受保存的取值。{reason}",
    ),
    "rerun.not_compared": (
        "Entries that only one of the two versions knows, not compared: {names}.",
        "仅有一个版本具备、未作比较的项目：{names}。",
    ),
    "rerun.more": ("and {count} more, all listed with --json", "另有 {count} 项，可用 --json 查看全部"),
    "rerun.where": ("what", "项目"),
    "rerun.then": ("then", "当时"),
    "rerun.now": ("now", "现在"),
    "rerun.relative": ("relative", "相对差"),
    "rerun.group.parameters": ("Parameters", "参数"),
    "rerun.group.coordination": ("Verdict on coordination", "协同判断"),
    "rerun.group.rest_points": ("Rest points", "均衡点"),
    "rerun.group.outcomes": ("Where paths go", "路径的去向"),
    "rerun.group.paths": ("Paths", "路径"),
    "rerun.group.money": ("Money and blockers", "资金与阻碍者"),
    "rerun.group.payoffs": ("Payoffs", "收益"),
    "rerun.group.other": ("Basins, sinks and the rest", "吸引域、汇分支及其他"),
    "rerun.absent": ("not there", "没有"),
    "rerun.there": ("there", "有"),
}
