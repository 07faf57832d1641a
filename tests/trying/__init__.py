"""Reports to try rules on: all are the one of ``luhe.py``, correct and without a finding, with something changed.

``files``     a clerk's fragment through the files of a workspace, by all rules: what the examples of rules show, and places in files
``composed``  the same fragments without files, by one rule, some hundred in a second: figures, last year's, what the body is
``retold``    one report with other sentences, headings, figures or settings, in a millisecond each: rules that read prose
"""
