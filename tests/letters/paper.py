"""Makes fictional letters, and folders of designs that somebody has tampered with."""

import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pikepdf

from advocacy.editions.check import Expected, expected
from advocacy.editions.names import Forbidden
from advocacy.letters import render
from advocacy.letters.content import LetterContent, Line, Office, Signatories, TestimonyContent
from advocacy.paths import LETTERS

HIDDEN = "Rowan Verborgen"
FORBIDDEN = (Forbidden(HIDDEN, whole_name=True), Forbidden("Hope", whole_name=False))
SCRIPTS = ("Wren Sample", "Nguyễn Mẫu", "محمد مثال", "李示例", "Dara O’Sample-Test", "Ana-Lucía Ejemplo")


def letter(**changes: Any) -> LetterContent:
    plain = LetterContent(
        language="en",
        network_name="Example Network",
        contact=("policy@network.example",),
        date_line="December 4, 2026",
        recipients=(Office(("The Honorable Chair", "Committee on Samples")),),
        re_line="Support for H.R. 1144",
        title="Support for H.R. 1144",
        body="We ask for **three** things and we hope for an answer.\n\n1. Homes.\n2. Wages.\n\n- care",
        signatories=Signatories(("Sample Valley Housing (CA)",), SCRIPTS, 3),
        version_label="Version 3 · 4f2a 9c1d",
    )
    return replace(plain, **changes)


def a_testimony(**changes: Any) -> TestimonyContent:
    plain = TestimonyContent(
        language="en",
        network_name="Example Network",
        contact=("policy@network.example",),
        date_line="February 9, 2027",
        bill="HB 417",
        bill_title="A Sample Bill",
        committee="House Judiciary Committee",
        hearing_line="Hearing: February 11, 2027",
        stance_word="Favorable",
        title="Written testimony on HB 417",
        witness=Line("Wren Sample"),
        body="We ask for a favorable report.",
        version_label="Version 2",
        spoken="Thank you. We ask for a favorable report.",
    )
    return replace(plain, **changes)


def wanted(content: LetterContent | TestimonyContent, *forbidden: Forbidden) -> Expected:
    return expected(content, render.said(content), content.manifest, forbidden or FORBIDDEN)


def ua1_faults(data: bytes) -> list[object]:
    """What the validator for accessible PDFs finds; our own check of the tag tree comes on top of it."""
    return list(page.validate_pdf_bytes(data, profile="ua1", limits=page.SafetyLimits.unlimited()).failures)


def designs_with(folder: Path, *, head: str = "", body: str = "") -> Path:
    """The real designs, in which somebody has written something into the head or after the letter."""
    copy = folder / "designs"
    shutil.copytree(LETTERS, copy)
    shell = copy / "base.html"
    text = shell.read_text(encoding="utf-8").replace("</head>", head + "</head>")
    shell.write_text(text.replace("</body>", body + "</body>"), encoding="utf-8")
    return copy


def changed(data: bytes, change: Any) -> bytes:
    """The file after somebody opened it and did something to it."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()
