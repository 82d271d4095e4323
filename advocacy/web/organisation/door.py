"""The organisations' door, whole: importing it brings every page of it."""

from advocacy.web.organisation import answering, entry, looking, open_page, picturing

organisation = entry.organisation
PAGES = (answering, looking, open_page, picturing)
