"""Every name that the wording of a letter may use, with its meaning: the check and the docs read it here."""

from collections.abc import Mapping

from engine.happenings import KINDS

CASE: Mapping[str, str] = {
    "operator": "申请人的名称",
    "uscc": "统一社会信用代码",
    "case_number": "受理号",
    "industry": "行业名称",
    "region": "区划名称",
    "office": "出具文书的机关",
    "government": "受理行政复议的人民政府",
    "superior": "出具机关的上一级主管部门",
    "basis": "文书自己的依据，即这一版的 basis",
    "items": "涉及的事项，用顿号隔开",
    "today": "文书的日期",
    "submitted_on": "提交申请的日期",
    "received_on": "收到申请材料（补正的，收到补正材料）的日期",
    "whole": "是不是关于整个办件，而不是其中几个事项（只用在条件里）",
}
ITEM: Mapping[str, str] = {
    "item": "事项名称",
    "kind": "事项种类：行政许可、备案、登记、阶段决定",
    "authority": "实施主体",
    "reviewer": "联审部门",
    "item_basis": "事项的法律依据",
    "document": "准予后核发的证件名称",
    "statutory_days": "法定时限，工作日",
    "committed_days": "承诺时限，工作日",
    "post_check_days": "告知承诺后多少个工作日内核查",
}
_BY_PROCESS: Mapping[str, str] = {  # engine.linked.told_of
    "anew": "是不是首次申请（只用在条件里）",
    "stays": "是不是延续以外的证后办件，原许可照旧（只用在条件里）",
    "runs_out": "是不是延续，原许可到期失效（只用在条件里）",
}
# Kind of happening → what is said of it beside the above (engine.happenings.KINDS says what the values hold).
SAID: Mapping[str, Mapping[str, str]] = {
    "accepted": {"silent": "是不是逾期未告知而视为受理（只用在条件里）"},
    "not_accepted": {
        "ground": "不予受理的情形",
        "right_body": "应当向哪个机关申请",
        "reasons": "理由",
    },
    "correction_asked": {"round": "第几次补正", "due_on": "补正期满的日期", "words": "窗口另外要说的话"},
    "correction_lapsed": {"due_on": "补正期满的日期"},
    "hearing_offered": {"ask_by": "提出听证要求的最后日期", "reasons": "为什么告知听证"},
    "hearing_called": {
        "takes_place_at": "听证的时间",
        "place": "听证的地点",
        "chair": "听证主持人",
        "days": "从今天到听证有多少个工作日",
    },
    "visit_settled": {
        "how": "上门还是远程（视频）",
        "place": "地点",
        "day": "踏勘的日期",
        "half": "上午还是下午",
        "note": "请申请人准备什么，没有的是空的",
    },
    "inspected": {
        "how": "上门还是远程（视频）",
        "place": "地点",
        "held_on": "踏勘的日期",
        "people": "到场的踏勘人员和各自的部门",
        "party": "申请人一方签名的情况",
        "failed": "是不是有不合格的事项（只用在条件里）",
        "note": "踏勘人员另外写明的情况，没有的是空的",
        "recording": "远程踏勘的录像存在哪里，没有的是空的",
        "opinions": "各位专家的意见，没有的是空的",
    },
    "reinspected": {
        "how": "上门、远程（视频）还是看材料",
        "place": "地点",
        "held_on": "复查的日期",
        "people": "复查的人员和各自的部门",
        "party": "申请人一方签名的情况",
        "failed": "是不是有不合格的事项（只用在条件里）",
        "note": "踏勘人员另外写明的情况，没有的是空的",
        "recording": "远程复查的录像存在哪里，没有的是空的",
        "opinions": "各位专家的意见，没有的是空的",
    },
    "rectification_asked": {"due_on": "整改期满的日期"},
    "rectification_lapsed": {"due_on": "整改期满的日期"},
    "paused": {"stage": "特殊环节的种类", "days": "需要多少个工作日", "reason": "原因", "law": "依据"},
    "extended": {"days": "延长多少个工作日", "reason": "原因", "approver": "批准延长的负责人"},
    "later_promised": {"label": "容缺的材料", "promised_on": "承诺补交的日期"},
    "later_lapsed": {"label": "容缺的材料", "promised_on": "承诺补交的日期"},
    "granted": {
        "commitment": "是不是按告知承诺办理（只用在条件里）",
        "number": "证件编号",
        "minutes": "听证笔录的名称，没有听证的是空的",
    },
    "refused": {"reasons": "理由", "minutes": "听证笔录的名称，没有听证的是空的"},
    "withdrawn": {
        "reasons": "申请人写的原因",
        "name": "证后办的事：变更、延续等，首次申请的是空的",
        **_BY_PROCESS,
    },
    "commitment_to_mend": {"words": "核查发现的问题", "until": "整改期满的日期"},
    "commitment_false": {"words": "核查发现的问题"},
    "revoked": {"reasons": "理由", "document": "被撤销的证件名称", "number": "证件编号"},
    "life_refused": {"name": "申请办理的事情：变更、延续、注销、补证", "reasons": "理由", **_BY_PROCESS},
    "changed": {"what": "变更的内容", "issue": "换发的是第几版，没有换发的是空的"},
    "renewed": {
        "silent": "是不是逾期没有决定而视为准予延续（只用在条件里）",
        "number": "证件编号",
        "issue": "换发的是第几版，没有换发的是空的",
        "until": "延续以后的最后一天，没有期限的是空的",
    },
    "cancelled": {"number": "证件编号"},
    "reissued": {"number": "证照编号", "issue": "补发的是第几版", "reasons": "申请人写的原因"},
    "suspended": {
        "reasons": "理由",
        "number": "证件编号",
        "issue": "换发的是第几版，没有换发的是空的",
        "until": "暂停的最后一天，没有写的是空的",
    },
    "suspension_lifted": {
        "reasons": "理由",
        "number": "证件编号",
        "issue": "换发的是第几版，没有换发的是空的",
    },
    "revocation_planned": {"words": "查明的情形", "number": "证件编号"},
}
# Read by conditions, never printed.
FLAGS = frozenset({"silent", "commitment", "whole", "failed", *_BY_PROCESS})
OFFERED_AS = {"stage": "kind"}  # an item has a kind, too
# Tables have a row for each of these; `n` counts them.
ROWS: Mapping[str, Mapping[str, str]] = {
    "items": {
        "n": "序号",
        "name": "事项名称",
        "kind": "事项种类",
        "authority": "实施主体",
        "statutory": "法定时限，用文字写",
        "committed": "承诺时限，用文字写",
    },
    "points": {
        "n": "序号",
        "department": "提出的机关",
        "item": "事项名称",
        "label": "要补正的内容或者材料",
        "type": "问题的类型",
        "reason": "为什么",
        "wanted": "怎样算补正好",
    },
    "offices": {"n": "序号", "office": "参加踏勘的机关", "items": "它看的事项", "people": "踏勘人员"},
    "results": {
        "n": "序号",
        "label": "要点",
        "basis": "要点的依据",
        "items": "涉及的事项",
        "department": "看这个要点的机关",
        "result": "合格、不合格或者不适用",
        "words": "看到的情况",
    },
    "findings": {"n": "序号", "item": "事项名称", "finding": "合格或者不合格"},
    "failures": {
        "n": "序号",
        "label": "不合格的要点",
        "basis": "要点的依据",
        "items": "涉及的事项",
        "department": "看这个要点的机关",
        "words": "看到的情况",
    },
}
ROWS_OF: Mapping[str, tuple[str, ...]] = {
    "correction_asked": ("items", "points"),
    "visit_settled": ("items", "offices"),
    "inspected": ("items", "results", "findings"),
    "reinspected": ("items", "results", "findings"),
    "rectification_asked": ("items", "failures"),
}
# Pictures with what stands under each; what was not taken is left out, and so is the part without any.
PICTURES: Mapping[str, str] = {
    "photos": "踏勘照片，各有要点、时间和拍摄人",
    "signatures": "踏勘人员和申请人一方的签名，各有姓名和单位",
}
PICTURES_ON = ("inspected", "reinspected")
# What goes against a person carries reasons and remedies (行政许可法 art. 32, 38; 行政复议法 art. 20).
AGAINST = frozenset({"not_accepted", "refused", "revoked", "life_refused", "suspended"})
# A letter on these says what its receiver may do: it is worth nothing once the licence is not in force.
GIVES = frozenset({"granted", "changed", "renewed", "suspension_lifted"})
# For these the law wants a letter, whatever the wording of the day.
WANTED_BY_LAW: Mapping[str, str] = {
    "accepted": "行政许可法第三十二条",
    "not_accepted": "行政许可法第三十二条",
    "correction_asked": "行政许可法第三十二条",
    "paused": "行政许可法第四十五条",
    "extended": "行政许可法第四十二条",
    "hearing_offered": "行政许可法第四十七条",
    "hearing_called": "行政许可法第四十八条",
    "granted": "行政许可法第三十八条",
    "refused": "行政许可法第三十八条",
    "revoked": "行政许可法第六十九条",
    "life_refused": "行政许可法第三十八条",
    "changed": "行政许可法第四十九条",
    "renewed": "行政许可法第五十条",
    "cancelled": "行政许可法第七十条",
}


def names_for(on: str, about: str) -> frozenset[str]:
    """The names that a letter on this kind of happening may use; `about` is case or item."""
    own = SAID.get(on, {})
    return frozenset((*CASE, *own, *(ITEM if about == "item" else ())))


def rows_for(on: str) -> tuple[str, ...]:
    """What tables of such a letter may list."""
    return ROWS_OF.get(on, ("items",))


def pictures_for(on: str) -> tuple[str, ...]:
    """What pictures such a letter may show."""
    return tuple(PICTURES) if on in PICTURES_ON else ()


assert {*SAID, *ROWS_OF, *AGAINST, *GIVES, *WANTED_BY_LAW} <= set(KINDS)
