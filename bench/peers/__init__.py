"""What others do with the same work on the same machine in the same run."""
