"""Who acts, suffers or speaks: one entry a real actor, with every mention of it."""

from byline.coding.actors.cast import Cast, find_actors

__all__ = ["Cast", "find_actors"]
