"""The application opens only with the right keys."""

from dataclasses import replace
from pathlib import Path

import pytest

from advocacy.app import create_app
from advocacy.config import BadSetting, Config
from advocacy.db import Database
from advocacy.key_file import Keys, KeysRefused
from advocacy.people.actions import add_person
from tests.web.conftest import roster_row


def test_keys_are_made_at_the_first_start(config: Config) -> None:
    create_app(config)

    assert config.keys_file.stat().st_mode & 0o777 == 0o400


def test_keys_are_kept_at_the_second_start(config: Config) -> None:
    create_app(config)
    before = config.keys_file.read_bytes()
    create_app(config)

    assert config.keys_file.read_bytes() == before


def with_somebody(config: Config, now: object) -> None:
    database: Database = create_app(config).extensions["advocacy"].database
    with database.transaction() as session:
        add_person(session, roster_row("Wren Sample"), by=None, now=now)  # type: ignore[arg-type]
    database.close()


def test_lost_keys_are_never_quietly_replaced(config: Config, now: object) -> None:
    with_somebody(config, now)
    config.keys_file.unlink()

    with pytest.raises(KeysRefused):
        create_app(config)
    assert not config.keys_file.exists()


def test_other_keys_are_refused(config: Config, now: object, tmp_path: Path) -> None:
    with_somebody(config, now)
    other = tmp_path / "other.json"
    Keys.make(other)

    with pytest.raises(KeysRefused):
        create_app(replace(config, keys_file=other))


def test_a_database_without_tables_still_opens_so_that_it_can_be_set_up(
    config: Config, tmp_path: Path
) -> None:
    assert create_app(replace(config, database_url=f"sqlite:///{tmp_path / 'new.db'}"))


def test_a_wrong_setting_refuses_before_anything_opens(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    monkeypatch.setenv("PORT", "many")

    with pytest.raises(BadSetting):
        create_app()
    assert not (tmp_path / "var").exists()
