"""Follow-up takes the answers to status questions (277) that claims receives."""
