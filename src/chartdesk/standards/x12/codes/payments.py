"""How a claim was processed (CLP02), provider-level adjustments (PLB), and how money was sent (BPR), in our
words."""

CLAIM_STATUS = {
    "1": "Processed as primary",
    "2": "Processed as secondary",
    "3": "Processed as tertiary",
    "4": "Denied",
    "19": "Processed as primary and passed on to another payer",
    "20": "Processed as secondary and passed on to another payer",
    "21": "Processed as tertiary and passed on to another payer",
    "22": "Reversal of an earlier payment",
    "23": "Not this payer's claim; passed on to another payer",
    "25": "Predetermination: a price, not a payment",
}

PROVIDER_ADJUSTMENTS = {
    "50": "Late charge",
    "51": "Interest penalty",
    "72": "Authorized return of money",
    "90": "Early payment allowance",
    "AH": "Origination fee",
    "AM": "Applied to the borrower's account",
    "AP": "Advance offset: part of an earlier payment taken back",
    "B2": "Rebate",
    "B3": "Recovery allowance",
    "BD": "Bad debt",
    "BN": "Bonus",
    "C5": "Temporary allowance",
    "CR": "Capitation interest",
    "CS": "Adjustment of a claim that was split or withheld",
    "CT": "Capitation payment",
    "CV": "Capital passed through",
    "CW": "Nurse anesthetist passed through",
    "DM": "Direct medical education passed through",
    "E3": "Withholding",
    "FB": "Balance carried forward",
    "FC": "Fund allocation",
    "GO": "Graduate medical education passed through",
    "HM": "Hemophilia clotting factor",
    "IP": "Incentive premium",
    "IR": "Tax withheld for the revenue service",
    "IS": "Interim settlement",
    "J1": "Not reimbursable",
    "L3": "Penalty",
    "L6": "Interest owed",
    "LE": "Levy",
    "LS": "Lump sum",
    "OA": "Organ acquisition passed through",
    "OB": "Offset for affiliated providers",
    "PI": "Periodic interim payment",
    "PL": "Payment final",
    "RA": "Retroactive adjustment",
    "RE": "Return on equity",
    "SL": "Student loan repayment",
    "TL": "Third party liability",
    "WO": "Overpayment recovered",
    "WU": "Recovery not specified",
}

METHODS = {
    "ACH": "Electronic transfer",
    "BOP": "The payer's own choice",
    "CHK": "Check",
    "FWT": "Wire transfer",
    "NON": "No payment",
}


def claim_status(code: str) -> str:
    """What a CLP02 says, in our words; the code itself where we have none."""
    return CLAIM_STATUS.get(code, f"Status {code}")


def provider_adjustment(code: str) -> str:
    """What a PLB reason says, in our words; the code itself where we have none."""
    return PROVIDER_ADJUSTMENTS.get(code, f"Adjustment {code}")
