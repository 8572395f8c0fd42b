"""Letters on paper: sheets for one print job, typeset together; the office posts them."""
