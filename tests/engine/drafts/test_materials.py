"""Materials are merged, each asked for once; files are attached to one's own draft only."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from engine import materials
from engine.drafts import read_draft, unfinished_sections, wanted_materials
from engine.errors import Invalid, NotFound
from engine.materials import attach, own_material, remove
from engine.people import User
from engine.tables import drafts
from engine.uploads import Upload
from tests.engine.drafts.filling import NOW, add_applicant, begin, hand_in


def test_a_material_that_several_items_need_is_asked_for_once(
    db: Connection, applicant: User, draft: str
) -> None:
    wanted = wanted_materials(db, read_draft(db, applicant, draft, NOW))
    plan = next(each for each in wanted if each.id == "floor_plan")
    assert len(plan.reasons) > 1
    assert plan.to_bring
    assert plan.missing
    assert plan.instead_of == ("场所平面布置图、消防设施平面图",)


def test_what_others_know_or_the_system_writes_need_not_be_brought(
    db: Connection, applicant: User, draft: str
) -> None:
    wanted = {each.id: each for each in wanted_materials(db, read_draft(db, applicant, draft, NOW))}
    assert not wanted["business_licence"].to_bring
    assert not wanted["application"].to_bring
    assert "不用您" in wanted["business_licence"].where


def test_a_file_handed_in_twice_stands_once(
    db: Connection, applicant: User, draft: str, tmp_path: Path
) -> None:
    for _ in range(2):
        hand_in(db, applicant, draft, "floor_plan", tmp_path)
    found = wanted_materials(db, read_draft(db, applicant, draft, NOW))
    assert [len(each.files) for each in found if each.id == "floor_plan"] == [1]


def test_a_removed_file_is_missing_again(db: Connection, applicant: User, draft: str, tmp_path: Path) -> None:
    hand_in(db, applicant, draft, "floor_plan", tmp_path)
    [file] = materials.materials_of(db, draft)
    remove(db, user=applicant, draft=draft, chosen=file.id)
    assert "materials" in unfinished_sections(db, read_draft(db, applicant, draft, NOW))
    with pytest.raises(NotFound):
        remove(db, user=applicant, draft=draft, chosen=file.id)


def test_nobody_touches_anothers_files(db: Connection, applicant: User, draft: str, tmp_path: Path) -> None:
    hand_in(db, applicant, draft, "floor_plan", tmp_path)
    [file] = materials.materials_of(db, draft)
    stranger = add_applicant(db, "stranger")
    own = begin(db, stranger)
    with pytest.raises(NotFound):
        own_material(db, stranger, file.id)
    with pytest.raises(NotFound):
        remove(db, user=stranger, draft=own, chosen=file.id)
    with pytest.raises(NotFound):
        remove(db, user=stranger, draft=draft, chosen=file.id)
    with pytest.raises(NotFound):
        hand_in(db, stranger, draft, "floor_plan", tmp_path)


def test_files_beyond_the_quota_are_refused(
    db: Connection, applicant: User, draft: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(materials, "MOST_FILES", 2)
    hand_in(db, applicant, draft, "floor_plan", tmp_path)
    hand_in(db, applicant, draft, "premises_proof", tmp_path)
    with pytest.raises(Invalid) as refused:
        hand_in(db, applicant, draft, "fire_rules", tmp_path)
    assert "60 个文件" in refused.value.errors["fire_rules"]


def test_bytes_beyond_the_quota_are_refused(
    db: Connection, applicant: User, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(materials, "MOST_BYTES", 10)
    upload = Upload("图.pdf", "application/pdf", b"12345678901")
    with pytest.raises(Invalid) as refused:
        attach(
            db, user=applicant, draft=draft, material="floor_plan", upload=upload, sha256="0" * 64, now=NOW
        )
    assert "200 MB" in refused.value.errors["floor_plan"]


def test_a_file_of_a_submitted_draft_can_no_longer_be_removed(
    db: Connection, applicant: User, draft: str, tmp_path: Path
) -> None:
    hand_in(db, applicant, draft, "floor_plan", tmp_path)
    [file] = materials.materials_of(db, draft)
    db.execute(update(drafts).where(drafts.c.id == draft).values(state="submitted"))
    with pytest.raises(NotFound):
        remove(db, user=applicant, draft=draft, chosen=file.id)
