"""One person agrees to one text, for each audience apart, in the form she chose, until a date.

Everything here serves one promise: nobody is shown who did not say so. `consent` decides what is printed;
`queries.signers_for` is the only road to a printed name.
"""
