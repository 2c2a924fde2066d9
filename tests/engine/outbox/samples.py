"""A value of each kind that a happening may carry, as its command gives it."""

from collections.abc import Mapping

from engine.outbox.said import VALUES

VALUE: Mapping[str, object] = {
    "silent": True,
    "ground": "not_ours",
    "right_body": "张店区烟草专卖局",
    "reasons": "经营场所与住所相连。",
    "round": 1,
    "due_on": "2026-12-18",
    "points": [{"label": "平面图"}, {"label": "租赁合同"}],
    "place": "张店区政务服务中心三楼",
    "how": "site",
    "slots": "2026年11月26日上午；2026年11月27日下午",
    "answer_by": "2026-11-24",
    "day": "2026-11-26",
    "half": "am",
    "note": "请设备通电。",
    "failed": True,
    "failures": [{"label": "安全出口"}, {"label": "冷食专间"}],
    "first_day": "2026-11-24",
    "last_day": "2026-12-03",
    "ask_by": "2026-11-30",
    "by": "time",
    "name": "变更",
    "what": "市场主体名称由“春和餐饮”变更为“秋实餐饮”",
    "issue": 2,
    "opens": "2026-12-01",
    "closes": "2027-01-31",
    "missed": True,
    **dict.fromkeys(("anew", "stays", "runs_out"), True),
    "takes_place_at": "2026-12-10T09:30:00+08:00",
    "chair": "周主持",
    "held_on": "2026-12-10",
    "conclusion": "support",
    "kind": "testing",
    "days": 7,
    "reason": "需要检测油烟",
    "law": "行政许可法第四十五条",
    "approver": "郑局长",
    "label": "平面图",
    "promised_on": "2026-12-11",
    "commitment": True,
    "number": "JY23703030000011",
    "status": "granted",
    "words": "没有隔油池",
    "until": "2026-12-25",
    "document": "食品经营许可证",
}


def values(kind: str) -> dict[str, object]:
    """Everything that a happening of this kind may carry."""
    return {name: VALUE[name] for name in VALUES[kind]}
