"""Every performance figure that the project claims, each with its peer in the same run."""
