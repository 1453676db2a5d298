"""The place a document is of is told by evidence that agrees, and is null when it does not suffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.document import Clue
from schemas.page import Cover
from schemas.record import Metadata
from tasks.identity import IdentityRules, identify, place_candidates

VOCABULARY = Path(__file__).parents[3] / "config" / "vocabulary"


@pytest.fixture(scope="module")
def rules() -> IdentityRules:
    return IdentityRules.load(VOCABULARY)


def place(rules, text="", title=None, url="https://www.example.cn/1.html", clues=(), cover=None, **metadata):
    found = identify(
        text=text,
        title=title,
        metadata=Metadata(**metadata),
        clues=[Clue(kind=kind, found=value) for kind, value in clues],
        url=url,
        fetched_on="2026-11-25",
        rules=rules,
        cover=cover,
    )
    return found.area


TOWN = "今年，全镇上下齐心。我镇完成技改投资3亿元。全镇新增企业12家。"


@pytest.mark.parametrize(
    ("hint", "code"),
    [
        ({"text": "张家港市委要求我镇先行。" + TOWN}, "320582106"),
        ({"text": TOWN, "clues": [("site_code", "5106810012")]}, "510681116"),
        ({"text": TOWN, "clues": [("police_record", "川公网安备 51068102000011号")]}, "510681116"),
        ({"text": TOWN, "index_number": "11620722013957483X/2022-00003"}, "620722107"),
        ({"text": TOWN, "publisher": "郸城县南丰镇人民政府"}, "411625102"),
        (
            {"text": TOWN, "url": "https://www.zjg.gov.cn/zjg/1.html", "clues": [("icp", "苏ICP备05003616号")]},
            "320582106",
        ),
        ({"text": "肇庆市封开县在西江边。" + TOWN}, "441225111"),
    ],
)
def test_a_name_of_several_places_is_settled_by_the_other_evidence(rules, hint, code):
    area = place(rules, title="南丰镇2022年政府工作报告", **hint)
    assert area is not None
    assert area.code == code
    assert area.level == "township"
    assert area.name == rules.table.path(int(code))


def test_a_name_of_several_places_alone_is_no_evidence(rules):
    found = identify(
        text=TOWN,
        title="南丰镇2022年政府工作报告",
        metadata=Metadata(),
        clues=(),
        url="file:///x",
        fetched_on="2026-11-25",
        rules=rules,
    )
    assert found.area is None
    assert [warning.code for warning in found.warnings] == ["area_unsettled"]


@pytest.mark.parametrize(
    ("text", "title", "code"),
    [
        ("各位代表：现在，我代表市人民政府向大会报告工作。", "2019年丽水市政府工作报告", "331100"),
        ("各位代表：现在，我代表县人民政府向大会报告工作。松桃经济稳中有进。", "松桃县2021年政府工作报告", "520628"),
        ("现在，我代表省人民政府，向大会报告工作。", "2022年青海省政府工作报告", "630000"),
        ("现在，我代表自治区人民政府，向大会报告工作。", "广西壮族自治区2020年政府工作报告", "450000"),
        ("现在，我代表州人民政府向大会报告工作。", "恩施州2020年政府工作报告", "422800"),
        ("现在，我代表市人民政府，向大会报告工作。", "2021年上海市政府工作报告", "310000"),
        ("现在，我代表区人民政府，向大会报告工作。", "北京市朝阳区2021年政府工作报告", "110105"),
        ("现在，我代表市人民政府，向大会报告工作。", "昆山市2021年政府工作报告", "320583"),
        ("现在，我代表区人民政府，向大会报告工作。", "常州市武进区2015年政府工作报告", "320412"),
        ("现在，我代表市政府，向大会报告工作。", "金坛市2011年政府工作报告", "320413"),
        ("现在，我代表市人民政府，向大会报告工作。", "东莞市2016年政府工作报告", "441900"),
    ],
)
def test_each_level_is_told_apart(rules, text, title, code):
    area = place(rules, text, title)
    assert area is not None
    assert (area.code, area.name) == (code, rules.table.path(int(code.ljust(9, "0"))))


def test_a_city_that_does_not_name_itself_is_known_by_its_counties(rules):
    text = (
        "各位代表：现在，我代表市人民政府，向大会报告工作。在省委、省政府和市委的领导下，乐昌市、南雄市、始兴县、"
        "翁源县和乳源县各展所长，曲江区建成产业园。我市经济平稳。"
    )
    area = place(rules, text)
    assert area is not None
    assert area.code == "440200"


def test_evidence_is_listed_with_what_was_found(rules):
    area = place(
        rules,
        "天宁区郑陆镇人民政府：" + TOWN,
        "郑陆镇2021年工作总结",
        clues=[("site_code", "3204020001"), ("police_record", "苏公网安备32041102000483号")],
        publisher="郑陆镇",
    )
    assert area is not None
    assert {(e.kind, e.code) for e in area.evidence} >= {
        ("site_code", "320402"),
        ("title", "320402109"),
        ("publisher", "320402109"),
    }
    assert all(e.found for e in area.evidence)


def test_codes_outweigh_names_that_a_break_in_put_there(rules):
    """Replaced place names speak for nothing when site code and organisation code agree."""
    area = place(
        rules,
        "现在，我代表成都市武侯区郑陆镇人民政府，向大会报告工作。" + TOWN,
        "郑陆镇2020年度政府工作报告",
        clues=[("site_code", "3204020001")],
        index_number="11320402014133832T/2021-00002",
    )
    assert area is not None
    assert area.code == "320402109"


def test_places_of_codes_come_best_first(rules):
    found = place_candidates(
        metadata=Metadata(index_number="11320402014133832T/2021-00002"),
        clues=[
            Clue(kind="police_record", found="苏公网安备32041102000483号"),
            Clue(kind="site_code", found="3204020001"),
        ],
        url="http://www.tianning.gov.cn/a.html",
        rules=rules,
    )
    assert [area.code for area in found] == ["320402", "320411"]
    assert {e.kind for e in found[0].evidence} == {"site_code", "index_number"}


@pytest.mark.parametrize(
    ("index_number", "expected"),
    [
        ("11320402014133832T/2021-00002", ["320402"]),
        ("1419638/2023-00001", []),
        ("000014349/2020-00038", []),
        ("014001303/2020-00001", []),
        ("11999999014133832T/2021-1", []),
        ("不详", []),
        ("12320482467286456P", ["320413"]),  # 金坛市 is a district today
    ],
)
def test_only_organisation_codes_tell_a_place(rules, index_number, expected):
    found = place_candidates(metadata=Metadata(index_number=index_number), clues=(), url="file:///x", rules=rules)
    assert [area.code for area in found] == expected


def test_documents_of_the_state_are_of_no_place(rules):
    area = place(
        rules, "各省、自治区、直辖市人民政府：北京市、上海市先行。", "关于加强工作的通知", publisher="国务院办公厅"
    )
    assert area is None


def test_an_attachment_is_of_the_place_its_cover_tells(rules):
    cover = Cover(
        document_id="0" * 32,
        url="https://www.example.cn/a.html",
        title="南丰镇2022年工作总结",
        metadata=(("publisher", "南丰镇"),),
        clues=(("site_code", "3205820001"),),
    )
    area = place(rules, TOWN, None, cover=cover)
    assert area is not None
    assert area.code == "320582106"


@pytest.mark.parametrize("text", ["", "。", "通知", "abc " * 50, "春天来了，花都开了。" * 30])
def test_a_text_of_no_place_gives_none(rules, text):
    assert place(rules, text) is None


@pytest.mark.parametrize(
    "hint",
    [
        {"clues": [("site_code", "3202810001")]},
        {"index_number": "11320281014051873K/2023-00007"},
        {"publisher": "江阴市苇泾镇人民政府"},
    ],
)
def test_a_town_unknown_to_the_table_gets_its_county_and_a_warning(rules, hint):
    found = identify(
        text=TOWN,
        title="苇泾镇2022年度政府工作报告",
        metadata=Metadata(**{key: value for key, value in hint.items() if key != "clues"}),
        clues=[Clue(kind=kind, found=value) for kind, value in hint.get("clues", [])],
        url="file:///x",
        fetched_on="2026-11-25",
        rules=rules,
    )
    assert found.area is not None
    assert (found.area.code, found.area.level) == ("320281", "county")
    assert [warning.code for warning in found.warnings] == ["area_coarse"]


def test_the_name_of_the_site_is_not_who_speaks(rules):
    """A county's site publishes reports of its towns, and names itself on every page."""
    area = place(
        rules,
        "南湖区委、区政府要求我镇先行。" + TOWN,
        "凤桥镇工作总结_嘉兴市南湖区人民政府",
        clues=[("publisher", "嘉兴市南湖区人民政府"), ("title", "凤桥镇工作总结")],
    )
    assert area is not None
    assert area.code == "330402100"


def test_the_host_helps_where_only_the_clue_has_it(rules):
    area = place(rules, TOWN, "南丰镇2022年工作总结", url="file:///a.html", clues=[("host", "www.zhangjiagang.gov.cn")])
    assert area is not None
    assert area.code == "320582106"


def test_a_development_zone_gets_the_place_it_is_called_after_and_a_warning(rules):
    """Zones have no code of their own; the figures are not the county's, which the warning says."""
    found = identify(
        text="2023年，管委会在县委、县政府的领导下完成规上工业产值320亿元，我们坚持招大引强。",
        title="长兴经济技术开发区管理委员会2023年工作总结",
        metadata=Metadata(publisher="长兴经济技术开发区管理委员会"),
        clues=(),
        url="http://x.example/1.html",
        fetched_on="2026-11-25",
        rules=rules,
    )
    assert found.area is not None
    assert found.area.code == "330522"
    assert [(w.code, w.found) for w in found.warnings] == [("area_coarse", "长兴经济技术开发区")]


def test_a_town_of_the_same_name_far_away_is_not_meant(rules):
    """太仓市下沙镇 is in no table; the only 下沙镇 that is lies in another province."""
    area = place(
        rules,
        "各位代表：我代表镇人民政府向大会报告工作。" + TOWN,
        "下沙镇2019年工作报告",
        publisher="太仓市下沙镇人民政府",
    )
    assert area is not None
    assert area.code == "320585"


def test_a_farm_named_without_its_county_is_of_no_known_place(rules):
    assert place(rules, "一年来，我场完成造林2000亩。", "青山林场2021年工作总结") is None
    area = place(rules, "瑞昌市委要求我场完成造林2000亩。", "青山林场2021年工作总结")
    assert area is not None
    assert area.name.endswith("青山林场")


def test_where_a_report_was_given_is_told_behind_a_dash_too(rules):
    area = place(
        rules,
        "各位代表：我代表县人民政府向大会作工作报告，请予审议。",
        "政府工作报告——二〇二〇年五月十八日在长兴县第十六届人民代表大会第四次会议上",
    )
    assert area is not None
    assert area.code == "330522"


def test_the_assembly_that_decided_tells_the_place(rules):
    area = place(
        rules,
        "（2023年2月11日长兴县第十七届人民代表大会第二次会议通过）\n会议决定批准这个报告。",
        "关于政府工作报告的决议",
    )
    assert area is not None
    assert area.code == "330522"
