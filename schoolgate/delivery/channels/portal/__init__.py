"""The portal: a message stands there as soon as it is posted, so nothing needs to be carried."""
