"""The places that have bills, and what each calls them."""

from advocacy.people.places import STATES

PLACES = {
    "us": "us",
    "u.s": "us",
    "usa": "us",
    "congress": "us",
    "federal": "us",
    **{code.casefold(): code.casefold() for code in STATES},
    **{name.casefold(): code.casefold() for code, name in STATES.items()},
}
"""What a person may type for a place (lower case), and the code we keep."""

CONGRESS_DISPLAY = {
    "HR": "H.R.",
    "S": "S.",
    "HJRES": "H.J.Res.",
    "SJRES": "S.J.Res.",
    "HCONRES": "H.Con.Res.",
    "SCONRES": "S.Con.Res.",
    "HRES": "H.Res.",
    "SRES": "S.Res.",
}
"""The eight kinds of measure in Congress, as they are printed."""

_CONGRESS_WORDS = {
    "HOUSEBILL": "HR",
    "SENATEBILL": "S",
    "HJR": "HJRES",
    "SJR": "SJRES",
    "HOUSEJOINTRESOLUTION": "HJRES",
    "SENATEJOINTRESOLUTION": "SJRES",
    "HCR": "HCONRES",
    "SCR": "SCONRES",
    "HOUSECONCURRENTRESOLUTION": "HCONRES",
    "SENATECONCURRENTRESOLUTION": "SCONRES",
    "HOUSERESOLUTION": "HRES",
    "SENATERESOLUTION": "SRES",
}

_STATE_WORDS = {
    "HOUSEBILL": "HB",
    "HOUSEFILE": "HF",
    "HOUSERESOLUTION": "HR",
    "HOUSEJOINTRESOLUTION": "HJR",
    "HOUSECONCURRENTRESOLUTION": "HCR",
    "HOUSEJOINTMEMORIAL": "HJM",
    "HOUSEMEMORIAL": "HM",
    "SENATEBILL": "SB",
    "SENATEFILE": "SF",
    "SENATERESOLUTION": "SR",
    "SENATEJOINTRESOLUTION": "SJR",
    "SENATECONCURRENTRESOLUTION": "SCR",
    "SENATEJOINTMEMORIAL": "SJM",
    "SENATEMEMORIAL": "SM",
    "ASSEMBLYBILL": "AB",
    "ASSEMBLYRESOLUTION": "AR",
    "ASSEMBLYJOINTRESOLUTION": "AJR",
    "ASSEMBLYCONCURRENTRESOLUTION": "ACR",
    "LEGISLATIVEBILL": "LB",
    "LEGISLATIVEDOCUMENT": "LD",
    "LEGISLATIVERESOLUTION": "LR",
}
# Where a bill is H. 12 or S. 12 in print, and HB 12 only in speech.
_LETTERS = {"HB": "H", "HOUSEBILL": "H", "SB": "S", "SENATEBILL": "S", "SENATE": "S", "HOUSE": "H"}
_ASSEMBLY_LETTERS = {
    "AB": "A",
    "ASSEMBLYBILL": "A",
    "ASSEMBLY": "A",
    "SB": "S",
    "SENATEBILL": "S",
    "SENATE": "S",
}
_COUNCIL = {"BILL": "B"}
_PUERTO_RICO = {
    "PDELAC": "PC",
    "PROYECTODELACAMARA": "PC",
    "PDELS": "PS",
    "PROYECTODELSENADO": "PS",
    "RCDELAC": "RCC",
    "RCDELS": "RCS",
    "RDELAC": "RC",
    "RDELS": "RS",
}

REWORDED = {
    "us": _CONGRESS_WORDS,
    # Rhode Island's own papers say H 5563 where everybody else says HB 5563; its HR is a House resolution.
    "ri": _STATE_WORDS | {"H": "HB", "S": "SB"},
    **dict.fromkeys(("ma", "sc", "vt"), _STATE_WORDS | _LETTERS),
    **dict.fromkeys(("nj", "ny"), _STATE_WORDS | _ASSEMBLY_LETTERS),
    **dict.fromkeys(("dc", "gu", "vi"), _STATE_WORDS | _COUNCIL),
    "pr": _STATE_WORDS | _PUERTO_RICO,
    "*": _STATE_WORDS,
}
"""Other spellings of a prefix, by place; `*` is every place without its own."""
