"""`onepermit check`: says everything that is wrong with the designers' files, and how to mend it."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import click

import certificates.handlers  # noqa: F401  # registers the handler that diagrams call
from certificates.letter_check import check_printing
from engine.checking import check_all, check_industry
from engine.files import Files, industries_in, read_folder
from engine.scenarios import check_scenarios
from engine.settings import read_settings
from forms.mistakes import Mistake
from web.commands.findings import end_with, json_option
from web.commands.progress import step


@click.command()
@click.argument("industries", nargs=-1, metavar="[行业]…")
@json_option
def check(industries: tuple[str, ...], as_json: bool) -> None:
    """检查流程图、事项、表单和导办：写明文件、位置、问题和改法；不写行业则检查全部。"""
    files = read_folder(read_settings().code_location)
    found = _some(files, industries) if industries else _all(files)
    mistakes = sorted({*found, *check_printing(files)})
    if as_json:
        click.echo(
            json.dumps({"mistakes": [asdict(each) for each in mistakes]}, ensure_ascii=False, indent=2)
        )
    else:
        for each in mistakes:
            click.echo(f"✗ {each.file} · {each.element}\n    {each.says}{each.do}")
        click.echo("没有发现问题。" if not mistakes else f"共 {len(mistakes)} 处需要修改。")
    end_with(mistakes)


def _some(files: Files, industries: tuple[str, ...]) -> Iterator[Mistake]:
    for industry in industries:
        with step(f"检查 {industry}"):
            yield from check_industry(files, industry)
            yield from check_scenarios(files, industry)


def _all(files: Files) -> Iterator[Mistake]:
    """Every industry, what stands between them, and what none of them uses."""
    industries = industries_in(files)
    with step(f"检查全部 {len(industries)} 个行业"):
        yield from check_all(files)
        for industry in industries:
            yield from check_scenarios(files, industry)
