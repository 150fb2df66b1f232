using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Interface;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class ImportRegionsTests
{
    private const string Table = "代码,名称,英文名称,上级代码\n340100,合肥市,Hefei,\n340102,瑶海区,Yaohai,\n110101,东城区,Dongcheng,\nXJBT-01,第一师,First Division,XJBT\n340000,安徽省（更新）,Anhui,\n";

    [Theory, EachDatabase]
    public async Task Cities_counties_and_divisions_of_the_corps_come_in_below_what_ships(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var administrator = await database.AddPersonAsync("系统", duty: AdministratorDuty.System);
        await using (var scope = database.As(administrator))
            Assert.Equal(new ImportedRegions(4, 1), (await scope.Get<ImportRegions>().RunAsync(Bytes(Table), "regions.csv")).Value);
        await using (var scope = database.As(administrator))
        {
            Assert.Equal(new ImportedRegions(0, 0), (await scope.Get<ImportRegions>().RunAsync(Bytes(Table), "regions.csv")).Value);
            var tree = new RegionTree(await scope.Db.Regions.ToListAsync());
            Assert.Equal(["340102", "340100", "340000", "000000"], tree.Upward("340102"));
            Assert.Equal(["110101", "110000", "000000"], tree.Upward("110101"));
            Assert.True(tree.IsWithin("XJBT-01", "XJBT"));
            Assert.Equal(("安徽省（更新）", "皖", "province"), (tree.Find("340000")!.Name, tree.Find("340000")!.ShortName, tree.Find("340000")!.Type));
            Assert.Equal(("county", "city"), (tree.Find("340102")!.Type, tree.Find("340100")!.Type));
            Assert.Equal(["340000", "340100", "340102"], tree.Walk().Select(r => r.Region.Code).Where(c => c.StartsWith("34", StringComparison.Ordinal)));
        }
    }

    [Theory, EachDatabase]
    public async Task Every_fault_names_its_row_and_nothing_is_half_written(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var scope = database.As(await database.AddPersonAsync("系统", duty: AdministratorDuty.System));
        const string Faulty = "code,name,parent\n340100,合肥市,\n34,安徽,\n340100,又是合肥,\n340103,,\n340104,蜀山区,999999\nXJBT-02,第二师,\n889901,某县,\n340200,芜湖市,340202\n340202,镜湖区,340200\n000000,中国,\n";
        var refused = await scope.Get<ImportRegions>().RunAsync(Bytes(Faulty), "regions.csv");
        Assert.Equal(["3 code", "4 code", "5 name", "6 parent", "7 parent", "8 parent", "9 parent", "10 parent", "11 code"], refused.Refusals.Select(r => $"{r.Arguments[0]} {r.Arguments[1]}").OrderBy(r => int.Parse(r.Split(' ')[0])));
        Assert.False(await scope.Db.Regions.AnyAsync(r => r.Code == "340100"));
        Assert.Equal("rule-file", (await scope.Get<ImportRegions>().RunAsync(Bytes("code\n340100\n"), "regions.csv")).Refusals[0].Code);
        await using var other = database.As(await database.AddPersonAsync("安全", duty: AdministratorDuty.Security));
        Assert.Equal(OutcomeKind.Forbidden, (await other.Get<ImportRegions>().RunAsync(Bytes(Table), "regions.csv")).Kind);
    }

    [Fact]
    public async Task The_page_takes_what_it_gave_out()
    {
        await using var site = await TestSite.StartAsync("sqlite", "--Plumbline:Demonstration=true");
        using var browser = await site.SignedInAsync("system@demo.example", DemonstrationAccounts.Password);
        var template = await browser.Client.GetByteArrayAsync("/administration/regions/export.csv");
        await browser.OpenAsync("/administration/regions");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await browser.UploadAsync("import-regions", [("file", "regions.csv", [.. template, .. "340100,合肥市,Hefei,,,\r\n"u8])]);
        Assert.Empty(browser.Refusals);
        Assert.Contains("已新增 1 个区划，更新 0 个", browser.Page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        await browser.UploadAsync("import-regions", [("file", "regions.csv", "code,name\nx,y\n"u8.ToArray())]);
        Assert.Equal(["region-row"], browser.Refusals);
        Assert.Contains("第 2 行，code", browser.Page.QuerySelector("#errors")!.TextContent, StringComparison.Ordinal);
        await browser.OpenAsync("/organisations/register");
        Assert.Contains(browser.Page.QuerySelectorAll("option"), o => o.GetAttribute("value") == "340100");
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
