"""Made-up bills in Congress.gov's shapes, and as snapshots, for tests that stand without recordings."""

from datetime import date
from typing import Any

from advocacy.bills.identifiers import BillKey, make_key
from advocacy.bills.snapshot import ReferralFact, Snapshot, SponsorFact, StepFact, TextFact

KEY = make_key("us", "119", "HR9001")


def item(**changes: Any) -> dict[str, Any]:
    """The item of H.R. 9001, an act nobody ever introduced."""
    made = {
        "congress": 119,
        "type": "HR",
        "number": "9001",
        "title": "Sample Safe Harbour Act",
        "introducedDate": "2026-03-02",
        "sponsors": [{"bioguideId": "X000001", "fullName": "Rep. Ejemplo, Ana-Lucía [D-ZZ-1]", "party": "D"}],
        "latestAction": {"actionDate": "2026-03-02", "text": "Referred to the House Committee on Samples."},
        "legislationUrl": "https://www.congress.gov/bill/119th-congress/house-bill/9001",
    }
    made |= {name: {"count": 1} for name in ("actions", "cosponsors", "committees", "textVersions")}
    return made | changes


def action(on: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "actionDate": on,
        "text": text,
        "sourceSystem": {"code": 2, "name": "House floor actions"},
        **more,
    }


def actions() -> list[dict[str, Any]]:
    """Newest first, as they are served."""
    return [
        action("2026-03-02", "Referred to the House Committee on Samples.", actionCode="H11100"),
        action("2026-03-02", "Introduced in House", actionCode="1000", sourceSystem={"code": 9}),
    ]


def cosponsor(n: int, **more: Any) -> dict[str, Any]:
    return {
        "bioguideId": f"X{n:06}",
        "fullName": f"Rep. Mẫu, Nguyễn {n} [R-ZZ-{n}]",
        "isOriginalCosponsor": n < 3,
        **more,
    }


def snapshot(key: BillKey = KEY, *, title: str = "Sample Safe Harbour Act", **more: Any) -> Snapshot:
    """What a source might tell of H.R. 9001."""
    parts: dict[str, Any] = {
        "source": "Congress.gov",
        "introduced_on": date(2026, 3, 2),
        "steps": (INTRODUCED, REFERRED),
        "sponsors": (LEAD, JOINED),
        "referrals": (ReferralFact("Samples Committee", "House", "hszz00"),),
        "texts": (TextFact("Introduced in House", date(2026, 3, 2)),),
    }
    return Snapshot(
        key=key, title=title, payload=repr((title, sorted(more.items()))).encode(), **(parts | more)
    )


def step(on: str, text: str, *codes: str) -> StepFact:
    return StepFact(date.fromisoformat(on), text, codes=codes)


INTRODUCED = step("2026-03-02", "Introduced in House", "1000")
REFERRED = step("2026-03-02", "Referred to the House Committee on Samples.", "H11100")
REPORTED = step("2026-05-06", "Reported by the Committee on Samples. H. Rept. 119-900.", "5000")
PASSED = step("2026-06-10", "On passage Passed by voice vote.", "8000")
VETOED = step("2026-09-01", "Vetoed by President.", "31000")
LAW = step("2026-09-20", "Became Public Law No: 119-900.", "36000")
LEAD = SponsorFact("Rep. Ejemplo, Ana-Lucía [D-ZZ-1]", leads=True, person_code="X000001")
JOINED = SponsorFact("Rep. Mẫu, Nguyễn [R-ZZ-2]", person_code="X000002", joined_on=date(2026, 3, 3))
