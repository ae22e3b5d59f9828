"""Web pages: blocks of words, the article among them, the entries of a live blog, and walls in place of an article."""
