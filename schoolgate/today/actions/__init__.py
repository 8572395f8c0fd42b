"""What people do with what is for today."""
