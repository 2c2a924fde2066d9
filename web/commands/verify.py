"""`onepermit verify`: says what a certificate is worth now, by its file, number, code or address."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from certificates.code.ring import open_ring
from certificates.sealing.trust import read_trust
from certificates.verdict import ALTERED, CANNOT_TELL, ENDED, GOOD, UNKNOWN, Verdict
from certificates.verify import verify_file, verify_text
from engine.database import transaction
from engine.settings import read_settings
from web.commands.database import open_database
from web.commands.findings import json_option, mark
from web.commands.progress import step

SAYS = {
    GOOD: "有效",
    ALTERED: "有变动",
    ENDED: "现在无效",
    UNKNOWN: "查无此证",
    CANNOT_TELL: "无法判断",
}
# What the shell is told; 2 is left for a wrong use of the command.
EXITS = {GOOD: 0, ALTERED: 1, ENDED: 3, UNKNOWN: 4, CANNOT_TELL: 5}
LARGEST = 50 * 1024 * 1024  # bytes; an issued certificate has well under one megabyte


@click.command()
@click.argument("given", metavar="文件|编号|核验码|网址")
@json_option
def verify(given: str, as_json: bool) -> None:
    """核验证照和文书：与登记簿比对文件内容，检查电子签章，证照还核对每项许可的状态。

    退出码：0 有效，1 有变动，3 现在无效，4 查无此证，5 无法判断。
    """
    settings = read_settings()
    with open_database(settings) as engine, transaction(engine) as db, step("核验"):
        now = datetime.now(UTC)
        content, ring = _content(given), open_ring(settings.keys)
        if content is None:
            found = verify_text(db, given, now, ring)
        else:
            found = verify_file(db, content, now, trust=read_trust(settings))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        _say(found)
    raise click.exceptions.Exit(EXITS[found.verdict])


def _content(given: str) -> bytes | None:
    """The bytes of the file of this name, None when there is none; what ends in .pdf must be a file."""
    path = Path(given)
    if not path.is_file():
        if path.suffix.lower() == ".pdf" and "://" not in given:
            raise click.UsageError(f"没有文件“{given}”。")
        return None
    if path.stat().st_size > LARGEST:
        raise click.UsageError(f"文件“{given}”超过 50 MB，不会是证照。")
    return path.read_bytes()


def _say(found: Verdict) -> None:
    mark(found.verdict == GOOD)
    click.echo(SAYS[found.verdict] + (f"：{found.number}" if found.number else ""))
    for reason in found.reasons:
        click.echo(f"    {reason}")
