"""The whole product running: pages at a real address, and the worker that does the machine's steps."""

import asyncio
import logging
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine
from werkzeug.serving import make_server

from certificates.letter_rendering import letter_printer
from certificates.life.passing import pass_time
from certificates.rendering import renderer
from engine.database import connect, transaction
from engine.outbox.channels import channels
from engine.outbox.send import sender
from engine.people import Membership, User, add_user
from engine.settings import Settings
from engine.worker import work, worker_app
from tests import filing
from web.app import create_app
from web.public.codes import PLACE

# Those who look after the product itself; no case passes through their hands.
OFFICERS = {"designer": Membership("designer"), "admin": Membership("administrator")}


@dataclass(frozen=True)
class Site:
    """Where the pages are, the database behind them, and the people of tests.filing by login."""

    address: str
    engine: Engine
    settings: Settings
    people: dict[str, User]
    app: Flask

    def forget_list_of_states(self) -> None:
        """Let the next phone get the list as it is now: it is made anew after five minutes."""
        self.app.extensions.pop(PLACE, None)

    def let_the_worker_work(self) -> None:
        """Do every job that waits: handlers, renderings of certificates, timers that are due.

        In a thread of its own, as Playwright keeps an event loop in this one; one job after the other, as
        a worker that does not wait looks for no job that comes of the last ones it does side by side.
        """
        send = sender(channels(self.settings), self.settings.base_url)
        letters = letter_printer(self.settings)
        app = worker_app(
            self.settings.database_url, self.engine, renderer(self.settings), send, letters, pass_time
        )
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, work(app, concurrency=1, wait=False)).result()


@contextmanager
def running_site(database_url: str, var: Path) -> Iterator[Site]:
    """The product on this database, with the restaurant published and everybody known."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = Settings(
        database_url=database_url, var=var, secret_key="k" * 40, environment="development", base_url=address
    )
    engine = connect(database_url)
    with transaction(engine) as db:
        filing.publish_restaurant(db)
        people = filing.add_people(db)
        for login, membership in OFFICERS.items():
            add_user(db, login=login, name=login, password=filing.QUICK, roles=(membership,), now=filing.NOW)
    app = create_app(settings)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a line for each picture says nothing
    server = make_server("127.0.0.1", 0, app, threaded=True, fd=listening.fileno())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(address, engine, settings, people, app)
    server.shutdown()
    thread.join()
    server.server_close()
    listening.close()
    app.extensions["database"].dispose()
    engine.dispose()
