"""When: time expressions, their values, and when an event took place."""

from byline.coding.times.event_time import Told, times_of
from byline.coding.times.timexes import find_timexes

__all__ = ["Told", "find_timexes", "times_of"]
