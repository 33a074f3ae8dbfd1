"""Formats that hold many documents: each module finds them in a stream, one at a time."""
