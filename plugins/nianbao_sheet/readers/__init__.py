"""One reader a kind of file: ``read(data)`` gives its sheets."""
