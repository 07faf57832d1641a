"""Reports to try rules on: all are the one of ``luhe.py``, correct and without a finding, with something changed.

``files``     a clerk's fragment through the files of a workspace, by all rules: what the examples of rules show, and places in files
``composed``  the same fragments without files, by one rule, some hundred in a second: figures, last year's, what the body is
``retold``    one report with other sentences, headings, figures or settings, in a millisecond each: rules that read prose
``finished``  the same report as a reader gives it, with other cells: rules of finished reports, and core's, without the reader
``filed``     its file with lines laid over, read by the reader: what the examples of rules show of finished reports

What the reader and those behind it are tried on: ``wild`` and ``figures`` print a report in the forms of the wild, ``published`` is one
page with a test's figures, ``readings`` are what the reader reads of a page that nianbao built, or made by hand.
"""
