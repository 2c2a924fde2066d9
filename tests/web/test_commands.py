"""What publish, check, scenarios, audit and verify say, to people and to programs, and their exit status."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select, text, update

from certificates.rendering import render_issue
from certificates.sealing.opening import open_seal
from engine.blobs import read_blob
from engine.database import connect, transaction
from engine.settings import Settings
from engine.tables import certificate_issues, certificates, deployments, events, licence_sheets, licences
from tests.certificates.examples import RING
from tests.certificates.test_register import NOW, first_issue, make_case
from tests.certificates.test_sheets import wanting
from tests.filing import ROOT
from web.cli import cli


@dataclass(frozen=True)
class Shell:
    """The command line, with the database and the folder of files that its environment names."""

    database_url: str
    root: Path
    var: Path

    def run(self, *arguments: str) -> Result:
        """A command in this process."""
        return CliRunner().invoke(cli, arguments, env=self.environment(), prog_name="onepermit")

    def process(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A command as a process of its own, whose exit status is the shell's."""
        command = [sys.executable, "-m", "web.cli", *arguments]
        env = os.environ | self.environment()
        return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)

    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.database_url,
            "CODE_LOCATION": str(self.root),
            "VAR": str(self.var),
        }

    def change(self, path: str, old: str, new: str) -> None:
        """Change one of the designers' files."""
        file = self.root / path
        before = file.read_text(encoding="utf-8")
        assert old in before
        file.write_text(before.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def shell(db_url: str, tmp_path: Path) -> Shell:
    """A clean database and a copy of the designers' files."""
    for folder in ("processes", "forms/definitions"):
        shutil.copytree(ROOT / folder, tmp_path / "code" / folder)
    return Shell(db_url, tmp_path / "code", tmp_path / "var")


@pytest.fixture
def database(shell: Shell) -> Iterator[Engine]:
    engine = connect(shell.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def certificate(shell: Shell, database: Engine, tmp_path: Path) -> Path:
    """The printed file of a certificate in the register."""
    with transaction(database) as db:
        made = first_issue(db, make_case(db, "0001"))
        blobs, seal = shell.var / "blobs", open_seal(Settings(var=shell.var), NOW)
        base_url = "https://permit.example"
        sha256 = render_issue(db, made.id, blobs=blobs, ring=RING, base_url=base_url, seal=seal, now=NOW)
    file = tmp_path / "证书.pdf"
    file.write_bytes(read_blob(blobs, sha256))
    return file


def told(result: Result) -> Any:
    return json.loads(result.stdout)


def test_publishing_says_which_version_an_industry_now_is(shell: Shell, database: Engine) -> None:
    answer = shell.run("publish", "restaurant")
    assert answer.exit_code == 0, answer.output
    assert "餐饮店：已发布第 1 版" in answer.stdout
    with database.connect() as db:
        assert db.execute(select(deployments.c.version)).scalars().all() == [1]


def test_publishing_the_same_again_is_the_same_version(shell: Shell, database: Engine) -> None:
    shell.run("publish", "restaurant")
    again = shell.run("publish", "restaurant")
    assert "内容没有变化，仍是第 1 版" in again.stdout
    shell.change("processes/restaurant/industry.yaml", "name: 餐饮店", "name: 饭店")
    assert "饭店：已发布第 2 版" in shell.run("publish", "restaurant").stdout


def test_files_with_mistakes_are_not_published(shell: Shell, database: Engine) -> None:
    shell.change("processes/items/food_operation.yaml", "reviewer: market", "reviewer: markte")
    answer = shell.process("publish", "restaurant")
    assert answer.returncode == 2
    assert "processes/items/food_operation.yaml" in answer.stderr
    assert "market" in answer.stderr
    with database.connect() as db:
        assert db.execute(select(deployments)).all() == []


def test_nothing_is_published_while_one_of_them_has_a_mistake(shell: Shell, database: Engine) -> None:
    shell.change("processes/cafe/industry.yaml", "id: cafe", "id: caffe")
    assert shell.process("publish", "restaurant", "cafe").returncode == 2
    with database.connect() as db:
        assert db.execute(select(deployments)).all() == []


def test_checking_good_files_finds_nothing(shell: Shell) -> None:
    answer = shell.run("check", "--json")
    assert (answer.exit_code, told(answer)) == (0, {"mistakes": []})
    assert "没有发现问题" in shell.run("check").stdout


def test_checking_names_file_element_and_remedy(shell: Shell) -> None:
    shell.change("processes/items/food_operation.yaml", "reviewer: market", "reviewer: markte")
    answer = shell.run("check", "--json", "restaurant")
    assert answer.exit_code == 1
    (mistake,) = told(answer)["mistakes"]
    assert set(mistake) == {"file", "element", "says", "do"}
    assert mistake["file"] == "processes/items/food_operation.yaml"
    assert "market" in mistake["do"]


def test_checking_asks_for_the_scenarios_that_matter(shell: Shell) -> None:
    (shell.root / "processes/restaurant/scenarios/all_granted.yaml").write_text("title: [")
    answer = shell.run("check", "--json", "restaurant")
    assert answer.exit_code == 1
    assert {each["file"] for each in told(answer)["mistakes"]} == {
        "processes/restaurant/scenarios/all_granted.yaml"
    }


def test_checking_everything_names_what_no_industry_uses(shell: Shell) -> None:
    (shell.root / "forms/definitions/steps/lost.yaml").write_text("title: 无\nintro: 无\nfields: {}\n")
    assert shell.run("check", "restaurant").exit_code == 0
    answer = shell.run("check", "--json")
    assert "forms/definitions/steps/lost.yaml" in {each["file"] for each in told(answer)["mistakes"]}


def test_checking_an_industry_that_does_not_exist_is_a_finding(shell: Shell) -> None:
    assert shell.run("check", "restaurnat").exit_code == 1


def test_scenarios_that_pass_over_every_flow_are_good(shell: Shell) -> None:
    answer = shell.run("scenarios", "--json")
    assert answer.exit_code == 0, answer.output
    assert set(told(answer)) == {path.parent.name for path in ROOT.glob("processes/*/industry.yaml")}
    for found in told(answer).values():
        assert set(found) == {"scenarios", "passed", "failed", "flows", "flows_covered"}
        assert found["failed"] == 0
        assert found["passed"] == found["scenarios"] >= 5
        assert found["flows_covered"] == found["flows"] > 20


def test_scenarios_of_several_industries_are_summed_up(shell: Shell) -> None:
    answer = shell.run("scenarios", "restaurant", "cafe")
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.splitlines()[-1].startswith("共 2 个行业")


def test_a_scenario_that_fails_is_a_finding_that_says_why(shell: Shell) -> None:
    shell.change("processes/restaurant/scenarios/food_only.yaml", "visit: true", "visit: false")
    answer = shell.run("scenarios", "restaurant")
    assert answer.exit_code == 1
    assert "不应当有现场踏勘，实际有。" in answer.stdout
    assert told(shell.run("scenarios", "--json", "restaurant"))["restaurant"]["failed"] == 1


def test_a_flow_that_no_scenario_walks_is_a_finding(shell: Shell) -> None:
    (shell.root / "processes/restaurant/scenarios/window_late.yaml").unlink()
    answer = shell.run("scenarios", "restaurant")
    assert answer.exit_code == 1
    assert "没有走到：" in answer.stdout


def test_an_audit_of_logs_that_hold_is_good(shell: Shell, database: Engine) -> None:
    with transaction(database) as db:
        make_case(db, "0001")
    answer = shell.run("audit", "--json")
    assert (answer.exit_code, told(answer)) == (0, {"cases": 1, "breaks": []})


def test_an_audit_names_the_case_and_line_that_do_not_hold(shell: Shell, database: Engine) -> None:
    with transaction(database) as db:
        case_id = make_case(db, "0001")
        forged = {"case_id": case_id, "seq": 1, "at": NOW, "actor": "user:1", "type": "submitted"}
        db.execute(events.insert().values(payload="{}", previous="", hash="0" * 64, **forged))
        db.execute(text("update cases set last_seq = 1, last_hash = repeat('0', 64)"))
    answer = shell.run("audit", "--json")
    assert answer.exit_code == 1
    (found,) = told(answer)["breaks"]
    assert (found["case"], found["seq"]) == ("370303-YYZ-20261122-0001", 1)
    assert "370303-YYZ-20261122-0001 第1条" in shell.run("audit").stdout


def test_a_database_without_tables_could_not_be_audited(shell: Shell, server_url: str) -> None:
    answer = Shell(server_url, shell.root, shell.var).process("audit")
    assert answer.returncode == 2
    assert "onepermit upgrade" in answer.stderr


def test_a_certificate_s_file_is_verified(shell: Shell, certificate: Path) -> None:
    answer = shell.run("verify", str(certificate), "--json")
    assert answer.exit_code == 0, answer.output
    found = told(answer)
    assert (found["verdict"], found["number"]) == ("valid", "370303-YZ-2026-000001")
    assert set(found) == {"verdict", "reasons", "number", "public_id", "as_issued"}
    assert "✓ 有效" in shell.run("verify", str(certificate)).stdout


def test_a_licence_s_own_sheet_is_verified(shell: Shell, database: Engine, tmp_path: Path) -> None:
    with transaction(database) as db:
        made, blobs, seal = wanting(db), shell.var / "blobs", open_seal(Settings(var=shell.var), NOW)
        render_issue(db, made, blobs=blobs, ring=RING, base_url="https://permit.example", seal=seal, now=NOW)
        sha256 = db.execute(select(licence_sheets.c.pdf_sha256).order_by(licence_sheets.c.id)).scalars().all()
    (tmp_path / "单项.pdf").write_bytes(read_blob(blobs, str(sha256[0])))
    assert "✓ 有效：N0001-0" in shell.run("verify", str(tmp_path / "单项.pdf")).stdout


def test_a_changed_file_is_a_finding(shell: Shell, certificate: Path) -> None:
    certificate.write_bytes(certificate.read_bytes() + b" ")
    answer = shell.run("verify", str(certificate), "--json")
    assert (answer.exit_code, told(answer)["verdict"]) == (1, "changed")


def test_a_revoked_certificate_is_a_finding_by_file_and_by_address(
    shell: Shell, database: Engine, certificate: Path
) -> None:
    with transaction(database) as db:
        db.execute(update(licences).values(state="revoked"))
        code = db.execute(select(certificates.c.public_id)).scalar_one()
    for given in (str(certificate), f"https://permit.example/v/{code}", "370303-YZ-2026-000001", code):
        answer = shell.run("verify", given, "--json")
        assert (answer.exit_code, told(answer)["verdict"]) == (3, "revoked")


def test_a_number_that_nobody_issued_is_a_finding(shell: Shell) -> None:
    answer = shell.run("verify", "370303-YZ-2026-999999")
    assert answer.exit_code == 4
    assert "✗ 查无此证" in answer.stdout


def test_what_cannot_be_judged_is_said_to_be_so(
    shell: Shell, database: Engine, certificate: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_text("not a PDF")
    assert shell.run("verify", str(letter)).exit_code == 5
    with transaction(database) as db:
        db.execute(update(certificate_issues).values(pdf_sha256=None))
    answer = shell.run("verify", str(certificate), "--json")
    assert (answer.exit_code, told(answer)["verdict"]) == (5, "cannot_tell")


def test_a_file_that_is_not_there_could_not_be_verified(shell: Shell) -> None:
    answer = shell.run("verify", "nowhere.pdf")
    assert answer.exit_code == 2
    assert "没有文件“nowhere.pdf”" in answer.output


def test_a_worker_s_process_knows_every_handler_that_diagrams_call() -> None:
    asked = (
        "import web.commands.worker; from engine.departments.registry import handler_names;"
        "print(*sorted(handler_names()))"
    )
    answer = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True)
    assert answer.stdout.split() == [
        *("accept_by_silence", "agree_by_silence", "cancel_licences", "change_licences"),
        *("close_rectification", "issue_certificate", "license", "notify", "reissue_certificate", "remind"),
        *("renew_by_silence", "renew_licence", "resume_licence", "revoke_licence", "suspend_licence"),
        "withdraw_by_rule",
    ], answer.stderr
