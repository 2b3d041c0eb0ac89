"""Connections that answer eligibility questions: a 270 in, a 271 out.

Each satisfies ``pms.coverage.connections.EligibilityConnection`` by its shape, which is one method:
``ask(request, *, payer_id)``.
"""
