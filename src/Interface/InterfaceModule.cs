using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Plumbline.Interface;

public static class InterfaceModule
{
    public static IServiceCollection AddInterface(this IServiceCollection services, string timeZone = "Asia/Shanghai") => services
        .AddSingleton(provider => new LocalTime(LocalTime.Zone(timeZone), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<Texts>()
        .AddTexts<InterfaceTexts>()
        .AddSingleton(provider => new PdfPrinter(provider.GetService<IConfiguration>()?["Plumbline:Chromium"], provider.GetRequiredService<ILogger<PdfPrinter>>()))
        // Chinese stays Chinese in the page instead of &#x4E2D;: a third smaller.
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
}
