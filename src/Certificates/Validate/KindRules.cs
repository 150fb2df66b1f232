using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>The kind of quantity (QUDT) and the dimension of the unit beside it.</summary>
internal static class KindRules
{
    public static void Run(CheckedFile file)
    {
        foreach (var kind in file.Root.Descendants().Where(e => e.IsSi && e.Local is "quantityTypeQUDT" or "listQuantityTypeQUDT" or "quantityTypeQUDTXMLList"))
        {
            var units = Beside(kind).Select(u => (At: u, Unit: DsiUnitReading.Of(u.Local == "unitXMLList" ? u.Tokens.FirstOrDefault() ?? "" : u.Value).Unit)).ToArray();
            var written = kind.Text;
            if (written.Length == 0)
                continue;
            if (QuantityKinds.Find(written) is not { } known)
                continue;
            if (known.Name != written)
                file.Report("kind-name", kind, written, known.Name);
            // A name that is written otherwise may be meant otherwise: only the exact one binds the unit.
            else if (units.FirstOrDefault(u => u.Unit is { } unit && unit.Dimension != known.Dimension) is { Unit: { } wrong } found)
                file.Report("kind-unit", found.At, wrong.ToString(), known.Dimension.ToString(), known.Name, wrong.Dimension.ToString());
        }
    }

    private static IEnumerable<XElement> Beside(XElement kind) => kind.Parent!.Elements().Where(e => e.Local is "unit" or "listUnit" or "unitXMLList").Concat(kind.Local == "listQuantityTypeQUDT" ? kind.Parent.Elements().Where(e => e.Local is "real" or "complex").Elements().Where(e => e.Local == "unit") : []);
}
