"""A small sound playbook on disk, for tests to start from and to break."""

from pathlib import Path

from advocacy.campaigns.playbooks import Playbook, read

VENUES = frozenset({"us_house", "us_senate"})

SHEET = """\
title = "A sample campaign"
summary = "Ask the House for one thing."
zone = "America/New_York"

[bill]
reference = "us 119 H.R. 1144"
stance = "support_if_amended"
text_version = "Introduced in House"

[deadlines]
soft = { days = 11, at = "17:00" }
hard = { days = 15, at = "12:00" }

[letter]
implies_survivor = true

[[letter.recipients]]
office = "Chair, Committee on Samples"
salutation = "Dear Chair:"
address = "Washington, DC"
venue = "us_house"

[[letter.recipients]]
office = "Ranking Member, Committee on Samples"
salutation = "Dear Ranking Member:"
address = "Washington, DC"
venue = "us_senate"
email = "samples@senate.example"

[testimony]
implies_survivor = false
committee = "Committee on Samples"
hearing_days = 17

[[testimony.recipients]]
office = "Clerk"
salutation = "Dear Clerk:"
address = "Washington, DC"
venue = "us_house"
"""

TEXTS = {
    "position.md": "# On {{ bill }}\n\nWe like {{ bill_title }}.\n",
    "letter.md": "# RE: {{bill}}\n\nPlease pass {{ bill }}.\n",
    "invitation.md": "# Before you read\n\nIt is about {{ bill }}.\n",
    "invitation.es.md": "# Antes de leer\n\nTrata de {{ bill }}.\n",
    "testimony.md": "# Testimony on {{ bill }}\n\nThank you for hearing us.\n",
    "testimony-spoken.md": "# Aloud\n\nThank you.\n",
}


def write_sample(root: Path, name: str = "sample") -> Path:
    """The folder of a sound playbook."""
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "campaign.toml").write_text(SHEET, "utf-8")
    for file, text in TEXTS.items():
        (folder / file).write_text(text, "utf-8")
    return folder


def sample(root: Path) -> Playbook:
    """A sound playbook, read."""
    return read(write_sample(root), VENUES)
