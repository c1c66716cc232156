"""Files of figures: equal runs give equal bytes, and what cannot be written is refused, in Python and by command."""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from gamebook.errors import InputError
from gamebook.figures import style
from gamebook.figures.files import write_figure
from gamebook.figures.simulation import draw, simulation_sheet
from payoffs.texts import Text
from tests.gamebook.made_up_simulations import changed, fork, simulation

ROOT = Path(__file__).parents[2]


class TestFiles:
    @pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
    @pytest.mark.parametrize("make", [simulation, fork])
    def test_equal_runs_give_equal_bytes_whatever_the_settings_of_matplotlib(self, kind, make, tmp_path):
        draw(make(), tmp_path / f"one.{kind}", lang="zh")
        with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "axes.unicode_minus": False, "text.color": "red"}):
            before = dict(mpl.rcParams)
            draw(make(), tmp_path / f"two.{kind}", lang="zh")
            assert dict(mpl.rcParams) == before
        one, two = ((tmp_path / f"{name}.{kind}").read_bytes() for name in ("one", "two"))
        assert one == two
        assert len(one) > 10_000
        assert [path.name for path in sorted(tmp_path.iterdir())] == [f"one.{kind}", f"two.{kind}"]

    def test_bytes_do_not_depend_on_the_process(self, tmp_path):
        program = (
            "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; "
            "from gamebook.figures.simulation import draw; from tests.gamebook.made_up_simulations import fork; "
            "[draw(fork(), Path(sys.argv[2]) / f'{sys.argv[3]}.{kind}') for kind in ('svg', 'pdf')]"
        )
        for seed in ("1", "2"):
            command = [sys.executable, "-c", program, str(ROOT), str(tmp_path), seed]
            subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        for kind in ("svg", "pdf"):
            assert (tmp_path / f"1.{kind}").read_bytes() == (tmp_path / f"2.{kind}").read_bytes()

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_pdf_embeds_the_shipped_font_and_no_other_as_truetype(self, lang, tmp_path, caplog):
        draw(simulation(), tmp_path / "a.pdf", lang=lang)
        data = (tmp_path / "a.pdf").read_bytes()
        fonts = set(re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([\w-]+)", data))
        assert fonts == {b"GamebookSansSC-Regular"}
        assert b"/Type3" not in data
        assert b"/CreationDate" not in data
        assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []

    @pytest.mark.parametrize("name", ["a.PNG", "a.Svg"])
    def test_the_ending_counts_in_capitals_too(self, name, tmp_path):
        draw(simulation(ledger=False), tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000

    @pytest.mark.parametrize("name", ["a.jpg", "a", "a.svgz", ".png"])
    def test_other_types_are_refused(self, name, tmp_path):
        with pytest.raises(InputError) as refusal:
            draw(simulation(), tmp_path / name)
        assert ".png, .svg, .pdf" in refusal.value.text("en")
        assert ".png, .svg, .pdf" in refusal.value.text("zh")
        assert list(tmp_path.iterdir()) == []

    def test_a_missing_folder_is_named(self, tmp_path):
        with pytest.raises(InputError) as refusal:
            draw(simulation(), tmp_path / "no" / "a.png")
        assert f"no folder {tmp_path / 'no'}" in refusal.value.text("en")

    def test_an_existing_file_stays_as_it_is(self, tmp_path):
        path = tmp_path / "a.png"
        path.write_text("mine")
        with pytest.raises(InputError, match="exists already"):
            draw(simulation(), path)
        assert path.read_text() == "mine"
        (tmp_path / "b.png").symlink_to(tmp_path / "nowhere.png")
        with pytest.raises(InputError, match="exists already"):
            draw(simulation(), tmp_path / "b.png")
        assert len(list(tmp_path.iterdir())) == 2

    def test_a_file_made_while_the_figure_is_drawn_is_not_overwritten(self, tmp_path):
        class Slow(Figure):
            def savefig(self, *arguments, **options):
                (tmp_path / "a.png").write_text("theirs")
                super().savefig(*arguments, **options)

        with pytest.raises(InputError, match="exists already"), style.drawing():
            write_figure(Slow(), tmp_path / "a.png")
        assert [path.read_text() for path in tmp_path.iterdir()] == ["theirs"]

    @pytest.mark.parametrize("width_mm", [59.9, 401, float("nan"), float("inf"), -84])
    def test_a_width_out_of_range_is_refused(self, width_mm, tmp_path):
        with pytest.raises(InputError, match=r"\[60, 400\]"):
            draw(simulation(), tmp_path / "a.png", width_mm=width_mm)

    def test_characters_that_no_font_has_are_refused_by_name(self, tmp_path):
        with pytest.raises(InputError) as refusal:
            draw(simulation(), tmp_path / "a.png", title="政策\U0010fffd组合")
        assert "\U0010fffd" in refusal.value.text("zh")
        assert "Noto Sans CJK SC" in refusal.value.text("en")
        assert list(tmp_path.iterdir()) == []

    def test_a_font_of_the_machine_steps_in_for_characters_that_the_shipped_one_lacks(self, tmp_path, caplog):
        # DejaVu Sans comes with matplotlib and has Armenian letters, which the shipped font has not.
        armenian = changed(simulation(), title=Text("Հայաստան", "Հայաստան"))
        assert simulation_sheet(armenian, lang="en").family == "DejaVu Sans"
        with caplog.at_level(logging.INFO, logger="matplotlib.mathtext"):
            draw(armenian, tmp_path / "a.png")
        assert [r.getMessage() for r in caplog.records if "ubstitut" in r.getMessage()] == []


def gamebook(*arguments, cwd):
    """Run the command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GAMEBOOK_LANG": "zh"}
    command = [sys.executable, "-P", "-m", "gamebook", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=environment)


class TestCommand:
    def test_simulate_draws_what_the_same_simulation_draws_in_python(self, tmp_path):
        from gamebook.book import Book
        from gamebook.path_simulation import simulate

        ran = gamebook("simulate", "matching-pennies", "--start", "x=0.7", "--figure", "a.svg", cwd=tmp_path)
        assert ran.returncode == 0, ran.stderr
        assert "a.svg" in ran.stderr
        draw(simulate(Book.open().case("matching-pennies"), start={"x": 0.7}), tmp_path / "b.svg", lang="zh")
        assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()

    def test_a_figure_that_cannot_be_written_is_refused_before_anything_is_computed(self, tmp_path):
        ran = gamebook("simulate", "package", "--figure", "a.jpg", cwd=tmp_path)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ".png, .svg, .pdf" in ran.stderr
        assert list(tmp_path.iterdir()) == []
