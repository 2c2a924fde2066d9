"""Promises what may be asked for now about each licence, and of what may not, why not and from when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from certificates.life.holding import Held
from certificates.life.window import window_of
from certificates.states import IN_FORCE
from engine.catalogue import Item
from engine.catalogue.item import LicenceRule
from engine.errors import Refusal
from engine.linked import CANCELLATION, CHANGE, REISSUE, RENEWAL

NO_TERM = "现在新发的这项许可没有期限，不办延续；您的这一项有期限，请在到期以前到综合窗口办理。"
TERM_OF_ITS_OWN = "这项许可的期限由合同、委托等定，不办延续；到期以后要继续经营，请重新申请。"


@dataclass(frozen=True)
class Possible:
    """Something that may be asked for, or `why_not`; `from_day` is when it will be possible, if it will."""

    process: str
    why_not: str = ""
    from_day: date | None = None


class NotNow(Refusal):
    """What was asked for is not possible at present."""

    do = "请返回证照页面，查看每项许可现在能办什么。"


def for_licence(held: Held, licence: Row[Any], today: date) -> tuple[Possible, ...]:
    """What may be asked for about one licence: to renew it, to change its scope, to cancel it."""
    if why := _busy(held, licence) or _gone(held, licence):
        return tuple(Possible(process, why) for process in (RENEWAL, CHANGE, CANCELLATION))
    return (_renewal(held, licence, today), _scope(held, licence), Possible(CANCELLATION))


def for_whole(held: Held) -> tuple[Possible, ...]:
    """What may be asked for about the certificate as a whole: to change what it states, a further copy."""
    live = held.live
    if not live:
        why = "这张证的许可都已经终止。"
    else:
        why = next((why for each in live if (why := _busy(held, each) or _gone(held, each))), "")
    lost = why or ("" if any(each.state in IN_FORCE for each in live) else "现在没有有效的许可可以印在证上。")
    return (Possible(CHANGE, why), Possible(REISSUE, lost), Possible(CANCELLATION, why))


def refuse_unless(possible: Possible) -> None:
    """Raise NotNow when it is not possible."""
    if possible.why_not:
        raise NotNow(possible.why_not)


def _renewal(held: Held, licence: Row[Any], today: date) -> Possible:
    item = held.item(licence)
    if licence.valid_until is None:
        return Possible(RENEWAL, "长期有效，不用延续。")
    if item.validity_years is None:
        return Possible(RENEWAL, NO_TERM if _is_usual(item) else TERM_OF_ITS_OWN)
    window = window_of(item, licence.valid_until, held.calendar)
    if window.opens is not None and today < window.opens:
        return Possible(RENEWAL, f"{_in_words(window.opens)}起可以申请延续。", window.opens)
    if today > window.closes:
        return Possible(
            RENEWAL, f"延续应当在{_in_words(window.closes)}以前申请，期限已过；要继续经营请重新申请。"
        )
    return Possible(RENEWAL)


def _is_usual(item: Item) -> bool:
    """Whether its days are counted in years, as usual, and by no rule of its own."""
    return item.licence is None or item.licence.validity == LicenceRule.validity


def _scope(held: Held, licence: Row[Any]) -> Possible:
    if "scope" not in held.item(licence).changes:
        return Possible(CHANGE, "这项许可没有可以变更的范围。")
    return Possible(CHANGE)


def _busy(held: Held, licence: Row[Any]) -> str:
    number = held.busy.get(licence.item)
    return f"正在办理另一件（{number}），办完以后再申请。" if number else ""


def _gone(held: Held, licence: Row[Any]) -> str:
    """An item that today's rules do not know any more cannot be handled by them."""
    return "" if licence.item in held.catalogue.items else "这个事项的规定已经变了，请到综合窗口办理。"


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
