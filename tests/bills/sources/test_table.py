"""Which service is asked about a bill."""

from dataclasses import replace

import pytest

from advocacy.bills.identifiers import make_key
from advocacy.bills.sources.source import NoSource
from advocacy.bills.sources.table import source_for
from advocacy.config import Config
from tests.bills import made


def test_a_federal_bill_is_asked_of_congress_where_there_is_a_key_and_else_of_govinfo(config: Config) -> None:
    assert source_for(replace(config, congress_api_key="plainly-made-up"), made.KEY).name == "Congress.gov"
    assert source_for(config, made.KEY).name == "GovInfo"


def test_another_place_is_to_be_entered_by_hand(config: Config) -> None:
    with pytest.raises(NoSource, match="from RI. Enter this bill by hand"):
        source_for(config, make_key("ri", "2025", "HB 5563"))


def test_a_states_bill_is_asked_of_open_states_once_there_is_a_key(config: Config) -> None:
    with_key = replace(config, openstates_api_key="plainly-made-up", congress_api_key="made-up")

    assert source_for(with_key, make_key("ri", "2025", "HB 5563")).name == "Open States"
    assert source_for(with_key, made.KEY).name == "Congress.gov"


def test_no_source_shows_its_key(config: Config) -> None:
    secret = "s3cret" * 6

    assert secret not in repr(source_for(replace(config, congress_api_key=secret), made.KEY))
