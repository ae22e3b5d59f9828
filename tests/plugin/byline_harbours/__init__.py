"""An example: logs of harbour offices, ships that run aground, small harbours, a layout for a board of ship news."""
