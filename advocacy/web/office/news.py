"""What happened to bills: the page, and what each of us says about being told."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from advocacy.bills.desk.work import all_tags
from advocacy.bills.news import watching
from advocacy.bills.news.queries import headlines, how_many_watched, reader, tags_watched
from advocacy.web.htmx import go
from advocacy.web.office.bill_values import bill_at
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk

_MOST = 200


@office.get("/bills/news", endpoint="news")
def news() -> str:
    """What happened, of the bills one is told of or of all; and how one is told."""
    return _page()


@office.post("/bills/news/mail", endpoint="news_mail")
def mail() -> ResponseReturnValue:
    """One mail a day, or none."""
    wanted, now = request.form.get("mail") == "yes", desk().clock()
    with desk().database.transaction() as session:
        watching.want_mail(session, seat().person_id, wanted=wanted, now=now)
    return go(url_for("office.news", _anchor="told"))


@office.post("/bills/news/tags", endpoint="news_tags")
def tags() -> ResponseReturnValue:
    """Every bill with one of these tags."""
    with desk().database.transaction() as session:
        chosen = tuple(tag for tag in request.form.getlist("tag") if tag in set(all_tags(session)))
        watching.watch_tags(session, seat().person_id, chosen)
    return go(url_for("office.news", _anchor="told"))


@office.post("/bills/news/feed", endpoint="news_feed")
def feed() -> str:
    """A private address for a feed and a calendar. It is shown this once."""
    with desk().database.transaction() as session:
        key = watching.make_feed(session, seat().person_id, desk().clock())
    return _page(key=key)


@office.post("/bills/news/feed/off", endpoint="news_feed_off")
def end_feed() -> ResponseReturnValue:
    """The private address opens nothing any more."""
    with desk().database.transaction() as session:
        watching.end_feed(session, seat().person_id)
    return go(url_for("office.news", _anchor="told"))


@office.post("/bills/<uuid:bill_id>/watch", endpoint="bill_watch")
def watch(bill_id: UUID) -> ResponseReturnValue:
    """Tell me of this bill."""
    with desk().database.transaction() as session:
        watching.watch(session, seat().person_id, bill_at(session, bill_id, desk().clock()).id)
    return go(url_for("office.bill", bill_id=bill_id))


@office.post("/bills/<uuid:bill_id>/unwatch", endpoint="bill_unwatch")
def unwatch(bill_id: UUID) -> ResponseReturnValue:
    """Tell me no more of it."""
    with desk().database.transaction() as session:
        watching.unwatch(session, seat().person_id, bill_at(session, bill_id, desk().clock()).id)
    return go(url_for("office.bill", bill_id=bill_id))


def _page(*, key: str = "") -> str:
    me, every = seat().person_id, request.args.get("all") == "1"
    with desk().database.reading() as session:
        return render_template(
            "office/news.html",
            news=headlines(session, of=None if every else me, most=_MOST),
            every=every,
            watched=how_many_watched(session, me),
            reader=reader(session, me),
            tags=all_tags(session),
            chosen=tags_watched(session, me),
            key=key,
            base_url=desk().config.base_url,
            most=_MOST,
            zone=ZoneInfo(desk().config.time_zone),
        )
