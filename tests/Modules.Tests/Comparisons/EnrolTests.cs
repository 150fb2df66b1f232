using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class EnrolTests
{
    [Theory, EachDatabase]
    public async Task A_laboratory_applies_and_the_pilot_laboratory_confirms_or_declines_with_a_reason(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.EnrollingAsync(cast.Draft() with { Mandatory = false });
        var first = Cast.Accept(await cast.EnrolAsync(code, cast.Laboratories[0]));
        var second = Cast.Accept(await cast.EnrolAsync(code, cast.Laboratories[1]));
        Assert.Equal(ParticipantState.Applied, first.State);
        Cast.Refuse(await cast.EnrolAsync(code, cast.Laboratories[0]), "already-enrolled");
        Assert.Equal(OutcomeKind.Forbidden, (await cast.EnrolAsync(code, cast.Stranger)).Kind);
        Assert.Equal(OutcomeKind.Forbidden, (await cast.EnrolAsync(code, cast.Laboratories[2], new() { Laboratory = "LAB4" })).Kind);
        Assert.Equal(OutcomeKind.Forbidden, (await cast.EnrolAsync(code, cast.Organiser, new() { Laboratory = "LAB3" })).Kind);

        Assert.Equal(OutcomeKind.Forbidden, (await cast.DecideAsync(code, first.Id, "confirm", cast.Laboratories[0])).Kind);
        Cast.Refuse(await cast.DecideAsync(code, second.Id, "decline", cast.Pilot), "reason-missing");
        Cast.Accept(await cast.DecideAsync(code, first.Id, "confirm", cast.Pilot));
        Cast.Accept(await cast.DecideAsync(code, second.Id, "decline", cast.Organiser, "证书不在有效期内"));
        Cast.Refuse(await cast.DecideAsync(code, first.Id, "confirm", cast.Pilot), "enrolment-decided");
        Assert.Equal(ParticipantState.Applied, Cast.Accept(await cast.EnrolAsync(code, cast.Laboratories[1])).State);
        Cast.Accept(await cast.DecideAsync(code, first.Id, "withdraw", cast.Laboratories[0], "设备故障"));
        var comparison = await cast.LoadAsync(code);
        Assert.Equal("pilot-stays", Assert.Single((await cast.DecideAsync(code, comparison.PilotParticipant!.Id, "withdraw", cast.Pilot, "x")).Refusals).Code);
        Assert.Equal([ParticipantState.Confirmed, ParticipantState.Withdrawn, ParticipantState.Applied], comparison.Participants.OrderBy(p => !p.IsPilot).ThenBy(p => p.Id == second.Id).Select(p => p.State));
    }

    [Theory, EachDatabase]
    public async Task An_organiser_registers_laboratories_that_must_take_part_even_after_the_deadline(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.EnrollingAsync();
        database.Clock.Now = (await cast.LoadAsync(code)).EnrolmentDue.AddMinutes(1);
        Cast.Refuse(await cast.EnrolAsync(code, cast.Laboratories[0]), "enrolment-closed");
        Assert.Equal(ParticipantState.Confirmed, Cast.Accept(await cast.EnrolAsync(code, cast.Organiser, new() { Laboratory = "LAB1" })).State);
        Cast.Refuse(await cast.EnrolAsync(code, cast.Organiser, new() { Laboratory = "SAMR" }), "not-a-laboratory");
        Cast.Refuse(await cast.EnrolAsync(code, cast.Organiser, new() { Laboratory = "?" }), "organisation-unknown");
    }

    [Theory, EachDatabase]
    public async Task Two_enrolments_of_one_laboratory_at_the_same_moment_leave_one(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.EnrollingAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => cast.EnrolAsync(code, cast.Laboratories[0]))));
        Assert.Single(outcomes, o => o.Accepted);
        Assert.Equal(2, (await cast.LoadAsync(code)).Participants.Count);
    }

    [Theory, EachDatabase]
    public async Task In_a_coded_comparison_others_see_neither_name_nor_whose_code_it_is(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await Cast.CreateAsync(database);
        var code = await cast.EnrollingAsync();
        foreach (var laboratory in cast.Laboratories.Take(2))
            Cast.Accept(await cast.DecideAsync(code, Cast.Accept(await cast.EnrolAsync(code, laboratory)).Id, "confirm", cast.Pilot));
        async Task<ParticipantView[]> SeeAsync(Actor actor)
        {
            await using var scope = database.As(actor);
            return [.. (await scope.Get<ShowComparison>().RunAsync(code, actor, default)).Value!.View.Participants];
        }
        Assert.Equal(["PILOT"], (await SeeAsync(Actor.Anonymous)).Select(p => p.Laboratory!.Code));
        Assert.Equal(["PILOT", "LAB1"], (await SeeAsync(cast.Laboratories[0])).Select(p => p.Laboratory!.Code));
        Assert.Equal(["LAB1", "LAB2", "PILOT"], (await SeeAsync(cast.Pilot)).Select(p => p.Laboratory!.Code).Order());
    }

    [Fact]
    public void An_enrolment_names_everything_that_is_missing()
    {
        var comparison = new Comparison { Id = default, Code = "c", Title = "t", Level = default, Field = default, OrganiserId = default, RegulatorId = default, PilotId = default, Quantity = "q", Unit = "V", EnrolmentDue = default, ResultsDue = default, Options = new() };
        var laboratory = new Organisation { Id = Guid.NewGuid(), Code = "L", Name = "L", Kind = OrganisationKind.University, Region = "000000", RegisteredAt = default };
        Assert.Equal(["not-enrolling()", "email-implausible(ContactEmail)", "standard-missing(Standard)", "certificate-missing(Certificate)", "contact-missing(ContactName)"],
            EnrolRules.Refusals(comparison, new() { ContactEmail = "nobody" }, laboratory, registers: false, default).Select(r => $"{r.Code}({r.Field})"));
    }
}
