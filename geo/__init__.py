"""Reported places, their uncertainty, and showing them honestly; usable without Streamlit."""

__version__ = "0.1.0"
