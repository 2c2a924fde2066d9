"""What waits on the phone, and the service worker that opens these pages without a network."""

from pathlib import Path

from flask import Blueprint, current_app, render_template
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from web.inspect.frame import frame
from web.login import for_roles

blueprint = Blueprint("inspect_offline", __name__)
INSPECTING = ("inspector", "clerk")
SCOPE = "/inspect"


@blueprint.get("/inspect/offline")
@for_roles(*INSPECTING)
def show() -> str:
    """What lies on this phone, item by item; only its script knows, the server has none of it."""
    return render_template("inspect/offline.html", frame=frame("queue"))


@blueprint.get("/inspect/worker.js")
def worker() -> Response:
    """The service worker, which may look after all pages below /inspect; it holds no secret."""
    built = Path(current_app.static_folder or "") / "built" / "worker.js"
    if not built.is_file():
        raise NotFound
    headers = {"Service-Worker-Allowed": SCOPE}
    return Response(built.read_bytes(), mimetype="text/javascript", headers=headers)
