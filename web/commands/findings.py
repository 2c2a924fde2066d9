"""How a command that checks something reports: lines for people, --json for programs, the exit status."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

import click

FINDINGS = 1

json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供程序读取。")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is good, what was seen, and what to do when it is not."""

    about: str
    good: bool
    says: str
    do: str = ""


def report(findings: Sequence[Finding], *, as_json: bool) -> None:
    """Print the findings and end the command: status 0 when all are good, else 1."""
    good = all(each.good for each in findings)
    if as_json:
        answer = {"good": good, "findings": [asdict(each) for each in findings]}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        for each in findings:
            mark(each.good)
            click.echo(f"{each.about}：{each.says}")
            if each.do and not each.good:
                click.echo(f"    {each.do}")
    end_with([each for each in findings if not each.good])


def mark(good: bool, *, indent: str = "") -> None:
    """Begin a line with a green tick or a red cross."""
    click.secho(f"{indent}✓ " if good else f"{indent}✗ ", fg="green" if good else "red", nl=False)


def end_with(wrong: Collection[object]) -> None:
    """End the command with status 1 when anything is wrong; otherwise go on to its good end."""
    if wrong:
        raise click.exceptions.Exit(FINDINGS)
