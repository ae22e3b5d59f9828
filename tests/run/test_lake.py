"""A cluster fills a lake with the rows of one machine, whatever happens to its workers."""

import csv
import os
import signal
from collections.abc import Iterator
from io import StringIO
from operator import itemgetter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from byline.cli import app
from byline.demo import MANIFEST, PAGES
from byline.errors import ConfigurationError
from byline.export.csv import write_csv
from byline.export.rows import rows
from byline.ingest import Options, dated, read, read_manifest
from byline.records import CodedDocument, Failure
from byline.run.job import Settings, coder_of

pytest.importorskip("distributed", reason="byline[dask] is not installed")

import dask
import fsspec
import msgspec
import pyarrow.parquet as pq
from distributed import Client, LocalCluster

from byline.run.cluster import Job, Plan, code_shard, code_to_lake
from byline.run.lake import Contents, Lake, documents
from byline.run.shards import Shard, cut, edition_of

KILLS, RAISES, ONCE = "kills.txt", "raises.txt", "once"


@pytest.fixture(scope="module")
def workers() -> Iterator[Client]:
    """Give two worker processes, of which two may die for a task."""
    told = {"distributed.scheduler.allowed-failures": 1, "distributed.comm.timeouts.connect": "10s"}
    with (
        dask.config.set(told),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=60) as cluster,
        Client(cluster) as client,
    ):
        cluster.adapt(minimum=2, maximum=2)
        yield client


@pytest.fixture(scope="module")
def here() -> Iterator[Client]:
    """Give a worker in this process, for what lies in its memory."""
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0", silence_logs=60
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def demo() -> list[CodedDocument | Failure]:
    """Return what one machine makes of the demo archive."""
    found = dated(read([str(PAGES)], manifest=read_manifest(MANIFEST)))
    return list(coder_of(Settings()).code_all(found))


def plan(lake: str | Path) -> Plan:
    return Plan(str(lake), Settings(), Options(), edition_of(Settings(), Options()))


def shards(*paths: str | Path, size: int = 1) -> list[Shard]:
    given = read_manifest(MANIFEST) if PAGES in paths else None
    return list(cut([str(p) for p in paths], plan("").edition, manifest=given, size=size))


def contents_of(lake: Path) -> Contents:
    found = Lake(str(lake)).contents()
    assert found
    return found


def archive(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).write_text(f"Police arrested two men in Leeds on Monday, the report {name} said.", "utf-8")
    return folder


def dies_once(shard: Shard, plan: Plan) -> str:
    marker = Path(plan.lake, ONCE)
    if "moura" in str(shard.sources) and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return code_shard(shard, plan)


def is_bad(shard: Shard, plan: Plan) -> str:
    name = Path(shard.sources[0]).name
    coder_of(plan.settings)  # a worker that dies as it starts tells nothing of the shard
    if name == KILLS:
        os.kill(os.getpid(), signal.SIGKILL)
    if name == RAISES:
        raise RuntimeError("The dog ate it.")
    return code_shard(shard, plan)


def is_not_called(shard: Shard, plan: Plan) -> str:
    raise AssertionError(shard.sources, plan)


@pytest.fixture(scope="module")
def lake(workers: Client, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake that two workers filled with the demo archive."""
    folder = tmp_path_factory.mktemp("lake")
    Job(workers, plan(folder)).run(shards(PAGES, size=4))
    return folder


def test_a_lake_has_the_rows_of_one_machine(lake: Path, demo: list[CodedDocument | Failure]) -> None:
    assert len(contents_of(lake).files) > 1  # how many depends on where the pages lie
    assert list(documents(str(lake))) == demo


def test_a_lake_has_the_same_rows_when_a_worker_was_killed(
    workers: Client, demo: list[CodedDocument | Failure], tmp_path: Path
) -> None:
    Job(workers, plan(tmp_path), code=dies_once).run(shards(PAGES, size=4))
    assert (tmp_path / ONCE).exists()
    assert list(documents(str(tmp_path))) == demo


def test_a_shard_that_kills_its_worker_and_one_that_raises_cost_themselves_alone(
    workers: Client, tmp_path: Path
) -> None:
    names = [KILLS, RAISES, *(f"{n}.txt" for n in range(18))]
    found = shards(archive(tmp_path / "in", *names))
    contents = Job(workers, plan(tmp_path / "lake"), code=is_bad).run(found)
    aside = {Path(s.sources[0]).name: s.reason.split(":")[0] for s in contents.set_aside}
    assert aside == {
        KILLS: "It kills its worker, also when nothing else runs there",
        RAISES: "RuntimeError",
    }
    assert contents.documents == 18
    assert [f.source.rsplit("/")[-1] for f in documents(str(tmp_path / "lake")) if isinstance(f, Failure)] == [
        KILLS,
        RAISES,
    ]


def test_relative_paths_are_those_of_who_starts_the_run(
    workers: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(tmp_path / "in", "a.txt")
    (tmp_path / "mine.toml").write_text(
        'name = "mine"\nversion = "1"\n[types.STOP]\nabout = "x"\n[triggers.STOP]\nverbs = ["arrest"]\n'
    )
    monkeypatch.chdir(tmp_path)
    code_to_lake(["in"], Settings("mine.toml"), "lake", workers.scheduler.address)
    assert [[e.type for e in d.events] for d in documents("lake") if isinstance(d, CodedDocument)] == [["STOP"]]


def test_the_events_of_a_lake_are_the_rows_of_the_csv(lake: Path, demo: list[CodedDocument | Failure]) -> None:
    coded = [d for d in demo if isinstance(d, CodedDocument)]
    found = [
        row for e in contents_of(lake).files for row in pq.read_table(lake / f"events/{e.file}.parquet").to_pylist()
    ]
    assert found == list(rows(coded))


def test_the_same_command_again_codes_nothing_and_changes_nothing(here: Client, lake: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in lake.rglob("*")}
    Job(here, plan(lake), code=is_not_called).run(shards(PAGES, size=4))
    assert {p: p.stat().st_mtime_ns for p in lake.rglob("*")} == before


def test_a_run_that_was_broken_off_goes_on_where_it_was(
    here: Client, lake: Path, demo: list[CodedDocument | Failure], tmp_path: Path
) -> None:
    first, *rest = found = shards(PAGES, size=4)
    Job(here, plan(tmp_path)).run([first])
    Lake(str(tmp_path)).open_for_writing()
    with pytest.raises(ConfigurationError, match="no finished lake"):
        documents(str(tmp_path))

    def code_rest(shard: Shard, plan: Plan) -> str:
        assert shard in rest
        return code_shard(shard, plan)

    Job(here, plan(tmp_path), code=code_rest).run(found)
    assert list(documents(str(tmp_path))) == demo
    assert (tmp_path / "manifest.json").read_bytes() == (lake / "manifest.json").read_bytes()


def test_of_a_changed_archive_what_changed_is_coded_and_what_is_gone_from_a_file_is_gone(
    here: Client, tmp_path: Path
) -> None:
    pages, lake = archive(tmp_path / "in", "a.txt", "b.txt"), tmp_path / "lake"
    Job(here, plan(lake)).run(shards(pages))
    before = Lake(str(lake)).files("documents")
    (pages / "b.txt").write_text("Rebels shelled Leeds.", "utf-8")
    Job(here, plan(lake)).run(shards(pages))
    after = Lake(str(lake)).files("documents")
    assert (len(before), len(after), len(before & after)) == (2, 2, 1)
    assert [e.type for d in documents(str(lake)) for e in d.events][-1] == "ASSAULT"  # type: ignore[union-attr]


def test_what_cannot_be_read_stands_where_one_machine_has_it(here: Client, tmp_path: Path) -> None:
    pages, lake = archive(tmp_path / "in", "a.txt", "c.txt"), tmp_path / "lake"
    (pages / "b.txt").touch()
    (pages / "d.txt").symlink_to("nowhere")
    contents = Job(here, plan(lake)).run(shards(pages, size=100))
    found = list(documents(str(lake)))
    assert found == list(coder_of(Settings()).code_all(read([str(pages)])))
    assert (contents.documents, contents.failures) == (2, 2)


def test_sources_and_lake_lie_on_an_object_store(here: Client) -> None:
    store = fsspec.filesystem("memory")
    store.pipe("/crawl/a.txt", b"Police arrested two men in Leeds.")
    store.pipe("/crawl/deep/b.csv", b"text,date\nRebels shelled Leeds.,2011-05-03\n")
    store.pipe("/crawl/.hidden", b"Nothing.")
    Job(here, plan("memory://lake")).run(shards("memory://crawl"))
    found = [(d.source, [e.type for e in d.events]) for d in documents("memory://lake") if isinstance(d, CodedDocument)]
    assert found == [("memory:///crawl/a.txt", ["COERCE"]), ("memory:///crawl/deep/b.csv!/1", ["ASSAULT"])]


def test_a_lake_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=r"file/lake cannot be read or written \(.*Check the address"):
        Lake(str(tmp_path / "file" / "lake")).open_for_writing()


def test_a_folder_that_is_no_lake_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no finished lake"):
        documents(str(tmp_path))


def test_a_lake_does_not_mix_editions(here: Client, lake: Path) -> None:
    other = plan(lake)._replace(edition=edition_of(Settings("supersenses"), Options()))
    with pytest.raises(ConfigurationError, match="another ontology"):
        Job(here, other).run(shards(PAGES))


def test_a_lake_is_not_emptied_by_another_command(here: Client, lake: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="has sources that are not named now"):
        Job(here, plan(lake)).run(shards(archive(tmp_path / "in", "a.txt")))


def test_a_worker_with_another_byline_stops_the_run(here: Client, tmp_path: Path) -> None:
    other = plan(tmp_path / "lake")
    other = other._replace(edition=msgspec.structs.replace(other.edition, program="x"))
    with pytest.raises(ConfigurationError, match="A worker has another program"):
        Job(here, other).run(shards(archive(tmp_path / "in", "a.txt")))


def test_a_lake_among_its_sources_is_refused(tmp_path: Path) -> None:
    archive(tmp_path / "lake", "a.txt")
    with pytest.raises(ConfigurationError, match="lies among its sources"):
        code_to_lake([str(tmp_path)], Settings(), str(tmp_path / "lake"), "local")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("-", "Standard input cannot be cut into shards"),
        ("nowhere.txt", "There is no file or folder nowhere.txt"),
        ("memory://nowhere", "There is no file at memory://nowhere"),
        ("nosuch://nowhere", "nosuch://nowhere cannot be listed"),
    ],
)
def test_a_path_that_no_worker_can_read_stops_the_run_at_once(path: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        shards(path)


def test_a_file_more_changes_one_shard(tmp_path: Path) -> None:
    pages = archive(tmp_path / "in", *(f"{n:03}.txt" for n in range(200)))
    before = {s.name for s in shards(pages, size=16)}
    (pages / "100-and-a-half.txt").write_text("Rebels shelled Leeds.", "utf-8")
    after = {s.name for s in shards(pages, size=16)}
    assert len(before) > 8
    assert len(after - before) <= 2


def test_a_large_file_is_a_shard_of_its_own(tmp_path: Path) -> None:
    pages = archive(tmp_path / "in", "a.txt", "c.txt", "d.txt")
    with (pages / "b.warc").open("wb") as file:
        file.truncate(10_000_000)
    assert [[Path(s).name for s in shard.sources] for shard in shards(pages, size=1_000_000)] == [
        ["a.txt"],
        ["b.warc"],
        ["c.txt", "d.txt"],
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--dask", "local"], "--dask fills a lake. Name it: --to lake/"),
        (["--to", "lake", "--dask", "local", "--people", "roles"], "All events and names are kept there"),
        (["--to", "a.byline", "--status", "happened"], "All events and names are kept there"),
        (["--to", "lake", "--dask", "local", "--workers", "2"], "--workers is for archives; the workers of a cluster"),
        (["--to", "lake", "--dask", "local", "--log", "a.log"], "--log is for archives; the workers of a cluster"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: list[str], message: str) -> None:
    done = CliRunner().invoke(app, ["code", str(PAGES), *options])
    assert message in str(done.exception)


def test_no_scheduler_no_run(tmp_path: Path) -> None:
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "0.1s"}),
        pytest.raises(ConfigurationError, match="No Dask scheduler answers"),
    ):
        code_to_lake([str(PAGES)], Settings(), str(tmp_path / "lake"), "tcp://127.0.0.1:1")


def test_the_csv_of_a_lake_is_that_of_one_machine(lake: Path, demo: list[CodedDocument | Failure]) -> None:
    one, other = StringIO(), StringIO()
    write_csv((d for d in demo if isinstance(d, CodedDocument)), one)
    write_csv((d for d in documents(str(lake)) if isinstance(d, CodedDocument)), other)
    assert one.getvalue() == other.getvalue()


def test_a_lake_leaves_by_the_verb_as_the_archive_that_is_made_of_it(lake: Path, tmp_path: Path) -> None:
    archive, of_lake, of_archive = tmp_path / "a.byline", tmp_path / "lake.csv", tmp_path / "archive.csv"
    for words in (
        ("import", lake, "--to", archive),
        ("export", lake, "--to", of_lake),
        ("export", archive, "--to", of_archive),
    ):
        assert CliRunner().invoke(app, [*map(str, words)]).exit_code == 0
    found, linked = (list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in (of_lake, of_archive))
    blank = {name: "" for name in found[0] if name.startswith("happening")}
    assert found
    assert sorted(found, key=itemgetter("uid")) == sorted((row | blank for row in linked), key=itemgetter("uid"))
