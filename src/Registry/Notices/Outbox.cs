using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Sends the letters that are due. A letter is sent at least once: after a crash between sending and noting it goes again, under the same Message-ID.</summary>
public sealed class Outbox(PlumblineDb db, Texts texts, TimeProvider clock, IConfiguration settings, ILogger<Outbox> log)
{
    private const int Batch = 50;
    private static readonly TimeSpan[] Waits = [.. new[] { 1, 5, 30, 120, 360, 720, 1440 }.Select(minutes => TimeSpan.FromMinutes(minutes))];
    private readonly MailSettings mail = MailSettings.Read(settings);

    /// <summary>Returns how many letters left.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var due = await db.Mail.Where(m => m.SentAt == null && m.GivenUpAt == null && m.DueAt <= now).OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(Batch).ToListAsync(cancel);
        var ids = due.Select(m => m.PersonId).OfType<Guid>().ToHashSet();
        var people = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
        var sent = 0;
        foreach (var letter in due)
        {
            var person = letter.PersonId is { } id ? people.GetValueOrDefault(id) : null;
            await TryAsync(letter, person, cancel);
            sent += letter.SentAt is null ? 0 : 1;
            await db.SaveChangesAsync(cancel);
        }
        return sent;
    }

    private async Task TryAsync(Mail letter, Person? person, CancellationToken cancel)
    {
        letter.Attempts++;
        try
        {
            using var message = Compose(letter, person);
            await SendAsync(message, letter.Id, cancel);
            (letter.SentAt, letter.Error, letter.Link) = (clock.GetUtcNow(), null, null);
        }
        catch (FormatException e)
        {
            // An address that is none will not become one.
            (letter.GivenUpAt, letter.Error) = (clock.GetUtcNow(), e.Message);
            log.LogError(e, "Letter {Letter} has no usable address", letter.Id);
        }
        catch (Exception e) when (e is SmtpException or IOException or UnauthorizedAccessException)
        {
            letter.Error = e.GetBaseException().Message;
            if (letter.Attempts > Waits.Length)
                letter.GivenUpAt = clock.GetUtcNow();
            else
                letter.DueAt = clock.GetUtcNow() + Waits[letter.Attempts - 1];
            log.LogWarning(e, "Letter {Letter} was not sent, attempt {Attempt}", letter.Id, letter.Attempts);
        }
    }

    private MailMessage Compose(Mail letter, Person? person)
    {
        CultureInfo.CurrentUICulture = (letter.Language ?? person?.Language) == "en" ? Texts.English : Texts.Chinese;
        var arguments = NoticeArguments.Unpack(letter.Arguments, texts);
        var body = new StringBuilder(texts[$"mail.{letter.Key}.body", arguments]).Append("\n\n");
        if (letter.Link is { } link)
            body.Append(new Uri(mail.PublicAddress, link)).Append("\n\n");
        body.Append(texts["mail.foot"]).Append('\n');
        var message = new MailMessage
        {
            From = new MailAddress(mail.From, texts["product"], Encoding.UTF8),
            Subject = OneLine(texts[$"mail.{letter.Key}.subject", arguments]), SubjectEncoding = Encoding.UTF8,
            Body = body.ToString(), BodyEncoding = Encoding.UTF8, IsBodyHtml = false,
        };
        message.To.Add(new MailAddress(letter.To ?? person?.Email ?? throw new FormatException("The letter names nobody."), person is null ? null : OneLine(person.Name), Encoding.UTF8));
        message.Headers.Add("Message-ID", $"<{letter.Id:N}@{message.From.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    // A name or title with a line break in it must not become another header.
    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);

    private async Task SendAsync(MailMessage message, Guid id, CancellationToken cancel)
    {
        if (mail.Host is not { Length: > 0 } host)
        {
            WriteEml(message, id);
            return;
        }
        using var client = new SmtpClient(host, mail.Port) { EnableSsl = mail.StartTls, Timeout = 30_000 };
        if (mail.User is { Length: > 0 } user)
            client.Credentials = new NetworkCredential(user, mail.Password);
        await client.SendMailAsync(message, cancel);
    }

    // Under its own name, so that a second try replaces the first.
    private void WriteEml(MailMessage message, Guid id)
    {
        var workshop = Directory.CreateDirectory(Path.Combine(mail.PickupDirectory, $".{id:N}"));
        using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = workshop.FullName })
            client.Send(message);
        File.Move(workshop.GetFiles("*.eml").Single().FullName, Path.Combine(mail.PickupDirectory, $"{id:N}.eml"), overwrite: true);
        workshop.Delete();
    }
}
