"""A name server and a clock on loopback, and a mail server that seals the line."""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from dns.resolver import Resolver


@contextmanager
def names(texts: Mapping[str, list[str]], *, mute: bool = False) -> Iterator[Resolver]:
    """A resolver whose server knows exactly these TXT records, or, `mute`, refuses every question."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        line.settimeout(0.2)
        over = threading.Event()
        thread = threading.Thread(target=_answer, args=(line, texts, mute, over))
        thread.start()
        asked = Resolver(configure=False)
        asked.nameservers, asked.port, asked.lifetime = ["127.0.0.1"], line.getsockname()[1], 2.0
        try:
            yield asked
        finally:
            over.set()
            thread.join()


def _answer(line: socket.socket, texts: Mapping[str, list[str]], mute: bool, over: threading.Event) -> None:
    while not over.is_set():
        try:
            data, reader = line.recvfrom(2048)
        except TimeoutError:
            continue
        asked = dns.message.from_wire(data)
        told = dns.message.make_response(asked)
        name = asked.question[0].name.to_text().rstrip(".")
        if mute:
            told.set_rcode(dns.rcode.REFUSED)
        elif name in texts:
            rows = [f'"{text[:200]}" "{text[200:]}"' for text in texts[name]]
            told.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", *rows))
        else:
            told.set_rcode(dns.rcode.NXDOMAIN)
        line.sendto(told.to_wire(), reader)


@contextmanager
def clock(at: datetime | None) -> Iterator[str]:
    """A web server that says it is this time, or, with none, says no time at all."""

    class Told(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response_only(404)
            if at is not None:
                self.send_header("Date", format_datetime(at))
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Told)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path, days: int) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that lasts so many days, and a server's context that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"certificate{days}.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return path, context
