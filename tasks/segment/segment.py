"""Cuts a document into nested sections, each with its part of the report and its period.

The parts, as labellers of reports understand them: ``preamble`` is what stands before the first
chapter; ``problems`` the paragraph (or chapter) that owns up to difficulties; ``self_building`` what
the government intends for itself, and so only found on the plan's side (in a review the same words
are review): its figures are targets like those of ``plan``; ``closing`` the appeal at the end;
``other`` notes and whatever a page puts after its text.
"""

from __future__ import annotations

import re

from schemas.document import NormalDocument, SegmentedDocument
from schemas.record import Period, Section, SectionPart
from tasks.bench import Bench
from tasks.segment.eras import leaning, opening_period, title_period, year_at_head
from tasks.segment.headings import ERA, RANKS, Heading, read_bare_numeral, read_topic
from tasks.segment.outline import OpenSection, Outline
from tasks.segment.rules import SegmentRules
from tasks.segment.survey import PARAGRAPH, Paragraph, Survey, read_paragraphs
from tasks.stage import Stage
from tasks.text.dates import years

#: how much deeper than its chapter a turn without title stands
_TURN = 0.25
#: rank of a chapter that has no heading of its own
_UNTITLED = 1.5

#: what a heading without a number stands as when its words tell a part of the report
_CHAPTER_STYLES = {"line": "chapter", "ornament": "ornament_chapter"}

#: what a paragraph about the time to come begins with
_TO_COME = (
    "今年",
    "新的一年",
    "新一年",
    "明年",
    "来年",
    "今后",
    "未来",
    "下年",
    "下一年",
    "下一步",
    "下一阶段",
    "下步",
)
#: 今年，我们将新建学校3所; 做好今年的工作，…
_SETS_OUT = re.compile(
    "(?:今年|新的?一年|明年|来年)[，,][^。；;0-9]{0,36}?(?:将|力争|确保|(?<![重主需想])要(?![素求点闻件]))"
)
_SETS_ABOUT = re.compile(
    "(?:扎实|全力|全面|切实)?(?:做好|抓好|搞好|完成好?)(?:今年|新的?一年|明年|来年)的?(?:政府|各项|全[省市县区镇乡])?工作"
)
_LOOKS_BACK = re.compile("去年[，,]|(?:刚刚)?过去的?一年|一年来|回[顾首望眸]")
#: and when no year is known
_NEXT = ("明年", "来年", "下年", "下一年", "下一步", "下一阶段", "下步")
#: what was done so far in the year the report is given in
_SO_FAR = re.compile("今年(?:以来|[上前]|一季度|[1-9１-９])")

#: what the opening of a paragraph that turns to another time or part holds
_TURNING = re.compile("[年五]|同时|清醒|我们|当前")
_DOUBTING = re.compile("存在|面临")


def segment_document(normal: NormalDocument, rules: SegmentRules) -> tuple[Section, ...]:
    """The sections of a document, in the order of the text.

    They nest, do not overlap, and those of level 1 cover the text from 0 to its end without gaps.
    An empty text has none.  ``section_id`` is the path of numbers from the outermost section (1.3.2).
    """
    text = normal.text
    if not text:
        return ()
    pieces = read_paragraphs(normal, rules)
    reading = _Reading(normal, rules, pieces)
    for n, piece in enumerate(pieces):
        reading.take(n, piece)
    reading.finish()
    return reading.outline.finished(len(text))


class _Reading(Survey):
    """Reads paragraphs in order, knowing what the survey found, and keeps the outline."""

    def __init__(self, normal: NormalDocument, rules: SegmentRules, pieces: list[Paragraph]) -> None:
        super().__init__(normal, rules, pieces)
        self.outline = Outline()
        self.last_part: SectionPart | None = None
        self.last_period: Period | None = None
        self.address_at: int | None = None
        self.after_topic = False

    def take(self, n: int, piece: Paragraph) -> None:
        """Read one paragraph."""
        start, end, heading = piece
        if n >= self.end_of_body:
            if n == self.end_of_body:
                line = self.text[start:end]
                notes = Heading("line", 0, None, line, end, whole=True) if self.rules.notes.match(line) else None
                self.outline.open(-0.5, notes, "other", None, start)
            return
        if n >= self.closing_from and self.outline.sections:
            if n == self.closing_from:
                self.outline.open(-0.5, None, "closing", None, start)
            return
        if self.turns:
            self._take_news(start, end, heading)
            return
        if self.ahead is not None and start <= self.ahead.start < end:
            self._open_ahead(self.ahead.start, self.ahead.year)
            return
        if heading is None and self.outline.stack and self.is_report:
            heading = read_bare_numeral(self.text, start, end, self._expected_numbers(), self.rules)
        dash = heading is not None and heading.style in ("dash", "ornament") and self._chapter(heading) is None
        if dash and not self._in_body() and not self._begins_with_dash(start, end):
            return  # ——2020年12月27日在…会议上
        if heading is not None:
            self.after_topic = False
            self._open_heading(heading, start, end)
        elif self._address_alone(start, end):
            self.address_at = start
            return
        elif self.after_topic:
            self.after_topic = False  # the body of a topic sentence that stood alone
        else:
            self._take_unlabelled(n, piece)
        self.address_at = None

    def _take_news(self, start: int, end: int, heading: Heading | None) -> None:
        """A paragraph of a text that passes from what was done to what is planned, and back, at any sentence."""
        turns = [turn for turn in self.turns if start <= turn.start < end]
        for turn in turns:
            self._begin(turn.start)
            self.outline.open(RANKS["chapter"], None, turn.part, turn.period, turn.start)
        if heading is not None and not turns and self.outline.stack:
            self._open_heading(heading, start, end)

    def finish(self) -> None:
        """A text of which nothing tells where its body begins is body from its first character."""
        if not self.outline.sections:
            title = self.pieces[0] if len(self.pieces) > 1 and self._line(self.pieces[0]) is not None else None
            body = title.end if title is not None else 0
            self._open_untitled(None, self.text[body : body + 160].lstrip(), 0)

    def _open_ahead(self, at: int, year: int | None) -> None:
        """What is announced (2025年，市政府将办好十件实事：) is a plan to the end, or to the next chapter."""
        self._begin(at)
        period = (
            (self._default("plan") or year_at_head(self.text, self.published)) if year is None else years(year, year)
        )
        self.outline.open(RANKS["chapter"], None, "plan", period, at)
        self.last_part, self.last_period = "plan", period

    def _default(self, part: SectionPart) -> Period | None:
        """The period of a chapter that names none."""
        return self.clock.default(part) or (self.year_of_all if part == "other" else None)

    def _begins_with_dash(self, start: int, end: int) -> bool:
        """A passage of a report whose first paragraph is one of several that a dash opens."""
        full = end - start > PARAGRAPH and "。" in self.text[start:end]
        return full and self._begin_without_heading(self.text[start : start + 160], start, end)

    def _expected_numbers(self) -> tuple[int, ...]:
        rank = RANKS["bracket"]
        top = next((one for one in reversed(self.outline.stack) if one.label and one.rank == rank), None)
        return (top.number + 1, top.number + 2) if top else (1,)

    def _address_alone(self, start: int, end: int) -> bool:
        address = self.rules.address.match(self.text, start, end) if end - start < 20 else None
        return address is not None and end - address.end() < 2

    def _take_unlabelled(self, n: int, piece: Paragraph) -> None:
        start, end, _ = piece
        line = self._line(piece)
        if line is not None:
            if n == 0 and self.titled:
                return
            if (part := self._chapter(line)) is not None:
                self._open_chapter(line, part, start)
                return
            if self.is_report and self._in_body() and not self._continues(n):
                self._open_heading(line, start, end)
            return
        address = self.rules.address.match(self.text, start, end)
        if self._turn(n, start, end, address.end() if address else start):
            return
        topic = self._topic(start, end) if self.is_report and self._in_body() else None
        if topic is not None:
            self._open_heading(topic, start, end)
            self.after_topic = self.outline.sections[-1].reaches >= end

    def _topic(self, start: int, end: int) -> Heading | None:
        topic = read_topic(self.text, start, end, self.rules)
        if topic is None or topic.title is None:
            return None
        if topic.title.endswith("一年") and "我们" not in topic.title:
            return topic if self.text[start : start + 7] in self.parallel else None
        return topic

    def _in_body(self) -> bool:
        return bool(self.outline.stack) and self.outline.stack[0].part != "preamble"

    def _continues(self, n: int) -> bool:
        """A labelled run that is open goes on after this paragraph: the paragraph is inside it."""
        stack = self.outline.stack
        for piece in self.pieces[n + 1 : self.end_of_body]:
            heading = piece.heading
            if heading is None or not heading.number:
                continue
            rank = RANKS[heading.style]
            return any(
                one.label and one.rank == rank and one.number + 1 == heading.number for one in stack if one.level > 1
            )
        return False

    def _open_chapter(self, heading: Heading, part: SectionPart, start: int) -> None:
        rank = RANKS[_CHAPTER_STYLES.get(heading.style, heading.style)]
        self._begin(start)
        period = title_period(heading.title or "", part, self.clock, chapter=True) or self.clock.default(part)
        made = self.outline.open(rank, heading, part, period, start)
        if made.level == 1:
            self.last_part, self.last_period = part, period

    def _begin(self, start: int) -> None:
        """What stands before the first section is the preamble."""
        if not self.outline.sections and start and self.text[:start].strip():
            if self.only_plans:
                self.outline.open(-0.5, None, "plan", self.clock.plan_period, 0)
            else:
                self.outline.open(-0.5, None, "preamble", None, 0)
        if self.outline.stack and self.outline.stack[0].rank < 0:
            self.outline.close(-1, start)

    def _open_heading(self, heading: Heading, start: int, end: int) -> None:
        part = self._chapter(heading)
        outline = self.outline
        ornament = heading.style == "ornament" and part is not None and not any(one.number for one in outline.stack)
        rank = RANKS["ornament_chapter" if ornament else heading.style]
        higher = next((one for one in outline.stack if one.rank < rank and one.rank >= 0), None)
        if part is not None and higher is None:
            self._open_chapter(heading, part, start)
            return
        self._begin(start)
        title = heading.title or ""
        if heading.style == "topic" and ERA.match(title):
            self._open_era(heading, start)
            return
        outline.close(rank, start)
        parent = outline.stack[-1] if outline.stack else None
        if parent is None:
            found: SectionPart = self.last_part or ("review" if self.sums_up else self._leaning(start))
            found = self._part_of_year(title) or ("plan" if found == "problems" else found)
            # a title that runs on into its text has no end, but begins as one
            words = title or self.text[heading.end : min(end, heading.end + self.rules.lengths.labelled)]
            named = title_period(words, found, self.clock, chapter=True)
            period = named or (self.last_period if self.last_part == found else None) or self._default(found)
            self.last_part, self.last_period = found, period
        else:
            found = self._part_below(parent, heading)
            period = title_period(title, found, self.clock, chapter=False) or parent.period
            if found == "problems" and parent.part != "problems":
                period = self.clock.default("problems") or period
        outline.open(rank, heading, found, period, start)
        if heading.style == "topic" and not heading.whole:
            self._open_second(heading, end)

    def _open_second(self, heading: Heading, end: int) -> None:
        """A topic sentence followed by one more to the end of the paragraph."""
        second = read_topic(self.text, heading.end, end, self.rules)
        if second is not None and second.whole:
            parent = self.outline.stack[-1]
            self.outline.open(RANKS["topic"] + 0.5, second, parent.part, parent.period, heading.end)

    def _leaning(self, at: int) -> SectionPart:
        """The part of a body that no heading tells; of a document that is no report it is ``other``."""
        if self.only_plans:
            return "plan"
        return leaning(self.text[at : at + 1500], self.rules.mood) if self.is_report else "other"

    def _part_of_year(self, title: str) -> SectionPart | None:
        """The part of a chapter that only names its year: 切实抓好2007年的各项工作."""
        clock = self.clock
        for mention in clock.mentions(title, "plan"):
            if mention.period is None or mention.kind not in ("year", "span"):
                continue
            if int(mention.period.start[:4]) == clock.plan != clock.review:
                return "plan"
            if int(mention.period.end[:4]) == clock.review:
                return "review"
        return None

    def _part_below(self, parent: OpenSection, heading: Heading) -> SectionPart:
        if heading.label and heading.title:
            if parent.part == "plan" and self.rules.self_building.search(heading.title):
                return "self_building"
            if parent.part == "review" and self.rules.problems.search(heading.title):
                return "problems"
        return parent.part

    def _container(self) -> OpenSection | None:
        """The chapter that is open: the outermost section, when it is one."""
        stack = self.outline.stack
        return stack[0] if stack and stack[0].rank >= 0 else None

    def _open_era(self, heading: Heading, start: int) -> None:
        """A topic sentence that tells its time stands right below the chapter, or the turn of that time."""
        chapter = self._container()
        title = heading.title or ""
        if chapter is None:
            self.outline.open(RANKS["topic"], heading, "review", opening_period(title, "review", self.clock), start)
            return
        period = opening_period(title, chapter.part, self.clock) or chapter.period
        turn = next((one for one in self.outline.stack if one.turn), None)
        inside = turn is not None and turn.period == period
        rank = chapter.rank + (_TURN + 0.05 if inside else _TURN)
        self.outline.open(rank, heading, turn.part if inside and turn else chapter.part, period, start)
        stop = heading.end
        end = next((p.end for p in self.pieces if p.start == start), stop)
        second = read_topic(self.text, stop, end, self.rules)
        if second is not None and second.whole:
            self.outline.open(RANKS["topic"], second, chapter.part, period, stop)

    # --- turns --------------------------------------------------------------------------------

    def _turn(self, n: int, start: int, end: int, says_at: int) -> bool:
        """Whether the paragraph passes on to another part or time; opens or closes what that takes."""
        opening = self.text[says_at : min(end, says_at + 160)]
        chapter = self._container()
        at = self.address_at if self.address_at is not None else start
        addressed = says_at > start or self.address_at is not None
        if chapter is None:
            return self._begin_without_heading(opening, at, end)
        if not self._may_turn(opening, addressed=addressed) or self._continues(n):
            return False
        if chapter.part == "review" and self._owns_up(opening):
            self._open_turn(chapter, "problems", self.clock.default("problems") or chapter.period, at)
            return True
        if chapter.part in ("review", "problems") and self._looks_ahead(opening):
            self.outline.close(-1, at)
            self._open_untitled("plan", opening, at)
            return True
        if self._topic(start, end) is not None:
            return False
        return self._turn_of_time(opening, chapter, at, addressed=addressed)

    def _turn_of_time(self, opening: str, chapter: OpenSection, at: int, *, addressed: bool) -> bool:
        period = opening_period(opening, chapter.part, self.clock)
        if period is None or not self._belongs(period, chapter.part):
            if addressed:
                self._close_to(chapter, at)
            return addressed
        innermost = self.outline.stack[-1]
        if not addressed and innermost.period == period and innermost.part == chapter.part:
            return False
        turn = next((one for one in self.outline.stack if one.turn), None)
        if period == chapter.period:
            self._close_to(chapter, at)
        elif turn is not None and turn.period == period and turn.part == chapter.part:
            self._close_to(turn, at)
        else:
            self._open_turn(chapter, chapter.part, period, at)
        return True

    def _may_turn(self, opening: str, *, addressed: bool) -> bool:
        """A cheap look before the dear ones: most paragraphs open with neither time nor doubt."""
        return addressed or bool(_TURNING.search(opening, 0, 24) or _DOUBTING.search(opening, 0, 48))

    def _close_to(self, section: OpenSection, at: int) -> None:
        self.outline.close(section.rank + 0.001, at)

    def _open_turn(self, chapter: OpenSection, part: SectionPart, period: Period | None, at: int) -> None:
        self._close_to(chapter, at)
        self.outline.open(chapter.rank + _TURN, None, part, period, at).turn = True

    def _owns_up(self, opening: str) -> bool:
        if not self.rules.problems_turn.match(opening):
            return False
        return self.rules.problems_named.search(opening) is not None

    def _looks_ahead(self, opening: str) -> bool:
        """今年政府工作的总体要求是… or 2024年是…, in a review that no heading has ended."""
        clock = self.clock
        head = opening[:40]
        if clock.plan is None:
            return head.startswith(_NEXT) and self.rules.plan.search(head) is not None
        if _SO_FAR.match(head):
            return False
        colon = head.find("：") if "：" in head else head.find(":")
        timed = head.startswith((*_TO_COME, f"{clock.plan}年"))
        if _SETS_ABOUT.match(head):
            return True
        if _SETS_OUT.match(head):
            return not head.startswith("今年") or "明年" not in self.text
        if timed and (
            head.startswith(f"{clock.plan}年是")
            or (head.startswith("今年是") and leaning(opening, self.rules.mood) == "plan")
        ):
            return True
        return timed and self.rules.plan.search(head[: colon if colon > 0 else 40]) is not None

    def _belongs(self, period: Period, part: SectionPart) -> bool:
        first, last = int(period.start[:4]), int(period.end[:4])
        if part == "review":
            return self.clock.review is None or last <= self.clock.review
        if part == "plan":
            return self.clock.plan is None or first >= self.clock.plan
        return False

    def _begin_without_heading(self, opening: str, at: int, end: int) -> bool:
        """A body that begins without a heading: its first paragraph says what it is about."""
        if opening.startswith(("现在", "我代表", "受")):
            return False
        period = opening_period(opening, "other", self.clock)
        # a short one begins it when it is a sentence about a time: 过去的五年，是…的五年。
        tells = self.is_report and period is not None and self.text[end - 1] == "。" and ERA.match(opening) is not None
        if end - at < PARAGRAPH and not tells:
            return False
        if period is None and self.has_chapters:
            return False
        self._open_untitled(None, opening, at)
        return True

    def _open_untitled(self, part: SectionPart | None, opening: str, at: int) -> None:
        self._begin(at)
        period = opening_period(opening, part or "other", self.clock)
        if part is None:
            if not self.is_report and not self.only_plans:
                part = "other"
            elif _LOOKS_BACK.match(opening) and "去年" in self.text:
                part = "review"
            elif period is not None and self.clock.plan is not None and int(period.start[:4]) >= self.clock.plan:
                part = "plan"
            elif period is not None and self.clock.review is not None and int(period.end[:4]) <= self.clock.review:
                part = "review"
            else:
                part = self._leaning(at)
        self.outline.open(_UNTITLED, None, part, period or self._default(part), at)
        self.last_part, self.last_period = part, period or self._default(part)


def _work(normal: NormalDocument, bench: Bench) -> SegmentedDocument:
    return SegmentedDocument(normal=normal, sections=segment_document(normal, bench.rules(SegmentRules)))


SEGMENT = Stage("segment", takes=NormalDocument, gives=SegmentedDocument, work=_work, rules=(SegmentRules,))
