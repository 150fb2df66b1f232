using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class NoticesTests
{
    [Theory, EachDatabase]
    public async Task Everybody_in_the_role_is_told_once_and_only_if_the_caller_saves(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var laboratory = await database.AddOrganisationAsync("LAB", OrganisationKind.AccreditedLaboratory);
        var contact = await database.AddPersonAsync("甲", laboratory, Role.TechnicalContact);
        await database.AddPersonAsync("乙", laboratory, Role.Auditor);
        await using (var scope = database.As(Actor.System))
            await scope.Get<Notices>().AddToRole(laboratory.Id, [Role.TechnicalContact, Role.QualityContact], "test", "/tasks", "K1");
        await using (var scope = database.As(Actor.System))
        {
            Assert.Equal(0, await scope.Get<Notices>().CountUnreadAsync(contact.PersonId!.Value));
            await scope.Get<Notices>().AddToRole(laboratory.Id, [Role.TechnicalContact, Role.QualityContact], "test", "/tasks", "K1");
            await scope.Db.SaveChangesAsync();
            Assert.Equal(1, await scope.Get<Notices>().CountUnreadAsync(contact.PersonId!.Value));
            Assert.Equal(1, await scope.Db.Notices.CountAsync());
            Assert.Equal(1, await scope.Db.Mail.CountAsync());
        }
    }

    [Fact]
    public async Task What_a_notice_names_is_written_in_the_readers_language()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        await using var scope = database.As(Actor.System);
        var packed = NoticeArguments.Pack([new Bilingual("电压比对", "Voltage comparison"), Role.Expert, new DateOnly(2026, 3, 1), new DateTimeOffset(2026, 3, 1, 16, 0, 0, TimeSpan.Zero), 0.5, null]);
        CultureInfo.CurrentUICulture = Texts.English;
        var english = NoticeArguments.Unpack(packed, scope.Get<Texts>());
        Assert.Equal("Voltage comparison Expert 2026-03-01 0.5", $"{english[0]} {english[1]} {english[2]} {english[4]}");
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 16, 0, 0, TimeSpan.Zero), english[3]);
        CultureInfo.CurrentUICulture = Texts.Chinese;
        Assert.Equal("电压比对 专家", $"{NoticeArguments.Unpack(packed, scope.Get<Texts>())[0]} {NoticeArguments.Unpack(packed, scope.Get<Texts>())[1]}");
    }
}
