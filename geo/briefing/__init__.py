"""Briefings: steps put to the data, shown with the network off, and handed over as one file."""
