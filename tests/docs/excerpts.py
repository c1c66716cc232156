"""Compare a shown output with the real one, and bring an excerpt up to date without losing its choice of lines."""

import difflib
import re

from tests.docs.blocks import LEFT_OUT

WORD = re.compile(r"[A-Za-z0-9_.]+|\S")  # a word of ASCII letters, or one other character
WORTH_KEEPING = 0.5  # likeness from which a shown line and a real one count as the same line, reworded
COST_OF_GAP = 0.25  # of a line more or less within a part; enough that a part keeps together


def matches(shown, real):
    """Whether the real output is the one shown, where a line ``...`` stands for any number of lines.

    Examples
    --------
    >>> matches(["a", "...", "d"], ["a", "b", "c", "d"]), matches(["a", "..."], ["b"])
    (True, False)
    """
    parts = _parts(shown)
    if len(parts) == 1:
        return parts[0] == list(real)
    first, *middle, last = parts
    if list(real[: len(first)]) != first:
        return False
    position = len(first)
    for part in middle:
        places = range(position, len(real) - len(part) + 1)
        found = next((i for i in places if list(real[i : i + len(part)]) == part), None)
        if found is None:
            return False
        position = found + len(part)
    return len(real) - len(last) >= position and list(real[len(real) - len(last) :]) == last


def _parts(shown):
    """Runs of shown lines between the lines ``...``; empty ones at an end that is left out."""
    parts = [[]]
    for line in shown:
        if line == LEFT_OUT:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def updated(shown, real):
    """The same excerpt of the real output; None if a part of it cannot be found there any more.

    A shown output without ``...`` becomes the whole real one.

    Examples
    --------
    >>> updated(["...", "the cat sat", "..."], ["once", "the cat sits", "a while"])
    ['...', 'the cat sits', '...']
    """
    if matches(shown, real):
        return list(shown)
    if LEFT_OUT not in shown:
        return list(real)
    pairs = dict(_aligned(shown, real))
    lines, end, part = [], -1, []
    for position in range(len(shown) + 1):
        if position < len(shown) and shown[position] != LEFT_OUT:
            part.append(position)
            continue
        places = [pairs[i] for i in part if i in pairs]
        if part and not places:
            return None
        if places:
            start = 0 if part[0] == 0 else places[0]
            until = len(real) - 1 if position == len(shown) else _with_rest(real, places, shown[part[-1]])
            lines += real[max(start, end + 1) : until + 1]
            end = until
        if position < len(shown):
            lines.append(LEFT_OUT)
        part = []
    return lines if matches(lines, real) else None


def _with_rest(real, places, last_shown):
    """End of a part: if its last line changed, with the lines that this one is wrapped into."""
    end = places[-1]
    if real[end] == last_shown:
        return end
    head = next((i for i in reversed(range(places[0], end)) if _indent(real[i]) < _indent(real[end])), end)
    while end + 1 < len(real) and real[end + 1] and _indent(real[end + 1]) > _indent(real[head]):
        end += 1
    return end


def _indent(line):
    return len(line) - len(line.lstrip())


def _aligned(shown, real):
    """Pairs of positions of shown and real lines that belong together, in order, by dynamic programming."""
    rows, columns = len(shown), len(real)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    steps = [[""] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        # Real lines cost nothing where the excerpt leaves lines out, and at either end of it.
        free = i > 0 and shown[i - 1] == LEFT_OUT
        for j in range(columns + 1):
            choices = []
            if i and j and shown[i - 1] != LEFT_OUT:
                alike = _likeness(shown[i - 1], real[j - 1])
                if alike >= WORTH_KEEPING:
                    choices.append((best[i - 1][j - 1] + alike, "both"))
            if i:
                choices.append((best[i - 1][j] - (0.0 if free else COST_OF_GAP), "shown"))
            if j:
                choices.append((best[i][j - 1] - (0.0 if free else COST_OF_GAP), "real"))
            if choices:
                best[i][j], steps[i][j] = max(choices)
    pairs, i, j = [], rows, columns
    while i or j:
        step = steps[i][j]
        if step == "both":
            pairs.append((i - 1, j - 1))
        i, j = i - (step != "real"), j - (step != "shown")
    return reversed(pairs)


def _likeness(one, other):
    if one == other:
        return 1.0
    if not one.strip() or not other.strip():
        return 0.0
    return difflib.SequenceMatcher(None, WORD.findall(one), WORD.findall(other), autojunk=False).ratio()
