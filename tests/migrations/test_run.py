"""The steps of the database's history end where the models are, and lead back."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.exc import DatabaseError

from advocacy import audit
from advocacy.bills.fulltext import UNMAPPED
from advocacy.db import Database, LostReference, restore_guards
from advocacy.migrations.run import downgrade, upgrade
from advocacy.migrations.tables import METADATA, is_ours
from tests.conftest import NOW as MOMENT
from tests.postgres import triggers


@pytest.fixture
def upgraded(blank: Database, blank_url: str) -> Database:
    upgrade(blank_url)
    return blank


def shape(database: Database) -> dict[str, Any]:
    """Everything a database says of its tables, names of constraints included."""
    seen = sa.inspect(database.engine)
    return {
        table: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(table)
            ],
            "primary": seen.get_pk_constraint(table),
            "references": by_name(seen.get_foreign_keys(table)),
            "unique": by_name(seen.get_unique_constraints(table)),
            "checks": by_name(seen.get_check_constraints(table)),
            "indexes": by_name(seen.get_indexes(table)),
        }
        for table in seen.get_table_names()
        if table != "alembic_version" and not table.startswith(UNMAPPED)
    }


def apart(url: str) -> None:
    """Upgrade in a process of its own, as two machines would."""
    subprocess.run(
        [sys.executable, "-c", f"from advocacy.migrations.run import upgrade; upgrade({url!r})"],
        check=True,
        timeout=60,
    )


def by_name(found: Any) -> list[Any]:
    plain = [{**one, "dialect_options": spelled(one.get("dialect_options"))} for one in found]
    return sorted(plain, key=lambda one: str(one["name"]))


def spelled(options: Any) -> dict[str, str]:
    """Conditions of an index as words, for two of them are never equal."""
    return {name: str(value) for name, value in (options or {}).items()}


def test_the_steps_end_exactly_where_the_models_are(upgraded: Database, blank_url: str) -> None:
    stepped, guarded = shape(upgraded), triggers(upgraded)
    downgrade(blank_url)

    METADATA.create_all(upgraded.engine)

    assert stepped == shape(upgraded)
    assert guarded == triggers(upgraded)
    assert len(guarded) >= 8


def test_nothing_is_left_for_another_step(upgraded: Database) -> None:
    with upgraded.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_server_default": True, "include_object": is_ours}
        )

        assert compare_metadata(context, METADATA) == []


def test_the_steps_lead_back_to_nothing_and_up_again(upgraded: Database, blank_url: str) -> None:
    before = shape(upgraded)

    downgrade(blank_url)
    gone = shape(upgraded)
    upgrade(blank_url)

    assert gone == {}
    assert shape(upgraded) == before


def test_a_second_upgrade_changes_nothing(upgraded: Database, blank_url: str) -> None:
    before = shape(upgraded), triggers(upgraded)

    upgrade(blank_url)

    assert (shape(upgraded), triggers(upgraded)) == before


def test_two_upgrades_at_once_are_one(blank: Database, blank_url: str) -> None:
    with ThreadPoolExecutor(2) as both:
        list(both.map(apart, [blank_url, blank_url]))

    assert set(shape(blank)) == set(METADATA.tables)


def test_every_constraint_has_a_name_that_a_later_step_can_call() -> None:
    nameless = [
        f"{table.name}: {constraint}"
        for table in METADATA.tables.values()
        for constraint in table.constraints
        if constraint.name is None and not isinstance(constraint, sa.CheckConstraint)
    ]

    assert nameless == []


def test_an_upgraded_database_keeps_its_log_from_the_first_act(upgraded: Database) -> None:
    with upgraded.transaction() as session:
        audit.record(session, "first", actor=None, about="house")

    with upgraded.reading() as session:
        assert audit.verify(session).entries == 1
        assert audit.verify(session).holds


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET why = 'another'", "DELETE FROM audit_entry"],
)
def test_an_upgraded_log_refuses_to_be_changed(upgraded: Database, statement: str) -> None:
    with upgraded.transaction() as session:
        audit.record(session, "first", actor=None, about="house")

    with pytest.raises(DatabaseError, match="append-only"), upgraded.transaction() as session:
        session.execute(sa.text(statement))


def test_changing_a_table_keeps_its_guards_and_the_rows_that_point_at_it(upgraded: Database) -> None:
    letter, person = uuid4(), uuid4()
    guarded = triggers(upgraded)
    with upgraded.transaction() as session:
        session.execute(
            METADATA.tables["person"].insert().values(id=person, joined_on=sa.func.current_date())
        )
        session.execute(a_letter(letter, person))
        session.execute(a_version(letter, person))

    with upgraded.reshaping() as connection:
        steps = Operations(MigrationContext.configure(connection))
        for table in ("letter", "letter_version"):
            with steps.batch_alter_table(table, recreate="auto") as batch:
                batch.add_column(sa.Column("planted", sa.String(), nullable=True))
                batch.alter_column("language" if table == "letter" else "note", nullable=True)
        restore_guards(connection, METADATA.tables.values())

    assert triggers(upgraded) == guarded
    with upgraded.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM letter_version")) == 1
    with pytest.raises(DatabaseError, match="append-only"), upgraded.transaction() as session:
        session.execute(sa.text("DELETE FROM letter_version"))


def test_a_step_that_leaves_rows_pointing_at_nothing_is_undone(upgraded: Database) -> None:
    letter, person = uuid4(), uuid4()
    with upgraded.transaction() as session:
        session.execute(a_letter(letter, person))
        session.execute(a_version(letter, person))

    with pytest.raises((LostReference, DatabaseError)), upgraded.reshaping() as connection:
        connection.execute(sa.text("DELETE FROM letter"))

    with upgraded.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM letter")) == 1


def test_a_step_that_fails_halfway_leaves_nothing_behind(blank: Database) -> None:
    with pytest.raises(ZeroDivisionError), blank.reshaping() as connection:
        Operations(MigrationContext.configure(connection)).create_table("half", sa.Column("n", sa.Integer()))
        raise ZeroDivisionError

    assert sa.inspect(blank.engine).get_table_names() == []


def a_letter(id: object, by: object) -> sa.Insert:
    letter = METADATA.tables["letter"]
    return letter.insert().values(
        id=id, kind="sign_on_letter", language="en", implies_survivor=False, begun_at=MOMENT, begun_by=by
    )


def a_version(letter: object, by: object) -> sa.Insert:
    return (
        METADATA.tables["letter_version"]
        .insert()
        .values(
            id=uuid4(),
            letter_id=letter,
            n=1,
            title="A title",
            body="A text",
            spoken="",
            sha256="0" * 64,
            note="",
            written_by=by,
            written_at=MOMENT,
        )
    )
