namespace Plumbline.Numerics;

/// <summary>Power-law noise of a clock or source (噪声类型): the exponent α of S<sub>y</sub>(f) = h<sub>α</sub> f<sup>α</sup>.</summary>
public enum NoiseType
{
    /// <summary>α = 2, white phase modulation (调相白噪声).</summary>
    WhitePhase = 2,

    /// <summary>α = 1, flicker phase modulation (调相闪变噪声).</summary>
    FlickerPhase = 1,

    /// <summary>α = 0, white frequency modulation (调频白噪声).</summary>
    WhiteFrequency = 0,

    /// <summary>α = −1, flicker frequency modulation (调频闪变噪声).</summary>
    FlickerFrequency = -1,

    /// <summary>α = −2, random walk of frequency (调频随机游走噪声).</summary>
    RandomWalkFrequency = -2,

    /// <summary>α = −3, flicker walk of frequency (调频闪变游走噪声).</summary>
    FlickerWalkFrequency = -3,

    /// <summary>α = −4, random run of frequency (调频随机奔跑噪声).</summary>
    RandomRunFrequency = -4,
}

/// <summary>How the noise type of an averaging time was come by.</summary>
public enum NoiseSource
{
    /// <summary>By the lag-1 autocorrelation (Riley and Greenhall 2004): at least thirty points remain after averaging.</summary>
    Autocorrelation,

    /// <summary>By the ratios B<sub>1</sub> (standard over Allan variance) and R(n) (modified over Allan variance).</summary>
    Ratios,

    /// <summary>Too few points: taken over from the averaging time before.</summary>
    Previous,

    /// <summary>Given by the caller.</summary>
    Given,

    /// <summary>Nothing could be identified: white frequency noise is assumed.</summary>
    Assumed,
}
