"""The commands of `python -m geo`, by what they are about."""
