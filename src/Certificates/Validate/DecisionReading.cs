using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plumbline.Numerics;

namespace Plumbline.Certificates;

/// <summary>The decision rule that a certificate states: by reference type, or in the words that the trade uses for it.</summary>
internal static partial class DecisionReading
{
    private static readonly (DecisionRule Rule, string RefType, Func<Regex> Words)[] rules =
    [
        (DecisionRule.SimpleAcceptance, "simpleAcceptance", Simple),
        (DecisionRule.GuardedAcceptance, "guardedAcceptance", Guarded),
        (DecisionRule.GuardedRejection, "guardedRejection", Rejection),
        (DecisionRule.NonBinary, "nonBinary", NonBinary),
        (DecisionRule.Iso14253, "iso14253", Iso14253),
        (DecisionRule.Jjf1094, "jjf1094", Jjf1094),
    ];

    /// <summary>How many neighbours of a verdict are looked at.</summary>
    public const int Beside = 50;

    /// <summary>The rule stated beside a verdict, else one stated for the whole file; null where none is, or where several are.</summary>
    public static DecisionRule? Of(CheckedFile file, XElement metaData) =>
        Stated([metaData, .. metaData.Parent?.Elements().Take(Beside) ?? []]) ?? file.DecisionRule;

    /// <summary>The rule stated for the whole file.</summary>
    public static DecisionRule? OfFile(XElement root) => Stated([.. root.Descendants().Where(e => e.IsDcc && e.Local is "statement" or "metaData" or "usedMethod" && IsAbout(e))]);

    private static bool IsAbout(XElement element) => element.RefTypes.Any(t => t.Contains("conformity", StringComparison.OrdinalIgnoreCase) || t.Contains("decisionRule", StringComparison.OrdinalIgnoreCase) || rules.Any(r => t.EndsWith(r.RefType, StringComparison.OrdinalIgnoreCase)));

    private static DecisionRule? Stated(XElement[] places)
    {
        var byType = rules.Where(r => places.Any(p => p.RefTypes.Any(t => t.EndsWith(r.RefType, StringComparison.OrdinalIgnoreCase)))).Select(r => r.Rule).ToArray();
        if (byType.Length > 0)
            return byType.Length == 1 ? byType[0] : null;
        var words = string.Join('\n', places.SelectMany(p => p.Elements()).Where(e => e.Local is "declaration" or "name" or "description" or "norm" or "reference" or "convention").Select(e => e.Value));
        var byWords = rules.Where(r => r.Words().IsMatch(words)).Select(r => r.Rule).ToArray();
        return byWords.Length == 1 ? byWords[0] : null;
    }

    [GeneratedRegex(@"简单接受|简单验收|simple acceptance|einfache Akzeptanz|shared risk|风险共担|\bw\s*=\s*0(?![.\d])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Simple();

    [GeneratedRegex(@"保护带(?!.{0,4}为\s*0)|guarded acceptance|guard band(?!.{0,8}\b0\b)|\bw\s*=\s*U\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Guarded();

    [GeneratedRegex(@"guarded rejection|保护拒收", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rejection();

    [GeneratedRegex(@"non-?binary|非二元", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NonBinary();

    [GeneratedRegex(@"ISO\s*14253|GB/T\s*18779", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Iso14253();

    [GeneratedRegex(@"JJF\s*1094", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Jjf1094();
}
