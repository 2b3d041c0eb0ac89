"""Rules that a practice keeps as data, in versions: a manager writes a draft, tries it on what was, lets it go live.

What the rules say is for the room that keeps them (scrubbing, splits): it brings a table and how its rules are
stored. Only a draft changes; what was live once stays as it was, and can be withdrawn.
"""
