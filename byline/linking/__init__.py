"""Which documents tell the same: copies of one text, grouped and never deleted."""

from byline.linking.copies import Copies, Group, group

__all__ = ["Copies", "Group", "group"]
