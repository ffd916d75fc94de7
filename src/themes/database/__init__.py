"""The only SQL: one file a study (SQLite), or a PostgreSQL database for a team.

Functions take an open connection and give records. Acts of people are appended and never changed.
"""
