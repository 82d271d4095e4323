"""The words around a name in a signature line, in each language a letter can be written in. Pure."""

from collections.abc import Mapping

# Places that Spanish calls otherwise; all others keep their name.
_SPANISH_PLACES = {
    "the Northeast": "Noreste",
    "the Midwest": "Medio Oeste",
    "the South": "Sur",
    "the West": "Oeste",
    "the U.S. territories": "territorios de EE. UU.",
    "the District of Columbia": "Distrito de Columbia",
    "the Northern Mariana Islands": "Islas Marianas del Norte",
    "the U.S. Virgin Islands": "Islas Vírgenes de EE. UU.",
    "American Samoa": "Samoa Americana",
    "Hawaii": "Hawái",
    "Louisiana": "Luisiana",
    "Michigan": "Míchigan",
    "Mississippi": "Misisipi",
    "Missouri": "Misuri",
    "New Hampshire": "Nuevo Hampshire",
    "New Jersey": "Nueva Jersey",
    "New Mexico": "Nuevo México",
    "New York": "Nueva York",
    "North Carolina": "Carolina del Norte",
    "North Dakota": "Dakota del Norte",
    "Oregon": "Oregón",
    "Pennsylvania": "Pensilvania",
    "South Carolina": "Carolina del Sur",
    "South Dakota": "Dakota del Sur",
    "West Virginia": "Virginia Occidental",
}

TONGUES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "descriptor": "A member of the network",
        "from": "A member from {}",
        "survivor": "survivor",
        "affiliation": "{} (for identification only)",
    },
    "es": {
        "descriptor": "Integrante de la red",
        "from": "Integrante de la red, {}",
        "survivor": "sobreviviente",
        "affiliation": "{} (solo para identificación)",
        **_SPANISH_PLACES,
    },
}
