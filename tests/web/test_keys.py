"""An operator looks after the keys of codes by commands."""

from pathlib import Path

from click.testing import CliRunner, Result
from sqlalchemy import select

from certificates.issuing import issue_anew
from certificates.rendering import renderer
from engine.database import connect, transaction
from engine.settings import Settings
from engine.tables import certificates
from tests.certificates.test_register import NOW, first_issue, make_case
from web.commands.keys import keys


def run(var: Path, *arguments: str, database: str = "postgresql://127.0.0.1:1/none") -> Result:
    return CliRunner().invoke(keys, arguments, env={"VAR": str(var), "DATABASE_URL": database})


def test_rotating_makes_the_next_key_and_keeps_the_older_for_checking(tmp_path: Path) -> None:
    assert "0\tES256\t" in run(tmp_path, "list").output
    assert "现在用 1 号密钥签名" in run(tmp_path, "rotate").output
    first, second = run(tmp_path, "list").output.splitlines()
    assert first.endswith("只用于验证") and second.endswith("正在使用")
    assert sorted(path.name for path in (tmp_path / "keys" / "codes").iterdir()) == [
        "0.json",
        "1.json",
        "1.pem",
    ]


def test_only_a_key_that_signs_no_more_can_be_withdrawn(tmp_path: Path) -> None:
    refused = run(tmp_path, "withdraw", "0")
    assert "正在使用" in str(refused.exception)
    run(tmp_path, "rotate")
    assert "0 号密钥已停用" in run(tmp_path, "withdraw", "0").output
    assert "停用" in run(tmp_path, "list").output.splitlines()[0]


def test_after_a_withdrawal_the_newest_papers_that_the_key_signed_are_listed(
    db_url: str, tmp_path: Path
) -> None:
    settings = Settings(var=tmp_path, base_url="https://permit.example")
    engine = connect(db_url)
    with transaction(engine) as db:
        made = [first_issue(db, make_case(db, turn)) for turn in ("0001", "0002", "0003")]
    for each in made[:2]:
        renderer(settings)(engine, each.id, NOW)
    with transaction(engine) as db:
        certificate_id = db.execute(
            select(certificates.c.id).where(certificates.c.number == made[1].number)
        ).scalar_one()
        issue_anew(db, certificate_id, "补证", NOW, although_same=True)
    assert run(tmp_path, "rotate").exit_code == 0
    renderer(settings)(engine, made[2].id, NOW)
    engine.dispose()
    told = run(tmp_path, "withdraw", "0", database=db_url).output
    assert "现在还在用的证照有 1 张" in told and f"{made[0].number}\t第 1 版" in told and "补证" in told
    assert made[1].number not in told and made[2].number not in told
    assert made[2].number in run(tmp_path, "papers", "1", database=db_url).output


def test_a_key_is_withdrawn_although_no_database_answers(tmp_path: Path) -> None:
    run(tmp_path, "rotate")
    done = run(tmp_path, "withdraw", "0")
    assert done.exit_code != 0 and "已停用" in done.output
    assert "停用" in run(tmp_path, "list").output.splitlines()[0]
