"""What can go wrong for a person, each error saying in Chinese what happened and what to do."""

from collections.abc import Mapping
from datetime import datetime


class Refusal(Exception):
    """Something a person asked for cannot be done; `says` is what happened, `do` what helps."""

    says = "现在不能这样做。"
    do = "请返回上一页，核对后再试。"

    def __init__(self, says: str | None = None, do: str | None = None) -> None:
        self.says = says or self.says
        self.do = do or self.do
        super().__init__(self.says)


class NotFound(Refusal):
    """There is no such thing, or it is not for this person to know that there is."""

    says = "没有找到您要的内容。"
    do = "请核对网址或编号；也可以从首页重新进入。"


class NotAllowed(Refusal):
    """The person is known, but this is not theirs to do."""

    says = "您没有办理这件事的权限。"
    do = "如确需办理，请联系本部门管理人员调整权限。"


class Conflict(Refusal):
    """Somebody else was faster: `who` did `what` (an outcome, or "claimed") to the task `title` at `at`."""

    says = "这项任务已经有人处理。"
    do = "您刚才的填写没有保存，也没有重复办理。请查看最新情况。"

    def __init__(self, *, title: str, who: str, what: str, at: datetime | None) -> None:
        super().__init__()
        self.title = title
        self.who = who
        self.what = what
        self.at = at


class Invalid(Refusal):
    """What was filled in has mistakes: field id → message; nothing was changed."""

    says = "您的填写有误。"
    do = "请按提示修改后重新提交。"

    def __init__(self, errors: Mapping[str, str], says: str | None = None) -> None:
        super().__init__(says)
        self.errors = dict(errors)


class Incomplete(Refusal):
    """An application cannot be submitted yet: section ids that still need work."""

    says = "申请还没有填写完整。"
    do = "请先完成标为“未完成”的部分。"

    def __init__(self, sections: tuple[str, ...]) -> None:
        super().__init__()
        self.sections = sections


class CannotGoOn(Refusal):
    """The diagram cannot go on from here; nothing was changed, and the supervisor has an incident."""

    says = "这个办件在流程中走不下去了，您的填写没有保存为办理结果。"
    do = "系统已经记录异常，督查人员会处理；处理好以后请重新办理。"


class CaseMoved(Exception):
    """The case was changed between reading and writing; the command is safe to run again."""
