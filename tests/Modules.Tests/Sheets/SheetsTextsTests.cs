using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Plumbline.Sheets;

namespace Plumbline.Modules.Tests.Sheets;

public sealed class SheetsTextsTests
{
    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_places_to_fill()
    {
        var resources = new ResourceManager(typeof(SheetsTexts));
        var chinese = Keys(resources, CultureInfo.InvariantCulture);
        var english = Keys(resources, CultureInfo.GetCultureInfo("en"));
        Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
        Assert.All(chinese, entry => Assert.Equal(Holes(entry.Value), Holes(english[entry.Key])));
        Assert.All(english.Values, text => Assert.DoesNotMatch(@"[\u4E00-\u9FFF]", text));
    }

    [Fact]
    public void A_problem_is_told_in_the_readers_language()
    {
        var problem = new SheetProblem("sheet.missing-column", Column: "测得值", Arguments: "测得值, value");
        Assert.Equal("缺少“测得值”列。可使用的列名：测得值, value。", SheetsTexts.Describe(problem, CultureInfo.GetCultureInfo("zh")));
        Assert.Equal("The column “测得值” is missing. Accepted headers: 测得值, value.", SheetsTexts.Describe(problem, CultureInfo.GetCultureInfo("en")));
    }

    private static Dictionary<string, string> Keys(ResourceManager resources, CultureInfo culture) =>
        resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static string Holes(string text) => string.Join(' ', Regex.Matches(text, @"\{\d\}").Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));
}
