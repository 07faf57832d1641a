"""make_data.py REPORT.json OUT.yaml: the same report as its author would type it: sentences, and a list for each row."""

import json
import sys
from pathlib import Path

REQUESTS = {
    "": ("new", "carried_in", "granted", "partial"),
    "denied.": (
        "state_secret", "prohibited_by_law", "security_and_stability", "third_party", "internal_affairs",
        "process_information", "enforcement_file", "administrative_query",
    ),
    "unable.": ("not_held", "needs_creation", "unclear"),
    "not_processed.": ("petition", "repeated", "publication", "excessive", "confirmation"),
    "other.": ("not_corrected", "fee_unpaid", "other"),
    " ": ("total", "carried_out"),
}  # fmt: skip
APPLICANTS = ("natural_person", "business", "research", "social", "legal_service", "other_organisation", "")
DOCUMENTS = ("made", "repealed", "valid")
DISPUTES = ("review", "litigation_direct", "litigation_after_review")
RESULTS = ("upheld", "corrected", "other", "pending", "")


def own_yaml(report):
    """The YAML of a report.json."""
    figures, parts = report["figures"], report["parts"]

    def value(*keys):
        return figures[".".join(key for key in keys if key)]["value"]

    def texts(name, section):
        of_section = [part for part in parts if part["path"].startswith(f"{section}.") and not part["path"].endswith(".text")]
        return [f"{name}:", *(f"  {part['title']}: {part['text']}" for part in of_section)]

    lead = {part["path"]: part["text"] for part in parts}
    rows = [group.strip() + row for group, rows in REQUESTS.items() for row in rows]
    lines = [
        f"name: {report['jurisdiction']['name']}", f"year: {report['year']}",
        f"preamble: {lead['preamble.text']}", f"lead: {lead['overview.text']}", *texts("overview", "overview"),
        f"regulations: {[value('proactive_disclosure.regulations', key) for key in DOCUMENTS]}",
        f"documents: {[value('proactive_disclosure.normative_documents', key) for key in DOCUMENTS]}",
        *(f"{key}: {value('proactive_disclosure', key)}" for key in ("licences", "penalties", "coercion", "fees")),
        *texts("disclosure", "proactive_disclosure"),
        "requests:", *(f"- {[value('requests', row, key) for key in APPLICANTS]}  # {row}" for row in rows),
        f"disputes: {[value('disputes', kind, key) for kind in DISPUTES for key in RESULTS]}",
        *texts("improvements", "improvements"), *texts("other", "other_matters"),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(own_yaml(json.loads(source.read_text(encoding="utf-8"))), encoding="utf-8")
