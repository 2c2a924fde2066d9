"""Publishing an industry: its files as they are now become an immutable deployment, found by content."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

import zstandard
from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.catalogue import Catalogue
from engine.diagram import Node, read_diagram
from engine.errors import NotFound
from engine.files import Files, digest, files_of
from engine.tables import deployments, published_industries
from engine.workflow import Model, read_model
from forms.library import FormLibrary

KEPT_IN_MEMORY = 64
BEHIND = 1000  # every industry of a heading stands before those of the next


@dataclass(frozen=True)
class Deployment:
    """An industry's files as published; what is read from them is read once."""

    id: int
    industry: str
    version: int
    sha256: str
    published_at: datetime
    files: Files

    @cached_property
    def catalogue(self) -> Catalogue:
        """The industry and everything it refers to, each item by its newest law."""
        return Catalogue.read(self.files, self.industry)

    def catalogue_on(self, day: date) -> Catalogue:
        """The catalogue by the law of a day: of today for a draft, of its submission for a case."""
        return self.catalogue.as_of(day)

    @cached_property
    def forms(self) -> FormLibrary:
        """The definitions of all its forms."""
        return FormLibrary.read(self.files)

    @cached_property
    def model(self) -> Model:
        """The industry's own process, ready to start and continue cases."""
        return self.model_of("")

    def model_of(self, process: str) -> Model:
        """The process that a case runs: "" for the industry's own, else one of processes/lifecycle/."""
        if process not in self._models:
            self._models[process] = read_model(self.files, process or self.catalogue.industry.process)
        return self._models[process]

    @cached_property
    def _models(self) -> dict[str, Model]:
        return {}

    @property
    def diagram(self) -> str:
        """The BPMN text of the industry's own process."""
        return self.diagram_of("")

    def diagram_of(self, process: str) -> str:
        """The BPMN text of the process that a case runs (see `model_of`)."""
        model = self.model_of(process)
        return self.files[model.processes[model.process]]

    @cached_property
    def messages(self) -> Mapping[str, str]:
        """The events that wait for a message: element id → the message's name, over all its processes."""
        return {node.id: node.message for node in self._nodes() if node.message}

    @cached_property
    def waits(self) -> Mapping[str, str]:
        """The events between steps at which a case waits for a date: element id → title."""
        return {
            node.id: node.title
            for node in self._nodes()
            if node.kind == "intermediateCatchEvent" and node.event == "timer"
        }

    def _nodes(self) -> Iterator[Node]:
        diagrams = (read_diagram(text) for path, text in self.files.items() if path.endswith(".bpmn"))
        return (node for diagram in diagrams for node in diagram.nodes)


@dataclass(frozen=True)
class IndustryCard:
    """What a list shows of a published industry; `group` is the heading it stands under.

    `order` is its place in a list of all, heading by heading. `words` is what a search looks in: names,
    classes and the names of the items.
    """

    id: str
    name: str
    title: str
    summary: str
    group: str
    pilot: bool
    order: int
    item_count: int
    words: str


@dataclass(frozen=True)
class Version:
    """One version of an industry that was published at some time."""

    version: int
    published_at: datetime


def publish(db: Connection, files: Files, industry: str, now: datetime) -> tuple[Deployment, bool]:
    """Publish `industry` from `files` (already checked); the same content again is the same deployment.

    Returns the deployment and whether it is new. Running cases keep the one that they were filed under.
    """
    own = files_of(files, industry)
    sha256 = digest(own)
    found = select(deployments.c.id).where(deployments.c.industry == industry, deployments.c.sha256 == sha256)
    existing = db.execute(found).scalar()
    deployment_id = existing or _add(db, industry, sha256, own, now)
    deployment = load(db, deployment_id)
    shown = {"deployment_id": deployment_id, **_shown(deployment.catalogue)}
    pointer = upsert(published_industries).values(industry=industry, **shown)
    db.execute(pointer.on_conflict_do_update(index_elements=["industry"], set_=shown))
    return deployment, existing is None


def unpublished(files: Files, industry: str, now: datetime) -> Deployment:
    """The industry as it stands in `files`, to try out before it is published."""
    own = files_of(files, industry)
    return Deployment(0, industry, 0, digest(own), now, own)


def current(db: Connection, industry: str) -> Deployment:
    """The deployment that new drafts of `industry` are filed under; NotFound when it is not published."""
    query = select(published_industries.c.deployment_id).where(published_industries.c.industry == industry)
    deployment_id = db.execute(query).scalar()
    if deployment_id is None:
        raise NotFound("没有这个行业的办事指南。", "请从行业列表中选择；可能尚未纳入“一证化”范围。")
    return load(db, deployment_id)


def industries(db: Connection) -> tuple[IndustryCard, ...]:
    """All published industries by heading and by their order under it; one query, whatever their number."""
    one = published_industries.c
    return tuple(
        IndustryCard(
            row.industry,
            row.name,
            row.title,
            row.summary,
            row.heading,
            row.pilot,
            row.position,
            row.item_count,
            row.words,
        )
        for row in db.execute(select(published_industries).order_by(one.position, one.industry))
    )


def versions(db: Connection, industry: str) -> tuple[Version, ...]:
    """Every version of an industry that was ever published, the newest first."""
    query = select(deployments.c.version, deployments.c.published_at).where(
        deployments.c.industry == industry
    )
    rows = db.execute(query.order_by(deployments.c.version.desc()))
    return tuple(Version(row.version, row.published_at) for row in rows)


def deployment_of(db: Connection, industry: str, version: int) -> Deployment:
    """One version of an industry, as it was published; NotFound when there was none such."""
    query = select(deployments.c.id).where(
        deployments.c.industry == industry, deployments.c.version == version
    )
    deployment_id = db.execute(query).scalar()
    if deployment_id is None:
        raise NotFound("没有这一版办事指南。", "请从办事指南的“历次版本”中选择。")
    return load(db, deployment_id)


def load(db: Connection, deployment_id: int) -> Deployment:
    """The deployment with this id; read from the database once per process, for it never changes."""
    key = (_address(db.engine), deployment_id)
    if key not in _read:
        row = db.execute(select(deployments).where(deployments.c.id == deployment_id)).one_or_none()
        if row is None:
            raise NotFound
        files = json.loads(zstandard.decompress(row.files))
        _read[key] = Deployment(row.id, row.industry, row.version, row.sha256, row.published_at, files)
        while len(_read) > KEPT_IN_MEMORY:
            del _read[next(iter(_read))]
    return _read[key]


def _shown(catalogue: Catalogue) -> dict[str, object]:
    """The columns of a published industry that lists show and search."""
    industry = catalogue.industry
    names = (industry.name, industry.title, industry.summary, *(i.name for i in catalogue.items.values()))
    classes = (word for pair in industry.classes.items() for word in pair)
    return {
        "name": industry.name,
        "title": industry.title,
        "summary": industry.summary,
        "heading": industry.group,
        "pilot": industry.pilot,
        "position": catalogue.groups.index(industry.group) * BEHIND + industry.order,
        "item_count": len(industry.items),
        "words": " ".join((*names, *classes)),
    }


@lru_cache(maxsize=8)
def _address(engine: Engine) -> str:
    return str(engine.url)  # takes longer to put together than all the rest of finding a deployment


def _add(db: Connection, industry: str, sha256: str, files: Files, now: datetime) -> int:
    newest = select(func.coalesce(func.max(deployments.c.version), 0) + 1).where(
        deployments.c.industry == industry
    )
    text = json.dumps(dict(sorted(files.items())), ensure_ascii=False)
    row = {
        "industry": industry,
        "version": newest.scalar_subquery(),
        "sha256": sha256,
        "files": zstandard.compress(text.encode(), 10),
        "published_at": now,
    }
    return int(db.execute(insert(deployments).values(row).returning(deployments.c.id)).scalar_one())


# Immutable content, so never stale; keyed by database because tests use many in one process.
_read: dict[tuple[str, int], Deployment] = {}
