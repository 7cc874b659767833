"""Runs a command whose standard error is a terminal, and prints what it took as JSON: exit code, peak resident memory, and what the terminal showed last.

usage: measure.py COMMAND [ARGUMENT]...
"""

import json
import os
import pty
import resource
import subprocess
import sys
import threading

terminal, end = pty.openpty()
process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=end)
os.close(end)
shown = []


def watch():
    try:
        while text := os.read(terminal, 65536):
            shown.append(text.decode(errors="replace"))
    except OSError:
        pass  # A terminal that nobody holds any more ends so.


watching = threading.Thread(target=watch)
watching.start()
output = process.stdout.read().decode()
process.wait()
watching.join()
print(json.dumps({
    "exitCode": process.returncode,
    "output": output,
    "shown": "".join(shown),
    "peakKilobytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
}))
