"""What is told of a visit: who looked when and where, each point with its result, who signed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.catalogue import Catalogue
from engine.days import local_day
from engine.inspections.arranging import in_words
from engine.inspections.ending import Ending
from engine.inspections.fold import REFUSED
from engine.inspections.inspection import PAPER, REMOTE, SITE
from engine.inspections.minutes import RESULTS, lines_of, photos_of, signatures_of
from engine.inspections.view import SheetView, Signer
from engine.said import FAIL, Words

# Of a visit that the applicant's person has not signed, by its kind; one to the place is not closed so.
UNSIGNED = {SITE: "没有到场。", REMOTE: "通过视频参加，见录像。", PAPER: "书面复查，不需要到场。"}


def told_of(
    view: SheetView, catalogue: Catalogue, found: Mapping[str, Words], ending: Ending, now: datetime
) -> dict[str, object]:
    """The values of the happening `inspected` or `reinspected` (engine.happenings.KINDS)."""
    visit = view.inspection
    return {
        "how": visit.kind,
        "place": visit.place,
        "held_on": _days(view, now),
        "people": "、".join(f"{each.name}（{each.office}）" for each in _there(view.signers)),
        "party": _party(view),
        "results": lines_of(view),
        "findings": [
            {"item": catalogue.item(item).name, "finding": RESULTS[str(words["finding"])]}
            for item, words in sorted(found.items())
        ],
        "failed": FAIL in {words["finding"] for words in found.values()},
        "note": ending.note,
        "recording": ending.recording,
        "opinions": "；".join(
            f"{each.name}（{each.organisation}）：{each.opinion}" for each in view.experts if each.opinion
        ),
        "photos": photos_of(view),
        "signatures": signatures_of(view),
    }


def _there(signers: Iterable[Signer]) -> list[Signer]:
    """Who looked: of the team those who signed."""
    return [each for each in signers if each.in_team and each.state]


def _days(view: SheetView, now: datetime) -> str:
    """The day on which what holds was noted, in words all if there were several; today without any."""
    noted = {local_day(said.noted_at) for point in view.points for said in point.said}
    days = sorted(noted) or [local_day(now)]
    return days[0].isoformat() if len(days) == 1 else "、".join(map(in_words, days))


def _party(view: SheetView) -> str:
    if view.party is None:
        return UNSIGNED[view.inspection.kind]
    if view.party.answer == REFUSED:
        return f"{view.party.name or '现场人员'}拒绝签名：{view.party.words}"
    return f"{view.party.name}已签名。{view.party.words}"
