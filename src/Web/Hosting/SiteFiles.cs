using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Plumbline.Interface;

namespace Plumbline.Web;

/// <summary>Our own styles, scripts and pictures: read once, compressed once, addressed by their content so that browsers keep them for good.</summary>
public static class SiteFiles
{
    private static readonly FrozenDictionary<string, Asset> All = Load();

    private sealed record Asset(string Address, string ContentType, byte[] Plain, byte[] Brotli);

    /// <summary>The address of an asset by its file name, such as <c>site.css</c>.</summary>
    public static string Address(string name) => All[name].Address;

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        var byAddress = All.Values.ToFrozenDictionary(a => a.Address);
        routes.MapGet("/assets/{file}", (string file, HttpContext http) =>
        {
            if (!byAddress.TryGetValue($"/assets/{file}", out var asset))
                return Results.NotFound();
            var headers = http.Response.GetTypedHeaders();
            headers.CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = TimeSpan.FromDays(365), Extensions = { new("immutable") } };
            http.Response.Headers.Vary = "Accept-Encoding";
            if (!http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
                return Results.Bytes(asset.Plain, asset.ContentType);
            http.Response.Headers.ContentEncoding = "br";
            return Results.Bytes(asset.Brotli, asset.ContentType);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(SiteFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("assets/", StringComparison.Ordinal))
            .Select(name => (Name: name["assets/".Length..], Content: Read(assembly, name)))
            // The charts bring their own styles, so that a report can carry them without this server.
            .Append((Name: "charts.css", Content: Encoding.UTF8.GetBytes(ChartCss.Text)))
            .ToFrozenDictionary(file => file.Name, file => AssetOf(file.Name, file.Content));
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static Asset AssetOf(string name, byte[] plain)
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        var hash = Convert.ToHexStringLower(SHA256.HashData(plain))[..12];
        return new Asset($"/assets/{stem}.{hash}{extension}", TypeOf(extension), plain, Compress(plain));
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };

    private static byte[] Compress(byte[] plain)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.SmallestSize))
            brotli.Write(plain);
        return target.ToArray();
    }
}
