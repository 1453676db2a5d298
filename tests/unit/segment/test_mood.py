"""Whether a stretch of text looks ahead or back: invented reports in the real style."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.errors import Misconfigured
from tasks.segment.mood import Mood
from tests.told import VOCABULARY, told

MOOD = Mood.load(VOCABULARY)

DONE = (
    "工业运行稳中有进。全年完成工业产值86亿元，同比增长7.4%，新增规上企业9家，获评省级绿色工厂2家。园区道路全面竣工，"
    "引进项目31个，其中亿元以上12个。农业基础更加牢固。建成高标准农田1.8万亩，粮食总产达到5.2万吨，较上年增加1200吨，"
    "荣获全市粮食生产先进镇称号。城乡面貌明显改善。改造老旧小区4个，拆除违建2.6万平方米，累计完成改厕3100户，"
    "顺利通过省级卫生镇复审。民生保障持续加强。新增城镇就业1200人，发放救助金460万元，新建学校2所，办结了一批积压多年的难事，"
    "群众满意率位居全县第二。安全生产形势稳定，事故起数同比下降18%。财政收入首次突破了3亿元，超额完成全年任务。"
)
TO_DO = (
    "做强工业经济。加快园区扩容，推进道路二期建设，力争完成工业产值95亿元，新增规上企业10家以上。要坚持招大引强，"
    "突出抓好12个重点项目，确保年内开工率不低于90%。做优现代农业。启动高标准农田二期，完善灌溉设施，稳定粮食面积，"
    "着力培育家庭农场，努力实现粮食总产5.3万吨以上。建设宜居城乡。深入开展环境整治，实施老旧小区改造5个，"
    "进一步完善管网，加强长效管护，全面提升集镇品质。增进民生福祉。扩大城镇就业，新建幼儿园3所，抓好养老服务，"
    "健全救助体系，切实守住安全底线，事故起数控制在12起以内。围绕今年目标，必须强化统筹，狠抓落实，推动各项工作再上台阶。"
)


def test_a_review_looks_back_and_a_plan_ahead() -> None:
    assert MOOD.ahead(DONE) < 0.05
    assert MOOD.ahead(TO_DO) > 0.95


def test_a_short_stretch_says_little() -> None:
    assert MOOD.ahead("新建学校3所。") < 0.5
    assert MOOD.ahead("") == pytest.approx(MOOD.ahead("。"))


def test_the_rates_are_of_a_hundred_characters() -> None:
    rates = MOOD.rates("确保" + "，" * 498)
    assert rates["strive"] == pytest.approx(1 / 5)
    assert rates["honour"] == 0


def test_the_body_of_a_report_without_headings_is_what_its_mood_tells() -> None:
    title = "清河镇政府工作报告\n"
    assert {line.split()[-1] for line in told(title + DONE)} == {"actual"}
    assert {line.split()[-1] for line in told(title + TO_DO)} == {"target"}
    assert {line.split()[-1] for line in told(TO_DO, "news")} == {"target"}


def test_a_sign_without_a_weight_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mood.toml").write_text('[signs]\ndid = ["了"]\n[weights]\nbase = 0.1\n', encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"mood\.toml needs a weight for each sign and no other; see to did"):
        Mood.load(tmp_path)
