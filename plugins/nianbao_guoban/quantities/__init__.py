"""Quantities in the prose of a report, and the cells of the standard that they name."""
