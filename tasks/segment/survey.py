"""What can be known of a document before its paragraphs are read in order.

Where its body ends, which titles are chapters, which years everything hangs on.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.document import NormalDocument
from schemas.record import SectionPart
from tasks.segment.eras import chapter_part, clock_of, intends, only_year, year_by_day
from tasks.segment.headings import ERA, RANKS, Heading, read_heading, read_line
from tasks.segment.news import read_news
from tasks.segment.paragraphs import paragraphs
from tasks.segment.rules import SegmentRules
from tasks.text.ahead import told_ahead

#: kinds of documents that are made of review and plan, and whose paragraphs open with topic sentences
_REPORTS = frozenset({"government_work_report", "work_summary", "plan", "statistical_bulletin"})

_PLANS = ("plan", "notice")
#: what these tell is told by their words alone
_OF_ANY_KIND = ("other", "news", "notice")

#: a shorter one is no body of text, in characters
PARAGRAPH = 60

#: a title that in a summary tells what was done, in a report to the assembly what is to be done
_BARE_WORK = re.compile("(?:主要|重点|各项)工作")

#: the work of a year may be what was done in the year under review: 2030年的主要工作; what stands below it tells
_BEHIND_TITLE = 1000
_WORK_OF_YEAR = re.compile("((?:19|20)[0-9]{2})年度?的?(?:政府)?(?:主要|重点|各项)?工作(?:情况)?")
#: a chapter of a plan that tells what there is
_STANDING = re.compile("(?:基本|发展|自然)?概况$|基本[乡镇村县区]?情况?$")

#: a title that opens with a year and has no other figure: 2031年，我们这样走过
_YEAR_ALONE = re.compile("(?:19|20)[0-9]{2}年[^0-9]{0,24}$")


class Paragraph(NamedTuple):
    """A stretch of the text, and the labelled or marked heading it opens with."""

    start: int
    end: int
    heading: Heading | None


def read_paragraphs(normal: NormalDocument, rules: SegmentRules) -> list[Paragraph]:
    """Every paragraph outside tables, with the labelled or marked heading it opens with."""
    text = normal.text
    tables = [(table.start, table.end) for table in normal.tables]
    marked = {mark.start: mark for mark in normal.marks if mark.style in ("heading", "bold")}
    found: list[Paragraph] = []
    for start, end in paragraphs(text):
        if tables and any(first <= start < last for first, last in tables):
            continue
        heading = read_heading(text, start, end, rules)
        if heading is None and marked:
            mark = marked.get(start)
            if mark is not None and mark.end - start <= rules.lengths.labelled and (mark.style == "heading" or start):
                stop = min(mark.end, end)
                title = text[start:stop].strip("。：: \u3000")
                if len(title) >= 2 and title not in (normal.title or ""):
                    heading = Heading("line" if stop >= end else "topic", 0, None, title, stop, whole=stop >= end)
        found.append(Paragraph(start, end, heading))
    return found


class Survey:
    """A look over all paragraphs of a document.

    Attributes:
        published: the day it was published, or an empty string.
        titled: the first line titles the document, though it could be a chapter's.
        is_report: it is made of review and plan.
        end_of_body, closing_from: the paragraphs with which the page's end and the closing appeal begin.
        marked_years: years that headings with one ornament open with, and the parts they stand for.
        has_chapters: some title tells a part.
        clock: the years it speaks of.
        only_plans: it is a plan, and no chapter of it looks back.
        year_of_all: the one year of a text that is no report.
        turns: where news of a report, which has no chapters, passes from what was done to what is planned, or back.
        ahead: where a text without chapters announces what is to come.
        parallel: openings that several paragraphs share.
    """

    def __init__(self, normal: NormalDocument, rules: SegmentRules, pieces: list[Paragraph]) -> None:
        self.text = normal.text
        self.rules = rules
        self.pieces = pieces
        self._told: dict[str, SectionPart | None] = {}
        self.summary = normal.kind == "work_summary"
        self.reviewed = int(normal.review_period.end[:4]) if normal.review_period is not None else None
        self.published = normal.metadata.published_on or ""
        self.plans = normal.kind == "plan"
        self.sums_up = self.summary and normal.plan_period is None
        # a first line like 2023年上半年工作总结 titles the document when labelled chapters follow
        self.titled = any(
            p.heading is not None
            and p.heading.label
            and p.heading.title
            and RANKS[p.heading.style] <= 1
            and self._told_by(p.heading.title)
            for p in pieces[1:]
        )
        known = normal.review_period is not None or normal.plan_period is not None
        self.is_report = known or normal.kind in _REPORTS
        self.end_of_body = self._find_end_of_body()
        self.closing_from = self._find_closing()
        self.marked_years = self._marked_years()
        titles = self._chapter_titles()
        self.has_chapters = bool(titles)
        body = next((p for p in pieces if p.end - p.start >= PARAGRAPH), pieces[0] if pieces else None)
        opening = self.text[body.start : body.start + 1500] if body else ""
        back = any(part == "review" for _, part in titles)
        self.turns = () if self.has_chapters else read_news(normal, rules.news)
        if (
            self.turns
            and self.is_report
            and self.turns[0].start >= PARAGRAPH
            and all(t.part == "plan" for t in self.turns)
        ):
            # what only looks ahead, from its first sentence on, has no turn
            self.turns = () if rules.mood.ahead(self.text) > rules.mood.SURELY else self.turns
        free = not back and not self.turns and normal.kind in _OF_ANY_KIND and normal.review_period is None
        meant = free and intends(self.text[: self._first_chapter()], rules.mood)
        head = self.text[: body.start if body else 300][:300]
        self.clock = clock_of(normal, titles, head, opening, rules.mood, meant=meant)
        planned = normal.plan_period is not None or (normal.kind == "plan" and self.clock.plan is not None)
        self.only_plans = not back and normal.kind in _PLANS and planned
        self.year_of_all = None if self.is_report else only_year(self.text) or year_by_day(normal)
        self.only_plans = self.only_plans or meant
        self.ahead = None if self.has_chapters or self.turns else told_ahead(self.text)
        self.parallel = self._parallel_openings()

    def _find_end_of_body(self) -> int:
        """Index of the paragraph with which the page's end or the notes begin."""
        half = len(self.text) // 2
        for n, (start, end, _) in enumerate(self.pieces):
            if start < half or end - start > 60:
                continue
            line = self.text[start:end]
            if self.rules.page_end.match(line) or self.rules.notes.match(line):
                return n
        return len(self.pieces)

    def _find_closing(self) -> int:
        """Index of the closing appeal, or of the end of the body when there is none."""
        n = self.end_of_body - 1
        while n > 0 and self.pieces[n].end - self.pieces[n].start < 4:
            n -= 1
        if n <= 0:
            return self.end_of_body
        start, end, heading = self.pieces[n]
        if heading is not None or not self.rules.closing.search(self.text, start, end):
            return self.end_of_body
        if self.rules.address.match(self.text, start, end):
            return n
        before = self.pieces[n - 1]
        opens = self.rules.address.match(self.text, before.start, before.end)
        return n - 1 if opens and before.heading is None else n

    def _first_chapter(self) -> int | None:
        """Where the chapter begins that another must stand before (二、今年主要工作); None where there is none."""
        for piece in self.pieces[: self.end_of_body]:
            heading = piece.heading
            if heading is not None and self._chapter(heading) is not None:
                return piece.start if heading.number > 1 and RANKS[heading.style] <= 1 else None
        return None

    def _chapter_titles(self) -> list[tuple[str, SectionPart]]:
        titles = []
        for n, piece in enumerate(self.pieces[: self.end_of_body]):
            heading = piece.heading or (self._line(piece) if n or not self.titled else None)
            if heading is not None and heading.title and (part := self._chapter(heading)) is not None:
                titles.append((heading.title, part))
        return titles

    def _parallel_openings(self) -> frozenset[str]:
        """Openings like 2012年，是 that several paragraphs share: then they are topic sentences."""
        seen: set[str] = set()
        twice: set[str] = set()
        for start, _, heading in self.pieces:
            if heading is None and ERA.match(self.text, start):
                opening = self.text[start : start + 7]
                (twice if opening in seen else seen).add(opening)
        return frozenset(twice)

    def _marked_years(self) -> dict[str, SectionPart]:
        """Two years in a row that the only two headings with one ornament open with: done, and to be done."""
        marked: dict[str, list[str]] = {}
        for _, _, heading in self.pieces:
            if heading is not None and heading.style == "ornament":
                marked.setdefault(heading.label or "", []).append(heading.title or "")
        for titles in marked.values():
            years_told = [title[:4] for title in titles if _YEAR_ALONE.match(title)]
            if len(marked) > 1 and len(titles) == len(years_told) == 2 and int(years_told[1]) == int(years_told[0]) + 1:
                return {years_told[0]: "review", years_told[1]: "plan"}
        return {}

    def _line(self, piece: Paragraph) -> Heading | None:
        return read_line(self.text, piece.start, piece.end, self.rules)

    def _told_by(self, title: str) -> SectionPart | None:
        """The part that a title's words tell. Titles are looked at several times, and each costs some searches."""
        if title not in self._told:
            part = chapter_part(title, self.rules)
            standing = part is None and self.plans and _STANDING.search(title) is not None
            self._told[title] = "review" if standing else part  # what stands is no goal
        return self._told[title]

    def _chapter(self, heading: Heading) -> SectionPart | None:
        """The part, when the heading is a chapter's: high enough, and its words tell the part."""
        title = heading.title
        bare = heading.style in ("line", "ornament")
        if title is None or (RANKS[heading.style] > 1 and not bare) or (bare and not heading.whole):
            return None
        part = self._told_by(title)
        if part == "plan" and self.summary and _BARE_WORK.fullmatch(title) and (self.sums_up or heading.number == 1):
            part = "review"
        if part == "plan" and self.reviewed is not None and (work := _WORK_OF_YEAR.fullmatch(title)) is not None:
            back = self.rules.mood.ahead(self.text[heading.end : heading.end + _BEHIND_TITLE]) < self.rules.mood.EVEN
            part = "review" if back and int(work[1]) <= self.reviewed else part
        if not bare:
            return part
        if self.rules.document_title.search(title):
            return None
        timed = (
            ERA.match(title)
            or title[:2] in ("今后", "未来", "今年", "明年", "“十", "十三", "十四", "十五")
            or title[:4].isdigit()
        )
        if part is None and heading.style == "ornament" and _YEAR_ALONE.match(title):
            return self.marked_years.get(title[:4])
        if not timed and title[0] not in "〇二一" and (part is None or len(title) > 16):
            return None
        if part is None and "年：" in title[:6]:
            return "plan" if self._year_is_planned(title) else "review"
        return part

    def _year_is_planned(self, title: str) -> bool:
        clock = getattr(self, "clock", None)
        if clock is None or clock.plan is None:
            return False
        return title[:4].isdigit() and int(title[:4]) >= clock.plan
