namespace Plumbline.Registry;

/// <summary>Where to go after signing in: only ever a page of this site.</summary>
internal static class LocalAddress
{
    /// <summary><paramref name="address"/> when it is a path of this site, else <paramref name="otherwise"/>. <c>//host</c> and <c>/\host</c> lead elsewhere and are refused.</summary>
    public static string Or(string? address, string otherwise = "/") =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : otherwise;
}
