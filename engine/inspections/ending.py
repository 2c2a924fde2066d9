"""What is written when a visit ends, beside what was noted on the spot; and what keeps it from ending."""

from dataclasses import dataclass

from sqlalchemy import Connection

from engine.errors import Invalid
from engine.inspections.inspection import REMOTE, Inspection
from engine.inspections.sheet import lacking
from forms.characters import storable, tidy

LONGEST_NOTE = 1000  # characters
LONGEST_RECORDING = 300
MOST_RECTIFY_DAYS = 60  # working days
NOT_YET = "还不能结束踏勘。"


@dataclass(frozen=True)
class Ending:
    """The team's words on the whole, where a recording is kept, the working days to put right what failed."""

    note: str
    recording: str
    rectify_days: int | None


def ending_of(
    db: Connection, visit: Inspection, note: str, recording: str, rectify_days: int | None
) -> Ending:
    """What was written, tidied.

    Raises Invalid with every sentence of what is missing, under `lacking-1`, `lacking-2` …, and with what is
    wrong at `note`, `recording` and `rectify_days`.
    """
    ending = Ending(tidy(storable(note)), tidy(storable(recording)), rectify_days)
    errors = {f"lacking-{number}": says for number, says in enumerate(lacking(db, visit.id), 1)}
    errors |= _wrong(ending, visit)
    if errors:
        raise Invalid(errors, NOT_YET)
    return ending


def _wrong(ending: Ending, visit: Inspection) -> dict[str, str]:
    errors = {}
    if len(ending.note) > LONGEST_NOTE:
        errors["note"] = f"请写得简短一些，最多 {LONGEST_NOTE} 个字，现在有 {len(ending.note)} 个字。"
    if visit.kind == REMOTE and not ending.recording:
        errors["recording"] = "远程踏勘要有录像，请写明录像存在哪里、编号是什么。"
    if len(ending.recording) > LONGEST_RECORDING:
        errors["recording"] = f"请写得简短一些，最多 {LONGEST_RECORDING} 个字。"
    if ending.rectify_days is not None and not 1 <= ending.rectify_days <= MOST_RECTIFY_DAYS:
        errors["rectify_days"] = f"整改期限请填 1 到 {MOST_RECTIFY_DAYS} 个工作日。"
    return errors
