namespace Plumbline.Registry;

/// <summary>Which regulator is an organisation's.</summary>
public static class Supervision
{
    /// <summary>A regulator decides on organisations of its own region and of every region below; on another regulator only from above.</summary>
    public static bool MayDecide(Organisation regulator, Organisation organisation, RegionTree regions) =>
        regulator.IsRegulator && regulator.Id != organisation.Id && regions.IsWithin(organisation.Region, regulator.Region) && (!organisation.IsRegulator || Rank(regulator.Kind) < Rank(organisation.Kind));

    private static int Rank(OrganisationKind kind) => kind switch
    {
        OrganisationKind.NationalRegulator => 0,
        OrganisationKind.ProvincialRegulator => 1,
        OrganisationKind.CityRegulator => 2,
        _ => 3,
    };
}
