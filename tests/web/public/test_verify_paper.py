"""What the code on a paper tells whoever scans it: current, replaced, forged; as a page and as JSON."""

import io
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update

from certificates.code.ring import open_ring, rotate
from certificates.register import Issue
from certificates.rendering import render_issue
from certificates.sealing.opening import open_seal
from engine.blobs import read_blob
from engine.database import transaction
from engine.tables import cases, certificate_issues, certificates, licence_sheets, licences, scans
from tests.certificates.test_register import NOW, first_issue, make_case, set_state
from tests.certified import Printer
from tests.web.conftest import Site, token

NUMBERS = count(8000)
BASE = "http://localhost"


@pytest.fixture
def printer(site: Site) -> Printer:
    return Printer(BASE, site.app.extensions["settings"].keys)


@pytest.fixture
def case(site: Site) -> int:
    """A case with two licences, its certificate not issued yet."""
    with transaction(site.engine) as db:
        return make_case(db, f"{next(NUMBERS)}")


@pytest.fixture
def paper(site: Site, printer: Printer, case: int) -> str:
    """The address in the code of its first issue."""
    with transaction(site.engine) as db:
        return printer.code(db, first_issue(db, case)).removeprefix(BASE)


def reissue(site: Site, case: int, reason: str = "变更") -> Issue:
    with transaction(site.engine) as db:
        return first_issue(db, case, reason)


def test_the_code_of_the_newest_issue_is_confirmed(client: FlaskClient, paper: str) -> None:
    page = client.get(paper)
    assert page.status_code == 200 and "<h1>有效</h1>" in page.text
    assert "数字签名是真的，二维码出自第 1 版证照" in page.text and "localhost" in page.text


def test_without_its_token_the_same_page_says_that_nothing_was_signed(
    client: FlaskClient, paper: str
) -> None:
    page = client.get(paper.rpartition("/")[0]).text
    assert "<h1>有效</h1>" in page and "没有核对二维码的数字签名" in page


def test_an_old_paper_says_which_issue_it_is_and_what_has_changed(
    site: Site, client: FlaskClient, case: int, paper: str
) -> None:
    with transaction(site.engine) as db:
        face = {"operator": "春和酒楼", "legal_representative": "李四", "address": "柳泉路130号"}
        db.execute(update(certificates).where(certificates.c.case_id == case).values(face))
    reissue(site, case)
    page = client.get(paper).text
    assert "<h1>已变更</h1>" in page and "您手里的是第 1 版，现在是第 2 版" in page
    assert "这一版已被换发，不再使用" in page and "这张证仍然有效" not in page
    assert "名称由“家常菜馆”改为“春和酒楼”。" in page and "由张*改为李*。" in page
    assert "经营场所由“柳泉路128号”改为“柳泉路130号”。" in page
    assert "李四" not in page and "张三丰" not in page


def test_a_revoked_licence_is_named_on_the_old_paper_s_page(
    site: Site, client: FlaskClient, case: int, paper: str
) -> None:
    with transaction(site.engine) as db:
        set_state(db, case, "tobacco_retail", "revoked")
    reissue(site, case)
    page = client.get(paper).text
    assert "<h1>部分有效</h1>" in page and "不再有“烟草专卖零售许可”（已撤销）。" in page


def test_the_paper_without_the_revoked_licence_is_valid_and_shows_it_as_an_earlier_one(
    site: Site, client: FlaskClient, case: int, paper: str, printer: Printer
) -> None:
    with transaction(site.engine) as db:
        set_state(db, case, "tobacco_retail", "revoked")
        current = printer.code(db, first_issue(db, case, "撤销")).removeprefix(BASE)
    page = client.get(current).text
    assert "<h1>有效</h1>" in page and "许可 1 项" in page
    assert "烟草专卖零售许可" in page.partition("以前的许可")[2]
    said = client.get(current + ".json").get_json()
    assert (said["state"], len(said["licences"]), len(said["earlier_licences"])) == ("valid", 1, 1)


def test_a_paper_whose_licences_have_all_ended_is_not_saved_by_one_added_later(
    site: Site, client: FlaskClient, case: int, paper: str
) -> None:
    with transaction(site.engine) as db:
        added = (licences.c.case_id == case, licences.c.item == "food_operation")
        set_state(db, case, "tobacco_retail", "cancelled")
        db.execute(update(licences).where(*added).values(name="另一项许可"))
    reissue(site, case)
    page = client.get(paper).text
    assert "<h1>已注销</h1>" in page and "不再有“烟草专卖零售许可”（已注销）。" in page


def test_a_forged_code_is_called_so_and_the_register_is_shown_beside(client: FlaskClient, paper: str) -> None:
    for forged in (paper[:-1], paper + "A", paper[:-40] + "A" * 40, paper.rpartition("/")[0] + "/ABC"):
        page = client.get(forged)
        assert page.status_code == 200 and "<h1>验证没有通过</h1>" in page.text
        assert "请不要采信手里的这张证" in page.text and "登记簿里的这张证" in page.text


def test_a_code_moved_from_another_certificate_is_forged(
    site: Site, client: FlaskClient, printer: Printer, paper: str
) -> None:
    with transaction(site.engine) as db:
        other = printer.code(db, first_issue(db, make_case(db, f"{next(NUMBERS)}")))
    moved = f"{paper.rpartition('/')[0]}/{other.rpartition('/')[2]}"
    assert "<h1>验证没有通过</h1>" in client.get(moved).text


def test_signed_facts_that_the_register_does_not_hold_are_forged(
    site: Site, client: FlaskClient, paper: str
) -> None:
    """Somebody with the key signed what was never issued: the register decides, not the signature."""
    public_id = paper.split("/")[2]
    ours = select(certificates.c.id).where(certificates.c.public_id == public_id).scalar_subquery()
    with transaction(site.engine) as db:
        this = update(certificate_issues).where(certificate_issues.c.certificate_id == ours)
        other = func.replace(certificate_issues.c.content, "家常菜馆", "另一家店")
        db.execute(this.values(content=other))
    page = client.get(paper).text
    assert "二维码里写的内容与登记簿里的这一版不一致" in page


def test_after_the_keys_were_rotated_an_old_paper_still_holds(
    client: FlaskClient, printer: Printer, paper: str
) -> None:
    rotate(printer.keys)
    assert "数字签名是真的" in client.get(paper).text


def test_an_unknown_id_is_unknown_whatever_its_token_says(client: FlaskClient, paper: str) -> None:
    with_token = client.get(f"/v/aaaaaaaaaa/{paper.rpartition('/')[2]}")
    assert with_token.status_code == 404 and "查无此证" in with_token.text


def test_programs_get_the_same_without_any_person(
    site: Site, client: FlaskClient, case: int, paper: str
) -> None:
    for answer in (client.get(paper + ".json"), client.get(paper, headers={"Accept": "application/json"})):
        said = answer.get_json()
        assert (said["state"], said["issue"], said["code"]["genuine"]) == ("valid", 1, True)
        assert [line["state"] for line in said["licences"]] == ["valid", "valid"]
        assert "张三丰" not in str(said) and "张*" not in str(said)
        assert answer.headers["Cache-Control"] == "no-store"
    reissue_after_change(site, case)
    said = client.get(paper + ".json").get_json()
    assert (said["state"], said["code"]["newest"], len(said["code"]["changed"])) == ("changed", False, 1)
    unknown = client.get("/v/aaaaaaaaaa.json")
    assert unknown.status_code == 404 and unknown.get_json()["state"] == "unknown"


def test_a_forged_paper_is_not_valid_for_programs_either(client: FlaskClient, paper: str) -> None:
    said = client.get(paper[:-1] + ".json").get_json()
    assert (said["state"], said["code"]["genuine"]) == ("not_genuine", False)
    assert said["registered_state"] == "valid"


def reissue_after_change(site: Site, case: int) -> None:
    """Its first licence gets another scope."""
    first = (licences.c.case_id == case, licences.c.item == "food_operation")
    with transaction(site.engine) as db:
        db.execute(update(licences).where(*first).values(scope="部分"))
    reissue(site, case)


def test_each_look_is_counted_by_day_and_nothing_else_is_kept(
    site: Site, client: FlaskClient, paper: str
) -> None:
    for _ in range(3):
        client.get(paper)
    ours = select(certificates.c.id).where(certificates.c.public_id == paper.split("/")[2]).scalar_subquery()
    with transaction(site.engine) as db:
        [row] = db.execute(select(scans).where(scans.c.certificate_id == ours)).all()
    assert row.count == 3 and set(row._fields) == {"certificate_id", "day", "count"}


def test_a_page_that_was_read_is_shown_although_the_look_could_not_be_counted(
    site: Site, client: FlaskClient, paper: str
) -> None:
    with transaction(site.engine) as db:
        db.execute(text("alter table scans rename to scans_away"))
    try:
        page = client.get(paper)
    finally:
        with transaction(site.engine) as db:
            db.execute(text("alter table scans_away rename to scans"))
    assert page.status_code == 200 and "<h1>有效</h1>" in page.text


def test_a_file_is_compared_with_the_register(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.public.verify.LARGEST", 1000)

    def send(content: bytes) -> str:
        data = {"csrf_token": token(client.get("/verify")), "file": (io.BytesIO(content), "证.pdf")}
        return client.post("/verify/file", data=data).text

    assert "请选择证照的 PDF 文件" in send(b"")
    assert "文件超过 10 MB" in send(b"%PDF" + b"0" * 1000)
    assert "现在不能判断" in send(b"no pdf at all")


def test_a_seal_that_cannot_be_checked_is_told_to_the_operator_alone(
    site: Site, client: FlaskClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good = site.app.extensions["settings"]
    (tmp_path / "seal.crl").write_text("half written")
    site.app.extensions["settings"] = replace(good, seal_crl=str(tmp_path / "seal.crl"))
    try:
        said = brought(client, b"%PDF-1.7")
    finally:
        site.app.extensions["settings"] = good
    assert "现在不能核对文件，请稍后再试" in said
    assert "seal.crl" not in said and "seal.crl" in caplog.text


def printed(site: Site, case: int) -> tuple[bytes, bytes]:
    """The files of a first issue whose holder wants sheets: the certificate, the sheet of one licence."""
    settings, wish = site.app.extensions["settings"], {"want_separate_certs": True}
    answers = {"legal_rep": "张三丰", "op_address": "柳泉路128号", **wish}
    with transaction(site.engine) as db:
        db.execute(update(cases).where(cases.c.id == case).values(answers=answers))
        made, seal = first_issue(db, case), open_seal(settings, NOW)
        at = {"blobs": settings.blobs, "base_url": BASE, "now": NOW}
        whole = render_issue(db, made.id, ring=open_ring(settings.keys), seal=seal, **at)
        query = select(licence_sheets.c.pdf_sha256).where(licence_sheets.c.issue_id == made.id)
        sheet = str(db.execute(query.order_by(licence_sheets.c.id)).scalars().first())
    return read_blob(settings.blobs, whole), read_blob(settings.blobs, sheet)


def brought(client: FlaskClient, content: bytes) -> str:
    """What the page says of a file that somebody brings."""
    data = {"csrf_token": token(client.get("/verify")), "file": (io.BytesIO(content), "证.pdf")}
    return client.post("/verify/file", data=data).text


def test_a_genuine_file_is_called_so_first_whatever_became_of_its_licences(
    site: Site, client: FlaskClient, case: int
) -> None:
    whole, sheet = printed(site, case)
    assert "<h1>文件是真的，现在有效</h1>" in brought(client, whole)
    for item, says in (("tobacco_retail", "但证照已有变动"), ("food_operation", "但许可现在无效")):
        with transaction(site.engine) as db:
            set_state(db, case, item, "revoked")
        assert f"<h1>文件是真的，{says}</h1>" in brought(client, whole)
    assert "<h1>文件是真的，但许可现在无效</h1>" in brought(client, sheet)
    assert "<h1>与登记簿不一致</h1>" in brought(client, whole + b" ")


def test_a_licence_s_own_sheet_is_known_as_issued(site: Site, client: FlaskClient, case: int) -> None:
    page = brought(client, printed(site, case)[1])
    assert "文件是真的，现在有效" in page and "食品经营许可证（" in page and "不是本系统签发的" not in page


def test_keys_and_list_may_be_kept_and_are_asked_for_again_by_their_tag(client: FlaskClient) -> None:
    for address in ("/.well-known/onepermit-keys.json", "/v/status.json"):
        first = client.get(address)
        assert first.status_code == 200 and "public" in first.headers["Cache-Control"]
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304 and not again.data


@pytest.mark.parametrize(
    ("login", "status"), [("inspector", 200), ("window", 200), ("applicant", 403), ("", 303)]
)
def test_the_check_on_the_spot_is_for_those_inside(site: Site, login: str, status: int) -> None:
    browser = site.signed_in(login) if login else site.browser()
    assert browser.get("/inspect/verify").status_code == status
    assert ("现场核验" in browser.get("/verify").text) == (status == 200)
