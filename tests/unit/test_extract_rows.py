"""Numbers in a row and what they are compared with: sentences of invented bulletins."""

from __future__ import annotations

import pytest

from tests.unit.test_extract_sentences import told

ROWS = {
    "三次产业增加值占生产总值的比重为11.4%、48.3%和40.3%。": [
        "第一产业增加值占生产总值的比重|11.4%|share",
        "第二产业增加值占生产总值的比重|48.3%|share",
        "第三产业增加值占生产总值的比重|40.3%|share",
    ],
    "三次产业对经济增长的拉动分别为0.35、-1.64、2.1个百分点。": [
        "第一产业对经济增长的拉动|0.35个百分点|change",
        "第二产业对经济增长的拉动|-1.64个百分点|change",
        "第三产业对经济增长的拉动|2.1个百分点|change",
    ],
    "教育、医疗、住房保障和安置等支出同比增速分别为-3.4%、21%、16.2%。": [
        "教育支出|-3.4%|change_rate",
        "医疗支出|21%|change_rate",
        "住房保障和安置支出|16.2%|change_rate",
    ],
    "客运量210万人，客运周转量1.4亿人公里，同比增长8.7%、5.1%。": [
        "客运量|2100000人|level",
        "客运周转量|140000000人公里|level",
        "客运量|8.7%|change_rate",
        "客运周转量|5.1%|change_rate",
    ],
    "火灾事故起数、亡人数、损失数分别下降14%、9%、6%。": [
        "火灾事故起数|-14%|change_rate",
        "火灾事故亡人数|-9%|change_rate",
        "火灾事故损失数|-6%|change_rate",
    ],
    "盗窃类、诈骗类、打架斗殴类警情分别下降11%、7%、16%。": [
        "盗窃类警情|-11%|change_rate",
        "诈骗类警情|-7%|change_rate",
        "打架斗殴类警情|-16%|change_rate",
    ],
    "劳动监察、劳动信访案件结案率分别达到97%和99%。": ["劳动监察案件结案率|97%|share", "劳动信访案件结案率|99%|share"],
    "民间投资、农业投资占比分别达到71%、64%。": ["民间投资占比|71%|share", "农业投资占比|64%|share"],
    "城乡居民人均可支配收入分别增长5%、7%，居民消费价格涨幅控制在2%以内。": [
        "城镇居民人均可支配收入|5%|change_rate",
        "农村居民人均可支配收入|7%|change_rate",
        "居民消费价格|2%|change_rate",
    ],
    "专利申请量占全市21%，占全省6%。": ["专利申请量占全市|21%|share", "专利申请量占全省|6%|share"],
}
COMPARED = {
    "接处警310起，下降率18.4%。": ["接处警|310起|level", "接处警|-18.4%|change_rate"],
    "工业用电量减3.2%。": ["工业用电量|-3.2%|change_rate"],
    "旅游人均花费710元，较全省人均花费低64元。": ["旅游人均花费|710元|level", "旅游人均花费|-64元|change"],
    "人均收入1.9万元，比全市平均水平高600元。": ["人均收入|19000元|level", "人均收入|600元|change"],
}


@pytest.mark.parametrize(("sentence", "expected"), [*ROWS.items(), *COMPARED.items()])
def test_each_number_of_a_row_has_its_name(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected


NOTATION = {
    "货物周转量1 340.6亿吨公里，公路里程52 170公里。": [
        "货物周转量|134060000000吨公里|level",
        "公路里程|52170公里|level",
    ],
    "医疗保健类价格上涨1·4%。": ["医疗保健类价格|1.4%|change_rate"],
    "各项存款余额（人民币口径，下同）90亿元，增长8%。": [
        "各项存款余额|9000000000元|level",
        "各项存款余额|8%|change_rate",
    ],
    "职业学校（含成人班，不包括培训班）6所。": ["职业学校|6所|level"],
    "文化用品类上升2.1%（教育类上升5.2%）。": ["文化用品类|2.1%|change_rate", "教育类|5.2%|change_rate"],
    "初中18所（含3所民办初中）、小学64所（含4所民办小学和21个教学点）。": [
        "初中|18所|level",
        "民办初中|3所|level",
        "小学|64所|level",
        "民办小学|4所|level",
        "教学点|21个|level",
    ],
    "存款余额41亿元，居全市第6位，比年初增加3亿元。": [
        "存款余额|4100000000元|level",
        "存款余额全市排名|6位|rank",
        "存款余额|300000000元|change",
    ],
    "财政收入总量居全市第9位，增幅居全市第3位。": ["财政收入总量全市排名|9位|rank", "财政收入增幅全市排名|3位|rank"],
}
LEANING = {
    "生产总值13亿元。按可比价格计算（下同），增长9%。": ["生产总值|1300000000元|level", "生产总值|9%|change_rate"],
    "参合率为94%，居全州第一。较2027年提高了8个百分点。": [
        "参合率|94%|share",
        "参合率全州排名|1位|rank",
        "参合率|8个百分点|change",
    ],
    "去年完成工业投资16亿元，增长7%。今年力争完成19亿元。": [
        "工业投资|1600000000元|level",
        "工业投资|7%|change_rate",
        "工业投资|1900000000元|level",
    ],
    "新改建中小学12所。提升31所乡村学校办学条件。": ["新改建中小学|12所|level", "提升乡村学校办学条件|31所|level"],
}


@pytest.mark.parametrize(("sentence", "expected"), [*NOTATION.items(), *LEANING.items()])
def test_brackets_ranks_and_full_stops_do_not_hide_a_name(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected


def test_a_page_counter_is_no_figure() -> None:
    assert told("时间：2030-05-15 来源：统计局 点击：482次\n粮食产量3万吨。") == ["粮食产量|30000吨|level"]


VERBS = {
    "新建农村户厕900余个、农村公厕41座。": ["新建农村户厕|900个|level", "新建农村公厕|41座|level"],
    "低保新增176户，退出204户。": ["低保新增|176户|level", "低保退出|204户|level"],
    "实施技能培训800人，输转劳务1.2万人。": ["实施技能培训|800人|level", "输转劳务|12000人|level"],
    "种植粮食21万亩，其中水稻13万亩、玉米4万亩。": [
        "种植粮食|210000亩|level",
        "种植水稻|130000亩|level",
        "种植玉米|40000亩|level",
    ],
    "辖3个村，10个居委会，总面积94平方公里。": ["辖村|3个|level", "居委会|10个|level", "总面积|94平方公里|level"],
    "审理再审案件61件，让利群众200万元。": ["审理再审案件|61件|level", "让利群众|2000000元|level"],
}
SIZES = {
    "建成干渠4条总长21公里。": ["建成干渠|4条|level", "干渠总长|21公里|level"],
    "新修道路5条，全长12公里。": ["新修道路|5条|level", "道路全长|12公里|level"],
    "总面积2万平方米的广场2个。": ["广场总面积|20000平方米|level", "广场|2个|level"],
    "实施小型水闸加固改造工程，项目总投资810万元。": ["小型水闸加固改造工程项目总投资|8100000元|level"],
}
SHARES = {
    "接待游客41万人次，恢复至2027年同期水平的83%。": [
        "接待游客|410000人次|level",
        "接待游客恢复至2027年同期水平|83%|share",
    ],
    "移栽烤烟9100亩，完成指令性种植面积的108%。": [
        "移栽烤烟|9100亩|level",
        "移栽烤烟完成指令性种植面积|108%|share",
    ],
    "家庭医生签约服务6.2万人，签约率61%。": ["家庭医生签约服务|62000人|level", "家庭医生签约率|61%|share"],
    "产业税收3亿元，逆势增长4%。": ["产业税收|300000000元|level", "产业税收|4%|change_rate"],
    "全市有41330农民参加合作医疗。": ["农民参加合作医疗|41330人|level"],
}


@pytest.mark.parametrize(("sentence", "expected"), [*VERBS.items(), *SIZES.items(), *SHARES.items()])
def test_verbs_sizes_and_shares_lean_on_what_was_told(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected


LABELS = {
    "财政总收入：全年完成7亿元，增长5%；地区生产总值：预计完成44亿元，增长8%。": [
        "财政总收入|700000000元|level",
        "财政总收入|5%|change_rate",
        "地区生产总值|4400000000元|level",
        "地区生产总值|8%|change_rate",
    ],
    "生产总值92亿元，规上工业增加值10亿元，分别比增5%和15%。": [
        "生产总值|9200000000元|level",
        "规上工业增加值|1000000000元|level",
        "生产总值|5%|change_rate",
        "规上工业增加值|15%|change_rate",
    ],
    "第一产业、第二产业、第三产业分别完成3亿元、5亿元、11亿元。": [
        "第一产业|300000000元|level",
        "第二产业|500000000元|level",
        "第三产业|1100000000元|level",
    ],
    "存贷款余额分别增长10%和17%。": ["存款余额|10%|change_rate", "贷款余额|17%|change_rate"],
    "预计实现（下同）生产总值21亿元，按2025年可比价格（下同）计算，比上年增长10%。": [
        "生产总值|2100000000元|level",
        "生产总值|10%|change_rate",
    ],
    "生产总值增长6%，首次突破百亿元大关，达到101亿元。": [
        "生产总值|6%|change_rate",
        "生产总值|10000000000元|level",
        "生产总值|10100000000元|level",
    ],
    "储备500万元以上项目35个、总投资160亿元，开工转化率达35%。": [
        "储备500万元以上项目|35个|level",
        "500万元以上项目总投资|16000000000元|level",
        "开工转化率|35%|share",
    ],
    "财政总收入2亿元，一般预算收入1亿元，分别完成年度计划的103%和107%，分别增长21%和26%。": [
        "财政总收入|200000000元|level",
        "一般预算收入|100000000元|level",
        "财政总收入完成年度计划|103%|share",
        "一般预算收入完成年度计划|107%|share",
        "财政总收入|21%|change_rate",
        "一般预算收入|26%|change_rate",
    ],
    "田块新品种普及率、优良率和技术到田率分别达到98%、85%和80%。": [
        "田块新品种普及率|98%|share",
        "优良率|85%|share",
        "技术到田率|80%|share",
    ],
    "出栏生猪9万头、肉牛2505头、羊1.2万只。": [
        "出栏生猪|90000头|level",
        "出栏肉牛|2505头|level",
        "出栏羊|12000只|level",
    ],
    "带动2400农户增收。": ["带动农户增收|2400户|level"],
}


@pytest.mark.parametrize(("sentence", "expected"), LABELS.items())
def test_labels_and_lists_name_what_follows(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected


PLANS = {
    "劳均分配达到9800元，比“九五”期末的6800元增加3000元。": [
        "劳均分配|9800元|level",
        "劳均分配|6800元|level",
        "劳均分配|3000元|change",
    ],
    "引进项目56个，协议投资5亿元，分别是“九五”时期的2.1倍、3.5倍。": [
        "引进项目|56个|level",
        "协议投资|500000000元|level",
        "引进项目|2.1倍|multiple",
        "协议投资|3.5倍|multiple",
    ],
    "2025年与2020年相比，总收入增长26%，利润增长18%。": ["总收入|26%|change_rate", "利润|18%|change_rate"],
    "总收入28亿元，平均每年递增17.8%。": ["总收入|2800000000元|level", "总收入|17.8%|change_rate"],
    "第一产业收入1亿元，占总收入的4%；第二产业收入15亿元，占53%。": [
        "第一产业收入|100000000元|level",
        "第一产业收入占总收入|4%|share",
        "第二产业收入|1500000000元|level",
        "第二产业收入占总收入|53%|share",
    ],
    "企业总数由2020年的320家发展到2025年的680家。": ["企业总数|320家|level", "企业总数|680家|level"],
}


@pytest.mark.parametrize(("sentence", "expected"), PLANS.items())
def test_what_is_compared_with_an_earlier_plan_keeps_its_name(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected
