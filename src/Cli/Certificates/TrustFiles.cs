using System.CommandLine;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary>The options that name a trust list, and reading it: believed on the word of the custodians of an earlier list, or of its own where none is given, which is said.</summary>
internal sealed class TrustFiles(CliTexts texts)
{
    private readonly Option<string> list = new("--trust") { Description = texts["trust.list"], Required = true };
    private readonly Option<string?> signatures = new("--signatures") { Description = texts["trust.signatures"] };
    private readonly Option<string?> anchor = new("--anchor") { Description = texts["trust.anchor"] };

    public IEnumerable<Option> Options => [list, signatures, anchor];

    /// <returns>Null where it cannot be read or believed; then the reason is on the error stream.</returns>
    public (TrustList List, IReadOnlyList<Finding> Findings)? Read(ParseResult call, CliTexts words)
    {
        var path = call.GetRequiredValue(list);
        return Open(path, call.GetValue(signatures) ?? SignaturesOf(path), call.GetValue(anchor), words, call.InvocationConfiguration.Error);
    }

    public static string SignaturesOf(string list) => list + ".signatures";

    public static (TrustList List, IReadOnlyList<Finding> Findings)? Open(string path, string signaturesPath, string? anchorPath, CliTexts words, TextWriter error)
    {
        if (InputFile.Read(path, words, error) is not { } file || InputFile.Read(signaturesPath, words, error) is not { } signed)
            return null;
        var read = TrustListFile.Read(file);
        var marks = TrustListFile.ReadSignatures(signed);
        if (read.Value is not { } list || marks.Value is not { } all)
        {
            SignatureOutput.Write([.. read.Findings, .. marks.Findings], words, error);
            return null;
        }
        var before = list;
        if (anchorPath is not null)
        {
            var earlier = InputFile.Read(anchorPath, words, error) is { } bytes ? TrustListFile.Read(bytes) : null;
            if (earlier?.Value is null)
            {
                SignatureOutput.Write(earlier?.Findings ?? [], words, error);
                return null;
            }
            before = earlier.Value;
        }
        var opened = TrustListFile.Open(file, all, TrustAnchor.Of(before));
        if (opened.Value is not { } believed)
        {
            SignatureOutput.Write(opened.Findings, words, error);
            return null;
        }
        return (believed, anchorPath is null ? [new(FindingLayer.Signature, FindingSeverity.Warning, "trust-list-own-word", "trust list", $"{list.Version}")] : []);
    }
}
