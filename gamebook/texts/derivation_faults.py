"""What can be wrong with a request for a derivation."""

from __future__ import annotations

DERIVATION_FAULTS: dict[str, tuple[str, str]] = {
    "derive.assume": (
        "\"{text}\" is no assumption. Write comparisons separated by commas, such as \"V>0, s_F<C_F\".",
        "“{text}”不是有效的假设条件。请写成用逗号分隔的不等式，如“V>0, s_F<C_F”。",
    ),
    "derive.assume_formula": (
        "the assumption \"{text}\" cannot be read: {reason}",
        "无法读取假设条件“{text}”：{reason}",
    ),
    "derive.assume_false": (
        "the assumption \"{text}\" is false at the values in use. Keep its parameters symbolic or drop it.",
        "假设条件“{text}”在当前取值下不成立。请将其中的参数保留为符号，或删去该条件。",
    ),
    "derive.assume_empty": (
        "the assumptions leave no value for {symbol} within its bounds. Drop or widen one of them.",
        "在假设条件下，{symbol} 在取值范围内无可取之值。请删去或放宽其中一条。",
    ),
    "derive.assume_many": (
        "{count} assumptions are too many; at most {most} are used.",
        "假设条件过多（{count} 条），最多 {most} 条。",
    ),
    "derive.symbols": (
        "\"{given}\" does not name {count} different shares. Write one letter for each party, such as {example}.",
        "“{given}”不是 {count} 个互不相同的比例符号。请为每一方写一个字母，如 {example}。",
    ),
    "derive.symbol_name": (
        "{name} cannot stand for a share: use a letter, with a subscript if need be (x_1), that is none of t, e, i, j, "
        "D, E, F, J.",
        "{name} 不能用作比例符号：请用一个字母，可带下标（如 x_1），且不能是 t、e、i、j、D、E、F、J。",
    ),
    "derive.symbol_letter": (
        "{name} cannot stand for the shares of a party with several strategies, which are numbered: use one letter.",
        "{name} 不能表示多策略参与方的比例（各策略的比例带编号），请用单个字母。",
    ),
    "derive.profiles": (
        "{game} has {profiles} pure profiles; derivations are written for at most {most}.",
        "{game} 有 {profiles} 个纯策略组合；推导最多支持 {most} 个。",
    ),
    "derive.symbol_taken": (
        "{name} is a parameter of this game. Choose another letter for the share.",
        "{name} 是本博弈的参数。请为比例另选字母。",
    ),
    "derive.segments": (
        "{scenario} splits parties into segments; a derivation is written for one population per party. Derive the "
        "scenario that it builds on, with --set for the segment's values.",
        "{scenario} 把参与方分成了若干群体，而推导针对每方一个群体。"
        "请推导它所依据的情景，并用 --set 设定该群体的取值。",
    ),
    "derive.parties": (
        "{game} has {parties} parties; derivations are written for at most {most}.",
        "{game} 有 {parties} 个参与方；推导最多支持 {most} 个。",
    ),
    "derive.parameter": (
        "{game} has no parameter {symbol}.{hint} gamebook show {game} lists them.",
        "{game} 没有参数 {symbol}。{hint} 运行 gamebook show {game} 可查看全部参数。",
    ),
    "derive.section": (
        "there is no section {section}.{hint} Sections: {known}.",
        "没有“{section}”这一节。{hint} 可选：{known}。",
    ),
    "derive.number_from": (
        "\"{text}\" does not say where numbering begins. Write, for example, table 3, equation 5.",
        "“{text}”没有说明编号起点。请写成如“表3,式(5)”。",
    ),
    "derive.needs_out": (
        "a {kind} file cannot be shown on the terminal. Say where to put it: --out DIR.",
        "{kind} 文件无法在终端显示，请用 --out DIR 指定存放位置。",
    ),
    "derive.out": (
        "{path} is not a folder, and none can be made there ({reason}).",
        "{path} 不是文件夹，也无法在该处新建（{reason}）。",
    ),
    "derive.docx_missing": (
        "Word files need more packages. Install them: pip install 'gamebook[export]'.",
        "输出 Word 文件需要额外的软件包，请先安装：pip install 'gamebook[export]'。",
    ),
}
