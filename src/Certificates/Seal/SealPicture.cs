using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace Plumbline.Certificates;

/// <summary>Reads the text of a QR code from a picture, in managed code.</summary>
public static class SealPicture
{
    private static readonly Dictionary<DecodeHintType, object> hints = new() { [DecodeHintType.TRY_HARDER] = true };

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
        LuminanceSource source = new RGBLuminanceSource(picture.Luminance, picture.Width, picture.Height, RGBLuminanceSource.BitmapFormat.Gray8);
        foreach (var binarised in (Binarizer[])[new HybridBinarizer(source), new GlobalHistogramBinarizer(source), new HybridBinarizer(source.invert())])
            if (new QRCodeReader().decode(new BinaryBitmap(binarised), hints) is { } result)
                return new(result.Text);
        return new(new Finding(FindingLayer.Form, FindingSeverity.Error, "picture-no-code", "picture", $"{picture.Width} × {picture.Height}"));
    }
}
