"""What of a case a person inside is shown: the answers and files that the items of their offices need."""

from collections.abc import Collection

from engine.days import local_day
from engine.linked import EVIDENCE
from engine.people import User
from engine.queries.cases import CasePage
from web.answers import for_office

WINDOW = "window"


def shown(page: CasePage, user: User, items: Collection[str] | None) -> dict[str, object]:
    """The template's `answers`, `files` and `letters`.

    Identity numbers stand whole only for the window of that region.
    """
    whole = any(each.role == WINDOW and each.region == page.region for each in user.memberships)
    catalogue = page.deployment.catalogue_on(local_day(page.submitted_at))
    wanted = None if items is None else catalogue.handed_in_for(items)
    return {
        "answers": for_office(page, items=items, whole=whole),
        "files": [each for each in page.materials if wanted is None or each.material in {EVIDENCE, *wanted}],
        "letters": [each for each in page.letters if items is None or each.item in ("", *items)],
    }
