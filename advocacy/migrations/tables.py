"""Every table in one place: what migrations must end at, and what a test database begins with."""

import advocacy.audit
import advocacy.letters.models
import advocacy.people.models
import advocacy.vault
from advocacy.db import Base

__all__ = ["METADATA"]

METADATA = Base.metadata
