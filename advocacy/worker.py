"""Background work: what each bell means, put together from the rooms."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime

from advocacy.bills.desk.asked import follow_asked
from advocacy.bills.news.digest import DIGEST, DigestTrade, ask_digests
from advocacy.bills.tracking import look, read_texts, round_of
from advocacy.clock import now
from advocacy.config import Config
from advocacy.db import Database
from advocacy.doctor.trial import TRIAL
from advocacy.editions.contents import Letterhead
from advocacy.editions.messages import DeliveryTrade, FinalCopyTrade
from advocacy.editions.organisation_copies import FINAL_COPY, send_final_copies
from advocacy.editions.queries import first_sent_at
from advocacy.logs import Event, tell
from advocacy.mail.postman import Postman, Trade
from advocacy.mail.transport import transport_for
from advocacy.organisations.answering import ABOUT_BOARD
from advocacy.organisations.asking import TO_AUTHORISER, TO_CONTACT
from advocacy.organisations.messages import AuthoriserTrade, BoardTrade, ContactTrade, NewWordsTrade
from advocacy.organisations.new_words import NEW_WORDS
from advocacy.people.limiting import LIMIT_NOTE
from advocacy.people.messages import PlainTrade, SignInTrade
from advocacy.people.resting import Considerate
from advocacy.people.ways_told import WAY_CHANGED
from advocacy.retention import forget_due
from advocacy.signons.asking_again import Why, tell_left_out
from advocacy.signons.asking_messages import AskingTrade
from advocacy.signons.lapse_messages import LapseTrade
from advocacy.signons.late import ask_again
from advocacy.signons.limit_messages import LimitNoteTrade
from advocacy.signons.lost import OWN_LINK, send_new_links
from advocacy.signons.messages import InvitationTrade, OwnLinkTrade, ReminderTrade
from advocacy.signons.receipt_mail import RECEIPT, ReceiptTrade
from advocacy.signons.reminding import remind_all
from advocacy.wake import Bell, Bells


def trades(config: Config) -> Mapping[str, Trade]:
    """How each kind of message is written."""

    def to_a_member(trade: Trade) -> Trade:
        # In the demo everybody is made up, and nobody sleeps.
        return trade if config.demo else Considerate(trade, config.time_zone)

    return {
        "invitation": to_a_member(InvitationTrade(config)),
        "reminder": to_a_member(ReminderTrade(config)),
        "delivery": DeliveryTrade(config),
        "sign_in": SignInTrade(config),
        "lapse": to_a_member(LapseTrade(config, first_sent_at)),
        "again": to_a_member(InvitationTrade(config)),
        # She asks for these and waits for them, whatever the hour.
        OWN_LINK: OwnLinkTrade(config),
        RECEIPT: ReceiptTrade(config),
        LIMIT_NOTE: LimitNoteTrade(config),
        **dict.fromkeys(Why, to_a_member(AskingTrade(config))),
        TO_CONTACT: ContactTrade(config),
        TO_AUTHORISER: AuthoriserTrade(config),
        ABOUT_BOARD: BoardTrade(config),
        NEW_WORDS: NewWordsTrade(config),
        FINAL_COPY: FinalCopyTrade(config),
        TRIAL: PlainTrade(config, TRIAL),
        WAY_CHANGED: PlainTrade(config, WAY_CHANGED),
        DIGEST: DigestTrade(config),
    }


def postman(config: Config, database: Database, clock: Callable[[], datetime] = now) -> Postman:
    """The postman of this installation."""
    return Postman(database, transport_for(config), trades(config), clock, errands=(send_new_links,))


def remind(config: Config, database: Database, now: datetime) -> None:
    """Ask for the mails that are due: reminders, letters that open again, who was left out, bills, copies."""
    with database.transaction() as session:
        remind_all(session, first_sent_at, zone=config.time_zone, now=now)
        ask_again(session, now)
        ask_digests(session, zone=config.time_zone, now=now)
        tell_left_out(session, first_sent_at, now)
    letterhead = Letterhead(config.network_name, (config.office_mail_from,), config.time_zone)
    send_final_copies(database, letterhead, now)


def work(config: Config, database: Database) -> None:
    """Answer bells until this process is told to stop."""
    bells = Bells(config.queue_url)
    bells.answer(Bell.MAIL, lambda: _post(config, database, bells))
    if not config.demo:
        bells.answer(Bell.BILLS, lambda: _look_again(config, database, bells), minutes="*/5")
    bells.answer(Bell.FORGET, lambda: _forget(config, database, bells), minutes="*/10")
    bells.answer(Bell.REMIND, lambda: remind(config, database, now()), minutes="*/10")
    tell(Event.WORKER_LISTENS)
    bells.listen()


def _look_again(config: Config, database: Database, bells: Bells) -> None:
    """Look at bills for a short while, and ring again for the rest: mail does not wait behind a thousand."""
    enough = while_short(bells.is_stopping)
    for seen in round_of(database, config, now).go(enough):
        event = Event.BILL_UNSEEN if seen.fault else Event.BILL_SEEN
        tell(event, id=str(seen.key), count=len(seen.changes))
    follow_asked(database, lambda key: look(database, config, key, now()).bill_id, now, enough)
    while not enough() and read_texts(database, now(), most=1):
        pass
    if enough() and not bells.is_stopping():
        bells.ring(Bell.BILLS)


def while_short(
    is_stopping: Callable[[], bool], seconds: float = 20.0, tick: Callable[[], float] = time.monotonic
) -> Callable[[], bool]:
    """Whether some seconds have passed since now, or this process is told to stop."""
    until = tick() + seconds
    return lambda: is_stopping() or tick() >= until


def _forget(config: Config, database: Database, bells: Bells) -> None:
    forget_due(database, zone=config.time_zone, now=now(), stopping=bells.is_stopping)


def _post(config: Config, database: Database, bells: Bells) -> None:
    config.worker_seen.touch(mode=0o600)
    _say(postman(config, database).round(bells.is_stopping))


def _say(sent: int) -> None:
    if sent:
        tell(Event.MAIL_ROUND, count=sent)
