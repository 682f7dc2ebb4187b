"""The command line, one module for each group of commands. Commands are thin: they ask, call, and say what was done."""
