"""What stands in place of personal data: each profile is one way, chosen with one word."""
