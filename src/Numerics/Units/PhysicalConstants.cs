namespace Plumbline.Numerics;

/// <summary>A constant of physics.</summary>
/// <param name="Symbol">As a model writes it after <c>const.</c>.</param>
/// <param name="Name">Its name in the listing, in English.</param>
/// <param name="Value">The recommended value, in <paramref name="Unit"/>.</param>
/// <param name="StandardUncertainty">Its standard uncertainty, same unit; 0 for an exact constant.</param>
/// <param name="Unit">A coherent SI unit; "1" for a number.</param>
public sealed record PhysicalConstant(string Symbol, string Name, double Value, double StandardUncertainty, string Unit)
{
    /// <summary>How the constant follows from the adjusted ones: powers of α, R∞, A_r(e), A_r(p) and A_r(n). What has none stands for itself.</summary>
    internal int[] Powers { get; init; } = [];
}

/// <summary>Fundamental physical constants (基本物理常数): the 2022 CODATA adjustment, E. Tiesinga, P. J. Mohr, D. B. Newell and B. N. Taylor, as listed at physics.nist.gov/constants.</summary>
/// <remarks>Correlations come from the relations that define the derived constants, such as m_e = 2hR∞/(cα²): the adjusted constants α, R∞, A_r(e), A_r(p), A_r(n) are taken as uncorrelated, which the listing confirms to within a few hundredths.</remarks>
public static class PhysicalConstants
{
    /// <summary>Which adjustment the values come from: a result that rests on a constant has to name it.</summary>
    public const string Edition = "CODATA 2022";

    private const double Light = 299792458, Planck = 6.62607015e-34, Charge = 1.602176634e-19, Boltzmann = 1.380649e-23, Avogadro = 6.02214076e23;

    private static readonly double[] AdjustedRelative = [1.1e-12 / 7.2973525643e-3, 12e-6 / 10973731.568157, 97e-15 / 5.485799090441e-4, 83e-13 / 1.0072764665789, 40e-11 / 1.00866491606];

    /// <summary>Every constant, exact ones first.</summary>
    public static IReadOnlyList<PhysicalConstant> All { get; } =
    [
        new("c", "speed of light in vacuum", Light, 0, "m/s"),
        new("h", "Planck constant", Planck, 0, "J s"),
        new("hbar", "reduced Planck constant", Planck / (2 * Math.PI), 0, "J s"),
        new("e", "elementary charge", Charge, 0, "C"),
        new("k", "Boltzmann constant", Boltzmann, 0, "J/K"),
        new("N_A", "Avogadro constant", Avogadro, 0, "mol^-1"),
        new("dnu_Cs", "hyperfine transition frequency of Cs-133", 9192631770, 0, "Hz"),
        new("K_cd", "luminous efficacy", 683, 0, "lm/W"),
        new("R", "molar gas constant", Avogadro * Boltzmann, 0, "J/(mol K)"),
        new("F", "Faraday constant", Avogadro * Charge, 0, "C/mol"),
        new("Phi_0", "magnetic flux quantum", Planck / (2 * Charge), 0, "Wb"),
        new("K_J", "Josephson constant", 2 * Charge / Planck, 0, "Hz/V"),
        new("R_K", "von Klitzing constant", Planck / (Charge * Charge), 0, "Ω"),
        new("sigma", "Stefan-Boltzmann constant", 2 * Math.Pow(Math.PI, 5) * Math.Pow(Boltzmann, 4) / (15 * Math.Pow(Planck, 3) * Light * Light), 0, "W/(m^2 K^4)"),
        new("c_1", "first radiation constant", 2 * Math.PI * Planck * Light * Light, 0, "W m^2"),
        new("c_2", "second radiation constant", Planck * Light / Boltzmann, 0, "m K"),
        new("b_W", "Wien wavelength displacement law constant", Planck * Light / (Boltzmann * 4.965114231744276303), 0, "m K"),
        new("K_J90", "conventional value of Josephson constant, 1990", 483597.9e9, 0, "Hz/V"),
        new("R_K90", "conventional value of von Klitzing constant, 1990", 25812.807, 0, "Ω"),
        new("g_n", "standard acceleration of gravity", 9.80665, 0, "m/s^2"),
        new("atm", "standard atmosphere", 101325, 0, "Pa"),
        new("G", "Newtonian constant of gravitation", 6.67430e-11, 0.00015e-11, "m^3/(kg s^2)"),
        new("alpha", "fine-structure constant", 7.2973525643e-3, 0.0000000011e-3, "1") { Powers = [1] },
        new("R_inf", "Rydberg constant", 10973731.568157, 0.000012, "m^-1") { Powers = [0, 1] },
        new("A_r_e", "electron relative atomic mass", 5.485799090441e-4, 0.000000000097e-4, "1") { Powers = [0, 0, 1] },
        new("A_r_p", "proton relative atomic mass", 1.0072764665789, 0.0000000000083, "1") { Powers = [0, 0, 0, 1] },
        new("A_r_n", "neutron relative atomic mass", 1.00866491606, 0.00000000040, "1") { Powers = [0, 0, 0, 0, 1] },
        new("mu_0", "vacuum magnetic permeability", 1.25663706127e-6, 0.00000000020e-6, "N/A^2") { Powers = [1] },
        new("eps_0", "vacuum electric permittivity", 8.8541878188e-12, 0.0000000014e-12, "F/m") { Powers = [-1] },
        new("Z_0", "characteristic impedance of vacuum", 376.730313412, 0.000000059, "Ω") { Powers = [1] },
        new("m_e", "electron mass", 9.1093837139e-31, 0.0000000028e-31, "kg") { Powers = [-2, 1] },
        new("m_u", "atomic mass constant", 1.66053906892e-27, 0.00000000052e-27, "kg") { Powers = [-2, 1, -1] },
        new("m_p", "proton mass", 1.67262192595e-27, 0.00000000052e-27, "kg") { Powers = [-2, 1, -1, 1] },
        new("m_n", "neutron mass", 1.67492750056e-27, 0.00000000085e-27, "kg") { Powers = [-2, 1, -1, 0, 1] },
        new("a_0", "Bohr radius", 5.29177210544e-11, 0.00000000082e-11, "m") { Powers = [1, -1] },
        new("E_h", "Hartree energy", 4.3597447222060e-18, 0.0000000000048e-18, "J") { Powers = [0, 1] },
        new("r_e", "classical electron radius", 2.8179403205e-15, 0.0000000013e-15, "m") { Powers = [3, -1] },
        new("lambda_C", "Compton wavelength", 2.42631023538e-12, 0.00000000076e-12, "m") { Powers = [2, -1] },
        new("sigma_e", "Thomson cross section", 6.6524587051e-29, 0.0000000062e-29, "m^2") { Powers = [6, -2] },
        new("M_u", "molar mass constant", 1.00000000105e-3, 0.00000000031e-3, "kg/mol") { Powers = [-2, 1, -1] },
        new("mu_B", "Bohr magneton", 9.2740100657e-24, 0.0000000029e-24, "J/T") { Powers = [2, -1] },
        new("mu_N", "nuclear magneton", 5.0507837393e-27, 0.0000000016e-27, "J/T") { Powers = [2, -1, 1, -1] },
    ];

    private static readonly Dictionary<string, PhysicalConstant> bySymbol = All.ToDictionary(c => c.Symbol, StringComparer.Ordinal);

    /// <summary>The constant of this symbol; null when there is none.</summary>
    /// <param name="symbol">Such as <c>m_e</c>; case counts.</param>
    public static PhysicalConstant? Find(string symbol) => bySymbol.GetValueOrDefault(symbol ?? "");

    /// <summary>The correlation coefficient of two constants, by the relations that define them.</summary>
    /// <param name="one">A constant.</param>
    /// <param name="other">A constant.</param>
    /// <returns>Between −1 and 1; 0 where one is exact or nothing is shared.</returns>
    public static double Correlation(PhysicalConstant one, PhysicalConstant other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Symbol == other.Symbol)
            return one.StandardUncertainty > 0 ? 1 : 0;
        double both = 0, first = 0, second = 0;
        for (var i = 0; i < AdjustedRelative.Length; i++)
        {
            double a = i < one.Powers.Length ? one.Powers[i] * AdjustedRelative[i] : 0, b = i < other.Powers.Length ? other.Powers[i] * AdjustedRelative[i] : 0;
            (both, first, second) = (both + a * b, first + a * a, second + b * b);
        }
        return both == 0 ? 0 : Math.Clamp(both / Math.Sqrt(first * second), -1, 1);
    }
}
