using System.Text;
using QRCoder;

namespace Plumbline.Certificates;

/// <summary>The QR code of a seal (ISO/IEC 18004, error correction M), as SVG for print and as PNG.</summary>
public sealed class SealSymbol
{
    /// <summary>The largest version that a label takes: 53 modules, 20.1 mm with the quiet zone at 0.33 mm a module.</summary>
    public const int LabelVersion = 9;

    private const int QuietZone = 4;
    private readonly QRCodeData code;

    private SealSymbol(QRCodeData code) => this.code = code;

    /// <summary>Version of the symbol, 1 to 40.</summary>
    public int Version => code.Version;

    /// <summary>Whether it fits a label.</summary>
    public bool FitsLabel => Version <= LabelVersion;

    /// <summary>Modules along a side, quiet zone included.</summary>
    public int Modules => 17 + 4 * Version + 2 * QuietZone;

    /// <summary>Makes the symbol of a text.</summary>
    /// <param name="url">What <see cref="SealCodec.ToUrl"/> gives. All but its <c>#</c> is set in alphanumeric mode.</param>
    public static SealSymbol Make(string url)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        return new(QRCodeGenerator.GenerateQrCode(url, QRCodeGenerator.ECCLevel.M));
    }

    /// <summary>PNG, black on white, with its quiet zone.</summary>
    /// <param name="pixelsPerModule">1 to 100.</param>
    public byte[] ToPng(int pixelsPerModule = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixelsPerModule, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixelsPerModule, 100);
        using var png = new PngByteQRCode(code);
        return png.GetGraphic(pixelsPerModule, drawQuietZones: true);
    }

    /// <summary>SVG of true size, black on white, with its quiet zone.</summary>
    /// <param name="moduleMillimetres">Side of a module in millimetres; 0.33 is what cameras of telephones read from a label.</param>
    public string ToSvg(double moduleMillimetres = 0.33)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(moduleMillimetres);
        if (!double.IsFinite(moduleMillimetres))
            throw new ArgumentOutOfRangeException(nameof(moduleMillimetres), moduleMillimetres, "A length in millimetres is expected.");
        var path = new StringBuilder();
        // The matrix brings its quiet zone along.
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
            for (var x = 0; x < code.ModuleMatrix.Count; x++)
            {
                if (!code.ModuleMatrix[y][x])
                    continue;
                var from = x;
                while (x + 1 < code.ModuleMatrix.Count && code.ModuleMatrix[y][x + 1])
                    x++;
                path.Append($"M{from} {y}h{x - from + 1}v1h-{x - from + 1}z");
            }
        var side = $"{code.ModuleMatrix.Count * moduleMillimetres:0.###}mm";
        return $"""<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {code.ModuleMatrix.Count} {code.ModuleMatrix.Count}" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="{path}"/></svg>""" + "\n";
    }
}
