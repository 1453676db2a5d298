"""Finds where the paragraphs of a text begin whose line feeds were lost altogether.

Some sites drop the tags of a page without putting anything in their place: 清河镇2015年工作总结一、2015年
工作回顾今年以来,全镇…。二、2016年工作打算….  Title, headings and paragraphs then stand in one line.  What
tells them apart is the run of labels (一、 二、 三、 each after a full stop) and the nouns that titles of
reports end in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

#: a shorter line is a paragraph like others
_LONG = 100
#: of the text, in tenths, that one line holds when the line feeds are lost
_SHARE = 6

_N = "一二三四五六七八九十"
_NOUN = (
    r"(?:(?:工作|年度?|半年|情况)(?:总结|回顾|汇报|报告|小结|进展)(?:报告)?|工作(?:开展|完成|进展)?情况|完成情况"
    r"|工作(?:安排|计划|打算|思路|要点|规划|部署|任务|目标|重点)|(?:主要|目标|重点)任务|主要目标|工作设想)"
)
#: how the first sentence behind a title begins
_SENTENCE = (
    rf"(?=今年|去年|本年|一年来|半年来|[上下]半年|过去|近年来|近[{_N}]年|[{_N}]年来|(?:19|20)\d\d年|各位|同志们"
    rf"|现在|在[^，,。]{{2,40}}下|按照|根据|围绕|面对|我[镇乡县市区街们省州]|全[镇乡县市区街省州]"
    rf"|[（(]?[{_N}][、）)](?![{_N}]))"
)
_TITLE = re.compile(
    rf"[^。；;，,：:！!\n]{{0,45}}?{_NOUN}(?:[和及与暨][^。；;，,：:！!\n]{{0,30}}?{_NOUN})?{_SENTENCE}"
)
_LABEL = re.compile(
    rf"(?<![{_N}、第（(])(?P<comma>[{_N}]{{1,3}})、(?![{_N}]+(?:、|产))|[（(](?P<bracket>[{_N}]{{1,3}})[）)]、?"
)
#: a heading without a label, that runs on into its text: …。2030年工作回顾2030年，是…
_BARE = re.compile(
    rf"(?<=[。！])(?:过去的?[{_N}]年的?(?:政府)?工作(?:的)?回顾|(?:19|20)[0-9]{{2}}年度?的?(?:政府)?(?:主要|重点|各项)?工作"
    rf"(?:回顾|总结|安排|打算|计划|任务|重点|思路|要点)?|(?:今后|未来)[{_N}]年的?[^。，,]{{0,12}}?(?:任务|目标|思路)){_SENTENCE}"
)
#: a labelled one in the midst of a line, and a quick look for any
_MAY_RUN_ON = ("。一、", "！一、", "。二、")
_RUN_ON = re.compile(rf"(?<=[。！])[{_N}]、[^。；;，,：:！!\n]{{2,40}}?{_NOUN}{_SENTENCE}")
_ENDS = "。！；;：:？?!”）)》> 　"
_NUMBERS = [*"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九"), "二十"]


def is_glued(text: str) -> bool:
    """Whether one line holds nearly all of the text, or a heading in its midst runs on into its text."""
    longest = max((len(line) for line in text.split("\n")), default=0)
    if longest > _LONG and longest * 10 >= len(text) * _SHARE:
        return True
    return longest > _LONG and any(mark in text for mark in _MAY_RUN_ON) and _RUN_ON.search(text) is not None


def glued_starts(line: str, *, first: bool) -> list[int]:
    """Offsets in a line at which its second, third … paragraph begins.

    Args:
        line: a line of a text that :func:`is_glued`.
        first: it is the first line of the text and may open with its title.
    """
    return list(_starts(line, first=first)) if len(line) > _LONG else []


def parted(lines: list[str]) -> list[str]:
    """The lines; where the line feeds of a text were lost, its title, headings and paragraphs."""
    if not is_glued("\n".join(lines)):
        return lines
    pieces: list[str] = []
    for n, line in enumerate(lines):
        cuts = [0, *glued_starts(line, first=not n), len(line)]
        pieces += [line[start:end].strip() for start, end in pairwise(cuts)]
    return [piece for piece in pieces if piece]


@lru_cache(maxsize=16)
def _starts(line: str, *, first: bool) -> tuple[int, ...]:
    starts: list[int] = []
    opening = _TITLE.match(line) if first else None
    if opening is not None:
        starts.append(opening.end())
    for bare in _BARE.finditer(line):
        starts += [bare.start(), bare.end()]
    expected = {"comma": 0, "bracket": 0}
    for label in _LABEL.finditer(line):
        style = str(label.lastgroup)
        number = _NUMBERS.index(label[style]) if label[style] in _NUMBERS else -1
        again = style == "bracket" and number == 0
        if number != expected[style] and not again:
            continue
        title = _TITLE.match(line, label.end())
        if title is not None and _LABEL.search(line, label.end(), title.end()):
            title = None
        at = label.start()
        if at and line[at - 1] not in _ENDS and at not in starts and title is None:
            continue
        expected[style] = number + 1
        if style == "comma":
            expected["bracket"] = 0
        if at and at not in starts:
            starts.append(at)
        if title is not None:
            starts.append(title.end())
    return tuple(sorted(set(starts)))
