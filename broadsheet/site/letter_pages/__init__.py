"""The pages of letters: asking for them, confirming, choosing, leaving; and the letters that were sent."""
