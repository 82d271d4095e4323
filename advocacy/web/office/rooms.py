"""Every page of the office, gathered, so that opening the door opens all of them."""

from advocacy.web.office import desk, door, entrance, people, roles

office = door.office
PAGES = (desk, entrance, people, roles)
