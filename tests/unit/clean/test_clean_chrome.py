"""Lines of the page are told from lines of the document by what they say alone."""

from __future__ import annotations

import pytest

from tasks.clean import CleanRules
from tasks.clean.lines import ends_document, folded, is_chrome


@pytest.mark.parametrize(
    "line",
    [
        "相关文档", "【相关信息】", "//相关政策", "关联稿件", "分享到 - 微信", "网站导航：", "您的位置: / 正文",
        "文章字号：大中小", "【我要纠错】 责任编辑：沈一鸣", "字体：【大 中 小】 【打印】【关闭】",
        "保存 打印 关闭", "语音播报", "没有了", "回到顶部", "打开微信，点击底部的“发现”",
        "使用“扫一扫”即可将网页分享至朋友圈。", "1 2 3 下一页 尾页 共3页", "问题加载中，请稍候。", "暂无解读",
        "您对本条信息的公开是否满意？", "满意 基本满意 不满意", "浏览次数： 次", "上一篇： 青禾镇召开会议",
        "主办单位：云泽县人民政府", "网站标识码：3309990021", "今天是2022年3月4日 星期五",
    ],
)  # fmt: skip
def test_a_line_of_the_page_is_known(line: str, rules: CleanRules) -> None:
    assert is_chrome(line, rules)


@pytest.mark.parametrize(
    "line",
    [
        "打印机采购项目", "相关单位要高度重视", "分享经济蓬勃发展", "扫黑除恶成果巩固", "6.0%", "52310",
        "收藏馆建设", "附件", "满意率98.5%", "一般公共预算收入", "提交代表建议12件", "返回式卫星配套",
        "听取意见", "您好，来信收悉。", "上一年度结转", "首页改版完成，访问量居全县第一。", "苍溪岭街道办事处",
        "2023年12月28日", "政策解读工作扎实推进",
    ],
)  # fmt: skip
def test_a_line_of_the_document_is_left(line: str, rules: CleanRules) -> None:
    assert not is_chrome(line, rules)
    assert not ends_document(folded(line), rules)


@pytest.mark.parametrize(
    "line",
    ["【打印本页】【关闭窗口】", "[打印] [关闭]", "打印", "相关链接", "网友评论", "【相关信息】", "下一篇：没有了"],
)
def test_nothing_of_the_document_comes_below_such_a_line(line: str, rules: CleanRules) -> None:
    assert ends_document(folded(line), rules)
