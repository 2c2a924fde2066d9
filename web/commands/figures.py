"""`onepermit figures`: 四减一优 of every industry for programs, and into the page of docs/ that shows it."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from engine.deployments import unpublished
from engine.figures import figures as figures_of
from engine.figures_table import NEVER, with_figures
from engine.files import industries_in, read_folder
from engine.settings import read_settings


@click.command()
@click.option("--into", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="把表格写入文档。")
def figures(into: Path | None) -> None:
    """各行业的“四减一优”：逐项分别办与一证化对比，以 JSON 输出，或者写入文档。"""
    files = read_folder(read_settings().code_location)
    if into:
        into.write_text(with_figures(into.read_text(encoding="utf-8"), files), encoding="utf-8")
        return
    found = {each: asdict(figures_of(unpublished(files, each, NEVER))) for each in industries_in(files)}
    click.echo(json.dumps(found, indent=2))
