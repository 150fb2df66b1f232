using System.Collections.Frozen;

namespace Plumbline.Certificates;

/// <summary>Kinds of quantities by their QUDT names (http://qudt.org/vocab/quantitykind/) and the dimension of each: those that calibration certificates use.</summary>
internal static class QuantityKinds
{
    // Exponents of m kg s A K mol cd, then the names.
    private const string table = """
        1 0 0 0 0 0 0: Length Width Height Depth Thickness Diameter Radius Distance PathLength Wavelength Displacement Altitude Breadth Circumference
        2 0 0 0 0 0 0: Area SurfaceArea
        3 0 0 0 0 0 0: Volume LiquidVolume SectionModulus
        0 0 0 0 0 0 0: Dimensionless DimensionlessRatio Angle PlaneAngle SolidAngle Strain Count RefractiveIndex RelativeHumidity MassFraction AmountOfSubstanceFraction VolumeFraction MassRatio Efficiency Reflectance Transmittance Absorbance PowerFactor PH StandardAbsoluteActivity RelativeMassDensity RelativePermittivity Emissivity
        0 1 0 0 0 0 0: Mass AtomicMass
        0 0 1 0 0 0 0: Time Period HalfLife TimeConstant ResponseTime RotationalPeriod
        0 0 -1 0 0 0 0: Frequency AngularVelocity AngularFrequency RotationalFrequency RotationalVelocity Activity SamplingRate
        0 0 -2 0 0 0 0: AngularAcceleration
        1 0 -1 0 0 0 0: Speed Velocity LinearVelocity
        1 0 -2 0 0 0 0: Acceleration LinearAcceleration AccelerationOfGravity
        1 1 -2 0 0 0 0: Force Weight
        2 1 -2 0 0 0 0: Energy Work Heat Torque MomentOfForce KineticEnergy PotentialEnergy
        -1 1 -2 0 0 0 0: Pressure VaporPressure AtmosphericPressure Stress NormalStress ModulusOfElasticity GaugePressure AbsolutePressure SoundPressure
        2 1 -3 0 0 0 0: Power ActivePower ApparentPower ReactivePower RadiantFlux HeatFlowRate SoundPower
        -3 1 0 0 0 0 0: Density MassDensity MassConcentration
        -2 1 0 0 0 0 0: MassPerArea SurfaceDensity
        -1 1 0 0 0 0 0: LinearDensity MassPerLength
        -1 1 -1 0 0 0 0: DynamicViscosity Viscosity
        2 0 -1 0 0 0 0: KinematicViscosity Diffusivity ThermalDiffusivity
        0 1 -1 0 0 0 0: MassFlowRate
        3 0 -1 0 0 0 0: VolumeFlowRate VolumePerUnitTime
        0 1 -2 0 0 0 0: SurfaceTension ForcePerLength Stiffness
        0 0 0 1 0 0 0: ElectricCurrent MagnetomotiveForce
        0 0 1 1 0 0 0: ElectricCharge
        2 1 -3 -1 0 0 0: Voltage ElectricPotential ElectricPotentialDifference EnergyPerElectricCharge
        2 1 -3 -2 0 0 0: Resistance ElectricResistance Impedance Reactance
        -2 -1 3 2 0 0 0: Conductance ElectricConductance Admittance
        3 1 -3 -2 0 0 0: Resistivity ElectricResistivity
        -3 -1 3 2 0 0 0: Conductivity ElectricConductivity
        -2 -1 4 2 0 0 0: Capacitance
        2 1 -2 -2 0 0 0: Inductance SelfInductance MutualInductance
        0 1 -2 -1 0 0 0: MagneticFluxDensity MagneticField
        2 1 -2 -1 0 0 0: MagneticFlux
        -1 0 0 1 0 0 0: MagneticFieldStrength
        1 1 -3 -1 0 0 0: ElectricFieldStrength
        0 0 0 0 1 0 0: Temperature ThermodynamicTemperature CelsiusTemperature TemperatureDifference DewPointTemperature
        0 0 0 0 -1 0 0: LinearExpansionCoefficient ExpansionRatio
        1 1 -3 0 -1 0 0: ThermalConductivity
        2 1 -2 0 -1 0 0: HeatCapacity Entropy
        2 0 -2 0 -1 0 0: SpecificHeatCapacity
        0 0 0 0 0 1 0: AmountOfSubstance
        -3 0 0 0 0 1 0: AmountOfSubstanceConcentration Concentration
        0 1 0 0 0 -1 0: MolarMass
        0 0 -1 0 0 1 0: CatalyticActivity
        0 0 0 0 0 0 1: LuminousIntensity LuminousFlux
        -2 0 0 0 0 0 1: Illuminance Luminance
        2 0 -2 0 0 0 0: AbsorbedDose DoseEquivalent Kerma SpecificEnergy
        2 0 -3 0 0 0 0: AbsorbedDoseRate DoseEquivalentRate
        0 1 -3 0 0 0 0: Irradiance PowerPerArea HeatFluxDensity
        0 -1 1 1 0 0 0: Exposure
        """;

    private static readonly FrozenDictionary<string, (string Name, Dimension Dimension)> kinds = Read().ToFrozenDictionary(k => Plain(k.Name), k => k, StringComparer.Ordinal);

    /// <summary>The kind with the name, written in whatever case and with or without blanks; null for one that is not in the table.</summary>
    public static (string Name, Dimension Dimension)? Find(string name) => name.Length <= 80 && kinds.TryGetValue(Plain(name[(name.LastIndexOf('/') + 1)..]), out var kind)
        ? (name.EndsWith(kind.Name, StringComparison.Ordinal) ? name : kind.Name, kind.Dimension) : null;

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static IEnumerable<(string Name, Dimension Dimension)> Read()
    {
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(':');
            var e = parts[0].Split(' ').Select(p => decimal.Parse(p, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            foreach (var name in parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return (name, new(e[0], e[1], e[2], e[3], e[4], e[5], e[6]));
        }
    }
}
