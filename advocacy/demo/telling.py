"""Writes down what was played: a manifest for machines, a summary for people."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

from advocacy.demo.stage import Stage


class Broken(Exception):
    """Something in the folder is not as promised."""


@dataclass(frozen=True)
class Printed:
    """One finished PDF of the demo."""

    name: str
    edition_id: UUID
    letter_id: UUID
    n: int
    pages: int
    signers: int
    sha256: str
    pdf: bytes = field(repr=False)


@dataclass(frozen=True)
class Proof:
    """One promise, and how it was looked at."""

    promise: str
    looked_at: str


def write(stage: Stage, printed: Sequence[Printed], proofs: Sequence[Proof]) -> None:
    """Write `manifest.json` and `summary.md`."""
    papers = [
        {"file": _file(one), "pages": one.pages, "signers": one.signers, "sha256": one.sha256}
        for one in printed
    ]
    manifest = {
        "papers": papers,
        "pages": stage.album.seen,
        "mails": len(stage.mails),
        "promises": [asdict(proof) for proof in proofs],
    }
    (stage.out / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=2), encoding="utf-8"
    )
    (stage.out / "summary.md").write_text(_summary(stage, printed, proofs), encoding="utf-8")


def _file(printed: Printed) -> str:
    folder = "editions/" if printed.name.startswith("edition") else ""
    return f"{folder}{printed.name}.pdf"


def _summary(stage: Stage, printed: Sequence[Printed], proofs: Sequence[Proof]) -> str:
    papers = "\n".join(
        f"- `{_file(one)}`: {one.pages} pages, {_signers(one.signers)}, SHA-256 `{one.sha256}`"
        for one in printed
    )
    promises = "\n".join(f"- {proof.promise}: {proof.looked_at}." for proof in proofs)
    return _WORDS.format(
        mails=len(stage.mails), pages=len(stage.album.seen), papers=papers, promises=promises
    )


def _signers(number: int) -> str:
    return "1 signer" if number == 1 else f"{number} signers"


_WORDS = """# The main path, played on made-up people

A roster was taken in (`roster.csv`). The bill H.R. 1144 of the 119th Congress was typed in as facts. A
campaign began from its playbook; the working group decided on the position; somebody else approved the
letter; it opened, and a group was invited by mail. Its members signed through the door, each in her own
way. One signed a text that changed afterwards. One took her name off before the letter was printed, one
after it was delivered. One agreed for thirty days only. Two people together delivered the first edition;
the second, a month later, went by hand.

## What is here

- `mail/`: {mails} mails, as they left
- `pages/`: {pages} pages, as they were seen
{papers}

## What was promised, and how it was looked at

{promises}
"""
