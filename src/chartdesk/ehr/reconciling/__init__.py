"""Care shared with other organizations: their documents come in and are reconciled, our summaries go out.

A document from outside is kept as it came, shown as a page, and its problems, allergies and medicines are laid beside
ours: the same, new, different, ours alone. A person decides item by item, and each decision goes through the commands
of the chart and is kept with who made it and when. Nothing of a document enters a chart by itself.
"""
