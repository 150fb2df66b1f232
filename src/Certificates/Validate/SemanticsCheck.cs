namespace Plumbline.Certificates;

/// <summary>Fifth layer: what the content says about itself.</summary>
internal static class SemanticsCheck
{
    public static void Run(CheckedFile file)
    {
        VerdictRules.Run(file);
        StatementRules.Run(file);
        ErrorRules.Run(file);
        CoverageRules.Run(file);
        RoundingRules.Run(file);
        DateRules.Run(file);
        StandardRules.Run(file);
        CapabilityRules.Run(file);
        IdentityRules.Run(file);
    }
}
