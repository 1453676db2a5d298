"""Ranks and shares among other places say which place that is."""

from __future__ import annotations

import pytest

from schemas.document import SegmentedDocument
from schemas.record import Area, Finding, Level
from tasks.extract import extract_document
from tests.made import normal, section
from tests.unit.test_extract_sentences import RULES

TOWN = Area(code="320402109", name="江苏省常州市天宁区郑陆镇", level="township")
CITY_TOWN = Area(code="320481104", name="江苏省常州市溧阳市埭头镇", level="township")
COUNTY = Area(code="533122", name="云南省德宏傣族景颇族自治州梁河县", level="county")
BANNER = Area(code="152523", name="内蒙古自治区锡林郭勒盟苏尼特左旗", level="county")
DISTRICT = Area(code="500108", name="重庆市南岸区", level="county")
CITY = Area(code="410700", name="河南省新乡市", level="prefecture")
RED_BANNER_TOWN = Area(code="410702400", name="河南省新乡市红旗区洪门镇", level="township")


def found(text: str, own: Area | None) -> list[Finding]:
    """The findings of a report of this place."""
    document = SegmentedDocument(normal=normal(text, area=own), sections=(section(text),))
    return list(extract_document(document, RULES).findings)


@pytest.mark.parametrize(
    ("text", "own", "code", "name", "level"),
    [
        ("规上工业增速居全市第2位。", TOWN, "320400", "江苏省常州市", "prefecture"),
        ("规上工业增速列全区第二。", TOWN, "320402", "江苏省常州市天宁区", "county"),
        ("规上工业增速列全市第二。", CITY_TOWN, "320481", "江苏省常州市溧阳市", "county"),
        ("规上工业增速居全省第12位。", TOWN, "320000", "江苏省", "province"),
        ("固定资产投资总量位居全州第3位。", COUNTY, "533100", "云南省德宏傣族景颇族自治州", "prefecture"),
        ("牲畜存栏12万头，占全盟的9%。", BANNER, "152500", "内蒙古自治区锡林郭勒盟", "prefecture"),
        ("生产总值居全区第5位。", BANNER, "150000", "内蒙古自治区", "province"),
        ("社会消费品零售总额居全市第4位。", DISTRICT, "500000", "重庆市", "province"),
        ("财政收入1.2亿元，占全区财政收入的20%。", RED_BANNER_TOWN, "410702", "河南省新乡市红旗区", "county"),
    ],
)
def test_a_rank_or_share_tells_the_area_it_is_in(text: str, own: Area, code: str, name: str, level: Level) -> None:
    """全市 is the nearest place around whose name ends in 市, and so on."""
    area = found(text, own)[-1].area
    assert area is not None
    assert (area.code, area.name, area.level) == (code, name, level)
    assert [one.kind for one in area.evidence] == ["text"]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("高新技术产值占全市工业的31%。", CITY),
        ("规上工业增速居全国第2位。", TOWN),
        ("规上工业增速居全市第2位。", None),
        ("全市生产总值12亿元，增长8%。", TOWN),
        ("全市森林覆盖率52%。", TOWN),
        ("生产总值居全县第2位。", TOWN),
    ],
)
def test_the_documents_own_area_is_not_repeated(text: str, own: Area | None) -> None:
    """Nothing is said of the document's own area, of none that is known, and of amounts."""
    assert [one.area for one in found(text, own)] == [None] * len(found(text, own))
