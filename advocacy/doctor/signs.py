"""The records that let other mail servers believe our sender: SPF, DKIM and DMARC of its domain."""

from collections.abc import Iterator

from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer, NoResolverConfiguration, Resolver

from advocacy.config import Config
from advocacy.doctor.finding import Finding, look, ok, wrong
from advocacy.doctor.settings import is_home, sender_domain

_SEE = "docs/install.md, part Mail, shows it."


class CouldNotLook(Exception):
    """Nobody answered questions about names."""


def resolver() -> Resolver | None:
    """The resolver of this machine, when it has one."""
    try:
        found = Resolver()
    except NoResolverConfiguration:
        return None
    found.lifetime = 5.0
    return found


def check_signs(config: Config, asked: Resolver | None) -> Iterator[Finding]:
    """The records of each sender's domain; a domain of this machine has none."""
    domains = {sender_domain(address) for address in (config.mail_from, config.office_mail_from)}
    for domain in sorted(domain for domain in domains if not is_home(domain)):
        try:
            yield from _of_domain(domain, config.dkim_selector, asked)
        except CouldNotLook:
            says = f"Nobody could look up the mail records of {domain}."
            yield look(f"dns.{domain}", says, "Try again where names can be looked up.")


def _of_domain(domain: str, selector: str, asked: Resolver | None) -> Iterator[Finding]:
    yield _spf(domain, _texts(asked, domain))
    yield _dmarc(domain, _texts(asked, f"_dmarc.{domain}"))
    if not selector:
        says = f"Nobody could look for the DKIM key of {domain} without its selector."
        yield look(f"dkim.{domain}", says, "Set DKIM_SELECTOR to the one your mail server signs with.")
        return
    yield _dkim(domain, selector, _texts(asked, f"{selector}._domainkey.{domain}"))


def _spf(domain: str, texts: tuple[str, ...]) -> Finding:
    about, found = f"spf.{domain}", [text for text in texts if text.lower().split(" ")[0] == "v=spf1"]
    if len(found) != 1:
        says = (
            f"{domain} has {'no' if not found else 'more than one'} SPF record, so mail from it is doubted."
        )
        return wrong(about, says, f"Publish exactly one. {_SEE}")
    if found[0].split()[-1].lower() in ("+all", "all", "?all"):
        return wrong(about, f"The SPF record of {domain} lets anybody send.", "End it with -all.")
    return ok(about, f"{domain} says which servers send for it (SPF).")


def _dmarc(domain: str, texts: tuple[str, ...]) -> Finding:
    about, found = f"dmarc.{domain}", [text for text in texts if text.replace(" ", "").startswith("v=DMARC1")]
    if len(found) != 1:
        says = f"{domain} has {'no' if not found else 'more than one'} DMARC record."
        return wrong(about, says, f"Publish exactly one at _dmarc.{domain}. {_SEE}")
    if "p=none" in found[0].replace(" ", "").split(";"):
        says = f"{domain} asks nobody to refuse mail that others send in its name."
        return look(about, says, "Once mail arrives well, change p=none to p=quarantine.")
    return ok(about, f"{domain} asks others to refuse mail sent in its name (DMARC).")


def _dkim(domain: str, selector: str, texts: tuple[str, ...]) -> Finding:
    about, keys = f"dkim.{domain}", [text.replace(" ", "") for text in texts]
    if not any(part.startswith("p=") and len(part) > 2 for key in keys for part in key.split(";")):
        says = f"There is no DKIM key at {selector}._domainkey.{domain}, so no signature can be checked."
        return wrong(about, says, f"Publish the key of your mail server there. {_SEE}")
    return ok(about, f"{domain} publishes the key its mail is signed with (DKIM).")


def _texts(asked: Resolver | None, name: str) -> tuple[str, ...]:
    if asked is None:
        raise CouldNotLook
    try:
        answer = asked.resolve(name, "TXT")
    except (NXDOMAIN, NoAnswer):
        return ()
    except (DNSException, OSError) as fault:
        raise CouldNotLook from fault
    return tuple(b"".join(row.strings).decode("utf-8", "replace") for row in answer)
