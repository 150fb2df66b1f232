namespace Plumbline.Certificates;

/// <summary>What a document is, as its statement <c>cnm_documentKind</c>, the log and the seal say it. The numbers are part of the seal's format: never renumber.</summary>
public enum DocumentKind
{
    /// <summary>检定证书: a measuring instrument that passed verification.</summary>
    VerificationCertificate = 1,
    /// <summary>检定结果通知书: one that did not.</summary>
    VerificationNotice = 2,
    /// <summary>校准证书.</summary>
    CalibrationCertificate = 3,
    /// <summary>标准物质证书.</summary>
    ReferenceMaterialCertificate = 4,
    /// <summary>计量比对报告.</summary>
    ComparisonReport = 5,
    /// <summary>比对结果证明: one participant's result in a comparison.</summary>
    ComparisonStatement = 6,
    /// <summary>测试评价报告.</summary>
    EvaluationReport = 7,
}
