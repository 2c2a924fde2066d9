"""`onepermit keys`: lists, rotates and withdraws the keys that sign certificates' QR codes."""

from datetime import UTC, datetime

import click

from certificates.code.papers import papers_signed_by
from certificates.code.ring import open_ring, rotate, withdraw
from engine.database import transaction
from engine.days import LOCAL
from engine.settings import read_settings
from web.commands.database import open_database


@click.group()
def keys() -> None:
    """管理证照二维码的签名密钥：list 列出，rotate 换新的，withdraw 停用失窃的，papers 列出它签过的证照。"""


@keys.command("list")
def list_keys() -> None:
    """列出所有密钥：编号、算法、启用时间、状态。"""
    ring = open_ring(read_settings().keys)
    for kid, key in sorted(ring.keys.items()):
        state = "正在使用" if kid == ring.kid else "只用于验证"
        if key.withdrawn_at is not None:
            state = f"已于 {_moment(key.withdrawn_at)} 停用"
        click.echo(f"{kid}\t{key.alg}\t{_moment(key.made_at)}\t{state}")


@keys.command("rotate")
def rotate_keys() -> None:
    """换一把新的密钥签名；已经签发的证照仍能验证，不用重印。"""
    kid = rotate(read_settings().keys)
    click.echo(f"现在用 {kid} 号密钥签名。旧密钥的私钥已删除，公钥保留。请备份密钥目录。")


@keys.command("withdraw")
@click.argument("kid", type=click.IntRange(0, 255), metavar="编号")
def withdraw_key(kid: int) -> None:
    """停用一把失窃的旧密钥：它签过的二维码从此都不算数，持证人要换领新证。"""
    withdraw(read_settings().keys, kid, datetime.now(UTC))
    click.echo(f"{kid} 号密钥已停用，它签过的二维码从此都不算数。")
    _say_papers(kid)


@keys.command("papers")
@click.argument("kid", type=click.IntRange(0, 255), metavar="编号")
def list_papers(kid: int) -> None:
    """列出二维码由这把密钥签名、现在还在用的证照：只列每张证照的最新一版。"""
    _say_papers(kid)


def _say_papers(kid: int) -> None:
    with open_database(read_settings()) as engine, transaction(engine) as db:
        papers = papers_signed_by(db, kid)
    click.echo(f"由 {kid} 号密钥签名、现在还在用的证照有 {len(papers)} 张。")
    for number, issue in papers:
        click.echo(f"{number}\t第 {issue} 版")
    if papers:
        click.echo("密钥停用后，这些证照要换成新的纸：请通知持证人申请补证，补证由现在的密钥签名。")


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%Y-%m-%d %H:%M}"
