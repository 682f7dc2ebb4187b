"""The newsletter: who asked for it, what stands in it, how it arrives, and what comes back."""
