"""What practice management and the health record tell each other, and how it travels.

`contract` is everything they say; `subscriptions` turns the events of either half into messages; a carrier
takes a message to the other half: within this process, or as HL7 v2 or FHIR to another vendor's
system. `receiving` acts on a message that arrived. Neither half knows this room.
"""
