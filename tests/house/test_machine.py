"""Nothing committed belongs to one machine: no path of it, no package registry, nobody else's files."""

import re
from pathlib import Path

import pytest

from tests.house.conftest import ROOT

# Put together here, so that this file does not hold what it forbids.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "registry." + "yarnpkg",
    "npm" + "mirror.com",
    "mirrors." + "aliyun",
    "pypi.tuna." + "tsinghua",
    "--index" + "-url",
    "--extra-index" + "-url",
    "--find" + "-links",
]
PATHS = re.compile(
    "|".join(rf"(?<![\w.~]){re.escape(f'/{top}/')}" for top in ("root", "home", "work", "Users"))
)
TEMPORARY = re.compile(rf"(?<![\w.~]){re.escape('/' + 'tmp/')}\w")
WORKSPACE_WORK = re.compile(r"^web/(templates|assets|static)/")  # pages may have an address that begins so


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_names_a_package_registry(tracked: tuple[Path, ...]) -> None:
    found = {f"{name(path)}: {host}" for path in tracked for host in REGISTRIES if host in text_of(path)}
    assert {each for each in found if not each.startswith("Makefile: --")} == set()


def test_no_file_holds_a_path_of_a_machine(tracked: tuple[Path, ...]) -> None:
    found = {
        f"{name(path)}:{number}"
        for path in tracked
        if not WORKSPACE_WORK.match(name(path))
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if PATHS.search(line) or TEMPORARY.search(line)
    }
    assert found == set()


def test_the_lock_of_the_scripts_holds_no_download_address() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


@pytest.mark.parametrize("file", ["run.txt", "test.txt"])
def test_every_pinned_package_has_a_hash(file: str) -> None:
    text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
    pins = re.findall(r"^[A-Za-z0-9._-]+(?:\[[^\]]*\])?==.*(?:\n    .*)*", text, re.MULTILINE)
    assert len(pins) > 10
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_both_lists_pin_the_same_version_of_what_they_share() -> None:
    pinned = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)
    run, test = (
        dict(pinned.findall((ROOT / "requirements" / file).read_text(encoding="utf-8")))
        for file in ("run.txt", "test.txt")
    )
    assert {name for name in run.keys() & test.keys() if run[name] != test[name]} == set()


def test_nothing_of_a_third_party_is_committed(tracked: tuple[Path, ...]) -> None:
    foreign = re.compile(r"\.min\.(js|css)$|\.(woff2?|ttf|otf|ttc|eot|whl|so)$|(^|/)node_modules/")
    assert {name(path) for path in tracked if foreign.search(name(path))} == set()
