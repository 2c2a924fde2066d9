"""An outbox at work: the town with all channels on, and servers outside that can be made to fail."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import Engine, Row, select, update

from engine.database import connect
from engine.outbox.channels import NotSent, channels
from engine.outbox.send import sender
from engine.outbox.tell import Message, tell_user
from engine.settings import Settings
from engine.tables import deliveries, users
from tests.engine.clerks import People, read
from tests.engine.outbox.outside import Outside, running
from tests.filing import NOW, file_case

SITE = "https://permit.example"
TOKEN = "a-token-of-the-gateway"
PHONE, EMAIL = "13800000001", "zhang@example.com"
SAYS = Message(
    "correction_asked", "请补正申请材料", "有 2 处要补正。", "您的申请有 2 处要补正。", "correction"
)


@dataclass
class Outbox:
    """A town whose messages go out, and how to send what waits."""

    engine: Engine
    settings: Settings
    people: People
    number: str
    console: StringIO = field(default_factory=StringIO)

    def say(self, key: str = "first", message: Message = SAYS) -> None:
        """Tell the applicant something about their case."""
        case = read(self.engine, self.number)
        with self.engine.begin() as db:
            tell_user(db, self.people["applicant"].id, case.id, message, key, NOW)

    def send(self, channel: str, now: datetime = NOW) -> list[str]:
        """Send what waits on a channel, each once; what failed, in words."""
        send = sender(channels(self.settings, self.console), self.settings.base_url)
        failed = []
        for row in self.deliveries(channel):
            try:
                send(self.engine, row.id, now)
            except NotSent as error:
                failed.append(str(error))
        return failed

    def deliveries(self, channel: str) -> list[Row[tuple[object, ...]]]:
        query = select(deliveries).where(deliveries.c.channel == channel).order_by(deliveries.c.id)
        with self.engine.connect() as db:
            return list(db.execute(query))

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.console.getvalue().splitlines()]


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[Outside]:
    with running("smtp", tmp_path / "smtp") as server:
        yield server


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Outside]:
    with running("sms", tmp_path / "sms") as server:
        yield server


@pytest.fixture
def outbox(town: Engine, people: People, mail_server: Outside, gateway: Outside) -> Iterator[Outbox]:
    settings = Settings(
        base_url=SITE,
        smtp_url=f"smtp://127.0.0.1:{mail_server.port}?from=notice@permit.example&tls=no",
        sms_url=f"http://127.0.0.1:{gateway.port}/send?as=json",
        sms_token=TOKEN,
    )
    number = file_case(town, people)
    with town.begin() as db:
        values = {"phone": PHONE, "email": EMAIL}
        db.execute(update(users).where(users.c.login == "applicant").values(values))
    url = town.url.render_as_string(hide_password=False)
    engine = connect(url, channels=settings.channels)
    yield Outbox(engine, settings, people, number)
    engine.dispose()
