"""What Medicare publishes about codes, as the customer downloads it: edit sets, relative values, code lists.

Pairs that are not paid together (NCCI PTP), most units (MUE), add-on codes, diagnosis edits (MCE), HCPCS Level II, the
relative values of the fee schedule (PPRRVU) and its localities (GPCI). None of it ships with Chartdesk. The tables
belong to the installation, not to a practice, and hold nothing of a patient. This room knows no other.
"""
