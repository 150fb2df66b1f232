namespace Plumbline.Registry;

/// <summary>The OpenID Connect provider that the operator has configured.</summary>
internal sealed record SignInProvider(string Name, string Authority)
{
    public static SignInProvider? Of(string? name, string? authority) => string.IsNullOrWhiteSpace(authority) ? null : new(string.IsNullOrWhiteSpace(name) ? "OpenID Connect" : name, authority);
}
