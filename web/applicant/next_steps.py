"""What comes next, and what an applicant can do now: a few plain sentences for each status of a case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from engine.linked import RENEWAL
from engine.queries.cases import CasePage
from engine.said import WITHDRAWN

_REASONS_BELOW = _l("理由和可以怎么办写在下面，也写在文书里。")
_STAYS = _l("您已经撤回申请，不再办理。原来的证照不受影响。")
_RUNS_OUT = _l("您已经撤回申请，不再办理。许可在有效期届满以前仍然有效，到期没有延续的失效。")
NEXT: Mapping[str, Any] = {
    "submitted": _l(
        "综合窗口在五个工作日内答复您：受理、一次告诉您要补正的全部内容，或者不予受理。"
        "到期没有答复的，依法自收到申请之日起就算受理。"
    ),
    "correcting": _l("请按补正告知书一次补齐，只用改列出的内容。到期没有补正的，视为撤回申请。"),
    "reviewing": _l("各部门正在同时审查，不用您跑。需要上门查看或者有问题时，会通知您。"),
    "visiting": _l("各部门会一起上门查看一次。请先确认时间，再按约定的时间在场，准备好场所和设备。"),
    "rectifying": _l(
        "踏勘发现有不合格的地方。请在期限内改好，一次提交，只复查这些地方；只有这一次整改的机会。"
    ),
    "reinspecting": _l("正在复查您整改的地方，其他内容不再看。要再上门的，会提前告诉您。"),
    "announcing": _l("正在公示，听取公众的意见。公示期满，继续办理。"),
    "hearing": _l("要举行听证，时间和地点会提前七日书面通知您。听证所用的时间不算在办理时限里。"),
    "deciding": _l("正在作出决定。准予的发证照，不准予的会写明理由和可以怎么办。"),
    "issuing": _l("决定已经作出，正在制作证照，做好以后可以在这一页下载。"),
    "granted": _l("全部办成了。请照许可的内容经营；登记的信息有变化，或者快到期时，记得来办变更或者延续。"),
    "partly_granted": _l(
        "办成的事项照常有效。没有办成的，理由和可以怎么办写在下面；条件改好以后可以重新申请。"
    ),
    "refused": _REASONS_BELOW,
    "not_accepted": _REASONS_BELOW,
    "lapsed": _l("没有在期限内补正，依法视为撤回申请。材料备齐以后，可以随时重新申请。"),
    "withdrawn": _l("您已经撤回申请，不再办理。需要时可以随时重新申请，不受这次撤回的影响。"),
    "returned": _l("答应补交的材料逾期没有交，申请已经退回。材料备齐以后，可以随时重新申请。"),
    "checking": _l("正在核查您承诺的内容是否属实。请照承诺经营，并备好有关的材料。"),
    "mending": _l("核查发现有不符合承诺的地方。请在期限内改好，会再核查一次；到期没有改好的，撤销许可。"),
    "revoking": _l(
        "部门拟撤销许可，理由和依据写在告知书里。收到告知书以后，您可以在五个工作日内向办理的部门陈述、申辩；"
        "在这以前部门不会作出撤销的决定。"
    ),
    "kept": _l("核查通过，承诺属实。请继续照承诺经营。"),
    "revoked": _l("许可已经撤销，请停止有关的经营活动。理由和可以怎么办写在决定书里。"),
    "not_revoked": _l("经过核实，不撤销许可。"),
    "confirming": _l("综合窗口正在核对，一般一个工作日就有结果。"),
    "changed": _l("已经变更，新的一版证照可以在证照页面下载，原来的一版不再使用。"),
    "renewed": _l("已经延续，新的一版证照可以在证照页面下载。"),
    "cancelled": _l("许可已经注销，不能再按它经营。"),
    "reissued": _l("已经补发，可以在证照页面下载；原来的一版不再使用。"),
    "suspended": _l("许可已经暂停，暂停期间不能按它经营。理由和可以怎么办写在决定书里。"),
    "not_suspended": _l("决定不暂停，许可照常有效，可以继续经营。"),
    "resumed": _l("许可已经恢复，可以继续经营。"),
    "not_resumed": _l("没有恢复，许可仍然暂停，暂停期间不能按它经营。"),
    "not_changed": _l("没有准予变更，原来的证照照常有效。理由和可以怎么办写在下面，也写在文书里。"),
    "not_renewed": _l("没有准予延续，到期以后许可失效。理由和可以怎么办写在下面，也写在文书里。"),
    "not_cancelled": _REASONS_BELOW,
    "not_reissued": _REASONS_BELOW,
    "overtaken": _l("涉及的许可已经终止，这一件不再办理。"),
}


def next_steps(case: CasePage) -> str:
    """The sentences for a case as it stands, "" for a status that needs none."""
    if case.status == WITHDRAWN and case.process:
        return str(_RUNS_OUT if case.process == RENEWAL else _STAYS)
    return str(NEXT.get(case.status, ""))


def received_at(case: CasePage) -> datetime:
    """When the application, or the last correction of it, was received."""
    given = case.words.get("received_at")
    return datetime.fromisoformat(given) if isinstance(given, str) else case.submitted_at
