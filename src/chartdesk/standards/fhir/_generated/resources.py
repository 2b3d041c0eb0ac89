"""Resource types of FHIR R4. Written by tools/generate_fhir.py; do not edit."""

# ruff: noqa

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar, Union

import msgspec

from .datatypes import *
from .datatypes import Filled, Integer, PositiveInt, String, UnsignedInt


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
    "ResearchStudyObjective",
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
    id: String | None = None
    meta: Meta | None = None
    implicitRules: String | None = None
    _implicitRules: Element | None = None
    language: String | None = None
    _language: Element | None = None


class DomainResource(Resource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    resourceType: ClassVar[str] = "DomainResource"
    text: Narrative | None = None
    contained: Annotated[Sequence[AnyResource], Filled] = ()
    extension: Annotated[Sequence[Extension], Filled] = ()
    modifierExtension: Annotated[Sequence[Extension], Filled] = ()


class Account(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Account"):
    resourceType: ClassVar[str] = "Account"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    name: String | None = None
    _name: Element | None = None
    subject: Annotated[Sequence[Reference], Filled] = ()
    servicePeriod: Period | None = None
    coverage: Annotated[Sequence[AccountCoverage], Filled] = ()
    owner: Reference | None = None
    description: String | None = None
    _description: Element | None = None
    guarantor: Annotated[Sequence[AccountGuarantor], Filled] = ()
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
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    subtitle: String | None = None
    _subtitle: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    usage: String | None = None
    _usage: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    library: Annotated[Sequence[String | None], Filled] = ()
    _library: Annotated[Sequence[Element | None], Filled] = ()
    kind: String | None = None
    _kind: Element | None = None
    profile: String | None = None
    _profile: Element | None = None
    code: CodeableConcept | None = None
    intent: String | None = None
    _intent: Element | None = None
    priority: String | None = None
    _priority: Element | None = None
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    timingTiming: Timing | None = None
    timingDateTime: String | None = None
    _timingDateTime: Element | None = None
    timingAge: Age | None = None
    timingPeriod: Period | None = None
    timingRange: Range | None = None
    timingDuration: Duration | None = None
    location: Reference | None = None
    participant: Annotated[Sequence[ActivityDefinitionParticipant], Filled] = ()
    productReference: Reference | None = None
    productCodeableConcept: CodeableConcept | None = None
    quantity: Quantity | None = None
    dosage: Annotated[Sequence[Dosage], Filled] = ()
    bodySite: Annotated[Sequence[CodeableConcept], Filled] = ()
    specimenRequirement: Annotated[Sequence[Reference], Filled] = ()
    observationRequirement: Annotated[Sequence[Reference], Filled] = ()
    observationResultRequirement: Annotated[Sequence[Reference], Filled] = ()
    transform: String | None = None
    _transform: Element | None = None
    dynamicValue: Annotated[Sequence[ActivityDefinitionDynamicValue], Filled] = ()


class ActivityDefinitionParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    role: CodeableConcept | None = None


class ActivityDefinitionDynamicValue(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: String | None = None
    _path: Element | None = None
    expression: Expression | None = None


class AdverseEvent(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="AdverseEvent"):
    resourceType: ClassVar[str] = "AdverseEvent"
    identifier: Identifier | None = None
    actuality: String | None = None
    _actuality: Element | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    event: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    detected: String | None = None
    _detected: Element | None = None
    recordedDate: String | None = None
    _recordedDate: Element | None = None
    resultingCondition: Annotated[Sequence[Reference], Filled] = ()
    location: Reference | None = None
    seriousness: CodeableConcept | None = None
    severity: CodeableConcept | None = None
    outcome: CodeableConcept | None = None
    recorder: Reference | None = None
    contributor: Annotated[Sequence[Reference], Filled] = ()
    suspectEntity: Annotated[Sequence[AdverseEventSuspectEntity], Filled] = ()
    subjectMedicalHistory: Annotated[Sequence[Reference], Filled] = ()
    referenceDocument: Annotated[Sequence[Reference], Filled] = ()
    study: Annotated[Sequence[Reference], Filled] = ()


class AdverseEventSuspectEntity(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    instance: Reference | None = None
    causality: Annotated[Sequence[AdverseEventSuspectEntityCausality], Filled] = ()


class AdverseEventSuspectEntityCausality(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    assessment: CodeableConcept | None = None
    productRelatedness: String | None = None
    _productRelatedness: Element | None = None
    author: Reference | None = None
    method: CodeableConcept | None = None


class AllergyIntolerance(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="AllergyIntolerance"):
    resourceType: ClassVar[str] = "AllergyIntolerance"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    clinicalStatus: CodeableConcept | None = None
    verificationStatus: CodeableConcept | None = None
    type: String | None = None
    _type: Element | None = None
    category: Annotated[Sequence[String | None], Filled] = ()
    _category: Annotated[Sequence[Element | None], Filled] = ()
    criticality: String | None = None
    _criticality: Element | None = None
    code: CodeableConcept | None = None
    patient: Reference | None = None
    encounter: Reference | None = None
    onsetDateTime: String | None = None
    _onsetDateTime: Element | None = None
    onsetAge: Age | None = None
    onsetPeriod: Period | None = None
    onsetRange: Range | None = None
    onsetString: String | None = None
    _onsetString: Element | None = None
    recordedDate: String | None = None
    _recordedDate: Element | None = None
    recorder: Reference | None = None
    asserter: Reference | None = None
    lastOccurrence: String | None = None
    _lastOccurrence: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()
    reaction: Annotated[Sequence[AllergyIntoleranceReaction], Filled] = ()


class AllergyIntoleranceReaction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    substance: CodeableConcept | None = None
    manifestation: Annotated[Sequence[CodeableConcept], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    onset: String | None = None
    _onset: Element | None = None
    severity: String | None = None
    _severity: Element | None = None
    exposureRoute: CodeableConcept | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()


class Appointment(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Appointment"):
    resourceType: ClassVar[str] = "Appointment"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    cancelationReason: CodeableConcept | None = None
    serviceCategory: Annotated[Sequence[CodeableConcept], Filled] = ()
    serviceType: Annotated[Sequence[CodeableConcept], Filled] = ()
    specialty: Annotated[Sequence[CodeableConcept], Filled] = ()
    appointmentType: CodeableConcept | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    priority: UnsignedInt | None = None
    _priority: Element | None = None
    description: String | None = None
    _description: Element | None = None
    supportingInformation: Annotated[Sequence[Reference], Filled] = ()
    start: String | None = None
    _start: Element | None = None
    end: String | None = None
    _end: Element | None = None
    minutesDuration: PositiveInt | None = None
    _minutesDuration: Element | None = None
    slot: Annotated[Sequence[Reference], Filled] = ()
    created: String | None = None
    _created: Element | None = None
    comment: String | None = None
    _comment: Element | None = None
    patientInstruction: String | None = None
    _patientInstruction: Element | None = None
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    participant: Annotated[Sequence[AppointmentParticipant], Filled] = ()
    requestedPeriod: Annotated[Sequence[Period], Filled] = ()


class AppointmentParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    actor: Reference | None = None
    required: String | None = None
    _required: Element | None = None
    status: String | None = None
    _status: Element | None = None
    period: Period | None = None


class AppointmentResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="AppointmentResponse"):
    resourceType: ClassVar[str] = "AppointmentResponse"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    appointment: Reference | None = None
    start: String | None = None
    _start: Element | None = None
    end: String | None = None
    _end: Element | None = None
    participantType: Annotated[Sequence[CodeableConcept], Filled] = ()
    actor: Reference | None = None
    participantStatus: String | None = None
    _participantStatus: Element | None = None
    comment: String | None = None
    _comment: Element | None = None


class AuditEvent(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="AuditEvent"):
    resourceType: ClassVar[str] = "AuditEvent"
    type: Coding | None = None
    subtype: Annotated[Sequence[Coding], Filled] = ()
    action: String | None = None
    _action: Element | None = None
    period: Period | None = None
    recorded: String | None = None
    _recorded: Element | None = None
    outcome: String | None = None
    _outcome: Element | None = None
    outcomeDesc: String | None = None
    _outcomeDesc: Element | None = None
    purposeOfEvent: Annotated[Sequence[CodeableConcept], Filled] = ()
    agent: Annotated[Sequence[AuditEventAgent], Filled] = ()
    source: AuditEventSource | None = None
    entity: Annotated[Sequence[AuditEventEntity], Filled] = ()


class AuditEventAgent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    role: Annotated[Sequence[CodeableConcept], Filled] = ()
    who: Reference | None = None
    altId: String | None = None
    _altId: Element | None = None
    name: String | None = None
    _name: Element | None = None
    requestor: bool | None = None
    _requestor: Element | None = None
    location: Reference | None = None
    policy: Annotated[Sequence[String | None], Filled] = ()
    _policy: Annotated[Sequence[Element | None], Filled] = ()
    media: Coding | None = None
    network: AuditEventAgentNetwork | None = None
    purposeOfUse: Annotated[Sequence[CodeableConcept], Filled] = ()


class AuditEventAgentNetwork(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    address: String | None = None
    _address: Element | None = None
    type: String | None = None
    _type: Element | None = None


class AuditEventSource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    site: String | None = None
    _site: Element | None = None
    observer: Reference | None = None
    type: Annotated[Sequence[Coding], Filled] = ()


class AuditEventEntity(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    what: Reference | None = None
    type: Coding | None = None
    role: Coding | None = None
    lifecycle: Coding | None = None
    securityLabel: Annotated[Sequence[Coding], Filled] = ()
    name: String | None = None
    _name: Element | None = None
    description: String | None = None
    _description: Element | None = None
    query: String | None = None
    _query: Element | None = None
    detail: Annotated[Sequence[AuditEventEntityDetail], Filled] = ()


class AuditEventEntityDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueBase64Binary: String | None = None
    _valueBase64Binary: Element | None = None


class Basic(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Basic"):
    resourceType: ClassVar[str] = "Basic"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    code: CodeableConcept | None = None
    subject: Reference | None = None
    created: String | None = None
    _created: Element | None = None
    author: Reference | None = None


class Binary(Resource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Binary"):
    resourceType: ClassVar[str] = "Binary"
    contentType: String | None = None
    _contentType: Element | None = None
    securityContext: Reference | None = None
    data: String | None = None
    _data: Element | None = None


class BiologicallyDerivedProduct(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="BiologicallyDerivedProduct"):
    resourceType: ClassVar[str] = "BiologicallyDerivedProduct"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    productCategory: String | None = None
    _productCategory: Element | None = None
    productCode: CodeableConcept | None = None
    status: String | None = None
    _status: Element | None = None
    request: Annotated[Sequence[Reference], Filled] = ()
    quantity: Integer | None = None
    _quantity: Element | None = None
    parent: Annotated[Sequence[Reference], Filled] = ()
    collection: BiologicallyDerivedProductCollection | None = None
    processing: Annotated[Sequence[BiologicallyDerivedProductProcessing], Filled] = ()
    manipulation: BiologicallyDerivedProductManipulation | None = None
    storage: Annotated[Sequence[BiologicallyDerivedProductStorage], Filled] = ()


class BiologicallyDerivedProductCollection(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    collector: Reference | None = None
    source: Reference | None = None
    collectedDateTime: String | None = None
    _collectedDateTime: Element | None = None
    collectedPeriod: Period | None = None


class BiologicallyDerivedProductProcessing(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    procedure: CodeableConcept | None = None
    additive: Reference | None = None
    timeDateTime: String | None = None
    _timeDateTime: Element | None = None
    timePeriod: Period | None = None


class BiologicallyDerivedProductManipulation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    timeDateTime: String | None = None
    _timeDateTime: Element | None = None
    timePeriod: Period | None = None


class BiologicallyDerivedProductStorage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    temperature: Decimal | None = None
    _temperature: Element | None = None
    scale: String | None = None
    _scale: Element | None = None
    duration: Period | None = None


class BodyStructure(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="BodyStructure"):
    resourceType: ClassVar[str] = "BodyStructure"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    active: bool | None = None
    _active: Element | None = None
    morphology: CodeableConcept | None = None
    location: CodeableConcept | None = None
    locationQualifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    image: Annotated[Sequence[Attachment], Filled] = ()
    patient: Reference | None = None


class Bundle(Resource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Bundle"):
    resourceType: ClassVar[str] = "Bundle"
    identifier: Identifier | None = None
    type: String | None = None
    _type: Element | None = None
    timestamp: String | None = None
    _timestamp: Element | None = None
    total: UnsignedInt | None = None
    _total: Element | None = None
    link: Annotated[Sequence[BundleLink], Filled] = ()
    entry: Annotated[Sequence[BundleEntry], Filled] = ()
    signature: Signature | None = None


class BundleLink(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    relation: String | None = None
    _relation: Element | None = None
    url: String | None = None
    _url: Element | None = None


class BundleEntry(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    link: Annotated[Sequence[BundleLink], Filled] = ()
    fullUrl: String | None = None
    _fullUrl: Element | None = None
    resource: AnyResource | None = None
    search: BundleEntrySearch | None = None
    request: BundleEntryRequest | None = None
    response: BundleEntryResponse | None = None


class BundleEntrySearch(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: String | None = None
    _mode: Element | None = None
    score: Decimal | None = None
    _score: Element | None = None


class BundleEntryRequest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    method: String | None = None
    _method: Element | None = None
    url: String | None = None
    _url: Element | None = None
    ifNoneMatch: String | None = None
    _ifNoneMatch: Element | None = None
    ifModifiedSince: String | None = None
    _ifModifiedSince: Element | None = None
    ifMatch: String | None = None
    _ifMatch: Element | None = None
    ifNoneExist: String | None = None
    _ifNoneExist: Element | None = None


class BundleEntryResponse(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    status: String | None = None
    _status: Element | None = None
    location: String | None = None
    _location: Element | None = None
    etag: String | None = None
    _etag: Element | None = None
    lastModified: String | None = None
    _lastModified: Element | None = None
    outcome: AnyResource | None = None


class CapabilityStatement(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CapabilityStatement"):
    resourceType: ClassVar[str] = "CapabilityStatement"
    url: String | None = None
    _url: Element | None = None
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    kind: String | None = None
    _kind: Element | None = None
    instantiates: Annotated[Sequence[String | None], Filled] = ()
    _instantiates: Annotated[Sequence[Element | None], Filled] = ()
    imports: Annotated[Sequence[String | None], Filled] = ()
    _imports: Annotated[Sequence[Element | None], Filled] = ()
    software: CapabilityStatementSoftware | None = None
    implementation: CapabilityStatementImplementation | None = None
    fhirVersion: String | None = None
    _fhirVersion: Element | None = None
    format: Annotated[Sequence[String | None], Filled] = ()
    _format: Annotated[Sequence[Element | None], Filled] = ()
    patchFormat: Annotated[Sequence[String | None], Filled] = ()
    _patchFormat: Annotated[Sequence[Element | None], Filled] = ()
    implementationGuide: Annotated[Sequence[String | None], Filled] = ()
    _implementationGuide: Annotated[Sequence[Element | None], Filled] = ()
    rest: Annotated[Sequence[CapabilityStatementRest], Filled] = ()
    messaging: Annotated[Sequence[CapabilityStatementMessaging], Filled] = ()
    document: Annotated[Sequence[CapabilityStatementDocument], Filled] = ()


class CapabilityStatementSoftware(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    version: String | None = None
    _version: Element | None = None
    releaseDate: String | None = None
    _releaseDate: Element | None = None


class CapabilityStatementImplementation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    url: String | None = None
    _url: Element | None = None
    custodian: Reference | None = None


class CapabilityStatementRest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: String | None = None
    _mode: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None
    security: CapabilityStatementRestSecurity | None = None
    resource: Annotated[Sequence[CapabilityStatementRestResource], Filled] = ()
    interaction: Annotated[Sequence[CapabilityStatementRestInteraction], Filled] = ()
    searchParam: Annotated[Sequence[CapabilityStatementRestResourceSearchParam], Filled] = ()
    operation: Annotated[Sequence[CapabilityStatementRestResourceOperation], Filled] = ()
    compartment: Annotated[Sequence[String | None], Filled] = ()
    _compartment: Annotated[Sequence[Element | None], Filled] = ()


class CapabilityStatementRestSecurity(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    cors: bool | None = None
    _cors: Element | None = None
    service: Annotated[Sequence[CodeableConcept], Filled] = ()
    description: String | None = None
    _description: Element | None = None


class CapabilityStatementRestResource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    profile: String | None = None
    _profile: Element | None = None
    supportedProfile: Annotated[Sequence[String | None], Filled] = ()
    _supportedProfile: Annotated[Sequence[Element | None], Filled] = ()
    documentation: String | None = None
    _documentation: Element | None = None
    interaction: Annotated[Sequence[CapabilityStatementRestResourceInteraction], Filled] = ()
    versioning: String | None = None
    _versioning: Element | None = None
    readHistory: bool | None = None
    _readHistory: Element | None = None
    updateCreate: bool | None = None
    _updateCreate: Element | None = None
    conditionalCreate: bool | None = None
    _conditionalCreate: Element | None = None
    conditionalRead: String | None = None
    _conditionalRead: Element | None = None
    conditionalUpdate: bool | None = None
    _conditionalUpdate: Element | None = None
    conditionalDelete: String | None = None
    _conditionalDelete: Element | None = None
    referencePolicy: Annotated[Sequence[String | None], Filled] = ()
    _referencePolicy: Annotated[Sequence[Element | None], Filled] = ()
    searchInclude: Annotated[Sequence[String | None], Filled] = ()
    _searchInclude: Annotated[Sequence[Element | None], Filled] = ()
    searchRevInclude: Annotated[Sequence[String | None], Filled] = ()
    _searchRevInclude: Annotated[Sequence[Element | None], Filled] = ()
    searchParam: Annotated[Sequence[CapabilityStatementRestResourceSearchParam], Filled] = ()
    operation: Annotated[Sequence[CapabilityStatementRestResourceOperation], Filled] = ()


class CapabilityStatementRestResourceInteraction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None


class CapabilityStatementRestResourceSearchParam(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    definition: String | None = None
    _definition: Element | None = None
    type: String | None = None
    _type: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None


class CapabilityStatementRestResourceOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    definition: String | None = None
    _definition: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None


class CapabilityStatementRestInteraction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None


class CapabilityStatementMessaging(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    endpoint: Annotated[Sequence[CapabilityStatementMessagingEndpoint], Filled] = ()
    reliableCache: UnsignedInt | None = None
    _reliableCache: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None
    supportedMessage: Annotated[Sequence[CapabilityStatementMessagingSupportedMessage], Filled] = ()


class CapabilityStatementMessagingEndpoint(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    protocol: Coding | None = None
    address: String | None = None
    _address: Element | None = None


class CapabilityStatementMessagingSupportedMessage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: String | None = None
    _mode: Element | None = None
    definition: String | None = None
    _definition: Element | None = None


class CapabilityStatementDocument(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: String | None = None
    _mode: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None
    profile: String | None = None
    _profile: Element | None = None


class CarePlan(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CarePlan"):
    resourceType: ClassVar[str] = "CarePlan"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    instantiatesCanonical: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesCanonical: Annotated[Sequence[Element | None], Filled] = ()
    instantiatesUri: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesUri: Annotated[Sequence[Element | None], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    replaces: Annotated[Sequence[Reference], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    intent: String | None = None
    _intent: Element | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    title: String | None = None
    _title: Element | None = None
    description: String | None = None
    _description: Element | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    period: Period | None = None
    created: String | None = None
    _created: Element | None = None
    author: Reference | None = None
    contributor: Annotated[Sequence[Reference], Filled] = ()
    careTeam: Annotated[Sequence[Reference], Filled] = ()
    addresses: Annotated[Sequence[Reference], Filled] = ()
    supportingInfo: Annotated[Sequence[Reference], Filled] = ()
    goal: Annotated[Sequence[Reference], Filled] = ()
    activity: Annotated[Sequence[CarePlanActivity], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()


class CarePlanActivity(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    outcomeCodeableConcept: Annotated[Sequence[CodeableConcept], Filled] = ()
    outcomeReference: Annotated[Sequence[Reference], Filled] = ()
    progress: Annotated[Sequence[Annotation], Filled] = ()
    reference: Reference | None = None
    detail: CarePlanActivityDetail | None = None


class CarePlanActivityDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    kind: String | None = None
    _kind: Element | None = None
    instantiatesCanonical: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesCanonical: Annotated[Sequence[Element | None], Filled] = ()
    instantiatesUri: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesUri: Annotated[Sequence[Element | None], Filled] = ()
    code: CodeableConcept | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    goal: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    scheduledTiming: Timing | None = None
    scheduledPeriod: Period | None = None
    scheduledString: String | None = None
    _scheduledString: Element | None = None
    location: Reference | None = None
    performer: Annotated[Sequence[Reference], Filled] = ()
    productCodeableConcept: CodeableConcept | None = None
    productReference: Reference | None = None
    dailyAmount: Quantity | None = None
    quantity: Quantity | None = None
    description: String | None = None
    _description: Element | None = None


class CareTeam(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CareTeam"):
    resourceType: ClassVar[str] = "CareTeam"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    name: String | None = None
    _name: Element | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    period: Period | None = None
    participant: Annotated[Sequence[CareTeamParticipant], Filled] = ()
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    managingOrganization: Annotated[Sequence[Reference], Filled] = ()
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()


class CareTeamParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    role: Annotated[Sequence[CodeableConcept], Filled] = ()
    member: Reference | None = None
    onBehalfOf: Reference | None = None
    period: Period | None = None


class CatalogEntry(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CatalogEntry"):
    resourceType: ClassVar[str] = "CatalogEntry"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    type: CodeableConcept | None = None
    orderable: bool | None = None
    _orderable: Element | None = None
    referencedItem: Reference | None = None
    additionalIdentifier: Annotated[Sequence[Identifier], Filled] = ()
    classification: Annotated[Sequence[CodeableConcept], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    validityPeriod: Period | None = None
    validTo: String | None = None
    _validTo: Element | None = None
    lastUpdated: String | None = None
    _lastUpdated: Element | None = None
    additionalCharacteristic: Annotated[Sequence[CodeableConcept], Filled] = ()
    additionalClassification: Annotated[Sequence[CodeableConcept], Filled] = ()
    relatedEntry: Annotated[Sequence[CatalogEntryRelatedEntry], Filled] = ()


class CatalogEntryRelatedEntry(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    relationtype: String | None = None
    _relationtype: Element | None = None
    item: Reference | None = None


class ChargeItem(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ChargeItem"):
    resourceType: ClassVar[str] = "ChargeItem"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    definitionUri: Annotated[Sequence[String | None], Filled] = ()
    _definitionUri: Annotated[Sequence[Element | None], Filled] = ()
    definitionCanonical: Annotated[Sequence[String | None], Filled] = ()
    _definitionCanonical: Annotated[Sequence[Element | None], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    partOf: Annotated[Sequence[Reference], Filled] = ()
    code: CodeableConcept | None = None
    subject: Reference | None = None
    context: Reference | None = None
    occurrenceDateTime: String | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    performer: Annotated[Sequence[ChargeItemPerformer], Filled] = ()
    performingOrganization: Reference | None = None
    requestingOrganization: Reference | None = None
    costCenter: Reference | None = None
    quantity: Quantity | None = None
    bodysite: Annotated[Sequence[CodeableConcept], Filled] = ()
    factorOverride: Decimal | None = None
    _factorOverride: Element | None = None
    priceOverride: Money | None = None
    overrideReason: String | None = None
    _overrideReason: Element | None = None
    enterer: Reference | None = None
    enteredDate: String | None = None
    _enteredDate: Element | None = None
    reason: Annotated[Sequence[CodeableConcept], Filled] = ()
    service: Annotated[Sequence[Reference], Filled] = ()
    productReference: Reference | None = None
    productCodeableConcept: CodeableConcept | None = None
    account: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    supportingInformation: Annotated[Sequence[Reference], Filled] = ()


class ChargeItemPerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None


class ChargeItemDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ChargeItemDefinition"):
    resourceType: ClassVar[str] = "ChargeItemDefinition"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    title: String | None = None
    _title: Element | None = None
    derivedFromUri: Annotated[Sequence[String | None], Filled] = ()
    _derivedFromUri: Annotated[Sequence[Element | None], Filled] = ()
    partOf: Annotated[Sequence[String | None], Filled] = ()
    _partOf: Annotated[Sequence[Element | None], Filled] = ()
    replaces: Annotated[Sequence[String | None], Filled] = ()
    _replaces: Annotated[Sequence[Element | None], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    code: CodeableConcept | None = None
    instance: Annotated[Sequence[Reference], Filled] = ()
    applicability: Annotated[Sequence[ChargeItemDefinitionApplicability], Filled] = ()
    propertyGroup: Annotated[Sequence[ChargeItemDefinitionPropertyGroup], Filled] = ()


class ChargeItemDefinitionApplicability(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    language: String | None = None
    _language: Element | None = None
    expression: String | None = None
    _expression: Element | None = None


class ChargeItemDefinitionPropertyGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    applicability: Annotated[Sequence[ChargeItemDefinitionApplicability], Filled] = ()
    priceComponent: Annotated[Sequence[ChargeItemDefinitionPropertyGroupPriceComponent], Filled] = ()


class ChargeItemDefinitionPropertyGroupPriceComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    code: CodeableConcept | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    amount: Money | None = None


class Claim(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Claim"):
    resourceType: ClassVar[str] = "Claim"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    subType: CodeableConcept | None = None
    use: String | None = None
    _use: Element | None = None
    patient: Reference | None = None
    billablePeriod: Period | None = None
    created: String | None = None
    _created: Element | None = None
    enterer: Reference | None = None
    insurer: Reference | None = None
    provider: Reference | None = None
    priority: CodeableConcept | None = None
    fundsReserve: CodeableConcept | None = None
    related: Annotated[Sequence[ClaimRelated], Filled] = ()
    prescription: Reference | None = None
    originalPrescription: Reference | None = None
    payee: ClaimPayee | None = None
    referral: Reference | None = None
    facility: Reference | None = None
    careTeam: Annotated[Sequence[ClaimCareTeam], Filled] = ()
    supportingInfo: Annotated[Sequence[ClaimSupportingInfo], Filled] = ()
    diagnosis: Annotated[Sequence[ClaimDiagnosis], Filled] = ()
    procedure: Annotated[Sequence[ClaimProcedure], Filled] = ()
    insurance: Annotated[Sequence[ClaimInsurance], Filled] = ()
    accident: ClaimAccident | None = None
    item: Annotated[Sequence[ClaimItem], Filled] = ()
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
    timingDate: String | None = None
    _timingDate: Element | None = None
    timingPeriod: Period | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueString: String | None = None
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
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    onAdmission: CodeableConcept | None = None
    packageCode: CodeableConcept | None = None


class ClaimProcedure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    date: String | None = None
    _date: Element | None = None
    procedureCodeableConcept: CodeableConcept | None = None
    procedureReference: Reference | None = None
    udi: Annotated[Sequence[Reference], Filled] = ()


class ClaimInsurance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    focal: bool | None = None
    _focal: Element | None = None
    identifier: Identifier | None = None
    coverage: Reference | None = None
    businessArrangement: String | None = None
    _businessArrangement: Element | None = None
    preAuthRef: Annotated[Sequence[String | None], Filled] = ()
    _preAuthRef: Annotated[Sequence[Element | None], Filled] = ()
    claimResponse: Reference | None = None


class ClaimAccident(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    date: String | None = None
    _date: Element | None = None
    type: CodeableConcept | None = None
    locationAddress: Address | None = None
    locationReference: Reference | None = None


class ClaimItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    careTeamSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _careTeamSequence: Annotated[Sequence[Element | None], Filled] = ()
    diagnosisSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _diagnosisSequence: Annotated[Sequence[Element | None], Filled] = ()
    procedureSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _procedureSequence: Annotated[Sequence[Element | None], Filled] = ()
    informationSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _informationSequence: Annotated[Sequence[Element | None], Filled] = ()
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    programCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    servicedDate: String | None = None
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
    udi: Annotated[Sequence[Reference], Filled] = ()
    bodySite: CodeableConcept | None = None
    subSite: Annotated[Sequence[CodeableConcept], Filled] = ()
    encounter: Annotated[Sequence[Reference], Filled] = ()
    detail: Annotated[Sequence[ClaimItemDetail], Filled] = ()


class ClaimItemDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    programCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    udi: Annotated[Sequence[Reference], Filled] = ()
    subDetail: Annotated[Sequence[ClaimItemDetailSubDetail], Filled] = ()


class ClaimItemDetailSubDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    programCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    udi: Annotated[Sequence[Reference], Filled] = ()


class ClaimResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ClaimResponse"):
    resourceType: ClassVar[str] = "ClaimResponse"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    subType: CodeableConcept | None = None
    use: String | None = None
    _use: Element | None = None
    patient: Reference | None = None
    created: String | None = None
    _created: Element | None = None
    insurer: Reference | None = None
    requestor: Reference | None = None
    request: Reference | None = None
    outcome: String | None = None
    _outcome: Element | None = None
    disposition: String | None = None
    _disposition: Element | None = None
    preAuthRef: String | None = None
    _preAuthRef: Element | None = None
    preAuthPeriod: Period | None = None
    payeeType: CodeableConcept | None = None
    item: Annotated[Sequence[ClaimResponseItem], Filled] = ()
    addItem: Annotated[Sequence[ClaimResponseAddItem], Filled] = ()
    adjudication: Annotated[Sequence[ClaimResponseItemAdjudication], Filled] = ()
    total: Annotated[Sequence[ClaimResponseTotal], Filled] = ()
    payment: ClaimResponsePayment | None = None
    fundsReserve: CodeableConcept | None = None
    formCode: CodeableConcept | None = None
    form: Attachment | None = None
    processNote: Annotated[Sequence[ClaimResponseProcessNote], Filled] = ()
    communicationRequest: Annotated[Sequence[Reference], Filled] = ()
    insurance: Annotated[Sequence[ClaimResponseInsurance], Filled] = ()
    error: Annotated[Sequence[ClaimResponseError], Filled] = ()


class ClaimResponseItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemSequence: PositiveInt | None = None
    _itemSequence: Element | None = None
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ClaimResponseItemAdjudication], Filled] = ()
    detail: Annotated[Sequence[ClaimResponseItemDetail], Filled] = ()


class ClaimResponseItemAdjudication(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    reason: CodeableConcept | None = None
    amount: Money | None = None
    value: Decimal | None = None
    _value: Element | None = None


class ClaimResponseItemDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    detailSequence: PositiveInt | None = None
    _detailSequence: Element | None = None
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ClaimResponseItemAdjudication], Filled] = ()
    subDetail: Annotated[Sequence[ClaimResponseItemDetailSubDetail], Filled] = ()


class ClaimResponseItemDetailSubDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    subDetailSequence: PositiveInt | None = None
    _subDetailSequence: Element | None = None
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ClaimResponseItemAdjudication], Filled] = ()


class ClaimResponseAddItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _itemSequence: Annotated[Sequence[Element | None], Filled] = ()
    detailSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _detailSequence: Annotated[Sequence[Element | None], Filled] = ()
    subdetailSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _subdetailSequence: Annotated[Sequence[Element | None], Filled] = ()
    provider: Annotated[Sequence[Reference], Filled] = ()
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    programCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    servicedDate: String | None = None
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
    subSite: Annotated[Sequence[CodeableConcept], Filled] = ()
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ClaimResponseItemAdjudication], Filled] = ()
    detail: Annotated[Sequence[ClaimResponseAddItemDetail], Filled] = ()


class ClaimResponseAddItemDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ClaimResponseItemAdjudication], Filled] = ()
    subDetail: Annotated[Sequence[ClaimResponseAddItemDetailSubDetail], Filled] = ()


class ClaimResponseAddItemDetailSubDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ClaimResponseItemAdjudication], Filled] = ()


class ClaimResponseTotal(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    amount: Money | None = None


class ClaimResponsePayment(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    adjustment: Money | None = None
    adjustmentReason: CodeableConcept | None = None
    date: String | None = None
    _date: Element | None = None
    amount: Money | None = None
    identifier: Identifier | None = None


class ClaimResponseProcessNote(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    number: PositiveInt | None = None
    _number: Element | None = None
    type: String | None = None
    _type: Element | None = None
    text: String | None = None
    _text: Element | None = None
    language: CodeableConcept | None = None


class ClaimResponseInsurance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    focal: bool | None = None
    _focal: Element | None = None
    coverage: Reference | None = None
    businessArrangement: String | None = None
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
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    code: CodeableConcept | None = None
    description: String | None = None
    _description: Element | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    effectiveDateTime: String | None = None
    _effectiveDateTime: Element | None = None
    effectivePeriod: Period | None = None
    date: String | None = None
    _date: Element | None = None
    assessor: Reference | None = None
    previous: Reference | None = None
    problem: Annotated[Sequence[Reference], Filled] = ()
    investigation: Annotated[Sequence[ClinicalImpressionInvestigation], Filled] = ()
    protocol: Annotated[Sequence[String | None], Filled] = ()
    _protocol: Annotated[Sequence[Element | None], Filled] = ()
    summary: String | None = None
    _summary: Element | None = None
    finding: Annotated[Sequence[ClinicalImpressionFinding], Filled] = ()
    prognosisCodeableConcept: Annotated[Sequence[CodeableConcept], Filled] = ()
    prognosisReference: Annotated[Sequence[Reference], Filled] = ()
    supportingInfo: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()


class ClinicalImpressionInvestigation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    item: Annotated[Sequence[Reference], Filled] = ()


class ClinicalImpressionFinding(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemCodeableConcept: CodeableConcept | None = None
    itemReference: Reference | None = None
    basis: String | None = None
    _basis: Element | None = None


class CodeSystem(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CodeSystem"):
    resourceType: ClassVar[str] = "CodeSystem"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    caseSensitive: bool | None = None
    _caseSensitive: Element | None = None
    valueSet: String | None = None
    _valueSet: Element | None = None
    hierarchyMeaning: String | None = None
    _hierarchyMeaning: Element | None = None
    compositional: bool | None = None
    _compositional: Element | None = None
    versionNeeded: bool | None = None
    _versionNeeded: Element | None = None
    content: String | None = None
    _content: Element | None = None
    supplements: String | None = None
    _supplements: Element | None = None
    count: UnsignedInt | None = None
    _count: Element | None = None
    filter: Annotated[Sequence[CodeSystemFilter], Filled] = ()
    property: Annotated[Sequence[CodeSystemProperty], Filled] = ()
    concept: Annotated[Sequence[CodeSystemConcept], Filled] = ()


class CodeSystemFilter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    description: String | None = None
    _description: Element | None = None
    operator: Annotated[Sequence[String | None], Filled] = ()
    _operator: Annotated[Sequence[Element | None], Filled] = ()
    value: String | None = None
    _value: Element | None = None


class CodeSystemProperty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    uri: String | None = None
    _uri: Element | None = None
    description: String | None = None
    _description: Element | None = None
    type: String | None = None
    _type: Element | None = None


class CodeSystemConcept(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    display: String | None = None
    _display: Element | None = None
    definition: String | None = None
    _definition: Element | None = None
    designation: Annotated[Sequence[CodeSystemConceptDesignation], Filled] = ()
    property: Annotated[Sequence[CodeSystemConceptProperty], Filled] = ()
    concept: Annotated[Sequence[CodeSystemConcept], Filled] = ()


class CodeSystemConceptDesignation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    language: String | None = None
    _language: Element | None = None
    use: Coding | None = None
    value: String | None = None
    _value: Element | None = None


class CodeSystemConceptProperty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    valueCode: String | None = None
    _valueCode: Element | None = None
    valueCoding: Coding | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None


class Communication(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Communication"):
    resourceType: ClassVar[str] = "Communication"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    instantiatesCanonical: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesCanonical: Annotated[Sequence[Element | None], Filled] = ()
    instantiatesUri: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesUri: Annotated[Sequence[Element | None], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    inResponseTo: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    priority: String | None = None
    _priority: Element | None = None
    medium: Annotated[Sequence[CodeableConcept], Filled] = ()
    subject: Reference | None = None
    topic: CodeableConcept | None = None
    about: Annotated[Sequence[Reference], Filled] = ()
    encounter: Reference | None = None
    sent: String | None = None
    _sent: Element | None = None
    received: String | None = None
    _received: Element | None = None
    recipient: Annotated[Sequence[Reference], Filled] = ()
    sender: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    payload: Annotated[Sequence[CommunicationPayload], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()


class CommunicationPayload(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    contentString: String | None = None
    _contentString: Element | None = None
    contentAttachment: Attachment | None = None
    contentReference: Reference | None = None


class CommunicationRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CommunicationRequest"):
    resourceType: ClassVar[str] = "CommunicationRequest"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    replaces: Annotated[Sequence[Reference], Filled] = ()
    groupIdentifier: Identifier | None = None
    status: String | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    priority: String | None = None
    _priority: Element | None = None
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    medium: Annotated[Sequence[CodeableConcept], Filled] = ()
    subject: Reference | None = None
    about: Annotated[Sequence[Reference], Filled] = ()
    encounter: Reference | None = None
    payload: Annotated[Sequence[CommunicationRequestPayload], Filled] = ()
    occurrenceDateTime: String | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    authoredOn: String | None = None
    _authoredOn: Element | None = None
    requester: Reference | None = None
    recipient: Annotated[Sequence[Reference], Filled] = ()
    sender: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()


class CommunicationRequestPayload(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    contentString: String | None = None
    _contentString: Element | None = None
    contentAttachment: Attachment | None = None
    contentReference: Reference | None = None


class CompartmentDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CompartmentDefinition"):
    resourceType: ClassVar[str] = "CompartmentDefinition"
    url: String | None = None
    _url: Element | None = None
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    code: String | None = None
    _code: Element | None = None
    search: bool | None = None
    _search: Element | None = None
    resource: Annotated[Sequence[CompartmentDefinitionResource], Filled] = ()


class CompartmentDefinitionResource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    param: Annotated[Sequence[String | None], Filled] = ()
    _param: Annotated[Sequence[Element | None], Filled] = ()
    documentation: String | None = None
    _documentation: Element | None = None


class Composition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Composition"):
    resourceType: ClassVar[str] = "Composition"
    identifier: Identifier | None = None
    status: String | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    subject: Reference | None = None
    encounter: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    author: Annotated[Sequence[Reference], Filled] = ()
    title: String | None = None
    _title: Element | None = None
    confidentiality: String | None = None
    _confidentiality: Element | None = None
    attester: Annotated[Sequence[CompositionAttester], Filled] = ()
    custodian: Reference | None = None
    relatesTo: Annotated[Sequence[CompositionRelatesTo], Filled] = ()
    event: Annotated[Sequence[CompositionEvent], Filled] = ()
    section: Annotated[Sequence[CompositionSection], Filled] = ()


class CompositionAttester(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: String | None = None
    _mode: Element | None = None
    time: String | None = None
    _time: Element | None = None
    party: Reference | None = None


class CompositionRelatesTo(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    targetIdentifier: Identifier | None = None
    targetReference: Reference | None = None


class CompositionEvent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: Annotated[Sequence[CodeableConcept], Filled] = ()
    period: Period | None = None
    detail: Annotated[Sequence[Reference], Filled] = ()


class CompositionSection(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    title: String | None = None
    _title: Element | None = None
    code: CodeableConcept | None = None
    author: Annotated[Sequence[Reference], Filled] = ()
    focus: Reference | None = None
    text: Narrative | None = None
    mode: String | None = None
    _mode: Element | None = None
    orderedBy: CodeableConcept | None = None
    entry: Annotated[Sequence[Reference], Filled] = ()
    emptyReason: CodeableConcept | None = None
    section: Annotated[Sequence[CompositionSection], Filled] = ()


class ConceptMap(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ConceptMap"):
    resourceType: ClassVar[str] = "ConceptMap"
    url: String | None = None
    _url: Element | None = None
    identifier: Identifier | None = None
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    sourceUri: String | None = None
    _sourceUri: Element | None = None
    sourceCanonical: String | None = None
    _sourceCanonical: Element | None = None
    targetUri: String | None = None
    _targetUri: Element | None = None
    targetCanonical: String | None = None
    _targetCanonical: Element | None = None
    group: Annotated[Sequence[ConceptMapGroup], Filled] = ()


class ConceptMapGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    source: String | None = None
    _source: Element | None = None
    sourceVersion: String | None = None
    _sourceVersion: Element | None = None
    target: String | None = None
    _target: Element | None = None
    targetVersion: String | None = None
    _targetVersion: Element | None = None
    element: Annotated[Sequence[ConceptMapGroupElement], Filled] = ()
    unmapped: ConceptMapGroupUnmapped | None = None


class ConceptMapGroupElement(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    display: String | None = None
    _display: Element | None = None
    target: Annotated[Sequence[ConceptMapGroupElementTarget], Filled] = ()


class ConceptMapGroupElementTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    display: String | None = None
    _display: Element | None = None
    equivalence: String | None = None
    _equivalence: Element | None = None
    comment: String | None = None
    _comment: Element | None = None
    dependsOn: Annotated[Sequence[ConceptMapGroupElementTargetDependsOn], Filled] = ()
    product: Annotated[Sequence[ConceptMapGroupElementTargetDependsOn], Filled] = ()


class ConceptMapGroupElementTargetDependsOn(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    property: String | None = None
    _property: Element | None = None
    system: String | None = None
    _system: Element | None = None
    value: String | None = None
    _value: Element | None = None
    display: String | None = None
    _display: Element | None = None


class ConceptMapGroupUnmapped(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    mode: String | None = None
    _mode: Element | None = None
    code: String | None = None
    _code: Element | None = None
    display: String | None = None
    _display: Element | None = None
    url: String | None = None
    _url: Element | None = None


class Condition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Condition"):
    resourceType: ClassVar[str] = "Condition"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    clinicalStatus: CodeableConcept | None = None
    verificationStatus: CodeableConcept | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    severity: CodeableConcept | None = None
    code: CodeableConcept | None = None
    bodySite: Annotated[Sequence[CodeableConcept], Filled] = ()
    subject: Reference | None = None
    encounter: Reference | None = None
    onsetDateTime: String | None = None
    _onsetDateTime: Element | None = None
    onsetAge: Age | None = None
    onsetPeriod: Period | None = None
    onsetRange: Range | None = None
    onsetString: String | None = None
    _onsetString: Element | None = None
    abatementDateTime: String | None = None
    _abatementDateTime: Element | None = None
    abatementAge: Age | None = None
    abatementPeriod: Period | None = None
    abatementRange: Range | None = None
    abatementString: String | None = None
    _abatementString: Element | None = None
    recordedDate: String | None = None
    _recordedDate: Element | None = None
    recorder: Reference | None = None
    asserter: Reference | None = None
    stage: Annotated[Sequence[ConditionStage], Filled] = ()
    evidence: Annotated[Sequence[ConditionEvidence], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()


class ConditionStage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    summary: CodeableConcept | None = None
    assessment: Annotated[Sequence[Reference], Filled] = ()
    type: CodeableConcept | None = None


class ConditionEvidence(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: Annotated[Sequence[CodeableConcept], Filled] = ()
    detail: Annotated[Sequence[Reference], Filled] = ()


class Consent(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Consent"):
    resourceType: ClassVar[str] = "Consent"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    scope: CodeableConcept | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    patient: Reference | None = None
    dateTime: String | None = None
    _dateTime: Element | None = None
    performer: Annotated[Sequence[Reference], Filled] = ()
    organization: Annotated[Sequence[Reference], Filled] = ()
    sourceAttachment: Attachment | None = None
    sourceReference: Reference | None = None
    policy: Annotated[Sequence[ConsentPolicy], Filled] = ()
    policyRule: CodeableConcept | None = None
    verification: Annotated[Sequence[ConsentVerification], Filled] = ()
    provision: ConsentProvision | None = None


class ConsentPolicy(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    authority: String | None = None
    _authority: Element | None = None
    uri: String | None = None
    _uri: Element | None = None


class ConsentVerification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    verified: bool | None = None
    _verified: Element | None = None
    verifiedWith: Reference | None = None
    verificationDate: String | None = None
    _verificationDate: Element | None = None


class ConsentProvision(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"class_": "class"}):
    type: String | None = None
    _type: Element | None = None
    period: Period | None = None
    actor: Annotated[Sequence[ConsentProvisionActor], Filled] = ()
    action: Annotated[Sequence[CodeableConcept], Filled] = ()
    securityLabel: Annotated[Sequence[Coding], Filled] = ()
    purpose: Annotated[Sequence[Coding], Filled] = ()
    class_: Annotated[Sequence[Coding], Filled] = ()
    code: Annotated[Sequence[CodeableConcept], Filled] = ()
    dataPeriod: Period | None = None
    data: Annotated[Sequence[ConsentProvisionData], Filled] = ()
    provision: Annotated[Sequence[ConsentProvision], Filled] = ()


class ConsentProvisionActor(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    role: CodeableConcept | None = None
    reference: Reference | None = None


class ConsentProvisionData(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    meaning: String | None = None
    _meaning: Element | None = None
    reference: Reference | None = None


class Contract(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Contract"):
    resourceType: ClassVar[str] = "Contract"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    url: String | None = None
    _url: Element | None = None
    version: String | None = None
    _version: Element | None = None
    status: String | None = None
    _status: Element | None = None
    legalState: CodeableConcept | None = None
    instantiatesCanonical: Reference | None = None
    instantiatesUri: String | None = None
    _instantiatesUri: Element | None = None
    contentDerivative: CodeableConcept | None = None
    issued: String | None = None
    _issued: Element | None = None
    applies: Period | None = None
    expirationType: CodeableConcept | None = None
    subject: Annotated[Sequence[Reference], Filled] = ()
    authority: Annotated[Sequence[Reference], Filled] = ()
    domain: Annotated[Sequence[Reference], Filled] = ()
    site: Annotated[Sequence[Reference], Filled] = ()
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    subtitle: String | None = None
    _subtitle: Element | None = None
    alias: Annotated[Sequence[String | None], Filled] = ()
    _alias: Annotated[Sequence[Element | None], Filled] = ()
    author: Reference | None = None
    scope: CodeableConcept | None = None
    topicCodeableConcept: CodeableConcept | None = None
    topicReference: Reference | None = None
    type: CodeableConcept | None = None
    subType: Annotated[Sequence[CodeableConcept], Filled] = ()
    contentDefinition: ContractContentDefinition | None = None
    term: Annotated[Sequence[ContractTerm], Filled] = ()
    supportingInfo: Annotated[Sequence[Reference], Filled] = ()
    relevantHistory: Annotated[Sequence[Reference], Filled] = ()
    signer: Annotated[Sequence[ContractSigner], Filled] = ()
    friendly: Annotated[Sequence[ContractFriendly], Filled] = ()
    legal: Annotated[Sequence[ContractLegal], Filled] = ()
    rule: Annotated[Sequence[ContractRule], Filled] = ()
    legallyBindingAttachment: Attachment | None = None
    legallyBindingReference: Reference | None = None


class ContractContentDefinition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    subType: CodeableConcept | None = None
    publisher: Reference | None = None
    publicationDate: String | None = None
    _publicationDate: Element | None = None
    publicationStatus: String | None = None
    _publicationStatus: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None


class ContractTerm(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    issued: String | None = None
    _issued: Element | None = None
    applies: Period | None = None
    topicCodeableConcept: CodeableConcept | None = None
    topicReference: Reference | None = None
    type: CodeableConcept | None = None
    subType: CodeableConcept | None = None
    text: String | None = None
    _text: Element | None = None
    securityLabel: Annotated[Sequence[ContractTermSecurityLabel], Filled] = ()
    offer: ContractTermOffer | None = None
    asset: Annotated[Sequence[ContractTermAsset], Filled] = ()
    action: Annotated[Sequence[ContractTermAction], Filled] = ()
    group: Annotated[Sequence[ContractTerm], Filled] = ()


class ContractTermSecurityLabel(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    number: Annotated[Sequence[UnsignedInt | None], Filled] = ()
    _number: Annotated[Sequence[Element | None], Filled] = ()
    classification: Coding | None = None
    category: Annotated[Sequence[Coding], Filled] = ()
    control: Annotated[Sequence[Coding], Filled] = ()


class ContractTermOffer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    party: Annotated[Sequence[ContractTermOfferParty], Filled] = ()
    topic: Reference | None = None
    type: CodeableConcept | None = None
    decision: CodeableConcept | None = None
    decisionMode: Annotated[Sequence[CodeableConcept], Filled] = ()
    answer: Annotated[Sequence[ContractTermOfferAnswer], Filled] = ()
    text: String | None = None
    _text: Element | None = None
    linkId: Annotated[Sequence[String | None], Filled] = ()
    _linkId: Annotated[Sequence[Element | None], Filled] = ()
    securityLabelNumber: Annotated[Sequence[UnsignedInt | None], Filled] = ()
    _securityLabelNumber: Annotated[Sequence[Element | None], Filled] = ()


class ContractTermOfferParty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: Annotated[Sequence[Reference], Filled] = ()
    role: CodeableConcept | None = None


class ContractTermOfferAnswer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDate: String | None = None
    _valueDate: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None
    valueTime: String | None = None
    _valueTime: Element | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueUri: String | None = None
    _valueUri: Element | None = None
    valueAttachment: Attachment | None = None
    valueCoding: Coding | None = None
    valueQuantity: Quantity | None = None
    valueReference: Reference | None = None


class ContractTermAsset(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    scope: CodeableConcept | None = None
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    typeReference: Annotated[Sequence[Reference], Filled] = ()
    subtype: Annotated[Sequence[CodeableConcept], Filled] = ()
    relationship: Coding | None = None
    context: Annotated[Sequence[ContractTermAssetContext], Filled] = ()
    condition: String | None = None
    _condition: Element | None = None
    periodType: Annotated[Sequence[CodeableConcept], Filled] = ()
    period: Annotated[Sequence[Period], Filled] = ()
    usePeriod: Annotated[Sequence[Period], Filled] = ()
    text: String | None = None
    _text: Element | None = None
    linkId: Annotated[Sequence[String | None], Filled] = ()
    _linkId: Annotated[Sequence[Element | None], Filled] = ()
    answer: Annotated[Sequence[ContractTermOfferAnswer], Filled] = ()
    securityLabelNumber: Annotated[Sequence[UnsignedInt | None], Filled] = ()
    _securityLabelNumber: Annotated[Sequence[Element | None], Filled] = ()
    valuedItem: Annotated[Sequence[ContractTermAssetValuedItem], Filled] = ()


class ContractTermAssetContext(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: Reference | None = None
    code: Annotated[Sequence[CodeableConcept], Filled] = ()
    text: String | None = None
    _text: Element | None = None


class ContractTermAssetValuedItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    entityCodeableConcept: CodeableConcept | None = None
    entityReference: Reference | None = None
    identifier: Identifier | None = None
    effectiveTime: String | None = None
    _effectiveTime: Element | None = None
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    points: Decimal | None = None
    _points: Element | None = None
    net: Money | None = None
    payment: String | None = None
    _payment: Element | None = None
    paymentDate: String | None = None
    _paymentDate: Element | None = None
    responsible: Reference | None = None
    recipient: Reference | None = None
    linkId: Annotated[Sequence[String | None], Filled] = ()
    _linkId: Annotated[Sequence[Element | None], Filled] = ()
    securityLabelNumber: Annotated[Sequence[UnsignedInt | None], Filled] = ()
    _securityLabelNumber: Annotated[Sequence[Element | None], Filled] = ()


class ContractTermAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    type: CodeableConcept | None = None
    subject: Annotated[Sequence[ContractTermActionSubject], Filled] = ()
    intent: CodeableConcept | None = None
    linkId: Annotated[Sequence[String | None], Filled] = ()
    _linkId: Annotated[Sequence[Element | None], Filled] = ()
    status: CodeableConcept | None = None
    context: Reference | None = None
    contextLinkId: Annotated[Sequence[String | None], Filled] = ()
    _contextLinkId: Annotated[Sequence[Element | None], Filled] = ()
    occurrenceDateTime: String | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    requester: Annotated[Sequence[Reference], Filled] = ()
    requesterLinkId: Annotated[Sequence[String | None], Filled] = ()
    _requesterLinkId: Annotated[Sequence[Element | None], Filled] = ()
    performerType: Annotated[Sequence[CodeableConcept], Filled] = ()
    performerRole: CodeableConcept | None = None
    performer: Reference | None = None
    performerLinkId: Annotated[Sequence[String | None], Filled] = ()
    _performerLinkId: Annotated[Sequence[Element | None], Filled] = ()
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    reason: Annotated[Sequence[String | None], Filled] = ()
    _reason: Annotated[Sequence[Element | None], Filled] = ()
    reasonLinkId: Annotated[Sequence[String | None], Filled] = ()
    _reasonLinkId: Annotated[Sequence[Element | None], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    securityLabelNumber: Annotated[Sequence[UnsignedInt | None], Filled] = ()
    _securityLabelNumber: Annotated[Sequence[Element | None], Filled] = ()


class ContractTermActionSubject(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: Annotated[Sequence[Reference], Filled] = ()
    role: CodeableConcept | None = None


class ContractSigner(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Coding | None = None
    party: Reference | None = None
    signature: Annotated[Sequence[Signature], Filled] = ()


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
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    policyHolder: Reference | None = None
    subscriber: Reference | None = None
    subscriberId: String | None = None
    _subscriberId: Element | None = None
    beneficiary: Reference | None = None
    dependent: String | None = None
    _dependent: Element | None = None
    relationship: CodeableConcept | None = None
    period: Period | None = None
    payor: Annotated[Sequence[Reference], Filled] = ()
    class_: Annotated[Sequence[CoverageClass], Filled] = ()
    order: PositiveInt | None = None
    _order: Element | None = None
    network: String | None = None
    _network: Element | None = None
    costToBeneficiary: Annotated[Sequence[CoverageCostToBeneficiary], Filled] = ()
    subrogation: bool | None = None
    _subrogation: Element | None = None
    contract: Annotated[Sequence[Reference], Filled] = ()


class CoverageClass(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    value: String | None = None
    _value: Element | None = None
    name: String | None = None
    _name: Element | None = None


class CoverageCostToBeneficiary(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueQuantity: Quantity | None = None
    valueMoney: Money | None = None
    exception: Annotated[Sequence[CoverageCostToBeneficiaryException], Filled] = ()


class CoverageCostToBeneficiaryException(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    period: Period | None = None


class CoverageEligibilityRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CoverageEligibilityRequest"):
    resourceType: ClassVar[str] = "CoverageEligibilityRequest"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    priority: CodeableConcept | None = None
    purpose: Annotated[Sequence[String | None], Filled] = ()
    _purpose: Annotated[Sequence[Element | None], Filled] = ()
    patient: Reference | None = None
    servicedDate: String | None = None
    _servicedDate: Element | None = None
    servicedPeriod: Period | None = None
    created: String | None = None
    _created: Element | None = None
    enterer: Reference | None = None
    provider: Reference | None = None
    insurer: Reference | None = None
    facility: Reference | None = None
    supportingInfo: Annotated[Sequence[CoverageEligibilityRequestSupportingInfo], Filled] = ()
    insurance: Annotated[Sequence[CoverageEligibilityRequestInsurance], Filled] = ()
    item: Annotated[Sequence[CoverageEligibilityRequestItem], Filled] = ()


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
    businessArrangement: String | None = None
    _businessArrangement: Element | None = None


class CoverageEligibilityRequestItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    supportingInfoSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _supportingInfoSequence: Annotated[Sequence[Element | None], Filled] = ()
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    provider: Reference | None = None
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    facility: Reference | None = None
    diagnosis: Annotated[Sequence[CoverageEligibilityRequestItemDiagnosis], Filled] = ()
    detail: Annotated[Sequence[Reference], Filled] = ()


class CoverageEligibilityRequestItemDiagnosis(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    diagnosisCodeableConcept: CodeableConcept | None = None
    diagnosisReference: Reference | None = None


class CoverageEligibilityResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="CoverageEligibilityResponse"):
    resourceType: ClassVar[str] = "CoverageEligibilityResponse"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    purpose: Annotated[Sequence[String | None], Filled] = ()
    _purpose: Annotated[Sequence[Element | None], Filled] = ()
    patient: Reference | None = None
    servicedDate: String | None = None
    _servicedDate: Element | None = None
    servicedPeriod: Period | None = None
    created: String | None = None
    _created: Element | None = None
    requestor: Reference | None = None
    request: Reference | None = None
    outcome: String | None = None
    _outcome: Element | None = None
    disposition: String | None = None
    _disposition: Element | None = None
    insurer: Reference | None = None
    insurance: Annotated[Sequence[CoverageEligibilityResponseInsurance], Filled] = ()
    preAuthRef: String | None = None
    _preAuthRef: Element | None = None
    form: CodeableConcept | None = None
    error: Annotated[Sequence[CoverageEligibilityResponseError], Filled] = ()


class CoverageEligibilityResponseInsurance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    coverage: Reference | None = None
    inforce: bool | None = None
    _inforce: Element | None = None
    benefitPeriod: Period | None = None
    item: Annotated[Sequence[CoverageEligibilityResponseInsuranceItem], Filled] = ()


class CoverageEligibilityResponseInsuranceItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    provider: Reference | None = None
    excluded: bool | None = None
    _excluded: Element | None = None
    name: String | None = None
    _name: Element | None = None
    description: String | None = None
    _description: Element | None = None
    network: CodeableConcept | None = None
    unit: CodeableConcept | None = None
    term: CodeableConcept | None = None
    benefit: Annotated[Sequence[CoverageEligibilityResponseInsuranceItemBenefit], Filled] = ()
    authorizationRequired: bool | None = None
    _authorizationRequired: Element | None = None
    authorizationSupporting: Annotated[Sequence[CodeableConcept], Filled] = ()
    authorizationUrl: String | None = None
    _authorizationUrl: Element | None = None


class CoverageEligibilityResponseInsuranceItemBenefit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    allowedUnsignedInt: UnsignedInt | None = None
    _allowedUnsignedInt: Element | None = None
    allowedString: String | None = None
    _allowedString: Element | None = None
    allowedMoney: Money | None = None
    usedUnsignedInt: UnsignedInt | None = None
    _usedUnsignedInt: Element | None = None
    usedString: String | None = None
    _usedString: Element | None = None
    usedMoney: Money | None = None


class CoverageEligibilityResponseError(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None


class DetectedIssue(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DetectedIssue"):
    resourceType: ClassVar[str] = "DetectedIssue"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    code: CodeableConcept | None = None
    severity: String | None = None
    _severity: Element | None = None
    patient: Reference | None = None
    identifiedDateTime: String | None = None
    _identifiedDateTime: Element | None = None
    identifiedPeriod: Period | None = None
    author: Reference | None = None
    implicated: Annotated[Sequence[Reference], Filled] = ()
    evidence: Annotated[Sequence[DetectedIssueEvidence], Filled] = ()
    detail: String | None = None
    _detail: Element | None = None
    reference: String | None = None
    _reference: Element | None = None
    mitigation: Annotated[Sequence[DetectedIssueMitigation], Filled] = ()


class DetectedIssueEvidence(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: Annotated[Sequence[CodeableConcept], Filled] = ()
    detail: Annotated[Sequence[Reference], Filled] = ()


class DetectedIssueMitigation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: CodeableConcept | None = None
    date: String | None = None
    _date: Element | None = None
    author: Reference | None = None


class Device(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Device"):
    resourceType: ClassVar[str] = "Device"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    definition: Reference | None = None
    udiCarrier: Annotated[Sequence[DeviceUdiCarrier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReason: Annotated[Sequence[CodeableConcept], Filled] = ()
    distinctIdentifier: String | None = None
    _distinctIdentifier: Element | None = None
    manufacturer: String | None = None
    _manufacturer: Element | None = None
    manufactureDate: String | None = None
    _manufactureDate: Element | None = None
    expirationDate: String | None = None
    _expirationDate: Element | None = None
    lotNumber: String | None = None
    _lotNumber: Element | None = None
    serialNumber: String | None = None
    _serialNumber: Element | None = None
    deviceName: Annotated[Sequence[DeviceDeviceName], Filled] = ()
    modelNumber: String | None = None
    _modelNumber: Element | None = None
    partNumber: String | None = None
    _partNumber: Element | None = None
    type: CodeableConcept | None = None
    specialization: Annotated[Sequence[DeviceSpecialization], Filled] = ()
    version: Annotated[Sequence[DeviceVersion], Filled] = ()
    property: Annotated[Sequence[DeviceProperty], Filled] = ()
    patient: Reference | None = None
    owner: Reference | None = None
    contact: Annotated[Sequence[ContactPoint], Filled] = ()
    location: Reference | None = None
    url: String | None = None
    _url: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()
    safety: Annotated[Sequence[CodeableConcept], Filled] = ()
    parent: Reference | None = None


class DeviceUdiCarrier(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    deviceIdentifier: String | None = None
    _deviceIdentifier: Element | None = None
    issuer: String | None = None
    _issuer: Element | None = None
    jurisdiction: String | None = None
    _jurisdiction: Element | None = None
    carrierAIDC: String | None = None
    _carrierAIDC: Element | None = None
    carrierHRF: String | None = None
    _carrierHRF: Element | None = None
    entryType: String | None = None
    _entryType: Element | None = None


class DeviceDeviceName(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    type: String | None = None
    _type: Element | None = None


class DeviceSpecialization(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    systemType: CodeableConcept | None = None
    version: String | None = None
    _version: Element | None = None


class DeviceVersion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    component: Identifier | None = None
    value: String | None = None
    _value: Element | None = None


class DeviceProperty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueQuantity: Annotated[Sequence[Quantity], Filled] = ()
    valueCode: Annotated[Sequence[CodeableConcept], Filled] = ()


class DeviceDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DeviceDefinition"):
    resourceType: ClassVar[str] = "DeviceDefinition"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    udiDeviceIdentifier: Annotated[Sequence[DeviceDefinitionUdiDeviceIdentifier], Filled] = ()
    manufacturerString: String | None = None
    _manufacturerString: Element | None = None
    manufacturerReference: Reference | None = None
    deviceName: Annotated[Sequence[DeviceDefinitionDeviceName], Filled] = ()
    modelNumber: String | None = None
    _modelNumber: Element | None = None
    type: CodeableConcept | None = None
    specialization: Annotated[Sequence[DeviceDefinitionSpecialization], Filled] = ()
    version: Annotated[Sequence[String | None], Filled] = ()
    _version: Annotated[Sequence[Element | None], Filled] = ()
    safety: Annotated[Sequence[CodeableConcept], Filled] = ()
    shelfLifeStorage: Annotated[Sequence[ProductShelfLife], Filled] = ()
    physicalCharacteristics: ProdCharacteristic | None = None
    languageCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    capability: Annotated[Sequence[DeviceDefinitionCapability], Filled] = ()
    property: Annotated[Sequence[DeviceDefinitionProperty], Filled] = ()
    owner: Reference | None = None
    contact: Annotated[Sequence[ContactPoint], Filled] = ()
    url: String | None = None
    _url: Element | None = None
    onlineInformation: String | None = None
    _onlineInformation: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()
    quantity: Quantity | None = None
    parentDevice: Reference | None = None
    material: Annotated[Sequence[DeviceDefinitionMaterial], Filled] = ()


class DeviceDefinitionUdiDeviceIdentifier(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    deviceIdentifier: String | None = None
    _deviceIdentifier: Element | None = None
    issuer: String | None = None
    _issuer: Element | None = None
    jurisdiction: String | None = None
    _jurisdiction: Element | None = None


class DeviceDefinitionDeviceName(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    type: String | None = None
    _type: Element | None = None


class DeviceDefinitionSpecialization(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    systemType: String | None = None
    _systemType: Element | None = None
    version: String | None = None
    _version: Element | None = None


class DeviceDefinitionCapability(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    description: Annotated[Sequence[CodeableConcept], Filled] = ()


class DeviceDefinitionProperty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueQuantity: Annotated[Sequence[Quantity], Filled] = ()
    valueCode: Annotated[Sequence[CodeableConcept], Filled] = ()


class DeviceDefinitionMaterial(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    substance: CodeableConcept | None = None
    alternate: bool | None = None
    _alternate: Element | None = None
    allergenicIndicator: bool | None = None
    _allergenicIndicator: Element | None = None


class DeviceMetric(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DeviceMetric"):
    resourceType: ClassVar[str] = "DeviceMetric"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    type: CodeableConcept | None = None
    unit: CodeableConcept | None = None
    source: Reference | None = None
    parent: Reference | None = None
    operationalStatus: String | None = None
    _operationalStatus: Element | None = None
    color: String | None = None
    _color: Element | None = None
    category: String | None = None
    _category: Element | None = None
    measurementPeriod: Timing | None = None
    calibration: Annotated[Sequence[DeviceMetricCalibration], Filled] = ()


class DeviceMetricCalibration(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    state: String | None = None
    _state: Element | None = None
    time: String | None = None
    _time: Element | None = None


class DeviceRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DeviceRequest"):
    resourceType: ClassVar[str] = "DeviceRequest"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    instantiatesCanonical: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesCanonical: Annotated[Sequence[Element | None], Filled] = ()
    instantiatesUri: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesUri: Annotated[Sequence[Element | None], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    priorRequest: Annotated[Sequence[Reference], Filled] = ()
    groupIdentifier: Identifier | None = None
    status: String | None = None
    _status: Element | None = None
    intent: String | None = None
    _intent: Element | None = None
    priority: String | None = None
    _priority: Element | None = None
    codeReference: Reference | None = None
    codeCodeableConcept: CodeableConcept | None = None
    parameter: Annotated[Sequence[DeviceRequestParameter], Filled] = ()
    subject: Reference | None = None
    encounter: Reference | None = None
    occurrenceDateTime: String | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    authoredOn: String | None = None
    _authoredOn: Element | None = None
    requester: Reference | None = None
    performerType: CodeableConcept | None = None
    performer: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    insurance: Annotated[Sequence[Reference], Filled] = ()
    supportingInfo: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    relevantHistory: Annotated[Sequence[Reference], Filled] = ()


class DeviceRequestParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueQuantity: Quantity | None = None
    valueRange: Range | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None


class DeviceUseStatement(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DeviceUseStatement"):
    resourceType: ClassVar[str] = "DeviceUseStatement"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    subject: Reference | None = None
    derivedFrom: Annotated[Sequence[Reference], Filled] = ()
    timingTiming: Timing | None = None
    timingPeriod: Period | None = None
    timingDateTime: String | None = None
    _timingDateTime: Element | None = None
    recordedOn: String | None = None
    _recordedOn: Element | None = None
    source: Reference | None = None
    device: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    bodySite: CodeableConcept | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()


class DiagnosticReport(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DiagnosticReport"):
    resourceType: ClassVar[str] = "DiagnosticReport"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    effectiveDateTime: String | None = None
    _effectiveDateTime: Element | None = None
    effectivePeriod: Period | None = None
    issued: String | None = None
    _issued: Element | None = None
    performer: Annotated[Sequence[Reference], Filled] = ()
    resultsInterpreter: Annotated[Sequence[Reference], Filled] = ()
    specimen: Annotated[Sequence[Reference], Filled] = ()
    result: Annotated[Sequence[Reference], Filled] = ()
    imagingStudy: Annotated[Sequence[Reference], Filled] = ()
    media: Annotated[Sequence[DiagnosticReportMedia], Filled] = ()
    conclusion: String | None = None
    _conclusion: Element | None = None
    conclusionCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    presentedForm: Annotated[Sequence[Attachment], Filled] = ()


class DiagnosticReportMedia(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    comment: String | None = None
    _comment: Element | None = None
    link: Reference | None = None


class DocumentManifest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DocumentManifest"):
    resourceType: ClassVar[str] = "DocumentManifest"
    masterIdentifier: Identifier | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    subject: Reference | None = None
    created: String | None = None
    _created: Element | None = None
    author: Annotated[Sequence[Reference], Filled] = ()
    recipient: Annotated[Sequence[Reference], Filled] = ()
    source: String | None = None
    _source: Element | None = None
    description: String | None = None
    _description: Element | None = None
    content: Annotated[Sequence[Reference], Filled] = ()
    related: Annotated[Sequence[DocumentManifestRelated], Filled] = ()


class DocumentManifestRelated(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    ref: Reference | None = None


class DocumentReference(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="DocumentReference"):
    resourceType: ClassVar[str] = "DocumentReference"
    masterIdentifier: Identifier | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    docStatus: String | None = None
    _docStatus: Element | None = None
    type: CodeableConcept | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    subject: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    author: Annotated[Sequence[Reference], Filled] = ()
    authenticator: Reference | None = None
    custodian: Reference | None = None
    relatesTo: Annotated[Sequence[DocumentReferenceRelatesTo], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    securityLabel: Annotated[Sequence[CodeableConcept], Filled] = ()
    content: Annotated[Sequence[DocumentReferenceContent], Filled] = ()
    context: DocumentReferenceContext | None = None


class DocumentReferenceRelatesTo(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    target: Reference | None = None


class DocumentReferenceContent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    attachment: Attachment | None = None
    format: Coding | None = None


class DocumentReferenceContext(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    encounter: Annotated[Sequence[Reference], Filled] = ()
    event: Annotated[Sequence[CodeableConcept], Filled] = ()
    period: Period | None = None
    facilityType: CodeableConcept | None = None
    practiceSetting: CodeableConcept | None = None
    sourcePatientInfo: Reference | None = None
    related: Annotated[Sequence[Reference], Filled] = ()


class EffectEvidenceSynthesis(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EffectEvidenceSynthesis"):
    resourceType: ClassVar[str] = "EffectEvidenceSynthesis"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    synthesisType: CodeableConcept | None = None
    studyType: CodeableConcept | None = None
    population: Reference | None = None
    exposure: Reference | None = None
    exposureAlternative: Reference | None = None
    outcome: Reference | None = None
    sampleSize: EffectEvidenceSynthesisSampleSize | None = None
    resultsByExposure: Annotated[Sequence[EffectEvidenceSynthesisResultsByExposure], Filled] = ()
    effectEstimate: Annotated[Sequence[EffectEvidenceSynthesisEffectEstimate], Filled] = ()
    certainty: Annotated[Sequence[EffectEvidenceSynthesisCertainty], Filled] = ()


class EffectEvidenceSynthesisSampleSize(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    numberOfStudies: Integer | None = None
    _numberOfStudies: Element | None = None
    numberOfParticipants: Integer | None = None
    _numberOfParticipants: Element | None = None


class EffectEvidenceSynthesisResultsByExposure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    exposureState: String | None = None
    _exposureState: Element | None = None
    variantState: CodeableConcept | None = None
    riskEvidenceSynthesis: Reference | None = None


class EffectEvidenceSynthesisEffectEstimate(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    type: CodeableConcept | None = None
    variantState: CodeableConcept | None = None
    value: Decimal | None = None
    _value: Element | None = None
    unitOfMeasure: CodeableConcept | None = None
    precisionEstimate: Annotated[Sequence[EffectEvidenceSynthesisEffectEstimatePrecisionEstimate], Filled] = ()


class EffectEvidenceSynthesisEffectEstimatePrecisionEstimate(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"from_": "from"}):
    type: CodeableConcept | None = None
    level: Decimal | None = None
    _level: Element | None = None
    from_: Decimal | None = None
    _from: Element | None = None
    to: Decimal | None = None
    _to: Element | None = None


class EffectEvidenceSynthesisCertainty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    rating: Annotated[Sequence[CodeableConcept], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    certaintySubcomponent: Annotated[Sequence[EffectEvidenceSynthesisCertaintyCertaintySubcomponent], Filled] = ()


class EffectEvidenceSynthesisCertaintyCertaintySubcomponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    rating: Annotated[Sequence[CodeableConcept], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()


class Encounter(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Encounter", rename={"class_": "class"}):
    resourceType: ClassVar[str] = "Encounter"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusHistory: Annotated[Sequence[EncounterStatusHistory], Filled] = ()
    class_: Coding | None = None
    classHistory: Annotated[Sequence[EncounterClassHistory], Filled] = ()
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    serviceType: CodeableConcept | None = None
    priority: CodeableConcept | None = None
    subject: Reference | None = None
    episodeOfCare: Annotated[Sequence[Reference], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    participant: Annotated[Sequence[EncounterParticipant], Filled] = ()
    appointment: Annotated[Sequence[Reference], Filled] = ()
    period: Period | None = None
    length: Duration | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    diagnosis: Annotated[Sequence[EncounterDiagnosis], Filled] = ()
    account: Annotated[Sequence[Reference], Filled] = ()
    hospitalization: EncounterHospitalization | None = None
    location: Annotated[Sequence[EncounterLocation], Filled] = ()
    serviceProvider: Reference | None = None
    partOf: Reference | None = None


class EncounterStatusHistory(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    status: String | None = None
    _status: Element | None = None
    period: Period | None = None


class EncounterClassHistory(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"class_": "class"}):
    class_: Coding | None = None
    period: Period | None = None


class EncounterParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
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
    dietPreference: Annotated[Sequence[CodeableConcept], Filled] = ()
    specialCourtesy: Annotated[Sequence[CodeableConcept], Filled] = ()
    specialArrangement: Annotated[Sequence[CodeableConcept], Filled] = ()
    destination: Reference | None = None
    dischargeDisposition: CodeableConcept | None = None


class EncounterLocation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    location: Reference | None = None
    status: String | None = None
    _status: Element | None = None
    physicalType: CodeableConcept | None = None
    period: Period | None = None


class Endpoint(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Endpoint"):
    resourceType: ClassVar[str] = "Endpoint"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    connectionType: Coding | None = None
    name: String | None = None
    _name: Element | None = None
    managingOrganization: Reference | None = None
    contact: Annotated[Sequence[ContactPoint], Filled] = ()
    period: Period | None = None
    payloadType: Annotated[Sequence[CodeableConcept], Filled] = ()
    payloadMimeType: Annotated[Sequence[String | None], Filled] = ()
    _payloadMimeType: Annotated[Sequence[Element | None], Filled] = ()
    address: String | None = None
    _address: Element | None = None
    header: Annotated[Sequence[String | None], Filled] = ()
    _header: Annotated[Sequence[Element | None], Filled] = ()


class EnrollmentRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EnrollmentRequest"):
    resourceType: ClassVar[str] = "EnrollmentRequest"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    created: String | None = None
    _created: Element | None = None
    insurer: Reference | None = None
    provider: Reference | None = None
    candidate: Reference | None = None
    coverage: Reference | None = None


class EnrollmentResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EnrollmentResponse"):
    resourceType: ClassVar[str] = "EnrollmentResponse"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    request: Reference | None = None
    outcome: String | None = None
    _outcome: Element | None = None
    disposition: String | None = None
    _disposition: Element | None = None
    created: String | None = None
    _created: Element | None = None
    organization: Reference | None = None
    requestProvider: Reference | None = None


class EpisodeOfCare(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EpisodeOfCare"):
    resourceType: ClassVar[str] = "EpisodeOfCare"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusHistory: Annotated[Sequence[EpisodeOfCareStatusHistory], Filled] = ()
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    diagnosis: Annotated[Sequence[EpisodeOfCareDiagnosis], Filled] = ()
    patient: Reference | None = None
    managingOrganization: Reference | None = None
    period: Period | None = None
    referralRequest: Annotated[Sequence[Reference], Filled] = ()
    careManager: Reference | None = None
    team: Annotated[Sequence[Reference], Filled] = ()
    account: Annotated[Sequence[Reference], Filled] = ()


class EpisodeOfCareStatusHistory(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    status: String | None = None
    _status: Element | None = None
    period: Period | None = None


class EpisodeOfCareDiagnosis(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    condition: Reference | None = None
    role: CodeableConcept | None = None
    rank: PositiveInt | None = None
    _rank: Element | None = None


class EventDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EventDefinition"):
    resourceType: ClassVar[str] = "EventDefinition"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    subtitle: String | None = None
    _subtitle: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    usage: String | None = None
    _usage: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    trigger: Annotated[Sequence[TriggerDefinition], Filled] = ()


class Evidence(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Evidence"):
    resourceType: ClassVar[str] = "Evidence"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    shortTitle: String | None = None
    _shortTitle: Element | None = None
    subtitle: String | None = None
    _subtitle: Element | None = None
    status: String | None = None
    _status: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    exposureBackground: Reference | None = None
    exposureVariant: Annotated[Sequence[Reference], Filled] = ()
    outcome: Annotated[Sequence[Reference], Filled] = ()


class EvidenceVariable(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="EvidenceVariable"):
    resourceType: ClassVar[str] = "EvidenceVariable"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    shortTitle: String | None = None
    _shortTitle: Element | None = None
    subtitle: String | None = None
    _subtitle: Element | None = None
    status: String | None = None
    _status: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    type: String | None = None
    _type: Element | None = None
    characteristic: Annotated[Sequence[EvidenceVariableCharacteristic], Filled] = ()


class EvidenceVariableCharacteristic(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    exclude: bool | None = None
    _exclude: Element | None = None
    definitionReference: Reference | None = None
    definitionCanonical: String | None = None
    _definitionCanonical: Element | None = None
    definitionCodeableConcept: CodeableConcept | None = None
    definitionExpression: Expression | None = None
    definitionDataRequirement: DataRequirement | None = None
    definitionTriggerDefinition: TriggerDefinition | None = None
    usageContext: Annotated[Sequence[UsageContext], Filled] = ()
    participantEffectiveDateTime: String | None = None
    _participantEffectiveDateTime: Element | None = None
    participantEffectivePeriod: Period | None = None
    participantEffectiveDuration: Duration | None = None
    participantEffectiveTiming: Timing | None = None
    timeFromStart: Duration | None = None
    groupMeasure: String | None = None
    _groupMeasure: Element | None = None


class ExampleScenario(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ExampleScenario"):
    resourceType: ClassVar[str] = "ExampleScenario"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    copyright: String | None = None
    _copyright: Element | None = None
    purpose: String | None = None
    _purpose: Element | None = None
    actor: Annotated[Sequence[ExampleScenarioActor], Filled] = ()
    instance: Annotated[Sequence[ExampleScenarioInstance], Filled] = ()
    process: Annotated[Sequence[ExampleScenarioProcess], Filled] = ()
    workflow: Annotated[Sequence[String | None], Filled] = ()
    _workflow: Annotated[Sequence[Element | None], Filled] = ()


class ExampleScenarioActor(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    actorId: String | None = None
    _actorId: Element | None = None
    type: String | None = None
    _type: Element | None = None
    name: String | None = None
    _name: Element | None = None
    description: String | None = None
    _description: Element | None = None


class ExampleScenarioInstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    resourceId: String | None = None
    _resourceId: Element | None = None
    resourceType: String | None = None
    _resourceType: Element | None = None
    name: String | None = None
    _name: Element | None = None
    description: String | None = None
    _description: Element | None = None
    version: Annotated[Sequence[ExampleScenarioInstanceVersion], Filled] = ()
    containedInstance: Annotated[Sequence[ExampleScenarioInstanceContainedInstance], Filled] = ()


class ExampleScenarioInstanceVersion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    versionId: String | None = None
    _versionId: Element | None = None
    description: String | None = None
    _description: Element | None = None


class ExampleScenarioInstanceContainedInstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    resourceId: String | None = None
    _resourceId: Element | None = None
    versionId: String | None = None
    _versionId: Element | None = None


class ExampleScenarioProcess(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    title: String | None = None
    _title: Element | None = None
    description: String | None = None
    _description: Element | None = None
    preConditions: String | None = None
    _preConditions: Element | None = None
    postConditions: String | None = None
    _postConditions: Element | None = None
    step: Annotated[Sequence[ExampleScenarioProcessStep], Filled] = ()


class ExampleScenarioProcessStep(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    process: Annotated[Sequence[ExampleScenarioProcess], Filled] = ()
    pause: bool | None = None
    _pause: Element | None = None
    operation: ExampleScenarioProcessStepOperation | None = None
    alternative: Annotated[Sequence[ExampleScenarioProcessStepAlternative], Filled] = ()


class ExampleScenarioProcessStepOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    number: String | None = None
    _number: Element | None = None
    type: String | None = None
    _type: Element | None = None
    name: String | None = None
    _name: Element | None = None
    initiator: String | None = None
    _initiator: Element | None = None
    receiver: String | None = None
    _receiver: Element | None = None
    description: String | None = None
    _description: Element | None = None
    initiatorActive: bool | None = None
    _initiatorActive: Element | None = None
    receiverActive: bool | None = None
    _receiverActive: Element | None = None
    request: ExampleScenarioInstanceContainedInstance | None = None
    response: ExampleScenarioInstanceContainedInstance | None = None


class ExampleScenarioProcessStepAlternative(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    title: String | None = None
    _title: Element | None = None
    description: String | None = None
    _description: Element | None = None
    step: Annotated[Sequence[ExampleScenarioProcessStep], Filled] = ()


class ExplanationOfBenefit(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ExplanationOfBenefit"):
    resourceType: ClassVar[str] = "ExplanationOfBenefit"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    subType: CodeableConcept | None = None
    use: String | None = None
    _use: Element | None = None
    patient: Reference | None = None
    billablePeriod: Period | None = None
    created: String | None = None
    _created: Element | None = None
    enterer: Reference | None = None
    insurer: Reference | None = None
    provider: Reference | None = None
    priority: CodeableConcept | None = None
    fundsReserveRequested: CodeableConcept | None = None
    fundsReserve: CodeableConcept | None = None
    related: Annotated[Sequence[ExplanationOfBenefitRelated], Filled] = ()
    prescription: Reference | None = None
    originalPrescription: Reference | None = None
    payee: ExplanationOfBenefitPayee | None = None
    referral: Reference | None = None
    facility: Reference | None = None
    claim: Reference | None = None
    claimResponse: Reference | None = None
    outcome: String | None = None
    _outcome: Element | None = None
    disposition: String | None = None
    _disposition: Element | None = None
    preAuthRef: Annotated[Sequence[String | None], Filled] = ()
    _preAuthRef: Annotated[Sequence[Element | None], Filled] = ()
    preAuthRefPeriod: Annotated[Sequence[Period], Filled] = ()
    careTeam: Annotated[Sequence[ExplanationOfBenefitCareTeam], Filled] = ()
    supportingInfo: Annotated[Sequence[ExplanationOfBenefitSupportingInfo], Filled] = ()
    diagnosis: Annotated[Sequence[ExplanationOfBenefitDiagnosis], Filled] = ()
    procedure: Annotated[Sequence[ExplanationOfBenefitProcedure], Filled] = ()
    precedence: PositiveInt | None = None
    _precedence: Element | None = None
    insurance: Annotated[Sequence[ExplanationOfBenefitInsurance], Filled] = ()
    accident: ExplanationOfBenefitAccident | None = None
    item: Annotated[Sequence[ExplanationOfBenefitItem], Filled] = ()
    addItem: Annotated[Sequence[ExplanationOfBenefitAddItem], Filled] = ()
    adjudication: Annotated[Sequence[ExplanationOfBenefitItemAdjudication], Filled] = ()
    total: Annotated[Sequence[ExplanationOfBenefitTotal], Filled] = ()
    payment: ExplanationOfBenefitPayment | None = None
    formCode: CodeableConcept | None = None
    form: Attachment | None = None
    processNote: Annotated[Sequence[ExplanationOfBenefitProcessNote], Filled] = ()
    benefitPeriod: Period | None = None
    benefitBalance: Annotated[Sequence[ExplanationOfBenefitBenefitBalance], Filled] = ()


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
    timingDate: String | None = None
    _timingDate: Element | None = None
    timingPeriod: Period | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueString: String | None = None
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
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    onAdmission: CodeableConcept | None = None
    packageCode: CodeableConcept | None = None


class ExplanationOfBenefitProcedure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    date: String | None = None
    _date: Element | None = None
    procedureCodeableConcept: CodeableConcept | None = None
    procedureReference: Reference | None = None
    udi: Annotated[Sequence[Reference], Filled] = ()


class ExplanationOfBenefitInsurance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    focal: bool | None = None
    _focal: Element | None = None
    coverage: Reference | None = None
    preAuthRef: Annotated[Sequence[String | None], Filled] = ()
    _preAuthRef: Annotated[Sequence[Element | None], Filled] = ()


class ExplanationOfBenefitAccident(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    date: String | None = None
    _date: Element | None = None
    type: CodeableConcept | None = None
    locationAddress: Address | None = None
    locationReference: Reference | None = None


class ExplanationOfBenefitItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    careTeamSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _careTeamSequence: Annotated[Sequence[Element | None], Filled] = ()
    diagnosisSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _diagnosisSequence: Annotated[Sequence[Element | None], Filled] = ()
    procedureSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _procedureSequence: Annotated[Sequence[Element | None], Filled] = ()
    informationSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _informationSequence: Annotated[Sequence[Element | None], Filled] = ()
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    programCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    servicedDate: String | None = None
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
    udi: Annotated[Sequence[Reference], Filled] = ()
    bodySite: CodeableConcept | None = None
    subSite: Annotated[Sequence[CodeableConcept], Filled] = ()
    encounter: Annotated[Sequence[Reference], Filled] = ()
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ExplanationOfBenefitItemAdjudication], Filled] = ()
    detail: Annotated[Sequence[ExplanationOfBenefitItemDetail], Filled] = ()


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
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    programCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    udi: Annotated[Sequence[Reference], Filled] = ()
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ExplanationOfBenefitItemAdjudication], Filled] = ()
    subDetail: Annotated[Sequence[ExplanationOfBenefitItemDetailSubDetail], Filled] = ()


class ExplanationOfBenefitItemDetailSubDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    revenue: CodeableConcept | None = None
    category: CodeableConcept | None = None
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    programCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    udi: Annotated[Sequence[Reference], Filled] = ()
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ExplanationOfBenefitItemAdjudication], Filled] = ()


class ExplanationOfBenefitAddItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _itemSequence: Annotated[Sequence[Element | None], Filled] = ()
    detailSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _detailSequence: Annotated[Sequence[Element | None], Filled] = ()
    subDetailSequence: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _subDetailSequence: Annotated[Sequence[Element | None], Filled] = ()
    provider: Annotated[Sequence[Reference], Filled] = ()
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    programCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    servicedDate: String | None = None
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
    subSite: Annotated[Sequence[CodeableConcept], Filled] = ()
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ExplanationOfBenefitItemAdjudication], Filled] = ()
    detail: Annotated[Sequence[ExplanationOfBenefitAddItemDetail], Filled] = ()


class ExplanationOfBenefitAddItemDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ExplanationOfBenefitItemAdjudication], Filled] = ()
    subDetail: Annotated[Sequence[ExplanationOfBenefitAddItemDetailSubDetail], Filled] = ()


class ExplanationOfBenefitAddItemDetailSubDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    productOrService: CodeableConcept | None = None
    modifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    quantity: Quantity | None = None
    unitPrice: Money | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    net: Money | None = None
    noteNumber: Annotated[Sequence[PositiveInt | None], Filled] = ()
    _noteNumber: Annotated[Sequence[Element | None], Filled] = ()
    adjudication: Annotated[Sequence[ExplanationOfBenefitItemAdjudication], Filled] = ()


class ExplanationOfBenefitTotal(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    amount: Money | None = None


class ExplanationOfBenefitPayment(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    adjustment: Money | None = None
    adjustmentReason: CodeableConcept | None = None
    date: String | None = None
    _date: Element | None = None
    amount: Money | None = None
    identifier: Identifier | None = None


class ExplanationOfBenefitProcessNote(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    number: PositiveInt | None = None
    _number: Element | None = None
    type: String | None = None
    _type: Element | None = None
    text: String | None = None
    _text: Element | None = None
    language: CodeableConcept | None = None


class ExplanationOfBenefitBenefitBalance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    excluded: bool | None = None
    _excluded: Element | None = None
    name: String | None = None
    _name: Element | None = None
    description: String | None = None
    _description: Element | None = None
    network: CodeableConcept | None = None
    unit: CodeableConcept | None = None
    term: CodeableConcept | None = None
    financial: Annotated[Sequence[ExplanationOfBenefitBenefitBalanceFinancial], Filled] = ()


class ExplanationOfBenefitBenefitBalanceFinancial(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    allowedUnsignedInt: UnsignedInt | None = None
    _allowedUnsignedInt: Element | None = None
    allowedString: String | None = None
    _allowedString: Element | None = None
    allowedMoney: Money | None = None
    usedUnsignedInt: UnsignedInt | None = None
    _usedUnsignedInt: Element | None = None
    usedMoney: Money | None = None


class FamilyMemberHistory(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="FamilyMemberHistory"):
    resourceType: ClassVar[str] = "FamilyMemberHistory"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    instantiatesCanonical: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesCanonical: Annotated[Sequence[Element | None], Filled] = ()
    instantiatesUri: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesUri: Annotated[Sequence[Element | None], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    dataAbsentReason: CodeableConcept | None = None
    patient: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    name: String | None = None
    _name: Element | None = None
    relationship: CodeableConcept | None = None
    sex: CodeableConcept | None = None
    bornPeriod: Period | None = None
    bornDate: String | None = None
    _bornDate: Element | None = None
    bornString: String | None = None
    _bornString: Element | None = None
    ageAge: Age | None = None
    ageRange: Range | None = None
    ageString: String | None = None
    _ageString: Element | None = None
    estimatedAge: bool | None = None
    _estimatedAge: Element | None = None
    deceasedBoolean: bool | None = None
    _deceasedBoolean: Element | None = None
    deceasedAge: Age | None = None
    deceasedRange: Range | None = None
    deceasedDate: String | None = None
    _deceasedDate: Element | None = None
    deceasedString: String | None = None
    _deceasedString: Element | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    condition: Annotated[Sequence[FamilyMemberHistoryCondition], Filled] = ()


class FamilyMemberHistoryCondition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    outcome: CodeableConcept | None = None
    contributedToDeath: bool | None = None
    _contributedToDeath: Element | None = None
    onsetAge: Age | None = None
    onsetRange: Range | None = None
    onsetPeriod: Period | None = None
    onsetString: String | None = None
    _onsetString: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()


class Flag(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Flag"):
    resourceType: ClassVar[str] = "Flag"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    code: CodeableConcept | None = None
    subject: Reference | None = None
    period: Period | None = None
    encounter: Reference | None = None
    author: Reference | None = None


class Goal(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Goal"):
    resourceType: ClassVar[str] = "Goal"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    lifecycleStatus: String | None = None
    _lifecycleStatus: Element | None = None
    achievementStatus: CodeableConcept | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    priority: CodeableConcept | None = None
    description: CodeableConcept | None = None
    subject: Reference | None = None
    startDate: String | None = None
    _startDate: Element | None = None
    startCodeableConcept: CodeableConcept | None = None
    target: Annotated[Sequence[GoalTarget], Filled] = ()
    statusDate: String | None = None
    _statusDate: Element | None = None
    statusReason: String | None = None
    _statusReason: Element | None = None
    expressedBy: Reference | None = None
    addresses: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    outcomeCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    outcomeReference: Annotated[Sequence[Reference], Filled] = ()


class GoalTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    measure: CodeableConcept | None = None
    detailQuantity: Quantity | None = None
    detailRange: Range | None = None
    detailCodeableConcept: CodeableConcept | None = None
    detailString: String | None = None
    _detailString: Element | None = None
    detailBoolean: bool | None = None
    _detailBoolean: Element | None = None
    detailInteger: Integer | None = None
    _detailInteger: Element | None = None
    detailRatio: Ratio | None = None
    dueDate: String | None = None
    _dueDate: Element | None = None
    dueDuration: Duration | None = None


class GraphDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="GraphDefinition"):
    resourceType: ClassVar[str] = "GraphDefinition"
    url: String | None = None
    _url: Element | None = None
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    start: String | None = None
    _start: Element | None = None
    profile: String | None = None
    _profile: Element | None = None
    link: Annotated[Sequence[GraphDefinitionLink], Filled] = ()


class GraphDefinitionLink(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: String | None = None
    _path: Element | None = None
    sliceName: String | None = None
    _sliceName: Element | None = None
    min: Integer | None = None
    _min: Element | None = None
    max: String | None = None
    _max: Element | None = None
    description: String | None = None
    _description: Element | None = None
    target: Annotated[Sequence[GraphDefinitionLinkTarget], Filled] = ()


class GraphDefinitionLinkTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    params: String | None = None
    _params: Element | None = None
    profile: String | None = None
    _profile: Element | None = None
    compartment: Annotated[Sequence[GraphDefinitionLinkTargetCompartment], Filled] = ()
    link: Annotated[Sequence[GraphDefinitionLink], Filled] = ()


class GraphDefinitionLinkTargetCompartment(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    use: String | None = None
    _use: Element | None = None
    code: String | None = None
    _code: Element | None = None
    rule: String | None = None
    _rule: Element | None = None
    expression: String | None = None
    _expression: Element | None = None
    description: String | None = None
    _description: Element | None = None


class Group(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Group"):
    resourceType: ClassVar[str] = "Group"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    active: bool | None = None
    _active: Element | None = None
    type: String | None = None
    _type: Element | None = None
    actual: bool | None = None
    _actual: Element | None = None
    code: CodeableConcept | None = None
    name: String | None = None
    _name: Element | None = None
    quantity: UnsignedInt | None = None
    _quantity: Element | None = None
    managingEntity: Reference | None = None
    characteristic: Annotated[Sequence[GroupCharacteristic], Filled] = ()
    member: Annotated[Sequence[GroupMember], Filled] = ()


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
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    moduleUri: String | None = None
    _moduleUri: Element | None = None
    moduleCanonical: String | None = None
    _moduleCanonical: Element | None = None
    moduleCodeableConcept: CodeableConcept | None = None
    status: String | None = None
    _status: Element | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    occurrenceDateTime: String | None = None
    _occurrenceDateTime: Element | None = None
    performer: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    evaluationMessage: Annotated[Sequence[Reference], Filled] = ()
    outputParameters: Reference | None = None
    result: Reference | None = None
    dataRequirement: Annotated[Sequence[DataRequirement], Filled] = ()


class HealthcareService(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="HealthcareService"):
    resourceType: ClassVar[str] = "HealthcareService"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    active: bool | None = None
    _active: Element | None = None
    providedBy: Reference | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    specialty: Annotated[Sequence[CodeableConcept], Filled] = ()
    location: Annotated[Sequence[Reference], Filled] = ()
    name: String | None = None
    _name: Element | None = None
    comment: String | None = None
    _comment: Element | None = None
    extraDetails: String | None = None
    _extraDetails: Element | None = None
    photo: Attachment | None = None
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    coverageArea: Annotated[Sequence[Reference], Filled] = ()
    serviceProvisionCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    eligibility: Annotated[Sequence[HealthcareServiceEligibility], Filled] = ()
    program: Annotated[Sequence[CodeableConcept], Filled] = ()
    characteristic: Annotated[Sequence[CodeableConcept], Filled] = ()
    communication: Annotated[Sequence[CodeableConcept], Filled] = ()
    referralMethod: Annotated[Sequence[CodeableConcept], Filled] = ()
    appointmentRequired: bool | None = None
    _appointmentRequired: Element | None = None
    availableTime: Annotated[Sequence[HealthcareServiceAvailableTime], Filled] = ()
    notAvailable: Annotated[Sequence[HealthcareServiceNotAvailable], Filled] = ()
    availabilityExceptions: String | None = None
    _availabilityExceptions: Element | None = None
    endpoint: Annotated[Sequence[Reference], Filled] = ()


class HealthcareServiceEligibility(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    comment: String | None = None
    _comment: Element | None = None


class HealthcareServiceAvailableTime(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    daysOfWeek: Annotated[Sequence[String | None], Filled] = ()
    _daysOfWeek: Annotated[Sequence[Element | None], Filled] = ()
    allDay: bool | None = None
    _allDay: Element | None = None
    availableStartTime: String | None = None
    _availableStartTime: Element | None = None
    availableEndTime: String | None = None
    _availableEndTime: Element | None = None


class HealthcareServiceNotAvailable(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    during: Period | None = None


class ImagingStudy(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ImagingStudy"):
    resourceType: ClassVar[str] = "ImagingStudy"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    modality: Annotated[Sequence[Coding], Filled] = ()
    subject: Reference | None = None
    encounter: Reference | None = None
    started: String | None = None
    _started: Element | None = None
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    referrer: Reference | None = None
    interpreter: Annotated[Sequence[Reference], Filled] = ()
    endpoint: Annotated[Sequence[Reference], Filled] = ()
    numberOfSeries: UnsignedInt | None = None
    _numberOfSeries: Element | None = None
    numberOfInstances: UnsignedInt | None = None
    _numberOfInstances: Element | None = None
    procedureReference: Reference | None = None
    procedureCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    location: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    series: Annotated[Sequence[ImagingStudySeries], Filled] = ()


class ImagingStudySeries(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    uid: String | None = None
    _uid: Element | None = None
    number: UnsignedInt | None = None
    _number: Element | None = None
    modality: Coding | None = None
    description: String | None = None
    _description: Element | None = None
    numberOfInstances: UnsignedInt | None = None
    _numberOfInstances: Element | None = None
    endpoint: Annotated[Sequence[Reference], Filled] = ()
    bodySite: Coding | None = None
    laterality: Coding | None = None
    specimen: Annotated[Sequence[Reference], Filled] = ()
    started: String | None = None
    _started: Element | None = None
    performer: Annotated[Sequence[ImagingStudySeriesPerformer], Filled] = ()
    instance: Annotated[Sequence[ImagingStudySeriesInstance], Filled] = ()


class ImagingStudySeriesPerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None


class ImagingStudySeriesInstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    uid: String | None = None
    _uid: Element | None = None
    sopClass: Coding | None = None
    number: UnsignedInt | None = None
    _number: Element | None = None
    title: String | None = None
    _title: Element | None = None


class Immunization(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Immunization"):
    resourceType: ClassVar[str] = "Immunization"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    vaccineCode: CodeableConcept | None = None
    patient: Reference | None = None
    encounter: Reference | None = None
    occurrenceDateTime: String | None = None
    _occurrenceDateTime: Element | None = None
    occurrenceString: String | None = None
    _occurrenceString: Element | None = None
    recorded: String | None = None
    _recorded: Element | None = None
    primarySource: bool | None = None
    _primarySource: Element | None = None
    reportOrigin: CodeableConcept | None = None
    location: Reference | None = None
    manufacturer: Reference | None = None
    lotNumber: String | None = None
    _lotNumber: Element | None = None
    expirationDate: String | None = None
    _expirationDate: Element | None = None
    site: CodeableConcept | None = None
    route: CodeableConcept | None = None
    doseQuantity: Quantity | None = None
    performer: Annotated[Sequence[ImmunizationPerformer], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    isSubpotent: bool | None = None
    _isSubpotent: Element | None = None
    subpotentReason: Annotated[Sequence[CodeableConcept], Filled] = ()
    education: Annotated[Sequence[ImmunizationEducation], Filled] = ()
    programEligibility: Annotated[Sequence[CodeableConcept], Filled] = ()
    fundingSource: CodeableConcept | None = None
    reaction: Annotated[Sequence[ImmunizationReaction], Filled] = ()
    protocolApplied: Annotated[Sequence[ImmunizationProtocolApplied], Filled] = ()


class ImmunizationPerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None


class ImmunizationEducation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    documentType: String | None = None
    _documentType: Element | None = None
    reference: String | None = None
    _reference: Element | None = None
    publicationDate: String | None = None
    _publicationDate: Element | None = None
    presentationDate: String | None = None
    _presentationDate: Element | None = None


class ImmunizationReaction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    date: String | None = None
    _date: Element | None = None
    detail: Reference | None = None
    reported: bool | None = None
    _reported: Element | None = None


class ImmunizationProtocolApplied(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    series: String | None = None
    _series: Element | None = None
    authority: Reference | None = None
    targetDisease: Annotated[Sequence[CodeableConcept], Filled] = ()
    doseNumberPositiveInt: PositiveInt | None = None
    _doseNumberPositiveInt: Element | None = None
    doseNumberString: String | None = None
    _doseNumberString: Element | None = None
    seriesDosesPositiveInt: PositiveInt | None = None
    _seriesDosesPositiveInt: Element | None = None
    seriesDosesString: String | None = None
    _seriesDosesString: Element | None = None


class ImmunizationEvaluation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ImmunizationEvaluation"):
    resourceType: ClassVar[str] = "ImmunizationEvaluation"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    patient: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    authority: Reference | None = None
    targetDisease: CodeableConcept | None = None
    immunizationEvent: Reference | None = None
    doseStatus: CodeableConcept | None = None
    doseStatusReason: Annotated[Sequence[CodeableConcept], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    series: String | None = None
    _series: Element | None = None
    doseNumberPositiveInt: PositiveInt | None = None
    _doseNumberPositiveInt: Element | None = None
    doseNumberString: String | None = None
    _doseNumberString: Element | None = None
    seriesDosesPositiveInt: PositiveInt | None = None
    _seriesDosesPositiveInt: Element | None = None
    seriesDosesString: String | None = None
    _seriesDosesString: Element | None = None


class ImmunizationRecommendation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ImmunizationRecommendation"):
    resourceType: ClassVar[str] = "ImmunizationRecommendation"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    patient: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    authority: Reference | None = None
    recommendation: Annotated[Sequence[ImmunizationRecommendationRecommendation], Filled] = ()


class ImmunizationRecommendationRecommendation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    vaccineCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    targetDisease: CodeableConcept | None = None
    contraindicatedVaccineCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    forecastStatus: CodeableConcept | None = None
    forecastReason: Annotated[Sequence[CodeableConcept], Filled] = ()
    dateCriterion: Annotated[Sequence[ImmunizationRecommendationRecommendationDateCriterion], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    series: String | None = None
    _series: Element | None = None
    doseNumberPositiveInt: PositiveInt | None = None
    _doseNumberPositiveInt: Element | None = None
    doseNumberString: String | None = None
    _doseNumberString: Element | None = None
    seriesDosesPositiveInt: PositiveInt | None = None
    _seriesDosesPositiveInt: Element | None = None
    seriesDosesString: String | None = None
    _seriesDosesString: Element | None = None
    supportingImmunization: Annotated[Sequence[Reference], Filled] = ()
    supportingPatientInformation: Annotated[Sequence[Reference], Filled] = ()


class ImmunizationRecommendationRecommendationDateCriterion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    value: String | None = None
    _value: Element | None = None


class ImplementationGuide(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ImplementationGuide", rename={"global_": "global"}):
    resourceType: ClassVar[str] = "ImplementationGuide"
    url: String | None = None
    _url: Element | None = None
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    copyright: String | None = None
    _copyright: Element | None = None
    packageId: String | None = None
    _packageId: Element | None = None
    license: String | None = None
    _license: Element | None = None
    fhirVersion: Annotated[Sequence[String | None], Filled] = ()
    _fhirVersion: Annotated[Sequence[Element | None], Filled] = ()
    dependsOn: Annotated[Sequence[ImplementationGuideDependsOn], Filled] = ()
    global_: Annotated[Sequence[ImplementationGuideGlobal], Filled] = ()
    definition: ImplementationGuideDefinition | None = None
    manifest: ImplementationGuideManifest | None = None


class ImplementationGuideDependsOn(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    uri: String | None = None
    _uri: Element | None = None
    packageId: String | None = None
    _packageId: Element | None = None
    version: String | None = None
    _version: Element | None = None


class ImplementationGuideGlobal(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    profile: String | None = None
    _profile: Element | None = None


class ImplementationGuideDefinition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    grouping: Annotated[Sequence[ImplementationGuideDefinitionGrouping], Filled] = ()
    resource: Annotated[Sequence[ImplementationGuideDefinitionResource], Filled] = ()
    page: ImplementationGuideDefinitionPage | None = None
    parameter: Annotated[Sequence[ImplementationGuideDefinitionParameter], Filled] = ()
    template: Annotated[Sequence[ImplementationGuideDefinitionTemplate], Filled] = ()


class ImplementationGuideDefinitionGrouping(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    description: String | None = None
    _description: Element | None = None


class ImplementationGuideDefinitionResource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: Reference | None = None
    fhirVersion: Annotated[Sequence[String | None], Filled] = ()
    _fhirVersion: Annotated[Sequence[Element | None], Filled] = ()
    name: String | None = None
    _name: Element | None = None
    description: String | None = None
    _description: Element | None = None
    exampleBoolean: bool | None = None
    _exampleBoolean: Element | None = None
    exampleCanonical: String | None = None
    _exampleCanonical: Element | None = None
    groupingId: String | None = None
    _groupingId: Element | None = None


class ImplementationGuideDefinitionPage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    nameUrl: String | None = None
    _nameUrl: Element | None = None
    nameReference: Reference | None = None
    title: String | None = None
    _title: Element | None = None
    generation: String | None = None
    _generation: Element | None = None
    page: Annotated[Sequence[ImplementationGuideDefinitionPage], Filled] = ()


class ImplementationGuideDefinitionParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    value: String | None = None
    _value: Element | None = None


class ImplementationGuideDefinitionTemplate(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    source: String | None = None
    _source: Element | None = None
    scope: String | None = None
    _scope: Element | None = None


class ImplementationGuideManifest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    rendering: String | None = None
    _rendering: Element | None = None
    resource: Annotated[Sequence[ImplementationGuideManifestResource], Filled] = ()
    page: Annotated[Sequence[ImplementationGuideManifestPage], Filled] = ()
    image: Annotated[Sequence[String | None], Filled] = ()
    _image: Annotated[Sequence[Element | None], Filled] = ()
    other: Annotated[Sequence[String | None], Filled] = ()
    _other: Annotated[Sequence[Element | None], Filled] = ()


class ImplementationGuideManifestResource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: Reference | None = None
    exampleBoolean: bool | None = None
    _exampleBoolean: Element | None = None
    exampleCanonical: String | None = None
    _exampleCanonical: Element | None = None
    relativePath: String | None = None
    _relativePath: Element | None = None


class ImplementationGuideManifestPage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    anchor: Annotated[Sequence[String | None], Filled] = ()
    _anchor: Annotated[Sequence[Element | None], Filled] = ()


class InsurancePlan(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="InsurancePlan"):
    resourceType: ClassVar[str] = "InsurancePlan"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    name: String | None = None
    _name: Element | None = None
    alias: Annotated[Sequence[String | None], Filled] = ()
    _alias: Annotated[Sequence[Element | None], Filled] = ()
    period: Period | None = None
    ownedBy: Reference | None = None
    administeredBy: Reference | None = None
    coverageArea: Annotated[Sequence[Reference], Filled] = ()
    contact: Annotated[Sequence[InsurancePlanContact], Filled] = ()
    endpoint: Annotated[Sequence[Reference], Filled] = ()
    network: Annotated[Sequence[Reference], Filled] = ()
    coverage: Annotated[Sequence[InsurancePlanCoverage], Filled] = ()
    plan: Annotated[Sequence[InsurancePlanPlan], Filled] = ()


class InsurancePlanContact(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    purpose: CodeableConcept | None = None
    name: HumanName | None = None
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    address: Address | None = None


class InsurancePlanCoverage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    network: Annotated[Sequence[Reference], Filled] = ()
    benefit: Annotated[Sequence[InsurancePlanCoverageBenefit], Filled] = ()


class InsurancePlanCoverageBenefit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    requirement: String | None = None
    _requirement: Element | None = None
    limit: Annotated[Sequence[InsurancePlanCoverageBenefitLimit], Filled] = ()


class InsurancePlanCoverageBenefitLimit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    value: Quantity | None = None
    code: CodeableConcept | None = None


class InsurancePlanPlan(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    type: CodeableConcept | None = None
    coverageArea: Annotated[Sequence[Reference], Filled] = ()
    network: Annotated[Sequence[Reference], Filled] = ()
    generalCost: Annotated[Sequence[InsurancePlanPlanGeneralCost], Filled] = ()
    specificCost: Annotated[Sequence[InsurancePlanPlanSpecificCost], Filled] = ()


class InsurancePlanPlanGeneralCost(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    groupSize: PositiveInt | None = None
    _groupSize: Element | None = None
    cost: Money | None = None
    comment: String | None = None
    _comment: Element | None = None


class InsurancePlanPlanSpecificCost(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    benefit: Annotated[Sequence[InsurancePlanPlanSpecificCostBenefit], Filled] = ()


class InsurancePlanPlanSpecificCostBenefit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    cost: Annotated[Sequence[InsurancePlanPlanSpecificCostBenefitCost], Filled] = ()


class InsurancePlanPlanSpecificCostBenefitCost(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    applicability: CodeableConcept | None = None
    qualifiers: Annotated[Sequence[CodeableConcept], Filled] = ()
    value: Quantity | None = None


class Invoice(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Invoice"):
    resourceType: ClassVar[str] = "Invoice"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    cancelledReason: String | None = None
    _cancelledReason: Element | None = None
    type: CodeableConcept | None = None
    subject: Reference | None = None
    recipient: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    participant: Annotated[Sequence[InvoiceParticipant], Filled] = ()
    issuer: Reference | None = None
    account: Reference | None = None
    lineItem: Annotated[Sequence[InvoiceLineItem], Filled] = ()
    totalPriceComponent: Annotated[Sequence[InvoiceLineItemPriceComponent], Filled] = ()
    totalNet: Money | None = None
    totalGross: Money | None = None
    paymentTerms: String | None = None
    _paymentTerms: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()


class InvoiceParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    role: CodeableConcept | None = None
    actor: Reference | None = None


class InvoiceLineItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: PositiveInt | None = None
    _sequence: Element | None = None
    chargeItemReference: Reference | None = None
    chargeItemCodeableConcept: CodeableConcept | None = None
    priceComponent: Annotated[Sequence[InvoiceLineItemPriceComponent], Filled] = ()


class InvoiceLineItemPriceComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    code: CodeableConcept | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    amount: Money | None = None


class Library(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Library"):
    resourceType: ClassVar[str] = "Library"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    subtitle: String | None = None
    _subtitle: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    type: CodeableConcept | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    usage: String | None = None
    _usage: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    parameter: Annotated[Sequence[ParameterDefinition], Filled] = ()
    dataRequirement: Annotated[Sequence[DataRequirement], Filled] = ()
    content: Annotated[Sequence[Attachment], Filled] = ()


class Linkage(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Linkage"):
    resourceType: ClassVar[str] = "Linkage"
    active: bool | None = None
    _active: Element | None = None
    author: Reference | None = None
    item: Annotated[Sequence[LinkageItem], Filled] = ()


class LinkageItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    resource: Reference | None = None


class List(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="List"):
    resourceType: ClassVar[str] = "List"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    mode: String | None = None
    _mode: Element | None = None
    title: String | None = None
    _title: Element | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    source: Reference | None = None
    orderedBy: CodeableConcept | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()
    entry: Annotated[Sequence[ListEntry], Filled] = ()
    emptyReason: CodeableConcept | None = None


class ListEntry(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    flag: CodeableConcept | None = None
    deleted: bool | None = None
    _deleted: Element | None = None
    date: String | None = None
    _date: Element | None = None
    item: Reference | None = None


class Location(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Location"):
    resourceType: ClassVar[str] = "Location"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    operationalStatus: Coding | None = None
    name: String | None = None
    _name: Element | None = None
    alias: Annotated[Sequence[String | None], Filled] = ()
    _alias: Annotated[Sequence[Element | None], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    mode: String | None = None
    _mode: Element | None = None
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    address: Address | None = None
    physicalType: CodeableConcept | None = None
    position: LocationPosition | None = None
    managingOrganization: Reference | None = None
    partOf: Reference | None = None
    hoursOfOperation: Annotated[Sequence[LocationHoursOfOperation], Filled] = ()
    availabilityExceptions: String | None = None
    _availabilityExceptions: Element | None = None
    endpoint: Annotated[Sequence[Reference], Filled] = ()


class LocationPosition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    longitude: Decimal | None = None
    _longitude: Element | None = None
    latitude: Decimal | None = None
    _latitude: Element | None = None
    altitude: Decimal | None = None
    _altitude: Element | None = None


class LocationHoursOfOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    daysOfWeek: Annotated[Sequence[String | None], Filled] = ()
    _daysOfWeek: Annotated[Sequence[Element | None], Filled] = ()
    allDay: bool | None = None
    _allDay: Element | None = None
    openingTime: String | None = None
    _openingTime: Element | None = None
    closingTime: String | None = None
    _closingTime: Element | None = None


class Measure(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Measure"):
    resourceType: ClassVar[str] = "Measure"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    subtitle: String | None = None
    _subtitle: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    usage: String | None = None
    _usage: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    library: Annotated[Sequence[String | None], Filled] = ()
    _library: Annotated[Sequence[Element | None], Filled] = ()
    disclaimer: String | None = None
    _disclaimer: Element | None = None
    scoring: CodeableConcept | None = None
    compositeScoring: CodeableConcept | None = None
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    riskAdjustment: String | None = None
    _riskAdjustment: Element | None = None
    rateAggregation: String | None = None
    _rateAggregation: Element | None = None
    rationale: String | None = None
    _rationale: Element | None = None
    clinicalRecommendationStatement: String | None = None
    _clinicalRecommendationStatement: Element | None = None
    improvementNotation: CodeableConcept | None = None
    definition: Annotated[Sequence[String | None], Filled] = ()
    _definition: Annotated[Sequence[Element | None], Filled] = ()
    guidance: String | None = None
    _guidance: Element | None = None
    group: Annotated[Sequence[MeasureGroup], Filled] = ()
    supplementalData: Annotated[Sequence[MeasureSupplementalData], Filled] = ()


class MeasureGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    description: String | None = None
    _description: Element | None = None
    population: Annotated[Sequence[MeasureGroupPopulation], Filled] = ()
    stratifier: Annotated[Sequence[MeasureGroupStratifier], Filled] = ()


class MeasureGroupPopulation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    description: String | None = None
    _description: Element | None = None
    criteria: Expression | None = None


class MeasureGroupStratifier(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    description: String | None = None
    _description: Element | None = None
    criteria: Expression | None = None
    component: Annotated[Sequence[MeasureGroupStratifierComponent], Filled] = ()


class MeasureGroupStratifierComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    description: String | None = None
    _description: Element | None = None
    criteria: Expression | None = None


class MeasureSupplementalData(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    usage: Annotated[Sequence[CodeableConcept], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    criteria: Expression | None = None


class MeasureReport(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MeasureReport"):
    resourceType: ClassVar[str] = "MeasureReport"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    type: String | None = None
    _type: Element | None = None
    measure: String | None = None
    _measure: Element | None = None
    subject: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    reporter: Reference | None = None
    period: Period | None = None
    improvementNotation: CodeableConcept | None = None
    group: Annotated[Sequence[MeasureReportGroup], Filled] = ()
    evaluatedResource: Annotated[Sequence[Reference], Filled] = ()


class MeasureReportGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    population: Annotated[Sequence[MeasureReportGroupPopulation], Filled] = ()
    measureScore: Quantity | None = None
    stratifier: Annotated[Sequence[MeasureReportGroupStratifier], Filled] = ()


class MeasureReportGroupPopulation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    count: Integer | None = None
    _count: Element | None = None
    subjectResults: Reference | None = None


class MeasureReportGroupStratifier(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: Annotated[Sequence[CodeableConcept], Filled] = ()
    stratum: Annotated[Sequence[MeasureReportGroupStratifierStratum], Filled] = ()


class MeasureReportGroupStratifierStratum(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    value: CodeableConcept | None = None
    component: Annotated[Sequence[MeasureReportGroupStratifierStratumComponent], Filled] = ()
    population: Annotated[Sequence[MeasureReportGroupStratifierStratumPopulation], Filled] = ()
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
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    modality: CodeableConcept | None = None
    view: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    createdDateTime: String | None = None
    _createdDateTime: Element | None = None
    createdPeriod: Period | None = None
    issued: String | None = None
    _issued: Element | None = None
    operator: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    bodySite: CodeableConcept | None = None
    deviceName: String | None = None
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
    note: Annotated[Sequence[Annotation], Filled] = ()


class Medication(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Medication"):
    resourceType: ClassVar[str] = "Medication"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    code: CodeableConcept | None = None
    status: String | None = None
    _status: Element | None = None
    manufacturer: Reference | None = None
    form: CodeableConcept | None = None
    amount: Ratio | None = None
    ingredient: Annotated[Sequence[MedicationIngredient], Filled] = ()
    batch: MedicationBatch | None = None


class MedicationIngredient(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    itemCodeableConcept: CodeableConcept | None = None
    itemReference: Reference | None = None
    isActive: bool | None = None
    _isActive: Element | None = None
    strength: Ratio | None = None


class MedicationBatch(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    lotNumber: String | None = None
    _lotNumber: Element | None = None
    expirationDate: String | None = None
    _expirationDate: Element | None = None


class MedicationAdministration(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicationAdministration"):
    resourceType: ClassVar[str] = "MedicationAdministration"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    instantiates: Annotated[Sequence[String | None], Filled] = ()
    _instantiates: Annotated[Sequence[Element | None], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReason: Annotated[Sequence[CodeableConcept], Filled] = ()
    category: CodeableConcept | None = None
    medicationCodeableConcept: CodeableConcept | None = None
    medicationReference: Reference | None = None
    subject: Reference | None = None
    context: Reference | None = None
    supportingInformation: Annotated[Sequence[Reference], Filled] = ()
    effectiveDateTime: String | None = None
    _effectiveDateTime: Element | None = None
    effectivePeriod: Period | None = None
    performer: Annotated[Sequence[MedicationAdministrationPerformer], Filled] = ()
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    request: Reference | None = None
    device: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    dosage: MedicationAdministrationDosage | None = None
    eventHistory: Annotated[Sequence[Reference], Filled] = ()


class MedicationAdministrationPerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None


class MedicationAdministrationDosage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    text: String | None = None
    _text: Element | None = None
    site: CodeableConcept | None = None
    route: CodeableConcept | None = None
    method: CodeableConcept | None = None
    dose: Quantity | None = None
    rateRatio: Ratio | None = None
    rateQuantity: Quantity | None = None


class MedicationDispense(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicationDispense"):
    resourceType: ClassVar[str] = "MedicationDispense"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReasonCodeableConcept: CodeableConcept | None = None
    statusReasonReference: Reference | None = None
    category: CodeableConcept | None = None
    medicationCodeableConcept: CodeableConcept | None = None
    medicationReference: Reference | None = None
    subject: Reference | None = None
    context: Reference | None = None
    supportingInformation: Annotated[Sequence[Reference], Filled] = ()
    performer: Annotated[Sequence[MedicationDispensePerformer], Filled] = ()
    location: Reference | None = None
    authorizingPrescription: Annotated[Sequence[Reference], Filled] = ()
    type: CodeableConcept | None = None
    quantity: Quantity | None = None
    daysSupply: Quantity | None = None
    whenPrepared: String | None = None
    _whenPrepared: Element | None = None
    whenHandedOver: String | None = None
    _whenHandedOver: Element | None = None
    destination: Reference | None = None
    receiver: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    dosageInstruction: Annotated[Sequence[Dosage], Filled] = ()
    substitution: MedicationDispenseSubstitution | None = None
    detectedIssue: Annotated[Sequence[Reference], Filled] = ()
    eventHistory: Annotated[Sequence[Reference], Filled] = ()


class MedicationDispensePerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None


class MedicationDispenseSubstitution(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    wasSubstituted: bool | None = None
    _wasSubstituted: Element | None = None
    type: CodeableConcept | None = None
    reason: Annotated[Sequence[CodeableConcept], Filled] = ()
    responsibleParty: Annotated[Sequence[Reference], Filled] = ()


class MedicationKnowledge(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicationKnowledge"):
    resourceType: ClassVar[str] = "MedicationKnowledge"
    code: CodeableConcept | None = None
    status: String | None = None
    _status: Element | None = None
    manufacturer: Reference | None = None
    doseForm: CodeableConcept | None = None
    amount: Quantity | None = None
    synonym: Annotated[Sequence[String | None], Filled] = ()
    _synonym: Annotated[Sequence[Element | None], Filled] = ()
    relatedMedicationKnowledge: Annotated[Sequence[MedicationKnowledgeRelatedMedicationKnowledge], Filled] = ()
    associatedMedication: Annotated[Sequence[Reference], Filled] = ()
    productType: Annotated[Sequence[CodeableConcept], Filled] = ()
    monograph: Annotated[Sequence[MedicationKnowledgeMonograph], Filled] = ()
    ingredient: Annotated[Sequence[MedicationKnowledgeIngredient], Filled] = ()
    preparationInstruction: String | None = None
    _preparationInstruction: Element | None = None
    intendedRoute: Annotated[Sequence[CodeableConcept], Filled] = ()
    cost: Annotated[Sequence[MedicationKnowledgeCost], Filled] = ()
    monitoringProgram: Annotated[Sequence[MedicationKnowledgeMonitoringProgram], Filled] = ()
    administrationGuidelines: Annotated[Sequence[MedicationKnowledgeAdministrationGuidelines], Filled] = ()
    medicineClassification: Annotated[Sequence[MedicationKnowledgeMedicineClassification], Filled] = ()
    packaging: MedicationKnowledgePackaging | None = None
    drugCharacteristic: Annotated[Sequence[MedicationKnowledgeDrugCharacteristic], Filled] = ()
    contraindication: Annotated[Sequence[Reference], Filled] = ()
    regulatory: Annotated[Sequence[MedicationKnowledgeRegulatory], Filled] = ()
    kinetics: Annotated[Sequence[MedicationKnowledgeKinetics], Filled] = ()


class MedicationKnowledgeRelatedMedicationKnowledge(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    reference: Annotated[Sequence[Reference], Filled] = ()


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
    source: String | None = None
    _source: Element | None = None
    cost: Money | None = None


class MedicationKnowledgeMonitoringProgram(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    name: String | None = None
    _name: Element | None = None


class MedicationKnowledgeAdministrationGuidelines(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    dosage: Annotated[Sequence[MedicationKnowledgeAdministrationGuidelinesDosage], Filled] = ()
    indicationCodeableConcept: CodeableConcept | None = None
    indicationReference: Reference | None = None
    patientCharacteristics: Annotated[Sequence[MedicationKnowledgeAdministrationGuidelinesPatientCharacteristics], Filled] = ()


class MedicationKnowledgeAdministrationGuidelinesDosage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    dosage: Annotated[Sequence[Dosage], Filled] = ()


class MedicationKnowledgeAdministrationGuidelinesPatientCharacteristics(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    characteristicCodeableConcept: CodeableConcept | None = None
    characteristicQuantity: Quantity | None = None
    value: Annotated[Sequence[String | None], Filled] = ()
    _value: Annotated[Sequence[Element | None], Filled] = ()


class MedicationKnowledgeMedicineClassification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    classification: Annotated[Sequence[CodeableConcept], Filled] = ()


class MedicationKnowledgePackaging(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    quantity: Quantity | None = None


class MedicationKnowledgeDrugCharacteristic(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueQuantity: Quantity | None = None
    valueBase64Binary: String | None = None
    _valueBase64Binary: Element | None = None


class MedicationKnowledgeRegulatory(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    regulatoryAuthority: Reference | None = None
    substitution: Annotated[Sequence[MedicationKnowledgeRegulatorySubstitution], Filled] = ()
    schedule: Annotated[Sequence[MedicationKnowledgeRegulatorySchedule], Filled] = ()
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
    areaUnderCurve: Annotated[Sequence[Quantity], Filled] = ()
    lethalDose50: Annotated[Sequence[Quantity], Filled] = ()
    halfLifePeriod: Duration | None = None


class MedicationRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicationRequest"):
    resourceType: ClassVar[str] = "MedicationRequest"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    intent: String | None = None
    _intent: Element | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    priority: String | None = None
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
    supportingInformation: Annotated[Sequence[Reference], Filled] = ()
    authoredOn: String | None = None
    _authoredOn: Element | None = None
    requester: Reference | None = None
    performer: Reference | None = None
    performerType: CodeableConcept | None = None
    recorder: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    instantiatesCanonical: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesCanonical: Annotated[Sequence[Element | None], Filled] = ()
    instantiatesUri: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesUri: Annotated[Sequence[Element | None], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    groupIdentifier: Identifier | None = None
    courseOfTherapyType: CodeableConcept | None = None
    insurance: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    dosageInstruction: Annotated[Sequence[Dosage], Filled] = ()
    dispenseRequest: MedicationRequestDispenseRequest | None = None
    substitution: MedicationRequestSubstitution | None = None
    priorPrescription: Reference | None = None
    detectedIssue: Annotated[Sequence[Reference], Filled] = ()
    eventHistory: Annotated[Sequence[Reference], Filled] = ()


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
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReason: Annotated[Sequence[CodeableConcept], Filled] = ()
    category: CodeableConcept | None = None
    medicationCodeableConcept: CodeableConcept | None = None
    medicationReference: Reference | None = None
    subject: Reference | None = None
    context: Reference | None = None
    effectiveDateTime: String | None = None
    _effectiveDateTime: Element | None = None
    effectivePeriod: Period | None = None
    dateAsserted: String | None = None
    _dateAsserted: Element | None = None
    informationSource: Reference | None = None
    derivedFrom: Annotated[Sequence[Reference], Filled] = ()
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    dosage: Annotated[Sequence[Dosage], Filled] = ()


class MedicinalProduct(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProduct"):
    resourceType: ClassVar[str] = "MedicinalProduct"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    type: CodeableConcept | None = None
    domain: Coding | None = None
    combinedPharmaceuticalDoseForm: CodeableConcept | None = None
    legalStatusOfSupply: CodeableConcept | None = None
    additionalMonitoringIndicator: CodeableConcept | None = None
    specialMeasures: Annotated[Sequence[String | None], Filled] = ()
    _specialMeasures: Annotated[Sequence[Element | None], Filled] = ()
    paediatricUseIndicator: CodeableConcept | None = None
    productClassification: Annotated[Sequence[CodeableConcept], Filled] = ()
    marketingStatus: Annotated[Sequence[MarketingStatus], Filled] = ()
    pharmaceuticalProduct: Annotated[Sequence[Reference], Filled] = ()
    packagedMedicinalProduct: Annotated[Sequence[Reference], Filled] = ()
    attachedDocument: Annotated[Sequence[Reference], Filled] = ()
    masterFile: Annotated[Sequence[Reference], Filled] = ()
    contact: Annotated[Sequence[Reference], Filled] = ()
    clinicalTrial: Annotated[Sequence[Reference], Filled] = ()
    name: Annotated[Sequence[MedicinalProductName], Filled] = ()
    crossReference: Annotated[Sequence[Identifier], Filled] = ()
    manufacturingBusinessOperation: Annotated[Sequence[MedicinalProductManufacturingBusinessOperation], Filled] = ()
    specialDesignation: Annotated[Sequence[MedicinalProductSpecialDesignation], Filled] = ()


class MedicinalProductName(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    productName: String | None = None
    _productName: Element | None = None
    namePart: Annotated[Sequence[MedicinalProductNameNamePart], Filled] = ()
    countryLanguage: Annotated[Sequence[MedicinalProductNameCountryLanguage], Filled] = ()


class MedicinalProductNameNamePart(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    part: String | None = None
    _part: Element | None = None
    type: Coding | None = None


class MedicinalProductNameCountryLanguage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    country: CodeableConcept | None = None
    jurisdiction: CodeableConcept | None = None
    language: CodeableConcept | None = None


class MedicinalProductManufacturingBusinessOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    operationType: CodeableConcept | None = None
    authorisationReferenceNumber: Identifier | None = None
    effectiveDate: String | None = None
    _effectiveDate: Element | None = None
    confidentialityIndicator: CodeableConcept | None = None
    manufacturer: Annotated[Sequence[Reference], Filled] = ()
    regulator: Reference | None = None


class MedicinalProductSpecialDesignation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    type: CodeableConcept | None = None
    intendedUse: CodeableConcept | None = None
    indicationCodeableConcept: CodeableConcept | None = None
    indicationReference: Reference | None = None
    status: CodeableConcept | None = None
    date: String | None = None
    _date: Element | None = None
    species: CodeableConcept | None = None


class MedicinalProductAuthorization(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductAuthorization"):
    resourceType: ClassVar[str] = "MedicinalProductAuthorization"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    subject: Reference | None = None
    country: Annotated[Sequence[CodeableConcept], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    status: CodeableConcept | None = None
    statusDate: String | None = None
    _statusDate: Element | None = None
    restoreDate: String | None = None
    _restoreDate: Element | None = None
    validityPeriod: Period | None = None
    dataExclusivityPeriod: Period | None = None
    dateOfFirstAuthorization: String | None = None
    _dateOfFirstAuthorization: Element | None = None
    internationalBirthDate: String | None = None
    _internationalBirthDate: Element | None = None
    legalBasis: CodeableConcept | None = None
    jurisdictionalAuthorization: Annotated[Sequence[MedicinalProductAuthorizationJurisdictionalAuthorization], Filled] = ()
    holder: Reference | None = None
    regulator: Reference | None = None
    procedure: MedicinalProductAuthorizationProcedure | None = None


class MedicinalProductAuthorizationJurisdictionalAuthorization(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    country: CodeableConcept | None = None
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    legalStatusOfSupply: CodeableConcept | None = None
    validityPeriod: Period | None = None


class MedicinalProductAuthorizationProcedure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    type: CodeableConcept | None = None
    datePeriod: Period | None = None
    dateDateTime: String | None = None
    _dateDateTime: Element | None = None
    application: Annotated[Sequence[MedicinalProductAuthorizationProcedure], Filled] = ()


class MedicinalProductContraindication(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductContraindication"):
    resourceType: ClassVar[str] = "MedicinalProductContraindication"
    subject: Annotated[Sequence[Reference], Filled] = ()
    disease: CodeableConcept | None = None
    diseaseStatus: CodeableConcept | None = None
    comorbidity: Annotated[Sequence[CodeableConcept], Filled] = ()
    therapeuticIndication: Annotated[Sequence[Reference], Filled] = ()
    otherTherapy: Annotated[Sequence[MedicinalProductContraindicationOtherTherapy], Filled] = ()
    population: Annotated[Sequence[Population], Filled] = ()


class MedicinalProductContraindicationOtherTherapy(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    therapyRelationshipType: CodeableConcept | None = None
    medicationCodeableConcept: CodeableConcept | None = None
    medicationReference: Reference | None = None


class MedicinalProductIndication(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductIndication"):
    resourceType: ClassVar[str] = "MedicinalProductIndication"
    subject: Annotated[Sequence[Reference], Filled] = ()
    diseaseSymptomProcedure: CodeableConcept | None = None
    diseaseStatus: CodeableConcept | None = None
    comorbidity: Annotated[Sequence[CodeableConcept], Filled] = ()
    intendedEffect: CodeableConcept | None = None
    duration: Quantity | None = None
    otherTherapy: Annotated[Sequence[MedicinalProductIndicationOtherTherapy], Filled] = ()
    undesirableEffect: Annotated[Sequence[Reference], Filled] = ()
    population: Annotated[Sequence[Population], Filled] = ()


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
    manufacturer: Annotated[Sequence[Reference], Filled] = ()
    specifiedSubstance: Annotated[Sequence[MedicinalProductIngredientSpecifiedSubstance], Filled] = ()
    substance: MedicinalProductIngredientSubstance | None = None


class MedicinalProductIngredientSpecifiedSubstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    group: CodeableConcept | None = None
    confidentiality: CodeableConcept | None = None
    strength: Annotated[Sequence[MedicinalProductIngredientSpecifiedSubstanceStrength], Filled] = ()


class MedicinalProductIngredientSpecifiedSubstanceStrength(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    presentation: Ratio | None = None
    presentationLowLimit: Ratio | None = None
    concentration: Ratio | None = None
    concentrationLowLimit: Ratio | None = None
    measurementPoint: String | None = None
    _measurementPoint: Element | None = None
    country: Annotated[Sequence[CodeableConcept], Filled] = ()
    referenceStrength: Annotated[Sequence[MedicinalProductIngredientSpecifiedSubstanceStrengthReferenceStrength], Filled] = ()


class MedicinalProductIngredientSpecifiedSubstanceStrengthReferenceStrength(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    substance: CodeableConcept | None = None
    strength: Ratio | None = None
    strengthLowLimit: Ratio | None = None
    measurementPoint: String | None = None
    _measurementPoint: Element | None = None
    country: Annotated[Sequence[CodeableConcept], Filled] = ()


class MedicinalProductIngredientSubstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    strength: Annotated[Sequence[MedicinalProductIngredientSpecifiedSubstanceStrength], Filled] = ()


class MedicinalProductInteraction(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductInteraction"):
    resourceType: ClassVar[str] = "MedicinalProductInteraction"
    subject: Annotated[Sequence[Reference], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    interactant: Annotated[Sequence[MedicinalProductInteractionInteractant], Filled] = ()
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
    manufacturer: Annotated[Sequence[Reference], Filled] = ()
    ingredient: Annotated[Sequence[Reference], Filled] = ()
    physicalCharacteristics: ProdCharacteristic | None = None
    otherCharacteristics: Annotated[Sequence[CodeableConcept], Filled] = ()


class MedicinalProductPackaged(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductPackaged"):
    resourceType: ClassVar[str] = "MedicinalProductPackaged"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    subject: Annotated[Sequence[Reference], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    legalStatusOfSupply: CodeableConcept | None = None
    marketingStatus: Annotated[Sequence[MarketingStatus], Filled] = ()
    marketingAuthorization: Reference | None = None
    manufacturer: Annotated[Sequence[Reference], Filled] = ()
    batchIdentifier: Annotated[Sequence[MedicinalProductPackagedBatchIdentifier], Filled] = ()
    packageItem: Annotated[Sequence[MedicinalProductPackagedPackageItem], Filled] = ()


class MedicinalProductPackagedBatchIdentifier(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    outerPackaging: Identifier | None = None
    immediatePackaging: Identifier | None = None


class MedicinalProductPackagedPackageItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    type: CodeableConcept | None = None
    quantity: Quantity | None = None
    material: Annotated[Sequence[CodeableConcept], Filled] = ()
    alternateMaterial: Annotated[Sequence[CodeableConcept], Filled] = ()
    device: Annotated[Sequence[Reference], Filled] = ()
    manufacturedItem: Annotated[Sequence[Reference], Filled] = ()
    packageItem: Annotated[Sequence[MedicinalProductPackagedPackageItem], Filled] = ()
    physicalCharacteristics: ProdCharacteristic | None = None
    otherCharacteristics: Annotated[Sequence[CodeableConcept], Filled] = ()
    shelfLifeStorage: Annotated[Sequence[ProductShelfLife], Filled] = ()
    manufacturer: Annotated[Sequence[Reference], Filled] = ()


class MedicinalProductPharmaceutical(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductPharmaceutical"):
    resourceType: ClassVar[str] = "MedicinalProductPharmaceutical"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    administrableDoseForm: CodeableConcept | None = None
    unitOfPresentation: CodeableConcept | None = None
    ingredient: Annotated[Sequence[Reference], Filled] = ()
    device: Annotated[Sequence[Reference], Filled] = ()
    characteristics: Annotated[Sequence[MedicinalProductPharmaceuticalCharacteristics], Filled] = ()
    routeOfAdministration: Annotated[Sequence[MedicinalProductPharmaceuticalRouteOfAdministration], Filled] = ()


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
    targetSpecies: Annotated[Sequence[MedicinalProductPharmaceuticalRouteOfAdministrationTargetSpecies], Filled] = ()


class MedicinalProductPharmaceuticalRouteOfAdministrationTargetSpecies(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    withdrawalPeriod: Annotated[Sequence[MedicinalProductPharmaceuticalRouteOfAdministrationTargetSpeciesWithdrawalPeriod], Filled] = ()


class MedicinalProductPharmaceuticalRouteOfAdministrationTargetSpeciesWithdrawalPeriod(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    tissue: CodeableConcept | None = None
    value: Quantity | None = None
    supportingInformation: String | None = None
    _supportingInformation: Element | None = None


class MedicinalProductUndesirableEffect(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MedicinalProductUndesirableEffect"):
    resourceType: ClassVar[str] = "MedicinalProductUndesirableEffect"
    subject: Annotated[Sequence[Reference], Filled] = ()
    symptomConditionEffect: CodeableConcept | None = None
    classification: CodeableConcept | None = None
    frequencyOfOccurrence: CodeableConcept | None = None
    population: Annotated[Sequence[Population], Filled] = ()


class MessageDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MessageDefinition"):
    resourceType: ClassVar[str] = "MessageDefinition"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    replaces: Annotated[Sequence[String | None], Filled] = ()
    _replaces: Annotated[Sequence[Element | None], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    base: String | None = None
    _base: Element | None = None
    parent: Annotated[Sequence[String | None], Filled] = ()
    _parent: Annotated[Sequence[Element | None], Filled] = ()
    eventCoding: Coding | None = None
    eventUri: String | None = None
    _eventUri: Element | None = None
    category: String | None = None
    _category: Element | None = None
    focus: Annotated[Sequence[MessageDefinitionFocus], Filled] = ()
    responseRequired: String | None = None
    _responseRequired: Element | None = None
    allowedResponse: Annotated[Sequence[MessageDefinitionAllowedResponse], Filled] = ()
    graph: Annotated[Sequence[String | None], Filled] = ()
    _graph: Annotated[Sequence[Element | None], Filled] = ()


class MessageDefinitionFocus(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    profile: String | None = None
    _profile: Element | None = None
    min: UnsignedInt | None = None
    _min: Element | None = None
    max: String | None = None
    _max: Element | None = None


class MessageDefinitionAllowedResponse(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    message: String | None = None
    _message: Element | None = None
    situation: String | None = None
    _situation: Element | None = None


class MessageHeader(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MessageHeader"):
    resourceType: ClassVar[str] = "MessageHeader"
    eventCoding: Coding | None = None
    eventUri: String | None = None
    _eventUri: Element | None = None
    destination: Annotated[Sequence[MessageHeaderDestination], Filled] = ()
    sender: Reference | None = None
    enterer: Reference | None = None
    author: Reference | None = None
    source: MessageHeaderSource | None = None
    responsible: Reference | None = None
    reason: CodeableConcept | None = None
    response: MessageHeaderResponse | None = None
    focus: Annotated[Sequence[Reference], Filled] = ()
    definition: String | None = None
    _definition: Element | None = None


class MessageHeaderDestination(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    target: Reference | None = None
    endpoint: String | None = None
    _endpoint: Element | None = None
    receiver: Reference | None = None


class MessageHeaderSource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    software: String | None = None
    _software: Element | None = None
    version: String | None = None
    _version: Element | None = None
    contact: ContactPoint | None = None
    endpoint: String | None = None
    _endpoint: Element | None = None


class MessageHeaderResponse(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: String | None = None
    _identifier: Element | None = None
    code: String | None = None
    _code: Element | None = None
    details: Reference | None = None


class MolecularSequence(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="MolecularSequence"):
    resourceType: ClassVar[str] = "MolecularSequence"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    type: String | None = None
    _type: Element | None = None
    coordinateSystem: Integer | None = None
    _coordinateSystem: Element | None = None
    patient: Reference | None = None
    specimen: Reference | None = None
    device: Reference | None = None
    performer: Reference | None = None
    quantity: Quantity | None = None
    referenceSeq: MolecularSequenceReferenceSeq | None = None
    variant: Annotated[Sequence[MolecularSequenceVariant], Filled] = ()
    observedSeq: String | None = None
    _observedSeq: Element | None = None
    quality: Annotated[Sequence[MolecularSequenceQuality], Filled] = ()
    readCoverage: Integer | None = None
    _readCoverage: Element | None = None
    repository: Annotated[Sequence[MolecularSequenceRepository], Filled] = ()
    pointer: Annotated[Sequence[Reference], Filled] = ()
    structureVariant: Annotated[Sequence[MolecularSequenceStructureVariant], Filled] = ()


class MolecularSequenceReferenceSeq(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    chromosome: CodeableConcept | None = None
    genomeBuild: String | None = None
    _genomeBuild: Element | None = None
    orientation: String | None = None
    _orientation: Element | None = None
    referenceSeqId: CodeableConcept | None = None
    referenceSeqPointer: Reference | None = None
    referenceSeqString: String | None = None
    _referenceSeqString: Element | None = None
    strand: String | None = None
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
    observedAllele: String | None = None
    _observedAllele: Element | None = None
    referenceAllele: String | None = None
    _referenceAllele: Element | None = None
    cigar: String | None = None
    _cigar: Element | None = None
    variantPointer: Reference | None = None


class MolecularSequenceQuality(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
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
    score: Annotated[Sequence[Integer | None], Filled] = ()
    _score: Annotated[Sequence[Element | None], Filled] = ()
    numTP: Annotated[Sequence[Integer | None], Filled] = ()
    _numTP: Annotated[Sequence[Element | None], Filled] = ()
    numFP: Annotated[Sequence[Integer | None], Filled] = ()
    _numFP: Annotated[Sequence[Element | None], Filled] = ()
    numFN: Annotated[Sequence[Integer | None], Filled] = ()
    _numFN: Annotated[Sequence[Element | None], Filled] = ()
    precision: Annotated[Sequence[Decimal | None], Filled] = ()
    _precision: Annotated[Sequence[Element | None], Filled] = ()
    sensitivity: Annotated[Sequence[Decimal | None], Filled] = ()
    _sensitivity: Annotated[Sequence[Element | None], Filled] = ()
    fMeasure: Annotated[Sequence[Decimal | None], Filled] = ()
    _fMeasure: Annotated[Sequence[Element | None], Filled] = ()


class MolecularSequenceRepository(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    url: String | None = None
    _url: Element | None = None
    name: String | None = None
    _name: Element | None = None
    datasetId: String | None = None
    _datasetId: Element | None = None
    variantsetId: String | None = None
    _variantsetId: Element | None = None
    readsetId: String | None = None
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
    name: String | None = None
    _name: Element | None = None
    status: String | None = None
    _status: Element | None = None
    kind: String | None = None
    _kind: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    responsible: String | None = None
    _responsible: Element | None = None
    type: CodeableConcept | None = None
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    usage: String | None = None
    _usage: Element | None = None
    uniqueId: Annotated[Sequence[NamingSystemUniqueId], Filled] = ()


class NamingSystemUniqueId(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    value: String | None = None
    _value: Element | None = None
    preferred: bool | None = None
    _preferred: Element | None = None
    comment: String | None = None
    _comment: Element | None = None
    period: Period | None = None


class NutritionOrder(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="NutritionOrder"):
    resourceType: ClassVar[str] = "NutritionOrder"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    instantiatesCanonical: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesCanonical: Annotated[Sequence[Element | None], Filled] = ()
    instantiatesUri: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesUri: Annotated[Sequence[Element | None], Filled] = ()
    instantiates: Annotated[Sequence[String | None], Filled] = ()
    _instantiates: Annotated[Sequence[Element | None], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    intent: String | None = None
    _intent: Element | None = None
    patient: Reference | None = None
    encounter: Reference | None = None
    dateTime: String | None = None
    _dateTime: Element | None = None
    orderer: Reference | None = None
    allergyIntolerance: Annotated[Sequence[Reference], Filled] = ()
    foodPreferenceModifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    excludeFoodModifier: Annotated[Sequence[CodeableConcept], Filled] = ()
    oralDiet: NutritionOrderOralDiet | None = None
    supplement: Annotated[Sequence[NutritionOrderSupplement], Filled] = ()
    enteralFormula: NutritionOrderEnteralFormula | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()


class NutritionOrderOralDiet(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    schedule: Annotated[Sequence[Timing], Filled] = ()
    nutrient: Annotated[Sequence[NutritionOrderOralDietNutrient], Filled] = ()
    texture: Annotated[Sequence[NutritionOrderOralDietTexture], Filled] = ()
    fluidConsistencyType: Annotated[Sequence[CodeableConcept], Filled] = ()
    instruction: String | None = None
    _instruction: Element | None = None


class NutritionOrderOralDietNutrient(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    modifier: CodeableConcept | None = None
    amount: Quantity | None = None


class NutritionOrderOralDietTexture(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    modifier: CodeableConcept | None = None
    foodType: CodeableConcept | None = None


class NutritionOrderSupplement(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    productName: String | None = None
    _productName: Element | None = None
    schedule: Annotated[Sequence[Timing], Filled] = ()
    quantity: Quantity | None = None
    instruction: String | None = None
    _instruction: Element | None = None


class NutritionOrderEnteralFormula(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    baseFormulaType: CodeableConcept | None = None
    baseFormulaProductName: String | None = None
    _baseFormulaProductName: Element | None = None
    additiveType: CodeableConcept | None = None
    additiveProductName: String | None = None
    _additiveProductName: Element | None = None
    caloricDensity: Quantity | None = None
    routeofAdministration: CodeableConcept | None = None
    administration: Annotated[Sequence[NutritionOrderEnteralFormulaAdministration], Filled] = ()
    maxVolumeToDeliver: Quantity | None = None
    administrationInstruction: String | None = None
    _administrationInstruction: Element | None = None


class NutritionOrderEnteralFormulaAdministration(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    schedule: Timing | None = None
    quantity: Quantity | None = None
    rateQuantity: Quantity | None = None
    rateRatio: Ratio | None = None


class Observation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Observation"):
    resourceType: ClassVar[str] = "Observation"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    code: CodeableConcept | None = None
    subject: Reference | None = None
    focus: Annotated[Sequence[Reference], Filled] = ()
    encounter: Reference | None = None
    effectiveDateTime: String | None = None
    _effectiveDateTime: Element | None = None
    effectivePeriod: Period | None = None
    effectiveTiming: Timing | None = None
    effectiveInstant: String | None = None
    _effectiveInstant: Element | None = None
    issued: String | None = None
    _issued: Element | None = None
    performer: Annotated[Sequence[Reference], Filled] = ()
    valueQuantity: Quantity | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueRange: Range | None = None
    valueRatio: Ratio | None = None
    valueSampledData: SampledData | None = None
    valueTime: String | None = None
    _valueTime: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None
    valuePeriod: Period | None = None
    dataAbsentReason: CodeableConcept | None = None
    interpretation: Annotated[Sequence[CodeableConcept], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    bodySite: CodeableConcept | None = None
    method: CodeableConcept | None = None
    specimen: Reference | None = None
    device: Reference | None = None
    referenceRange: Annotated[Sequence[ObservationReferenceRange], Filled] = ()
    hasMember: Annotated[Sequence[Reference], Filled] = ()
    derivedFrom: Annotated[Sequence[Reference], Filled] = ()
    component: Annotated[Sequence[ObservationComponent], Filled] = ()


class ObservationReferenceRange(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    low: Quantity | None = None
    high: Quantity | None = None
    type: CodeableConcept | None = None
    appliesTo: Annotated[Sequence[CodeableConcept], Filled] = ()
    age: Range | None = None
    text: String | None = None
    _text: Element | None = None


class ObservationComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    valueQuantity: Quantity | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueRange: Range | None = None
    valueRatio: Ratio | None = None
    valueSampledData: SampledData | None = None
    valueTime: String | None = None
    _valueTime: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None
    valuePeriod: Period | None = None
    dataAbsentReason: CodeableConcept | None = None
    interpretation: Annotated[Sequence[CodeableConcept], Filled] = ()
    referenceRange: Annotated[Sequence[ObservationReferenceRange], Filled] = ()


class ObservationDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ObservationDefinition"):
    resourceType: ClassVar[str] = "ObservationDefinition"
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    code: CodeableConcept | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    permittedDataType: Annotated[Sequence[String | None], Filled] = ()
    _permittedDataType: Annotated[Sequence[Element | None], Filled] = ()
    multipleResultsAllowed: bool | None = None
    _multipleResultsAllowed: Element | None = None
    method: CodeableConcept | None = None
    preferredReportName: String | None = None
    _preferredReportName: Element | None = None
    quantitativeDetails: ObservationDefinitionQuantitativeDetails | None = None
    qualifiedInterval: Annotated[Sequence[ObservationDefinitionQualifiedInterval], Filled] = ()
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
    category: String | None = None
    _category: Element | None = None
    range: Range | None = None
    context: CodeableConcept | None = None
    appliesTo: Annotated[Sequence[CodeableConcept], Filled] = ()
    gender: String | None = None
    _gender: Element | None = None
    age: Range | None = None
    gestationalAge: Range | None = None
    condition: String | None = None
    _condition: Element | None = None


class OperationDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="OperationDefinition"):
    resourceType: ClassVar[str] = "OperationDefinition"
    url: String | None = None
    _url: Element | None = None
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    kind: String | None = None
    _kind: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    affectsState: bool | None = None
    _affectsState: Element | None = None
    code: String | None = None
    _code: Element | None = None
    comment: String | None = None
    _comment: Element | None = None
    base: String | None = None
    _base: Element | None = None
    resource: Annotated[Sequence[String | None], Filled] = ()
    _resource: Annotated[Sequence[Element | None], Filled] = ()
    system: bool | None = None
    _system: Element | None = None
    type: bool | None = None
    _type: Element | None = None
    instance: bool | None = None
    _instance: Element | None = None
    inputProfile: String | None = None
    _inputProfile: Element | None = None
    outputProfile: String | None = None
    _outputProfile: Element | None = None
    parameter: Annotated[Sequence[OperationDefinitionParameter], Filled] = ()
    overload: Annotated[Sequence[OperationDefinitionOverload], Filled] = ()


class OperationDefinitionParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    use: String | None = None
    _use: Element | None = None
    min: Integer | None = None
    _min: Element | None = None
    max: String | None = None
    _max: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None
    type: String | None = None
    _type: Element | None = None
    targetProfile: Annotated[Sequence[String | None], Filled] = ()
    _targetProfile: Annotated[Sequence[Element | None], Filled] = ()
    searchType: String | None = None
    _searchType: Element | None = None
    binding: OperationDefinitionParameterBinding | None = None
    referencedFrom: Annotated[Sequence[OperationDefinitionParameterReferencedFrom], Filled] = ()
    part: Annotated[Sequence[OperationDefinitionParameter], Filled] = ()


class OperationDefinitionParameterBinding(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    strength: String | None = None
    _strength: Element | None = None
    valueSet: String | None = None
    _valueSet: Element | None = None


class OperationDefinitionParameterReferencedFrom(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    source: String | None = None
    _source: Element | None = None
    sourceId: String | None = None
    _sourceId: Element | None = None


class OperationDefinitionOverload(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    parameterName: Annotated[Sequence[String | None], Filled] = ()
    _parameterName: Annotated[Sequence[Element | None], Filled] = ()
    comment: String | None = None
    _comment: Element | None = None


class OperationOutcome(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="OperationOutcome"):
    resourceType: ClassVar[str] = "OperationOutcome"
    issue: Annotated[Sequence[OperationOutcomeIssue], Filled] = ()


class OperationOutcomeIssue(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    severity: String | None = None
    _severity: Element | None = None
    code: String | None = None
    _code: Element | None = None
    details: CodeableConcept | None = None
    diagnostics: String | None = None
    _diagnostics: Element | None = None
    location: Annotated[Sequence[String | None], Filled] = ()
    _location: Annotated[Sequence[Element | None], Filled] = ()
    expression: Annotated[Sequence[String | None], Filled] = ()
    _expression: Annotated[Sequence[Element | None], Filled] = ()


class Organization(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Organization"):
    resourceType: ClassVar[str] = "Organization"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    active: bool | None = None
    _active: Element | None = None
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    name: String | None = None
    _name: Element | None = None
    alias: Annotated[Sequence[String | None], Filled] = ()
    _alias: Annotated[Sequence[Element | None], Filled] = ()
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    address: Annotated[Sequence[Address], Filled] = ()
    partOf: Reference | None = None
    contact: Annotated[Sequence[OrganizationContact], Filled] = ()
    endpoint: Annotated[Sequence[Reference], Filled] = ()


class OrganizationContact(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    purpose: CodeableConcept | None = None
    name: HumanName | None = None
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    address: Address | None = None


class OrganizationAffiliation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="OrganizationAffiliation"):
    resourceType: ClassVar[str] = "OrganizationAffiliation"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    active: bool | None = None
    _active: Element | None = None
    period: Period | None = None
    organization: Reference | None = None
    participatingOrganization: Reference | None = None
    network: Annotated[Sequence[Reference], Filled] = ()
    code: Annotated[Sequence[CodeableConcept], Filled] = ()
    specialty: Annotated[Sequence[CodeableConcept], Filled] = ()
    location: Annotated[Sequence[Reference], Filled] = ()
    healthcareService: Annotated[Sequence[Reference], Filled] = ()
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    endpoint: Annotated[Sequence[Reference], Filled] = ()


class Parameters(Resource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Parameters"):
    resourceType: ClassVar[str] = "Parameters"
    parameter: Annotated[Sequence[ParametersParameter], Filled] = ()


class ParametersParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    valueBase64Binary: String | None = None
    _valueBase64Binary: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueCanonical: String | None = None
    _valueCanonical: Element | None = None
    valueCode: String | None = None
    _valueCode: Element | None = None
    valueDate: String | None = None
    _valueDate: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueId: String | None = None
    _valueId: Element | None = None
    valueInstant: String | None = None
    _valueInstant: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueMarkdown: String | None = None
    _valueMarkdown: Element | None = None
    valueOid: String | None = None
    _valueOid: Element | None = None
    valuePositiveInt: PositiveInt | None = None
    _valuePositiveInt: Element | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueTime: String | None = None
    _valueTime: Element | None = None
    valueUnsignedInt: UnsignedInt | None = None
    _valueUnsignedInt: Element | None = None
    valueUri: String | None = None
    _valueUri: Element | None = None
    valueUrl: String | None = None
    _valueUrl: Element | None = None
    valueUuid: String | None = None
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
    part: Annotated[Sequence[ParametersParameter], Filled] = ()


class Patient(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Patient"):
    resourceType: ClassVar[str] = "Patient"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    active: bool | None = None
    _active: Element | None = None
    name: Annotated[Sequence[HumanName], Filled] = ()
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    gender: String | None = None
    _gender: Element | None = None
    birthDate: String | None = None
    _birthDate: Element | None = None
    deceasedBoolean: bool | None = None
    _deceasedBoolean: Element | None = None
    deceasedDateTime: String | None = None
    _deceasedDateTime: Element | None = None
    address: Annotated[Sequence[Address], Filled] = ()
    maritalStatus: CodeableConcept | None = None
    multipleBirthBoolean: bool | None = None
    _multipleBirthBoolean: Element | None = None
    multipleBirthInteger: Integer | None = None
    _multipleBirthInteger: Element | None = None
    photo: Annotated[Sequence[Attachment], Filled] = ()
    contact: Annotated[Sequence[PatientContact], Filled] = ()
    communication: Annotated[Sequence[PatientCommunication], Filled] = ()
    generalPractitioner: Annotated[Sequence[Reference], Filled] = ()
    managingOrganization: Reference | None = None
    link: Annotated[Sequence[PatientLink], Filled] = ()


class PatientContact(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    relationship: Annotated[Sequence[CodeableConcept], Filled] = ()
    name: HumanName | None = None
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    address: Address | None = None
    gender: String | None = None
    _gender: Element | None = None
    organization: Reference | None = None
    period: Period | None = None


class PatientCommunication(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    language: CodeableConcept | None = None
    preferred: bool | None = None
    _preferred: Element | None = None


class PatientLink(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    other: Reference | None = None
    type: String | None = None
    _type: Element | None = None


class PaymentNotice(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="PaymentNotice"):
    resourceType: ClassVar[str] = "PaymentNotice"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    request: Reference | None = None
    response: Reference | None = None
    created: String | None = None
    _created: Element | None = None
    provider: Reference | None = None
    payment: Reference | None = None
    paymentDate: String | None = None
    _paymentDate: Element | None = None
    payee: Reference | None = None
    recipient: Reference | None = None
    amount: Money | None = None
    paymentStatus: CodeableConcept | None = None


class PaymentReconciliation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="PaymentReconciliation"):
    resourceType: ClassVar[str] = "PaymentReconciliation"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    period: Period | None = None
    created: String | None = None
    _created: Element | None = None
    paymentIssuer: Reference | None = None
    request: Reference | None = None
    requestor: Reference | None = None
    outcome: String | None = None
    _outcome: Element | None = None
    disposition: String | None = None
    _disposition: Element | None = None
    paymentDate: String | None = None
    _paymentDate: Element | None = None
    paymentAmount: Money | None = None
    paymentIdentifier: Identifier | None = None
    detail: Annotated[Sequence[PaymentReconciliationDetail], Filled] = ()
    formCode: CodeableConcept | None = None
    processNote: Annotated[Sequence[PaymentReconciliationProcessNote], Filled] = ()


class PaymentReconciliationDetail(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    predecessor: Identifier | None = None
    type: CodeableConcept | None = None
    request: Reference | None = None
    submitter: Reference | None = None
    response: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    responsible: Reference | None = None
    payee: Reference | None = None
    amount: Money | None = None


class PaymentReconciliationProcessNote(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    text: String | None = None
    _text: Element | None = None


class Person(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Person"):
    resourceType: ClassVar[str] = "Person"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    name: Annotated[Sequence[HumanName], Filled] = ()
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    gender: String | None = None
    _gender: Element | None = None
    birthDate: String | None = None
    _birthDate: Element | None = None
    address: Annotated[Sequence[Address], Filled] = ()
    photo: Attachment | None = None
    managingOrganization: Reference | None = None
    active: bool | None = None
    _active: Element | None = None
    link: Annotated[Sequence[PersonLink], Filled] = ()


class PersonLink(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    target: Reference | None = None
    assurance: String | None = None
    _assurance: Element | None = None


class PlanDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="PlanDefinition"):
    resourceType: ClassVar[str] = "PlanDefinition"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    subtitle: String | None = None
    _subtitle: Element | None = None
    type: CodeableConcept | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    usage: String | None = None
    _usage: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    library: Annotated[Sequence[String | None], Filled] = ()
    _library: Annotated[Sequence[Element | None], Filled] = ()
    goal: Annotated[Sequence[PlanDefinitionGoal], Filled] = ()
    action: Annotated[Sequence[PlanDefinitionAction], Filled] = ()


class PlanDefinitionGoal(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    description: CodeableConcept | None = None
    priority: CodeableConcept | None = None
    start: CodeableConcept | None = None
    addresses: Annotated[Sequence[CodeableConcept], Filled] = ()
    documentation: Annotated[Sequence[RelatedArtifact], Filled] = ()
    target: Annotated[Sequence[PlanDefinitionGoalTarget], Filled] = ()


class PlanDefinitionGoalTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    measure: CodeableConcept | None = None
    detailQuantity: Quantity | None = None
    detailRange: Range | None = None
    detailCodeableConcept: CodeableConcept | None = None
    due: Duration | None = None


class PlanDefinitionAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    prefix: String | None = None
    _prefix: Element | None = None
    title: String | None = None
    _title: Element | None = None
    description: String | None = None
    _description: Element | None = None
    textEquivalent: String | None = None
    _textEquivalent: Element | None = None
    priority: String | None = None
    _priority: Element | None = None
    code: Annotated[Sequence[CodeableConcept], Filled] = ()
    reason: Annotated[Sequence[CodeableConcept], Filled] = ()
    documentation: Annotated[Sequence[RelatedArtifact], Filled] = ()
    goalId: Annotated[Sequence[String | None], Filled] = ()
    _goalId: Annotated[Sequence[Element | None], Filled] = ()
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    trigger: Annotated[Sequence[TriggerDefinition], Filled] = ()
    condition: Annotated[Sequence[PlanDefinitionActionCondition], Filled] = ()
    input: Annotated[Sequence[DataRequirement], Filled] = ()
    output: Annotated[Sequence[DataRequirement], Filled] = ()
    relatedAction: Annotated[Sequence[PlanDefinitionActionRelatedAction], Filled] = ()
    timingDateTime: String | None = None
    _timingDateTime: Element | None = None
    timingAge: Age | None = None
    timingPeriod: Period | None = None
    timingDuration: Duration | None = None
    timingRange: Range | None = None
    timingTiming: Timing | None = None
    participant: Annotated[Sequence[PlanDefinitionActionParticipant], Filled] = ()
    type: CodeableConcept | None = None
    groupingBehavior: String | None = None
    _groupingBehavior: Element | None = None
    selectionBehavior: String | None = None
    _selectionBehavior: Element | None = None
    requiredBehavior: String | None = None
    _requiredBehavior: Element | None = None
    precheckBehavior: String | None = None
    _precheckBehavior: Element | None = None
    cardinalityBehavior: String | None = None
    _cardinalityBehavior: Element | None = None
    definitionCanonical: String | None = None
    _definitionCanonical: Element | None = None
    definitionUri: String | None = None
    _definitionUri: Element | None = None
    transform: String | None = None
    _transform: Element | None = None
    dynamicValue: Annotated[Sequence[PlanDefinitionActionDynamicValue], Filled] = ()
    action: Annotated[Sequence[PlanDefinitionAction], Filled] = ()


class PlanDefinitionActionCondition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    kind: String | None = None
    _kind: Element | None = None
    expression: Expression | None = None


class PlanDefinitionActionRelatedAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    actionId: String | None = None
    _actionId: Element | None = None
    relationship: String | None = None
    _relationship: Element | None = None
    offsetDuration: Duration | None = None
    offsetRange: Range | None = None


class PlanDefinitionActionParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    role: CodeableConcept | None = None


class PlanDefinitionActionDynamicValue(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: String | None = None
    _path: Element | None = None
    expression: Expression | None = None


class Practitioner(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Practitioner"):
    resourceType: ClassVar[str] = "Practitioner"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    active: bool | None = None
    _active: Element | None = None
    name: Annotated[Sequence[HumanName], Filled] = ()
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    address: Annotated[Sequence[Address], Filled] = ()
    gender: String | None = None
    _gender: Element | None = None
    birthDate: String | None = None
    _birthDate: Element | None = None
    photo: Annotated[Sequence[Attachment], Filled] = ()
    qualification: Annotated[Sequence[PractitionerQualification], Filled] = ()
    communication: Annotated[Sequence[CodeableConcept], Filled] = ()


class PractitionerQualification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    code: CodeableConcept | None = None
    period: Period | None = None
    issuer: Reference | None = None


class PractitionerRole(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="PractitionerRole"):
    resourceType: ClassVar[str] = "PractitionerRole"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    active: bool | None = None
    _active: Element | None = None
    period: Period | None = None
    practitioner: Reference | None = None
    organization: Reference | None = None
    code: Annotated[Sequence[CodeableConcept], Filled] = ()
    specialty: Annotated[Sequence[CodeableConcept], Filled] = ()
    location: Annotated[Sequence[Reference], Filled] = ()
    healthcareService: Annotated[Sequence[Reference], Filled] = ()
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    availableTime: Annotated[Sequence[PractitionerRoleAvailableTime], Filled] = ()
    notAvailable: Annotated[Sequence[PractitionerRoleNotAvailable], Filled] = ()
    availabilityExceptions: String | None = None
    _availabilityExceptions: Element | None = None
    endpoint: Annotated[Sequence[Reference], Filled] = ()


class PractitionerRoleAvailableTime(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    daysOfWeek: Annotated[Sequence[String | None], Filled] = ()
    _daysOfWeek: Annotated[Sequence[Element | None], Filled] = ()
    allDay: bool | None = None
    _allDay: Element | None = None
    availableStartTime: String | None = None
    _availableStartTime: Element | None = None
    availableEndTime: String | None = None
    _availableEndTime: Element | None = None


class PractitionerRoleNotAvailable(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    during: Period | None = None


class Procedure(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Procedure"):
    resourceType: ClassVar[str] = "Procedure"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    instantiatesCanonical: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesCanonical: Annotated[Sequence[Element | None], Filled] = ()
    instantiatesUri: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesUri: Annotated[Sequence[Element | None], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    category: CodeableConcept | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    performedDateTime: String | None = None
    _performedDateTime: Element | None = None
    performedPeriod: Period | None = None
    performedString: String | None = None
    _performedString: Element | None = None
    performedAge: Age | None = None
    performedRange: Range | None = None
    recorder: Reference | None = None
    asserter: Reference | None = None
    performer: Annotated[Sequence[ProcedurePerformer], Filled] = ()
    location: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    bodySite: Annotated[Sequence[CodeableConcept], Filled] = ()
    outcome: CodeableConcept | None = None
    report: Annotated[Sequence[Reference], Filled] = ()
    complication: Annotated[Sequence[CodeableConcept], Filled] = ()
    complicationDetail: Annotated[Sequence[Reference], Filled] = ()
    followUp: Annotated[Sequence[CodeableConcept], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    focalDevice: Annotated[Sequence[ProcedureFocalDevice], Filled] = ()
    usedReference: Annotated[Sequence[Reference], Filled] = ()
    usedCode: Annotated[Sequence[CodeableConcept], Filled] = ()


class ProcedurePerformer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    function: CodeableConcept | None = None
    actor: Reference | None = None
    onBehalfOf: Reference | None = None


class ProcedureFocalDevice(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: CodeableConcept | None = None
    manipulated: Reference | None = None


class Provenance(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Provenance"):
    resourceType: ClassVar[str] = "Provenance"
    target: Annotated[Sequence[Reference], Filled] = ()
    occurredPeriod: Period | None = None
    occurredDateTime: String | None = None
    _occurredDateTime: Element | None = None
    recorded: String | None = None
    _recorded: Element | None = None
    policy: Annotated[Sequence[String | None], Filled] = ()
    _policy: Annotated[Sequence[Element | None], Filled] = ()
    location: Reference | None = None
    reason: Annotated[Sequence[CodeableConcept], Filled] = ()
    activity: CodeableConcept | None = None
    agent: Annotated[Sequence[ProvenanceAgent], Filled] = ()
    entity: Annotated[Sequence[ProvenanceEntity], Filled] = ()
    signature: Annotated[Sequence[Signature], Filled] = ()


class ProvenanceAgent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    role: Annotated[Sequence[CodeableConcept], Filled] = ()
    who: Reference | None = None
    onBehalfOf: Reference | None = None


class ProvenanceEntity(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    role: String | None = None
    _role: Element | None = None
    what: Reference | None = None
    agent: Annotated[Sequence[ProvenanceAgent], Filled] = ()


class Questionnaire(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Questionnaire"):
    resourceType: ClassVar[str] = "Questionnaire"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    derivedFrom: Annotated[Sequence[String | None], Filled] = ()
    _derivedFrom: Annotated[Sequence[Element | None], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectType: Annotated[Sequence[String | None], Filled] = ()
    _subjectType: Annotated[Sequence[Element | None], Filled] = ()
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    code: Annotated[Sequence[Coding], Filled] = ()
    item: Annotated[Sequence[QuestionnaireItem], Filled] = ()


class QuestionnaireItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    linkId: String | None = None
    _linkId: Element | None = None
    definition: String | None = None
    _definition: Element | None = None
    code: Annotated[Sequence[Coding], Filled] = ()
    prefix: String | None = None
    _prefix: Element | None = None
    text: String | None = None
    _text: Element | None = None
    type: String | None = None
    _type: Element | None = None
    enableWhen: Annotated[Sequence[QuestionnaireItemEnableWhen], Filled] = ()
    enableBehavior: String | None = None
    _enableBehavior: Element | None = None
    required: bool | None = None
    _required: Element | None = None
    repeats: bool | None = None
    _repeats: Element | None = None
    readOnly: bool | None = None
    _readOnly: Element | None = None
    maxLength: Integer | None = None
    _maxLength: Element | None = None
    answerValueSet: String | None = None
    _answerValueSet: Element | None = None
    answerOption: Annotated[Sequence[QuestionnaireItemAnswerOption], Filled] = ()
    initial: Annotated[Sequence[QuestionnaireItemInitial], Filled] = ()
    item: Annotated[Sequence[QuestionnaireItem], Filled] = ()


class QuestionnaireItemEnableWhen(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    question: String | None = None
    _question: Element | None = None
    operator: String | None = None
    _operator: Element | None = None
    answerBoolean: bool | None = None
    _answerBoolean: Element | None = None
    answerDecimal: Decimal | None = None
    _answerDecimal: Element | None = None
    answerInteger: Integer | None = None
    _answerInteger: Element | None = None
    answerDate: String | None = None
    _answerDate: Element | None = None
    answerDateTime: String | None = None
    _answerDateTime: Element | None = None
    answerTime: String | None = None
    _answerTime: Element | None = None
    answerString: String | None = None
    _answerString: Element | None = None
    answerCoding: Coding | None = None
    answerQuantity: Quantity | None = None
    answerReference: Reference | None = None


class QuestionnaireItemAnswerOption(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDate: String | None = None
    _valueDate: Element | None = None
    valueTime: String | None = None
    _valueTime: Element | None = None
    valueString: String | None = None
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
    valueDate: String | None = None
    _valueDate: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None
    valueTime: String | None = None
    _valueTime: Element | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueUri: String | None = None
    _valueUri: Element | None = None
    valueAttachment: Attachment | None = None
    valueCoding: Coding | None = None
    valueQuantity: Quantity | None = None
    valueReference: Reference | None = None


class QuestionnaireResponse(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="QuestionnaireResponse"):
    resourceType: ClassVar[str] = "QuestionnaireResponse"
    identifier: Identifier | None = None
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    questionnaire: String | None = None
    _questionnaire: Element | None = None
    status: String | None = None
    _status: Element | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    authored: String | None = None
    _authored: Element | None = None
    author: Reference | None = None
    source: Reference | None = None
    item: Annotated[Sequence[QuestionnaireResponseItem], Filled] = ()


class QuestionnaireResponseItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    linkId: String | None = None
    _linkId: Element | None = None
    definition: String | None = None
    _definition: Element | None = None
    text: String | None = None
    _text: Element | None = None
    answer: Annotated[Sequence[QuestionnaireResponseItemAnswer], Filled] = ()
    item: Annotated[Sequence[QuestionnaireResponseItem], Filled] = ()


class QuestionnaireResponseItemAnswer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDate: String | None = None
    _valueDate: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None
    valueTime: String | None = None
    _valueTime: Element | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueUri: String | None = None
    _valueUri: Element | None = None
    valueAttachment: Attachment | None = None
    valueCoding: Coding | None = None
    valueQuantity: Quantity | None = None
    valueReference: Reference | None = None
    item: Annotated[Sequence[QuestionnaireResponseItem], Filled] = ()


class RelatedPerson(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="RelatedPerson"):
    resourceType: ClassVar[str] = "RelatedPerson"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    active: bool | None = None
    _active: Element | None = None
    patient: Reference | None = None
    relationship: Annotated[Sequence[CodeableConcept], Filled] = ()
    name: Annotated[Sequence[HumanName], Filled] = ()
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()
    gender: String | None = None
    _gender: Element | None = None
    birthDate: String | None = None
    _birthDate: Element | None = None
    address: Annotated[Sequence[Address], Filled] = ()
    photo: Annotated[Sequence[Attachment], Filled] = ()
    period: Period | None = None
    communication: Annotated[Sequence[RelatedPersonCommunication], Filled] = ()


class RelatedPersonCommunication(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    language: CodeableConcept | None = None
    preferred: bool | None = None
    _preferred: Element | None = None


class RequestGroup(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="RequestGroup"):
    resourceType: ClassVar[str] = "RequestGroup"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    instantiatesCanonical: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesCanonical: Annotated[Sequence[Element | None], Filled] = ()
    instantiatesUri: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesUri: Annotated[Sequence[Element | None], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    replaces: Annotated[Sequence[Reference], Filled] = ()
    groupIdentifier: Identifier | None = None
    status: String | None = None
    _status: Element | None = None
    intent: String | None = None
    _intent: Element | None = None
    priority: String | None = None
    _priority: Element | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    authoredOn: String | None = None
    _authoredOn: Element | None = None
    author: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    action: Annotated[Sequence[RequestGroupAction], Filled] = ()


class RequestGroupAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    prefix: String | None = None
    _prefix: Element | None = None
    title: String | None = None
    _title: Element | None = None
    description: String | None = None
    _description: Element | None = None
    textEquivalent: String | None = None
    _textEquivalent: Element | None = None
    priority: String | None = None
    _priority: Element | None = None
    code: Annotated[Sequence[CodeableConcept], Filled] = ()
    documentation: Annotated[Sequence[RelatedArtifact], Filled] = ()
    condition: Annotated[Sequence[RequestGroupActionCondition], Filled] = ()
    relatedAction: Annotated[Sequence[RequestGroupActionRelatedAction], Filled] = ()
    timingDateTime: String | None = None
    _timingDateTime: Element | None = None
    timingAge: Age | None = None
    timingPeriod: Period | None = None
    timingDuration: Duration | None = None
    timingRange: Range | None = None
    timingTiming: Timing | None = None
    participant: Annotated[Sequence[Reference], Filled] = ()
    type: CodeableConcept | None = None
    groupingBehavior: String | None = None
    _groupingBehavior: Element | None = None
    selectionBehavior: String | None = None
    _selectionBehavior: Element | None = None
    requiredBehavior: String | None = None
    _requiredBehavior: Element | None = None
    precheckBehavior: String | None = None
    _precheckBehavior: Element | None = None
    cardinalityBehavior: String | None = None
    _cardinalityBehavior: Element | None = None
    resource: Reference | None = None
    action: Annotated[Sequence[RequestGroupAction], Filled] = ()


class RequestGroupActionCondition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    kind: String | None = None
    _kind: Element | None = None
    expression: Expression | None = None


class RequestGroupActionRelatedAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    actionId: String | None = None
    _actionId: Element | None = None
    relationship: String | None = None
    _relationship: Element | None = None
    offsetDuration: Duration | None = None
    offsetRange: Range | None = None


class ResearchDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ResearchDefinition"):
    resourceType: ClassVar[str] = "ResearchDefinition"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    shortTitle: String | None = None
    _shortTitle: Element | None = None
    subtitle: String | None = None
    _subtitle: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    comment: Annotated[Sequence[String | None], Filled] = ()
    _comment: Annotated[Sequence[Element | None], Filled] = ()
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    usage: String | None = None
    _usage: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    library: Annotated[Sequence[String | None], Filled] = ()
    _library: Annotated[Sequence[Element | None], Filled] = ()
    population: Reference | None = None
    exposure: Reference | None = None
    exposureAlternative: Reference | None = None
    outcome: Reference | None = None


class ResearchElementDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ResearchElementDefinition"):
    resourceType: ClassVar[str] = "ResearchElementDefinition"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    shortTitle: String | None = None
    _shortTitle: Element | None = None
    subtitle: String | None = None
    _subtitle: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    comment: Annotated[Sequence[String | None], Filled] = ()
    _comment: Annotated[Sequence[Element | None], Filled] = ()
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    usage: String | None = None
    _usage: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    library: Annotated[Sequence[String | None], Filled] = ()
    _library: Annotated[Sequence[Element | None], Filled] = ()
    type: String | None = None
    _type: Element | None = None
    variableType: String | None = None
    _variableType: Element | None = None
    characteristic: Annotated[Sequence[ResearchElementDefinitionCharacteristic], Filled] = ()


class ResearchElementDefinitionCharacteristic(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    definitionCodeableConcept: CodeableConcept | None = None
    definitionCanonical: String | None = None
    _definitionCanonical: Element | None = None
    definitionExpression: Expression | None = None
    definitionDataRequirement: DataRequirement | None = None
    usageContext: Annotated[Sequence[UsageContext], Filled] = ()
    exclude: bool | None = None
    _exclude: Element | None = None
    unitOfMeasure: CodeableConcept | None = None
    studyEffectiveDescription: String | None = None
    _studyEffectiveDescription: Element | None = None
    studyEffectiveDateTime: String | None = None
    _studyEffectiveDateTime: Element | None = None
    studyEffectivePeriod: Period | None = None
    studyEffectiveDuration: Duration | None = None
    studyEffectiveTiming: Timing | None = None
    studyEffectiveTimeFromStart: Duration | None = None
    studyEffectiveGroupMeasure: String | None = None
    _studyEffectiveGroupMeasure: Element | None = None
    participantEffectiveDescription: String | None = None
    _participantEffectiveDescription: Element | None = None
    participantEffectiveDateTime: String | None = None
    _participantEffectiveDateTime: Element | None = None
    participantEffectivePeriod: Period | None = None
    participantEffectiveDuration: Duration | None = None
    participantEffectiveTiming: Timing | None = None
    participantEffectiveTimeFromStart: Duration | None = None
    participantEffectiveGroupMeasure: String | None = None
    _participantEffectiveGroupMeasure: Element | None = None


class ResearchStudy(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ResearchStudy"):
    resourceType: ClassVar[str] = "ResearchStudy"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    title: String | None = None
    _title: Element | None = None
    protocol: Annotated[Sequence[Reference], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    primaryPurposeType: CodeableConcept | None = None
    phase: CodeableConcept | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    focus: Annotated[Sequence[CodeableConcept], Filled] = ()
    condition: Annotated[Sequence[CodeableConcept], Filled] = ()
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    keyword: Annotated[Sequence[CodeableConcept], Filled] = ()
    location: Annotated[Sequence[CodeableConcept], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    enrollment: Annotated[Sequence[Reference], Filled] = ()
    period: Period | None = None
    sponsor: Reference | None = None
    principalInvestigator: Reference | None = None
    site: Annotated[Sequence[Reference], Filled] = ()
    reasonStopped: CodeableConcept | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()
    arm: Annotated[Sequence[ResearchStudyArm], Filled] = ()
    objective: Annotated[Sequence[ResearchStudyObjective], Filled] = ()


class ResearchStudyArm(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    type: CodeableConcept | None = None
    description: String | None = None
    _description: Element | None = None


class ResearchStudyObjective(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    type: CodeableConcept | None = None


class ResearchSubject(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ResearchSubject"):
    resourceType: ClassVar[str] = "ResearchSubject"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    period: Period | None = None
    study: Reference | None = None
    individual: Reference | None = None
    assignedArm: String | None = None
    _assignedArm: Element | None = None
    actualArm: String | None = None
    _actualArm: Element | None = None
    consent: Reference | None = None


class RiskAssessment(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="RiskAssessment"):
    resourceType: ClassVar[str] = "RiskAssessment"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    basedOn: Reference | None = None
    parent: Reference | None = None
    status: String | None = None
    _status: Element | None = None
    method: CodeableConcept | None = None
    code: CodeableConcept | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    occurrenceDateTime: String | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    condition: Reference | None = None
    performer: Reference | None = None
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    basis: Annotated[Sequence[Reference], Filled] = ()
    prediction: Annotated[Sequence[RiskAssessmentPrediction], Filled] = ()
    mitigation: String | None = None
    _mitigation: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()


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
    rationale: String | None = None
    _rationale: Element | None = None


class RiskEvidenceSynthesis(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="RiskEvidenceSynthesis"):
    resourceType: ClassVar[str] = "RiskEvidenceSynthesis"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    copyright: String | None = None
    _copyright: Element | None = None
    approvalDate: String | None = None
    _approvalDate: Element | None = None
    lastReviewDate: String | None = None
    _lastReviewDate: Element | None = None
    effectivePeriod: Period | None = None
    topic: Annotated[Sequence[CodeableConcept], Filled] = ()
    author: Annotated[Sequence[ContactDetail], Filled] = ()
    editor: Annotated[Sequence[ContactDetail], Filled] = ()
    reviewer: Annotated[Sequence[ContactDetail], Filled] = ()
    endorser: Annotated[Sequence[ContactDetail], Filled] = ()
    relatedArtifact: Annotated[Sequence[RelatedArtifact], Filled] = ()
    synthesisType: CodeableConcept | None = None
    studyType: CodeableConcept | None = None
    population: Reference | None = None
    exposure: Reference | None = None
    outcome: Reference | None = None
    sampleSize: RiskEvidenceSynthesisSampleSize | None = None
    riskEstimate: RiskEvidenceSynthesisRiskEstimate | None = None
    certainty: Annotated[Sequence[RiskEvidenceSynthesisCertainty], Filled] = ()


class RiskEvidenceSynthesisSampleSize(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    numberOfStudies: Integer | None = None
    _numberOfStudies: Element | None = None
    numberOfParticipants: Integer | None = None
    _numberOfParticipants: Element | None = None


class RiskEvidenceSynthesisRiskEstimate(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    type: CodeableConcept | None = None
    value: Decimal | None = None
    _value: Element | None = None
    unitOfMeasure: CodeableConcept | None = None
    denominatorCount: Integer | None = None
    _denominatorCount: Element | None = None
    numeratorCount: Integer | None = None
    _numeratorCount: Element | None = None
    precisionEstimate: Annotated[Sequence[RiskEvidenceSynthesisRiskEstimatePrecisionEstimate], Filled] = ()


class RiskEvidenceSynthesisRiskEstimatePrecisionEstimate(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"from_": "from"}):
    type: CodeableConcept | None = None
    level: Decimal | None = None
    _level: Element | None = None
    from_: Decimal | None = None
    _from: Element | None = None
    to: Decimal | None = None
    _to: Element | None = None


class RiskEvidenceSynthesisCertainty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    rating: Annotated[Sequence[CodeableConcept], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    certaintySubcomponent: Annotated[Sequence[RiskEvidenceSynthesisCertaintyCertaintySubcomponent], Filled] = ()


class RiskEvidenceSynthesisCertaintyCertaintySubcomponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    rating: Annotated[Sequence[CodeableConcept], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()


class Schedule(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Schedule"):
    resourceType: ClassVar[str] = "Schedule"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    active: bool | None = None
    _active: Element | None = None
    serviceCategory: Annotated[Sequence[CodeableConcept], Filled] = ()
    serviceType: Annotated[Sequence[CodeableConcept], Filled] = ()
    specialty: Annotated[Sequence[CodeableConcept], Filled] = ()
    actor: Annotated[Sequence[Reference], Filled] = ()
    planningHorizon: Period | None = None
    comment: String | None = None
    _comment: Element | None = None


class SearchParameter(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SearchParameter"):
    resourceType: ClassVar[str] = "SearchParameter"
    url: String | None = None
    _url: Element | None = None
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    derivedFrom: String | None = None
    _derivedFrom: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    code: String | None = None
    _code: Element | None = None
    base: Annotated[Sequence[String | None], Filled] = ()
    _base: Annotated[Sequence[Element | None], Filled] = ()
    type: String | None = None
    _type: Element | None = None
    expression: String | None = None
    _expression: Element | None = None
    xpath: String | None = None
    _xpath: Element | None = None
    xpathUsage: String | None = None
    _xpathUsage: Element | None = None
    target: Annotated[Sequence[String | None], Filled] = ()
    _target: Annotated[Sequence[Element | None], Filled] = ()
    multipleOr: bool | None = None
    _multipleOr: Element | None = None
    multipleAnd: bool | None = None
    _multipleAnd: Element | None = None
    comparator: Annotated[Sequence[String | None], Filled] = ()
    _comparator: Annotated[Sequence[Element | None], Filled] = ()
    modifier: Annotated[Sequence[String | None], Filled] = ()
    _modifier: Annotated[Sequence[Element | None], Filled] = ()
    chain: Annotated[Sequence[String | None], Filled] = ()
    _chain: Annotated[Sequence[Element | None], Filled] = ()
    component: Annotated[Sequence[SearchParameterComponent], Filled] = ()


class SearchParameterComponent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    definition: String | None = None
    _definition: Element | None = None
    expression: String | None = None
    _expression: Element | None = None


class ServiceRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ServiceRequest"):
    resourceType: ClassVar[str] = "ServiceRequest"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    instantiatesCanonical: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesCanonical: Annotated[Sequence[Element | None], Filled] = ()
    instantiatesUri: Annotated[Sequence[String | None], Filled] = ()
    _instantiatesUri: Annotated[Sequence[Element | None], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    replaces: Annotated[Sequence[Reference], Filled] = ()
    requisition: Identifier | None = None
    status: String | None = None
    _status: Element | None = None
    intent: String | None = None
    _intent: Element | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    priority: String | None = None
    _priority: Element | None = None
    doNotPerform: bool | None = None
    _doNotPerform: Element | None = None
    code: CodeableConcept | None = None
    orderDetail: Annotated[Sequence[CodeableConcept], Filled] = ()
    quantityQuantity: Quantity | None = None
    quantityRatio: Ratio | None = None
    quantityRange: Range | None = None
    subject: Reference | None = None
    encounter: Reference | None = None
    occurrenceDateTime: String | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    asNeededBoolean: bool | None = None
    _asNeededBoolean: Element | None = None
    asNeededCodeableConcept: CodeableConcept | None = None
    authoredOn: String | None = None
    _authoredOn: Element | None = None
    requester: Reference | None = None
    performerType: CodeableConcept | None = None
    performer: Annotated[Sequence[Reference], Filled] = ()
    locationCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    locationReference: Annotated[Sequence[Reference], Filled] = ()
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
    insurance: Annotated[Sequence[Reference], Filled] = ()
    supportingInfo: Annotated[Sequence[Reference], Filled] = ()
    specimen: Annotated[Sequence[Reference], Filled] = ()
    bodySite: Annotated[Sequence[CodeableConcept], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    patientInstruction: String | None = None
    _patientInstruction: Element | None = None
    relevantHistory: Annotated[Sequence[Reference], Filled] = ()


class Slot(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Slot"):
    resourceType: ClassVar[str] = "Slot"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    serviceCategory: Annotated[Sequence[CodeableConcept], Filled] = ()
    serviceType: Annotated[Sequence[CodeableConcept], Filled] = ()
    specialty: Annotated[Sequence[CodeableConcept], Filled] = ()
    appointmentType: CodeableConcept | None = None
    schedule: Reference | None = None
    status: String | None = None
    _status: Element | None = None
    start: String | None = None
    _start: Element | None = None
    end: String | None = None
    _end: Element | None = None
    overbooked: bool | None = None
    _overbooked: Element | None = None
    comment: String | None = None
    _comment: Element | None = None


class Specimen(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Specimen"):
    resourceType: ClassVar[str] = "Specimen"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    accessionIdentifier: Identifier | None = None
    status: String | None = None
    _status: Element | None = None
    type: CodeableConcept | None = None
    subject: Reference | None = None
    receivedTime: String | None = None
    _receivedTime: Element | None = None
    parent: Annotated[Sequence[Reference], Filled] = ()
    request: Annotated[Sequence[Reference], Filled] = ()
    collection: SpecimenCollection | None = None
    processing: Annotated[Sequence[SpecimenProcessing], Filled] = ()
    container: Annotated[Sequence[SpecimenContainer], Filled] = ()
    condition: Annotated[Sequence[CodeableConcept], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()


class SpecimenCollection(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    collector: Reference | None = None
    collectedDateTime: String | None = None
    _collectedDateTime: Element | None = None
    collectedPeriod: Period | None = None
    duration: Duration | None = None
    quantity: Quantity | None = None
    method: CodeableConcept | None = None
    bodySite: CodeableConcept | None = None
    fastingStatusCodeableConcept: CodeableConcept | None = None
    fastingStatusDuration: Duration | None = None


class SpecimenProcessing(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    procedure: CodeableConcept | None = None
    additive: Annotated[Sequence[Reference], Filled] = ()
    timeDateTime: String | None = None
    _timeDateTime: Element | None = None
    timePeriod: Period | None = None


class SpecimenContainer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    description: String | None = None
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
    patientPreparation: Annotated[Sequence[CodeableConcept], Filled] = ()
    timeAspect: String | None = None
    _timeAspect: Element | None = None
    collection: Annotated[Sequence[CodeableConcept], Filled] = ()
    typeTested: Annotated[Sequence[SpecimenDefinitionTypeTested], Filled] = ()


class SpecimenDefinitionTypeTested(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    isDerived: bool | None = None
    _isDerived: Element | None = None
    type: CodeableConcept | None = None
    preference: String | None = None
    _preference: Element | None = None
    container: SpecimenDefinitionTypeTestedContainer | None = None
    requirement: String | None = None
    _requirement: Element | None = None
    retentionTime: Duration | None = None
    rejectionCriterion: Annotated[Sequence[CodeableConcept], Filled] = ()
    handling: Annotated[Sequence[SpecimenDefinitionTypeTestedHandling], Filled] = ()


class SpecimenDefinitionTypeTestedContainer(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    material: CodeableConcept | None = None
    type: CodeableConcept | None = None
    cap: CodeableConcept | None = None
    description: String | None = None
    _description: Element | None = None
    capacity: Quantity | None = None
    minimumVolumeQuantity: Quantity | None = None
    minimumVolumeString: String | None = None
    _minimumVolumeString: Element | None = None
    additive: Annotated[Sequence[SpecimenDefinitionTypeTestedContainerAdditive], Filled] = ()
    preparation: String | None = None
    _preparation: Element | None = None


class SpecimenDefinitionTypeTestedContainerAdditive(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    additiveCodeableConcept: CodeableConcept | None = None
    additiveReference: Reference | None = None


class SpecimenDefinitionTypeTestedHandling(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    temperatureQualifier: CodeableConcept | None = None
    temperatureRange: Range | None = None
    maxDuration: Duration | None = None
    instruction: String | None = None
    _instruction: Element | None = None


class StructureDefinition(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="StructureDefinition"):
    resourceType: ClassVar[str] = "StructureDefinition"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    keyword: Annotated[Sequence[Coding], Filled] = ()
    fhirVersion: String | None = None
    _fhirVersion: Element | None = None
    mapping: Annotated[Sequence[StructureDefinitionMapping], Filled] = ()
    kind: String | None = None
    _kind: Element | None = None
    abstract: bool | None = None
    _abstract: Element | None = None
    context: Annotated[Sequence[StructureDefinitionContext], Filled] = ()
    contextInvariant: Annotated[Sequence[String | None], Filled] = ()
    _contextInvariant: Annotated[Sequence[Element | None], Filled] = ()
    type: String | None = None
    _type: Element | None = None
    baseDefinition: String | None = None
    _baseDefinition: Element | None = None
    derivation: String | None = None
    _derivation: Element | None = None
    snapshot: StructureDefinitionSnapshot | None = None
    differential: StructureDefinitionDifferential | None = None


class StructureDefinitionMapping(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identity: String | None = None
    _identity: Element | None = None
    uri: String | None = None
    _uri: Element | None = None
    name: String | None = None
    _name: Element | None = None
    comment: String | None = None
    _comment: Element | None = None


class StructureDefinitionContext(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    expression: String | None = None
    _expression: Element | None = None


class StructureDefinitionSnapshot(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    element: Annotated[Sequence[ElementDefinition], Filled] = ()


class StructureDefinitionDifferential(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    element: Annotated[Sequence[ElementDefinition], Filled] = ()


class StructureMap(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="StructureMap", rename={"import_": "import"}):
    resourceType: ClassVar[str] = "StructureMap"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    structure: Annotated[Sequence[StructureMapStructure], Filled] = ()
    import_: Annotated[Sequence[String | None], Filled] = ()
    _import: Annotated[Sequence[Element | None], Filled] = ()
    group: Annotated[Sequence[StructureMapGroup], Filled] = ()


class StructureMapStructure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    url: String | None = None
    _url: Element | None = None
    mode: String | None = None
    _mode: Element | None = None
    alias: String | None = None
    _alias: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None


class StructureMapGroup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    extends: String | None = None
    _extends: Element | None = None
    typeMode: String | None = None
    _typeMode: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None
    input: Annotated[Sequence[StructureMapGroupInput], Filled] = ()
    rule: Annotated[Sequence[StructureMapGroupRule], Filled] = ()


class StructureMapGroupInput(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    type: String | None = None
    _type: Element | None = None
    mode: String | None = None
    _mode: Element | None = None
    documentation: String | None = None
    _documentation: Element | None = None


class StructureMapGroupRule(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    source: Annotated[Sequence[StructureMapGroupRuleSource], Filled] = ()
    target: Annotated[Sequence[StructureMapGroupRuleTarget], Filled] = ()
    rule: Annotated[Sequence[StructureMapGroupRule], Filled] = ()
    dependent: Annotated[Sequence[StructureMapGroupRuleDependent], Filled] = ()
    documentation: String | None = None
    _documentation: Element | None = None


class StructureMapGroupRuleSource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    context: String | None = None
    _context: Element | None = None
    min: Integer | None = None
    _min: Element | None = None
    max: String | None = None
    _max: Element | None = None
    type: String | None = None
    _type: Element | None = None
    defaultValueBase64Binary: String | None = None
    _defaultValueBase64Binary: Element | None = None
    defaultValueBoolean: bool | None = None
    _defaultValueBoolean: Element | None = None
    defaultValueCanonical: String | None = None
    _defaultValueCanonical: Element | None = None
    defaultValueCode: String | None = None
    _defaultValueCode: Element | None = None
    defaultValueDate: String | None = None
    _defaultValueDate: Element | None = None
    defaultValueDateTime: String | None = None
    _defaultValueDateTime: Element | None = None
    defaultValueDecimal: Decimal | None = None
    _defaultValueDecimal: Element | None = None
    defaultValueId: String | None = None
    _defaultValueId: Element | None = None
    defaultValueInstant: String | None = None
    _defaultValueInstant: Element | None = None
    defaultValueInteger: Integer | None = None
    _defaultValueInteger: Element | None = None
    defaultValueMarkdown: String | None = None
    _defaultValueMarkdown: Element | None = None
    defaultValueOid: String | None = None
    _defaultValueOid: Element | None = None
    defaultValuePositiveInt: PositiveInt | None = None
    _defaultValuePositiveInt: Element | None = None
    defaultValueString: String | None = None
    _defaultValueString: Element | None = None
    defaultValueTime: String | None = None
    _defaultValueTime: Element | None = None
    defaultValueUnsignedInt: UnsignedInt | None = None
    _defaultValueUnsignedInt: Element | None = None
    defaultValueUri: String | None = None
    _defaultValueUri: Element | None = None
    defaultValueUrl: String | None = None
    _defaultValueUrl: Element | None = None
    defaultValueUuid: String | None = None
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
    element: String | None = None
    _element: Element | None = None
    listMode: String | None = None
    _listMode: Element | None = None
    variable: String | None = None
    _variable: Element | None = None
    condition: String | None = None
    _condition: Element | None = None
    check: String | None = None
    _check: Element | None = None
    logMessage: String | None = None
    _logMessage: Element | None = None


class StructureMapGroupRuleTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    context: String | None = None
    _context: Element | None = None
    contextType: String | None = None
    _contextType: Element | None = None
    element: String | None = None
    _element: Element | None = None
    variable: String | None = None
    _variable: Element | None = None
    listMode: Annotated[Sequence[String | None], Filled] = ()
    _listMode: Annotated[Sequence[Element | None], Filled] = ()
    listRuleId: String | None = None
    _listRuleId: Element | None = None
    transform: String | None = None
    _transform: Element | None = None
    parameter: Annotated[Sequence[StructureMapGroupRuleTargetParameter], Filled] = ()


class StructureMapGroupRuleTargetParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    valueId: String | None = None
    _valueId: Element | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None


class StructureMapGroupRuleDependent(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    variable: Annotated[Sequence[String | None], Filled] = ()
    _variable: Annotated[Sequence[Element | None], Filled] = ()


class Subscription(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Subscription"):
    resourceType: ClassVar[str] = "Subscription"
    status: String | None = None
    _status: Element | None = None
    contact: Annotated[Sequence[ContactPoint], Filled] = ()
    end: String | None = None
    _end: Element | None = None
    reason: String | None = None
    _reason: Element | None = None
    criteria: String | None = None
    _criteria: Element | None = None
    error: String | None = None
    _error: Element | None = None
    channel: SubscriptionChannel | None = None


class SubscriptionChannel(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    endpoint: String | None = None
    _endpoint: Element | None = None
    payload: String | None = None
    _payload: Element | None = None
    header: Annotated[Sequence[String | None], Filled] = ()
    _header: Annotated[Sequence[Element | None], Filled] = ()


class Substance(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="Substance"):
    resourceType: ClassVar[str] = "Substance"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    category: Annotated[Sequence[CodeableConcept], Filled] = ()
    code: CodeableConcept | None = None
    description: String | None = None
    _description: Element | None = None
    instance: Annotated[Sequence[SubstanceInstance], Filled] = ()
    ingredient: Annotated[Sequence[SubstanceIngredient], Filled] = ()


class SubstanceInstance(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    expiry: String | None = None
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
    areaOfHybridisation: String | None = None
    _areaOfHybridisation: Element | None = None
    oligoNucleotideType: CodeableConcept | None = None
    subunit: Annotated[Sequence[SubstanceNucleicAcidSubunit], Filled] = ()


class SubstanceNucleicAcidSubunit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    subunit: Integer | None = None
    _subunit: Element | None = None
    sequence: String | None = None
    _sequence: Element | None = None
    length: Integer | None = None
    _length: Element | None = None
    sequenceAttachment: Attachment | None = None
    fivePrime: CodeableConcept | None = None
    threePrime: CodeableConcept | None = None
    linkage: Annotated[Sequence[SubstanceNucleicAcidSubunitLinkage], Filled] = ()
    sugar: Annotated[Sequence[SubstanceNucleicAcidSubunitSugar], Filled] = ()


class SubstanceNucleicAcidSubunitLinkage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    connectivity: String | None = None
    _connectivity: Element | None = None
    identifier: Identifier | None = None
    name: String | None = None
    _name: Element | None = None
    residueSite: String | None = None
    _residueSite: Element | None = None


class SubstanceNucleicAcidSubunitSugar(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    name: String | None = None
    _name: Element | None = None
    residueSite: String | None = None
    _residueSite: Element | None = None


class SubstancePolymer(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubstancePolymer", rename={"class_": "class"}):
    resourceType: ClassVar[str] = "SubstancePolymer"
    class_: CodeableConcept | None = None
    geometry: CodeableConcept | None = None
    copolymerConnectivity: Annotated[Sequence[CodeableConcept], Filled] = ()
    modification: Annotated[Sequence[String | None], Filled] = ()
    _modification: Annotated[Sequence[Element | None], Filled] = ()
    monomerSet: Annotated[Sequence[SubstancePolymerMonomerSet], Filled] = ()
    repeat: Annotated[Sequence[SubstancePolymerRepeat], Filled] = ()


class SubstancePolymerMonomerSet(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    ratioType: CodeableConcept | None = None
    startingMaterial: Annotated[Sequence[SubstancePolymerMonomerSetStartingMaterial], Filled] = ()


class SubstancePolymerMonomerSetStartingMaterial(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    material: CodeableConcept | None = None
    type: CodeableConcept | None = None
    isDefining: bool | None = None
    _isDefining: Element | None = None
    amount: SubstanceAmount | None = None


class SubstancePolymerRepeat(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    numberOfUnits: Integer | None = None
    _numberOfUnits: Element | None = None
    averageMolecularFormula: String | None = None
    _averageMolecularFormula: Element | None = None
    repeatUnitAmountType: CodeableConcept | None = None
    repeatUnit: Annotated[Sequence[SubstancePolymerRepeatRepeatUnit], Filled] = ()


class SubstancePolymerRepeatRepeatUnit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    orientationOfPolymerisation: CodeableConcept | None = None
    repeatUnit: String | None = None
    _repeatUnit: Element | None = None
    amount: SubstanceAmount | None = None
    degreeOfPolymerisation: Annotated[Sequence[SubstancePolymerRepeatRepeatUnitDegreeOfPolymerisation], Filled] = ()
    structuralRepresentation: Annotated[Sequence[SubstancePolymerRepeatRepeatUnitStructuralRepresentation], Filled] = ()


class SubstancePolymerRepeatRepeatUnitDegreeOfPolymerisation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    degree: CodeableConcept | None = None
    amount: SubstanceAmount | None = None


class SubstancePolymerRepeatRepeatUnitStructuralRepresentation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    representation: String | None = None
    _representation: Element | None = None
    attachment: Attachment | None = None


class SubstanceProtein(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubstanceProtein"):
    resourceType: ClassVar[str] = "SubstanceProtein"
    sequenceType: CodeableConcept | None = None
    numberOfSubunits: Integer | None = None
    _numberOfSubunits: Element | None = None
    disulfideLinkage: Annotated[Sequence[String | None], Filled] = ()
    _disulfideLinkage: Annotated[Sequence[Element | None], Filled] = ()
    subunit: Annotated[Sequence[SubstanceProteinSubunit], Filled] = ()


class SubstanceProteinSubunit(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    subunit: Integer | None = None
    _subunit: Element | None = None
    sequence: String | None = None
    _sequence: Element | None = None
    length: Integer | None = None
    _length: Element | None = None
    sequenceAttachment: Attachment | None = None
    nTerminalModificationId: Identifier | None = None
    nTerminalModification: String | None = None
    _nTerminalModification: Element | None = None
    cTerminalModificationId: Identifier | None = None
    cTerminalModification: String | None = None
    _cTerminalModification: Element | None = None


class SubstanceReferenceInformation(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubstanceReferenceInformation"):
    resourceType: ClassVar[str] = "SubstanceReferenceInformation"
    comment: String | None = None
    _comment: Element | None = None
    gene: Annotated[Sequence[SubstanceReferenceInformationGene], Filled] = ()
    geneElement: Annotated[Sequence[SubstanceReferenceInformationGeneElement], Filled] = ()
    classification: Annotated[Sequence[SubstanceReferenceInformationClassification], Filled] = ()
    target: Annotated[Sequence[SubstanceReferenceInformationTarget], Filled] = ()


class SubstanceReferenceInformationGene(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    geneSequenceOrigin: CodeableConcept | None = None
    gene: CodeableConcept | None = None
    source: Annotated[Sequence[Reference], Filled] = ()


class SubstanceReferenceInformationGeneElement(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    element: Identifier | None = None
    source: Annotated[Sequence[Reference], Filled] = ()


class SubstanceReferenceInformationClassification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    domain: CodeableConcept | None = None
    classification: CodeableConcept | None = None
    subtype: Annotated[Sequence[CodeableConcept], Filled] = ()
    source: Annotated[Sequence[Reference], Filled] = ()


class SubstanceReferenceInformationTarget(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    target: Identifier | None = None
    type: CodeableConcept | None = None
    interaction: CodeableConcept | None = None
    organism: CodeableConcept | None = None
    organismType: CodeableConcept | None = None
    amountQuantity: Quantity | None = None
    amountRange: Range | None = None
    amountString: String | None = None
    _amountString: Element | None = None
    amountType: CodeableConcept | None = None
    source: Annotated[Sequence[Reference], Filled] = ()


class SubstanceSourceMaterial(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SubstanceSourceMaterial"):
    resourceType: ClassVar[str] = "SubstanceSourceMaterial"
    sourceMaterialClass: CodeableConcept | None = None
    sourceMaterialType: CodeableConcept | None = None
    sourceMaterialState: CodeableConcept | None = None
    organismId: Identifier | None = None
    organismName: String | None = None
    _organismName: Element | None = None
    parentSubstanceId: Annotated[Sequence[Identifier], Filled] = ()
    parentSubstanceName: Annotated[Sequence[String | None], Filled] = ()
    _parentSubstanceName: Annotated[Sequence[Element | None], Filled] = ()
    countryOfOrigin: Annotated[Sequence[CodeableConcept], Filled] = ()
    geographicalLocation: Annotated[Sequence[String | None], Filled] = ()
    _geographicalLocation: Annotated[Sequence[Element | None], Filled] = ()
    developmentStage: CodeableConcept | None = None
    fractionDescription: Annotated[Sequence[SubstanceSourceMaterialFractionDescription], Filled] = ()
    organism: SubstanceSourceMaterialOrganism | None = None
    partDescription: Annotated[Sequence[SubstanceSourceMaterialPartDescription], Filled] = ()


class SubstanceSourceMaterialFractionDescription(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    fraction: String | None = None
    _fraction: Element | None = None
    materialType: CodeableConcept | None = None


class SubstanceSourceMaterialOrganism(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    family: CodeableConcept | None = None
    genus: CodeableConcept | None = None
    species: CodeableConcept | None = None
    intraspecificType: CodeableConcept | None = None
    intraspecificDescription: String | None = None
    _intraspecificDescription: Element | None = None
    author: Annotated[Sequence[SubstanceSourceMaterialOrganismAuthor], Filled] = ()
    hybrid: SubstanceSourceMaterialOrganismHybrid | None = None
    organismGeneral: SubstanceSourceMaterialOrganismOrganismGeneral | None = None


class SubstanceSourceMaterialOrganismAuthor(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    authorType: CodeableConcept | None = None
    authorDescription: String | None = None
    _authorDescription: Element | None = None


class SubstanceSourceMaterialOrganismHybrid(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    maternalOrganismId: String | None = None
    _maternalOrganismId: Element | None = None
    maternalOrganismName: String | None = None
    _maternalOrganismName: Element | None = None
    paternalOrganismId: String | None = None
    _paternalOrganismId: Element | None = None
    paternalOrganismName: String | None = None
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
    description: String | None = None
    _description: Element | None = None
    source: Annotated[Sequence[Reference], Filled] = ()
    comment: String | None = None
    _comment: Element | None = None
    moiety: Annotated[Sequence[SubstanceSpecificationMoiety], Filled] = ()
    property: Annotated[Sequence[SubstanceSpecificationProperty], Filled] = ()
    referenceInformation: Reference | None = None
    structure: SubstanceSpecificationStructure | None = None
    code: Annotated[Sequence[SubstanceSpecificationCode], Filled] = ()
    name: Annotated[Sequence[SubstanceSpecificationName], Filled] = ()
    molecularWeight: Annotated[Sequence[SubstanceSpecificationStructureIsotopeMolecularWeight], Filled] = ()
    relationship: Annotated[Sequence[SubstanceSpecificationRelationship], Filled] = ()
    nucleicAcid: Reference | None = None
    polymer: Reference | None = None
    protein: Reference | None = None
    sourceMaterial: Reference | None = None


class SubstanceSpecificationMoiety(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    role: CodeableConcept | None = None
    identifier: Identifier | None = None
    name: String | None = None
    _name: Element | None = None
    stereochemistry: CodeableConcept | None = None
    opticalActivity: CodeableConcept | None = None
    molecularFormula: String | None = None
    _molecularFormula: Element | None = None
    amountQuantity: Quantity | None = None
    amountString: String | None = None
    _amountString: Element | None = None


class SubstanceSpecificationProperty(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    category: CodeableConcept | None = None
    code: CodeableConcept | None = None
    parameters: String | None = None
    _parameters: Element | None = None
    definingSubstanceReference: Reference | None = None
    definingSubstanceCodeableConcept: CodeableConcept | None = None
    amountQuantity: Quantity | None = None
    amountString: String | None = None
    _amountString: Element | None = None


class SubstanceSpecificationStructure(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    stereochemistry: CodeableConcept | None = None
    opticalActivity: CodeableConcept | None = None
    molecularFormula: String | None = None
    _molecularFormula: Element | None = None
    molecularFormulaByMoiety: String | None = None
    _molecularFormulaByMoiety: Element | None = None
    isotope: Annotated[Sequence[SubstanceSpecificationStructureIsotope], Filled] = ()
    molecularWeight: SubstanceSpecificationStructureIsotopeMolecularWeight | None = None
    source: Annotated[Sequence[Reference], Filled] = ()
    representation: Annotated[Sequence[SubstanceSpecificationStructureRepresentation], Filled] = ()


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
    representation: String | None = None
    _representation: Element | None = None
    attachment: Attachment | None = None


class SubstanceSpecificationCode(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: CodeableConcept | None = None
    status: CodeableConcept | None = None
    statusDate: String | None = None
    _statusDate: Element | None = None
    comment: String | None = None
    _comment: Element | None = None
    source: Annotated[Sequence[Reference], Filled] = ()


class SubstanceSpecificationName(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    type: CodeableConcept | None = None
    status: CodeableConcept | None = None
    preferred: bool | None = None
    _preferred: Element | None = None
    language: Annotated[Sequence[CodeableConcept], Filled] = ()
    domain: Annotated[Sequence[CodeableConcept], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    synonym: Annotated[Sequence[SubstanceSpecificationName], Filled] = ()
    translation: Annotated[Sequence[SubstanceSpecificationName], Filled] = ()
    official: Annotated[Sequence[SubstanceSpecificationNameOfficial], Filled] = ()
    source: Annotated[Sequence[Reference], Filled] = ()


class SubstanceSpecificationNameOfficial(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    authority: CodeableConcept | None = None
    status: CodeableConcept | None = None
    date: String | None = None
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
    amountString: String | None = None
    _amountString: Element | None = None
    amountRatioLowLimit: Ratio | None = None
    amountType: CodeableConcept | None = None
    source: Annotated[Sequence[Reference], Filled] = ()


class SupplyDelivery(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SupplyDelivery"):
    resourceType: ClassVar[str] = "SupplyDelivery"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    partOf: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    patient: Reference | None = None
    type: CodeableConcept | None = None
    suppliedItem: SupplyDeliverySuppliedItem | None = None
    occurrenceDateTime: String | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    supplier: Reference | None = None
    destination: Reference | None = None
    receiver: Annotated[Sequence[Reference], Filled] = ()


class SupplyDeliverySuppliedItem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    quantity: Quantity | None = None
    itemCodeableConcept: CodeableConcept | None = None
    itemReference: Reference | None = None


class SupplyRequest(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="SupplyRequest"):
    resourceType: ClassVar[str] = "SupplyRequest"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    category: CodeableConcept | None = None
    priority: String | None = None
    _priority: Element | None = None
    itemCodeableConcept: CodeableConcept | None = None
    itemReference: Reference | None = None
    quantity: Quantity | None = None
    parameter: Annotated[Sequence[SupplyRequestParameter], Filled] = ()
    occurrenceDateTime: String | None = None
    _occurrenceDateTime: Element | None = None
    occurrencePeriod: Period | None = None
    occurrenceTiming: Timing | None = None
    authoredOn: String | None = None
    _authoredOn: Element | None = None
    requester: Reference | None = None
    supplier: Annotated[Sequence[Reference], Filled] = ()
    reasonCode: Annotated[Sequence[CodeableConcept], Filled] = ()
    reasonReference: Annotated[Sequence[Reference], Filled] = ()
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
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    instantiatesCanonical: String | None = None
    _instantiatesCanonical: Element | None = None
    instantiatesUri: String | None = None
    _instantiatesUri: Element | None = None
    basedOn: Annotated[Sequence[Reference], Filled] = ()
    groupIdentifier: Identifier | None = None
    partOf: Annotated[Sequence[Reference], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    statusReason: CodeableConcept | None = None
    businessStatus: CodeableConcept | None = None
    intent: String | None = None
    _intent: Element | None = None
    priority: String | None = None
    _priority: Element | None = None
    code: CodeableConcept | None = None
    description: String | None = None
    _description: Element | None = None
    focus: Reference | None = None
    for_: Reference | None = None
    encounter: Reference | None = None
    executionPeriod: Period | None = None
    authoredOn: String | None = None
    _authoredOn: Element | None = None
    lastModified: String | None = None
    _lastModified: Element | None = None
    requester: Reference | None = None
    performerType: Annotated[Sequence[CodeableConcept], Filled] = ()
    owner: Reference | None = None
    location: Reference | None = None
    reasonCode: CodeableConcept | None = None
    reasonReference: Reference | None = None
    insurance: Annotated[Sequence[Reference], Filled] = ()
    note: Annotated[Sequence[Annotation], Filled] = ()
    relevantHistory: Annotated[Sequence[Reference], Filled] = ()
    restriction: TaskRestriction | None = None
    input: Annotated[Sequence[TaskInput], Filled] = ()
    output: Annotated[Sequence[TaskOutput], Filled] = ()


class TaskRestriction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    repetitions: PositiveInt | None = None
    _repetitions: Element | None = None
    period: Period | None = None
    recipient: Annotated[Sequence[Reference], Filled] = ()


class TaskInput(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    valueBase64Binary: String | None = None
    _valueBase64Binary: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueCanonical: String | None = None
    _valueCanonical: Element | None = None
    valueCode: String | None = None
    _valueCode: Element | None = None
    valueDate: String | None = None
    _valueDate: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueId: String | None = None
    _valueId: Element | None = None
    valueInstant: String | None = None
    _valueInstant: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueMarkdown: String | None = None
    _valueMarkdown: Element | None = None
    valueOid: String | None = None
    _valueOid: Element | None = None
    valuePositiveInt: PositiveInt | None = None
    _valuePositiveInt: Element | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueTime: String | None = None
    _valueTime: Element | None = None
    valueUnsignedInt: UnsignedInt | None = None
    _valueUnsignedInt: Element | None = None
    valueUri: String | None = None
    _valueUri: Element | None = None
    valueUrl: String | None = None
    _valueUrl: Element | None = None
    valueUuid: String | None = None
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
    valueBase64Binary: String | None = None
    _valueBase64Binary: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueCanonical: String | None = None
    _valueCanonical: Element | None = None
    valueCode: String | None = None
    _valueCode: Element | None = None
    valueDate: String | None = None
    _valueDate: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueId: String | None = None
    _valueId: Element | None = None
    valueInstant: String | None = None
    _valueInstant: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueMarkdown: String | None = None
    _valueMarkdown: Element | None = None
    valueOid: String | None = None
    _valueOid: Element | None = None
    valuePositiveInt: PositiveInt | None = None
    _valuePositiveInt: Element | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueTime: String | None = None
    _valueTime: Element | None = None
    valueUnsignedInt: UnsignedInt | None = None
    _valueUnsignedInt: Element | None = None
    valueUri: String | None = None
    _valueUri: Element | None = None
    valueUrl: String | None = None
    _valueUrl: Element | None = None
    valueUuid: String | None = None
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
    url: String | None = None
    _url: Element | None = None
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    kind: String | None = None
    _kind: Element | None = None
    software: TerminologyCapabilitiesSoftware | None = None
    implementation: TerminologyCapabilitiesImplementation | None = None
    lockedDate: bool | None = None
    _lockedDate: Element | None = None
    codeSystem: Annotated[Sequence[TerminologyCapabilitiesCodeSystem], Filled] = ()
    expansion: TerminologyCapabilitiesExpansion | None = None
    codeSearch: String | None = None
    _codeSearch: Element | None = None
    validateCode: TerminologyCapabilitiesValidateCode | None = None
    translation: TerminologyCapabilitiesTranslation | None = None
    closure: TerminologyCapabilitiesClosure | None = None


class TerminologyCapabilitiesSoftware(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    version: String | None = None
    _version: Element | None = None


class TerminologyCapabilitiesImplementation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    url: String | None = None
    _url: Element | None = None


class TerminologyCapabilitiesCodeSystem(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    uri: String | None = None
    _uri: Element | None = None
    version: Annotated[Sequence[TerminologyCapabilitiesCodeSystemVersion], Filled] = ()
    subsumption: bool | None = None
    _subsumption: Element | None = None


class TerminologyCapabilitiesCodeSystemVersion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    isDefault: bool | None = None
    _isDefault: Element | None = None
    compositional: bool | None = None
    _compositional: Element | None = None
    language: Annotated[Sequence[String | None], Filled] = ()
    _language: Annotated[Sequence[Element | None], Filled] = ()
    filter: Annotated[Sequence[TerminologyCapabilitiesCodeSystemVersionFilter], Filled] = ()
    property: Annotated[Sequence[String | None], Filled] = ()
    _property: Annotated[Sequence[Element | None], Filled] = ()


class TerminologyCapabilitiesCodeSystemVersionFilter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    op: Annotated[Sequence[String | None], Filled] = ()
    _op: Annotated[Sequence[Element | None], Filled] = ()


class TerminologyCapabilitiesExpansion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    hierarchical: bool | None = None
    _hierarchical: Element | None = None
    paging: bool | None = None
    _paging: Element | None = None
    incomplete: bool | None = None
    _incomplete: Element | None = None
    parameter: Annotated[Sequence[TerminologyCapabilitiesExpansionParameter], Filled] = ()
    textFilter: String | None = None
    _textFilter: Element | None = None


class TerminologyCapabilitiesExpansionParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    documentation: String | None = None
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
    name: String | None = None
    _name: Element | None = None
    status: String | None = None
    _status: Element | None = None
    testScript: Reference | None = None
    result: String | None = None
    _result: Element | None = None
    score: Decimal | None = None
    _score: Element | None = None
    tester: String | None = None
    _tester: Element | None = None
    issued: String | None = None
    _issued: Element | None = None
    participant: Annotated[Sequence[TestReportParticipant], Filled] = ()
    setup: TestReportSetup | None = None
    test: Annotated[Sequence[TestReportTest], Filled] = ()
    teardown: TestReportTeardown | None = None


class TestReportParticipant(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    uri: String | None = None
    _uri: Element | None = None
    display: String | None = None
    _display: Element | None = None


class TestReportSetup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: Annotated[Sequence[TestReportSetupAction], Filled] = ()


class TestReportSetupAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"assert_": "assert"}):
    operation: TestReportSetupActionOperation | None = None
    assert_: TestReportSetupActionAssert | None = None


class TestReportSetupActionOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    result: String | None = None
    _result: Element | None = None
    message: String | None = None
    _message: Element | None = None
    detail: String | None = None
    _detail: Element | None = None


class TestReportSetupActionAssert(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    result: String | None = None
    _result: Element | None = None
    message: String | None = None
    _message: Element | None = None
    detail: String | None = None
    _detail: Element | None = None


class TestReportTest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    description: String | None = None
    _description: Element | None = None
    action: Annotated[Sequence[TestReportTestAction], Filled] = ()


class TestReportTestAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"assert_": "assert"}):
    operation: TestReportSetupActionOperation | None = None
    assert_: TestReportSetupActionAssert | None = None


class TestReportTeardown(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: Annotated[Sequence[TestReportTeardownAction], Filled] = ()


class TestReportTeardownAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    operation: TestReportSetupActionOperation | None = None


class TestScript(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="TestScript"):
    resourceType: ClassVar[str] = "TestScript"
    url: String | None = None
    _url: Element | None = None
    identifier: Identifier | None = None
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    purpose: String | None = None
    _purpose: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    origin: Annotated[Sequence[TestScriptOrigin], Filled] = ()
    destination: Annotated[Sequence[TestScriptDestination], Filled] = ()
    metadata: TestScriptMetadata | None = None
    fixture: Annotated[Sequence[TestScriptFixture], Filled] = ()
    profile: Annotated[Sequence[Reference], Filled] = ()
    variable: Annotated[Sequence[TestScriptVariable], Filled] = ()
    setup: TestScriptSetup | None = None
    test: Annotated[Sequence[TestScriptTest], Filled] = ()
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
    link: Annotated[Sequence[TestScriptMetadataLink], Filled] = ()
    capability: Annotated[Sequence[TestScriptMetadataCapability], Filled] = ()


class TestScriptMetadataLink(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    url: String | None = None
    _url: Element | None = None
    description: String | None = None
    _description: Element | None = None


class TestScriptMetadataCapability(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    required: bool | None = None
    _required: Element | None = None
    validated: bool | None = None
    _validated: Element | None = None
    description: String | None = None
    _description: Element | None = None
    origin: Annotated[Sequence[Integer | None], Filled] = ()
    _origin: Annotated[Sequence[Element | None], Filled] = ()
    destination: Integer | None = None
    _destination: Element | None = None
    link: Annotated[Sequence[String | None], Filled] = ()
    _link: Annotated[Sequence[Element | None], Filled] = ()
    capabilities: String | None = None
    _capabilities: Element | None = None


class TestScriptFixture(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    autocreate: bool | None = None
    _autocreate: Element | None = None
    autodelete: bool | None = None
    _autodelete: Element | None = None
    resource: Reference | None = None


class TestScriptVariable(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    defaultValue: String | None = None
    _defaultValue: Element | None = None
    description: String | None = None
    _description: Element | None = None
    expression: String | None = None
    _expression: Element | None = None
    headerField: String | None = None
    _headerField: Element | None = None
    hint: String | None = None
    _hint: Element | None = None
    path: String | None = None
    _path: Element | None = None
    sourceId: String | None = None
    _sourceId: Element | None = None


class TestScriptSetup(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: Annotated[Sequence[TestScriptSetupAction], Filled] = ()


class TestScriptSetupAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"assert_": "assert"}):
    operation: TestScriptSetupActionOperation | None = None
    assert_: TestScriptSetupActionAssert | None = None


class TestScriptSetupActionOperation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Coding | None = None
    resource: String | None = None
    _resource: Element | None = None
    label: String | None = None
    _label: Element | None = None
    description: String | None = None
    _description: Element | None = None
    accept: String | None = None
    _accept: Element | None = None
    contentType: String | None = None
    _contentType: Element | None = None
    destination: Integer | None = None
    _destination: Element | None = None
    encodeRequestUrl: bool | None = None
    _encodeRequestUrl: Element | None = None
    method: String | None = None
    _method: Element | None = None
    origin: Integer | None = None
    _origin: Element | None = None
    params: String | None = None
    _params: Element | None = None
    requestHeader: Annotated[Sequence[TestScriptSetupActionOperationRequestHeader], Filled] = ()
    requestId: String | None = None
    _requestId: Element | None = None
    responseId: String | None = None
    _responseId: Element | None = None
    sourceId: String | None = None
    _sourceId: Element | None = None
    targetId: String | None = None
    _targetId: Element | None = None
    url: String | None = None
    _url: Element | None = None


class TestScriptSetupActionOperationRequestHeader(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    field: String | None = None
    _field: Element | None = None
    value: String | None = None
    _value: Element | None = None


class TestScriptSetupActionAssert(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    label: String | None = None
    _label: Element | None = None
    description: String | None = None
    _description: Element | None = None
    direction: String | None = None
    _direction: Element | None = None
    compareToSourceId: String | None = None
    _compareToSourceId: Element | None = None
    compareToSourceExpression: String | None = None
    _compareToSourceExpression: Element | None = None
    compareToSourcePath: String | None = None
    _compareToSourcePath: Element | None = None
    contentType: String | None = None
    _contentType: Element | None = None
    expression: String | None = None
    _expression: Element | None = None
    headerField: String | None = None
    _headerField: Element | None = None
    minimumId: String | None = None
    _minimumId: Element | None = None
    navigationLinks: bool | None = None
    _navigationLinks: Element | None = None
    operator: String | None = None
    _operator: Element | None = None
    path: String | None = None
    _path: Element | None = None
    requestMethod: String | None = None
    _requestMethod: Element | None = None
    requestURL: String | None = None
    _requestURL: Element | None = None
    resource: String | None = None
    _resource: Element | None = None
    response: String | None = None
    _response: Element | None = None
    responseCode: String | None = None
    _responseCode: Element | None = None
    sourceId: String | None = None
    _sourceId: Element | None = None
    validateProfileId: String | None = None
    _validateProfileId: Element | None = None
    value: String | None = None
    _value: Element | None = None
    warningOnly: bool | None = None
    _warningOnly: Element | None = None


class TestScriptTest(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    description: String | None = None
    _description: Element | None = None
    action: Annotated[Sequence[TestScriptTestAction], Filled] = ()


class TestScriptTestAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, rename={"assert_": "assert"}):
    operation: TestScriptSetupActionOperation | None = None
    assert_: TestScriptSetupActionAssert | None = None


class TestScriptTeardown(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    action: Annotated[Sequence[TestScriptTeardownAction], Filled] = ()


class TestScriptTeardownAction(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    operation: TestScriptSetupActionOperation | None = None


class ValueSet(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="ValueSet"):
    resourceType: ClassVar[str] = "ValueSet"
    url: String | None = None
    _url: Element | None = None
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    version: String | None = None
    _version: Element | None = None
    name: String | None = None
    _name: Element | None = None
    title: String | None = None
    _title: Element | None = None
    status: String | None = None
    _status: Element | None = None
    experimental: bool | None = None
    _experimental: Element | None = None
    date: String | None = None
    _date: Element | None = None
    publisher: String | None = None
    _publisher: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    useContext: Annotated[Sequence[UsageContext], Filled] = ()
    jurisdiction: Annotated[Sequence[CodeableConcept], Filled] = ()
    immutable: bool | None = None
    _immutable: Element | None = None
    purpose: String | None = None
    _purpose: Element | None = None
    copyright: String | None = None
    _copyright: Element | None = None
    compose: ValueSetCompose | None = None
    expansion: ValueSetExpansion | None = None


class ValueSetCompose(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    lockedDate: String | None = None
    _lockedDate: Element | None = None
    inactive: bool | None = None
    _inactive: Element | None = None
    include: Annotated[Sequence[ValueSetComposeInclude], Filled] = ()
    exclude: Annotated[Sequence[ValueSetComposeInclude], Filled] = ()


class ValueSetComposeInclude(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    system: String | None = None
    _system: Element | None = None
    version: String | None = None
    _version: Element | None = None
    concept: Annotated[Sequence[ValueSetComposeIncludeConcept], Filled] = ()
    filter: Annotated[Sequence[ValueSetComposeIncludeFilter], Filled] = ()
    valueSet: Annotated[Sequence[String | None], Filled] = ()
    _valueSet: Annotated[Sequence[Element | None], Filled] = ()


class ValueSetComposeIncludeConcept(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    display: String | None = None
    _display: Element | None = None
    designation: Annotated[Sequence[ValueSetComposeIncludeConceptDesignation], Filled] = ()


class ValueSetComposeIncludeConceptDesignation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    language: String | None = None
    _language: Element | None = None
    use: Coding | None = None
    value: String | None = None
    _value: Element | None = None


class ValueSetComposeIncludeFilter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    property: String | None = None
    _property: Element | None = None
    op: String | None = None
    _op: Element | None = None
    value: String | None = None
    _value: Element | None = None


class ValueSetExpansion(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: String | None = None
    _identifier: Element | None = None
    timestamp: String | None = None
    _timestamp: Element | None = None
    total: Integer | None = None
    _total: Element | None = None
    offset: Integer | None = None
    _offset: Element | None = None
    parameter: Annotated[Sequence[ValueSetExpansionParameter], Filled] = ()
    contains: Annotated[Sequence[ValueSetExpansionContains], Filled] = ()


class ValueSetExpansionParameter(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    valueString: String | None = None
    _valueString: Element | None = None
    valueBoolean: bool | None = None
    _valueBoolean: Element | None = None
    valueInteger: Integer | None = None
    _valueInteger: Element | None = None
    valueDecimal: Decimal | None = None
    _valueDecimal: Element | None = None
    valueUri: String | None = None
    _valueUri: Element | None = None
    valueCode: String | None = None
    _valueCode: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None


class ValueSetExpansionContains(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    system: String | None = None
    _system: Element | None = None
    abstract: bool | None = None
    _abstract: Element | None = None
    inactive: bool | None = None
    _inactive: Element | None = None
    version: String | None = None
    _version: Element | None = None
    code: String | None = None
    _code: Element | None = None
    display: String | None = None
    _display: Element | None = None
    designation: Annotated[Sequence[ValueSetComposeIncludeConceptDesignation], Filled] = ()
    contains: Annotated[Sequence[ValueSetExpansionContains], Filled] = ()


class VerificationResult(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="VerificationResult"):
    resourceType: ClassVar[str] = "VerificationResult"
    target: Annotated[Sequence[Reference], Filled] = ()
    targetLocation: Annotated[Sequence[String | None], Filled] = ()
    _targetLocation: Annotated[Sequence[Element | None], Filled] = ()
    need: CodeableConcept | None = None
    status: String | None = None
    _status: Element | None = None
    statusDate: String | None = None
    _statusDate: Element | None = None
    validationType: CodeableConcept | None = None
    validationProcess: Annotated[Sequence[CodeableConcept], Filled] = ()
    frequency: Timing | None = None
    lastPerformed: String | None = None
    _lastPerformed: Element | None = None
    nextScheduled: String | None = None
    _nextScheduled: Element | None = None
    failureAction: CodeableConcept | None = None
    primarySource: Annotated[Sequence[VerificationResultPrimarySource], Filled] = ()
    attestation: VerificationResultAttestation | None = None
    validator: Annotated[Sequence[VerificationResultValidator], Filled] = ()


class VerificationResultPrimarySource(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    who: Reference | None = None
    type: Annotated[Sequence[CodeableConcept], Filled] = ()
    communicationMethod: Annotated[Sequence[CodeableConcept], Filled] = ()
    validationStatus: CodeableConcept | None = None
    validationDate: String | None = None
    _validationDate: Element | None = None
    canPushUpdates: CodeableConcept | None = None
    pushTypeAvailable: Annotated[Sequence[CodeableConcept], Filled] = ()


class VerificationResultAttestation(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    who: Reference | None = None
    onBehalfOf: Reference | None = None
    communicationMethod: CodeableConcept | None = None
    date: String | None = None
    _date: Element | None = None
    sourceIdentityCertificate: String | None = None
    _sourceIdentityCertificate: Element | None = None
    proxyIdentityCertificate: String | None = None
    _proxyIdentityCertificate: Element | None = None
    proxySignature: Signature | None = None
    sourceSignature: Signature | None = None


class VerificationResultValidator(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    organization: Reference | None = None
    identityCertificate: String | None = None
    _identityCertificate: Element | None = None
    attestationSignature: Signature | None = None


class VisionPrescription(DomainResource, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False, tag_field="resourceType", tag="VisionPrescription"):
    resourceType: ClassVar[str] = "VisionPrescription"
    identifier: Annotated[Sequence[Identifier], Filled] = ()
    status: String | None = None
    _status: Element | None = None
    created: String | None = None
    _created: Element | None = None
    patient: Reference | None = None
    encounter: Reference | None = None
    dateWritten: String | None = None
    _dateWritten: Element | None = None
    prescriber: Reference | None = None
    lensSpecification: Annotated[Sequence[VisionPrescriptionLensSpecification], Filled] = ()


class VisionPrescriptionLensSpecification(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    product: CodeableConcept | None = None
    eye: String | None = None
    _eye: Element | None = None
    sphere: Decimal | None = None
    _sphere: Element | None = None
    cylinder: Decimal | None = None
    _cylinder: Element | None = None
    axis: Integer | None = None
    _axis: Element | None = None
    prism: Annotated[Sequence[VisionPrescriptionLensSpecificationPrism], Filled] = ()
    add: Decimal | None = None
    _add: Element | None = None
    power: Decimal | None = None
    _power: Element | None = None
    backCurve: Decimal | None = None
    _backCurve: Element | None = None
    diameter: Decimal | None = None
    _diameter: Element | None = None
    duration: Quantity | None = None
    color: String | None = None
    _color: Element | None = None
    brand: String | None = None
    _brand: Element | None = None
    note: Annotated[Sequence[Annotation], Filled] = ()


class VisionPrescriptionLensSpecificationPrism(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    amount: Decimal | None = None
    _amount: Element | None = None
    base: String | None = None
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
