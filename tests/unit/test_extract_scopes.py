"""What a name takes up from the clause before it, and what it leaves there: over invented towns and figures."""

from __future__ import annotations

import pytest

from tests.unit.test_extract_sentences import told

SCOPES = {
    # what came of a thing leans on it
    "“溪谷月嫂”等特色劳务品牌发展壮大，带动就业6.2万人次。": ["特色劳务品牌带动就业|62000人次|level"],
    "乡村助学计划提质扩面，新增受益学生3.1万人。": ["乡村助学新增受益学生|31000人|level"],
    "新建农机合作社28家，覆盖农户1360户。": ["新建农机合作社|28家|level", "农机合作社覆盖农户|1360户|level"],
    # a bare head of a thing's yield takes its place
    "辣椒播面2.3万亩，年产量4.1万吨。": ["辣椒播面|23000亩|level", "辣椒年产量|41000吨|level"],
    "枇杷、李子等水果种植面积2.4万亩。": ["枇杷、李子等水果种植面积|24000亩|level"],
    # a verb alone speaks of what was counted in its own unit
    "实施重点项目86个，总投资42亿元，其中新开工35个。": [
        "实施重点项目|86个|level",
        "重点项目总投资|4200000000元|level",
        "重点项目新开工|35个|level",
    ],
    "全县有小学71所，在校生2.6万人，调整为52所。": ["小学|71所|level", "小学在校生|26000人|level", "小学|52所|level"],
    "加快危旧房改造，新开工6200套，建成4100套。": ["危旧房改造新开工|6200套|level", "危旧房改造建成|4100套|level"],
    "绿色食品认证保有量达36个，新增9个。": ["绿色食品认证保有量|36个|level", "绿色食品认证新增|9个|level"],
    # a predicate of its own shares no head with what stands before
    "完成园区外土地收储80亩，完成土地复垦30亩。": ["园区外土地收储|80亩|level", "土地复垦|30亩|level"],
    # who did it is left out, what was done is not
    "云溪区将新建学校6所。": ["新建学校|6所|level"],
    "该县计划新增学位900个。": ["新增学位|900个|level"],
    "各村共调处纠纷86起。": ["调处纠纷|86起|level"],
    "水利工程建设共投入资金460万元。": ["水利工程建设投入资金|4600000元|level"],
    # a word may hold what else is an adverb
    "完成86家企业亩均效益评价。": ["企业亩均效益评价|86家|level"],
    # a heading gives its noun without its figure; what is left of the sentence is no purpose
    "改造农村危房360户。计划改造300户。": ["改造农村危房|360户|level", "农村危房改造|300户|level"],
    "新建幼儿园4所。总投资3200万元，已全部投入使用。": ["新建幼儿园|4所|level", "幼儿园总投资|32000000元|level"],
    "剩余26户71人全部脱贫。": ["脱贫|26户|level", "脱贫|71人|level"],
    # an amount that leaves 元 out is one of money; a mean that leaves 长 out is growth; a year may be masked
    "财政收入完成1200万，增长15%。": ["财政收入|12000000元|level", "财政收入|15%|change_rate"],
    "固定资产投资突破5.2亿大关。": ["固定资产投资|520000000元|level"],
    "生产总值12亿元，同比增9%，工业用电量同比降4%。": [
        "生产总值|1200000000元|level",
        "生产总值|9%|change_rate",
        "工业用电量|-4%|change_rate",
    ],
    "20**年财政收入1056万元。": ["财政收入|10560000元|level"],
    "拨付医药补偿费320万元，受益群众1.2万人次。": ["拨付医药补偿费|3200000元|level", "受益群众|12000人次|level"],
    # what came in of what was agreed on
    "合同外资3000万美元，实际到位1200万美元。": ["合同外资|30000000美元|level", "实际到位外资|12000000美元|level"],
    "协议资金6亿元，到位2亿元。": ["协议资金|600000000元|level", "到位资金|200000000元|level"],
    # what each of so many is above counts them
    "其中27家企业增幅在50%以上。": ["企业增幅在50%以上|27家|level"],
    "农民收入翻了近一番。": ["农民收入|1番|multiple"],
    "8%的村实现了集体经济零突破。": ["村集体经济零突破|8%|share"],
    # what is built or cleared goes on in other units; money and people do not
    "拆除围网860米，网箱2400平方米。": ["拆除围网|860米|level", "拆除网箱|2400平方米|level"],
    "新建公园7个，绿地6.5万平方米。": ["新建公园|7个|level", "新建绿地|65000平方米|level"],
    "新建学校2所，学生3200人。": ["新建学校|2所|level", "学生|3200人|level"],
    # great ones are counted, classes too
    "电子、汽车、建材3大支柱产业发展壮大。": ["支柱产业发展壮大|3个|level"],
    "10大类52项实事全部完成。": ["实事|10类|level", "实事|52项|level"],
    # what came of a deed
    "对政府项目进行造价评审，核减资金2.6亿元。": ["政府项目造价评审核减资金|260000000元|level"],
    # the other of a pair takes the place of the first
    "金融机构存款余额386亿元、贷款余额298亿元。": [
        "金融机构存款余额|38600000000元|level",
        "金融机构贷款余额|29800000000元|level",
    ],
    # totals of several; of what was new
    "认定绿色食品12个、有机产品5个，总数分别达到56个和18个。": [
        "认定绿色食品|12个|level",
        "认定有机产品|5个|level",
        "绿色食品总数|56个|level",
        "有机产品总数|18个|level",
    ],
    "规上企业新入库62家，总数突破500家。": ["规上企业新入库|62家|level", "规上企业总数|500家|level"],
    # stages of one deed; a doing with a verb of its own is no part of what was told with 其中
    "开工棚户区改造2600套，基本建成1800套。": ["开工棚户区改造|2600套|level", "棚户区改造基本建成|1800套|level"],
    "新改建公路126公里，其中村道46公里，实施桥梁改造8座、护栏安装210公里。": [
        "新改建公路|126公里|level",
        "新改建村道|46公里|level",
        "实施桥梁改造|8座|level",
        "实施护栏安装|210公里|level",
    ],
    # an amount beside a rate is of what was counted
    "调解纠纷860件，成功率98%，涉案金额230万元。": [
        "调解纠纷|860件|level",
        "成功率|98%|share",
        "纠纷涉案金额|2300000元|level",
    ],
    "排查隐患860处，死亡人数下降33%。": ["排查隐患|860处|level", "死亡人数|-33%|change_rate"],
    "重点税源减收3亿元。": ["重点税源减收|300000000元|level"],
    "土地出让收入16亿元，比上年减收4亿元。": ["土地出让收入|1600000000元|level", "土地出让收入|-400000000元|change"],
    "新增床位620张，每千名老人拥有床位38张。": ["新增床位|620张|level", "每千名老人拥有床位|38张|level"],
    # what is said of two things stands behind the second
    "全县12个乡镇、86个行政村实现光纤全覆盖。": ["乡镇光纤全覆盖|12个|level", "行政村光纤全覆盖|86个|level"],
    "接待游客86万人次，旅游收入8亿元，分别恢复至2019年同期的96%和102%。": [
        "接待游客|860000人次|level",
        "旅游收入|800000000元|level",
        "接待游客|96%|share",
        "旅游收入|102%|share",
    ],
    "技改投资增长26%，增速分别高于全市、全省8.2个和11.6个百分点。": [
        "技改投资|26%|change_rate",
        "技改投资增速|8.2个百分点|change",
        "技改投资增速|11.6个百分点|change",
    ],
    "全社会用电量21亿千瓦时，其中工业用电13亿千瓦时。": [
        "全社会用电量|2100000000千瓦时|level",
        "工业用电量|1300000000千瓦时|level",
    ],
    "治理水土流失面积86平方公里，矿山修复1260亩。": ["治理水土流失面积|86平方公里|level", "矿山修复|1260亩|level"],
    # points of the rates before, or of one against two bases; both fall where one does
    "出厂价格下降2.6%，购进价格下降3.1%，降幅分别收窄1.2和0.8个百分点。": [
        "出厂价格|-2.6%|change_rate",
        "购进价格|-3.1%|change_rate",
        "出厂价格|-1.2个百分点|change",
        "购进价格|-0.8个百分点|change",
    ],
    "产值增长8%，用电量增长9%，增速分别高于全省1.2个和2.1个百分点。": [
        "产值|8%|change_rate",
        "用电量|9%|change_rate",
        "产值增速|1.2个百分点|change",
        "用电量增速|2.1个百分点|change",
    ],
    # dashes that are signs; less was added than before; what an amount is in other money
    "工业增加值增长—2.3%。": ["工业增加值|-2.3%|change_rate"],
    "存款余额比年初减少3.2亿元，同比少增1.6亿元。": ["存款余额|-320000000元|change", "存款余额|-160000000元|change"],
    "人均地区生产总值23680元，按年平均汇率折合3802美元。": [
        "人均地区生产总值|23680元|level",
        "人均地区生产总值|3802美元|level",
    ],
    # what all have is none of the parts told with 其中
    "全县有卫生机构326个，其中医院12个、卫生院22个；床位1862张。": [
        "卫生机构|326个|level",
        "医院|12个|level",
        "卫生院|22个|level",
        "卫生机构床位|1862张|level",
    ],
    # two amounts of one thing; a date before which; what can be
    "实施项目36个，总投资86亿元，年度计划投资32亿元。": [
        "实施项目|36个|level",
        "项目总投资|8600000000元|level",
        "项目投资|3200000000元|level",
    ],
    "6月底前新建项目开工率达到60%。": ["新建项目开工率|60%|share"],
    "每年可节水16万立方米，可利用草原86万亩。": ["节水|160000立方米|level", "可利用草原|860000亩|level"],
    "蚕桑面积2800亩，年产茧12吨。": ["蚕桑面积|2800亩|level", "年产茧|12吨|level"],
    # quotes in ASCII are whole; what was got beyond the year before; per what a standard is
    '完成"煤改气"2600户、"煤改电"1200户。': ['"煤改气"|2600户|level', '"煤改电"|1200户|level'],
    "争取上级资金8.6亿元，比上年多争取1.2亿元。": ["上级资金|860000000元|level", "上级资金|120000000元|change"],
    "公益林补偿标准由每亩10元提高到15元。": ["公益林补偿标准|10元|level", "公益林补偿标准|15元|level"],
    "退休人员养老金人均月增加138元。": ["退休人员养老金|138元|change"],
    "对上争取到位资金2.6亿元。": ["对上争取到位资金|260000000元|level"],
    # of so many, so many; what a clause without a figure is about
    "全县12个乡镇中有8个乡镇建成敬老院。": ["乡镇|12个|level", "乡镇建成敬老院|8个|level"],
    "粮食生产实现“十八连丰”，总产达42万吨。": ["粮食总产|420000吨|level"],
    "城区新增绿地面积32万平方米，绿地率达36%。": ["城区新增绿地面积|320000平方米|level", "城区绿地率|36%|share"],
    # a quotation of clauses is a sentence, a slogan is none; growth as papers of Hong Kong call it
    "“去年，我们新建学校36所。”局长说。": ["新建学校|36所|level"],
    "财政收入26亿元，按年增长7.8%。": ["财政收入|2600000000元|level", "财政收入|7.8%|change_rate"],
    "在保家庭6200户。": ["在保家庭|6200户|level"],
    # a base of several years is no part of the name
    "招商引资由“十五五”时期的6亿元增加到11亿元。": ["招商引资|600000000元|level", "招商引资|1100000000元|level"],
}


@pytest.mark.parametrize(("text", "expected"), SCOPES.items(), ids=list(SCOPES))
def test_a_name_takes_up_what_it_leans_on(text: str, expected: list[str]) -> None:
    assert told(text) == expected
