"""A run of `cleaner clean`: documents are found here, cleaned here or in worker processes, and written in order."""
