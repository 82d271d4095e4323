"""What a legislature is doing with a bill, and how we know.

A bill is read from the service that publishes it, or typed in by a person. Every fact keeps where it came
from and when. Where the bill stands is worked out from what happened to it, with the rule that was used; a
person may say otherwise and give a reason. Nothing that was once seen is thrown away: what a service stops
showing is kept, marked.
"""
