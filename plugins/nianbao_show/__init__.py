"""Commands that show what is there: jurisdictions, what is installed, and where a figure comes from."""
