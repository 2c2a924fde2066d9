"""Which values of a draft were shared and so are not typed: shown with their source, and open to contest."""

from engine.drafts.reading import Draft
from engine.drafts.subject import USCC
from forms.characters import tidy_code
from forms.inputs import Raw, keep, spread
from forms.merge import Section


def is_locked(draft: Draft, field: str) -> bool:
    """Whether the field's value was shared and nobody has contested it."""
    source = draft.record.sources.get(field)
    return source is not None and "contested" not in source


def own_inputs(draft: Draft, section: Section, raw: Raw) -> Raw:
    """What was typed, with shared values in place of whatever was sent for them."""
    locked = [one.field for one in section.fields if is_locked(draft, one.field.id)]
    names = {one.id for one in locked}
    kept = {name: value for name, value in raw.items() if name.split("-", 1)[0] not in names}
    for one in locked:
        kept |= spread(one, draft.record.answers.get(one.id))
    return keep([one.field for one in section.fields], kept)


def without_other_subject(draft: Draft, section: Section, raw: Raw) -> Draft:
    """The draft without values shared about another subject than the one whose code is typed now."""
    typed = raw.get(USCC)
    now = tidy_code(typed) if isinstance(typed, str) else ""
    about = {source.get("uscc") for source in draft.record.sources.values()}
    return forget(draft, section) if USCC in raw and about - {now} else draft


def forget(draft: Draft, section: Section) -> Draft:
    """The draft without shared values in `section`; what the applicant put in their place stays."""
    own = {one.field.id for one in section.fields}
    shared = {name for name in own if is_locked(draft, name)}
    answers = {name: value for name, value in draft.record.answers.items() if name not in shared}
    sources = {name: source for name, source in draft.record.sources.items() if name not in own}
    return draft.changed(answers=answers, sources=sources)
