# SPDX-License-Identifier: BSL-1.0
"""Runs a program that wants a terminal."""
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time


def run_in_terminal(command, environment, timeout=60):
    """Runs it to its end on a terminal where nobody types; its exit code and what it has written."""
    master, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    process = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
                               env={**environment, "TERM": "vt100"})
    os.close(terminal)
    written, end = b"", time.monotonic() + timeout
    try:
        while time.monotonic() < end:
            if select.select([master], [], [], 0.2)[0]:
                written += os.read(master, 1 << 16)
            elif process.poll() is not None:
                break
        else:
            process.send_signal(signal.SIGKILL)
    except OSError:
        pass  # all who had the terminal are gone
    finally:
        os.close(master)
    return process.wait(timeout=20), written
