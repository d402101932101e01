"""Calendars from packages."""
