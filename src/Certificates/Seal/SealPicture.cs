using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace Plumbline.Certificates;

/// <summary>Reads the text of a QR code from a picture, in managed code.</summary>
public static class SealPicture
{
    private static readonly Dictionary<DecodeHintType, object> searching = new() { [DecodeHintType.TRY_HARDER] = true }, upright = new() { [DecodeHintType.PURE_BARCODE] = true };

    /// <summary>Whether the file is a PNG, which <see cref="ReadText"/> can read.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => PngPicture.IsPng(file);

    /// <summary>The text of the QR code in a PNG.</summary>
    /// <param name="png">The file, at most 40 million pixels, not interlaced.</param>
    /// <returns>The text, or rules <c>picture-unreadable</c>, <c>picture-no-code</c>.</returns>
    public static Reading<string> ReadText(ReadOnlySpan<byte> png)
    {
        PngPicture picture;
        try
        {
            picture = PngPicture.Read(png);
        }
        catch (InvalidDataException fault)
        {
            return new(new Finding(FindingLayer.Form, FindingSeverity.Error, "picture-unreadable", "picture", fault.Message, "PNG"));
        }
        // The search misses about one perfect picture in seventy at a given size (an alignment pattern seen where there is none), and hardly one at two sizes.
        for (var divisor = 1; divisor <= 4 && Math.Min(picture.Width, picture.Height) / divisor >= SmallestSide; divisor++)
            if (Find(picture.Reduced(divisor)) is { } text)
                return new(text);
        return new(new Finding(FindingLayer.Form, FindingSeverity.Error, "picture-no-code", "picture", $"{picture.Width} × {picture.Height}"));
    }

    private const int SmallestSide = 29; // The side of the smallest symbol with its quiet zone, a pixel a module.

    private static string? Find(PngPicture picture)
    {
        LuminanceSource source = new RGBLuminanceSource(picture.Luminance, picture.Width, picture.Height, RGBLuminanceSource.BitmapFormat.Gray8);
        foreach (var (binarised, hints) in ((Binarizer, Dictionary<DecodeHintType, object>)[])
            [(new GlobalHistogramBinarizer(source), upright), (new HybridBinarizer(source), searching), (new GlobalHistogramBinarizer(source), searching), (new HybridBinarizer(source.invert()), searching)])
            if (new QRCodeReader().decode(new BinaryBitmap(binarised), hints) is { } result)
                return result.Text;
        return null;
    }
}
