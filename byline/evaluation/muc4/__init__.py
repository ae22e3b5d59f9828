"""Byline's incidents as MUC-4 templates (1992): who did what to whom in political violence.

The mapping knows the task's definition, which stands in knowledge/muc4.toml, and reads everything else off the
record and the parse that it rests on.
"""

from byline.evaluation.muc4.templates import templates_of

__all__ = ["templates_of"]
