"""What every page for inspectors tells its script: who asks, what the phone keeps, all words it may say."""

from collections.abc import Iterable

from flask import url_for

from web.inspect.said import words
from web.login import person


def frame(page: str, keep: Iterable[str] = ()) -> dict[str, object]:
    """What the template inspect/frame.html needs; `keep` are addresses to be opened without a network."""
    user = person()
    own = ("inspect_list.show", "inspect_offline.show", "verify_offline.show")
    return {
        "page": page,
        "user": user,
        "words": words(),
        "keep": [*(url_for(each) for each in own), *keep],
    }
