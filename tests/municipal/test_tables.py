"""The platform's tables, on the other database."""

from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from municipal.tables import metadata


def test_every_table_has_a_form_on_postgresql():
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=postgresql.dialect()))
