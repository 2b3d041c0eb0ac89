"""The CMS-1500 (02/12) on paper, for payers that take no electronic claims.

``boxes`` is where everything stands on the form, ``content`` what a claim says in each place, ``printing`` the PDF:
with the form drawn for reading, or without it for the red forms.
"""
