"""Email by SMTP, or into the demo's built-in outbox."""
