"""Code tables in our own short words: adjustment reasons, remarks, claim status, payments, cover.

The code lists belong to X12 and CMS; only the codes are taken from them. A code we have no words for is
shown as itself, and an office may load the official text over ours.
"""
