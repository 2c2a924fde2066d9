"""The designers' pages: every industry, what its files rest on, what is wrong there, what the merge does."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request

from engine.checking import check_industry
from engine.days import local_day
from engine.deployments import Deployment, current, industries, unpublished
from engine.errors import NotFound
from engine.figures import figures
from engine.files import Files, industries_in, read_folder
from engine.proof import prove
from engine.rules import rule_path
from engine.scenarios import read_scenarios, walk
from engine.unverified import unverified
from forms.mistakes import Mistakes
from web.context import settings
from web.database import reading
from web.login import for_roles
from web.staff.designing import STATES, in_words, key_in_words, law_versions, line

blueprint = Blueprint("design", __name__)


@blueprint.get("/design")
@for_roles("designer")
def show() -> str:
    """Every industry there are files for, in the catalogue's order, with what is published of it."""
    files = read_folder(settings().code_location)
    published = _published()
    lines = [line(files, industry, published.get(industry)) for industry in industries_in(files)]
    lines.sort(key=lambda each: each.place)
    return render_template("staff/design.html", lines=lines, states=STATES)


@blueprint.get("/design/<industry>")
@for_roles("designer")
def overview(industry: str) -> str:
    """What an industry comes to, which law versions it knows, and which of its values are assumed."""
    files, now = _files(industry), datetime.now(UTC)
    published = _published().get(industry)
    found = line(files, industry, published)
    draft = unpublished(files, industry, now) if found.catalogue else None
    return render_template(
        "staff/design_industry.html",
        line=found,
        states=STATES,
        figures=figures(draft, on=local_day(now)) if draft else None,
        versions=law_versions(draft.catalogue, local_day(now)) if draft else [],
        assumptions=unverified(files, draft.catalogue) if draft else [],
        tables=[draft.catalogue.rules[name] for name in sorted(draft.catalogue.rules)] if draft else [],
        rule_path=rule_path,
        in_words=in_words,
        key_in_words=key_in_words,
    )


@blueprint.get("/design/<industry>/check")
@for_roles("designer")
def check(industry: str) -> str:
    """What is wrong with an industry's files, and how its scenarios go."""
    files, now = _files(industry), datetime.now(UTC)
    mistakes = check_industry(files, industry)
    draft = None if mistakes else unpublished(files, industry, now)
    walks = [walk(draft, each, now) for each in read_scenarios(files, industry)] if draft else []
    return render_template(
        "staff/design_check.html",
        industry=industry,
        published=_published().get(industry),
        draft=draft,
        mistakes=mistakes,
        walks=walks,
        missed=sorted(set(draft.model.flows).difference(*(each.flows for each in walks))) if draft else [],
    )


@blueprint.get("/design/<industry>/merge")
@for_roles("designer")
def merge(industry: str) -> str:
    """Which items and which law need each question and material, and what would fall away without an item."""
    files, now = _files(industry), datetime.now(UTC)
    draft = unpublished(files, industry, now)
    try:
        every = [each.id for each in draft.catalogue_on(local_day(now)).industry.items]
        chosen = [each for each in request.args.getlist("item") if each in every] or every
        proof = prove(draft, chosen, local_day(now))
    except Mistakes as found:
        return render_template("staff/design_merge.html", industry=industry, mistakes=found.mistakes)
    return render_template(
        "staff/design_merge.html",
        industry=industry,
        catalogue=draft.catalogue_on(local_day(now)),
        proof=proof,
        chosen=chosen,
    )


def _files(industry: str) -> Files:
    """All files of the designers as they stand now; NotFound when they hold no such industry."""
    files = read_folder(settings().code_location)
    if industry not in industries_in(files):
        raise NotFound("流程文件里没有这个行业。", "请从行业列表中选择。")
    return files


def _published() -> dict[str, Deployment]:
    with reading() as db:
        return {card.id: current(db, card.id) for card in industries(db)}
