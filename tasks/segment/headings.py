"""Reads the heading a paragraph opens with: its label, its title, and how deep its kind stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from tasks.segment.rules import SegmentRules

#: How deep each style of heading stands by the custom of official documents (GB/T 9704—2012, 7.3.3:
#: 一、 then （一） then 1. then （1）).  What stands below what is decided by these ranks alone.
RANKS = {
    "chapter": 0.0,
    "division": 0.5,
    "ornament_chapter": 0.75,
    "comma": 1.0,
    "bracket": 2.0,
    "digit": 3.0,
    "bracket_digit": 4.0,
    "circle": 5.0,
    "point": 6.0,
    "dash": 6.0,
    "ornament": 6.0,
    "line": 6.5,
    "topic": 7.0,
}

_N = "一二三四五六七八九十百"
_LABEL = re.compile(
    rf"(?P<division>第[{_N}\d]{{1,3}}(?:部分|章|篇|节)[、，：:\s]?)"
    rf"|(?P<comma>[{_N}]{{1,3}}\s?[、．.]\s?)"
    rf"|(?P<bracket>[（(〔]\s?[{_N}]{{1,3}}\s?[）)〕][、．.]?\s?|[㈠-㈩])"
    r"|(?P<bracket_digit>[（(]\s?\d{1,2}\s?[）)][、．.]?|[⑴-⒇])"
    r"|(?P<digit>\d{1,2}\s?[、．.](?!\d)\s?|[⒈-⒛]|［\d{1,2}］)"
    r"|(?P<circle>[①-⑳])"
    rf"|(?P<point>[{_N}]{{1,2}}(?:是要|是|要)(?=.)|第[{_N}]{{1,2}}[，、,：:])"
    r"|(?P<dash>[—―–－─]{2,}\s?)"
    r"|(?P<ornament>[●•■◆▲★※◎◇☆►▶▪▍]\s?|【(?=[^【】]{2,30}】$))"
)
_BARE_NUMERAL = re.compile(
    rf"([{_N}]{{1,3}})(?![{_N}年月日个项条家位届次种大些批步切定直般起方级层类套项所座里亩吨万亿\d、．.，,是要]|人(?!民))"
)
_SENTENCE_END = re.compile(r"[。！？!?；;]")
_TITLE_END = re.compile(r"[。！？!?；;：:]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
#: what a topic sentence opens with when it tells the time of its paragraph
ERA = re.compile(
    rf"(?:刚刚)?(?:过去的?|近|这|最近)?[{_N}两]年(?:多?来|间|里)?[，,]|过去的?[{_N}两]年[，,]?|(?:19|20)\d\d年[，,]"
)


class Heading(NamedTuple):
    """What a paragraph opens with.

    Attributes:
        style: key of :data:`RANKS`.
        number: the number of its label, 0 when it has none.
        label: as written, without white space, or None.
        title: without label and final mark, or None.
        end: offset in the text where the title ends (after its final mark).
        whole: the heading is the whole paragraph.
    """

    style: str
    number: int
    label: str | None
    title: str | None
    end: int
    whole: bool


def number_of(label: str) -> int:
    """The number a label gives: （十二） is 12, 3. is 3, ② is 2, —— is 0."""
    inner = label.strip("（）()〔〕［］ 、．.，,：:第部分章篇节是要\u3000")
    if inner.isdecimal():
        return int(inner)
    if len(inner) == 1:
        for first, last in (("①", "⑳"), ("⑴", "⒇"), ("⒈", "⒛"), ("㈠", "㈩")):
            if first <= inner <= last:
                return ord(inner) - ord(first) + 1
    tens, ten, ones = inner.rpartition("十")
    if ten:
        return 10 * (_DIGITS.get(tens, 0) if tens else 1) + _DIGITS.get(ones, 0)
    return _DIGITS.get(inner, 0)


def read_heading(text: str, start: int, end: int, rules: SegmentRules) -> Heading | None:
    """The labelled heading that the paragraph ``[start, end)`` opens with, or None."""
    match = _LABEL.match(text, start, end)
    if match is None:
        return None
    style, label = str(match.lastgroup), match[0].strip()
    at = match.end()
    written = None if label == "【" else label
    if at >= end:
        return None
    stop = _title_end(text, at, end, rules.lengths.labelled, whole_line=style not in ("point", "dash", "ornament"))
    if stop is None:
        if style in ("point", "digit"):
            return None
        return Heading(style, number_of(label), written, None, at, whole=False)
    title = text[at:stop].strip(" \u3000。！？!?；;：:，,】★☆◆■")
    if not _HAN.search(title) and len(title) < 2:
        return None
    return Heading(style, number_of(label), written, title or None, stop, whole=stop >= end)


def read_bare_numeral(
    text: str, start: int, end: int, expected: tuple[int, ...], rules: SegmentRules
) -> Heading | None:
    """A heading whose label lost its punctuation (三重点项目进展顺利。), when it is the one expected next."""
    match = _BARE_NUMERAL.match(text, start, end)
    if match is None or number_of(match[1]) not in expected:
        return None
    stop = _title_end(text, match.end(), end, rules.lengths.labelled, whole_line=False)
    if stop is None:
        return None
    title = text[match.end() : stop].strip("。！？!?；;：:")
    if any(map(str.isdigit, title)):
        return None
    return Heading("bracket", number_of(match[1]), match[1], title, stop, whole=stop >= end)


def read_topic(text: str, start: int, end: int, rules: SegmentRules) -> Heading | None:
    """The short topic sentence that the paragraph opens with (工业经济稳中有为。), or None.

    A topic sentence names no figure and does not say what something is: it is a title with a full
    stop.  One that tells the time of its paragraph (五年来，我们…) may be longer.
    """
    limit = rules.lengths.topic
    era = ERA.match(text, start, end)
    if era is not None:
        limit = rules.lengths.era_topic
    if end - start <= rules.lengths.line and text.find("。", start, end) == end - 1:
        limit = rules.lengths.line
    stop = text.find("。", start, min(end, start + limit + 1)) + 1
    if not stop:
        return None
    sentence = text[start : stop - 1]
    body = sentence[era.end() - start :] if era else sentence
    if len(body) < 4 or "：" in body or ":" in body or "；" in body or any(map(str.isdigit, body)):
        return None
    if "是" in body and not (era and body.endswith("一年")):
        return None
    if rules.connector.match(sentence) or rules.address.match(sentence):
        return None
    if rules.announcement.search(sentence):
        return None
    if era and "我们" not in body and not body.endswith("一年"):
        return None
    return Heading("topic", 0, None, sentence, stop, whole=stop >= end)


def read_line(text: str, start: int, end: int, rules: SegmentRules) -> Heading | None:
    """A line without label and without full stop that is short enough for a title, or None."""
    if end - start > rules.lengths.line:
        return None
    line = text[start:end]
    if line[-1] in "。；;，,、：:！!？?）)】]》>" or "。" in line or len(_HAN.findall(line)) < 4:
        return None
    if rules.not_line.search(line):
        return None
    return Heading("line", 0, None, line, end, whole=True)


def _title_end(text: str, start: int, end: int, limit: int, *, whole_line: bool) -> int | None:
    """Where the title ends: after its full stop, or with the paragraph when that is short."""
    stop = _SENTENCE_END.search(text, start, min(end, start + limit))
    if stop is not None:
        return stop.end()
    if whole_line and end - start <= limit:
        return end
    stop = _TITLE_END.search(text, start, min(end, start + limit))
    if stop is not None:
        return stop.end()
    return end if end - start <= limit else None
