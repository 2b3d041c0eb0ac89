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
    id: str | None = None
    extension: Sequence[Extension] = ()


class BackboneElement(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    modifierExtension: Sequence[Extension] = ()


class Address(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    use: str | None = None
    _use: Element | None = None
    type: str | None = None
    _type: Element | None = None
    text: str | None = None
    _text: Element | None = None
    line: Sequence[str | None] = ()
    _line: Sequence[Element | None] = ()
    city: str | None = None
    _city: Element | None = None
    district: str | None = None
    _district: Element | None = None
    state: str | None = None
    _state: Element | None = None
    postalCode: str | None = None
    _postalCode: Element | None = None
    country: str | None = None
    _country: Element | None = None
    period: Period | None = None


class Quantity(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    value: Decimal | None = None
    _value: Element | None = None
    comparator: str | None = None
    _comparator: Element | None = None
    unit: str | None = None
    _unit: Element | None = None
    system: str | None = None
    _system: Element | None = None
    code: str | None = None
    _code: Element | None = None


class Age(Quantity, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    pass


class Annotation(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    authorReference: Reference | None = None
    authorString: str | None = None
    _authorString: Element | None = None
    time: str | None = None
    _time: Element | None = None
    text: str | None = None
    _text: Element | None = None


class Attachment(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    contentType: str | None = None
    _contentType: Element | None = None
    language: str | None = None
    _language: Element | None = None
    data: str | None = None
    _data: Element | None = None
    url: str | None = None
    _url: Element | None = None
    size: UnsignedInt | None = None
    _size: Element | None = None
    hash: str | None = None
    _hash: Element | None = None
    title: str | None = None
    _title: Element | None = None
    creation: str | None = None
    _creation: Element | None = None


class CodeableConcept(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    coding: Sequence[Coding] = ()
    text: str | None = None
    _text: Element | None = None


class Coding(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    system: str | None = None
    _system: Element | None = None
    version: str | None = None
    _version: Element | None = None
    code: str | None = None
    _code: Element | None = None
    display: str | None = None
    _display: Element | None = None
    userSelected: bool | None = None
    _userSelected: Element | None = None


class ContactDetail(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    name: str | None = None
    _name: Element | None = None
    telecom: Sequence[ContactPoint] = ()


class ContactPoint(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    system: str | None = None
    _system: Element | None = None
    value: str | None = None
    _value: Element | None = None
    use: str | None = None
    _use: Element | None = None
    rank: PositiveInt | None = None
    _rank: Element | None = None
    period: Period | None = None


class Contributor(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    name: str | None = None
    _name: Element | None = None
    contact: Sequence[ContactDetail] = ()


class Count(Quantity, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    pass


class DataRequirement(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    profile: Sequence[str | None] = ()
    _profile: Sequence[Element | None] = ()
    subjectCodeableConcept: CodeableConcept | None = None
    subjectReference: Reference | None = None
    mustSupport: Sequence[str | None] = ()
    _mustSupport: Sequence[Element | None] = ()
    codeFilter: Sequence[DataRequirementCodeFilter] = ()
    dateFilter: Sequence[DataRequirementDateFilter] = ()
    limit: PositiveInt | None = None
    _limit: Element | None = None
    sort: Sequence[DataRequirementSort] = ()


class DataRequirementCodeFilter(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: str | None = None
    _path: Element | None = None
    searchParam: str | None = None
    _searchParam: Element | None = None
    valueSet: str | None = None
    _valueSet: Element | None = None
    code: Sequence[Coding] = ()


class DataRequirementDateFilter(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: str | None = None
    _path: Element | None = None
    searchParam: str | None = None
    _searchParam: Element | None = None
    valueDateTime: str | None = None
    _valueDateTime: Element | None = None
    valuePeriod: Period | None = None
    valueDuration: Duration | None = None


class DataRequirementSort(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: str | None = None
    _path: Element | None = None
    direction: str | None = None
    _direction: Element | None = None


class Distance(Quantity, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    pass


class Dosage(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    sequence: Integer | None = None
    _sequence: Element | None = None
    text: str | None = None
    _text: Element | None = None
    additionalInstruction: Sequence[CodeableConcept] = ()
    patientInstruction: str | None = None
    _patientInstruction: Element | None = None
    timing: Timing | None = None
    asNeededBoolean: bool | None = None
    _asNeededBoolean: Element | None = None
    asNeededCodeableConcept: CodeableConcept | None = None
    site: CodeableConcept | None = None
    route: CodeableConcept | None = None
    method: CodeableConcept | None = None
    doseAndRate: Sequence[DosageDoseAndRate] = ()
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
    path: str | None = None
    _path: Element | None = None
    representation: Sequence[str | None] = ()
    _representation: Sequence[Element | None] = ()
    sliceName: str | None = None
    _sliceName: Element | None = None
    sliceIsConstraining: bool | None = None
    _sliceIsConstraining: Element | None = None
    label: str | None = None
    _label: Element | None = None
    code: Sequence[Coding] = ()
    slicing: ElementDefinitionSlicing | None = None
    short: str | None = None
    _short: Element | None = None
    definition: str | None = None
    _definition: Element | None = None
    comment: str | None = None
    _comment: Element | None = None
    requirements: str | None = None
    _requirements: Element | None = None
    alias: Sequence[str | None] = ()
    _alias: Sequence[Element | None] = ()
    min: UnsignedInt | None = None
    _min: Element | None = None
    max: str | None = None
    _max: Element | None = None
    base: ElementDefinitionBase | None = None
    contentReference: str | None = None
    _contentReference: Element | None = None
    type: Sequence[ElementDefinitionType] = ()
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
    meaningWhenMissing: str | None = None
    _meaningWhenMissing: Element | None = None
    orderMeaning: str | None = None
    _orderMeaning: Element | None = None
    fixedBase64Binary: str | None = None
    _fixedBase64Binary: Element | None = None
    fixedBoolean: bool | None = None
    _fixedBoolean: Element | None = None
    fixedCanonical: str | None = None
    _fixedCanonical: Element | None = None
    fixedCode: str | None = None
    _fixedCode: Element | None = None
    fixedDate: str | None = None
    _fixedDate: Element | None = None
    fixedDateTime: str | None = None
    _fixedDateTime: Element | None = None
    fixedDecimal: Decimal | None = None
    _fixedDecimal: Element | None = None
    fixedId: str | None = None
    _fixedId: Element | None = None
    fixedInstant: str | None = None
    _fixedInstant: Element | None = None
    fixedInteger: Integer | None = None
    _fixedInteger: Element | None = None
    fixedMarkdown: str | None = None
    _fixedMarkdown: Element | None = None
    fixedOid: str | None = None
    _fixedOid: Element | None = None
    fixedPositiveInt: PositiveInt | None = None
    _fixedPositiveInt: Element | None = None
    fixedString: str | None = None
    _fixedString: Element | None = None
    fixedTime: str | None = None
    _fixedTime: Element | None = None
    fixedUnsignedInt: UnsignedInt | None = None
    _fixedUnsignedInt: Element | None = None
    fixedUri: str | None = None
    _fixedUri: Element | None = None
    fixedUrl: str | None = None
    _fixedUrl: Element | None = None
    fixedUuid: str | None = None
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
    patternBase64Binary: str | None = None
    _patternBase64Binary: Element | None = None
    patternBoolean: bool | None = None
    _patternBoolean: Element | None = None
    patternCanonical: str | None = None
    _patternCanonical: Element | None = None
    patternCode: str | None = None
    _patternCode: Element | None = None
    patternDate: str | None = None
    _patternDate: Element | None = None
    patternDateTime: str | None = None
    _patternDateTime: Element | None = None
    patternDecimal: Decimal | None = None
    _patternDecimal: Element | None = None
    patternId: str | None = None
    _patternId: Element | None = None
    patternInstant: str | None = None
    _patternInstant: Element | None = None
    patternInteger: Integer | None = None
    _patternInteger: Element | None = None
    patternMarkdown: str | None = None
    _patternMarkdown: Element | None = None
    patternOid: str | None = None
    _patternOid: Element | None = None
    patternPositiveInt: PositiveInt | None = None
    _patternPositiveInt: Element | None = None
    patternString: str | None = None
    _patternString: Element | None = None
    patternTime: str | None = None
    _patternTime: Element | None = None
    patternUnsignedInt: UnsignedInt | None = None
    _patternUnsignedInt: Element | None = None
    patternUri: str | None = None
    _patternUri: Element | None = None
    patternUrl: str | None = None
    _patternUrl: Element | None = None
    patternUuid: str | None = None
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
    example: Sequence[ElementDefinitionExample] = ()
    minValueDate: str | None = None
    _minValueDate: Element | None = None
    minValueDateTime: str | None = None
    _minValueDateTime: Element | None = None
    minValueInstant: str | None = None
    _minValueInstant: Element | None = None
    minValueTime: str | None = None
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
    maxValueDate: str | None = None
    _maxValueDate: Element | None = None
    maxValueDateTime: str | None = None
    _maxValueDateTime: Element | None = None
    maxValueInstant: str | None = None
    _maxValueInstant: Element | None = None
    maxValueTime: str | None = None
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
    condition: Sequence[str | None] = ()
    _condition: Sequence[Element | None] = ()
    constraint: Sequence[ElementDefinitionConstraint] = ()
    mustSupport: bool | None = None
    _mustSupport: Element | None = None
    isModifier: bool | None = None
    _isModifier: Element | None = None
    isModifierReason: str | None = None
    _isModifierReason: Element | None = None
    isSummary: bool | None = None
    _isSummary: Element | None = None
    binding: ElementDefinitionBinding | None = None
    mapping: Sequence[ElementDefinitionMapping] = ()


class ElementDefinitionSlicing(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    discriminator: Sequence[ElementDefinitionSlicingDiscriminator] = ()
    description: str | None = None
    _description: Element | None = None
    ordered: bool | None = None
    _ordered: Element | None = None
    rules: str | None = None
    _rules: Element | None = None


class ElementDefinitionSlicingDiscriminator(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    path: str | None = None
    _path: Element | None = None


class ElementDefinitionBase(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    path: str | None = None
    _path: Element | None = None
    min: UnsignedInt | None = None
    _min: Element | None = None
    max: str | None = None
    _max: Element | None = None


class ElementDefinitionType(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: str | None = None
    _code: Element | None = None
    profile: Sequence[str | None] = ()
    _profile: Sequence[Element | None] = ()
    targetProfile: Sequence[str | None] = ()
    _targetProfile: Sequence[Element | None] = ()
    aggregation: Sequence[str | None] = ()
    _aggregation: Sequence[Element | None] = ()
    versioning: str | None = None
    _versioning: Element | None = None


class ElementDefinitionExample(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    label: str | None = None
    _label: Element | None = None
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


class ElementDefinitionConstraint(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    key: str | None = None
    _key: Element | None = None
    requirements: str | None = None
    _requirements: Element | None = None
    severity: str | None = None
    _severity: Element | None = None
    human: str | None = None
    _human: Element | None = None
    expression: str | None = None
    _expression: Element | None = None
    xpath: str | None = None
    _xpath: Element | None = None
    source: str | None = None
    _source: Element | None = None


class ElementDefinitionBinding(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    strength: str | None = None
    _strength: Element | None = None
    description: str | None = None
    _description: Element | None = None
    valueSet: str | None = None
    _valueSet: Element | None = None


class ElementDefinitionMapping(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identity: str | None = None
    _identity: Element | None = None
    language: str | None = None
    _language: Element | None = None
    map: str | None = None
    _map: Element | None = None
    comment: str | None = None
    _comment: Element | None = None


class Expression(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    description: str | None = None
    _description: Element | None = None
    name: str | None = None
    _name: Element | None = None
    language: str | None = None
    _language: Element | None = None
    expression: str | None = None
    _expression: Element | None = None
    reference: str | None = None
    _reference: Element | None = None


class Extension(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    url: str | None = None
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


class HumanName(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    use: str | None = None
    _use: Element | None = None
    text: str | None = None
    _text: Element | None = None
    family: str | None = None
    _family: Element | None = None
    given: Sequence[str | None] = ()
    _given: Sequence[Element | None] = ()
    prefix: Sequence[str | None] = ()
    _prefix: Sequence[Element | None] = ()
    suffix: Sequence[str | None] = ()
    _suffix: Sequence[Element | None] = ()
    period: Period | None = None


class Identifier(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    use: str | None = None
    _use: Element | None = None
    type: CodeableConcept | None = None
    system: str | None = None
    _system: Element | None = None
    value: str | None = None
    _value: Element | None = None
    period: Period | None = None
    assigner: Reference | None = None


class MarketingStatus(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    country: CodeableConcept | None = None
    jurisdiction: CodeableConcept | None = None
    status: CodeableConcept | None = None
    dateRange: Period | None = None
    restoreDate: str | None = None
    _restoreDate: Element | None = None


class Meta(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    versionId: str | None = None
    _versionId: Element | None = None
    lastUpdated: str | None = None
    _lastUpdated: Element | None = None
    source: str | None = None
    _source: Element | None = None
    profile: Sequence[str | None] = ()
    _profile: Sequence[Element | None] = ()
    security: Sequence[Coding] = ()
    tag: Sequence[Coding] = ()
    project: str | None = None
    _project: Element | None = None
    author: Reference | None = None
    onBehalfOf: Reference | None = None
    account: Reference | None = None
    accounts: Sequence[Reference] = ()
    compartment: Sequence[Reference] = ()
    deleted: bool | None = None
    _deleted: Element | None = None


class Money(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    value: Decimal | None = None
    _value: Element | None = None
    currency: str | None = None
    _currency: Element | None = None


class Narrative(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    status: str | None = None
    _status: Element | None = None
    div: str | None = None


class ParameterDefinition(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
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
    profile: str | None = None
    _profile: Element | None = None


class Period(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    start: str | None = None
    _start: Element | None = None
    end: str | None = None
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
    shape: str | None = None
    _shape: Element | None = None
    color: Sequence[str | None] = ()
    _color: Sequence[Element | None] = ()
    imprint: Sequence[str | None] = ()
    _imprint: Sequence[Element | None] = ()
    image: Sequence[Attachment] = ()
    scoring: CodeableConcept | None = None


class ProductShelfLife(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    identifier: Identifier | None = None
    type: CodeableConcept | None = None
    period: Quantity | None = None
    specialPrecautionsForStorage: Sequence[CodeableConcept] = ()


class Range(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    low: Quantity | None = None
    high: Quantity | None = None


class Ratio(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    numerator: Quantity | None = None
    denominator: Quantity | None = None


class Reference(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    reference: str | None = None
    _reference: Element | None = None
    type: str | None = None
    _type: Element | None = None
    identifier: Identifier | None = None
    display: str | None = None
    _display: Element | None = None


class RelatedArtifact(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    label: str | None = None
    _label: Element | None = None
    display: str | None = None
    _display: Element | None = None
    citation: str | None = None
    _citation: Element | None = None
    url: str | None = None
    _url: Element | None = None
    document: Attachment | None = None
    resource: str | None = None
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
    data: str | None = None
    _data: Element | None = None


class Signature(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: Sequence[Coding] = ()
    when: str | None = None
    _when: Element | None = None
    who: Reference | None = None
    onBehalfOf: Reference | None = None
    targetFormat: str | None = None
    _targetFormat: Element | None = None
    sigFormat: str | None = None
    _sigFormat: Element | None = None
    data: str | None = None
    _data: Element | None = None


class SubstanceAmount(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    amountQuantity: Quantity | None = None
    amountRange: Range | None = None
    amountString: str | None = None
    _amountString: Element | None = None
    amountType: CodeableConcept | None = None
    amountText: str | None = None
    _amountText: Element | None = None
    referenceRange: SubstanceAmountReferenceRange | None = None


class SubstanceAmountReferenceRange(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    lowLimit: Quantity | None = None
    highLimit: Quantity | None = None


class Timing(BackboneElement, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    event: Sequence[str | None] = ()
    _event: Sequence[Element | None] = ()
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
    durationUnit: str | None = None
    _durationUnit: Element | None = None
    frequency: PositiveInt | None = None
    _frequency: Element | None = None
    frequencyMax: PositiveInt | None = None
    _frequencyMax: Element | None = None
    period: Decimal | None = None
    _period: Element | None = None
    periodMax: Decimal | None = None
    _periodMax: Element | None = None
    periodUnit: str | None = None
    _periodUnit: Element | None = None
    dayOfWeek: Sequence[str | None] = ()
    _dayOfWeek: Sequence[Element | None] = ()
    timeOfDay: Sequence[str | None] = ()
    _timeOfDay: Sequence[Element | None] = ()
    when: Sequence[str | None] = ()
    _when: Sequence[Element | None] = ()
    offset: UnsignedInt | None = None
    _offset: Element | None = None


class TriggerDefinition(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    type: str | None = None
    _type: Element | None = None
    name: str | None = None
    _name: Element | None = None
    timingTiming: Timing | None = None
    timingReference: Reference | None = None
    timingDate: str | None = None
    _timingDate: Element | None = None
    timingDateTime: str | None = None
    _timingDateTime: Element | None = None
    data: Sequence[DataRequirement] = ()
    condition: Expression | None = None


class UsageContext(Element, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, repr_omit_defaults=True, gc=False):
    code: Coding | None = None
    valueCodeableConcept: CodeableConcept | None = None
    valueQuantity: Quantity | None = None
    valueRange: Range | None = None
    valueReference: Reference | None = None
