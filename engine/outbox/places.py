"""The pages to which a message may lead: their addresses, the same on a page and in a mail."""

from collections.abc import Mapping

# Page → its address for the applicant of the case `{number}`; a test holds each against the pages there are.
PAGES: Mapping[str, str] = {
    "case": "/cases/{number}",
    "clock": "/cases/{number}/clock",
    "correction": "/cases/{number}/correction",
    "hearing": "/cases/{number}/hearings",
    "inspection": "/cases/{number}/inspection",
    "later": "/cases/{number}/later",
    "certificate": "/cases/{number}/certificate.pdf",
    "holding": "/cases/{number}/certificate",
    "office": "/office/cases/{number}",
    "regulator": "/regulator",
    "counter": "/counter/issue",
}


def address(page: str, case_number: str) -> str:
    """The path of a page about this case, from the top of the site; its own page when there is no such."""
    return PAGES.get(page, PAGES["case"]).format(number=case_number)
