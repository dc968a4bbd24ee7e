"""Documents of an office: forms filled strictly, numbers of outgoing letters, custody, bags."""

from arasha.engines.documents.bagging import bag_info, distinct_names, manifest, safe_name
from arasha.engines.documents.custody import (
    CustodyAct,
    CustodyError,
    custody_json,
    first_act,
    next_act,
    verify_custody,
)
from arasha.engines.documents.errors import FieldError, FormError, NumberError
from arasha.engines.documents.filling import Grid, Line, Paper, Piece, fill
from arasha.engines.documents.forms import (
    STYLES,
    Block,
    Field,
    Form,
    Kind,
    Step,
    Style,
    Tick,
    Words,
    faults_of,
)
from arasha.engines.documents.numbering import number, pattern_fault

__all__ = [
    "STYLES",
    "Block",
    "CustodyAct",
    "CustodyError",
    "Field",
    "FieldError",
    "Form",
    "FormError",
    "Grid",
    "Kind",
    "Line",
    "NumberError",
    "Paper",
    "Piece",
    "Step",
    "Style",
    "Tick",
    "Words",
    "bag_info",
    "custody_json",
    "distinct_names",
    "faults_of",
    "fill",
    "first_act",
    "manifest",
    "next_act",
    "number",
    "pattern_fault",
    "safe_name",
    "verify_custody",
]
