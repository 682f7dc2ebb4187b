"""One conversation for each story: threads, the guard before them, and their moderation."""
