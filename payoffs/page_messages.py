"""Messages about files and the structure of pages, in English and Chinese, by code."""

from __future__ import annotations

PAGE_MESSAGES: dict[str, tuple[str, str]] = {
    "hint.did_you_mean": (' Did you mean "{name}"?', "是否想写“{name}”？"),
    "hint.write": (" Write {text} instead.", "请改写为 {text}。"),
    "page.more_faults": ("... and {count} more faults.", "……另有 {count} 处错误。"),
    "page.missing_file": ("the file does not exist. Check the path.", "文件不存在。请检查路径。"),
    "page.not_a_file": (
        "this is no ordinary file (a folder, device or pipe). Give the path of a page.",
        "这不是普通文件（而是文件夹、设备或管道）。请给出页面文件的路径。",
    ),
    "page.unreadable": ("the file cannot be read: {reason}.", "文件无法读取：{reason}。"),
    "page.too_large": (
        "the page is larger than {most} MB. Pages are short texts; is this the right file?",
        "页面超过 {most} MB。页面应是简短的文本，请确认文件是否正确。",
    ),
    "page.binary": (
        "the file is no text (it has zero bytes). Is this the right file?",
        "文件不是文本（含有零字节）。请确认文件是否正确。",
    ),
    "page.encoding": (
        "the text is not UTF-8 (line {line}). Save the file as UTF-8.",
        "文本不是 UTF-8 编码（第 {line} 行）。请将文件另存为 UTF-8。",
    ),
    "page.empty": (
        "the page is empty. A page begins with [game], [instrument] or [scenario].",
        "页面为空。页面应以 [game]、[instrument] 或 [scenario] 开头。",
    ),
    "page.key_too_long": (
        "a key in line {line} has more than {most} dots. Use tables.",
        "第 {line} 行的键含有超过 {most} 个点。请改用表（[table]）。",
    ),
    "page.too_many_formulas": (
        "the formulas have {count} characters together; at most {most} are allowed in a page.",
        "公式合计 {count} 个字符，每个页面最多允许 {most} 个。",
    ),
    "page.too_deep": (
        "tables and lists are nested too deeply (more than {most} levels).",
        "表与列表嵌套过深（超过 {most} 层）。",
    ),
    "page.syntax": (
        "line {line}, column {column} is not valid TOML: {reason}",
        "第 {line} 行第 {column} 列不符合 TOML 格式：{reason}",
    ),
    "page.syntax_at_end": ("the page is not valid TOML: {reason}", "页面不符合 TOML 格式：{reason}"),
    "toml.twice": ("a key or table is given twice.", "同一个键或表出现了两次。"),
    "toml.equals": ('a key needs "=" and a value after it.', "键之后应有“=”和值。"),
    "toml.value": (
        "a value is missing or cannot be read. Put texts and formulas in quotes.",
        "缺少值或值无法识别。文字和公式请加英文引号。",
    ),
    "toml.quote": ("a quotation mark is not closed on its line.", "引号没有在同一行闭合。"),
    "toml.backslash": (
        "a backslash stands in double quotes. Use single quotes, as in '\\sigma'.",
        "双引号内不能直接写反斜杠。请改用单引号，例如 '\\sigma'。",
    ),
    "toml.bracket": ("a bracket is not closed.", "括号没有闭合。"),
    "toml.line_end": (
        "something follows the value. Put each key on a line of its own.",
        "值后面还有多余内容。每个键请单独成行。",
    ),
    "toml.number": ("a number is too long or a date does not exist.", "数字过长，或日期不存在。"),
    "toml.other": (
        "check the quotes, brackets and equals signs there.",
        "请检查该处的引号、括号和等号。",
    ),
    "page.no_kind": (
        "the page has none of the tables [game], [instrument], [scenario]. One of them must be there.{hint}",
        "页面缺少 [game]、[instrument]、[scenario] 三个表之一。{hint}",
    ),
    "page.two_kinds": (
        "the page has both [{first}] and [{second}]. Split it into two pages.",
        "页面同时含有 [{first}] 和 [{second}]。请拆成两个页面。",
    ),
    "page.wrong_kind": (
        "this is a page of kind {kind}; here one of kind {expected} is needed.",
        "这是 {kind} 类页面，此处需要 {expected} 类页面。",
    ),
    "page.unknown_key": (
        'the key "{name}" is not known here.{hint}',
        "此处不能使用键“{name}”。{hint}",
    ),
    "page.missing_key": ('the key "{name}" is missing.', "缺少键“{name}”。"),
    "page.invalid": ("the value {value} is not allowed here.", "此处不能使用值 {value}。"),
    "page.choice": ("{value} is not one of the allowed values: {allowed}.", "{value} 不在允许的取值之内：{allowed}。"),
    "page.too_many": ("there are more than {limit} items.", "条目超过 {limit} 个。"),
    "page.too_few": ("at least {limit} item is needed.", "至少需要 {limit} 个条目。"),
    "page.type_text": (
        "{value} is no text. Put texts in quotes.",
        "{value} 不是文本。文本请加英文引号。",
    ),
    "page.type_number": (
        "{value} is no number. Write a number without quotes.",
        "{value} 不是数值。请写不带引号的数字。",
    ),
    "page.type_truth": (
        "{value} is neither true nor false. Write true or false without quotes.",
        "{value} 既不是 true 也不是 false。请写 true 或 false，不加引号。",
    ),
    "page.type_list": ("{value} is no list. Write [ ... ].", "{value} 不是列表。请写成 [ ... ]。"),
    "page.type_table": (
        "{value} is no table. Write key = value pairs in {{ ... }} or under a [heading].",
        "{value} 不是表。请用 {{ ... }} 或 [表头] 写成“键 = 值”。",
    ),
    "page.type_formula": (
        "{value} is no formula. Write a number, or a formula in quotes.",
        "{value} 不是公式。请写数字，或用英文引号括起公式。",
    ),
    "page.id": (
        '"{value}" is no id: an id has 1 to {most} of the characters a-z, 0-9, _ and -.',
        "“{value}”不是合格的标识：只能用 a-z、0-9、_ 和 -，共 1 至 {most} 个字符。",
    ),
    "page.symbol": (
        '"{value}" is no symbol: a symbol has 1 to {most} letters A-Z a-z, digits and _, and no digit first.',
        "“{value}”不是合格的符号：只能用英文字母、数字和 _，不以数字开头，共 1 至 {most} 个字符。",
    ),
    "page.reserved": (
        'the name "{name}" has a fixed meaning. Choose another.',
        "名称“{name}”已有固定含义，请换一个。",
    ),
    "page.text": (
        '{value} is no text in one or two languages. Write "..." or {{ en = "...", zh = "..." }}.',
        '{value} 不是单语或双语文本。请写 "..." 或 {{ en = "...", zh = "..." }}。',
    ),
    "page.text_too_long": (
        "the text has {length} characters; at most {most} are allowed.",
        "文本有 {length} 个字符，最多允许 {most} 个。",
    ),
    "page.control_character": (
        "the text contains the invisible character {character}. Remove it.",
        "文本中有不可见字符 {character}，请删除。",
    ),
    "page.number_not_finite": ("{value} is not a finite number.", "{value} 不是有限的数值。"),
    "page.interval": (
        "{value} is no interval. Write [low, high], for example [0, 1].",
        "{value} 不是区间。请写成 [下限, 上限]，例如 [0, 1]。",
    ),
    "page.interval_order": (
        "the interval [{low}, {high}] is empty: the first number must not exceed the second.",
        "区间 [{low}, {high}] 为空：第一个数不得大于第二个数。",
    ),
    "page.default_outside": (
        "the default {value} lies outside the bounds [{low}, {high}].",
        "默认值 {value} 超出界限 [{low}, {high}]。",
    ),
    "page.evidence_outside": (
        "the evidence [{first}, {last}] reaches beyond the bounds [{low}, {high}]; widen the bounds or correct it.",
        "证据范围 [{first}, {last}] 超出界限 [{low}, {high}]；请放宽界限或更正该范围。",
    ),
    "page.start_name": (
        '"{name}" is not the share symbol of a party.{hint}',
        "“{name}”不是任何一方的比例符号。{hint}",
    ),
    "page.start_value": (
        "the initial share {name} is {value}; it must lie in [0, 1].",
        "初始比例 {name} 为 {value}，必须在 [0, 1] 之内。",
    ),
    "page.twice": ('"{name}" is given twice.', "“{name}”出现了两次。"),
    "page.id_taken": (
        'the id "{id}" is already used in {other}. Choose another.',
        "标识“{id}”已在 {other} 中使用，请换一个。",
    ),
    "page.name_taken": (
        'the name "{name}" already stands for a {role} ({file}, {key}). One name, one meaning: choose another.',
        "名称“{name}”已用作{role}（{file}，{key}）。一个名称只能有一个含义，请换一个。",
    ),
    "role.parameter": ("parameter", "参数"),
    "role.derived": ("derived quantity", "派生量"),
    "role.indicator": ("strategy indicator", "策略指示变量"),
    "role.share": ("population share", "群体比例"),
}
