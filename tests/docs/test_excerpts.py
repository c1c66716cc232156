"""Excerpts are compared line by line, and keep their choice of lines when the program's words change."""

from tests.docs.blocks import blocks_of, steps_of
from tests.docs.excerpts import matches, updated
from tests.docs.refresh import refresh, with_every_verb
from tests.docs.session import Session

REPORT = """\
package: Policy package
game training-investment

Does coordination emerge?
-------------------------
  stable    yes, every party loses by leaving, government least
            (2.821)
  likely    yes, all starts end there
  certain   yes, the only sink

Who blocks
----------
  No party blocks.""".splitlines()


def test_excerpt_must_begin_where_the_output_begins_unless_lines_are_left_out():
    assert matches([*REPORT[:2], "..."], REPORT)
    assert not matches([*REPORT[1:2], "..."], REPORT)
    assert matches(["...", *REPORT[-1:]], REPORT)
    assert not matches(["...", *REPORT[-2:-1]], REPORT)


def test_lines_of_an_excerpt_must_stand_in_their_order_and_next_to_each_other():
    assert matches(["...", REPORT[3], "...", REPORT[8], "..."], REPORT)
    assert not matches(["...", REPORT[8], "...", REPORT[3], "..."], REPORT)
    assert not matches(["...", REPORT[3], REPORT[5], "..."], REPORT)


def test_whole_output_without_dots_must_agree_to_the_last_line():
    assert matches(REPORT, REPORT)
    assert not matches(REPORT[:-1], REPORT)
    assert not matches(REPORT, [*REPORT, "more"])


def test_reworded_output_keeps_the_choice_of_lines():
    new = [line.replace("every party loses by leaving", "whoever leaves loses") for line in REPORT]
    new = [line.replace("yes, the only sink", "yes, the only sink component (proved)") for line in new]
    excerpt = ["...", *REPORT[3:7], "...", REPORT[8], "..."]
    assert updated(excerpt, new) == ["...", *new[3:7], "...", new[8], "..."]


def test_line_that_wraps_after_a_change_brings_its_rest_along():
    wrapped = ["  certain   yes, the only sink component of the", "            response graph (proved)"]
    new = [*REPORT[:8], *wrapped, *REPORT[9:]]
    excerpt = ["...", REPORT[8], "..."]
    assert updated(excerpt, new) == ["...", new[8], new[9], "..."]


def test_line_added_inside_a_part_is_taken_up_and_one_outside_is_not():
    new = [*REPORT[:8], "  reached   yes, the path ends there", *REPORT[8:], "a last line"]
    excerpt = ["...", *REPORT[7:9], "..."]
    assert updated(excerpt, new) == ["...", *new[7:10], "..."]


def test_reworded_chinese_line_is_still_the_same_line():
    old = "  可能            否，73.7% 的初始状态演化至此（95% 区间 73.5% 至 73.9%；4,096"
    new = "  可能            否，73.7% 的初始状态最终到达（95% 置信区间 73.5% 至 73.9%；"
    real = ["  稳定            是，严格纳什均衡", new, "                  4,096 个初始点）", "  必然            否"]
    assert updated(["...", old, "...", real[3]], real) == ["...", *real[1:3], "...", real[3]]


def test_part_that_is_gone_is_left_to_a_person():
    assert updated(["...", "  survives  no", "..."], REPORT) is None


def test_refresh_leaves_an_excerpt_that_still_holds_as_it_is():
    excerpt = ["...", REPORT[7], "..."]
    assert updated(excerpt, REPORT) == excerpt


def test_file_above_a_block_is_the_line_that_only_names_it():
    lines = ["Write this in `a.toml`:", "```toml", "x = 1", "```", "`b/a.toml`:", "", "```toml", "x = 2", "```"]
    assert [block.file for block in blocks_of(lines)] == [None, "b/a.toml"]


def test_commands_of_a_block_share_files_and_exit_code(tmp_path):
    lines = ["```console", "$ gamebook new mine", "$ gamebook new mine", "$ echo $?", "2", "```"]
    session = Session(tmp_path, "en")
    printed = [session.run(step.command) for step in steps_of(blocks_of(lines)[0])]
    assert printed[0][0].startswith("mine.toml is ready")
    assert "exists already" in printed[1][0]
    assert printed[2] == ["2"]


def test_session_speaks_the_language_of_the_document(tmp_path):
    assert "gamebook：没有" in Session(tmp_path, "zh").run("gamebook solve pakage")[0]
    assert "gamebook: there is no" in Session(tmp_path, "en").run("gamebook solve pakage")[0]


def test_refresh_does_not_put_an_error_in_the_place_of_a_result(tmp_path):
    page = tmp_path / "page.md"
    lines = ["```console", "$ gamebook solve no_such_thing", "no_such_thing: a title", "```", "", "```python"]
    lines += [">>> 1 + 1", "3", ">>> 1 / 0", "0", "```"]
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert refresh(page) == (1, [2, 9])
    assert page.read_text(encoding="utf-8").splitlines() == [*lines[:7], "2", *lines[8:]]


def test_refresh_gives_a_new_verb_its_section_and_leaves_known_ones_alone():
    page = ["## list", "```console", "$ gamebook list --help", "a help", "```", "## Environment variables"]
    page += ["```console", "$ gamebook list --help --lang zh", "```"]
    assert with_every_verb(page, ["list"]) == page
    grown = with_every_verb(page, ["list", "plot"])
    assert grown[:5] == page[:5]
    assert grown[5:10] == ["## plot", "", "```console", "$ gamebook plot --help", "```"]
    assert grown[-3:] == ["$ gamebook list --help --lang zh", "$ gamebook plot --help --lang zh", "```"]
