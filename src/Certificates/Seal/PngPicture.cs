using System.Buffers.Binary;
using System.IO.Compression;

namespace Plumbline.Certificates;

/// <summary>A PNG picture (ISO/IEC 15948) as luminance: all colour types and depths, not interlaced. Colours count as seen on white.</summary>
internal sealed class PngPicture
{
    private const int MostPixels = 40_000_000;
    private static readonly byte[] magic = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    private PngPicture(int width, int height, byte[] luminance) => (Width, Height, Luminance) = (width, height, luminance);

    public int Width { get; }

    public int Height { get; }

    /// <summary>A byte a pixel, row by row.</summary>
    public byte[] Luminance { get; }

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(magic);

    /// <exception cref="InvalidDataException">It is no such picture; the message says why.</exception>
    public static PngPicture Read(ReadOnlySpan<byte> file)
    {
        if (!IsPng(file))
            throw new InvalidDataException("no PNG signature");
        Header? header = null;
        byte[] palette = [], transparency = [];
        using var data = new MemoryStream();
        for (var rest = file[8..]; ;)
        {
            var length = rest.Length < 12 ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
                throw new InvalidDataException("cut off");
            var name = rest.Slice(4, 4);
            var body = rest.Slice(8, (int)length);
            if (name.SequenceEqual("IEND"u8))
                break;
            if (name.SequenceEqual("IHDR"u8))
                header = Header.Read(body);
            else if (name.SequenceEqual("PLTE"u8))
                palette = body.ToArray();
            else if (name.SequenceEqual("tRNS"u8))
                transparency = body.ToArray();
            else if (name.SequenceEqual("IDAT"u8))
                data.Write(body);
            rest = rest[(12 + (int)length)..];
        }
        data.Position = 0;
        return Decode(header ?? throw new InvalidDataException("no IHDR"), palette, transparency, data);
    }

    /// <summary>The picture at a fraction of its size: the mean of squares of <paramref name="divisor"/> pixels a side.</summary>
    public PngPicture Reduced(int divisor)
    {
        if (divisor == 1)
            return this;
        var (width, height) = (Width / divisor, Height / divisor);
        var reduced = new byte[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var sum = 0;
                for (var row = y * divisor; row < (y + 1) * divisor; row++)
                    for (var column = x * divisor; column < (x + 1) * divisor; column++)
                        sum += Luminance[row * Width + column];
                reduced[y * width + x] = (byte)(sum / (divisor * divisor));
            }
        return new(width, height, reduced);
    }

    private sealed record Header(int Width, int Height, int Depth, int Colour)
    {
        public int Channels => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

        public static Header Read(ReadOnlySpan<byte> body)
        {
            if (body.Length != 13)
                throw new InvalidDataException("IHDR");
            var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[4..]));
            if (width is 0 || height is 0 || (ulong)width * height > MostPixels)
                throw new InvalidDataException($"{width} × {height} pixels");
            var (depth, colour) = (body[8], body[9]);
            if (!(colour switch { 0 => depth is 1 or 2 or 4 or 8 or 16, 3 => depth is 1 or 2 or 4 or 8, 2 or 4 or 6 => depth is 8 or 16, _ => false }))
                throw new InvalidDataException($"colour type {colour} of depth {depth}");
            if (body[10] != 0 || body[11] != 0 || body[12] != 0)
                throw new InvalidDataException("interlaced, or compressed in an unknown way");
            return new((int)width, (int)height, depth, colour);
        }
    }

    private static PngPicture Decode(Header header, byte[] palette, byte[] transparency, Stream data)
    {
        var bits = header.Depth * header.Channels;
        var (stride, step) = ((int)(((long)header.Width * bits + 7) / 8), Math.Max(1, bits / 8));
        byte[] above = new byte[stride], row = new byte[stride], luminance = new byte[header.Width * header.Height];
        using var unpacked = new ZLibStream(data, CompressionMode.Decompress);
        for (var y = 0; y < header.Height; y++)
        {
            var filter = unpacked.ReadByte();
            if (filter is < 0 or > 4 || unpacked.ReadAtLeast(row, stride, throwOnEndOfStream: false) != stride)
                throw new InvalidDataException($"row {y + 1}");
            Unfilter(filter, row, above, step);
            for (var x = 0; x < header.Width; x++)
                luminance[y * header.Width + x] = Pixel(header, row, x, palette, transparency);
            (above, row) = (row, above);
        }
        return new(header.Width, header.Height, luminance);
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int step)
    {
        for (var i = 0; i < row.Length && filter > 0; i++)
        {
            int left = i < step ? 0 : row[i - step], up = above[i], corner = i < step ? 0 : above[i - step];
            row[i] += (byte)(filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        int toLeft = Math.Abs(up - corner), toUp = Math.Abs(left - corner), toCorner = Math.Abs(left + up - 2 * corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static byte Pixel(Header header, byte[] row, int x, byte[] palette, byte[] transparency)
    {
        int Sample(int channel)
        {
            if (header.Depth == 16)
                return row[2 * (x * header.Channels + channel)];
            if (header.Depth == 8)
                return row[x * header.Channels + channel];
            var at = x * header.Depth;
            return row[at >> 3] >> 8 - header.Depth - (at & 7) & (1 << header.Depth) - 1;
        }
        static byte OnWhite(int grey, int opacity) => (byte)((grey * opacity + 255 * (255 - opacity)) / 255);
        static int Grey(int red, int green, int blue) => (299 * red + 587 * green + 114 * blue) / 1000;
        switch (header.Colour)
        {
            case 0:
                return (byte)(header.Depth >= 8 ? Sample(0) : Sample(0) * 255 / ((1 << header.Depth) - 1));
            case 3:
                var index = Sample(0);
                if (3 * index + 2 >= palette.Length)
                    throw new InvalidDataException($"palette entry {index}");
                return OnWhite(Grey(palette[3 * index], palette[3 * index + 1], palette[3 * index + 2]), index < transparency.Length ? transparency[index] : 255);
            case 4:
                return OnWhite(Sample(0), Sample(1));
            default:
                return OnWhite(Grey(Sample(0), Sample(1), Sample(2)), header.Colour == 6 ? Sample(3) : 255);
        }
    }
}
