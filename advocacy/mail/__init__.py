"""Mail as a ledger: a row says what is to be sent and to whom, never the words.

The words are made when the row is claimed, spoken to the mail server once, and forgotten. A row ends as
sent, failed or uncertain; an uncertain one waits for a person, because sending it again could send it twice.
"""
