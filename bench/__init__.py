"""Speed beside the peers; see `__main__`."""
