"""One-time informing (一次告知): one everyday question a page, then exactly what this applicant needs.

The answers live in the address alone (`a`, see engine.guide.link): back works and links can be shared.
"""

from datetime import UTC, date, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.catalogue import Answer, Catalogue, Question
from engine.days import local_day
from engine.deployments import Deployment, current
from engine.errors import Invalid, NotFound
from engine.guide import asked, clean_answer, decode_answers, encode_answers, next_question, result
from engine.guide.public_guide import special_of
from web.context import public_url
from web.database import reading
from web.public.cards import not_found
from web.security import csrf

blueprint = Blueprint("guide", __name__)
Page = str | Response | tuple[str, int]


@blueprint.get("/guide/<industry>")
def begin(industry: str) -> str:
    """What will be asked and what comes of it."""
    catalogue = _deployment(industry).catalogue
    return render_template("public/guide.html", catalogue=catalogue, questions=catalogue.questions)


@blueprint.get("/guide/<industry>/q/<int:number>")
def question(industry: str, number: int) -> Page:
    """The question with this number; one that skips an open question leads back to that."""
    catalogue = _deployment(industry).catalogue
    answers = _answers(catalogue)
    wanted = _question(catalogue, number)
    way = asked(catalogue, answers)
    first_open = next_question(catalogue, answers)
    skips = first_open is not None and _number(catalogue, first_open) < number
    if wanted not in way or skips:
        return _on(catalogue, answers, first_open)
    return _question_page(catalogue, wanted, answers, _shown(answers.get(wanted.id)), {})


@blueprint.post("/guide/<industry>/q/<int:number>")
def answer(industry: str, number: int) -> Page:
    """Take one answer and go on to the next question, or to the result after the last one."""
    catalogue = _deployment(industry).catalogue
    answers = _answers(catalogue)
    wanted = _question(catalogue, number)
    raw = request.form.get(wanted.id, "")
    try:
        answers[wanted.id] = clean_answer(wanted, raw)
    except Invalid as invalid:
        return _question_page(catalogue, wanted, answers, raw[:200], invalid.errors), 422
    if next_question(catalogue, answers) is None and (
        "change" in request.form or _shut_out(catalogue, answers)
    ):
        return _on(catalogue, answers, None)
    later = (each for each in asked(catalogue, answers) if _number(catalogue, each) > number)
    return _on(catalogue, answers, next(later, None))


# Nothing is changed and nobody is known: a forged post could only show a page.
csrf.exempt(answer)


@blueprint.get("/guide/<industry>/result")
def show(industry: str) -> Page:
    """Exactly this applicant's items, materials, days and fees; or why not, and what instead."""
    deployment = _deployment(industry)
    catalogue = deployment.catalogue
    answers = _answers(catalogue)
    first_open = next_question(catalogue, answers)
    if first_open is not None:
        return _on(catalogue, answers, first_open)
    today = _today()
    found = result(catalogue, answers, today)
    template = "public/guide_elsewhere.html" if found.ineligible else "public/guide_result.html"
    return render_template(
        template,
        deployment=deployment,
        catalogue=catalogue,
        result=found,
        told=[(_number(catalogue, each), each, answers[each.id]) for each in _answered(catalogue, answers)],
        special=[stage for needed in found.items for stage in special_of(needed.item)],
        today=today,
        link=public_url("guide.show", industry=industry, a=encode_answers(catalogue, answers)),
        a=encode_answers(catalogue, answers),
    )


@blueprint.errorhandler(NotFound)
def unknown(error: NotFound) -> tuple[str, int]:
    """An unknown industry or a spoilt link: the page offers the industries to begin with."""
    return not_found(error.says, error.do, (request.view_args or {}).get("industry", ""))


def _deployment(industry: str) -> Deployment:
    with reading() as db:
        return current(db, industry)


def _today() -> date:
    return local_day(datetime.now(UTC))


def _shut_out(catalogue: Catalogue, answers: dict[str, Answer]) -> bool:
    """Whether the answers lead elsewhere, so that further questions are of no use."""
    return result(catalogue, answers, _today()).ineligible is not None


def _answers(catalogue: Catalogue) -> dict[str, Answer]:
    """The answers so far, from the address or the form."""
    given = request.values.get("a", "")
    return decode_answers(catalogue, given) if given else {}


def _answered(catalogue: Catalogue, answers: dict[str, Answer]) -> list[Question]:
    return [each for each in asked(catalogue, answers) if each.id in answers]


def _question(catalogue: Catalogue, number: int) -> Question:
    if not 1 <= number <= len(catalogue.questions):
        raise NotFound("没有这个问题。", "请从头回答几个问题。")
    return catalogue.questions[number - 1]


def _number(catalogue: Catalogue, one: Question) -> int:
    return catalogue.questions.index(one) + 1


def _on(catalogue: Catalogue, answers: dict[str, Answer], to: Question | None) -> Response:
    """Go to a question, or to the result."""
    industry, a = catalogue.industry.id, encode_answers(catalogue, answers) if answers else None
    if to is None:
        return redirect(url_for("guide.show", industry=industry, a=a), code=303)
    number = _number(catalogue, to)
    return redirect(url_for("guide.question", industry=industry, number=number, a=a), code=303)


def _question_page(
    catalogue: Catalogue, wanted: Question, answers: dict[str, Answer], value: str, mistakes: dict[str, str]
) -> str:
    way = asked(catalogue, answers)
    place = way.index(wanted)
    return render_template(
        "public/guide_question.html",
        catalogue=catalogue,
        question=wanted,
        number=_number(catalogue, wanted),
        place=place + 1,
        total=len(way),
        before=_number(catalogue, way[place - 1]) if place else None,
        value=value,
        errors=mistakes,
        a=encode_answers(catalogue, answers) if answers else "",
        change="change" in request.values,
    )


def _shown(value: Answer | None) -> str:
    """An answer as the page's control holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
