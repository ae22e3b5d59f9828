"""What holds many pages: one file a format, each with `read(source, options)`, which yields what stands inside.

A member is a `Source` of its own, be it a page or another container; what cannot
be read is a Failure with its place, and what stands behind it is read all the same.
Nothing is held in memory but the member at hand.
"""
