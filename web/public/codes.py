"""What a phone needs to check codes by itself: the public keys, and the signed list of what holds now."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Blueprint, current_app, jsonify, request
from werkzeug.wrappers import Response

from certificates.code.key_set import public_keys
from certificates.code.ring import open_ring, read_ring
from certificates.code.status_list import read_status_list, signed
from web.context import settings
from web.database import reading
from web.security import limiter

blueprint = Blueprint("codes", __name__)
FRESH = timedelta(minutes=5)
PLACE = "status_list"
LOOKS = "300 per minute"  # the phones of a whole office may share an address


@dataclass(frozen=True)
class Made:
    """The list as this process last made it."""

    made_at: datetime
    said: dict[str, object]


@blueprint.get("/.well-known/onepermit-keys.json")
@limiter.limit(LOOKS)
def keys() -> Response:
    """The public halves of all keys that ever signed a code."""
    return _to_keep(jsonify(public_keys(read_ring(settings().keys))))


@blueprint.get("/v/status.json")
@limiter.limit(LOOKS)
def status() -> Response:
    """The state of every certificate, at most FRESH old."""
    return _to_keep(jsonify(_list(datetime.now(UTC)).said))


def _list(now: datetime) -> Made:
    """One list for all who ask within FRESH: it is the same for everybody."""
    kept: Made | None = current_app.extensions.get(PLACE)
    if kept is not None and kept.made_at <= now < kept.made_at + FRESH:
        return kept
    with reading() as db:
        made = read_status_list(db, now)
    fresh = Made(now, signed(open_ring(settings().keys), made))
    current_app.extensions[PLACE] = fresh
    return fresh


def _to_keep(answer: Response) -> Response:
    """Public, kept by whoever asks for as long as it is fresh, and sent again only when it is another."""
    answer.cache_control.public = True
    answer.cache_control.max_age = int(FRESH.total_seconds())
    answer.add_etag()
    return answer.make_conditional(request)
