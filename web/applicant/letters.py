"""The letters of a person's own case, to read and to keep; opening one is its delivery."""

from datetime import UTC, datetime

from flask import Blueprint
from werkzeug.wrappers import Response

from engine.blobs import read_blob
from engine.commands.deliver_letter import open_letter
from engine.errors import NotFound
from engine.queries.letter_lines import LetterLine
from web.context import settings
from web.database import act
from web.download import as_paper
from web.login import for_roles, person

blueprint = Blueprint("letters", __name__)


@blueprint.get("/cases/<number>/letters/<int:letter>.pdf")
@for_roles("applicant")
def show(number: str, letter: int) -> Response:
    """The letter as issued; NotFound while it is still being printed."""
    now = datetime.now(UTC)
    return paper(act(lambda db: open_letter(db, user=person(), number=number, letter=letter, now=now)))


def paper(found: LetterLine) -> Response:
    """The kept file of a letter."""
    if found.pdf_sha256 is None:
        raise NotFound("文书的文件还没有生成。", "通常几秒钟就好，请稍后返回办件页面刷新再试。")
    return as_paper(read_blob(settings().blobs, found.pdf_sha256), f"letter-{found.id}.pdf")
