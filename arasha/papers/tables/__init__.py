"""Tables of an office: read from CSV and XLSX with the line of every fault, written as CSV, XLSX and PDF."""

from arasha.papers.tables.model import (
    Cell,
    Fault,
    FaultCode,
    Limits,
    Refusal,
    Row,
    Table,
    TableError,
)
from arasha.papers.tables.pdf import PangoMissingError, table_pdf
from arasha.papers.tables.reading import read_table
from arasha.papers.tables.writing import table_csv, table_xlsx

__all__ = [
    "Cell",
    "Fault",
    "FaultCode",
    "Limits",
    "PangoMissingError",
    "Refusal",
    "Row",
    "Table",
    "TableError",
    "read_table",
    "table_csv",
    "table_pdf",
    "table_xlsx",
]
