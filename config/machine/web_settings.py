"""gunicorn's settings: two processes where there are two cores, with two threads each.

Requests are read whole before a thread is taken (`patient_worker`).
More would take memory, which on one small machine counts more. What is loaded is shared by both.
"""

import gc
import os
import signal

from config.machine import privileges

bind = f"127.0.0.1:{os.environ.get('SCHOOLGATE_PORT', '8000')}"
workers = min(2, os.cpu_count() or 1)
worker_class = "config.machine.patient_worker.PatientWorker"
threads = 2
preload_app = True
worker_tmp_dir = os.environ.get("SCHOOLGATE_DATA")
loglevel = "warning"
accesslog = None
graceful_timeout = 1  # browsers keep lines open; all are to be gone within 4 s
timeout = 60
control_socket_disable = True


def pre_fork(arbiter: object, worker: object) -> None:
    """What is loaded by now is shared with the worker for good, not copied by the collector."""
    gc.collect()
    gc.freeze()


def post_fork(arbiter: object, worker: object) -> None:
    """The worker ends when the process above it is killed."""
    privileges.end_with_parent(signal.SIGTERM)
