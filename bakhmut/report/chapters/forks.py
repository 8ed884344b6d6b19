"""A process that has done the slow imports and forks itself into a kernel for each notebook.

Starting Python, the kernel, pandas and matplotlib takes more than a second, and every notebook
needs it. Here it is paid once; each kernel is still a process of its own, with nothing in it that
another notebook did. Runs as `python -m bakhmut.report.chapters.forks FOLDER`: each line on
standard input is a kernel's connection file, the answer its process id; or "brief ", and the
dossier of which every notebook says first what the brief is. When the input ends, also because
whoever asked was killed, the kernels are ended and FOLDER is removed.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import shutil
import signal
import sys
import time
from typing import NoReturn

from bakhmut.base.limits import KERNEL_SECONDS, SECONDS, TooLong, within

PRELOAD = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics.execution",
    "tornado.platform.asyncio",
    "matplotlib.backends.backend_svg",
    "bakhmut.drafting.texts",
    "bakhmut.figures",
    "bakhmut.findings.answers",
    "bakhmut.findings.later",
    "bakhmut.findings.summary",
)
BRIEF = "brief "
# A report does not depend on where it is made, nor on the set-up of the one who makes it.
ARGUMENTS = (
    "--InteractiveShellApp.ignore_cwd=True",
    "--HistoryManager.enabled=False",
    "--InteractiveShellApp.exec_lines=__import__('bakhmut.base.limits').base.limits.limit_kernel()",
)


def serve(folder: str) -> None:
    """Fork a kernel for each connection file read; at the end of the input, clean up."""
    # The pipes are kept out of the kernels' standard streams: what a library prints there
    # would be taken for an answer.
    orders, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    # A kernel that ends is reaped at once, so that its process id says whether it lives.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A debugger would take half of a kernel's start; no notebook of a report is stepped through.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    gc.disable()
    for module in PRELOAD:
        with contextlib.suppress(ImportError):  # the notebook that needs it will say so
            importlib.import_module(module)
    # Up to here, and while a brief is worked out, there is no kernel that would have to be ended.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    kernels = []
    for line in orders:
        if line.startswith(BRIEF):
            keep_brief(line.removeprefix(BRIEF).rstrip("\n"))
            continue
        # What kernels share is not searched for cycles: each would get a copy of all it touches.
        gc.freeze()
        kernels.append(os.fork())
        if not kernels[-1]:
            become_kernel(line.rstrip("\n"))
        with contextlib.suppress(BrokenPipeError):  # who asked was killed before the answer
            print(kernels[-1], file=answers, flush=True)
    for pid in kernels:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            while True:  # one that is still ending may put a file into what is removed
                os.kill(pid, 0)
                time.sleep(0.01)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)  # the report waits, and to take apart what was imported takes its time


def keep_brief(dossier: str) -> None:
    """Work out once what all notebooks say; what is wrong with the dossier they will say, too."""
    from bakhmut.drafting.texts import read_dossier
    from bakhmut.findings.summary import keep_brief_of

    seconds = float(os.environ.get(KERNEL_SECONDS) or 0) or SECONDS
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(Exception, TooLong), within(seconds):
        keep_brief_of(read_dossier(dossier or None))
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def become_kernel(connection_file: str) -> NoReturn:
    """Be the kernel of a connection file until it is shut down."""
    from ipykernel.kernelapp import IPKernelApp

    gc.enable()
    parent = os.getppid()
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    app = IPKernelApp.instance(parent_handle=parent)
    app.initialize(["-f", connection_file, *ARGUMENTS])
    app.start()
    os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1])
