"""A tiny lender: who is reminded today, how, and why."""

from tinybank.reminders import HOUSE_POLICY, Reminder, Stage, reminder_for

__all__ = ["HOUSE_POLICY", "Reminder", "Stage", "reminder_for"]
