"""Byline reads news archives and records who did what to whom, and who says so."""
