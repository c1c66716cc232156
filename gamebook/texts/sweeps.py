"""Texts of sweeps: axes, stores, progress and summaries."""

from __future__ import annotations

SWEEPS: dict[str, tuple[str, str]] = {
    "sweep.faults": (
        "{count} things are wrong with the axes; nothing was computed:\n  {faults}",
        "扫描轴有 {count} 处错误，尚未开始计算：\n  {faults}",
    ),
    "sweep.no_axes": (
        "a sweep needs at least one axis; add for example --over s_F=0:1:101",
        "扫描至少需要一个轴；请添加，例如 --over s_F=0:1:101",
    ),
    "sweep.axis": (
        "--over {value} is no axis; write SYMBOL=LOW:HIGH:COUNT, SYMBOL=log:LOW:HIGH:COUNT or SYMBOL=VALUE,VALUE,...",
        "--over {value} 不是有效的扫描轴；请写作 符号=下限:上限:个数、符号=log:下限:上限:个数 或 符号=值,值,……",
    ),
    "sweep.array": (
        "the values of axis {name} have shape {shape}; give a list of numbers",
        "扫描轴 {name} 的取值数组形状为 {shape}；请给出一列数值",
    ),
    "sweep.range": (
        "axis {name}: {value} is no range; write LOW:HIGH:COUNT, for example 0:1:101",
        "扫描轴 {name}：{value} 不是有效的区间；请写作 下限:上限:个数，例如 0:1:101",
    ),
    "sweep.number": (
        "axis {name}: {value} is not a number; write decimals with a point",
        "扫描轴 {name}：{value} 不是数字；小数请用小数点",
    ),
    "sweep.count": (
        "axis {name}: the number of values is {value}; give a whole number from 1 to {most}",
        "扫描轴 {name}：取值个数为 {value}；请给出 1 至 {most} 之间的整数",
    ),
    "sweep.reversed": (
        "axis {name} runs backwards, from {low} to {high}; write {name}={high}:{low}:{count}",
        "扫描轴 {name} 的方向反了，从 {low} 到 {high}；请写作 {name}={high}:{low}:{count}",
    ),
    "sweep.one_value": (
        "axis {name} runs from {low} to {high} in {count} values; equal ends need a count of 1 and different ends 2 or "
        "more",
        "扫描轴 {name} 从 {low} 到 {high} 共 {count} 个取值；两端相等时个数应为 1，不等时至少为 2",
    ),
    "sweep.log": (
        "axis {name} has a constant ratio and begins at {value}; begin above 0",
        "扫描轴 {name} 按等比取值，起点为 {value}；起点须大于 0",
    ),
    "sweep.empty": (
        "axis {name} has no values; give at least one",
        "扫描轴 {name} 没有取值；请至少给出一个",
    ),
    "sweep.not_finite": (
        "axis {name} holds the value {value}; values must be finite numbers",
        "扫描轴 {name} 含有取值 {value}；取值必须是有限数",
    ),
    "sweep.duplicate": (
        "axis {name} holds the value {value} more than once; give each value once",
        "扫描轴 {name} 中取值 {value} 重复出现；每个取值只写一次",
    ),
    "sweep.twice": (
        "{symbol} varies on two axes, {first} and {second}; keep one of them",
        "{symbol} 同时出现在两个扫描轴 {first} 和 {second} 上；请保留其中一个",
    ),
    "sweep.unknown": (
        "{name} is neither a parameter of the game nor a share of its status quo.{hint}",
        "{name} 既不是该博弈的参数，也不是初始状态的比例。{hint}",
    ),
    "sweep.weight": (
        "{name} is no segment or region of the target.{hint} It has: {known}",
        "{name} 不是目标中的群体或区域。{hint}可用的有：{known}",
    ),
    "sweep.share": (
        "axis {name} holds {value}; shares of the status quo and weights lie strictly between 0 and 1",
        "扫描轴 {name} 含有取值 {value}；现状比例和权重须严格介于 0 和 1 之间",
    ),
    "sweep.bounds": (
        "axis {name} holds the value {value}; allowed are {low} to {high}",
        "扫描轴 {name} 含有取值 {value}；允许范围为 {low} 至 {high}",
    ),
    "sweep.bundle_twice": (
        "{name} names a symbol twice; name each once",
        "{name} 中有符号重复；每个符号只写一次",
    ),
    "sweep.bundle_zero": (
        "{name}: the target sets {symbol} to 0, so there is nothing to scale; set it first, for example with --set",
        "{name}：目标中 {symbol} 为 0，无从缩放；请先设定其值，例如使用 --set",
    ),
    "sweep.bundle_bounds": (
        "{name}: {symbol} would become {value}; allowed are {low} to {high}",
        "{name}：{symbol} 将取值 {value}；允许范围为 {low} 至 {high}",
    ),
    "sweep.other": (
        "{path} holds another sweep; nothing was written. What differs:\n  {differences}\n"
        "Choose another folder, or write over it with --overwrite",
        "{path} 中存放的是另一项扫描，未写入任何内容。不同之处：\n  {differences}\n"
        "请另选文件夹，或使用 --overwrite 覆盖",
    ),
    "sweep.difference": ("{key}: stored {stored}, now {now}", "{key}：存储中为 {stored}，现在为 {now}"),
    "sweep.held": (
        "another run is writing to {path}; wait for it to end, or choose another folder",
        "另一个进程正在写入 {path}；请等待其结束，或另选文件夹",
    ),
    "sweep.no_store": (
        "{path} is no store of a sweep; give the folder that gamebook sweep wrote",
        "{path} 不是扫描结果的存储；请给出 gamebook sweep 写出的文件夹",
    ),
    "sweep.schema": (
        "{path} has the format {schema}; this version reads {expected}",
        "{path} 的格式为 {schema}；本版本只能读取 {expected}",
    ),
}
