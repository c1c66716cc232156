"""Words of tables in CSV and .xlsx, and what can be wrong with one that is read."""

from __future__ import annotations

TABLES: dict[str, tuple[str, str]] = {
    "option.table_parameters": (
        "Write the parameters to a new .csv or .xlsx file, ready to edit.",
        "将参数写入新的 .csv 或 .xlsx 文件，可直接编辑。",
    ),
    "option.table_results": (
        "Write the results to a new .csv or .xlsx file as well.",
        "同时将结果写入新的 .csv 或 .xlsx 文件。",
    ),
    # headers of a table of parameters; reading knows them in both languages
    "table.parameters": ("Parameters", "参数"),
    "table.game": ("game", "博弈"),
    "table.game_note": (
        "Keep this row: it says which game the values belong to. Edit the column \"value\".",
        "请保留此行：它说明取值所属的博弈。只需编辑“取值”一列。",
    ),
    "table.symbol": ("symbol", "符号"),
    "table.value": ("value", "取值"),
    "table.default": ("default", "默认值"),
    "table.low": ("lower bound", "下限"),
    "table.high": ("upper bound", "上限"),
    "table.unit": ("unit", "单位"),
    "table.name": ("name", "名称"),
    "table.instrument": ("instrument", "政策工具"),
    "table.source": ("source", "来源"),
    "table.confidence": ("confidence", "依据"),
    "table.share": (
        "share of {party} choosing \"{strategy}\" at the start",
        "初始时{party}选择“{strategy}”的比例",
    ),
    "table.ready": (
        "{path} is ready. Edit the column \"value\", then: gamebook solve {path}",
        "已生成 {path}。编辑“取值”一列后运行：gamebook solve {path}",
    ),
    "table.segment": ("segment", "群体"),
    "table.region": ("region", "区域"),
    "table.value_of": ("value: {id}", "取值：{id}"),
    "table.group_row": (
        "this row should state a segment or region: its id, its party (none for a region), its weight and its names.",
        "此行应说明一个群体或区域：其代号、所属一方（区域留空）、权重与名称。",
    ),
    "table.group_column": (
        'there is no column "value: {id}" for the values of {id}; add it, or remove this row.',
        "没有 {id} 的取值列“取值：{id}”；请补上该列，或删除此行。",
    ),
    # the sheet on how to use the file
    "table.guide": ("How to use", "使用说明"),
    "table.how_to_edit.a": (
        "Edit the column \"value\". A blank cell means the default. Only the symbols and the values are read back: "
        "rows may be sorted, filtered or removed, columns added.",
        "请编辑“取值”一列，留空表示取默认值。读回时只看符号和取值：各行可以排序、筛选或删除，也可以增加列。",
    ),
    "table.how_to_edit.b": (
        "Write shares as numbers between 0 and 1: 0.2, not 20%. The column \"unit\" says what a value counts; the "
        "bounds say what is allowed.",
        "比例请写成 0 到 1 之间的数字：写 0.2，不写 20%。“单位”一列说明计量单位，上下限说明允许的范围。",
    ),
    "table.how_to_edit.c": (
        "Keep the first row, which names the game, and the row of headers. The last rows are the status quo: the share "
        "of each party that cooperates at the start.",
        "请保留第一行（博弈名称）和表头行。最后几行是现状：各方初始时选择协同策略的比例。",
    ),
    "table.how_to_edit.d": (
        "Save the file and run: gamebook solve FILE (results), gamebook diff FILE OTHER (what differs), "
        "gamebook new NAME --from FILE (a scenario page).",
        "保存后运行：gamebook solve 文件（求解），gamebook diff 文件 另一对象（比较差异），"
        "gamebook new 名称 --from 文件（生成情景页面）。",
    ),
    "table.how_to_read.a": (
        "Every number is stored with all its digits; cells only show fewer. Profiles list the strategy of each party "
        "in the order of the columns, 1 for the cooperative one.",
        "所有数字均以完整精度保存，单元格只是少显示几位。策略组合按各列的顺序列出各方的策略，1 表示协同策略。",
    ),
    "table.how_to_read.b": (
        "Gains from deviating are what a party would get by changing its own strategy; all negative means a strict "
        "Nash equilibrium, which is an evolutionarily stable strategy.",
        "偏离收益是某一方单独改变策略所得的变化；全部为负即严格纳什均衡，也就是演化稳定策略。",
    ),
    "table.how_to_read.c": (
        "The sheet \"{verdict}\" says what the results were made with. The same command gives the same numbers again.",
        "“{verdict}”表列出了结果的来源；同一命令会得到同样的数字。",
    ),
    # tables of results
    "table.verdict": ("Verdict", "判断"),
    "table.policy": ("Policy", "现行政策"),
    "table.pure": ("Pure profiles", "纯策略组合"),
    "table.rest_points": ("Rest points", "均衡点"),
    "table.continua": ("Continua", "连续均衡点集"),
    "table.open_regions": ("Undecided", "未定区域"),
    "table.money": ("Money and match", "资金与匹配"),
    "table.totals": ("Totals", "总额"),
    "table.incidence": ("Who pays what", "负担归宿"),
    "table.long.table": ("table", "表"),
    "table.long.item": ("item", "项目"),
    "table.long.quantity": ("quantity", "量"),
    "table.long.value": ("value", "数值"),
    "table.long.unit": ("unit", "单位"),
    "table.item": ("item", "项目"),
    "table.result": ("result", "结果"),
    "table.profile": ("profile", "组合"),
    "table.payoff": ("payoff of {party}", "{party}的收益"),
    "table.gain": ("gain of {party} from deviating", "{party}的偏离收益"),
    "table.type": ("type", "类型"),
    "table.no_equilibrium": ("no Nash equilibrium", "非纳什均衡"),
    "table.number": ("number", "编号"),
    "table.nash": ("Nash equilibrium", "纳什均衡"),
    "table.ess": ("ESS", "演化稳定策略"),
    "table.stability": ("stability", "稳定性"),
    "table.real": ("real part of eigenvalue {number}", "特征值 {number} 实部"),
    "table.imaginary": ("imaginary part of eigenvalue {number}", "特征值 {number} 虚部"),
    "table.margin": ("margin", "稳定裕度"),
    "table.regret": ("regret", "遗憾值"),
    "table.residual": ("residual", "残差"),
    "table.radius": ("radius of the proved box", "已证明区间的半宽"),
    "table.verified": ("proved", "已证明"),
    "table.face": ("face", "面"),
    "table.dimension": ("dimension", "维数"),
    "table.lowest": ("{share} from", "{share} 下界"),
    "table.highest": ("{share} to", "{share} 上界"),
    "table.target": ("solved", "求解对象"),
    "table.title": ("title", "标题"),
    "table.payoff_unit": ("unit of payoffs", "收益单位"),
    "table.given": ("fixed shares", "固定的比例"),
    "table.coordination": ("coordination", "协同组合"),
    "table.stable": ("stable (strict Nash)", "稳定（严格纳什均衡）"),
    "table.likely": ("likely (at least 90 % of starts)", "可能（至少 90% 的初始状态）"),
    "table.basin": ("share of starts that end there", "最终到达协同的初始状态比例"),
    "table.basin_low": ("lower end of its 95 % interval", "其 95% 置信区间下限"),
    "table.basin_high": ("upper end of its 95 % interval", "其 95% 置信区间上限"),
    "table.samples": ("number of starts", "初始点个数"),
    "table.certain": ("certain (only sink component)", "必然（唯一的汇分支）"),
    "table.reached": ("reached from the status quo", "从现状可达"),
    "table.survives": ("survives the government's exit", "政府退出后仍存续"),
    "table.least_loss": ("smallest loss from leaving coordination", "偏离协同的最小损失"),
    "table.weakest": ("party with that loss", "损失最小的一方"),
    "table.stable_profiles": ("evolutionarily stable profiles", "演化稳定的组合"),
    "table.sinks": ("sink components", "汇分支"),
    "table.end": ("end of the path from the status quo", "现状路径的终点"),
    "table.policy_cost": (
        "policy cost (outlay + burden, half over the status quo, half at coordination)",
        "政策成本（支出与负担之和，现状与协同各占一半）",
    ),
    "table.complete": ("list of rest points complete", "均衡点清单完备"),
    "table.all_verified": ("everything proved", "全部已证明"),
    "table.version": ("version of gamebook", "gamebook 版本"),
    "table.seed": ("seed", "随机种子"),
    "table.pages": ("fingerprint of the pages", "页面指纹"),
    "table.workers": ("workers", "劳动者"),
    "table.people": ("persons", "人"),
    "table.per_year": ("{unit} per year", "{unit}/年"),
    "table.at": ("receipts less payments at {profile}", "{profile} 处的收入减支出"),
    # diff
    "verb.diff": (
        "Say what differs between two policies: parameters first, then verdict and money.",
        "比较两套政策：先列出参数差异，再并列判断与资金。",
    ),
    "option.first": ("Scenario, game, page or table A.", "情景、博弈、页面或表格 A。"),
    "option.second": ("Scenario, game, page or table B.", "情景、博弈、页面或表格 B。"),
    "option.set_both": (
        "Set a parameter of both, e.g. --set V=60; may be repeated.",
        "同时设定两者的参数，例如 --set V=60；可重复使用。",
    ),
    "diff.games": (
        "{first} belongs to the game {game} and {second} to {other}; only policies of one game can be compared.",
        "{first} 属于博弈 {game}，{second} 属于 {other}；只能比较同一博弈下的政策。",
    ),
    "diff.parameters": ("What differs in parameters", "参数差异"),
    "diff.belongs": ("instrument or meaning", "政策工具或含义"),
    "diff.pages": (
        "The pages of the game differ as well, so that equal values may give other results.",
        "博弈页面本身也不相同，因此取值相同结果也可能不同。",
    ),
    "diff.identical": (
        "Nothing: all parameters and the status quo are the same, and so are the results. See them with: "
        "gamebook solve {target}",
        "没有差异：全部参数和现状相同，结果也相同。查看结果：gamebook solve {target}",
    ),
    "diff.same_values": (
        "Nothing: all parameters and the status quo are the same.",
        "没有差异：全部参数和现状相同。",
    ),
    "diff.verdict": ("Where evolution can rest", "演化可能停留之处"),
    "diff.basin": ("share of starts", "初始状态占比"),
    "diff.interval": ("95 % interval", "95% 置信区间"),
    "diff.from_to": ("{low} to {high}", "{low} 至 {high}"),
    "diff.proved": ("proved", "已证明"),
    "diff.margin": ("margin", "稳定裕度"),
    "diff.weakest": ("weakest party", "稳定裕度最小的一方"),
    "diff.end": ("path from the status quo ends at", "现状路径的终点"),
    "diff.star": ("* differs", "* 表示不同"),
    "diff.same_verdict": ("The verdicts are the same.", "两者的判断相同。"),
    "diff.only": ("{state} (of {side} only)", "{state}（仅 {side}）"),
    "diff.policy_cost": (
        "policy cost (outlay + burden, half over the status quo, half at coordination)",
        "政策成本（支出与负担之和，现状与协同各占一半）",
    ),
    "diff.unverified": (
        "Something is not verified; see: gamebook solve with each of the two.",
        "有结果未经验证；请分别用 gamebook solve 查看。",
    ),
    # what is wrong with a file
    "table.ending": (
        "--table {path}: tables are written as .csv or .xlsx; give the file one of these endings.",
        "--table {path}：表格只能写成 .csv 或 .xlsx；请使用其中一种扩展名。",
    ),
    "table.no_openpyxl": (
        "{path}: writing .xlsx needs the package openpyxl. Install it (pip install openpyxl), or write {other}.",
        "{path}：写出 .xlsx 需要 openpyxl。请先安装（pip install openpyxl），或改为写出 {other}。",
    ),
    "table.kind": (
        "tables are read from .csv and .xlsx files, not from {kind}. Save it as one of these.",
        "表格只能从 .csv 或 .xlsx 文件读取，不能读取 {kind}。请另存为其中一种格式。",
    ),
    "table.empty": ("the file is empty.", "文件为空。"),
    "table.too_large": (
        "the file is larger than {most} MB. A table of parameters is small; is this the right file?",
        "文件超过 {most} MB。参数表应当很小，请确认文件是否正确。",
    ),
    "table.unpacks": (
        "the workbook has too many sheets, or one that unpacks to more than {most} MB. Keep only the parameters.",
        "工作簿的工作表过多，或其中某一表解压后超过 {most} MB。请只保留参数表。",
    ),
    "table.too_many": (
        "there are more than {most} cells. Keep only the table of parameters.",
        "单元格超过 {most} 个。请只保留参数表。",
    ),
    "table.old_excel": (
        "this is an old Excel file (.xls) or one with a password. Save it as .xlsx without a password, or as .csv.",
        "这是旧版 Excel 文件（.xls）或带密码的文件。请另存为不带密码的 .xlsx，或存为 .csv。",
    ),
    "table.not_xlsx": (
        "this is no .xlsx workbook, or it is damaged. Save it again as .xlsx, or as .csv.",
        "这不是 .xlsx 工作簿，或文件已损坏。请重新另存为 .xlsx 或 .csv。",
    ),
    "table.csv_is_workbook": (
        "this is a workbook with the wrong ending. Rename it to .xlsx, or save it as .csv.",
        "这是工作簿，扩展名有误。请改名为 .xlsx，或另存为 .csv。",
    ),
    "table.binary": (
        "this is no text (it has zero bytes). Is this the right file?",
        "这不是文本（含有零字节）。请确认文件是否正确。",
    ),
    "table.encoding": (
        "the text is neither UTF-8 nor GB18030. Save it as \"CSV UTF-8\".",
        "文本既不是 UTF-8 也不是 GB18030 编码。请另存为“CSV UTF-8”。",
    ),
    "table.quotes": (
        "this cannot be read as CSV: a quotation mark is not closed, or text follows a closed one.",
        "无法按 CSV 读取：引号没有闭合，或闭合的引号后还有文字。",
    ),
    "table.no_table": (
        "there is no table of parameters. It needs a row of headers with \"symbol\" and \"value\"; make one with: "
        "gamebook show package --table my.xlsx",
        "文件中没有参数表。表头行必须有“符号”和“取值”；可用以下命令生成：gamebook show package --table my.xlsx",
    ),
    "table.no_header": (
        "the row of headers is missing. Below the row that names the game, write a row with \"symbol\" and \"value\".",
        "缺少表头行。请在博弈名称行下方写一行表头，至少包括“符号”和“取值”。",
    ),
    "table.no_game": (
        "the table does not say which game it belongs to. Above this row, write a row with the two cells \"game\" and "
        "the name of the game, e.g. training-investment.",
        "表格没有说明所属的博弈。请在此行上方加一行，两个单元格依次写“博弈”和博弈名称，例如 training-investment。",
    ),
    "table.unknown_game": (
        "there is no game \"{name}\".{hint} See: gamebook list games. A game of your own needs --book FOLDER.",
        "没有名为“{name}”的博弈。{hint}参见：gamebook list games。自有博弈请加 --book 文件夹。",
    ),
    "table.several": (
        "there are several tables of parameters, on the sheets {names}. Keep one, or move the others to another file.",
        "工作簿中有多个参数表，分别在工作表 {names}。请只保留一个，其余移到另外的文件。",
    ),
    # what is wrong with a cell
    "table.as_said": ("{said}", "{said}"),
    "table.header_twice": (
        "the header \"{header}\" stands in {first} already. Rename one of the two columns.",
        "表头“{header}”已在 {first} 出现。请将其中一列改名。",
    ),
    "table.merged": (
        "these cells are merged, and only the first of them has a value. Unmerge them and fill in each.",
        "这些单元格已合并，其中只有第一个有值。请取消合并并逐一填写。",
    ),
    "table.no_symbol": (
        "there is a value but no symbol in {column}. Write the symbol, or clear the value.",
        "此处有取值，但 {column} 没有符号。请填写符号，或清除取值。",
    ),
    "table.twice": (
        "the symbol {symbol} stands in {first} already. Remove one of the two rows.",
        "符号 {symbol} 已在 {first} 出现。请删除其中一行。",
    ),
    "table.text": (
        "\"{value}\" is a text; a number is needed. Write a number, or leave the cell blank for the default.",
        "“{value}”是文本，此处需要数字。请填写数字，或留空以取默认值。",
    ),
    "table.no_number": (
        "\"{value}\" is no number. Write a number, or leave the cell blank for the default.",
        "“{value}”不是数字。请填写数字，或留空以取默认值。",
    ),
    "table.text_number": (
        "\"{value}\" is a number stored as text. Set the format of the cell to General and write {number} again.",
        "“{value}”是以文本形式存储的数字。请将单元格格式设为“常规”，并重新填写 {number}。",
    ),
    "table.wide_number": (
        "\"{value}\" has full-width characters. Write {number}.",
        "“{value}”含有全角字符。请写 {number}。",
    ),
    "table.percent": (
        "\"{value}\" is a percentage; shares are written as numbers. Write {number}.",
        "“{value}”是百分数，比例请写成数字。请写 {number}。",
    ),
    "table.comma": (
        "\"{value}\" has a comma as its decimal sign. Write {number}.",
        "“{value}”以逗号作小数点。请写 {number}。",
    ),
    "table.grouped": (
        "\"{value}\" has commas between its digits. Write {number}.",
        "“{value}”的数字之间有逗号。请写 {number}。",
    ),
    "table.not_finite": (
        "{value} is too large for a number. Write a smaller one.",
        "{value} 过大，超出数字范围。请写较小的数字。",
    ),
    "table.truth": (
        "the cell holds the truth value {value}; a number is needed. Write {number}.",
        "单元格中是逻辑值 {value}，此处需要数字。请写 {number}。",
    ),
    "table.date": (
        "the cell holds a date ({value}); spreadsheet programs make dates of entries such as 1-2 or 3/4. Set its "
        "format to General and write the number.",
        "单元格中是日期（{value}）；电子表格会把 1-2、3/4 这样的输入变成日期。请将格式设为“常规”并重新填写数字。",
    ),
    "table.error": (
        "the cell holds the error {value}. Mend its formula or write a number.",
        "单元格中是错误值 {value}。请修正公式，或填写数字。",
    ),
    "table.formula_text": (
        "\"{value}\" is a formula; CSV holds values only. Write the number.",
        "“{value}”是公式，而 CSV 只能保存数值。请填写数字。",
    ),
    "table.formula_unsaved": (
        "the formula {value} has no saved result. Open the file in a spreadsheet program and save it, or write the "
        "number.",
        "公式 {value} 没有已保存的结果。请在电子表格软件中打开并保存，或填写数字。",
    ),
    "table.formula_result": (
        "the formula {formula} gives {value}, which is no number. Mend it or write a number.",
        "公式 {formula} 的结果为 {value}，不是数字。请修正公式，或填写数字。",
    ),
    "table.notice.formula": (
        "the saved result {value} of the formula {formula} was used.",
        "已采用公式 {formula} 保存的结果 {value}。",
    ),
    "table.notice.encoding": (
        "the text is not UTF-8 and was read as GB18030. To be sure of Chinese texts, save it as \"CSV UTF-8\".",
        "文本不是 UTF-8，已按 GB18030 读取。为保证中文无误，建议另存为“CSV UTF-8”。",
    ),
}
