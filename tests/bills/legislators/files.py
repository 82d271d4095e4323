"""Made-up files in the shapes of congress-legislators and Open States people."""

from pathlib import Path

PEOPLE = """\
- id: {bioguide: X000001}
  name: {first: Nydia, middle: Sample, last: Velázquez, nickname: Ny, official_full: Nydia S. Velázquez}
  terms:
  - {type: rep, start: '2025-01-03', end: '2027-01-03', state: ZZ, district: 0, party: Democrat,
     address: '1 Sample House; Washington DC 20515', phone: 202-555-0101, contact_form: 'https://sample.example/w'}
- id: {bioguide: X000002}
  name: {first: Henry, middle: C., last: Johnson, nickname: Hank, suffix: Jr.}
  terms:
  - {type: rep, start: '2025-01-03', end: '2027-01-03', state: ZZ, district: 4, party: Republican}
- id: {bioguide: X000003}
  name: {first: Ana, last: Ejemplo}
  terms:
  - {type: sen, start: '2025-01-03', end: '2031-01-03', state: ZZ, party: Independent}
"""
COMMITTEES = """\
- type: house
  name: House Committee on Samples
  thomas_id: HSXX
  address: 2 Sample House; Washington, DC 20515
  phone: (202) 555-0102
  subcommittees:
  - {name: Small Samples, thomas_id: '08'}
"""
SEATS = """\
HSXX:
- {name: Nydia Velázquez, party: majority, rank: 1, title: Chairwoman, bioguide: X000001}
- {name: Henry Johnson, party: minority, rank: 1, title: Ranking Member, bioguide: X000002}
HSXX08:
- {name: Henry Johnson, party: minority, rank: 1, bioguide: X000002}
"""


def congress(folder: Path, *, people: str = PEOPLE, committees: str = COMMITTEES, seats: str = SEATS) -> str:
    """A folder with three of the four files; its path."""
    folder.mkdir(exist_ok=True)
    told = {"legislators-current": people, "committees-current": committees}
    for name, text in {**told, "committee-membership-current": seats}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def person(name: str, n: int, *, district: int = 1, chamber: str = "lower", others: str = "") -> str:
    return f"""\
id: ocd-person/00000000-0000-4000-8000-{n:012}
name: {name}
email: sample{n}@zz.example
party:
- name: Sample
roles:
- {{type: {chamber}, jurisdiction: 'ocd-jurisdiction/country:us/state:de/government', district: '{district}'}}
offices:
- {{classification: capitol, address: '{n} Legislative Ave., Dover', voice: 302-555-0100}}
other_names: [{others}]
"""


def committee(members: str) -> str:
    return f"""\
id: ocd-organization/00000000-0000-4000-8000-000000000099
jurisdiction: ocd-jurisdiction/country:us/state:de/government
classification: committee
name: Samples
chamber: lower
members:
{members}
"""


def states(folder: Path, people: dict[str, str], committees: dict[str, str] | None = None) -> str:
    """A checkout's folder with Delaware in it; its path."""
    for kind, files in (("legislature", people), ("committees", committees or {})):
        below = folder / "data" / "de" / kind
        below.mkdir(parents=True, exist_ok=True)
        for old in below.glob("*.yml"):
            old.unlink()
        for name, text in files.items():
            (below / f"{name}.yml").write_text(text, encoding="utf-8")
    return str(folder)
