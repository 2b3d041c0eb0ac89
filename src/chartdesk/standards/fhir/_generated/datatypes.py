"""Data types of FHIR R4. Written by tools/generate_fhir.py; do not edit."""

# ruff: noqa

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, ClassVar

import msgspec

Integer = Annotated[int, msgspec.Meta(ge=-2147483648, le=2147483647)]
PositiveInt = Annotated[int, msgspec.Meta(ge=1, le=2147483647)]
UnsignedInt = Annotated[int, msgspec.Meta(ge=0, le=2147483647)]
String = Annotated[str, msgspec.Meta(min_length=1)]
Filled = msgspec.Meta(min_length=1)


__all__ = [
    "Address",
    "Age",
    "Annotation",
    "Attachment",
    "BackboneElement",
    "CodeableConcept",
    "Coding",
    "ContactDetail",
    "ContactPoint",
    "Contributor",
    "Count",
    "DataRequirement",
    "DataRequirementCodeFilter",
    "DataRequirementDateFilter",
    "DataRequirementSort",
    "Distance",
    "Dosage",
    "DosageDoseAndRate",
    "Duration",
    "Element",
    "ElementDefinition",
    "ElementDefinitionBase",
    "ElementDefinitionBinding",
    "ElementDefinitionConstraint",
    "ElementDefinitionExample",
    "ElementDefinitionMapping",
    "ElementDefinitionSlicing",
    "ElementDefinitionSlicingDiscriminator",
    "ElementDefinitionType",
    "Expression",
    "Extension",
    "HumanName",
    "Identifier",
    "MarketingStatus",
    "Meta",
    "Money",
    "Narrative",
    "ParameterDefinition",
    "Period",
    "Population",
    "ProdCharacteristic",
    "ProductShelfLife",
    "Quantity",
    "Range",
    "Ratio",
    "Reference",
    "RelatedArtifact",
    "SampledData",
    "Signature",
    "SubstanceAmount",
    "SubstanceAmountReferenceRange",
    "Timing",
    "TimingRepeat",
    "TriggerDefinition",
    "UsageContext",
]


class Element(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    id: String | None = None
    extension: Annotated[Sequence[Extension], Filled] = ()


class BackboneElement(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    modifierExtension: Annotated[Sequence[Extension], Filled] = ()


class Address(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    use: String | None = None
    _use: Element | None = None
    type: String | None = None
    _type: Element | None = None
    text: String | None = None
    _text: Element | None = None
    line: Annotated[Sequence[String | None], Filled] = ()
    _line: Annotated[Sequence[Element | None], Filled] = ()
    city: String | None = None
    _city: Element | None = None
    district: String | None = None
    _district: Element | None = None
    state: String | None = None
    _state: Element | None = None
    postalCode: String | None = None
    _postalCode: Element | None = None
    country: String | None = None
    _country: Element | None = None
    period: Period | None = None


class Quantity(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    value: Decimal | None = None
    _value: Element | None = None
    comparator: String | None = None
    _comparator: Element | None = None
    unit: String | None = None
    _unit: Element | None = None
    system: String | None = None
    _system: Element | None = None
    code: String | None = None
    _code: Element | None = None


class Age(Quantity, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    pass


class Annotation(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    authorReference: Reference | None = None
    authorString: String | None = None
    _authorString: Element | None = None
    time: String | None = None
    _time: Element | None = None
    text: String | None = None
    _text: Element | None = None


class Attachment(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    contentType: String | None = None
    _contentType: Element | None = None
    language: String | None = None
    _language: Element | None = None
    data: String | None = None
    _data: Element | None = None
    url: String | None = None
    _url: Element | None = None
    size: UnsignedInt | None = None
    _size: Element | None = None
    hash: String | None = None
    _hash: Element | None = None
    title: String | None = None
    _title: Element | None = None
    creation: String | None = None
    _creation: Element | None = None


class CodeableConcept(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    coding: Annotated[Sequence[Coding], Filled] = ()
    text: String | None = None
    _text: Element | None = None


class Coding(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    system: String | None = None
    _system: Element | None = None
    version: String | None = None
    _version: Element | None = None
    code: String | None = None
    _code: Element | None = None
    display: String | None = None
    _display: Element | None = None
    userSelected: bool | None = None
    _userSelected: Element | None = None


class ContactDetail(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: String | None = None
    _name: Element | None = None
    telecom: Annotated[Sequence[ContactPoint], Filled] = ()


class ContactPoint(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    system: String | None = None
    _system: Element | None = None
    value: String | None = None
    _value: Element | None = None
    use: String | None = None
    _use: Element | None = None
    rank: PositiveInt | None = None
    _rank: Element | None = None
    period: Period | None = None


class Contributor(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    name: String | None = None
    _name: Element | None = None
    contact: Annotated[Sequence[ContactDetail], Filled] = ()


class Count(Quantity, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    pass


class DataRequirement(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    profile: Annotated[Sequence[String | None], Filled] = ()
    _profile: Annotated[Sequence[Element | None], Filled] = ()
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    mustSupport: Annotated[Sequence[String | None], Filled] = ()
    _mustSupport: Annotated[Sequence[Element | None], Filled] = ()
    codeFilter: Annotated[Sequence[DataRequirementCodeFilter], Filled] = ()
    dateFilter: Annotated[Sequence[DataRequirementDateFilter], Filled] = ()
    limit: PositiveInt | None = None
    _limit: Element | None = None
    sort: Annotated[Sequence[DataRequirementSort], Filled] = ()


class DataRequirementCodeFilter(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: String | None = None
    _path: Element | None = None
    searchParam: String | None = None
    _searchParam: Element | None = None
    valueSet: String | None = None
    _valueSet: Element | None = None
    code: Annotated[Sequence[Coding], Filled] = ()


class DataRequirementDateFilter(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: String | None = None
    _path: Element | None = None
    searchParam: String | None = None
    _searchParam: Element | None = None
    valueDateTime: String | None = None
    _valueDateTime: Element | None = None
    valuePeriod: Period | None = None
    valueDuration: Duration | None = None


class DataRequirementSort(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: String | None = None
    _path: Element | None = None
    direction: String | None = None
    _direction: Element | None = None


class Distance(Quantity, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    pass


class Dosage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: Integer | None = None
    _sequence: Element | None = None
    text: String | None = None
    _text: Element | None = None
    additionalInstruction: Annotated[Sequence[CodeableConcept], Filled] = ()
    patientInstruction: String | None = None
    _patientInstruction: Element | None = None
    timing: Timing | None = None
    asNeededBoolean: bool | None = None
    _asNeededBoolean: Element | None = None
    asNeededCodeableConcept: CodeableConcept | None = None
    site: CodeableConcept | None = None
    route: CodeableConcept | None = None
    method: CodeableConcept | None = None
    doseAndRate: Annotated[Sequence[DosageDoseAndRate], Filled] = ()
    maxDosePerPeriod: Ratio | None = None
    maxDosePerAdministration: Quantity | None = None
    maxDosePerLifetime: Quantity | None = None


class DosageDoseAndRate(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: CodeableConcept | None = None
    doseRange: Range | None = None
    doseQuantity: Quantity | None = None
    rateRatio: Ratio | None = None
    rateRange: Range | None = None
    rateQuantity: Quantity | None = None


class Duration(Quantity, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    pass


class ElementDefinition(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: String | None = None
    _path: Element | None = None
    representation: Annotated[Sequence[String | None], Filled] = ()
    _representation: Annotated[Sequence[Element | None], Filled] = ()
    sliceName: String | None = None
    _sliceName: Element | None = None
    sliceIsConstraining: bool | None = None
    _sliceIsConstraining: Element | None = None
    label: String | None = None
    _label: Element | None = None
    code: Annotated[Sequence[Coding], Filled] = ()
    slicing: ElementDefinitionSlicing | None = None
    short: String | None = None
    _short: Element | None = None
    definition: String | None = None
    _definition: Element | None = None
    comment: String | None = None
    _comment: Element | None = None
    requirements: String | None = None
    _requirements: Element | None = None
    alias: Annotated[Sequence[String | None], Filled] = ()
    _alias: Annotated[Sequence[Element | None], Filled] = ()
    min: UnsignedInt | None = None
    _min: Element | None = None
    max: String | None = None
    _max: Element | None = None
    base: ElementDefinitionBase | None = None
    contentReference: String | None = None
    _contentReference: Element | None = None
    type: Annotated[Sequence[ElementDefinitionType], Filled] = ()
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
    meaningWhenMissing: String | None = None
    _meaningWhenMissing: Element | None = None
    orderMeaning: String | None = None
    _orderMeaning: Element | None = None
    fixedBase64Binary: String | None = None
    _fixedBase64Binary: Element | None = None
    fixedBoolean: bool | None = None
    _fixedBoolean: Element | None = None
    fixedCanonical: String | None = None
    _fixedCanonical: Element | None = None
    fixedCode: String | None = None
    _fixedCode: Element | None = None
    fixedDate: String | None = None
    _fixedDate: Element | None = None
    fixedDateTime: String | None = None
    _fixedDateTime: Element | None = None
    fixedDecimal: Decimal | None = None
    _fixedDecimal: Element | None = None
    fixedId: String | None = None
    _fixedId: Element | None = None
    fixedInstant: String | None = None
    _fixedInstant: Element | None = None
    fixedInteger: Integer | None = None
    _fixedInteger: Element | None = None
    fixedMarkdown: String | None = None
    _fixedMarkdown: Element | None = None
    fixedOid: String | None = None
    _fixedOid: Element | None = None
    fixedPositiveInt: PositiveInt | None = None
    _fixedPositiveInt: Element | None = None
    fixedString: String | None = None
    _fixedString: Element | None = None
    fixedTime: String | None = None
    _fixedTime: Element | None = None
    fixedUnsignedInt: UnsignedInt | None = None
    _fixedUnsignedInt: Element | None = None
    fixedUri: String | None = None
    _fixedUri: Element | None = None
    fixedUrl: String | None = None
    _fixedUrl: Element | None = None
    fixedUuid: String | None = None
    _fixedUuid: Element | None = None
    fixedAddress: Address | None = None
    fixedAge: Age | None = None
    fixedAnnotation: Annotation | None = None
    fixedAttachment: Attachment | None = None
    fixedCodeableConcept: CodeableConcept | None = None
    fixedCoding: Coding | None = None
    fixedContactPoint: ContactPoint | None = None
    fixedCount: Count | None = None
    fixedDistance: Distance | None = None
    fixedDuration: Duration | None = None
    fixedHumanName: HumanName | None = None
    fixedIdentifier: Identifier | None = None
    fixedMoney: Money | None = None
    fixedPeriod: Period | None = None
    fixedQuantity: Quantity | None = None
    fixedRange: Range | None = None
    fixedRatio: Ratio | None = None
    fixedReference: Reference | None = None
    fixedSampledData: SampledData | None = None
    fixedSignature: Signature | None = None
    fixedTiming: Timing | None = None
    fixedContactDetail: ContactDetail | None = None
    fixedContributor: Contributor | None = None
    fixedDataRequirement: DataRequirement | None = None
    fixedExpression: Expression | None = None
    fixedParameterDefinition: ParameterDefinition | None = None
    fixedRelatedArtifact: RelatedArtifact | None = None
    fixedTriggerDefinition: TriggerDefinition | None = None
    fixedUsageContext: UsageContext | None = None
    fixedDosage: Dosage | None = None
    fixedMeta: Meta | None = None
    patternBase64Binary: String | None = None
    _patternBase64Binary: Element | None = None
    patternBoolean: bool | None = None
    _patternBoolean: Element | None = None
    patternCanonical: String | None = None
    _patternCanonical: Element | None = None
    patternCode: String | None = None
    _patternCode: Element | None = None
    patternDate: String | None = None
    _patternDate: Element | None = None
    patternDateTime: String | None = None
    _patternDateTime: Element | None = None
    patternDecimal: Decimal | None = None
    _patternDecimal: Element | None = None
    patternId: String | None = None
    _patternId: Element | None = None
    patternInstant: String | None = None
    _patternInstant: Element | None = None
    patternInteger: Integer | None = None
    _patternInteger: Element | None = None
    patternMarkdown: String | None = None
    _patternMarkdown: Element | None = None
    patternOid: String | None = None
    _patternOid: Element | None = None
    patternPositiveInt: PositiveInt | None = None
    _patternPositiveInt: Element | None = None
    patternString: String | None = None
    _patternString: Element | None = None
    patternTime: String | None = None
    _patternTime: Element | None = None
    patternUnsignedInt: UnsignedInt | None = None
    _patternUnsignedInt: Element | None = None
    patternUri: String | None = None
    _patternUri: Element | None = None
    patternUrl: String | None = None
    _patternUrl: Element | None = None
    patternUuid: String | None = None
    _patternUuid: Element | None = None
    patternAddress: Address | None = None
    patternAge: Age | None = None
    patternAnnotation: Annotation | None = None
    patternAttachment: Attachment | None = None
    patternCodeableConcept: CodeableConcept | None = None
    patternCoding: Coding | None = None
    patternContactPoint: ContactPoint | None = None
    patternCount: Count | None = None
    patternDistance: Distance | None = None
    patternDuration: Duration | None = None
    patternHumanName: HumanName | None = None
    patternIdentifier: Identifier | None = None
    patternMoney: Money | None = None
    patternPeriod: Period | None = None
    patternQuantity: Quantity | None = None
    patternRange: Range | None = None
    patternRatio: Ratio | None = None
    patternReference: Reference | None = None
    patternSampledData: SampledData | None = None
    patternSignature: Signature | None = None
    patternTiming: Timing | None = None
    patternContactDetail: ContactDetail | None = None
    patternContributor: Contributor | None = None
    patternDataRequirement: DataRequirement | None = None
    patternExpression: Expression | None = None
    patternParameterDefinition: ParameterDefinition | None = None
    patternRelatedArtifact: RelatedArtifact | None = None
    patternTriggerDefinition: TriggerDefinition | None = None
    patternUsageContext: UsageContext | None = None
    patternDosage: Dosage | None = None
    patternMeta: Meta | None = None
    example: Annotated[Sequence[ElementDefinitionExample], Filled] = ()
    minValueDate: String | None = None
    _minValueDate: Element | None = None
    minValueDateTime: String | None = None
    _minValueDateTime: Element | None = None
    minValueInstant: String | None = None
    _minValueInstant: Element | None = None
    minValueTime: String | None = None
    _minValueTime: Element | None = None
    minValueDecimal: Decimal | None = None
    _minValueDecimal: Element | None = None
    minValueInteger: Integer | None = None
    _minValueInteger: Element | None = None
    minValuePositiveInt: PositiveInt | None = None
    _minValuePositiveInt: Element | None = None
    minValueUnsignedInt: UnsignedInt | None = None
    _minValueUnsignedInt: Element | None = None
    minValueQuantity: Quantity | None = None
    maxValueDate: String | None = None
    _maxValueDate: Element | None = None
    maxValueDateTime: String | None = None
    _maxValueDateTime: Element | None = None
    maxValueInstant: String | None = None
    _maxValueInstant: Element | None = None
    maxValueTime: String | None = None
    _maxValueTime: Element | None = None
    maxValueDecimal: Decimal | None = None
    _maxValueDecimal: Element | None = None
    maxValueInteger: Integer | None = None
    _maxValueInteger: Element | None = None
    maxValuePositiveInt: PositiveInt | None = None
    _maxValuePositiveInt: Element | None = None
    maxValueUnsignedInt: UnsignedInt | None = None
    _maxValueUnsignedInt: Element | None = None
    maxValueQuantity: Quantity | None = None
    maxLength: Integer | None = None
    _maxLength: Element | None = None
    condition: Annotated[Sequence[String | None], Filled] = ()
    _condition: Annotated[Sequence[Element | None], Filled] = ()
    constraint: Annotated[Sequence[ElementDefinitionConstraint], Filled] = ()
    mustSupport: bool | None = None
    _mustSupport: Element | None = None
    isModifier: bool | None = None
    _isModifier: Element | None = None
    isModifierReason: String | None = None
    _isModifierReason: Element | None = None
    isSummary: bool | None = None
    _isSummary: Element | None = None
    binding: ElementDefinitionBinding | None = None
    mapping: Annotated[Sequence[ElementDefinitionMapping], Filled] = ()


class ElementDefinitionSlicing(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    discriminator: Annotated[Sequence[ElementDefinitionSlicingDiscriminator], Filled] = ()
    description: String | None = None
    _description: Element | None = None
    ordered: bool | None = None
    _ordered: Element | None = None
    rules: String | None = None
    _rules: Element | None = None


class ElementDefinitionSlicingDiscriminator(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    path: String | None = None
    _path: Element | None = None


class ElementDefinitionBase(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: String | None = None
    _path: Element | None = None
    min: UnsignedInt | None = None
    _min: Element | None = None
    max: String | None = None
    _max: Element | None = None


class ElementDefinitionType(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: String | None = None
    _code: Element | None = None
    profile: Annotated[Sequence[String | None], Filled] = ()
    _profile: Annotated[Sequence[Element | None], Filled] = ()
    targetProfile: Annotated[Sequence[String | None], Filled] = ()
    _targetProfile: Annotated[Sequence[Element | None], Filled] = ()
    aggregation: Annotated[Sequence[String | None], Filled] = ()
    _aggregation: Annotated[Sequence[Element | None], Filled] = ()
    versioning: String | None = None
    _versioning: Element | None = None


class ElementDefinitionExample(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    label: String | None = None
    _label: Element | None = None
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


class ElementDefinitionConstraint(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    key: String | None = None
    _key: Element | None = None
    requirements: String | None = None
    _requirements: Element | None = None
    severity: String | None = None
    _severity: Element | None = None
    human: String | None = None
    _human: Element | None = None
    expression: String | None = None
    _expression: Element | None = None
    xpath: String | None = None
    _xpath: Element | None = None
    source: String | None = None
    _source: Element | None = None


class ElementDefinitionBinding(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    strength: String | None = None
    _strength: Element | None = None
    description: String | None = None
    _description: Element | None = None
    valueSet: String | None = None
    _valueSet: Element | None = None


class ElementDefinitionMapping(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identity: String | None = None
    _identity: Element | None = None
    language: String | None = None
    _language: Element | None = None
    map: String | None = None
    _map: Element | None = None
    comment: String | None = None
    _comment: Element | None = None


class Expression(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: String | None = None
    _description: Element | None = None
    name: String | None = None
    _name: Element | None = None
    language: String | None = None
    _language: Element | None = None
    expression: String | None = None
    _expression: Element | None = None
    reference: String | None = None
    _reference: Element | None = None


class Extension(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    url: String | None = None
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


class HumanName(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    use: String | None = None
    _use: Element | None = None
    text: String | None = None
    _text: Element | None = None
    family: String | None = None
    _family: Element | None = None
    given: Annotated[Sequence[String | None], Filled] = ()
    _given: Annotated[Sequence[Element | None], Filled] = ()
    prefix: Annotated[Sequence[String | None], Filled] = ()
    _prefix: Annotated[Sequence[Element | None], Filled] = ()
    suffix: Annotated[Sequence[String | None], Filled] = ()
    _suffix: Annotated[Sequence[Element | None], Filled] = ()
    period: Period | None = None


class Identifier(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    use: String | None = None
    _use: Element | None = None
    type: CodeableConcept | None = None
    system: String | None = None
    _system: Element | None = None
    value: String | None = None
    _value: Element | None = None
    period: Period | None = None
    assigner: Reference | None = None


class MarketingStatus(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    country: CodeableConcept | None = None
    jurisdiction: CodeableConcept | None = None
    status: CodeableConcept | None = None
    dateRange: Period | None = None
    restoreDate: String | None = None
    _restoreDate: Element | None = None


class Meta(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    versionId: String | None = None
    _versionId: Element | None = None
    lastUpdated: String | None = None
    _lastUpdated: Element | None = None
    source: String | None = None
    _source: Element | None = None
    profile: Annotated[Sequence[String | None], Filled] = ()
    _profile: Annotated[Sequence[Element | None], Filled] = ()
    security: Annotated[Sequence[Coding], Filled] = ()
    tag: Annotated[Sequence[Coding], Filled] = ()


class Money(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    value: Decimal | None = None
    _value: Element | None = None
    currency: String | None = None
    _currency: Element | None = None


class Narrative(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    status: String | None = None
    _status: Element | None = None
    div: String | None = None


class ParameterDefinition(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
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
    profile: String | None = None
    _profile: Element | None = None


class Period(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    start: String | None = None
    _start: Element | None = None
    end: String | None = None
    _end: Element | None = None


class Population(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    ageRange: Range | None = None
    ageCodeableConcept: CodeableConcept | None = None
    gender: CodeableConcept | None = None
    race: CodeableConcept | None = None
    physiologicalCondition: CodeableConcept | None = None


class ProdCharacteristic(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    height: Quantity | None = None
    width: Quantity | None = None
    depth: Quantity | None = None
    weight: Quantity | None = None
    nominalVolume: Quantity | None = None
    externalDiameter: Quantity | None = None
    shape: String | None = None
    _shape: Element | None = None
    color: Annotated[Sequence[String | None], Filled] = ()
    _color: Annotated[Sequence[Element | None], Filled] = ()
    imprint: Annotated[Sequence[String | None], Filled] = ()
    _imprint: Annotated[Sequence[Element | None], Filled] = ()
    image: Annotated[Sequence[Attachment], Filled] = ()
    scoring: CodeableConcept | None = None


class ProductShelfLife(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    type: CodeableConcept | None = None
    period: Quantity | None = None
    specialPrecautionsForStorage: Annotated[Sequence[CodeableConcept], Filled] = ()


class Range(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    low: Quantity | None = None
    high: Quantity | None = None


class Ratio(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    numerator: Quantity | None = None
    denominator: Quantity | None = None


class Reference(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: String | None = None
    _reference: Element | None = None
    type: String | None = None
    _type: Element | None = None
    identifier: Identifier | None = None
    display: String | None = None
    _display: Element | None = None


class RelatedArtifact(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    label: String | None = None
    _label: Element | None = None
    display: String | None = None
    _display: Element | None = None
    citation: String | None = None
    _citation: Element | None = None
    url: String | None = None
    _url: Element | None = None
    document: Attachment | None = None
    resource: String | None = None
    _resource: Element | None = None


class SampledData(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    origin: Quantity | None = None
    period: Decimal | None = None
    _period: Element | None = None
    factor: Decimal | None = None
    _factor: Element | None = None
    lowerLimit: Decimal | None = None
    _lowerLimit: Element | None = None
    upperLimit: Decimal | None = None
    _upperLimit: Element | None = None
    dimensions: PositiveInt | None = None
    _dimensions: Element | None = None
    data: String | None = None
    _data: Element | None = None


class Signature(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Annotated[Sequence[Coding], Filled] = ()
    when: String | None = None
    _when: Element | None = None
    who: Reference | None = None
    onBehalfOf: Reference | None = None
    targetFormat: String | None = None
    _targetFormat: Element | None = None
    sigFormat: String | None = None
    _sigFormat: Element | None = None
    data: String | None = None
    _data: Element | None = None


class SubstanceAmount(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    amountQuantity: Quantity | None = None
    amountRange: Range | None = None
    amountString: String | None = None
    _amountString: Element | None = None
    amountType: CodeableConcept | None = None
    amountText: String | None = None
    _amountText: Element | None = None
    referenceRange: SubstanceAmountReferenceRange | None = None


class SubstanceAmountReferenceRange(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    lowLimit: Quantity | None = None
    highLimit: Quantity | None = None


class Timing(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    event: Annotated[Sequence[String | None], Filled] = ()
    _event: Annotated[Sequence[Element | None], Filled] = ()
    repeat: TimingRepeat | None = None
    code: CodeableConcept | None = None


class TimingRepeat(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    boundsDuration: Duration | None = None
    boundsRange: Range | None = None
    boundsPeriod: Period | None = None
    count: PositiveInt | None = None
    _count: Element | None = None
    countMax: PositiveInt | None = None
    _countMax: Element | None = None
    duration: Decimal | None = None
    _duration: Element | None = None
    durationMax: Decimal | None = None
    _durationMax: Element | None = None
    durationUnit: String | None = None
    _durationUnit: Element | None = None
    frequency: PositiveInt | None = None
    _frequency: Element | None = None
    frequencyMax: PositiveInt | None = None
    _frequencyMax: Element | None = None
    period: Decimal | None = None
    _period: Element | None = None
    periodMax: Decimal | None = None
    _periodMax: Element | None = None
    periodUnit: String | None = None
    _periodUnit: Element | None = None
    dayOfWeek: Annotated[Sequence[String | None], Filled] = ()
    _dayOfWeek: Annotated[Sequence[Element | None], Filled] = ()
    timeOfDay: Annotated[Sequence[String | None], Filled] = ()
    _timeOfDay: Annotated[Sequence[Element | None], Filled] = ()
    when: Annotated[Sequence[String | None], Filled] = ()
    _when: Annotated[Sequence[Element | None], Filled] = ()
    offset: UnsignedInt | None = None
    _offset: Element | None = None


class TriggerDefinition(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: String | None = None
    _type: Element | None = None
    name: String | None = None
    _name: Element | None = None
    timingTiming: Timing | None = None
    timingReference: Reference | None = None
    timingDate: String | None = None
    _timingDate: Element | None = None
    timingDateTime: String | None = None
    _timingDateTime: Element | None = None
    data: Annotated[Sequence[DataRequirement], Filled] = ()
    condition: Expression | None = None


class UsageContext(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: Coding | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueQuantity: Quantity | None = None
    valueRange: Range | None = None
    valueReference: Reference | None = None
