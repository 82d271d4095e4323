"""A receipt as a file for machines: the fields of ISO/IEC TS 27560. Pure."""

import json
from typing import Any

from advocacy.people.limits import Audience, Fact
from advocacy.signons.receipts import Happened, Receipt, Use

SCHEMA = "ISO/IEC TS 27560:2023"
_SENSITIVE = {str(Fact.SURVIVOR)}
_READERS = {
    Audience.COUNT: "Nobody sees a name; one more is counted.",
    Audience.RECIPIENT: "The offices the letter goes to.",
    Audience.WEB: "Anybody who reads our web page.",
    Audience.PRESS: "Reporters who ask for the letter.",
}
_STATES = {
    "given": "given",
    "renewed": "re-confirmed",
    "shortened": "modified",
    "put_back": "re-confirmed",
    "withdrawn": "withdrawn",
}


def as_json(receipt: Receipt, *, network: str, contact: str) -> str:
    """The whole receipt, to be kept or read by another program."""
    told = {
        "receipt_metadata": {"receipt_id": str(receipt.record_id), "schema_version": SCHEMA},
        "record_header": {
            "schema_version": SCHEMA,
            "record_id": str(receipt.record_id),
            "pii_principal_id": receipt.principal_id,
        },
        "pii_processing": [_processing(receipt, use) for use in receipt.uses],
        "party_identification": [
            {"party_id": "controller", "party_name": network, "party_role": "PII controller"}
            | ({"party_contact": contact} if contact else {}),
            {"party_id": receipt.principal_id, "party_role": "PII principal"},
        ],
        "event": [_event(receipt, one) for one in receipt.events],
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def _processing(receipt: Receipt, use: Use) -> dict[str, Any]:
    return {
        "privacy_notice": {"sha256": use.notice_sha256, "text": use.notice},
        "language": use.language,
        "purpose": f"To show support for “{receipt.title}” (text SHA-256 {receipt.text_sha256})",
        "purpose_type": f"audience: {use.audience}",
        "lawful_basis": "explicit consent",
        "pii_information": [
            {"pii_type": fact, "pii_optional": True, "sensitive_pii_category": fact in _SENSITIVE}
            for fact in use.facts
        ],
        "form": use.form,
        "shown_as": use.line,
        "pii_controllers": ["controller"],
        "collection_method": use.method,
        "storage_locations": [
            "The network's own server; lines are sealed under a key of the principal's own."
        ],
        "retention_period": _until(use),
        "jurisdiction": "US",
        "recipient_third_parties": list(use.offices) or [_READERS[use.audience]],
        "withdrawal_method": "Any link we sent, or a call: at any time, without a reason.",
        "privacy_rights": ["withdraw", "narrow", "end sooner", "erase", "see who looked"],
    }


def _until(use: Use) -> dict[str, Any]:
    until: dict[str, Any] = {"until": use.until.isoformat()}
    return until | ({"days_after_sending": use.days_after_sending} if use.days_after_sending else {})


def _event(receipt: Receipt, one: Happened) -> dict[str, Any]:
    return {
        "event_time": one.on.isoformat(),
        "event_type": "explicit",
        "event_state": _STATES.get(one.event, one.event),
        "entity_id": receipt.principal_id,
    } | ({"audience": one.audience} if one.audience else {})
