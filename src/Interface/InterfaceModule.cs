using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.Interface;

public static class InterfaceModule
{
    public static IServiceCollection AddInterface(this IServiceCollection services, string timeZone = "Asia/Shanghai") => services
        .AddSingleton(provider => new LocalTime(LocalTime.Zone(timeZone), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<Texts>()
        .AddTexts<InterfaceTexts>()
        // Chinese stays Chinese in the page instead of &#x4E2D;: a third smaller.
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
}
