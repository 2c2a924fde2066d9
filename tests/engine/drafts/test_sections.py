"""A draft is filled in section by section; whatever was typed stays."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from engine.drafts import (
    ChangedElsewhere,
    discard,
    fingerprint,
    read_draft,
    save_section,
    start_draft,
    states,
)
from engine.drafts.records import write
from engine.drafts.start import NotForYou
from engine.errors import CaseMoved, Invalid, NotFound
from engine.people import User
from tests.engine.drafts.filling import (
    GUIDE,
    INDUSTRY,
    NOW,
    PREMISES,
    SECTIONS,
    SUBJECT,
    add_applicant,
    begin,
    fill,
)


def test_what_the_guide_was_told_is_in_the_form_already(db: Connection, applicant: User, draft: str) -> None:
    found = read_draft(db, applicant, draft, NOW)
    assert found.inputs(found.section("premises")) == {"district": "370303", "area": "320"}


def test_the_form_asks_for_the_items_of_this_applicant_only(db: Connection, applicant: User) -> None:
    draft = begin(db, applicant, tobacco=False, signboard=False, area=120)
    found = read_draft(db, applicant, draft, NOW)
    assert found.items == ("food_operation", "drainage")
    assert [section.id for section in found.form.sections] == [
        *("subject", "premises", "agent"),
        *("food_operation", "drainage"),
    ]


def test_an_unfinished_guide_starts_nothing(db: Connection, applicant: User) -> None:
    with pytest.raises(Invalid):
        start_draft(db, user=applicant, industry=INDUSTRY, answers={"district": "370303"}, now=NOW)


def test_a_shop_too_small_is_told_where_to_go_instead(db: Connection, applicant: User) -> None:
    with pytest.raises(NotForYou, match="小餐饮"):
        start_draft(db, user=applicant, industry=INDUSTRY, answers={**GUIDE, "area": 40}, now=NOW)


def test_an_unknown_industry_is_not_found(db: Connection, applicant: User) -> None:
    with pytest.raises(NotFound):
        start_draft(db, user=applicant, industry="space_travel", answers=GUIDE, now=NOW)


def test_anothers_draft_is_not_found(db: Connection, draft: str) -> None:
    stranger = add_applicant(db, "stranger")
    with pytest.raises(NotFound):
        read_draft(db, stranger, draft, NOW)
    with pytest.raises(NotFound):
        save_section(db, user=stranger, draft=draft, section="subject", raw=SUBJECT, seen="", now=NOW)


def test_a_section_without_errors_is_done(db: Connection, applicant: User, draft: str) -> None:
    assert fill(db, applicant, draft, "premises") == {}
    found = read_draft(db, applicant, draft, NOW)
    assert states(found)["premises"] == "done"
    assert found.record.answers["area"] == 320


def test_a_new_draft_has_everything_still_to_do(db: Connection, applicant: User, draft: str) -> None:
    found = states(read_draft(db, applicant, draft, NOW))
    assert list(found) == list(SECTIONS)
    assert set(found.values()) == {"todo"}


def test_a_wrong_value_is_named_and_kept_as_typed(db: Connection, applicant: User, draft: str) -> None:
    errors = fill(db, applicant, draft, "subject", uscc="91370303MA3T00017X")
    assert "校验位" in errors["uscc"]
    found = read_draft(db, applicant, draft, NOW)
    assert found.inputs(found.section("subject"))["uscc"] == "91370303MA3T00017X"
    assert found.inputs(found.section("subject"))["phone"] == "13800000001"
    assert states(found)["subject"] == "error"


def test_a_section_half_filled_in_is_still_to_do_and_not_wrong(
    db: Connection, applicant: User, draft: str
) -> None:
    assert "phone" in fill(db, applicant, draft, "subject", phone="")
    assert states(read_draft(db, applicant, draft, NOW))["subject"] == "todo"


def test_a_question_that_another_answer_hides_keeps_no_value(
    db: Connection, applicant: User, draft: str
) -> None:
    fill(db, applicant, draft, "agent", has_agent="no", agent_name="王代办")
    assert read_draft(db, applicant, draft, NOW).record.answers["agent_name"] is None


def test_a_larger_area_brings_an_item_and_says_why(db: Connection, applicant: User) -> None:
    draft = begin(db, applicant, area=120)
    found = read_draft(db, applicant, draft, NOW)
    seen = fingerprint(found, found.section("premises"))
    saved = save_section(
        db, user=applicant, draft=draft, section="premises", raw=PREMISES, seen=seen, now=NOW
    )
    assert [name for name, _ in saved.change.added] == ["公众聚集场所投入使用、营业前消防安全检查"]
    assert "300平方米" in saved.change.added[0][1]
    assert "fire_check" in read_draft(db, applicant, draft, NOW).items


def test_a_smaller_area_takes_an_item_away_and_says_why(db: Connection, applicant: User, draft: str) -> None:
    found = read_draft(db, applicant, draft, NOW)
    seen = fingerprint(found, found.section("premises"))
    raw = {**PREMISES, "area": "200"}
    saved = save_section(db, user=applicant, draft=draft, section="premises", raw=raw, seen=seen, now=NOW)
    assert [why for _, why in saved.change.dropped] == [
        "您的店不超过300平方米，开业前不用办消防安全检查；日常消防安全仍要自己负责。"
    ]
    assert "fire_check" not in states(read_draft(db, applicant, draft, NOW))


def test_an_area_that_leads_out_of_the_industry_is_told_and_changes_nothing_yet(
    db: Connection, applicant: User, draft: str
) -> None:
    found = read_draft(db, applicant, draft, NOW)
    seen = fingerprint(found, found.section("premises"))
    raw = {**PREMISES, "area": "40"}
    saved = save_section(db, user=applicant, draft=draft, section="premises", raw=raw, seen=seen, now=NOW)
    assert saved.ineligible is not None
    assert "小餐饮登记" in saved.ineligible.instead
    after = read_draft(db, applicant, draft, NOW)
    assert after.items == found.items
    assert after.inputs(after.section("premises"))["area"] == "40"


def test_another_district_moves_the_application_there(db: Connection, applicant: User, draft: str) -> None:
    fill(db, applicant, draft, "premises", district="370302")
    record = read_draft(db, applicant, draft, NOW).record
    assert (record.region, record.guide["district"]) == ("370302", "370302")


def test_a_second_tab_does_not_overwrite_silently(db: Connection, applicant: User, draft: str) -> None:
    found = read_draft(db, applicant, draft, NOW)
    seen_by_both = fingerprint(found, found.section("premises"))
    first, second = {**PREMISES, "floors": "1 层"}, {**PREMISES, "floors": "2 层"}
    save_section(db, user=applicant, draft=draft, section="premises", raw=first, seen=seen_by_both, now=NOW)
    with pytest.raises(ChangedElsewhere) as told:
        save_section(
            db, user=applicant, draft=draft, section="premises", raw=second, seen=seen_by_both, now=NOW
        )
    assert told.value.differ == ("floors",)
    assert told.value.saved["floors"] == "1 层"
    save_section(
        db, user=applicant, draft=draft, section="premises", raw=second, seen=told.value.seen, now=NOW
    )
    assert read_draft(db, applicant, draft, NOW).record.answers["floors"] == "2 层"


def test_the_same_form_posted_twice_is_saved_once(db: Connection, applicant: User, draft: str) -> None:
    found = read_draft(db, applicant, draft, NOW)
    seen = fingerprint(found, found.section("premises"))
    for _ in range(2):
        saved = save_section(
            db, user=applicant, draft=draft, section="premises", raw=PREMISES, seen=seen, now=NOW
        )
        assert saved.errors == {}


def test_two_tabs_may_fill_in_different_sections(db: Connection, applicant: User, draft: str) -> None:
    found = read_draft(db, applicant, draft, NOW)
    seen = {name: fingerprint(found, found.section(name)) for name in ("premises", "drainage")}
    for name, stamp in seen.items():
        save_section(db, user=applicant, draft=draft, section=name, raw=SECTIONS[name], seen=stamp, now=NOW)
    assert states(read_draft(db, applicant, draft, NOW))["drainage"] == "done"


def test_a_section_that_no_item_asks_for_is_not_found(db: Connection, applicant: User, draft: str) -> None:
    with pytest.raises(NotFound):
        save_section(db, user=applicant, draft=draft, section="swimming", raw={}, seen="", now=NOW)


def test_a_discarded_draft_is_gone(db: Connection, applicant: User, draft: str) -> None:
    discard(db, applicant, draft, NOW)
    with pytest.raises(NotFound):
        read_draft(db, applicant, draft, NOW)


def test_a_write_over_a_newer_version_is_refused(db: Connection, applicant: User, draft: str) -> None:
    record = read_draft(db, applicant, draft, NOW).record
    write(db, record, NOW)
    with pytest.raises(CaseMoved):
        write(db, record, NOW)


def test_ten_megabytes_of_text_are_an_error_and_do_not_fill_the_database(
    db: Connection, applicant: User, draft: str
) -> None:
    errors = fill(db, applicant, draft, "subject", business_scope="餐" * 3_500_000)
    assert "最多 2000 个字" in errors["business_scope"]
    kept = read_draft(db, applicant, draft, NOW).record.typed["subject"]["business_scope"]
    assert len(kept) < 25_000


def test_an_emoji_in_the_name_is_an_error_at_the_name(db: Connection, applicant: User, draft: str) -> None:
    assert list(fill(db, applicant, draft, "subject", ent_name="小厨🍜飘香")) == ["ent_name"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.dictionaries(
        st.sampled_from([*PREMISES, *SUBJECT, "x", "fire_duty-0-name"]), st.text(), max_size=9
    )
)
def test_whatever_is_typed_is_answered_and_comes_back(
    db: Connection, applicant: User, draft: str, raw: dict[str, str]
) -> None:
    found = read_draft(db, applicant, draft, NOW)
    seen = fingerprint(found, found.section("subject"))
    saved = save_section(db, user=applicant, draft=draft, section="subject", raw=raw, seen=seen, now=NOW)
    after = read_draft(db, applicant, draft, NOW)
    assert states(after)["subject"] in ("done", "todo", "error")
    assert not saved.errors or after.record.typed["subject"].keys() <= raw.keys()
