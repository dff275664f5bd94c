"""What the README claims about speed and size, each as a ratio to a named peer in the same run."""
