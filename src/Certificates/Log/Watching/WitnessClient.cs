using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>Why a witness did not sign.</summary>
/// <param name="Witness">Its name.</param>
/// <param name="Status">Its answer's HTTP status; null where it was not reached.</param>
/// <param name="Detail">What it, or the network, said.</param>
public sealed record WitnessRefusal(string Witness, int? Status, string Detail);

/// <summary>Asks the witnesses of a policy for their signatures (C2SP tlog-witness, client). Safe for use by several threads.</summary>
/// <param name="client">What posts.</param>
/// <param name="policy">The witnesses; those with an address are asked.</param>
/// <param name="reader">Reads the log, for proofs of consistency.</param>
/// <param name="patience">How long to wait for them all.</param>
public sealed class WitnessClient(HttpClient client, LogPolicy policy, LogReader reader, TimeSpan patience)
{
    private readonly Dictionary<string, long> known = new(StringComparer.Ordinal);
    private readonly Lock turn = new();
    private IReadOnlyList<WitnessRefusal> refusals = [];

    /// <summary>Which witnesses did not sign last time, and why.</summary>
    public IReadOnlyList<WitnessRefusal> Refusals => Volatile.Read(ref refusals);

    /// <summary>The checkpoint with the signatures that came in time. Whether they are enough is for whoever reads it to say, by its policy.</summary>
    public async Task<SignedNote> CosignAsync(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        using var wait = new CancellationTokenSource(patience);
        var answers = await Task.WhenAll(policy.Witnesses.Where(w => w.Url is not null).Select(w => AskAsync(w, note, wait.Token)));
        Volatile.Write(ref refusals, [.. answers.Select(a => a.Refusal).OfType<WitnessRefusal>()]);
        return note.With(answers.SelectMany(a => a.Signatures));
    }

    private async Task<(IReadOnlyList<NoteSignature> Signatures, WitnessRefusal? Refusal)> AskAsync(PolicyKey witness, SignedNote note, CancellationToken cancel)
    {
        try
        {
            var old = Known(witness.Name);
            var answer = await PostAsync(witness, note, old, cancel);
            if (answer.Status == (int)HttpStatusCode.Conflict && Checkpoint.TryParseSize(answer.Body.TrimEnd('\n'), out var size) && size != old)
                answer = await PostAsync(witness, note, size, cancel);
            if (answer.Status != (int)HttpStatusCode.OK)
                return ([], new(witness.Name, answer.Status, answer.Body.Trim()));
            var signed = new SignedNote(note.Text, [.. answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(SignedNote.MaximumSignatures).Select(l => SignedNote.ParseSignature(l + "\n"))]);
            if (signed.SignedBy([witness.Key]).Count == 0)
                return ([], new(witness.Name, answer.Status, "?"));
            lock (turn)
                known[witness.Name] = Checkpoint.Parse(note.Text).Size;
            return ([signed.Signatures.First(s => (s.Name, s.KeyId) == (witness.Key.Name, witness.Key.Id))], null);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or LogException or IOException)
        {
            return ([], new(witness.Name, null, fault.Message));
        }
    }

    private long Known(string witness)
    {
        lock (turn)
            return known.GetValueOrDefault(witness);
    }

    private async Task<WitnessAnswer> PostAsync(PolicyKey witness, SignedNote note, long old, CancellationToken cancel)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        // A witness that knows more than is asked for has seen a future that we do not have: its answer will say so.
        var proof = old > 0 && old < checkpoint.Size ? await reader.ProveConsistencyAsync(old, checkpoint.Size, cancel) : [];
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(new WitnessRequest(old, proof, note, checkpoint).ToString()));
        body.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(witness.Url!.TrimEnd('/') + "/add-checkpoint")) { Content = body };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[Witness.MaximumRequest];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return new((int)answer.StatusCode, Convert.ToString(answer.Content.Headers.ContentType, CultureInfo.InvariantCulture) ?? "", Encoding.UTF8.GetString(buffer, 0, length));
    }
}
