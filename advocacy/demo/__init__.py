"""The whole main path on fictional people, for a first look and as a proof.

`load` fills an empty installation so that somebody can click around in it; `play` runs everything, without a
browser, into a folder, and looks there for anybody who must not be found.
"""
