"""What a person reads when something does not work: one table from named faults to a status and a sentence.

The sentence is the fault's own docstring. A fault nobody named shows an id and nothing else.
"""

import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from flask import Flask, Response, make_response, render_template, request
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, InternalServerError

from advocacy.campaigns.amended import BillMovedOn, MustChange
from advocacy.config import Config
from advocacy.editions.legal_holds import NothingToHold
from advocacy.editions.overriding import NotToOverride, SettledMeanwhile
from advocacy.letters.actions import NotApproved, Overtaken, OwnApproval
from advocacy.letters.mending import MoreThanATypo, NothingSaid
from advocacy.logs import tell_fault
from advocacy.mail.actions import NotUncertain
from advocacy.organisations.open_pages import NoPageHere
from advocacy.people.actions import BackwardsTerm, ProposalEnded, SamePerson
from advocacy.people.role_changes import OwnRole
from advocacy.people.sign_in import LinkSpent
from advocacy.signons.actions import NotOpen
from advocacy.signons.asking import TooSoon
from advocacy.signons.inviting import NotAWitness, OneWitness
from advocacy.signons.revealing import EnoughToday, NobodyThere
from advocacy.web.crowds import TooFast
from advocacy.web.forms import StaleForm
from advocacy.web.security import SAFE, CrossSite, is_quiet
from advocacy.web.telling import ID


class NotYours(Exception):
    """This page belongs to another role. If you need it for your work, ask the manager."""


class NotHere(Exception):
    """There is nothing at this address. It may have moved, or it may never have been here."""


class AtOnce(Exception):
    """Somebody did the same at this very moment, so this press changed nothing. Please look again."""


FAULTS: Mapping[type[Exception], int] = MappingProxyType(
    {
        NotYours: 403,
        CrossSite: 403,
        NotHere: 404,
        StaleForm: 409,
        LinkSpent: 410,
        TooFast: 429,
        BackwardsTerm: 422,
        ProposalEnded: 409,
        SamePerson: 409,
        OwnRole: 409,
        OwnApproval: 409,
        NotApproved: 409,
        Overtaken: 409,
        MoreThanATypo: 409,
        NothingSaid: 409,
        BillMovedOn: 409,
        MustChange: 409,
        NotOpen: 409,
        NoPageHere: 409,
        TooSoon: 409,
        NotAWitness: 409,
        OneWitness: 409,
        NotUncertain: 409,
        NothingToHold: 409,
        NobodyThere: 409,
        EnoughToday: 409,
        NotToOverride: 409,
        SettledMeanwhile: 409,
        AtOnce: 409,
    }
)

_HEADINGS: Mapping[int, str] = MappingProxyType(
    {
        400: "We could not read that",
        403: "This is not open to you",
        404: "There is nothing here",
        405: "That cannot be done here",
        409: "That was not done",
        410: "This link no longer works",
        413: "That is too large",
        429: "Please wait a minute",
        422: "Something needs another look",
        500: "Something went wrong on our side",
        503: "Not ready yet",
    }
)
_SENTENCES: Mapping[int, str] = MappingProxyType(
    {
        400: "The request did not make sense to us. Please go back and try again.",
        403: NotYours.__doc__ or "",
        404: NotHere.__doc__ or "",
        405: "Please go back and use the buttons on the page.",
        413: "Please send a smaller file, or shorten the text.",
        500: "Nothing you did caused this. It has been written down; please try again in a while.",
    }
)


Thing = TypeVar("Thing")


def or_nothing(thing: Thing | None) -> Thing:
    """The thing, or `NotHere`: the same for an id that never was and for the id of something else."""
    if thing is None:
        raise NotHere
    return thing


def explain(app: Flask, config: Config) -> None:
    """Give every fault its page."""

    def named(fault: Exception) -> Response:
        return _page(config, FAULTS[type(fault)], sentence=sentence_of(fault))

    def unnamed(fault: HTTPException) -> Response:
        answer = _page(config, fault.code or 500)
        if fault.code == 405:
            answer.headers.extend([pair for pair in fault.get_headers() if pair[0] == "Allow"])
        return answer

    for kind in FAULTS:
        app.register_error_handler(kind, named)
    app.register_error_handler(HTTPException, unnamed)
    app.register_error_handler(IntegrityError, lambda fault: _at_once(config, fault))
    app.register_error_handler(InternalServerError, lambda fault: _unforeseen(config, fault))


def sentence_of(fault: Exception) -> str:
    """The sentence a person deserves: the docstring of a named fault."""
    return " ".join((type(fault).__doc__ or "").split())


def _unforeseen(config: Config, fault: InternalServerError) -> Response:
    id = id_of_request()
    if fault.original_exception is not None:
        write_down(id, fault.original_exception)
    return _page(config, 500, id=id)


def _at_once(config: Config, fault: IntegrityError) -> Response:
    # Two wrote the same row on PostgreSQL; the database kept the first and undid the second whole.
    id = id_of_request()
    write_down(id, fault)
    return _page(config, FAULTS[AtOnce], sentence=sentence_of(AtOnce()), id=id)


def write_down(id: str, fault: BaseException) -> None:
    """Log where a fault happened and its kind. Never its words: they may hold somebody's name."""
    tell_fault(fault, id=id, endpoint=request.endpoint)


def id_of_request() -> str:
    """The id under which the log tells of this request, for the page that has to name it."""
    return str(request.environ.get(ID) or secrets.token_hex(4))


def _page(config: Config, status: int, *, sentence: str = "", id: str = "") -> Response:
    quiet = is_quiet(config)
    words = {
        "heading": _HEADINGS.get(status, _HEADINGS[400 if status < 500 else 500]),
        "sentence": ""
        if quiet
        else sentence or _SENTENCES.get(status, _SENTENCES[400 if status < 500 else 500]),
        "id": id,
        "unsure": status >= 500 and request.method not in SAFE,
    }
    return make_response(
        render_template("errors/quiet.html" if quiet else "errors/page.html", **words), status
    )
