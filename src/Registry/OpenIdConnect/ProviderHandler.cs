using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Plumbline.Registry;

internal sealed class ProviderOptions : OAuthOptions
{
    /// <summary>Where the provider's addresses and keys come from.</summary>
    public IConfigurationManager<OpenIdConnectConfiguration> Provider { get; set; } = null!;
    public string Issuer { get; set; } = "";
}

/// <summary>OpenID Connect on the framework's OAuth handler: discovery, code with PKCE, a nonce, and an identity token that is checked before anything in it is believed.</summary>
internal sealed class ProviderHandler(IOptionsMonitor<ProviderOptions> options, ILoggerFactory logger, UrlEncoder encoder) : OAuthHandler<ProviderOptions>(options, logger, encoder)
{
    private const string Nonce = "plumbline:nonce";
    // Only signatures that the provider alone can make: a client secret signs nothing here.
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.RsaSha512];

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await DiscoverAsync();
        properties.Items[Nonce] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri) =>
        QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), "nonce", properties.Items[Nonce]!);

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        await DiscoverAsync();
        return await base.ExchangeCodeAsync(context);
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var provider = await DiscoverAsync();
        var idToken = tokens.Response?.RootElement.GetProperty("id_token").GetString();
        var checkedToken = await new JsonWebTokenHandler().ValidateTokenAsync(idToken, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer, ValidAudience = Options.ClientId, IssuerSigningKeys = provider.SigningKeys, ValidAlgorithms = Algorithms, RequireSignedTokens = true, RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, rules) => until > TimeProvider.GetUtcNow().UtcDateTime - rules.ClockSkew && (from ?? DateTime.MinValue) < TimeProvider.GetUtcNow().UtcDateTime + rules.ClockSkew,
        });
        if (!checkedToken.IsValid)
            throw new AuthenticationFailureException("The identity token does not hold.", checkedToken.Exception);
        var token = (JsonWebToken)checkedToken.SecurityToken;
        if (!token.TryGetPayloadValue("nonce", out string nonce) || nonce != properties.Items[Nonce])
            throw new AuthenticationFailureException("The identity token answers another request.");
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, token.Subject));
        if (token.TryGetPayloadValue("email_verified", out bool verified) && verified && token.TryGetPayloadValue("email", out string email))
            identity.AddClaim(new Claim(ClaimTypes.Email, email));
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    private async Task<OpenIdConnectConfiguration> DiscoverAsync()
    {
        var provider = await Options.Provider.GetConfigurationAsync(Context.RequestAborted);
        (Options.AuthorizationEndpoint, Options.TokenEndpoint) = (provider.AuthorizationEndpoint, provider.TokenEndpoint);
        return provider;
    }
}
