"""The artefact store in an S3 bucket, against a real S3 server on loopback."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.errors import Misconfigured, Transient, Unprocessable
from tasks.text.ids import digest_of
from tests.servers import free_port
from workers.stores import ObjectArtefacts, open_artefacts


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a bucket, with the usual variables set."""
    for name, value in {
        "AWS_ENDPOINT_URL": s3,
        "AWS_ACCESS_KEY_ID": "tests",
        "AWS_SECRET_ACCESS_KEY": "tests",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    assert httpx.put(f"{s3}/gongbao").status_code == 200
    return "s3://gongbao/artefacts"


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=2000))
def test_what_is_put_comes_back_and_twice_is_once(bucket: str, data: bytes) -> None:
    store = open_artefacts(bucket)
    assert store.put(data) == store.put(data) == digest_of(data)
    assert store.get(digest_of(data)) == data


def test_a_large_artefact_passes(bucket: str) -> None:
    data = bytes(range(256)) * 40_000  # 10 MB
    store = open_artefacts(bucket)
    assert store.get(store.put(data)) == data


def test_a_missing_artefact_says_so(bucket: str) -> None:
    with pytest.raises(Unprocessable, match=r"is not in s3://gongbao/artefacts; fetch the page again"):
        open_artefacts(bucket).get(digest_of(b"never"))


def test_a_damaged_artefact_is_not_handed_out(bucket: str) -> None:
    store = ObjectArtefacts(bucket)
    digest = store.put(b"178")
    store._store.put(digest.removeprefix("sha256:"), b"179")
    with pytest.raises(Unprocessable, match="does not match its digest"):
        store.get(digest)


def test_a_bucket_that_is_not_there_is_said_in_one_sentence(bucket: str) -> None:
    with pytest.raises(Transient, match="the bucket exists") as error:
        ObjectArtefacts("s3://no-such-bucket/x").put(b"178")
    assert "\n" not in error.value.message


@pytest.mark.timeout(60)
def test_a_store_that_does_not_answer_is_transient_within_the_time_of_a_stage(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    store = open_artefacts(bucket)
    with pytest.raises(Transient, match="does not answer"):
        store.put(b"178")


def test_an_address_without_a_bucket_is_refused() -> None:
    with pytest.raises(Misconfigured):
        open_artefacts("s3://")
