using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Plumbline.Certificates;

/// <summary>Asks a timestamp authority (RFC 3161).</summary>
/// <param name="ask">Carries a request (TimeStampReq in DER) to the authority and brings its answer.</param>
public sealed class TimestampClient(Func<byte[], CancellationToken, Task<byte[]>> ask)
{
    private const int LongestAnswer = 1 << 20;

    /// <summary>An authority over HTTP or HTTPS.</summary>
    public static TimestampClient Over(HttpClient http, Uri address) => new(async (request, cancel) =>
    {
        ArgumentNullException.ThrowIfNull(http);
        using var body = new ByteArrayContent(request);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = body };
        using var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        await answer.Content.LoadIntoBufferAsync(LongestAnswer, cancel).ConfigureAwait(false);
        return await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
    });

    /// <summary>An authority in this process.</summary>
    public static TimestampClient Of(TimestampAuthority authority) => new((request, _) => Task.FromResult(authority.Respond(request)));

    /// <summary>A token for <paramref name="content"/>, of which the authority sees the SHA-256 digest only.</summary>
    /// <returns>The token in DER.</returns>
    /// <exception cref="CryptographicException">The authority refused, or its answer is not for this request.</exception>
    /// <exception cref="HttpRequestException">The authority could not be reached.</exception>
    public async Task<byte[]> StampAsync(ReadOnlyMemory<byte> content, CancellationToken cancel = default)
    {
        var request = Rfc3161TimestampRequest.CreateFromHash(Digests.Sha256(content.Span), HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(16), requestSignerCertificates: true);
        var answer = await ask(request.Encode(), cancel).ConfigureAwait(false);
        return request.ProcessResponse(answer, out _).AsSignedCms().Encode();
    }
}
