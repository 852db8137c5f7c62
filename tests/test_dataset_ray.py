"""Datasets made by Ray: a cluster of two workers on this machine makes what one process makes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from datasets import contents, kill_one_in_work, made
from onrecord.dataset import RayEngine

ray = pytest.importorskip("ray")


@pytest.fixture(scope="session")
def ray_cluster() -> Iterator[RayEngine]:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield RayEngine()
    ray.shutdown()


def test_ray_makes_what_one_process_makes_also_where_a_worker_is_killed(
    ray_cluster: RayEngine, dataset_inputs: Path, dataset: Path, tmp_path: Path
) -> None:
    assert ray_cluster.workers == 2
    killer = threading.Thread(target=kill_one_in_work, args=[tmp_path / "out"])
    killer.start()
    assert made(tmp_path / "out", dataset_inputs, engine=ray_cluster).finished
    killer.join()
    assert contents(tmp_path / "out") == contents(dataset)
    assert not list((tmp_path / "out").rglob(".unfinished-*"))
