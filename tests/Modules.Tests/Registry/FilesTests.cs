using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class FilesTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    [Theory, EachDatabase]
    public async Task An_upload_comes_back_byte_for_byte_with_its_hash(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var scope = database.As(Actor.System);
        var stored = (await scope.Get<Files>().StoreAsync(new MemoryStream(Png), "../../传递标准 外观.PNG", "image/png", "test")).Value!;
        await scope.Db.SaveChangesAsync();
        Assert.Equal(("传递标准 外观.PNG", "image/png", 11L), (stored.Name, stored.ContentType, stored.Size));
        await using var later = database.As(Actor.System);
        var found = await later.Get<Files>().FindAsync(stored.Id);
        Assert.Equal(Png, await later.Get<Files>().ReadAsync(found!));
        Assert.False(await later.Get<Files>().MayReadAsync(found!));
    }

    [Theory, EachDatabase]
    public async Task A_stored_file_cannot_be_changed_or_deleted(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var scope = database.As(Actor.System);
        await scope.Get<Files>().StoreAsync(new MemoryStream(Png), "a.png", null, "test");
        await scope.Db.SaveChangesAsync();
        foreach (var sql in new[] { "UPDATE file SET \"Name\" = 'b.png'", "DELETE FROM file_content", "DELETE FROM file" })
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => scope.Db.Database.ExecuteSqlRawAsync(sql));
    }

    [Theory, EachDatabase]
    public async Task A_directory_may_keep_the_contents(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-files-");
        await using var database = await TestDatabase.CreateAsync(kind, null, new KeyValuePair<string, string?>("Plumbline:FileDirectory", folder.FullName));
        await using var scope = database.As(Actor.System);
        var stored = (await scope.Get<Files>().StoreAsync(new MemoryStream(Png), "a.png", null, "test")).Value!;
        await scope.Db.SaveChangesAsync();
        var path = Path.Combine(folder.FullName, stored.Location!);
        Assert.Equal(Png, await File.ReadAllBytesAsync(path));
        Assert.Empty(Directory.GetFiles(folder.FullName, "*.part", SearchOption.AllDirectories));
        Assert.Equal(Png, await scope.Get<Files>().ReadAsync(stored));
        await File.WriteAllBytesAsync(path, [.. Png, 0]);
        await Assert.ThrowsAsync<InvalidDataException>(() => scope.Get<Files>().ReadAsync(stored));
        folder.Delete(recursive: true);
    }

    public static TheoryData<string, string?, byte[], string?> Uploads => new()
    {
        { "report.pdf", "application/pdf", "%PDF-1.7 …"u8.ToArray(), null },
        { "report.pdf", "application/pdf", "<html><script>"u8.ToArray(), "file-content" },
        { "photo.jpg", "image/png", [0xFF, 0xD8, 0xFF, 0xE0], "file-content" },
        { "photo.jpg", "image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0], null },
        { "page.html", "text/html", "<html>"u8.ToArray(), "file-kind" },
        { "all.zip", "application/zip", "PK\x03\x04"u8.ToArray(), "file-kind" },
        { "picture.svg", "image/svg+xml", "<svg onload='x'/>"u8.ToArray(), "file-kind" },
        { "results.csv", "text/csv", [0xB2, 0xCE, 0xB1, 0xC8, (byte)',', (byte)'1'], null },
        { "results.csv", "text/csv", [1, 2, 0, 0], "file-content" },
        { "data.xml", "text/xml", "<?xml version='1.0'?><a/>"u8.ToArray(), null },
        { "data.xml", "text/xml", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"u8.ToArray(), "file-content" },
        { "data.json", null, "{\"a\":1}"u8.ToArray(), null },
        { "data.json", null, "{\"a\":"u8.ToArray(), "file-content" },
        { "book.xlsx", null, Zip("[Content_Types].xml", "xl/workbook.xml"), null },
        { "book.xlsx", null, Zip("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "file-content" },
        { "book.xlsx", null, Zip("[Content_Types].xml", "word/document.xml"), "file-content" },
        { "letter.docx", null, Zip("[Content_Types].xml", "word/document.xml"), null },
        { "empty.txt", null, [], "file-empty" },
    };

    [Theory, MemberData(nameof(Uploads))]
    public void Only_known_kinds_that_are_what_they_say_are_taken(string name, string? declared, byte[] content, string? refusal) =>
        Assert.Equal(refusal, FileCheck.Recognise(name, declared, content, FileLimits.Default, "file").Refusal?.Code);

    [Theory]
    [InlineData("C:\\用户\\结果.xlsx", "结果.xlsx")]
    [InlineData("a\r\nSet-Cookie: x.csv", "aSet-Cookie x.csv")]
    [InlineData("‮gpj.exe.png", "gpj.exe.png")]
    [InlineData("...", "file")]
    [InlineData("<b>\"x\"</b>.txt", "b.txt")]
    public void A_name_keeps_its_words_and_loses_its_tricks(string given, string kept) => Assert.Equal(kept, FileCheck.CleanName(given));

    [Fact]
    public async Task An_upload_over_the_limit_is_refused_with_the_limit()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        await using var scope = database.As(Actor.System);
        var refused = await scope.Get<Files>().StoreAsync(new MemoryStream(new byte[3000]), "a.txt", null, "test", limits: new FileLimits(2048), field: "Form.Photo");
        var refusal = Assert.Single(refused.Refusals);
        Assert.Equal(("file-too-large", "Form.Photo", "2 kB"), (refusal.Code, refusal.Field, refusal.Arguments[1]));
    }

    [Theory]
    [InlineData("stream: OK\0", null)]
    [InlineData("stream: Eicar-Test-Signature FOUND\0", "file-infected")]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", "file-scan-unavailable")]
    [InlineData("", "file-scan-unavailable")]
    public async Task The_scanner_sees_every_byte_and_its_word_counts(string answer, string? refusal)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var seen = ClamdAsync(listener, answer);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var database = await TestDatabase.CreateAsync("sqlite", null, new KeyValuePair<string, string?>("Plumbline:Clamd", $"127.0.0.1:{port}"));
        await using var scope = database.As(Actor.System);
        byte[] content = [.. Png, .. new byte[100_000]];
        var outcome = await scope.Get<Files>().StoreAsync(new MemoryStream(content), "a.png", null, "test");
        Assert.Equal(refusal, outcome.Refusals.SingleOrDefault()?.Code);
        Assert.Equal(content, await seen);
        Assert.Equal(refusal is null ? 1 : 0, scope.Db.ChangeTracker.Entries<StoredFile>().Count());
    }

    [Fact]
    public async Task A_scanner_that_is_down_refuses_the_file()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite", null, new KeyValuePair<string, string?>("Plumbline:Clamd", "127.0.0.1:1"));
        await using var scope = database.As(Actor.System);
        Assert.Equal("file-scan-unavailable", (await scope.Get<Files>().StoreAsync(new MemoryStream(Png), "a.png", null, "test")).Refusals.Single().Code);
    }

    // What clamd does with INSTREAM: reads chunks until a zero length, then says its word.
    private static async Task<byte[]> ClamdAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var command = new byte[10];
        await stream.ReadExactlyAsync(command);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        using var content = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length);
            var size = BinaryPrimitives.ReadInt32BigEndian(length);
            if (size == 0)
                break;
            var chunk = new byte[size];
            await stream.ReadExactlyAsync(chunk);
            content.Write(chunk);
        }
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return content.ToArray();
    }

    private static byte[] Zip(params string[] entries)
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
                archive.CreateEntry(entry);
        }
        return target.ToArray();
    }
}
