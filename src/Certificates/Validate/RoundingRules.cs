namespace Plumbline.Certificates;

/// <summary>An uncertainty has at most two significant digits, and the value ends at the same place.</summary>
internal static class RoundingRules
{
    public static void Run(CheckedFile file)
    {
        foreach (var quantity in file.All("quantity").Where(q => q.IsDcc))
            foreach (var member in QuantityValues.Members(quantity))
                Check(file, member);
    }

    private static void Check(CheckedFile file, QuantityValues list)
    {
        var (digits, places) = (false, false);
        for (var i = 0; i < list.Rows && !(digits && places); i++)
        {
            if ((list.ExpandedUncertainty(i) ?? list.StandardUncertainty(i)) is not { Significand.IsZero: false } u)
                continue;
            if (u.SignificantDigits > 2 && !digits)
            {
                digits = true;
                file.Report("uncertainty-digits", list.UncertaintyAt ?? list.Element, Numbers.Of(u.ToRatio(), u), null, u.SignificantDigits.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
            else if (u.SignificantDigits <= 2 && !places && list.Value(i) is { Significand.IsZero: false } value && (value.LastPlace < u.LastPlace || value.Exponent > u.LastPlace))
            {
                places = true;
                file.Report("value-rounding", list.ValueAt, list.Show(i) + (list.Count > 1 ? $" ({i + 1})" : ""), Numbers.Fixed(Numbers.PlaceOf(u), 40), Numbers.Of(u.ToRatio(), u));
            }
        }
    }
}
