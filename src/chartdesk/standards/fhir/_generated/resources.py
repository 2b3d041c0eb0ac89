"""Resource types of FHIR R4. Written by tools/generate_fhir.py; do not edit."""

# ruff: noqa

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Union

import msgspec

from .datatypes import *
from .datatypes import Integer, PositiveInt, UnsignedInt


__all__ = [
    "Account",
    "AccountCoverage",
    "AccountGuarantor",
    "ActivityDefinition",
    "ActivityDefinitionDynamicValue",
    "ActivityDefinitionParticipant",
    "AdverseEvent",
    "AdverseEventSuspectEntity",
    "AdverseEventSuspectEntityCausality",
    "AllergyIntolerance",
    "AllergyIntoleranceReaction",
    "Appointment",
    "AppointmentParticipant",
    "AppointmentResponse",
    "AuditEvent",
    "AuditEventAgent",
    "AuditEventAgentNetwork",
    "AuditEventEntity",
    "AuditEventEntityDetail",
    "AuditEventSource",
    "Basic",
    "Binary",
    "BiologicallyDerivedProduct",
    "BiologicallyDerivedProductCollection",
    "BiologicallyDerivedProductManipulation",
    "BiologicallyDerivedProductProcessing",
    "BiologicallyDerivedProductStorage",
    "BodyStructure",
    "Bundle",
    "BundleEntry",
    "BundleEntryRequest",
    "BundleEntryResponse",
    "BundleEntrySearch",
    "BundleLink",
    "CapabilityStatement",
    "CapabilityStatementDocument",
    "CapabilityStatementImplementation",
    "CapabilityStatementMessaging",
    "CapabilityStatementMessagingEndpoint",
    "CapabilityStatementMessagingSupportedMessage",
    "CapabilityStatementRest",
    "CapabilityStatementRestInteraction",
    "CapabilityStatementRestResource",
    "CapabilityStatementRestResourceInteraction",
    "CapabilityStatementRestResourceOperation",
    "CapabilityStatementRestResourceSearchParam",
    "CapabilityStatementRestSecurity",
    "CapabilityStatementSoftware",
    "CarePlan",
    "CarePlanActivity",
    "CarePlanActivityDetail",
    "CareTeam",
    "CareTeamParticipant",
    "CatalogEntry",
    "CatalogEntryRelatedEntry",
    "ChargeItem",
    "ChargeItemDefinition",
    "ChargeItemDefinitionApplicability",
    "ChargeItemDefinitionPropertyGroup",
    "ChargeItemDefinitionPropertyGroupPriceComponent",
    "ChargeItemPerformer",
    "Claim",
    "ClaimAccident",
    "ClaimCareTeam",
    "ClaimDiagnosis",
    "ClaimInsurance",
    "ClaimItem",
    "ClaimItemDetail",
    "ClaimItemDetailSubDetail",
    "ClaimPayee",
    "ClaimProcedure",
    "ClaimRelated",
    "ClaimResponse",
    "ClaimResponseAddItem",
    "ClaimResponseAddItemDetail",
    "ClaimResponseAddItemDetailSubDetail",
    "ClaimResponseError",
    "ClaimResponseInsurance",
    "ClaimResponseItem",
    "ClaimResponseItemAdjudication",
    "ClaimResponseItemDetail",
    "ClaimResponseItemDetailSubDetail",
    "ClaimResponsePayment",
    "ClaimResponseProcessNote",
    "ClaimResponseTotal",
    "ClaimSupportingInfo",
    "ClinicalImpression",
    "ClinicalImpressionFinding",
    "ClinicalImpressionInvestigation",
    "CodeSystem",
    "CodeSystemConcept",
    "CodeSystemConceptDesignation",
    "CodeSystemConceptProperty",
    "CodeSystemFilter",
    "CodeSystemProperty",
    "Communication",
    "CommunicationPayload",
    "CommunicationRequest",
    "CommunicationRequestPayload",
    "CompartmentDefinition",
    "CompartmentDefinitionResource",
    "Composition",
    "CompositionAttester",
    "CompositionEvent",
    "CompositionRelatesTo",
    "CompositionSection",
    "ConceptMap",
    "ConceptMapGroup",
    "ConceptMapGroupElement",
    "ConceptMapGroupElementTarget",
    "ConceptMapGroupElementTargetDependsOn",
    "ConceptMapGroupUnmapped",
    "Condition",
    "ConditionEvidence",
    "ConditionStage",
    "Consent",
    "ConsentPolicy",
    "ConsentProvision",
    "ConsentProvisionActor",
    "ConsentProvisionData",
    "ConsentVerification",
    "Contract",
    "ContractContentDefinition",
    "ContractFriendly",
    "ContractLegal",
    "ContractRule",
    "ContractSigner",
    "ContractTerm",
    "ContractTermAction",
    "ContractTermActionSubject",
    "ContractTermAsset",
    "ContractTermAssetContext",
    "ContractTermAssetValuedItem",
    "ContractTermOffer",
    "ContractTermOfferAnswer",
    "ContractTermOfferParty",
    "ContractTermSecurityLabel",
    "Coverage",
    "CoverageClass",
    "CoverageCostToBeneficiary",
    "CoverageCostToBeneficiaryException",
    "CoverageEligibilityRequest",
    "CoverageEligibilityRequestInsurance",
    "CoverageEligibilityRequestItem",
    "CoverageEligibilityRequestItemDiagnosis",
    "CoverageEligibilityRequestSupportingInfo",
    "CoverageEligibilityResponse",
    "CoverageEligibilityResponseError",
    "CoverageEligibilityResponseInsurance",
    "CoverageEligibilityResponseInsuranceItem",
    "CoverageEligibilityResponseInsuranceItemBenefit",
    "DetectedIssue",
    "DetectedIssueEvidence",
    "DetectedIssueMitigation",
    "Device",
    "DeviceDefinition",
    "DeviceDefinitionCapability",
    "DeviceDefinitionClassification",
    "DeviceDefinitionDeviceName",
    "DeviceDefinitionMaterial",
    "DeviceDefinitionProperty",
    "DeviceDefinitionSpecialization",
    "DeviceDefinitionUdiDeviceIdentifier",
    "DeviceDeviceName",
    "DeviceMetric",
    "DeviceMetricCalibration",
    "DeviceProperty",
    "DeviceRequest",
    "DeviceRequestParameter",
    "DeviceSpecialization",
    "DeviceUdiCarrier",
    "DeviceUseStatement",
    "DeviceVersion",
    "DiagnosticReport",
    "DiagnosticReportMedia",
    "DocumentManifest",
    "DocumentManifestRelated",
    "DocumentReference",
    "DocumentReferenceContent",
    "DocumentReferenceContext",
    "DocumentReferenceRelatesTo",
    "DomainResource",
    "EffectEvidenceSynthesis",
    "EffectEvidenceSynthesisCertainty",
    "EffectEvidenceSynthesisCertaintyCertaintySubcomponent",
    "EffectEvidenceSynthesisEffectEstimate",
    "EffectEvidenceSynthesisEffectEstimatePrecisionEstimate",
    "EffectEvidenceSynthesisResultsByExposure",
    "EffectEvidenceSynthesisSampleSize",
    "Encounter",
    "EncounterClassHistory",
    "EncounterDiagnosis",
    "EncounterHospitalization",
    "EncounterLocation",
    "EncounterParticipant",
    "EncounterStatusHistory",
    "Endpoint",
    "EnrollmentRequest",
    "EnrollmentResponse",
    "EpisodeOfCare",
    "EpisodeOfCareDiagnosis",
    "EpisodeOfCareStatusHistory",
    "EventDefinition",
    "Evidence",
    "EvidenceVariable",
    "EvidenceVariableCharacteristic",
    "EvidenceVariableCharacteristicDefinitionByCombination",
    "EvidenceVariableCharacteristicDefinitionByTypeAndValue",
    "EvidenceVariableCharacteristicTimeFromEvent",
    "ExampleScenario",
    "ExampleScenarioActor",
    "ExampleScenarioInstance",
    "ExampleScenarioInstanceContainedInstance",
    "ExampleScenarioInstanceVersion",
    "ExampleScenarioProcess",
    "ExampleScenarioProcessStep",
    "ExampleScenarioProcessStepAlternative",
    "ExampleScenarioProcessStepOperation",
    "ExplanationOfBenefit",
    "ExplanationOfBenefitAccident",
    "ExplanationOfBenefitAddItem",
    "ExplanationOfBenefitAddItemDetail",
    "ExplanationOfBenefitAddItemDetailSubDetail",
    "ExplanationOfBenefitBenefitBalance",
    "ExplanationOfBenefitBenefitBalanceFinancial",
    "ExplanationOfBenefitCareTeam",
    "ExplanationOfBenefitDiagnosis",
    "ExplanationOfBenefitInsurance",
    "ExplanationOfBenefitItem",
    "ExplanationOfBenefitItemAdjudication",
    "ExplanationOfBenefitItemDetail",
    "ExplanationOfBenefitItemDetailSubDetail",
    "ExplanationOfBenefitPayee",
    "ExplanationOfBenefitPayment",
    "ExplanationOfBenefitProcedure",
    "ExplanationOfBenefitProcessNote",
    "ExplanationOfBenefitRelated",
    "ExplanationOfBenefitSupportingInfo",
    "ExplanationOfBenefitTotal",
    "FamilyMemberHistory",
    "FamilyMemberHistoryCondition",
    "Flag",
    "Goal",
    "GoalTarget",
    "GraphDefinition",
    "GraphDefinitionLink",
    "GraphDefinitionLinkTarget",
    "GraphDefinitionLinkTargetCompartment",
    "Group",
    "GroupCharacteristic",
    "GroupMember",
    "GuidanceResponse",
    "HealthcareService",
    "HealthcareServiceAvailableTime",
    "HealthcareServiceEligibility",
    "HealthcareServiceNotAvailable",
    "ImagingStudy",
    "ImagingStudySeries",
    "ImagingStudySeriesInstance",
    "ImagingStudySeriesPerformer",
    "Immunization",
    "ImmunizationEducation",
    "ImmunizationEvaluation",
    "ImmunizationPerformer",
    "ImmunizationProtocolApplied",
    "ImmunizationReaction",
    "ImmunizationRecommendation",
    "ImmunizationRecommendationRecommendation",
    "ImmunizationRecommendationRecommendationDateCriterion",
    "ImplementationGuide",
    "ImplementationGuideDefinition",
    "ImplementationGuideDefinitionGrouping",
    "ImplementationGuideDefinitionPage",
    "ImplementationGuideDefinitionParameter",
    "ImplementationGuideDefinitionResource",
    "ImplementationGuideDefinitionTemplate",
    "ImplementationGuideDependsOn",
    "ImplementationGuideGlobal",
    "ImplementationGuideManifest",
    "ImplementationGuideManifestPage",
    "ImplementationGuideManifestResource",
    "InsurancePlan",
    "InsurancePlanContact",
    "InsurancePlanCoverage",
    "InsurancePlanCoverageBenefit",
    "InsurancePlanCoverageBenefitLimit",
    "InsurancePlanPlan",
    "InsurancePlanPlanGeneralCost",
    "InsurancePlanPlanSpecificCost",
    "InsurancePlanPlanSpecificCostBenefit",
    "InsurancePlanPlanSpecificCostBenefitCost",
    "Invoice",
    "InvoiceLineItem",
    "InvoiceLineItemPriceComponent",
    "InvoiceParticipant",
    "Library",
    "Linkage",
    "LinkageItem",
    "List",
    "ListEntry",
    "Location",
    "LocationHoursOfOperation",
    "LocationPosition",
    "Measure",
    "MeasureGroup",
    "MeasureGroupPopulation",
    "MeasureGroupStratifier",
    "MeasureGroupStratifierComponent",
    "MeasureReport",
    "MeasureReportGroup",
    "MeasureReportGroupPopulation",
    "MeasureReportGroupStratifier",
    "MeasureReportGroupStratifierStratum",
    "MeasureReportGroupStratifierStratumComponent",
    "MeasureReportGroupStratifierStratumPopulation",
    "MeasureSupplementalData",
    "Media",
    "Medication",
    "MedicationAdministration",
    "MedicationAdministrationDosage",
    "MedicationAdministrationPerformer",
    "MedicationBatch",
    "MedicationDispense",
    "MedicationDispensePerformer",
    "MedicationDispenseSubstitution",
    "MedicationIngredient",
    "MedicationKnowledge",
    "MedicationKnowledgeAdministrationGuidelines",
    "MedicationKnowledgeAdministrationGuidelinesDosage",
    "MedicationKnowledgeAdministrationGuidelinesPatientCharacteristics",
    "MedicationKnowledgeCost",
    "MedicationKnowledgeDrugCharacteristic",
    "MedicationKnowledgeIngredient",
    "MedicationKnowledgeKinetics",
    "MedicationKnowledgeMedicineClassification",
    "MedicationKnowledgeMonitoringProgram",
    "MedicationKnowledgeMonograph",
    "MedicationKnowledgePackaging",
    "MedicationKnowledgeRegulatory",
    "MedicationKnowledgeRegulatoryMaxDispense",
    "MedicationKnowledgeRegulatorySchedule",
    "MedicationKnowledgeRegulatorySubstitution",
    "MedicationKnowledgeRelatedMedicationKnowledge",
    "MedicationRequest",
    "MedicationRequestDispenseRequest",
    "MedicationRequestDispenseRequestInitialFill",
    "MedicationRequestSubstitution",
    "MedicationStatement",
    "MedicinalProduct",
    "MedicinalProductAuthorization",
    "MedicinalProductAuthorizationJurisdictionalAuthorization",
    "MedicinalProductAuthorizationProcedure",
    "MedicinalProductContraindication",
    "MedicinalProductContraindicationOtherTherapy",
    "MedicinalProductIndication",
    "MedicinalProductIndicationOtherTherapy",
    "MedicinalProductIngredient",
    "MedicinalProductIngredientSpecifiedSubstance",
    "MedicinalProductIngredientSpecifiedSubstanceStrength",
    "MedicinalProductIngredientSpecifiedSubstanceStrengthReferenceStrength",
    "MedicinalProductIngredientSubstance",
    "MedicinalProductInteraction",
    "MedicinalProductInteractionInteractant",
    "MedicinalProductManufactured",
    "MedicinalProductManufacturingBusinessOperation",
    "MedicinalProductName",
    "MedicinalProductNameCountryLanguage",
    "MedicinalProductNameNamePart",
    "MedicinalProductPackaged",
    "MedicinalProductPackagedBatchIdentifier",
    "MedicinalProductPackagedPackageItem",
    "MedicinalProductPharmaceutical",
    "MedicinalProductPharmaceuticalCharacteristics",
    "MedicinalProductPharmaceuticalRouteOfAdministration",
    "MedicinalProductPharmaceuticalRouteOfAdministrationTargetSpecies",
    "MedicinalProductPharmaceuticalRouteOfAdministrationTargetSpeciesWithdrawalPeriod",
    "MedicinalProductSpecialDesignation",
    "MedicinalProductUndesirableEffect",
    "MessageDefinition",
    "MessageDefinitionAllowedResponse",
    "MessageDefinitionFocus",
    "MessageHeader",
    "MessageHeaderDestination",
    "MessageHeaderResponse",
    "MessageHeaderSource",
    "MolecularSequence",
    "MolecularSequenceQuality",
    "MolecularSequenceQualityRoc",
    "MolecularSequenceReferenceSeq",
    "MolecularSequenceRepository",
    "MolecularSequenceStructureVariant",
    "MolecularSequenceStructureVariantInner",
    "MolecularSequenceStructureVariantOuter",
    "MolecularSequenceVariant",
    "NamingSystem",
    "NamingSystemUniqueId",
    "NutritionOrder",
    "NutritionOrderEnteralFormula",
    "NutritionOrderEnteralFormulaAdministration",
    "NutritionOrderOralDiet",
    "NutritionOrderOralDietNutrient",
    "NutritionOrderOralDietTexture",
    "NutritionOrderSupplement",
    "Observation",
    "ObservationComponent",
    "ObservationDefinition",
    "ObservationDefinitionQualifiedInterval",
    "ObservationDefinitionQuantitativeDetails",
    "ObservationReferenceRange",
    "OperationDefinition",
    "OperationDefinitionOverload",
    "OperationDefinitionParameter",
    "OperationDefinitionParameterBinding",
    "OperationDefinitionParameterReferencedFrom",
    "OperationOutcome",
    "OperationOutcomeIssue",
    "Organization",
    "OrganizationAffiliation",
    "OrganizationContact",
    "Parameters",
    "ParametersParameter",
    "Patient",
    "PatientCommunication",
    "PatientContact",
    "PatientLink",
    "PaymentNotice",
    "PaymentReconciliation",
    "PaymentReconciliationDetail",
    "PaymentReconciliationProcessNote",
    "Person",
    "PersonLink",
    "PlanDefinition",
    "PlanDefinitionAction",
    "PlanDefinitionActionCondition",
    "PlanDefinitionActionDynamicValue",
    "PlanDefinitionActionParticipant",
    "PlanDefinitionActionRelatedAction",
    "PlanDefinitionGoal",
    "PlanDefinitionGoalTarget",
    "Practitioner",
    "PractitionerQualification",
    "PractitionerRole",
    "PractitionerRoleAvailableTime",
    "PractitionerRoleNotAvailable",
    "Procedure",
    "ProcedureFocalDevice",
    "ProcedurePerformer",
    "Provenance",
    "ProvenanceAgent",
    "ProvenanceEntity",
    "Questionnaire",
    "QuestionnaireItem",
    "QuestionnaireItemAnswerOption",
    "QuestionnaireItemEnableWhen",
    "QuestionnaireItemInitial",
    "QuestionnaireResponse",
    "QuestionnaireResponseItem",
    "QuestionnaireResponseItemAnswer",
    "RelatedPerson",
    "RelatedPersonCommunication",
    "RequestGroup",
    "RequestGroupAction",
    "RequestGroupActionCondition",
    "RequestGroupActionRelatedAction",
    "ResearchDefinition",
    "ResearchElementDefinition",
    "ResearchElementDefinitionCharacteristic",
    "ResearchStudy",
    "ResearchStudyArm",
    "ResearchStudyAssociatedParty",
    "ResearchStudyComparisonGroup",
    "ResearchStudyLabel",
    "ResearchStudyObjective",
    "ResearchStudyOutcomeMeasure",
    "ResearchStudyProgressStatus",
    "ResearchStudyRecruitment",
    "ResearchSubject",
    "Resource",
    "RiskAssessment",
    "RiskAssessmentPrediction",
    "RiskEvidenceSynthesis",
    "RiskEvidenceSynthesisCertainty",
    "RiskEvidenceSynthesisCertaintyCertaintySubcomponent",
    "RiskEvidenceSynthesisRiskEstimate",
    "RiskEvidenceSynthesisRiskEstimatePrecisionEstimate",
    "RiskEvidenceSynthesisSampleSize",
    "Schedule",
    "SearchParameter",
    "SearchParameterComponent",
    "ServiceRequest",
    "Slot",
    "Specimen",
    "SpecimenCollection",
    "SpecimenContainer",
    "SpecimenDefinition",
    "SpecimenDefinitionTypeTested",
    "SpecimenDefinitionTypeTestedContainer",
    "SpecimenDefinitionTypeTestedContainerAdditive",
    "SpecimenDefinitionTypeTestedHandling",
    "SpecimenProcessing",
    "StructureDefinition",
    "StructureDefinitionContext",
    "StructureDefinitionDifferential",
    "StructureDefinitionMapping",
    "StructureDefinitionSnapshot",
    "StructureMap",
    "StructureMapGroup",
    "StructureMapGroupInput",
    "StructureMapGroupRule",
    "StructureMapGroupRuleDependent",
    "StructureMapGroupRuleSource",
    "StructureMapGroupRuleTarget",
    "StructureMapGroupRuleTargetParameter",
    "StructureMapStructure",
    "Subscription",
    "SubscriptionChannel",
    "SubscriptionStatus",
    "SubscriptionStatusNotificationEvent",
    "Substance",
    "SubstanceIngredient",
    "SubstanceInstance",
    "SubstanceNucleicAcid",
    "SubstanceNucleicAcidSubunit",
    "SubstanceNucleicAcidSubunitLinkage",
    "SubstanceNucleicAcidSubunitSugar",
    "SubstancePolymer",
    "SubstancePolymerMonomerSet",
    "SubstancePolymerMonomerSetStartingMaterial",
    "SubstancePolymerRepeat",
    "SubstancePolymerRepeatRepeatUnit",
    "SubstancePolymerRepeatRepeatUnitDegreeOfPolymerisation",
    "SubstancePolymerRepeatRepeatUnitStructuralRepresentation",
    "SubstanceProtein",
    "SubstanceProteinSubunit",
    "SubstanceReferenceInformation",
    "SubstanceReferenceInformationClassification",
    "SubstanceReferenceInformationGene",
    "SubstanceReferenceInformationGeneElement",
    "SubstanceReferenceInformationTarget",
    "SubstanceSourceMaterial",
    "SubstanceSourceMaterialFractionDescription",
    "SubstanceSourceMaterialOrganism",
    "SubstanceSourceMaterialOrganismAuthor",
    "SubstanceSourceMaterialOrganismHybrid",
    "SubstanceSourceMaterialOrganismOrganismGeneral",
    "SubstanceSourceMaterialPartDescription",
    "SubstanceSpecification",
    "SubstanceSpecificationCode",
    "SubstanceSpecificationMoiety",
    "SubstanceSpecificationName",
    "SubstanceSpecificationNameOfficial",
    "SubstanceSpecificationProperty",
    "SubstanceSpecificationRelationship",
    "SubstanceSpecificationStructure",
    "SubstanceSpecificationStructureIsotope",
    "SubstanceSpecificationStructureIsotopeMolecularWeight",
    "SubstanceSpecificationStructureRepresentation",
    "SupplyDelivery",
    "SupplyDeliverySuppliedItem",
    "SupplyRequest",
    "SupplyRequestParameter",
    "Task",
    "TaskInput",
    "TaskOutput",
    "TaskRestriction",
    "TerminologyCapabilities",
    "TerminologyCapabilitiesClosure",
    "TerminologyCapabilitiesCodeSystem",
    "TerminologyCapabilitiesCodeSystemVersion",
    "TerminologyCapabilitiesCodeSystemVersionFilter",
    "TerminologyCapabilitiesExpansion",
    "TerminologyCapabilitiesExpansionParameter",
    "TerminologyCapabilitiesImplementation",
    "TerminologyCapabilitiesSoftware",
    "TerminologyCapabilitiesTranslation",
    "TerminologyCapabilitiesValidateCode",
    "TestReport",
    "TestReportParticipant",
    "TestReportSetup",
    "TestReportSetupAction",
    "TestReportSetupActionAssert",
    "TestReportSetupActionOperation",
    "TestReportTeardown",
    "TestReportTeardownAction",
    "TestReportTest",
    "TestReportTestAction",
    "TestScript",
    "TestScriptDestination",
    "TestScriptFixture",
    "TestScriptMetadata",
    "TestScriptMetadataCapability",
    "TestScriptMetadataLink",
    "TestScriptOrigin",
    "TestScriptSetup",
    "TestScriptSetupAction",
    "TestScriptSetupActionAssert",
    "TestScriptSetupActionOperation",
    "TestScriptSetupActionOperationRequestHeader",
    "TestScriptTeardown",
    "TestScriptTeardownAction",
    "TestScriptTest",
    "TestScriptTestAction",
    "TestScriptVariable",
    "ValueSet",
    "ValueSetCompose",
    "ValueSetComposeInclude",
    "ValueSetComposeIncludeConcept",
    "ValueSetComposeIncludeConceptDesignation",
    "ValueSetComposeIncludeFilter",
    "ValueSetExpansion",
    "ValueSetExpansionContains",
    "ValueSetExpansionParameter",
    "VerificationResult",
    "VerificationResultAttestation",
    "VerificationResultPrimarySource",
    "VerificationResultValidator",
    "VisionPrescription",
    "VisionPrescriptionLensSpecification",
    "VisionPrescriptionLensSpecificationPrism",
]


class Resource(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    resourceType: ClassVar[str] = "Resource"
    id: str | None = None
    meta: Meta | None = None
    implicitRules: str | None = None
    _implicitRules: Element | None = None
    language: str | None = None
    _language: Element | None = None


class DomainResource(Resource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    resourceType: ClassVar[str] = "DomainResource"
    text: Narrative | None = None
    contained: Sequence[AnyResource] = ()
    extension: Sequence[Extension] = ()
    modifierExtension: Sequence[Extension] = ()


class Account(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Account"):
    resourceType: ClassVar[str] = "Account"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    name: str | None = None
    _name: Element | None = None
    subject: Sequence[Reference] = ()
    servicePeriod: Period | None = None
    coverage: Sequence[AccountCoverage] = ()
    owner: Reference | None = None
    description: str | None = None
    _description: Element | None = None
    guarantor: Sequence[AccountGuarantor] = ()
    partOf: Reference | None = None


class AccountCoverage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    coverage: Reference | None = None
    priority: PositiveInt | None = None
    _priority: Element | None = None


class AccountGuarantor(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    party: Reference | None = None
    onHold: bool | None = None
    _onHold: Element | None = None
    period: Period | None = None


class ActivityDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ActivityDefinition"):
    resourceType: ClassVar[str] = "ActivityDefinition"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    subtitle: str | None = None
    _subtitle: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    usage: str | None = None
    _usage: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    library: Sequence[str | None] = ()
    _library: Sequence[Element | None] = ()
    kind: str | None = None
    _kind: Element | None = None
    profile: str | None = None
    _profile: Element | None = None
    code: CodeableConcept | None = None
    intent: str | None = None
    _intent: Element | None = None
    priority: str | None = None
    _priority: Element | None = None
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    timingTiming: Timing | None = None
    timingDateTime: str | None = None
    _timingDateTime: Element | None = None
    timingAge: Age | None = None
    timingPeriod: Period | None = None
    timingRange: Range | None = None
    timingDuration: Duration | None = None
    location: Reference | None = None
    participant: Sequence[ActivityDefinitionParticipant] = ()
    productReference: Reference | None = None
    productCodeableConcept: CodeableConcept | None = None
    quantity: Quantity | None = None
    dosage: Sequence[Dosage] = ()
    bodySite: Sequence[CodeableConcept] = ()
    specimenRequirement: Sequence[Reference] = ()
    observationRequirement: Sequence[Reference] = ()
    observationResultRequirement: Sequence[Reference] = ()
    transform: str | None = None
    _transform: Element | None = None
    dynamicValue: Sequence[ActivityDefinitionDynamicValue] = ()


class ActivityDefinitionParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    role: CodeableConcept | None = None


class ActivityDefinitionDynamicValue(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: str | None = None
    _path: Element | None = None
    expression: Expression | None = None


class AdverseEvent(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="AdverseEvent"):
    resourceType: ClassVar[str] = "AdverseEvent"
    identifier: Identifier | None = None
    actuality: str | None = None
    _actuality: Element | None = None
    category: Sequence[CodeableConcept] = ()
    event: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    detected: str | None = None
    _detected: Element | None = None
    recordedDate: str | None = None
    _recordedDate: Element | None = None
    resultingCondition: Sequence[Reference] = ()
    location: Reference | None = None
    seriousness: CodeableConcept | None = None
    severity: CodeableConcept | None = None
    outcome: CodeableConcept | None = None
    recorder: Reference | None = None
    contributor: Sequence[Reference] = ()
    suspectEntity: Sequence[AdverseEventSuspectEntity] = ()
    subjectMedicalHistory: Sequence[Reference] = ()
    referenceDocument: Sequence[Reference] = ()
    study: Sequence[Reference] = ()


class AdverseEventSuspectEntity(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    instance: Reference | None = None
    causality: Sequence[AdverseEventSuspectEntityCausality] = ()


class AdverseEventSuspectEntityCausality(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    assessment: CodeableConcept | None = None
    productRelatedness: str | None = None
    _productRelatedness: Element | None = None
    author: Reference | None = None
    method: CodeableConcept | None = None


class AllergyIntolerance(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="AllergyIntolerance"):
    resourceType: ClassVar[str] = "AllergyIntolerance"
    identifier: Sequence[Identifier] = ()
    clinicalStatus: CodeableConcept | None = None
    verificationStatus: CodeableConcept | None = None
    type: str | None = None
    _type: Element | None = None
    category: Sequence[str | None] = ()
    _category: Sequence[Element | None] = ()
    criticality: str | None = None
    _criticality: Element | None = None
    code: CodeableConcept | None = None
    patient: Reference | None = None
    encounter: Reference | None = None
    onsetDateTime: str | None = None
    _onsetDateTime: Element | None = None
    onsetAge: Age | None = None
    onsetPeriod: Period | None = None
    onsetRange: Range | None = None
    onsetString: str | None = None
    _onsetString: Element | None = None
    recordedDate: str | None = None
    _recordedDate: Element | None = None
    recorder: Reference | None = None
    asserter: Reference | None = None
    lastOccurrence: str | None = None
    _lastOccurrence: Element | None = None
    note: Sequence[Annotation] = ()
    reaction: Sequence[AllergyIntoleranceReaction] = ()


class AllergyIntoleranceReaction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    substance: CodeableConcept | None = None
    manifestation: Sequence[CodeableConcept] = ()
    description: str | None = None
    _description: Element | None = None
    onset: str | None = None
    _onset: Element | None = None
    severity: str | None = None
    _severity: Element | None = None
    exposureRoute: CodeableConcept | None = None
    note: Sequence[Annotation] = ()


class Appointment(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Appointment"):
    resourceType: ClassVar[str] = "Appointment"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    cancelationReason: CodeableConcept | None = None
    serviceCategory: Sequence[CodeableConcept] = ()
    serviceType: Sequence[CodeableConcept] = ()
    specialty: Sequence[CodeableConcept] = ()
    appointmentType: CodeableConcept | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    priority: UnsignedInt | None = None
    _priority: Element | None = None
    description: str | None = None
    _description: Element | None = None
    supportingInformation: Sequence[Reference] = ()
    start: str | None = None
    _start: Element | None = None
    end: str | None = None
    _end: Element | None = None
    minutesDuration: PositiveInt | None = None
    _minutesDuration: Element | None = None
    slot: Sequence[Reference] = ()
    created: str | None = None
    _created: Element | None = None
    comment: str | None = None
    _comment: Element | None = None
    patientInstruction: str | None = None
    _patientInstruction: Element | None = None
    basedOn: Sequence[Reference] = ()
    participant: Sequence[AppointmentParticipant] = ()
    requestedPeriod: Sequence[Period] = ()


class AppointmentParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Sequence[CodeableConcept] = ()
    actor: Reference | None = None
    required: str | None = None
    _required: Element | None = None
    status: str | None = None
    _status: Element | None = None
    period: Period | None = None


class AppointmentResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="AppointmentResponse"):
    resourceType: ClassVar[str] = "AppointmentResponse"
    identifier: Sequence[Identifier] = ()
    appointment: Reference | None = None
    start: str | None = None
    _start: Element | None = None
    end: str | None = None
    _end: Element | None = None
    participantType: Sequence[CodeableConcept] = ()
    actor: Reference | None = None
    participantStatus: str | None = None
    _participantStatus: Element | None = None
    comment: str | None = None
    _comment: Element | None = None


class AuditEvent(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="AuditEvent"):
    resourceType: ClassVar[str] = "AuditEvent"
    type: Coding | None = None
    subtype: Sequence[Coding] = ()
    action: str | None = None
    _action: Element | None = None
    period: Period | None = None
    recorded: str | None = None
    _recorded: Element | None = None
    outcome: str | None = None
    _outcome: Element | None = None
    outcomeDesc: str | None = None
    _outcomeDesc: Element | None = None
    purposeOfEvent: Sequence[CodeableConcept] = ()
    agent: Sequence[AuditEventAgent] = ()
    source: AuditEventSource | None = None
    entity: Sequence[AuditEventEntity] = ()


class AuditEventAgent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    role: Sequence[CodeableConcept] = ()
    who: Reference | None = None
    altId: str | None = None
    _altId: Element | None = None
    name: str | None = None
    _name: Element | None = None
    requestor: bool | None = None
    _requestor: Element | None = None
    location: Reference | None = None
    policy: Sequence[str | None] = ()
    _policy: Sequence[Element | None] = ()
    media: Coding | None = None
    network: AuditEventAgentNetwork | None = None
    purposeOfUse: Sequence[CodeableConcept] = ()


class AuditEventAgentNetwork(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    address: str | None = None
    _address: Element | None = None
    type: str | None = None
    _type: Element | None = None


class AuditEventSource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    site: str | None = None
    _site: Element | None = None
    observer: Reference | None = None
    type: Sequence[Coding] = ()


class AuditEventEntity(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    what: Reference | None = None
    type: Coding | None = None
    role: Coding | None = None
    lifecycle: Coding | None = None
    securityLabel: Sequence[Coding] = ()
    name: str | None = None
    _name: Element | None = None
    description: str | None = None
    _description: Element | None = None
    query: str | None = None
    _query: Element | None = None
    detail: Sequence[AuditEventEntityDetail] = ()


class AuditEventEntityDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueBase64Binary: str | None = None
    _valueBase64Binary: Element | None = None


class Basic(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Basic"):
    resourceType: ClassVar[str] = "Basic"
    identifier: Sequence[Identifier] = ()
    code: CodeableConcept | None = None
    subject: Reference | None = None
    created: str | None = None
    _created: Element | None = None
    author: Reference | None = None


class Binary(Resource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Binary"):
    resourceType: ClassVar[str] = "Binary"
    contentType: str | None = None
    _contentType: Element | None = None
    securityContext: Reference | None = None
    data: str | None = None
    _data: Element | None = None
    url: str | None = None
    _url: Element | None = None


class BiologicallyDerivedProduct(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="BiologicallyDerivedProduct"):
    resourceType: ClassVar[str] = "BiologicallyDerivedProduct"
    identifier: Sequence[Identifier] = ()
    productCategory: str | None = None
    _productCategory: Element | None = None
    productCode: CodeableConcept | None = None
    status: str | None = None
    _status: Element | None = None
    request: Sequence[Reference] = ()
    quantity: Integer | None = None
    _quantity: Element | None = None
    parent: Sequence[Reference] = ()
    collection: BiologicallyDerivedProductCollection | None = None
    processing: Sequence[BiologicallyDerivedProductProcessing] = ()
    manipulation: BiologicallyDerivedProductManipulation | None = None
    storage: Sequence[BiologicallyDerivedProductStorage] = ()


class BiologicallyDerivedProductCollection(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    collector: Reference | None = None
    source: Reference | None = None
    collectedDateTime: str | None = None
    _collectedDateTime: Element | None = None
    collectedPeriod: Period | None = None


class BiologicallyDerivedProductProcessing(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    procedure: CodeableConcept | None = None
    additive: Reference | None = None
    timeDateTime: str | None = None
    _timeDateTime: Element | None = None
    timePeriod: Period | None = None


class BiologicallyDerivedProductManipulation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    timeDateTime: str | None = None
    _timeDateTime: Element | None = None
    timePeriod: Period | None = None


class BiologicallyDerivedProductStorage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    temperature: Decimal | None = None
    _temperature: Element | None = None
    scale: str | None = None
    _scale: Element | None = None
    duration: Period | None = None


class BodyStructure(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="BodyStructure"):
    resourceType: ClassVar[str] = "BodyStructure"
    identifier: Sequence[Identifier] = ()
    active: bool | None = None
    _active: Element | None = None
    morphology: CodeableConcept | None = None
    location: CodeableConcept | None = None
    locationQualifier: Sequence[CodeableConcept] = ()
    description: str | None = None
    _description: Element | None = None
    image: Sequence[Attachment] = ()
    patient: Reference | None = None


class Bundle(Resource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Bundle"):
    resourceType: ClassVar[str] = "Bundle"
    identifier: Identifier | None = None
    type: str | None = None
    _type: Element | None = None
    timestamp: str | None = None
    _timestamp: Element | None = None
    total: UnsignedInt | None = None
    _total: Element | None = None
    link: Sequence[BundleLink] = ()
    entry: Sequence[BundleEntry] = ()
    signature: Signature | None = None


class BundleLink(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    relation: str | None = None
    _relation: Element | None = None
    url: str | None = None
    _url: Element | None = None


class BundleEntry(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    link: Sequence[BundleLink] = ()
    fullUrl: str | None = None
    _fullUrl: Element | None = None
    resource: AnyResource | None = None
    search: BundleEntrySearch | None = None
    request: BundleEntryRequest | None = None
    response: BundleEntryResponse | None = None


class BundleEntrySearch(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: str | None = None
    _mode: Element | None = None
    score: Decimal | None = None
    _score: Element | None = None


class BundleEntryRequest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    method: str | None = None
    _method: Element | None = None
    url: str | None = None
    _url: Element | None = None
    ifNoneMatch: str | None = None
    _ifNoneMatch: Element | None = None
    ifModifiedSince: str | None = None
    _ifModifiedSince: Element | None = None
    ifMatch: str | None = None
    _ifMatch: Element | None = None
    ifNoneExist: str | None = None
    _ifNoneExist: Element | None = None


class BundleEntryResponse(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    status: str | None = None
    _status: Element | None = None
    location: str | None = None
    _location: Element | None = None
    etag: str | None = None
    _etag: Element | None = None
    lastModified: str | None = None
    _lastModified: Element | None = None
    outcome: OperationOutcome | None = None


class CapabilityStatement(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CapabilityStatement"):
    resourceType: ClassVar[str] = "CapabilityStatement"
    url: str | None = None
    _url: Element | None = None
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    kind: str | None = None
    _kind: Element | None = None
    instantiates: Sequence[str | None] = ()
    _instantiates: Sequence[Element | None] = ()
    imports: Sequence[str | None] = ()
    _imports: Sequence[Element | None] = ()
    software: CapabilityStatementSoftware | None = None
    implementation: CapabilityStatementImplementation | None = None
    fhirVersion: str | None = None
    _fhirVersion: Element | None = None
    format: Sequence[str | None] = ()
    _format: Sequence[Element | None] = ()
    patchFormat: Sequence[str | None] = ()
    _patchFormat: Sequence[Element | None] = ()
    implementationGuide: Sequence[str | None] = ()
    _implementationGuide: Sequence[Element | None] = ()
    rest: Sequence[CapabilityStatementRest] = ()
    messaging: Sequence[CapabilityStatementMessaging] = ()
    document: Sequence[CapabilityStatementDocument] = ()


class CapabilityStatementSoftware(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    version: str | None = None
    _version: Element | None = None
    releaseDate: str | None = None
    _releaseDate: Element | None = None


class CapabilityStatementImplementation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    url: str | None = None
    _url: Element | None = None
    custodian: Reference | None = None


class CapabilityStatementRest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: str | None = None
    _mode: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None
    security: CapabilityStatementRestSecurity | None = None
    resource: Sequence[CapabilityStatementRestResource] = ()
    interaction: Sequence[CapabilityStatementRestInteraction] = ()
    searchParam: Sequence[CapabilityStatementRestResourceSearchParam] = ()
    operation: Sequence[CapabilityStatementRestResourceOperation] = ()
    compartment: Sequence[str | None] = ()
    _compartment: Sequence[Element | None] = ()


class CapabilityStatementRestSecurity(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    cors: bool | None = None
    _cors: Element | None = None
    service: Sequence[CodeableConcept] = ()
    description: str | None = None
    _description: Element | None = None


class CapabilityStatementRestResource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    profile: str | None = None
    _profile: Element | None = None
    supportedProfile: Sequence[str | None] = ()
    _supportedProfile: Sequence[Element | None] = ()
    documentation: str | None = None
    _documentation: Element | None = None
    interaction: Sequence[CapabilityStatementRestResourceInteraction] = ()
    versioning: str | None = None
    _versioning: Element | None = None
    readHistory: bool | None = None
    _readHistory: Element | None = None
    updateCreate: bool | None = None
    _updateCreate: Element | None = None
    conditionalCreate: bool | None = None
    _conditionalCreate: Element | None = None
    conditionalRead: str | None = None
    _conditionalRead: Element | None = None
    conditionalUpdate: bool | None = None
    _conditionalUpdate: Element | None = None
    conditionalDelete: str | None = None
    _conditionalDelete: Element | None = None
    referencePolicy: Sequence[str | None] = ()
    _referencePolicy: Sequence[Element | None] = ()
    searchInclude: Sequence[str | None] = ()
    _searchInclude: Sequence[Element | None] = ()
    searchRevInclude: Sequence[str | None] = ()
    _searchRevInclude: Sequence[Element | None] = ()
    searchParam: Sequence[CapabilityStatementRestResourceSearchParam] = ()
    operation: Sequence[CapabilityStatementRestResourceOperation] = ()


class CapabilityStatementRestResourceInteraction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None


class CapabilityStatementRestResourceSearchParam(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    definition: str | None = None
    _definition: Element | None = None
    type: str | None = None
    _type: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None


class CapabilityStatementRestResourceOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    definition: str | None = None
    _definition: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None


class CapabilityStatementRestInteraction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None


class CapabilityStatementMessaging(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    endpoint: Sequence[CapabilityStatementMessagingEndpoint] = ()
    reliableCache: UnsignedInt | None = None
    _reliableCache: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None
    supportedMessage: Sequence[CapabilityStatementMessagingSupportedMessage] = ()


class CapabilityStatementMessagingEndpoint(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    protocol: Coding | None = None
    address: str | None = None
    _address: Element | None = None


class CapabilityStatementMessagingSupportedMessage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: str | None = None
    _mode: Element | None = None
    definition: str | None = None
    _definition: Element | None = None


class CapabilityStatementDocument(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: str | None = None
    _mode: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None
    profile: str | None = None
    _profile: Element | None = None


class CarePlan(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CarePlan"):
    resourceType: ClassVar[str] = "CarePlan"
    identifier: Sequence[Identifier] = ()
    instantiatesCanonical: Sequence[str | None] = ()
    _instantiatesCanonical: Sequence[Element | None] = ()
    instantiatesUri: Sequence[str | None] = ()
    _instantiatesUri: Sequence[Element | None] = ()
    basedOn: Sequence[Reference] = ()
    replaces: Sequence[Reference] = ()
    partOf: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    intent: str | None = None
    _intent: Element | None = None
    category: Sequence[CodeableConcept] = ()
    title: str | None = None
    _title: Element | None = None
    description: str | None = None
    _description: Element | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    period: Period | None = None
    created: str | None = None
    _created: Element | None = None
    author: Reference | None = None
    contributor: Sequence[Reference] = ()
    careTeam: Sequence[Reference] = ()
    addresses: Sequence[Reference] = ()
    supportingInfo: Sequence[Reference] = ()
    goal: Sequence[Reference] = ()
    activity: Sequence[CarePlanActivity] = ()
    note: Sequence[Annotation] = ()


class CarePlanActivity(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    outcomeCodeableConcept: Sequence[CodeableConcept] = ()
    outcomeReference: Sequence[Reference] = ()
    progress: Sequence[Annotation] = ()
    reference: Reference | None = None
    detail: CarePlanActivityDetail | None = None


class CarePlanActivityDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    kind: str | None = None
    _kind: Element | None = None
    instantiatesCanonical: Sequence[str | None] = ()
    _instantiatesCanonical: Sequence[Element | None] = ()
    instantiatesUri: Sequence[str | None] = ()
    _instantiatesUri: Sequence[Element | None] = ()
    code: CodeableConcept | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    goal: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    scheduledTiming: Timing | None = None
    scheduledPeriod: Period | None = None
    scheduledString: str | None = None
    _scheduledString: Element | None = None
    location: Reference | None = None
    performer: Sequence[Reference] = ()
    productCodeableConcept: CodeableConcept | None = None
    productReference: Reference | None = None
    dailyAmount: Quantity | None = None
    quantity: Quantity | None = None
    description: str | None = None
    _description: Element | None = None


class CareTeam(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CareTeam"):
    resourceType: ClassVar[str] = "CareTeam"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    category: Sequence[CodeableConcept] = ()
    name: str | None = None
    _name: Element | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    period: Period | None = None
    participant: Sequence[CareTeamParticipant] = ()
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    managingOrganization: Sequence[Reference] = ()
    telecom: Sequence[ContactPoint] = ()
    note: Sequence[Annotation] = ()


class CareTeamParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    role: Sequence[CodeableConcept] = ()
    member: Reference | None = None
    onBehalfOf: Reference | None = None
    period: Period | None = None


class CatalogEntry(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CatalogEntry"):
    resourceType: ClassVar[str] = "CatalogEntry"
    identifier: Sequence[Identifier] = ()
    type: CodeableConcept | None = None
    orderable: bool | None = None
    _orderable: Element | None = None
    referencedItem: Reference | None = None
    additionalIdentifier: Sequence[Identifier] = ()
    classification: Sequence[CodeableConcept] = ()
    status: str | None = None
    _status: Element | None = None
    validityPeriod: Period | None = None
    validTo: str | None = None
    _validTo: Element | None = None
    lastUpdated: str | None = None
    _lastUpdated: Element | None = None
    additionalCharacteristic: Sequence[CodeableConcept] = ()
    additionalClassification: Sequence[CodeableConcept] = ()
    relatedEntry: Sequence[CatalogEntryRelatedEntry] = ()


class CatalogEntryRelatedEntry(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    relationtype: str | None = None
    _relationtype: Element | None = None
    item: Reference | None = None


class ChargeItem(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ChargeItem"):
    resourceType: ClassVar[str] = "ChargeItem"
    identifier: Sequence[Identifier] = ()
    definitionUri: Sequence[str | None] = ()
    _definitionUri: Sequence[Element | None] = ()
    definitionCanonical: Sequence[str | None] = ()
    _definitionCanonical: Sequence[Element | None] = ()
    status: str | None = None
    _status: Element | None = None
    partOf: Sequence[Reference] = ()
    code: CodeableConcept | None = None
    subject: Reference | None = None
    context: Reference | None = None
    occurrenceDateTime: str | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    performer: Sequence[ChargeItemPerformer] = ()
    performingOrganization: Reference | None = None
    requestingOrganization: Reference | None = None
    costCenter: Reference | None = None
    quantity: Quantity | None = None
    bodysite: Sequence[CodeableConcept] = ()
    factorOverride: Decimal | None = None
    _factorOverride: Element | None = None
    priceOverride: Money | None = None
    overrideReason: str | None = None
    _overrideReason: Element | None = None
    enterer: Reference | None = None
    enteredDate: str | None = None
    _enteredDate: Element | None = None
    reason: Sequence[CodeableConcept] = ()
    service: Sequence[Reference] = ()
    productReference: Reference | None = None
    productCodeableConcept: CodeableConcept | None = None
    account: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    supportingInformation: Sequence[Reference] = ()


class ChargeItemPerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None


class ChargeItemDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ChargeItemDefinition"):
    resourceType: ClassVar[str] = "ChargeItemDefinition"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    title: str | None = None
    _title: Element | None = None
    derivedFromUri: Sequence[str | None] = ()
    _derivedFromUri: Sequence[Element | None] = ()
    partOf: Sequence[str | None] = ()
    _partOf: Sequence[Element | None] = ()
    replaces: Sequence[str | None] = ()
    _replaces: Sequence[Element | None] = ()
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    code: CodeableConcept | None = None
    instance: Sequence[Reference] = ()
    applicability: Sequence[ChargeItemDefinitionApplicability] = ()
    propertyGroup: Sequence[ChargeItemDefinitionPropertyGroup] = ()


class ChargeItemDefinitionApplicability(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    language: str | None = None
    _language: Element | None = None
    expression: str | None = None
    _expression: Element | None = None


class ChargeItemDefinitionPropertyGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    applicability: Sequence[ChargeItemDefinitionApplicability] = ()
    priceComponent: Sequence[ChargeItemDefinitionPropertyGroupPriceComponent] = ()


class ChargeItemDefinitionPropertyGroupPriceComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    code: CodeableConcept | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    amount: Money | None = None


class Claim(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Claim"):
    resourceType: ClassVar[str] = "Claim"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    subType: CodeableConcept | None = None
    use: str | None = None
    _use: Element | None = None
    patient: Reference | None = None
    billablePeriod: Period | None = None
    created: str | None = None
    _created: Element | None = None
    enterer: Reference | None = None
    insurer: Reference | None = None
    provider: Reference | None = None
    priority: CodeableConcept | None = None
    fundsReserve: CodeableConcept | None = None
    related: Sequence[ClaimRelated] = ()
    prescription: Reference | None = None
    originalPrescription: Reference | None = None
    payee: ClaimPayee | None = None
    referral: Reference | None = None
    facility: Reference | None = None
    careTeam: Sequence[ClaimCareTeam] = ()
    supportingInfo: Sequence[ClaimSupportingInfo] = ()
    diagnosis: Sequence[ClaimDiagnosis] = ()
    procedure: Sequence[ClaimProcedure] = ()
    insurance: Sequence[ClaimInsurance] = ()
    accident: ClaimAccident | None = None
    item: Sequence[ClaimItem] = ()
    total: Money | None = None


class ClaimRelated(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    claim: Reference | None = None
    relationship: CodeableConcept | None = None
    reference: Identifier | None = None


class ClaimPayee(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    party: Reference | None = None


class ClaimCareTeam(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    provider: Reference | None = None
    responsible: bool | None = None
    _responsible: Element | None = None
    role: CodeableConcept | None = None
    qualification: CodeableConcept | None = None


class ClaimSupportingInfo(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    category: CodeableConcept | None = None
    code: CodeableConcept | None = None
    timingDate: str | None = None
    _timingDate: Element | None = None
    timingPeriod: Period | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueQuantity: Quantity | None = None
    valueAttachment: Attachment | None = None
    valueReference: Reference | None = None
    reason: CodeableConcept | None = None


class ClaimDiagnosis(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    diagnosisCodeableConcept: CodeableConcept | None = None
    diagnosisReference: Reference | None = None
    type: Sequence[CodeableConcept] = ()
    onAdmission: CodeableConcept | None = None
    packageCode: CodeableConcept | None = None


class ClaimProcedure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    type: Sequence[CodeableConcept] = ()
    date: str | None = None
    _date: Element | None = None
    procedureCodeableConcept: CodeableConcept | None = None
    procedureReference: Reference | None = None
    udi: Sequence[Reference] = ()


class ClaimInsurance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    focal: bool | None = None
    _focal: Element | None = None
    identifier: Identifier | None = None
    coverage: Reference | None = None
    businessArrangement: str | None = None
    _businessArrangement: Element | None = None
    preAuthRef: Sequence[str | None] = ()
    _preAuthRef: Sequence[Element | None] = ()
    claimResponse: Reference | None = None


class ClaimAccident(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    date: str | None = None
    _date: Element | None = None
    type: CodeableConcept | None = None
    locationAddress: Address | None = None
    locationReference: Reference | None = None


class ClaimItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    careTeamSequence: Sequence[PositiveInt | None] = ()
    _careTeamSequence: Sequence[Element | None] = ()
    diagnosisSequence: Sequence[PositiveInt | None] = ()
    _diagnosisSequence: Sequence[Element | None] = ()
    procedureSequence: Sequence[PositiveInt | None] = ()
    _procedureSequence: Sequence[Element | None] = ()
    informationSequence: Sequence[PositiveInt | None] = ()
    _informationSequence: Sequence[Element | None] = ()
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    programCode: Sequence[CodeableConcept] = ()
    servicedDate: str | None = None
    _servicedDate: Element | None = None
    servicedPeriod: Period | None = None
    locationCodeableConcept: CodeableConcept | None = None
    locationAddress: Address | None = None
    locationReference: Reference | None = None
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    udi: Sequence[Reference] = ()
    bodySite: CodeableConcept | None = None
    subSite: Sequence[CodeableConcept] = ()
    encounter: Sequence[Reference] = ()
    detail: Sequence[ClaimItemDetail] = ()


class ClaimItemDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    programCode: Sequence[CodeableConcept] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    udi: Sequence[Reference] = ()
    subDetail: Sequence[ClaimItemDetailSubDetail] = ()


class ClaimItemDetailSubDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    programCode: Sequence[CodeableConcept] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    udi: Sequence[Reference] = ()


class ClaimResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ClaimResponse"):
    resourceType: ClassVar[str] = "ClaimResponse"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    subType: CodeableConcept | None = None
    use: str | None = None
    _use: Element | None = None
    patient: Reference | None = None
    created: str | None = None
    _created: Element | None = None
    insurer: Reference | None = None
    requestor: Reference | None = None
    request: Reference | None = None
    outcome: str | None = None
    _outcome: Element | None = None
    disposition: str | None = None
    _disposition: Element | None = None
    preAuthRef: str | None = None
    _preAuthRef: Element | None = None
    preAuthPeriod: Period | None = None
    payeeType: CodeableConcept | None = None
    item: Sequence[ClaimResponseItem] = ()
    addItem: Sequence[ClaimResponseAddItem] = ()
    adjudication: Sequence[ClaimResponseItemAdjudication] = ()
    total: Sequence[ClaimResponseTotal] = ()
    payment: ClaimResponsePayment | None = None
    fundsReserve: CodeableConcept | None = None
    formCode: CodeableConcept | None = None
    form: Attachment | None = None
    processNote: Sequence[ClaimResponseProcessNote] = ()
    communicationRequest: Sequence[Reference] = ()
    insurance: Sequence[ClaimResponseInsurance] = ()
    error: Sequence[ClaimResponseError] = ()


class ClaimResponseItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemSequence: PositiveInt | None = None
    _itemSequence: Element | None = None
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ClaimResponseItemAdjudication] = ()
    detail: Sequence[ClaimResponseItemDetail] = ()


class ClaimResponseItemAdjudication(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    reason: CodeableConcept | None = None
    amount: Money | None = None
    value: Decimal | None = None
    _value: Element | None = None


class ClaimResponseItemDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    detailSequence: PositiveInt | None = None
    _detailSequence: Element | None = None
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ClaimResponseItemAdjudication] = ()
    subDetail: Sequence[ClaimResponseItemDetailSubDetail] = ()


class ClaimResponseItemDetailSubDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    subDetailSequence: PositiveInt | None = None
    _subDetailSequence: Element | None = None
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ClaimResponseItemAdjudication] = ()


class ClaimResponseAddItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemSequence: Sequence[PositiveInt | None] = ()
    _itemSequence: Sequence[Element | None] = ()
    detailSequence: Sequence[PositiveInt | None] = ()
    _detailSequence: Sequence[Element | None] = ()
    subdetailSequence: Sequence[PositiveInt | None] = ()
    _subdetailSequence: Sequence[Element | None] = ()
    provider: Sequence[Reference] = ()
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    programCode: Sequence[CodeableConcept] = ()
    servicedDate: str | None = None
    _servicedDate: Element | None = None
    servicedPeriod: Period | None = None
    locationCodeableConcept: CodeableConcept | None = None
    locationAddress: Address | None = None
    locationReference: Reference | None = None
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    bodySite: CodeableConcept | None = None
    subSite: Sequence[CodeableConcept] = ()
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ClaimResponseItemAdjudication] = ()
    detail: Sequence[ClaimResponseAddItemDetail] = ()


class ClaimResponseAddItemDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ClaimResponseItemAdjudication] = ()
    subDetail: Sequence[ClaimResponseAddItemDetailSubDetail] = ()


class ClaimResponseAddItemDetailSubDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ClaimResponseItemAdjudication] = ()


class ClaimResponseTotal(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    amount: Money | None = None


class ClaimResponsePayment(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    adjustment: Money | None = None
    adjustmentReason: CodeableConcept | None = None
    date: str | None = None
    _date: Element | None = None
    amount: Money | None = None
    identifier: Identifier | None = None


class ClaimResponseProcessNote(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    number: PositiveInt | None = None
    _number: Element | None = None
    type: str | None = None
    _type: Element | None = None
    text: str | None = None
    _text: Element | None = None
    language: CodeableConcept | None = None


class ClaimResponseInsurance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    focal: bool | None = None
    _focal: Element | None = None
    coverage: Reference | None = None
    businessArrangement: str | None = None
    _businessArrangement: Element | None = None
    claimResponse: Reference | None = None


class ClaimResponseError(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemSequence: PositiveInt | None = None
    _itemSequence: Element | None = None
    detailSequence: PositiveInt | None = None
    _detailSequence: Element | None = None
    subDetailSequence: PositiveInt | None = None
    _subDetailSequence: Element | None = None
    code: CodeableConcept | None = None


class ClinicalImpression(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ClinicalImpression"):
    resourceType: ClassVar[str] = "ClinicalImpression"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    code: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    effectiveDateTime: str | None = None
    _effectiveDateTime: Element | None = None
    effectivePeriod: Period | None = None
    date: str | None = None
    _date: Element | None = None
    assessor: Reference | None = None
    previous: Reference | None = None
    problem: Sequence[Reference] = ()
    investigation: Sequence[ClinicalImpressionInvestigation] = ()
    protocol: Sequence[str | None] = ()
    _protocol: Sequence[Element | None] = ()
    summary: str | None = None
    _summary: Element | None = None
    finding: Sequence[ClinicalImpressionFinding] = ()
    prognosisCodeableConcept: Sequence[CodeableConcept] = ()
    prognosisReference: Sequence[Reference] = ()
    supportingInfo: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()


class ClinicalImpressionInvestigation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    item: Sequence[Reference] = ()


class ClinicalImpressionFinding(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemCodeableConcept: CodeableConcept | None = None
    itemReference: Reference | None = None
    basis: str | None = None
    _basis: Element | None = None


class CodeSystem(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CodeSystem"):
    resourceType: ClassVar[str] = "CodeSystem"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    caseSensitive: bool | None = None
    _caseSensitive: Element | None = None
    valueSet: str | None = None
    _valueSet: Element | None = None
    hierarchyMeaning: str | None = None
    _hierarchyMeaning: Element | None = None
    compositional: bool | None = None
    _compositional: Element | None = None
    versionNeeded: bool | None = None
    _versionNeeded: Element | None = None
    content: str | None = None
    _content: Element | None = None
    supplements: str | None = None
    _supplements: Element | None = None
    count: UnsignedInt | None = None
    _count: Element | None = None
    filter: Sequence[CodeSystemFilter] = ()
    property: Sequence[CodeSystemProperty] = ()
    concept: Sequence[CodeSystemConcept] = ()


class CodeSystemFilter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    description: str | None = None
    _description: Element | None = None
    operator: Sequence[str | None] = ()
    _operator: Sequence[Element | None] = ()
    value: str | None = None
    _value: Element | None = None


class CodeSystemProperty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    uri: str | None = None
    _uri: Element | None = None
    description: str | None = None
    _description: Element | None = None
    type: str | None = None
    _type: Element | None = None


class CodeSystemConcept(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    display: str | None = None
    _display: Element | None = None
    definition: str | None = None
    _definition: Element | None = None
    designation: Sequence[CodeSystemConceptDesignation] = ()
    property: Sequence[CodeSystemConceptProperty] = ()
    concept: Sequence[CodeSystemConcept] = ()


class CodeSystemConceptDesignation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    language: str | None = None
    _language: Element | None = None
    use: Coding | None = None
    value: str | None = None
    _value: Element | None = None


class CodeSystemConceptProperty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    valueCode: str | None = None
    _valueCode: Element | None = None
    valueCoding: Coding | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None


class Communication(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Communication"):
    resourceType: ClassVar[str] = "Communication"
    identifier: Sequence[Identifier] = ()
    instantiatesCanonical: Sequence[str | None] = ()
    _instantiatesCanonical: Sequence[Element | None] = ()
    instantiatesUri: Sequence[str | None] = ()
    _instantiatesUri: Sequence[Element | None] = ()
    basedOn: Sequence[Reference] = ()
    partOf: Sequence[Reference] = ()
    inResponseTo: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    category: Sequence[CodeableConcept] = ()
    priority: str | None = None
    _priority: Element | None = None
    medium: Sequence[CodeableConcept] = ()
    subject: Reference | None = None
    topic: CodeableConcept | None = None
    about: Sequence[Reference] = ()
    encounter: Reference | None = None
    sent: str | None = None
    _sent: Element | None = None
    received: str | None = None
    _received: Element | None = None
    recipient: Sequence[Reference] = ()
    sender: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    payload: Sequence[CommunicationPayload] = ()
    note: Sequence[Annotation] = ()


class CommunicationPayload(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    contentString: str | None = None
    _contentString: Element | None = None
    contentAttachment: Attachment | None = None
    contentReference: Reference | None = None


class CommunicationRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CommunicationRequest"):
    resourceType: ClassVar[str] = "CommunicationRequest"
    identifier: Sequence[Identifier] = ()
    basedOn: Sequence[Reference] = ()
    replaces: Sequence[Reference] = ()
    groupIdentifier: Identifier | None = None
    status: str | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    category: Sequence[CodeableConcept] = ()
    priority: str | None = None
    _priority: Element | None = None
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    medium: Sequence[CodeableConcept] = ()
    subject: Reference | None = None
    about: Sequence[Reference] = ()
    encounter: Reference | None = None
    payload: Sequence[CommunicationRequestPayload] = ()
    occurrenceDateTime: str | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    authoredOn: str | None = None
    _authoredOn: Element | None = None
    requester: Reference | None = None
    recipient: Sequence[Reference] = ()
    sender: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()


class CommunicationRequestPayload(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    contentString: str | None = None
    _contentString: Element | None = None
    contentAttachment: Attachment | None = None
    contentReference: Reference | None = None


class CompartmentDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CompartmentDefinition"):
    resourceType: ClassVar[str] = "CompartmentDefinition"
    url: str | None = None
    _url: Element | None = None
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    code: str | None = None
    _code: Element | None = None
    search: bool | None = None
    _search: Element | None = None
    resource: Sequence[CompartmentDefinitionResource] = ()


class CompartmentDefinitionResource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    param: Sequence[str | None] = ()
    _param: Sequence[Element | None] = ()
    documentation: str | None = None
    _documentation: Element | None = None


class Composition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Composition"):
    resourceType: ClassVar[str] = "Composition"
    identifier: Identifier | None = None
    status: str | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    category: Sequence[CodeableConcept] = ()
    subject: Reference | None = None
    encounter: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    author: Sequence[Reference] = ()
    title: str | None = None
    _title: Element | None = None
    confidentiality: str | None = None
    _confidentiality: Element | None = None
    attester: Sequence[CompositionAttester] = ()
    custodian: Reference | None = None
    relatesTo: Sequence[CompositionRelatesTo] = ()
    event: Sequence[CompositionEvent] = ()
    section: Sequence[CompositionSection] = ()


class CompositionAttester(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: str | None = None
    _mode: Element | None = None
    time: str | None = None
    _time: Element | None = None
    party: Reference | None = None


class CompositionRelatesTo(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    targetIdentifier: Identifier | None = None
    targetReference: Reference | None = None


class CompositionEvent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: Sequence[CodeableConcept] = ()
    period: Period | None = None
    detail: Sequence[Reference] = ()


class CompositionSection(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    title: str | None = None
    _title: Element | None = None
    code: CodeableConcept | None = None
    author: Sequence[Reference] = ()
    focus: Reference | None = None
    text: Narrative | None = None
    mode: str | None = None
    _mode: Element | None = None
    orderedBy: CodeableConcept | None = None
    entry: Sequence[Reference] = ()
    emptyReason: CodeableConcept | None = None
    section: Sequence[CompositionSection] = ()


class ConceptMap(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ConceptMap"):
    resourceType: ClassVar[str] = "ConceptMap"
    url: str | None = None
    _url: Element | None = None
    identifier: Identifier | None = None
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    sourceUri: str | None = None
    _sourceUri: Element | None = None
    sourceCanonical: str | None = None
    _sourceCanonical: Element | None = None
    targetUri: str | None = None
    _targetUri: Element | None = None
    targetCanonical: str | None = None
    _targetCanonical: Element | None = None
    group: Sequence[ConceptMapGroup] = ()


class ConceptMapGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    source: str | None = None
    _source: Element | None = None
    sourceVersion: str | None = None
    _sourceVersion: Element | None = None
    target: str | None = None
    _target: Element | None = None
    targetVersion: str | None = None
    _targetVersion: Element | None = None
    element: Sequence[ConceptMapGroupElement] = ()
    unmapped: ConceptMapGroupUnmapped | None = None


class ConceptMapGroupElement(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    display: str | None = None
    _display: Element | None = None
    target: Sequence[ConceptMapGroupElementTarget] = ()


class ConceptMapGroupElementTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    display: str | None = None
    _display: Element | None = None
    equivalence: str | None = None
    _equivalence: Element | None = None
    comment: str | None = None
    _comment: Element | None = None
    dependsOn: Sequence[ConceptMapGroupElementTargetDependsOn] = ()
    product: Sequence[ConceptMapGroupElementTargetDependsOn] = ()


class ConceptMapGroupElementTargetDependsOn(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    property: str | None = None
    _property: Element | None = None
    system: str | None = None
    _system: Element | None = None
    value: str | None = None
    _value: Element | None = None
    display: str | None = None
    _display: Element | None = None


class ConceptMapGroupUnmapped(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: str | None = None
    _mode: Element | None = None
    code: str | None = None
    _code: Element | None = None
    display: str | None = None
    _display: Element | None = None
    url: str | None = None
    _url: Element | None = None


class Condition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Condition"):
    resourceType: ClassVar[str] = "Condition"
    identifier: Sequence[Identifier] = ()
    clinicalStatus: CodeableConcept | None = None
    verificationStatus: CodeableConcept | None = None
    category: Sequence[CodeableConcept] = ()
    severity: CodeableConcept | None = None
    code: CodeableConcept | None = None
    bodySite: Sequence[CodeableConcept] = ()
    subject: Reference | None = None
    encounter: Reference | None = None
    onsetDateTime: str | None = None
    _onsetDateTime: Element | None = None
    onsetAge: Age | None = None
    onsetPeriod: Period | None = None
    onsetRange: Range | None = None
    onsetString: str | None = None
    _onsetString: Element | None = None
    abatementDateTime: str | None = None
    _abatementDateTime: Element | None = None
    abatementAge: Age | None = None
    abatementPeriod: Period | None = None
    abatementRange: Range | None = None
    abatementString: str | None = None
    _abatementString: Element | None = None
    recordedDate: str | None = None
    _recordedDate: Element | None = None
    recorder: Reference | None = None
    asserter: Reference | None = None
    stage: Sequence[ConditionStage] = ()
    evidence: Sequence[ConditionEvidence] = ()
    note: Sequence[Annotation] = ()


class ConditionStage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    summary: CodeableConcept | None = None
    assessment: Sequence[Reference] = ()
    type: CodeableConcept | None = None


class ConditionEvidence(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: Sequence[CodeableConcept] = ()
    detail: Sequence[Reference] = ()


class Consent(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Consent"):
    resourceType: ClassVar[str] = "Consent"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    scope: CodeableConcept | None = None
    category: Sequence[CodeableConcept] = ()
    patient: Reference | None = None
    dateTime: str | None = None
    _dateTime: Element | None = None
    performer: Sequence[Reference] = ()
    organization: Sequence[Reference] = ()
    sourceAttachment: Attachment | None = None
    sourceReference: Reference | None = None
    policy: Sequence[ConsentPolicy] = ()
    policyRule: CodeableConcept | None = None
    verification: Sequence[ConsentVerification] = ()
    provision: ConsentProvision | None = None


class ConsentPolicy(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    authority: str | None = None
    _authority: Element | None = None
    uri: str | None = None
    _uri: Element | None = None


class ConsentVerification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    verified: bool | None = None
    _verified: Element | None = None
    verifiedWith: Reference | None = None
    verificationDate: str | None = None
    _verificationDate: Element | None = None


class ConsentProvision(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"class_": "class"}):
    type: str | None = None
    _type: Element | None = None
    period: Period | None = None
    actor: Sequence[ConsentProvisionActor] = ()
    action: Sequence[CodeableConcept] = ()
    securityLabel: Sequence[Coding] = ()
    purpose: Sequence[Coding] = ()
    class_: Sequence[Coding] = ()
    code: Sequence[CodeableConcept] = ()
    dataPeriod: Period | None = None
    data: Sequence[ConsentProvisionData] = ()
    provision: Sequence[ConsentProvision] = ()


class ConsentProvisionActor(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    role: CodeableConcept | None = None
    reference: Reference | None = None


class ConsentProvisionData(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    meaning: str | None = None
    _meaning: Element | None = None
    reference: Reference | None = None


class Contract(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Contract"):
    resourceType: ClassVar[str] = "Contract"
    identifier: Sequence[Identifier] = ()
    url: str | None = None
    _url: Element | None = None
    version: str | None = None
    _version: Element | None = None
    status: str | None = None
    _status: Element | None = None
    legalState: CodeableConcept | None = None
    instantiatesCanonical: Reference | None = None
    instantiatesUri: str | None = None
    _instantiatesUri: Element | None = None
    contentDerivative: CodeableConcept | None = None
    issued: str | None = None
    _issued: Element | None = None
    applies: Period | None = None
    expirationType: CodeableConcept | None = None
    subject: Sequence[Reference] = ()
    authority: Sequence[Reference] = ()
    domain: Sequence[Reference] = ()
    site: Sequence[Reference] = ()
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    subtitle: str | None = None
    _subtitle: Element | None = None
    alias: Sequence[str | None] = ()
    _alias: Sequence[Element | None] = ()
    author: Reference | None = None
    scope: CodeableConcept | None = None
    topicCodeableConcept: CodeableConcept | None = None
    topicReference: Reference | None = None
    type: CodeableConcept | None = None
    subType: Sequence[CodeableConcept] = ()
    contentDefinition: ContractContentDefinition | None = None
    term: Sequence[ContractTerm] = ()
    supportingInfo: Sequence[Reference] = ()
    relevantHistory: Sequence[Reference] = ()
    signer: Sequence[ContractSigner] = ()
    friendly: Sequence[ContractFriendly] = ()
    legal: Sequence[ContractLegal] = ()
    rule: Sequence[ContractRule] = ()
    legallyBindingAttachment: Attachment | None = None
    legallyBindingReference: Reference | None = None


class ContractContentDefinition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    subType: CodeableConcept | None = None
    publisher: Reference | None = None
    publicationDate: str | None = None
    _publicationDate: Element | None = None
    publicationStatus: str | None = None
    _publicationStatus: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None


class ContractTerm(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    issued: str | None = None
    _issued: Element | None = None
    applies: Period | None = None
    topicCodeableConcept: CodeableConcept | None = None
    topicReference: Reference | None = None
    type: CodeableConcept | None = None
    subType: CodeableConcept | None = None
    text: str | None = None
    _text: Element | None = None
    securityLabel: Sequence[ContractTermSecurityLabel] = ()
    offer: ContractTermOffer | None = None
    asset: Sequence[ContractTermAsset] = ()
    action: Sequence[ContractTermAction] = ()
    group: Sequence[ContractTerm] = ()


class ContractTermSecurityLabel(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    number: Sequence[UnsignedInt | None] = ()
    _number: Sequence[Element | None] = ()
    classification: Coding | None = None
    category: Sequence[Coding] = ()
    control: Sequence[Coding] = ()


class ContractTermOffer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Sequence[Identifier] = ()
    party: Sequence[ContractTermOfferParty] = ()
    topic: Reference | None = None
    type: CodeableConcept | None = None
    decision: CodeableConcept | None = None
    decisionMode: Sequence[CodeableConcept] = ()
    answer: Sequence[ContractTermOfferAnswer] = ()
    text: str | None = None
    _text: Element | None = None
    linkId: Sequence[str | None] = ()
    _linkId: Sequence[Element | None] = ()
    securityLabelNumber: Sequence[UnsignedInt | None] = ()
    _securityLabelNumber: Sequence[Element | None] = ()


class ContractTermOfferParty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: Sequence[Reference] = ()
    role: CodeableConcept | None = None


class ContractTermOfferAnswer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDate: str | None = None
    _valueDate: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None
    valueTime: str | None = None
    _valueTime: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueUri: str | None = None
    _valueUri: Element | None = None
    valueAttachment: Attachment | None = None
    valueCoding: Coding | None = None
    valueQuantity: Quantity | None = None
    valueReference: Reference | None = None


class ContractTermAsset(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    scope: CodeableConcept | None = None
    type: Sequence[CodeableConcept] = ()
    typeReference: Sequence[Reference] = ()
    subtype: Sequence[CodeableConcept] = ()
    relationship: Coding | None = None
    context: Sequence[ContractTermAssetContext] = ()
    condition: str | None = None
    _condition: Element | None = None
    periodType: Sequence[CodeableConcept] = ()
    period: Sequence[Period] = ()
    usePeriod: Sequence[Period] = ()
    text: str | None = None
    _text: Element | None = None
    linkId: Sequence[str | None] = ()
    _linkId: Sequence[Element | None] = ()
    answer: Sequence[ContractTermOfferAnswer] = ()
    securityLabelNumber: Sequence[UnsignedInt | None] = ()
    _securityLabelNumber: Sequence[Element | None] = ()
    valuedItem: Sequence[ContractTermAssetValuedItem] = ()


class ContractTermAssetContext(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: Reference | None = None
    code: Sequence[CodeableConcept] = ()
    text: str | None = None
    _text: Element | None = None


class ContractTermAssetValuedItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    entityCodeableConcept: CodeableConcept | None = None
    entityReference: Reference | None = None
    identifier: Identifier | None = None
    effectiveTime: str | None = None
    _effectiveTime: Element | None = None
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    points: Decimal | None = None
    _points: Element | None = None
    net: Money | None = None
    payment: str | None = None
    _payment: Element | None = None
    paymentDate: str | None = None
    _paymentDate: Element | None = None
    responsible: Reference | None = None
    recipient: Reference | None = None
    linkId: Sequence[str | None] = ()
    _linkId: Sequence[Element | None] = ()
    securityLabelNumber: Sequence[UnsignedInt | None] = ()
    _securityLabelNumber: Sequence[Element | None] = ()


class ContractTermAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    type: CodeableConcept | None = None
    subject: Sequence[ContractTermActionSubject] = ()
    intent: CodeableConcept | None = None
    linkId: Sequence[str | None] = ()
    _linkId: Sequence[Element | None] = ()
    status: CodeableConcept | None = None
    context: Reference | None = None
    contextLinkId: Sequence[str | None] = ()
    _contextLinkId: Sequence[Element | None] = ()
    occurrenceDateTime: str | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    requester: Sequence[Reference] = ()
    requesterLinkId: Sequence[str | None] = ()
    _requesterLinkId: Sequence[Element | None] = ()
    performerType: Sequence[CodeableConcept] = ()
    performerRole: CodeableConcept | None = None
    performer: Reference | None = None
    performerLinkId: Sequence[str | None] = ()
    _performerLinkId: Sequence[Element | None] = ()
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    reason: Sequence[str | None] = ()
    _reason: Sequence[Element | None] = ()
    reasonLinkId: Sequence[str | None] = ()
    _reasonLinkId: Sequence[Element | None] = ()
    note: Sequence[Annotation] = ()
    securityLabelNumber: Sequence[UnsignedInt | None] = ()
    _securityLabelNumber: Sequence[Element | None] = ()


class ContractTermActionSubject(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: Sequence[Reference] = ()
    role: CodeableConcept | None = None


class ContractSigner(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Coding | None = None
    party: Reference | None = None
    signature: Sequence[Signature] = ()


class ContractFriendly(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    contentAttachment: Attachment | None = None
    contentReference: Reference | None = None


class ContractLegal(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    contentAttachment: Attachment | None = None
    contentReference: Reference | None = None


class ContractRule(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    contentAttachment: Attachment | None = None
    contentReference: Reference | None = None


class Coverage(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Coverage", rename={"class_": "class"}):
    resourceType: ClassVar[str] = "Coverage"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    policyHolder: Reference | None = None
    subscriber: Reference | None = None
    subscriberId: str | None = None
    _subscriberId: Element | None = None
    beneficiary: Reference | None = None
    dependent: str | None = None
    _dependent: Element | None = None
    relationship: CodeableConcept | None = None
    period: Period | None = None
    payor: Sequence[Reference] = ()
    class_: Sequence[CoverageClass] = ()
    order: PositiveInt | None = None
    _order: Element | None = None
    network: str | None = None
    _network: Element | None = None
    costToBeneficiary: Sequence[CoverageCostToBeneficiary] = ()
    subrogation: bool | None = None
    _subrogation: Element | None = None
    contract: Sequence[Reference] = ()


class CoverageClass(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    value: str | None = None
    _value: Element | None = None
    name: str | None = None
    _name: Element | None = None


class CoverageCostToBeneficiary(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueQuantity: Quantity | None = None
    valueMoney: Money | None = None
    exception: Sequence[CoverageCostToBeneficiaryException] = ()


class CoverageCostToBeneficiaryException(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    period: Period | None = None


class CoverageEligibilityRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CoverageEligibilityRequest"):
    resourceType: ClassVar[str] = "CoverageEligibilityRequest"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    priority: CodeableConcept | None = None
    purpose: Sequence[str | None] = ()
    _purpose: Sequence[Element | None] = ()
    patient: Reference | None = None
    servicedDate: str | None = None
    _servicedDate: Element | None = None
    servicedPeriod: Period | None = None
    created: str | None = None
    _created: Element | None = None
    enterer: Reference | None = None
    provider: Reference | None = None
    insurer: Reference | None = None
    facility: Reference | None = None
    supportingInfo: Sequence[CoverageEligibilityRequestSupportingInfo] = ()
    insurance: Sequence[CoverageEligibilityRequestInsurance] = ()
    item: Sequence[CoverageEligibilityRequestItem] = ()


class CoverageEligibilityRequestSupportingInfo(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    information: Reference | None = None
    appliesToAll: bool | None = None
    _appliesToAll: Element | None = None


class CoverageEligibilityRequestInsurance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    focal: bool | None = None
    _focal: Element | None = None
    coverage: Reference | None = None
    businessArrangement: str | None = None
    _businessArrangement: Element | None = None


class CoverageEligibilityRequestItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    supportingInfoSequence: Sequence[PositiveInt | None] = ()
    _supportingInfoSequence: Sequence[Element | None] = ()
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    provider: Reference | None = None
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    facility: Reference | None = None
    diagnosis: Sequence[CoverageEligibilityRequestItemDiagnosis] = ()
    detail: Sequence[Reference] = ()


class CoverageEligibilityRequestItemDiagnosis(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    diagnosisCodeableConcept: CodeableConcept | None = None
    diagnosisReference: Reference | None = None


class CoverageEligibilityResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CoverageEligibilityResponse"):
    resourceType: ClassVar[str] = "CoverageEligibilityResponse"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    purpose: Sequence[str | None] = ()
    _purpose: Sequence[Element | None] = ()
    patient: Reference | None = None
    servicedDate: str | None = None
    _servicedDate: Element | None = None
    servicedPeriod: Period | None = None
    created: str | None = None
    _created: Element | None = None
    requestor: Reference | None = None
    request: Reference | None = None
    outcome: str | None = None
    _outcome: Element | None = None
    disposition: str | None = None
    _disposition: Element | None = None
    insurer: Reference | None = None
    insurance: Sequence[CoverageEligibilityResponseInsurance] = ()
    preAuthRef: str | None = None
    _preAuthRef: Element | None = None
    form: CodeableConcept | None = None
    error: Sequence[CoverageEligibilityResponseError] = ()


class CoverageEligibilityResponseInsurance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    coverage: Reference | None = None
    inforce: bool | None = None
    _inforce: Element | None = None
    benefitPeriod: Period | None = None
    item: Sequence[CoverageEligibilityResponseInsuranceItem] = ()


class CoverageEligibilityResponseInsuranceItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    provider: Reference | None = None
    excluded: bool | None = None
    _excluded: Element | None = None
    name: str | None = None
    _name: Element | None = None
    description: str | None = None
    _description: Element | None = None
    network: CodeableConcept | None = None
    unit: CodeableConcept | None = None
    term: CodeableConcept | None = None
    benefit: Sequence[CoverageEligibilityResponseInsuranceItemBenefit] = ()
    authorizationRequired: bool | None = None
    _authorizationRequired: Element | None = None
    authorizationSupporting: Sequence[CodeableConcept] = ()
    authorizationUrl: str | None = None
    _authorizationUrl: Element | None = None


class CoverageEligibilityResponseInsuranceItemBenefit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    allowedUnsignedInt: UnsignedInt | None = None
    _allowedUnsignedInt: Element | None = None
    allowedString: str | None = None
    _allowedString: Element | None = None
    allowedMoney: Money | None = None
    usedUnsignedInt: UnsignedInt | None = None
    _usedUnsignedInt: Element | None = None
    usedString: str | None = None
    _usedString: Element | None = None
    usedMoney: Money | None = None


class CoverageEligibilityResponseError(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None


class DetectedIssue(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DetectedIssue"):
    resourceType: ClassVar[str] = "DetectedIssue"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    code: CodeableConcept | None = None
    severity: str | None = None
    _severity: Element | None = None
    patient: Reference | None = None
    identifiedDateTime: str | None = None
    _identifiedDateTime: Element | None = None
    identifiedPeriod: Period | None = None
    author: Reference | None = None
    implicated: Sequence[Reference] = ()
    evidence: Sequence[DetectedIssueEvidence] = ()
    detail: str | None = None
    _detail: Element | None = None
    reference: str | None = None
    _reference: Element | None = None
    mitigation: Sequence[DetectedIssueMitigation] = ()


class DetectedIssueEvidence(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: Sequence[CodeableConcept] = ()
    detail: Sequence[Reference] = ()


class DetectedIssueMitigation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: CodeableConcept | None = None
    date: str | None = None
    _date: Element | None = None
    author: Reference | None = None


class Device(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Device"):
    resourceType: ClassVar[str] = "Device"
    identifier: Sequence[Identifier] = ()
    definition: Reference | None = None
    udiCarrier: Sequence[DeviceUdiCarrier] = ()
    status: str | None = None
    _status: Element | None = None
    statusReason: Sequence[CodeableConcept] = ()
    distinctIdentifier: str | None = None
    _distinctIdentifier: Element | None = None
    manufacturer: str | None = None
    _manufacturer: Element | None = None
    manufactureDate: str | None = None
    _manufactureDate: Element | None = None
    expirationDate: str | None = None
    _expirationDate: Element | None = None
    lotNumber: str | None = None
    _lotNumber: Element | None = None
    serialNumber: str | None = None
    _serialNumber: Element | None = None
    deviceName: Sequence[DeviceDeviceName] = ()
    modelNumber: str | None = None
    _modelNumber: Element | None = None
    partNumber: str | None = None
    _partNumber: Element | None = None
    type: CodeableConcept | None = None
    specialization: Sequence[DeviceSpecialization] = ()
    version: Sequence[DeviceVersion] = ()
    property: Sequence[DeviceProperty] = ()
    patient: Reference | None = None
    owner: Reference | None = None
    contact: Sequence[ContactPoint] = ()
    location: Reference | None = None
    url: str | None = None
    _url: Element | None = None
    note: Sequence[Annotation] = ()
    safety: Sequence[CodeableConcept] = ()
    parent: Reference | None = None


class DeviceUdiCarrier(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    deviceIdentifier: str | None = None
    _deviceIdentifier: Element | None = None
    issuer: str | None = None
    _issuer: Element | None = None
    jurisdiction: str | None = None
    _jurisdiction: Element | None = None
    carrierAIDC: str | None = None
    _carrierAIDC: Element | None = None
    carrierHRF: str | None = None
    _carrierHRF: Element | None = None
    entryType: str | None = None
    _entryType: Element | None = None


class DeviceDeviceName(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    type: str | None = None
    _type: Element | None = None


class DeviceSpecialization(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    systemType: CodeableConcept | None = None
    version: str | None = None
    _version: Element | None = None


class DeviceVersion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    component: Identifier | None = None
    value: str | None = None
    _value: Element | None = None


class DeviceProperty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueQuantity: Sequence[Quantity] = ()
    valueCode: Sequence[CodeableConcept] = ()


class DeviceDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DeviceDefinition"):
    resourceType: ClassVar[str] = "DeviceDefinition"
    identifier: Sequence[Identifier] = ()
    udiDeviceIdentifier: Sequence[DeviceDefinitionUdiDeviceIdentifier] = ()
    manufacturerString: str | None = None
    _manufacturerString: Element | None = None
    manufacturerReference: Reference | None = None
    deviceName: Sequence[DeviceDefinitionDeviceName] = ()
    modelNumber: str | None = None
    _modelNumber: Element | None = None
    type: CodeableConcept | None = None
    specialization: Sequence[DeviceDefinitionSpecialization] = ()
    version: Sequence[str | None] = ()
    _version: Sequence[Element | None] = ()
    safety: Sequence[CodeableConcept] = ()
    shelfLifeStorage: Sequence[ProductShelfLife] = ()
    physicalCharacteristics: ProdCharacteristic | None = None
    languageCode: Sequence[CodeableConcept] = ()
    capability: Sequence[DeviceDefinitionCapability] = ()
    property: Sequence[DeviceDefinitionProperty] = ()
    owner: Reference | None = None
    contact: Sequence[ContactPoint] = ()
    url: str | None = None
    _url: Element | None = None
    onlineInformation: str | None = None
    _onlineInformation: Element | None = None
    note: Sequence[Annotation] = ()
    quantity: Quantity | None = None
    parentDevice: Reference | None = None
    material: Sequence[DeviceDefinitionMaterial] = ()
    classification: Sequence[DeviceDefinitionClassification] = ()
    bodySite: CodeableConcept | None = None


class DeviceDefinitionUdiDeviceIdentifier(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    deviceIdentifier: str | None = None
    _deviceIdentifier: Element | None = None
    issuer: str | None = None
    _issuer: Element | None = None
    jurisdiction: str | None = None
    _jurisdiction: Element | None = None


class DeviceDefinitionDeviceName(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    type: str | None = None
    _type: Element | None = None


class DeviceDefinitionSpecialization(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    systemType: str | None = None
    _systemType: Element | None = None
    version: str | None = None
    _version: Element | None = None


class DeviceDefinitionCapability(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    description: Sequence[CodeableConcept] = ()


class DeviceDefinitionProperty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueQuantity: Sequence[Quantity] = ()
    valueCode: Sequence[CodeableConcept] = ()


class DeviceDefinitionMaterial(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    substance: CodeableConcept | None = None
    alternate: bool | None = None
    _alternate: Element | None = None
    allergenicIndicator: bool | None = None
    _allergenicIndicator: Element | None = None


class DeviceDefinitionClassification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    justification: Sequence[RelatedArtifact] = ()


class DeviceMetric(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DeviceMetric"):
    resourceType: ClassVar[str] = "DeviceMetric"
    identifier: Sequence[Identifier] = ()
    type: CodeableConcept | None = None
    unit: CodeableConcept | None = None
    source: Reference | None = None
    parent: Reference | None = None
    operationalStatus: str | None = None
    _operationalStatus: Element | None = None
    color: str | None = None
    _color: Element | None = None
    category: str | None = None
    _category: Element | None = None
    measurementPeriod: Timing | None = None
    calibration: Sequence[DeviceMetricCalibration] = ()


class DeviceMetricCalibration(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    state: str | None = None
    _state: Element | None = None
    time: str | None = None
    _time: Element | None = None


class DeviceRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DeviceRequest"):
    resourceType: ClassVar[str] = "DeviceRequest"
    identifier: Sequence[Identifier] = ()
    instantiatesCanonical: Sequence[str | None] = ()
    _instantiatesCanonical: Sequence[Element | None] = ()
    instantiatesUri: Sequence[str | None] = ()
    _instantiatesUri: Sequence[Element | None] = ()
    basedOn: Sequence[Reference] = ()
    priorRequest: Sequence[Reference] = ()
    groupIdentifier: Identifier | None = None
    status: str | None = None
    _status: Element | None = None
    intent: str | None = None
    _intent: Element | None = None
    priority: str | None = None
    _priority: Element | None = None
    codeReference: Reference | None = None
    codeCodeableConcept: CodeableConcept | None = None
    parameter: Sequence[DeviceRequestParameter] = ()
    subject: Reference | None = None
    encounter: Reference | None = None
    occurrenceDateTime: str | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    authoredOn: str | None = None
    _authoredOn: Element | None = None
    requester: Reference | None = None
    performerType: CodeableConcept | None = None
    performer: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    insurance: Sequence[Reference] = ()
    supportingInfo: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    relevantHistory: Sequence[Reference] = ()


class DeviceRequestParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueQuantity: Quantity | None = None
    valueRange: Range | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None


class DeviceUseStatement(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DeviceUseStatement"):
    resourceType: ClassVar[str] = "DeviceUseStatement"
    identifier: Sequence[Identifier] = ()
    basedOn: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    subject: Reference | None = None
    derivedFrom: Sequence[Reference] = ()
    timingTiming: Timing | None = None
    timingPeriod: Period | None = None
    timingDateTime: str | None = None
    _timingDateTime: Element | None = None
    recordedOn: str | None = None
    _recordedOn: Element | None = None
    source: Reference | None = None
    device: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    bodySite: CodeableConcept | None = None
    note: Sequence[Annotation] = ()


class DiagnosticReport(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DiagnosticReport"):
    resourceType: ClassVar[str] = "DiagnosticReport"
    identifier: Sequence[Identifier] = ()
    basedOn: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    category: Sequence[CodeableConcept] = ()
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    effectiveDateTime: str | None = None
    _effectiveDateTime: Element | None = None
    effectivePeriod: Period | None = None
    issued: str | None = None
    _issued: Element | None = None
    performer: Sequence[Reference] = ()
    resultsInterpreter: Sequence[Reference] = ()
    specimen: Sequence[Reference] = ()
    result: Sequence[Reference] = ()
    imagingStudy: Sequence[Reference] = ()
    media: Sequence[DiagnosticReportMedia] = ()
    conclusion: str | None = None
    _conclusion: Element | None = None
    conclusionCode: Sequence[CodeableConcept] = ()
    presentedForm: Sequence[Attachment] = ()


class DiagnosticReportMedia(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    comment: str | None = None
    _comment: Element | None = None
    link: Reference | None = None


class DocumentManifest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DocumentManifest"):
    resourceType: ClassVar[str] = "DocumentManifest"
    masterIdentifier: Identifier | None = None
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    subject: Reference | None = None
    created: str | None = None
    _created: Element | None = None
    author: Sequence[Reference] = ()
    recipient: Sequence[Reference] = ()
    source: str | None = None
    _source: Element | None = None
    description: str | None = None
    _description: Element | None = None
    content: Sequence[Reference] = ()
    related: Sequence[DocumentManifestRelated] = ()


class DocumentManifestRelated(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    ref: Reference | None = None


class DocumentReference(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DocumentReference"):
    resourceType: ClassVar[str] = "DocumentReference"
    masterIdentifier: Identifier | None = None
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    docStatus: str | None = None
    _docStatus: Element | None = None
    type: CodeableConcept | None = None
    category: Sequence[CodeableConcept] = ()
    subject: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    author: Sequence[Reference] = ()
    authenticator: Reference | None = None
    custodian: Reference | None = None
    relatesTo: Sequence[DocumentReferenceRelatesTo] = ()
    description: str | None = None
    _description: Element | None = None
    securityLabel: Sequence[CodeableConcept] = ()
    content: Sequence[DocumentReferenceContent] = ()
    context: DocumentReferenceContext | None = None


class DocumentReferenceRelatesTo(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    target: Reference | None = None


class DocumentReferenceContent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    attachment: Attachment | None = None
    format: Coding | None = None


class DocumentReferenceContext(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    encounter: Sequence[Reference] = ()
    event: Sequence[CodeableConcept] = ()
    period: Period | None = None
    facilityType: CodeableConcept | None = None
    practiceSetting: CodeableConcept | None = None
    sourcePatientInfo: Reference | None = None
    related: Sequence[Reference] = ()


class EffectEvidenceSynthesis(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EffectEvidenceSynthesis"):
    resourceType: ClassVar[str] = "EffectEvidenceSynthesis"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    note: Sequence[Annotation] = ()
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    synthesisType: CodeableConcept | None = None
    studyType: CodeableConcept | None = None
    population: Reference | None = None
    exposure: Reference | None = None
    exposureAlternative: Reference | None = None
    outcome: Reference | None = None
    sampleSize: EffectEvidenceSynthesisSampleSize | None = None
    resultsByExposure: Sequence[EffectEvidenceSynthesisResultsByExposure] = ()
    effectEstimate: Sequence[EffectEvidenceSynthesisEffectEstimate] = ()
    certainty: Sequence[EffectEvidenceSynthesisCertainty] = ()


class EffectEvidenceSynthesisSampleSize(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    numberOfStudies: Integer | None = None
    _numberOfStudies: Element | None = None
    numberOfParticipants: Integer | None = None
    _numberOfParticipants: Element | None = None


class EffectEvidenceSynthesisResultsByExposure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    exposureState: str | None = None
    _exposureState: Element | None = None
    variantState: CodeableConcept | None = None
    riskEvidenceSynthesis: Reference | None = None


class EffectEvidenceSynthesisEffectEstimate(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    type: CodeableConcept | None = None
    variantState: CodeableConcept | None = None
    value: Decimal | None = None
    _value: Element | None = None
    unitOfMeasure: CodeableConcept | None = None
    precisionEstimate: Sequence[EffectEvidenceSynthesisEffectEstimatePrecisionEstimate] = ()


class EffectEvidenceSynthesisEffectEstimatePrecisionEstimate(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"from_": "from"}):
    type: CodeableConcept | None = None
    level: Decimal | None = None
    _level: Element | None = None
    from_: Decimal | None = None
    _from: Element | None = None
    to: Decimal | None = None
    _to: Element | None = None


class EffectEvidenceSynthesisCertainty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    rating: Sequence[CodeableConcept] = ()
    note: Sequence[Annotation] = ()
    certaintySubcomponent: Sequence[EffectEvidenceSynthesisCertaintyCertaintySubcomponent] = ()


class EffectEvidenceSynthesisCertaintyCertaintySubcomponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    rating: Sequence[CodeableConcept] = ()
    note: Sequence[Annotation] = ()


class Encounter(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Encounter", rename={"class_": "class"}):
    resourceType: ClassVar[str] = "Encounter"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    statusHistory: Sequence[EncounterStatusHistory] = ()
    class_: Coding | None = None
    classHistory: Sequence[EncounterClassHistory] = ()
    type: Sequence[CodeableConcept] = ()
    serviceType: CodeableConcept | None = None
    priority: CodeableConcept | None = None
    subject: Reference | None = None
    episodeOfCare: Sequence[Reference] = ()
    basedOn: Sequence[Reference] = ()
    participant: Sequence[EncounterParticipant] = ()
    appointment: Sequence[Reference] = ()
    period: Period | None = None
    length: Duration | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    diagnosis: Sequence[EncounterDiagnosis] = ()
    account: Sequence[Reference] = ()
    hospitalization: EncounterHospitalization | None = None
    location: Sequence[EncounterLocation] = ()
    serviceProvider: Reference | None = None
    partOf: Reference | None = None


class EncounterStatusHistory(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    status: str | None = None
    _status: Element | None = None
    period: Period | None = None


class EncounterClassHistory(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"class_": "class"}):
    class_: Coding | None = None
    period: Period | None = None


class EncounterParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Sequence[CodeableConcept] = ()
    period: Period | None = None
    individual: Reference | None = None


class EncounterDiagnosis(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    condition: Reference | None = None
    use: CodeableConcept | None = None
    rank: PositiveInt | None = None
    _rank: Element | None = None


class EncounterHospitalization(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    preAdmissionIdentifier: Identifier | None = None
    origin: Reference | None = None
    admitSource: CodeableConcept | None = None
    reAdmission: CodeableConcept | None = None
    dietPreference: Sequence[CodeableConcept] = ()
    specialCourtesy: Sequence[CodeableConcept] = ()
    specialArrangement: Sequence[CodeableConcept] = ()
    destination: Reference | None = None
    dischargeDisposition: CodeableConcept | None = None


class EncounterLocation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    location: Reference | None = None
    status: str | None = None
    _status: Element | None = None
    physicalType: CodeableConcept | None = None
    period: Period | None = None


class Endpoint(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Endpoint"):
    resourceType: ClassVar[str] = "Endpoint"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    connectionType: Coding | None = None
    name: str | None = None
    _name: Element | None = None
    managingOrganization: Reference | None = None
    contact: Sequence[ContactPoint] = ()
    period: Period | None = None
    payloadType: Sequence[CodeableConcept] = ()
    payloadMimeType: Sequence[str | None] = ()
    _payloadMimeType: Sequence[Element | None] = ()
    address: str | None = None
    _address: Element | None = None
    header: Sequence[str | None] = ()
    _header: Sequence[Element | None] = ()


class EnrollmentRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EnrollmentRequest"):
    resourceType: ClassVar[str] = "EnrollmentRequest"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    created: str | None = None
    _created: Element | None = None
    insurer: Reference | None = None
    provider: Reference | None = None
    candidate: Reference | None = None
    coverage: Reference | None = None


class EnrollmentResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EnrollmentResponse"):
    resourceType: ClassVar[str] = "EnrollmentResponse"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    request: Reference | None = None
    outcome: str | None = None
    _outcome: Element | None = None
    disposition: str | None = None
    _disposition: Element | None = None
    created: str | None = None
    _created: Element | None = None
    organization: Reference | None = None
    requestProvider: Reference | None = None


class EpisodeOfCare(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EpisodeOfCare"):
    resourceType: ClassVar[str] = "EpisodeOfCare"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    statusHistory: Sequence[EpisodeOfCareStatusHistory] = ()
    type: Sequence[CodeableConcept] = ()
    diagnosis: Sequence[EpisodeOfCareDiagnosis] = ()
    patient: Reference | None = None
    managingOrganization: Reference | None = None
    period: Period | None = None
    referralRequest: Sequence[Reference] = ()
    careManager: Reference | None = None
    team: Sequence[Reference] = ()
    account: Sequence[Reference] = ()


class EpisodeOfCareStatusHistory(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    status: str | None = None
    _status: Element | None = None
    period: Period | None = None


class EpisodeOfCareDiagnosis(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    condition: Reference | None = None
    role: CodeableConcept | None = None
    rank: PositiveInt | None = None
    _rank: Element | None = None


class EventDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EventDefinition"):
    resourceType: ClassVar[str] = "EventDefinition"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    subtitle: str | None = None
    _subtitle: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    usage: str | None = None
    _usage: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    trigger: Sequence[TriggerDefinition] = ()


class Evidence(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Evidence"):
    resourceType: ClassVar[str] = "Evidence"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    shortTitle: str | None = None
    _shortTitle: Element | None = None
    subtitle: str | None = None
    _subtitle: Element | None = None
    status: str | None = None
    _status: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    note: Sequence[Annotation] = ()
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    exposureBackground: Reference | None = None
    exposureVariant: Sequence[Reference] = ()
    outcome: Sequence[Reference] = ()


class EvidenceVariable(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EvidenceVariable"):
    resourceType: ClassVar[str] = "EvidenceVariable"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    shortTitle: str | None = None
    _shortTitle: Element | None = None
    subtitle: str | None = None
    _subtitle: Element | None = None
    status: str | None = None
    _status: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    note: Sequence[Annotation] = ()
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    type: str | None = None
    _type: Element | None = None
    characteristic: Sequence[EvidenceVariableCharacteristic] = ()


class EvidenceVariableCharacteristic(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    linkId: str | None = None
    _linkId: Element | None = None
    description: str | None = None
    _description: Element | None = None
    note: Sequence[Annotation] = ()
    exclude: bool | None = None
    _exclude: Element | None = None
    definitionReference: Reference | None = None
    definitionCanonical: str | None = None
    _definitionCanonical: Element | None = None
    definitionCodeableConcept: CodeableConcept | None = None
    definitionExpression: Expression | None = None
    definitionId: str | None = None
    _definitionId: Element | None = None
    definitionByTypeAndValue: EvidenceVariableCharacteristicDefinitionByTypeAndValue | None = None
    definitionByCombination: EvidenceVariableCharacteristicDefinitionByCombination | None = None
    instancesQuantity: Quantity | None = None
    instancesRange: Range | None = None
    durationQuantity: Quantity | None = None
    durationRange: Range | None = None
    timeFromEvent: Sequence[EvidenceVariableCharacteristicTimeFromEvent] = ()


class EvidenceVariableCharacteristicDefinitionByTypeAndValue(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    method: Sequence[CodeableConcept] = ()
    device: Reference | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueQuantity: Quantity | None = None
    valueRange: Range | None = None
    valueReference: Reference | None = None
    valueId: str | None = None
    _valueId: Element | None = None
    offset: CodeableConcept | None = None


class EvidenceVariableCharacteristicDefinitionByCombination(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    threshold: PositiveInt | None = None
    _threshold: Element | None = None
    characteristic: Sequence[EvidenceVariableCharacteristic] = ()


class EvidenceVariableCharacteristicTimeFromEvent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    note: Sequence[Annotation] = ()
    eventCodeableConcept: CodeableConcept | None = None
    eventReference: Reference | None = None
    eventDateTime: str | None = None
    _eventDateTime: Element | None = None
    eventId: str | None = None
    _eventId: Element | None = None
    quantity: Quantity | None = None
    range: Range | None = None


class ExampleScenario(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ExampleScenario"):
    resourceType: ClassVar[str] = "ExampleScenario"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    copyright: str | None = None
    _copyright: Element | None = None
    purpose: str | None = None
    _purpose: Element | None = None
    actor: Sequence[ExampleScenarioActor] = ()
    instance: Sequence[ExampleScenarioInstance] = ()
    process: Sequence[ExampleScenarioProcess] = ()
    workflow: Sequence[str | None] = ()
    _workflow: Sequence[Element | None] = ()


class ExampleScenarioActor(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    actorId: str | None = None
    _actorId: Element | None = None
    type: str | None = None
    _type: Element | None = None
    name: str | None = None
    _name: Element | None = None
    description: str | None = None
    _description: Element | None = None


class ExampleScenarioInstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    resourceId: str | None = None
    _resourceId: Element | None = None
    resourceType: str | None = None
    _resourceType: Element | None = None
    name: str | None = None
    _name: Element | None = None
    description: str | None = None
    _description: Element | None = None
    version: Sequence[ExampleScenarioInstanceVersion] = ()
    containedInstance: Sequence[ExampleScenarioInstanceContainedInstance] = ()


class ExampleScenarioInstanceVersion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    versionId: str | None = None
    _versionId: Element | None = None
    description: str | None = None
    _description: Element | None = None


class ExampleScenarioInstanceContainedInstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    resourceId: str | None = None
    _resourceId: Element | None = None
    versionId: str | None = None
    _versionId: Element | None = None


class ExampleScenarioProcess(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    title: str | None = None
    _title: Element | None = None
    description: str | None = None
    _description: Element | None = None
    preConditions: str | None = None
    _preConditions: Element | None = None
    postConditions: str | None = None
    _postConditions: Element | None = None
    step: Sequence[ExampleScenarioProcessStep] = ()


class ExampleScenarioProcessStep(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    process: Sequence[ExampleScenarioProcess] = ()
    pause: bool | None = None
    _pause: Element | None = None
    operation: ExampleScenarioProcessStepOperation | None = None
    alternative: Sequence[ExampleScenarioProcessStepAlternative] = ()


class ExampleScenarioProcessStepOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    number: str | None = None
    _number: Element | None = None
    type: str | None = None
    _type: Element | None = None
    name: str | None = None
    _name: Element | None = None
    initiator: str | None = None
    _initiator: Element | None = None
    receiver: str | None = None
    _receiver: Element | None = None
    description: str | None = None
    _description: Element | None = None
    initiatorActive: bool | None = None
    _initiatorActive: Element | None = None
    receiverActive: bool | None = None
    _receiverActive: Element | None = None
    request: ExampleScenarioInstanceContainedInstance | None = None
    response: ExampleScenarioInstanceContainedInstance | None = None


class ExampleScenarioProcessStepAlternative(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    title: str | None = None
    _title: Element | None = None
    description: str | None = None
    _description: Element | None = None
    step: Sequence[ExampleScenarioProcessStep] = ()


class ExplanationOfBenefit(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ExplanationOfBenefit"):
    resourceType: ClassVar[str] = "ExplanationOfBenefit"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    subType: CodeableConcept | None = None
    use: str | None = None
    _use: Element | None = None
    patient: Reference | None = None
    billablePeriod: Period | None = None
    created: str | None = None
    _created: Element | None = None
    enterer: Reference | None = None
    insurer: Reference | None = None
    provider: Reference | None = None
    priority: CodeableConcept | None = None
    fundsReserveRequested: CodeableConcept | None = None
    fundsReserve: CodeableConcept | None = None
    related: Sequence[ExplanationOfBenefitRelated] = ()
    prescription: Reference | None = None
    originalPrescription: Reference | None = None
    payee: ExplanationOfBenefitPayee | None = None
    referral: Reference | None = None
    facility: Reference | None = None
    claim: Reference | None = None
    claimResponse: Reference | None = None
    outcome: str | None = None
    _outcome: Element | None = None
    disposition: str | None = None
    _disposition: Element | None = None
    preAuthRef: Sequence[str | None] = ()
    _preAuthRef: Sequence[Element | None] = ()
    preAuthRefPeriod: Sequence[Period] = ()
    careTeam: Sequence[ExplanationOfBenefitCareTeam] = ()
    supportingInfo: Sequence[ExplanationOfBenefitSupportingInfo] = ()
    diagnosis: Sequence[ExplanationOfBenefitDiagnosis] = ()
    procedure: Sequence[ExplanationOfBenefitProcedure] = ()
    precedence: PositiveInt | None = None
    _precedence: Element | None = None
    insurance: Sequence[ExplanationOfBenefitInsurance] = ()
    accident: ExplanationOfBenefitAccident | None = None
    item: Sequence[ExplanationOfBenefitItem] = ()
    addItem: Sequence[ExplanationOfBenefitAddItem] = ()
    adjudication: Sequence[ExplanationOfBenefitItemAdjudication] = ()
    total: Sequence[ExplanationOfBenefitTotal] = ()
    payment: ExplanationOfBenefitPayment | None = None
    formCode: CodeableConcept | None = None
    form: Attachment | None = None
    processNote: Sequence[ExplanationOfBenefitProcessNote] = ()
    benefitPeriod: Period | None = None
    benefitBalance: Sequence[ExplanationOfBenefitBenefitBalance] = ()


class ExplanationOfBenefitRelated(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    claim: Reference | None = None
    relationship: CodeableConcept | None = None
    reference: Identifier | None = None


class ExplanationOfBenefitPayee(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    party: Reference | None = None


class ExplanationOfBenefitCareTeam(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    provider: Reference | None = None
    responsible: bool | None = None
    _responsible: Element | None = None
    role: CodeableConcept | None = None
    qualification: CodeableConcept | None = None


class ExplanationOfBenefitSupportingInfo(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    category: CodeableConcept | None = None
    code: CodeableConcept | None = None
    timingDate: str | None = None
    _timingDate: Element | None = None
    timingPeriod: Period | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueQuantity: Quantity | None = None
    valueAttachment: Attachment | None = None
    valueReference: Reference | None = None
    reason: Coding | None = None


class ExplanationOfBenefitDiagnosis(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    diagnosisCodeableConcept: CodeableConcept | None = None
    diagnosisReference: Reference | None = None
    type: Sequence[CodeableConcept] = ()
    onAdmission: CodeableConcept | None = None
    packageCode: CodeableConcept | None = None


class ExplanationOfBenefitProcedure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    type: Sequence[CodeableConcept] = ()
    date: str | None = None
    _date: Element | None = None
    procedureCodeableConcept: CodeableConcept | None = None
    procedureReference: Reference | None = None
    udi: Sequence[Reference] = ()


class ExplanationOfBenefitInsurance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    focal: bool | None = None
    _focal: Element | None = None
    coverage: Reference | None = None
    preAuthRef: Sequence[str | None] = ()
    _preAuthRef: Sequence[Element | None] = ()


class ExplanationOfBenefitAccident(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    date: str | None = None
    _date: Element | None = None
    type: CodeableConcept | None = None
    locationAddress: Address | None = None
    locationReference: Reference | None = None


class ExplanationOfBenefitItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    careTeamSequence: Sequence[PositiveInt | None] = ()
    _careTeamSequence: Sequence[Element | None] = ()
    diagnosisSequence: Sequence[PositiveInt | None] = ()
    _diagnosisSequence: Sequence[Element | None] = ()
    procedureSequence: Sequence[PositiveInt | None] = ()
    _procedureSequence: Sequence[Element | None] = ()
    informationSequence: Sequence[PositiveInt | None] = ()
    _informationSequence: Sequence[Element | None] = ()
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    programCode: Sequence[CodeableConcept] = ()
    servicedDate: str | None = None
    _servicedDate: Element | None = None
    servicedPeriod: Period | None = None
    locationCodeableConcept: CodeableConcept | None = None
    locationAddress: Address | None = None
    locationReference: Reference | None = None
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    udi: Sequence[Reference] = ()
    bodySite: CodeableConcept | None = None
    subSite: Sequence[CodeableConcept] = ()
    encounter: Sequence[Reference] = ()
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ExplanationOfBenefitItemAdjudication] = ()
    detail: Sequence[ExplanationOfBenefitItemDetail] = ()


class ExplanationOfBenefitItemAdjudication(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    reason: CodeableConcept | None = None
    amount: Money | None = None
    value: Decimal | None = None
    _value: Element | None = None


class ExplanationOfBenefitItemDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    programCode: Sequence[CodeableConcept] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    udi: Sequence[Reference] = ()
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ExplanationOfBenefitItemAdjudication] = ()
    subDetail: Sequence[ExplanationOfBenefitItemDetailSubDetail] = ()


class ExplanationOfBenefitItemDetailSubDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    programCode: Sequence[CodeableConcept] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    udi: Sequence[Reference] = ()
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ExplanationOfBenefitItemAdjudication] = ()


class ExplanationOfBenefitAddItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemSequence: Sequence[PositiveInt | None] = ()
    _itemSequence: Sequence[Element | None] = ()
    detailSequence: Sequence[PositiveInt | None] = ()
    _detailSequence: Sequence[Element | None] = ()
    subDetailSequence: Sequence[PositiveInt | None] = ()
    _subDetailSequence: Sequence[Element | None] = ()
    provider: Sequence[Reference] = ()
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    programCode: Sequence[CodeableConcept] = ()
    servicedDate: str | None = None
    _servicedDate: Element | None = None
    servicedPeriod: Period | None = None
    locationCodeableConcept: CodeableConcept | None = None
    locationAddress: Address | None = None
    locationReference: Reference | None = None
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    bodySite: CodeableConcept | None = None
    subSite: Sequence[CodeableConcept] = ()
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ExplanationOfBenefitItemAdjudication] = ()
    detail: Sequence[ExplanationOfBenefitAddItemDetail] = ()


class ExplanationOfBenefitAddItemDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ExplanationOfBenefitItemAdjudication] = ()
    subDetail: Sequence[ExplanationOfBenefitAddItemDetailSubDetail] = ()


class ExplanationOfBenefitAddItemDetailSubDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    productOrService: CodeableConcept | None = None
    modifier: Sequence[CodeableConcept] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    noteNumber: Sequence[PositiveInt | None] = ()
    _noteNumber: Sequence[Element | None] = ()
    adjudication: Sequence[ExplanationOfBenefitItemAdjudication] = ()


class ExplanationOfBenefitTotal(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    amount: Money | None = None


class ExplanationOfBenefitPayment(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    adjustment: Money | None = None
    adjustmentReason: CodeableConcept | None = None
    date: str | None = None
    _date: Element | None = None
    amount: Money | None = None
    identifier: Identifier | None = None


class ExplanationOfBenefitProcessNote(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    number: PositiveInt | None = None
    _number: Element | None = None
    type: str | None = None
    _type: Element | None = None
    text: str | None = None
    _text: Element | None = None
    language: CodeableConcept | None = None


class ExplanationOfBenefitBenefitBalance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    excluded: bool | None = None
    _excluded: Element | None = None
    name: str | None = None
    _name: Element | None = None
    description: str | None = None
    _description: Element | None = None
    network: CodeableConcept | None = None
    unit: CodeableConcept | None = None
    term: CodeableConcept | None = None
    financial: Sequence[ExplanationOfBenefitBenefitBalanceFinancial] = ()


class ExplanationOfBenefitBenefitBalanceFinancial(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    allowedUnsignedInt: UnsignedInt | None = None
    _allowedUnsignedInt: Element | None = None
    allowedString: str | None = None
    _allowedString: Element | None = None
    allowedMoney: Money | None = None
    usedUnsignedInt: UnsignedInt | None = None
    _usedUnsignedInt: Element | None = None
    usedMoney: Money | None = None


class FamilyMemberHistory(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="FamilyMemberHistory"):
    resourceType: ClassVar[str] = "FamilyMemberHistory"
    identifier: Sequence[Identifier] = ()
    instantiatesCanonical: Sequence[str | None] = ()
    _instantiatesCanonical: Sequence[Element | None] = ()
    instantiatesUri: Sequence[str | None] = ()
    _instantiatesUri: Sequence[Element | None] = ()
    status: str | None = None
    _status: Element | None = None
    dataAbsentReason: CodeableConcept | None = None
    patient: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    name: str | None = None
    _name: Element | None = None
    relationship: CodeableConcept | None = None
    sex: CodeableConcept | None = None
    bornPeriod: Period | None = None
    bornDate: str | None = None
    _bornDate: Element | None = None
    bornString: str | None = None
    _bornString: Element | None = None
    ageAge: Age | None = None
    ageRange: Range | None = None
    ageString: str | None = None
    _ageString: Element | None = None
    estimatedAge: bool | None = None
    _estimatedAge: Element | None = None
    deceasedBoolean: bool | None = None
    _deceasedBoolean: Element | None = None
    deceasedAge: Age | None = None
    deceasedRange: Range | None = None
    deceasedDate: str | None = None
    _deceasedDate: Element | None = None
    deceasedString: str | None = None
    _deceasedString: Element | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    condition: Sequence[FamilyMemberHistoryCondition] = ()


class FamilyMemberHistoryCondition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    outcome: CodeableConcept | None = None
    contributedToDeath: bool | None = None
    _contributedToDeath: Element | None = None
    onsetAge: Age | None = None
    onsetRange: Range | None = None
    onsetPeriod: Period | None = None
    onsetString: str | None = None
    _onsetString: Element | None = None
    note: Sequence[Annotation] = ()


class Flag(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Flag"):
    resourceType: ClassVar[str] = "Flag"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    category: Sequence[CodeableConcept] = ()
    code: CodeableConcept | None = None
    subject: Reference | None = None
    period: Period | None = None
    encounter: Reference | None = None
    author: Reference | None = None


class Goal(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Goal"):
    resourceType: ClassVar[str] = "Goal"
    identifier: Sequence[Identifier] = ()
    lifecycleStatus: str | None = None
    _lifecycleStatus: Element | None = None
    achievementStatus: CodeableConcept | None = None
    category: Sequence[CodeableConcept] = ()
    priority: CodeableConcept | None = None
    description: CodeableConcept | None = None
    subject: Reference | None = None
    startDate: str | None = None
    _startDate: Element | None = None
    startCodeableConcept: CodeableConcept | None = None
    target: Sequence[GoalTarget] = ()
    statusDate: str | None = None
    _statusDate: Element | None = None
    statusReason: str | None = None
    _statusReason: Element | None = None
    expressedBy: Reference | None = None
    addresses: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    outcomeCode: Sequence[CodeableConcept] = ()
    outcomeReference: Sequence[Reference] = ()


class GoalTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    measure: CodeableConcept | None = None
    detailQuantity: Quantity | None = None
    detailRange: Range | None = None
    detailCodeableConcept: CodeableConcept | None = None
    detailString: str | None = None
    _detailString: Element | None = None
    detailBoolean: bool | None = None
    _detailBoolean: Element | None = None
    detailInteger: Integer | None = None
    _detailInteger: Element | None = None
    detailRatio: Ratio | None = None
    dueDate: str | None = None
    _dueDate: Element | None = None
    dueDuration: Duration | None = None


class GraphDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="GraphDefinition"):
    resourceType: ClassVar[str] = "GraphDefinition"
    url: str | None = None
    _url: Element | None = None
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    start: str | None = None
    _start: Element | None = None
    profile: str | None = None
    _profile: Element | None = None
    link: Sequence[GraphDefinitionLink] = ()


class GraphDefinitionLink(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: str | None = None
    _path: Element | None = None
    sliceName: str | None = None
    _sliceName: Element | None = None
    min: Integer | None = None
    _min: Element | None = None
    max: str | None = None
    _max: Element | None = None
    description: str | None = None
    _description: Element | None = None
    target: Sequence[GraphDefinitionLinkTarget] = ()


class GraphDefinitionLinkTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    params: str | None = None
    _params: Element | None = None
    profile: str | None = None
    _profile: Element | None = None
    compartment: Sequence[GraphDefinitionLinkTargetCompartment] = ()
    link: Sequence[GraphDefinitionLink] = ()


class GraphDefinitionLinkTargetCompartment(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    use: str | None = None
    _use: Element | None = None
    code: str | None = None
    _code: Element | None = None
    rule: str | None = None
    _rule: Element | None = None
    expression: str | None = None
    _expression: Element | None = None
    description: str | None = None
    _description: Element | None = None


class Group(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Group"):
    resourceType: ClassVar[str] = "Group"
    identifier: Sequence[Identifier] = ()
    active: bool | None = None
    _active: Element | None = None
    type: str | None = None
    _type: Element | None = None
    actual: bool | None = None
    _actual: Element | None = None
    code: CodeableConcept | None = None
    name: str | None = None
    _name: Element | None = None
    quantity: UnsignedInt | None = None
    _quantity: Element | None = None
    managingEntity: Reference | None = None
    characteristic: Sequence[GroupCharacteristic] = ()
    member: Sequence[GroupMember] = ()


class GroupCharacteristic(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueQuantity: Quantity | None = None
    valueRange: Range | None = None
    valueReference: Reference | None = None
    exclude: bool | None = None
    _exclude: Element | None = None
    period: Period | None = None


class GroupMember(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    entity: Reference | None = None
    period: Period | None = None
    inactive: bool | None = None
    _inactive: Element | None = None


class GuidanceResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="GuidanceResponse"):
    resourceType: ClassVar[str] = "GuidanceResponse"
    requestIdentifier: Identifier | None = None
    identifier: Sequence[Identifier] = ()
    moduleUri: str | None = None
    _moduleUri: Element | None = None
    moduleCanonical: str | None = None
    _moduleCanonical: Element | None = None
    moduleCodeableConcept: CodeableConcept | None = None
    status: str | None = None
    _status: Element | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    occurrenceDateTime: str | None = None
    _occurrenceDateTime: Element | None = None
    performer: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    evaluationMessage: Sequence[Reference] = ()
    outputParameters: Reference | None = None
    result: Reference | None = None
    dataRequirement: Sequence[DataRequirement] = ()


class HealthcareService(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="HealthcareService"):
    resourceType: ClassVar[str] = "HealthcareService"
    identifier: Sequence[Identifier] = ()
    active: bool | None = None
    _active: Element | None = None
    providedBy: Reference | None = None
    offeredIn: Sequence[Reference] = ()
    category: Sequence[CodeableConcept] = ()
    type: Sequence[CodeableConcept] = ()
    specialty: Sequence[CodeableConcept] = ()
    location: Sequence[Reference] = ()
    name: str | None = None
    _name: Element | None = None
    comment: str | None = None
    _comment: Element | None = None
    extraDetails: str | None = None
    _extraDetails: Element | None = None
    photo: Attachment | None = None
    telecom: Sequence[ContactPoint] = ()
    coverageArea: Sequence[Reference] = ()
    serviceProvisionCode: Sequence[CodeableConcept] = ()
    eligibility: Sequence[HealthcareServiceEligibility] = ()
    program: Sequence[CodeableConcept] = ()
    characteristic: Sequence[CodeableConcept] = ()
    communication: Sequence[CodeableConcept] = ()
    referralMethod: Sequence[CodeableConcept] = ()
    appointmentRequired: bool | None = None
    _appointmentRequired: Element | None = None
    availableTime: Sequence[HealthcareServiceAvailableTime] = ()
    notAvailable: Sequence[HealthcareServiceNotAvailable] = ()
    availabilityExceptions: str | None = None
    _availabilityExceptions: Element | None = None
    endpoint: Sequence[Reference] = ()


class HealthcareServiceEligibility(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    comment: str | None = None
    _comment: Element | None = None


class HealthcareServiceAvailableTime(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    daysOfWeek: Sequence[str | None] = ()
    _daysOfWeek: Sequence[Element | None] = ()
    allDay: bool | None = None
    _allDay: Element | None = None
    availableStartTime: str | None = None
    _availableStartTime: Element | None = None
    availableEndTime: str | None = None
    _availableEndTime: Element | None = None


class HealthcareServiceNotAvailable(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    during: Period | None = None


class ImagingStudy(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ImagingStudy"):
    resourceType: ClassVar[str] = "ImagingStudy"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    modality: Sequence[Coding] = ()
    subject: Reference | None = None
    encounter: Reference | None = None
    started: str | None = None
    _started: Element | None = None
    basedOn: Sequence[Reference] = ()
    referrer: Reference | None = None
    interpreter: Sequence[Reference] = ()
    endpoint: Sequence[Reference] = ()
    numberOfSeries: UnsignedInt | None = None
    _numberOfSeries: Element | None = None
    numberOfInstances: UnsignedInt | None = None
    _numberOfInstances: Element | None = None
    procedureReference: Reference | None = None
    procedureCode: Sequence[CodeableConcept] = ()
    location: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    description: str | None = None
    _description: Element | None = None
    series: Sequence[ImagingStudySeries] = ()


class ImagingStudySeries(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    uid: str | None = None
    _uid: Element | None = None
    number: UnsignedInt | None = None
    _number: Element | None = None
    modality: Coding | None = None
    description: str | None = None
    _description: Element | None = None
    numberOfInstances: UnsignedInt | None = None
    _numberOfInstances: Element | None = None
    endpoint: Sequence[Reference] = ()
    bodySite: Coding | None = None
    laterality: Coding | None = None
    specimen: Sequence[Reference] = ()
    started: str | None = None
    _started: Element | None = None
    performer: Sequence[ImagingStudySeriesPerformer] = ()
    instance: Sequence[ImagingStudySeriesInstance] = ()


class ImagingStudySeriesPerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None


class ImagingStudySeriesInstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    uid: str | None = None
    _uid: Element | None = None
    sopClass: Coding | None = None
    number: UnsignedInt | None = None
    _number: Element | None = None
    title: str | None = None
    _title: Element | None = None


class Immunization(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Immunization"):
    resourceType: ClassVar[str] = "Immunization"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    vaccineCode: CodeableConcept | None = None
    patient: Reference | None = None
    encounter: Reference | None = None
    occurrenceDateTime: str | None = None
    _occurrenceDateTime: Element | None = None
    occurrenceString: str | None = None
    _occurrenceString: Element | None = None
    recorded: str | None = None
    _recorded: Element | None = None
    primarySource: bool | None = None
    _primarySource: Element | None = None
    reportOrigin: CodeableConcept | None = None
    location: Reference | None = None
    manufacturer: Reference | None = None
    lotNumber: str | None = None
    _lotNumber: Element | None = None
    expirationDate: str | None = None
    _expirationDate: Element | None = None
    site: CodeableConcept | None = None
    route: CodeableConcept | None = None
    doseQuantity: Quantity | None = None
    performer: Sequence[ImmunizationPerformer] = ()
    note: Sequence[Annotation] = ()
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    isSubpotent: bool | None = None
    _isSubpotent: Element | None = None
    subpotentReason: Sequence[CodeableConcept] = ()
    education: Sequence[ImmunizationEducation] = ()
    programEligibility: Sequence[CodeableConcept] = ()
    fundingSource: CodeableConcept | None = None
    reaction: Sequence[ImmunizationReaction] = ()
    protocolApplied: Sequence[ImmunizationProtocolApplied] = ()


class ImmunizationPerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None


class ImmunizationEducation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    documentType: str | None = None
    _documentType: Element | None = None
    reference: str | None = None
    _reference: Element | None = None
    publicationDate: str | None = None
    _publicationDate: Element | None = None
    presentationDate: str | None = None
    _presentationDate: Element | None = None


class ImmunizationReaction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    date: str | None = None
    _date: Element | None = None
    detail: Reference | None = None
    reported: bool | None = None
    _reported: Element | None = None


class ImmunizationProtocolApplied(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    series: str | None = None
    _series: Element | None = None
    authority: Reference | None = None
    targetDisease: Sequence[CodeableConcept] = ()
    doseNumberPositiveInt: PositiveInt | None = None
    _doseNumberPositiveInt: Element | None = None
    doseNumberString: str | None = None
    _doseNumberString: Element | None = None
    seriesDosesPositiveInt: PositiveInt | None = None
    _seriesDosesPositiveInt: Element | None = None
    seriesDosesString: str | None = None
    _seriesDosesString: Element | None = None


class ImmunizationEvaluation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ImmunizationEvaluation"):
    resourceType: ClassVar[str] = "ImmunizationEvaluation"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    patient: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    authority: Reference | None = None
    targetDisease: CodeableConcept | None = None
    immunizationEvent: Reference | None = None
    doseStatus: CodeableConcept | None = None
    doseStatusReason: Sequence[CodeableConcept] = ()
    description: str | None = None
    _description: Element | None = None
    series: str | None = None
    _series: Element | None = None
    doseNumberPositiveInt: PositiveInt | None = None
    _doseNumberPositiveInt: Element | None = None
    doseNumberString: str | None = None
    _doseNumberString: Element | None = None
    seriesDosesPositiveInt: PositiveInt | None = None
    _seriesDosesPositiveInt: Element | None = None
    seriesDosesString: str | None = None
    _seriesDosesString: Element | None = None


class ImmunizationRecommendation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ImmunizationRecommendation"):
    resourceType: ClassVar[str] = "ImmunizationRecommendation"
    identifier: Sequence[Identifier] = ()
    patient: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    authority: Reference | None = None
    recommendation: Sequence[ImmunizationRecommendationRecommendation] = ()


class ImmunizationRecommendationRecommendation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    vaccineCode: Sequence[CodeableConcept] = ()
    targetDisease: CodeableConcept | None = None
    contraindicatedVaccineCode: Sequence[CodeableConcept] = ()
    forecastStatus: CodeableConcept | None = None
    forecastReason: Sequence[CodeableConcept] = ()
    dateCriterion: Sequence[ImmunizationRecommendationRecommendationDateCriterion] = ()
    description: str | None = None
    _description: Element | None = None
    series: str | None = None
    _series: Element | None = None
    doseNumberPositiveInt: PositiveInt | None = None
    _doseNumberPositiveInt: Element | None = None
    doseNumberString: str | None = None
    _doseNumberString: Element | None = None
    seriesDosesPositiveInt: PositiveInt | None = None
    _seriesDosesPositiveInt: Element | None = None
    seriesDosesString: str | None = None
    _seriesDosesString: Element | None = None
    supportingImmunization: Sequence[Reference] = ()
    supportingPatientInformation: Sequence[Reference] = ()


class ImmunizationRecommendationRecommendationDateCriterion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    value: str | None = None
    _value: Element | None = None


class ImplementationGuide(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ImplementationGuide", rename={"global_": "global"}):
    resourceType: ClassVar[str] = "ImplementationGuide"
    url: str | None = None
    _url: Element | None = None
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    copyright: str | None = None
    _copyright: Element | None = None
    packageId: str | None = None
    _packageId: Element | None = None
    license: str | None = None
    _license: Element | None = None
    fhirVersion: Sequence[str | None] = ()
    _fhirVersion: Sequence[Element | None] = ()
    dependsOn: Sequence[ImplementationGuideDependsOn] = ()
    global_: Sequence[ImplementationGuideGlobal] = ()
    definition: ImplementationGuideDefinition | None = None
    manifest: ImplementationGuideManifest | None = None


class ImplementationGuideDependsOn(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    uri: str | None = None
    _uri: Element | None = None
    packageId: str | None = None
    _packageId: Element | None = None
    version: str | None = None
    _version: Element | None = None


class ImplementationGuideGlobal(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    profile: str | None = None
    _profile: Element | None = None


class ImplementationGuideDefinition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    grouping: Sequence[ImplementationGuideDefinitionGrouping] = ()
    resource: Sequence[ImplementationGuideDefinitionResource] = ()
    page: ImplementationGuideDefinitionPage | None = None
    parameter: Sequence[ImplementationGuideDefinitionParameter] = ()
    template: Sequence[ImplementationGuideDefinitionTemplate] = ()


class ImplementationGuideDefinitionGrouping(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    description: str | None = None
    _description: Element | None = None


class ImplementationGuideDefinitionResource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: Reference | None = None
    fhirVersion: Sequence[str | None] = ()
    _fhirVersion: Sequence[Element | None] = ()
    name: str | None = None
    _name: Element | None = None
    description: str | None = None
    _description: Element | None = None
    exampleBoolean: bool | None = None
    _exampleBoolean: Element | None = None
    exampleCanonical: str | None = None
    _exampleCanonical: Element | None = None
    groupingId: str | None = None
    _groupingId: Element | None = None


class ImplementationGuideDefinitionPage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    nameUrl: str | None = None
    _nameUrl: Element | None = None
    nameReference: Reference | None = None
    title: str | None = None
    _title: Element | None = None
    generation: str | None = None
    _generation: Element | None = None
    page: Sequence[ImplementationGuideDefinitionPage] = ()


class ImplementationGuideDefinitionParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    value: str | None = None
    _value: Element | None = None


class ImplementationGuideDefinitionTemplate(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    source: str | None = None
    _source: Element | None = None
    scope: str | None = None
    _scope: Element | None = None


class ImplementationGuideManifest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    rendering: str | None = None
    _rendering: Element | None = None
    resource: Sequence[ImplementationGuideManifestResource] = ()
    page: Sequence[ImplementationGuideManifestPage] = ()
    image: Sequence[str | None] = ()
    _image: Sequence[Element | None] = ()
    other: Sequence[str | None] = ()
    _other: Sequence[Element | None] = ()


class ImplementationGuideManifestResource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: Reference | None = None
    exampleBoolean: bool | None = None
    _exampleBoolean: Element | None = None
    exampleCanonical: str | None = None
    _exampleCanonical: Element | None = None
    relativePath: str | None = None
    _relativePath: Element | None = None


class ImplementationGuideManifestPage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    anchor: Sequence[str | None] = ()
    _anchor: Sequence[Element | None] = ()


class InsurancePlan(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="InsurancePlan"):
    resourceType: ClassVar[str] = "InsurancePlan"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    type: Sequence[CodeableConcept] = ()
    name: str | None = None
    _name: Element | None = None
    alias: Sequence[str | None] = ()
    _alias: Sequence[Element | None] = ()
    period: Period | None = None
    ownedBy: Reference | None = None
    administeredBy: Reference | None = None
    coverageArea: Sequence[Reference] = ()
    contact: Sequence[InsurancePlanContact] = ()
    endpoint: Sequence[Reference] = ()
    network: Sequence[Reference] = ()
    coverage: Sequence[InsurancePlanCoverage] = ()
    plan: Sequence[InsurancePlanPlan] = ()


class InsurancePlanContact(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    purpose: CodeableConcept | None = None
    name: HumanName | None = None
    telecom: Sequence[ContactPoint] = ()
    address: Address | None = None


class InsurancePlanCoverage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    network: Sequence[Reference] = ()
    benefit: Sequence[InsurancePlanCoverageBenefit] = ()


class InsurancePlanCoverageBenefit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    requirement: str | None = None
    _requirement: Element | None = None
    limit: Sequence[InsurancePlanCoverageBenefitLimit] = ()


class InsurancePlanCoverageBenefitLimit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    value: Quantity | None = None
    code: CodeableConcept | None = None


class InsurancePlanPlan(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Sequence[Identifier] = ()
    type: CodeableConcept | None = None
    coverageArea: Sequence[Reference] = ()
    network: Sequence[Reference] = ()
    generalCost: Sequence[InsurancePlanPlanGeneralCost] = ()
    specificCost: Sequence[InsurancePlanPlanSpecificCost] = ()


class InsurancePlanPlanGeneralCost(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    groupSize: PositiveInt | None = None
    _groupSize: Element | None = None
    cost: Money | None = None
    comment: str | None = None
    _comment: Element | None = None


class InsurancePlanPlanSpecificCost(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    benefit: Sequence[InsurancePlanPlanSpecificCostBenefit] = ()


class InsurancePlanPlanSpecificCostBenefit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    cost: Sequence[InsurancePlanPlanSpecificCostBenefitCost] = ()


class InsurancePlanPlanSpecificCostBenefitCost(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    applicability: CodeableConcept | None = None
    qualifiers: Sequence[CodeableConcept] = ()
    value: Quantity | None = None


class Invoice(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Invoice"):
    resourceType: ClassVar[str] = "Invoice"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    cancelledReason: str | None = None
    _cancelledReason: Element | None = None
    type: CodeableConcept | None = None
    subject: Reference | None = None
    recipient: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    participant: Sequence[InvoiceParticipant] = ()
    issuer: Reference | None = None
    account: Reference | None = None
    lineItem: Sequence[InvoiceLineItem] = ()
    totalPriceComponent: Sequence[InvoiceLineItemPriceComponent] = ()
    totalNet: Money | None = None
    totalGross: Money | None = None
    paymentTerms: str | None = None
    _paymentTerms: Element | None = None
    note: Sequence[Annotation] = ()


class InvoiceParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    role: CodeableConcept | None = None
    actor: Reference | None = None


class InvoiceLineItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    chargeItemReference: Reference | None = None
    chargeItemCodeableConcept: CodeableConcept | None = None
    priceComponent: Sequence[InvoiceLineItemPriceComponent] = ()


class InvoiceLineItemPriceComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    code: CodeableConcept | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    amount: Money | None = None


class Library(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Library"):
    resourceType: ClassVar[str] = "Library"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    subtitle: str | None = None
    _subtitle: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    type: CodeableConcept | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    usage: str | None = None
    _usage: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    parameter: Sequence[ParameterDefinition] = ()
    dataRequirement: Sequence[DataRequirement] = ()
    content: Sequence[Attachment] = ()


class Linkage(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Linkage"):
    resourceType: ClassVar[str] = "Linkage"
    active: bool | None = None
    _active: Element | None = None
    author: Reference | None = None
    item: Sequence[LinkageItem] = ()


class LinkageItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    resource: Reference | None = None


class List(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="List"):
    resourceType: ClassVar[str] = "List"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    mode: str | None = None
    _mode: Element | None = None
    title: str | None = None
    _title: Element | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    source: Reference | None = None
    orderedBy: CodeableConcept | None = None
    note: Sequence[Annotation] = ()
    entry: Sequence[ListEntry] = ()
    emptyReason: CodeableConcept | None = None


class ListEntry(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    flag: CodeableConcept | None = None
    deleted: bool | None = None
    _deleted: Element | None = None
    date: str | None = None
    _date: Element | None = None
    item: Reference | None = None


class Location(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Location"):
    resourceType: ClassVar[str] = "Location"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    operationalStatus: Coding | None = None
    name: str | None = None
    _name: Element | None = None
    alias: Sequence[str | None] = ()
    _alias: Sequence[Element | None] = ()
    description: str | None = None
    _description: Element | None = None
    mode: str | None = None
    _mode: Element | None = None
    type: Sequence[CodeableConcept] = ()
    telecom: Sequence[ContactPoint] = ()
    address: Address | None = None
    physicalType: CodeableConcept | None = None
    position: LocationPosition | None = None
    managingOrganization: Reference | None = None
    partOf: Reference | None = None
    hoursOfOperation: Sequence[LocationHoursOfOperation] = ()
    availabilityExceptions: str | None = None
    _availabilityExceptions: Element | None = None
    endpoint: Sequence[Reference] = ()


class LocationPosition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    longitude: Decimal | None = None
    _longitude: Element | None = None
    latitude: Decimal | None = None
    _latitude: Element | None = None
    altitude: Decimal | None = None
    _altitude: Element | None = None


class LocationHoursOfOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    daysOfWeek: Sequence[str | None] = ()
    _daysOfWeek: Sequence[Element | None] = ()
    allDay: bool | None = None
    _allDay: Element | None = None
    openingTime: str | None = None
    _openingTime: Element | None = None
    closingTime: str | None = None
    _closingTime: Element | None = None


class Measure(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Measure"):
    resourceType: ClassVar[str] = "Measure"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    subtitle: str | None = None
    _subtitle: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    usage: str | None = None
    _usage: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    library: Sequence[str | None] = ()
    _library: Sequence[Element | None] = ()
    disclaimer: str | None = None
    _disclaimer: Element | None = None
    scoring: CodeableConcept | None = None
    compositeScoring: CodeableConcept | None = None
    type: Sequence[CodeableConcept] = ()
    riskAdjustment: str | None = None
    _riskAdjustment: Element | None = None
    rateAggregation: str | None = None
    _rateAggregation: Element | None = None
    rationale: str | None = None
    _rationale: Element | None = None
    clinicalRecommendationStatement: str | None = None
    _clinicalRecommendationStatement: Element | None = None
    improvementNotation: CodeableConcept | None = None
    definition: Sequence[str | None] = ()
    _definition: Sequence[Element | None] = ()
    guidance: str | None = None
    _guidance: Element | None = None
    group: Sequence[MeasureGroup] = ()
    supplementalData: Sequence[MeasureSupplementalData] = ()


class MeasureGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    population: Sequence[MeasureGroupPopulation] = ()
    stratifier: Sequence[MeasureGroupStratifier] = ()


class MeasureGroupPopulation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    criteria: Expression | None = None


class MeasureGroupStratifier(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    criteria: Expression | None = None
    component: Sequence[MeasureGroupStratifierComponent] = ()


class MeasureGroupStratifierComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    criteria: Expression | None = None


class MeasureSupplementalData(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    usage: Sequence[CodeableConcept] = ()
    description: str | None = None
    _description: Element | None = None
    criteria: Expression | None = None


class MeasureReport(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MeasureReport"):
    resourceType: ClassVar[str] = "MeasureReport"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    type: str | None = None
    _type: Element | None = None
    measure: str | None = None
    _measure: Element | None = None
    subject: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    reporter: Reference | None = None
    period: Period | None = None
    improvementNotation: CodeableConcept | None = None
    group: Sequence[MeasureReportGroup] = ()
    evaluatedResource: Sequence[Reference] = ()


class MeasureReportGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    population: Sequence[MeasureReportGroupPopulation] = ()
    measureScore: Quantity | None = None
    stratifier: Sequence[MeasureReportGroupStratifier] = ()


class MeasureReportGroupPopulation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    count: Integer | None = None
    _count: Element | None = None
    subjectResults: Reference | None = None


class MeasureReportGroupStratifier(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: Sequence[CodeableConcept] = ()
    stratum: Sequence[MeasureReportGroupStratifierStratum] = ()


class MeasureReportGroupStratifierStratum(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    value: CodeableConcept | None = None
    component: Sequence[MeasureReportGroupStratifierStratumComponent] = ()
    population: Sequence[MeasureReportGroupStratifierStratumPopulation] = ()
    measureScore: Quantity | None = None


class MeasureReportGroupStratifierStratumComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    value: CodeableConcept | None = None


class MeasureReportGroupStratifierStratumPopulation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    count: Integer | None = None
    _count: Element | None = None
    subjectResults: Reference | None = None


class Media(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Media"):
    resourceType: ClassVar[str] = "Media"
    identifier: Sequence[Identifier] = ()
    basedOn: Sequence[Reference] = ()
    partOf: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    modality: CodeableConcept | None = None
    view: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    createdDateTime: str | None = None
    _createdDateTime: Element | None = None
    createdPeriod: Period | None = None
    issued: str | None = None
    _issued: Element | None = None
    operator: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    bodySite: CodeableConcept | None = None
    deviceName: str | None = None
    _deviceName: Element | None = None
    device: Reference | None = None
    height: PositiveInt | None = None
    _height: Element | None = None
    width: PositiveInt | None = None
    _width: Element | None = None
    frames: PositiveInt | None = None
    _frames: Element | None = None
    duration: Decimal | None = None
    _duration: Element | None = None
    content: Attachment | None = None
    note: Sequence[Annotation] = ()


class Medication(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Medication"):
    resourceType: ClassVar[str] = "Medication"
    identifier: Sequence[Identifier] = ()
    code: CodeableConcept | None = None
    status: str | None = None
    _status: Element | None = None
    manufacturer: Reference | None = None
    form: CodeableConcept | None = None
    amount: Ratio | None = None
    ingredient: Sequence[MedicationIngredient] = ()
    batch: MedicationBatch | None = None


class MedicationIngredient(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemCodeableConcept: CodeableConcept | None = None
    itemReference: Reference | None = None
    isActive: bool | None = None
    _isActive: Element | None = None
    strength: Ratio | None = None


class MedicationBatch(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    lotNumber: str | None = None
    _lotNumber: Element | None = None
    expirationDate: str | None = None
    _expirationDate: Element | None = None


class MedicationAdministration(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicationAdministration"):
    resourceType: ClassVar[str] = "MedicationAdministration"
    identifier: Sequence[Identifier] = ()
    instantiates: Sequence[str | None] = ()
    _instantiates: Sequence[Element | None] = ()
    partOf: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    statusReason: Sequence[CodeableConcept] = ()
    category: CodeableConcept | None = None
    medicationCodeableConcept: CodeableConcept | None = None
    medicationReference: Reference | None = None
    subject: Reference | None = None
    context: Reference | None = None
    supportingInformation: Sequence[Reference] = ()
    effectiveDateTime: str | None = None
    _effectiveDateTime: Element | None = None
    effectivePeriod: Period | None = None
    performer: Sequence[MedicationAdministrationPerformer] = ()
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    request: Reference | None = None
    device: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    dosage: MedicationAdministrationDosage | None = None
    eventHistory: Sequence[Reference] = ()


class MedicationAdministrationPerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None


class MedicationAdministrationDosage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    text: str | None = None
    _text: Element | None = None
    site: CodeableConcept | None = None
    route: CodeableConcept | None = None
    method: CodeableConcept | None = None
    dose: Quantity | None = None
    rateRatio: Ratio | None = None
    rateQuantity: Quantity | None = None


class MedicationDispense(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicationDispense"):
    resourceType: ClassVar[str] = "MedicationDispense"
    identifier: Sequence[Identifier] = ()
    partOf: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    statusReasonCodeableConcept: CodeableConcept | None = None
    statusReasonReference: Reference | None = None
    category: CodeableConcept | None = None
    medicationCodeableConcept: CodeableConcept | None = None
    medicationReference: Reference | None = None
    subject: Reference | None = None
    context: Reference | None = None
    supportingInformation: Sequence[Reference] = ()
    performer: Sequence[MedicationDispensePerformer] = ()
    location: Reference | None = None
    authorizingPrescription: Sequence[Reference] = ()
    type: CodeableConcept | None = None
    quantity: Quantity | None = None
    daysSupply: Quantity | None = None
    whenPrepared: str | None = None
    _whenPrepared: Element | None = None
    whenHandedOver: str | None = None
    _whenHandedOver: Element | None = None
    destination: Reference | None = None
    receiver: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    dosageInstruction: Sequence[Dosage] = ()
    substitution: MedicationDispenseSubstitution | None = None
    detectedIssue: Sequence[Reference] = ()
    eventHistory: Sequence[Reference] = ()


class MedicationDispensePerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None


class MedicationDispenseSubstitution(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    wasSubstituted: bool | None = None
    _wasSubstituted: Element | None = None
    type: CodeableConcept | None = None
    reason: Sequence[CodeableConcept] = ()
    responsibleParty: Sequence[Reference] = ()


class MedicationKnowledge(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicationKnowledge"):
    resourceType: ClassVar[str] = "MedicationKnowledge"
    code: CodeableConcept | None = None
    status: str | None = None
    _status: Element | None = None
    manufacturer: Reference | None = None
    doseForm: CodeableConcept | None = None
    amount: Quantity | None = None
    synonym: Sequence[str | None] = ()
    _synonym: Sequence[Element | None] = ()
    relatedMedicationKnowledge: Sequence[MedicationKnowledgeRelatedMedicationKnowledge] = ()
    associatedMedication: Sequence[Reference] = ()
    productType: Sequence[CodeableConcept] = ()
    monograph: Sequence[MedicationKnowledgeMonograph] = ()
    ingredient: Sequence[MedicationKnowledgeIngredient] = ()
    preparationInstruction: str | None = None
    _preparationInstruction: Element | None = None
    intendedRoute: Sequence[CodeableConcept] = ()
    cost: Sequence[MedicationKnowledgeCost] = ()
    monitoringProgram: Sequence[MedicationKnowledgeMonitoringProgram] = ()
    administrationGuidelines: Sequence[MedicationKnowledgeAdministrationGuidelines] = ()
    medicineClassification: Sequence[MedicationKnowledgeMedicineClassification] = ()
    packaging: MedicationKnowledgePackaging | None = None
    drugCharacteristic: Sequence[MedicationKnowledgeDrugCharacteristic] = ()
    contraindication: Sequence[Reference] = ()
    regulatory: Sequence[MedicationKnowledgeRegulatory] = ()
    kinetics: Sequence[MedicationKnowledgeKinetics] = ()


class MedicationKnowledgeRelatedMedicationKnowledge(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    reference: Sequence[Reference] = ()


class MedicationKnowledgeMonograph(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    source: Reference | None = None


class MedicationKnowledgeIngredient(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemCodeableConcept: CodeableConcept | None = None
    itemReference: Reference | None = None
    isActive: bool | None = None
    _isActive: Element | None = None
    strength: Ratio | None = None


class MedicationKnowledgeCost(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    source: str | None = None
    _source: Element | None = None
    cost: Money | None = None


class MedicationKnowledgeMonitoringProgram(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    name: str | None = None
    _name: Element | None = None


class MedicationKnowledgeAdministrationGuidelines(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    dosage: Sequence[MedicationKnowledgeAdministrationGuidelinesDosage] = ()
    indicationCodeableConcept: CodeableConcept | None = None
    indicationReference: Reference | None = None
    patientCharacteristics: Sequence[MedicationKnowledgeAdministrationGuidelinesPatientCharacteristics] = ()


class MedicationKnowledgeAdministrationGuidelinesDosage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    dosage: Sequence[Dosage] = ()


class MedicationKnowledgeAdministrationGuidelinesPatientCharacteristics(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    characteristicCodeableConcept: CodeableConcept | None = None
    characteristicQuantity: Quantity | None = None
    value: Sequence[str | None] = ()
    _value: Sequence[Element | None] = ()


class MedicationKnowledgeMedicineClassification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    classification: Sequence[CodeableConcept] = ()


class MedicationKnowledgePackaging(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    quantity: Quantity | None = None


class MedicationKnowledgeDrugCharacteristic(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueQuantity: Quantity | None = None
    valueBase64Binary: str | None = None
    _valueBase64Binary: Element | None = None


class MedicationKnowledgeRegulatory(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    regulatoryAuthority: Reference | None = None
    substitution: Sequence[MedicationKnowledgeRegulatorySubstitution] = ()
    schedule: Sequence[MedicationKnowledgeRegulatorySchedule] = ()
    maxDispense: MedicationKnowledgeRegulatoryMaxDispense | None = None


class MedicationKnowledgeRegulatorySubstitution(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    allowed: bool | None = None
    _allowed: Element | None = None


class MedicationKnowledgeRegulatorySchedule(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    schedule: CodeableConcept | None = None


class MedicationKnowledgeRegulatoryMaxDispense(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    quantity: Quantity | None = None
    period: Duration | None = None


class MedicationKnowledgeKinetics(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    areaUnderCurve: Sequence[Quantity] = ()
    lethalDose50: Sequence[Quantity] = ()
    halfLifePeriod: Duration | None = None


class MedicationRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicationRequest"):
    resourceType: ClassVar[str] = "MedicationRequest"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    intent: str | None = None
    _intent: Element | None = None
    category: Sequence[CodeableConcept] = ()
    priority: str | None = None
    _priority: Element | None = None
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    reportedBoolean: bool | None = None
    _reportedBoolean: Element | None = None
    reportedReference: Reference | None = None
    medicationCodeableConcept: CodeableConcept | None = None
    medicationReference: Reference | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    supportingInformation: Sequence[Reference] = ()
    authoredOn: str | None = None
    _authoredOn: Element | None = None
    requester: Reference | None = None
    performer: Reference | None = None
    performerType: CodeableConcept | None = None
    recorder: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    instantiatesCanonical: Sequence[str | None] = ()
    _instantiatesCanonical: Sequence[Element | None] = ()
    instantiatesUri: Sequence[str | None] = ()
    _instantiatesUri: Sequence[Element | None] = ()
    basedOn: Sequence[Reference] = ()
    groupIdentifier: Identifier | None = None
    courseOfTherapyType: CodeableConcept | None = None
    insurance: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    dosageInstruction: Sequence[Dosage] = ()
    dispenseRequest: MedicationRequestDispenseRequest | None = None
    substitution: MedicationRequestSubstitution | None = None
    priorPrescription: Reference | None = None
    detectedIssue: Sequence[Reference] = ()
    eventHistory: Sequence[Reference] = ()


class MedicationRequestDispenseRequest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    initialFill: MedicationRequestDispenseRequestInitialFill | None = None
    dispenseInterval: Duration | None = None
    validityPeriod: Period | None = None
    numberOfRepeatsAllowed: UnsignedInt | None = None
    _numberOfRepeatsAllowed: Element | None = None
    quantity: Quantity | None = None
    expectedSupplyDuration: Duration | None = None
    performer: Reference | None = None


class MedicationRequestDispenseRequestInitialFill(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    quantity: Quantity | None = None
    duration: Duration | None = None


class MedicationRequestSubstitution(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    allowedBoolean: bool | None = None
    _allowedBoolean: Element | None = None
    allowedCodeableConcept: CodeableConcept | None = None
    reason: CodeableConcept | None = None


class MedicationStatement(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicationStatement"):
    resourceType: ClassVar[str] = "MedicationStatement"
    identifier: Sequence[Identifier] = ()
    basedOn: Sequence[Reference] = ()
    partOf: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    statusReason: Sequence[CodeableConcept] = ()
    category: CodeableConcept | None = None
    medicationCodeableConcept: CodeableConcept | None = None
    medicationReference: Reference | None = None
    subject: Reference | None = None
    context: Reference | None = None
    effectiveDateTime: str | None = None
    _effectiveDateTime: Element | None = None
    effectivePeriod: Period | None = None
    dateAsserted: str | None = None
    _dateAsserted: Element | None = None
    informationSource: Reference | None = None
    derivedFrom: Sequence[Reference] = ()
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    dosage: Sequence[Dosage] = ()


class MedicinalProduct(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProduct"):
    resourceType: ClassVar[str] = "MedicinalProduct"
    identifier: Sequence[Identifier] = ()
    type: CodeableConcept | None = None
    domain: Coding | None = None
    combinedPharmaceuticalDoseForm: CodeableConcept | None = None
    legalStatusOfSupply: CodeableConcept | None = None
    additionalMonitoringIndicator: CodeableConcept | None = None
    specialMeasures: Sequence[str | None] = ()
    _specialMeasures: Sequence[Element | None] = ()
    paediatricUseIndicator: CodeableConcept | None = None
    productClassification: Sequence[CodeableConcept] = ()
    marketingStatus: Sequence[MarketingStatus] = ()
    pharmaceuticalProduct: Sequence[Reference] = ()
    packagedMedicinalProduct: Sequence[Reference] = ()
    attachedDocument: Sequence[Reference] = ()
    masterFile: Sequence[Reference] = ()
    contact: Sequence[Reference] = ()
    clinicalTrial: Sequence[Reference] = ()
    name: Sequence[MedicinalProductName] = ()
    crossReference: Sequence[Identifier] = ()
    manufacturingBusinessOperation: Sequence[MedicinalProductManufacturingBusinessOperation] = ()
    specialDesignation: Sequence[MedicinalProductSpecialDesignation] = ()


class MedicinalProductName(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    productName: str | None = None
    _productName: Element | None = None
    namePart: Sequence[MedicinalProductNameNamePart] = ()
    countryLanguage: Sequence[MedicinalProductNameCountryLanguage] = ()


class MedicinalProductNameNamePart(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    part: str | None = None
    _part: Element | None = None
    type: Coding | None = None


class MedicinalProductNameCountryLanguage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    country: CodeableConcept | None = None
    jurisdiction: CodeableConcept | None = None
    language: CodeableConcept | None = None


class MedicinalProductManufacturingBusinessOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    operationType: CodeableConcept | None = None
    authorisationReferenceNumber: Identifier | None = None
    effectiveDate: str | None = None
    _effectiveDate: Element | None = None
    confidentialityIndicator: CodeableConcept | None = None
    manufacturer: Sequence[Reference] = ()
    regulator: Reference | None = None


class MedicinalProductSpecialDesignation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Sequence[Identifier] = ()
    type: CodeableConcept | None = None
    intendedUse: CodeableConcept | None = None
    indicationCodeableConcept: CodeableConcept | None = None
    indicationReference: Reference | None = None
    status: CodeableConcept | None = None
    date: str | None = None
    _date: Element | None = None
    species: CodeableConcept | None = None


class MedicinalProductAuthorization(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductAuthorization"):
    resourceType: ClassVar[str] = "MedicinalProductAuthorization"
    identifier: Sequence[Identifier] = ()
    subject: Reference | None = None
    country: Sequence[CodeableConcept] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    status: CodeableConcept | None = None
    statusDate: str | None = None
    _statusDate: Element | None = None
    restoreDate: str | None = None
    _restoreDate: Element | None = None
    validityPeriod: Period | None = None
    dataExclusivityPeriod: Period | None = None
    dateOfFirstAuthorization: str | None = None
    _dateOfFirstAuthorization: Element | None = None
    internationalBirthDate: str | None = None
    _internationalBirthDate: Element | None = None
    legalBasis: CodeableConcept | None = None
    jurisdictionalAuthorization: Sequence[MedicinalProductAuthorizationJurisdictionalAuthorization] = ()
    holder: Reference | None = None
    regulator: Reference | None = None
    procedure: MedicinalProductAuthorizationProcedure | None = None


class MedicinalProductAuthorizationJurisdictionalAuthorization(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Sequence[Identifier] = ()
    country: CodeableConcept | None = None
    jurisdiction: Sequence[CodeableConcept] = ()
    legalStatusOfSupply: CodeableConcept | None = None
    validityPeriod: Period | None = None


class MedicinalProductAuthorizationProcedure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    type: CodeableConcept | None = None
    datePeriod: Period | None = None
    dateDateTime: str | None = None
    _dateDateTime: Element | None = None
    application: Sequence[MedicinalProductAuthorizationProcedure] = ()


class MedicinalProductContraindication(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductContraindication"):
    resourceType: ClassVar[str] = "MedicinalProductContraindication"
    subject: Sequence[Reference] = ()
    disease: CodeableConcept | None = None
    diseaseStatus: CodeableConcept | None = None
    comorbidity: Sequence[CodeableConcept] = ()
    therapeuticIndication: Sequence[Reference] = ()
    otherTherapy: Sequence[MedicinalProductContraindicationOtherTherapy] = ()
    population: Sequence[Population] = ()


class MedicinalProductContraindicationOtherTherapy(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    therapyRelationshipType: CodeableConcept | None = None
    medicationCodeableConcept: CodeableConcept | None = None
    medicationReference: Reference | None = None


class MedicinalProductIndication(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductIndication"):
    resourceType: ClassVar[str] = "MedicinalProductIndication"
    subject: Sequence[Reference] = ()
    diseaseSymptomProcedure: CodeableConcept | None = None
    diseaseStatus: CodeableConcept | None = None
    comorbidity: Sequence[CodeableConcept] = ()
    intendedEffect: CodeableConcept | None = None
    duration: Quantity | None = None
    otherTherapy: Sequence[MedicinalProductIndicationOtherTherapy] = ()
    undesirableEffect: Sequence[Reference] = ()
    population: Sequence[Population] = ()


class MedicinalProductIndicationOtherTherapy(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    therapyRelationshipType: CodeableConcept | None = None
    medicationCodeableConcept: CodeableConcept | None = None
    medicationReference: Reference | None = None


class MedicinalProductIngredient(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductIngredient"):
    resourceType: ClassVar[str] = "MedicinalProductIngredient"
    identifier: Identifier | None = None
    role: CodeableConcept | None = None
    allergenicIndicator: bool | None = None
    _allergenicIndicator: Element | None = None
    manufacturer: Sequence[Reference] = ()
    specifiedSubstance: Sequence[MedicinalProductIngredientSpecifiedSubstance] = ()
    substance: MedicinalProductIngredientSubstance | None = None


class MedicinalProductIngredientSpecifiedSubstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    group: CodeableConcept | None = None
    confidentiality: CodeableConcept | None = None
    strength: Sequence[MedicinalProductIngredientSpecifiedSubstanceStrength] = ()


class MedicinalProductIngredientSpecifiedSubstanceStrength(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    presentation: Ratio | None = None
    presentationLowLimit: Ratio | None = None
    concentration: Ratio | None = None
    concentrationLowLimit: Ratio | None = None
    measurementPoint: str | None = None
    _measurementPoint: Element | None = None
    country: Sequence[CodeableConcept] = ()
    referenceStrength: Sequence[MedicinalProductIngredientSpecifiedSubstanceStrengthReferenceStrength] = ()


class MedicinalProductIngredientSpecifiedSubstanceStrengthReferenceStrength(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    substance: CodeableConcept | None = None
    strength: Ratio | None = None
    strengthLowLimit: Ratio | None = None
    measurementPoint: str | None = None
    _measurementPoint: Element | None = None
    country: Sequence[CodeableConcept] = ()


class MedicinalProductIngredientSubstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    strength: Sequence[MedicinalProductIngredientSpecifiedSubstanceStrength] = ()


class MedicinalProductInteraction(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductInteraction"):
    resourceType: ClassVar[str] = "MedicinalProductInteraction"
    subject: Sequence[Reference] = ()
    description: str | None = None
    _description: Element | None = None
    interactant: Sequence[MedicinalProductInteractionInteractant] = ()
    type: CodeableConcept | None = None
    effect: CodeableConcept | None = None
    incidence: CodeableConcept | None = None
    management: CodeableConcept | None = None


class MedicinalProductInteractionInteractant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemReference: Reference | None = None
    itemCodeableConcept: CodeableConcept | None = None


class MedicinalProductManufactured(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductManufactured"):
    resourceType: ClassVar[str] = "MedicinalProductManufactured"
    manufacturedDoseForm: CodeableConcept | None = None
    unitOfPresentation: CodeableConcept | None = None
    quantity: Quantity | None = None
    manufacturer: Sequence[Reference] = ()
    ingredient: Sequence[Reference] = ()
    physicalCharacteristics: ProdCharacteristic | None = None
    otherCharacteristics: Sequence[CodeableConcept] = ()


class MedicinalProductPackaged(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductPackaged"):
    resourceType: ClassVar[str] = "MedicinalProductPackaged"
    identifier: Sequence[Identifier] = ()
    subject: Sequence[Reference] = ()
    description: str | None = None
    _description: Element | None = None
    legalStatusOfSupply: CodeableConcept | None = None
    marketingStatus: Sequence[MarketingStatus] = ()
    marketingAuthorization: Reference | None = None
    manufacturer: Sequence[Reference] = ()
    batchIdentifier: Sequence[MedicinalProductPackagedBatchIdentifier] = ()
    packageItem: Sequence[MedicinalProductPackagedPackageItem] = ()


class MedicinalProductPackagedBatchIdentifier(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    outerPackaging: Identifier | None = None
    immediatePackaging: Identifier | None = None


class MedicinalProductPackagedPackageItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Sequence[Identifier] = ()
    type: CodeableConcept | None = None
    quantity: Quantity | None = None
    material: Sequence[CodeableConcept] = ()
    alternateMaterial: Sequence[CodeableConcept] = ()
    device: Sequence[Reference] = ()
    manufacturedItem: Sequence[Reference] = ()
    packageItem: Sequence[MedicinalProductPackagedPackageItem] = ()
    physicalCharacteristics: ProdCharacteristic | None = None
    otherCharacteristics: Sequence[CodeableConcept] = ()
    shelfLifeStorage: Sequence[ProductShelfLife] = ()
    manufacturer: Sequence[Reference] = ()


class MedicinalProductPharmaceutical(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductPharmaceutical"):
    resourceType: ClassVar[str] = "MedicinalProductPharmaceutical"
    identifier: Sequence[Identifier] = ()
    administrableDoseForm: CodeableConcept | None = None
    unitOfPresentation: CodeableConcept | None = None
    ingredient: Sequence[Reference] = ()
    device: Sequence[Reference] = ()
    characteristics: Sequence[MedicinalProductPharmaceuticalCharacteristics] = ()
    routeOfAdministration: Sequence[MedicinalProductPharmaceuticalRouteOfAdministration] = ()


class MedicinalProductPharmaceuticalCharacteristics(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    status: CodeableConcept | None = None


class MedicinalProductPharmaceuticalRouteOfAdministration(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    firstDose: Quantity | None = None
    maxSingleDose: Quantity | None = None
    maxDosePerDay: Quantity | None = None
    maxDosePerTreatmentPeriod: Ratio | None = None
    maxTreatmentPeriod: Duration | None = None
    targetSpecies: Sequence[MedicinalProductPharmaceuticalRouteOfAdministrationTargetSpecies] = ()


class MedicinalProductPharmaceuticalRouteOfAdministrationTargetSpecies(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    withdrawalPeriod: Sequence[MedicinalProductPharmaceuticalRouteOfAdministrationTargetSpeciesWithdrawalPeriod] = ()


class MedicinalProductPharmaceuticalRouteOfAdministrationTargetSpeciesWithdrawalPeriod(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    tissue: CodeableConcept | None = None
    value: Quantity | None = None
    supportingInformation: str | None = None
    _supportingInformation: Element | None = None


class MedicinalProductUndesirableEffect(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductUndesirableEffect"):
    resourceType: ClassVar[str] = "MedicinalProductUndesirableEffect"
    subject: Sequence[Reference] = ()
    symptomConditionEffect: CodeableConcept | None = None
    classification: CodeableConcept | None = None
    frequencyOfOccurrence: CodeableConcept | None = None
    population: Sequence[Population] = ()


class MessageDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MessageDefinition"):
    resourceType: ClassVar[str] = "MessageDefinition"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    replaces: Sequence[str | None] = ()
    _replaces: Sequence[Element | None] = ()
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    base: str | None = None
    _base: Element | None = None
    parent: Sequence[str | None] = ()
    _parent: Sequence[Element | None] = ()
    eventCoding: Coding | None = None
    eventUri: str | None = None
    _eventUri: Element | None = None
    category: str | None = None
    _category: Element | None = None
    focus: Sequence[MessageDefinitionFocus] = ()
    responseRequired: str | None = None
    _responseRequired: Element | None = None
    allowedResponse: Sequence[MessageDefinitionAllowedResponse] = ()
    graph: Sequence[str | None] = ()
    _graph: Sequence[Element | None] = ()


class MessageDefinitionFocus(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    profile: str | None = None
    _profile: Element | None = None
    min: UnsignedInt | None = None
    _min: Element | None = None
    max: str | None = None
    _max: Element | None = None


class MessageDefinitionAllowedResponse(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    message: str | None = None
    _message: Element | None = None
    situation: str | None = None
    _situation: Element | None = None


class MessageHeader(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MessageHeader"):
    resourceType: ClassVar[str] = "MessageHeader"
    eventCoding: Coding | None = None
    eventUri: str | None = None
    _eventUri: Element | None = None
    destination: Sequence[MessageHeaderDestination] = ()
    sender: Reference | None = None
    enterer: Reference | None = None
    author: Reference | None = None
    source: MessageHeaderSource | None = None
    responsible: Reference | None = None
    reason: CodeableConcept | None = None
    response: MessageHeaderResponse | None = None
    focus: Sequence[Reference] = ()
    definition: str | None = None
    _definition: Element | None = None


class MessageHeaderDestination(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    target: Reference | None = None
    endpoint: str | None = None
    _endpoint: Element | None = None
    receiver: Reference | None = None


class MessageHeaderSource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    software: str | None = None
    _software: Element | None = None
    version: str | None = None
    _version: Element | None = None
    contact: ContactPoint | None = None
    endpoint: str | None = None
    _endpoint: Element | None = None


class MessageHeaderResponse(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: str | None = None
    _identifier: Element | None = None
    code: str | None = None
    _code: Element | None = None
    details: Reference | None = None


class MolecularSequence(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MolecularSequence"):
    resourceType: ClassVar[str] = "MolecularSequence"
    identifier: Sequence[Identifier] = ()
    type: str | None = None
    _type: Element | None = None
    coordinateSystem: Integer | None = None
    _coordinateSystem: Element | None = None
    patient: Reference | None = None
    specimen: Reference | None = None
    device: Reference | None = None
    performer: Reference | None = None
    quantity: Quantity | None = None
    referenceSeq: MolecularSequenceReferenceSeq | None = None
    variant: Sequence[MolecularSequenceVariant] = ()
    observedSeq: str | None = None
    _observedSeq: Element | None = None
    quality: Sequence[MolecularSequenceQuality] = ()
    readCoverage: Integer | None = None
    _readCoverage: Element | None = None
    repository: Sequence[MolecularSequenceRepository] = ()
    pointer: Sequence[Reference] = ()
    structureVariant: Sequence[MolecularSequenceStructureVariant] = ()


class MolecularSequenceReferenceSeq(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    chromosome: CodeableConcept | None = None
    genomeBuild: str | None = None
    _genomeBuild: Element | None = None
    orientation: str | None = None
    _orientation: Element | None = None
    referenceSeqId: CodeableConcept | None = None
    referenceSeqPointer: Reference | None = None
    referenceSeqString: str | None = None
    _referenceSeqString: Element | None = None
    strand: str | None = None
    _strand: Element | None = None
    windowStart: Integer | None = None
    _windowStart: Element | None = None
    windowEnd: Integer | None = None
    _windowEnd: Element | None = None


class MolecularSequenceVariant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    start: Integer | None = None
    _start: Element | None = None
    end: Integer | None = None
    _end: Element | None = None
    observedAllele: str | None = None
    _observedAllele: Element | None = None
    referenceAllele: str | None = None
    _referenceAllele: Element | None = None
    cigar: str | None = None
    _cigar: Element | None = None
    variantPointer: Reference | None = None


class MolecularSequenceQuality(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    standardSequence: CodeableConcept | None = None
    start: Integer | None = None
    _start: Element | None = None
    end: Integer | None = None
    _end: Element | None = None
    score: Quantity | None = None
    method: CodeableConcept | None = None
    truthTP: Decimal | None = None
    _truthTP: Element | None = None
    queryTP: Decimal | None = None
    _queryTP: Element | None = None
    truthFN: Decimal | None = None
    _truthFN: Element | None = None
    queryFP: Decimal | None = None
    _queryFP: Element | None = None
    gtFP: Decimal | None = None
    _gtFP: Element | None = None
    precision: Decimal | None = None
    _precision: Element | None = None
    recall: Decimal | None = None
    _recall: Element | None = None
    fScore: Decimal | None = None
    _fScore: Element | None = None
    roc: MolecularSequenceQualityRoc | None = None


class MolecularSequenceQualityRoc(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    score: Sequence[Integer | None] = ()
    _score: Sequence[Element | None] = ()
    numTP: Sequence[Integer | None] = ()
    _numTP: Sequence[Element | None] = ()
    numFP: Sequence[Integer | None] = ()
    _numFP: Sequence[Element | None] = ()
    numFN: Sequence[Integer | None] = ()
    _numFN: Sequence[Element | None] = ()
    precision: Sequence[Decimal | None] = ()
    _precision: Sequence[Element | None] = ()
    sensitivity: Sequence[Decimal | None] = ()
    _sensitivity: Sequence[Element | None] = ()
    fMeasure: Sequence[Decimal | None] = ()
    _fMeasure: Sequence[Element | None] = ()


class MolecularSequenceRepository(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    url: str | None = None
    _url: Element | None = None
    name: str | None = None
    _name: Element | None = None
    datasetId: str | None = None
    _datasetId: Element | None = None
    variantsetId: str | None = None
    _variantsetId: Element | None = None
    readsetId: str | None = None
    _readsetId: Element | None = None


class MolecularSequenceStructureVariant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    variantType: CodeableConcept | None = None
    exact: bool | None = None
    _exact: Element | None = None
    length: Integer | None = None
    _length: Element | None = None
    outer: MolecularSequenceStructureVariantOuter | None = None
    inner: MolecularSequenceStructureVariantInner | None = None


class MolecularSequenceStructureVariantOuter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    start: Integer | None = None
    _start: Element | None = None
    end: Integer | None = None
    _end: Element | None = None


class MolecularSequenceStructureVariantInner(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    start: Integer | None = None
    _start: Element | None = None
    end: Integer | None = None
    _end: Element | None = None


class NamingSystem(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="NamingSystem"):
    resourceType: ClassVar[str] = "NamingSystem"
    name: str | None = None
    _name: Element | None = None
    status: str | None = None
    _status: Element | None = None
    kind: str | None = None
    _kind: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    responsible: str | None = None
    _responsible: Element | None = None
    type: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    usage: str | None = None
    _usage: Element | None = None
    uniqueId: Sequence[NamingSystemUniqueId] = ()


class NamingSystemUniqueId(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    value: str | None = None
    _value: Element | None = None
    preferred: bool | None = None
    _preferred: Element | None = None
    comment: str | None = None
    _comment: Element | None = None
    period: Period | None = None


class NutritionOrder(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="NutritionOrder"):
    resourceType: ClassVar[str] = "NutritionOrder"
    identifier: Sequence[Identifier] = ()
    instantiatesCanonical: Sequence[str | None] = ()
    _instantiatesCanonical: Sequence[Element | None] = ()
    instantiatesUri: Sequence[str | None] = ()
    _instantiatesUri: Sequence[Element | None] = ()
    instantiates: Sequence[str | None] = ()
    _instantiates: Sequence[Element | None] = ()
    status: str | None = None
    _status: Element | None = None
    intent: str | None = None
    _intent: Element | None = None
    patient: Reference | None = None
    encounter: Reference | None = None
    dateTime: str | None = None
    _dateTime: Element | None = None
    orderer: Reference | None = None
    allergyIntolerance: Sequence[Reference] = ()
    foodPreferenceModifier: Sequence[CodeableConcept] = ()
    excludeFoodModifier: Sequence[CodeableConcept] = ()
    oralDiet: NutritionOrderOralDiet | None = None
    supplement: Sequence[NutritionOrderSupplement] = ()
    enteralFormula: NutritionOrderEnteralFormula | None = None
    note: Sequence[Annotation] = ()


class NutritionOrderOralDiet(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Sequence[CodeableConcept] = ()
    schedule: Sequence[Timing] = ()
    nutrient: Sequence[NutritionOrderOralDietNutrient] = ()
    texture: Sequence[NutritionOrderOralDietTexture] = ()
    fluidConsistencyType: Sequence[CodeableConcept] = ()
    instruction: str | None = None
    _instruction: Element | None = None


class NutritionOrderOralDietNutrient(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    modifier: CodeableConcept | None = None
    amount: Quantity | None = None


class NutritionOrderOralDietTexture(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    modifier: CodeableConcept | None = None
    foodType: CodeableConcept | None = None


class NutritionOrderSupplement(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    productName: str | None = None
    _productName: Element | None = None
    schedule: Sequence[Timing] = ()
    quantity: Quantity | None = None
    instruction: str | None = None
    _instruction: Element | None = None


class NutritionOrderEnteralFormula(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    baseFormulaType: CodeableConcept | None = None
    baseFormulaProductName: str | None = None
    _baseFormulaProductName: Element | None = None
    additiveType: CodeableConcept | None = None
    additiveProductName: str | None = None
    _additiveProductName: Element | None = None
    caloricDensity: Quantity | None = None
    routeofAdministration: CodeableConcept | None = None
    administration: Sequence[NutritionOrderEnteralFormulaAdministration] = ()
    maxVolumeToDeliver: Quantity | None = None
    administrationInstruction: str | None = None
    _administrationInstruction: Element | None = None


class NutritionOrderEnteralFormulaAdministration(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    schedule: Timing | None = None
    quantity: Quantity | None = None
    rateQuantity: Quantity | None = None
    rateRatio: Ratio | None = None


class Observation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Observation"):
    resourceType: ClassVar[str] = "Observation"
    identifier: Sequence[Identifier] = ()
    basedOn: Sequence[Reference] = ()
    partOf: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    category: Sequence[CodeableConcept] = ()
    code: CodeableConcept | None = None
    subject: Reference | None = None
    focus: Sequence[Reference] = ()
    encounter: Reference | None = None
    effectiveDateTime: str | None = None
    _effectiveDateTime: Element | None = None
    effectivePeriod: Period | None = None
    effectiveTiming: Timing | None = None
    effectiveInstant: str | None = None
    _effectiveInstant: Element | None = None
    issued: str | None = None
    _issued: Element | None = None
    performer: Sequence[Reference] = ()
    valueQuantity: Quantity | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueRange: Range | None = None
    valueRatio: Ratio | None = None
    valueSampledData: SampledData | None = None
    valueTime: str | None = None
    _valueTime: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None
    valuePeriod: Period | None = None
    dataAbsentReason: CodeableConcept | None = None
    interpretation: Sequence[CodeableConcept] = ()
    note: Sequence[Annotation] = ()
    bodySite: CodeableConcept | None = None
    method: CodeableConcept | None = None
    specimen: Reference | None = None
    device: Reference | None = None
    referenceRange: Sequence[ObservationReferenceRange] = ()
    hasMember: Sequence[Reference] = ()
    derivedFrom: Sequence[Reference] = ()
    component: Sequence[ObservationComponent] = ()


class ObservationReferenceRange(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    low: Quantity | None = None
    high: Quantity | None = None
    type: CodeableConcept | None = None
    appliesTo: Sequence[CodeableConcept] = ()
    age: Range | None = None
    text: str | None = None
    _text: Element | None = None


class ObservationComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    valueQuantity: Quantity | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueRange: Range | None = None
    valueRatio: Ratio | None = None
    valueSampledData: SampledData | None = None
    valueTime: str | None = None
    _valueTime: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None
    valuePeriod: Period | None = None
    dataAbsentReason: CodeableConcept | None = None
    interpretation: Sequence[CodeableConcept] = ()
    referenceRange: Sequence[ObservationReferenceRange] = ()


class ObservationDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ObservationDefinition"):
    resourceType: ClassVar[str] = "ObservationDefinition"
    publisher: Reference | None = None
    category: Sequence[CodeableConcept] = ()
    code: CodeableConcept | None = None
    identifier: Sequence[Identifier] = ()
    permittedDataType: Sequence[str | None] = ()
    _permittedDataType: Sequence[Element | None] = ()
    multipleResultsAllowed: bool | None = None
    _multipleResultsAllowed: Element | None = None
    method: CodeableConcept | None = None
    preferredReportName: str | None = None
    _preferredReportName: Element | None = None
    quantitativeDetails: ObservationDefinitionQuantitativeDetails | None = None
    qualifiedInterval: Sequence[ObservationDefinitionQualifiedInterval] = ()
    validCodedValueSet: Reference | None = None
    normalCodedValueSet: Reference | None = None
    abnormalCodedValueSet: Reference | None = None
    criticalCodedValueSet: Reference | None = None


class ObservationDefinitionQuantitativeDetails(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    customaryUnit: CodeableConcept | None = None
    unit: CodeableConcept | None = None
    conversionFactor: Decimal | None = None
    _conversionFactor: Element | None = None
    decimalPrecision: Integer | None = None
    _decimalPrecision: Element | None = None


class ObservationDefinitionQualifiedInterval(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: str | None = None
    _category: Element | None = None
    range: Range | None = None
    context: CodeableConcept | None = None
    appliesTo: Sequence[CodeableConcept] = ()
    gender: str | None = None
    _gender: Element | None = None
    age: Range | None = None
    gestationalAge: Range | None = None
    condition: str | None = None
    _condition: Element | None = None


class OperationDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="OperationDefinition"):
    resourceType: ClassVar[str] = "OperationDefinition"
    url: str | None = None
    _url: Element | None = None
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    kind: str | None = None
    _kind: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    affectsState: bool | None = None
    _affectsState: Element | None = None
    code: str | None = None
    _code: Element | None = None
    comment: str | None = None
    _comment: Element | None = None
    base: str | None = None
    _base: Element | None = None
    resource: Sequence[str | None] = ()
    _resource: Sequence[Element | None] = ()
    system: bool | None = None
    _system: Element | None = None
    type: bool | None = None
    _type: Element | None = None
    instance: bool | None = None
    _instance: Element | None = None
    inputProfile: str | None = None
    _inputProfile: Element | None = None
    outputProfile: str | None = None
    _outputProfile: Element | None = None
    parameter: Sequence[OperationDefinitionParameter] = ()
    overload: Sequence[OperationDefinitionOverload] = ()


class OperationDefinitionParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    use: str | None = None
    _use: Element | None = None
    min: Integer | None = None
    _min: Element | None = None
    max: str | None = None
    _max: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None
    type: str | None = None
    _type: Element | None = None
    targetProfile: Sequence[str | None] = ()
    _targetProfile: Sequence[Element | None] = ()
    searchType: str | None = None
    _searchType: Element | None = None
    binding: OperationDefinitionParameterBinding | None = None
    referencedFrom: Sequence[OperationDefinitionParameterReferencedFrom] = ()
    part: Sequence[OperationDefinitionParameter] = ()


class OperationDefinitionParameterBinding(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    strength: str | None = None
    _strength: Element | None = None
    valueSet: str | None = None
    _valueSet: Element | None = None


class OperationDefinitionParameterReferencedFrom(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    source: str | None = None
    _source: Element | None = None
    sourceId: str | None = None
    _sourceId: Element | None = None


class OperationDefinitionOverload(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    parameterName: Sequence[str | None] = ()
    _parameterName: Sequence[Element | None] = ()
    comment: str | None = None
    _comment: Element | None = None


class OperationOutcome(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="OperationOutcome"):
    resourceType: ClassVar[str] = "OperationOutcome"
    issue: Sequence[OperationOutcomeIssue] = ()


class OperationOutcomeIssue(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    severity: str | None = None
    _severity: Element | None = None
    code: str | None = None
    _code: Element | None = None
    details: CodeableConcept | None = None
    diagnostics: str | None = None
    _diagnostics: Element | None = None
    location: Sequence[str | None] = ()
    _location: Sequence[Element | None] = ()
    expression: Sequence[str | None] = ()
    _expression: Sequence[Element | None] = ()


class Organization(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Organization"):
    resourceType: ClassVar[str] = "Organization"
    identifier: Sequence[Identifier] = ()
    active: bool | None = None
    _active: Element | None = None
    type: Sequence[CodeableConcept] = ()
    name: str | None = None
    _name: Element | None = None
    alias: Sequence[str | None] = ()
    _alias: Sequence[Element | None] = ()
    telecom: Sequence[ContactPoint] = ()
    address: Sequence[Address] = ()
    partOf: Reference | None = None
    contact: Sequence[OrganizationContact] = ()
    endpoint: Sequence[Reference] = ()


class OrganizationContact(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    purpose: CodeableConcept | None = None
    name: HumanName | None = None
    telecom: Sequence[ContactPoint] = ()
    address: Address | None = None


class OrganizationAffiliation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="OrganizationAffiliation"):
    resourceType: ClassVar[str] = "OrganizationAffiliation"
    identifier: Sequence[Identifier] = ()
    active: bool | None = None
    _active: Element | None = None
    period: Period | None = None
    organization: Reference | None = None
    participatingOrganization: Reference | None = None
    network: Sequence[Reference] = ()
    code: Sequence[CodeableConcept] = ()
    specialty: Sequence[CodeableConcept] = ()
    location: Sequence[Reference] = ()
    healthcareService: Sequence[Reference] = ()
    telecom: Sequence[ContactPoint] = ()
    endpoint: Sequence[Reference] = ()


class Parameters(Resource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Parameters"):
    resourceType: ClassVar[str] = "Parameters"
    parameter: Sequence[ParametersParameter] = ()


class ParametersParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    valueBase64Binary: str | None = None
    _valueBase64Binary: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueCanonical: str | None = None
    _valueCanonical: Element | None = None
    valueCode: str | None = None
    _valueCode: Element | None = None
    valueDate: str | None = None
    _valueDate: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueId: str | None = None
    _valueId: Element | None = None
    valueInstant: str | None = None
    _valueInstant: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueMarkdown: str | None = None
    _valueMarkdown: Element | None = None
    valueOid: str | None = None
    _valueOid: Element | None = None
    valuePositiveInt: PositiveInt | None = None
    _valuePositiveInt: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueTime: str | None = None
    _valueTime: Element | None = None
    valueUnsignedInt: UnsignedInt | None = None
    _valueUnsignedInt: Element | None = None
    valueUri: str | None = None
    _valueUri: Element | None = None
    valueUrl: str | None = None
    _valueUrl: Element | None = None
    valueUuid: str | None = None
    _valueUuid: Element | None = None
    valueAddress: Address | None = None
    valueAge: Age | None = None
    valueAnnotation: Annotation | None = None
    valueAttachment: Attachment | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueCoding: Coding | None = None
    valueContactPoint: ContactPoint | None = None
    valueCount: Count | None = None
    valueDistance: Distance | None = None
    valueDuration: Duration | None = None
    valueHumanName: HumanName | None = None
    valueIdentifier: Identifier | None = None
    valueMoney: Money | None = None
    valuePeriod: Period | None = None
    valueQuantity: Quantity | None = None
    valueRange: Range | None = None
    valueRatio: Ratio | None = None
    valueReference: Reference | None = None
    valueSampledData: SampledData | None = None
    valueSignature: Signature | None = None
    valueTiming: Timing | None = None
    valueContactDetail: ContactDetail | None = None
    valueContributor: Contributor | None = None
    valueDataRequirement: DataRequirement | None = None
    valueExpression: Expression | None = None
    valueParameterDefinition: ParameterDefinition | None = None
    valueRelatedArtifact: RelatedArtifact | None = None
    valueTriggerDefinition: TriggerDefinition | None = None
    valueUsageContext: UsageContext | None = None
    valueDosage: Dosage | None = None
    valueMeta: Meta | None = None
    resource: AnyResource | None = None
    part: Sequence[ParametersParameter] = ()


class Patient(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Patient"):
    resourceType: ClassVar[str] = "Patient"
    identifier: Sequence[Identifier] = ()
    active: bool | None = None
    _active: Element | None = None
    name: Sequence[HumanName] = ()
    telecom: Sequence[ContactPoint] = ()
    gender: str | None = None
    _gender: Element | None = None
    birthDate: str | None = None
    _birthDate: Element | None = None
    deceasedBoolean: bool | None = None
    _deceasedBoolean: Element | None = None
    deceasedDateTime: str | None = None
    _deceasedDateTime: Element | None = None
    address: Sequence[Address] = ()
    maritalStatus: CodeableConcept | None = None
    multipleBirthBoolean: bool | None = None
    _multipleBirthBoolean: Element | None = None
    multipleBirthInteger: Integer | None = None
    _multipleBirthInteger: Element | None = None
    photo: Sequence[Attachment] = ()
    contact: Sequence[PatientContact] = ()
    communication: Sequence[PatientCommunication] = ()
    generalPractitioner: Sequence[Reference] = ()
    managingOrganization: Reference | None = None
    link: Sequence[PatientLink] = ()


class PatientContact(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    relationship: Sequence[CodeableConcept] = ()
    name: HumanName | None = None
    telecom: Sequence[ContactPoint] = ()
    address: Address | None = None
    gender: str | None = None
    _gender: Element | None = None
    organization: Reference | None = None
    period: Period | None = None


class PatientCommunication(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    language: CodeableConcept | None = None
    preferred: bool | None = None
    _preferred: Element | None = None


class PatientLink(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    other: Reference | None = None
    type: str | None = None
    _type: Element | None = None


class PaymentNotice(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="PaymentNotice"):
    resourceType: ClassVar[str] = "PaymentNotice"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    request: Reference | None = None
    response: Reference | None = None
    created: str | None = None
    _created: Element | None = None
    provider: Reference | None = None
    payment: Reference | None = None
    paymentDate: str | None = None
    _paymentDate: Element | None = None
    payee: Reference | None = None
    recipient: Reference | None = None
    amount: Money | None = None
    paymentStatus: CodeableConcept | None = None


class PaymentReconciliation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="PaymentReconciliation"):
    resourceType: ClassVar[str] = "PaymentReconciliation"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    period: Period | None = None
    created: str | None = None
    _created: Element | None = None
    paymentIssuer: Reference | None = None
    request: Reference | None = None
    requestor: Reference | None = None
    outcome: str | None = None
    _outcome: Element | None = None
    disposition: str | None = None
    _disposition: Element | None = None
    paymentDate: str | None = None
    _paymentDate: Element | None = None
    paymentAmount: Money | None = None
    paymentIdentifier: Identifier | None = None
    detail: Sequence[PaymentReconciliationDetail] = ()
    formCode: CodeableConcept | None = None
    processNote: Sequence[PaymentReconciliationProcessNote] = ()


class PaymentReconciliationDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    predecessor: Identifier | None = None
    type: CodeableConcept | None = None
    request: Reference | None = None
    submitter: Reference | None = None
    response: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    responsible: Reference | None = None
    payee: Reference | None = None
    amount: Money | None = None


class PaymentReconciliationProcessNote(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    text: str | None = None
    _text: Element | None = None


class Person(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Person"):
    resourceType: ClassVar[str] = "Person"
    identifier: Sequence[Identifier] = ()
    name: Sequence[HumanName] = ()
    telecom: Sequence[ContactPoint] = ()
    gender: str | None = None
    _gender: Element | None = None
    birthDate: str | None = None
    _birthDate: Element | None = None
    address: Sequence[Address] = ()
    photo: Attachment | None = None
    managingOrganization: Reference | None = None
    active: bool | None = None
    _active: Element | None = None
    link: Sequence[PersonLink] = ()


class PersonLink(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    target: Reference | None = None
    assurance: str | None = None
    _assurance: Element | None = None


class PlanDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="PlanDefinition"):
    resourceType: ClassVar[str] = "PlanDefinition"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    subtitle: str | None = None
    _subtitle: Element | None = None
    type: CodeableConcept | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    usage: str | None = None
    _usage: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    library: Sequence[str | None] = ()
    _library: Sequence[Element | None] = ()
    goal: Sequence[PlanDefinitionGoal] = ()
    action: Sequence[PlanDefinitionAction] = ()


class PlanDefinitionGoal(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    description: CodeableConcept | None = None
    priority: CodeableConcept | None = None
    start: CodeableConcept | None = None
    addresses: Sequence[CodeableConcept] = ()
    documentation: Sequence[RelatedArtifact] = ()
    target: Sequence[PlanDefinitionGoalTarget] = ()


class PlanDefinitionGoalTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    measure: CodeableConcept | None = None
    detailQuantity: Quantity | None = None
    detailRange: Range | None = None
    detailCodeableConcept: CodeableConcept | None = None
    due: Duration | None = None


class PlanDefinitionAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    prefix: str | None = None
    _prefix: Element | None = None
    title: str | None = None
    _title: Element | None = None
    description: str | None = None
    _description: Element | None = None
    textEquivalent: str | None = None
    _textEquivalent: Element | None = None
    priority: str | None = None
    _priority: Element | None = None
    code: Sequence[CodeableConcept] = ()
    reason: Sequence[CodeableConcept] = ()
    documentation: Sequence[RelatedArtifact] = ()
    goalId: Sequence[str | None] = ()
    _goalId: Sequence[Element | None] = ()
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    trigger: Sequence[TriggerDefinition] = ()
    condition: Sequence[PlanDefinitionActionCondition] = ()
    input: Sequence[DataRequirement] = ()
    output: Sequence[DataRequirement] = ()
    relatedAction: Sequence[PlanDefinitionActionRelatedAction] = ()
    timingDateTime: str | None = None
    _timingDateTime: Element | None = None
    timingAge: Age | None = None
    timingPeriod: Period | None = None
    timingDuration: Duration | None = None
    timingRange: Range | None = None
    timingTiming: Timing | None = None
    participant: Sequence[PlanDefinitionActionParticipant] = ()
    type: CodeableConcept | None = None
    groupingBehavior: str | None = None
    _groupingBehavior: Element | None = None
    selectionBehavior: str | None = None
    _selectionBehavior: Element | None = None
    requiredBehavior: str | None = None
    _requiredBehavior: Element | None = None
    precheckBehavior: str | None = None
    _precheckBehavior: Element | None = None
    cardinalityBehavior: str | None = None
    _cardinalityBehavior: Element | None = None
    definitionCanonical: str | None = None
    _definitionCanonical: Element | None = None
    definitionUri: str | None = None
    _definitionUri: Element | None = None
    transform: str | None = None
    _transform: Element | None = None
    dynamicValue: Sequence[PlanDefinitionActionDynamicValue] = ()
    action: Sequence[PlanDefinitionAction] = ()


class PlanDefinitionActionCondition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    kind: str | None = None
    _kind: Element | None = None
    expression: Expression | None = None


class PlanDefinitionActionRelatedAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    actionId: str | None = None
    _actionId: Element | None = None
    relationship: str | None = None
    _relationship: Element | None = None
    offsetDuration: Duration | None = None
    offsetRange: Range | None = None


class PlanDefinitionActionParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    role: CodeableConcept | None = None


class PlanDefinitionActionDynamicValue(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: str | None = None
    _path: Element | None = None
    expression: Expression | None = None


class Practitioner(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Practitioner"):
    resourceType: ClassVar[str] = "Practitioner"
    identifier: Sequence[Identifier] = ()
    active: bool | None = None
    _active: Element | None = None
    name: Sequence[HumanName] = ()
    telecom: Sequence[ContactPoint] = ()
    address: Sequence[Address] = ()
    gender: str | None = None
    _gender: Element | None = None
    birthDate: str | None = None
    _birthDate: Element | None = None
    photo: Sequence[Attachment] = ()
    qualification: Sequence[PractitionerQualification] = ()
    communication: Sequence[CodeableConcept] = ()


class PractitionerQualification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Sequence[Identifier] = ()
    code: CodeableConcept | None = None
    period: Period | None = None
    issuer: Reference | None = None


class PractitionerRole(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="PractitionerRole"):
    resourceType: ClassVar[str] = "PractitionerRole"
    identifier: Sequence[Identifier] = ()
    active: bool | None = None
    _active: Element | None = None
    period: Period | None = None
    practitioner: Reference | None = None
    organization: Reference | None = None
    code: Sequence[CodeableConcept] = ()
    specialty: Sequence[CodeableConcept] = ()
    location: Sequence[Reference] = ()
    healthcareService: Sequence[Reference] = ()
    telecom: Sequence[ContactPoint] = ()
    availableTime: Sequence[PractitionerRoleAvailableTime] = ()
    notAvailable: Sequence[PractitionerRoleNotAvailable] = ()
    availabilityExceptions: str | None = None
    _availabilityExceptions: Element | None = None
    endpoint: Sequence[Reference] = ()


class PractitionerRoleAvailableTime(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    daysOfWeek: Sequence[str | None] = ()
    _daysOfWeek: Sequence[Element | None] = ()
    allDay: bool | None = None
    _allDay: Element | None = None
    availableStartTime: str | None = None
    _availableStartTime: Element | None = None
    availableEndTime: str | None = None
    _availableEndTime: Element | None = None


class PractitionerRoleNotAvailable(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    during: Period | None = None


class Procedure(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Procedure"):
    resourceType: ClassVar[str] = "Procedure"
    identifier: Sequence[Identifier] = ()
    instantiatesCanonical: Sequence[str | None] = ()
    _instantiatesCanonical: Sequence[Element | None] = ()
    instantiatesUri: Sequence[str | None] = ()
    _instantiatesUri: Sequence[Element | None] = ()
    basedOn: Sequence[Reference] = ()
    partOf: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    category: CodeableConcept | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    performedDateTime: str | None = None
    _performedDateTime: Element | None = None
    performedPeriod: Period | None = None
    performedString: str | None = None
    _performedString: Element | None = None
    performedAge: Age | None = None
    performedRange: Range | None = None
    recorder: Reference | None = None
    asserter: Reference | None = None
    performer: Sequence[ProcedurePerformer] = ()
    location: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    bodySite: Sequence[CodeableConcept] = ()
    outcome: CodeableConcept | None = None
    report: Sequence[Reference] = ()
    complication: Sequence[CodeableConcept] = ()
    complicationDetail: Sequence[Reference] = ()
    followUp: Sequence[CodeableConcept] = ()
    note: Sequence[Annotation] = ()
    focalDevice: Sequence[ProcedureFocalDevice] = ()
    usedReference: Sequence[Reference] = ()
    usedCode: Sequence[CodeableConcept] = ()


class ProcedurePerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None
    onBehalfOf: Reference | None = None


class ProcedureFocalDevice(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: CodeableConcept | None = None
    manipulated: Reference | None = None


class Provenance(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Provenance"):
    resourceType: ClassVar[str] = "Provenance"
    target: Sequence[Reference] = ()
    occurredPeriod: Period | None = None
    occurredDateTime: str | None = None
    _occurredDateTime: Element | None = None
    recorded: str | None = None
    _recorded: Element | None = None
    policy: Sequence[str | None] = ()
    _policy: Sequence[Element | None] = ()
    location: Reference | None = None
    reason: Sequence[CodeableConcept] = ()
    activity: CodeableConcept | None = None
    agent: Sequence[ProvenanceAgent] = ()
    entity: Sequence[ProvenanceEntity] = ()
    signature: Sequence[Signature] = ()


class ProvenanceAgent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    role: Sequence[CodeableConcept] = ()
    who: Reference | None = None
    onBehalfOf: Reference | None = None


class ProvenanceEntity(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    role: str | None = None
    _role: Element | None = None
    what: Reference | None = None
    agent: Sequence[ProvenanceAgent] = ()


class Questionnaire(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Questionnaire"):
    resourceType: ClassVar[str] = "Questionnaire"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    derivedFrom: Sequence[str | None] = ()
    _derivedFrom: Sequence[Element | None] = ()
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectType: Sequence[str | None] = ()
    _subjectType: Sequence[Element | None] = ()
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    code: Sequence[Coding] = ()
    item: Sequence[QuestionnaireItem] = ()


class QuestionnaireItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    linkId: str | None = None
    _linkId: Element | None = None
    definition: str | None = None
    _definition: Element | None = None
    code: Sequence[Coding] = ()
    prefix: str | None = None
    _prefix: Element | None = None
    text: str | None = None
    _text: Element | None = None
    type: str | None = None
    _type: Element | None = None
    enableWhen: Sequence[QuestionnaireItemEnableWhen] = ()
    enableBehavior: str | None = None
    _enableBehavior: Element | None = None
    required: bool | None = None
    _required: Element | None = None
    repeats: bool | None = None
    _repeats: Element | None = None
    readOnly: bool | None = None
    _readOnly: Element | None = None
    maxLength: Integer | None = None
    _maxLength: Element | None = None
    answerValueSet: str | None = None
    _answerValueSet: Element | None = None
    answerOption: Sequence[QuestionnaireItemAnswerOption] = ()
    initial: Sequence[QuestionnaireItemInitial] = ()
    item: Sequence[QuestionnaireItem] = ()


class QuestionnaireItemEnableWhen(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    question: str | None = None
    _question: Element | None = None
    operator: str | None = None
    _operator: Element | None = None
    answerBoolean: bool | None = None
    _answerBoolean: Element | None = None
    answerDecimal: Decimal | None = None
    _answerDecimal: Element | None = None
    answerInteger: Integer | None = None
    _answerInteger: Element | None = None
    answerDate: str | None = None
    _answerDate: Element | None = None
    answerDateTime: str | None = None
    _answerDateTime: Element | None = None
    answerTime: str | None = None
    _answerTime: Element | None = None
    answerString: str | None = None
    _answerString: Element | None = None
    answerCoding: Coding | None = None
    answerQuantity: Quantity | None = None
    answerReference: Reference | None = None


class QuestionnaireItemAnswerOption(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDate: str | None = None
    _valueDate: Element | None = None
    valueTime: str | None = None
    _valueTime: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueCoding: Coding | None = None
    valueReference: Reference | None = None
    initialSelected: bool | None = None
    _initialSelected: Element | None = None


class QuestionnaireItemInitial(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDate: str | None = None
    _valueDate: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None
    valueTime: str | None = None
    _valueTime: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueUri: str | None = None
    _valueUri: Element | None = None
    valueAttachment: Attachment | None = None
    valueCoding: Coding | None = None
    valueQuantity: Quantity | None = None
    valueReference: Reference | None = None


class QuestionnaireResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="QuestionnaireResponse"):
    resourceType: ClassVar[str] = "QuestionnaireResponse"
    identifier: Identifier | None = None
    basedOn: Sequence[Reference] = ()
    partOf: Sequence[Reference] = ()
    questionnaire: str | None = None
    _questionnaire: Element | None = None
    status: str | None = None
    _status: Element | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    authored: str | None = None
    _authored: Element | None = None
    author: Reference | None = None
    source: Reference | None = None
    item: Sequence[QuestionnaireResponseItem] = ()


class QuestionnaireResponseItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    linkId: str | None = None
    _linkId: Element | None = None
    definition: str | None = None
    _definition: Element | None = None
    text: str | None = None
    _text: Element | None = None
    answer: Sequence[QuestionnaireResponseItemAnswer] = ()
    item: Sequence[QuestionnaireResponseItem] = ()


class QuestionnaireResponseItemAnswer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDate: str | None = None
    _valueDate: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None
    valueTime: str | None = None
    _valueTime: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueUri: str | None = None
    _valueUri: Element | None = None
    valueAttachment: Attachment | None = None
    valueCoding: Coding | None = None
    valueQuantity: Quantity | None = None
    valueReference: Reference | None = None
    item: Sequence[QuestionnaireResponseItem] = ()


class RelatedPerson(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="RelatedPerson"):
    resourceType: ClassVar[str] = "RelatedPerson"
    identifier: Sequence[Identifier] = ()
    active: bool | None = None
    _active: Element | None = None
    patient: Reference | None = None
    relationship: Sequence[CodeableConcept] = ()
    name: Sequence[HumanName] = ()
    telecom: Sequence[ContactPoint] = ()
    gender: str | None = None
    _gender: Element | None = None
    birthDate: str | None = None
    _birthDate: Element | None = None
    address: Sequence[Address] = ()
    photo: Sequence[Attachment] = ()
    period: Period | None = None
    communication: Sequence[RelatedPersonCommunication] = ()


class RelatedPersonCommunication(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    language: CodeableConcept | None = None
    preferred: bool | None = None
    _preferred: Element | None = None


class RequestGroup(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="RequestGroup"):
    resourceType: ClassVar[str] = "RequestGroup"
    identifier: Sequence[Identifier] = ()
    instantiatesCanonical: Sequence[str | None] = ()
    _instantiatesCanonical: Sequence[Element | None] = ()
    instantiatesUri: Sequence[str | None] = ()
    _instantiatesUri: Sequence[Element | None] = ()
    basedOn: Sequence[Reference] = ()
    replaces: Sequence[Reference] = ()
    groupIdentifier: Identifier | None = None
    status: str | None = None
    _status: Element | None = None
    intent: str | None = None
    _intent: Element | None = None
    priority: str | None = None
    _priority: Element | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    authoredOn: str | None = None
    _authoredOn: Element | None = None
    author: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    action: Sequence[RequestGroupAction] = ()


class RequestGroupAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    prefix: str | None = None
    _prefix: Element | None = None
    title: str | None = None
    _title: Element | None = None
    description: str | None = None
    _description: Element | None = None
    textEquivalent: str | None = None
    _textEquivalent: Element | None = None
    priority: str | None = None
    _priority: Element | None = None
    code: Sequence[CodeableConcept] = ()
    documentation: Sequence[RelatedArtifact] = ()
    condition: Sequence[RequestGroupActionCondition] = ()
    relatedAction: Sequence[RequestGroupActionRelatedAction] = ()
    timingDateTime: str | None = None
    _timingDateTime: Element | None = None
    timingAge: Age | None = None
    timingPeriod: Period | None = None
    timingDuration: Duration | None = None
    timingRange: Range | None = None
    timingTiming: Timing | None = None
    participant: Sequence[Reference] = ()
    type: CodeableConcept | None = None
    groupingBehavior: str | None = None
    _groupingBehavior: Element | None = None
    selectionBehavior: str | None = None
    _selectionBehavior: Element | None = None
    requiredBehavior: str | None = None
    _requiredBehavior: Element | None = None
    precheckBehavior: str | None = None
    _precheckBehavior: Element | None = None
    cardinalityBehavior: str | None = None
    _cardinalityBehavior: Element | None = None
    resource: Reference | None = None
    action: Sequence[RequestGroupAction] = ()


class RequestGroupActionCondition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    kind: str | None = None
    _kind: Element | None = None
    expression: Expression | None = None


class RequestGroupActionRelatedAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    actionId: str | None = None
    _actionId: Element | None = None
    relationship: str | None = None
    _relationship: Element | None = None
    offsetDuration: Duration | None = None
    offsetRange: Range | None = None


class ResearchDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ResearchDefinition"):
    resourceType: ClassVar[str] = "ResearchDefinition"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    shortTitle: str | None = None
    _shortTitle: Element | None = None
    subtitle: str | None = None
    _subtitle: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    comment: Sequence[str | None] = ()
    _comment: Sequence[Element | None] = ()
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    usage: str | None = None
    _usage: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    library: Sequence[str | None] = ()
    _library: Sequence[Element | None] = ()
    population: Reference | None = None
    exposure: Reference | None = None
    exposureAlternative: Reference | None = None
    outcome: Reference | None = None


class ResearchElementDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ResearchElementDefinition"):
    resourceType: ClassVar[str] = "ResearchElementDefinition"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    shortTitle: str | None = None
    _shortTitle: Element | None = None
    subtitle: str | None = None
    _subtitle: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    comment: Sequence[str | None] = ()
    _comment: Sequence[Element | None] = ()
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    usage: str | None = None
    _usage: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    library: Sequence[str | None] = ()
    _library: Sequence[Element | None] = ()
    type: str | None = None
    _type: Element | None = None
    variableType: str | None = None
    _variableType: Element | None = None
    characteristic: Sequence[ResearchElementDefinitionCharacteristic] = ()


class ResearchElementDefinitionCharacteristic(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    definitionCodeableConcept: CodeableConcept | None = None
    definitionCanonical: str | None = None
    _definitionCanonical: Element | None = None
    definitionExpression: Expression | None = None
    definitionDataRequirement: DataRequirement | None = None
    usageContext: Sequence[UsageContext] = ()
    exclude: bool | None = None
    _exclude: Element | None = None
    unitOfMeasure: CodeableConcept | None = None
    studyEffectiveDescription: str | None = None
    _studyEffectiveDescription: Element | None = None
    studyEffectiveDateTime: str | None = None
    _studyEffectiveDateTime: Element | None = None
    studyEffectivePeriod: Period | None = None
    studyEffectiveDuration: Duration | None = None
    studyEffectiveTiming: Timing | None = None
    studyEffectiveTimeFromStart: Duration | None = None
    studyEffectiveGroupMeasure: str | None = None
    _studyEffectiveGroupMeasure: Element | None = None
    participantEffectiveDescription: str | None = None
    _participantEffectiveDescription: Element | None = None
    participantEffectiveDateTime: str | None = None
    _participantEffectiveDateTime: Element | None = None
    participantEffectivePeriod: Period | None = None
    participantEffectiveDuration: Duration | None = None
    participantEffectiveTiming: Timing | None = None
    participantEffectiveTimeFromStart: Duration | None = None
    participantEffectiveGroupMeasure: str | None = None
    _participantEffectiveGroupMeasure: Element | None = None


class ResearchStudy(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ResearchStudy"):
    resourceType: ClassVar[str] = "ResearchStudy"
    identifier: Sequence[Identifier] = ()
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    label: Sequence[ResearchStudyLabel] = ()
    protocol: Sequence[Reference] = ()
    partOf: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    primaryPurposeType: CodeableConcept | None = None
    phase: CodeableConcept | None = None
    studyDesign: Sequence[CodeableConcept] = ()
    category: Sequence[CodeableConcept] = ()
    focus: Sequence[CodeableConcept] = ()
    condition: Sequence[CodeableConcept] = ()
    contact: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    keyword: Sequence[CodeableConcept] = ()
    location: Sequence[CodeableConcept] = ()
    region: Sequence[CodeableConcept] = ()
    descriptionSummary: str | None = None
    _descriptionSummary: Element | None = None
    description: str | None = None
    _description: Element | None = None
    enrollment: Sequence[Reference] = ()
    period: Period | None = None
    sponsor: Reference | None = None
    principalInvestigator: Reference | None = None
    site: Sequence[Reference] = ()
    reasonStopped: CodeableConcept | None = None
    note: Sequence[Annotation] = ()
    arm: Sequence[ResearchStudyArm] = ()
    classifier: Sequence[CodeableConcept] = ()
    associatedParty: Sequence[ResearchStudyAssociatedParty] = ()
    progressStatus: Sequence[ResearchStudyProgressStatus] = ()
    whyStopped: CodeableConcept | None = None
    recruitment: ResearchStudyRecruitment | None = None
    comparisonGroup: Sequence[ResearchStudyComparisonGroup] = ()
    objective: Sequence[ResearchStudyObjective] = ()
    outcomeMeasure: Sequence[ResearchStudyOutcomeMeasure] = ()
    result: Sequence[Reference] = ()


class ResearchStudyLabel(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    value: str | None = None
    _value: Element | None = None


class ResearchStudyArm(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    type: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None


class ResearchStudyAssociatedParty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    role: CodeableConcept | None = None
    period: Sequence[Period] = ()
    classifier: Sequence[CodeableConcept] = ()
    party: Reference | None = None


class ResearchStudyProgressStatus(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    state: CodeableConcept | None = None
    actual: bool | None = None
    _actual: Element | None = None
    period: Period | None = None


class ResearchStudyRecruitment(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    targetNumber: UnsignedInt | None = None
    _targetNumber: Element | None = None
    actualNumber: UnsignedInt | None = None
    _actualNumber: Element | None = None
    eligibility: Reference | None = None
    actualGroup: Reference | None = None


class ResearchStudyComparisonGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    linkId: str | None = None
    _linkId: Element | None = None
    name: str | None = None
    _name: Element | None = None
    type: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    intendedExposure: Sequence[Reference] = ()
    observedGroup: Reference | None = None


class ResearchStudyObjective(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    type: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None


class ResearchStudyOutcomeMeasure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    type: Sequence[CodeableConcept] = ()
    description: str | None = None
    _description: Element | None = None
    reference: Reference | None = None


class ResearchSubject(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ResearchSubject"):
    resourceType: ClassVar[str] = "ResearchSubject"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    period: Period | None = None
    study: Reference | None = None
    individual: Reference | None = None
    assignedArm: str | None = None
    _assignedArm: Element | None = None
    actualArm: str | None = None
    _actualArm: Element | None = None
    consent: Reference | None = None


class RiskAssessment(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="RiskAssessment"):
    resourceType: ClassVar[str] = "RiskAssessment"
    identifier: Sequence[Identifier] = ()
    basedOn: Reference | None = None
    parent: Reference | None = None
    status: str | None = None
    _status: Element | None = None
    method: CodeableConcept | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    occurrenceDateTime: str | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    condition: Reference | None = None
    performer: Reference | None = None
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    basis: Sequence[Reference] = ()
    prediction: Sequence[RiskAssessmentPrediction] = ()
    mitigation: str | None = None
    _mitigation: Element | None = None
    note: Sequence[Annotation] = ()


class RiskAssessmentPrediction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    outcome: CodeableConcept | None = None
    probabilityDecimal: Decimal | None = None
    _probabilityDecimal: Element | None = None
    probabilityRange: Range | None = None
    qualitativeRisk: CodeableConcept | None = None
    relativeRisk: Decimal | None = None
    _relativeRisk: Element | None = None
    whenPeriod: Period | None = None
    whenRange: Range | None = None
    rationale: str | None = None
    _rationale: Element | None = None


class RiskEvidenceSynthesis(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="RiskEvidenceSynthesis"):
    resourceType: ClassVar[str] = "RiskEvidenceSynthesis"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    note: Sequence[Annotation] = ()
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    copyright: str | None = None
    _copyright: Element | None = None
    approvalDate: str | None = None
    _approvalDate: Element | None = None
    lastReviewDate: str | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Sequence[CodeableConcept] = ()
    author: Sequence[ContactDetail] = ()
    editor: Sequence[ContactDetail] = ()
    reviewer: Sequence[ContactDetail] = ()
    endorser: Sequence[ContactDetail] = ()
    relatedArtifact: Sequence[RelatedArtifact] = ()
    synthesisType: CodeableConcept | None = None
    studyType: CodeableConcept | None = None
    population: Reference | None = None
    exposure: Reference | None = None
    outcome: Reference | None = None
    sampleSize: RiskEvidenceSynthesisSampleSize | None = None
    riskEstimate: RiskEvidenceSynthesisRiskEstimate | None = None
    certainty: Sequence[RiskEvidenceSynthesisCertainty] = ()


class RiskEvidenceSynthesisSampleSize(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    numberOfStudies: Integer | None = None
    _numberOfStudies: Element | None = None
    numberOfParticipants: Integer | None = None
    _numberOfParticipants: Element | None = None


class RiskEvidenceSynthesisRiskEstimate(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    type: CodeableConcept | None = None
    value: Decimal | None = None
    _value: Element | None = None
    unitOfMeasure: CodeableConcept | None = None
    denominatorCount: Integer | None = None
    _denominatorCount: Element | None = None
    numeratorCount: Integer | None = None
    _numeratorCount: Element | None = None
    precisionEstimate: Sequence[RiskEvidenceSynthesisRiskEstimatePrecisionEstimate] = ()


class RiskEvidenceSynthesisRiskEstimatePrecisionEstimate(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"from_": "from"}):
    type: CodeableConcept | None = None
    level: Decimal | None = None
    _level: Element | None = None
    from_: Decimal | None = None
    _from: Element | None = None
    to: Decimal | None = None
    _to: Element | None = None


class RiskEvidenceSynthesisCertainty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    rating: Sequence[CodeableConcept] = ()
    note: Sequence[Annotation] = ()
    certaintySubcomponent: Sequence[RiskEvidenceSynthesisCertaintyCertaintySubcomponent] = ()


class RiskEvidenceSynthesisCertaintyCertaintySubcomponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    rating: Sequence[CodeableConcept] = ()
    note: Sequence[Annotation] = ()


class Schedule(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Schedule"):
    resourceType: ClassVar[str] = "Schedule"
    identifier: Sequence[Identifier] = ()
    active: bool | None = None
    _active: Element | None = None
    serviceCategory: Sequence[CodeableConcept] = ()
    serviceType: Sequence[CodeableConcept] = ()
    specialty: Sequence[CodeableConcept] = ()
    actor: Sequence[Reference] = ()
    planningHorizon: Period | None = None
    comment: str | None = None
    _comment: Element | None = None


class SearchParameter(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SearchParameter"):
    resourceType: ClassVar[str] = "SearchParameter"
    url: str | None = None
    _url: Element | None = None
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    derivedFrom: str | None = None
    _derivedFrom: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    code: str | None = None
    _code: Element | None = None
    base: Sequence[str | None] = ()
    _base: Sequence[Element | None] = ()
    type: str | None = None
    _type: Element | None = None
    expression: str | None = None
    _expression: Element | None = None
    xpath: str | None = None
    _xpath: Element | None = None
    xpathUsage: str | None = None
    _xpathUsage: Element | None = None
    target: Sequence[str | None] = ()
    _target: Sequence[Element | None] = ()
    multipleOr: bool | None = None
    _multipleOr: Element | None = None
    multipleAnd: bool | None = None
    _multipleAnd: Element | None = None
    comparator: Sequence[str | None] = ()
    _comparator: Sequence[Element | None] = ()
    modifier: Sequence[str | None] = ()
    _modifier: Sequence[Element | None] = ()
    chain: Sequence[str | None] = ()
    _chain: Sequence[Element | None] = ()
    component: Sequence[SearchParameterComponent] = ()


class SearchParameterComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    definition: str | None = None
    _definition: Element | None = None
    expression: str | None = None
    _expression: Element | None = None


class ServiceRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ServiceRequest"):
    resourceType: ClassVar[str] = "ServiceRequest"
    identifier: Sequence[Identifier] = ()
    instantiatesCanonical: Sequence[str | None] = ()
    _instantiatesCanonical: Sequence[Element | None] = ()
    instantiatesUri: Sequence[str | None] = ()
    _instantiatesUri: Sequence[Element | None] = ()
    basedOn: Sequence[Reference] = ()
    replaces: Sequence[Reference] = ()
    requisition: Identifier | None = None
    status: str | None = None
    _status: Element | None = None
    intent: str | None = None
    _intent: Element | None = None
    category: Sequence[CodeableConcept] = ()
    priority: str | None = None
    _priority: Element | None = None
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    code: CodeableConcept | None = None
    orderDetail: Sequence[CodeableConcept] = ()
    quantityQuantity: Quantity | None = None
    quantityRatio: Ratio | None = None
    quantityRange: Range | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    occurrenceDateTime: str | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    asNeededBoolean: bool | None = None
    _asNeededBoolean: Element | None = None
    asNeededCodeableConcept: CodeableConcept | None = None
    authoredOn: str | None = None
    _authoredOn: Element | None = None
    requester: Reference | None = None
    performerType: CodeableConcept | None = None
    performer: Sequence[Reference] = ()
    locationCode: Sequence[CodeableConcept] = ()
    locationReference: Sequence[Reference] = ()
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    insurance: Sequence[Reference] = ()
    supportingInfo: Sequence[Reference] = ()
    specimen: Sequence[Reference] = ()
    bodySite: Sequence[CodeableConcept] = ()
    note: Sequence[Annotation] = ()
    patientInstruction: str | None = None
    _patientInstruction: Element | None = None
    relevantHistory: Sequence[Reference] = ()


class Slot(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Slot"):
    resourceType: ClassVar[str] = "Slot"
    identifier: Sequence[Identifier] = ()
    serviceCategory: Sequence[CodeableConcept] = ()
    serviceType: Sequence[CodeableConcept] = ()
    specialty: Sequence[CodeableConcept] = ()
    appointmentType: CodeableConcept | None = None
    schedule: Reference | None = None
    status: str | None = None
    _status: Element | None = None
    start: str | None = None
    _start: Element | None = None
    end: str | None = None
    _end: Element | None = None
    overbooked: bool | None = None
    _overbooked: Element | None = None
    comment: str | None = None
    _comment: Element | None = None


class Specimen(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Specimen"):
    resourceType: ClassVar[str] = "Specimen"
    identifier: Sequence[Identifier] = ()
    accessionIdentifier: Identifier | None = None
    status: str | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    subject: Reference | None = None
    receivedTime: str | None = None
    _receivedTime: Element | None = None
    parent: Sequence[Reference] = ()
    request: Sequence[Reference] = ()
    collection: SpecimenCollection | None = None
    processing: Sequence[SpecimenProcessing] = ()
    container: Sequence[SpecimenContainer] = ()
    condition: Sequence[CodeableConcept] = ()
    note: Sequence[Annotation] = ()


class SpecimenCollection(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    collector: Reference | None = None
    collectedDateTime: str | None = None
    _collectedDateTime: Element | None = None
    collectedPeriod: Period | None = None
    duration: Duration | None = None
    quantity: Quantity | None = None
    method: CodeableConcept | None = None
    bodySite: CodeableConcept | None = None
    fastingStatusCodeableConcept: CodeableConcept | None = None
    fastingStatusDuration: Duration | None = None


class SpecimenProcessing(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    procedure: CodeableConcept | None = None
    additive: Sequence[Reference] = ()
    timeDateTime: str | None = None
    _timeDateTime: Element | None = None
    timePeriod: Period | None = None


class SpecimenContainer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Sequence[Identifier] = ()
    description: str | None = None
    _description: Element | None = None
    type: CodeableConcept | None = None
    capacity: Quantity | None = None
    specimenQuantity: Quantity | None = None
    additiveCodeableConcept: CodeableConcept | None = None
    additiveReference: Reference | None = None


class SpecimenDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SpecimenDefinition"):
    resourceType: ClassVar[str] = "SpecimenDefinition"
    identifier: Identifier | None = None
    typeCollected: CodeableConcept | None = None
    patientPreparation: Sequence[CodeableConcept] = ()
    timeAspect: str | None = None
    _timeAspect: Element | None = None
    collection: Sequence[CodeableConcept] = ()
    typeTested: Sequence[SpecimenDefinitionTypeTested] = ()


class SpecimenDefinitionTypeTested(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    isDerived: bool | None = None
    _isDerived: Element | None = None
    type: CodeableConcept | None = None
    preference: str | None = None
    _preference: Element | None = None
    container: SpecimenDefinitionTypeTestedContainer | None = None
    requirement: str | None = None
    _requirement: Element | None = None
    retentionTime: Duration | None = None
    rejectionCriterion: Sequence[CodeableConcept] = ()
    handling: Sequence[SpecimenDefinitionTypeTestedHandling] = ()


class SpecimenDefinitionTypeTestedContainer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    material: CodeableConcept | None = None
    type: CodeableConcept | None = None
    cap: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    capacity: Quantity | None = None
    minimumVolumeQuantity: Quantity | None = None
    minimumVolumeString: str | None = None
    _minimumVolumeString: Element | None = None
    additive: Sequence[SpecimenDefinitionTypeTestedContainerAdditive] = ()
    preparation: str | None = None
    _preparation: Element | None = None


class SpecimenDefinitionTypeTestedContainerAdditive(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    additiveCodeableConcept: CodeableConcept | None = None
    additiveReference: Reference | None = None


class SpecimenDefinitionTypeTestedHandling(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    temperatureQualifier: CodeableConcept | None = None
    temperatureRange: Range | None = None
    maxDuration: Duration | None = None
    instruction: str | None = None
    _instruction: Element | None = None


class StructureDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="StructureDefinition"):
    resourceType: ClassVar[str] = "StructureDefinition"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    keyword: Sequence[Coding] = ()
    fhirVersion: str | None = None
    _fhirVersion: Element | None = None
    mapping: Sequence[StructureDefinitionMapping] = ()
    kind: str | None = None
    _kind: Element | None = None
    abstract: bool | None = None
    _abstract: Element | None = None
    context: Sequence[StructureDefinitionContext] = ()
    contextInvariant: Sequence[str | None] = ()
    _contextInvariant: Sequence[Element | None] = ()
    type: str | None = None
    _type: Element | None = None
    baseDefinition: str | None = None
    _baseDefinition: Element | None = None
    derivation: str | None = None
    _derivation: Element | None = None
    snapshot: StructureDefinitionSnapshot | None = None
    differential: StructureDefinitionDifferential | None = None


class StructureDefinitionMapping(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identity: str | None = None
    _identity: Element | None = None
    uri: str | None = None
    _uri: Element | None = None
    name: str | None = None
    _name: Element | None = None
    comment: str | None = None
    _comment: Element | None = None


class StructureDefinitionContext(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    expression: str | None = None
    _expression: Element | None = None


class StructureDefinitionSnapshot(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    element: Sequence[ElementDefinition] = ()


class StructureDefinitionDifferential(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    element: Sequence[ElementDefinition] = ()


class StructureMap(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="StructureMap", rename={"import_": "import"}):
    resourceType: ClassVar[str] = "StructureMap"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    structure: Sequence[StructureMapStructure] = ()
    import_: Sequence[str | None] = ()
    _import: Sequence[Element | None] = ()
    group: Sequence[StructureMapGroup] = ()


class StructureMapStructure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    url: str | None = None
    _url: Element | None = None
    mode: str | None = None
    _mode: Element | None = None
    alias: str | None = None
    _alias: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None


class StructureMapGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    extends: str | None = None
    _extends: Element | None = None
    typeMode: str | None = None
    _typeMode: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None
    input: Sequence[StructureMapGroupInput] = ()
    rule: Sequence[StructureMapGroupRule] = ()


class StructureMapGroupInput(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    type: str | None = None
    _type: Element | None = None
    mode: str | None = None
    _mode: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None


class StructureMapGroupRule(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    source: Sequence[StructureMapGroupRuleSource] = ()
    target: Sequence[StructureMapGroupRuleTarget] = ()
    rule: Sequence[StructureMapGroupRule] = ()
    dependent: Sequence[StructureMapGroupRuleDependent] = ()
    documentation: str | None = None
    _documentation: Element | None = None


class StructureMapGroupRuleSource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    context: str | None = None
    _context: Element | None = None
    min: Integer | None = None
    _min: Element | None = None
    max: str | None = None
    _max: Element | None = None
    type: str | None = None
    _type: Element | None = None
    defaultValueBase64Binary: str | None = None
    _defaultValueBase64Binary: Element | None = None
    defaultValueBoolean: bool | None = None
    _defaultValueBoolean: Element | None = None
    defaultValueCanonical: str | None = None
    _defaultValueCanonical: Element | None = None
    defaultValueCode: str | None = None
    _defaultValueCode: Element | None = None
    defaultValueDate: str | None = None
    _defaultValueDate: Element | None = None
    defaultValueDateTime: str | None = None
    _defaultValueDateTime: Element | None = None
    defaultValueDecimal: Decimal | None = None
    _defaultValueDecimal: Element | None = None
    defaultValueId: str | None = None
    _defaultValueId: Element | None = None
    defaultValueInstant: str | None = None
    _defaultValueInstant: Element | None = None
    defaultValueInteger: Integer | None = None
    _defaultValueInteger: Element | None = None
    defaultValueMarkdown: str | None = None
    _defaultValueMarkdown: Element | None = None
    defaultValueOid: str | None = None
    _defaultValueOid: Element | None = None
    defaultValuePositiveInt: PositiveInt | None = None
    _defaultValuePositiveInt: Element | None = None
    defaultValueString: str | None = None
    _defaultValueString: Element | None = None
    defaultValueTime: str | None = None
    _defaultValueTime: Element | None = None
    defaultValueUnsignedInt: UnsignedInt | None = None
    _defaultValueUnsignedInt: Element | None = None
    defaultValueUri: str | None = None
    _defaultValueUri: Element | None = None
    defaultValueUrl: str | None = None
    _defaultValueUrl: Element | None = None
    defaultValueUuid: str | None = None
    _defaultValueUuid: Element | None = None
    defaultValueAddress: Address | None = None
    defaultValueAge: Age | None = None
    defaultValueAnnotation: Annotation | None = None
    defaultValueAttachment: Attachment | None = None
    defaultValueCodeableConcept: CodeableConcept | None = None
    defaultValueCoding: Coding | None = None
    defaultValueContactPoint: ContactPoint | None = None
    defaultValueCount: Count | None = None
    defaultValueDistance: Distance | None = None
    defaultValueDuration: Duration | None = None
    defaultValueHumanName: HumanName | None = None
    defaultValueIdentifier: Identifier | None = None
    defaultValueMoney: Money | None = None
    defaultValuePeriod: Period | None = None
    defaultValueQuantity: Quantity | None = None
    defaultValueRange: Range | None = None
    defaultValueRatio: Ratio | None = None
    defaultValueReference: Reference | None = None
    defaultValueSampledData: SampledData | None = None
    defaultValueSignature: Signature | None = None
    defaultValueTiming: Timing | None = None
    defaultValueContactDetail: ContactDetail | None = None
    defaultValueContributor: Contributor | None = None
    defaultValueDataRequirement: DataRequirement | None = None
    defaultValueExpression: Expression | None = None
    defaultValueParameterDefinition: ParameterDefinition | None = None
    defaultValueRelatedArtifact: RelatedArtifact | None = None
    defaultValueTriggerDefinition: TriggerDefinition | None = None
    defaultValueUsageContext: UsageContext | None = None
    defaultValueDosage: Dosage | None = None
    defaultValueMeta: Meta | None = None
    element: str | None = None
    _element: Element | None = None
    listMode: str | None = None
    _listMode: Element | None = None
    variable: str | None = None
    _variable: Element | None = None
    condition: str | None = None
    _condition: Element | None = None
    check: str | None = None
    _check: Element | None = None
    logMessage: str | None = None
    _logMessage: Element | None = None


class StructureMapGroupRuleTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    context: str | None = None
    _context: Element | None = None
    contextType: str | None = None
    _contextType: Element | None = None
    element: str | None = None
    _element: Element | None = None
    variable: str | None = None
    _variable: Element | None = None
    listMode: Sequence[str | None] = ()
    _listMode: Sequence[Element | None] = ()
    listRuleId: str | None = None
    _listRuleId: Element | None = None
    transform: str | None = None
    _transform: Element | None = None
    parameter: Sequence[StructureMapGroupRuleTargetParameter] = ()


class StructureMapGroupRuleTargetParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    valueId: str | None = None
    _valueId: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None


class StructureMapGroupRuleDependent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    variable: Sequence[str | None] = ()
    _variable: Sequence[Element | None] = ()


class Subscription(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Subscription"):
    resourceType: ClassVar[str] = "Subscription"
    status: str | None = None
    _status: Element | None = None
    contact: Sequence[ContactPoint] = ()
    end: str | None = None
    _end: Element | None = None
    reason: str | None = None
    _reason: Element | None = None
    criteria: str | None = None
    _criteria: Element | None = None
    error: str | None = None
    _error: Element | None = None
    channel: SubscriptionChannel | None = None


class SubscriptionChannel(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    endpoint: str | None = None
    _endpoint: Element | None = None
    payload: str | None = None
    _payload: Element | None = None
    header: Sequence[str | None] = ()
    _header: Sequence[Element | None] = ()


class SubscriptionStatus(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubscriptionStatus"):
    resourceType: ClassVar[str] = "SubscriptionStatus"
    status: str | None = None
    _status: Element | None = None
    type: str | None = None
    _type: Element | None = None
    eventsSinceSubscriptionStart: str | None = None
    _eventsSinceSubscriptionStart: Element | None = None
    notificationEvent: Sequence[SubscriptionStatusNotificationEvent] = ()
    subscription: Reference | None = None
    topic: str | None = None
    _topic: Element | None = None
    error: Sequence[CodeableConcept] = ()


class SubscriptionStatusNotificationEvent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    eventNumber: str | None = None
    _eventNumber: Element | None = None
    timestamp: str | None = None
    _timestamp: Element | None = None
    focus: Reference | None = None
    additionalContext: Sequence[Reference] = ()


class Substance(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Substance"):
    resourceType: ClassVar[str] = "Substance"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    category: Sequence[CodeableConcept] = ()
    code: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    instance: Sequence[SubstanceInstance] = ()
    ingredient: Sequence[SubstanceIngredient] = ()


class SubstanceInstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    expiry: str | None = None
    _expiry: Element | None = None
    quantity: Quantity | None = None


class SubstanceIngredient(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    quantity: Ratio | None = None
    substanceCodeableConcept: CodeableConcept | None = None
    substanceReference: Reference | None = None


class SubstanceNucleicAcid(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubstanceNucleicAcid"):
    resourceType: ClassVar[str] = "SubstanceNucleicAcid"
    sequenceType: CodeableConcept | None = None
    numberOfSubunits: Integer | None = None
    _numberOfSubunits: Element | None = None
    areaOfHybridisation: str | None = None
    _areaOfHybridisation: Element | None = None
    oligoNucleotideType: CodeableConcept | None = None
    subunit: Sequence[SubstanceNucleicAcidSubunit] = ()


class SubstanceNucleicAcidSubunit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    subunit: Integer | None = None
    _subunit: Element | None = None
    sequence: str | None = None
    _sequence: Element | None = None
    length: Integer | None = None
    _length: Element | None = None
    sequenceAttachment: Attachment | None = None
    fivePrime: CodeableConcept | None = None
    threePrime: CodeableConcept | None = None
    linkage: Sequence[SubstanceNucleicAcidSubunitLinkage] = ()
    sugar: Sequence[SubstanceNucleicAcidSubunitSugar] = ()


class SubstanceNucleicAcidSubunitLinkage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    connectivity: str | None = None
    _connectivity: Element | None = None
    identifier: Identifier | None = None
    name: str | None = None
    _name: Element | None = None
    residueSite: str | None = None
    _residueSite: Element | None = None


class SubstanceNucleicAcidSubunitSugar(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    name: str | None = None
    _name: Element | None = None
    residueSite: str | None = None
    _residueSite: Element | None = None


class SubstancePolymer(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubstancePolymer", rename={"class_": "class"}):
    resourceType: ClassVar[str] = "SubstancePolymer"
    class_: CodeableConcept | None = None
    geometry: CodeableConcept | None = None
    copolymerConnectivity: Sequence[CodeableConcept] = ()
    modification: Sequence[str | None] = ()
    _modification: Sequence[Element | None] = ()
    monomerSet: Sequence[SubstancePolymerMonomerSet] = ()
    repeat: Sequence[SubstancePolymerRepeat] = ()


class SubstancePolymerMonomerSet(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    ratioType: CodeableConcept | None = None
    startingMaterial: Sequence[SubstancePolymerMonomerSetStartingMaterial] = ()


class SubstancePolymerMonomerSetStartingMaterial(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    material: CodeableConcept | None = None
    type: CodeableConcept | None = None
    isDefining: bool | None = None
    _isDefining: Element | None = None
    amount: SubstanceAmount | None = None


class SubstancePolymerRepeat(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    numberOfUnits: Integer | None = None
    _numberOfUnits: Element | None = None
    averageMolecularFormula: str | None = None
    _averageMolecularFormula: Element | None = None
    repeatUnitAmountType: CodeableConcept | None = None
    repeatUnit: Sequence[SubstancePolymerRepeatRepeatUnit] = ()


class SubstancePolymerRepeatRepeatUnit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    orientationOfPolymerisation: CodeableConcept | None = None
    repeatUnit: str | None = None
    _repeatUnit: Element | None = None
    amount: SubstanceAmount | None = None
    degreeOfPolymerisation: Sequence[SubstancePolymerRepeatRepeatUnitDegreeOfPolymerisation] = ()
    structuralRepresentation: Sequence[SubstancePolymerRepeatRepeatUnitStructuralRepresentation] = ()


class SubstancePolymerRepeatRepeatUnitDegreeOfPolymerisation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    degree: CodeableConcept | None = None
    amount: SubstanceAmount | None = None


class SubstancePolymerRepeatRepeatUnitStructuralRepresentation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    representation: str | None = None
    _representation: Element | None = None
    attachment: Attachment | None = None


class SubstanceProtein(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubstanceProtein"):
    resourceType: ClassVar[str] = "SubstanceProtein"
    sequenceType: CodeableConcept | None = None
    numberOfSubunits: Integer | None = None
    _numberOfSubunits: Element | None = None
    disulfideLinkage: Sequence[str | None] = ()
    _disulfideLinkage: Sequence[Element | None] = ()
    subunit: Sequence[SubstanceProteinSubunit] = ()


class SubstanceProteinSubunit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    subunit: Integer | None = None
    _subunit: Element | None = None
    sequence: str | None = None
    _sequence: Element | None = None
    length: Integer | None = None
    _length: Element | None = None
    sequenceAttachment: Attachment | None = None
    nTerminalModificationId: Identifier | None = None
    nTerminalModification: str | None = None
    _nTerminalModification: Element | None = None
    cTerminalModificationId: Identifier | None = None
    cTerminalModification: str | None = None
    _cTerminalModification: Element | None = None


class SubstanceReferenceInformation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubstanceReferenceInformation"):
    resourceType: ClassVar[str] = "SubstanceReferenceInformation"
    comment: str | None = None
    _comment: Element | None = None
    gene: Sequence[SubstanceReferenceInformationGene] = ()
    geneElement: Sequence[SubstanceReferenceInformationGeneElement] = ()
    classification: Sequence[SubstanceReferenceInformationClassification] = ()
    target: Sequence[SubstanceReferenceInformationTarget] = ()


class SubstanceReferenceInformationGene(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    geneSequenceOrigin: CodeableConcept | None = None
    gene: CodeableConcept | None = None
    source: Sequence[Reference] = ()


class SubstanceReferenceInformationGeneElement(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    element: Identifier | None = None
    source: Sequence[Reference] = ()


class SubstanceReferenceInformationClassification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    domain: CodeableConcept | None = None
    classification: CodeableConcept | None = None
    subtype: Sequence[CodeableConcept] = ()
    source: Sequence[Reference] = ()


class SubstanceReferenceInformationTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    target: Identifier | None = None
    type: CodeableConcept | None = None
    interaction: CodeableConcept | None = None
    organism: CodeableConcept | None = None
    organismType: CodeableConcept | None = None
    amountQuantity: Quantity | None = None
    amountRange: Range | None = None
    amountString: str | None = None
    _amountString: Element | None = None
    amountType: CodeableConcept | None = None
    source: Sequence[Reference] = ()


class SubstanceSourceMaterial(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubstanceSourceMaterial"):
    resourceType: ClassVar[str] = "SubstanceSourceMaterial"
    sourceMaterialClass: CodeableConcept | None = None
    sourceMaterialType: CodeableConcept | None = None
    sourceMaterialState: CodeableConcept | None = None
    organismId: Identifier | None = None
    organismName: str | None = None
    _organismName: Element | None = None
    parentSubstanceId: Sequence[Identifier] = ()
    parentSubstanceName: Sequence[str | None] = ()
    _parentSubstanceName: Sequence[Element | None] = ()
    countryOfOrigin: Sequence[CodeableConcept] = ()
    geographicalLocation: Sequence[str | None] = ()
    _geographicalLocation: Sequence[Element | None] = ()
    developmentStage: CodeableConcept | None = None
    fractionDescription: Sequence[SubstanceSourceMaterialFractionDescription] = ()
    organism: SubstanceSourceMaterialOrganism | None = None
    partDescription: Sequence[SubstanceSourceMaterialPartDescription] = ()


class SubstanceSourceMaterialFractionDescription(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    fraction: str | None = None
    _fraction: Element | None = None
    materialType: CodeableConcept | None = None


class SubstanceSourceMaterialOrganism(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    family: CodeableConcept | None = None
    genus: CodeableConcept | None = None
    species: CodeableConcept | None = None
    intraspecificType: CodeableConcept | None = None
    intraspecificDescription: str | None = None
    _intraspecificDescription: Element | None = None
    author: Sequence[SubstanceSourceMaterialOrganismAuthor] = ()
    hybrid: SubstanceSourceMaterialOrganismHybrid | None = None
    organismGeneral: SubstanceSourceMaterialOrganismOrganismGeneral | None = None


class SubstanceSourceMaterialOrganismAuthor(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    authorType: CodeableConcept | None = None
    authorDescription: str | None = None
    _authorDescription: Element | None = None


class SubstanceSourceMaterialOrganismHybrid(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    maternalOrganismId: str | None = None
    _maternalOrganismId: Element | None = None
    maternalOrganismName: str | None = None
    _maternalOrganismName: Element | None = None
    paternalOrganismId: str | None = None
    _paternalOrganismId: Element | None = None
    paternalOrganismName: str | None = None
    _paternalOrganismName: Element | None = None
    hybridType: CodeableConcept | None = None


class SubstanceSourceMaterialOrganismOrganismGeneral(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"class_": "class"}):
    kingdom: CodeableConcept | None = None
    phylum: CodeableConcept | None = None
    class_: CodeableConcept | None = None
    order: CodeableConcept | None = None


class SubstanceSourceMaterialPartDescription(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    part: CodeableConcept | None = None
    partLocation: CodeableConcept | None = None


class SubstanceSpecification(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubstanceSpecification"):
    resourceType: ClassVar[str] = "SubstanceSpecification"
    identifier: Identifier | None = None
    type: CodeableConcept | None = None
    status: CodeableConcept | None = None
    domain: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    source: Sequence[Reference] = ()
    comment: str | None = None
    _comment: Element | None = None
    moiety: Sequence[SubstanceSpecificationMoiety] = ()
    property: Sequence[SubstanceSpecificationProperty] = ()
    referenceInformation: Reference | None = None
    structure: SubstanceSpecificationStructure | None = None
    code: Sequence[SubstanceSpecificationCode] = ()
    name: Sequence[SubstanceSpecificationName] = ()
    molecularWeight: Sequence[SubstanceSpecificationStructureIsotopeMolecularWeight] = ()
    relationship: Sequence[SubstanceSpecificationRelationship] = ()
    nucleicAcid: Reference | None = None
    polymer: Reference | None = None
    protein: Reference | None = None
    sourceMaterial: Reference | None = None


class SubstanceSpecificationMoiety(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    role: CodeableConcept | None = None
    identifier: Identifier | None = None
    name: str | None = None
    _name: Element | None = None
    stereochemistry: CodeableConcept | None = None
    opticalActivity: CodeableConcept | None = None
    molecularFormula: str | None = None
    _molecularFormula: Element | None = None
    amountQuantity: Quantity | None = None
    amountString: str | None = None
    _amountString: Element | None = None


class SubstanceSpecificationProperty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    code: CodeableConcept | None = None
    parameters: str | None = None
    _parameters: Element | None = None
    definingSubstanceReference: Reference | None = None
    definingSubstanceCodeableConcept: CodeableConcept | None = None
    amountQuantity: Quantity | None = None
    amountString: str | None = None
    _amountString: Element | None = None


class SubstanceSpecificationStructure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    stereochemistry: CodeableConcept | None = None
    opticalActivity: CodeableConcept | None = None
    molecularFormula: str | None = None
    _molecularFormula: Element | None = None
    molecularFormulaByMoiety: str | None = None
    _molecularFormulaByMoiety: Element | None = None
    isotope: Sequence[SubstanceSpecificationStructureIsotope] = ()
    molecularWeight: SubstanceSpecificationStructureIsotopeMolecularWeight | None = None
    source: Sequence[Reference] = ()
    representation: Sequence[SubstanceSpecificationStructureRepresentation] = ()


class SubstanceSpecificationStructureIsotope(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    name: CodeableConcept | None = None
    substitution: CodeableConcept | None = None
    halfLife: Quantity | None = None
    molecularWeight: SubstanceSpecificationStructureIsotopeMolecularWeight | None = None


class SubstanceSpecificationStructureIsotopeMolecularWeight(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    method: CodeableConcept | None = None
    type: CodeableConcept | None = None
    amount: Quantity | None = None


class SubstanceSpecificationStructureRepresentation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    representation: str | None = None
    _representation: Element | None = None
    attachment: Attachment | None = None


class SubstanceSpecificationCode(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    status: CodeableConcept | None = None
    statusDate: str | None = None
    _statusDate: Element | None = None
    comment: str | None = None
    _comment: Element | None = None
    source: Sequence[Reference] = ()


class SubstanceSpecificationName(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    type: CodeableConcept | None = None
    status: CodeableConcept | None = None
    preferred: bool | None = None
    _preferred: Element | None = None
    language: Sequence[CodeableConcept] = ()
    domain: Sequence[CodeableConcept] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    synonym: Sequence[SubstanceSpecificationName] = ()
    translation: Sequence[SubstanceSpecificationName] = ()
    official: Sequence[SubstanceSpecificationNameOfficial] = ()
    source: Sequence[Reference] = ()


class SubstanceSpecificationNameOfficial(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    authority: CodeableConcept | None = None
    status: CodeableConcept | None = None
    date: str | None = None
    _date: Element | None = None


class SubstanceSpecificationRelationship(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    substanceReference: Reference | None = None
    substanceCodeableConcept: CodeableConcept | None = None
    relationship: CodeableConcept | None = None
    isDefining: bool | None = None
    _isDefining: Element | None = None
    amountQuantity: Quantity | None = None
    amountRange: Range | None = None
    amountRatio: Ratio | None = None
    amountString: str | None = None
    _amountString: Element | None = None
    amountRatioLowLimit: Ratio | None = None
    amountType: CodeableConcept | None = None
    source: Sequence[Reference] = ()


class SupplyDelivery(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SupplyDelivery"):
    resourceType: ClassVar[str] = "SupplyDelivery"
    identifier: Sequence[Identifier] = ()
    basedOn: Sequence[Reference] = ()
    partOf: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    patient: Reference | None = None
    type: CodeableConcept | None = None
    suppliedItem: SupplyDeliverySuppliedItem | None = None
    occurrenceDateTime: str | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    supplier: Reference | None = None
    destination: Reference | None = None
    receiver: Sequence[Reference] = ()


class SupplyDeliverySuppliedItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    quantity: Quantity | None = None
    itemCodeableConcept: CodeableConcept | None = None
    itemReference: Reference | None = None


class SupplyRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SupplyRequest"):
    resourceType: ClassVar[str] = "SupplyRequest"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    category: CodeableConcept | None = None
    priority: str | None = None
    _priority: Element | None = None
    itemCodeableConcept: CodeableConcept | None = None
    itemReference: Reference | None = None
    quantity: Quantity | None = None
    parameter: Sequence[SupplyRequestParameter] = ()
    occurrenceDateTime: str | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    authoredOn: str | None = None
    _authoredOn: Element | None = None
    requester: Reference | None = None
    supplier: Sequence[Reference] = ()
    reasonCode: Sequence[CodeableConcept] = ()
    reasonReference: Sequence[Reference] = ()
    deliverFrom: Reference | None = None
    deliverTo: Reference | None = None


class SupplyRequestParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueQuantity: Quantity | None = None
    valueRange: Range | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None


class Task(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Task", rename={"for_": "for"}):
    resourceType: ClassVar[str] = "Task"
    identifier: Sequence[Identifier] = ()
    instantiatesCanonical: str | None = None
    _instantiatesCanonical: Element | None = None
    instantiatesUri: str | None = None
    _instantiatesUri: Element | None = None
    basedOn: Sequence[Reference] = ()
    groupIdentifier: Identifier | None = None
    partOf: Sequence[Reference] = ()
    status: str | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    businessStatus: CodeableConcept | None = None
    intent: str | None = None
    _intent: Element | None = None
    priority: str | None = None
    _priority: Element | None = None
    code: CodeableConcept | None = None
    description: str | None = None
    _description: Element | None = None
    focus: Reference | None = None
    for_: Reference | None = None
    encounter: Reference | None = None
    executionPeriod: Period | None = None
    authoredOn: str | None = None
    _authoredOn: Element | None = None
    lastModified: str | None = None
    _lastModified: Element | None = None
    requester: Reference | None = None
    performerType: Sequence[CodeableConcept] = ()
    owner: Reference | None = None
    location: Reference | None = None
    reasonCode: CodeableConcept | None = None
    reasonReference: Reference | None = None
    insurance: Sequence[Reference] = ()
    note: Sequence[Annotation] = ()
    relevantHistory: Sequence[Reference] = ()
    restriction: TaskRestriction | None = None
    input: Sequence[TaskInput] = ()
    output: Sequence[TaskOutput] = ()


class TaskRestriction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    repetitions: PositiveInt | None = None
    _repetitions: Element | None = None
    period: Period | None = None
    recipient: Sequence[Reference] = ()


class TaskInput(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueBase64Binary: str | None = None
    _valueBase64Binary: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueCanonical: str | None = None
    _valueCanonical: Element | None = None
    valueCode: str | None = None
    _valueCode: Element | None = None
    valueDate: str | None = None
    _valueDate: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueId: str | None = None
    _valueId: Element | None = None
    valueInstant: str | None = None
    _valueInstant: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueMarkdown: str | None = None
    _valueMarkdown: Element | None = None
    valueOid: str | None = None
    _valueOid: Element | None = None
    valuePositiveInt: PositiveInt | None = None
    _valuePositiveInt: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueTime: str | None = None
    _valueTime: Element | None = None
    valueUnsignedInt: UnsignedInt | None = None
    _valueUnsignedInt: Element | None = None
    valueUri: str | None = None
    _valueUri: Element | None = None
    valueUrl: str | None = None
    _valueUrl: Element | None = None
    valueUuid: str | None = None
    _valueUuid: Element | None = None
    valueAddress: Address | None = None
    valueAge: Age | None = None
    valueAnnotation: Annotation | None = None
    valueAttachment: Attachment | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueCoding: Coding | None = None
    valueContactPoint: ContactPoint | None = None
    valueCount: Count | None = None
    valueDistance: Distance | None = None
    valueDuration: Duration | None = None
    valueHumanName: HumanName | None = None
    valueIdentifier: Identifier | None = None
    valueMoney: Money | None = None
    valuePeriod: Period | None = None
    valueQuantity: Quantity | None = None
    valueRange: Range | None = None
    valueRatio: Ratio | None = None
    valueReference: Reference | None = None
    valueSampledData: SampledData | None = None
    valueSignature: Signature | None = None
    valueTiming: Timing | None = None
    valueContactDetail: ContactDetail | None = None
    valueContributor: Contributor | None = None
    valueDataRequirement: DataRequirement | None = None
    valueExpression: Expression | None = None
    valueParameterDefinition: ParameterDefinition | None = None
    valueRelatedArtifact: RelatedArtifact | None = None
    valueTriggerDefinition: TriggerDefinition | None = None
    valueUsageContext: UsageContext | None = None
    valueDosage: Dosage | None = None
    valueMeta: Meta | None = None


class TaskOutput(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueBase64Binary: str | None = None
    _valueBase64Binary: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueCanonical: str | None = None
    _valueCanonical: Element | None = None
    valueCode: str | None = None
    _valueCode: Element | None = None
    valueDate: str | None = None
    _valueDate: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueId: str | None = None
    _valueId: Element | None = None
    valueInstant: str | None = None
    _valueInstant: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueMarkdown: str | None = None
    _valueMarkdown: Element | None = None
    valueOid: str | None = None
    _valueOid: Element | None = None
    valuePositiveInt: PositiveInt | None = None
    _valuePositiveInt: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueTime: str | None = None
    _valueTime: Element | None = None
    valueUnsignedInt: UnsignedInt | None = None
    _valueUnsignedInt: Element | None = None
    valueUri: str | None = None
    _valueUri: Element | None = None
    valueUrl: str | None = None
    _valueUrl: Element | None = None
    valueUuid: str | None = None
    _valueUuid: Element | None = None
    valueAddress: Address | None = None
    valueAge: Age | None = None
    valueAnnotation: Annotation | None = None
    valueAttachment: Attachment | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueCoding: Coding | None = None
    valueContactPoint: ContactPoint | None = None
    valueCount: Count | None = None
    valueDistance: Distance | None = None
    valueDuration: Duration | None = None
    valueHumanName: HumanName | None = None
    valueIdentifier: Identifier | None = None
    valueMoney: Money | None = None
    valuePeriod: Period | None = None
    valueQuantity: Quantity | None = None
    valueRange: Range | None = None
    valueRatio: Ratio | None = None
    valueReference: Reference | None = None
    valueSampledData: SampledData | None = None
    valueSignature: Signature | None = None
    valueTiming: Timing | None = None
    valueContactDetail: ContactDetail | None = None
    valueContributor: Contributor | None = None
    valueDataRequirement: DataRequirement | None = None
    valueExpression: Expression | None = None
    valueParameterDefinition: ParameterDefinition | None = None
    valueRelatedArtifact: RelatedArtifact | None = None
    valueTriggerDefinition: TriggerDefinition | None = None
    valueUsageContext: UsageContext | None = None
    valueDosage: Dosage | None = None
    valueMeta: Meta | None = None


class TerminologyCapabilities(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="TerminologyCapabilities"):
    resourceType: ClassVar[str] = "TerminologyCapabilities"
    url: str | None = None
    _url: Element | None = None
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    kind: str | None = None
    _kind: Element | None = None
    software: TerminologyCapabilitiesSoftware | None = None
    implementation: TerminologyCapabilitiesImplementation | None = None
    lockedDate: bool | None = None
    _lockedDate: Element | None = None
    codeSystem: Sequence[TerminologyCapabilitiesCodeSystem] = ()
    expansion: TerminologyCapabilitiesExpansion | None = None
    codeSearch: str | None = None
    _codeSearch: Element | None = None
    validateCode: TerminologyCapabilitiesValidateCode | None = None
    translation: TerminologyCapabilitiesTranslation | None = None
    closure: TerminologyCapabilitiesClosure | None = None


class TerminologyCapabilitiesSoftware(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    version: str | None = None
    _version: Element | None = None


class TerminologyCapabilitiesImplementation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    url: str | None = None
    _url: Element | None = None


class TerminologyCapabilitiesCodeSystem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    uri: str | None = None
    _uri: Element | None = None
    version: Sequence[TerminologyCapabilitiesCodeSystemVersion] = ()
    subsumption: bool | None = None
    _subsumption: Element | None = None


class TerminologyCapabilitiesCodeSystemVersion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    isDefault: bool | None = None
    _isDefault: Element | None = None
    compositional: bool | None = None
    _compositional: Element | None = None
    language: Sequence[str | None] = ()
    _language: Sequence[Element | None] = ()
    filter: Sequence[TerminologyCapabilitiesCodeSystemVersionFilter] = ()
    property: Sequence[str | None] = ()
    _property: Sequence[Element | None] = ()


class TerminologyCapabilitiesCodeSystemVersionFilter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    op: Sequence[str | None] = ()
    _op: Sequence[Element | None] = ()


class TerminologyCapabilitiesExpansion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    hierarchical: bool | None = None
    _hierarchical: Element | None = None
    paging: bool | None = None
    _paging: Element | None = None
    incomplete: bool | None = None
    _incomplete: Element | None = None
    parameter: Sequence[TerminologyCapabilitiesExpansionParameter] = ()
    textFilter: str | None = None
    _textFilter: Element | None = None


class TerminologyCapabilitiesExpansionParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    documentation: str | None = None
    _documentation: Element | None = None


class TerminologyCapabilitiesValidateCode(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    translations: bool | None = None
    _translations: Element | None = None


class TerminologyCapabilitiesTranslation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    needsMap: bool | None = None
    _needsMap: Element | None = None


class TerminologyCapabilitiesClosure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    translation: bool | None = None
    _translation: Element | None = None


class TestReport(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="TestReport"):
    resourceType: ClassVar[str] = "TestReport"
    identifier: Identifier | None = None
    name: str | None = None
    _name: Element | None = None
    status: str | None = None
    _status: Element | None = None
    testScript: Reference | None = None
    result: str | None = None
    _result: Element | None = None
    score: Decimal | None = None
    _score: Element | None = None
    tester: str | None = None
    _tester: Element | None = None
    issued: str | None = None
    _issued: Element | None = None
    participant: Sequence[TestReportParticipant] = ()
    setup: TestReportSetup | None = None
    test: Sequence[TestReportTest] = ()
    teardown: TestReportTeardown | None = None


class TestReportParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    uri: str | None = None
    _uri: Element | None = None
    display: str | None = None
    _display: Element | None = None


class TestReportSetup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: Sequence[TestReportSetupAction] = ()


class TestReportSetupAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"assert_": "assert"}):
    operation: TestReportSetupActionOperation | None = None
    assert_: TestReportSetupActionAssert | None = None


class TestReportSetupActionOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    result: str | None = None
    _result: Element | None = None
    message: str | None = None
    _message: Element | None = None
    detail: str | None = None
    _detail: Element | None = None


class TestReportSetupActionAssert(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    result: str | None = None
    _result: Element | None = None
    message: str | None = None
    _message: Element | None = None
    detail: str | None = None
    _detail: Element | None = None


class TestReportTest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    description: str | None = None
    _description: Element | None = None
    action: Sequence[TestReportTestAction] = ()


class TestReportTestAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"assert_": "assert"}):
    operation: TestReportSetupActionOperation | None = None
    assert_: TestReportSetupActionAssert | None = None


class TestReportTeardown(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: Sequence[TestReportTeardownAction] = ()


class TestReportTeardownAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    operation: TestReportSetupActionOperation | None = None


class TestScript(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="TestScript"):
    resourceType: ClassVar[str] = "TestScript"
    url: str | None = None
    _url: Element | None = None
    identifier: Identifier | None = None
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    purpose: str | None = None
    _purpose: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    origin: Sequence[TestScriptOrigin] = ()
    destination: Sequence[TestScriptDestination] = ()
    metadata: TestScriptMetadata | None = None
    fixture: Sequence[TestScriptFixture] = ()
    profile: Sequence[Reference] = ()
    variable: Sequence[TestScriptVariable] = ()
    setup: TestScriptSetup | None = None
    test: Sequence[TestScriptTest] = ()
    teardown: TestScriptTeardown | None = None


class TestScriptOrigin(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    index: Integer | None = None
    _index: Element | None = None
    profile: Coding | None = None


class TestScriptDestination(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    index: Integer | None = None
    _index: Element | None = None
    profile: Coding | None = None


class TestScriptMetadata(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    link: Sequence[TestScriptMetadataLink] = ()
    capability: Sequence[TestScriptMetadataCapability] = ()


class TestScriptMetadataLink(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    url: str | None = None
    _url: Element | None = None
    description: str | None = None
    _description: Element | None = None


class TestScriptMetadataCapability(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    required: bool | None = None
    _required: Element | None = None
    validated: bool | None = None
    _validated: Element | None = None
    description: str | None = None
    _description: Element | None = None
    origin: Sequence[Integer | None] = ()
    _origin: Sequence[Element | None] = ()
    destination: Integer | None = None
    _destination: Element | None = None
    link: Sequence[str | None] = ()
    _link: Sequence[Element | None] = ()
    capabilities: str | None = None
    _capabilities: Element | None = None


class TestScriptFixture(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    autocreate: bool | None = None
    _autocreate: Element | None = None
    autodelete: bool | None = None
    _autodelete: Element | None = None
    resource: Reference | None = None


class TestScriptVariable(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    defaultValue: str | None = None
    _defaultValue: Element | None = None
    description: str | None = None
    _description: Element | None = None
    expression: str | None = None
    _expression: Element | None = None
    headerField: str | None = None
    _headerField: Element | None = None
    hint: str | None = None
    _hint: Element | None = None
    path: str | None = None
    _path: Element | None = None
    sourceId: str | None = None
    _sourceId: Element | None = None


class TestScriptSetup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: Sequence[TestScriptSetupAction] = ()


class TestScriptSetupAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"assert_": "assert"}):
    operation: TestScriptSetupActionOperation | None = None
    assert_: TestScriptSetupActionAssert | None = None


class TestScriptSetupActionOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Coding | None = None
    resource: str | None = None
    _resource: Element | None = None
    label: str | None = None
    _label: Element | None = None
    description: str | None = None
    _description: Element | None = None
    accept: str | None = None
    _accept: Element | None = None
    contentType: str | None = None
    _contentType: Element | None = None
    destination: Integer | None = None
    _destination: Element | None = None
    encodeRequestUrl: bool | None = None
    _encodeRequestUrl: Element | None = None
    method: str | None = None
    _method: Element | None = None
    origin: Integer | None = None
    _origin: Element | None = None
    params: str | None = None
    _params: Element | None = None
    requestHeader: Sequence[TestScriptSetupActionOperationRequestHeader] = ()
    requestId: str | None = None
    _requestId: Element | None = None
    responseId: str | None = None
    _responseId: Element | None = None
    sourceId: str | None = None
    _sourceId: Element | None = None
    targetId: str | None = None
    _targetId: Element | None = None
    url: str | None = None
    _url: Element | None = None


class TestScriptSetupActionOperationRequestHeader(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    field: str | None = None
    _field: Element | None = None
    value: str | None = None
    _value: Element | None = None


class TestScriptSetupActionAssert(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    label: str | None = None
    _label: Element | None = None
    description: str | None = None
    _description: Element | None = None
    direction: str | None = None
    _direction: Element | None = None
    compareToSourceId: str | None = None
    _compareToSourceId: Element | None = None
    compareToSourceExpression: str | None = None
    _compareToSourceExpression: Element | None = None
    compareToSourcePath: str | None = None
    _compareToSourcePath: Element | None = None
    contentType: str | None = None
    _contentType: Element | None = None
    expression: str | None = None
    _expression: Element | None = None
    headerField: str | None = None
    _headerField: Element | None = None
    minimumId: str | None = None
    _minimumId: Element | None = None
    navigationLinks: bool | None = None
    _navigationLinks: Element | None = None
    operator: str | None = None
    _operator: Element | None = None
    path: str | None = None
    _path: Element | None = None
    requestMethod: str | None = None
    _requestMethod: Element | None = None
    requestURL: str | None = None
    _requestURL: Element | None = None
    resource: str | None = None
    _resource: Element | None = None
    response: str | None = None
    _response: Element | None = None
    responseCode: str | None = None
    _responseCode: Element | None = None
    sourceId: str | None = None
    _sourceId: Element | None = None
    validateProfileId: str | None = None
    _validateProfileId: Element | None = None
    value: str | None = None
    _value: Element | None = None
    warningOnly: bool | None = None
    _warningOnly: Element | None = None


class TestScriptTest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    description: str | None = None
    _description: Element | None = None
    action: Sequence[TestScriptTestAction] = ()


class TestScriptTestAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"assert_": "assert"}):
    operation: TestScriptSetupActionOperation | None = None
    assert_: TestScriptSetupActionAssert | None = None


class TestScriptTeardown(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: Sequence[TestScriptTeardownAction] = ()


class TestScriptTeardownAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    operation: TestScriptSetupActionOperation | None = None


class ValueSet(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ValueSet"):
    resourceType: ClassVar[str] = "ValueSet"
    url: str | None = None
    _url: Element | None = None
    identifier: Sequence[Identifier] = ()
    version: str | None = None
    _version: Element | None = None
    name: str | None = None
    _name: Element | None = None
    title: str | None = None
    _title: Element | None = None
    status: str | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: str | None = None
    _date: Element | None = None
    publisher: str | None = None
    _publisher: Element | None = None
    contact: Sequence[ContactDetail] = ()
    description: str | None = None
    _description: Element | None = None
    useContext: Sequence[UsageContext] = ()
    jurisdiction: Sequence[CodeableConcept] = ()
    immutable: bool | None = None
    _immutable: Element | None = None
    purpose: str | None = None
    _purpose: Element | None = None
    copyright: str | None = None
    _copyright: Element | None = None
    compose: ValueSetCompose | None = None
    expansion: ValueSetExpansion | None = None


class ValueSetCompose(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    lockedDate: str | None = None
    _lockedDate: Element | None = None
    inactive: bool | None = None
    _inactive: Element | None = None
    include: Sequence[ValueSetComposeInclude] = ()
    exclude: Sequence[ValueSetComposeInclude] = ()


class ValueSetComposeInclude(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    system: str | None = None
    _system: Element | None = None
    version: str | None = None
    _version: Element | None = None
    concept: Sequence[ValueSetComposeIncludeConcept] = ()
    filter: Sequence[ValueSetComposeIncludeFilter] = ()
    valueSet: Sequence[str | None] = ()
    _valueSet: Sequence[Element | None] = ()


class ValueSetComposeIncludeConcept(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    display: str | None = None
    _display: Element | None = None
    designation: Sequence[ValueSetComposeIncludeConceptDesignation] = ()


class ValueSetComposeIncludeConceptDesignation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    language: str | None = None
    _language: Element | None = None
    use: Coding | None = None
    value: str | None = None
    _value: Element | None = None


class ValueSetComposeIncludeFilter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    property: str | None = None
    _property: Element | None = None
    op: str | None = None
    _op: Element | None = None
    value: str | None = None
    _value: Element | None = None


class ValueSetExpansion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: str | None = None
    _identifier: Element | None = None
    timestamp: str | None = None
    _timestamp: Element | None = None
    total: Integer | None = None
    _total: Element | None = None
    offset: Integer | None = None
    _offset: Element | None = None
    parameter: Sequence[ValueSetExpansionParameter] = ()
    contains: Sequence[ValueSetExpansionContains] = ()


class ValueSetExpansionParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    valueString: str | None = None
    _valueString: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueUri: str | None = None
    _valueUri: Element | None = None
    valueCode: str | None = None
    _valueCode: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None


class ValueSetExpansionContains(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    system: str | None = None
    _system: Element | None = None
    abstract: bool | None = None
    _abstract: Element | None = None
    inactive: bool | None = None
    _inactive: Element | None = None
    version: str | None = None
    _version: Element | None = None
    code: str | None = None
    _code: Element | None = None
    display: str | None = None
    _display: Element | None = None
    designation: Sequence[ValueSetComposeIncludeConceptDesignation] = ()
    contains: Sequence[ValueSetExpansionContains] = ()


class VerificationResult(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="VerificationResult"):
    resourceType: ClassVar[str] = "VerificationResult"
    target: Sequence[Reference] = ()
    targetLocation: Sequence[str | None] = ()
    _targetLocation: Sequence[Element | None] = ()
    need: CodeableConcept | None = None
    status: str | None = None
    _status: Element | None = None
    statusDate: str | None = None
    _statusDate: Element | None = None
    validationType: CodeableConcept | None = None
    validationProcess: Sequence[CodeableConcept] = ()
    frequency: Timing | None = None
    lastPerformed: str | None = None
    _lastPerformed: Element | None = None
    nextScheduled: str | None = None
    _nextScheduled: Element | None = None
    failureAction: CodeableConcept | None = None
    primarySource: Sequence[VerificationResultPrimarySource] = ()
    attestation: VerificationResultAttestation | None = None
    validator: Sequence[VerificationResultValidator] = ()


class VerificationResultPrimarySource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    who: Reference | None = None
    type: Sequence[CodeableConcept] = ()
    communicationMethod: Sequence[CodeableConcept] = ()
    validationStatus: CodeableConcept | None = None
    validationDate: str | None = None
    _validationDate: Element | None = None
    canPushUpdates: CodeableConcept | None = None
    pushTypeAvailable: Sequence[CodeableConcept] = ()


class VerificationResultAttestation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    who: Reference | None = None
    onBehalfOf: Reference | None = None
    communicationMethod: CodeableConcept | None = None
    date: str | None = None
    _date: Element | None = None
    sourceIdentityCertificate: str | None = None
    _sourceIdentityCertificate: Element | None = None
    proxyIdentityCertificate: str | None = None
    _proxyIdentityCertificate: Element | None = None
    proxySignature: Signature | None = None
    sourceSignature: Signature | None = None


class VerificationResultValidator(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    organization: Reference | None = None
    identityCertificate: str | None = None
    _identityCertificate: Element | None = None
    attestationSignature: Signature | None = None


class VisionPrescription(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="VisionPrescription"):
    resourceType: ClassVar[str] = "VisionPrescription"
    identifier: Sequence[Identifier] = ()
    status: str | None = None
    _status: Element | None = None
    created: str | None = None
    _created: Element | None = None
    patient: Reference | None = None
    encounter: Reference | None = None
    dateWritten: str | None = None
    _dateWritten: Element | None = None
    prescriber: Reference | None = None
    lensSpecification: Sequence[VisionPrescriptionLensSpecification] = ()


class VisionPrescriptionLensSpecification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    product: CodeableConcept | None = None
    eye: str | None = None
    _eye: Element | None = None
    sphere: Decimal | None = None
    _sphere: Element | None = None
    cylinder: Decimal | None = None
    _cylinder: Element | None = None
    axis: Integer | None = None
    _axis: Element | None = None
    prism: Sequence[VisionPrescriptionLensSpecificationPrism] = ()
    add: Decimal | None = None
    _add: Element | None = None
    power: Decimal | None = None
    _power: Element | None = None
    backCurve: Decimal | None = None
    _backCurve: Element | None = None
    diameter: Decimal | None = None
    _diameter: Element | None = None
    duration: Quantity | None = None
    color: str | None = None
    _color: Element | None = None
    brand: str | None = None
    _brand: Element | None = None
    note: Sequence[Annotation] = ()


class VisionPrescriptionLensSpecificationPrism(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    amount: Decimal | None = None
    _amount: Element | None = None
    base: str | None = None
    _base: Element | None = None


# To a type checker any resource is a Resource; to msgspec it is one of these.
if TYPE_CHECKING:
    AnyResource = Resource
else:
    AnyResource = Union[
        Account,
        ActivityDefinition,
        AdverseEvent,
        AllergyIntolerance,
        Appointment,
        AppointmentResponse,
        AuditEvent,
        Basic,
        Binary,
        BiologicallyDerivedProduct,
        BodyStructure,
        Bundle,
        CapabilityStatement,
        CarePlan,
        CareTeam,
        CatalogEntry,
        ChargeItem,
        ChargeItemDefinition,
        Claim,
        ClaimResponse,
        ClinicalImpression,
        CodeSystem,
        Communication,
        CommunicationRequest,
        CompartmentDefinition,
        Composition,
        ConceptMap,
        Condition,
        Consent,
        Contract,
        Coverage,
        CoverageEligibilityRequest,
        CoverageEligibilityResponse,
        DetectedIssue,
        Device,
        DeviceDefinition,
        DeviceMetric,
        DeviceRequest,
        DeviceUseStatement,
        DiagnosticReport,
        DocumentManifest,
        DocumentReference,
        EffectEvidenceSynthesis,
        Encounter,
        Endpoint,
        EnrollmentRequest,
        EnrollmentResponse,
        EpisodeOfCare,
        EventDefinition,
        Evidence,
        EvidenceVariable,
        ExampleScenario,
        ExplanationOfBenefit,
        FamilyMemberHistory,
        Flag,
        Goal,
        GraphDefinition,
        Group,
        GuidanceResponse,
        HealthcareService,
        ImagingStudy,
        Immunization,
        ImmunizationEvaluation,
        ImmunizationRecommendation,
        ImplementationGuide,
        InsurancePlan,
        Invoice,
        Library,
        Linkage,
        List,
        Location,
        Measure,
        MeasureReport,
        Media,
        Medication,
        MedicationAdministration,
        MedicationDispense,
        MedicationKnowledge,
        MedicationRequest,
        MedicationStatement,
        MedicinalProduct,
        MedicinalProductAuthorization,
        MedicinalProductContraindication,
        MedicinalProductIndication,
        MedicinalProductIngredient,
        MedicinalProductInteraction,
        MedicinalProductManufactured,
        MedicinalProductPackaged,
        MedicinalProductPharmaceutical,
        MedicinalProductUndesirableEffect,
        MessageDefinition,
        MessageHeader,
        MolecularSequence,
        NamingSystem,
        NutritionOrder,
        Observation,
        ObservationDefinition,
        OperationDefinition,
        OperationOutcome,
        Organization,
        OrganizationAffiliation,
        Parameters,
        Patient,
        PaymentNotice,
        PaymentReconciliation,
        Person,
        PlanDefinition,
        Practitioner,
        PractitionerRole,
        Procedure,
        Provenance,
        Questionnaire,
        QuestionnaireResponse,
        RelatedPerson,
        RequestGroup,
        ResearchDefinition,
        ResearchElementDefinition,
        ResearchStudy,
        ResearchSubject,
        RiskAssessment,
        RiskEvidenceSynthesis,
        Schedule,
        SearchParameter,
        ServiceRequest,
        Slot,
        Specimen,
        SpecimenDefinition,
        StructureDefinition,
        StructureMap,
        Subscription,
        SubscriptionStatus,
        Substance,
        SubstanceNucleicAcid,
        SubstancePolymer,
        SubstanceProtein,
        SubstanceReferenceInformation,
        SubstanceSourceMaterial,
        SubstanceSpecification,
        SupplyDelivery,
        SupplyRequest,
        Task,
        TerminologyCapabilities,
        TestReport,
        TestScript,
        ValueSet,
        VerificationResult,
        VisionPrescription,
    ]
