"""Where: place names, the places that they mean, and where an event took place."""

from byline.coding.places.event_place import Scene, places_of
from byline.coding.places.gazetteer import Gazetteer
from byline.coding.places.toponyms import find_toponyms

__all__ = ["Gazetteer", "Scene", "find_toponyms", "places_of"]
