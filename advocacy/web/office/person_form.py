"""The form of somebody who joins: her words, how she may be written to, and how far she may be shown."""

from wtforms import SelectField
from wtforms.validators import InputRequired, ValidationError

from advocacy.clock import read_zone
from advocacy.people.models import Language, MailMode
from advocacy.people.places import STATES
from advocacy.people.roster import RosterRow, read_address
from advocacy.web.forms import Line, options
from advocacy.web.office.limit_form import LimitForm

_MAIL = (
    (MailMode.FULL, "Neutral mail"),
    (MailMode.DISCREET, "As few words as can be"),
    (MailMode.WATCHED, "Somebody may read her mail: a link only takes her name off"),
    (MailMode.NONE, "No mail; she signs by phone or on paper"),
)
_LANGUAGES = ((Language.ENGLISH, "English"), (Language.SPANISH, "Spanish"))


class PersonForm(LimitForm):
    """Somebody who joins."""

    name = Line("Her legal name", [InputRequired("Please type her name.")])
    chosen_name = Line("The name she chose to go by")
    mail_mode = SelectField("Mail", choices=options(_MAIL))
    email = Line("Email")
    phone = Line("Phone")
    language = SelectField("Language", choices=options(_LANGUAGES))
    state = SelectField("State", choices=options([("", "Not said"), *STATES.items()]))
    time_zone = Line("Time zone")
    recognition_word = Line("Her word")
    handles = Line("Names she goes by elsewhere")
    credential = Line("Credential")
    affiliation = Line("Affiliation")
    groups = Line("Groups")

    def validate_email(self, field: Line) -> None:
        """Only whom we never write to may have no address."""
        if not field.data and self.mail_mode.data != MailMode.NONE:
            raise ValidationError("Please type her address, or choose no mail.")
        if field.data and read_address(field.data) is None:
            raise ValidationError("This is not an address mail can be sent to.")

    def validate_time_zone(self, field: Line) -> None:
        """A zone the clocks know, or none."""
        if field.data and read_zone(field.data) is None:
            raise ValidationError("This is not a zone we know; write for example America/Chicago.")

    @property
    def row(self) -> RosterRow:
        """The same as a line of a roster file."""
        groups = (part.strip() for part in (self.groups.data or "").split(";"))
        return RosterRow(
            line=1,
            name=self.name.data or "",
            email=(read_address(self.email.data) if self.email.data else "") or "",
            chosen_name=self.chosen_name.data or "",
            state=self.state.data,
            language=Language(self.language.data),
            mail_mode=MailMode(self.mail_mode.data),
            recognition_word=self.recognition_word.data or "",
            credential=self.credential.data or "",
            affiliation=self.affiliation.data or "",
            limits=self.limits,
            groups=tuple(dict.fromkeys(filter(None, groups))),
            time_zone=(read_zone(self.time_zone.data) if self.time_zone.data else "") or "",
            handles=self.handles.data or "",
            phone=self.phone.data or "",
        )
