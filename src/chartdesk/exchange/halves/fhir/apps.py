"""The FHIR half as a Django application: its tables."""

from django.apps import AppConfig


class FhirHalfConfig(AppConfig):
    name = "chartdesk.exchange.halves.fhir"
    label = "fhir_half"
