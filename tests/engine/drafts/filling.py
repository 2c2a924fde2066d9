"""A restaurant's application as a person would fill it in, section by section; names only what tests vary."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from pypdf import PdfWriter
from sqlalchemy import Connection

from engine.blobs import write_blob
from engine.drafts import fingerprint, read_draft, save_section, start_draft, wanted_materials
from engine.materials import attach
from engine.people import Membership, User, add_user, find_user
from engine.uploads import check_upload
from tests.filing import QUICK

INDUSTRY = "restaurant"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in Beijing
GUIDE: Mapping[str, bool | int | float | str] = {
    "district": "370303",
    "area": 320,
    "cold_food": False,
    "greasy_water": True,
    "tobacco": True,
    "signboard": True,
}
USCC = "91370303MA3T00017Y"
SUBJECT: Mapping[str, str | list[str]] = {
    "uscc": USCC,
    "ent_name": "淄博小厨飘香餐饮有限公司",
    "ent_type": "企业法人",
    "legal_rep": "张守信",
    "legal_rep_id_type": "居民身份证",
    "legal_rep_id_no": "370303190001010016",
    "phone": "13800000001",
    "reg_address": "山东省淄博市张店区柳泉路演示 1 号",
    "business_scope": "餐饮服务；食品销售；烟草制品零售。",
}
PREMISES: Mapping[str, str | list[str]] = {
    "op_address": "山东省淄博市张店区柳泉路演示 1 号一层",
    "district": "370303",
    "area": "320",
    "floors": "1 层",
    "property_type": "商业",
    "tenure": "租赁",
    "staff_count": "12",
}
SECTIONS: Mapping[str, Mapping[str, str | list[str]]] = {
    "subject": SUBJECT,
    "premises": PREMISES,
    "agent": {"has_agent": "no", "delivery": "仅电子证照", "want_separate_certs": "no"},
    "food_operation": {
        "food_biz_type": "餐饮服务经营者",
        "food_items": ["热食类制售", "自制饮品制售"],
        "food_safety_mgr-0-name": "李洁",
        "food_safety_mgr-0-id_no": "370303190001010016",
        "food_safety_mgr-0-phone": "13800000009",
        "food_online": "yes",
        "food_chain": "no",
    },
    "fire_check": {
        "fire_building": "三层框架结构，高 12 米，耐火等级二级，本店在一层。",
        "fire_exits": "2",
        "fire_facilities": ["灭火器", "应急照明和疏散指示"],
        "fire_duty-0-duty": "消防安全责任人",
        "fire_duty-0-name": "张守信",
        "fire_duty-0-id_no": "370303190001010016",
        "fire_duty-0-phone": "13800000001",
    },
    "tobacco_retail": {"tob_scope": ["卷烟"], "tob_separate_home": "yes", "tob_special": "无"},
    "drainage": {"dr_volume": "3", "dr_pretreat": ["隔油池"]},
    "signboard": {"sign_size": "长 6 米、高 1.2 米、厚 0.2 米"},
}


def add_applicant(db: Connection, login: str = "applicant") -> User:
    roles = [Membership("applicant")]
    user_id = add_user(db, login=login, name="张守信", password=QUICK, roles=roles, now=NOW)
    user = find_user(db, user_id)
    assert user is not None
    return user


def begin(db: Connection, user: User, **answers: bool | int | float | str) -> str:
    return start_draft(db, user=user, industry=INDUSTRY, answers={**GUIDE, **answers}, now=NOW)


def fill(db: Connection, user: User, draft: str, section: str, **typed: str | list[str]) -> dict[str, str]:
    """Save a section as SECTIONS says, with some inputs replaced; returns the errors."""
    found = read_draft(db, user, draft, NOW)
    seen = fingerprint(found, found.section(section))
    raw = {**SECTIONS[section], **typed}
    return save_section(db, user=user, draft=draft, section=section, raw=raw, seen=seen, now=NOW).errors


def pdf(words: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": words})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def hand_in(db: Connection, user: User, draft: str, material: str, blobs: Path) -> None:
    upload = check_upload(material, "材料.pdf", pdf(material))
    sha256 = write_blob(blobs, upload.content)
    attach(db, user=user, draft=draft, material=material, upload=upload, sha256=sha256, now=NOW)


def fill_everything(db: Connection, user: User, blobs: Path, **answers: bool | int | float | str) -> str:
    """A draft that is ready to be filed."""
    return finish(db, user, begin(db, user, **answers), blobs, area=str(answers.get("area", 320)))


def finish(db: Connection, user: User, draft: str, blobs: Path, **premises: str) -> str:
    """Fill in and hand in all that the draft asks for."""
    for section in read_draft(db, user, draft, NOW).form.sections:
        assert fill(db, user, draft, section.id, **premises if section.id == "premises" else {}) == {}
    for wanted in wanted_materials(db, read_draft(db, user, draft, NOW)):
        if wanted.to_bring:
            hand_in(db, user, draft, wanted.id, blobs)
    return draft
