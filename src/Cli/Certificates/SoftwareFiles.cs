using System.CommandLine;
using System.Globalization;
using System.Text;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary>The registry and the images of the software commands.</summary>
internal sealed class SoftwareFiles(CliTexts texts)
{
    public Option<string[]> Registry { get; } = new("--registry") { Description = texts["software.option.registry"], Required = true };

    public Option<string[]> Image { get; } = new("--image") { Description = texts["software.option.image"] };

    public Option<string[]> Escrow { get; } = new("--escrow") { Description = texts["software.option.escrow"] };

    /// <summary>The records of files, and of every JSON file of folders.</summary>
    /// <returns>Null where one is unreadable, or an approval stands twice.</returns>
    public IReadOnlyList<SoftwareRecord>? ReadRegistry(ParseResult call, CliTexts words)
    {
        var error = call.InvocationConfiguration.Error;
        var records = new List<SoftwareRecord>();
        foreach (var path in call.GetRequiredValue(Registry).SelectMany(p => Directory.Exists(p) ? Directory.GetFiles(p, "*.json").Order(StringComparer.Ordinal) : (IEnumerable<string>)[p]))
        {
            if (InputFile.Read(path, words, error) is not { } bytes)
                return null;
            var read = SoftwareRecordFile.Read(bytes);
            if (read.Value is not { } record || records.Exists(r => r.Approval == record.Approval))
            {
                error.WriteLine(read.Value is null ? words["software.bad-record", path] : words["software.twice", path, read.Value.Approval]);
                SignatureOutput.Write(read.Findings, words, error);
                return null;
            }
            records.Add(record);
        }
        return records;
    }

    /// <summary>The image of files given as <c>FILE@0xADDRESS</c>; null where none is given.</summary>
    /// <returns>False where one cannot be read.</returns>
    public static bool TryRead(Option<string[]> option, ParseResult call, CliTexts words, out SoftwareImage? image)
    {
        image = null;
        var error = call.InvocationConfiguration.Error;
        var parts = new List<(long, ReadOnlyMemory<byte>)>();
        foreach (var given in call.GetValue(option) ?? [])
        {
            var at = given.LastIndexOf("@0x", StringComparison.Ordinal);
            if (at < 1 || !uint.TryParse(given.AsSpan(at + 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address))
            {
                error.WriteLine(words["software.no-address", given]);
                return false;
            }
            if (InputFile.Read(given[..at], words, error) is not { } bytes)
                return false;
            parts.Add((address, bytes));
        }
        if (parts.Count == 0)
            return true;
        try
        {
            image = new(parts);
            return true;
        }
        catch (ArgumentException fault)
        {
            error.WriteLine(fault.Message);
            return false;
        }
    }

    /// <summary>Writes what a simulated instrument shows and holds, to try the other commands on.</summary>
    public static int Export(SimulatedInstrument instrument, string folder, CliTexts words, TextWriter output, TextWriter error)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(words["key.unwritable", folder, fault.Message]);
            return 2;
        }
        bool Write(string name, ReadOnlySpan<byte> bytes) => InputFile.Write(Path.Combine(folder, name), bytes.ToArray(), words, output, error);
        byte[] Whole(SoftwareImage image) => [.. image.Ranges.SelectMany(r => image.Read(r)!.Value.ToArray())];
        var shown = instrument.Display();
        var display = new StringBuilder($"--approval {shown.Approval} --model {shown.Model} --unit {shown.Unit} --version-number {shown.Version}");
        foreach (var (module, checksum) in shown.Checksums)
            display.Append($" --checksum {module}={checksum}");
        foreach (var (name, value) in instrument.Parameters())
            display.Append($" --parameter {name}={value}");
        return Write("record.json", SoftwareRecordFile.Write(instrument.Record)) && Write("escrow.bin", Whole(instrument.Escrow)) && Write("memory.bin", Whole(instrument.ReadMemory())) && Write("display.txt", Encoding.UTF8.GetBytes(display.Append('\n').ToString())) ? 0 : 2;
    }
}
