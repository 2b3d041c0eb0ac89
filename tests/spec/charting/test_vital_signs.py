"""Which vital signs are possible, which unusual: values as a table, and the answer expected."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chartdesk.ehr.charting.content import Vitals
from chartdesk.ehr.charting.rules import vital_issues
from chartdesk.kit.errors import Invalid


@pytest.mark.parametrize("given", ["abc", "NaN", "Infinity", "", "1.2.3"])
def test_a_vital_sign_is_a_number(given):
    with pytest.raises(Invalid, match="is not a number"):
        Vitals(pulse=given)


def test_numbers_keep_their_digits():
    assert Vitals(pulse=72, temperature_f=98.6, weight_lb="150.50") == Vitals(
        pulse=Decimal(72), temperature_f=Decimal("98.6"), weight_lb=Decimal("150.50")
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"systolic": "120", "diastolic": "80"}, []),
        ({}, ["error vitals-empty vitals"]),
        ({"systolic": "120"}, ["error pressure-half diastolic"]),
        ({"diastolic": "80"}, ["error pressure-half systolic"]),
        (
            {"systolic": "80", "diastolic": "80"},
            ["error pressure-order systolic", "warning vital-unusual systolic"],
        ),
        (
            {"systolic": "150", "diastolic": "95"},
            ["warning vital-unusual systolic", "warning vital-unusual diastolic"],
        ),
        ({"systolic": "301", "diastolic": "80"}, ["error vital-impossible systolic"]),
        ({"pulse": "19"}, ["error vital-impossible pulse"]),
        ({"pulse": "20"}, ["warning vital-unusual pulse"]),
        ({"pulse": "72"}, []),
        ({"temperature_f": "37"}, ["error vital-impossible temperature_f"]),
        ({"temperature_f": "100.4"}, ["warning vital-unusual temperature_f"]),
        ({"temperature_f": "98.6"}, []),
        ({"respirations": "0"}, ["error vital-impossible respirations"]),
        ({"spo2": "101"}, ["error vital-impossible spo2"]),
        ({"spo2": "92"}, ["warning vital-unusual spo2"]),
        ({"weight_lb": "0"}, ["error vital-impossible weight_lb"]),
        ({"weight_lb": "7.5", "height_in": "20"}, []),
        ({"height_in": "109"}, ["error vital-impossible height_in"]),
    ],
)
def test_vital_signs(given, expected):
    issues = vital_issues(Vitals(**{name: Decimal(value) for name, value in given.items()}))
    assert [f"{issue.severity} {issue.rule} {issue.where}" for issue in issues] == expected
    assert all(issue.message.endswith(".") and issue.cure.endswith(".") for issue in issues)
