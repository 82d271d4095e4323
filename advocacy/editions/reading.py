"""Reads a finished PDF the way a stranger with tools would: two readers, each by its own road.

`pypdf` follows the drawing orders, on or off the page; `pdftotext` (from Poppler) looks at the page as it is
seen.
"""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import pikepdf
from fontTools.ttLib import TTLibError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

_READERS = (
    pikepdf.PdfError,
    PyPdfError,
    TTLibError,
    subprocess.CalledProcessError,
    subprocess.TimeoutExpired,
)
BROKEN = (*_READERS, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the readers raise at a file that is not one of ours."""


class NoSecondReader(Exception):
    """The program pdftotext is missing, and no letter passes with one reader alone: install poppler-utils."""


def by_pypdf(data: bytes) -> tuple[str, ...]:
    """The text of each page in the order it is drawn, on or off the page."""
    return tuple(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def by_pdftotext(data: bytes) -> tuple[str, ...]:
    """The text of each page as Poppler sees it."""
    program = shutil.which("pdftotext")
    if program is None:
        raise NoSecondReader(NoSecondReader.__doc__)
    order = [program, "-raw", "-enc", "UTF-8", "-", "-"]
    done = subprocess.run(order, input=data, capture_output=True, check=True, timeout=120)  # noqa: S603 - fixed words
    return tuple(done.stdout.decode("utf-8").split("\f")[:-1])
