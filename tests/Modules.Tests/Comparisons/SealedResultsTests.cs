using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

/// <summary>Until they are opened nobody but the laboratory itself reads results: by no page, program, export, audit entry, log or message.</summary>
public class SealedResultsTests
{
    // Digits that occur nowhere else.
    private const string Secret = "1.0731953";
    private const string SecretUncertainty = "0.0619283";
    private const string SecretWords = "秘密方法7319";

    [Theory, EachDatabase]
    public async Task The_query_gives_values_to_the_laboratory_itself_alone(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync(1, 2);
        foreach (var state in new[] { "", "end-circulation" })
        {
            if (state.Length > 0)
                await stage.MoveAsync(state);
            foreach (var watcher in new[] { stage.Cast.Organiser, stage.Cast.Regulator })
                Assert.All((await ReadAsync(stage, watcher)).Value!.Packages, p => Assert.Empty(p.Submissions));
            var pilot = (await ReadAsync(stage, stage.Pilot)).Value!;
            Assert.Equal(3, pilot.Received);
            Assert.Equal(["P"], pilot.Packages.Where(p => p.Submissions.Count > 0).Select(p => p.LaboratoryCode));
            Assert.Equal(["L01"], (await ReadAsync(stage, stage.Cast.Laboratories[0])).Value!.Packages.Select(p => p.LaboratoryCode));
            foreach (var outsider in new[] { stage.Cast.Laboratories[3], stage.Cast.Stranger, Actor.Anonymous, Administrator(AdministratorDuty.System), Administrator(AdministratorDuty.Security), Administrator(AdministratorDuty.Audit), Actor.System })
                Assert.Equal(OutcomeKind.Forbidden, (await ReadAsync(stage, outsider)).Kind);
        }
        database.Clock.Now = Circulating.AfterDeadline;
        await stage.MoveAsync("open-results");
        Assert.Equal(3, (await ReadAsync(stage, stage.Pilot)).Value!.Packages.Count(p => p.Submissions.Count > 0));
        Assert.All((await ReadAsync(stage, stage.Cast.Organiser)).Value!.Packages, p => Assert.Empty(p.Submissions));
        Assert.Single((await ReadAsync(stage, stage.Cast.Laboratories[1])).Value!.Packages);
    }

    [Theory, EachDatabase]
    public async Task A_receipt_is_shown_to_the_laboratory_itself_alone_even_after_publication(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await stage.ReceiveAsync(1);
        await stage.MoveAsync("end-circulation", "open-results", "issue-draft", "publish");
        var participant = (await stage.LoadAsync()).Participants.Single(p => p.LaboratoryCode == "L01").Id;
        foreach (var actor in new[] { stage.Pilot, stage.Cast.Organiser, stage.Cast.Regulator, stage.Cast.Laboratories[1], Actor.Anonymous })
        {
            await using var other = database.As(actor);
            Assert.Equal(OutcomeKind.NotFound, (await other.Get<ReadResults>().OwnAsync(stage.Code, participant, 1, actor)).Kind);
        }
        await using var own = database.As(stage.Cast.Laboratories[0]);
        Assert.True(Cast.Accept(await own.Get<ReadResults>().OwnAsync(stage.Code, participant, 1, stage.Cast.Laboratories[0])).Intact);
    }

    [Theory, EachDatabase]
    public async Task The_audit_trail_says_that_a_draft_and_a_preparation_changed_never_what_they_say(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.DraftAsync();
        await using (var scope = database.As(cast.Organiser))
            Cast.Accept(await scope.Get<DraftComparison>().RunAsync(code, cast.Draft() with { Title = "换过的名称", Purpose = "换过的目的" }, cast.Organiser, default));
        await using var db = database.Open();
        var changes = await db.Audit.Where(e => e.Subject.StartsWith("comparison")).Select(e => new { e.Subject, e.Changes }).ToListAsync();
        Assert.Superset(new HashSet<string> { "comparison", "comparison_point", "comparison_transfer_standard" }, changes.Select(c => c.Subject).ToHashSet());
        foreach (var secret in new[] { "直流电压", "Direct voltage", "换过的", "考察直流电压", "1.000", "10.000", "0.001", "固态电压标准", "\"732\"", "国家直流电压基准", "weightedMean", "WeightedMean" })
            Assert.All(changes, c => Assert.DoesNotContain(secret, c.Changes, StringComparison.Ordinal));
        string[] readings = [nameof(PreparationTest.Data), nameof(PreparationTest.Result)];
        Assert.All(readings, r => Assert.Equal("hidden", db.Model.FindEntityType(typeof(PreparationTest))!.FindProperty(r)!.FindAnnotation("Plumbline:Audit")?.Value));
    }

    [Theory, EachDatabase]
    public async Task The_audit_trail_says_that_there_is_a_result_never_what_it_is(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var stage = await Circulating.StartAsync(database);
        await HandInAsync(stage);
        await using var db = database.Open();
        var entries = await db.Audit.Select(e => e.Changes).ToListAsync();
        Assert.True(await db.Audit.AnyAsync(e => e.Subject == "comparison_submission"));
        Assert.All(entries, e => AssertSealed(e, "audit"));
        foreach (var notice in await db.Notices.Select(n => n.Arguments).ToListAsync())
            AssertSealed(notice, "notice");
        foreach (var entry in await db.ComparisonEvents.Select(e => e.Note ?? "").ToListAsync())
            AssertSealed(entry, "time line");
    }

    [Fact]
    public async Task A_file_that_belongs_to_a_package_is_as_sealed_as_the_package()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var stage = await Circulating.StartAsync(database);
        var laboratory = stage.Cast.Laboratories[0];
        await stage.ReceiveAsync();
        Guid id;
        await using (var scope = database.As(laboratory))
            id = Cast.Accept(await scope.Get<AttachRecord>().RunAsync(stage.Code, null, new MemoryStream("raw 1.0731953"u8.ToArray()), "raw.txt", "text/plain", laboratory, default)).Id;
        // Another laboratory cannot slip it into its own package.
        Cast.Refuse(await stage.SubmitAsync(stage.Cast.Laboratories[1], Circulating.Package() with { Files = [id] }), "results-file-unknown");
        Cast.Accept(await stage.SubmitAsync(laboratory, Circulating.Package() with { Files = [id] }));
        Assert.Equal("owner", await MayReadAsync(stage, id));
        await stage.MoveAsync("end-circulation", "open-results");
        Assert.Equal("owner, pilot", await MayReadAsync(stage, id));
        await stage.MoveAsync("issue-draft", "publish");
        Assert.Equal("owner, pilot", await MayReadAsync(stage, id));
    }

    [Fact]
    public async Task No_address_of_the_site_and_no_line_of_its_log_gives_a_sealed_value_away()
    {
        var log = new Lines();
        await using var site = await TestSite.StartAsync("sqlite", "--Logging:LogLevel:Default=Debug", "--Logging:LogLevel:Microsoft=Information", "--Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command=Information",
            "--Logging:Console:LogLevel:Default=None", "--Logging:Console:LogLevel:Microsoft=None", "--Logging:Console:LogLevel:Microsoft.EntityFrameworkCore.Database.Command=None");
        site.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var stage = await Circulating.StartAsync(site.Database);
        await AddPeopleAsync(site, stage);
        await stage.ReceiveAsync();
        using var own = await site.SignedInAsync("lab1@example.org");
        await HandInByFormAsync(own, stage);
        var (owner, submission) = await OwnAsync(stage);
        // A correction that is begun is as sealed as what was handed in.
        await own.OpenAsync($"/comparisons/{stage.Code}/results");
        await own.SubmitAsync("results", ("Form.Step", "save"));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, own.Status);
        Assert.Contains(Secret, await own.Client.GetStringAsync($"/api/comparisons/{stage.Code}/results/draft"), StringComparison.Ordinal);

        string[] addresses =
        [
            "/", "/comparisons", "/tasks", "/comparisons/overdue", "/comparisons.csv", $"/comparisons/{stage.Code}", $"/comparisons/{stage.Code}/results", $"/comparisons/{stage.Code}/results/upload",
            $"/comparisons/{stage.Code}/results/received", $"/comparisons/{stage.Code}/results/open", $"/comparisons/{stage.Code}/results/receipt/{owner}/1", $"/comparisons/{stage.Code}/circulation", $"/comparisons/{stage.Code}/participants",
            $"/comparisons/{stage.Code}/evaluation", $"/comparisons/{stage.Code}/report", $"/comparisons/{stage.Code}/preparation", "/administration/audit", "/administration/people", "/administration/security", "/organisations",
            "/api/comparisons", $"/api/comparisons/{stage.Code}", $"/api/comparisons/{stage.Code}/results", $"/api/comparisons/{stage.Code}/results/receipt/{owner}/1", $"/api/comparisons/{stage.Code}/results/template.csv", $"/api/comparisons/{stage.Code}/results/draft", $"/api/comparisons/{stage.Code}/results/draft?laboratory=L01",
            $"/api/comparisons/{stage.Code}/circulation", $"/api/comparisons/{stage.Code}/evaluation", $"/api/comparisons/{stage.Code}/report", "/api/comparisons/overdue", "/api/audit", "/api/tasks",
        ];
        foreach (var person in (string?[])[null, "pilot@example.org", "organiser@example.org", "regulator@example.org", "lab2@example.org", "stranger@example.org", "system@example.org", "security@example.org", "audit@example.org"])
        {
            using var browser = person is null ? site.Browser() : await site.SignedInAsync(person);
            // An administrator who has enrolled a second factor gets as far as anybody can.
            await using (var db = site.Open())
                await db.People.Where(p => p.Email == person).ExecuteUpdateAsync(set => set.SetProperty(p => p.TwoFactorEnabled, true));
            foreach (var address in addresses)
            {
                var answer = await browser.Client.GetAsync(address);
                Assert.True((int)answer.StatusCode < 500, $"{person} {address}: {answer.StatusCode}");
                AssertSealed(await answer.Content.ReadAsStringAsync(), $"{person ?? "visitor"} {address}", submission);
            }
        }
        Assert.Contains(Secret, await own.Client.GetStringAsync($"/comparisons/{stage.Code}/results"), StringComparison.Ordinal);
        Assert.Contains(Secret, await own.Client.GetStringAsync($"/comparisons/{stage.Code}/results/receipt/{owner}/1"), StringComparison.Ordinal);
        Assert.Contains(log.All, l => l.Contains("comparison_submission", StringComparison.Ordinal));
        AssertSealed(string.Join('\n', log.All), "log", submission);
    }

    private static async Task<(Guid Participant, Submission Submission)> HandInAsync(Circulating stage)
    {
        await stage.ReceiveAsync();
        var package = Circulating.Package(Secret) with { Method = SecretWords, Conditions = SecretWords, Instrument = SecretWords, InstrumentTraceability = SecretWords };
        package = package with { Points = [package.Points[0] with { Uncertainty = SecretUncertainty, Budget = [new() { Source = SecretWords, Type = "A", Contribution = "0.03096415" }] }, package.Points[1]] };
        Cast.Accept(await stage.SubmitAsync(stage.Cast.Laboratories[0], package));
        // A fault in the next one must not quote what is sealed either, except to its own laboratory.
        Cast.Refuse(await stage.SubmitAsync(stage.Cast.Laboratories[0], package), "results-reason-missing");
        return await OwnAsync(stage);
    }

    /// <summary>As a person does: figures, check, hand in.</summary>
    private static async Task HandInByFormAsync(TestBrowser browser, Circulating stage)
    {
        await browser.OpenAsync($"/comparisons/{stage.Code}/results");
        await browser.SubmitAsync("results", ("Form.Step", "check"), ("Form.Points[0].Value", Secret), ("Form.Points[0].Uncertainty", SecretUncertainty), ("Form.Points[0].CoverageFactor", "2"),
            ("Form.Points[1].Value", "10.0731953"), ("Form.Points[1].Uncertainty", "0.02"), ("Form.Points[1].CoverageProbability", "95 %"), ("Form.Points[0].Pasted", $"{SecretWords}; A; 正态; 0.03096415; 9"),
            ("Form.Method", SecretWords), ("Form.Conditions", SecretWords), ("Form.Instrument", SecretWords), ("Form.InstrumentTraceability", SecretWords));
        Assert.Empty(browser.Refusals);
        Assert.Contains(Secret, browser.Html, StringComparison.Ordinal);
        await browser.SubmitAsync("results", ("Form.Step", "submit"));
        Assert.Empty(browser.Refusals);
        Assert.Contains("/results/receipt/", browser.Location, StringComparison.Ordinal);
        await browser.FollowAsync();
        Assert.Equal(System.Net.HttpStatusCode.OK, browser.Status);
    }

    private static async Task<(Guid Participant, Submission Submission)> OwnAsync(Circulating stage)
    {
        await using var db = stage.Database.Open();
        var comparison = (await db.FindComparisonAsync(stage.Code))!;
        var owner = (await db.ReadResultsAsync(comparison, stage.Cast.Laboratories[0])).Single();
        return (owner.Id, owner.Submissions.Single());
    }

    private static void AssertSealed(string text, string where, Submission? submission = null)
    {
        foreach (var secret in new[] { Secret, SecretUncertainty, SecretWords, "0.03096415", submission is null ? "\0" : Convert.ToHexStringLower(submission.Salt) })
            Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{where} gives {secret} away");
    }

    private static async Task AddPeopleAsync(TestSite site, Circulating stage)
    {
        await site.AddPersonAsync("pilot@example.org", organisation: stage.Cast["PILOT"], roles: [Role.PilotCoordinator, Role.PilotMetrologist, Role.Manager]);
        await site.AddPersonAsync("organiser@example.org", organisation: stage.Cast["ORG"], roles: [Role.Organiser, Role.Manager]);
        await site.AddPersonAsync("regulator@example.org", organisation: stage.Cast["SAMR"], roles: [Role.RegulatorOfficer, Role.Auditor]);
        await site.AddPersonAsync("lab1@example.org", organisation: stage.Cast["LAB1"], roles: [Role.TechnicalContact]);
        await site.AddPersonAsync("lab2@example.org", organisation: stage.Cast["LAB2"], roles: [Role.TechnicalContact, Role.QualityContact, Role.Auditor]);
        await site.AddPersonAsync("stranger@example.org", organisation: stage.Cast["LAB4"], roles: [Role.Expert]);
        await site.AddPersonAsync("system@example.org", AdministratorDuty.System);
        await site.AddPersonAsync("security@example.org", AdministratorDuty.Security);
        await site.AddPersonAsync("audit@example.org", AdministratorDuty.Audit);
    }

    private static async Task<Outcome<ReceivedResults>> ReadAsync(Circulating stage, Actor actor)
    {
        await using var scope = stage.Database.As(actor);
        return await scope.Get<ReadResults>().RunAsync(stage.Code, actor);
    }

    private static async Task<string> MayReadAsync(Circulating stage, Guid id)
    {
        var readers = new List<string>();
        (string, Actor)[] all = [("owner", stage.Cast.Laboratories[0]), ("pilot", stage.Pilot), ("organiser", stage.Cast.Organiser), ("regulator", stage.Cast.Regulator), ("other", stage.Cast.Laboratories[1]), ("administrator", Administrator(AdministratorDuty.System))];
        foreach (var (name, actor) in all)
        {
            await using var scope = stage.Database.As(actor);
            if (await scope.Get<Files>().MayReadAsync((await scope.Get<Files>().FindAsync(id))!))
                readers.Add(name);
        }
        return string.Join(", ", readers);
    }

    private static Actor Administrator(AdministratorDuty duty) => new(Guid.NewGuid(), duty.ToString(), duty, []);

    /// <summary>Everything that is logged, in memory.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

        public IEnumerable<string> All => lines;

        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Enqueue($"{formatter(state, exception)} {exception}");
        public void Dispose()
        {
        }
    }
}
