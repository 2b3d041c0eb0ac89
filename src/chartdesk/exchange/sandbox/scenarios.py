"""The words that a tester puts at the end of a member id to summon a case.

``NPP12345678`` is an ordinary member; ``NPP12345678TAKEBACK`` is one whose payer takes the payment back.
"""

from __future__ import annotations

SCENARIOS = {
    "INACTIVE": "coverage is not active; claims are rejected for eligibility",
    "EXPIRED": "coverage ended on 31 December of last year; later dates of service are rejected",
    "UNKNOWN": "the payer does not know the member (271 AAA 75, 277CA A3:33)",
    "NAMEDIFF": "the payer has another name for the member (271 AAA 73, 277CA A8:125)",
    "NOREPLY": "the payer cannot respond now (271 AAA 42); claims are processed",
    "SLOW": "the 271 comes after 25 seconds; claims are processed",
    "NOCOPAY": "the 271 does not say the copay; claims are processed with it",
    "HIGHDED": "a deductible of 6,000 of which nothing is met",
    "DEDMET": "the year's deductible is met",
    "COB": "the 271 names another payer as primary; a claim sent as primary is denied (CARC 22)",
    "REJECT": "every claim is rejected in the 277CA (A3:21)",
    "NOTCOV": "every line is denied as not covered (CARC 96)",
    "NOAUTH": "every line without an authorization number is denied (CARC 197)",
    "MISSING": "every line is denied for missing information (CARC 16)",
    "PARTIAL": "the last of several lines is denied; a single line is paid at half its allowed amount",
    "UNDERPAY": "the payer allows 80 percent of the contract",
    "REVERSE": "paid at 80 percent of the contract, then reversed and corrected in a later 835",
    "TAKEBACK": "paid, then the payment is recovered in a later 835 (PLB WO)",
    "INTEREST": "paid with interest for late payment (PLB L6)",
    "NOLINE": "the 835 does not echo the line control numbers",
    "DROPMOD": "the 835 reports the code without its modifiers (SVC06 has what was sent)",
    "BUNDLED": "the 835 makes one line of several, without line control numbers (SVC06 has the first code)",
    "SPLIT": "the 835 makes two lines of every payable one, both with its line control number",
    "SPLITBARE": "the same without line control numbers",
    "CAPITATED": "nothing is paid and nothing owed: covered by capitation (CARC 24, processed as primary)",
    "CAPPAID": "the same, and the month's capitation is paid with it, in an 835 of its own (PLB CT)",
    "NEWCODE": "the 835 pays a visit as the level below (SVC01; SVC06 has what was sent)",
    "NEWMOD": "the 835 pays every line with modifier 52 (SVC01; SVC06 has what was sent)",
    "LATEFEE": "paid, less a tenth for late filing (PLB 50)",
    "LEVY": "paid, less a tenth that is seized (PLB LE)",
    "RETURNED": "paid, less a tenth that was returned before (PLB 72)",
    "NOTREIMB": "paid, less a tenth that is not reimbursed (PLB J1)",
    "WITHHELD": "paid, less a tenth that is withheld (PLB E3)",
    "TAXED": "paid, less a tenth of tax withheld (PLB IR)",
    "ADJUSTED": "paid, less a tenth of adjustment (PLB CS)",
    "BONUS": "paid, and a tenth more as a bonus (PLB BN)",
    "LUMPSUM": "paid, and a tenth more as a lump sum (PLB LS)",
    "LATER": "paid 30 days after the others",
    "CHECK": "paid by a check, in an 835 of its own",
    "CROSSOVER": "processed as primary and forwarded to the next payer (CLP02 19)",
    "PEND": "accepted in the 277CA and never paid; a 276 is answered with P1:20, in process",
    "RECORDS": "accepted and never paid; a 276 is answered with R4:297, medical records are wanted",
    "DOCUMENTS": "accepted, and a progress note is asked for (277 request); paid once a 275 has brought it",
    "ACCIDENT": "every line is denied until the claim names an accident and its day (CARC 16, N305)",
    "REFERRED": "every line is denied until the claim names who referred (CARC 16, N286)",
    "ORDERED": "laboratory, imaging and equipment are denied until the line names who ordered (CARC 16, N265)",
    "AUTHDENY": "a 278 is denied (HCR A3), for want of medical need",
    "AUTHPEND": "a 278 is pended (HCR A4); asked again, it is authorized",
    "AUTHLESS": "a 278 is authorized for half of the visits asked for (HCR A6)",
    "AUTHSHORT": "a 278 is authorized for a week only",
    "AUTHCALL": "a 278 is answered with: call us (HCR CT)",
    "AUTHNONE": "a 278 is answered with: no authorization is needed (HCR NA)",
    "LOST": "accepted and never paid; a 276 is answered with A4:35, the payer has no such claim",
    "NOSTATUS": "accepted and never paid; a 276 is answered with E1:0, the payer cannot say now",
    "VISITS": "the 271 limits office visits to 20 a year, of which 3 are left; claims are processed",
    "AUTHNEEDED": "the 271 wants an authorization for office visits; lines without its number are denied (CARC 197)",
    "OVERTURN": "denied (CARC 50); 30 days later reversed and paid, as after an appeal that was won",
    "DOUBLE": "paid, and a week later paid once more, in an 835 with a trace of its own",
    "BADSET": "the 999 refuses the transaction set for the member number of the claim (IK4)",
    "BADFILE": "the TA1 refuses the whole file",
    "SILENT": "the file is taken and nothing comes of it: no acknowledgement, no payment",
}
#: Words about the file: the claim is paid, in an 835 of its own that goes wrong on its way.
FILE_SCENARIOS = {
    "TWICE": "the 835 is delivered again in the next cycle, under another name",
    "NOMONEY": "the 835 announces a payment that the bank never shows",
    "LESSMONEY": "a dollar less arrives at the bank than the 835 announces",
    "CUTOFF": "the 835 is cut off on its way; the whole one comes in the next cycle",
    "UNBALANCED": "the 835 pays a dollar more than it explains; a right one comes in the next cycle",
}
#: Reasons of provider adjustments that raise a payment, and those that lower it: PLB and the reason is a word, such as
#: PLBB2. What is carried forward (FB) cannot be asked for: it follows from a TAKEBACK that finds no money.
RAISING = ("B2", "BN", "C5", "CR", "CT", "CV", "CW", "DM", "GO", "HM", "IP", "L6", "LS", "OA", "PI", "RE")
LOWERING = (
    "50", "51", "72", "90", "AH", "AM", "AP", "B3", "BD", "CS", "E3", "FC", "IR", "IS", "J1", "L3", "LE", "OB", "PL",
    "RA", "SL", "TL", "WO", "WU",
)  # fmt: skip
PLB_SCENARIOS = {
    **{f"PLB{reason}": f"paid, and a tenth more (PLB {reason})" for reason in RAISING},
    **{f"PLB{reason}": f"paid, less a tenth (PLB {reason})" for reason in LOWERING},
}
#: Seconds that the HTTP server waits before it answers for a member of the SLOW scenario.
SLOW_SECONDS = 25
HIGH_DEDUCTIBLE = 6000
