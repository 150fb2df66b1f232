using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plumbline.Modules.Tests;

/// <summary>The plan of the house, held against the house. Change the table only together with docs/architecture.md.</summary>
public partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Numerics"] = [],
        ["Database"] = [],
        ["Interface"] = [],
        ["Sheets"] = [],
        ["Certificates"] = ["Numerics", "Sheets"],
        ["Registry"] = ["Database", "Interface", "Sheets"],
        ["Procedures"] = ["Registry"],
        ["Issuance"] = ["Certificates", "Procedures"],
        ["Comparisons"] = ["Issuance", "Numerics", "Procedures"],
        ["Web"] = ["Comparisons"],
        ["Cli"] = ["Certificates", "Web"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(SourceTree.Source).Select(d => Path.GetFileName(d)!).Order()];
    /// <summary>The projects that keep records: they have concepts and slices.</summary>
    public static TheoryData<string> Modules => [.. Directory.GetDirectories(SourceTree.Source).Select(d => Path.GetFileName(d)!).Where(p => File.Exists(Path.Combine(SourceTree.Source, p, $"{p}Model.cs"))).Order()];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_exactly_what_the_plan_allows(string project)
    {
        var references = XDocument.Load(Path.Combine(SourceTree.Source, project, $"{project}.csproj"))
            .Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!));
        Assert.Equal(MayReference[project].Order(), references.Order());
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_modules_concepts_know_neither_the_web_nor_the_database(string module)
    {
        string[] doors = [$"{module}Model.cs", $"{module}Module.cs"];
        var concepts = Directory.GetFiles(Path.Combine(SourceTree.Source, module), "*.cs").Where(f => !doors.Contains(Path.GetFileName(f)));
        Expect.None(concepts.Where(f => FrameworkUsing().IsMatch(File.ReadAllText(f))).Select(Path.GetFileName));
    }

    // Folders of concepts, too many files for a module's root: slices may know them, they know no slice.
    private static readonly HashSet<string> ConceptFolders = ["Engine", "Documents", "Keys", "Ledger"];

    // The worked examples walk the whole path, so they know every slice; no slice knows them.
    private const string Examples = "Demonstrate";

    [Theory, MemberData(nameof(Modules))]
    public void A_slice_knows_no_other_slice_of_its_module(string module)
    {
        var slices = Directory.GetDirectories(Path.Combine(SourceTree.Source, module)).Where(d => Path.GetFileName(d) is not ("obj" or "bin")).Select(Slice.Read).ToArray();
        var crossings = from slice in slices
                        from type in slice.Declares
                        where !ConceptFolders.Contains(slice.Name)
                        from other in slices
                        where other != slice && other.Name != Examples && !other.Declares.Contains(type) && other.Uses(type)
                        select $"{other.Name} knows {type} of {slice.Name}";
        Expect.None(crossings);
    }

    private sealed record Slice(string Name, HashSet<string> Declares, string Code)
    {
        public static Slice Read(string folder)
        {
            var files = SourceTree.Files(folder, ".cs", ".razor").ToArray();
            var code = CommentOrString().Replace(string.Join('\n', files.Select(File.ReadAllText)), " ");
            // A component without an address is a part that any page may place.
            var declared = DeclaredType().Matches(code).Select(m => m.Groups[1].Value).Concat(files.Where(f => f.EndsWith(".razor", StringComparison.Ordinal) && File.ReadAllText(f).Contains("@page ", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)));
            return new Slice(Path.GetFileName(folder), [.. declared.Where(d => d != "_Imports")], code);
        }

        // As a type: not a member's name, not a method being called.
        public bool Uses(string type) => Regex.IsMatch(Code, $@"\bnew {type}\b|(?<![.\w]){type}\b(?!\s*[(=\w.])|(?<![.\w]){type}\b(?=\s+\w+\s*[;,)=]|\.\w)");
    }

    // Identity's user is a framework class that a person has to be.
    [GeneratedRegex(@"^using (Microsoft\.(?!AspNetCore\.Identity;)|Plumbline\.Database)", RegexOptions.Multiline)]
    private static partial Regex FrameworkUsing();

    // A public type is the module's face: other modules stand on it, so its own slices may.
    [GeneratedRegex(@"(?<!(?:private|public) (?:sealed |static |readonly |abstract |partial )*)\b(?:class|record|struct|interface|enum) (\w+)")]
    private static partial Regex DeclaredType();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|@\*.*?\*@|""(?:\\.|[^""\\\n])*""", RegexOptions.Singleline)]
    private static partial Regex CommentOrString();
}
