"""The pages, and only here Streamlit."""
