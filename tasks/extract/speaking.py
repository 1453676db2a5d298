"""Which years a document reports on and plans, and in which year it speaks: what 今年, 去年 and 明年 are.

A report given in the first months of a year calls the year under review 去年 and the year planned 今年; one given
at the end of its year calls them 今年 and 明年.  Which it is, is told by the words themselves, in the review and in
the plan apart: summaries are put together from texts of either kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from schemas.document import SegmentedDocument
from schemas.record import Section
from tasks.extract.places import Years

_LAST_YEAR, _NEXT_YEAR = re.compile("(?<![比较同与于])去年"), re.compile("明年|来年|下年")
#: 去年 that is no base of comparison
_LAST = re.compile("(?<![比较同与于和过超由从])去年(?!度?(?:同期|水平|的[0-9]|相比|基本持平|持平))")
#: 今年 of what is done; 预计今年竣工 and 今年可投产 look ahead from any time
_NOW = re.compile("(?<!预计)(?<!计划)(?<!将在)(?<!力争)(?<!确保)今年(?![内底年末]*(?:可|将|要|有望|预计))")
_AHEAD = re.compile("(?:明|来|下)年(?!度?[上下初])")
#: the day an assembly stands on at the end of a year
_GIVEN = re.compile("((?:19|20)[0-9]{2})年1[12]月")
_HEAD = 300
#: so often 去年 is told for one 今年 in the review of a report that calls the year under review 去年
_OFTEN = 2
#: kinds of documents that may be news of a report
_WITHOUT_CHAPTERS = ("news", "other", "government_work_report")
_PLANNING = ("plan", "self_building")


def years_of(document: SegmentedDocument) -> Years:
    """The last year reported on and the first year planned, from the document or from its sections."""
    normal = document.normal
    of_news = normal.kind == "news" and any(s.part == "plan" and s.period and not s.title for s in document.sections)
    # the year that news were written in is none that they review, when they tell of what is planned for it
    review = int(normal.review_period.end[:4]) if normal.review_period and not of_news else None
    plan = int(normal.plan_period.start[:4]) if normal.plan_period else None
    if review is None:
        ends = (int(s.period.end[:4]) for s in document.sections if s.part == "review" and s.period)
        review = max(ends, default=None)
    if plan is None:
        starts = (int(s.period.start[:4]) for s in document.sections if s.part == "plan" and s.period)
        plan = min(starts, default=None)
    return Years(review, plan, *_spoken_in(document, review, plan))


def _spoken_in(document: SegmentedDocument, review: int | None, plan: int | None) -> tuple[int | None, int | None]:
    """What 今年 is in the review and in the plan; None where it is as in most reports the year told of there."""
    text = document.normal.text
    planned = [section for section in document.sections if section.part == "plan"]
    if any(section.title and _NEXT_YEAR.match(section.title) for section in planned):
        return review, review
    if document.normal.kind in _WITHOUT_CHAPTERS and any(not section.title for section in planned):
        # news of a report
        late = _NEXT_YEAR.search(text) is not None and _LAST_YEAR.search(text) is None
        return (review, review) if late else (plan, plan)
    return _in_review(document, text, review), _in_plan(document, text, review, plan)


def _in_review(document: SegmentedDocument, text: str, review: int | None) -> int | None:
    if review is None or "去年" not in text or _given_within(document, review):
        return None
    told = _stretches(document, text, lambda section: section.part not in _PLANNING)
    last = sum(len(_LAST.findall(part)) for part in told)
    now = sum(len(_NOW.findall(part)) for part in told)
    return review + 1 if last > _OFTEN * now else None


def _given_within(document: SegmentedDocument, review: int) -> bool:
    """Whether the text was given, or written, at the end of the year under review itself."""
    reviewed = document.normal.review_period
    if reviewed is not None and not reviewed.end.endswith("12-31"):
        return True  # a report on a part of a year
    metadata, year = document.normal.metadata, str(review)
    if any((date or "").startswith(year) for date in (metadata.created_on, metadata.published_on)):
        return True
    return any(match[1] == year for match in _GIVEN.finditer(document.normal.text, 0, _HEAD))


def _in_plan(document: SegmentedDocument, text: str, review: int | None, plan: int | None) -> int | None:
    if "明年" not in text and "来年" not in text:
        return None
    told = _stretches(document, text, lambda section: section.part in _PLANNING)
    ahead = sum(len(_AHEAD.findall(part)) for part in told)
    now = sum(len(_NOW.findall(part)) for part in told)
    if ahead <= now:
        return None
    return review if review is not None else None if plan is None else plan - 1


def _stretches(document: SegmentedDocument, text: str, wanted: Callable[[Section], bool]) -> list[str]:
    """The text of the outermost sections that are wanted."""
    return [text[one.start : one.end] for one in document.sections if one.level == 1 and wanted(one)]
