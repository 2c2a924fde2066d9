"""Writes the tables of 四减一优 into the page of docs/ that shows them: what `make figures` runs."""

from pathlib import Path

import click

from engine.figures_table import with_figures
from engine.files import read_folder
from engine.settings import read_settings


@click.command()
@click.argument("into", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def figures(into: Path) -> None:
    """Compute the figures of all industries anew, in the page INTO."""
    files = read_folder(read_settings().code_location)
    into.write_text(with_figures(into.read_text(encoding="utf-8"), files), encoding="utf-8")


if __name__ == "__main__":
    figures()
