"""What an applicant replies to a notice, kept point by point until all of it is sent once."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select, update

from engine.cases import Case
from engine.corrections.filed import FIELD, Filed, read_filed
from engine.corrections.points import SENT, Correction, Flag, corrections_of, flags
from engine.days import end_of, local_day
from engine.drafts.states import faults_in_typed
from engine.errors import NotFound, Refusal
from engine.people import User
from engine.tables import cases, correction_points, corrections, drafts, materials
from forms.clean import Cleaned, clean
from forms.expressions import Expression
from forms.fields import Field
from forms.inputs import Inputs, Raw, keep, spread
from forms.merge import MergedField

VALUE, WORDS, FILES = "value", "words", "files"  # what a reply holds
LONGEST = 500  # characters of why something cannot be had
FORM = "correct"  # the step's act and form: what the applicant may say besides

UNCHANGED = "“{label}”和原来一样，还没有改。请改正；确实改不了或者不用改的，在下面写明理由。"
NO_FILE = "还没有上传“{label}”。请上传文件；确实交不了的，在下面写明理由。"


@dataclass(frozen=True)
class NewFile:
    """A file handed in with the reply, not part of the case until the reply is sent."""

    id: int
    material: str
    label: str
    size: int


@dataclass(frozen=True)
class Reply:
    """A notice before its applicant: what is asked, and what has been replied so far."""

    filed: Filed
    correction: Correction
    draft: str  # under which the case was filed, and its files are kept
    files: tuple[NewFile, ...]

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        return flags(self.filed.things, self.correction.points)

    @cached_property
    def asked(self) -> tuple[MergedField, ...]:
        """The questions of the page: the flagged ones, and those that come up with other answers to them."""
        flagged = {flag.thing.name for flag in self.flags if flag.thing.target == FIELD}
        wanted = flagged | _following(self.filed, flagged)
        return tuple(one for one in self.filed.form.fields() if one.field.id in wanted)

    def files_for(self, material: str) -> tuple[NewFile, ...]:
        return tuple(each for each in self.files if each.material == material)

    @cached_property
    def inputs(self) -> Inputs:
        """What the page's inputs show: replies kept so far, else the old answers, hidden ones not."""
        kept = {flag.thing.name: flag.reply for flag in self.flags if flag.thing.target == FIELD}
        shown: Inputs = {}
        for field in (one.field for one in self.asked):
            reply = kept.get(field.id)
            if reply is not None and VALUE in reply:
                shown |= spread(field, reply[VALUE])
            elif field.id in kept:
                shown |= {} if self.hides(field) else spread(field, self.filed.answers.get(field.id))
            else:
                shown |= spread(field, self.correction.also.get(field.id))
        for flag in self.flags:
            shown[words_of(flag).id] = str((flag.reply or {}).get(WORDS, ""))
        return {**shown, "note": self.correction.note}

    def hides(self, field: Field) -> bool:
        """Whether the old value may not be shown: shared by another office, and sensitive."""
        source = self.filed.sources.get(field.id)
        return source is not None and "contested" not in source and field.privacy == "sensitive"

    def check(self, raw: Raw, now: datetime) -> Cleaned:
        """Clean what was typed for the questions of the page; all other answers are facts."""
        own = {one.field.id for one in self.asked}
        others = {name: value for name, value in self.filed.answers.items() if name not in own}
        context = self.filed.context({**others, "uploads": {}})
        return clean((*self.asked, *self.words), raw, today=local_day(now), context=context)

    @property
    def words(self) -> tuple[Field, ...]:
        """The places for words: one a flag, and what the step's form asks besides."""
        return (*map(words_of, self.flags), *self.filed.deployment.forms.steps[FORM].fields)


def words_of(flag: Flag) -> Field:
    """The place beside a flag in which to say why it cannot be put right."""
    return Field(
        f"cannot_{flag.thing.target}_{flag.thing.name}",
        "确实改不了、交不了的，写明理由",
        "long_text",
        required=False,
        max_length=LONGEST,
    )


def files_input(material: str) -> str:
    """The name of the input for the files of a material."""
    return f"files-{material}"


def read_reply(db: Connection, user: User, number: str, round: int) -> Reply:
    """The notice if this person filed the case; NotFound otherwise."""
    row = db.execute(
        select(cases.c.id, drafts.c.id.label("draft"))
        .outerjoin(drafts, drafts.c.case_id == cases.c.id)
        .where(cases.c.number == number, cases.c.applicant_id == user.id)
    ).one_or_none()
    found = corrections_of(db, row.id) if row is not None else ()
    correction = next((each for each in found if each.round == round), None)
    if row is None or correction is None:
        raise NotFound("没有找到这份补正告知书。", "请从“我的办件”进入自己的办件。")
    return Reply(read_filed(db, row.id), correction, row.draft or "", _new_files(db, row.draft, correction))


def waits_for_reply(case: Case) -> bool:
    """Whether the case waits for its applicant; one that was withdrawn meanwhile does not."""
    return FORM in case.open_tasks.values()


def open_reply(db: Connection, user: User, number: str, round: int, now: datetime) -> Reply:
    """The notice while it can be answered, locked for this transaction; a Refusal afterwards."""
    waiting = (
        select(corrections.c.id)
        .join(cases, cases.c.id == corrections.c.case_id)
        .where(cases.c.number == number, cases.c.applicant_id == user.id, corrections.c.round == round)
    )
    db.execute(waiting.with_for_update(of=corrections))
    found = read_reply(db, user, number, round)
    if found.correction.state != SENT or not waits_for_reply(found.filed.case):
        raise Refusal("这次补正已经提交过，或者已经结束，不能再改。", "请从办件页查看最新情况。")
    if now > end_of(found.correction.due_on):
        raise Refusal("补正的期限已经过了。", "这份申请按撤回处理；需要办理的，可以重新申请。")
    return found


def save(
    db: Connection, *, user: User, number: str, round: int, raw: Raw, whole: bool, now: datetime
) -> dict[str, str]:
    """Keep what is right of the replies; what is wrong by input, with `whole` also what is missing."""
    reply = open_reply(db, user, number, round, now)
    raw = keep([*(one.field for one in reply.asked), *reply.words], raw)
    cleaned = reply.check(raw, now)
    wrong = faults_in_typed(cleaned.errors, raw)
    for flag in reply.flags:
        said = _said(reply, flag, cleaned, wrong)
        points = correction_points.c.id.in_([point.id for point in flag.points])
        db.execute(update(correction_points).where(points).values(reply=said))
    flagged = {flag.thing.name for flag in reply.flags}
    also = {one.field.id: cleaned.values[one.field.id] for one in reply.asked if one.field.id not in flagged}
    kept = update(corrections).where(corrections.c.id == reply.correction.id)
    db.execute(kept.values(also=also, note=cleaned.values.get("note") or ""))
    if not whole:
        return wrong
    return wrong | missing(read_reply(db, user, number, round), cleaned.errors)


def missing(reply: Reply, errors: Mapping[str, str]) -> dict[str, str]:
    """What still keeps the reply from being sent, by input; `errors` are those of its questions as kept."""
    found: dict[str, str] = {}
    for flag in reply.flags:
        thing = flag.thing
        if thing.target == FIELD and flag.reply is None:
            found[thing.name] = errors.get(thing.name) or UNCHANGED.format(label=thing.label)
        elif thing.target != FIELD and flag.reply is None and not reply.files_for(thing.name):
            found[files_input(thing.name)] = NO_FILE.format(label=thing.label)
    flagged = {flag.thing.name for flag in reply.flags}
    also = {name: words for name, words in errors.items() if name.split("-", 1)[0] not in flagged}
    return found | also


def _said(reply: Reply, flag: Flag, cleaned: Cleaned, wrong: Collection[str]) -> Mapping[str, Any] | None:
    """One flag's reply: another value, or words why there is none; None while there is neither."""
    words = cleaned.values.get(words_of(flag).id)
    said = {WORDS: words} if words else {}
    name = flag.thing.name
    if flag.thing.target == FIELD and not any(each.split("-", 1)[0] == name for each in cleaned.errors):
        value, before = cleaned.values[name], reply.filed.answers.get(name)
        hidden = value is None and not _is_asked(reply, name, cleaned)
        if hidden or (value is not None and value != before):
            said[VALUE] = value
    return said or None


def _is_asked(reply: Reply, name: str, cleaned: Cleaned) -> bool:
    answers = {**reply.filed.answers, **cleaned.values}
    return reply.filed.is_asked(reply.filed.fields[name], answers)


def _following(filed: Filed, flagged: Collection[str]) -> set[str]:
    """Unanswered questions that another answer to a flagged one may bring up, and what hangs on those."""
    found: set[str] = set()
    while True:
        known = {*flagged, *found}
        new = {field.id for field in _unanswered(filed) if field.id not in known and field.names & known}
        if not new:
            return found
        found |= new


def _unanswered(filed: Filed) -> Iterator[Field]:
    for field in filed.fields.values():
        waits = isinstance(field.required, Expression) or not filed.is_asked(field, filed.answers)
        if filed.answers.get(field.id) is None and waits:
            yield field


def _new_files(db: Connection, draft: str | None, correction: Correction) -> tuple[NewFile, ...]:
    """Files of the draft that belong to no case yet: after filing, those can only be for the reply."""
    if correction.state != SENT:
        return ()
    query = select(materials.c.id, materials.c.material, materials.c.label, materials.c.size)
    query = query.where(materials.c.draft_id == draft, materials.c.case_id.is_(None))
    return tuple(NewFile(*tuple(row)) for row in db.execute(query.order_by(materials.c.id)))
