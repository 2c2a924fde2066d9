"""What went wrong with a case without anybody's fault: kept as a row until it is mended, never swallowed."""

import traceback
from datetime import datetime

from sqlalchemy import Connection, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.tables import OPEN, incidents

HANDLER = "handler"
TIMER = "timer"
STUCK = "stuck"
MOVE = "move"
RENDERING = "rendering"
LETTER = "letter"
LATER = "later"


def open_incident(
    db: Connection, case_id: int, task_id: str | None, kind: str, says: str, detail: str, now: datetime
) -> None:
    """Note a failure of a case; the same one noted again keeps its row and gets the newest detail."""
    row = upsert(incidents).values(
        case_id=case_id, task_id=task_id, kind=kind, says=says, detail=detail, opened_at=now
    )
    db.execute(
        row.on_conflict_do_update(
            index_elements=["case_id", "kind", text("coalesce(task_id, '')")],
            index_where=OPEN,
            set_={"says": says, "detail": detail},
        )
    )


def close_incidents(
    db: Connection,
    case_id: int,
    kind: str,
    now: datetime,
    *,
    task_id: str | None = None,
    user_id: int | None = None,
) -> None:
    """Close the open incidents of this kind, because what failed has now worked."""
    match = [incidents.c.case_id == case_id, incidents.c.kind == kind, incidents.c.state == "open"]
    if task_id is not None:
        match.append(incidents.c.task_id == task_id)
    db.execute(update(incidents).where(*match).values(state="closed", closed_at=now, closed_by=user_id))


def explained(error: Exception) -> str:
    """The last line of an error's trace: its type and words, for the incident's `detail`."""
    return "".join(traceback.format_exception_only(error)).strip()
