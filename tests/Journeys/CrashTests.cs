using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Comparisons;
using Plumbline.Modules.Tests.Comparisons;
using Plumbline.Registry;

namespace Plumbline.Journeys;

/// <summary>The server is killed again and again while laboratories hand in: what was acknowledged is there, whole, and nothing is there by half.</summary>
public sealed class CrashTests
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);

    private sealed record Package(Actor Laboratory, string Key, string First, string Second);

    [Theory, EachDatabase]
    public async Task A_killed_server_loses_nothing_that_it_acknowledged(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync(1, 2, 3);
        // The child process knows only the real time.
        var now = TimeProvider.System.GetUtcNow();
        await stage.ChangeAsync(c => { c.ResultsDue = now.AddDays(1); return []; });
        var laboratories = stage.Cast.Laboratories.Take(3).ToArray();
        foreach (var laboratory in laboratories)
            await AddTokenAsync(database, laboratory, now);

        var random = new Random(4711);
        var receipts = new ConcurrentDictionary<string, SubmissionReceipt>();
        var packages = new ConcurrentDictionary<string, Package>();
        var unanswered = new ConcurrentQueue<Package>();
        var (clock, kills) = (Stopwatch.StartNew(), 0);
        while (clock.Elapsed < Span || kills < 3)
        {
            await using (var server = await Server.StartAsync(database.ConnectionString))
            {
                var death = DeathAsync(receipts.Count + random.Next(1, 30), TimeSpan.FromMilliseconds(random.Next(0, 40)));
                await Task.WhenAll(laboratories.Select(l => HandInUntilAsync(death, server, l)).Append(KillAsync(server, death)));
            }
            kills++;
        }
        // Whoever got no answer asks again with the same key.
        await using (var server = await Server.StartAsync(database.ConnectionString))
        {
            while (unanswered.TryDequeue(out var package))
                Assert.True(await HandInAsync(server, package), $"{package.Key} is not answered by a server that lives");
        }
        await CheckAsync(stage, receipts, packages);
        TestContext.Current.SendDiagnosticMessage("{0}: {1} kills, {2} packages acknowledged", kind, kills, receipts.Count);
        return;

        // In the middle of the work, not before it has begun.
        async Task DeathAsync(int after, TimeSpan later)
        {
            for (var patience = Stopwatch.StartNew(); receipts.Count < after && patience.Elapsed < TimeSpan.FromSeconds(4);)
                await Task.Delay(5);
            await Task.Delay(later);
        }

        async Task HandInUntilAsync(Task death, Server server, Actor laboratory)
        {
            while (!death.IsCompleted && !server.IsDead)
            {
                var number = packages.Count + 1;
                var package = unanswered.TryDequeue(out var again) ? again : new Package(laboratory, Guid.NewGuid().ToString("N"), $"1.00{number:00000}", $"10.0{number:00000}");
                packages[package.Key] = package;
                if (!await HandInAsync(server, package))
                    unanswered.Enqueue(package);
            }
        }

        async Task<bool> HandInAsync(Server server, Package package)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/comparisons/{stage.Code}/results");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SecretOf(package.Laboratory));
            request.Headers.Add("Idempotency-Key", package.Key);
            request.Content = JsonContent.Create(Circulating.Package(package.First, package.Second) with { ReasonForChange = package.Key, Points = [Point("1", package.First), Point("2", package.Second)] });
            try
            {
                using var response = await server.Client.SendAsync(request);
                // Two laboratories' packages may meet in one moment; the sender tries again.
                if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                    return false;
                Assert.True(response.StatusCode == HttpStatusCode.Created, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                var receipt = (await response.Content.ReadFromJsonAsync<SubmissionReceipt>())!;
                Assert.Equal(receipt, receipts.GetOrAdd(package.Key, receipt));
                return true;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                return false;
            }
        }
    }

    private static async Task CheckAsync(Circulating stage, ConcurrentDictionary<string, SubmissionReceipt> receipts, ConcurrentDictionary<string, Package> packages)
    {
        await using var db = stage.Database.Open();
        var comparison = (await db.FindComparisonAsync(stage.Code))!;
        var participants = await db.Participants.AsNoTracking().Include(p => p.Submissions).ThenInclude(s => s.Results).Include(p => p.Submissions).ThenInclude(s => s.Budget).Include(p => p.Submissions).ThenInclude(s => s.Files).AsSplitQuery().ToListAsync();
        Assert.NotEmpty(receipts);
        foreach (var participant in participants)
        {
            Assert.Equal(Enumerable.Range(1, participant.Submissions.Count), participant.Submissions.Select(s => s.Version).Order());
            Assert.All(participant.Submissions, s => Assert.Equal(2, s.Results.Count));
            Assert.All(participant.Submissions, s => Assert.True(Commitment.Verify(comparison, participant, s), $"{participant.LaboratoryCode} {s.Version}"));
        }
        // One version for each key, however often it was sent; the first packages had none.
        var byKey = participants.SelectMany(p => p.Submissions).Where(s => s.ReasonForChange is not null).ToDictionary(s => s.ReasonForChange!);
        Assert.Equal(packages.Keys.Order(), byKey.Keys.Order());
        foreach (var (key, receipt) in receipts)
        {
            Assert.Equal((receipt.Version, receipt.Commitment), (byKey[key].Version, byKey[key].Commitment));
            Assert.Equal([packages[key].First, packages[key].Second], byKey[key].Results.OrderBy(r => r.Value).Select(r => r.ValueText));
        }
        var previous = AuditEntry.FirstHash;
        await foreach (var entry in db.Audit.AsNoTracking().OrderBy(e => e.Sequence).AsAsyncEnumerable())
        {
            Assert.Equal((previous, entry.Hash), (entry.PreviousHash, entry.ComputeHash()));
            previous = entry.Hash;
        }
    }

    private static ReportedPoint Point(string point, string value) => Circulating.Point(point, value) with { MeasuredOn = null };

    private static async Task KillAsync(Server server, Task death)
    {
        await death;
        server.Kill();
    }

    private static string SecretOf(Actor laboratory) => $"pl_{laboratory.PersonId:N}";

    private static async Task AddTokenAsync(TestDatabase database, Actor laboratory, DateTimeOffset now)
    {
        await using var db = database.Open();
        db.Set<AccessToken>().Add(new AccessToken
        {
            Id = Guid.NewGuid(), PersonId = laboratory.PersonId!.Value, Name = "crash", Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SecretOf(laboratory)))), Start = "pl_", Scopes = Scopes.Submit,
            CreatedAt = now, ExpiresAt = now.AddDays(2),
        });
        await db.SaveChangesAsync();
    }

    /// <summary>The server as a process of its own, which ends only by SIGKILL.</summary>
    private sealed class Server : IAsyncDisposable
    {
        private readonly Process process;

        private Server(Process process, Uri address)
        {
            this.process = process;
            Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(15) };
        }

        public HttpClient Client { get; }
        public bool IsDead => process.HasExited;

        public static async Task<Server> StartAsync(string connectionString)
        {
            var port = FreePort();
            var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet") { WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "Plumbline.Web.dll"), "--urls", $"http://127.0.0.1:{port}", "--environment", "Development", $"--ConnectionStrings:Plumbline={connectionString}", "--Plumbline:Jobs=false", "--Logging:LogLevel:Default=Warning" })
                start.ArgumentList.Add(argument);
            var process = Process.Start(start)!;
            var output = new StringBuilder();
            process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
            process.ErrorDataReceived += (_, line) => output.AppendLine(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var server = new Server(process, new Uri($"http://127.0.0.1:{port}"));
            for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(60);)
            {
                Assert.False(process.HasExited, $"The server did not start:\n{output}");
                if (await server.AnswersAsync())
                    return server;
                await Task.Delay(50);
            }
            await server.DisposeAsync();
            throw new TimeoutException($"The server did not answer:\n{output}");
        }

        public void Kill() => process.Kill();

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            Client.Dispose();
        }

        private async Task<bool> AnswersAsync()
        {
            try
            {
                using var response = await Client.GetAsync("/health/ready");
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
