"""A person's messages, what was not read first, each with the page where something is to be done."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.read_messages import read_message, read_messages
from engine.queries.messages import Key, messages_to, unread_count
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("messages", __name__)
UNREAD, READ = "u", "r"


@blueprint.get("/my/messages")
@for_roles()
def list_all() -> str:
    """One page of all messages."""
    user = person()
    with reading() as db:
        page = messages_to(db, user.id, after=_key(request.args.get("after", "")))
        unread = unread_count(db, user.id)
    return render_template("applicant/messages.html", page=page, unread=unread, next=_next(page.next))


@blueprint.post("/my/messages/read")
@for_roles()
def all_read() -> Response:
    """All messages so far have been seen."""
    act(lambda db: read_messages(db, user=person(), now=datetime.now(UTC)))
    return redirect(url_for("messages.list_all"), code=303)


@blueprint.post("/my/messages/<int:message>/read")
@for_roles()
def one_read(message: int) -> Response:
    """One message has been seen."""
    act(lambda db: read_message(db, user=person(), message=message, now=datetime.now(UTC)))
    return redirect(url_for("messages.list_all"), code=303)


def _key(text: str) -> Key | None:
    """The key of a page as it stands in its address; anything else is the first page."""
    try:
        which, moment, id = text.split("~")
        return Key(which == UNREAD, datetime.fromisoformat(moment).astimezone(UTC), _small(int(id)))
    except (ValueError, OverflowError):
        return None


def _small(number: int) -> int:
    """A number that the database can compare with an id."""
    if not 0 <= number < 2**63:
        raise OverflowError
    return number


def _next(key: Key | None) -> str | None:
    return None if key is None else f"{UNREAD if key.unread else READ}~{key.sent_at.isoformat()}~{key.id}"
