"""Names that stand behind their number: 26个项目竣工, 完成17家企业改造, 5380户1.62万人实现预脱贫."""

from __future__ import annotations

import re

from tasks.extract.draft import NOWHERE, Context, Naming, State
from tasks.extract.phrases import Phrases

#: where the words of one number end
CUT = re.compile(r"[，,；;：:。！!？?\n　\t]")
#: what a name can begin with
NAMING = re.compile(r"[一-龥“《A-Za-z（(\"\d]")
_LISTED_ALSO = re.compile("[、和及与]")
_TRAILING = re.compile(
    r"(?:[、和及与并的了近超共已也有]|(?<![签预集节公合履违邀])约|基本|中有|(?<![集其高初空途水当])中|以及|等|分别|[“（(《])+$"
)
_TRAILING_ENDS = frozenset("、和及与并的了近约超共已也有本中以等别“（(《")
_LINKS = ("、", "和", "与", "及", "以及")
#: 2.5万套（间）城市危旧房
_CLASSIFIER = re.compile("^[（(][^（）()]{1,2}[）)]")
#: 2座35万千瓦光热电站, 36个投资1000万元以上的项目
_SIZE_OF = re.compile(
    r"^(?:[\d.]+[百千万亿]*(?:千瓦|兆瓦|千伏|吨|亩|公里|平方米|立方米|米|元)(?!以上|以下)级?的?"
    r"|[^，,。；;\d]{0,8}[\d.]+[^，,。；;]{1,12}、[^，,。；;]{1,16}?(?:以上|以下)的)(?=[一-龥“])"
)
#: what an area of sales or service comes to
_LANDS = re.compile("(?:个)?(?:国家|省|城市|地区|县|区县|市|乡镇|镇|村|街道|社区)")
#: 扶持25个销路好、用工多的小店
_PRAISED = re.compile("^(?:[^、的]{1,6}[强高好大优广新快足美齐全实稳低小]、)+[^、的]{1,8}的(?P<noun>[^、]{2,16})$")
_OPENED = ("（", "(")
#: 以38户企业为重点
_BY_MEANS = re.compile("为(?:重点|载体|指导|依托|抓手|核心|龙头|代表|基础|目标|主|平台|突破口|契机|支撑)")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_REACHED = re.compile("(?:拓展|扩大|延伸|推广|覆盖|增加|发展)[至到]$")
_COUNTED_BEFORE = re.compile("[一二三四五六七八九十两]+[个项大]")
_OF_RESULT = ("完成", "实现", "达", "共完成", "累计完成", "全年完成", "计划")
_COUNTED = ("count", "people")
#: 2500公里360个排污口
_LONG_AND_WIDE = ("length", "area")
#: words of change that can be done to things: 提升43所学校办学条件
_DONE_TO = ("提升", "改善", "优化")
#: 突破百亿元大关 names nothing
_STEPS = ("大关", "关口", "台阶", "新台阶")
_JOINED = ("", "、", "和", "及")
#: between a count and a size of the same things
_MEASURED = ("总长", "全长", "长", "总长度", "全长约", "总面积", "面积", "总里程", "总建筑面积", "建筑面积")
_SIZES = ("总长", "全长", "总面积", "面积", "建筑面积", "总建筑面积", "占地面积")
_RATES = ("rate", "points", "times")
#: words behind a number longer than this are cut at a verb
_LONG = 24
#: of a scope, as much as can be part of a name
_SCOPE = 16
#: a predicate that two numbers share
_SHORTEST, _PREDICATE = 2, 12
#: a noun that is shorter is too bare to stand alone
SHORT = 3


def trimmed(words: str) -> str:
    """Words without the links and particles at their end."""
    return _TRAILING.sub("", words) if words[-1:] in _TRAILING_ENDS else words


def _noun_follows(phrases: Phrases, c: Context, state: State) -> bool:
    """Whether the words behind the number name it."""
    right = c.right
    if not right or NAMING.match(right) is None or right.startswith(_STEPS) or (c.reaches and right in _MEASURED):
        return False  # nearly half of all numbers; 干渠4条总长21公里
    kind, tail = c.mention.kind, c.near.tail
    opened = right[:1] in _OPENED and _CLASSIFIER.match(right) is None
    lands = tail.endswith(("至", "到")) and kind in _COUNTED and _LANDS.match(right) is not None
    done_to = kind in _COUNTED and c.words in _DONE_TO
    if opened or (c.near.change and not lands and not done_to) or phrases.is_predicate(right):
        return False
    of = tail.endswith("的")
    if c.near.origin and not of:
        return False
    if lands or (of and kind not in (*_RATES, "rank")):
        return True  # 销售网络拓展到22个省份
    if kind == "money" and c.words.endswith(phrases.purposes) and phrases.starts_with_verb(right):
        return False  # 投入12亿元实施改造: what follows is its purpose
    if not c.noun:
        if kind == "rate" and (c.share or c.near.to or state.queue):
            return False
        return kind not in ("times", "points", "rank") or right.startswith("的")
    return _in_spite_of_noun(phrases, c)


def _in_spite_of_noun(phrases: Phrases, c: Context) -> bool:
    """Whether the words behind name the number although a noun stands before it: 三河口、焦溪2个市场."""
    kind, tail = c.mention.kind, c.near.tail
    if kind == "rate" and tail in _JOINED and not c.near.headed:
        return phrases.is_part_behind(c.right)
    if kind == "money":
        sized = c.right.startswith("的") and c.noun.endswith(phrases.bare_heads)
        return not tail and (sized or phrases.ends_in_verb(c.noun))
    if kind in (*_RATES, "per", "rank") or tail.endswith(("达", "到", "为")):
        return False
    if c.reaches:
        return phrases.split("　" + c.right) > 1
    if c.right in phrases.whole:
        return kind == "people"  # 贫困地区实现1万人脱贫
    return not (phrases.is_verb(c.right[:2]) and len(c.right) < SHORT)


def behind(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """The words behind the number name it; a verb or a noun before it may belong to the name."""
    if not _noun_follows(phrases, c, state):
        return None
    m = c.mention
    piece = c.right.removeprefix("的")
    skip = len(c.right) - len(piece)
    take = _own_words(phrases, c, piece)
    cleaned = _CLASSIFIER.sub("", piece[:take]) if piece[:1] in _OPENED else piece[:take]
    cleaned = _PRAISED.sub(r"\g<noun>", trimmed(phrases.placeless(_SIZE_OF.sub("", cleaned))))
    if c.following and c.following[0].kind == "rank":
        cleaned = phrases.ranked(cleaned)
    if not cleaned:
        return None
    kept = _kept_by_means(c, cleaned)
    focused, cleaned = len(kept) < len(cleaned), kept
    first = _LISTED_ALSO.split(cleaned)[0] if piece[:take].endswith("等") else cleaned.partition("、")[0]
    if len(first) > SHORT and not first.endswith(phrases.levels):
        cleaned = first
    spoken = phrases.spoken(cleaned)
    if len(spoken) > _LONG:
        spoken = spoken[: max(phrases.split(spoken), 4)]
    span = (m.right + skip, m.right + skip + len(cleaned))
    used = skip + len(trimmed(piece[:take]))
    last = state.last
    if last is not None and c.after_noun and c.near.tail.endswith("有"):
        # 65个重点项目有20个完工: some of the things before
        return Naming(last.noun + spoken.removeprefix(last.noun), "", last.noun, "some_of", span, used)
    if last is not None and not c.words and last.mention.right == m.left and last.mention.kind in _COUNTED:
        return _same_thing(last.naming, spoken, span, used)
    noun = spoken
    if "、" in spoken:
        kinds = phrases.doing(spoken)
        noun = spoken[kinds:] if "、" in spoken[:kinds] and len(spoken) - kinds > 1 else spoken
    noun = noun[: phrases.split(noun)] if len(noun) > SHORT else noun
    if c.noun and _REACHED.search(c.near.tail):
        noun = c.noun  # 绿电外送拓展至22个省份，输出…: it goes on about the first
    name, rule = c.noun[-_SCOPE:] + spoken, "share_behind"
    verb = ""
    head = _size(phrases, c) if skip else ""
    if head:
        name, rule, span = noun + head, "size_of", NOWHERE
    elif c.near.listing and spoken.startswith(phrases.of_list):
        name, rule, span = c.near.listing.rsplit("、", 1)[-1] + "等" + spoken, "listed", NOWHERE
    elif m.kind != "rate" and focused and not c.words.startswith("以"):
        name, rule = spoken, "noun_behind"  # 建成以沙岭等12个村为重点的基地: the verb is of what follows
    elif m.kind != "rate":
        verb = c.verb or (c.words if c.words in _DONE_TO else "") or (state.verb if c.linked and not c.words else "")
        deed = _deed(phrases, c, spoken, piece[take:]) or ("" if verb else _shared_predicate(phrases, c))
        name, rule = verb + _scope(c) + spoken + deed, "noun_behind"
    return Naming(name, verb, noun, rule, span, used)


def _size(phrases: Phrases, c: Context) -> str:
    """Of what things behind 的 the number is: 总投资150亿元的产业园项目, 总面积2万平方米的广场; "" for none."""
    if c.noun in _SIZES:
        return c.noun
    if c.mention.kind != "money" or not c.noun.endswith(phrases.bare_heads):
        return ""
    return c.noun if len(c.noun) <= 6 else next(x for x in phrases.bare_heads if c.noun.endswith(x))


def _kept_by_means(c: Context, words: str) -> str:
    """以38户企业为重点: the words before 为重点."""
    by_means = _BY_MEANS.search(words) if "以" in c.words else None
    return words[: by_means.start()] or words if by_means is not None else words


def _shared_predicate(phrases: Phrases, c: Context) -> str:
    """12个乡镇、186个行政村实现光纤全覆盖: what is said of both stands behind the second."""
    told = c.noun or c.verb or c.near.tail
    if told or not c.reaches or not c.right.endswith(_LINKS) or c.following[0].kind not in _COUNTED:
        return ""
    behind_next = c.following[0].right
    cut = CUT.search(c.text, behind_next)
    words = c.text[behind_next : cut.start() if cut else c.stop]
    at = phrases.split(words)
    said = phrases.spoken(words[at:])
    if len(c.following) > 1 and cut is not None and c.following[1].start < cut.start():
        return ""
    return said if at > 1 and _SHORTEST <= len(said) <= _PREDICATE else ""


def _deed(phrases: Phrases, c: Context, spoken: str, rest: str) -> str:
    """为36家商户提供维权咨询80余次: of a bare noun also what was done to it."""
    rest = trimmed(rest)
    for_whom = c.words.endswith(("为", "向", "给", "对"))
    if len(spoken) > (SHORT + 1 if for_whom else 2) or not rest or not c.reaches:
        return ""
    kind = c.following[0].kind
    if kind not in _COUNTED and not (for_whom and kind == "money"):
        return ""
    return "" if rest.startswith(_OF_RESULT) else phrases.spoken(rest)


def _own_words(phrases: Phrases, c: Context, piece: str) -> int:
    """How many of the words up to the next number belong to this one."""
    year = _YEAR.search(piece)
    if year is not None:
        piece = piece[: year.start()]
    if year is not None or not c.reaches or piece.endswith(_LINKS):
        return len(piece)
    # 4支基金、总规模达11.2亿元: behind the last 、 begins the next number's name
    mark = piece.rfind("、")
    if mark > 1 and phrases.is_verb(piece[:mark]):
        doing = phrases.doing(piece)  # 在建、新开工项目: kinds of doing, of one noun
        return doing + phrases.split(piece[doing:])
    return min(phrases.split(piece), mark if mark > 1 else len(piece))


def _scope(c: Context) -> str:
    """The noun before the number, when it is not a list of just the things counted: 郑陆、焦溪2个市场."""
    items = len(_LISTED_ALSO.split(c.noun))
    if not c.noun or (items > 1 and c.mention.value == items):
        return ""
    if c.near.tail.startswith(_LINKS) or _COUNTED_BEFORE.match(c.noun):
        return ""
    return c.noun if len(c.noun) <= _SCOPE else c.noun.rpartition("、")[2][-_SCOPE:]


def _same_thing(last: Naming, spoken: str, span: tuple[int, int], used: int) -> Naming:
    """贫困户390户577人脱贫: the second number is of the same people."""
    if last.rule == "noun_behind_both":
        return Naming(last.name, last.verb, last.noun, "same_thing", span, used)
    name = last.name + (spoken if len(spoken) <= 8 else "")
    return Naming(name, last.verb, last.noun, "same_thing", NOWHERE, used)


def behind_both(phrases: Phrases, c: Context, state: State) -> Naming | None:
    """5380户1.62万人实现预脱贫, 总投资180亿元的14个项目: the noun stands behind the next number."""
    if not c.reaches or not c.following:
        return None
    sized = c.mention.kind == "money" and c.right == "的" and c.noun.endswith(phrases.bare_heads)
    counted = c.mention.kind in _COUNTED or (c.right == "" and c.mention.kind in _LONG_AND_WIDE)
    whose = c.near.tail.endswith("的") and not c.right
    if not sized and ((c.noun and not whose) or c.right not in (*_JOINED, *_MEASURED) or not counted):
        return None
    following = c.following[0]
    end = c.following[1].left if len(c.following) > 1 else len(c.text)
    cut = CUT.search(c.text, following.right, end)
    cleaned = trimmed(c.text[following.right : cut.start() if cut else end].removeprefix("的"))
    if not cleaned or NAMING.match(cleaned) is None:
        return None
    noun = phrases.spoken(cleaned)
    if sized:
        noun = noun[: phrases.split(noun)]
        head = next(x for x in phrases.bare_heads if c.noun.endswith(x))
        return Naming(noun + head, "", noun, "size_of")
    verb = c.verb or state.verb
    return Naming(verb + noun, verb, noun, "noun_behind_both")
