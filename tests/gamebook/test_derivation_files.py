"""What derive writes works as it is: it compiles, runs, opens, and says the same every time."""

import importlib.util
import io
import json
import re
import shutil
import subprocess
import zipfile
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest

import gamebook
from gamebook.book import SHIPPED
from gamebook.cli import run
from gamebook.derivations.derivation import derive
from gamebook.derivations.document import Equation, Paragraph, Statement, Table
from gamebook.derivations.formats.files import FORMATS, files
from gamebook.derivations.many.derivation import derive_game
from gamebook.derivations.sections.paper import paper, read_numbers
from gamebook.errors import InputError
from payoffs.expressions import parse
from solvers.expected import advantage, payoff_advantages
from solvers.share_dependent.advantages import share_advantages, share_payoffs
from solvers.share_dependent.stability import replicator_jacobian as share_jacobian
from solvers.stability import replicator_jacobian

SHELVES = sorted(path.name for path in SHIPPED.iterdir() if (path / "game.toml").exists())
GAMES = [name for name in SHELVES if max(gamebook.load(name).game.shape) == 2]
MANY = [name for name in SHELVES if name not in GAMES]
MOVING = ["inspection_dynamic", "greenwash_dynamic_reward", "greenwash_dynamic_both", "oversized_tapered"]
PACKAGE = pytest.param("package", marks=pytest.mark.slow)
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
HAN = re.compile("[\u4e00-\u9fff]")


@cache
def derived(name):
    return derive_game(gamebook.load(name))


@cache
def written(name, kind, lang):
    derivation = derived(name)
    return files(derivation, kind, lang, lambda: paper(derivation, lang))


def the_file(name, kind, lang):
    (words,) = written(name, kind, lang).values()
    return words


def program(*names, what):
    """The path of the first program there is; the test says loudly that it was not run without."""
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is None:
        pytest.skip(f"not run: {what}, for want of {' or '.join(names)}")
    return found


def numeric_field(name, shares):
    case, x = derived(name).case, np.array(shares)
    if case.game.depends_on_shares(case.values):
        payoffs = share_payoffs(case.game.share_tensor(**case.values).payoffs, most_players=case.game.n)
        moving = share_advantages(payoffs, tie_tolerance=0.0)
        return x * (1 - x) * moving.at(x), share_jacobian(moving, x)
    gains = payoff_advantages(case.tensor())
    return x * (1 - x) * advantage(gains, x), replicator_jacobian(gains, x)


def in_octave(octave, folder):
    return subprocess.run(
        [octave, "--quiet", "check.m"], cwd=folder, capture_output=True, text=True, timeout=200, check=False
    )


def compiles(folder, name, lang):
    engine = program("xelatex" if lang == "zh" else "pdflatex", what=f"compiling LaTeX ({lang})")
    (folder / "paper.tex").write_text(the_file(name, "latex", lang), encoding="utf-8")
    done = subprocess.run(
        [engine, "-interaction=nonstopmode", "-halt-on-error", "paper.tex"],
        cwd=folder, capture_output=True, timeout=240, check=False,
    )  # fmt: skip
    log = (folder / "paper.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-2000:]
    assert (folder / "paper.pdf").stat().st_size > 10_000
    assert "Missing character" not in log
    too_wide = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)]
    assert max(too_wide, default=0.0) < 30  # a centimetre


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_latex_compiles(tmp_path, lang):
    compiles(tmp_path, "digital-business", lang)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", [*GAMES, *MANY, *MOVING, "package"])
def test_latex_of_every_shipped_game_compiles(tmp_path, name, lang):
    compiles(tmp_path, name, lang)


def slowly(*names):
    return [pytest.param(name, marks=pytest.mark.slow) for name in names]


REST = [name for name in [*GAMES, *MOVING] if name not in ("digital-business", "inspection_dynamic")]


@pytest.mark.parametrize("name", ["digital-business", "inspection_dynamic", PACKAGE, *slowly(*REST)])
def test_octave_agrees_with_the_numeric_field(tmp_path, name):
    octave = program("octave-cli", "octave", what="the MATLAB files in Octave")
    for file, words in written(name, "matlab", "en").items():
        (tmp_path / file).write_text(words, encoding="utf-8")
    n = derived(name).game.n
    shares = [[0.3, 0.45, 0.6, 0.85][:n], [0.01, 0.99, 0.5, 0.2][:n]]
    lines = ["p = egt_parameters();"]
    for start in shares:
        column = "; ".join(map(str, start))
        lines.append(f"fprintf('%.17g ', egt_rhs(0, [{column}], p), egt_jacobian(0, [{column}], p)'); fprintf('\\n');")
    (tmp_path / "check.m").write_text("\n".join(lines))
    done = in_octave(octave, tmp_path)
    assert done.returncode == 0, done.stderr
    for row, start in zip(done.stdout.strip().splitlines(), shares, strict=True):
        velocity, jacobian = numeric_field(name, start)
        expected = np.concatenate([velocity, jacobian.ravel()])
        assert np.array(row.split(), dtype=float) == pytest.approx(expected, abs=1e-12 * (1 + np.abs(expected).max()))


@pytest.mark.slow
def test_octave_runs_the_script_with_its_figures(tmp_path):
    octave = program("octave-cli", "octave", what="the MATLAB script with its figures")
    for file, words in written("inspection", "matlab", "en").items():
        (tmp_path / file).write_text(words, encoding="utf-8")
    (tmp_path / "check.m").write_text(
        "set(0, 'defaultfigurevisible', 'off'); egt_run; assert(all(isfinite(s(:)))); disp(rows(t));"
    )
    done = in_octave(octave, tmp_path)
    assert "201" in done.stdout, done.stderr


def module_of(folder, name, words):
    path = folder / f"{name}.py"
    path.write_text(words, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name", ["digital-business", "green-retrofit", "greenwash_dynamic_both", PACKAGE, *slowly("oversized_tapered")]
)
def test_the_python_program_agrees_with_the_numeric_field(tmp_path, name):
    module = module_of(tmp_path, "equations", the_file(name, "python", "zh"))
    shares = [0.2, 0.7, 0.4, 0.9][: derived(name).game.n]
    velocity, jacobian = numeric_field(name, shares)
    assert module.rhs(0.0, shares) == pytest.approx(velocity, abs=1e-12 * (1 + np.abs(velocity).max()))
    assert module.jacobian(0.0, shares) == pytest.approx(jacobian, abs=1e-12 * (1 + np.abs(jacobian).max()))


def test_the_sympy_script_has_the_eigenvalues_of_the_table(tmp_path):
    module = module_of(tmp_path, "formulas", the_file("traffic-safety", "sympy", "en"))
    for point in derived("traffic-safety").points:
        for here, value in zip(module.eigenvalues[point.profile], point.eigenvalues, strict=True):
            assert (here - value).expand() == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["cyber-insurance", "inspection", "rock-paper-scissors"])
def test_html_has_mathml_and_nothing_from_outside(name, lang):
    pytest.importorskip("latex2mathml", reason="not run: HTML, for want of latex2mathml")
    page = the_file(name, "html", lang)
    assert "<script" not in page
    assert re.findall(r"(?:src|href)\s*=", page) == []
    root = ElementTree.fromstring(page.partition("<body>")[2].partition("</body>")[0].join(["<body>", "</body>"])
                                  .replace("&nbsp;", " ").replace("<br>", " ").replace("<wbr>", ""))  # fmt: skip
    formulas = list(root.iter(f"{MATHML}math"))
    assert len(formulas) > 100
    words = "".join(root.itertext())
    assert "$" not in words
    assert "\\" not in words


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_word_files_have_equations_that_are_equations(lang):
    pytest.importorskip("docx", reason="not run: Word files, for want of python-docx")
    pytest.importorskip("mathml_to_omml", reason="not run: Word files, for want of mathml-to-omml")
    with zipfile.ZipFile(io.BytesIO(the_file("digital-business", "docx", lang))) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    document = paper(derived("digital-business"), lang)
    displayed = sum(isinstance(block, Equation) for section in document.sections for block in section.blocks)
    assert len(list(root.iter(f"{MATH}oMathPara"))) >= displayed
    assert len(list(root.iter(f"{MATH}oMath"))) > 300
    words = "".join(root.itertext())
    assert not re.search(r"\\[a-z]|\$|\x1f", words)
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    ruled = [table for table in root.iter(f"{space}tbl") if table.find(f".//{space}tblBorders") is not None]
    tables = sum(isinstance(block, Table) for section in document.sections for block in section.blocks)
    assert len(ruled) == tables
    for table in ruled:
        sides = [border.tag.removeprefix(space) for border in table.find(f".//{space}tblBorders")]
        assert sides == ["top", "bottom"]


def test_a_line_that_begins_with_a_relation_has_it_as_text():
    # LibreOffice shows an inverted question mark for a relation without a left side.
    pytest.importorskip("docx", reason="not run: Word files, for want of python-docx")
    from gamebook.derivations.formats.docx import omml

    runs = omml(r"\quad >a+b").iter(f"{MATH}r")
    assert [run.find(f"{MATH}t").text for run in runs if run.find(f".//{MATH}nor") is not None] == [">"]
    assert not list(omml("a>b").iter(f"{MATH}nor"))


@pytest.mark.slow
def test_word_files_open_in_libreoffice(tmp_path):
    office = program("soffice", "libreoffice", what="opening Word files in LibreOffice")
    (tmp_path / "paper.docx").write_bytes(the_file("inspection", "docx", "zh"))
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "paper.docx"],
        cwd=tmp_path, capture_output=True, timeout=240, check=True,
    )  # fmt: skip
    pdf = tmp_path / "paper.pdf"
    if not pdf.exists():
        pytest.skip("not run: opening Word files in LibreOffice, for want of its writer")
    assert pdf.stat().st_size > 20_000


def test_json_holds_formulas_that_can_be_read_back():
    data = json.loads(the_file("digital-business", "json", "en"))
    derivation = derived("digital-business")
    assert data["schema"] == "gamebook/derivation/1"
    for point in data["points"]:
        profile = tuple(map(int, point["profile"]))
        for text, player in zip(point["eigenvalues"], range(3), strict=True):
            read = parse(text["text"].replace("**", "**")).symbolic()
            assert (read - derivation.field.eigenvalue(player, profile)).expand() == 0
    for row, found in enumerate(data["advantages"]):
        assert (parse(found["text"]).symbolic() - derivation.field.advantage(row)).expand() == 0


def test_every_format_gives_the_same_bytes_again():
    derivation = derive(gamebook.load("digital-business"))
    for kind in FORMATS:
        if kind in ("html", "docx") and not importlib.util.find_spec("latex2mathml"):
            continue
        again = files(derivation, kind, "zh", lambda: paper(derivation, "zh"))
        assert again == written("digital-business", kind, "zh")


@pytest.mark.parametrize(
    "name", ["inspection", "cyber-insurance", "inspection_dynamic", "rock-paper-scissors", *slowly("no_tools")]
)
def test_a_chinese_document_is_chinese(name):
    allowed = {
        "ESS", "Selten", "Ritzberger", "Weibull", "McKelvey", "McLennan", "gamebook", "solve", "GitHub", "Dearden",
        "Konings", "Vanormelingen", "Reed", "Van", "Reenen", "Andreozzi", "ATD", "weizhen", "dynamic", "penalty",
        "MATLAB", "tools", "Bezout",
    }  # fmt: skip
    found = set()
    for section in paper(derived(name), "zh").sections:
        for block in section.blocks:
            words = []
            if isinstance(block, Paragraph | Statement):
                words = [block.text]
            if isinstance(block, Table):
                words = [block.caption, *(cell.text for row in block.head for cell in row), *block.notes]
            for text in words:
                assert HAN.search(text) or not re.search("[A-Za-z]{3}", re.sub(r"\$[^$]*\$", "", text))
                found |= set(re.findall("[A-Za-z]{3,}", re.sub(r"\$[^$]*\$", "", text)))
    assert found - allowed - set(name.split("-")) == set()


def test_all_sixteen_points_are_listed_with_every_eigenvalue():
    document = paper(derived("cyber-insurance"), "en", sections=["stability"])
    tables = [block for block in document.sections[0].blocks if isinstance(block, Table)]
    assert len(tables[0].rows) == 16
    assert all(all(cell for cell in row[:5]) for row in tables[0].rows)


def test_numbers_begin_where_they_are_told_to():
    document = paper(derived("inspection"), "zh", first=read_numbers("表3,式(5)，命题2"))
    blocks = [block for section in document.sections for block in section.blocks]
    tables = [block.number for block in blocks if isinstance(block, Table)]
    equations = [block.number for block in blocks if isinstance(block, Equation) and block.number]
    propositions = [block.number for block in blocks if isinstance(block, Statement) and block.kind == "proposition"]
    assert (tables[0], equations[0], propositions[0]) == (3, 5, 2)
    assert tables == list(range(3, 3 + len(tables)))


@pytest.mark.parametrize("text", ["fig 3", "表", "式0", "式x", "5"])
def test_what_gives_no_number_is_refused(text):
    with pytest.raises(InputError):
        read_numbers(text)


def test_symbols_that_would_mean_two_things_are_renamed_and_said_to_be():
    # Peer review has a parameter F, and F(x) is the velocity.
    derivation = derived("peer-review")
    assert [(found.symbol, found.latex) for found in derivation.names.renamed] == [("F", r"\tilde{F}")]
    document = paper(derivation, "en", sections=["notation"])
    notes = [block.text for block in document.sections[0].blocks if isinstance(block, Statement)]
    assert any("$F$ is printed $\\tilde{F}$" in note for note in notes)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--symbols", "x,y"], "does not name 3"),
        (["--symbols", "x,y,P1"], "P1 is a parameter"),
        (["--symbols", "x,y,t"], "t cannot stand for a share"),
        (["--sections", "stabilty"], "Did you mean stability?"),
        (["--symbolic", "P3"], "no parameter P3"),
        (["--assume", "P1 + > 2"], "cannot be read"),
        (["--format", "docx"], "--out DIR"),
        (["--at", "11"], "11"),
    ],
)
def test_bad_requests_are_refused_in_one_line(desk, capsys, arguments, words):
    assert run(["derive", "digital-business", *arguments]) == 2
    found = capsys.readouterr()
    assert words in found.err
    assert found.out == ""
    assert run(["derive", "digital-business", *arguments, "--lang", "zh"]) == 2
    assert HAN.search(capsys.readouterr().err)


def test_files_are_never_overwritten(desk, capsys):
    assert run(["derive", "inspection", "--format", "matlab", "--out", "code"]) == 0
    assert sorted(path.name for path in (desk / "code").iterdir()) == sorted(written("inspection", "matlab", "en"))
    assert run(["derive", "inspection", "--format", "matlab", "--out", "code"]) == 2
    assert "exists already" in capsys.readouterr().err


@pytest.mark.slow
def test_with_all_tools_symbolic_every_section_is_written_and_hardly_a_pair_of_cases_stays_open():
    derivation = derive(gamebook.load("package"), symbolic=["all"])
    document = paper(derivation, "zh")
    assert all(section.blocks for section in document.sections)
    assert len(derivation.cells.symbolic) > 80
    assert sum(pair.together is None for pair in derivation.cases.overlaps) <= 1
