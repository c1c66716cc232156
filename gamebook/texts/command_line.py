"""Help and errors of the command line."""

from __future__ import annotations

COMMAND_LINE: dict[str, tuple[str, str]] = {
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "open": ("undecided", "未定"),
    "none": ("none", "无"),
    "cli.about": (
        "The four-party training-investment game: from policy tools to payoffs, equilibria and a verdict on whether "
        "government, firms, workers and training providers come to coordinate.",
        "四方培训投资博弈：把政策工具转化为收益矩阵，求出全部均衡，判断政府、企业、劳动者和培训机构能否走向协同。",
    ),
    "cli.start": (
        "Start with:  gamebook list     gamebook solve package     gamebook show package",
        "入门：  gamebook list     gamebook solve package     gamebook show package",
    ),
    "cli.usage": ("Usage:", "用法："),
    "cli.commands": ("Commands", "命令"),
    "cli.arguments": ("Arguments", "参数"),
    "cli.parameters": ("Options", "选项"),
    "cli.options": ("[OPTIONS]", "[选项]"),
    "cli.default": ("[default: {value}]", "[默认：{value}]"),
    "cli.choices": ("[one of: {values}]", "[可选：{values}]"),
    "cli.required": ("[required]", "[必填]"),
    "verb.list": ("List games, scenarios and policy instruments.", "列出博弈、情景和政策工具。"),
    "verb.show": (
        "Show a game, scenario or instrument with its sources and ledger, or the store of a sweep.",
        "查看博弈、情景或政策工具的说明、参数来源与收支分录，或扫描结果的存储。",
    ),
    "verb.new": (
        "Write a new scenario page, copied from one that exists, ready to edit.",
        "以现有情景为蓝本，生成一个可直接编辑的新情景文件。",
    ),
    "verb.solve": (
        "Solve a game: payoffs, all rest points with stability, ESS, sinks, verdict on coordination, money, and who "
        "blocks.",
        "求解博弈：收益表、全部均衡点及稳定性、演化稳定策略、汇分支、协同判断、资金账，以及谁在阻碍协同。",
    ),
    "verb.help": ("Show this help.", "显示本帮助。"),
    "verb.version": ("Show the version.", "显示版本号。"),
    "option.target": (
        "Name of a scenario or game (see: gamebook list), or the path of a page.",
        "情景或博弈的名称（见 gamebook list），或页面文件的路径。",
    ),
    "option.target_any": (
        "Name of a scenario, game, instrument or symbol, the path of a page, or the store of a sweep.",
        "情景、博弈、政策工具或符号的名称，页面文件的路径，或扫描结果的存储。",
    ),
    "option.set": (
        "Set parameters, e.g. --set s_F=0.3,s_W=2; may be repeated.",
        "设定参数，例如 --set s_F=0.3,s_W=2；可重复使用。",
    ),
    "option.given": (
        "Fix a share and solve the game of the others, e.g. --given x_G=1; may be repeated.",
        "固定某方的比例，求解其余各方的条件博弈，例如 --given x_G=1；可重复使用。",
    ),
    "option.start": (
        "Share at the start of the status-quo path, e.g. --start x_F=0.3; may be repeated.",
        "现状路径的初始比例，例如 --start x_F=0.3；可重复使用。",
    ),
    "option.book": (
        "Folder with games, scenarios or instruments of your own; may be repeated.",
        "存放自有博弈、情景或政策工具的文件夹；可重复使用。",
    ),
    "option.replace": (
        "Let pages of your own folder take the place of pages with the same id.",
        "允许自有文件夹中的页面替换同名（同 id）页面。",
    ),
    "option.json": (
        "Write the result as JSON to a file, or to standard output with -.",
        "将结果以 JSON 写入文件；用 - 表示输出到标准输出。",
    ),
    "option.lang": ("Language of the texts.", "文字语言。"),
    "option.seed": ("Seed of the sampled starts of the basins.", "吸引域抽样初始点的随机种子。"),
    "option.quiet": (
        "Say nothing on standard error but errors.",
        "除错误外，不在标准错误流输出任何信息。",
    ),
    "option.debug": ("Show the full traceback of an unexpected error.", "遇到意外错误时显示完整的追溯信息。"),
    "option.unit": (
        "Unit of money figures: yuan, k (1,000), wan (10,000) or yi (100,000,000 CNY).",
        "金额单位：yuan（元）、k（千元）、wan（万元）、yi（亿元）。",
    ),
    "option.headcount": (
        "Number of workers, for totals beside the figures per worker.",
        "劳动者人数，用于在人均数之外给出总额。",
    ),
    "option.from": ("Scenario to copy.", "作为蓝本的情景。"),
    "option.name": (
        "Id of the new scenario; the page is written as NAME.toml here.",
        "新情景的 id；在当前文件夹写出 NAME.toml。",
    ),
    "option.budget": (
        "End the search after N boxes (20000) or a time (30s, 2min); what is then open is listed.  [default: 200000]",
        "搜索在检查 N 个子区间（如 20000）或用满时间（如 30s、2min）后结束，未定部分列出。[默认：200000]",
    ),
    "input.budget": (
        "--budget {value} is neither a number of boxes nor a time; write it as in --budget 20000, 30s or 2min.",
        "--budget {value} 既不是子区间数也不是时间；写法如 --budget 20000、30s 或 2min。",
    ),
    "option.game": ("List what belongs to this game only.", "只列出属于该博弈的内容。"),
    "option.kind": ("What to list.", "要列出的内容。"),
    "error.prefix": ("gamebook: {message}", "gamebook：{message}"),
    "error.see_help": ("See: {command} --help", "参见：{command} --help"),
    "error.unknown_command": (
        'there is no command "{value}".{hint} Commands: {known}.',
        "没有命令“{value}”。{hint}可用命令：{known}。",
    ),
    "error.unknown_option": (
        "{command} has no option {value}.{hint}",
        "{command} 没有选项 {value}。{hint}",
    ),
    "error.did_you_mean": (" Did you mean {name}?", "是否指 {name}？"),
    "error.missing": ("{name} is missing. {what}", "缺少 {name}。{what}"),
    "error.value": (
        '"{value}" is not a value for {name}; allowed: {allowed}.',
        "“{value}”不能作为 {name} 的值；允许：{allowed}。",
    ),
    "error.extra": ('"{value}" is one argument too many.', "多余的参数“{value}”。"),
    "error.repeated": ("{name} may be given only once.", "{name} 只能给出一次。"),
    "error.command_line": ("the command line cannot be read: {detail}", "命令行无法识别：{detail}"),
    "error.unexpected": (
        "unexpected error: {detail}. Repeat with --debug for details; please report it with the command.",
        "意外错误：{detail}。可加 --debug 查看详情；请连同命令一并反馈。",
    ),
    "error.kind.int": ("a whole number", "整数"),
    "error.kind.float": ("a number", "数字"),
    "error.kind.path": ("a path", "路径"),
    "error.kind.str": ("text", "文本"),
    "input.exists": (
        "{path} exists already; nothing was written. Choose another name or remove it first.",
        "{path} 已存在，未写入任何内容。请换一个名称，或先将其移除。",
    ),
    "input.no_folder": (
        "{path} cannot be written: there is no folder {folder}. Make it first, or choose another place.",
        "无法写入 {path}：文件夹 {folder} 不存在。请先建立它，或另选位置。",
    ),
    "input.write": (
        "{path} cannot be written: {reason}. Choose a folder where you may write.",
        "无法写入 {path}：{reason}。请选择有写权限的文件夹。",
    ),
    "input.assignment": (
        '"{value}" is not an assignment; write {option} SYMBOL=VALUE, e.g. {option} {example}.',
        "“{value}”不是赋值；请写成 {option} 符号=数值，例如 {option} {example}。",
    ),
    "input.percent": (
        "{option} {symbol}: {value} is a percentage; write {symbol}={share}.",
        "{option} {symbol}：{value} 是百分数；请写成 {symbol}={share}。",
    ),
    "input.number": (
        '{option} {symbol}: "{value}" is not a number.',
        "{option} {symbol}：“{value}”不是数字。",
    ),
    "input.twice": (
        "{option} sets {symbol} twice, to {first} and {second}; give it once.",
        "{option} 两次设定 {symbol}（{first} 与 {second}）；请只给一次。",
    ),
    "input.share_symbol": (
        "{option}: there is no share {symbol} in {game}; shares are {known}.{hint}",
        "{option}：{game} 中没有比例 {symbol}；可用的比例为 {known}。{hint}",
    ),
    "input.share_range": (
        "{option} {symbol}={value}: a share must lie in [0, 1].",
        "{option} {symbol}={value}：比例必须在 [0, 1] 之内。",
    ),
    "input.start_inside": (
        "{option} {symbol}={value}: a path starts strictly between 0 and 1, since a share of exactly 0 or 1 never "
        "moves. Use --given {symbol}={value} to fix it.",
        "{option} {symbol}={value}：路径的起点须严格介于 0 与 1 之间，因为恰为 0 或 1 的比例不会变动。"
        "若要固定该比例，请用 --given {symbol}={value}。",
    ),
    "input.given_all": (
        "all shares are fixed by --given; leave at least one party free.",
        "所有比例都已被 --given 固定；请至少保留一方可以变动。",
    ),
    "input.target": (
        'there is no scenario, game or page "{target}".{hint} See: gamebook list',
        "没有名为“{target}”的情景、博弈或页面。{hint}参见：gamebook list",
    ),
    "input.any_target": (
        'there is no scenario, game, instrument, symbol or page "{target}".{hint} See: gamebook list',
        "没有名为“{target}”的情景、博弈、政策工具、符号或页面。{hint}参见：gamebook list",
    ),
    "input.game": (
        'there is no game "{game}".{hint} Games: {known}.',
        "没有名为“{game}”的博弈。{hint}现有博弈：{known}。",
    ),
    "input.ambiguous": (
        '"{target}" is the name of several: {known}. Write the full name game/scenario.',
        "“{target}”对应多个名称：{known}。请写全名 博弈/情景。",
    ),
    "input.book": (
        "--book {folder}: {reason}. Give a folder that holds games/<id>/ or a game folder.",
        "--book {folder}：{reason}。请给出含有 games/<id>/ 的文件夹，或一个博弈文件夹。",
    ),
    "input.book_missing": ("there is no such folder", "该文件夹不存在"),
    "input.book_empty": ("it holds no game, instrument or scenario page", "其中没有博弈、政策工具或情景页面"),
    "input.book_extends": (
        "the folder {folder} extends the game {game}, which is in no book",
        "文件夹 {folder} 扩展博弈 {game}，但任何书中都没有该博弈",
    ),
    "input.same_id": (
        "{path}: the {kind} {id} exists already in {other}. Change the id, or allow it with --replace.",
        "{path}：{kind} {id} 已存在于 {other}。请更改 id，或用 --replace 允许替换。",
    ),
    "input.kind.game": ("game", "博弈"),
    "input.kind.instrument": ("instrument", "政策工具"),
    "input.kind.scenario": ("scenario", "情景"),
    "input.new_name": (
        '"{name}" cannot be an id; use 1 to 60 of a-z, 0-9, _ and -, e.g. my_package.',
        "“{name}”不能用作 id；请用 1 至 60 个 a-z、0-9、_ 和 -，例如 my_package。",
    ),
    "new.title": ("{name} (copied from {source})", "{name}（以 {source} 为蓝本）"),
    "new.written": (
        "{path} is ready. Edit its values, then: gamebook solve {path}",
        "已生成 {path}。编辑其中的取值后运行：gamebook solve {path}",
    ),
    "input.instrument": (
        "{target} is an instrument page; it is solved as part of a scenario. Set it with --set {symbol}=VALUE, or "
        "see it with: gamebook show {target}",
        "{target} 是政策工具页面，须作为情景的一部分求解。请用 --set {symbol}=数值 设定，"
        "或用 gamebook show {target} 查看。",
    ),
    "input.strategies": (
        "{game} has a party with more than two strategies, or with one; here every party must have two. solve, show "
        "and convert take any number.",
        "{game} 中有参与方的策略多于两种或只有一种；此处要求每方恰有两种策略。solve、show 和 convert 不限策略数。",
    ),
    "input.parties": (
        "{game} has {parties} parties that are free to move; solve takes at most {most}. Fix some with --given.",
        "{game} 有 {parties} 个可变动的参与方；solve 最多处理 {most} 个。可用 --given 固定一部分。",
    ),
    "input.no_effect": (
        "--set {symbol}={value} would have no effect: every segment or region of the scenario sets {symbol} itself. "
        "Change it on the page of the scenario.",
        "--set {symbol}={value} 不会起作用：该情景的每个群体或地区都自行设定了 {symbol}。请在情景页面中修改。",
    ),
    "input.profile": (
        'profile "{profile}": write 0 or 1 for each of the {count} populations, as in "{example}".',
        "策略组合“{profile}”：请为 {count} 个群体各写 0 或 1，例如“{example}”。",
    ),
    "input.seed": (
        "--seed {value}: give a whole number of at least 0.",
        "--seed {value}：请给出不小于 0 的整数。",
    ),
    "input.headcount": (
        "--headcount {value}: give a positive number of workers, at most 2,000,000,000.",
        "--headcount {value}：请给出正的劳动者人数，至多 2,000,000,000。",
    ),
    "input.unit_game": (
        "--unit: the game {game} counts in {unit}, not in CNY; its figures cannot be converted.",
        "--unit：博弈 {game} 的计量单位为 {unit}，不是人民币，无法换算。",
    ),
    "input.no_money": (
        "--headcount and --unit need a game with a ledger; {game} is given as a payoff table.",
        "--headcount 和 --unit 需要有收支分录的博弈；{game} 只给出了收益表。",
    ),
    "input.dynamics": (
        "{name} ({symbols}) is in force, and this version does not work out {what}; set {zero} to go without it.",
        "{name}（{symbols}）已启用，而本版本尚不能处理{what}；如不考虑它，请设 {zero}。",
    ),
    "input.dynamics.shares": ("payoffs that depend on population shares", "依赖群体比例的收益"),
    "input.mediation_shares": (
        "{name} recommends pure profiles, but the payoffs in force depend on population shares; set its switch or the "
        "strengths of these tools to 0.",
        "{name}按纯策略组合提出建议，而现行收益随群体比例变化；请将其开关或这些工具的强度设为 0。",
    ),
    "input.dynamics.delays": ("delayed responses", "时滞反应"),
    "input.dynamics.monitoring": ("tools switched on and off by monitoring", "由监测触发启停的政策工具"),
    "input.dynamics.correlation": ("correlated play through mediation", "通过协调机制形成的相关策略"),
    "notice.compiling": (
        "compiling the numerical kernels (first run only, about half a minute) ...",
        "正在编译数值内核（仅首次运行，约半分钟）……",
    ),
    "notice.no_cache": (
        "no folder for compiled kernels can be written; they are compiled anew in every run",
        "没有可写的文件夹存放已编译的内核，每次运行都将重新编译",
    ),
    "notice.written": ("written: {path}", "已写入：{path}"),
    "notice.interrupted": ("interrupted", "已中断"),
}
