"""How far two places are from each other."""

import math
from typing import Protocol

_KM_PER_DEGREE = 111.2


class Located(Protocol):
    """What may have coordinates, in degrees."""

    @property
    def latitude(self) -> float | None: ...

    @property
    def longitude(self) -> float | None: ...


def distance(place: Located, other: Located) -> float:
    """Return kilometres between two places, flat-earth at their latitude; infinite where one has no coordinates."""
    if place.latitude is None or place.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    across = abs(place.longitude - other.longitude)
    across = min(across, 360 - across) * math.cos(math.radians((place.latitude + other.latitude) / 2))
    return _KM_PER_DEGREE * math.hypot(place.latitude - other.latitude, across)
