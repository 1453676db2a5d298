"""Damage done by byte replacements is undone, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.normalise import NormaliseRules
from tasks.normalise.text import Mended, mend
from tests.converter import damage, damaged, first_readings, traditional

REPORT = """各位代表：现在，我代表青石镇人民政府，向大会报告工作，请予审议。
过去一年，全镇上下紧紧围绕高质量发展首要任务，抢抓机遇、开拓创新，经济社会发展取得新的成绩。
一是工业经济稳中有进。完成规上工业总产值86.4亿元，增长7.2%；新开工项目12个，竣工投产9个，企业转型升级步伐加快。
二是农业农村加快发展。粮食总产量达到3.2万吨；建成高标准农田4500亩，农民收入稳步增长，村级集体经济不断壮大。
三是城镇面貌持续改善。断面水质达标率100%，空气质量优良率88%；危化品使用安全、防汛防台工作扎实开展，环境整治成效明显。
四是社会事业全面进步。新建幼儿园1所；医疗保险参保率98%，养老服务体系更加完善，群众获得感、幸福感、安全感不断增强。
今年，我们要勇担使命、乘势而上，推动产业结构调整，优化营商环境，深化改革创新，加强基层治理，建设现代化美丽新城镇！
我们要深入实施创新驱动战略，引导企业加大技术改造投入，培育专精特新企业；加快实现农业现代化，促进农民持续增收。
我们要坚持从严治党，转变工作作风，强化责任落实，确保全年目标任务圆满完成，不断开创各项事业发展新局面！
"""


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@pytest.fixture(scope="module")
def readings(rules: NormaliseRules) -> dict[str, str]:
    return first_readings(rules.readings)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_report_comes_back(seed: int, rules: NormaliseRules, readings: dict[str, str]) -> None:
    shown = damaged(REPORT, readings, seed=seed, annotated=20 + 8 * seed)
    mended = mend(shown, rules)
    assert letters(mended.text) == letters(REPORT)
    assert_every_repair_walks_back(mended, shown)


def assert_every_repair_walks_back(mended: Mended, shown: str) -> None:
    for repair in mended.repairs:
        assert mended.text[repair.start : repair.end] == repair.restored
        span = mended.spans.back(repair.start, repair.end)
        assert shown[span.start : span.end] == repair.found
        assert 0 <= repair.confidence <= 1


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), annotated=st.integers(5, 120))
def test_what_no_repair_covers_says_what_the_page_said(
    seed: int, annotated: int, rules: NormaliseRules, readings: dict[str, str]
) -> None:
    shown = damaged(REPORT, readings, seed=seed, annotated=annotated)
    mended = mend(shown, rules)
    covered = {at for repair in mended.repairs for at in range(repair.start, repair.end)}
    simplified = rules.gbk.simplified
    for at, character in enumerate(mended.text):
        if at not in covered:
            span = mended.spans.back(at, at + 1)
            assert span.end - span.start == 1
            before = shown[span.start]
            assert character in (before, simplified.get(before))


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("區(qū)控?cái)嗝嫠|(zhì)達標", "区控断面水质达标"),
        ("牢記使命,勇?lián)姑⒊藙荻?,實(shí)現(xiàn)", "牢记使命,勇担使命、乘势而上,实现"),
        ("燃氣安全、?;肥褂冒踩?、防汛", "燃气安全、危化品使用安全、防汛"),
        ("安全感??椕芑鶎又卫砭W(wǎng)絡(luò)", "安全感。织密基层治理网络"),
        ("項(xiàng)目1000畝??焖偻七M(jìn)", "项目1000亩。快速推进"),
    ],
)
def test_runs_seen_on_real_pages_are_read(shown: str, text: str, rules: NormaliseRules) -> None:
    frame = "鎮(zhèn)經(jīng)濟(jì)社會(huì)發(fā)展,實(shí)現(xiàn)目標(biāo),產(chǎn)業(yè)項(xiàng)目。"
    assert mend(frame + shown + "。" + frame, rules).text.split("。")[1:-2] == text.split("。")


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("加快建设。海尔COSMOPlat等平台", "发展。海尔COSMOPlat等平台"),
        ("规模不断扩大。”[1]发展", "规模不断扩大。”[2]发展"),
        ("应保尽保。\n发展", "创造幸福。\n发展"),
    ],
)
def test_letters_brackets_and_ends_of_lines_behind_a_run_stay(
    text: str, again: str, rules: NormaliseRules, readings: dict[str, str]
) -> None:
    source = f"{REPORT}{text}规划,{again}目标\n"
    for seed in range(4):
        assert letters(mend(damaged(source, readings, seed=seed, annotated=40), rules).text) == letters(source)


@pytest.mark.parametrize(
    "text",
    [
        "怎么办?全镇上下要认真思考。为什么?因为发展是第一要务!",
        "是否达标??请各村自查?;整改后上报",
        "GDP增长?%,数字待定",
    ],
)
def test_questions_of_a_sound_text_stay(text: str, rules: NormaliseRules) -> None:
    mended = mend(text, rules)
    assert mended.text == text
    assert mended.repairs == ()


def test_real_questions_of_an_annotated_text_stay(rules: NormaliseRules) -> None:
    shown = "鎮(zhèn)政府為什么要抓項(xiàng)目?因?yàn)榘l(fā)展是第一要務(wù)。怎么抓?要抓進(jìn)度。" * 2
    assert mend(shown, rules).text == "镇政府为什么要抓项目?因为发展是第一要务。怎么抓?要抓进度。" * 2


def test_a_run_that_nothing_explains_is_left_and_reported(rules: NormaliseRules) -> None:
    frame = "鎮(zhèn)經(jīng)濟(jì)社會(huì)發(fā)展,實(shí)現(xiàn)目標(biāo),產(chǎn)業(yè)項(xiàng)目。"
    mended = mend(frame + "龘?齉,麤?纞,", rules)
    assert "齉" in mended.text
    assert [w.code for w in mended.warnings] in ([], ["unrepaired_damage"])


def test_the_forward_model_tells_what_it_damaged() -> None:
    found = damage("控断面水质,财政", {"財": "cái", "質": "zhì", "斷": "duàn"}, seed=1, annotated=3)
    assert [found.old[start:end] for start, end in found.runs] == ["斷面水質"]


def test_the_forward_model_damages_across_boundaries() -> None:
    assert "控?cái)嗝" in damaged(
        "控断面水质,财政", {"財": "cái", "質": "zhì", "斷": "duàn"}, seed=1, annotated=3
    ).replace("(duàn)", "")
    assert traditional("发展") == "發展"


def test_a_text_with_more_damage_than_a_converter_does_is_left_as_found(
    rules: NormaliseRules, readings: dict[str, str]
) -> None:
    shown = damaged(REPORT, readings, seed=3, annotated=40)
    broken = shown + "控?cái)嗝嫠|(zhì)達標?" * 90
    mended = mend(broken, rules)
    assert not mended.repairs
    (warning,) = (w for w in mended.warnings if w.code == "unrepaired_damage")
    assert warning.times > 90
    assert mend(shown, rules).repairs
