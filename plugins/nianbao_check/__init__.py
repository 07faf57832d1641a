"""Commands that check a report before anybody publishes it, and that say what rules there are and why."""
