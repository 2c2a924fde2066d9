"""What a page says of what happened, and of what a case waits for."""

from datetime import UTC, datetime

import pytest

from certificates.public import WORDS
from engine.acts import ACTS
from engine.queries.parts import WAIT
from engine.queries.timeline import WAIT_OVER, Entry
from engine.queries.tracked import TrackedTask
from engine.status import status_of
from tests.engine.test_words_of_a_case import NEW
from tests.web.conftest import Site
from web import words, words_of_life

DAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.mark.parametrize("act", ACTS)
def test_every_act_leads_to_a_status_that_has_a_word(site: Site, act: str) -> None:
    with site.app.test_request_context():
        status = status_of(NEW, {act}, False)
        assert words.status(status) != status


def test_a_date_that_the_case_waits_for_is_no_deadline(site: Site) -> None:
    with site.app.test_request_context():
        line = words._waiting(TrackedTask("公示满十日", WAIT, "", DAY))
    assert (line.title, line.who, line.state) == ("公示满十日", "", "active")
    assert line.text == "等到 2026年11月30日，之后自动进入下一步"


def test_the_end_of_a_wait_is_told_to_everybody(site: Site) -> None:
    entry = Entry(DAY, WAIT_OVER, "system", "公示满十日", "", "", "")
    with site.app.test_request_context():
        line = words._line(entry, inside=False)
    assert line is not None
    assert (line.title, line.at, line.state) == ("公示满十日", DAY, "done")


@pytest.mark.parametrize("outcome", ["announced", "support", "oppose", "divided"])
def test_how_an_announcement_and_a_hearing_ended_has_words(site: Site, outcome: str) -> None:
    with site.app.test_request_context():
        assert words.outcome(outcome) != outcome


@pytest.mark.parametrize("state", sorted(set(WORDS) - {"changed"}))
def test_how_a_licence_stands_is_called_the_same_for_its_holder_and_for_the_public(
    site: Site, state: str
) -> None:
    with site.app.test_request_context():
        assert words_of_life.licence_state(state) == WORDS[state]
