"""What of a case a person inside is shown: the answers and files that the items of their offices need."""

from collections.abc import Collection

from engine.days import local_day
from engine.linked import EVIDENCE
from engine.people import User
from engine.queries.cases import CasePage
from web.answers import for_office

WINDOW = "window"
DRAFTING = (WINDOW, "clerk")


def shown(page: CasePage, user: User, items: Collection[str] | None) -> dict[str, object]:
    """The template's `answers`, `files` and `letters`, and whether there is a draft to see.

    Identity numbers stand whole only for the window of that region.
    """
    whole = any(each.role == WINDOW and each.region == page.region for each in user.memberships)
    catalogue = page.deployment.catalogue_on(local_day(page.submitted_at))
    wanted = None if items is None else catalogue.handed_in_for(items)
    return {
        "answers": for_office(page, items=items, whole=whole),
        "files": [each for each in page.materials if wanted is None or each.material in {EVIDENCE, *wanted}],
        "letters": [each for each in page.letters if items is None or each.item in ("", *items)],
        "draft": sees_draft(page, user, items),
    }


def sees_draft(page: CasePage, user: User, items: Collection[str] | None) -> bool:
    """Whether there is a draft of the certificate, and the person is of an office that has the whole case."""
    granted = any(each.licence for each in page.items)
    return items is None and granted and page.certificate is None and not user.roles.isdisjoint(DRAFTING)
