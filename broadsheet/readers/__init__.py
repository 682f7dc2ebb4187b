"""Readers: accounts, what they follow, the gate and its meter, consent, counts, and the rights of the person."""
