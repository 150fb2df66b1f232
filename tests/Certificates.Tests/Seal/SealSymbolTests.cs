using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Plumbline.Certificates.Tests;

public sealed class SealSymbolTests : IDisposable
{
    private readonly TrustStage stage = new();

    private string Url => SealCodec.ToUrl(SealCodec.Sign(stage.Seal, stage.Signer), "v.example.cn");

    public void Dispose() => stage.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Our_own_reader_reads_the_picture(int pixels)
    {
        var read = SealPicture.ReadText(SealSymbol.Make(Url).ToPng(pixels));
        Assert.Equal(Url.Length, read.Value!.Length);
        Assert.NotNull(SealCodec.Read(read.Value).Value);
    }

    [Fact]
    public async Task An_independent_reader_reads_the_picture()
    {
        var url = Url;
        var file = Path.GetTempFileName() + ".png";
        await File.WriteAllBytesAsync(file, SealSymbol.Make(url).ToPng(6));
        try
        {
            using var process = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(url, text.Trim());
        }
        catch (Win32Exception)
        {
            Assert.Skip("zbarimg is not installed");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Every_random_seal_of_a_usual_host_fits_a_label_and_comes_back_from_its_picture()
    {
        var random = new Random(12);
        for (var i = 0; i < 40; i++)
        {
            var signed = SealCodec.Sign(SealCodecTests.Draw(random, stage.Signer.PublicKey.Id), stage.Signer);
            var url = SealCodec.ToUrl(signed, signed.Payload.Length <= 90 ? "V.EXAMPLE.CN" : "JL.CN");
            var symbol = SealSymbol.Make(url);
            Assert.True(symbol.FitsLabel, $"{signed.Payload.Length} bytes: version {symbol.Version}");
            Assert.Equal(url, SealPicture.ReadText(symbol.ToPng(4)).Value);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-12)]
    [InlineData(90)]
    [InlineData(183)]
    public void A_code_that_lies_askew_in_a_larger_noisy_picture_is_read(double degrees)
    {
        var random = new Random(14);
        var found = 0;
        for (var i = 0; i < 10; i++)
        {
            var url = SealCodec.ToUrl(SealCodec.Sign(stage.Seal with { Salt = $"{i:x16}" }, stage.Signer), "V.EXAMPLE.CN");
            var code = PngPicture.Read(SealSymbol.Make(url).ToPng(5));
            var (side, sine, cosine) = (code.Width * 2, Math.Sin(degrees * Math.PI / 180), Math.Cos(degrees * Math.PI / 180));
            var picture = Png(side, side, 8, 0, y =>
            {
                var row = new byte[side];
                for (var x = 0; x < side; x++)
                {
                    // A pixel is the mean of nine points of the turned code, with a shadow from the left and noise.
                    var light = 0.0;
                    for (var k = 0; k < 9; k++)
                    {
                        var (dx, dy) = (x - side / 2 + k % 3 / 3.0, y - side / 2 + k / 3 / 3.0);
                        int u = (int)(code.Width / 2 + cosine * dx + sine * dy), v = (int)(code.Height / 2 - sine * dx + cosine * dy);
                        light += u >= 0 && v >= 0 && u < code.Width && v < code.Height ? code.Luminance[v * code.Width + u] : 200;
                    }
                    row[x] = (byte)Math.Clamp(30 + light / 9 * (0.5 + 0.3 * x / side) + random.Next(-12, 13), 0, 255);
                }
                return row;
            });
            if (SealPicture.ReadText(picture).Value == url)
                found++;
        }
        Assert.InRange(found, 8, 10);
    }

    [Fact]
    public void The_drawing_has_its_size_in_millimetres_and_the_modules_of_the_picture()
    {
        var symbol = SealSymbol.Make(Url);
        var svg = XDocument.Parse(symbol.ToSvg()).Root!;
        Assert.Equal($"{symbol.Modules * 0.33:0.###}mm", svg.Attribute("width")!.Value);
        Assert.Equal($"0 0 {symbol.Modules} {symbol.Modules}", svg.Attribute("viewBox")!.Value);
        // Painted from the path at four pixels a module, the drawing reads as the same text.
        var pixels = new byte[16 * symbol.Modules * symbol.Modules];
        Array.Fill(pixels, (byte)255);
        foreach (var run in svg.Elements().Last().Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = run.Split(' ', 'h', 'v').Select(n => int.TryParse(n, out var value) ? value : 0).ToArray();
            for (var y = 4 * numbers[1]; y < 4 * numbers[1] + 4; y++)
                for (var x = 4 * numbers[0]; x < 4 * (numbers[0] + numbers[2]); x++)
                    pixels[y * 4 * symbol.Modules + x] = 0;
        }
        Assert.NotNull(SealCodec.Read(SealPicture.ReadText(Png(4 * symbol.Modules, 4 * symbol.Modules, 8, 0, y => pixels.AsSpan(y * 4 * symbol.Modules, 4 * symbol.Modules).ToArray())).Value!).Value);
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(16, 0)]
    [InlineData(8, 2)]
    [InlineData(16, 2)]
    [InlineData(8, 4)]
    [InlineData(8, 6)]
    [InlineData(16, 6)]
    [InlineData(1, 0)]
    [InlineData(4, 3)]
    [InlineData(8, 3)]
    public void Pictures_of_every_colour_type_are_read(int depth, int colour)
    {
        var symbol = SealSymbol.Make(Url);
        var source = PngPicture.Read(symbol.ToPng(4));
        var channels = colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var png = Png(source.Width, source.Height, depth, colour, y =>
        {
            var row = new byte[(source.Width * depth * channels + 7) / 8];
            for (var x = 0; x < source.Width; x++)
            {
                var light = source.Luminance[y * source.Width + x] > 127;
                for (var c = 0; c < channels; c++)
                {
                    // The last channel of types 4 and 6 is opacity: light pixels are transparent black.
                    var isOpacity = colour is 4 or 6 && c == channels - 1;
                    var value = isOpacity ? (light ? 0 : 255) : colour is 4 or 6 ? 0 : light ? 255 : 0;
                    var at = (x * channels + c) * depth;
                    if (depth >= 8)
                        row[at / 8] = (byte)(colour == 3 ? (light ? 1 : 0) : value);
                    else
                        row[at / 8] |= (byte)((light ? 1 : 0) << (8 - depth - at % 8));
                }
            }
            return row;
        });
        Assert.NotNull(SealCodec.Read(SealPicture.ReadText(png).Value!).Value);
    }

    [Fact]
    public void Pictures_without_a_code_and_broken_ones_are_refused()
    {
        Assert.Equal("picture-no-code", SealPicture.ReadText(Png(100, 100, 8, 0, _ => new byte[100])).Findings[0].Rule);
        var good = SealSymbol.Make(Url).ToPng(2);
        var random = new Random(31);
        for (var i = 0; i < 600; i++)
        {
            var bad = good[..(random.Next(4) == 0 ? random.Next(good.Length) : good.Length)];
            for (var j = random.Next(1, 5); j > 0 && bad.Length > 0; j--)
                bad[random.Next(Math.Min(bad.Length, random.Next(2) == 0 ? 60 : bad.Length))] = (byte)random.Next(256);
            Words.Check(SealPicture.ReadText(bad).Findings);
        }
    }

    private static byte[] Png(int width, int height, int depth, int colour, Func<int, byte[]> row)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(row(y));
            }
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        void Chunk(ReadOnlySpan<byte> name, byte[] body)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
            png.Write(number);
            png.Write(name);
            png.Write(body);
            png.Write(new byte[4]);
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)depth, (byte)colour);
        Chunk("IHDR"u8, header);
        if (colour == 3)
            Chunk("PLTE"u8, [0, 0, 0, 255, 255, 255]);
        Chunk("IDAT"u8, packed.ToArray());
        Chunk("IEND"u8, []);
        return png.ToArray();
    }
}
