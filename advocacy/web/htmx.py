"""One view for htmx and a plain browser: the page includes the part, htmx receives the part."""

from flask import Response, make_response, redirect, render_template
from htmx_flask import request
from werkzeug.wrappers import Response as AnyResponse


def wants_part() -> bool:
    """Whether htmx asked for one part; boosted and history requests want the whole page."""
    asked = request.htmx
    return bool(asked) and not asked.boosted and not asked.history_restore_request


def page_or_part(page: str, part: str, *, status: int = 200, **words: object) -> Response:
    """The whole page, or the one part of it that htmx asked for, from the same words."""
    return make_response(render_template(part if wants_part() else page, **words), status)


def go(url: str) -> AnyResponse:
    """Send the browser on after something was done, with or without htmx."""
    if not wants_part():
        return redirect(url, 303)
    answer = make_response("", 200)
    answer.headers["HX-Redirect"] = url
    return answer


def reswap(answer: Response, how: str, target: str = "") -> Response:
    """Tell htmx to put this answer elsewhere. By hand: the library refuses two of the words it lists."""
    answer.headers["HX-Reswap"] = how
    if target:
        answer.headers["HX-Retarget"] = target
    return answer
