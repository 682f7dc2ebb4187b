"""Pages for one reader: account, what is followed, the gate, consent and rights. None of them is a finished page."""
