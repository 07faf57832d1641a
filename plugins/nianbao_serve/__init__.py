"""Live preview: the page of a report in the browser, built anew whenever something is saved. Command ``serve``."""
