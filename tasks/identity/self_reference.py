"""What kind of place a document speaks as: 镇, 县, 市 …, and what kind of place stands above it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_OWN = re.compile(r"(我|本|全)(自治区|自治州|省|市|县|区|州|盟|旗|镇|乡|街道|苏木|场)(?![长委])")
#: 我代表云陂县苇泾镇人民政府，作工作报告 …
_SPEAKS_FOR = re.compile(
    r"我[谨们]?(?:受[^，。\n]{1,20}委托[，,])?代表([\u4e00-\u9fff]{0,30}?)"
    r"(自治区|自治州|省|市|县|区|州|盟|旗|镇|乡|街道|苏木)(?:第.{1,4}届)?(?:人民)?(?:政府|办事处|党工委|行政公署)"
)
#: 在苇泾镇第三届人民代表大会第四次会议上
_ASSEMBLY = re.compile(
    r"(?:在|[^\u4e00-\u9fff]|日|^)([\u4e00-\u9fff\s]{0,30}?)(自治区|自治州|省|市|县|区|州|盟|旗|镇|乡|街道|苏木)\s*"
    r"第[一二三四五六七八九十百\d]{1,4}届(?:人民代表大会|人大)"
)
_SPEAKER = re.compile(r"^[\s　—（(]*(?:[\u4e00-\u9fff]{0,14}?)(省|市|县|区|州|盟|旗|镇|乡)长[\s　:：]", re.MULTILINE)
#: in the lead of 区委、区政府 …; an autonomous region has 自治区党委、政府
_ABOVE = re.compile(r"([省区市县州旗盟])(?:(?<!自治.)委[、和，]?\1(?:人民)?政府|(?<=自治区)(党委))")

_HEAD = 1500  # characters: the formulas stand in the opening


@dataclass(frozen=True)
class SelfReference:
    """How a document speaks of its own place.

    Attributes:
        word: what it calls itself, or None.
        strength: how strongly; 100 and more is a formula of the opening.
        above: what the place above is called, most frequent first.
        phrases: stretches (start, end) of the formulas that may hold its name.
    """

    word: str | None
    strength: float
    above: tuple[str, ...]
    phrases: tuple[tuple[int, int], ...]


def read_self_reference(text: str, named: Sequence[tuple[str, float]] = ()) -> SelfReference:
    """Read it from the formulas of the opening and from 我镇, 全市 and the like.

    Args:
        text: the document.
        named: words of the places that title and publisher name, with their weights.
    """
    votes: dict[str, float] = defaultdict(float)
    for name, weight in named:
        votes[name] += weight
    phrases: list[tuple[int, int]] = []
    head = text[:_HEAD]
    for pattern, weight in ((_SPEAKS_FOR, 100), (_ASSEMBLY, 60)):
        match = pattern.search(head)
        if match:
            votes[match[2]] += weight
            phrases.append((match.start(1), match.end(2)))
    speaker = _SPEAKER.search(head[:600])
    if speaker:
        votes[speaker[1]] += 20
    for match in _OWN.finditer(text):
        # 我镇 is said of oneself alone; 全市 also of the city that a town belongs to
        votes[match[2]] += 3 if match[1] != "全" else 1
    above = Counter("自治区" if match[2] else match[1] for match in _ABOVE.finditer(text))
    word, strength = max(votes.items(), key=lambda item: item[1], default=(None, 0))
    # 全市 is said of others as well; nobody but the town itself says 全镇 all the time
    if strength < (2 if word in ("镇", "乡", "街道", "苏木") else 3):
        word, strength = None, 0
    others = tuple(other for other, _ in above.most_common() if other != word)
    return SelfReference(word, strength, others, tuple(phrases))
