"""Digits go where they belong."""

from tvclient.screens.enrolment_form import EnrolmentForm, Field, grouped


def typed(form: EnrolmentForm, digits: str) -> EnrolmentForm:
    for digit in digits:
        form = form.typed(int(digit))
    return form


def test_account_first_then_the_code() -> None:
    form = typed(EnrolmentForm(), "1101150047").other_field()
    form = typed(form, "820641000000")
    assert (form.account, form.code, form.complete) == ("1101150047", "820641000000", True)


def test_a_full_code_takes_no_more() -> None:
    assert typed(EnrolmentForm(field=Field.CODE), "1234567890123").code == "123456789012"


def test_deleting_stops_at_nothing() -> None:
    form = typed(EnrolmentForm(), "1").deleted().deleted()
    assert form.empty and form.account == ""


def test_an_eleven_digit_code_is_not_worth_asking() -> None:
    assert not EnrolmentForm(account="1", code="12345678901").complete


def test_accounts_are_grouped_for_reading() -> None:
    assert grouped("1101150047") == "110115 0047"
    assert grouped("1101") == "1101"
