"""Plays the whole main path into a folder, through the doors people use, and proves the promises there."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from advocacy.demo import proving, scene, telling
from advocacy.demo.cast import SIGNERS, WITNESS
from advocacy.demo.stage import NETWORK, Stage, set_stage
from advocacy.demo.telling import Broken, Printed
from advocacy.demo.visiting import WrongTurn, key_in
from advocacy.editions.actions import deliver, propose_delivery
from advocacy.editions.contents import Letterhead
from advocacy.editions.models import Way
from advocacy.editions.printing import print_edition
from advocacy.editions.queries import edition, pdf_of
from advocacy.letters.queries import latest_version, recipients
from advocacy.people.actions import second

_LEFT_AFTER_DELIVERY = "siobhan"


def play(out: Path, now: datetime) -> str:
    """Play everything into `out`; the last words for the terminal. `Broken` when a promise did not hold."""
    with set_stage(out, now) as stage:
        try:
            printed = _Play(stage).all()
        except WrongTurn as fault:
            raise Broken(str(fault)) from fault
        told = proving.prove(stage, printed)
        telling.write(stage, printed, told)
    return f"Every promise held. Read {out / 'summary.md'}"


class _Play:
    """The acts, one after the other."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._scene = self._begin()
        self._keys: dict[str, str] = {}

    def _begin(self) -> scene.Scene:
        (self._stage.out / "roster.csv").write_bytes(scene.roster_file())
        with self._stage.database.transaction() as session:
            begun = scene.set_scene(session, self._stage.clock())
            scene.decide(session, begun, self._stage.clock())
        return begun

    def all(self) -> list[Printed]:
        """The whole path: asked, signed, printed, delivered, and taken off again."""
        self._ask()
        testimony = self._testify()
        self._sign()
        self._stage.clock.pass_days(16)
        first = self._print("edition-1", self._scene.letter_id)
        self._deliver(first, (Way.EMAIL, Way.PORTAL))
        self._stage.door.withdraw(self._keys[_LEFT_AFTER_DELIVERY], "door-withdrawn-after-delivery")
        self._stage.clock.pass_days(16)
        second_one = self._print("edition-2", self._scene.letter_id)
        self._deliver(second_one, (Way.IN_PERSON,), skip=2)
        self._look_from_outside()
        return [first, second_one, testimony]

    def _ask(self) -> None:
        with self._stage.database.transaction() as session:
            scene.open_letter(session, self._scene.letter_id, self._scene, self._stage.clock())
            scene.invite_members(session, self._scene, self._stage.clock())
        for mail in self._stage.send_mail():
            key = key_in(mail)
            if key:
                self._keys[str(mail["To"]).partition("@")[0]] = key
        for part in SIGNERS:
            if part.signs_old_text:
                self._stage.door.sign(part, self._keys[part.who], keep=False)
        self._stage.clock.pass_days(1)
        with self._stage.database.transaction() as session:
            version = scene.change_text(session, self._scene, self._stage.clock())
            scene.record_organisations(session, version.id, self._scene, self._stage.clock())

    def _testify(self) -> Printed:
        with self._stage.database.transaction() as session:
            scene.open_letter(session, self._scene.testimony_id, self._scene, self._stage.clock())
            scene.ask_witness(session, self._scene, self._stage.clock())
        (mail,) = self._stage.send_mail()
        self._stage.door.sign(WITNESS, key_in(mail) or "", keep=False)
        return self._print("testimony", self._scene.testimony_id)

    def _sign(self) -> None:
        self._stage.album.keep("door", self._stage.client.get("/s"))
        for part in SIGNERS:
            if not part.signs_old_text:
                self._stage.door.sign(part, self._keys[part.who], keep=part.who in ("juniper", "dee"))
        for part in SIGNERS:
            if part.withdraws:
                self._stage.door.withdraw(self._keys[part.who], "door-withdrawn")

    def _print(self, name: str, letter_id: UUID) -> Printed:
        now, database = self._stage.clock(), self._stage.database
        with database.reading() as session:
            version = latest_version(session, letter_id)
        assert version is not None
        letterhead = Letterhead(NETWORK, (self._stage.config.office_mail_from,), scene.ZONE)
        done = print_edition(database, version.id, letterhead, by=self._scene.hands["amara"], now=now)
        if done.edition_id is None:
            kinds = ", ".join(sorted({finding.kind for finding in done.report.findings}))
            raise Broken(f"the check stopped {name}: {kinds}")
        with database.reading() as session:
            frozen = edition(session, done.edition_id)
            assert frozen is not None
            pdf = pdf_of(session, frozen) or b""
        self._stage.keep_paper(name, pdf)
        return Printed(
            name, frozen.id, letter_id, frozen.n, frozen.pages, frozen.signers, frozen.pdf_sha256, pdf
        )

    def _deliver(self, printed: Printed, ways: tuple[Way, ...], skip: int = 0) -> None:
        hands, now = self._scene.hands, self._stage.clock()
        with self._stage.database.reading() as session:
            offices = recipients(session, printed.letter_id)[skip:]
        for office, way in zip(offices, ways, strict=False):
            with self._stage.database.transaction() as session:
                asked = propose_delivery(
                    session, printed.edition_id, office.id, way, by=hands["amara"], now=now
                )
            with self._stage.database.transaction() as session:
                second(session, asked.id, by=hands["jo"], now=now)
                receipt = "" if way is Way.EMAIL else "FICTIONAL-RECEIPT-1"
                deliver(session, printed.edition_id, office.id, way, receipt=receipt, by=hands["jo"], now=now)
        self._stage.send_mail()

    def _look_from_outside(self) -> None:
        self._stage.album.keep("public-home", self._stage.client.get("/"))
        self._stage.album.keep("public-letter", self._stage.client.get(f"/letters/{self._scene.letter_id}"))
