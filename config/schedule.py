"""What recurs, on one page; each job asks every school in turn."""
