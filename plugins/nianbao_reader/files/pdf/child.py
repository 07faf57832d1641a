"""The process that opens a PDF: the file comes by stdin, what it says goes as JSON to stdout."""

from __future__ import annotations

import json
import sys

from nianbao_reader.files.pdf.limits import MEMORY, SECONDS, Refused, Remarks


def confine() -> None:
    """Hold this process to its memory and time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has none; the parent's clock is left
        return
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(limit, (most, most))
        except (OSError, ValueError):  # macOS refuses some, a container may allow less
            continue


def told(data: bytes) -> Remarks:
    """A PDF's blocks, or why it is refused."""
    import pypdfium2

    from nianbao_reader.files.pdf.pages import blocks
    from nianbao_reader.files.pdf.sheets import opened

    try:
        with opened(data) as file:
            return {"title": file.title, "blocks": blocks(file.sheets())}
    except Refused as refused:
        return refused.told
    except pypdfium2.PdfiumError:
        return Refused("damaged").told
    except MemoryError:
        return Refused("harmful").told


def main() -> None:
    """Read stdin, tell stdout. A process that does not get to its end has said nothing: the parent knows what that means."""
    confine()
    sys.stdout.write(json.dumps(told(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
