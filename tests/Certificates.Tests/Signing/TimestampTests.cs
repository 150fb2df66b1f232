using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Plumbline.Certificates.Tests;

public sealed class TimestampTests : IDisposable
{
    private static readonly byte[] content = "SignatureValue"u8.ToArray();
    private readonly TestInstitution institution = new();
    private readonly TimestampAuthority authority;

    public TimestampTests() => authority = institution.Clockmaker(new StandingClock(TestInstitution.Time));

    public void Dispose() => institution.Dispose();

    [Fact]
    public async Task A_token_is_for_what_was_stamped_and_nothing_else()
    {
        var token = await TimestampClient.Of(authority).StampAsync(content);
        var record = TimestampToken.Check(token, content, [], institution.Trust);
        Assert.Equal(TimestampState.Valid, record.State);
        Assert.Equal(TestInstitution.Time, record.Time);
        Assert.Equal(PathState.Trusted, record.Path!.State);
        Assert.Equal(TimestampState.Invalid, TimestampToken.Check(token, "other"u8, [], institution.Trust).State);
        Assert.Equal(TimestampState.Invalid, TimestampToken.Check(null, content, [], institution.Trust).State);
        for (var i = 0; i < token.Length; i += 3)
        {
            var changed = (byte[])token.Clone();
            changed[i] ^= 0x10;
            var found = TimestampToken.Check(changed, content, [], institution.Trust);
            // The list of digests and the certificates of authorities are signed by nobody; the time is.
            Assert.True(found.State != TimestampState.Valid || found.Time == TestInstitution.Time);
        }
    }

    [Fact]
    public async Task Openssl_accepts_the_token()
    {
        using var scratch = new Scratch();
        var token = scratch.Write("token", await TimestampClient.Of(authority).StampAsync(content));
        var said = Tools.Run("openssl", "ts", "-verify", "-data", scratch.Write("data", content), "-in", token, "-token_in", "-CAfile", scratch.Write("root.pem", institution.Root.ToPem()), "-untrusted", scratch.Write("ca.pem", institution.Authority.Certificate.ToPem()), "-attime", $"{TestInstitution.Time.ToUnixTimeSeconds()}");
        Assert.True(said.Code == 0, said.Said);
    }

    [Fact]
    public async Task Openssl_s_request_is_answered()
    {
        using var scratch = new Scratch();
        var (data, request) = (scratch.Write("data", content), Path.Combine(scratch.Folder, "request"));
        Assert.Equal(0, Tools.Run("openssl", "ts", "-query", "-data", data, "-sha256", "-cert", "-out", request).Code);
        var answer = scratch.Write("answer", authority.Respond(File.ReadAllBytes(request)));
        var said = Tools.Run("openssl", "ts", "-verify", "-queryfile", request, "-in", answer, "-CAfile", scratch.Write("root.pem", institution.Root.ToPem()), "-untrusted", scratch.Write("ca.pem", institution.Authority.Certificate.ToPem()), "-attime", $"{TestInstitution.Time.ToUnixTimeSeconds()}");
        Assert.True(said.Code == 0, said.Said);
    }

    [Fact]
    public async Task The_client_asks_over_HTTP_and_tells_a_refusal()
    {
        using var listener = Listen(out var address);
        using var http = new HttpClient();
        var client = TimestampClient.Over(http, new(address));
        var asked = client.StampAsync(content);
        await Answer(listener, authority.Respond);
        Assert.Equal(TimestampState.Valid, TimestampToken.Check(await asked, content, [], institution.Trust).State);

        var refused = client.StampAsync(content);
        await Answer(listener, _ => authority.Respond("nonsense"u8.ToArray()));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => refused);

        // An answer that was made for another request.
        var replayed = client.StampAsync(content);
        var old = Array.Empty<byte>();
        using var other = Listen(out var second);
        var first = TimestampClient.Over(http, new(second)).StampAsync(content);
        await Answer(other, request => old = authority.Respond(request));
        await first;
        await Answer(listener, _ => old);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => replayed);
    }

    private static HttpListener Listen(out string address)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }
        var listener = new HttpListener { Prefixes = { address } };
        listener.Start();
        return listener;
    }

    private static async Task Answer(HttpListener listener, Func<ReadOnlyMemory<byte>, byte[]> respond)
    {
        var call = await listener.GetContextAsync();
        Assert.Equal("application/timestamp-query", call.Request.ContentType);
        using var request = new MemoryStream();
        await call.Request.InputStream.CopyToAsync(request);
        call.Response.ContentType = "application/timestamp-reply";
        await call.Response.OutputStream.WriteAsync(respond(request.ToArray()));
        call.Response.Close();
    }
}
