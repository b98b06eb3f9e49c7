"""Cases: one by one and many at once, searching them, their history, and merging two."""
