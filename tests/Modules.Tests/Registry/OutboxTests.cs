using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class OutboxTests
{
    [Theory, EachDatabase]
    public async Task A_letter_goes_to_the_pickup_directory_in_the_persons_language_and_once(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-mail-");
        await using var database = await TestDatabase.CreateAsync(kind, null, Setting("PickupDirectory", folder.FullName), new("Plumbline:PublicAddress", "https://plumbline.example.org"));
        var (chinese, english) = (await database.AddPersonAsync("王工"), await database.AddPersonAsync("Ann", language: "en"));
        await using (var scope = database.As(Actor.System))
        {
            foreach (var actor in new[] { chinese, english })
                scope.Get<Notices>().Add(actor.PersonId!.Value, "rule-decided", "/rules/CMP", "CMP.x", RuleState.Rejected, "乙");
            await scope.Db.SaveChangesAsync();
            Assert.Equal(2, await scope.Get<Outbox>().SendDueAsync());
            Assert.Equal(0, await scope.Get<Outbox>().SendDueAsync());
            Assert.All(await scope.Db.Mail.ToListAsync(), m => Assert.True(m is { SentAt: not null, Link: null }));
        }
        var letters = folder.GetFiles("*.eml").Select(f => Decode(File.ReadAllText(f.FullName))).ToArray();
        Assert.Equal(2, letters.Length);
        Assert.Contains(letters, l => l.Contains("未批准", StringComparison.Ordinal) && l.Contains("https://plumbline.example.org/rules/CMP", StringComparison.Ordinal));
        Assert.Contains(letters, l => l.Contains("was decided by", StringComparison.Ordinal) && l.Contains("Rejected", StringComparison.Ordinal));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_again_later_and_at_last_given_up()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite", null, Setting("Host", "127.0.0.1"), Setting("Port", "1"));
        var person = await database.AddPersonAsync("王工");
        await using var scope = database.As(Actor.System);
        scope.Get<Notices>().Add(person.PersonId!.Value, "rule-decided", null, "x", RuleState.InForce, "乙");
        await scope.Db.SaveChangesAsync();
        var letter = await scope.Db.Mail.SingleAsync();
        var waits = new List<double>();
        while (letter.GivenUpAt is null)
        {
            var before = letter.DueAt;
            Assert.Equal(0, await scope.Get<Outbox>().SendDueAsync());
            Assert.NotNull(letter.Error);
            waits.Add((letter.DueAt - before).TotalMinutes);
            Assert.Equal(0, await scope.Get<Outbox>().SendDueAsync());
            database.Clock.Now = letter.DueAt;
        }
        Assert.Equal([1, 5, 30, 120, 360, 720, 1440, 0], waits);
    }

    [Fact]
    public async Task A_letter_by_SMTP_carries_its_own_id_and_no_smuggled_header()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = SmtpAsync(listener);
        await using var database = await TestDatabase.CreateAsync("sqlite", null, Setting("Host", "127.0.0.1"), Setting("Port", ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)), Setting("From", "plumbline@example.org"));
        await using var scope = database.As(Actor.System);
        scope.Get<Notices>().AddMail("lab@example.org", "en", "rule-decided", "/x", "evil\r\nBcc: victim@example.org", RuleState.InForce, "乙");
        await scope.Db.SaveChangesAsync();
        Assert.Equal(1, await scope.Get<Outbox>().SendDueAsync());
        var text = await received;
        var letter = await scope.Db.Mail.SingleAsync();
        Assert.Contains($"<{letter.Id:N}@example.org>", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("Bcc:", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("RCPT TO:<lab@example.org>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("RCPT TO:<victim", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_given_up_at_once_and_the_others_go()
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-mail-");
        await using var database = await TestDatabase.CreateAsync("sqlite", null, Setting("PickupDirectory", folder.FullName));
        await using var scope = database.As(Actor.System);
        scope.Get<Notices>().AddMail("no address", "zh", "rule-decided", null, "x", RuleState.InForce, "乙");
        scope.Get<Notices>().AddMail("good@example.org", "zh", "rule-decided", null, "x", RuleState.InForce, "乙");
        await scope.Db.SaveChangesAsync();
        Assert.Equal(1, await scope.Get<Outbox>().SendDueAsync());
        Assert.Equal(1, await scope.Db.Mail.CountAsync(m => m.GivenUpAt != null));
        folder.Delete(recursive: true);
    }

    private static KeyValuePair<string, string?> Setting(string name, string value) => new($"Plumbline:Mail:{name}", value);

    // Bodies are base64, by lines of 70 characters.
    private static string Decode(string eml)
    {
        var parts = eml.Split("\r\n\r\n", 2);
        return parts[0] + Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Replace("\r\n", "", StringComparison.Ordinal)));
    }

    /// <summary>As much of an SMTP server as a client needs; returns everything that the client said.</summary>
    private static async Task<string> SmtpAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 test");
        var all = new StringBuilder();
        var inData = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            all.AppendLine(line);
            if (inData && line != ".")
                continue;
            var answer = line.Split(' ')[0].ToUpperInvariant() switch { "EHLO" => "250 test", "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 ok" };
            inData = answer[0] == '3';
            await writer.WriteLineAsync(answer);
            if (answer[..3] == "221")
                break;
        }
        return all.ToString();
    }
}
