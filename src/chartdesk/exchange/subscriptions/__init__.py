"""Subscriptions: telling other programs what changed, as it happens.

Guide: Subscriptions R5 Backport 1.1 for FHIR R4 (http://hl7.org/fhir/uv/subscriptions-backport). A program writes
a Subscription resource on one of our topics; every matching write of the record becomes an event with a number,
in the transaction of the write; the worker delivers the events to the program's rest-hook, in order, at least once.
The tables of this room say how far each subscriber is; the Subscription resource says what may be shown.
"""
