"""What a letter of a certificate's life is worth follows its licence, which another case granted."""

from pathlib import Path

from sqlalchemy import Engine, select

from certificates.letter_rendering import print_letter
from certificates.verify import verify_file
from engine.blobs import read_blob
from engine.database import transaction
from engine.tables import letters
from tests.certificates.life.holders import People, settle
from tests.certificates.life.test_asking import IN_TIME, renew
from tests.certificates.life.test_changing import NEW_NAME, ask
from tests.certificates.life.test_proposing import REVOKE, SUSPEND, put
from tests.sealing import trial_seal, trust

Town = tuple[People, str]
GIVING = ("change", "renewal", "resumption")
WAIVED = {**REVOKE, "heard": "waived", "statement": "书面表示放弃。"}


def judged(engine: Engine, blobs: Path) -> dict[str, tuple[str, str]]:
    """The verdict on each later letter about the food licence, and the state of it that this names."""
    found, at = {}, {"blobs": blobs, "base_url": "https://permit.example", "seal": trial_seal()}
    with transaction(engine) as db:
        query = select(letters).where(letters.c.item == "food_operation", letters.c.kind != "grant")
        for letter in db.execute(query.order_by(letters.c.id)).all():
            content = read_blob(blobs, print_letter(db, letter.id, now=IN_TIME, **at))
            said = verify_file(db, content, IN_TIME, trust=trust())
            found[str(letter.kind)] = (said.verdict, said.reasons[-1].partition("现在：")[2])
    return found


def live(engine: Engine, town: Town) -> None:
    """The food licence gets a new name, is suspended, resumed and renewed."""
    people = town[0]
    settle(engine, people, ask(engine, town, NEW_NAME))
    settle(engine, people, put(engine, town, "suspension"), by=people["approval2"], approval=SUSPEND)
    settle(engine, people, put(engine, town, "resumption"), by=people["approval2"])
    settle(engine, people, renew(engine, town, IN_TIME), IN_TIME)


def test_letters_that_gave_something_are_worth_nothing_once_the_licence_is_revoked(
    engine: Engine, town: Town, tmp_path: Path
) -> None:
    live(engine, town)
    before = judged(engine, tmp_path)
    assert before == dict.fromkeys((*GIVING, "suspension"), ("valid", "有效。"))
    settle(engine, town[0], put(engine, town, "revocation", by="market"), IN_TIME, approval=WAIVED)
    after = judged(engine, tmp_path)
    assert {kind: after.pop(kind) for kind in GIVING} == dict.fromkeys(GIVING, ("revoked", "已撤销。"))
    taking = ("suspension", "revocation_notice", "revocation")
    assert after == dict.fromkeys(taking, ("valid", "已撤销。"))
