"""Measures the list of all states, the search among all certificates, and signing and checking tokens."""

import gzip
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from sqlalchemy import Connection, insert, text

from certificates.code.ring import open_ring
from certificates.code.status_list import read_status_list
from certificates.code.token import read_token, write_token
from certificates.facts import CertificateData, LicenceLine
from certificates.registry import ENDED, VALID, Wanted, search
from engine.bench.industry import REGION
from engine.bench.scratch import scratch
from engine.database import connect, transaction
from engine.people import add_user
from engine.tables import deployments, subjects

Progress = Callable[[str], AbstractContextManager[None]]
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
ID = "k7m2p9xq4w"
TOKENS = 500
SEARCHES = {
    "店名中的两个字": Wanted("春和"),
    "人人都有的字": Wanted("餐饮有限公司"),
    "证号开头": Wanted("B-YZ-2026-0000"),
    "行业": Wanted(industry="bench"),
    "行业里失效的": Wanted(industry="bench", state=ENDED),
    "店名，全部有效的": Wanted("餐饮有限公司", state=VALID),
}


@dataclass(frozen=True)
class Codes:
    """Seconds and bytes of the list; tokens a second on one core; milliseconds of each kind of search."""

    certificates: int
    list_s: float
    list_bytes: int
    signed_per_s: float
    checked_per_s: float
    searches_ms: dict[str, float]


def measure_codes(url: str, progress: Progress, *, certificates: int) -> Codes:
    """Measure in a database made for it on the server of `url`: five licences each, one in fifty ended."""
    with scratch(url) as address:
        engine = connect(address)
        try:
            with progress(f"填入 {certificates} 张证"), transaction(engine) as db:
                fill(db, certificates)
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                db.execute(text("vacuum analyze"))
            with progress("状态名单"), transaction(engine) as db:
                begun = time.perf_counter()
                made = read_status_list(db, NOW)
                size = len(gzip.compress(made.states, mtime=0))
                list_s = time.perf_counter() - begun
            with progress("查找"), transaction(engine) as db:
                searches = {name: _search(db, wanted) for name, wanted in SEARCHES.items()}
        finally:
            engine.dispose()
    with progress("签名和验签"):
        signed, checked = _tokens()
    return Codes(certificates, list_s, size, signed, checked, searches)


def _search(db: Connection, wanted: Wanted) -> float:
    """Milliseconds of the first page, the median of five."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        search(db, wanted, NOW)
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)


def _tokens() -> tuple[float, float]:
    """Tokens signed and checked a second."""
    lines = tuple(LicenceLine(f"许可{i}", f"N{i}", "某局", "全部", TODAY, TODAY) for i in range(6))
    facts = CertificateData("证", "N-1", 1, "行业", "某店", "某人", "某路", "", "某局", TODAY, lines)
    with tempfile.TemporaryDirectory() as folder:  # the key is read from it each time that it signs
        ring = open_ring(Path(folder))
        begun = time.perf_counter()
        tokens = [write_token(ring, ID, facts, place) for place in range(TOKENS)]
        signed = time.perf_counter()
        for token in tokens:
            read_token(ring, ID, token)
        return TOKENS / (signed - begun), TOKENS / (time.perf_counter() - signed)


def fill(db: Connection, certificates: int) -> None:
    """Add so many made-up certificates of the industry `bench`, which nobody has published."""
    user = add_user(db, login="bench", name="某甲", password="bench", roles=(), now=NOW)
    subject = insert(subjects).values(uscc="bench", name="某店").returning(subjects.c.id)
    deployment = {"industry": "bench", "version": 1, "sha256": "", "files": b"", "published_at": NOW}
    published = insert(deployments).values(deployment).returning(deployments.c.id)
    values = {
        "count": certificates,
        "user": user,
        "subject": db.execute(subject).scalar_one(),
        "deployment": db.execute(published).scalar_one(),
        "region": REGION,
        "now": NOW,
        "today": TODAY,
    }
    for statement in (_CASES, _CERTIFICATES, _ISSUES, _LICENCES, _ENTRIES):
        db.execute(text(statement), {name: values[name] for name in values if f":{name}" in statement})


_CASES = """
    insert into cases (number, industry, region, subject_id, applicant_id, deployment_id, operator, uscc,
        phone, status, accepted, guide, answers, sources, workflow_state, committed_on, submitted_at)
    select 'bench-' || n, 'bench', :region, :subject, :user, :deployment, '某店', '', '', 'granted', true,
        '{}', '{}', '{}', '', :today, :now
    from generate_series(1, :count) n
    """
_CERTIFICATES = """
    insert into certificates (public_id, number, case_id, subject_id, industry, region, operator,
        legal_representative, address, uscc, department, created_at)
    select 'bench' || id, 'B-YZ-2026-' || lpad(id::text, 6, '0'), id, subject_id, industry, region, '某店',
        '', '', '', '', :now
    from cases where industry = 'bench' order by id
    """
_ISSUES = """
    insert into certificate_issues (certificate_id, issue, reason, content, issued_at)
    select id, 1, '首次签发', '{}', :now from certificates where industry = 'bench'
    """
_LICENCES = """
    insert into licences (case_id, certificate_id, item, name, document, number, decider, scope, valid_from,
        valid_until, state, printed)
    select case_id, id, 'item' || n, '许可' || n, '证', 'N' || id || '-' || n, '某局', '', :today,
        :today + 365,
        case when id % 50 = 0 and n = 1 then 'revoked' else 'valid' end, true
    from certificates cross join generate_series(1, 5) n where industry = 'bench'
    """
_ENTRIES = """
    insert into registry_entries (certificate_id, number, uscc, industry, industry_name, operator, address,
        searched, pairs)
    select id, number, '', 'bench', '行业', name, road, name || ' ' || road, array(
        select distinct substr(word, i, 2) from unnest(array[name, road]) word
        cross join generate_series(1, length(word) - 1) i)
    from (select id, number,
        '淄博张店' || case when id % 997 = 0 then '春和' else chr(19968 + id::int % 3000) ||
            chr(23000 + id::int % 2000) end || '餐饮有限公司' as name,
        '柳泉路' || id % 900 || '号' as road from certificates where industry = 'bench') named
    """
