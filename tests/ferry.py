"""An article made up for these tests, clean and with noise."""

BODY = (
    "The ferry to the island of Marn sails again on Friday, the harbour master said after the storm had passed.\n\n"
    "Three boats lay on the beach in the morning, and the baker had given bread to everyone who helped to tow them."
)
NOISY = f"{BODY}\n\nSubscribe to our newsletter\n"
