"""Congress.gov as a small server on this machine: bills, paged as it pages, and every way it fails."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "k3y" * 13 + "X"
LISTS = {
    "actions": "actions",
    "cosponsors": "cosponsors",
    "committees": "committees",
    "text": "textVersions",
    "relatedbills": "relatedBills",
    "summaries": "summaries",
    "subjects": "legislativeSubjects",
}


@dataclass(frozen=True)
class Reply:
    """What the server sends: a status, bytes, and headers."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    drip: float = 0.0
    reset: bool = False


def told(status: int, body: object, **headers: str) -> Reply:
    return Reply(status, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})


Fault = Callable[["CongressServer", str, Mapping[str, str]], Reply]


class CongressServer:
    """Serves `bodies` by path; `faults` by path come first. `asked` is each path, query and headers."""

    def __init__(self) -> None:
        self.bodies: dict[str, dict[str, Any]] = {}
        self.faults: dict[str, Fault] = {}
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self.page = 250
        self.overlap = 0
        self.wants: str | None = KEY
        self.release = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v3"

    def serve(self, item: dict[str, Any], **lists: list[dict[str, Any]]) -> None:
        """Serve one bill: its item, and lists by their path name."""
        path = f"/bill/{item['congress']}/{item['type'].lower()}/{item['number']}"
        self.bodies[path] = {"bill": item, "request": {"format": "json"}}
        for name, rows in lists.items():
            self.bodies[f"{path}/{name}"] = {LISTS[name]: rows}

    def serve_recording(self, folder: Path) -> None:
        """Serve one bill from a folder of recorded answers."""
        item = json.loads((folder / "bill.json").read_text())["bill"]
        path = f"/bill/{item['congress']}/{item['type'].lower()}/{item['number']}"
        self.bodies[path] = {"bill": item}
        for file in folder.glob("*.json"):
            self.bodies.setdefault(f"{path}/{file.stem}", json.loads(file.read_text()))

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]

    def reply(self, path: str, query: dict[str, str], headers: dict[str, str]) -> Reply:
        self.asked.append((path, query, headers))
        if self.wants and headers.get("x-api-key") != self.wants:
            code = "API_KEY_INVALID" if "x-api-key" in headers else "API_KEY_MISSING"
            return told(403, {"error": {"code": code, "message": f"no: {headers.get('x-api-key')}"}})
        if path in self.faults:
            return self.faults[path](self, path, query)
        if path not in self.bodies:
            return told(404, {"error": f"Unknown resource: {path[1:]}"})
        if query.get("format") != "json":
            return Reply(200, b"<?xml version='1.0'?><bill/>", {"Content-Type": "application/xml"})
        return told(200, self._paged(path, query))

    def _paged(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        body = self.bodies[path]
        name = LISTS.get(path.rsplit("/", 1)[-1])
        if name is None or not isinstance(body.get(name), list):
            return body
        offset, limit = int(query.get("offset", 0)), min(int(query.get("limit", 20)), self.page)
        rows = body[name][max(0, offset - self.overlap) : offset + limit]
        pagination: dict[str, Any] = {"count": 1}  # A count nobody may believe.
        if offset + limit < len(body[name]):
            pagination["next"] = f"https://elsewhere.invalid/v3{path}?offset={offset + limit}&limit={limit}"
        if name == "legislativeSubjects":
            # The policy area takes the first slot, so that a first page of one holds no subject.
            slots = [None, *body[name]][offset : offset + limit]
            subjects = {"policyArea": {"name": "Law"}, name: [slot for slot in slots if slot]}
            following = (
                {"next": f"{path}?offset={offset + limit}"} if offset + limit <= len(body[name]) else {}
            )
            return {"subjects": subjects, "pagination": following}
        return {**body, name: rows, "pagination": pagination}

    def _handler(outer) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                answer = outer.reply(parts.path.removeprefix("/v3"), query, headers)
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if answer.reset:
                    # Closed with a reset, in the middle of the answer.
                    self.wfile.write(answer.body[:10])
                    self.wfile.flush()
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.connection.close()
                    return
                for place in range(len(answer.body)) if answer.drip else ():
                    self.wfile.write(answer.body[place : place + 1])
                    self.wfile.flush()
                    if outer.release.wait(answer.drip):
                        return
                if not answer.drip:
                    self.wfile.write(answer.body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler

    @contextmanager
    def running(self) -> Iterator["CongressServer"]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self.release.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def always(reply: Reply) -> Fault:
    return lambda server, path, query: reply


def outage(server: CongressServer, path: str, query: Mapping[str, str]) -> Reply:
    return Reply(503, b"<html><h1>Service Unavailable</h1></html>", {"Content-Type": "text/html"})


def web_page(server: CongressServer, path: str, query: Mapping[str, str]) -> Reply:
    return Reply(200, b"\n<!doctype html><title>Maintenance</title>", {"Content-Type": "text/html"})


def circle(server: CongressServer, path: str, query: Mapping[str, str]) -> Reply:
    return Reply(302, b"", {"Location": f"{server.address}{path}"})


def elsewhere(server: CongressServer, path: str, query: Mapping[str, str]) -> Reply:
    return Reply(302, b"", {"Location": f"http://localhost:9/v3{path}"})


def silence(server: CongressServer, path: str, query: Mapping[str, str]) -> Reply:
    server.release.wait(5)
    return Reply(200, b"{}")


def drip(server: CongressServer, path: str, query: Mapping[str, str]) -> Reply:
    return Reply(200, json.dumps(server.bodies[path]).encode(), drip=0.05)


def reset(server: CongressServer, path: str, query: Mapping[str, str]) -> Reply:
    return Reply(200, json.dumps(server.bodies[path]).encode(), reset=True)


def broken_off(server: CongressServer, path: str, query: Mapping[str, str]) -> Reply:
    return Reply(200, json.dumps(server.bodies[path]).encode()[:-20])


def cut_short(server: CongressServer, path: str, query: Mapping[str, str]) -> Reply:
    body = json.dumps(server.bodies[path]).encode()
    return Reply(200, body[:-20], {"Content-Type": "application/json", "Content-Length": str(len(body))})


def echo(server: CongressServer, path: str, query: Mapping[str, str]) -> Reply:
    return told(400, {"error": f"bad request with api_key={KEY}", "request": {"key": KEY}})
