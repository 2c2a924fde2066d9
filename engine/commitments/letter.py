"""The letter that an applicant signs: what the office told them, and what they promise in their own name."""

from engine.commitments.offer import Offer
from engine.drafts import Draft
from engine.drafts.subject import OPERATOR, USCC

TITLE = "告知承诺书"
BASIS = "国务院办公厅关于全面推行证明事项和涉企经营许可事项告知承诺制的指导意见（国办发〔2020〕42号）"
PROMISES = (
    "上面列出的条件，我已经逐条看过，并且都已经具备；",
    "填报的内容和提交的材料真实、合法、有效；",
    "愿意接受核查，核查时提供需要的资料，并一直保持符合这些条件；",
    "承诺不属实的，愿意承担下面写明的后果；",
    "以上是我的真实意思。",
)
_GIVEN = {"备案": "备案", "登记": "登记"}  # what is revoked, by the kind of the item


def promise_days(offer: Offer) -> str:
    """How soon a promised item is decided, in words that follow 受理后."""
    return f" {offer.days} 个工作日内" if offer.days else "当场"


def consequences(offer: Offer) -> tuple[str, ...]:
    """What follows when the check finds the promise false, in the order in which it follows."""
    given = _GIVEN.get(offer.item.kind, "许可")
    return (
        f"作出决定后 {offer.check_days} 个工作日内，由{offer.checker}核查。",
        "有不符合的，责令限期整改；逾期不整改或者整改后仍不符合的，按承诺不实处理。",
        f"承诺不实的，撤销{given}，并在证照的核验页上公开；已经开始经营的，要停下来。",
        "撤销后记入信用记录，在记录有效期内不再适用告知承诺；提供虚假材料的，还要依照行政许可法第七十九条处理。",
        "在作出决定以前，您可以随时撤回承诺，改按一般程序办理，没有别的影响。",
    )


def letter_of(draft: Draft, offer: Offer, signed_as: str, on: str) -> dict[str, object]:
    """The words of a letter as signed on the day `on` (ISO); they are never made anew."""
    answers = draft.record.answers
    return {
        "title": TITLE,
        "item": offer.item.name,
        "basis": BASIS,
        "to": offer.authority,
        "subject": str(answers.get(OPERATOR) or ""),
        "uscc": str(answers.get(USCC) or ""),
        "conditions": [
            {"id": each.id, "text": each.text, "basis": each.basis} for each in offer.item.checklist
        ],
        "promises": list(PROMISES),
        "consequences": list(consequences(offer)),
        "signed_as": signed_as,
        "on": on,
    }
