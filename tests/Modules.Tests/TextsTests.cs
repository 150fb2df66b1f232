using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plumbline.Modules.Tests;

/// <summary>Every text is there in both languages, is used, and says the same with the same values.</summary>
public partial class TextsTests
{
    private static readonly Dictionary<string, string> Sources = SourceTree.Files(SourceTree.Source, ".cs", ".razor").ToDictionary(f => f, File.ReadAllText);
    private static readonly string AllSource = string.Join('\n', Sources.Values);
    private static readonly HashSet<string> AllKeys = [.. Files().SelectMany(f => Read(f).Keys)];
    private static readonly Type[] Enums = [.. Directory.GetFiles(AppContext.BaseDirectory, "Plumbline.*.dll").Where(f => !f.EndsWith("Tests.dll", StringComparison.Ordinal))
        .SelectMany(f => Assembly.LoadFrom(f).GetTypes()).Where(t => t.IsEnum)];

    public static TheoryData<string> TextFiles => [.. Files().Select(f => Path.GetRelativePath(SourceTree.Source, f)).Order()];

    [Theory, MemberData(nameof(TextFiles))]
    public void Both_languages_have_the_same_keys(string file) =>
        Assert.Equal(Read(file).Keys.Order(), Read(English(file)).Keys.Order());

    [Theory, MemberData(nameof(TextFiles))]
    public void Both_languages_name_the_same_values(string file)
    {
        var english = Read(English(file));
        Expect.None(Read(file).Where(t => english.TryGetValue(t.Key, out var other) && !Placeholders(t.Value).SequenceEqual(Placeholders(other))).Select(t => t.Key));
    }

    [Theory, MemberData(nameof(TextFiles))]
    public void English_texts_are_in_English(string file) =>
        Expect.None(Read(English(file)).Where(t => !t.Key.StartsWith("language.", StringComparison.Ordinal) && Chinese().IsMatch(t.Value)).Select(t => $"{t.Key}: {t.Value}"));

    [Theory, MemberData(nameof(TextFiles))]
    public void No_text_is_blank(string file) =>
        Expect.None(Read(file).Concat(Read(English(file))).Where(t => string.IsNullOrWhiteSpace(t.Value)).Select(t => t.Key));

    [Theory, MemberData(nameof(TextFiles))]
    public void Every_text_is_used(string file)
    {
        var composed = ComposedKey().Matches(AllSource).Select(m => m.Groups[1].Value).Where(p => p != "refusal.").Distinct().ToArray();
        Expect.None(Read(file).Keys.Where(key => !IsUsed(key, composed)));
    }

    [Fact]
    public void Every_key_that_the_source_names_has_a_text()
    {
        var named = from source in Sources
                    from key in LookedUp().Matches(source.Value).Select(m => m.Groups[1].Value)
                        .Concat(RefusalCodes(source.Value).Select(code => $"refusal.{code}"))
                    where !AllKeys.Contains(key)
                    select $"{key} ({Path.GetFileName(source.Key)})";
        Expect.None(named.Distinct());
    }

    [Fact]
    public void An_enumeration_with_texts_has_one_for_each_value()
    {
        var missing = from type in Enums
                      where AllKeys.Any(k => k.StartsWith($"{type.Name}.", StringComparison.Ordinal))
                      from value in Enum.GetNames(type)
                      where !AllKeys.Contains($"{type.Name}.{value}")
                      select $"{type.Name}.{value}";
        Expect.None(missing);
    }

    [Fact]
    public void A_key_belongs_to_one_module()
    {
        var twice = Files().SelectMany(f => Read(f).Keys.Select(k => (k, f))).GroupBy(t => t.k).Where(g => g.Count() > 1).Select(g => g.Key);
        Expect.None(twice);
    }

    [Fact]
    public void Pages_hold_no_Chinese_of_their_own()
    {
        var found = from source in Sources
                    where source.Key.EndsWith(".razor", StringComparison.Ordinal)
                    let code = Comment().Replace(source.Value, "")
                    from line in code.Split('\n')
                    where Chinese().IsMatch(line) && !line.Contains(" lang=\"", StringComparison.Ordinal) // a word in the other language says so
                    select $"{Path.GetFileName(source.Key)}: {line.Trim()}";
        Expect.None(found);
    }

    private static bool IsUsed(string key, string[] composed) =>
        AllSource.Contains($"\"{key}\"", StringComparison.Ordinal)
        || composed.Any(p => key.StartsWith(p, StringComparison.Ordinal))
        || key.StartsWith("refusal.", StringComparison.Ordinal) && AllSource.Contains($"\"{key["refusal.".Length..]}\"", StringComparison.Ordinal)
        || Enums.Any(e => key.StartsWith($"{e.Name}.", StringComparison.Ordinal) && Enum.GetNames(e).Contains(key[(e.Name.Length + 1)..]));

    private static IEnumerable<string> RefusalCodes(string source) =>
        source.Contains("Refusal", StringComparison.Ordinal) ? RefusalCode().Matches(source).Select(m => m.Groups[1].Value) : [];

    private static IEnumerable<string> Files() =>
        SourceTree.Files(SourceTree.Source, ".resx").Where(f => f.EndsWith("Texts.resx", StringComparison.Ordinal));

    private static string English(string file) => Path.ChangeExtension(file, ".en.resx");

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(SourceTree.Source, file)).Root!.Elements("data").ToDictionary(d => (string)d.Attribute("name")!, d => (string)d.Element("value")!);

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order();

    [GeneratedRegex(@"\{(\d+)[^{}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\b(?:T|[tT]exts)\[""([^""]+)""")]
    private static partial Regex LookedUp();

    [GeneratedRegex(@"(?:\bRefusal|yield return new|[\[(] ?new|=> new|\? new|: new)\(""([a-z][a-z0-9-]+)""")]
    private static partial Regex RefusalCode();

    // The beginning of a key that is put together: $"problem.{status}".
    [GeneratedRegex(@"\$""([a-zA-Z][\w-]*\.(?:[\w-]+\.)*)\{")]
    private static partial Regex ComposedKey();

    [GeneratedRegex(@"@\*.*?\*@|//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
