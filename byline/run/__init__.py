"""The job: sources in, coded documents out. The one place where stages are joined."""
