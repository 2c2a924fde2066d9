"""`onepermit keys`: lists, rotates and withdraws the keys that sign certificates' QR codes."""

from datetime import UTC, datetime

import click

from certificates.code.ring import open_ring, rotate, withdraw
from engine.days import LOCAL
from engine.settings import read_settings


@click.group()
def keys() -> None:
    """管理证照二维码的签名密钥：list 列出，rotate 换新的，withdraw 停用失窃的。"""


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
    click.echo(f"{kid} 号密钥已停用。它签过的证照请尽快重新签发。")


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%Y-%m-%d %H:%M}"
