"""Helping a member to sign by voice or with a slip: for the membership group, which sees no sign-ons."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import InputRequired

from advocacy.people import queries
from advocacy.people.models import Language
from advocacy.people.typed_codes import spell
from advocacy.signons import assisting
from advocacy.signons.actions import TextChanged
from advocacy.signons.assisting import NotAsked, Way
from advocacy.signons.visits import Asked, Visit
from advocacy.web.errors import NotHere, or_nothing, sentence_of
from advocacy.web.forms import OfficeForm, options
from advocacy.web.htmx import go
from advocacy.web.office.aloud import read_aloud, spoken
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk

_WAYS = ((Way.PHONE, "On the phone"), (Way.IN_PERSON, "Face to face"))


@dataclass(frozen=True)
class Listed:
    """An open letter she was asked to sign."""

    letter_id: UUID
    title: str


class VoiceForm(OfficeForm):
    """She said yes by voice: what was read, and how."""

    language = HiddenField()
    text = HiddenField()
    way = RadioField("How did you talk?", [InputRequired("Please choose one.")], choices=options(_WAYS))
    read = BooleanField("I read all of it to her", [InputRequired("Please read all of it to her first.")])
    yes = BooleanField(
        "She said yes, count me", [InputRequired("Only her own yes counts. Nothing was done.")]
    )


@office.get("/people/<uuid:person_id>/help", endpoint="people_help")
def letters(person_id: UUID) -> str:
    """The open letters this person was asked to sign, whatever she answered."""
    with desk().database.reading() as session:
        name = name_at(session, person_id)
        found = assisting.letters_for(session, person_id, desk().clock())
        asked = [come(session, person_id, one.letter_id)[1] for one in found]
        listed = [Listed(one.letter.id, one.version.title) for one in asked]
    return render_template("office/help.html", name=name, person_id=person_id, letters=listed)


@office.get("/people/<uuid:person_id>/help/<uuid:letter_id>", endpoint="people_help_letter")
def one_letter(person_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """What to read to her, and the ways to sign with help."""
    with desk().database.reading() as session:
        return _page(session, person_id, letter_id)


@office.post("/people/<uuid:person_id>/help/<uuid:letter_id>", endpoint="people_help_count")
def count(person_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """She said yes by voice, so she is counted. No field of this form can name her."""
    form = VoiceForm(request.form)
    with desk().database.transaction() as session:
        if not form.validate():
            return _page(session, person_id, letter_id, form)
        try:
            _count(session, person_id, letter_id, form)
        except TextChanged as fault:
            form.read.errors = [sentence_of(fault)]
            return _page(session, person_id, letter_id, form)
    return go(url_for("office.people_help_letter", person_id=person_id, letter_id=letter_id, done="counted"))


def _count(session: Session, person_id: UUID, letter_id: UUID, form: VoiceForm) -> None:
    _, asked = come(session, person_id, letter_id)
    language = spoken(form.language.data or "").language
    assisting.count_by_voice(
        session,
        person_id,
        letter_id,
        way=Way(form.way.data),
        language=language,
        text=form.text.data or "",
        words=read_aloud(session, asked, language),
        by=seat().person_id,
        zone=desk().config.time_zone,
        now=desk().clock(),
    )


@office.post("/people/<uuid:person_id>/help/<uuid:letter_id>/slip", endpoint="people_slip")
def slip(person_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """A slip with a code, shown this once and in no address: with it she does everything alone."""
    config = desk().config
    with desk().database.transaction() as session:
        visit, _ = come(session, person_id, letter_id)
        code = assisting.make_slip(session, person_id, letter_id, by=seat().person_id, now=desk().clock())
    words = spoken(visit.language)
    return render_template(
        "office/slip.html",
        person_id=person_id,
        letter_id=letter_id,
        say=words.say,
        language=words.language,
        place=f"{config.signer_url}/s".partition("://")[2],
        code=spell(code),
        call_us=config.call_us,
    )


def name_at(session: Session, person_id: UUID) -> str:
    """The name of somebody on the roster, or nothing is here."""
    return queries.names_of(session, or_nothing(queries.person(session, person_id))).name


def come(session: Session, person_id: UUID, letter_id: UUID) -> tuple[Visit, Asked]:
    """What she is asked, or nothing is here: not asked, not open, no such person are one answer."""
    or_nothing(queries.person(session, person_id))
    try:
        return assisting.come_for(session, person_id, letter_id, desk().clock())
    except NotAsked as fault:
        raise NotHere from fault


def language_for(visit: Visit) -> str:
    """The language asked for on the page, or hers."""
    asked = request.args.get("language", "")
    return asked if asked in tuple(Language) else spoken(visit.language).language


def _page(session: Session, person_id: UUID, letter_id: UUID, form: VoiceForm | None = None) -> Response:
    visit, asked = come(session, person_id, letter_id)
    language = spoken(form.language.data or "").language if form else language_for(visit)
    status = 422 if form else 200
    form = form or VoiceForm(data={"language": language})
    form.text.data = asked.version.sha256
    page = render_template(
        "office/help_letter.html",
        name=name_at(session, person_id),
        person_id=person_id,
        letter_id=letter_id,
        letter_title=asked.version.title,
        aloud=read_aloud(session, asked, language),
        language=language,
        done=request.args.get("done", ""),
        form=form,
    )
    return make_response(page, status)
