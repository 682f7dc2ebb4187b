"""What the readers' site costs: see `bench.site.__main__`."""
