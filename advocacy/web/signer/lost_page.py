"""A lost link: one page and one answer for everybody, whether or not the address is known here."""

from flask import Response, g, make_response, render_template, request

from advocacy.signons.lost import ask_again
from advocacy.web.pages import desk
from advocacy.web.signer.entry import signer, spoken
from advocacy.web.signer.pace import SHORTEST
from advocacy.web.signer.tongues import tongue

_LONGEST_ADDRESS = 320


@signer.get("/s/lost")
def lost() -> str:
    """The same page for everybody: one field. It knows nothing and writes nothing."""
    return render_template("signer/lost.html", sent=False, fault=False, **spoken(tongue("en")))


@signer.post("/s/lost")
def send_new_one() -> Response:
    """Note the wish, whoever types whatever address; nobody is looked up here."""
    email = request.form.get("email", "").strip()[:_LONGEST_ADDRESS]
    g.held_for = SHORTEST
    if email:
        with desk().database.transaction() as session:
            ask_again(session, email, desk().clock())
    page = render_template("signer/lost.html", sent=bool(email), fault=not email, **spoken(tongue("en")))
    return make_response(page, 200 if email else 422)
