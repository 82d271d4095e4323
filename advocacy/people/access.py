"""The table: which role may open which office page. Pure.

An office page that is not in the table cannot be opened by anybody, and a test fails until it is listed.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from advocacy.people.roles import Role

Roles = frozenset[Role]

EVERY_ROLE: Roles = frozenset(Role)
POLICY: Roles = frozenset({Role.PWG_MEMBER, Role.PWG_COFACILITATOR})
LEADS: Roles = frozenset({Role.PWG_COFACILITATOR})
READERS: Roles = POLICY | {Role.STEERING, Role.MANAGER}
MEMBERSHIP: Roles = frozenset({Role.MEMBERSHIP_COFACILITATOR})
MANAGER: Roles = frozenset({Role.MANAGER})
CUSTODY: Roles = frozenset({Role.CUSTODIAN})
OVERSIGHT: Roles = frozenset({Role.MANAGER, Role.STEERING, Role.CUSTODIAN})
HANDS_OUT: Roles = frozenset({Role.PWG_COFACILITATOR, Role.MANAGER, Role.DEPUTY})

SECONDS: Mapping[str, Roles] = MappingProxyType(
    {
        "edition.deliver": HANDS_OUT,
        "role.give": OVERSIGHT,
        "role.end": OVERSIGHT,
        "role.extend": CUSTODY,
        "role.begin_anew": CUSTODY,
        "sign_on.reveal": OVERSIGHT,
        "edition.override": CUSTODY,
        "roster.export": MEMBERSHIP | CUSTODY,
        "letter.typo": LEADS,
    }
)
"""Who may be the second person of an act that takes two. What is not here can be seconded by nobody."""

OPEN_DOORS = frozenset({"signer", "site", "feeds", "organisation", "demo"})
"""Doors without a guard: each shows only what anybody may see."""

OPEN_PAGES = frozenset(
    {
        "office.sign_in",
        "office.sign_in_ask",
        "office.enter",
        "office.enter_with_key",
        "office.enter_with_code",
        "office.passkey_ask",
        "office.passkey_answer",
    }
)
"""Office pages that come before anybody is known."""

TO_ENROL = frozenset(
    {
        "office.ways_in",
        "office.app_begin",
        "office.app_confirm",
        "office.own_passkey_ask",
        "office.own_passkey_add",
        "office.stay",
        "office.sign_out",
    }
)
"""All that is open to somebody who has nothing set up yet to show who she is."""

FRESH = frozenset(
    {
        "office.app_begin",
        "office.app_remove",
        "office.own_passkey_ask",
        "office.own_passkey_remove",
        "office.recovery_codes",
        "office.role_give",
        "office.role_end",
        "office.role_extend",
        "office.device_begin_anew",
        "office.second",
        "office.delivery_deliver",
        "office.reveal_ask",
        "office.reveal_show",
        "office.held_look",
        "office.held_ask",
        "office.export_ask",
        "office.export_write",
    }
)
"""Acts for which whoever is signed in shows once more who she is, unless she just did."""

TABLE: Mapping[str, Roles] = MappingProxyType(
    {
        "office.desk": EVERY_ROLE,
        "office.sign_out": EVERY_ROLE,
        "office.sign_out_everywhere": EVERY_ROLE,
        "office.stay": EVERY_ROLE,
        "office.prove": EVERY_ROLE,
        "office.prove_ask": EVERY_ROLE,
        "office.prove_answer": EVERY_ROLE,
        "office.ways_in": EVERY_ROLE,
        "office.app_begin": EVERY_ROLE,
        "office.app_confirm": EVERY_ROLE,
        "office.app_remove": EVERY_ROLE,
        "office.own_passkey_ask": EVERY_ROLE,
        "office.own_passkey_add": EVERY_ROLE,
        "office.own_passkey_remove": EVERY_ROLE,
        "office.recovery_codes": EVERY_ROLE,
        "office.start": MANAGER,
        "office.start_mail": MANAGER,
        "office.people": MEMBERSHIP,
        "office.person": MEMBERSHIP,
        "office.person_new": MEMBERSHIP,
        "office.person_add": MEMBERSHIP,
        "office.person_limits": MEMBERSHIP,
        "office.person_off": MEMBERSHIP,
        "office.person_take_off": MEMBERSHIP,
        "office.raises": MEMBERSHIP,
        "office.raise_answer": MEMBERSHIP,
        "office.people_help": MEMBERSHIP,
        "office.people_help_letter": MEMBERSHIP,
        "office.people_help_count": MEMBERSHIP,
        "office.people_slip": MEMBERSHIP,
        "office.people_sheet": MEMBERSHIP,
        "office.people_paper": MEMBERSHIP,
        "office.people_paper_enter": MEMBERSHIP,
        "office.roster": MEMBERSHIP,
        "office.roster_import": MEMBERSHIP,
        "office.roles": OVERSIGHT,
        "office.role_give": MANAGER,
        "office.role_end": MANAGER,
        "office.role_extend": CUSTODY,
        "office.device_lost": MANAGER | CUSTODY,
        "office.device_begin_anew": MANAGER | CUSTODY,
        "office.handover": EVERY_ROLE,
        "office.campaigns": READERS,
        "office.campaign": READERS,
        "office.campaign_new": POLICY,
        "office.campaign_start": POLICY,
        "office.campaign_dates": LEADS,
        "office.campaign_dates_set": LEADS,
        "office.campaign_words": READERS,
        "office.campaign_words_write": POLICY,
        "office.bills": READERS,
        "office.bill_track": POLICY,
        "office.bill": READERS,
        "office.bill_refresh": POLICY,
        "office.bill_new": POLICY,
        "office.bill_enter": POLICY,
        "office.bill_sources": READERS,
        "office.bill_source": READERS,
        "office.bill_source_file": READERS,
        "office.legislators": READERS,
        "office.news": READERS,
        "office.bills_many": POLICY,
        "office.bills_many_ask": POLICY,
        "office.bills_many_list": POLICY,
        "office.bill_texts": READERS,
        "office.bill_texts_read": POLICY,
        "office.bill_text_paste": POLICY,
        "office.bill_text": READERS,
        "office.bill_text_file": READERS,
        "office.bill_text_since": READERS,
        "office.bill_services": READERS,
        "office.bill_look_at_all": POLICY | MANAGER,
        "office.bill_service_again": POLICY | MANAGER,
        "office.news_mail": READERS,
        "office.news_tags": READERS,
        "office.news_feed": READERS,
        "office.news_feed_off": READERS,
        "office.bill_watch": READERS,
        "office.bill_unwatch": READERS,
        "office.legislator_name": POLICY,
        "office.legislator_name_say": POLICY,
        "office.legislator_name_unsay": POLICY,
        "office.legislator": READERS,
        "office.committee": READERS,
        "office.bill_before": POLICY,
        "office.bill_before_say": POLICY,
        "office.bill_goes_on": POLICY,
        "office.bill_stands_alone": POLICY,
        "office.bill_take_over": POLICY,
        "office.bill_sessions": READERS,
        "office.bill_session_say": POLICY,
        "office.bills_file": READERS,
        "office.bill_board": READERS,
        "office.bill_dates": READERS,
        "office.bill_work": POLICY,
        "office.bill_work_save": POLICY,
        "office.bill_note_write": POLICY,
        "office.bill_note_remove": POLICY,
        "office.bill_stage": POLICY,
        "office.bill_stage_say": POLICY,
        "office.bill_stage_unsay": POLICY,
        "office.bill_hearing": POLICY,
        "office.bill_hearing_enter": POLICY,
        "office.positions": READERS,
        "office.position": READERS,
        "office.position_version": READERS,
        "office.position_compare": READERS,
        "office.position_new": POLICY,
        "office.position_begin": POLICY,
        "office.position_edit": POLICY,
        "office.position_save": POLICY,
        "office.position_preview": POLICY,
        "office.position_stance": POLICY,
        "office.position_stance_take": POLICY,
        "office.position_review": LEADS,
        "office.decision": READERS,
        "office.decision_answer": POLICY,
        "office.decision_new": LEADS,
        "office.decision_begin": LEADS,
        "office.decision_time": LEADS,
        "office.decision_more_time": LEADS,
        "office.letters": READERS,
        "office.letter": READERS,
        "office.letter_compare": READERS,
        "office.letter_edit": POLICY,
        "office.letter_preview": POLICY,
        "office.letter_save": POLICY,
        "office.letter_approve": POLICY,
        "office.letter_offices": POLICY,
        "office.letter_offices_save": POLICY,
        "office.letter_committees": POLICY,
        "office.letter_committee": POLICY,
        "office.letter_committee_save": POLICY,
        "office.letter_short": POLICY,
        "office.letter_short_save": POLICY,
        "office.letter_box": POLICY,
        "office.letter_box_save": POLICY,
        "office.letter_opening": LEADS,
        "office.letter_open": LEADS,
        "office.letter_close": LEADS,
        "office.letter_bill_answer": LEADS,
        "office.letter_typo_say": LEADS,
        "office.letter_typo_deny": LEADS,
        "office.signons": READERS,
        "office.signons_invite": LEADS,
        "office.signons_remind": LEADS,
        "office.signons_review": LEADS,
        "office.reveals": LEADS,
        "office.reveal_ask": LEADS,
        "office.reveal_show": LEADS,
        "office.signons_judge": LEADS,
        "office.witness_ask": LEADS,
        "office.organisations": READERS,
        "office.organisation_record": LEADS,
        "office.organisation_off": LEADS,
        "office.organisation_verify": LEADS,
        "office.organisation_refuse": LEADS,
        "office.organisation_logo_check": LEADS,
        "office.organisation_logo_drop": LEADS,
        "office.organisation_ask": LEADS,
        "office.organisation_ask_again": LEADS,
        "office.organisation_page_open": LEADS,
        "office.organisation_page_close": LEADS,
        "office.member_organisations": READERS,
        "office.member_organisation_add": LEADS,
        "office.member_organisation_set": LEADS,
        "office.editions": READERS,
        "office.edition": READERS,
        "office.edition_print": LEADS,
        "office.exports": MANAGER,
        "office.export_ask": MANAGER,
        "office.export_write": MANAGER,
        "office.key_copies": OVERSIGHT | LEADS,
        "office.held": CUSTODY,
        "office.held_look": CUSTODY,
        "office.held_ask": CUSTODY,
        "office.legal_holds": READERS,
        "office.legal_hold_ask": LEADS | MANAGER,
        "office.legal_hold_agree": LEADS | MANAGER,
        "office.edition_file": LEADS | {Role.DEPUTY},
        "office.deliveries": READERS,
        "office.delivery_propose": LEADS,
        "office.delivery_deliver": LEADS,
        "office.seconding": frozenset().union(*SECONDS.values()),
        "office.second": frozenset().union(*SECONDS.values()),
        "office.mail": LEADS | MANAGER,
        "office.mail_settle": LEADS | MANAGER,
        "office.record": MANAGER | {Role.STEERING},
    }
)

KEPT_APART: Collection[tuple[Role, Role]] = (
    (Role.MEMBERSHIP_COFACILITATOR, Role.PWG_MEMBER),
    (Role.MEMBERSHIP_COFACILITATOR, Role.PWG_COFACILITATOR),
    (Role.FINANCE, Role.PWG_COFACILITATOR),
    (Role.MEMBERSHIP_COFACILITATOR, Role.DEPUTY),
)
"""Roles one person should not hold at once: who knows the names must not run the sign-ons."""


def is_open(endpoint: str) -> bool:
    """Whether anybody at all may open this page."""
    return endpoint in OPEN_PAGES or endpoint.partition(".")[0] in OPEN_DOORS


def may(roles: Collection[Role], endpoint: str) -> bool:
    """Whether somebody with these roles may open this page; a page nobody listed is closed."""
    return is_open(endpoint) or not TABLE.get(endpoint, frozenset()).isdisjoint(roles)


def clashes(roles: Collection[Role]) -> tuple[tuple[Role, Role], ...]:
    """The pairs among these roles that should not be held by one person."""
    return tuple(pair for pair in KEPT_APART if set(pair) <= set(roles))


def may_second(roles: Collection[Role], act: str) -> bool:
    """Whether somebody with these roles may be the second person of this act."""
    return not SECONDS.get(act, frozenset()).isdisjoint(roles)
