"""Joining the rooms: who hears whose events, and which outside systems stand behind which connection.

Called once per process, after Django is set up. Rooms know only protocols; here the real connections are
given to them.
"""

from __future__ import annotations

import os

import django


def set_up() -> None:
    """Make this process a Chartdesk process. Safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chartdesk.app.settings")
    django.setup()
    connect()


def connect() -> None:
    """Subscribe every handler and give every room its connection."""
    from chartdesk.app import configuration
    from chartdesk.exchange.cards import HttpGateway
    from chartdesk.exchange.clearinghouse.folder import BANK, FolderConnection
    from chartdesk.exchange.eligibility.http import HttpEligibility
    from chartdesk.exchange.halves import clinical
    from chartdesk.exchange.halves import fhir as fhir_half
    from chartdesk.exchange.halves import hl7v2 as hl7v2_half
    from chartdesk.exchange.mappings import registering as mappings
    from chartdesk.exchange.subscriptions import endpoints
    from chartdesk.exchange.transports import installation
    from chartdesk.exchange.transports import registering as transports
    from chartdesk.handoff import subscriptions as handoff
    from chartdesk.pms.authorizations import connections as reviews
    from chartdesk.pms.authorizations import subscriptions as authorizations
    from chartdesk.pms.cards import connections as cards
    from chartdesk.pms.claims import connections as clearinghouse
    from chartdesk.pms.claims import subscriptions as claims
    from chartdesk.pms.coverage import connections as eligibility
    from chartdesk.pms.follow_up import subscriptions as follow_up
    from chartdesk.pms.remittance import bank_inbox
    from chartdesk.pms.remittance import subscriptions as remittance
    from chartdesk.pms.statements import subscriptions as statements
    from chartdesk.record.access.people import practice_of

    def mailbox(practice: int) -> FolderConnection:
        return FolderConnection(configuration.clearinghouse_folder(), practice_of(practice).slug)

    def bank(practice: int) -> FolderConnection:
        return FolderConnection(configuration.clearinghouse_folder(), practice_of(practice).slug, BANK)

    policy = endpoints.Policy(
        http=configuration.value("CHARTDESK_SUBSCRIPTION_HTTP") == "1",
        networks=endpoints.networks(configuration.value("CHARTDESK_SUBSCRIPTION_NETWORKS")),
        base=f"{configuration.public_url()}/fhir",
    )
    endpoints.use(policy)
    reachable = endpoints.Policy(
        http=configuration.value("CHARTDESK_INTERFACE_HTTP") == "1",
        networks=endpoints.networks(configuration.value("CHARTDESK_INTERFACE_NETWORKS")),
        base=policy.base,
    )
    host, folder = configuration.value("CHARTDESK_INTERFACE_HOST"), configuration.interface_folder()
    installation.use(installation.Installation(reachable, host, folder))
    transports.connect()
    mappings.connect()
    eligibility.use(HttpEligibility(configuration.eligibility_url()))
    reviews.use(HttpEligibility(configuration.reviews_url(), service="authorization"))
    clearinghouse.use(mailbox)
    bank_inbox.use(bank)
    gateway, key, secret = configuration.cards_url(), "CHARTDESK_CARDS_KEY", "CHARTDESK_CARDS_SECRET"
    cards.use(HttpGateway(gateway, configuration.value(key), configuration.value(secret)) if gateway else None)
    handoff.connect()
    clinical.connect()
    fhir_half.connect()
    hl7v2_half.connect()
    authorizations.connect()
    claims.connect()
    remittance.connect()
    follow_up.connect()
    statements.connect()
