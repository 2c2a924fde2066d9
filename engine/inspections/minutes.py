"""What the minutes of a visit (踏勘记录) show of its sheet: a line for each point, photos, signatures."""

from engine.days import LOCAL
from engine.inspections.fold import SIGNED
from engine.inspections.strokes import Strokes, svg_of
from engine.inspections.view import Photo, SheetView
from engine.letters.content import Picture

RESULTS = {"pass": "合格", "fail": "不合格", "na": "不适用", "": ""}
MOST_PHOTOS = 60  # in one letter: the others are on the visit's page


def lines_of(view: SheetView) -> list[dict[str, str]]:
    """A line for each point, in words: `label`, `basis`, `items`, `department`, `result`, `words`."""
    return [
        {
            "label": each.point.text,
            "basis": each.point.basis,
            "items": "、".join(view.item_names[item] for item in each.point.items),
            "department": "、".join(each.offices),
            "result": RESULTS[each.result],
            "words": each.words,
        }
        for each in view.points
    ]


def photos_of(view: SheetView) -> list[Picture]:
    """The thumbnails, those of failed points first when there are more than fit."""
    failed = {each.point.id for each in view.points if each.result == "fail"}
    chosen = sorted(view.photos, key=lambda photo: photo.point not in failed)[:MOST_PHOTOS]
    places = {each.point.id: number for number, each in enumerate(view.points, 1)}
    ordered = sorted(chosen, key=lambda photo: (places.get(photo.point, 0), photo.taken_at, photo.id))
    return [_photo(each, places.get(each.point, 0)) for each in ordered]


def signatures_of(view: SheetView) -> list[Picture]:
    """The signatures that hold: the team's, then that of the applicant's person."""
    made = [
        _signature(view, f"{each.name}（{each.office}）", each.strokes, each.paper) for each in view.signed
    ]
    party = view.party
    if party is not None and party.answer == SIGNED:
        made.append(_signature(view, f"{party.name}（申请人一方）", party.strokes, party.paper))
    return made


def _photo(photo: Photo, number: int) -> Picture:
    at = photo.taken_at.astimezone(LOCAL)
    where = f"第{number}项" if number else "场所"
    when = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
    return Picture(caption=f"{where} {when} {photo.by}", sha256=photo.thumbnail, svg="")


def _signature(view: SheetView, caption: str, strokes: Strokes, paper: str) -> Picture:
    """The strokes, or of a signature on paper its photo."""
    if photo := view.photo(paper):
        return Picture(caption=caption, sha256=photo.thumbnail, svg="")
    return Picture(caption=caption, sha256="", svg=svg_of(strokes))
