"""Quality of copies and stories on labelled streams."""
