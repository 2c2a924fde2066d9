"""Shows what a slow command is doing, on the error stream, so that --json stays clean."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say that `title` begins, and how long it took once it is done."""
    click.echo(f"  {title} … ", err=True, nl=False)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        click.echo("没有完成", err=True)
        raise
    click.echo(f"{time.monotonic() - begun:.1f} 秒", err=True)
