"""Whether it happened: the operators that govern an event, composed."""

from byline.coding.status.settling import settle

__all__ = ["settle"]
