"""Figures of the practice: the dashboard, the aging report, and the rows behind each figure.

Nothing is stored here. Every figure is one aggregate statement over the rows of the rooms, says in a sentence
what it means, shows its numerator and denominator and its weeks, and opens to the rows that make it up.
"""
