"""Chart kind ``bars``."""
