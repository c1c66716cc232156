"""What ``doctor`` says about the installation."""

from __future__ import annotations

DOCTOR: dict[str, tuple[str, str]] = {
    "verb.doctor": (
        "Examine the installation: versions, kernels, pages, a test with known answers, terminal, disk.",
        "检查安装情况：版本、数值内核、内置页面、已知答案的自检、终端与磁盘。",
    ),
    "doctor.title": ("gamebook {version}: is everything in order?", "gamebook {version}：一切是否正常？"),
    "doctor.well": ("All is well.", "一切正常。"),
    "doctor.well_but": (
        "All is well. Parts that only some tasks need are missing: {names}.",
        "运行正常。缺少仅个别功能需要的部分：{names}。",
    ),
    "doctor.ill": ("Something needs attention: {names}.", "以下部分需要处理：{names}。"),
    "doctor.verdict.ok": ("ok", "正常"),
    "doctor.verdict.missing": ("missing", "缺少"),
    "doctor.verdict.problem": ("problem", "有问题"),
    "doctor.topic.versions": ("Versions", "版本"),
    "doctor.topic.optional": ("Optional parts", "可选部分"),
    "doctor.topic.kernels": ("Compiled kernels", "已编译的数值内核"),
    "doctor.topic.pages": ("Pages", "页面"),
    "doctor.topic.self_test": ("Self-test", "自检"),
    "doctor.topic.terminal": ("Terminal", "终端"),
    # versions
    "doctor.gamebook": ("gamebook {version} in {folder}", "gamebook {version}，位于 {folder}"),
    "doctor.python": (
        "Python {version}, {system}, {processors} processors; {executable}",
        "Python {version}，{system}，{processors} 个处理器；{executable}",
    ),
    "doctor.python.old": (
        "Python {version} is too old; gamebook needs 3.11 or newer",
        "Python {version} 版本过低；gamebook 需要 3.11 或更高版本",
    ),
    "doctor.python.advice": (
        "Install Python 3.11 or newer and call scripts/gamebook with it.",
        "请安装 Python 3.11 或更高版本，并用它运行 scripts/gamebook。",
    ),
    "doctor.module": ("{name} {version}", "{name} {version}"),
    "doctor.module.absent": ("{name} is not installed", "未安装 {name}"),
    "doctor.module.broken": (
        "{name} {version} is installed but cannot be loaded: {reason}",
        "已安装 {name} {version}，但无法加载：{reason}",
    ),
    "doctor.module.range": (
        "{name} {version} is installed; gamebook needs {range}",
        "已安装 {name} {version}；gamebook 需要 {range}",
    ),
    "doctor.module.advice": (
        'Delete the environment (.venv) and call scripts/gamebook again, or:\npip install "{name}{range}"',
        '请删除运行环境（.venv）后重新运行 scripts/gamebook，或执行：\npip install "{name}{range}"',
    ),
    "doctor.openpyxl.advice": (
        'Only needed for spreadsheets (.xlsx). To have it:\npip install "{name}{range}"',
        '仅读写电子表格（.xlsx）时需要。如需安装：\npip install "{name}{range}"',
    ),
    "doctor.cluster.advice": (
        'Only needed for sweeps on a Dask cluster (sweep --cluster). To have it:\npip install "{name}{range}"',
        '仅在 Dask 集群上扫描（sweep --cluster）时需要。如需安装：\npip install "{name}{range}"',
    ),
    "doctor.netcdf.advice": (
        'Only needed to export sweeps as netCDF (show --export). To have it:\npip install "{name}{range}"',
        '仅将扫描结果导出为 netCDF（show --export）时需要。如需安装：\npip install "{name}{range}"',
    ),
    "doctor.parquet.advice": (
        'Only needed to export sweeps as Parquet (show --export). To have it:\npip install "{name}{range}"',
        '仅将扫描结果导出为 Parquet（show --export）时需要。如需安装：\npip install "{name}{range}"',
    ),
    "doctor.word.advice": (
        'Only needed for derivations in Word (derive --format docx). To have it:\npip install "{name}{range}"',
        '仅输出 Word 格式的推导（derive --format docx）时需要。如需安装：\npip install "{name}{range}"',
    ),
    "doctor.font": ("Chinese font {file}", "中文字体 {file}"),
    "doctor.font.absent": ("no Chinese font for figures", "没有供图形使用的中文字体"),
    "doctor.font.broken": (
        "the font {file} has no Chinese characters",
        "字体 {file} 中没有汉字",
    ),
    "doctor.font.advice": (
        "Figures in Chinese need it; install gamebook anew. English figures do not.",
        "中文图形需要该字体，请重新安装 gamebook；英文图形不受影响。",
    ),
    # kernels
    "doctor.cache.warm": (
        "kernels kept: {count} ({size} MB), in {folder}",
        "已保存 {count} 个内核（{size} MB），位于 {folder}",
    ),
    "doctor.cache.cold": (
        "none kept yet in {folder}; the first run compiles for about half a minute",
        "{folder} 中尚无内核；首次运行需编译约半分钟",
    ),
    "doctor.cache.unwritable": (
        "{folder} cannot be written to; every run compiles the kernels anew",
        "{folder} 不可写；每次运行都要重新编译数值内核",
    ),
    "doctor.cache.unsafe": (
        "{folder} is not yours alone, so nothing is kept there; every run compiles the kernels anew",
        "{folder} 并非您独有，出于安全不在其中保存；每次运行都要重新编译数值内核",
    ),
    "doctor.cache.advice": (
        "Set the environment variable GAMEBOOK_CACHE to a folder that only you can write to.",
        "请将环境变量 GAMEBOOK_CACHE 设为仅您可写的文件夹。",
    ),
    "doctor.cache.interpreted": (
        "compilation is switched off (NUMBA_DISABLE_JIT); everything is about a hundred times slower",
        "编译已被关闭（NUMBA_DISABLE_JIT），速度约慢百倍",
    ),
    "doctor.cache.interpreted.advice": (
        "Unset the environment variable NUMBA_DISABLE_JIT.",
        "请取消环境变量 NUMBA_DISABLE_JIT。",
    ),
    "doctor.disk": ("{free} MB free at {folder}", "{folder} 处剩余空间 {free} MB"),
    "doctor.disk.full": ("only {free} MB free at {folder}", "{folder} 处剩余空间仅 {free} MB"),
    "doctor.disk.advice": (
        "Free at least {least} MB, or set GAMEBOOK_CACHE to a folder on another disk.",
        "请至少腾出 {least} MB，或将 GAMEBOOK_CACHE 设为其他磁盘上的文件夹。",
    ),
    # pages
    "doctor.pages": (
        "games {games}, scenarios {scenarios}, instruments {instruments}: all load",
        "博弈 {games} 个，情景 {scenarios} 个，政策工具 {instruments} 项，均可读取",
    ),
    "doctor.pages.faults": ("pages that do not load: {count}. {first}", "无法读取的页面：{count} 个。{first}"),
    "doctor.pages.advice": (
        "Pages of your own: mend what the line says. Shipped pages: install gamebook anew.",
        "自有页面请按提示修改；内置页面请重新安装 gamebook。",
    ),
    # self-test
    "doctor.known": (
        "a three-party game whose equilibria are known: all {count} found, largest error {error}",
        "均衡已知的三方博弈：{count} 个均衡全部求得，最大误差 {error}",
    ),
    "doctor.facts": (
        "the scenario package: {count} recorded facts all come out again",
        "情景 package：记录在案的 {count} 项结果全部重现",
    ),
    "doctor.wrong": (
        "{name} should be {expected} and is {found}",
        "{name} 应为 {expected}，实为 {found}",
    ),
    "doctor.wrong.advice": (
        "Do not rely on results of this installation. Install gamebook anew; if it stays, report it with the output "
        "of\ngamebook doctor --json -",
        "请勿依赖本安装的结果。请重新安装 gamebook；若仍如此，请附上以下命令的输出加以反馈：\ngamebook doctor --json -",
    ),
    # terminal
    "doctor.terminal": (
        "output in {encoding}, file names in {files}, language {language} (by {by})",
        "输出编码 {encoding}，文件名编码 {files}，语言 {language}（依据 {by}）",
    ),
    "doctor.terminal.by_default": ("default", "默认"),
    "doctor.terminal.no_chinese": (
        "output in {encoding} cannot show Chinese; missing characters appear as ?",
        "输出编码 {encoding} 无法显示中文，缺少的字符显示为 ?",
    ),
    "doctor.terminal.advice": (
        "Use a UTF-8 terminal, or set PYTHONUTF8=1 (Windows: also chcp 65001).",
        "请使用 UTF-8 终端，或设置 PYTHONUTF8=1（Windows 还需 chcp 65001）。",
    ),
    # what could not be examined at all
    "doctor.broken": ("{part} could not be examined: {reason}", "{part} 无法检查：{reason}"),
    "doctor.broken.advice": (
        "Mend what is listed above first; for details repeat with --debug.",
        "请先处理上面列出的问题；可加 --debug 查看详情。",
    ),
}
