using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline log monitor</c> and <c>witness</c>.</summary>
internal static class LogWatchCommand
{
    public static Command Monitor(CliTexts texts)
    {
        var address = LogPlace.Address(texts);
        var state = new Option<string?>("--state") { Description = texts["log.monitor.state"] };
        var place = new LogPlace(texts);
        var (json, language) = (LogPlace.Json(texts), LogPlace.Language(texts));
        var command = new Command("monitor", texts["log.monitor.summary"]) { address, state, json, language };
        foreach (var option in place.PolicyOptions.Concat(place.TrustOptions))
            command.Options.Add(option);
        command.SetAction((call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            return LogPlace.RunAsync(call, words, async () =>
            {
                if (place.Policy(call, words) is not { } policy)
                    return 2;
                var trust = place.HasTrust(call) ? place.Trust(call, words) : null;
                if (place.HasTrust(call) && trust is null)
                    return 2;
                var monitor = new LogMonitor(LogPlace.Source(call.GetRequiredValue(address)), policy, trust);
                var report = await monitor.RunAsync(call.GetValue(state), cancel);
                if (call.GetValue(json))
                    output.WriteLine(Tell(report, monitor.History, words).ToJsonString(SignatureOutput.Indented));
                else if (report.Checkpoint is { } seen && report.Alarms.Count == 0)
                    output.WriteLine(words["log.monitor.good", seen.Origin, seen.Size, report.NewEntries, monitor.History.Count]);
                foreach (var alarm in report.Alarms)
                    error.WriteLine(words["log.monitor.alarm", LogPlace.Say(alarm, words)]);
                return report.Alarms.Count == 0 ? 0 : 1;
            });
        });
        return command;
    }

    public static Command Witness(CliTexts texts)
    {
        var name = new Option<string>("--name") { Description = texts["log.witness.name"], Required = true };
        var key = new Option<string>("--key") { Description = texts["log.witness.key"], Required = true };
        var logs = new Option<string[]>("--log-key") { Description = texts["log.witness.logs"], Required = true, AllowMultipleArgumentsPerToken = true };
        var state = new Option<string>("--state") { Description = texts["log.witness.state"], Required = true };
        var listen = new Option<string>("--listen") { Description = texts["log.witness.listen"], DefaultValueFactory = _ => "http://localhost:8391/" };
        var (passphrase, language) = (new Passphrase(texts), LogPlace.Language(texts));
        var serve = new Command("serve", texts["log.witness.serve"]) { name, key, passphrase.Option, logs, state, listen, language };
        serve.SetAction((call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            return LogPlace.RunAsync(call, words, async () =>
            {
                using var secret = LogPlace.Key(call, words, call.GetRequiredValue(key), passphrase);
                if (secret is null)
                    return 2;
                var folder = Path.GetFullPath(call.GetRequiredValue(state));
                Directory.CreateDirectory(folder);
                // Two witnesses of one folder could step back behind each other.
                await using var one = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                var witness = new Witness(NoteSigner.OfWitness(call.GetRequiredValue(name), secret), [.. call.GetRequiredValue(logs).Select(NoteKey.Parse)], folder, TimeProvider.System);
                await ServeAsync(witness, call.GetRequiredValue(listen).TrimEnd('/') + "/", call.InvocationConfiguration.Output, cancel);
                return 0;
            });
        });
        return new("witness", texts["log.witness.summary"]) { serve };
    }

    private static async Task ServeAsync(Witness witness, string address, TextWriter output, CancellationToken cancel)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add(address);
        try
        {
            listener.Start();
        }
        catch (HttpListenerException taken)
        {
            throw new IOException(taken.Message, taken);
        }
        output.WriteLine(witness.Key);
        output.WriteLine(address);
        await using var stopping = cancel.Register(listener.Stop);
        while (!cancel.IsCancellationRequested)
            try
            {
                await AnswerAsync(witness, await listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The caller hung up, or the witness is told to stop.
            }
    }

    private static async Task AnswerAsync(Witness witness, HttpListenerContext context)
    {
        using var response = context.Response;
        if (context.Request.Url?.AbsolutePath.EndsWith("/add-checkpoint", StringComparison.Ordinal) != true)
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }
        if (context.Request.HttpMethod != "POST")
        {
            response.StatusCode = (int)HttpStatusCode.MethodNotAllowed;
            return;
        }
        var body = new byte[Certificates.Witness.MaximumRequest + 1];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        int length;
        try
        {
            length = await context.Request.InputStream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, patience.Token);
        }
        catch (OperationCanceledException)
        {
            response.StatusCode = (int)HttpStatusCode.RequestTimeout;
            return;
        }
        var answer = witness.AddCheckpoint(body.AsSpan(0, length));
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body), CancellationToken.None);
    }

    private static JsonObject Tell(MonitorReport report, EventHistory history, CliTexts words) => new()
    {
        ["origin"] = report.Checkpoint?.Origin,
        ["size"] = report.Checkpoint?.Size,
        ["root"] = report.Checkpoint?.Root.ToString(),
        ["newEntries"] = report.NewEntries,
        ["certificates"] = history.Count,
        ["alarms"] = new JsonArray([.. report.Alarms.Select(a => (JsonNode)new JsonObject { ["rule"] = a.Rule, ["path"] = a.Path, ["value"] = a.Value, ["expected"] = a.Expected, ["text"] = CertificatesTexts.Describe(a, words.Culture) })]),
    };
}
