namespace Plumbline.Certificates;

/// <summary>The terms of the vocabulary <c>cnm</c> that Plumbline adds to <c>refType</c>, for what the basic vocabulary has no word for. Declared in every certificate that uses them.</summary>
public static class CnmTerms
{
    /// <summary>Prefix of all terms.</summary>
    public const string Namespace = "cnm";
    /// <summary>Where the terms are described.</summary>
    public const string Link = "urn:plumbline:reftype:cnm";
    /// <summary>文件类型: <see cref="Certificates.DocumentKind"/> by name in <c>reference</c>.</summary>
    public const string DocumentKind = "cnm_documentKind";
    /// <summary>文件标题, where it differs from the kind's name.</summary>
    public const string Title = "cnm_title";
    /// <summary>证书标识: the 12 symbols under which log and seal know the document.</summary>
    public const string CertificateId = "cnm_certificateId";
    /// <summary>准确度等级.</summary>
    public const string AccuracyClass = "cnm_accuracyClass";
    /// <summary>最大允许误差.</summary>
    public const string MaximumPermissibleError = "cnm_maximumPermissibleError";
    /// <summary>检定结论.</summary>
    public const string Conclusion = "cnm_verificationConclusion";
    /// <summary>判定规则.</summary>
    public const string DecisionRule = "cnm_decisionRule";
    /// <summary>不合格项目.</summary>
    public const string NonconformingItem = "cnm_nonconformingItem";
    /// <summary>检定周期、有效期.</summary>
    public const string Period = "cnm_verificationPeriod";
    /// <summary>封印位置.</summary>
    public const string SealPosition = "cnm_sealPosition";
    /// <summary>法制相关软件.</summary>
    public const string LegallyRelevantSoftware = "cnm_legallyRelevantSoftware";
    /// <summary>软件指纹.</summary>
    public const string SoftwareFingerprint = "cnm_softwareFingerprint";
    /// <summary>机构授权: 计量授权证书、CNAS 认可.</summary>
    public const string Authorisation = "cnm_authorisation";
    /// <summary>上级证书编号, where no digest of the file is known.</summary>
    public const string CertificateNumber = "cnm_certificateNumber";
    /// <summary>更改原因.</summary>
    public const string ReasonForChange = "cnm_reasonForChange";
    /// <summary>检定员、校准员、编制人.</summary>
    public const string Operator = "cnm_operator";
    /// <summary>核验员、审核人.</summary>
    public const string Checker = "cnm_checker";
    /// <summary>批准人.</summary>
    public const string Approver = "cnm_approver";
    /// <summary>比对 by its number.</summary>
    public const string Comparison = "cnm_comparison";
    /// <summary>主导实验室.</summary>
    public const string PilotLaboratory = "cnm_pilotLaboratory";
    /// <summary>参比实验室: the data set of one.</summary>
    public const string Participant = "cnm_participant";
    /// <summary>比对参考值的数据集.</summary>
    public const string ComparisonReference = "cnm_comparisonReference";
    /// <summary>等效度.</summary>
    public const string DegreeOfEquivalence = "cnm_degreeOfEquivalence";
    /// <summary>E<sub>n</sub> 值.</summary>
    public const string EnNumber = "cnm_enNumber";
    /// <summary>比对点、参数: the row's name.</summary>
    public const string Measurand = "cnm_measurand";
    /// <summary>标准物质用途.</summary>
    public const string IntendedUse = "cnm_intendedUse";
    /// <summary>最小取样量.</summary>
    public const string MinimumSample = "cnm_minimumSample";
    /// <summary>运输与贮存.</summary>
    public const string Storage = "cnm_storage";
    /// <summary>制备.</summary>
    public const string Preparation = "cnm_preparation";
    /// <summary>均匀性.</summary>
    public const string Homogeneity = "cnm_homogeneity";
    /// <summary>稳定性.</summary>
    public const string Stability = "cnm_stability";
    /// <summary>溯源性.</summary>
    public const string Traceability = "cnm_traceability";
    /// <summary>评价指标.</summary>
    public const string Indicator = "cnm_indicator";
    /// <summary>指标要求.</summary>
    public const string Requirement = "cnm_requirement";
    /// <summary>评价意见.</summary>
    public const string Recommendation = "cnm_recommendation";
    /// <summary>说明.</summary>
    public const string Note = "cnm_note";
}
