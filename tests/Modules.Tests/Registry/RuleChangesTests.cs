using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;
using Plumbline.Sheets;

namespace Plumbline.Modules.Tests.Registry;

public class RuleChangesTests
{
    private static readonly DateOnly NextYear = new(2027, 1, 1);
    private static readonly ProposeRuleRequest TwoYears = new() { Code = "CMP.project-months", Value = "24", Number = "24", ValidFrom = "2027-01-01", Source = "国家计量比对项目征集通知（2027年）", Status = "Found", Reason = "新通知" };

    [Theory, EachDatabase]
    public async Task A_change_takes_two_people_and_holds_from_its_day(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var regulator = await database.AddOrganisationAsync("NR", OrganisationKind.NationalRegulator);
        var (first, second) = (await database.AddPersonAsync("甲", regulator), await database.AddPersonAsync("乙", regulator));
        Guid id;
        await using (var scope = database.As(first))
        {
            id = (await scope.Get<ProposeRule>().RunAsync(TwoYears)).Value!.Id;
            Assert.Equal("rule-pending", (await scope.Get<ProposeRule>().RunAsync(TwoYears)).Refusals.Single().Code);
            Assert.Equal("rule-four-eyes", (await scope.Get<DecideRule>().RunAsync(id, new(true, null))).Refusals.Single().Code);
            Assert.Equal(18, (await scope.Get<Rules>().Get("CMP.project-months", NextYear)).Amount);
        }
        await using (var scope = database.As(second))
        {
            Assert.Equal(1, await scope.Get<Notices>().CountUnreadAsync(second.PersonId!.Value));
            Assert.True((await scope.Get<DecideRule>().RunAsync(id, new(true, null))).Accepted);
        }
        await using (var scope = database.As(Actor.Anonymous))
        {
            var rules = scope.Get<Rules>();
            Assert.Equal(18, (await rules.Get("CMP.project-months", NextYear.AddDays(-1))).Amount);
            var later = await rules.Get("CMP.project-months", NextYear);
            Assert.Equal((24, "month", "甲", "乙"), (later.Amount, later.Unit, later.ProposedByName, later.DecidedByName));
            Assert.Equal(2, await scope.Db.Notices.CountAsync(n => n.PersonId == first.PersonId));
        }
    }

    [Theory, EachDatabase]
    public async Task A_rejected_change_changes_nothing_and_says_why(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var regulator = await database.AddOrganisationAsync("NR", OrganisationKind.NationalRegulator);
        var (first, second) = (await database.AddPersonAsync("甲", regulator), await database.AddPersonAsync("乙", regulator));
        Guid id;
        await using (var scope = database.As(first))
            id = (await scope.Get<ProposeRule>().RunAsync(TwoYears)).Value!.Id;
        await using var other = database.As(second);
        Assert.Equal("rule-rejection-note", (await other.Get<DecideRule>().RunAsync(id, new(false, " "))).Refusals.Single().Code);
        Assert.Equal(RuleState.Rejected, (await other.Get<DecideRule>().RunAsync(id, new(false, "出处有误"))).Value!.State);
        Assert.Equal(18, (await other.Get<Rules>().Get("CMP.project-months", NextYear)).Amount);
    }

    [Theory, EachDatabase]
    public async Task Only_officers_of_the_national_regulator_may_change_rules(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var province = await database.AddPersonAsync("丙", await database.AddOrganisationAsync("PR", OrganisationKind.ProvincialRegulator));
        var manager = await database.AddPersonAsync("丁", await database.AddOrganisationAsync("NR", OrganisationKind.NationalRegulator), Role.Manager);
        foreach (var actor in new[] { province, manager, Actor.Anonymous })
        {
            await using var scope = database.As(actor);
            Assert.Equal(Plumbline.Interface.OutcomeKind.Forbidden, (await scope.Get<ProposeRule>().RunAsync(TwoYears)).Kind);
            Assert.Equal(Plumbline.Interface.OutcomeKind.Forbidden, (await scope.Get<DecideRule>().RunAsync(Guid.CreateVersion7(), new(true, null))).Kind);
        }
    }

    [Fact]
    public void Every_fault_of_a_proposal_is_named_at_once()
    {
        var current = new Rule
        {
            Id = Guid.CreateVersion7(), Code = "CMP.x", Table = "CMP", Item = "a", ItemEn = "a", Value = "1", Number = 1, Unit = "month", Kind = RuleKind.Maximum, Source = "s",
            Status = RuleStatus.Found, ProposedAt = default, ValidFrom = new DateOnly(2026, 6, 1),
        };
        var refusals = ProposeRule.Check(new ProposeRuleRequest { Code = "CMP.x", Table = "CMP", Item = "a", ItemEn = "a", Unit = "year", Kind = "Wish", Status = "7", ValidFrom = "2026-05-01" }, current, false, ["CMP"], new DateOnly(2026, 3, 2));
        Assert.Equal(["rule-missing", "rule-missing", "rule-missing", "rule-number-needed", "rule-unit", "rule-kind", "rule-status", "rule-before-current"], refusals.Select(r => r.Code));
        Assert.Contains("rule-from", ProposeRule.Check(new ProposeRuleRequest { Code = "CMP.x", ValidFrom = "2026-03-01" }, null, false, [], new DateOnly(2026, 3, 2)).Select(r => r.Code));
        Assert.Contains("rule-code", ProposeRule.Check(new ProposeRuleRequest { Code = "cmp x" }, null, false, [], default).Select(r => r.Code));
    }

    [Theory, EachDatabase]
    public async Task A_table_of_changes_comes_in_whole_or_not_at_all(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var officer = await database.AddPersonAsync("甲", await database.AddOrganisationAsync("NR", OrganisationKind.NationalRegulator));
        await using var scope = database.As(officer);
        var import = scope.Get<ImportRules>();
        const string Head = "code,value,number,valid_from,reason\n";
        var bad = await import.RunAsync(Table(Head + "CMP.comment-days,20,20,2026-04-01,意见期延长\nCMP.class-b-minimum,8,x,2020-01-01,\n"), "rules.csv");
        Assert.Equal(["number", "reason", "validFrom"], bad.Refusals.Select(r => (string)r.Arguments[1]!).Order());
        Assert.All(bad.Refusals, r => Assert.Equal(3, r.Arguments[0]));
        Assert.False(await scope.Db.Rules.AnyAsync(r => r.State == RuleState.Proposed));
        Assert.Equal("rule-file", (await import.RunAsync(Table("代码\nCMP.comment-days\n"), "rules.csv")).Refusals[0].Code);
        var good = await import.RunAsync(Table(Head + "CMP.comment-days,20,20,2026-04-01,意见期延长\nCMP.class-b-minimum,8,8,2026-04-01,新通知\n"), "rules.csv");
        Assert.Equal(2, good.Value!.Count);
        Assert.Equal(2, await scope.Db.Rules.CountAsync(r => r.State == RuleState.Proposed));
    }

    [Fact]
    public async Task Pages_show_propose_and_approve_rules()
    {
        await using var site = await TestSite.StartAsync();
        var regulator = await site.AddOrganisationAsync("NR", OrganisationKind.NationalRegulator);
        await site.AddPersonAsync("one@example.org", AdministratorDuty.None, regulator.Id, Role.RegulatorOfficer);
        await site.AddPersonAsync("two@example.org", AdministratorDuty.None, regulator.Id, Role.RegulatorOfficer);
        using var anybody = site.Browser();
        await anybody.OpenAsync("/rules/CMP");
        Assert.Equal(HttpStatusCode.OK, anybody.Status);
        Assert.Contains("18 months", anybody.Page.GetElementById("CMP.project-months")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("unverified default", anybody.Page.GetElementById("CMP.en-limit")!.TextContent, StringComparison.Ordinal);
        await anybody.OpenAsync("/rules/NONE");
        Assert.Equal(HttpStatusCode.NotFound, anybody.Status);
        await anybody.OpenAsync("/rules?q=" + Uri.EscapeDataString("参比实验室"));
        Assert.Contains("CMP.class-b-minimum", anybody.Html, StringComparison.Ordinal);

        using var one = await site.SignedInAsync("one@example.org");
        await one.OpenAsync("/rules/propose?code=CMP.comment-days");
        await one.SubmitAsync("propose-rule", ("Form.Value", "30"), ("Form.Number", "30"), ("Form.ValidFrom", "2026-03-02"), ("Form.Reason", ""));
        Assert.Equal(["rule-missing"], one.Refusals);
        await one.SubmitAsync("propose-rule", ("Form.Value", "30"), ("Form.Number", "30"), ("Form.ValidFrom", "2026-03-02"), ("Form.Reason", "longer"));
        Assert.Equal("/rules/proposals", one.Location);
        await one.FollowAsync();
        Assert.DoesNotContain("decide-", one.Html, StringComparison.Ordinal);

        using var two = await site.SignedInAsync("two@example.org");
        await two.OpenAsync("/notices");
        Assert.Contains("CMP.comment-days", two.Html, StringComparison.Ordinal);
        await two.OpenAsync("/rules/proposals");
        var form = two.Page.QuerySelector("input[name=_handler][value^=decide-]")!.GetAttribute("value")!;
        await two.SubmitAsync(form, ("Approve", "true"));
        Assert.Empty(two.Refusals);
        await anybody.OpenAsync("/rules/CMP");
        Assert.Contains("30 days", anybody.Page.GetElementById("CMP.comment-days")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_of_rules_is_proposed_by_page()
    {
        await using var site = await TestSite.StartAsync();
        var regulator = await site.AddOrganisationAsync("NR", OrganisationKind.NationalRegulator);
        await site.AddPersonAsync("one@example.org", AdministratorDuty.None, regulator.Id, Role.RegulatorOfficer);
        using var one = await site.SignedInAsync("one@example.org");
        await one.OpenAsync("/rules/import");
        await one.UploadAsync("import-rules", [("file", "rules.xlsx", "not a workbook"u8.ToArray())]);
        Assert.Equal(["rule-file"], one.Refusals);
        await one.UploadAsync("import-rules", [("file", "rules.xlsx", await WorkbookAsync("CMP.comment-days", "many"))]);
        Assert.Equal(["rule-row"], one.Refusals);
        Assert.Contains("2", one.Page.QuerySelector("#errors [data-code]")!.TextContent, StringComparison.Ordinal);
        await one.UploadAsync("import-rules", [("file", "rules.xlsx", await WorkbookAsync("CMP.comment-days", "20"))]);
        Assert.Equal("/rules/proposals", one.Location);
        await using var db = site.Open();
        Assert.Equal(20, (await db.Rules.SingleAsync(r => r.State == RuleState.Proposed)).Number);
    }

    private static async Task<byte[]> WorkbookAsync(string code, string number)
    {
        using var workbook = new MemoryStream();
        await SheetWriter.WriteXlsxAsync(workbook, [new("rules", ["code", "value", "number", "valid_from", "reason"], [[SheetCell.Of(code), SheetCell.Of(number), SheetCell.Of(number), SheetCell.Of("2027-04-01"), SheetCell.Of("新通知")]])]);
        return workbook.ToArray();
    }

    private static MemoryStream Table(string text) => new(Encoding.UTF8.GetBytes(text));
}
