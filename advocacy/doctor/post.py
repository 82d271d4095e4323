"""Whether the mail server lets us in. It is greeted and logged in to, and gets no message."""

from datetime import UTC, datetime, timedelta

from advocacy.config import Config
from advocacy.doctor.finding import Finding, look, ok, wrong
from advocacy.doctor.settings import sender_domain
from advocacy.mail.transport import SmtpTransport, Unreachable

_SECONDS = 10.0
_ENDS_SOON = timedelta(days=14)
NO_SERVER = wrong(
    "SMTP_URL",
    "No mail leaves: without SMTP_URL each message is a file in VAR/mail.",
    "Set SMTP_URL to your mail server.",
)
_MEND = {
    "SSLCertVerificationError": (
        "its certificate is not valid for its name",
        "Use the name it is valid for.",
    ),
    "SMTPNotSupportedError": ("it cannot seal the line (no STARTTLS)", "Use smtps://, or another server."),
    "SMTPAuthenticationError": ("it does not know our user and password", "Put the right ones in SMTP_URL."),
    "gaierror": ("its name is not known", "Check the host in SMTP_URL, and that this machine has a network."),
    "ConnectionRefusedError": ("nobody answers at that port", "Check the host and port in SMTP_URL."),
    "TimeoutError": ("it does not answer", "Check the port in SMTP_URL; many hosters block it until asked."),
}


def check_post(config: Config, now: datetime) -> Finding:
    """Knock at the mail server, with the line sealed and its certificate checked."""
    if config.smtp_url is None:
        return NO_SERVER
    try:
        until = SmtpTransport(config.smtp_url, seconds=_SECONDS).knock(sender_domain(config.mail_from))
    except Unreachable as fault:
        why, mend = _MEND.get(str(fault), (f"{fault}", "Check SMTP_URL."))
        return wrong("SMTP_URL", f"The mail server cannot be used: {why}.", mend)
    if until is not None and datetime.fromtimestamp(until, UTC) - now < _ENDS_SOON:
        return look("SMTP_URL", "The mail server's certificate ends within two weeks.", "Tell who runs it.")
    return ok("SMTP_URL", "The mail server lets us in. Nothing was sent.")
