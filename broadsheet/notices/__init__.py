"""What readers tell us about articles and stories: mistakes, rights, other people's privacy. Kept for the desk."""
