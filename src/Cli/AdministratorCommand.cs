using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Interface;
using Plumbline.Registry;
using Plumbline.Web;

namespace Plumbline.Cli;

/// <summary><c>plumbline administrator</c>: appoints the three separated administrators, at the machine.</summary>
internal static class AdministratorCommand
{
    private static readonly Option<string?> Database = new("--database") { Description = "Connection string; the setting ConnectionStrings:Plumbline when left out.", Recursive = true };

    public static Command Create()
    {
        var duty = new Option<AdministratorDuty>("--duty") { Description = "system, security or audit.", Required = true };
        var email = new Option<string>("--email") { Description = "E-mail address, which is also the name to sign in with.", Required = true };
        var name = new Option<string>("--name") { Description = "The person's name.", Required = true };
        var add = new Command("add", "Appoints an administrator and prints the first password, which must be changed at once.") { duty, email, name };
        add.SetAction((parsed, _) => WithSiteAsync(parsed.GetValue(Database), async services =>
        {
            var outcome = await Administrators.AppointAsync(services, parsed.GetValue(duty), parsed.GetValue(email)!, parsed.GetValue(name)!);
            return Tell(services, outcome, password => $"{parsed.GetValue(email)}\t{parsed.GetValue(duty)}\t{password}");
        }));
        var list = new Command("list", "Lists the administrators.");
        list.SetAction((parsed, _) => WithSiteAsync(parsed.GetValue(Database), async services =>
        {
            foreach (var one in await Administrators.ListAsync(services))
                Console.WriteLine($"{one.Email}\t{one.Duty}\t{one.Name}{(one.IsDisabled ? "\tdisabled" : "")}");
            return 0;
        }));
        var remove = new Command("remove", "Switches an administrator's account off.") { email };
        remove.SetAction((parsed, _) => WithSiteAsync(parsed.GetValue(Database), async services =>
            Tell(services, await Administrators.DismissAsync(services, parsed.GetValue(email)!), _ => $"{parsed.GetValue(email)}\tdisabled")));
        return new Command("administrator", "The three separated administrators: system, security and audit.") { add, list, remove, Database };
    }

    private static async Task<int> WithSiteAsync(string? database, Func<IServiceProvider, Task<int>> work)
    {
        await using var app = await Site.BuildAsync(["--Plumbline:Demonstration=false", "--Logging:LogLevel:Default=Warning", .. database is null ? Array.Empty<string>() : [$"--ConnectionStrings:Plumbline={database}"]]);
        await using var scope = app.Services.CreateAsyncScope();
        var actors = scope.ServiceProvider.GetRequiredService<ActorContext>();
        (actors.Actor, actors.Address) = (Actor.System with { Name = $"{Environment.UserName} (command line)" }, Environment.MachineName);
        return await work(scope.ServiceProvider);
    }

    private static int Tell<T>(IServiceProvider services, Outcome<T> outcome, Func<T, string> accepted)
    {
        if (outcome.Accepted)
        {
            Console.WriteLine(accepted(outcome.Value!));
            return 0;
        }
        foreach (var refusal in outcome.Refusals)
            Console.Error.WriteLine($"{refusal.Code}: {services.GetRequiredService<Texts>().Of(refusal)}");
        return 1;
    }
}
