"""`onepermit scenarios`: carries made-up cases through their diagram; says which flows none of them walks."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import click

from engine.deployments import unpublished
from engine.files import Files, industries_in, read_folder
from engine.scenarios import Walk, read_scenarios, walk
from engine.settings import read_settings
from web.commands.findings import end_with, json_option, mark
from web.commands.progress import step


@dataclass(frozen=True)
class Report:
    """What the scenarios of one industry showed."""

    industry: str
    walks: Sequence[Walk]
    flows: frozenset[str]

    @property
    def missed(self) -> list[str]:
        """The flows that no scenario walks."""
        return sorted(self.flows.difference(*(each.flows for each in self.walks)))

    @property
    def good(self) -> bool:
        return not self.missed and all(each.passed for each in self.walks)


@click.command()
@click.argument("industries", nargs=-1, metavar="[行业]…")
@json_option
def scenarios(industries: tuple[str, ...], as_json: bool) -> None:
    """用真实流程引擎走完各行业的全部场景，列出没有走到的连线。"""
    files = read_folder(read_settings().code_location)
    reports = []
    for industry in industries or industries_in(files):
        with step(f"走场景 {industry}"):
            reports.append(_report(files, industry, datetime.now(UTC)))
    if as_json:
        click.echo(json.dumps({each.industry: _numbers(each) for each in reports}, indent=2))
    else:
        for each in reports:
            _say(each)
        _say_total(reports)
    end_with([each for each in reports if not each.good])


def _report(files: Files, industry: str, now: datetime) -> Report:
    deployment = unpublished(files, industry, now)
    walks = [walk(deployment, each, now) for each in read_scenarios(files, industry)]
    return Report(industry, walks, frozenset(deployment.model.flows))


def _numbers(report: Report) -> dict[str, int]:
    passed = sum(each.passed for each in report.walks)
    return {
        "scenarios": len(report.walks),
        "passed": passed,
        "failed": len(report.walks) - passed,
        "flows": len(report.flows),
        "flows_covered": len(report.flows) - len(report.missed),
    }


def _say_total(reports: Sequence[Report]) -> None:
    total = Counter[str]()
    for each in reports:
        total.update(_numbers(each))
    click.echo(
        f"共 {len(reports)} 个行业，{total['scenarios']} 个场景，{total['failed']} 个没有通过；"
        f"连线 {total['flows_covered']}/{total['flows']} 条走到"
    )


def _say(report: Report) -> None:
    click.echo(f"{report.industry}")
    for each in report.walks:
        mark(each.passed, indent="  ")
        click.echo(f"{each.scenario.id}：{each.scenario.title}")
        for problem in each.problems:
            click.echo(f"      {problem}")
    covered = len(report.flows) - len(report.missed)
    click.echo(
        f"  连线 {covered}/{len(report.flows)} 条走到"
        + (f"，没有走到：{'、'.join(report.missed)}" if report.missed else "")
    )
