"""From sentences to events and statements."""
