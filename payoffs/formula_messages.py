"""Messages about formulas, in English and Chinese, by code."""

from __future__ import annotations

FORMULA_MESSAGES: dict[str, tuple[str, str]] = {
    "formula.empty": (
        "the formula is empty. Write a number, a name or an expression, for example 0.",
        "公式为空。请写出数字、名称或表达式，例如 0。",
    ),
    "formula.too_long": (
        "the formula has {length} characters; at most {most} are allowed. Split it with a derived quantity.",
        "公式有 {length} 个字符，最多允许 {most} 个。请用派生量（[derived]）拆分。",
    ),
    "formula.too_many_parts": (
        "the formula has {parts} numbers, names and operators; at most {most} are allowed. "
        "Split it with a derived quantity.",
        "公式含 {parts} 个数字、名称和运算符，最多允许 {most} 个。请用派生量（[derived]）拆分。",
    ),
    "formula.too_deep": (
        "the formula is nested more than {most} levels deep. Split it with a derived quantity.",
        "公式嵌套超过 {most} 层。请用派生量（[derived]）拆分。",
    ),
    "formula.character": (
        'the character "{character}" (column {column}) means nothing in a formula.{hint}',
        "公式中不能使用字符“{character}”（第 {column} 列）。{hint}",
    ),
    "formula.number": (
        "{number} is not a number that formulas take: up to 40 digits, in size 0 or between 1e-30 and 1e30.",
        "{number} 不是公式可用的数字：最多 40 位，绝对值须为 0 或在 1e-30 与 1e30 之间。",
    ),
    "formula.number_then_name": (
        'a number stands directly before "{name}" (column {column}). Write * between them.',
        "数字紧接着“{name}”（第 {column} 列）。请在两者之间写 *。",
    ),
    "formula.name_too_long": (
        'the name "{name}" is too long; a name has at most {most} characters.',
        "名称“{name}”过长，最多 {most} 个字符。",
    ),
    "formula.word": (
        'the word "{word}" (column {column}) is not allowed in a formula. '
        "Allowed: numbers, declared names, + - * / **, min, max, exp, log, sqrt, and a if x > y else b.",
        "公式中不能使用词“{word}”（第 {column} 列）。"
        "可用：数字、已声明的名称、+ - * / **、min、max、exp、log、sqrt，以及 a if x > y else b。",
    ),
    "formula.syntax": (
        "the formula cannot be read near column {column}. Look for a missing operator or parenthesis.",
        "公式在第 {column} 列附近无法识别。请检查是否缺少运算符或括号。",
    ),
    "formula.not_allowed": (
        '"{part}" is not allowed in a formula. '
        "Allowed: numbers, declared names, + - * / **, min, max, exp, log, sqrt, and a if x > y else b.",
        "公式中不能使用“{part}”。"
        "可用：数字、已声明的名称、+ - * / **、min、max、exp、log、sqrt，以及 a if x > y else b。",
    ),
    "formula.name": (
        'the name "{name}" is not declared.{hint}',
        "名称“{name}”没有声明。{hint}",
    ),
    "formula.function": (
        '"{part}" is not a function of formulas; these are min, max, exp, log, sqrt. '
        "Write * to multiply by a parenthesis.{hint}",
        "“{part}”不是公式可用的函数；可用的函数有 min、max、exp、log、sqrt。与括号相乘请写 *。{hint}",
    ),
    "formula.function_without_arguments": (
        'the function "{part}" stands without arguments. Write {part}(...).',
        "函数“{part}”缺少参数。请写成 {part}(...)。",
    ),
    "formula.arguments": (
        '"{part}": {function} takes {fewest} to {most} arguments, separated by commas.',
        "“{part}”：{function} 需要 {fewest} 至 {most} 个参数，用英文逗号分隔。",
    ),
    "formula.test_as_number": (
        '"{part}" is a comparison, not a number. Use it as in: 1 if {part} else 0.',
        "“{part}”是比较，不是数值。请写成：1 if {part} else 0。",
    ),
    "formula.not_a_test": (
        '"{part}" is not a comparison. Between if and else stand comparisons with < <= > >= == !=, '
        "joined by and, or, not.",
        "“{part}”不是比较。if 与 else 之间应为用 < <= > >= == != 写成的比较，可用 and、or、not 连接。",
    ),
    "formula.power": (
        'the power in "{part}" must be a constant from {low} to {high}, whole or a simple fraction such as 1/2.',
        "“{part}”中的指数必须是 {low} 至 {high} 之间的常数（整数或 1/2 之类的简单分数）。",
    ),
    "formula.degree": (
        "the formula has degree {degree} in its names; at most {most} is allowed. Use smaller powers.",
        "公式关于其中名称的总次数为 {degree}，最多允许 {most}。请降低次数。",
    ),
    "formula.constant_too_large": (
        'a constant in "{part}" is too large to be held exactly (more than 300 digits). Use smaller powers.',
        "“{part}”中的常数过大，无法精确表示（超过 300 位）。请降低次数。",
    ),
    "formula.division_by_zero": (
        '"{part}" divides by zero.',
        "“{part}”中出现除以零。",
    ),
    "formula.not_finite": (
        'the formula "{formula}" has no finite value here: it divides by zero, overflows, '
        "or takes the log or root of a negative number.",
        "公式“{formula}”在此处没有有限值：除以零、溢出，或对负数取对数、开方。",
    ),
}
