"""What is new in an archive, as a mail, a page, plain text or an Atom feed: each with who says so, in their words.

What is new is found by `byline.run.digesting`, which hands it over; nothing here reads an archive.
"""
