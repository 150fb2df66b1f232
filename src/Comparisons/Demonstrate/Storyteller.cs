using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Runs the handlers of the module as given people at given times: the examples come about as real comparisons do.</summary>
internal sealed class Storyteller(IServiceProvider services, PlumblineDb db, ActorContext context) : IAsyncDisposable
{
    private readonly StoryClock clock = new();
    private readonly PdfPrinter noPrinter = new("/nonexistent", NullLogger<PdfPrinter>.Instance);
    private LocalTime Local => field ??= new(LocalTime.Zone("Asia/Shanghai"), clock);

    /// <summary>The story's time, in whole seconds so that every database gives it back.</summary>
    public DateTimeOffset Now { get => clock.Now; set => clock.Now = DateTimeOffset.FromUnixTimeSeconds(value.ToUnixTimeSeconds()); }

    /// <summary>A handler that sees the story's time instead of the machine's, it and what it is made of.</summary>
    public T Handler<T>() => (T)Make(typeof(T));

    private object Make(Type type) =>
        type == typeof(TimeProvider) ? clock
        : type == typeof(LocalTime) ? Local
        // The first reader of a report has its PDF printed; starting need not wait for a dozen of them.
        : type == typeof(PdfPrinter) ? noPrinter
        : type.Assembly == typeof(Storyteller).Assembly && type is { IsClass: true, IsAbstract: false } && type.GetConstructors() is [var made]
            ? made.Invoke([.. made.GetParameters().Select(p => Make(p.ParameterType))])
            : services.GetRequiredService(type);

    /// <summary>What a step gave; a refused step is our fault, for the stories keep the rules.</summary>
    public static T Done<T>(Outcome<T> outcome, string step) =>
        outcome.Accepted ? outcome.Value! : throw new InvalidOperationException($"The example's step '{step}' was refused: {string.Join("; ", outcome.Refusals.Select(r => $"{r.Code} {r.Field} ({string.Join(", ", r.Arguments)})"))}");

    /// <summary>The demonstration account that has the role in the organisation; it acts from here on, also in the audit trail.</summary>
    public async Task<Actor> AsAsync(string organisation, Role role, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var body = await db.Organisations.AsNoTracking().SingleAsync(o => o.Code == organisation, cancel);
        var people = db.People;
        var person = await db.Memberships.AsNoTracking().Where(m => m.OrganisationId == body.Id && m.Role == role && m.Until == null)
            .Select(m => people.First(p => p.Id == m.PersonId)).OrderBy(p => p.UserName).FirstAsync(cancel);
        var roles = await db.Memberships.AsNoTracking().Where(m => m.PersonId == person.Id && m.Until == null).Select(m => m.Role).ToListAsync(cancel);
        return Act(new Actor(person.Id, person.Name, AdministratorDuty.None, [.. roles.Select(r => new ActorRole(body.Id, body.Code, body.Name, body.Kind, r))]));
    }

    public Actor Act(Actor actor)
    {
        (context.Actor, context.Action, context.Address) = (actor, "demonstration", null);
        return actor;
    }

    public ValueTask DisposeAsync() => noPrinter.DisposeAsync();

    private sealed class StoryClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
