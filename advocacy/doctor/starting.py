"""The first days of an installation, step by step. Each is done when nothing that was looked at is amiss."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.config import Config
from advocacy.doctor.copies import check_copies
from advocacy.doctor.files import check_keys_file
from advocacy.doctor.finding import Finding, State, look, ok, wrong
from advocacy.doctor.post import NO_SERVER
from advocacy.doctor.settings import check_settings
from advocacy.doctor.terms import check_terms
from advocacy.doctor.trial import last_trial
from advocacy.mail.models import Message, MessageStage
from advocacy.people.queries import roster

_A_FEW = 5


@dataclass(frozen=True)
class Step:
    """One thing to do at the beginning: what was found about it, and what is set where that is no secret."""

    name: str
    title: str
    findings: tuple[Finding, ...]
    shown: tuple[tuple[str, str], ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to do."""
        return all(finding.state is State.OK for finding in self.findings)

    @property
    def left(self) -> tuple[Finding, ...]:
        """What is still amiss."""
        return tuple(finding for finding in self.findings if finding.state is not State.OK)


_SET = (
    ("name", "The network’s name and telephone number", ("NETWORK_NAME", "CALL_US")),
    ("letterhead", "The letterhead", ("OFFICE_MAIL_FROM",)),
    ("doors", "The two addresses", ("BASE_URL", "SIGNER_URL")),
)


def steps(session: Session, config: Config, now: datetime) -> tuple[Step, ...]:
    """Every step, in the order in which they are best done."""
    settings = {finding.about: finding for finding in check_settings(config)}
    today = day_in(config.time_zone, now)
    told = [_set(config, settings, name, title, about) for name, title, about in _SET]
    return (
        *told,
        Step(
            "mail", "Mail", (settings["MAIL_FROM"], *_mail(session, config)), _shown(config, ("MAIL_FROM",))
        ),
        Step("keys", "The keys", tuple(check_keys_file(config))),
        Step("roster", "The roster", (_roster(session),)),
        Step("terms", "The first terms", tuple(check_terms(session, today))),
        Step("copies", "The copies of the keys", (check_copies(session, today),)),
        Step("bills", "Bills", (settings["CONGRESS_API_KEY"],)),
    )


def missing(session: Session, config: Config, now: datetime) -> int:
    """How many steps are still to do."""
    return sum(not step.is_done for step in steps(session, config, now))


def _set(config: Config, settings: dict[str, Finding], name: str, title: str, about: Collection[str]) -> Step:
    return Step(name, title, tuple(settings[one] for one in about), _shown(config, about))


def _shown(config: Config, about: Collection[str]) -> tuple[tuple[str, str], ...]:
    return tuple((one, getattr(config, one.lower()) or "not set") for one in about)


def _mail(session: Session, config: Config) -> Iterator[Finding]:
    if config.smtp_url is None:
        yield NO_SERVER
    yield _trial(last_trial(session))


def _trial(message: Message | None) -> Finding:
    stage = message.stage if message else None
    if stage is MessageStage.SENT:
        return ok(
            "trial", "A mail to yourself left. Look whether it arrived, and not among the unwanted mail."
        )
    if stage in (MessageStage.WAITING, MessageStage.SENDING):
        return look("trial", "A mail to yourself waits to leave.", "Come back in a minute.")
    if stage is None:
        return look("trial", "Nobody has sent a mail to herself yet.", "Press the button below.")
    return wrong("trial", "The last mail to yourself did not leave.", "On the server, run: advocacy doctor")


def _roster(session: Session) -> Finding:
    if len(roster(session)) < _A_FEW:
        says = "Hardly anybody is on the roster."
        return look("roster", says, "A membership co-facilitator takes the file in, once she has her term.")
    return ok("roster", "The roster was taken in.")
