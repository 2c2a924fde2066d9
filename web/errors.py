"""Answer every error with a page that says what happened and what to do: one table from error to HTTP."""

import logging
import secrets

from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException, InternalServerError

from engine import errors
from engine.errors import CaseMoved, Refusal
from web import words

log = logging.getLogger(__name__)
Answer = tuple[str | Response, int]

STATUS: dict[type[Refusal], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.Incomplete: 422,
}
# Errors of HTTP itself in the same words: what happened, what to do.
HTTP = {
    400: (_l("浏览器发来的内容无法识别。"), _l("请返回上一页刷新后再试。")),
    403: (errors.NotAllowed.says, errors.NotAllowed.do),
    404: (_l("没有找到这个页面。"), _l("请核对网址；也可以从首页重新进入。")),
    405: (_l("这个网址不能这样访问。"), _l("请从首页重新进入。")),
    413: (
        _l("提交的内容太大，没有保存。"),
        _l("请按浏览器的“返回”键回到填写页（已填内容仍在），缩短文字或压缩文件后再提交。"),
    ),
    429: (
        _l("尝试次数过多，请稍后再试。"),
        _l("为保护信息安全，短时间内的查询次数有限。请过几分钟再试，或拨打咨询电话。"),
    ),
}


def answer_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(CSRFError, out_of_date)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(CaseMoved, busy)
    app.register_error_handler(DataError, unreadable)
    app.register_error_handler(Exception, broken)


def refused(error: Refusal) -> Answer:
    """A refusal of the engine, with the status of its class in STATUS, else 409 (not in this state)."""
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 409)
    return answer(status, error.says, error.do, error=error, outcome=words.outcome)


def out_of_date(error: CSRFError) -> Answer:
    """A form older than its session: show what was filled in, ready to be sent again with a fresh token.

    Only a form of this very site gets that; another site's post gets the plain refusal (CWE-352).
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    kept = [(k, v) for k, v in request.form.items(multi=True) if k not in ("csrf_token", "password")]
    again = kept if ours and not request.files and "password" not in request.form else []
    return answer(
        400,
        str(_l("页面停留时间过长，需要重新确认。")),
        str(_l("您填写的内容还在，请点“重新提交”。") if again else _l("请返回上一页刷新后重新提交。")),
        again=again,
    )


def http_error(error: HTTPException) -> Answer | HTTPException:
    """Any error that Werkzeug, Flask or the limiter raised."""
    status = error.code or 500
    if status < 400:
        return error
    if status >= 500:
        return broken(error)
    says, do = HTTP.get(status, HTTP[400])
    return answer(status, str(says), str(do))


def busy(error: CaseMoved) -> Answer:
    """The case changed under every one of our tries."""
    return answer(
        409, str(_l("这件申请正被多人同时办理。")), str(_l("您的操作没有生效，请稍等片刻再试一次。"))
    )


def unreadable(error: DataError) -> Answer:
    """A value that no column can hold (a NUL character, a number of 30 digits): no person typed it."""
    log.warning("refused %s %s: %s", request.method, _where(), type(error.orig).__name__)
    says, do = HTTP[400]
    return answer(400, str(says), str(do))


def broken(error: Exception) -> Answer:
    """A fault of ours, logged under a reference that the person can name; the page needs no database."""
    reference = f"E-{secrets.token_hex(4).upper()}"
    cause = error.original_exception if isinstance(error, InternalServerError) else error
    log.error("fault %s at %s %s", reference, request.method, _where(), exc_info=cause or error)
    g.nobody = True
    says = str(_l("系统出现故障，您的操作没有完成。"))
    return answer(
        500,
        says,
        str(_l("已保存的内容不会丢失。请稍后再试；如仍有问题，请报故障编号。")),
        reference=reference,
    )


def _where() -> str:
    """The rule of the address, not the address: the code of a certificate states a person's name."""
    return request.url_rule.rule if request.url_rule else "-"


def answer(status: int, says: str, do: str, **more: object) -> Answer:
    """The error page, or its words as JSON for a script that asks for JSON."""
    if request.accept_mimetypes.best != "application/json":
        return page(status, says, do, **more)
    wrong = getattr(more.get("error"), "errors", {})
    return jsonify(says="".join(wrong.values()) or says, do="" if wrong else do), status


def page(status: int, says: str, do: str, **more: object) -> tuple[str, int]:
    """The error page: `says` is its heading, `do` the advice below."""
    return render_template("errors/page.html", status=status, says=says, do=do, **more), status
