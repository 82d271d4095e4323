"""The staff door. One guard stands before every page; the table in `people.access` says who may pass."""
