"""One round through the whole installation."""

from collections.abc import Iterator
from datetime import datetime

from advocacy.config import Config
from advocacy.doctor.clocks import check_clock
from advocacy.doctor.files import check_files
from advocacy.doctor.finding import Finding
from advocacy.doctor.post import check_post
from advocacy.doctor.settings import check_settings
from advocacy.doctor.signs import check_signs, resolver
from advocacy.doctor.store import check_store
from advocacy.doctor.versions import check_versions


def look_round(config: Config, now: datetime) -> Iterator[Finding]:
    """Every finding about this installation, the settings first. Nothing is made, sent or changed."""
    yield from check_settings(config)
    yield from check_files(config)
    yield from check_store(config, now)
    yield check_post(config, now)
    yield from check_signs(config, resolver())
    yield check_clock(config.govinfo_url, now)
    yield from check_versions()
