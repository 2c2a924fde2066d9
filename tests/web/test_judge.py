"""What a phone says of a genuine code, by its list and by the days on the paper."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).parent / "node"
SCRIPT = """
import { judged } from "./web/assets/code/judge.js";
const { issue, untils, told, made } = JSON.parse(process.argv[1]);
const madeAt = new Date(made);
const list = { states: Uint8Array.from(told), madeAt, validUntil: new Date(madeAt.getTime() + 86400000) };
const summary = { issue, listIndex: 1, licences: untils.map((until) => ({ until })) };
console.log(judged(summary, list, new Date("2026-11-22T09:00+08:00")).state);
"""
VALID, PARTLY, CANCELLED, SUSPENDED = 1, 2, 4, 6
FUTURE, YESTERDAY, EARLIER = "2030-01-01", "2026-11-21", "2026-11-20"
TODAY_S, OLDER = "2026-11-22T08:00+08:00", "2026-11-21T12:00+08:00"  # when the list was made


def judged(state: int, newest: int, issue: int, untils: list[str | None], made: str) -> str:
    told = [0, 0, *(state * 8192 + newest).to_bytes(2)]
    said = json.dumps({"issue": issue, "untils": untils, "told": told, "made": made})
    command = [str(NODE), "--input-type=module", "-e", SCRIPT, said]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize(
    ("state", "newest", "issue", "word"),
    [
        (VALID, 1, 1, "valid"),
        (VALID, 33, 1, "changed"),
        (VALID, 33, 33, "valid"),
        (CANCELLED, 300, 1, "cancelled"),
        (VALID, 1, 33, "unsure"),
        (0, 1, 1, "unsure"),
    ],
)
def test_only_the_newest_issue_by_its_whole_number_is_valid(
    state: int, newest: int, issue: int, word: str
) -> None:
    assert judged(state, newest, issue, [FUTURE], TODAY_S) == word


@pytest.mark.parametrize(
    ("state", "untils", "made", "word"),
    [
        (VALID, [YESTERDAY], OLDER, "due"),
        (PARTLY, [YESTERDAY, EARLIER], OLDER, "due"),
        (PARTLY, [YESTERDAY, FUTURE], OLDER, "partly"),
        (SUSPENDED, [YESTERDAY], OLDER, "due"),
        (SUSPENDED, [YESTERDAY, FUTURE], OLDER, "suspended"),
        (VALID, [YESTERDAY, None], OLDER, "partly"),
        (CANCELLED, [YESTERDAY], OLDER, "cancelled"),
        (
            VALID,
            [YESTERDAY],
            TODAY_S,
            "valid",
        ),  # a list made since then has judged it: its renewal is under way
        (VALID, [YESTERDAY], "2026-11-20T00:00+08:00", "due"),  # whatever a list too old says
        (VALID, [YESTERDAY, FUTURE], "2026-11-20T00:00+08:00", "unsure"),
    ],
)
def test_days_that_the_list_did_not_know_make_it_worse(
    state: int, untils: list[str | None], made: str, word: str
) -> None:
    assert judged(state, 1, 1, untils, made) == word


def test_the_days_of_an_earlier_issue_do_not_decide() -> None:
    assert judged(VALID, 2, 1, [YESTERDAY], OLDER) == "changed"
