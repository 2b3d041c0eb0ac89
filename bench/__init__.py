"""The benchmarks. ``python -m bench`` runs all and prints one table; ``python -m bench.fhir`` runs one.

Each module offers ``measurements(context)``. ``measuring`` holds what they share; ``docs/benchmarks.md`` says what
each row means.
"""
