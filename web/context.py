"""Give every template the same few things: who asks, the navigation, contacts, assets and Chinese dates."""

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, g, url_for
from flask_babel import Babel, format_date, format_datetime
from flask_babel import gettext as _

from engine.queries.messages import unread_count
from engine.settings import Settings
from web import hearings, lights, login, turns, visits
from web.database import reading
from web.navigation import EVERYONE, entries_for

# The one public hotline of all government services in China, for questions and for complaints.
HOTLINE = "12345"


def prepare_templates(app: Flask) -> None:
    """Install Babel, the filters (moment, clock, day, yuan, file_size) and what every template may name."""
    Babel(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(moment=moment, clock=clock, day=day, yuan=yuan, file_size=file_size)
    app.jinja_env.globals.update(
        asset=asset,
        hearings=hearings,
        navigation=_navigation,
        unread_messages=_unread_messages,
        lights=lights,
        visits=visits,
        turn=turns.turn,
    )
    app.context_processor(_everywhere)


def settings() -> Settings:
    """The settings the application was made with."""
    found = current_app.extensions["settings"]
    assert isinstance(found, Settings)
    return found


def public_url(endpoint: str, **values: object) -> str:
    """The address of a page as the public knows it, whatever host this request came by."""
    return settings().base_url + url_for(endpoint, **values)  # type: ignore[arg-type]  # values of the route


def moment(value: datetime) -> str:
    """An aware datetime in Beijing time: 2026年11月22日 15:04."""
    return str(format_datetime(value, "y年M月d日 HH:mm"))


def clock(value: datetime) -> str:
    """The time of day of an aware datetime in Beijing: 15:04."""
    return str(format_datetime(value, "HH:mm"))


def day(value: date | datetime) -> str:
    """A date in Chinese: 2026年11月22日."""
    if isinstance(value, datetime):
        return str(format_datetime(value, "y年M月d日"))
    return str(format_date(value, "y年M月d日"))


def yuan(value: float) -> str:
    """An amount in yuan: 不收费, 120 元."""
    return str(_("%(n)s 元", n=f"{value:,.10g}")) if value else str(_("不收费"))


def file_size(count: int) -> str:
    """A number of bytes as people read it: 3 KB, 1.5 MB; never less than 1 KB."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def asset(name: str) -> str:
    """The address of a built asset; it changes with the content, so that browsers may keep it for a year."""
    built = Path(current_app.static_folder or "") / "built" / name
    return (
        url_for("static", filename=f"built/{name}", v=_fingerprint(built, built.stat().st_mtime_ns))
        if built.exists()
        else url_for("static", filename=f"built/{name}")
    )


@lru_cache(maxsize=64)
def _fingerprint(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _navigation() -> list[dict[str, object]]:
    user = login.current()
    return entries_for(user.roles if user else EVERYONE)


def _unread_messages() -> int:
    """How many messages the person who asks has not read; asked by the pages of applicants only."""
    with reading() as db:
        return unread_count(db, login.person().id)


def _everywhere() -> dict[str, object]:
    user = None if g.get("nobody") else login.current()
    return {
        "person": user,
        "contact": {"help_phone": HOTLINE, "complaint_phone": HOTLINE},
        "environment_words": _("演示环境：所有数据均为虚构，办理结果没有法律效力。")
        if settings().demo
        else "",
    }
