using System.Xml.Linq;
using Plumbline.Numerics;
using Judgement = Plumbline.Numerics.ConformityVerdict;

namespace Plumbline.Certificates;

/// <summary>Verdicts recomputed from value, uncertainty, limits and the decision rule stated.</summary>
internal static class VerdictRules
{
    public static void Run(CheckedFile file)
    {
        foreach (var verdicts in file.Root.Descendants().Where(e => e.IsDcc && e.Local is "conformity" or "conformityXMLList").ToArray())
            if (verdicts.Parent is { Local: "metaData" } metaData && metaData.Parent is { Local: "measurementMetaData" } block && Limits.Of(metaData) is { } limits && Judged(block.Parent!, limits) is { } judged)
                Check(file, verdicts, metaData, limits, judged);
    }

    /// <summary>The quantity that a verdict is about: the one it stands at, or in a list the errors, else the measured values.</summary>
    private static XElement? Judged(XElement owner, Limits limits)
    {
        if (owner.Local == "quantity" && !(limits.AreForErrors && !owner.HasRefType("basic_measurementError") && owner.HasRefType("basic_measuredValue")))
            return owner;
        var list = owner.Local == "list" ? owner : owner.Parent;
        var errors = list?.Children("quantity").FirstOrDefault(q => q.HasRefType("basic_measurementError"));
        return errors ?? (limits.AreForErrors ? null : list?.Children("quantity").FirstOrDefault(q => q.HasRefType("basic_measuredValue")));
    }

    private static void Check(CheckedFile file, XElement verdicts, XElement metaData, Limits limits, XElement quantity)
    {
        if (QuantityValues.Members(quantity).FirstOrDefault(m => m.Unit(0) is { } u && limits.Foreign(u) is null) is not { } values)
        {
            if (QuantityValues.First(quantity) is { } other && other.Unit(0) is { } unit && limits.Foreign(unit) is { } foreign)
                file.Report("verdict-unit", foreign.Element, foreign.UnitTexts[0], unit.ToString());
            return;
        }
        foreach (var list in new[] { limits.Lower, limits.Upper, limits.Permitted }.OfType<QuantityValues>().Where(l => l.Count != 1 && l.Count != values.Count))
            file.Report("limit-length", list.ValueAt, $"{list.Count}", values.Count == 1 ? "1" : $"1 / {values.Count}");
        var words = verdicts.Tokens;
        var rule = DecisionReading.Of(file, metaData);
        for (var i = 0; i < values.Rows && words.Length > 0; i++)
        {
            var word = words.Length == 1 ? words[0] : i < words.Length ? words[i] : null;
            if (word is null || values.Unit(i) is not { } unit || values.Value(i) is not { } value)
                continue;
            var (low, high) = (limits.LowerOf(i, unit), limits.UpperOf(i, unit));
            if (low is { } l && high is { } h && l > h)
            {
                file.Report("limit-order", limits.Lower?.ValueAt ?? metaData, Numbers.Fixed(l, 12), "≤ " + Numbers.Fixed(h, 12));
                return;
            }
            if (low is null && high is null)
                continue;
            var y = value.ToRatio();
            var inside = Least(low is { } a ? y - a : null, high is { } b ? b - y : null);
            if (!Fits(word, inside, low is { } p && high is { } q ? q - p : null, values, i, limits.IsAcceptance, rule))
                file.Report("verdict-differs", verdicts, words.Length == 1 && values.Count > 1 ? $"{word} ({i + 1})" : word + (words.Length > 1 ? $" ({i + 1})" : ""), Expected(inside, low is { } s && high is { } t ? t - s : null, values, i, limits.IsAcceptance, rule),
                    values.Show(i), values.ExpandedUncertainty(i) is { } u ? Numbers.Of(u.ToRatio(), u) : "–", $"{(low is { } from ? Numbers.Fixed(from, 12) : "−∞")} … {(high is { } to ? Numbers.Fixed(to, 12) : "∞")}", rule?.ToString() ?? "–");
        }
    }

    private static Ratio Least(Ratio? a, Ratio? b) => a is { } x ? b is { } y && y < x ? y : x : b!.Value;

    private static bool Fits(string word, Ratio inside, Ratio? width, QuantityValues values, int i, bool acceptance, DecisionRule? rule)
    {
        var u = values.ExpandedUncertainty(i)?.ToRatio();
        var within = inside >= Ratio.Zero;
        if (acceptance)
            return word switch
            {
                "pass" => within,
                "fail" or "noPass" => !within,
                "conditionalPass" => u is not { } w || Ratio.Abs(inside) <= w,
                "conditionalFail" => !within && (u is not { } w || -inside <= w + w),
                "noFail" => within || u is not { } w || -inside <= w + w,
                _ => true,
            };
        if (rule is { } stated && Verdict(stated, inside, width, values, i) is { } verdict)
            return Means(word, verdict, within);
        // Where no rule is stated, a verdict is wrong only if none of the usual ones gives it.
        return word switch
        {
            "pass" => within,
            "fail" => !within || u is { } w && inside < w,
            "conditionalPass" => within && (u is not { } w || inside < w),
            "conditionalFail" => !within && (u is not { } w || -inside <= w),
            "noPass" => !within || u is { } w && inside < w,
            "noFail" => within || u is { } w && -inside < w,
            _ => true,
        };
    }

    private static bool Means(string word, Judgement verdict, bool within) => verdict switch
    {
        Judgement.Pass => word is "pass" or "noFail",
        Judgement.ConditionalPass => word is "conditionalPass" or "noFail",
        Judgement.ConditionalFail => word is "conditionalFail" or "noPass",
        Judgement.Fail => word is "fail" or "noPass",
        Judgement.Undecided => word is "noPass" or "noFail" || word == (within ? "conditionalPass" : "conditionalFail"),
        _ => true,
    };

    /// <summary>The verdict of a rule. The distance to the nearest limit is exact; only the rule that needs a quantile works with rounding.</summary>
    private static Judgement? Verdict(DecisionRule rule, Ratio inside, Ratio? width, QuantityValues values, int i)
    {
        var u = values.ExpandedUncertainty(i)?.ToDouble();
        var k = values.Factor(i)?.ToDouble() is { } factor and > 0 ? factor : 2;
        if (values.Expanded.Length == 0 && values.StandardUncertainty(i)?.ToDouble() is { } standard)
            (u, k) = (2 * standard, 2);
        if (u is not { } expanded || !double.IsFinite(expanded) || expanded <= 0)
            return rule == DecisionRule.SimpleAcceptance ? inside >= Ratio.Zero ? Judgement.Pass : Judgement.Fail : null;
        var distance = inside.ToDouble();
        var limits = rule == DecisionRule.Jjf1094 && width is { } w && w.ToDouble() is var span && span > Math.Abs(distance) * 2 ? ToleranceLimits.Between(0, span) : ToleranceLimits.AtLeast(0);
        if (!double.IsFinite(distance))
            return null;
        // U is handed over as it stands, with a factor of one; the proof of ISO 14253 needs u = U/k.
        var table = rule == DecisionRule.Iso14253 ? DecisionRules.Decide(distance, expanded / k, limits, k) : DecisionRules.Decide(distance, expanded, limits, 1);
        return table[rule].Verdict is var verdict and not Judgement.NotApplicable ? verdict : null;
    }

    private static string Expected(Ratio inside, Ratio? width, QuantityValues values, int i, bool acceptance, DecisionRule? rule) =>
        (acceptance || rule is null ? null : Verdict(rule.Value, inside, width, values, i)) switch
        {
            Judgement.Pass => "pass",
            Judgement.ConditionalPass => "conditionalPass",
            Judgement.ConditionalFail => "conditionalFail",
            Judgement.Fail => "fail",
            Judgement.Undecided => "noPass / noFail",
            _ => inside >= Ratio.Zero ? "pass" : "fail",
        };
}
