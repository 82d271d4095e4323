"""Which service is asked about a bill."""

from collections.abc import Callable

from advocacy.bills.identifiers import BillKey
from advocacy.bills.sources.asking import PATIENT, Patience
from advocacy.bills.sources.congress import congress
from advocacy.bills.sources.congress_rows import NAME as CONGRESS
from advocacy.bills.sources.govinfo import NAME as GOVINFO
from advocacy.bills.sources.govinfo import govinfo
from advocacy.bills.sources.legiscan import NAME as LEGISCAN
from advocacy.bills.sources.legiscan import legiscan
from advocacy.bills.sources.openstates import NAME as OPEN_STATES
from advocacy.bills.sources.openstates import open_states
from advocacy.bills.sources.source import OPEN, Gate, NoSource, Source
from advocacy.config import Config

GateFor = Callable[[str], Gate]
"""The gate before the service of this name."""


def _open(_name: str) -> Gate:
    return OPEN


def source_for(
    config: Config, key: BillKey, gate_for: GateFor = _open, patience: Patience = PATIENT
) -> Source:
    """The service for this bill's place, at the configured address, or `NoSource`.

    Congress.gov is hours ahead of GovInfo, and wants a key.
    """
    if key.jurisdiction == "us":
        if config.congress_api_key:
            gate = gate_for(CONGRESS)
            return congress(config.congress_api_url, config.congress_api_key, patience, gate)
        return govinfo(config.govinfo_url, patience, gate_for(GOVINFO))
    if config.openstates_api_key:
        gate = gate_for(OPEN_STATES)
        return open_states(config.openstates_api_url, config.openstates_api_key, patience, gate)
    if config.legiscan_api_key:
        gate = gate_for(LEGISCAN)
        return legiscan(config.legiscan_api_url, config.legiscan_api_key, patience, gate)
    raise NoSource(
        f"No service is set up for bills from {key.jurisdiction.upper()}. Enter this bill by hand."
    )
