"""What the folders of `scripts/reproduce` say, in English and Chinese."""

from __future__ import annotations

TEXTS = {
    "readme": ("# {title}\n\nSource: {source}\n\nMade by one command: `scripts/reproduce {work} FOLDER`. The same run "
               "gives the same bytes.\n",
               "# {title}\n\n出处：{source}\n\n由一条命令生成：`scripts/reproduce {work} "
                   "FOLDER`。同样的运行得到逐字节相同的文件。\n"),
    "documents": ("Documents", "推导与核对"),
    "tables": ("Tables", "表格"),
    "figures": ("Figures", "图"),
    "remarks": ("What to know", "说明"),
    "head_file": ("file", "文件"),
    "head_work": ("in the work", "在原文中"),
    "head_about": ("what it is", "内容"),
    "beyond": ("not in the work", "原文未印"),
    "derivation": ("the derivation: {tables}", "推导：{tables}"),
    "table": ("table {number} {caption}", "表{number} {caption}"),
    "between": ("; ", "；"),
    "parameters": ("parameter sets", "参数取值"),
    "points": ("pure points: eigenvalues, signs and stability in every set",
        "各参数组下纯策略点的特征值、符号与稳定性"),
    "mixed": ("mixed rest points", "混合均衡点"),
    "ends": ("where paths end", "路径终态"),
    "signs": ("signs of the eigenvalues and stability by case", "各情况下特征值的符号与稳定性"),
    "determinants": ("Jacobian entries, determinant and trace at the rest points",
        "各均衡点的雅可比矩阵元素、行列式与迹"),
    "audit": ("what the work prints, held against what follows: {counts}", "所印内容与推导结果的核对：{counts}"),
    "counts": ("{error} errors, {warning} warnings, {note} agreements, {untested} not tested",
               "错误 {error} 处，提醒 {warning} 处，一致 {note} 处，未检验 {untested} 处"),
    "set": ("set", "参数组"),
    "case": ("case", "情况"),
    "parameter": ("parameter", "参数"),
    "point": ("point", "均衡点"),
    "sign_column": ("signs", "实部符号"),
    "stability": ("stability", "稳定性"),
    "start": ("start", "初值"),
    "at": ("state at {time:g}", "时刻 {time:g} 的状态"),
    "limit": ("goes to", "极限"),
    "none": ("-", "-"),
    "exists": ("{folder} exists already; nothing was written. Choose another name or remove it first.",
               "{folder} 已存在，未写入任何内容。请另选名称，或先将其删除。"),
    "done": ("{count} files in {folder}", "已在 {folder} 中写入 {count} 个文件"),
    "figures_range": ("figures of this work are numbered 1 to {most}", "该文的图编号为 1 至 {most}"),
    "progress": ("{done}/{total} {what}", "{done}/{total} {what}"),
}  # fmt: skip
STABILITY = {
    "sink": ("ESS", "ESS"), "saddle": ("saddle", "鞍点"), "source": ("unstable", "不稳定点"),
    "unstable": ("unstable", "不稳定点"), "neutral": ("centre to first order", "中心（一阶）"),
    "undecided": ("critical, not decided by linearisation", "临界状态，不能由线性化判定"),
}  # fmt: skip


def say(code: str, lang: str, **fields: object) -> str:
    """Return one text."""
    return TEXTS[code][lang == "zh"].format(**fields)
