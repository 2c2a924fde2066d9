"""The applicant puts right what failed: words and proof at each point, kept until all of it is sent once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.advance import Done, finish_task
from engine.cases import Case
from engine.consequences import follow
from engine.days import end_of
from engine.deployments import Deployment, load
from engine.errors import CaseMoved, Invalid, NotFound, Refusal
from engine.events import actor_of
from engine.happenings import Happened
from engine.inspections.acts import RECTIFY, rectify
from engine.inspections.convening import own_case, waiting_for
from engine.inspections.inspection import inspection_of
from engine.inspections.rechecks import start_recheck
from engine.inspections.rectification import (
    ANSWERED,
    ASKED,
    LAPSED,
    FailedPoint,
    Rectification,
    rectification_of,
)
from engine.inspections.replies import sent
from engine.people import User
from engine.points import failing
from engine.tables import rectification_files, rectification_points, rectifications
from engine.uploads import Upload
from forms.inputs import Raw

MOST_FILES, MOST_BYTES = 60, 200 * 1024 * 1024  # of one notice, all points together
NOTHING_ASKED = "现在没有要您整改的内容。"
NOT_ANSWERED = "还没有写明“{text}”改了什么，也没有传照片或者文件。两样至少要有一样。"
SAME_AGAIN = "“{label}”已经传过了，不用再传。"
TOO_MANY_FILES = f"整改的文件最多传 {MOST_FILES} 个。请删除不需要的文件，或把多页合并成一个 PDF。"
TOO_MANY_BYTES = "整改的文件合计超过 200 MB。请删除不需要的文件，或压缩后再上传。"


@dataclass(frozen=True)
class _Open:
    """A notice before its applicant while it can be answered, and the task that waits for the answer."""

    case: Case
    asked: Rectification
    task: str
    step: str

    def point(self, id: str) -> FailedPoint:
        found = next((each for each in self.asked.points if each.point == id), None)
        if found is None:
            raise NotFound("整改通知没有这个要点。", "请从整改页面进入。")
        return found


def reply_input(point: str) -> str:
    """The name of the input for the words at a point."""
    return f"reply-{point}"


def proof_input(point: str) -> str:
    """The name of the input for the files at a point."""
    return f"proof-{point}"


def save_reply(db: Connection, *, user: User, number: str, raw: Raw, now: datetime) -> dict[str, str]:
    """Keep what was typed so far; what is wrong by input, everything else is kept all the same.

    A text that the page only showed stays as it was kept meanwhile (engine.inspections.replies).
    NotFound for others, a Refusal when nothing is asked or the time is over.
    """
    found, errors = _open(db, user, number, now), {}
    p = rectification_points.c
    for each in found.asked.points:
        name = reply_input(each.point)
        words, says = sent(raw, name, each.reply)
        if says:
            errors[name] = says
        elif words != each.reply:
            one = (p.rectification_id == found.asked.id, p.point == each.point)
            db.execute(update(rectification_points).where(*one).values(reply=words))
    note, says = sent(raw, "note", found.asked.note)
    if says:
        return {**errors, "note": says}
    this = update(rectifications).where(rectifications.c.id == found.asked.id)
    db.execute(this.values(note=note))
    return errors


def attach_proof(
    db: Connection, *, user: User, number: str, point: str, upload: Upload, sha256: str, now: datetime
) -> None:
    """Let a file, already kept as `sha256`, prove what was done at a point.

    Invalid over the quota or when it was there; NotFound for a point that the notice does not name.
    """
    found = _open(db, user, number, now)
    found.point(point)
    files = [file for each in found.asked.points for file in each.files]
    if len(files) >= MOST_FILES:
        raise Invalid({proof_input(point): TOO_MANY_FILES})
    if sum(file.size for file in files) + len(upload.content) > MOST_BYTES:
        raise Invalid({proof_input(point): TOO_MANY_BYTES})
    row = {
        "rectification_id": found.asked.id,
        "point": point,
        "label": upload.label,
        "sha256": sha256,
        "size": len(upload.content),
        "media_type": upload.media_type,
        "user_id": user.id,
        "added_at": now,
    }
    added = upsert(rectification_files).values(row).on_conflict_do_nothing()
    if db.execute(added.returning(rectification_files.c.id)).first() is None:
        raise Invalid({proof_input(point): SAME_AGAIN.format(label=upload.label)})


def remove_proof(db: Connection, *, user: User, number: str, chosen: int, now: datetime) -> None:
    """Take a file out of a reply that was not sent yet; NotFound for any other."""
    found = _open(db, user, number, now)
    f = rectification_files.c
    gone = delete(rectification_files).where(f.id == chosen, f.rectification_id == found.asked.id)
    if not db.execute(gone).rowcount:
        raise NotFound("这个文件已经不在整改材料里了。", "请返回整改页面查看。")


def send_replies(db: Connection, *, user: User, number: str, now: datetime) -> Case:
    """Send the whole reply: what failed is looked at once more. Returns the case as it then waits.

    Invalid at every point that has neither words nor a file.
    """
    found = _open(db, user, number, now)
    lacking = {
        reply_input(each.point): NOT_ANSWERED.format(text=each.text)
        for each in found.asked.points
        if not each.is_done and _counts(each, found.case)
    }
    if lacking:
        raise Invalid(lacking)
    this = update(rectifications).where(rectifications.c.id == found.asked.id)
    db.execute(this.values(state=ANSWERED, answered_at=now))
    deployment = load(db, found.case.deployment_id)
    step = deployment.model.steps[found.step]
    said = rectify(found.case, step, {}, deployment.catalogue_on(found.case.filed_on))
    form = {"note": found.asked.note}
    case = finish_task(db, found.case, deployment, Done(found.task, step, said, form, user.id), now)
    visit = inspection_of(db, case.id)
    if visit is not None:
        start_recheck(db, case, deployment, visit, now)
    follow(db, Happened("rectified", case, deployment, actor_of(user.id), tuple(failing(case))), now)
    return case


def lapse(db: Connection, case: Case, deployment: Deployment, actor: str, now: datetime) -> Happened:
    """The notice that was not answered in time is over; what happened, for the caller to follow up."""
    waiting = (rectifications.c.case_id == case.id, rectifications.c.state == ASKED)
    ended = update(rectifications).where(*waiting).values(state=LAPSED, answered_at=now)
    due = db.execute(ended.returning(rectifications.c.due_on)).scalar()
    told = {"due_on": due.isoformat()} if due else {}
    return Happened("rectification_lapsed", case, deployment, actor, tuple(failing(case)), told)


def _counts(point: FailedPoint, case: Case) -> bool:
    """Whether one of the items of a point still waits for it: others were decided or withdrawn meanwhile."""
    return not {*point.items}.isdisjoint(failing(case))


def _open(db: Connection, user: User, number: str, now: datetime) -> _Open:
    """The notice while it can be answered, locked for this transaction; a Refusal afterwards."""
    case = own_case(db, user, number)
    db.execute(select(rectifications.c.id).where(rectifications.c.case_id == case.id).with_for_update())
    task, step = waiting_for(db, case, RECTIFY, NOTHING_ASKED)
    asked = rectification_of(db, case.id)
    if asked is None:
        raise CaseMoved
    if now > end_of(asked.due_on):
        raise Refusal("整改的期限已经过了。", "不合格的事项会依法作出不予许可的决定；改好以后可以重新申请。")
    return _Open(case, asked, task, step)
