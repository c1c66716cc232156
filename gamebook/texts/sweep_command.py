"""Texts of the verb ``sweep``: options, refusals, estimate and summary, in English and Chinese."""

from __future__ import annotations

SWEEP_COMMAND: dict[str, tuple[str, str]] = {
    "verb.sweep": (
        "Solve at every point of a grid of policies; keep the answers in a resumable store.",
        "在政策网格的每个点上求解，结果写入可续算的存储。",
    ),
    "option.over": (
        "An axis: SYMBOL=LOW:HIGH:COUNT, SYMBOL=log:LOW:HIGH:COUNT or SYMBOL=VALUE,VALUE,...; a parameter, a share "
        "of the status quo, weight:SEGMENT, or bundle:s_F+c_F=0:1:11 for 0 to 100 % of what the target sets. "
        "Repeatable.",
        "扫描轴：符号=下限:上限:个数、符号=log:下限:上限:个数 或 符号=值,值,……；可为参数、现状比例、weight:群体，"
        "或 bundle:s_F+c_F=0:1:11（目标设定值的 0 至 100%）。可重复。",
    ),
    "option.out": ("Folder of the store to write.", "写入结果的存储文件夹。"),
    "option.measures": (
        "Measures or groups of them (pure, rest, money, paths), with commas between; all that cost little by default.",
        "指标名或指标组名（pure、rest、money、paths），以逗号分隔；默认为全部低成本指标。",
    ),
    "option.workers": (
        "Threads that share the work; as many as there are processors by default. The numbers do not depend on it.",
        "并行线程数，默认等于处理器数；结果与线程数无关。",
    ),
    "option.sample": (
        "Joint draws of the uncertain parameters, at every point of the axes.",
        "对不确定参数联合抽样的次数（在各轴的每个点上）。",
    ),
    "option.method": (
        "How they are drawn: Sobol points (the default), a Latin hypercube, or independently.",
        "抽样方法：Sobol 点（默认）、拉丁超立方或独立随机。",
    ),
    "option.uncertain": (
        "Distribution of a parameter within its bounds: uniform:LOW:HIGH, triangular:LOW:MODE:HIGH, normal:MEAN:SD, "
        "lognormal:MEDIAN:SD or beta:SHAPE1:SHAPE2:LOW:HIGH; beside or instead of what the page declares. Repeatable.",
        "参数在其允许范围内的分布：uniform:下限:上限、triangular:下限:众数:上限、normal:均值:标准差、"
        "lognormal:中位数:标准差 或 beta:形状1:形状2:下限:上限；补充或替代页面中的声明。可重复。",
    ),
    "option.correlate": (
        "Rank correlation of two uncertain parameters, e.g. V,T_c=0.4. Repeatable.",
        "两个不确定参数的秩相关系数，例如 V,T_c=0.4。可重复。",
    ),
    "sweep.no_sample": (
        "distributions and correlations need --sample N, the number of joint draws",
        "给出分布或相关系数时，需要用 --sample N 指定联合抽样次数",
    ),
    "sweep.sample": (
        "{value} is no number of draws; give a whole number of at least 1",
        "{value} 不是有效的抽样次数；请给出不小于 1 的整数",
    ),
    "option.sweep_seed": (
        "Seed of the draws, and of the starts of basins.",
        "抽样及吸引域初始点的随机种子。",
    ),
    "sweep.kept": ("measures", "指标"),
    "option.block": (
        "Points computed and stored together; the numbers do not depend on it.",
        "每次一并计算和存储的点数；结果与之无关。",
    ),
    "option.resume": (
        "Go on with a store: compute what is missing or damaged, and nothing else.",
        "续算已有存储：只计算缺失或损坏的部分。",
    ),
    "option.overwrite": ("Replace a store that exists.", "替换已有的存储。"),
    "option.dry_run": (
        "Only say how many points there are, how large the store would be and how long it would take.",
        "只估计点数、存储大小和所需时间，不执行扫描。",
    ),
    "progress.sweep": ("sweeping", "扫描"),
    "sweep.no_out": (
        "a sweep needs a folder for its store; add --out STORE, or --dry-run to learn how large it would be",
        "扫描需要存储文件夹；请添加 --out 存储，或用 --dry-run 先估计规模",
    ),
    "sweep.resume_overwrite": (
        "--resume goes on with a store and --overwrite replaces it; give one of them",
        "--resume 为续算已有存储，--overwrite 为替换已有存储；请只给其一",
    ),
    "sweep.block": ("--block {value}: give a whole number of at least 1", "--block {value}：请给出不小于 1 的整数"),
    "sweep.workers": (
        "--workers {value}: give a whole number from 1 to {most}",
        "--workers {value}：请给出 1 至 {most} 之间的整数",
    ),
    "sweep.exists": (
        "{path} holds a sweep already; nothing was written. Go on with it with --resume, replace it with --overwrite, "
        "or choose another folder",
        "{path} 中已有扫描结果，未写入任何内容。请用 --resume 续算，用 --overwrite 替换，或另选文件夹",
    ),
    "sweep.interrupted": (
        "interrupted: {done} of {total} points are stored. Go on with: {command}",
        "已中断：{total} 个点中已存储 {done} 个。续算请运行：{command}",
    ),
    "sweep.disk": (
        "the store cannot be written ({reason}): {done} of {total} points are stored and stay. Make room, then run the "
        "same command with --resume",
        "存储无法写入（{reason}）：{total} 个点中已存储的 {done} 个予以保留。请腾出空间后加上 --resume "
        "再次运行同一命令",
    ),
    "sweep.too_large": (
        "{points} points are too many: at most {most} are allowed. With the usual measures they would take about "
        "{size} before compression and {time} on two cores; give the axes fewer values",
        "{points} 个点过多，最多允许 {most} 个。按常用指标估计，压缩前约需 {size}，双核约需 {time}；"
        "请减少各轴的取值个数",
    ),
    "sweep.memory": (
        "the result would take {size} of memory, more than {most}; give a folder with out=..., or fewer measures",
        "结果约占内存 {size}，超过 {most}；请用 out=... 指定存储文件夹，或减少指标",
    ),
    "sweep.depends": (
        "{target}: payoffs depend on shares, here or somewhere on the axes, which sweeps do not take into account; "
        "switch that instrument off, or solve single cases",
        "{target}：收益（在此处或扫描轴的某些点上）依赖于比例，扫描尚不支持；请关闭相应工具，或逐个求解",
    ),
    "sweep.populations": (
        "{count} populations are free to move; sweeps take 1 to {most}. Fix some with --given, or solve single cases",
        "可变动的种群有 {count} 个，扫描支持 1 至 {most} 个；请用 --given 固定部分种群，或逐个求解",
    ),
    "sweep.set_and_varied": (
        "{symbol} is set and also varies on axis {axis}; drop one of them",
        "{symbol} 既被设定又在扫描轴 {axis} 上变化；请去掉其一",
    ),
    "sweep.given_and_varied": (
        "{symbol} is held fixed by --given, so its status quo has no effect; drop that axis",
        "{symbol} 已由 --given 固定，其现状不起作用；请去掉该扫描轴",
    ),
    "sweep.drawn_and_varied": (
        "{symbol} is drawn and also varies on axis {axis}; drop one of them",
        "{symbol} 既被抽样又在扫描轴 {axis} 上变化；请去掉其一",
    ),
    "sweep.measure": (
        "there is no measure {name}.{hint} Known are: {known}",
        "没有名为 {name} 的指标。{hint}可用的有：{known}",
    ),
    "sweep.no_measures": (
        "--measures names none; leave it out for all that cost little",
        "--measures 未指定任何指标；省略该选项即采用全部低成本指标",
    ),
    "sweep.measure_name": (
        "{name} is no name for a measure of your own: take letters, digits and underscores, and none of the program's",
        "{name} 不能用作自定义指标名：请使用字母、数字和下划线，且不得与内置指标重名",
    ),
    "sweep.measure_type": (
        "measure {name}: {value} is no type of numbers that a store keeps; take float64, float32, bool, or whole "
        "numbers such as int32",
        "指标 {name}：存储不支持数值类型 {value}；请使用 float64、float32、bool 或 int32 之类的整数类型",
    ),
    "sweep.measure_depth": (
        "measure {name}: depth {value} is unknown; take payoffs, pure or rest",
        "指标 {name}：未知的 depth {value}；请使用 payoffs、pure 或 rest",
    ),
    "sweep.measure_shape": (
        "measure {name} returned an array of shape {shape}; expected is {expected}, one number per point",
        "指标 {name} 返回的数组形状为 {shape}；应为 {expected}，每个点一个数",
    ),
    "sweep.no_xarray": (
        "datasets need the package xarray; install it, or use gamebook sweep --out STORE, which does without",
        "数据集需要软件包 xarray；请安装，或改用不依赖它的 gamebook sweep --out 存储",
    ),
    "sweep.title": ("Sweep of {target}: {points} policy points", "{target} 的扫描：{points} 个政策点"),
    "sweep.axis_ends": ("{low} to {high}, {count} values", "{low} 至 {high}，{count} 个取值"),
    "sweep.sampling": ("draws", "抽样"),
    "sweep.sampled": ("{count} joint draws, {method}", "{count} 次联合抽样，方法 {method}"),
    "sweep.set": ("set", "设定"),
    "sweep.given": ("held fixed", "固定"),
    "sweep.partial": (
        "{stored} of {points} points are stored ({part}); what follows is about these. Go on with --resume.",
        "{points} 个点中已存储 {stored} 个（{part}），以下仅统计这些点。可用 --resume 续算。",
    ),
    "sweep.status.outside": (
        "{count} points lie outside the ranges of the pages; they were not solved.",
        "{count} 个点超出页面规定的取值范围，未求解。",
    ),
    "sweep.status.near_ties": (
        "{count} points have payoffs so close that they were taken for equal.",
        "{count} 个点存在极其接近的收益，按相等处理。",
    ),
    "sweep.status.undecided": (
        "{count} points are left with an undecided region.",
        "{count} 个点仍有未判定的区域。",
    ),
    "sweep.status.budget": ("{count} points spent their budget.", "{count} 个点用尽了搜索预算。"),
    "sweep.coordination": ("Coordination {profile}", "协同 {profile}"),
    "sweep.class.certain": ("only sink", "唯一汇"),
    "sweep.class.stable": ("stable, not only", "稳定但不唯一"),
    "sweep.class.no": ("not stable", "不稳定"),
    "sweep.class.open": ("open (tie)", "未定（平局）"),
    "sweep.verdict": ("verdict", "判定"),
    "sweep.points": ("points", "点数"),
    "sweep.part": ("part", "占比"),
    "sweep.regimes": ("Where evolution can rest", "演化可能停留之处"),
    "sweep.ess": ("ESS", "ESS"),
    "sweep.sinks": ("sink components", "汇分支"),
    "sweep.cycling": ("{sinks} (one through {count} profiles)", "{sinks}（含一个由 {count} 个组合构成的分量）"),
    "sweep.more": ("and {count} more kinds at {points} points", "另有 {count} 种情形，共 {points} 个点"),
    "sweep.order": ("Profiles are written in the order {players}.", "组合按 {players} 的顺序书写。"),
    "sweep.along": ("Along {axis}", "沿 {axis}"),
    "sweep.cheapest": (
        "Smallest public outlay at coordination where it is the only sink: {outlay} {unit}, at {place}.",
        "协同为唯一汇的点中，协同状态下公共支出最小为 {outlay} {unit}，位于 {place}。",
    ),
    "sweep.comma": (", ", "、"),
    "sweep.mean": (
        "Means over all points with that value: {names}.",
        "{names} 为取该值的全部点的均值。",
    ),
    "sweep.single": ("At each value: {names}.", "{names} 为各取值处的数值。"),
    "sweep.no_change": (
        "The verdict changes nowhere along this axis.",
        "沿该轴判定没有变化。",
    ),
    "sweep.changes": (
        "The verdict changes (on how many of {lines} lines): {places}.",
        "判定发生变化之处（共 {lines} 条线中的条数）：{places}。",
    ),
    "sweep.change": ("{low} to {high} ({lines})", "{low} 至 {high}（{lines}）"),
    "sweep.change_alone": ("{low} to {high}", "{low} 至 {high}"),
    "sweep.changes_alone": ("The verdict changes from {places}.", "判定发生变化之处：{places}。"),
    "sweep.and": ("; ", "；"),
    "sweep.many_changes": (
        "The verdict changes at {count} places between {low} and {high}, most often from {most} (of {lines} lines).",
        "判定在 {low} 与 {high} 之间的 {count} 处发生变化；{lines} 条线中变化最多处：{most}。",
    ),
    "sweep.measures": ("Measures", "指标"),
    "sweep.name": ("name", "名称"),
    "sweep.meaning": ("meaning", "含义"),
    "sweep.unit": ("unit", "单位"),
    "sweep.blocks": ("blocks", "分块数"),
    "sweep.size": ("size", "大小"),
    "sweep.time": ("time", "时间"),
    "sweep.before_compression": ("about {size} before compression", "压缩前约 {size}"),
    "sweep.estimated": (
        "about {time} with {workers} workers, from {tried} points worked out now",
        "{workers} 个线程约需 {time}（依据刚刚试算的 {tried} 个点）",
    ),
    "option.export": (
        "Also write the store of a sweep as a table or dataset: .csv, .xlsx, .parquet or .nc.",
        "另将扫描结果的存储导出为表格或数据集：.csv、.xlsx、.parquet 或 .nc。",
    ),
    "progress.export": ("writing", "导出"),
    "export.units": ("unit", "单位"),
    "export.sheet": ("points", "政策点"),
    "export.no_store": (
        "--export is for the store of a sweep, which {target} is not; see --table for parameters",
        "--export 仅适用于扫描结果的存储，{target} 不是；导出参数请用 --table",
    ),
    "export.ending": (
        "{path}: the name of an export ends in one of {known}",
        "{path}：导出文件名须以 {known} 之一结尾",
    ),
    "export.package": (
        "{path}: this format needs the package {package}; install it, or choose .csv",
        "{path}：该格式需要软件包 {package}；请安装，或改用 .csv",
    ),
    "export.partial": (
        "{path}: {done} of {blocks} blocks are stored; finish the sweep with --resume before it is exported",
        "{path}：{blocks} 个分块中已存储 {done} 个；请先用 --resume 完成扫描再导出",
    ),
    "export.xlsx": (
        "{path}: {points} points of {columns} columns do not fit; .xlsx takes up to {most} here. Choose .csv or "
        ".parquet, or sweep fewer points or --measures",
        "{path}：{points} 个点、{columns} 列超出限制，此处 .xlsx 最多容纳 {most} 个点。"
        "请改用 .csv 或 .parquet，或减少点数或 --measures",
    ),
    "export.netcdf": (
        "{path} holds {size}; netCDF is written from memory, up to {most}. Choose .parquet, or read the store with "
        "xarray as it is",
        "{path} 共 {size}；netCDF 需在内存中写出，上限 {most}。请改用 .parquet，或直接用 xarray 读取存储",
    ),
    "option.cluster": (
        "Have the blocks computed by the workers of a running Dask scheduler, e.g. tcp://10.0.0.5:8786; the numbers "
        "are the same.",
        "由正在运行的 Dask 调度器的工作进程计算各分块，例如 tcp://10.0.0.5:8786；结果完全相同。",
    ),
    "cluster.package": (
        "--cluster needs the package distributed (Dask); install it, or leave --cluster out",
        "--cluster 需要软件包 distributed（Dask）；请安装，或去掉 --cluster",
    ),
    "cluster.unreachable": (
        "no Dask scheduler answers at {address} ({reason}); check the address and that the scheduler runs",
        "{address} 处没有 Dask 调度器应答（{reason}）；请检查地址并确认调度器正在运行",
    ),
    "cluster.no_workers": (
        "the Dask scheduler at {address} has no workers; start some, then run the command again, with --resume if it "
        "had begun",
        "{address} 处的 Dask 调度器没有工作进程；请先启动工作进程再运行命令，若已开始则加上 --resume",
    ),
    "cluster.lost": (
        "the workers at {address} were lost {attempts} times over the same block, perhaps for want of memory; give "
        "them more, or take a smaller --block, and run the command again",
        "{address} 处的工作进程在同一分块上丢失了 {attempts} 次，可能是内存不足；请增加内存或减小 --block 后重新运行",
    ),
    "cluster.version": (
        "a worker of the cluster would compute with something else (worker / here): {differences}. Install the same "
        "versions everywhere",
        "集群中有工作进程使用的版本不同（工作进程 / 本机）：{differences}。请在各处安装相同的版本",
    ),
    "cluster.with_workers": (
        "--workers is for this machine; with --cluster the cluster says how many there are. Leave one of them out",
        "--workers 仅用于本机；使用 --cluster 时由集群决定并行数。请去掉其一",
    ),
    "option.device": (
        "Where pure equilibria, sinks and verdicts are worked out; cuda needs such a device and the package cupy.",
        "纯策略均衡、汇分支与判定的计算设备；cuda 需要相应设备和软件包 cupy。",
    ),
    "sweep.device": (
        "there is no device {device}; known are {known}.{hint}",
        "没有名为 {device} 的设备；可用的有 {known}。{hint}",
    ),
    "sweep.no_library": (
        "--device {device} needs the package {library}; install it, or leave --device out",
        "--device {device} 需要软件包 {library}；请安装，或去掉 --device",
    ),
    "sweep.no_device": (
        "no device {device} was found on this machine ({reason}); leave --device out",
        "本机未找到 {device} 设备（{reason}）；请去掉 --device",
    ),
    "sweep.device_depth": (
        "--device {device} works out pure equilibria and what follows from them; add --measures pure,money, or leave "
        "--device out",
        "--device {device} 只计算纯策略均衡及由其得出的结果；请添加 --measures pure,money，或去掉 --device",
    ),
    "show.store": (
        "{option} has no meaning for the store of a sweep; leave it out",
        "{option} 不适用于扫描结果的存储；请去掉",
    ),
}
