using System.Globalization;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Places of a certificate as a spreadsheet names them: <c>/measurementResults/measurementResult[2]/name/content[1]</c>, D-SI elements with <c>si:</c>, attributes with <c>@</c>.</summary>
internal static class DccPaths
{
    /// <summary>What stands for the child XML of another vocabulary.</summary>
    public const string Xml = "#xml";

    private const int LargestIndex = 100_000;

    /// <summary>The path of an element below the root.</summary>
    public static string Of(XElement element)
    {
        var steps = element.AncestorsAndSelf().TakeWhile(e => e.Parent is not null).Select(Step).Reverse();
        return "/" + string.Join('/', steps);
    }

    /// <summary>The element at the path, made where it is missing; null where the path is none.</summary>
    public static XElement? Reach(XElement root, string path)
    {
        if (path is not ['/', _, ..])
            return null;
        var element = root;
        foreach (var step in path[1..].Split('/'))
        {
            if (Parse(step) is not var (name, index))
                return null;
            var alike = element.Elements(name).Take(index).Count();
            // Places are filled in order: the fifth needs the fourth.
            if (alike < index - 1)
                return null;
            if (alike < index)
                element.Add(new XElement(name));
            element = element.Elements(name).ElementAt(index - 1);
        }
        return element;
    }

    private static string Step(XElement element)
    {
        var name = (element.Name.Namespace == DccNames.Si ? "si:" : "") + element.Name.LocalName;
        return element.Parent!.Elements(element.Name).Take(2).Count() > 1 ? $"{name}[{(element.ElementsBeforeSelf(element.Name).Count() + 1).ToString(CultureInfo.InvariantCulture)}]" : name;
    }

    private static (XName Name, int Index)? Parse(string step)
    {
        var index = 1;
        if (step.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket)
        {
            if (step[^1] != ']' || !int.TryParse(step.AsSpan(bracket + 1, step.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture, out index) || index is < 1 or > LargestIndex)
                return null;
            step = step[..bracket];
        }
        var (names, local) = step.StartsWith("si:", StringComparison.Ordinal) ? (DccNames.Si, step[3..]) : (DccNames.Dcc, step);
        return local.Length > 0 && char.IsAsciiLetter(local[0]) && local.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? (names + local, index) : null;
    }
}
