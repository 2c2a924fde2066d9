"""What stands around the steps of a certificate's life: a second pair of eyes before, letters after."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from engine.advance import Done
from engine.cases import Case
from engine.deployments import Deployment
from engine.errors import Invalid, Refusal
from engine.events import actor_of
from engine.happenings import Happened
from engine.lifecycle.acts import DECLINE, settled_of
from engine.linked import KINDS, RENEWAL, REVOCATION
from engine.people import User

RENEWED_BY_LAW = "这项许可已经依法视为准予延续，系统会自动换发证照。"
PROPOSED_BY = "proposed_by"
DECIDING = frozenset({"settle", "revoke"})


class RenewedByLaw(Refusal):
    """A renewal is not withdrawn after the term: silence has renewed it, whenever the machine comes round."""

    says = "有效期已经届满，届满前没有作出决定，依照行政许可法第五十条视为准予延续，不能再撤回。"
    do = "系统会自动换发证照；不想继续经营的，换发以后可以申请注销。"


def refuse_own_proposal(case: Case, done: Done, user: User) -> None:
    """Raise Invalid when this person proposed what is to be decided: another person has to."""
    if says := own_proposal(case, done.step.act or "", user):
        raise Invalid({"outcome": says}, "提出和决定不能是同一个人。")


def own_proposal(case: Case, act: str, user: User) -> str:
    """Why this person may not take a step with this act: they proposed what it decides; "" when they may."""
    if act not in DECIDING or case.words.get(PROPOSED_BY) != user.id:
        return ""
    return f"这件{KINDS[case.process].name}是您提出的，要由另一个人决定。"


def refuse_renewed_by_law(case: Case, done: Done, now: datetime) -> None:
    """Raise Invalid once the term is over: what nobody decided by then is renewed (行政许可法第五十条)."""
    if done.step.act in ("examine", "settle") and _is_renewed_by_law(case.process, case.words, now):
        says = "有效期已经届满，届满前没有作出决定，依照行政许可法第五十条视为准予延续，不能再审查、决定。"
        raise Invalid({"outcome" if done.step.act == "settle" else "opinion": says}, RENEWED_BY_LAW)


def refuse_to_withdraw_renewed(process: str, words: Mapping[str, object], now: datetime) -> None:
    """Raise RenewedByLaw for a renewal, by its process and its words, whose old term is over."""
    if _is_renewed_by_law(process, words, now):
        raise RenewedByLaw


def _is_renewed_by_law(process: str, words: Mapping[str, object], now: datetime) -> bool:
    return process == RENEWAL and now >= datetime.fromisoformat(str(words["term_ends"]))


def after_settling(case: Case, deployment: Deployment, done: Done) -> Iterator[Happened]:
    """That what was asked was declined, or what was planned dropped; `case` is as it then stands."""
    kind = KINDS.get(case.process)
    if kind is None:
        return
    actor, values = actor_of(done.user_id), done.form or {}
    if kind.asked and done.step.act in ("settle", "attest") and done.said.outcome == DECLINE:
        about = done.step.item
        items = (about,) if about else ()  # what the window attests is about the whole: no authority decided
        said = settled_of(case, about or min(case.items))
        reasons = {"reasons": said.get("reasons", ""), "remedies": said.get("remedies", "")}
        yield Happened("life_refused", case, deployment, actor, items, {"name": kind.name, **reasons})
    if case.process == REVOCATION and done.step.act == "revoke" and values.get("outcome") == "keep":
        names = {name: case.words.get(name) for name in ("document", "number")}
        yield Happened("revocation_dropped", case, deployment, actor, tuple(case.items), names)
