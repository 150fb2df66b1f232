namespace Plumbline.Certificates;

/// <summary>Fourth layer: the rules of D-SI that its schema cannot say.</summary>
internal static class QuantityCheck
{
    public static void Run(CheckedFile file)
    {
        NumberRules.Run(file);
        ListRules.Run(file);
        UnitRules.Run(file);
        HybridRules.Run(file);
        CovarianceRules.Run(file);
        UncertaintyForm.Run(file);
    }
}
