namespace Plumbline.Numerics;

/// <summary>The measures of frequency stability (频率稳定度), named as in NIST SP 1065.</summary>
public enum DeviationKind
{
    /// <summary>Overlapping Allan deviation (重叠阿伦偏差): the first choice.</summary>
    Oadev,

    /// <summary>Allan deviation without overlap (阿伦偏差).</summary>
    Adev,

    /// <summary>Modified Allan deviation (修正阿伦偏差): tells white from flicker phase noise.</summary>
    Mdev,

    /// <summary>Time deviation (时间偏差), τ MDEV/√3; in the unit of time of the phases.</summary>
    Tdev,

    /// <summary>Hadamard deviation without overlap (哈达玛偏差).</summary>
    Hdev,

    /// <summary>Overlapping Hadamard deviation (重叠哈达玛偏差): blind to linear frequency drift.</summary>
    Ohdev,

    /// <summary>Total deviation (总偏差): better confidence at long averaging times.</summary>
    Totdev,

    /// <summary>Modified total deviation (修正总偏差).</summary>
    Mtotdev,

    /// <summary>Time total deviation (时间总偏差), τ MTOTDEV/√3.</summary>
    Ttotdev,

    /// <summary>Hadamard total deviation (哈达玛总偏差).</summary>
    Htotdev,

    /// <summary>Thêo1 (Howe and Peppler 2003): averaging times up to three quarters of the record.</summary>
    Theo1,

    /// <summary>ThêoH: the overlapping Allan deviation up to a tenth of the record, Thêo1 freed of its bias beyond.</summary>
    Theoh,

    /// <summary>Parabolic deviation (抛物线偏差; Vernotte and others 2015), that of an Ω counter.</summary>
    Pdev,
}

/// <summary>A stability at one averaging time, with its confidence interval.</summary>
/// <param name="Kind">What was computed.</param>
/// <param name="AveragingFactor">m: the averaging time in sampling intervals.</param>
/// <param name="Tau">τ in the unit of the interval: m τ<sub>0</sub>, or 0.75 m τ<sub>0</sub> where Thêo1 is meant.</param>
/// <param name="Deviation">The deviation, freed of bias where asked; no unit, or a time for TDEV and TTOTDEV.</param>
/// <param name="Count">The number of differences that were averaged.</param>
/// <param name="Noise">The noise type on which degrees of freedom and bias rest.</param>
/// <param name="NoiseSource">How that type was come by.</param>
/// <param name="EquivalentDegreesOfFreedom">Of the variance, taken as χ².</param>
/// <param name="Confidence">Confidence interval of the deviation; its upper end is infinite where the degrees of freedom are too few to bound it.</param>
/// <param name="VarianceBias">By what the variance was divided: the expected ratio of this statistic to the variance it stands for; 1 where there is none.</param>
public sealed record StabilityPoint(DeviationKind Kind, int AveragingFactor, double Tau, double Deviation, long Count, NoiseType Noise, NoiseSource NoiseSource,
    double EquivalentDegreesOfFreedom, Interval Confidence, double VarianceBias);
