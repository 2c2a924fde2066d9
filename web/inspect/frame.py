"""What every page for inspectors tells its script: who asks, what the phone keeps, all words it may say."""

from collections.abc import Iterable

from flask import current_app, url_for

from web.inspect.said import words
from web.login import person

SCANNING = "/inspect/verify"  # the check of a QR code; kept on the phone where it exists


def frame(page: str, keep: Iterable[str] = ()) -> dict[str, object]:
    """What the template inspect/frame.html needs; `keep` are addresses to be opened without a network."""
    user = person()
    has_scanner = any(rule.rule == SCANNING for rule in current_app.url_map.iter_rules())
    own = [url_for("inspect_list.show"), url_for("inspect_offline.show")]
    return {
        "page": page,
        "user": user,
        "words": words(),
        "scanning": SCANNING if has_scanner else None,
        "keep": [*own, *([SCANNING] if has_scanner else []), *keep],
    }
