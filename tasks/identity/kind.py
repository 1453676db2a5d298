"""What a document is: a report to the assembly, a summary, a plan, a bulletin, news, a notice, a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel, ConfigDict

from schemas.record import Kind, Metadata
from tasks.text.glued import parted

_HEAD = 2500  # characters in which formulas of the opening stand
_TITLE_LINES = 6
#: who gave a report, and when: （2031年2月8日 周川）, the line below the titles in collections of reports
_BYLINE = re.compile(
    r"[（(]?\s*(?:(?:19|20)\d{2}|[一二][〇○零O九][〇○零O一二三四五六七八九]{2})年[\d一二三四五六七八九十]{1,3}月"
    r"[\d一二三四五六七八九十]{1,3}日[\s,，　]+[\u4e00-\u9fff·]{2,4}\s*[）)]?"
)
#: a part of a report may be headed like a bulletin: 一、2019年经济运行情况
_PART = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]")
_LOOKS_BACK = re.compile("过去的?[一二三四五六]年|[一二三四五六]年来")


class _Exact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _TitleRule(_Exact):
    kind: Kind
    pattern: str


class _TitleStart(_Exact):
    other: str


class _TitleEnd(_Exact):
    ignored: str
    cut: str


class _Body(_Exact):
    report_formula: tuple[str, ...]
    report_words: tuple[str, ...]
    bulletin_words: tuple[str, ...]
    notice_formula: tuple[str, ...]
    news_formula: tuple[str, ...]
    summary_words: tuple[str, ...]
    plan_words: tuple[str, ...]
    first_person: str


class KindWords(_Exact):
    """The content of kinds.toml."""

    title: tuple[_TitleRule, ...]
    title_start: _TitleStart
    title_end: _TitleEnd
    body: _Body


@dataclass(frozen=True)
class KindRules:
    """kinds.toml, compiled."""

    titles: tuple[tuple[Kind, re.Pattern[str]], ...]
    about_another: re.Pattern[str]
    ignored_end: re.Pattern[str]
    cut: re.Pattern[str]
    report_formula: re.Pattern[str]
    report_words: tuple[re.Pattern[str], ...]
    bulletin_words: tuple[re.Pattern[str], ...]
    notice_formula: re.Pattern[str]
    news_formula: re.Pattern[str]
    summary_words: tuple[re.Pattern[str], ...]
    plan_words: tuple[re.Pattern[str], ...]
    first_person: re.Pattern[str]

    @classmethod
    def compile(cls, words: KindWords) -> Self:
        """Compile all patterns."""
        body = words.body
        return cls(
            titles=tuple((rule.kind, re.compile(rule.pattern)) for rule in words.title),
            about_another=re.compile(words.title_start.other),
            ignored_end=re.compile(words.title_end.ignored),
            cut=re.compile(words.title_end.cut),
            report_formula=re.compile("|".join(body.report_formula)),
            report_words=tuple(map(re.compile, body.report_words)),
            bulletin_words=tuple(map(re.compile, body.bulletin_words)),
            notice_formula=re.compile("|".join(body.notice_formula)),
            news_formula=re.compile("|".join(body.news_formula)),
            summary_words=tuple(map(re.compile, body.summary_words)),
            plan_words=tuple(map(re.compile, body.plan_words)),
            first_person=re.compile(body.first_person),
        )


def tell_kind(text: str, title: str | None, metadata: Metadata, rules: KindRules) -> Kind:
    """The kind of a document.

    The title decides when it ends in a word for a kind.  Without one, the first short lines are read
    as titles, then the formulas of the text are: a report speaks to 各位代表, news do not say 我们.
    """
    told = kind_of_title(title, rules) if title else None
    if told not in (None, "news"):
        return told
    # news tell of the report in the words of its opening, but nobody in them says 我们
    if rules.report_formula.search(text, 0, _HEAD) and (rules.first_person.search(text) or "各位代表" in text):
        return "government_work_report"
    if told:
        return told
    for line in _title_lines(text):
        told = kind_of_title(line, rules)
        if told not in (None, "news", "other") and not (told == "statistical_bulletin" and _PART.match(line)):
            return told
    if is_listing(text):
        return "listing"
    return _kind_of_body(text, metadata, rules)


def kind_of_title(title: str, rules: KindRules) -> Kind | None:
    """The kind a title tells, or None."""
    if rules.about_another.match(title.strip()):
        return "other"
    cut = rules.cut.split(title.strip())
    best: tuple[int, Kind] | None = None
    for part in cut[:2]:
        for kind, pattern in rules.titles:
            for match in pattern.finditer(part):
                at_end = rules.ignored_end.match(part, match.end()) is not None
                if at_end and (best is None or match.end() > best[0]):
                    best = (match.end(), kind)
        if best is not None:
            return best[1]
    return None


def _title_lines(text: str) -> list[str]:
    lines = parted([line.strip() for line in text[:_HEAD].splitlines() if line.strip()])
    return [line for line in lines[:_TITLE_LINES] if len(line) <= 45 and not re.search(r"[。；;，,]", line)]


def is_listing(text: str) -> bool:
    """Whether the text is a list of titles with dates, and hardly a sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 5:
        return False
    dated = sum(
        1
        for line in lines
        if len(line) < 80
        and re.search(r"(?:^|\D)\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\])）]?$|^\d{4}[-/]\d\d[-/]\d\d", line)
    )
    return dated * 2 >= len(lines) and text.count("。") < len(lines)


def _count(patterns: tuple[re.Pattern[str], ...], text: str) -> int:
    return sum(1 for pattern in patterns if pattern.search(text))


def _kind_of_body(text: str, metadata: Metadata, rules: KindRules) -> Kind:
    filed = " ".join(filter(None, (metadata.group, metadata.subject, metadata.genre)))
    reports = _count(rules.report_words, text) + ("政府工作报告" in filed)
    if reports > 1:
        return "government_work_report"
    if rules.notice_formula.search(text):
        return "notice"
    if _is_report_of_speaker(text, rules):
        return "government_work_report"
    if _count(rules.bulletin_words, text) > 2:
        return "statistical_bulletin"
    speaks = len(rules.first_person.findall(text))
    if rules.news_formula.search(text) or (speaks * 2000 < len(text) and len(text) > 200 and "。" in text):
        return "news"
    if _count(rules.summary_words, text) > 1 and speaks:
        return "work_summary"
    if _count(rules.plan_words, text) > 2:
        return "plan"
    return "other"


def _is_report_of_speaker(text: str, rules: KindRules) -> bool:
    """Whether day and name of a speaker head a text that looks back on years of 我省 or 我市."""
    lines = [line.strip() for line in text[:_HEAD].splitlines() if line.strip()][:_TITLE_LINES]
    if not any(_BYLINE.fullmatch(line) for line in lines):
        return False
    return _LOOKS_BACK.search(text, 0, _HEAD) is not None and rules.first_person.search(text) is not None
