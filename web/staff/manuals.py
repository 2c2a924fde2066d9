"""The operating manuals (标准化操作手册) of all industries and versions, for everybody who works inside."""

from datetime import UTC, datetime

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from certificates.manual import manual_pdf
from engine.days import local_day
from engine.deployments import current, deployment_of, industries, versions
from engine.guide.manual import Manual, manual
from web.database import reading
from web.download import as_paper
from web.login import for_roles
from web.public.cards import grouped
from web.security import limiter

blueprint = Blueprint("manuals", __name__)
INSIDE = ("clerk", "window", "inspector", "head", "regulator", "supervisor", "designer", "administrator")


@blueprint.get("/office/manuals")
@for_roles(*INSIDE)
def list_all() -> str:
    """Every industry's manual."""
    with reading() as db:
        cards = industries(db)
    return render_template("staff/manuals.html", groups=grouped(cards))


@blueprint.get("/office/manuals/<industry>")
@for_roles(*INSIDE)
def show(industry: str) -> str:
    """One manual, by the law of today."""
    return _page(_manual(industry))


@blueprint.get("/office/manuals/<industry>/manual.pdf")
@for_roles(*INSIDE)
@limiter.limit("30 per minute")
def pdf(industry: str) -> Response:
    """The same manual to print and keep."""
    return _paper(_manual(industry))


@blueprint.get("/office/manuals/<industry>/versions/<int:number>")
@for_roles(*INSIDE)
def version(industry: str, number: int) -> str:
    """The manual that cases filed under an earlier version are handled by, by the law of its day."""
    return _page(_manual_then(industry, number))


@blueprint.get("/office/manuals/<industry>/versions/<int:number>/manual.pdf")
@for_roles(*INSIDE)
@limiter.limit("30 per minute")
def version_pdf(industry: str, number: int) -> Response:
    """The manual of one version to print and keep."""
    return _paper(_manual_then(industry, number))


def _manual(industry: str) -> Manual:
    with reading() as db:
        deployment = current(db, industry)
    return manual(deployment, local_day(datetime.now(UTC)))


def _manual_then(industry: str, number: int) -> Manual:
    with reading() as db:
        deployment = deployment_of(db, industry, number)
    return manual(deployment, local_day(deployment.published_at))


def _page(found: Manual) -> str:
    with reading() as db:
        now = current(db, found.industry)
        others = versions(db, found.industry)
    archived = found.version != now.version
    return render_template("staff/manual.html", manual=found, versions=others, archived=archived)


def _paper(found: Manual) -> Response:
    return as_paper(manual_pdf(found), f"manual-{found.industry}-{found.version}.pdf")
