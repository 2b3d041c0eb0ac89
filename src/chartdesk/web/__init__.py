"""The staff's pages: server-rendered, kept fresh by htmx and the live stream.

One package per place of work: front desk, clinic, billing, practice. A view asks a room's query or runs a
room's command and renders a template; it decides nothing. Errors of the rooms become sentences here, and
nowhere else.
"""
