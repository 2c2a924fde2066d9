"""Promises a verdict on a licence's own sheet, by that licence alone: whatever became of its neighbours."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from certificates.current import rows_on
from certificates.facts import read_facts
from certificates.public import IN_FORCE, state_of
from certificates.verdict import ALTERED, AS_REGISTERED, CANNOT_TELL, ENDED, GOOD, UNKNOWN, Verdict
from engine.days import local_day
from engine.tables import certificate_issues, certificates, licence_sheets, licences

SHEET = "单项证照"


def sheet_with(db: Connection, sha256: str) -> Row[Any] | None:
    """The sheet whose file has this SHA-256 (hex), with its licence, issue and certificate."""
    return _sheet(db, licence_sheets.c.pdf_sha256 == sha256)


def judge_sheet(db: Connection, sheet: Row[Any], now: datetime) -> Verdict:
    """The verdict on a file that is exactly what was once issued: is it the newest, does its licence hold?"""
    licence = db.execute(rows_on(local_day(now)).where(licences.c.id == sheet.licence_id)).one()
    state = state_of(licence)
    held = f"{read_facts(sheet.content).title}（{sheet.number}）：{state}。"
    newest = _sheet(db, licence_sheets.c.licence_id == sheet.licence_id)
    if newest is not None and newest.id != sheet.id:
        word = ALTERED if state in IN_FORCE else ENDED
        old = f"这张{SHEET}随第{sheet.issue}版证照签发，已被随第{newest.issue}版签发的代替。请使用新的。"
        return Verdict(word, (AS_REGISTERED, old, held), sheet.number, sheet.public_id)
    word = GOOD if state in IN_FORCE else ENDED
    return Verdict(word, (AS_REGISTERED, held), sheet.number, sheet.public_id)


def judge_as_sheet(db: Connection, number: str) -> Verdict:
    """The verdict on a file that says it is this licence's sheet, and is not what was issued."""
    named = _sheet(db, licences.c.number == number)
    if named is None:
        return Verdict(UNKNOWN, (f"文件自称是{SHEET} {number}，但登记簿里没有签发过。",), number)
    if named.pdf_sha256 is None:
        reason = f"{SHEET} {number} 的文件还没有生成，没有可以比对的内容。请稍后再试。"
        return Verdict(CANNOT_TELL, (reason,), number, named.public_id)
    reason = f"文件与登记簿里的{SHEET} {number}不一致，可能被改动过。请以扫码查询结果为准。"
    return Verdict(ALTERED, (reason,), number, named.public_id)


def _sheet(db: Connection, match: ColumnElement[bool]) -> Row[Any] | None:
    """The newest sheet that fits."""
    query = (
        select(licence_sheets, licences.c.number, certificate_issues.c.issue, certificates.c.public_id)
        .join(licences, licences.c.id == licence_sheets.c.licence_id)
        .join(certificate_issues, certificate_issues.c.id == licence_sheets.c.issue_id)
        .join(certificates, certificates.c.id == certificate_issues.c.certificate_id)
        .where(match)
        .order_by(licence_sheets.c.id.desc())
        .limit(1)
    )
    return db.execute(query).one_or_none()
