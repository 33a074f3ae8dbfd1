"""The command line: `cleaner clean | check | explain | rules`.

Importing this package costs nothing but itself: each command imports what it needs when it runs.
"""
