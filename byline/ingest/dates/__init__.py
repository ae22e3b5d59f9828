"""When a document appeared: all days that it bears, the strongest of them, and calendars of issue numbers."""
