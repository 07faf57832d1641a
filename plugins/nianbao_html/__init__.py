"""What goes onto a portal: formats ``html`` and ``fragment`` (``page.py``), and the rules of a page (``rules.py``), loaded apart."""
