using System.Globalization;
using Plumbline.Interface;

namespace Plumbline.Modules.Tests.Interface;

/// <summary>What somebody typed says which language it is in, where that is not the page's.</summary>
public sealed class SaidTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    [Theory]
    [InlineData("示例国家计量院", "<span lang=\"zh-CN\">示例国家计量院</span>")]
    [InlineData("Model 732-示例 <b>", "Model 732-<span lang=\"zh-CN\">示例</span> &lt;b&gt;")]
    [InlineData("温度 (20.0 ± 0.3) ℃，湿度", "<span lang=\"zh-CN\">温度 (20.0 ± 0.3) ℃，湿度</span>")]
    [InlineData("Fluke 732C", "Fluke 732C")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void On_an_English_page_runs_of_Chinese_are_marked(string? text, string expected)
    {
        CultureInfo.CurrentUICulture = Texts.English;
        Assert.Equal(expected, Said.As(text).ToString());
        Assert.Equal(expected.Contains("lang", StringComparison.Ordinal) ? "zh-CN" : null, Said.Language(text));
    }

    [Theory]
    [InlineData("direct comparison with a Zener standard", "en")]
    [InlineData("Fluke 732C", null)]
    [InlineData("DerSimonian–Laird 随机效应", null)]
    [InlineData("按比对实施方案", null)]
    public void On_a_Chinese_page_English_words_are_marked(string text, string? language)
    {
        CultureInfo.CurrentUICulture = Texts.Chinese;
        Assert.Equal(language, Said.Language(text));
        Assert.Equal(language is null ? text : $"<span lang=\"{language}\">{text}</span>", Said.As(text).ToString());
    }

    public void Dispose() => CultureInfo.CurrentUICulture = before;
}
