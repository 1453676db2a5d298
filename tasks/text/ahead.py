"""Where a text that is no report in the usual form begins to tell what will be done, and of which year.

Two forms are known.  An announcement opens a list: 2005年，市政府将为群众办好十件实事：一、….  And news of a
report to the assembly, which is given in the first months of a year, tell its plan in sentences that
open with that year: 1月6日，…作政府工作报告。2019年，….
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tasks.text.dates import year_of

_YEAR = "(?:19|20)[0-9]{2}"
_NOT_END = "[^。！？!?；;：:\n]"
_WILL = "(?:将|计划|拟|力争|确保|决定|承诺|(?<![重主需想])要(?![素求点闻件]))"
#: a list of intentions: its year, the words of intending, and what is listed behind the colon
_LIST = re.compile(
    rf"(?P<year>{_YEAR}|今|明|新的?一)年(?!以?来|[底末]){_NOT_END}{{0,60}}?{_WILL}{_NOT_END}{{1,60}}?"
    rf"(?:实事|任务|目标|工作|项目|工程|措施|重点|举措){_NOT_END}{{0,12}}(?:[：:。]\s*|\n\s*)"
    r"(?=[一1１][、.．是]|[（(][一1][）)]|[①⑴●■◆▲★※—])"
)
#: the title of a list of such works: 2031年民生实事项目清单
_TITLE = re.compile(
    rf"^(?:关于)?(?:[^。，,；;\n]{{0,12}})(?P<year>{_YEAR})年度?[^。，,；;\n完结进]{{0,16}}"
    r"实事(?:项目|工程)?(?:清单|安排|一览表?|公示|计划)?[！!]?\s*\n"
)
_REPORTED = re.compile(
    "(?:作|做|作了|做了)(?:题为)?[^。，,]{0,12}?政府工作报告|政府工作报告》?(?:提出|明确|指出|显示|透露|要求)"
)
_OPENS = re.compile(
    r"(?:(?<=[。！\n:：])|(?<=[。！\n:：][ \u3000])|(?<=提出)|(?<=明确)|(?<=提出[，,：:])|(?<=明确[，,：:]))"
    rf"[ \u3000]*({_YEAR})年(?:[，,]|(?=将|要|全[省市县区镇乡州旗]|我))"
)
_DAY = re.compile(rf"(?:({_YEAR})年)?(1[0-2]|[1-9])月(?:[12][0-9]|3[01]|[1-9])日")
_NAMED = re.compile(rf"({_YEAR})年[^。\n，,]{{0,12}}?政府工作报告")
_FORWARD = re.compile("将|力争|确保|争取|计划(?=[一-龥]{0,4}[0-9])")
_BEHIND = re.compile(
    "同比|[比较](?:[上去]年|[^，,。；]{0,8}[末底])|已经?|[成现到得长加]了|圆满|荣获|累计|顺利|成功|来之不易"
)
_STOP = re.compile("[。\n]")
#: reports are given up to this month
_ASSEMBLY = 3
_HEAD = 1500  # characters in which the announcement stands


#: 青石县2031年将办好15件实事
_TITLE_AHEAD = re.compile(rf"(?P<year>{_YEAR})年?将(?=[一-龥])")


def year_ahead(title: str) -> int | None:
    """The year whose plans a title tells: 2031年将新建学校8所; None for any other title."""
    match = _TITLE_AHEAD.search(title)
    return int(match["year"]) if match is not None else None


class Ahead(NamedTuple):
    """What is to be done begins here.

    Attributes:
        start: offset of the first sentence that tells it.
        year: the year it is planned for; None where the text says 今年.
    """

    start: int
    year: int | None


def told_ahead(text: str) -> Ahead | None:
    """Where an announced list, or the plan told in news of a report, begins; None where there is none."""
    listed = _LIST.search(text, 0, _HEAD) if "年" in text[:_HEAD] else None
    if listed is not None:
        said = listed["year"]
        return Ahead(_sentence_start(text, listed.start()), int(said) if said.isdecimal() else None)
    title = _TITLE.match(text)
    if title is not None:
        return Ahead(title.start(), int(title["year"]))
    return _of_report(text)


def _of_report(text: str) -> Ahead | None:
    reported = _REPORTED.search(text, 0, _HEAD)
    if reported is None:
        return None
    for opening in _OPENS.finditer(text, reported.end() - 2):
        year = year_of(opening[1])
        sentence = text[opening.end() : _stop(text, opening.end())]
        if _BEHIND.search(sentence):
            continue
        given = _year_given(text, opening.start(1))
        proposed = text[: opening.start(1)].rstrip("，,：: \u3000").endswith(("提出", "明确"))
        if given == year or (given is None and (proposed or _FORWARD.search(sentence))):
            return Ahead(_sentence_start(text, opening.start(1)) if proposed else opening.start(1), year)
    return None


def _year_given(text: str, until: int) -> int | None:
    """The year a report was given in: by its name, its day, or a day of the first months without a year."""
    named = _NAMED.search(text, 0, until)
    if named is not None:
        return int(named[1])
    day = _DAY.search(text, 0, until)
    if day is None or int(day[2]) > _ASSEMBLY:
        return None
    if day[1]:
        return int(day[1])
    return max((int(year) for year in re.findall(rf"({_YEAR})年", text[:_HEAD])), default=None)


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "。！？\n") + 1


def _stop(text: str, at: int) -> int:
    stop = _STOP.search(text, at)
    return stop.start() if stop is not None else len(text)
