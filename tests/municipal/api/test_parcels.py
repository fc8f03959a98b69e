"""The doors for USB parcels: bytes in, receipt out; and a page for a person."""

import base64
import re

import pytest
import requests

from municipal.api.parcels_page import FILES_MAX, UPLOAD_BYTES_MAX
from municipal.stores.platform_key import platform_key, public_text
from study.parcel import PARCEL_BYTES_MAX
from study.receipt import unpack
from tests.municipal.box import anchor, study
from tests.municipal.parcels.boxes import parcel_of

RECORDS = [anchor(1), *(study(seq) for seq in range(2, 6))]


@pytest.fixture
def data(city) -> bytes:
    return parcel_of(city.box("v1"), RECORDS)


def post(city, data: bytes) -> requests.Response:
    return requests.post(city.url + "/v1/parcels", data=data, timeout=10)


def upload(city, *files: tuple[str, bytes]) -> requests.Response:
    parts = [("parcel", (name, data, "application/octet-stream")) for name, data in files]
    return requests.post(city.url + "/parcels", files=parts, timeout=30)


def test_a_parcel_is_answered_with_its_signed_receipt(city, data):
    reply = post(city, data)
    signed = unpack(reply.content)

    platform_key(city.database).public_key().verify(signed.signature, signed.receipt.to_sign)
    assert reply.status_code == 200
    assert re.search(r'filename="ZX-[0-9A-F]{8}-[0-9A-F]{8}\.ZXR"', reply.headers["Content-Disposition"])
    assert signed.receipt.new == 5
    assert unpack(post(city, data).content).receipt.new == 0


def test_what_is_no_whole_parcel_is_answered_in_words(city, data):
    reply = post(city, data[:-1])

    assert (reply.status_code, reply.json()["code"]) == (400, "torn_parcel")
    assert "重新导出" in reply.json()["words"]
    assert post(city, b"").json()["code"] == "torn_parcel"
    assert post(city, bytes(PARCEL_BYTES_MAX + 1)).status_code == 413


def test_boxes_learn_the_platforms_key_from_its_health(city):
    told = requests.get(city.url + "/v1/health", timeout=10).json()["platform_key"]

    assert told == public_text(platform_key(city.database))
    assert len(base64.b64decode(told)) == 32


def test_the_page_offers_a_form(city):
    reply = requests.get(city.url + "/parcels", timeout=10)

    assert reply.headers["Content-Type"].startswith("text/html")
    assert 'enctype="multipart/form-data"' in reply.text
    assert "<script" not in reply.text


def test_the_page_tells_what_became_of_each_file_and_hands_out_receipts(city, data):
    page = upload(city, ("A.ZXP", data), ("<b>torn", data[:300]), ("B.ZXP", data)).text

    assert "收下 5 条" in page
    assert "早已收到" in page
    assert "记录包不完整" in page
    assert "&lt;b&gt;torn" in page
    assert "<b>torn" not in page
    links = re.findall(r'href="data:application/octet-stream;base64,([^"]+)" download="([^"]+)"', page)
    assert len(links) == 2
    for link, name in links:
        assert unpack(base64.b64decode(link)).receipt.records == 5
        assert name.endswith(".ZXR")


@pytest.mark.parametrize("body", [b"", b"--x", b"--x\r\n\r\n", b"nonsense"])
def test_a_form_that_is_none_is_answered_on_the_page(city, body):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    reply = requests.post(city.url + "/parcels", data=body, headers=headers, timeout=10)

    assert reply.status_code in (400, 413)
    assert "<form" in reply.text


def test_too_many_files_or_bytes_are_answered_on_the_page(city):
    many = upload(city, *((f"{n}.ZXP", b"") for n in range(FILES_MAX + 1)))
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(UPLOAD_BYTES_MAX + 1)}
    request = requests.Request("POST", city.url + "/parcels", headers=headers).prepare()
    request.headers["Content-Length"] = str(UPLOAD_BYTES_MAX + 1)
    with requests.Session() as session:
        large = session.send(request, timeout=10)

    assert (many.status_code, large.status_code) == (400, 413)
    assert "<form" in many.text
    assert "<form" in large.text
