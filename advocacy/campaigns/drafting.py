"""Copies a playbook's words into drafts of our own, with the names of the bill filled in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.bills.models import Bill
from advocacy.bills.queries import key_of
from advocacy.campaigns.playbooks import LetterDraft, Playbook, TestimonyDraft
from advocacy.clock import day_in
from advocacy.letters.actions import Header, begin_letter, set_header, set_recipients, write_version
from advocacy.letters.models import LetterKind
from advocacy.positions.actions import StanceOn, begin_position


@dataclass(frozen=True)
class Drafting:
    """One playbook being copied, for one bill, by one person."""

    session: Session
    playbook: Playbook
    bill: Bill | None
    by: UUID
    now: datetime

    @property
    def names(self) -> dict[str, str]:
        """What fills the places left for the bill."""
        return {"bill": self.bill.identifier, "bill_title": self.bill.title} if self.bill else {}

    def position(self) -> UUID:
        """The position as a first version nobody has agreed to yet."""
        text = self.playbook.position.about(self.names)
        first = begin_position(
            self.session,
            title=text.title,
            body=text.body,
            by=self.by,
            now=self.now,
            taking=self._stance(),
            review_on=(self.now + timedelta(self.playbook.review_days)).date(),
        )
        return first.position_id

    def letters(self) -> Iterator[UUID]:
        """The sign-on letter, and the testimony where there is one."""
        yield self._letter(self.playbook.letter, LetterKind.SIGN_ON)
        if self.playbook.testimony is not None:
            yield self._testimony(self.playbook.testimony)

    def _stance(self) -> tuple[StanceOn, ...]:
        ask = self.playbook.bill
        if ask is None or self.bill is None:
            return ()
        # Another bill than the playbook's has another text, so the stance is not pinned to any.
        same = key_of(self.bill) == ask.key
        return (StanceOn(self.bill.id, ask.stance, ask.text_version if same else ""),)

    def _letter(self, draft: LetterDraft, kind: LetterKind, spoken: str = "") -> UUID:
        text = draft.text.about(self.names)
        letter = begin_letter(
            self.session,
            kind=kind,
            language=draft.language,
            stance=self.playbook.bill.stance if self.playbook.bill else None,
            implies_survivor=draft.implies_survivor,
            by=self.by,
            now=self.now,
        )
        write_version(
            self.session,
            letter.id,
            title=text.title,
            body=text.body,
            spoken=spoken,
            by=self.by,
            based_on=0,
            now=self.now,
        )
        set_recipients(self.session, letter.id, draft.offices)
        return letter.id

    def _testimony(self, draft: TestimonyDraft) -> UUID:
        spoken = draft.spoken.about(self.names).body
        letter_id = self._letter(draft.letter, LetterKind.TESTIMONY, spoken)
        header = Header(
            bill=self.names.get("bill", ""),
            bill_title=self.names.get("bill_title", ""),
            committee=draft.committee,
            hearing_on=day_in(self.playbook.zone, self.now) + timedelta(draft.hearing_days),
            place=draft.place,
        )
        set_header(self.session, letter_id, header)
        return letter_id
