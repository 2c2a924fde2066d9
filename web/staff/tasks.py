"""A clerk's task lists: in hand, to claim, done."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.claim import claim as claim_task
from engine.commands.claim import release as release_task
from engine.commands.read_messages import read_messages
from engine.queries import tasks
from engine.queries.messages import unread_to
from engine.queries.tasks import Key, TaskPage
from web import words
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("tasks", __name__)
STAFF = ("window", "clerk", "inspector")
LISTS = {"mine": tasks.mine, "claimable": tasks.claimable, "done": tasks.done}


@blueprint.get("/tasks")
@for_roles(*STAFF)
def mine() -> str:
    """The tasks I have claimed."""
    return _list("mine")


@blueprint.get("/tasks/claimable")
@for_roles(*STAFF)
def claimable() -> str:
    """The tasks of my offices that nobody has claimed."""
    return _list("claimable")


@blueprint.get("/tasks/done")
@for_roles(*STAFF)
def done() -> str:
    """The tasks I have finished."""
    return _list("done")


@blueprint.post("/tasks/<task>/claim")
@for_roles(*STAFF)
def claim(task: str) -> Response:
    """Take a task in hand and open it."""
    act(lambda db: claim_task(db, user=person(), task=task, now=datetime.now(UTC)))
    return redirect(url_for("task.show", task=task), code=303)


@blueprint.post("/tasks/<task>/release")
@for_roles(*STAFF)
def release(task: str) -> Response:
    """Put a task back for the others of the office."""
    act(lambda db: release_task(db, user=person(), task=task, now=datetime.now(UTC)))
    return redirect(url_for("tasks.claimable"), code=303)


@blueprint.post("/tasks/messages/read")
@for_roles(*STAFF)
def messages_read() -> Response:
    """The reminders so far have been seen."""
    act(lambda db: read_messages(db, user=person(), now=datetime.now(UTC)))
    return redirect(url_for("tasks.mine"), code=303)


def _list(which: str) -> str:
    search = request.args.get("q", "").strip()[:80]
    user = person()
    with reading() as db:
        page = LISTS[which](db, user.id, search=search, after=_key(request.args.get("after", "")))
        counts = tasks.counts(db, user.id)
        unread = unread_to(db, user.id)
    return render_template(
        "staff/tasks.html",
        which=which,
        page=page,
        counts=counts,
        search=search,
        unread=unread,
        next=_next(page),
        words=words,
        now=datetime.now(UTC),
    )


def _key(text: str) -> Key | None:
    """The key of a page as it stands in its address; anything else is the first page."""
    moment, tilde, task = text.partition("~")
    if not tilde:
        return None
    try:
        return datetime.fromisoformat(moment) if moment else None, task
    except ValueError:
        return None


def _next(page: TaskPage) -> str | None:
    if page.next is None:
        return None
    moment, task = page.next
    return f"{moment.isoformat() if moment else ''}~{task}"
