"""What leaves Byline: one file a layout. Reads records, changes nothing."""
