"""禾山市的一次年度报告: the county's reports from its register, portal, workbooks, data files and the towns below, by one command.

    python examples/heshan/start.py

makes the register, opens the portal on this machine for as long as it takes, builds and archives 芦河镇's report of 2023,
then builds all reports of 2024, the city's from those below. Needs ``pip install '.[all]'`` and a Chinese font
for the charts (Debian: fonts-noto-cjk).
"""

import re
import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "portal"), str(HERE.parent / "tianmen" / "register")]

from make import make  # noqa: E402
from serve import Portal  # noqa: E402

BODIES = {
    "420881001": "禾山市人民政府办公室",
    "420881104": "芦河镇人民政府",
    "420881105": "白水镇人民政府",
    "420881106": "青石镇人民政府",
}
PREVIOUS, YEAR = "2023", "2024"


def main() -> int:
    """Everything in turn; the exit code of the first command that fails, else 0."""
    (HERE / "register").mkdir(exist_ok=True)
    make(HERE / "register/register.db", BODIES, 600)
    port = re.search(r"127\.0\.0\.1:(\d+)", (HERE / "jurisdictions/heshan.yaml").read_text(encoding="utf-8"))
    assert port, "jurisdictions/heshan.yaml names no port of this machine"
    try:
        portal = Portal(int(port[1]))
    except OSError as error:
        print(f"端口 {port[1]} 用不了（{error.strerror}）：在 jurisdictions/heshan.yaml 里换一个端口。", file=sys.stderr)
        return 2
    with portal:
        threading.Thread(target=portal.serve_forever, daemon=True).start()
        commands = [
            ["build", "luhe", "--year", PREVIOUS, "--format", "html"],
            ["archive", "luhe", "--year", PREVIOUS, "--replace"],
            ["build", "--all", "--year", YEAR],
        ]
        codes = (
            subprocess.run([sys.executable, "-m", "nianbao", "-w", str(HERE), *words], check=False).returncode
            for words in commands
        )
        failed = next((code for code in codes if code), 0)
        portal.shutdown()
    return failed


if __name__ == "__main__":
    sys.exit(main())
