using System.Xml;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Reading elements of a certificate by local name: the namespaces are those of DCC and D-SI, whichever version.</summary>
internal static class XmlReading
{
    private static readonly char[] blanks = [' ', '\t', '\r', '\n'];

    extension(XElement element)
    {
        public string Local => element.Name.LocalName;

        public bool IsDcc => element.Name.Namespace == DccNames.Dcc;

        /// <summary>D-SI has kept its namespace since 1.3; the two older ones differ in path.</summary>
        public bool IsSi => element.Name.NamespaceName is "https://ptb.de/si" or "https://ptb.de/si/smartcom/d-si/v1_0_1" || element.Name.NamespaceName.EndsWith("/Digitaler_Kalibrierschein/SI", StringComparison.Ordinal);

        public XElement? Child(string local) => element.Elements().FirstOrDefault(e => e.Name.LocalName == local);

        public IEnumerable<XElement> Children(string local) => element.Elements().Where(e => e.Name.LocalName == local);

        /// <summary>Down a path of local names.</summary>
        public XElement? Down(params ReadOnlySpan<string> path)
        {
            var at = element;
            foreach (var step in path)
            {
                if (at.Child(step) is not { } next)
                    return null;
                at = next;
            }
            return at;
        }

        public string Text => element.Value.Trim(blanks);

        public string[] Tokens => element.Value.Split(blanks, StringSplitOptions.RemoveEmptyEntries);

        public string[] RefTypes => ((string?)element.Attribute("refType") ?? "").Split(blanks, StringSplitOptions.RemoveEmptyEntries);

        /// <summary>Has the reference type, or one that refines it by a further word.</summary>
        public bool HasRefType(string refType) => element.RefTypes.Any(t => t == refType || t.StartsWith(refType + "_", StringComparison.Ordinal));

        public int Line => ((IXmlLineInfo)element).HasLineInfo() ? ((IXmlLineInfo)element).LineNumber : 0;

        /// <summary>Names from the root, with the place among namesakes where there is more than one.</summary>
        public string Path => string.Concat(element.AncestorsAndSelf().Reverse().Select(e => "/" + e.Name.LocalName + Place(e)));
    }

    private static string Place(XElement element)
    {
        var before = element.ElementsBeforeSelf().Count(e => e.Name.LocalName == element.Name.LocalName);
        return before > 0 || element.ElementsAfterSelf().Any(e => e.Name.LocalName == element.Name.LocalName) ? $"[{before + 1}]" : "";
    }
}
