"""The industries and, for each, the public guide (办事指南) of today and of every earlier version."""

from datetime import UTC, date, datetime

from flask import Blueprint, jsonify, render_template, request
from werkzeug.wrappers import Response

from certificates.public_guide import public_guide_pdf
from engine.days import local_day
from engine.deployments import Deployment, current, deployment_of, industries, versions
from engine.errors import NotFound
from engine.figures import figures
from engine.guide.public_guide import PublicGuide, public_guide
from web.context import HOTLINE, public_url
from web.database import reading
from web.download import as_paper
from web.public.cards import LONGEST, fits, grouped, not_found
from web.security import limiter

blueprint = Blueprint("industries", __name__)


@blueprint.get("/industries")
def list_all() -> str:
    """All industries under their headings, or those that fit the words looked for."""
    q = " ".join(request.args.get("q", "").split())[:LONGEST]
    with reading() as db:
        cards = industries(db)
    found = [card for card in cards if fits(card, q)]
    return render_template(
        "public/industries.html",
        q=q,
        groups=grouped(found),
        found=len(found),
        total=len(cards),
        pilots=sum(card.pilot for card in cards),
    )


@blueprint.get("/industries/<industry>")
def show(industry: str) -> str:
    """The public guide of one industry, of one region if `region` names it."""
    with reading() as db:
        deployment = current(db, industry)
    return _page(deployment, _guide(deployment), _today(), archived=False)


@blueprint.get("/industries/<industry>/guide.pdf")
@limiter.limit("30 per minute")
def pdf(industry: str) -> Response:
    """The same guide to keep."""
    with reading() as db:
        deployment = current(db, industry)
    return _pdf(_guide(deployment), public_url("industries.show", industry=industry))


@blueprint.get("/industries/<industry>/versions")
def list_versions(industry: str) -> str:
    """Every version that was ever published."""
    with reading() as db:
        deployment = current(db, industry)
        found = versions(db, industry)
    return render_template("public/versions.html", deployment=deployment, versions=found)


@blueprint.get("/industries/<industry>/versions/<int:number>")
def version(industry: str, number: int) -> str:
    """The guide as one version said it, by the law of the day on which it was published."""
    with reading() as db:
        now, deployment = current(db, industry), deployment_of(db, industry, number)
    return _page(
        deployment,
        _guide_then(deployment),
        local_day(deployment.published_at),
        archived=deployment.id != now.id,
    )


@blueprint.get("/industries/<industry>/versions/<int:number>/guide.pdf")
@limiter.limit("30 per minute")
def version_pdf(industry: str, number: int) -> Response:
    """One version's guide to keep."""
    with reading() as db:
        now, deployment = current(db, industry), deployment_of(db, industry, number)
    url = public_url("industries.version", industry=industry, number=number)
    return _pdf(_guide_then(deployment), url, archived=deployment.id != now.id)


@blueprint.get("/industries/<industry>/diagram.json")
def diagram(industry: str) -> Response:
    """The drawing of the industry's process for the viewer; no step has a state."""
    with reading() as db:
        deployment = current(db, industry)
    return jsonify(xml=deployment.diagram, states={})


@blueprint.get("/industries/<industry>/versions/<int:number>/diagram.json")
def version_diagram(industry: str, number: int) -> Response:
    """The drawing of one version."""
    with reading() as db:
        deployment = deployment_of(db, industry, number)
    return jsonify(xml=deployment.diagram, states={})


@blueprint.errorhandler(NotFound)
def unknown(error: NotFound) -> tuple[str, int]:
    """An industry that is not published: the page offers those that are."""
    return not_found(error.says, error.do, (request.view_args or {}).get("industry", ""))


def _guide(deployment: Deployment) -> PublicGuide:
    """The guide by the law of today, for the region that the address names."""
    region = request.args.get("region") or None
    open_in = deployment.catalogue.industry.open_in
    return public_guide(deployment, _today(), region if region in open_in else None)


def _guide_then(deployment: Deployment) -> PublicGuide:
    return public_guide(deployment, local_day(deployment.published_at))


def _today() -> date:
    return local_day(datetime.now(UTC))


def _page(deployment: Deployment, guide: PublicGuide, on: date, *, archived: bool) -> str:
    """The guide with the figures of the same day's law."""
    return render_template(
        "public/industry.html",
        deployment=deployment,
        guide=guide,
        figures=figures(deployment, on=on),
        regions=deployment.catalogue.regions_open(),
        region=request.args.get("region", ""),
        archived=archived,
    )


def _pdf(guide: PublicGuide, url: str, *, archived: bool = False) -> Response:
    name = f"guide-{guide.industry}-{guide.version}.pdf"
    return as_paper(public_guide_pdf(guide, url, HOTLINE, archived=archived), name)
