"""The editors' pages: dense, keyboard first. They own no data; every act goes through the rooms' actions."""
