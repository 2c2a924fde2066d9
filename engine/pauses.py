"""The kinds of pause: what stops a clock, by which rule, and whether the law itself leaves its time out.

Time for what 行政许可法第四十五条 lists is not part of the limit, and the applicant is told in writing how
long it takes. A visit or a rectification is not in that list: where local rules leave it out, a region names
it in its setting `local_pauses`, and it is reported apart from the statutory clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LAW = "《中华人民共和国行政许可法》第四十五条"
LOCAL = "本地关于现场踏勘和整改时间的规定"
HEARING, RECTIFICATION = "hearing", "rectification"
LONGEST = 180  # working days that may be expected of one pause


@dataclass(frozen=True)
class PauseKind:
    """A kind of pause, what it is called, and the rule that allows it; `statutory` ones bar a decision."""

    id: str
    name: str
    statutory: bool

    @property
    def law(self) -> str:
        return LAW if self.statutory else LOCAL


KINDS: Mapping[str, PauseKind] = {
    each.id: each
    for each in (
        PauseKind(HEARING, "听证", True),
        PauseKind("testing", "检验检测", True),
        PauseKind("quarantine", "检疫", True),
        PauseKind("appraisal", "鉴定", True),
        PauseKind("expert_review", "专家评审", True),
        PauseKind("bidding", "招标", True),
        PauseKind("auction", "拍卖", True),
        PauseKind("site_visit", "现场踏勘", False),
        PauseKind(RECTIFICATION, "整改", False),
    )
}


def kinds_for(settings: Mapping[str, object]) -> tuple[PauseKind, ...]:
    """The kinds that a clerk may enter where these settings hold; a hearing has a page of its own."""
    local = settings.get("local_pauses")
    allowed = local if isinstance(local, list) else []
    return tuple(
        each for each in KINDS.values() if each.id != HEARING and (each.statutory or each.id in allowed)
    )
