"""The pages of conversations: reading for everybody, writing for readers with an account, reporting for anybody."""
