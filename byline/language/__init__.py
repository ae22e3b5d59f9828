"""Document to parsed document: sentences, tokens, syntax, names."""
