"""How the looking goes: how far it is, how each service does, and asking again."""

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from advocacy.bills.refreshing.gates import try_again
from advocacy.bills.refreshing.queries import in_trouble, progress, services
from advocacy.bills.refreshing.turns import ask_for_all
from advocacy.wake import Bell, ring
from advocacy.web.errors import or_nothing
from advocacy.web.htmx import go, page_or_part
from advocacy.web.office.door import office
from advocacy.web.pages import desk


@office.get("/bills/services", endpoint="bill_services")
def page() -> Response:
    """Each service: when it last answered, and what is the matter with it."""
    now = desk().clock()
    with desk().database.reading() as session:
        return page_or_part(
            "office/bill_services.html",
            "office/_bill_looking.html",
            services=services(session),
            now=now,
            progress=progress(session, now),
            trouble=in_trouble(session, now),
        )


@office.post("/bills/services", endpoint="bill_look_at_all")
def look_at_all() -> ResponseReturnValue:
    """Have every bill looked at again. The worker does it, one by one."""
    with desk().database.transaction() as session:
        ask_for_all(session, desk().clock())
        ring(session, Bell.BILLS)
    return go(url_for("office.bill_services"))


@office.post("/bills/services/again", endpoint="bill_service_again")
def again() -> ResponseReturnValue:
    """Ask a service again that we left alone."""
    with desk().database.transaction() as session:
        name = request.form.get("source", "")
        or_nothing(name if name in {one.source for one in services(session)} else None)
        try_again(session, name, desk().clock())
        ring(session, Bell.BILLS)
    return go(url_for("office.bill_services"))
