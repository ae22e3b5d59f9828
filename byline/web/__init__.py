"""An archive in the browser: pages, the same data for programs, and review.

Pages read through the store; what reviewers decide is the one thing that is written, through the store, too.
"""
