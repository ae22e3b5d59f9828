"""Reading feeds from their servers: politely, within bounds, and never from inside of the user's own network.

Nothing here writes: `byline.run.watching` joins it with coding and the archive.
"""
