"""Which service is asked about a bill."""

from advocacy.bills.identifiers import BillKey
from advocacy.bills.sources.congress import congress
from advocacy.bills.sources.govinfo import govinfo
from advocacy.bills.sources.openstates import open_states
from advocacy.bills.sources.source import NoSource, Source
from advocacy.config import Config


def source_for(config: Config, key: BillKey) -> Source:
    """The service for this bill's place, at the configured address, or `NoSource`.

    Congress.gov is hours ahead of GovInfo, and wants a key.
    """
    if key.jurisdiction == "us":
        if config.congress_api_key:
            return congress(config.congress_api_url, config.congress_api_key)
        return govinfo(config.govinfo_url)
    if config.openstates_api_key:
        return open_states(config.openstates_api_url, config.openstates_api_key)
    raise NoSource(
        f"No service is set up for bills from {key.jurisdiction.upper()}. Enter this bill by hand."
    )
