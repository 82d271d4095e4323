"""The roles of the network. A role is held from a date to a date and ends by itself."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may be asked to do; `people.access` says what each may see and change."""

    PWG_MEMBER = "pwg_member"
    PWG_COFACILITATOR = "pwg_cofacilitator"
    STEERING = "steering"
    MEMBERSHIP_COFACILITATOR = "membership_cofacilitator"
    MANAGER = "manager"
    FINANCE = "finance"
    CUSTODIAN = "custodian"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        """The role as people say it."""
        return _LABELS[self]


_LABELS = {
    Role.PWG_MEMBER: "Policy Working Group member",
    Role.PWG_COFACILITATOR: "Policy Working Group co-facilitator",
    Role.STEERING: "Steering Group member",
    Role.MEMBERSHIP_COFACILITATOR: "Membership co-facilitator",
    Role.MANAGER: "Manager",
    Role.FINANCE: "Finance",
    Role.CUSTODIAN: "Custodian of the keys",
    Role.DEPUTY: "Deputy, who seconds",
}
