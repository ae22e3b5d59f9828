"""Parsed document to coded document: finders, and what puts their findings together."""
