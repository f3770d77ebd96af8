"""Identifiers: UUIDs as RFC 4122 spells them, and the enterprise project that may also be the default one."""

from __future__ import annotations

import re

from conformance.formats.format import Format

_UUID = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
DEFAULT_PROJECT = "0"

_PLAIN = "dd18a501-fcd5-4adc-acfe-b0e2384baf08"
_UUIDS = (
    _PLAIN,
    "DD18A501-FCD5-4ADC-ACFE-B0E2384BAF08",
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
)
_NO_UUIDS = (
    "", " ", "-", "1", "x", "null", "dd18a501", "dd18a501-fcd5-4adc-acfe", "dd18a501-fcd5-4adc-acfe-",
    "dd18a501fcd54adcacfeb0e2384baf08", "dd18a501-fcd54adcacfeb0e2384baf08", "dd18a501-fcd5-4adc-acfeb0e2384baf08",
    "dd18a501-fcd5-4adc-acfe-b0e2384baf0", "dd18a501-fcd5-4adc-acfe-b0e2384baf080",
    "d18a501-fcd5-4adc-acfe-b0e2384baf08", "0dd18a501-fcd5-4adc-acfe-b0e2384baf08",
    "dd18a501-fcd5-4adc-acfe-b0e2384baf08-0", "dd18a50-1fcd5-4adc-acfe-b0e2384baf08",
    "gd18a501-fcd5-4adc-acfe-b0e2384baf08", "dd18a501-fcd5-4adc-acfe-b0e2384baf0g",
    "dd18a501-fcd5-4adc-acfe-b0e2384bafO8", "dd18a501_fcd5_4adc_acfe_b0e2384baf08",
    "dd18a501 fcd5 4adc acfe b0e2384baf08", "dd18a501:fcd5:4adc:acfe:b0e2384baf08",
    "dd18a501\u2013fcd5\u20134adc\u2013acfe\u2013b0e2384baf08", "\uff10d18a501-fcd5-4adc-acfe-b0e2384baf08",
    "{dd18a501-fcd5-4adc-acfe-b0e2384baf08}", "(dd18a501-fcd5-4adc-acfe-b0e2384baf08)",
    '"dd18a501-fcd5-4adc-acfe-b0e2384baf08"', "urn:uuid:dd18a501-fcd5-4adc-acfe-b0e2384baf08",
    "uuid:dd18a501-fcd5-4adc-acfe-b0e2384baf08", " dd18a501-fcd5-4adc-acfe-b0e2384baf08",
    "dd18a501-fcd5-4adc-acfe-b0e2384baf08 ", "dd18a501-fcd5-4adc-acfe-b0e2384baf08\n",
    "xdd18a501-fcd5-4adc-acfe-b0e2384baf08", "dd18a501-fcd5-4adc-acfe-b0e2384baf08x",
    "dd18a501-fcd5-4adc-acfe-b0e2384baf08.json", "0x18a501-fcd5-4adc-acfe-b0e2384baf08",
    "dd18a501--fcd5-4adc-acfe-b0e2384baf08", "-dd18a501-fcd5-4adc-acfe-b0e2384baf08",
)  # fmt: skip
_NO_DEFAULT = ("00", "-0", "+0", "0.0", "0x0", " 0", "0 ", "0\n", "0\x00", "\uff10", "\u0660", "O", "zero", "default")


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID of any version and case, with its four hyphens and nothing around it."""
    return _UUID.fullmatch(text) is not None


def is_enterprise_project_id(text: str) -> bool:
    """Whether a text is `0` (the default project) or a UUID."""
    return text == DEFAULT_PROJECT or is_uuid(text)


def canonical_uuid(text: str) -> str:
    """A UUID in lower case; any other text as it is."""
    return text.lower() if is_uuid(text) else text


UUID = Format(
    name="uuid",
    check=is_uuid,
    valid=_UUIDS,
    near_misses=_NO_UUIDS,
    canonical=canonical_uuid,
    builtin=True,
)
ENTERPRISE_PROJECT_ID = Format(
    name="enterprise-project-id",
    check=is_enterprise_project_id,
    valid=(DEFAULT_PROJECT, *_UUIDS),
    near_misses=(*_NO_DEFAULT, *_NO_UUIDS),
    canonical=canonical_uuid,
)

FORMATS = (UUID, ENTERPRISE_PROJECT_ID)
