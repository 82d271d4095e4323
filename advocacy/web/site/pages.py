"""The public pages, and the two that a machine asks."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from advocacy.vault import CannotOpen, KeysRefused, check_keys
from advocacy.web.pages import desk

site = Blueprint("site", __name__)


@site.get("/")
def home() -> str:
    """The letters this network has sent in public."""
    return render_template("site/home.html", letters=[])


@site.get("/healthz")
def alive() -> Response:
    """Whether this process answers at all."""
    return Response("ok\n", mimetype="text/plain")


@site.get("/readyz")
def ready() -> ResponseReturnValue:
    """Whether the database answers and the keys open it."""
    try:
        with desk().database.reading() as session:
            check_keys(session)
    except (SQLAlchemyError, KeysRefused, CannotOpen):
        return Response("not ready\n", 503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")
