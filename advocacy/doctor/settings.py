"""Settings that start well and must not stay so where real people are written to. Pure."""

from collections.abc import Iterator
from email.utils import parseaddr
from urllib.parse import urlsplit

from advocacy.config import Config, is_loopback
from advocacy.doctor.finding import Finding, look, ok, wrong

_UNNAMED = "The Network"


def check_settings(config: Config) -> Iterator[Finding]:
    """What was set, and what still is as it came."""
    yield _demo(config)
    yield _name(config)
    yield _call_us(config)
    yield _sender("MAIL_FROM", config.mail_from)
    yield _sender("OFFICE_MAIL_FROM", config.office_mail_from)
    yield _door(config)
    yield _signer_door(config)
    yield _proxy(config)
    yield _bill_keys(config)


def sender_domain(address: str) -> str:
    """The domain a sender's address belongs to."""
    return parseaddr(address)[1].rpartition("@")[2].lower()


def is_home(domain: str) -> bool:
    """Whether a domain means this machine alone, so that nobody elsewhere can answer."""
    return is_loopback(domain) or "." not in domain


def _demo(config: Config) -> Finding:
    if config.demo:
        return wrong(
            "DEMO",
            "This is the demo: anybody may sit at any desk.",
            "Unset DEMO before real people are in it.",
        )
    return ok("DEMO", "This is no demo.")


def _name(config: Config) -> Finding:
    if config.network_name == _UNNAMED:
        says = f"Letters and pages call you “{_UNNAMED}”."
        return wrong("NETWORK_NAME", says, "Set NETWORK_NAME to the network's own name.")
    return ok("NETWORK_NAME", "The network has its name.")


def _call_us(config: Config) -> Finding:
    if not any(character.isdigit() for character in config.call_us):
        says = "The signer's pages say “call us” and show no telephone number."
        return wrong("CALL_US", says, "Set CALL_US to a number that somebody answers.")
    return ok("CALL_US", "There is a telephone number to call.")


def _sender(setting: str, address: str) -> Finding:
    if is_home(sender_domain(address)):
        says = f"{setting} is an address of this machine, so nobody can answer and most mail is refused."
        return wrong(setting, says, f"Set {setting} to an address of your own domain.")
    return ok(setting, f"{setting} is an address that can be answered.")


def _door(config: Config) -> Finding:
    if not config.base_url.startswith("https://"):
        says = "BASE_URL is for this machine alone, so links in mails lead nowhere for anybody else."
        return wrong("BASE_URL", says, "Set BASE_URL to the https:// address of the office.")
    return ok("BASE_URL", "The office has an https address.")


def _signer_door(config: Config) -> Finding:
    hosts = {urlsplit(url).hostname for url in (config.base_url, config.signer_url)}
    if len(hosts) == 1:
        says = "Signers come in by the office's own address, which may tell others whose it is."
        return look("SIGNER_URL", says, "Set SIGNER_URL to a host with a neutral name.")
    return ok("SIGNER_URL", "Signers have a neutral address of their own.")


def _proxy(config: Config) -> Finding:
    if config.base_url.startswith("https://") and not config.behind_proxy:
        says = "All visitors seem to come from one network, so one who guesses codes slows everybody."
        return look("BEHIND_PROXY", says, "Set BEHIND_PROXY=1 where your own web server stands in front.")
    return ok("BEHIND_PROXY", "Visitors are told apart by the network they come from.")


def _bill_keys(config: Config) -> Finding:
    if config.congress_api_key is None:
        says = "Without a key federal bills come from GovInfo, some hours late and without hearings to come."
        return look("CONGRESS_API_KEY", says, "Ask api.congress.gov for a free key and set CONGRESS_API_KEY.")
    return ok("CONGRESS_API_KEY", "There is a key for federal bills.")
