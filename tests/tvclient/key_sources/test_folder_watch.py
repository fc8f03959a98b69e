import os
from pathlib import Path

from tvclient.key_sources.folder_watch import FolderWatch


def test_files_that_come_change_and_go_are_told(tmp_path: Path) -> None:
    watch, node = FolderWatch([tmp_path]), tmp_path / "event0"
    assert watch.take() == set()
    os.mkfifo(node)
    assert watch.take() == {node}
    node.chmod(0o600)
    assert watch.take() == {node}
    node.unlink()
    assert watch.take() == {node}
    watch.close()


def test_a_folder_that_is_made_later_is_watched_from_then_on(tmp_path: Path) -> None:
    folder = tmp_path / "input"
    watch = FolderWatch([folder])
    folder.mkdir()
    assert watch.take() == {folder}
    (folder / "event0").touch()
    assert watch.take() == {folder / "event0"}
    watch.close()


def test_a_folder_that_goes_and_comes_again_is_watched_again(tmp_path: Path) -> None:
    folder = tmp_path / "input"
    folder.mkdir()
    watch = FolderWatch([folder])
    folder.rmdir()
    watch.take()
    folder.mkdir()
    watch.take()
    (folder / "event7").touch()
    assert watch.take() == {folder / "event7"}
    watch.close()


def test_reading_a_device_is_no_change(tmp_path: Path) -> None:
    node = tmp_path / "event0"
    os.mkfifo(node)
    watch = FolderWatch([tmp_path])
    descriptor = os.open(node, os.O_RDWR | os.O_NONBLOCK)
    os.write(descriptor, b"x")
    os.read(descriptor, 1)
    os.close(descriptor)
    assert watch.take() == set()
    watch.close()
