"""Working on many bills at once: the list and what narrows it, and what we ourselves say of a bill."""
