namespace Plumbline.Web;

/// <summary>The one server: builds it from its settings and runs it.</summary>
public static class Site
{
    /// <summary>Builds the server without starting it, so that tests and the command line can choose its address.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        return builder.Build();
    }

    public static async Task RunAsync(string[] args)
    {
        await using var app = Build(args);
        await app.RunAsync();
    }
}
