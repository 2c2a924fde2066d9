"""An operator looks after the keys of codes by commands."""

from pathlib import Path

from click.testing import CliRunner, Result

from web.commands.keys import keys


def run(var: Path, *arguments: str) -> Result:
    return CliRunner().invoke(keys, arguments, env={"VAR": str(var)}, catch_exceptions=True)


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
