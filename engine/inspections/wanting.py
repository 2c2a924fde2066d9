"""Says in sentences what a sheet still needs before its visit can be closed.

Sources: 行政许可法第三十四条第三款 (two officers or more); 行政强制法第十八条第七项 by analogy (the person
concerned signs the record, or it says that they refused) [A].
"""

from collections.abc import Iterator

from engine.inspections.inspection import FEWEST, SITE
from engine.inspections.view import SheetView

NAMED = 5  # points named in one sentence


def wanting(view: SheetView) -> tuple[str, ...]:
    """What is missing, in the order in which one does it: look, be named, sign, let the other side sign."""
    return tuple((*_points(view), *_team(view), *_signatures(view), *_party(view)))


def _points(view: SheetView) -> Iterator[str]:
    left = view.unanswered
    if left:
        named = "、".join(f"“{point.text}”" for point in left[:NAMED])
        more = f"等 {len(left)} 个要点" if len(left) > NAMED else ""
        yield f"还没有结果：{named}{more}。请逐项判定后再结束。"


def _team(view: SheetView) -> Iterator[str]:
    for each in view.signers:
        if not each.in_team:
            yield f"{each.name}记录了结果，但不在踏勘人员名单里。请先把{each.name}加入名单。"


def _signatures(view: SheetView) -> Iterator[str]:
    for each in view.signers:
        if each.in_team and each.state == "outdated":
            yield f"{each.name}签名以后，清单又有改动。请{each.name}核对后重新签名。"
        elif each.in_team and each.noted and not each.state:
            yield f"{each.name}记录了结果，还没有签名。请{each.name}核对后签名。"
    count = len(view.signed)
    if count < FEWEST:
        yield f"踏勘应当有两名以上工作人员签名，现在有效的签名有 {count} 个。请其他踏勘人员核对后签名。"


def _party(view: SheetView) -> Iterator[str]:
    """On the spot only: on paper nobody is there, and of a visit by video there is a recording."""
    if view.inspection.kind != SITE or view.party is not None:
        return
    if view.party_outdated:
        yield "申请人一方签名以后，清单又有改动。请申请人一方核对后重新签名。"
    else:
        yield "申请人一方还没有签名。请现场的申请人一方人员签名；拒绝签名的，请写明原因。"
