"""The grammar of a sentence, case by case, over invented towns and figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.document import SegmentedDocument
from schemas.record import Finding, Period, Section, SectionPart
from tasks.extract import ExtractRules, extract_document
from tests.made import normal as normal_of

VOCABULARY = Path(__file__).resolve().parents[2] / "config" / "vocabulary"
RULES = ExtractRules.load(VOCABULARY)


def findings(text: str, part: SectionPart = "review", period: Period | None = None) -> list[Finding]:
    """What extract finds in a text that stands in one section of a report on 2030."""
    normal = normal_of(text, review_period=Period.years(2030), plan_period=Period.years(2031))
    section = Section(
        section_id="1",
        parent_id=None,
        level=1,
        label=None,
        title=None,
        part=part,
        period=period or Period.years(2031 if part == "plan" else 2030),
        start=0,
        end=len(text),
    )
    return list(extract_document(SegmentedDocument(normal=normal, sections=(section,)), RULES).findings)


def told(text: str, **where: object) -> list[str]:
    """The findings in short: name|value unit|measure."""
    return [f"{f.name}|{f.value}{f.unit}|{f.measure}" for f in findings(text, **where)]  # type: ignore[arg-type]


NAMES = {
    "规上工业总产值213.6亿元": ["规上工业总产值|21360000000元|level"],
    "完成规上工业总产值213.6亿元，增长4.7%。": [
        "规上工业总产值|21360000000元|level",
        "规上工业总产值|4.7%|change_rate",
    ],
    "全镇规上工业企业达71家，": ["规上工业企业|71家|level"],
    "26个项目竣工投产。": ["项目竣工投产|26个|level"],
    "完成17家企业改造。": ["企业改造|17家|level"],
    "舜北路、文曲路等7条道路改造完成。": ["道路改造|7条|level"],
    "新增高新技术企业58家、科技型中小企业190家。": [
        "新增高新技术企业|58家|level",
        "新增科技型中小企业|190家|level",
    ],
    "查处违章建筑48起、1.2万平方米。": ["查处违章建筑|48起|level", "查处违章建筑|12000平方米|level"],
    "农村公厕改造14座、新建7座。": ["农村公厕改造|14座|level", "农村公厕新建|7座|level"],
    "茶叶、蚕桑种植面积分别下降12.5%、31%。": [
        "茶叶种植面积|-12.5%|change_rate",
        "蚕桑种植面积|-31%|change_rate",
    ],
    "食品加工业产值和利润分别增长8%、14%。": [
        "食品加工业产值|8%|change_rate",
        "食品加工业利润|14%|change_rate",
    ],
    "城镇、农村居民人均可支配收入分别增长3%、5%。": [
        "城镇居民人均可支配收入|3%|change_rate",
        "农村居民人均可支配收入|5%|change_rate",
    ],
    "接待游客43万人次，旅游收入6.5亿元，分别增长17%和25%。": [
        "接待游客|430000人次|level",
        "旅游收入|650000000元|level",
        "接待游客|17%|change_rate",
        "旅游收入|25%|change_rate",
    ],
    "财政总收入11.6亿元，预算收入6.7亿元，均增长6%。": [
        "财政总收入|1160000000元|level",
        "预算收入|670000000元|level",
        "财政总收入、预算收入|6%|change_rate",
    ],
    "民生投入25.1亿元，占财政总支出的74.2%。": [
        "民生投入|2510000000元|level",
        "民生投入占财政总支出|74.2%|share",
    ],
    "实施技改项目20个、完成投资5.5亿元。": ["实施技改项目|20个|level", "技改项目投资|550000000元|level"],
    "投资1.4亿元，完成学校改造6所。": ["学校改造投资|140000000元|level", "学校改造|6所|level"],
    "贫困户390户577人全部脱贫。": ["贫困户|390户|level", "贫困户脱贫|577人|level"],
    "64户197人实现脱贫。": ["脱贫|64户|level", "脱贫|197人|level"],
    "新增省级示范镇3个、示范点5个。": ["新增省级示范镇|3个|level", "新增省级示范点|5个|level"],
    "市级督办整改1项、区级2项。": ["市级督办整改|1项|level", "区级督办整改|2项|level"],
    "产业结构调整为6.8:49.5:43.7。": [
        "产业结构第一产业比重|6.8%|share",
        "产业结构第二产业比重|49.5%|share",
        "产业结构第三产业比重|43.7%|share",
    ],
    "通组公路率从上年的41.5%提高到58%。": ["通组公路率|41.5%|share", "通组公路率|58%|share"],
    "森林覆盖率达52.9%，提高1.5个百分点。": ["森林覆盖率|52.9%|share", "森林覆盖率|1.5个百分点|change"],
    "农民人均收入较上年增加620元。": ["农民人均收入|620元|change"],
    "增长57.3%9个重点项目全面开工。": ["增长|57.3%|change_rate", "重点项目开工|9个|level"],
    "新开工住宅20万平方米，是上年的2.9倍。": [
        "新开工住宅|200000平方米|level",
        "新开工住宅|2.9倍|multiple",
    ],
    "专利授权量翻两番。": ["专利授权量|2番|multiple"],
    "近七成农户受益。": ["农户受益|70%|share"],
    "项目备案时间压缩至2.5个工作日。": ["项目备案时间|2.5个工作日|level"],
    "空气质量优良天数334天。": ["空气质量优良天数|334天|level"],
    "解决了2.5万农村人口饮水问题。": ["解决农村人口饮水问题|25000人|level"],
    "三河、西溪2个集市完成改造。": ["集市改造|2个|level"],
    "衣着、文化娱乐价格分别上涨3%和1%。": ["衣着价格|3%|change_rate", "文化娱乐价格|1%|change_rate"],
    "粮食产量连续7年稳定在13亿斤以上。": ["粮食产量|1300000000斤|level"],
    "前4个月工业投资增长8%。": ["工业投资|8%|change_rate"],
    "全河段94%的断面达标。": ["全河段断面达标|94%|share"],
    "实现生产总值增长8%的目标。": ["生产总值|8%|change_rate"],
    "净增财政收入3亿元。": ["财政收入|300000000元|change"],
    "净增市场主体300户。": ["净增市场主体|300户|level"],
    "产值突破5亿元大关，达到5.2亿元。": ["产值|500000000元|level", "产值|520000000元|level"],
    "居民消费价格涨幅控制在3%以内。": ["居民消费价格|3%|change_rate"],
    "规上工业实现增加值5亿元，增加值占生产总值的40%。": [
        "规上工业增加值|500000000元|level",
        "规上工业增加值增加值占生产总值|40%|share",
    ],
    "移动用户、宽带用户分别达到9万户和1万户。": ["移动用户|90000户|level", "宽带用户|10000户|level"],
    "投入1200万元实施河道整治。": ["河道整治投入|12000000元|level"],
    "生产总值增速居全市第15位。": ["生产总值增速全市排名|15位|rank"],
    "量化考核总分第11名。": ["量化考核总分|11位|rank"],
    "生产总值6亿元，预算收入2亿元，同比分别-6.2%、-9.3%。": [
        "生产总值|600000000元|level",
        "预算收入|200000000元|level",
        "生产总值|-6.2%|change_rate",
        "预算收入|-9.3%|change_rate",
    ],
    "零售额同比+3.2%，销售面积下降-8.5%。": ["零售额|3.2%|change_rate", "销售面积|-8.5%|change_rate"],
    "财政收入、存款余额分别达到7亿元和5亿元，比上年分别增加9亿元和8亿元。": [
        "财政收入|700000000元|level",
        "存款余额|500000000元|level",
        "财政收入|900000000元|change",
        "存款余额|800000000元|change",
    ],
    "收入2亿元（主要是土地出让金减少1亿元），下降9%。": [
        "收入|200000000元|level",
        "土地出让金|-100000000元|change",
        "收入|-9%|change_rate",
    ],
    "种植辣椒3万亩、产量2.7万吨。": ["种植辣椒|30000亩|level", "辣椒产量|27000吨|level"],
    "粮食播种面积3万亩，产量2万吨。": ["粮食播种面积|30000亩|level", "粮食产量|20000吨|level"],
    "新增高新技术企业12家、总数达50家。": ["新增高新技术企业|12家|level", "高新技术企业总数|50家|level"],
    "引进企业37家，其中注册资金1000万元以上6家、亿元以上2家。": [
        "引进企业|37家|level",
        "引进注册资金1000万元以上企业|6家|level",
        "引进亿元以上企业|2家|level",
    ],
    "选择6个政府投资1000万元以上、社会投资2亿元以上的项目纳入计划。": ["选择项目纳入计划|6个|level"],
    "产业比重由19︰37︰44优化为17∶48∶35。": [
        f"产业第{n}产业比重|{v}%|share" for n, v in zip("一二三一二三", (19, 37, 44, 17, 48, 35), strict=True)
    ],
    "销售网络拓展至22个省份，销量345万吨。": ["销售网络省份|22个|level", "销量|3450000吨|level"],
    "2座35万千瓦光热项目分别在沙岭、河口开工。": ["光热项目开工|2座|level"],
    "实施以旧换新补贴20万元，带动就业500人。": ["实施以旧换新补贴|200000元|level", "带动就业|500人|level"],
    "3亿元购车补贴拉动消费21亿元。": ["购车补贴|300000000元|level", "购车补贴拉动消费|2100000000元|level"],
    "税收3亿元，规上工业产值再创新高，增长8%。": ["税收|300000000元|level", "规上工业产值|8%|change_rate"],
    "入园企业30家，在建6家。": ["入园企业|30家|level", "在建入园企业|6家|level"],
    "6个城建项目共完成征地125户。": ["城建项目|6个|level", "城建项目征地|125户|level"],
    "所有城区和98%的乡镇建成示范区。": ["所有城区乡镇建成示范区|98%|share"],
    "有各级学校35所，有专任教师2100人。": ["各级学校|35所|level", "各级学校专任教师|2100人|level"],
    "预算收入3亿元，自然增幅2%，同口径完成4亿元，增幅6%。": [
        "预算收入|300000000元|level",
        "预算收入|2%|change_rate",
        "预算收入|400000000元|level",
        "预算收入|6%|change_rate",
    ],
    "城乡低保标准分别达到每月577元、每年4428元，分别提高5%、8%。": [
        "城镇低保标准|577元|level",
        "农村低保标准|4428元|level",
        "城镇低保标准|5%|change_rate",
        "农村低保标准|8%|change_rate",
    ],
    "失业率、自然增长率分别控制在4%和6.5‰以内。": ["失业率|4%|share", "自然增长率|6.5‰|share"],
    "印发信息320篇（条），其中省级56篇、市级120篇。": [
        "印发信息|320篇|level",
        "印发省级信息|56篇|level",
        "印发市级信息|120篇|level",
    ],
    "占地费用占收入的比重由25%上升到31%，惠及17万婴幼儿。": [
        "占地费用占收入的比重|25%|share",
        "占地费用占收入的比重|31%|share",
        "惠及婴幼儿|170000人|level",
    ],
    "办理营业执照、许可等手续19件。": ["办理营业执照、许可等手续|19件|level"],
    "人均增收620元。": ["人均增收|620元|level"],
    "PM2.5、PM10平均浓度分别改善7.8%、1.6%。": ["PM2.5平均浓度|-7.8%|change_rate", "PM10平均浓度|-1.6%|change_rate"],
    "以38户大型企业为重点推进改造。": ["大型企业|38户|level"],
    "47个在建、续建重点项目完成投资8亿元。": [
        "在建、续建重点项目|47个|level",
        "重点项目投资|800000000元|level",
    ],
    "新增劳动力平均受教育年限达到14.2年。": ["新增劳动力平均受教育年限|14.2年|level"],
}

#: name, value and status of the figures of a plan and of what came of it
PLANS = {
    "生产总值2030年计划710亿元，实际完成634亿元，增长4.5%，完成年计划的89.4%。": [
        "生产总值|71000000000|target",
        "生产总值|63400000000|actual",
        "生产总值|4.5|actual",
        "生产总值完成年计划|89.4|actual",
    ],
    "1.财政收入。计划7亿元、增长6%，完成8亿元。": [
        "财政收入|700000000|target",
        "财政收入|6|target",
        "财政收入|800000000|actual",
    ],
    "财政收入5020万元，增长4%，占年初计划6500万元的77.2%。": [
        "财政收入|50200000|actual",
        "财政收入|4|actual",
        "财政收入|65000000|target",
        "财政收入占年初计划|77.2|actual",
    ],
    "外资3000万美元，完成计划任务的105%，增长6%，列全县第2位。": [
        "外资|30000000|actual",
        "外资完成计划任务|105|actual",
        "外资|6|actual",
        "外资全县排名|2|actual",
    ],
    "价格涨幅计划控制在3%以内，实际上涨1.9%。": ["价格|3|target", "价格|1.9|actual"],
    "参合率目标98%，实际完成99.2%。": ["参合率|98|target", "参合率|99.2|actual"],
    "危房改造任务120户，已开工100户。": ["危房改造|120|target", "危房开工|100|actual"],
    "落实年度目标362项。": ["落实年度目标|362|actual"],
    "入选领军人才计划2人。": ["入选领军人才计划|2|actual"],
}


@pytest.mark.parametrize(("text", "expected"), PLANS.items(), ids=list(PLANS))
def test_the_figure_of_a_plan_is_a_target_of_what_is_planned(text: str, expected: list[str]) -> None:
    assert [f"{f.name}|{f.value}|{f.status}" for f in findings(text)] == expected


@pytest.mark.parametrize(("text", "expected"), NAMES.items(), ids=list(NAMES))
def test_words_name_their_number(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("style", ["full", "ascii"])
def test_punctuation_of_either_width_gives_the_same(style: str) -> None:
    text = "全年完成财政收入11.6亿元，增长5%；其中税收收入8.2亿元，占比70.7%。"
    if style == "ascii":
        text = text.translate(str.maketrans("，；。", ",;。"))
    assert [f.value for f in findings(text)] == ["1160000000", "5", "820000000", "70.7"]


AMOUNTS = {
    "完成投资 5.6 亿元": ("5.6 亿元", "560000000", "元"),
    "税收增长 5.6 %": ("5.6 %", "5.6", "%"),
    "投资1亿2000万元": ("1亿2000万元", "120000000", "元"),
    "受益群众3万5千人": ("3万5千人", "35000", "人"),
    "出口增长-3.2%": ("-3.2%", "-3.2", "%"),
    "出口增长−3.2%": ("−3.2%", "-3.2", "%"),
    "出口同比+3.2%": ("+3.2%", "3.2", "%"),
    "算力规模超2.2万P": ("2.2万P", "22000", "P"),
    "安保值守7万多小时": ("7万多小时", "70000", "小时"),
    "成活率达百分之95.5": ("百分之95.5", "95.5", "%"),
    "成活率达百分之九十五": ("百分之九十五", "95", "%"),
    "覆盖率提高六个百分点": ("六个百分点", "6", "个百分点"),
    "总产值１２．５亿元": ("１２．５亿元", "1250000000", "元"),
    "造林三千二百亩": ("三千二百亩", "3200", "亩"),
    "浓度28微克/立方米": ("28微克/立方米", "28", "微克/立方米"),
    "发电5000万千瓦时": ("5000万千瓦时", "50000000", "千瓦时"),
    "工业用电量1,250千瓦时": ("1,250千瓦时", "1250", "千瓦时"),
    "外贸出口1.2亿美元": ("1.2亿美元", "120000000", "美元"),
    "用户9万余户": ("9万余户", "90000", "户"),
    "近7成农户受益": ("7成", "70", "%"),
}


@pytest.mark.parametrize(("text", "expected"), AMOUNTS.items(), ids=list(AMOUNTS))
def test_an_amount_is_scaled_to_its_unit(text: str, expected: tuple[str, str, str]) -> None:
    assert [(f.value_text, f.value, f.unit) for f in findings(text + "。")] == [expected]


BOUNDS = {
    "超过5亿元": "over",
    "突破5亿元大关": "over",
    "迈上5亿元台阶": "over",
    "5000余件": "over",
    "1500余万元": "over",
    "近9万人次": "nearly",
    "约16平方米": "about",
    "16平方米左右": "about",
    "85%以上": "at_least",
    "不少于30家": "at_least",
    "3.5%以内": "at_most",
    "不超过3家": "at_most",
    "达5亿元": "exact",
    "签约5个": "exact",
}


@pytest.mark.parametrize(("amount", "bound"), BOUNDS.items(), ids=list(BOUNDS))
def test_words_around_a_number_bound_it(amount: str, bound: str) -> None:
    assert [f.bound for f in findings(f"今年全镇相关工作{amount}。")] == [bound]


TRAPS = [
    "2030年3月5日召开会议",
    "贯彻“263”行动和“8+1”项目",
    "第28届运动会和第3批名单",
    "打造“10分钟体育健身圈”",
    "拓宽232省道和G60高速",
    "推进工业4.0和5G建设",
    "入选4A级景区",
    "严控PM2.5污染",
    "办好12345热线",
    "文件编号32041102000483",
    "电话0512-66661234",
    "60岁以上老人免费体检",
    "培育超百亿元企业",
    "每10万人口接受教育",
    "第一责任和第十届大会",
    "《某镇规划(2018—2030)》通过评审",
    "中科150亿元产业园项目签约",
    "推进年产2万吨钢管项目",
    "连续18年获评平安镇",
    "选择投资1000万元以上、产值2亿元以上的项目",
]


@pytest.mark.parametrize("text", TRAPS)
def test_numbers_that_measure_nothing_are_left_alone(text: str) -> None:
    assert told(text + "。") == []


def test_a_threshold_belongs_to_the_name_of_what_is_counted() -> None:
    assert told("引进协议外资3000万美元以上项目1个。") == ["引进协议外资3000万美元以上项目|1个|level"]


TIMES = [
    ("全年完成产值5亿元。", "review", ("actual", "2030", "2030")),
    ("新增企业3家。", "plan", ("target", "2031", "2031")),
    ("预计全年完成产值5亿元。", "review", ("estimate", "2030", "2030")),
    ("2029年完成产值5亿元。", "review", ("actual", "2029", "2029")),
    ("力争到2035年产值突破50亿元。", "review", ("target", "2035", "2035")),
]


@pytest.mark.parametrize(("text", "part", "expected"), TIMES)
def test_status_and_period_come_from_section_and_sentence(
    text: str, part: SectionPart, expected: tuple[str, str, str]
) -> None:
    (finding,) = findings(text, part)
    assert finding.period is not None
    assert (finding.status, finding.period.start[:4], finding.period.end[:4]) == expected


SPAN = Period.years(2026, 2030)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("累计完成投资100亿元。", ("2026", "2030")),
        ("新增高标准农田1000亩。", ("2026", "2030")),
        ("规上工业企业达171家。", ("2030", "2030")),
        ("拥有发明专利294件。", ("2030", "2030")),
        ("森林覆盖率达30%。", ("2030", "2030")),
        ("信访办结率达99%。", ("2026", "2030")),
    ],
)
def test_in_a_review_of_years_a_stock_stands_at_the_end_and_a_flow_fills_them(
    text: str, years: tuple[str, str]
) -> None:
    (finding,) = findings(text, "review", SPAN)
    assert finding.period is not None
    assert (finding.period.start[:4], finding.period.end[:4]) == years


def test_the_start_of_a_rise_is_of_its_own_year() -> None:
    first, second = findings("规模企业从上年的23家增加到36家。")
    assert first.period == Period.years(2029)
    assert second.period == Period.years(2030)


def test_a_range_bounds_from_both_sides() -> None:
    low, high = findings("力争引进投资5—6亿元。", "plan")
    assert (low.value, low.bound, high.value, high.bound) == ("500000000", "at_least", "600000000", "at_most")


def test_growth_says_what_it_is_compared_with() -> None:
    words = "产值5亿元，同比增长5%；税收2亿元，比2025年增长3%；利润1亿元，环比增长2%。"
    assert [f.compared_with for f in findings(words) if f.measure == "change_rate"] == [
        "previous_year",
        "2025",
        "previous_period",
    ]


@pytest.mark.parametrize(
    ("text", "name", "said", "measure"),
    [
        ("居民人均可支配收入增长与经济增长同步。", "居民人均可支配收入", "增长与经济增长同步", "change_rate"),
        ("实现主板上市企业零的突破。", "主板上市企业", "零的突破", "level"),
        ("养老助餐服务实现全覆盖。", "养老助餐服务", "实现全覆盖", "level"),
        ("消费品价格同比持平。", "消费品价格", "同比持平", "change_rate"),
    ],
)
def test_what_words_state_has_no_value_and_its_words(text: str, name: str, said: str, measure: str) -> None:
    (finding,) = findings(text)
    assert (finding.name, finding.value, finding.value_text, finding.measure) == (name, None, said, measure)


def test_doing_things_at_the_same_time_states_nothing() -> None:
    assert findings("与企业同步推进各项工作。") == []


@pytest.mark.parametrize(
    ("text", "subject"),
    [("云港集团货物吞吐量达500万吨。", "云港集团"), ("新增上市公司3家。", None), ("全市公立医院床位300张。", None)],
)
def test_a_company_named_in_front_is_the_subject(text: str, subject: str | None) -> None:
    assert [f.subject for f in findings(text)] == [subject]


def test_evidence_holds_the_number_the_sentence_and_the_name() -> None:
    text = "工业稳中有进。规上工业总产值213.6亿元，增长4.7%。"
    first, second = findings(text)
    assert text[first.evidence.start : first.evidence.end] == first.value_text == "213.6亿元"
    assert text[first.evidence.name_start : first.evidence.name_end] == "规上工业总产值"
    assert text[second.evidence.sentence_start : second.evidence.sentence_end] == text[7:]


@given(st.text(alphabet="完成新增达规上工业产值项目、，。；“”（）个家亿元万%增长至3.5 \n第年由到", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_findings_that_point_at_their_numbers(text: str) -> None:
    for finding in findings(text):
        evidence = finding.evidence
        assert evidence.sentence_start <= evidence.start < evidence.end <= evidence.sentence_end
        assert text[evidence.start : evidence.end] == finding.value_text
        assert finding.value is None or re.search(r"[\d三五两一二十百千万亿]", finding.value_text)
        assert finding.name


@given(st.sampled_from(sorted(NAMES)), st.sampled_from(sorted(NAMES)))
@settings(max_examples=60, deadline=None)
def test_sentences_of_two_paragraphs_do_not_disturb_one_another(one: str, other: str) -> None:
    first, second = one.rstrip("，。") + "。", other.rstrip("，。") + "。"
    apart = told(first) + told(second)
    assert told(f"{first}\n各项工作有序推进，群众的获得感和幸福感持续不断提升。\n{second}") == apart
