"""Finds the files to read: in a folder, one by one, in a zip or tar, or behind a web address."""

import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import urljoin, urlsplit

import requests

from advocacy.bills.legislators.congress_files import NAMES
from advocacy.bills.legislators.openstates_files import PATH
from advocacy.bills.legislators.yaml_files import LARGEST

_LARGEST_ARCHIVE = 150_000_000
_MOST_FILES = 40_000
_REDIRECTS = 3
_YAML = (".yaml", ".yml")


class CannotRead(Exception):
    """There is nothing here that can be read."""


@dataclass(frozen=True)
class File:
    """One file: its name as the report gives it, and its bytes, no more than may be read."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Found:
    """The files of one place to read from. `is_whole`: whoever is not in them is over."""

    files: Iterator[File]
    is_whole: bool


@contextmanager
def opened(origin: str) -> Iterator[Found]:
    """The files at a path or a web address, or `CannotRead` with the reason."""
    if "://" in origin:
        with TemporaryFile() as kept:
            _download(origin, kept)
            kept.seek(0)
            yield _in_file(urlsplit(origin).path, kept)
        return
    path = Path(origin).expanduser()
    if path.is_dir():
        yield Found(_in_folder(path), is_whole=True)
    elif path.is_file():
        with path.open("rb") as kept:
            yield _in_file(str(path.resolve()), kept)
    else:
        raise CannotRead(f"{origin} is neither a file nor a folder.")


def _is_wanted(name: str) -> bool:
    return name.rpartition("/")[2] in NAMES or PATH.search(name) is not None


def _in_folder(folder: Path) -> Iterator[File]:
    found = 0
    for path in sorted(folder.rglob("*.y*ml")):
        if path.is_file() and _is_wanted(path.resolve().as_posix()):
            found += 1
            with path.open("rb") as kept:
                yield File(path.resolve().as_posix(), kept.read(LARGEST + 1))
    if not found:
        raise CannotRead(f"{folder} holds no file of congress-legislators or of Open States people.")


def _in_file(name: str, kept: IO[bytes]) -> Found:
    if name.endswith(_YAML):
        return Found(iter((File(name, kept.read(LARGEST + 1)),)), is_whole=False)
    if zipfile.is_zipfile(kept):
        return Found(_enough(_in_zip(kept), name), is_whole=True)
    kept.seek(0)
    return Found(_enough(_in_tar(kept, name), name), is_whole=True)


def _enough(files: Iterator[File], name: str) -> Iterator[File]:
    n = 0
    try:
        for n, file in enumerate(files, 1):
            if n > _MOST_FILES:
                raise CannotRead(f"{name} holds more than {_MOST_FILES} files to read.")
            yield file
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, NotImplementedError, RuntimeError):
        raise CannotRead(f"{name} breaks off, or is no archive that can be read.") from None
    if not n:
        raise CannotRead(f"{name} holds no file of congress-legislators or of Open States people.")


def _in_zip(kept: IO[bytes]) -> Iterator[File]:
    kept.seek(0)
    with zipfile.ZipFile(kept) as archive:
        for entry in archive.infolist():
            if _is_wanted(entry.filename):
                with archive.open(entry) as inside:
                    yield File(entry.filename, inside.read(LARGEST + 1))


def _in_tar(kept: IO[bytes], name: str) -> Iterator[File]:
    with tarfile.open(fileobj=kept, mode="r|*") as archive:
        for entry in archive:
            inside = archive.extractfile(entry) if entry.isreg() and _is_wanted(entry.name) else None
            if inside is not None:
                yield File(entry.name, inside.read(LARGEST + 1))


def _download(url: str, kept: IO[bytes]) -> None:
    with requests.Session() as session:
        for _ in range(_REDIRECTS + 1):
            if urlsplit(url).scheme != "https":
                raise CannotRead(f"{url} is not an https address.")
            response = _get(session, url)
            if not response.is_redirect:
                _keep(response, url, kept)
                return
            url = urljoin(url, response.headers["Location"])
    raise CannotRead(f"{url} sends us round in circles.")


def _get(session: requests.Session, url: str) -> requests.Response:
    try:
        return session.get(url, timeout=(5, 60), allow_redirects=False, stream=True)
    except requests.RequestException:
        raise CannotRead(f"{url} does not answer. Try again later.") from None


def _keep(response: requests.Response, url: str, kept: IO[bytes]) -> None:
    if response.status_code != 200:
        raise CannotRead(f"{url} answered {response.status_code}.")
    try:
        size = 0
        for piece in response.iter_content(65536):
            size += len(piece)
            if size > _LARGEST_ARCHIVE:
                raise CannotRead(f"{url} is larger than {_LARGEST_ARCHIVE // 1_000_000} MB.")
            kept.write(piece)
    except requests.RequestException:
        raise CannotRead(f"{url} broke off. Try again later.") from None
