"""Passages labelled by hand: what a person who reads them would want to have marked, and nothing else.

A passage of a recorded bill is named by its file and some of its words; what states write is made up. The
rules were written on `FIRST`. `SECOND` was labelled afterwards; part of its texts had been seen before.
"""

from advocacy.bills.texts.scan import Mark

OFF, LONG, MIN = Mark.OFFENCE, Mark.SENTENCE, Mark.MINIMUM
POL, EYE, OUT = Mark.POLICE, Mark.WATCHING, Mark.IMMIGRATION
Label = tuple[str, str, set[Mark]]

FIRST: list[Label] = [
    (
        "119hr633/ih",
        "knowingly publish an intimate visual depiction of an identifiable individual who is not a",
        {OFF},
    ),
    (
        "119hr633/ih",
        "knowingly publish an intimate visual depiction of an identifiable individual who is a minor",
        {OFF},
    ),
    (
        "119hr633/ih",
        "knowingly publish a digital forgery of an identifiable individual who is not a minor",
        {OFF},
    ),
    ("119hr633/ih", "violates paragraph (2)(A) or (3)(A) shall be fined", {OFF, LONG}),
    ("119hr633/ih", "violates paragraph (2)(B) or (3)(B) shall be fined", {OFF, LONG}),
    ("119hr633/ih", "threatens to commit an offense under paragraph (3)(A)", {OFF, LONG}),
    ("119hr633/ih", "threatens to commit an offense under paragraph (3)(B)", {OFF, LONG}),
    ("119hr633/ih", "create mental distress shall be punished as provided", {OFF}),
    ("119hr633/ih", "shall apply to the criminal forfeiture of property", {POL}),
    ("119hr633/ih", "(I) a law enforcement agency of the United States, a State", set()),
    ("119hr633/ih", "(I) to a law enforcement officer or agency;", set()),
    ("119hr633/ih", "A covered platform shall not be liable for any claim", set()),
    ("119hr633/ih", "remove the intimate visual depiction; and", set()),
    ("119hr1144/ih", "which partner with law enforcement and technology or social media", {POL}),
    ("119hr1144/ih", "consultants that included survivors, non-profit organizations specialized", set()),
    ("119hr1144/ih", "including increased investigations, prosecutions and convictions", {POL}),
    ("119hr1144/ih", "assistance for international narcotics and law enforcement", set()),
    ("119hr1144/ih", "in the heading, by striking special watch list", set()),
    ("119hr1144/ih", "assistance with expungement of criminal records", set()),
    ("119hr1379/ih", "is imprisoned under such term of imprisonment", set()),
    ("119hr1379/ih", "offense that is punishable under Federal law", set()),
    ("119hr1379/ih", "the arrest of the movant for the level A offense", set()),
    ("119hr1379/ih", "Expunging arrests for level A offenses", set()),
    ("119hr1379/ih", "Conviction or arrest of other persons not required", set()),
    ("119hr1379/ih", "may reduce the term of imprisonment for the offense", set()),
    ("119hr1379/ih", "Presumption of duress In a prosecution", set()),
    ("119hr863/ih", "report data to the database", set()),
    ("119hr863/ih", "shall publish on the internet website of the Department of Justice", set()),
    ("119hr863/ih", "State-level human trafficking task force or Missing", set()),
]
SECOND: list[Label] = [
    ("119hr21/ih", "shall be fined under this title or imprisoned for not more than 5 years", {OFF, LONG}),
    ("119hr21/ih", "overt act that kills a child born alive", {OFF}),
    ("119hr21/ih", "Mandatory reporting of violations", {EYE}),
    ("119hr21/ih", "shall immediately report the failure to an appropriate", {POL}),
    ("119hr21/ih", "Bar to prosecution The mother", set()),
    ("119hr4929/ih", "the court shall assess an amount of $5,000", {LONG}),
    ("119hr520/ih", "Programs to combat human trafficking (including programs to reduce the demand", {POL}),
    ("119hres1024/ih", "urges strong law enforcement action, including secure borders", {POL, OUT}),
    ("119s1748/is", "cooperate with law enforcement agencies regarding activity", {POL}),
    ("119s1748/is", "It shall be unlawful for any covered platform to design", set()),
    ("119s1748/is", "it shall be unlawful for any person to operate an online platform", set()),
    ("119s1748/is", "conduct research based on experiences of minors", set()),
    ("119hr1185/ih", "work with law enforcement to report, and facilitate", {POL}),
    ("119hr6227/ih", "Gross income shall not include any civil damages", set()),
    ("119hr4323/ih", "a defendant may establish duress by demonstrating", set()),
    ("119hr4323/ih", "is, or was previously, imprisoned or incarcerated", set()),
    ("119hr2961/ih", "A provider that has experience identifying and assisting victims", set()),
    (
        "",
        "A person commits the offense of loitering with intent and is guilty of a Class A misdemeanor.",
        {OFF},
    ),
    ("", "Whoever violates this section shall be imprisoned for not less than 10 years.", {OFF, LONG, MIN}),
    ("", "The mandatory minimum sentence for a second offense is 5 years.", {MIN}),
    (
        "",
        "Section 7 is amended by striking “not less than 5 years” and inserting “any term of years”.",
        set(),
    ),
    ("", "The mandatory minimum sentence in section 9 is repealed.", set()),
    ("", "The sheriff may use license plate readers near any hotel.", {POL, EYE}),
    ("", "An officer who stops a person shall ask for her immigration status and may detain her.", {OUT}),
    ("", "No officer may ask anybody for immigration status.", set()),
    (
        "",
        "The department shall share information about applicants with Immigration and Customs Enforcement.",
        {EYE, OUT},
    ),
    ("", "A court shall vacate the conviction of a person who was trafficked.", set()),
    ("", "The agency shall pay for housing, legal help and jobs.", set()),
    ("", "Hotel staff shall call the police when a guest pays in cash.", {POL}),
    (
        "",
        "Paying for sex is a crime for which a court shall impose at least thirty days in jail.",
        {OFF, MIN},
    ),
]
