"""Help, privacy, accessibility and the address for reports of security faults."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, render_template, url_for

from web.context import settings

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
def show() -> str:
    """How the six steps go, in everyday words."""
    return render_template("public/help.html")


@blueprint.get("/privacy")
def privacy() -> str:
    """What is kept about a person, why, who sees it, what is public."""
    return render_template("public/privacy.html")


@blueprint.get("/accessibility")
def accessibility() -> str:
    """What the pages promise to people with disabilities and how to report a barrier."""
    return render_template("public/accessibility.html")


@blueprint.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Where to report a vulnerability (RFC 9116)."""
    expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=180)
    lines = (
        f"Contact: {settings().base_url}{url_for('help.show')}#security",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: zh, en",
        f"Canonical: {settings().base_url}{url_for('help.security_txt')}",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
