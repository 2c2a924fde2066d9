"""`onepermit audit`: recomputes the hash chain of every case's log."""

import json
from dataclasses import asdict

import click

from engine.database import transaction
from engine.events import Break, breaks
from engine.settings import read_settings
from web.commands.database import open_database
from web.commands.findings import end_with, json_option
from web.commands.progress import step


@click.command()
@json_option
def audit(as_json: bool) -> None:
    """重新计算全部办件日志的校验链，指出被改动、删除或调换的地方。"""
    broken: list[Break] = []
    cases = 0
    with open_database(read_settings()) as engine, transaction(engine) as db, step("核对日志"):
        for found in breaks(db):
            if isinstance(found, Break):
                broken.append(found)
            else:
                cases += 1
    if as_json:
        answer = {"cases": cases, "breaks": [asdict(each) for each in broken]}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        for each in broken:
            click.echo(f"✗ {each.case} 第{each.seq}条：{each.says}")
        click.echo(f"核对了 {cases} 个办件，发现 {len(broken)} 处不符。")
    end_with(broken)
