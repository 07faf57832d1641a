"""What places add to the State Council's format: standards that extend 2021, each with what is known of it in its comments."""
