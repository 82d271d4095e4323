"""The effort that joins bills, a position, letters and dates, and the playbooks it can be started from.

A playbook is a folder of plain files. Starting a campaign copies its words into the database as drafts, so
that nothing people have read or signed can change because somebody edited a file.
"""
