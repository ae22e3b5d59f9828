"""Who says so: sources, cues and contents."""

from byline.coding.attribution.attributions import Attributions, Said, find_attributions

__all__ = ["Attributions", "Said", "find_attributions"]
