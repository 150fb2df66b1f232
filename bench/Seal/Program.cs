// dotnet run -c Release --project bench/Seal
// Verification of seals against `openssl speed`, and the size of revocation lists against their entropy, in one run. Times are CPU times.
using System.Diagnostics;
using System.Globalization;
using Plumbline.Certificates;

var now = new DateTimeOffset(2026, 6, 1, 4, 0, 0, TimeSpan.Zero);
using var status = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
using var custodian = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);

Console.WriteLine("| certificates | not in force | bytes | entropy, bytes | ratio | make, ms | read, ms |");
Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|");
foreach (var (range, share) in new[] { (20_000_000, 0.0001), (20_000_000, 0.001), (20_000_000, 0.01) })
{
    var random = new Random(1);
    var listed = Enumerable.Range(0, range).Where(_ => random.NextDouble() < share).Select(i => KeyValuePair.Create((uint)i, ListedStatus.Revoked)).ToArray();
    var clock = Stopwatch.StartNew();
    var file = RevocationList.Create(1, now, now.AddDays(1), 0, (uint)range, listed).Sign(status);
    var made = clock.Elapsed;
    clock.Restart();
    var read = RevocationList.Read(file).Value!;
    var took = clock.Elapsed;
    Must(read.StatusOf(listed[^1].Key) == ListedStatus.Revoked);
    var p = (double)listed.Length / range;
    var entropy = -range * (p * Math.Log2(p) + (1 - p) * Math.Log2(1 - p)) / 8;
    Console.WriteLine($"| {range} | {100 * share} % | {file.Length} | {entropy:0} | {file.Length / entropy:0.0000} | {made.TotalMilliseconds:0} | {took.TotalMilliseconds:0} |");
}

Console.WriteLine();
Console.WriteLine("| work | a second | openssl speed, a second | ratio |");
Console.WriteLine("|---|--:|--:|--:|");
foreach (var (algorithm, speed) in new[] { (SignatureAlgorithm.EcdsaP256, "ecdsap256"), (SignatureAlgorithm.Sm2, "sm2") })
{
    using var signer = SoftwareKey.Create(algorithm);
    var trust = new TrustList(1, new(2026, 1, 5), new(2026, 12, 31), 2, [new("1", custodian.PublicKey), new("2", status.PublicKey)],
        [new("B", "某计量院", "Institute", "330000") { Authorisations = [new(DocumentKind.VerificationCertificate, "1", new(2026, 1, 1), null)], Keys = [new(signer.PublicKey, [KeyUse.Seal], new(2026, 1, 1), new(2028, 1, 1)), new(status.PublicKey, [KeyUse.Status], new(2026, 1, 1), new(2028, 1, 1))] }]);
    var revocations = RevocationList.Read(RevocationList.Create(1, now, now.AddDays(1), 0, 20_000_000, Enumerable.Range(0, 20_000).Select(i => KeyValuePair.Create((uint)i * 997, ListedStatus.Revoked))).Sign(status)).Value!;
    var verifier = new SealVerifier(trust, revocations, new Noon(now));
    var urls = Enumerable.Range(0, 64).Select(i => SealCodec.ToUrl(SealCodec.Sign(new Seal
    {
        KeyId = signer.PublicKey.Id, Certificate = new((ulong)i + 1), Kind = DocumentKind.VerificationCertificate, Model = "ACS-30", Conclusion = SealConclusion.Conforms, Grade = "Ⅲ", Date = new(2026, 5, 20), ValidUntil = new(2027, 5, 19),
        StatusIndex = (uint)i * 997 + 1, Salt = "00112233445566ff", DocumentDigest = Seal.DigestOfDocument("a certificate"u8), LeafIndex = i,
    }.WithSerial("SN-2026-000123456"), signer), "v.example.cn")).ToArray();
    var next = 0;
    void Verify() => Must(verifier.Verify(SealCodec.Read(urls[next++ % urls.Length]).Value!).IsGood);
    _ = Rate(Verify, 4);
    // In turn: the machine's pace changes.
    var rounds = Enumerable.Range(0, 7).Select(_ => (Ours: Rate(Verify, 1), Theirs: OpenSsl(speed))).ToArray();
    var (ours, theirs) = (Median(rounds.Select(r => r.Ours)), Median(rounds.Select(r => r.Theirs)));
    Console.WriteLine($"| seal read from its address and verified in full, {algorithm} | {ours:0} | {theirs:0} | {100 * Median(rounds.Select(r => r.Ours / r.Theirs)):0} % |");
}

static void Must(bool held)
{
    if (!held)
        throw new InvalidOperationException("The seal is not good, or the list does not hold what it should: nothing was measured.");
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

static double Rate(Action work, double seconds)
{
    using var process = Process.GetCurrentProcess();
    var clock = Stopwatch.StartNew();
    var cpu = process.TotalProcessorTime;
    var count = 0;
    for (; clock.Elapsed.TotalSeconds < seconds; count++)
        work();
    process.Refresh();
    return count / (process.TotalProcessorTime - cpu).TotalSeconds;
}

static double OpenSsl(string algorithm)
{
    using var process = Process.Start(new ProcessStartInfo("openssl", ["speed", "-seconds", "1", "-mr", algorithm]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    var error = process.StandardError.ReadToEndAsync();
    // +F4:number:bits:curve:signatures a second:verifications a second
    var line = process.StandardOutput.ReadToEnd().Split('\n').Last(l => l.StartsWith("+F", StringComparison.Ordinal));
    process.WaitForExit();
    _ = error.Result;
    return double.Parse(line.Trim().Split(':')[^1], CultureInfo.InvariantCulture);
}

internal sealed class Noon(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
