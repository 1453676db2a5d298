"""Numbers that say nothing an analyst could tabulate: dates, ordinals, labels, slogans, thresholds."""

from __future__ import annotations

import re
from bisect import bisect_right

from tasks.extract.mentions import Mention
from tasks.extract.words import NameWords, TrapWords, alternation, sought

_NOUN = re.compile("[一-龥“《A-Za-z（(]")
_OPENING = "“「『‘《〈【"
_CLOSING = "”」』’》〉】"
#: 突破万元大关 counts, 超百亿元企业 does not
_MILESTONES = ("大关", "关口", "台阶", "门槛")
#: 产值超30亿元的企业达到3家: the size belongs to the name of what is counted
_COUNTED_SIZE = re.compile(
    r"(?:的[^，,。；;、\d的等]|的?[^，,。；;、\d的等]{2,12})(?:达到|达|有|共|共有|增加到|增至)?\d+[家个户项]"
)
#: 100张床位以上养老机构
#: 1000万元以上46家: the size of what is counted
_COUNTED_NEXT = re.compile("的?(?:有|共|共有|为)?[0-9一二三四五六七八九十百两]+[家个户项名人]")
#: 政府投资1500万元以上、社会投资3亿元以上的项目
_SIZED_TWICE = re.compile(r"[、和及或][^，,。；;\d]{0,12}[\d.]+[^，,。；;\d]{0,6}(?:以上|以下)的?[一-龥]")
_SIZED = re.compile("[一-龥]{1,3}(?<![级模元])(?:以上|以下)(?=[的一-龥])")
_COUNTED = ("count", "people")
#: 65户，其中超1000万元的28户
_AMONG = re.compile("(?:其中|[，,、；;：:])$")
#: 医疗旅游人次86.5万: the name tells the unit
_UNIT_IN_NAME = re.compile("(人次|人数|户数|用户)(?:达到?|为|突破|超过?|近|约|逾)*$")
_UNITS_IN_NAME = {"人次": "人次", "人数": "人", "户数": "户", "用户": "户"}
_HOUSEHOLDS = re.compile("[一-龥]{0,3}(?<![用住个商])户(?![籍主均])")
#: so many people may be counted without a classifier
_MANY = 100
#: 完成税收848万元，占全年任务1550万的55%
_DONE_BESIDE = re.compile(
    "(?:收入|支出|税收|投资|产值)[^，,。；;0-9]{0,8}[0-9.]+[万亿][，,、][^，,。；;0-9元]{0,8}(?:完成|实现|支出|达到?|预算|任务)$"
)
_PLANNED = re.compile("占[^，,。；;0-9]{0,8}(?:任务|目标|计划|预算)(?:数|额)?$")
#: 由第60名上升至第35名
_MOVED = re.compile("(?:上升|提升|前移|跃升|提高|跃居|下降|退)(?:至|到|为)")
_AFTER_RANK = frozenset("，,。；;、和）)\n 　！的")
#: 3月5日, 8时20分
_DATING = ("月", "时", "年")
_YEARS = ("年", "周年", "周")
_LASTS = re.compile(r"(?:年限|寿命)[^，,。；;\d]{0,6}$")
_LASTING = ("小时", "天", "分钟", "个小时")
_CAPACITIES = ("weight", "energy", "length")
#: so many things, and what of each is above a threshold; a sum is told with a verb of coming about
_EACH = re.compile(
    r"(?<![\d.])\d{1,4}[个家户名](?:乡镇|村|社区|街道|企业|县区|县|镇|乡|园区|单位|景区|合作社|农户)"
    r"(?![^\d]*(?:实现|完成|共|累计|合计|总|平均|投资|资金|到位|带动|覆盖|惠及|占))[^\d，,。；;：:、]{2,12}$"
)
_GREAT = re.compile("大(?:类(?![别型])|(?=[一-龥]{0,6}?(?:产业|行业|集群|园区|片区|市场|基地)))")
#: what follows an amount that is no size of what is named behind it
_NO_NOUN = re.compile(r"[，,。；;、！!）)\s]|$|大关|关口|台阶|增长|下降|同比|比上年|左右|以上|以内")
#: a quotation longer than this is a sentence of its own, whose numbers count
_SLOGAN = 22
#: and so is one of clauses: “今年新建6所，明年9所”
_CLAUSE = re.compile('[，,。；;！!？?](?![”’」』"])|[。！!？?]')


class Traps:
    """Tells which mentions are none."""

    def __init__(self, words: TrapWords, names: NameWords, verbs: tuple[str, ...]) -> None:
        self._verb = re.compile(alternation(verbs))
        people = names.people
        scope = alternation((*names.rank_scope, *names.rank_verbs))
        judged = alternation(names.judged)
        self._rank_before = re.compile(
            f"(?:(?:{scope})[^，。；]{{0,3}}|(?:{judged})[^，。；]{{0,4}}"
            r"|第[一二三四五六七八九十\d]+[位名]?[、和][^，。；、\d]{0,14})$"
        )
        self._before = re.compile("(?:" + "|".join(words.number.before) + ")$")
        self._ends = frozenset(words.number.before_ends)
        self._after = re.compile("|".join(words.number.after))
        self._unit_after = re.compile("|".join(words.unit.after))
        self._bare = re.compile(f"(?:{sought(words.bare.heads)})[^，,。；;\\d]{{0,6}}$")
        self._money = re.compile(f"(?:{sought(words.bare.money)})[^，,。；;、\\d]{{0,6}}$")
        self._people = re.compile(f"[^，,。；;、\\d]{{0,10}}?(?:{alternation(people)})")
        self._people_next = re.compile(alternation(people))
        self._people_before = re.compile(f"(?:{sought(people)})[^，,。；;、\\d]{{0,5}}$")
        t = words.threshold
        self._kinds = frozenset(t.kinds)
        self._counted = re.compile(f"的?(?:{alternation(t.counted)})")
        self._things = re.compile(f"[^，,。；;、\\d]{{0,8}}?(?:{alternation(t.things)})")
        self._capacity_things = re.compile(f"[^，,。；;、\\d]{{0,14}}?(?:{alternation(t.capacity_things)})")
        self._capacity_before = re.compile(f"(?:{sought(t.capacity_before)})[^，,。；;、\\d由从达为至到增]{{0,4}}$")
        self._purpose = re.compile(f"(?<!总)(?:{alternation(names.purposes)})$")
        self._time = re.compile(f"(?:{sought(words.time.heads)})")

    def is_trap(self, text: str, mention: Mention, quotes: Quotes) -> bool:
        """Whether the mention is no indicator. May give a bare count of people its unit."""
        if quotes.encloses(mention.start):
            return True
        if mention.kind in ("rank", "ratio"):
            return mention.kind == "rank" and not self._is_rank(text, mention)
        start = mention.start
        last = text[start - 1] if start else ""
        if last and (last in self._ends or last.isascii()) and self._before.search(text[max(0, start - 4) : start]):
            return self._is_label(text, mention, last)
        if mention.behind == "以上" and mention.kind == "rate" and _EACH.search(text, max(0, start - 24), mention.left):
            return True  # 27家企业增幅在50%以上: what each of so many is above, and so counted for
        return self._is_no_amount(text, mention)

    def _is_label(self, text: str, mention: Mention, last: str) -> bool:
        """Whether the number behind 第, 每 or a letter is anything but a rank, which it may be made."""
        if last != "第" or mention.unit not in ("位", "名", "") or mention.scale:
            return True
        mention.left = mention.start - 1
        mention.kind, mention.unit = "rank", "位"
        return not self._is_rank(text, mention)

    def _is_no_amount(self, text: str, mention: Mention) -> bool:
        """Whether the number dates something, names a class, or is part of a name."""
        if mention.kind == "bare":
            return self._bare_is_trap(text, mention)
        if self._unit_after.match(text, mention.end):
            return True
        if mention.kind == "time" or mention.unit == "岁":
            return self._is_date(text, mention)
        if _NOUN.match(text, mention.right) is not None:
            return self._is_part_of_a_name(text, mention, text[mention.right : mention.right + 16])
        above = mention.behind or (mention.bound == "over" and mention.left < mention.start)
        if mention.kind not in self._kinds or not above:
            return False  # 2500余公里360个排污口 are both counted
        counted = _COUNTED_NEXT.match(text, mention.right) or (
            mention.behind and _SIZED_TWICE.match(text, mention.right)
        )
        return bool(counted)

    def _is_date(self, text: str, mention: Mention) -> bool:
        """Whether a stretch of time is none that anything is measured by."""
        start = mention.start
        if mention.scale and mention.unit in _LASTING:
            return False  # 7万多小时
        before = text[max(0, start - 14) : start]
        if mention.unit in _YEARS and _LASTS.search(before):
            return False
        dated = mention.unit in _YEARS or before.endswith(_DATING)
        return dated or not self._time.search(before)

    def _is_rank(self, text: str, mention: Mention) -> bool:
        """居全省第二, 第三名 rank something; 第十届, 第一责任 do not."""
        if mention.end < len(text) and text[mention.end] not in _AFTER_RANK and not _MOVED.match(text, mention.end):
            return False
        return self._rank_before.search(text[max(0, mention.left - 20) : mention.left]) is not None

    def _is_part_of_a_name(self, text: str, mention: Mention, after: str) -> bool:
        """5000万元以上项目, 30亿元项目, 年产3万吨合金棒: the number belongs to the noun behind it."""
        kind = mention.kind
        if mention.behind:
            if kind in self._kinds:
                return True
            if kind in _COUNTED and (self._counted.match(after) or _COUNTED_NEXT.match(after)):
                return True
        if kind in _COUNTED and (_SIZED.match(after) or (mention.behind and _COUNTED_SIZE.match(text, mention.right))):
            return True
        if kind == "money":
            if not mention.digits and mention.scale:
                return not after.startswith(_MILESTONES)
            return not mention.behind and self._is_size(text, mention, after)
        if kind in _CAPACITIES and self._capacity_before.search(text[max(0, mention.start - 8) : mention.start]):
            return True
        return kind in ("weight", "energy") and self._capacity_things.match(after) is not None

    def _is_size(self, text: str, mention: Mention, after: str) -> bool:
        """Whether an amount only tells the size of the thing named behind it."""
        start = mention.start
        if self._verb.match(after):
            return False
        spent = self._purpose.search(text[max(0, mention.left - 4) : mention.left])
        of = after.startswith("的")
        if (of or spent is None) and _COUNTED_SIZE.match(text, mention.right):
            return True  # but not 投资860万元完成3个小区改造
        if of:
            over = mention.left < start and mention.bound == "over"
            if not over or not after[1:2].isdigit():
                return over
            return _AMONG.search(text, max(0, mention.left - 3), mention.left) is not None
        return spent is None and self._things.match(after) is not None

    def _bare_is_trap(self, text: str, mention: Mention) -> bool:
        """A number without a unit: an indicator after 指数 and the like, or a count of people."""
        end = mention.end
        if mention.scale:
            return self._scaled_is_trap(text, mention)
        great = _GREAT.match(text, end)
        if great is not None:
            mention.unit, mention.kind = ("类" if great[0] == "大类" else "个"), "count"
            mention.end = mention.right = end + len(great[0])  # 5大产业, 10大类52项
            return False
        many = mention.value is not None and mention.value >= _MANY  # 21174农民参加合作医疗
        if text.startswith("人口", end) or (many and self._people_next.match(text, end)):
            mention.unit, mention.kind = ("户", "count") if _HOUSEHOLDS.match(text, end) else ("人", "people")
            return False
        if self._after.match(text, end):
            return True
        if self._bare.search(text[max(0, mention.left - 14) : mention.left]):
            mention.unit, mention.kind = "-", "index"
            return False
        return True

    def _scaled_is_trap(self, text: str, mention: Mention) -> bool:
        """With 万 or 亿, but no unit: people, or money that a name tells."""
        named = _UNIT_IN_NAME.search(text[max(0, mention.start - 10) : mention.start])
        if named is not None:
            mention.unit, mention.kind = _UNITS_IN_NAME[named[1]], "people"
            return False
        if self._people.match(text, mention.right) or self._people_before.search(
            text[max(0, mention.left - 14) : mention.left]
        ):
            mention.unit, mention.kind = ("户", "count") if _HOUSEHOLDS.match(text, mention.right) else ("人", "people")
            return False
        before = text[max(0, mention.left - 14) : mention.left]
        if (
            (_NO_NOUN.match(text, mention.right) and self._money.search(before))
            or _PLANNED.search(before)
            or _DONE_BESIDE.search(text, max(0, mention.left - 40), mention.left)
        ):
            mention.unit, mention.kind = "元", "money"  # 财政收入1200万，
            return False
        return True


class Quotes:
    """Short quotations and titles of a text, to look up whether a number stands in one."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        opened, mark = -1, ""
        for match in _QUOTE.finditer(text):
            c = match[0]
            at = match.start()
            if opened >= 0 and text.find("\n", opened, at) >= 0:
                opened, mark = -1, ""  # no quotation goes on behind its line
            if c in _OPENING:
                opened, mark = at, _CLOSING[_OPENING.index(c)]
            elif c == mark:
                if c in "》〉" or (at - opened <= _SLOGAN and _CLAUSE.search(text, opened, at) is None):
                    self._starts.append(opened)
                    self._ends.append(at)
                opened, mark = -1, ""
            elif c == '"':
                if mark == '"':
                    if at - opened <= _SLOGAN and _CLAUSE.search(text, opened, at) is None:
                        self._starts.append(opened)
                        self._ends.append(at)
                    opened, mark = -1, ""
                else:
                    opened, mark = at, '"'

    def encloses(self, at: int) -> bool:
        """Whether a short quotation encloses the offset."""
        n = bisect_right(self._starts, at) - 1
        return n >= 0 and at < self._ends[n]


_QUOTE = re.compile(f'[{_OPENING}{_CLOSING}"]')
