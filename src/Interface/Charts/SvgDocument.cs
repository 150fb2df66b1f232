using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Plumbline.Interface;

/// <summary>The style sheet of all charts, for the site to serve and for a printed report to carry inside.</summary>
public static class ChartCss
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(ChartCss).Assembly.GetManifestResourceStream("Plumbline.Interface.charts.css")
            ?? throw new InvalidOperationException("The chart style sheet is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>A chart as a file of its own, light on white, for download and for other people's reports.</summary>
public static class SvgDocument
{
    private static readonly string style = "<style>svg.chart{color-scheme:light;background:#fff}" + ChartCss.Text[ChartCss.Text.IndexOf(".ch-text", StringComparison.Ordinal)..ChartCss.Text.IndexOf("@media (forced-colors", StringComparison.Ordinal)] + "</style>";

    public static Task<string> RenderAsync<TChart>(IReadOnlyDictionary<string, object?> parameters) where TChart : IComponent => RenderAsync(typeof(TChart), parameters);

    public static async Task<string> RenderAsync(Type chart, IReadOnlyDictionary<string, object?> parameters)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(chart, ParameterView.FromDictionary(parameters.ToDictionary()))).ToHtmlString());
        return Standalone(html);
    }

    private static string Standalone(string html)
    {
        var start = html.IndexOf("<svg", StringComparison.Ordinal);
        var end = html.IndexOf("</svg>", StringComparison.Ordinal);
        if (start < 0 || end < start)
            throw new ArgumentException("The component does not draw one SVG picture.", nameof(html));
        var svg = html[start..(end + "</svg>".Length)];
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + svg.Insert(svg.IndexOf("</desc>", StringComparison.Ordinal) + "</desc>".Length, style);
    }
}
