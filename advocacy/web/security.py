"""What every answer carries and what no request may do, whichever door it came to."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from advocacy.config import Config
from advocacy.paths import STATIC
from advocacy.web.telling import ENDPOINT, Told

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # The sheet we stand on draws its arrows and ticks from addresses of this kind.
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_BYTES = 6_000_000
_DOOR = "/s"
_PORT = re.compile(r":\d*$")
_OF_THE_DOOR = ("/s/", "/stop/")

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class CrossSite(Exception):
    """This was sent from another web site, so nothing was done. Please open the page here and try again."""


def headers(config: Config) -> Mapping[str, str]:
    """The headers of every answer: pages, files, redirects and errors."""
    always = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()",
        "X-Robots-Tag": "noindex, noarchive",
        "X-Frame-Options": "DENY",
    }
    if config.base_url.startswith("https:"):
        always["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return always


def protect(app: Flask, config: Config) -> None:
    """Put the headers on, refuse what comes from elsewhere, keep the signer's host to the signer's door."""
    always = headers(config)
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        TRUSTED_HOSTS=[host_of(config.base_url), host_of(config.signer_url), "127.0.0.1", "localhost"],
    )

    @app.before_request
    def refuse() -> None:
        request.environ[ENDPOINT] = request.endpoint
        if _at_signers_host(config, _host_asked()) and request.blueprint != "signer":
            abort(404)
        refuse_cross_site(config)

    @app.after_request
    def seal(answer: Response) -> Response:
        for name, value in always.items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers.setdefault("Referrer-Policy", "no-referrer" if is_quiet(config) else "same-origin")
        answer.vary.add("HX-Request")
        return answer

    doors = Doors(_seen_from(app.wsgi_app, config), config)
    app.wsgi_app = Told(doors, always)  # type: ignore[method-assign]


def _seen_from(app: Wsgi, config: Config) -> Wsgi:
    # Behind our own web server all visitors would come from this machine, and share one patience. Without one
    # nobody's header is believed. Host and scheme are never taken from a header.
    return ProxyFix(app, x_for=1, x_proto=0, x_host=0) if config.behind_proxy else app


def refuse_cross_site(config: Config) -> None:
    """Refuse an act another site asked for: `Sec-Fetch-Site` decides, `Origin` where a browser has none."""
    # A mail program's one press comes from anywhere (RFC 8058); its key can stop mail and nothing else.
    if request.method in SAFE or request.endpoint == "signer.stop_by_key":
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        fine = site in ("same-origin", "none")
    else:
        # A page without a referrer, as the signer's are, posts the origin "null"; her key is in the body.
        fine = origin in (None, config.base_url, config.signer_url) or (
            origin == "null" and request.blueprint == "signer"
        )
    if not fine:
        raise CrossSite


def is_quiet(config: Config) -> bool:
    """Whether this answer is the signer's door's, where even an error says nothing about the network."""
    path = request.path
    at_door = path == _DOOR or path.startswith(_OF_THE_DOOR) or _at_signers_host(config, _host_asked())
    # Whoever asks for a host that is not ours learns nothing either.
    return at_door or isinstance(request.routing_exception, SecurityError)


def _host_asked() -> str:
    return str(request.environ.get("HTTP_HOST", ""))


def host_of(url: str) -> str:
    """The host name in an address, without its port."""
    return urlsplit(url).hostname or ""


def _at_signers_host(config: Config, host: str) -> bool:
    door, base = (urlsplit(url).netloc.lower() for url in (config.signer_url, config.base_url))
    if _bare(door) == _bare(base):
        return door != base and host.lower() == door
    # A proxy may say its port with the name, and a name may end in a dot: it is the same door.
    return _bare(host.lower()) == _bare(door)


def _bare(netloc: str) -> str:
    return _PORT.sub("", netloc.strip()).rstrip(".")


class Doors:
    """Serves the browser files, and on the signer's own host nothing but what the signer's door needs."""

    def __init__(self, app: Wsgi, config: Config) -> None:
        self._app, self._config = app, config
        self._always = {**headers(config), "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        self._always["Vary"] = "HX-Request"
        # A file's address carries the hash of its content, so a browser may keep it for ever.
        self._files = WhiteNoise(
            app,
            root=STATIC,
            prefix="static/",
            max_age=31_536_000,
            allow_all_origins=False,
            immutable_file_test=lambda path, url: True,
        )

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer with a file or hand the request on."""
        path = environ.get("PATH_INFO", "")

        def start(line: str, said: list[tuple[str, str]], *rest: Any) -> Any:
            # A file that is refused or unchanged has only what the server of files gave it.
            known = {name.lower() for name, _ in said}
            missing = [pair for pair in self._always.items() if pair[0].lower() not in known]
            return start_response(line, [*said, *missing], *rest)

        if _at_signers_host(self._config, environ.get("HTTP_HOST", "")):
            if path == "/":
                environ["PATH_INFO"] = _DOOR
            if not path.startswith("/static/signer"):
                return self._app(environ, start)
        environ[ENDPOINT] = "static" if path.startswith("/static/") else None
        answer: Iterable[bytes] = self._files(environ, start)
        return answer
