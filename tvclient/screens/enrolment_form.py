"""What has been typed into the enrolment form."""

from dataclasses import dataclass, replace
from enum import StrEnum

ACCOUNT_MAX = 16
CODE_DIGITS = 12


class Field(StrEnum):
    """The two fields."""

    ACCOUNT = "account"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class EnrolmentForm:
    """Digits only: account numbers and activation codes have nothing else."""

    account: str = ""
    code: str = ""
    field: Field = Field.ACCOUNT

    @property
    def complete(self) -> bool:
        """Whether it is worth asking the city."""
        return bool(self.account) and len(self.code) == CODE_DIGITS

    @property
    def empty(self) -> bool:
        """Whether the field being filled has nothing to delete."""
        return not (self.account if self.field is Field.ACCOUNT else self.code)

    def typed(self, digit: int) -> "EnrolmentForm":
        """One more digit in the field being filled; full fields take no more."""
        if self.field is Field.ACCOUNT:
            return replace(self, account=(self.account + str(digit))[:ACCOUNT_MAX])
        return replace(self, code=(self.code + str(digit))[:CODE_DIGITS])

    def deleted(self) -> "EnrolmentForm":
        """The last digit of the field being filled is gone."""
        if self.field is Field.ACCOUNT:
            return replace(self, account=self.account[:-1])
        return replace(self, code=self.code[:-1])

    def other_field(self) -> "EnrolmentForm":
        """The other field is being filled."""
        return replace(self, field=Field.CODE if self.field is Field.ACCOUNT else Field.ACCOUNT)


def grouped(account: str) -> str:
    """110115 0047: six digits of the region, then the rest."""
    return f"{account[:6]} {account[6:]}".strip()
