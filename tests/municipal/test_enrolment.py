"""Enrolment: a code is worth one key."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from municipal.activation import hashed
from municipal.database import Database
from municipal.enrolment import ACCOUNT_FAILURES_MAX, WINDOW, Application, enrol
from municipal.errors import RequestError, TryLaterError
from municipal.stores.codes import issue_code
from municipal.stores.keys import revoke_keys
from tests.municipal.city import CODE, START


def new_key() -> bytes:
    return Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def apply(database: Database, key: bytes, account: str = "v1", code: str = CODE, at=START) -> str:
    return enrol(database, Application(account, code, key, "10.0.0.1"), at).key_id


def refusal(database: Database, *args, **kwargs) -> str:
    with pytest.raises(RequestError) as caught:
        apply(database, *args, **kwargs)
    return caught.value.code


def test_the_same_key_with_the_same_code_gets_the_same_answer(database):
    key = new_key()
    assert apply(database, key) == apply(database, key)


def test_a_code_is_spent_on_one_key(database):
    apply(database, new_key())
    assert refusal(database, new_key()) == "wrong_code"


def test_spaces_typed_into_a_code_do_not_matter(database):
    assert apply(database, new_key(), code="1002 0030 0400")


@pytest.mark.parametrize(("account", "code"), [("v1", "000000000000"), ("nobody", CODE), ("v1", "\ud800")])
def test_wrong_account_and_wrong_code_look_alike(database, account, code):
    assert refusal(database, new_key(), account=account, code=code) == "wrong_code"


@pytest.mark.parametrize("key", [b"", b"x" * 31, b"x" * 33])
def test_a_key_of_another_form_is_refused(database, key):
    assert refusal(database, key) == "bad_key"


def test_after_many_failures_even_the_right_code_waits_for_the_window_to_pass(database):
    for _ in range(ACCOUNT_FAILURES_MAX):
        assert refusal(database, new_key(), code="000000000000") == "wrong_code"
    with pytest.raises(TryLaterError):
        apply(database, new_key())
    assert apply(database, new_key(), account="c1")
    assert apply(database, new_key(), at=START + WINDOW + timedelta(seconds=1))


def test_a_new_code_voids_the_open_one(database):
    with database.writing() as connection:
        issue_code(connection, "V1", hashed("999"), 1)
    assert refusal(database, new_key()) == "wrong_code"
    assert apply(database, new_key(), code="999")


def test_a_key_that_was_struck_off_does_not_come_back_with_its_old_code(database):
    key = new_key()
    apply(database, key)
    with database.writing() as connection:
        assert revoke_keys(connection, "V1") == 1
    assert refusal(database, key) == "key_revoked"


def test_no_code_is_kept_in_the_open(database, tmp_path):
    apply(database, new_key())
    database.close()
    for file in tmp_path.glob("municipal.db*"):
        assert CODE.encode() not in file.read_bytes()
