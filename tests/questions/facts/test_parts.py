"""What a sum, a rate or an outcome is of: the part or the count right before it."""

from __future__ import annotations

import pytest

from tests.questions.facts.test_figures import figures, said


@pytest.mark.parametrize(
    ("text", "printed", "stem"),
    [
        # the outcome of a part is the part's
        (
            "全省调解组织排查纠纷4275件,调解成功4198件,其中市调处中心直接受理1064件,化解1021件。",
            "1021件",
            "其中市调处中心直接受理1064件,化解[]",
        ),
        # a sum behind a part is the part's too
        (
            "办理损害赔偿案件629件,涉及赔偿金额4.15亿元,其中新启动237件,赔偿金额1.06亿元。",
            "1.06亿元",
            "办理损害赔偿案件629件,其中新启动237件,赔偿金额[]",
        ),
        # a rate and a reach are of the nearest count
        (
            "开展送法活动86场次,拍摄普法短视频《小青说法》14期,播放量达260余万次。",
            "260余万次",
            "拍摄普法短视频《小青说法》14期,播放量达[]",
        ),
        (
            "局党委中心组专题学法8次,全体执法队员集中轮训2轮,参训率98.5%。",
            "98.5%",
            "全体执法队员集中轮训2轮,参训率[]",
        ),
        # what is measured is no actor of the next clause
        (
            "推行“一件事”改革,办理时限平均压缩63.5%,申请材料由27份精简至9份。",
            "9份",
            "推行“一件事”改革,申请材料由27份精简至[]",
        ),
        # an area belongs to what was counted before it; an item with a verb takes no other
        (
            "审核使用林地项目47宗、面积2136.8亩。",
            "2136.8亩",
            "审核使用林地项目47宗、面积[]",
        ),
        ("召开领导小组会议4次、专题研究法治工作7次。", "7次", "生态环境厅专题研究法治工作[]"),
        # what a document prescribes is done by nobody
        (
            "《省国土空间规划》于4月获国务院批复,划定永久基本农田117.9万亩。",
            "117.9万亩",
            "2021年,《省国土空间规划》于4月获国务院批复,划定永久基本农田[]",
        ),
    ],
)
def test_what_follows_a_count_is_of_it(text: str, printed: str, stem: str) -> None:
    assert said(text, printed).endswith(stem)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("办理人大代表建议37件、政协委员提案54件,其中主办件66件。", "66件"),  # more than the whole
        ("森林火灾受害率0.004‰,远低于0.9‰的省控指标。", "0.9‰"),  # a limit, no result
        ("各项整改任务已完成,达到序时进度6项。", "6项"),
        ("答复情况:予以公开79件,部分公开21件。", "79件"),  # of which applications?
    ],
)
def test_a_number_whose_whole_is_not_said_is_at_fault(text: str, printed: str) -> None:
    assert "V3" in figures(text)[printed].faults
