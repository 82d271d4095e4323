"""The web application: one office, one public site and one door for signers over one database."""

import os
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from types import TracebackType

from flask import Flask
from flask_babel import Babel
from htmx_flask import Htmx

from advocacy.clock import now
from advocacy.config import Config
from advocacy.db import Database
from advocacy.journal import Journal
from advocacy.logs import speak_up, tell_fault
from advocacy.paths import TEMPLATES
from advocacy.restoring import catch_up
from advocacy.vault import open_database
from advocacy.wake import Bells
from advocacy.web import errors, pages, security
from advocacy.web.office.demo import demo
from advocacy.web.office.rooms import office
from advocacy.web.organisation.door import organisation
from advocacy.web.receiving import Received
from advocacy.web.site.feeds import feeds
from advocacy.web.site.pages import site

_AT_WORK = 4
_Fault = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


class Application(Flask):
    """Flask, with its habit of logging whole faults taken away: their words may hold a name."""

    def log_exception(self, exc_info: _Fault) -> None:
        """Say nothing; `web.errors` writes down where it happened, under the id the reader sees."""


def answering() -> Flask:
    """The application of one process of the web server, which tells its log and nothing else."""
    speak_up()
    try:
        app = create_app()
        whole = Received(app.wsgi_app, most_bytes=security.MOST_BYTES, at_work=_AT_WORK)
        app.wsgi_app = whole  # type: ignore[method-assign]
        return app
    except Exception as fault:  # noqa: BLE001
        tell_fault(fault)
        # The server would print the words of the fault.
        raise SystemExit(1) from None


def create_app(
    config: Config | None = None, database: Database | None = None, clock: Callable[[], datetime] = now
) -> Flask:
    """The application, ready to answer. A wrong setting, key or list of erasures refuses before that."""
    config = config or Config.from_environment(os.environ)
    bells = Bells(config.queue_url)
    shared = {"bells": bells, "journal": Journal(config.journal_file)}
    database = database or open_database(config.database_url, config.keys_file, **shared)
    catch_up(database, config, clock())
    app = Application("advocacy", template_folder=str(TEMPLATES), static_folder=None)
    app.extensions["advocacy"] = pages.Desk(config, database, bells, clock)
    Htmx(app)
    Babel(app, default_locale="en_US", configure_jinja=False)
    pages.furnish(app, config)
    security.protect(app, config)
    errors.explain(app, config)
    _open_doors(app, config)
    return app


def _open_doors(app: Flask, config: Config) -> None:
    app.register_blueprint(office)
    app.register_blueprint(site)
    app.register_blueprint(feeds)
    app.register_blueprint(organisation)
    if find_spec("advocacy.web.signer") and find_spec("advocacy.web.signer.door"):
        app.register_blueprint(import_module("advocacy.web.signer.door").signer)
    if config.demo:
        app.register_blueprint(demo)
