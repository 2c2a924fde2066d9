"""Fill in what other offices know of the subject, each value with its source and date and open to contest.

`sources` of a draft maps a field to {value, source, at, uscc} and, once contested, {contested: {reason, at}}:
what was shared stays beside what the applicant says instead.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from engine.drafts.reading import Draft, kept_inputs, question_of, read_draft
from engine.drafts.records import write
from engine.drafts.sources import forget, own_inputs
from engine.drafts.states import faults_in_typed
from engine.drafts.subject import USCC
from engine.errors import Invalid, NotFound
from engine.people import User
from engine.shared_data import SharedData, SharedRecord
from forms.clean import clean
from forms.fields import Field
from forms.inputs import Raw, keep
from forms.merge import Section

Sources = Mapping[str, Mapping[str, object]]
REASON = Field(
    "reason",
    "更正理由",
    "long_text",
    hint="写明正确的内容以什么为准，例如“营业执照已于 11 月 20 日变更”。",
    missing="请说明哪里不对，正确的内容以什么为准",
    max_length=300,
)


def prefill(db: Connection, *, user: User, draft: str, raw: Raw, provider: SharedData, now: datetime) -> int:
    """Ask `provider` about the USCC in `raw` and fill in what it knows; what else was typed is kept.

    Returns how many values came. Raises Invalid at a wrong USCC, NotKnown or Unavailable when none can come.
    """
    found = read_draft(db, user, draft, now)
    section = next((each for each in found.form.sections if _asks(each, USCC)), None)
    if section is None:
        raise NotFound("这份申请不需要填写统一社会信用代码。", "请返回申请页面。")
    fresh = forget(found, section)
    inputs = keep([one.field for one in section.fields], raw)
    uscc = _uscc(fresh, section, inputs)
    record = provider.lookup(uscc, now=now)
    known = _readable(fresh, section, record, inputs)
    sources = {name: _source(value, record, uscc) for name, value in known.items() if name != USCC}
    write(db, _with(fresh, section, inputs, {**known, USCC: uscc}, sources).record, now)
    return len(sources)


def contest(
    db: Connection, *, user: User, draft: str, section: str, field: str, raw: Raw, now: datetime
) -> None:
    """Put the applicant's own value and reason beside a shared one. Raises Invalid at `field` or `reason`."""
    found = read_draft(db, user, draft, now)
    asked = found.section(section)
    question = question_of(asked, field).field
    source = _source_of(found, field)
    others = {**found.record.answers, field: None}
    inputs = {**kept_inputs(asked, others), **keep([question], raw)}
    cleaned = found.check(asked, inputs)
    reason = clean([REASON], raw, today=found.today, context={})
    own = {name: words for name, words in cleaned.errors.items() if name.split("-", 1)[0] == field}
    if own or reason.errors:
        raise Invalid({**own, **reason.errors})
    said = {"reason": reason.values["reason"], "at": now.isoformat()}
    record = found.record
    after = found.changed(
        answers={**record.answers, field: cleaned.values[field]},
        sources={**record.sources, field: {**source, "contested": said}},
        typed={name: kept for name, kept in record.typed.items() if name != section},
        done=record.done - {section},
    )
    write(db, after.record, now)


def accept_shared(db: Connection, *, user: User, draft: str, section: str, field: str, now: datetime) -> None:
    """Take a contest back: the shared value stands again."""
    found = read_draft(db, user, draft, now)
    question_of(found.section(section), field)
    source = {name: value for name, value in _source_of(found, field).items() if name != "contested"}
    record = found.record
    after = found.changed(
        answers={**record.answers, field: source["value"]},
        sources={**record.sources, field: source},
        typed={name: kept for name, kept in record.typed.items() if name != section},
    )
    write(db, after.record, now)


def _asks(section: Section, field: str) -> bool:
    return any(one.field.id == field for one in section.fields)


def _uscc(draft: Draft, section: Section, inputs: Raw) -> str:
    cleaned = clean([question_of(section, USCC)], inputs, today=draft.today, context={})
    if cleaned.errors:
        raise Invalid(cleaned.errors)
    return str(cleaned.values[USCC])


def _readable(draft: Draft, section: Section, record: SharedRecord, typed: Raw) -> dict[str, object]:
    """The shared values that the form accepts as answers; any other is left for the person to type."""
    offered = {
        one.field.id: record.values[one.field.shared]
        for one in section.fields
        if record.values.get(one.field.shared) not in (None, "")
    }
    cleaned = draft.check(section, {**typed, **kept_inputs(section, offered)})
    return {name: cleaned.values[name] for name in offered if cleaned.values.get(name) is not None}


def _source(value: object, record: SharedRecord, uscc: str) -> dict[str, object]:
    return {"value": value, "source": record.source, "at": record.at.isoformat(), "uscc": uscc}


def _source_of(draft: Draft, field: str) -> Mapping[str, object]:
    source = draft.record.sources.get(field)
    if source is None:
        raise NotFound("这一项不是由共享数据带出的。", "请直接在表中修改。")
    return source


def _with(
    draft: Draft, section: Section, typed: Raw, values: Mapping[str, object], sources: Sources
) -> Draft:
    """The draft with shared values in place; the rest of the section stays as typed, right or wrong."""
    record = draft.record
    shared = draft.changed(answers={**record.answers, **values}, sources={**record.sources, **sources})
    inputs = own_inputs(shared, section, {**typed, **kept_inputs(section, {USCC: values[USCC]})})
    cleaned = shared.check(section, inputs)
    wrong = faults_in_typed(cleaned.errors, inputs)
    others = {name: kept for name, kept in record.typed.items() if name != section.id}
    return shared.changed(
        answers={**shared.record.answers, **cleaned.values},
        typed={**others, section.id: inputs} if wrong else others,
        done=record.done - {section.id},
    )
