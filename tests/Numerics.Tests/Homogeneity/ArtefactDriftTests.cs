using Plumbline.Numerics;

namespace Plumbline.Numerics.Tests.Homogeneity;

public sealed class ArtefactDriftTests
{
    private static readonly int[] artefacts = [0, 1, 0, 1, 0, 1, 0];
    private static readonly double[] times = [0, 1, 2, 3, 4, 5, 6];
    private static readonly double[] readings = [10.00, 20.12, 10.21, 20.29, 10.38, 20.52, 10.61];

    [Fact]
    public void Equal_independent_uncertainties_give_the_ordinary_fit()
    {
        var ordinary = ArtefactDrift.Fit(artefacts, times, readings, 1);
        var known = ArtefactDrift.Fit(artefacts, times, readings, 1, Diagonal(0.01));
        for (var i = 0; i < 3; i++)
            Assert.Equal(ordinary.Parameters[i], known.Parameters[i], 1e-12);
    }

    [Fact]
    public void What_is_common_to_all_returns_of_a_pilot_widens_values_and_not_the_drift()
    {
        // One pilot, whose standard has an uncertainty of 0.2 in every reading.
        var covariance = Diagonal(0.01);
        for (var i = 0; i < times.Length; i++)
            for (var j = 0; j < times.Length; j++)
                covariance[i, j] += 0.04;
        var (alone, common) = (ArtefactDrift.Fit(artefacts, times, readings, 1, Diagonal(0.01)), ArtefactDrift.Fit(artefacts, times, readings, 1, covariance));
        Assert.Equal(alone.Parameters[2], common.Parameters[2], 1e-12);
        Assert.Equal(alone.Covariance[2, 2], common.Covariance[2, 2], 1e-14);
        Assert.Equal(alone.Covariance[0, 0] + 0.04, common.Covariance[0, 0], 1e-12);
        Assert.Equal(alone.Covariance[0, 1] + 0.04, common.Covariance[0, 1], 1e-12);
    }

    [Fact]
    public void A_covariance_of_the_wrong_size_or_sign_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => ArtefactDrift.Fit(artefacts, times, readings, 1, new double[2, 2]));
        Assert.ThrowsAny<ArgumentException>(() => ArtefactDrift.Fit(artefacts, times, readings, 1, Diagonal(-1)));
    }

    private static double[,] Diagonal(double variance)
    {
        var matrix = new double[times.Length, times.Length];
        for (var i = 0; i < times.Length; i++)
            matrix[i, i] = variance;
        return matrix;
    }
}
