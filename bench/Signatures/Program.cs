// dotnet run -c Release --project bench/Signatures
// Verification of a signed certificate of 24 kB against SignedXml, and single signatures against `openssl speed`, in one run. Times are CPU times.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Plumbline.BenchSignatures;
using Plumbline.Certificates;

Peer.Prepare();
var now = new DateTimeOffset(2023, 3, 28, 0, 0, 0, TimeSpan.Zero);
var shared = Path.Combine(Environment.CurrentDirectory, "..", "shared", "certificates", "samples", "signed", "dcc_gp_temperature_typical_v12_v3.2.0_signed.xml");
using var key = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
var root = CertificateIssue.Root(key, "CN=Bench", now.AddYears(-1), now.AddYears(1));
using var leaf = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
var own = XmlSignature.Sign(Document(), new(leaf, [CertificateIssue.Issue(new(key, [root]), leaf.PublicKey, "CN=Signer", CertificatePurpose.Signing, now.AddMonths(-1), now.AddMonths(1))]), now);

foreach (var (name, file) in File.Exists(shared) ? new[] { ("PTB's signed example", File.ReadAllBytes(shared)), ("own signed file", own) } : [("own signed file", own)])
{
    var (ours, peers) = Alternate(() => Must(XmlSignature.Verify(file, new([], now)).State == SignatureState.Valid), () => Must(Peer.Verifies(file)));
    Console.WriteLine($"| parse, canonicalise, verify: {name}, {file.Length} bytes | {ours:0} /s | SignedXml {peers:0} /s | {ours / peers:0.0} × |");
}

var message = Encoding.UTF8.GetBytes("plumbline");
foreach (var (algorithm, speed, column) in new[] { (SignatureAlgorithm.EcdsaP256, "ecdsap256", "verify"), (SignatureAlgorithm.Sm2, "sm2", "verify") })
{
    using var signer = SoftwareKey.Create(algorithm);
    var (publicKey, signature) = (signer.PublicKey, signer.Sign(message));
    // Before and after: the machine's pace changes.
    var before = OpenSsl(speed);
    var rate = Rate(() => Must(publicKey.Verify(message, signature)), 3);
    var after = OpenSsl(speed);
    var limit = (before + after) / 2;
    Console.WriteLine($"| {algorithm} {column}, one key | {rate:0} /s | openssl speed {limit:0} /s | {100 * rate / limit:0} % |");
}

static void Must(bool held)
{
    if (!held)
        throw new InvalidOperationException("The signature does not verify: nothing was measured.");
}

// Ten rounds of each in turn; the median of each.
static (double, double) Alternate(Action first, Action second)
{
    // Long enough for the compiler's last tier on a busy machine.
    Rate(first, 4);
    Rate(second, 4);
    var rates = Enumerable.Range(0, 10).Select(_ => (Rate(first, 0.5), Rate(second, 0.5))).ToArray();
    return (Median(rates.Select(r => r.Item1)), Median(rates.Select(r => r.Item2)));
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
    using var process = Process.Start(new ProcessStartInfo("openssl", ["speed", "-seconds", "2", "-mr", algorithm]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    var error = process.StandardError.ReadToEndAsync();
    // +F4:number:bits:curve:signatures a second:verifications a second
    var line = process.StandardOutput.ReadToEnd().Split('\n').Last(l => l.StartsWith("+F", StringComparison.Ordinal));
    process.WaitForExit();
    _ = error.Result;
    return double.Parse(line.Trim().Split(':')[^1], CultureInfo.InvariantCulture);
}

// A certificate of the usual size: 200 lines of readings.
static byte[] Document()
{
    var text = new StringBuilder("""<dcc:digitalCalibrationCertificate xmlns:dcc="https://ptb.de/dcc" xmlns:si="https://ptb.de/si" schemaVersion="3.3.0">""");
    for (var i = 0; i < 110; i++)
        text.Append(CultureInfo.InvariantCulture, $"""<dcc:quantity refType="basic_measuredValue"><dcc:name><dcc:content lang="zh">第 {i} 点示值</dcc:content></dcc:name><si:real><si:value>{i * 0.25:0.0000}</si:value><si:unit>\mega\pascal</si:unit></si:real></dcc:quantity>""");
    return Encoding.UTF8.GetBytes(text.Append("</dcc:digitalCalibrationCertificate>").ToString());
}
