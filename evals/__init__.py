"""Quality beside its floors; see `__main__`."""
