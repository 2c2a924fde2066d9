"""The designer's page: what is published, and what the files as they stand now would bring."""

from datetime import UTC, datetime

from flask import Blueprint, render_template

from engine.checking import check_industry
from engine.deployments import current, industries, unpublished
from engine.errors import NotFound
from engine.files import industries_in, read_folder
from engine.scenarios import read_scenarios, walk
from web.context import settings
from web.database import reading
from web.login import for_roles

blueprint = Blueprint("design", __name__)


@blueprint.get("/design")
@for_roles("designer")
def show() -> str:
    """Every industry there are files for, with its published version."""
    found = industries_in(read_folder(settings().code_location))
    with reading() as db:
        published = {industry: current(db, industry) for industry, _name in industries(db)}
    return render_template("staff/design.html", industries=found, published=published)


@blueprint.get("/design/<industry>")
@for_roles("designer")
def check(industry: str) -> str:
    """What is wrong with an industry's files, what is not confirmed yet, and how its scenarios go."""
    files = read_folder(settings().code_location)
    if industry not in industries_in(files):
        raise NotFound("流程文件里没有这个行业。", "请从行业列表中选择。")
    mistakes, now = check_industry(files, industry), datetime.now(UTC)
    draft = None if mistakes else unpublished(files, industry, now)
    walks = [walk(draft, each, now) for each in read_scenarios(files, industry)] if draft else []
    with reading() as db:
        published = dict(industries(db)).get(industry) and current(db, industry)
    return render_template(
        "staff/design_industry.html",
        industry=industry,
        published=published,
        draft=draft,
        mistakes=mistakes,
        walks=walks,
        missed=sorted(set(draft.model.flows).difference(*(each.flows for each in walks))) if draft else [],
    )
