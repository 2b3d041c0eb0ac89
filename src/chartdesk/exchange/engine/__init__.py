"""The interface engine: what partners send is stored, answered, routed and applied; what we send is delivered.

A channel is a document (``documents``): source, filter, mapping, destinations. ``receiving.accept`` stores and answers,
``routing.work`` takes those whose turn it is, ``sending.send`` queues what goes out, ``delivery`` hands it over. Who
takes messages into the record is registered in ``receivers``, who carries them in ``transports``, who converts them in
``mappers``. Nothing that was acknowledged is lost, taken twice, or taken out of order for a patient.
"""
