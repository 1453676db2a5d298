"""The title of a document: from the block, the meta tags, the headings, the title element, or the text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from html import unescape

from tasks.clean.choose import bare, is_page_line
from tasks.clean.disclosure import pairs_in
from tasks.clean.lines import folded, sentences
from tasks.clean.outline import Outline
from tasks.clean.rules import CleanRules

_SITE = re.compile(r"\s*(?:[_|｜]|\s[-–—]+\s|--+|——)\s*|(?<=[\u4e00-\u9fff）》”])-(?=[\u4e00-\u9fff])")
_ENDS = re.compile(
    r"(?:报告|報告|总结|總結|计划|計劃|公报|公報|意见|意見|通知|要点|要點|规划|規劃|方案|决定|決定|办法|辦法|情况|情況|汇报|匯報|公告|通报|通報|规定|規定|纲要|綱要|批复|函|通告|预算|決算|决算)"
    r"(?:\(.{1,12}\))?\Z"
)
_SPOKEN = re.compile(r"^[—–―\-－]{1,3}.{0,60}(?:会|會)")
#: Pinyin in brackets behind a character, as some sites break characters.
_ANNOTATION = re.compile(r"[(（][A-Za-zü\u00e0-\u01dc]{1,6}[)）]")
#: a heading with a number, or what stands behind a dash, is a part of the text and never its title
_NUMBERED = re.compile(
    "[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、](?![0-9])|—"
)
_SHORTEST, _LONGEST = 6, 120
_LINES_ABOVE = 8
#: The title element of many pages names the site alone.
_SITE_NAME = re.compile(r"(?:网|网站|政府|门户|平台|专栏|系统|首页|信息公开|政务公开|详情页?|内容页?|文章)$")


def title_of_element(rest: str) -> str:
    """Text of the title element, given what follows its name in the source."""
    content = rest.partition(">")[2].rpartition("</")[0] if "</" in rest else rest.partition(">")[2]
    return " ".join(unescape(content).split())


def named_by_element(element: str) -> list[str]:
    """What a title element may call the document: all of it, or a part beside the name of the site."""
    return [element, *(part for part in _SITE.split(element) if part and not _SITE_NAME.search(part))]


def title_of_page(
    page: Outline, element: str, before: Sequence[int], body: Sequence[int], rules: CleanRules
) -> str | None:
    """The title of a page without a title in meta tags or block.

    The title stands above the body or opens it, and in the title element beside the name of the site.

    Args:
        page: the outline.
        element: text of the title element.
        before: numbers of the blocks above the body.
        body: numbers of the blocks of the body.
        rules: chrome.
    """
    parts = [part for part in _SITE.split(element) if part]
    whole = folded(element)
    named = {folded(part) for part in parts if len(part) >= _SHORTEST and not _SITE_NAME.search(part)}
    best = ""
    for n in (*before, *body[:3]):
        text = page.blocks[n].text
        if not 4 <= len(text) <= _LONGEST:
            continue
        line = bare(page.blocks[n])
        if len(line) < _SHORTEST or len(line) <= len(folded(best)):
            continue
        if whole.startswith(line.removesuffix("...")) or line in named:
            best = " ".join(text.split()) + _broken_off(page, n, line, named)
    if best:
        return best
    headings = [page.blocks[n] for n in (*before[-12:], *body[:3]) if page.blocks[n].heading in (1, 2)]
    for block in reversed(headings):
        if 6 <= len(block.text) <= _LONGEST and not is_page_line(block, rules) and block.linked * 2 < len(block.text):
            return " ".join(block.text.split())
    if parts and any(page.blocks[n].heading and bare(page.blocks[n]) == folded(parts[0]) for n in (*before, *body[:3])):
        return parts[0]
    site_alone = not parts or _SITE_NAME.search(parts[0])
    if site_alone or len(parts[0]) < _SHORTEST:
        # only the site or a column is named there: the title stands above the dateline or opens the text
        found = _line_above_dateline(page, before, rules)
        if found is None and site_alone:
            found = title_of_text([page.blocks[n].text for n in body[:8]], None)
        if found:
            return found
    if parts and len(parts[0]) >= 4:
        return parts[0]
    return element or None


def _broken_off(page: Outline, n: int, line: str, named: set[str]) -> str:
    """The rest of a title that goes on in the next line, as the title element has it in one piece."""
    if n + 1 == len(page.blocks) or line in named:
        return ""
    rest = page.blocks[n + 1]
    return " ".join(rest.text.split()) if line + bare(rest) in named else ""


def _line_above_dateline(page: Outline, before: Sequence[int], rules: CleanRules) -> str | None:
    """The line before the line with date and source, when both stand right above the body."""
    dated = False
    for n in reversed(before[-_LINES_ABOVE:]):
        block = page.blocks[n]
        pairs = pairs_in(block.text, rules, within=True)
        if any(pair.label in rules.dateline for pair in pairs):
            dated = True
        elif dated and not pairs:
            line = " ".join(block.text.split())
            return line if _is_title(line) and not block.linked and not is_page_line(block, rules) else None
    return None


def title_of_text(lines: Sequence[str], summary: str | None) -> str | None:
    """The title of a plain text, from its first lines or the summary of its block; None when it has none.

    Args:
        lines: the body, a line a paragraph.
        summary: value of the summary label; many sites repeat the title there.
    """
    top = [line.strip() for line in lines if line.strip()][:8]
    for line, following in itertools.pairwise(top):
        if _SPOKEN.match(following) and _is_title(line):
            return line
    for line in top[:4]:
        if _is_title(line) and _ENDS.search(_bare(line)):
            return line
    if summary and _is_title(summary) and _ENDS.search(_bare(summary)):
        return summary
    return None


def title_over_dateline(line: str | None) -> str | None:
    """The line over the dateline of a plain text, when it can be a title."""
    return line if line is not None and len(_bare(line)) >= _SHORTEST and _is_title(line) else None


def _bare(line: str) -> str:
    return _ANNOTATION.sub("", line)


def _is_title(line: str) -> bool:
    bare = _bare(line)
    return 4 <= len(bare) <= 60 and not sentences(bare) and _NUMBERED.match(bare) is None
