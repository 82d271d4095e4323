"""The words of bills: fetched once, read, compared, and looked through for what widens punishment."""
