"""The command line: what it lists, what it says, and how it answers by exit status."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.settings import WrongSettings, read_settings, with_secret
from web.cli import COMMANDS, cli

LISTED = [
    *("demo", "serve", "worker", "upgrade", "publish"),
    *("check", "scenarios", "verify", "audit", "doctor", "bench", "keys", "user"),
]


def onepermit(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "web.cli", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )


def shown(*arguments: str) -> str:
    """What a command prints that ends well, without a process of its own: for what needs no exit status."""
    answer = CliRunner().invoke(cli, arguments, prog_name="onepermit")
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_the_commands_stand_in_the_order_in_which_one_meets_them() -> None:
    assert list(COMMANDS) == LISTED


def test_help_lists_every_command() -> None:
    listed = [
        line.split()[0] for line in onepermit("--help").stdout.split("Commands:")[1].splitlines() if line
    ]
    assert listed == LISTED


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str) -> None:
    assert "Usage: onepermit" in shown(command, "--help")


@pytest.mark.parametrize(
    "command", ["check", "scenarios", "verify", "audit", "doctor", "bench steps", "bench contend"]
)
def test_commands_that_find_things_take_json(command: str) -> None:
    assert "--json" in shown(*command.split(), "--help")


def test_a_wrong_setting_is_named_and_nothing_runs() -> None:
    answer = onepermit("doctor", PORT="eighty")
    assert answer.returncode == 2
    assert "PORT=eighty" in answer.stderr


def test_a_database_that_does_not_answer_is_status_2_and_says_so() -> None:
    answer = onepermit("user", "list", DATABASE_URL="postgresql://127.0.0.1:1/nothing")
    assert answer.returncode == 2
    assert "DATABASE_URL" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_taken_port_is_said_in_two_languages_before_anything_starts(
    command: str, taken_port: int, tmp_path: Path
) -> None:
    answer = onepermit(command, PORT=str(taken_port), VAR=str(tmp_path / "var"), DATABASE_URL="")
    assert answer.returncode == 2
    assert f"端口 {taken_port} 不能使用" in answer.stderr
    assert f"Port {taken_port} is taken" in answer.stderr
    assert not (tmp_path / "var").exists()


def test_the_doctor_finds_what_is_missing_and_says_what_to_do(tmp_path: Path) -> None:
    answer = onepermit("doctor", "--json", VAR=str(tmp_path), DATABASE_URL="")
    assert answer.returncode == 1
    [database] = [each for each in json.loads(answer.stdout)["findings"] if each["about"] == "数据库"]
    assert not database["good"]
    assert "onepermit upgrade" in database["do"]


def test_the_doctor_sees_a_migrated_database_without_a_worker(db_url: str, tmp_path: Path) -> None:
    findings = json.loads(onepermit("doctor", "--json", VAR=str(tmp_path), DATABASE_URL=db_url).stdout)
    good = {each["about"]: each["good"] for each in findings["findings"]}
    assert good["数据库"]
    assert good["数据表"]
    assert good["异常"]
    assert not good["后台进程"]


def test_a_user_is_added_listed_and_closed(db_url: str) -> None:
    password = "a long password"
    added = onepermit(
        "user",
        "add",
        "zhang",
        "--name",
        "张三",
        "--role",
        "clerk:fire",
        "--password",
        password,
        DATABASE_URL=db_url,
    )
    assert added.returncode == 0, added.stderr
    assert "zhang\t张三\tclerk:fire\n" in onepermit("user", "list", DATABASE_URL=db_url).stdout
    assert onepermit("user", "close", "zhang", DATABASE_URL=db_url).returncode == 0
    assert "已停用" in onepermit("user", "list", DATABASE_URL=db_url).stdout


def test_a_short_password_is_refused(db_url: str) -> None:
    answer = onepermit(
        "user",
        "add",
        "li",
        "--name",
        "李四",
        "--role",
        "applicant",
        "--password",
        "short",
        DATABASE_URL=db_url,
    )
    assert answer.returncode == 2
    assert onepermit("user", "list", DATABASE_URL=db_url).stdout == ""


def test_upgrading_twice_changes_nothing(db_url: str) -> None:
    first, second = (onepermit("upgrade", DATABASE_URL=db_url) for _ in range(2))
    assert (first.returncode, first.stdout) == (second.returncode, second.stdout)
    assert first.returncode == 0


def test_a_common_address_of_postgresql_is_understood() -> None:
    settings = read_settings({"DATABASE_URL": "postgres://me:secret@db.example/permits"})
    assert settings.database_url == "postgresql+psycopg://me:secret@db.example/permits"


def test_the_public_address_follows_host_and_port() -> None:
    assert read_settings({"PORT": "8080"}).base_url == "http://127.0.0.1:8080"
    assert read_settings({"BASE_URL": "https://permit.example/"}).base_url == "https://permit.example"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("HTTPS://Permit.Example:443/", "https://permit.example"),
        ("http://permit.example:80", "http://permit.example"),
        ("https://permit.example:8443", "https://permit.example:8443"),
        ("https://permit.example:80", "https://permit.example:80"),
        ("http://[FE80::1]:8000/", "http://[fe80::1]:8000"),
    ],
)
def test_the_public_address_is_kept_as_browsers_write_it(given: str, kept: str) -> None:
    """The inspector's page compares the host of a scanned code, as the browser has it, with this one."""
    assert read_settings({"BASE_URL": given}).base_url == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("WORKERS", "-1"),
        ("SECRET_KEY", "short"),
        ("ENVIRONMENT", "test"),
        ("BASE_URL", "permit.example"),
        ("BASE_URL", "https://permit.example/onepermit"),
        ("BASE_URL", "https://permit.example/?from=paper"),
        ("BASE_URL", "https://permit.example/#top"),
        ("BASE_URL", "https://me:secret@permit.example"),
        ("BASE_URL", "https://许可.example"),
        ("BASE_URL", "https://permit.example:port"),
        ("BASE_URL", "https://"),
        ("DATABASE_URL", "mysql://db.example/permits"),
        ("CONSOLE_MESSAGES", "yes"),
        ("SMTP_URL", "mail.example"),
        ("SMTP_URL", "smtps://mail.example"),
        ("SMTP_URL", "smtp://me:secret@mail.example?from=a@b.cn&tls=no"),
        ("SMTP_URL", "smtp://mail.example:port?from=a@b.cn"),
        ("SMS_URL", "ftp://sms.example"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(WrongSettings, match=name):
        read_settings({name: value})


def test_each_channel_is_switched_on_by_its_setting() -> None:
    mail, short = (
        {"SMTP_URL": "smtps://me:p%40ss@mail.example?from=a@b.cn"},
        {"SMS_URL": "https://sms.example/"},
    )
    assert read_settings({}).channels == ("console",)
    assert read_settings({**mail, **short, "CONSOLE_MESSAGES": "off"}).channels == ("smtp", "sms")


def test_all_wrong_values_are_named_at_once() -> None:
    with pytest.raises(WrongSettings, match=r"PORT.*ENVIRONMENT"):
        read_settings({"PORT": "0", "ENVIRONMENT": "test"})


def test_a_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    settings = read_settings({"VAR": str(tmp_path / "var")})
    first, second = with_secret(settings).secret_key, with_secret(settings).secret_key
    assert first == second
    assert len(first) >= 32
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0
